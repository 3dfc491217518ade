"""Loading the official list of wilayah and the pairs of the two code systems, and reading both back as one book."""

from datetime import date
from pathlib import Path

import pandas as pd
from sqlalchemy import Connection, Engine, Select, func, insert, select, text, update

from boundaries.crosswalk import CodeBook, make_code_book, read_code_list, read_crosswalk
from boundaries.errors import BoundaryError
from boundaries.levels import KODE_LENGTH, NATION_KODE, Level
from boundaries.reading import sha256_of
from boundaries.report import CodeReport
from boundaries.suggestions import bare_name
from geo import tables
from geo.boundary_write import copy_rows, write_wilayah
from geo.context_tables import wilayah_succession
from geo.policy_rows import policy_rows
from geo.succession_policy import write_known_successions

_LOAD_LOCK = 7_385_003
_OLDEST_VINTAGE = 1945
_KEEP_PAIRS = """
    DELETE FROM pair WHERE NOT EXISTS (
        SELECT FROM wilayah WHERE wilayah.kode = pair.kode
        UNION ALL
        SELECT FROM wilayah_succession AS event JOIN wilayah ON wilayah.kode = event.new_kode
        WHERE event.old_kode = pair.kode OR event.old_kode = left(pair.kode, 5))
"""
_UPDATE_WILAYAH = """
    UPDATE wilayah SET kode_bps = pair.kode_bps, kode_bps_vintage = :vintage FROM pair
    WHERE wilayah.kode = pair.kode AND COALESCE(wilayah.kode_bps_vintage, 0) <= :vintage
"""
_INSERT_PAIRS = """
    INSERT INTO kode_pair (vintage, kode_bps, kode, source_id)
    SELECT :vintage, kode_bps, kode, :source_id FROM pair ON CONFLICT DO NOTHING
"""


def load_codes(engine: Engine, path: Path) -> CodeReport:
    """Store the official list of wilayah: its names replace names that boundary files gave.

    The successions that this version ships are stored with it, for the wilayah that are known then.
    """
    path = Path(path)
    rows = read_code_list(path)
    report = CodeReport(path.name, sha256_of(path), read_count=len(rows), kept_count=len(rows))
    report.level_counts = {Level(at).name: int(n) for at, n in rows["level"].value_counts().sort_index().items()}
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))
        report.unlisted_kode = sorted(_all_kode(connection) - {*rows["kode"]})
        if _source_id(connection, report) is None:
            _write_source(connection, report, system="kemendagri", vintage=None)
            write_wilayah(connection, rows.assign(kode_bps=None), vintage=None, replaces_names=True)
        else:
            report.status = "already_loaded"
        write_known_successions(connection)
    return report


def load_crosswalk(engine: Engine, path: Path, *, vintage: int) -> CodeReport:
    """Store the pairs of wilayah that are known, or that a known one followed; all others are counted as rejected.

    A kecamatan or desa of a kabupaten that has another code now is stored under its new code where the list has its
    name there, else under the old one: that still tells the kabupaten.

    `vintage` is the year of the BPS codes: a wilayah's own BPS code is never replaced by one of an earlier year, and
    the pairs of every year stay. Raises BoundaryError `crosswalk_without_wilayah` when no pair can be kept.
    """
    check_vintage(vintage)
    path = Path(path)
    read = read_crosswalk(path)
    report = CodeReport(path.name, sha256_of(path), read_count=read.read_count, duplicate_count=read.duplicate_count)
    with engine.begin() as connection:
        connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))
        connection.execute(
            text('CREATE TEMPORARY TABLE pair (kode text COLLATE "C", kode_bps text COLLATE "C") ON COMMIT DROP')
        )
        copy_rows(connection, "pair", ("kode", "kode_bps"), _followed(connection, read.pairs))
        report.kept_count = len(read.pairs) - connection.execute(text(_KEEP_PAIRS)).rowcount
        if report.kept_count == 0:
            raise BoundaryError("crosswalk_without_wilayah", path=path)
        report.rejected_count = report.read_count - report.kept_count - report.duplicate_count
        report.level_counts = _counts_of_pairs(connection)
        connection.execute(text(_UPDATE_WILAYAH), {"vintage": vintage})
        source_id = _source_id(connection, report)
        if source_id is None:
            source_id = _write_source(connection, report, system="bps", vintage=vintage)
        else:
            # Wilayah may have become known since the file was first loaded.
            report.status = "already_loaded"
            _recount(connection, source_id, report)
        connection.execute(text(_INSERT_PAIRS), {"vintage": vintage, "source_id": source_id})
        connection.execute(text("ANALYZE kode_pair"))
    return report


def _followed(connection: Connection, pairs: pd.DataFrame) -> list[tuple[str, str]]:
    """Return (kode, kode_bps), each kode below a kabupaten that was renumbered with its new beginning where it holds.

    The end of the code and the name must both be the same: within the kabupaten, kecamatan were numbered anew too.
    """
    event = wilayah_succession.c
    names = dict(connection.execute(_names_of_today()).all())
    after: dict[str, set[str]] = {}
    for old_kode, new_kode in connection.execute(select(event.old_kode, event.new_kode)):
        after.setdefault(old_kode, set()).add(new_kode)
    length = KODE_LENGTH[Level.kabupaten]
    rows = []
    for kode, kode_bps, name in pairs.itertuples(index=False, name=None):
        follower = after.get(kode[:length], set())
        if kode not in names and len(follower) == 1 and isinstance(name, str):
            renumbered = next(iter(follower)) + kode[length:]
            if renumbered in names and bare_name(names[renumbered]) == bare_name(name):
                kode = renumbered
        rows.append((kode, kode_bps))
    return rows


def read_code_book(connection: Connection) -> CodeBook:
    """Return what the database knows of codes: the names of the official list, the pairs, and where BPS codes lie.

    Pairs that this version ships itself stand beside those of a crosswalk that is loaded. Before any is loaded there
    are no pairs.
    """
    pair, event = tables.kode_pair, wilayah_succession
    pairs = [tuple(row) for row in connection.execute(select(pair.c.vintage, pair.c.kode_bps, pair.c.kode))]
    if pairs:
        pairs += [(int(row["vintage"]), row["kode_bps"], row["kode"]) for row in policy_rows("kode_bps")]
    successions = [tuple(row) for row in connection.execute(select(event.c.old_kode, event.c.new_kode).distinct())]
    return make_code_book(_listed_names(connection), pairs, successions)


def check_vintage(vintage: int) -> None:
    """Raise BoundaryError `vintage_implausible` for a year before the country's first or after the next."""
    if not _OLDEST_VINTAGE <= vintage <= date.today().year + 1:
        raise BoundaryError("vintage_implausible", vintage=vintage)


def _source_id(connection: Connection, report: CodeReport) -> int | None:
    source = tables.source
    return connection.scalar(
        select(source.c.id).where(
            source.c.kind == "codes", source.c.sha256 == report.sha256, source.c.status == "ready"
        )
    )


def _write_source(connection: Connection, report: CodeReport, *, system: str, vintage: int | None) -> int:
    source = tables.source
    return connection.execute(
        insert(source)
        .values(
            kind="codes",
            file_name=report.file_name,
            sha256=report.sha256,
            system=system,
            vintage=vintage,
            status="ready",
            **_counts(report),
        )
        .returning(source.c.id)
    ).scalar_one()


def _recount(connection: Connection, source_id: int, report: CodeReport) -> None:
    source = tables.source
    connection.execute(update(source).where(source.c.id == source_id).values(**_counts(report)))


def _counts(report: CodeReport) -> dict[str, object]:
    return {
        "read_count": report.read_count,
        "kept_count": report.kept_count,
        "quarantined_count": report.rejected_count,
        "duplicate_count": report.duplicate_count,
        "report": report.as_dict(),
    }


def _counts_of_pairs(connection: Connection) -> dict[str, int]:
    counted = connection.execute(
        text("SELECT 1 + length(kode) - length(replace(kode, '.', '')), count(*) FROM pair GROUP BY 1 ORDER BY 1")
    )
    return {Level(level).name: count for level, count in counted}


def _listed_names(connection: Connection) -> dict[str, str] | None:
    """Return the names of the official list if one is loaded: of all wilayah but those that other files brought.

    The list's own report names the codes that were there before it, each later file's report those that it added.
    """
    source, wilayah = tables.source, tables.wilayah
    list_id = connection.scalar(
        select(func.max(source.c.id)).where(
            source.c.kind == "codes", source.c.system == "kemendagri", source.c.status == "ready"
        )
    )
    if list_id is None:
        return None
    unlisted = frozenset(
        connection.scalars(
            select(func.jsonb_array_elements_text(source.c.report["unlisted_kode"])).where(
                source.c.status == "ready",
                (source.c.id == list_id) | ((source.c.kind == "boundaries") & (source.c.id > list_id)),
            )
        )
    )
    rows = connection.execute(_names_of_today().order_by(wilayah.c.kode))
    return {kode: name for kode, name in rows if kode not in unlisted}


def _names_of_today() -> Select:
    wilayah = tables.wilayah.c
    return select(wilayah.kode, wilayah.name).where(wilayah.valid_to.is_(None), wilayah.kode != NATION_KODE)


def _all_kode(connection: Connection) -> frozenset[str]:
    return frozenset(kode for kode, _ in connection.execute(_names_of_today()))
