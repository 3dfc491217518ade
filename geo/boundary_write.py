"""Writing wilayah, boundaries and display shapes into PostGIS, and choosing which source is shown where."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import Connection, select, text

from boundaries.coverage import WilayahSet
from boundaries.errors import BoundaryError
from boundaries.levels import Level, kind_of, parent_of
from boundaries.report import BoundaryReport, Issue
from geo.tables import source

# A source that knows fewer wilayah than this share of what is shown would leave holes in the map: it is kept aside.
_TAKEOVER_SHARE = 0.9

_UPSERT = """
INSERT INTO wilayah (kode, level, parent_kode, name, kind, kode_bps, kode_bps_vintage)
SELECT incoming.kode, incoming.level, incoming.parent_kode, COALESCE(incoming.name, known.name), incoming.kind,
       incoming.kode_bps, incoming.kode_bps_vintage
FROM wilayah_incoming AS incoming LEFT JOIN wilayah AS known ON known.kode = incoming.kode
ON CONFLICT (kode) DO UPDATE SET
    name = CASE WHEN :replaces_names THEN EXCLUDED.name ELSE wilayah.name END,
    kode_bps = CASE WHEN EXCLUDED.kode_bps_vintage >= COALESCE(wilayah.kode_bps_vintage, 0)
                    THEN EXCLUDED.kode_bps ELSE wilayah.kode_bps END,
    kode_bps_vintage = GREATEST(EXCLUDED.kode_bps_vintage, wilayah.kode_bps_vintage)
"""


def copy_rows(connection: Connection, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Send rows by COPY, inside the transaction of `connection`."""
    cursor = connection.connection.driver_connection.cursor()
    with cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def write_wilayah(connection: Connection, rows: pd.DataFrame, *, vintage: int | None, replaces_names: bool) -> None:
    """Insert wilayah (kode, level, name, kode_bps) or renew those that are known.

    Raises BoundaryError `names_unknown` when a wilayah has a name neither in the file nor in the database.
    """
    connection.execute(
        text(
            'CREATE TEMPORARY TABLE wilayah_incoming (kode text COLLATE "C", level smallint, parent_kode text,'
            " name text, kind text, kode_bps text, kode_bps_vintage smallint) ON COMMIT DROP"
        )
    )
    copy_rows(
        connection,
        "wilayah_incoming",
        ("kode", "level", "parent_kode", "name", "kind", "kode_bps", "kode_bps_vintage"),
        (
            (
                kode,
                int(level),
                parent_of(kode),
                _or_none(name),
                kind_of(kode),
                _or_none(bps),
                None if _or_none(bps) is None else vintage,
            )
            for kode, level, name, bps in zip(rows["kode"], rows["level"], rows["name"], rows["kode_bps"], strict=True)
        ),
    )
    nameless = connection.execute(
        text(
            "SELECT count(*), min(incoming.kode) FROM wilayah_incoming AS incoming"
            " LEFT JOIN wilayah USING (kode) WHERE incoming.name IS NULL AND wilayah.kode IS NULL"
        )
    ).one()
    if nameless[0]:
        raise BoundaryError("names_unknown", count=nameless[0], example=nameless[1])
    connection.execute(text(_UPSERT), {"replaces_names": replaces_names})
    connection.execute(text("DROP TABLE wilayah_incoming"))


def write_geometry(connection: Connection, source_id: int, whole: WilayahSet) -> None:
    """Write full boundaries, other areas and display shapes of one source."""
    boundary, other = whole.boundary, whole.other
    geometry = boundary["geometry"].to_numpy()
    label = shapely.point_on_surface(geometry)
    copy_rows(
        connection,
        "boundary",
        ("source_id", "kode", "level", "geom", "area_km2", "label_point"),
        zip(
            _repeated(source_id, boundary),
            boundary["kode"],
            map(int, boundary["level"]),
            _ewkb(geometry),
            map(float, boundary["area_km2"]),
            _ewkb(label),
            strict=True,
        ),
    )
    copy_rows(
        connection,
        "boundary_other",
        ("source_id", "given_code", "name", "kind", "parent_kode", "geom", "area_km2"),
        zip(
            _repeated(source_id, other),
            other["given_code"],
            other["name"],
            other["kind"],
            map(_or_none, other["parent_kode"]),
            _ewkb(other["geometry"].to_numpy()),
            map(float, other["area_km2"]),
            strict=True,
        ),
    )
    shapes = whole.shapes
    for detail, levels in shapes.by_detail.items():
        copy_rows(
            connection,
            "boundary_other_shape",
            ("source_id", "given_code", "detail", "geom"),
            (
                (source_id, code, detail, wkb)
                for code, wkb in zip(other["given_code"], _ewkb(shapes.other[detail]), strict=True)
            ),
        )
        for level, drawn in levels.items():
            copy_rows(
                connection,
                "boundary_shape",
                ("source_id", "kode", "level", "detail", "tolerance_degree", "geom"),
                (
                    (source_id, kode, int(level), detail, shapes.tolerance[detail, level], wkb)
                    for kode, wkb in zip(drawn.index, _ewkb(drawn.to_numpy()), strict=True)
                ),
            )


def activate(connection: Connection, source_id: int, whole: WilayahSet, report: BoundaryReport) -> None:
    """Show this source in each provinsi, unless the one shown there goes deeper or knows clearly more wilayah.

    A level that is not taken over keeps the levels above it too: a provinsi made from half of its kabupaten is no
    provinsi.
    """
    shown = {
        (row.level, row.provinsi_kode): row
        for row in connection.execute(
            text(
                "SELECT active.level, active.provinsi_kode, active.source_id,"
                " (SELECT max(level) FROM boundary_active AS any_level WHERE any_level.source_id = active.source_id"
                "  AND any_level.provinsi_kode = active.provinsi_kode) AS finest,"
                " (SELECT count(*) FROM boundary WHERE boundary.source_id = active.source_id"
                "  AND boundary.level = active.level AND boundary.kode >= active.provinsi_kode"
                "  AND boundary.kode < active.provinsi_kode || '/') AS wilayah_count"
                " FROM boundary_active AS active"
            )
        )
    }
    counted = whole.boundary.groupby([whole.boundary["kode"].str.slice(0, 2), "level"]).size()
    taken: dict[str, list[str]] = {}
    replaced: dict[int, dict[str, None]] = {}
    for provinsi in sorted(counted.index.get_level_values(0).unique()):
        for level in sorted(counted[provinsi].index, reverse=True):
            now = shown.get((level, provinsi))
            if now is not None and now.finest > whole.finest:
                report.issues.append(Issue("finer_source_shown", provinsi))
                break
            if now is not None and counted[provinsi, level] < _TAKEOVER_SHARE * now.wilayah_count:
                note = f"{Level(level).name}: {counted[provinsi, level]}/{now.wilayah_count}"
                report.issues.append(Issue("fuller_source_shown", provinsi, note=note))
                break
            taken.setdefault(Level(level).name, []).append(provinsi)
            if now is not None:
                replaced.setdefault(now.source_id, {})[provinsi] = None
    report.active_levels = taken
    if not taken:
        return
    connection.execute(
        text(
            "INSERT INTO boundary_active (level, provinsi_kode, source_id) VALUES (:level, :provinsi, :source_id)"
            " ON CONFLICT (level, provinsi_kode) DO UPDATE SET source_id = EXCLUDED.source_id"
        ),
        [
            {"level": int(Level[level]), "provinsi": provinsi, "source_id": source_id}
            for level, provinsi_list in taken.items()
            for provinsi in provinsi_list
        ],
    )
    # The older reading of the same files has gone, and is nobody's loss.
    kept = select(source.c.id, source.c.file_name).where(source.c.id.in_(replaced), source.c.status == "ready")
    for row in connection.execute(kept.order_by(source.c.id)):
        report.issues.append(Issue("source_replaced", name=row.file_name, note=", ".join(replaced[row.id])))


def _ewkb(geometry: np.ndarray) -> list[str]:
    return shapely.to_wkb(shapely.set_srid(geometry, 4326), hex=True, include_srid=True).tolist()


def _repeated(source_id: int, frame: pd.DataFrame) -> list[int]:
    return [source_id] * len(frame)


def _or_none(value: object) -> object:
    return None if pd.isna(value) else value
