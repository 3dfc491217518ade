"""What loading a table of figures or of successions has in common: its columns as text, its account, its ledger.

A file is replaced whole or not at all, so that its counts in the ledger stay true: a new file takes the place of an
earlier one when it holds all of its rows' keys, and is refused when it holds only some of them.
"""

import hashlib
import json
import tempfile
from collections.abc import Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
from sqlalchemy import Connection, delete, func, insert, select, update

from geo import tables
from geo.errors import GeoError
from geo.register_read import RegisterFile, digest, is_marked_fictional, reader
from geo.register_write import write_quarantine

_LOAD_LOCK = 7_385_004


@dataclass
class ContextReport:
    """What became of every row of a file: rows_in = kept + quarantined + duplicates."""

    kind: str
    file_name: str
    status: str = "loaded"
    rows_in: int = 0
    kept: int = 0
    quarantined: int = 0
    duplicates: int = 0
    by_reason: dict[str, int] = field(default_factory=dict)
    ignored_columns: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    unconfirmed: int = 0

    def as_dict(self) -> dict:
        """Return the report as plain values."""
        return dict(vars(self))


def open_table(
    duck: duckdb.DuckDBPyConnection, path: Path, kind: str, required: Mapping[str, str], optional: Mapping[str, str]
) -> RegisterFile:
    """Create `raw_<kind>`: `line` (the header of a CSV is line 1) and the named columns, as text without blanks around.

    `required` and `optional` tell for each column of the table what the file calls it. Other columns are not read.
    Raises GeoError `file_missing`, `not_a_table`, `file_unreadable` or `missing_columns`.
    """
    if not path.is_file():
        raise GeoError("file_missing", path=str(path))
    is_parquet = path.suffix.lower() == ".parquet"
    if not is_parquet and path.suffix.lower() != ".csv":
        raise GeoError("not_a_table", path=path.name)
    try:
        found = [name for name, *_ in duck.execute(f"DESCRIBE SELECT * FROM {reader(path)}").fetchall()]
        missing = [name for name in required.values() if name not in found]
        if missing:
            raise GeoError("missing_columns", path=path.name, columns=", ".join(missing))
        columns = ", ".join(
            f"nullif(trim(CAST({_quoted(given)} AS VARCHAR)), '') AS {name}" if given in found
            else f"CAST(NULL AS VARCHAR) AS {name}"
            for name, given in {**required, **optional}.items()
        )
        duck.execute(
            f"CREATE TABLE raw_{kind} AS SELECT row_number() OVER () + {0 if is_parquet else 1} AS line, {columns}"
            f" FROM {reader(path)}"
        )
    except duckdb.Error as error:
        raise GeoError("file_unreadable", path=path.name, reason=str(error).splitlines()[0]) from error
    read = {*required.values(), *optional.values()}
    ignored = tuple(name for name in found if name not in read)
    return RegisterFile(path, kind, digest(path), is_marked_fictional(path), ignored)


def stated_provinsi(path: Path, kode_column: str) -> set[str]:
    """Return the first two digits of every code in a column, before anything is loaded; raise as `open_table`.

    A text that does not begin like a code, a name or the `0` that some files write for the nation, states none.
    """
    with duckdb.connect() as duck:
        open_table(duck, path, "stated", {"kode": kode_column}, {})
        rows = duck.execute(
            r"SELECT DISTINCT left(kode, 2) FROM raw_stated WHERE regexp_matches(kode, '^[1-9]\d')"
        ).fetchall()
    return {row[0] for row in rows}


def bring_wilayah(duck: duckdb.DuckDBPyConnection, connection: Connection, *, with_ended: bool = False) -> None:
    """Copy the wilayah of every level into DuckDB, as the table `place`; raise GeoError `no_wilayah_loaded`.

    Those of today, or also those `with_ended`: their names are those of what followed them.
    """
    wilayah = tables.wilayah
    query = select(wilayah.c.kode, wilayah.c.level, wilayah.c.name, func.replace(wilayah.c.kode_bps, ".", ""))
    rows = connection.execute(query if with_ended else query.where(wilayah.c.valid_to.is_(None))).all()
    if len(rows) < 2:
        raise GeoError("no_wilayah_loaded")
    kode, level, name, bps = zip(*rows, strict=True)
    duck.register("place_list", pa.table({
        "place_kode": pa.array(kode, pa.string()), "place_level": pa.array(level, pa.int16()),
        "place_name": pa.array(name, pa.string()), "place_bps": pa.array(bps, pa.string())}))
    duck.execute("CREATE TABLE place AS SELECT * FROM place_list")


def lock_context(connection: Connection) -> None:
    """Keep a second load of figures or successions waiting until this transaction ends."""
    connection.execute(select(func.pg_advisory_xact_lock(_LOAD_LOCK)))


def count_rows(duck: duckdb.DuckDBPyConnection, file: RegisterFile) -> ContextReport:
    """Return the account of the judged rows; raise GeoError `context_nothing_kept` when none can be loaded."""
    report = ContextReport(file.kind, file.path.name, ignored_columns=list(file.ignored_columns))
    report.rows_in, report.kept, report.quarantined, report.duplicates = duck.execute(f"""
        SELECT count(*), count(*) FILTER (verdict = 'kept'), count(*) FILTER (verdict = 'quarantined'),
               count(*) FILTER (verdict = 'duplicate') FROM judged_{file.kind}
    """).fetchone()
    report.by_reason = dict(duck.execute(
        f"SELECT reason, count(*) FROM judged_{file.kind} WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason"
    ).fetchall())
    if not report.kept:
        reason = max(report.by_reason, key=report.by_reason.get) if report.by_reason else "-"
        raise GeoError("context_nothing_kept", path=file.path.name, rows=report.rows_in, reason=reason)
    return report


def claim_place(
    connection: Connection,
    file: RegisterFile,
    report: ContextReport,
    statement: Mapping[str, object],
    period: date | None,
    provinsi: list[str],
) -> int | None:
    """Write the file's row of the ledger and return its id; None when the same file already stands there.

    The same file with the same `statement` loads once, unless wilayah that it names have become known since. The
    sources that it replaces are settled before, by `settle_replaced`.
    """
    source = tables.source
    said = json.dumps(statement, sort_keys=True, default=str)
    sha256 = f"{file.sha256}#{hashlib.sha256(said.encode()).hexdigest()[:12]}"
    row = connection.execute(select(source).where(
        source.c.kind == file.kind, source.c.sha256 == sha256, source.c.status == "ready",
        source.c.period.is_not_distinct_from(period),
    )).one_or_none()
    if row is not None:
        if row.kept_count == report.kept:
            report.status = "already_loaded"
            return None
        connection.execute(update(source).where(source.c.id == row.id).values(status="replaced"))
    return connection.scalar(insert(source).returning(source.c.id).values(
        kind=file.kind, file_name=file.path.name, sha256=sha256, period=period, is_fictional=file.is_fictional,
        status="ready", read_count=report.rows_in, kept_count=report.kept, quarantined_count=report.quarantined,
        duplicate_count=report.duplicates,
        report={"kind": file.kind, "provinsi": provinsi, "statement": json.loads(said)},
    ))


def settle_replaced(
    connection: Connection, table, held: Iterable[tuple[int, Hashable]], keys: Set[Hashable], source_id: int
) -> list[str]:
    """Let go of the sources whose rows this file holds anew, and return their files' names.

    `held` has the source and the key of each stored row that the file could replace. Raises GeoError
    `rows_partly_replaced` when a source has other rows beside.
    """
    source = tables.source
    rows_of: dict[int, set[Hashable]] = {}
    for held_by, key in held:
        rows_of.setdefault(held_by, set()).add(key)
    names = dict(connection.execute(
        select(source.c.id, source.c.file_name).where(source.c.id.in_(list(rows_of)))
    ).all())
    replaced = []
    for held_by, rows in rows_of.items():
        if rows <= keys:
            replaced.append(held_by)
        elif rows & keys:
            raise GeoError("rows_partly_replaced", path=names[held_by], missing=len(rows - keys))
    connection.execute(delete(table).where(table.c.source_id.in_(replaced)))
    connection.execute(
        update(source).where(source.c.id.in_(replaced), source.c.id != source_id).values(status="replaced")
    )
    return [names[held_by] for held_by in sorted(replaced)]


def keep_quarantined(connection: Connection, duck, file: RegisterFile, source_id: int) -> None:
    """Write the rows that were set apart, each with its line and reason."""
    with tempfile.TemporaryDirectory(prefix="petadesil-") as scratch:
        write_quarantine(connection, duck, {file.kind: file}, {file.kind: source_id}, Path(scratch))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
