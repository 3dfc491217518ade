"""The sources of boundaries that are kept side by side, which of them is in force where, and how that is changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from boundaries.levels import Level
from geo.errors import GeoError
from geo.tables import (
    boundary,
    boundary_active,
    boundary_other,
    boundary_other_shape,
    boundary_shape,
    source,
)

LOAD_LOCK = 7_385_003


@dataclass(frozen=True)
class BoundarySource:
    """One loaded source; `active` names the provinsi in which it is in force, by level."""

    id: int
    file_name: str
    publisher: str
    system: str
    vintage: int
    licence: str | None
    is_fictional: bool
    loaded_at: datetime
    level_counts: dict[Level, int]
    active: dict[Level, tuple[str, ...]]
    report: dict[str, object]


def read_sources(connection: Connection) -> list[BoundarySource]:
    """Return every source of boundaries that is kept, the newest first."""
    active: dict[int, dict[Level, list[str]]] = {}
    for row in connection.execute(
        select(boundary_active).order_by(boundary_active.c.level, boundary_active.c.provinsi_kode)
    ):
        active.setdefault(row.source_id, {}).setdefault(Level(row.level), []).append(row.provinsi_kode)
    counts: dict[int, dict[Level, int]] = {}
    counted = select(boundary.c.source_id, boundary.c.level, func.count().label("wilayah_count"))
    for row in connection.execute(counted.group_by(boundary.c.source_id, boundary.c.level)):
        counts.setdefault(row.source_id, {})[Level(row.level)] = row.wilayah_count
    rows = connection.execute(
        select(source).where(source.c.kind == "boundaries", source.c.status == "ready").order_by(source.c.id.desc())
    )
    return [
        BoundarySource(
            id=row.id,
            file_name=row.file_name,
            publisher=row.publisher,
            system=row.system,
            vintage=row.vintage,
            licence=row.licence,
            is_fictional=row.is_fictional,
            loaded_at=row.loaded_at,
            level_counts=dict(sorted(counts.get(row.id, {}).items())),
            active={level: tuple(codes) for level, codes in active.get(row.id, {}).items()},
            report=row.report or {},
        )
        for row in rows
    ]


def use_source(
    connection: Connection, source_id: int, level: Level | None = None, provinsi_kode: str | None = None
) -> dict[Level, tuple[str, ...]]:
    """Put a source in force: at one level or all that it has, in one provinsi or all; return where it was put.

    Raises GeoError: `source_unknown`, `source_lacks_level`.
    """
    _lock(connection, source_id)
    provinsi = func.left(boundary.c.kode, 2)
    held = select(boundary.c.level, provinsi.label("provinsi_kode")).where(boundary.c.source_id == source_id).distinct()
    if level is not None:
        held = held.where(boundary.c.level == int(level))
    if provinsi_kode is not None:
        held = held.where(provinsi == provinsi_kode)
    rows = connection.execute(held.order_by("level", "provinsi_kode")).all()
    if not rows:
        raise GeoError(
            "source_lacks_level", source=source_id, level=level.name if level else "-", provinsi=provinsi_kode or "-"
        )
    statement = insert(boundary_active)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=["level", "provinsi_kode"], set_={"source_id": statement.excluded.source_id}
        ),
        [{"level": row.level, "provinsi_kode": row.provinsi_kode, "source_id": source_id} for row in rows],
    )
    _renew(connection, source_id)
    used: dict[Level, list[str]] = {}
    for row in rows:
        used.setdefault(Level(row.level), []).append(row.provinsi_kode)
    return {at: tuple(codes) for at, codes in used.items()}


def remove_source(connection: Connection, source_id: int) -> None:
    """Delete the boundaries of a source that is in force nowhere; its wilayah and its line in the ledger stay.

    Raises GeoError: `source_unknown`, `source_in_force`.
    """
    file_name = _lock(connection, source_id)
    in_force = connection.scalar(
        select(func.count()).select_from(boundary_active).where(boundary_active.c.source_id == source_id)
    )
    if in_force:
        raise GeoError("source_in_force", source=source_id, file=file_name, count=in_force)
    delete_boundaries(connection, source_id)
    connection.execute(update(source).where(source.c.id == source_id).values(status="replaced"))


def delete_boundaries(connection: Connection, source_id: int) -> None:
    """Delete every polygon of a source."""
    for table in (boundary_shape, boundary_other_shape, boundary_other, boundary):
        connection.execute(delete(table).where(table.c.source_id == source_id))


def _lock(connection: Connection, source_id: int) -> str:
    connection.execute(select(func.pg_advisory_xact_lock(LOAD_LOCK)))
    file_name = connection.scalar(
        select(source.c.file_name).where(
            source.c.id == source_id, source.c.kind == "boundaries", source.c.status == "ready"
        )
    )
    if file_name is None:
        raise GeoError("source_unknown", source=source_id)
    return file_name


def _renew(connection: Connection, source_id: int) -> None:
    # Whatever was cached of the maps rests on the data version, which this changes.
    connection.execute(update(source).where(source.c.id == source_id).values(revision=source.c.revision + 1))
    connection.execute(text("ANALYZE boundary_active"))
