"""Loading boundaries: files read, checked and repaired beside what is in force, then stored in one transaction."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from sqlalchemy import Connection, Engine, delete, exists, func, insert, select, text, update

from boundaries.codes import check_fictional, proven_level
from boundaries.coverage import WilayahSet, assemble, build, no_other
from boundaries.crosswalk import CodeBook
from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.reading import fingerprint, read_files
from boundaries.report import BoundaryReport
from boundaries.statement import Statement
from geo import tables
from geo.boundary_sources import LOAD_LOCK, delete_boundaries
from geo.boundary_write import activate, write_geometry, write_wilayah
from geo.code_load import check_vintage, read_code_book
from geo.context_tables import official_figure

# A long load says which step it is at, and how much of the whole (0 to 1) is done.
Tell = Callable[[str, float], None]


@dataclass(frozen=True)
class Prepared:
    """What files say, ready to be stored; `whole` is None when the very same is stored already."""

    report: BoundaryReport
    whole: WilayahSet | None


def load_boundaries(
    engine: Engine, paths: Path | Sequence[Path], statement: Statement, tell: Tell | None = None
) -> BoundaryReport:
    """Read, check, repair, dissolve, simplify and store boundary files; what is stored already is left alone.

    Raises BoundaryError, and then nothing is stored.
    """
    return store_boundaries(engine, prepare_boundaries(engine, paths, statement, tell), tell)


def prepare_boundaries(
    engine: Engine, paths: Path | Sequence[Path], statement: Statement, tell: Tell | None = None
) -> Prepared:
    """Read, check, repair, dissolve and simplify boundary files without storing anything; raise BoundaryError."""
    say = tell or _say_nothing
    check_vintage(statement.vintage)
    say("read", 0.0)
    started = time.perf_counter()
    sha256 = fingerprint(paths, statement)
    with engine.connect() as connection:
        stored = _stored_report(connection, sha256)
        if stored is not None:
            return Prepared(stored, None)
        book, areas = read_code_book(connection), _official_areas(connection)
    files = read_files(paths, statement)
    report = BoundaryReport(
        files.file_name, sha256, files.publisher, statement.system, statement.vintage, statement.licence
    )
    report.seconds["read"] = round(time.perf_counter() - started, 2)
    whole = assemble(files, report, statement, book, areas, say)
    report.seconds["assemble"] = round(time.perf_counter() - started - report.seconds["read"], 2)
    return Prepared(report, whole)


def store_boundaries(engine: Engine, prepared: Prepared, tell: Tell | None = None) -> BoundaryReport:
    """Store what was prepared in one transaction: readers see the boundaries of before or the new ones, whole."""
    if prepared.whole is None:
        return prepared.report
    (tell or _say_nothing)("write", 0.8)
    with engine.begin() as connection:
        return _store(connection, prepared.whole, prepared.report)


def load_boundary_frame(
    connection: Connection,
    desa: GeoDataFrame,
    *,
    provinsi_name: str,
    publisher: str,
    system: str,
    vintage: int,
    licence: str | None,
    file_name: str,
    sha256: str,
    is_fictional: bool,
) -> BoundaryReport:
    """Store a province drawn in memory, in the caller's transaction.

    `desa` has kode, name, kecamatan_name, kabupaten_name and geometry in EPSG:4326.
    """
    stored = _stored_report(connection, sha256)
    if stored is not None:
        return stored
    started = time.perf_counter()
    report = BoundaryReport(file_name, sha256, publisher, system, vintage, licence, is_fictional=is_fictional)
    own = pd.DataFrame(
        {
            **{
                column: desa[column].astype("string").reset_index(drop=True)
                for column in ("kode", "name", "kecamatan_name", "kabupaten_name")
            },
            "provinsi_name": provinsi_name,
            "kode_bps": pd.Series(pd.NA, index=range(len(desa)), dtype="string"),
            "geometry": shapely.force_2d(desa.geometry.to_numpy()),
        }
    )
    repeated = own["kode"][own["kode"].duplicated(keep=False)]
    if len(repeated):
        raise BoundaryError("duplicate_kode", path=file_name, kode=repeated.iloc[0], count=len(repeated))
    check_fictional(own["kode"], system, path=file_name)
    report.read_count = len(own)
    finest = proven_level(own["kode"], Level.desa, path=file_name)
    whole = build(
        own, no_other(), finest, {}, report, _say_nothing, has_official_names=True, book=CodeBook()
    )
    report.seconds["assemble"] = round(time.perf_counter() - started, 2)
    return _store(connection, whole, report)


def _official_areas(connection: Connection) -> dict[str, float]:
    """Return the newest official area of each wilayah, in km2."""
    row = official_figure.c
    rows = connection.execute(select(row.kode, row.value).where(row.indicator == "area_km2").order_by(row.figure_on))
    return {row.kode: row.value for row in rows}


def _store(connection: Connection, whole: WilayahSet, report: BoundaryReport) -> BoundaryReport:
    started = time.perf_counter()
    connection.execute(select(func.pg_advisory_xact_lock(LOAD_LOCK)))
    stored = _stored_report(connection, report.sha256)
    if stored is not None:
        return stored
    source = tables.source
    older = _ready_id(connection, report.sha256)
    if older is not None:
        connection.execute(update(source).where(source.c.id == older).values(status="replaced"))
    listed = read_code_book(connection).known
    if listed is not None:
        report.unlisted_kode = sorted(frozenset(whole.wilayah["kode"]) - listed)
    report.source_id = connection.execute(
        insert(source)
        .values(
            kind="boundaries",
            file_name=report.file_name,
            sha256=report.sha256,
            publisher=report.publisher,
            system=report.system,
            vintage=report.vintage,
            licence=report.licence,
            is_fictional=report.is_fictional,
            status="ready",
            read_count=report.read_count,
            kept_count=report.kept_count,
            quarantined_count=report.rejected_count,
            duplicate_count=report.duplicate_count,
        )
        .returning(source.c.id)
    ).scalar_one()
    write_wilayah(
        connection,
        whole.wilayah,
        vintage=report.vintage,
        replaces_names=whole.has_official_names and listed is None,
    )
    write_geometry(connection, report.source_id, whole)
    activate(connection, report.source_id, whole, report)
    if older is not None:
        _hand_over(connection, older, report.source_id)
    report.seconds["write"] = round(time.perf_counter() - started, 2)
    connection.execute(source.update().where(source.c.id == report.source_id).values(report=report.as_dict()))
    # Queries join these tables at once, and without their sizes the planner multiplies them row by row.
    connection.execute(text("ANALYZE wilayah, boundary, boundary_shape, boundary_active"))
    return report


def _ready_id(connection: Connection, sha256: str) -> int | None:
    source = tables.source
    return connection.scalar(
        select(source.c.id).where(source.c.kind == "boundaries", source.c.sha256 == sha256, source.c.status == "ready")
    )


def _hand_over(connection: Connection, older: int, newer: int) -> None:
    """Let the same files, read again with more codes, stand where they stood before; the older reading goes."""
    active = tables.boundary_active
    connection.execute(
        text(
            "UPDATE boundary_active AS active SET source_id = :newer WHERE source_id = :older AND EXISTS ("
            " SELECT FROM boundary WHERE boundary.source_id = :newer AND boundary.level = active.level"
            " AND left(boundary.kode, 2) = active.provinsi_kode)"
        ),
        {"newer": newer, "older": older},
    )
    connection.execute(delete(active).where(active.c.source_id == older))
    delete_boundaries(connection, older)


def _stored_report(connection: Connection, sha256: str) -> BoundaryReport | None:
    """Return the report of files that are stored already, unless codes were loaded since: then they say more."""
    source = tables.source
    codes = source.alias("codes")
    newer_codes = exists().where(
        codes.c.kind.in_(("codes", "succession")), codes.c.status == "ready", codes.c.id > source.c.id
    )
    row = connection.execute(
        select(source).where(
            source.c.kind == "boundaries", source.c.sha256 == sha256, source.c.status == "ready", ~newer_codes
        )
    ).one_or_none()
    if row is None:
        return None
    report = BoundaryReport(
        row.file_name,
        row.sha256,
        row.publisher,
        row.system,
        row.vintage,
        row.licence,
        row.is_fictional,
        status="already_loaded",
        source_id=row.id,
    )
    for key, value in (row.report or {}).items():
        if key not in ("status", "source_id", "issues", "issue_counts", "seconds"):
            setattr(report, key, value)
    return report


def _say_nothing(step: str, done: float) -> None:
    pass
