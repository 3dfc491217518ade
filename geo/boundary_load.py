"""Loading boundaries, the code list and the crosswalk: each file whole, in one transaction, once."""

import time
from datetime import date
from pathlib import Path

import pandas as pd
import shapely
from geopandas import GeoDataFrame
from sqlalchemy import Connection, Engine, func, insert, select, text

from boundaries.codes import check_fictional, proven_level
from boundaries.coverage import WilayahSet, assemble, build
from boundaries.crosswalk import read_code_list, read_crosswalk
from boundaries.errors import BoundaryError
from boundaries.levels import NATION_KODE, Level
from boundaries.publishers import check_system
from boundaries.reading import read_file, sha256_of
from boundaries.report import BoundaryReport, CodeReport
from geo import tables
from geo.boundary_write import activate, copy_rows, write_geometry, write_wilayah

_LOAD_LOCK = 7_385_003
_OLDEST_VINTAGE = 1945


def load_boundaries(
    engine: Engine,
    path: Path,
    *,
    publisher: str,
    system: str,
    vintage: int,
    level: Level | None = None,
    layer: str | None = None,
    licence: str | None = None,
) -> BoundaryReport:
    """Read, check, repair, dissolve, simplify and store a boundary file; a file that is stored already is left alone.

    Raises BoundaryError, and then nothing is stored.
    """
    check_system(system)
    _check_vintage(vintage)
    path = Path(path)
    sha256 = sha256_of(path) if layer is None else f"{sha256_of(path)}#{layer}"
    with engine.connect() as connection:
        stored = _stored_report(connection, sha256)
        if stored is not None:
            return stored
        known = _code_list(connection)
        pairs = _pairs(connection) if system == "bps" else {}
    started = time.perf_counter()
    file = read_file(path, publisher=publisher, system=system, level=level, layer=layer)
    report = BoundaryReport(
        file.file_name, file.sha256, publisher, system, vintage, licence, is_fictional=system == "fiktif"
    )
    report.seconds["read"] = round(time.perf_counter() - started, 2)
    whole = assemble(file, report, level=level, known=known, pairs=pairs)
    report.seconds["assemble"] = round(time.perf_counter() - started - report.seconds["read"], 2)
    with engine.begin() as connection:
        return _stored_report(connection, sha256) or _store(connection, whole, report)


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
    check_system(system)
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
    whole = build(own, _no_other(), finest, {}, report, has_official_names=True)
    report.seconds["assemble"] = round(time.perf_counter() - started, 2)
    return _store(connection, whole, report)


def load_codes(engine: Engine, path: Path) -> CodeReport:
    """Store the official list of wilayah: its names replace names that boundary files gave."""
    path = Path(path)
    rows = read_code_list(path)
    report = CodeReport(path.name, sha256_of(path), read_count=len(rows), kept_count=len(rows))
    report.level_counts = {Level(at).name: int(n) for at, n in rows["level"].value_counts().sort_index().items()}
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))
        report.unlisted_kode = sorted(_all_kode(connection) - {NATION_KODE, *rows["kode"]})
        if not _claim(connection, report, system="kemendagri", vintage=None):
            return report
        write_wilayah(connection, rows.assign(kode_bps=None), vintage=None, replaces_names=True)
    return report


def load_crosswalk(engine: Engine, path: Path, *, vintage: int) -> CodeReport:
    """Store the BPS code of each wilayah that is known; pairs of wilayah that are not are counted as rejected.

    `vintage` is the year of the BPS codes: a pair never replaces one of a later year.
    """
    _check_vintage(vintage)
    path = Path(path)
    read = read_crosswalk(path)
    report = CodeReport(path.name, sha256_of(path), read_count=read.read_count, duplicate_count=read.duplicate_count)
    with engine.begin() as connection:
        connection.execute(text("CREATE TEMPORARY TABLE pair (kode text, kode_bps text) ON COMMIT DROP"))
        copy_rows(connection, "pair", ("kode", "kode_bps"), read.pairs.itertuples(index=False, name=None))
        report.kept_count = connection.execute(
            text(
                "UPDATE wilayah SET kode_bps = pair.kode_bps, kode_bps_vintage = :vintage FROM pair"
                " WHERE wilayah.kode = pair.kode AND COALESCE(wilayah.kode_bps_vintage, 0) <= :vintage"
            ),
            {"vintage": vintage},
        ).rowcount
        if report.kept_count == 0:
            raise BoundaryError("crosswalk_without_wilayah", path=path)
        report.rejected_count = report.read_count - report.kept_count - report.duplicate_count
        _claim(connection, report, system="bps", vintage=vintage)
    return report


def _check_vintage(vintage: int) -> None:
    if not _OLDEST_VINTAGE <= vintage <= date.today().year + 1:
        raise BoundaryError("vintage_implausible", vintage=vintage)


def _store(connection: Connection, whole: WilayahSet, report: BoundaryReport) -> BoundaryReport:
    started = time.perf_counter()
    connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))
    stored = _stored_report(connection, report.sha256)
    if stored is not None:
        return stored
    source = tables.source
    listed = _code_list(connection)
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
    report.seconds["write"] = round(time.perf_counter() - started, 2)
    connection.execute(source.update().where(source.c.id == report.source_id).values(report=report.as_dict()))
    # Queries join these tables at once, and without their sizes the planner multiplies them row by row.
    connection.execute(text("ANALYZE wilayah, boundary, boundary_shape, boundary_active"))
    return report


def _stored_report(connection: Connection, sha256: str) -> BoundaryReport | None:
    source = tables.source
    row = connection.execute(
        select(source).where(source.c.kind == "boundaries", source.c.sha256 == sha256, source.c.status == "ready")
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


def _claim(connection: Connection, report: CodeReport, *, system: str, vintage: int | None) -> bool:
    """Write the ledger row of a code file; False if the same file is there already."""
    connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))
    source = tables.source
    is_known = connection.execute(
        select(source.c.id).where(
            source.c.kind == "codes", source.c.sha256 == report.sha256, source.c.status == "ready"
        )
    ).first()
    if is_known:
        report.status = "already_loaded"
        return False
    connection.execute(
        insert(source).values(
            kind="codes",
            file_name=report.file_name,
            sha256=report.sha256,
            system=system,
            vintage=vintage,
            status="ready",
            read_count=report.read_count,
            kept_count=report.kept_count,
            quarantined_count=report.rejected_count,
            duplicate_count=report.duplicate_count,
            report=report.as_dict(),
        )
    )
    return True


def _code_list(connection: Connection) -> frozenset[str] | None:
    """Return the codes of the official list if one is loaded: all wilayah but those that only boundary files brought.

    The list's own report names the codes that were there before it, each later file's report those that it added.
    """
    source = tables.source
    list_id = connection.scalar(
        select(func.max(source.c.id)).where(
            source.c.kind == "codes", source.c.system == "kemendagri", source.c.status == "ready"
        )
    )
    if list_id is None:
        return None
    unlisted = connection.scalars(
        select(func.jsonb_array_elements_text(source.c.report["unlisted_kode"])).where(
            source.c.status == "ready",
            (source.c.id == list_id) | ((source.c.kind == "boundaries") & (source.c.id > list_id)),
        )
    )
    return _all_kode(connection) - frozenset(unlisted)


def _all_kode(connection: Connection) -> frozenset[str]:
    return frozenset(connection.scalars(select(tables.wilayah.c.kode)))


def _pairs(connection: Connection) -> dict[str, str]:
    wilayah = tables.wilayah
    rows = connection.execute(
        select(wilayah.c.kode_bps, func.min(wilayah.c.kode).label("kode"))
        .where(wilayah.c.kode_bps.is_not(None))
        .group_by(wilayah.c.kode_bps)
        .having(func.count() == 1)
    )
    return {row.kode_bps: row.kode for row in rows}


def _no_other() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "given_code": pd.Series(dtype="string"),
            "name": pd.Series(dtype="string"),
            "kind": pd.Series(dtype="string"),
            "parent_kode": pd.Series(dtype="string"),
            "geometry": pd.Series(dtype=object),
        }
    )
