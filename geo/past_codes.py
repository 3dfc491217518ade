"""Loading a code list of an earlier year: the wilayah that have ended since, for registers of that time."""

from pathlib import Path

from sqlalchemy import Connection, Engine, func, insert, select

from boundaries.crosswalk import read_code_list
from boundaries.levels import KODE_LENGTH, Level
from boundaries.reading import sha256_of
from boundaries.report import CodeReport
from geo import tables
from geo.context_load import lock_context
from geo.ended import write_ended_wilayah
from geo.errors import GeoError

# The list of today is found by its own system; this one must never be taken for it.
_SYSTEM = "kemendagri-past"
# The nearest first.
_LENGTHS = sorted(KODE_LENGTH.values(), reverse=True)


def load_past_codes(engine: Engine, path: Path) -> CodeReport:
    """Keep of a list of earlier codes those that are none of today and whose end is known; others are rejected.

    A code ended with the succession of its own or of the nearest wilayah above it. Names of today stay as they are.
    Raises BoundaryError of a file that is no code list, GeoError `past_codes_without_end` when nothing can be kept.
    """
    path = Path(path)
    rows = read_code_list(path)
    report = CodeReport(path.name, sha256_of(path), read_count=len(rows))
    with engine.begin() as connection:
        lock_context(connection)
        ended, today = _ended_on(connection), _kode_of_today(connection)
        names: dict = {}
        for kode, name in zip(rows["kode"], rows["name"], strict=True):
            upper = next((kode[:length] for length in _LENGTHS if kode[:length] in ended), None)
            if upper is not None and kode not in today:
                names.setdefault(ended[upper], {})[kode] = name
        report.kept_count = sum(len(kept) for kept in names.values())
        report.rejected_count = report.read_count - report.kept_count
        if not report.kept_count:
            raise GeoError("past_codes_without_end", path=path.name, count=report.read_count)
        kept = [kode for group in names.values() for kode in group]
        for level, count in rows[rows["kode"].isin(kept)]["level"].value_counts().sort_index().items():
            report.level_counts[Level(level).name] = int(count)
        for valid_to, group in sorted(names.items()):
            write_ended_wilayah(connection, group, valid_to)
        if not _is_stored(connection, report.sha256):
            connection.execute(insert(tables.source).values(
                kind="codes", file_name=report.file_name, sha256=report.sha256, system=_SYSTEM, status="ready",
                read_count=report.read_count, kept_count=report.kept_count, quarantined_count=report.rejected_count,
                report=report.as_dict(),
            ))  # fmt: skip
        else:
            report.status = "already_loaded"
    return report


def _ended_on(connection: Connection) -> dict:
    wilayah = tables.wilayah
    return dict(connection.execute(
        select(wilayah.c.kode, wilayah.c.valid_to).where(wilayah.c.valid_to.is_not(None))
    ).all())


def _kode_of_today(connection: Connection) -> frozenset[str]:
    wilayah = tables.wilayah
    return frozenset(connection.scalars(select(wilayah.c.kode).where(wilayah.c.valid_to.is_(None))))


def _is_stored(connection: Connection, sha256: str) -> bool:
    source = tables.source
    held = select(func.count()).where(
        source.c.kind == "codes", source.c.sha256 == sha256, source.c.status == "ready"
    )
    return connection.scalar(held) > 0
