"""Writing an accepted register: Parquet, partitions, cubes, quarantine and ledger, committed together."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, text, update

from boundaries.levels import kode_range
from geo import context_tables, cube_tables, tables
from geo.accepted import accepted_path, copy_rows, ready_registers
from geo.cube_totals import write_nation, write_totals
from geo.cubes import Cubes
from geo.ended import write_stated_desa
from geo.errors import GeoError
from geo.moves import write_moves
from geo.register_read import RegisterFile
from geo.register_report import RegisterReport

LOAD_LOCK = 7_385_002
REDACTED = "****************"


def stored_counts(connection: Connection, register: dict[str, RegisterFile], period: date) -> list[dict] | None:
    """Return the ledger's counts when these files, and no others, are loaded together for the period, else None."""
    ready = ready_registers(connection, period)
    rows = {row.sha256: row for row in ready}
    if not all(file.sha256 in rows for file in register.values()):
        return None
    provinsi = rows[register["household"].sha256].report["provinsi"]
    together = {row.sha256 for row in ready if row.report["provinsi"] == provinsi}
    if together != {file.sha256 for file in register.values()}:
        return None
    entries = []
    for kind, file in register.items():
        row = rows[file.sha256]
        entries.append({"file": row.file_name, "kind": kind, "rows_in": row.read_count, "kept": row.kept_count,
                        "quarantined": row.quarantined_count, "duplicates": row.duplicate_count})
    return entries


def held_provinsi(duck: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the provinsi of the accepted households: those that a load replaces."""
    return [row[0] for row in duck.execute("SELECT provinsi_kode FROM held_provinsi ORDER BY 1").fetchall()]


def find_replaced(
    connection: Connection, register: dict[str, RegisterFile], period: date, scheme: str, provinsi: Sequence[str]
) -> dict[int, Row]:
    """Return the sources that a load of these provinsi replaces, by id.

    A source is replaced whole or not at all, so that its counts stay true: raises GeoError `partly_replaces` when the
    load lacks some of its provinsi, `file_in_other_load` when a file of the load already stands for other provinsi, and
    `other_scheme_in_period` when what stays is of another `scheme`: one month would be two registers.
    """
    replaced = {}
    shas = {file.sha256 for file in register.values()}
    for row in ready_registers(connection, period):
        held = set(row.report["provinsi"])
        if held <= set(provinsi):
            replaced[row.id] = row
        elif held & set(provinsi):
            missing = ", ".join(sorted(held - set(provinsi)))
            raise GeoError("partly_replaces", path=row.file_name, period=f"{period:%Y-%m}", provinsi=missing)
        elif row.sha256 in shas:
            raise GeoError("file_in_other_load", path=row.file_name, period=f"{period:%Y-%m}",
                           provinsi=", ".join(sorted(held)))
        elif row.scheme != scheme:
            raise GeoError("other_scheme_in_period", period=f"{period:%Y-%m}", scheme=scheme, other=row.scheme,
                           provinsi=", ".join(sorted(held)))
    return replaced


def write_register(
    engine: Engine,
    duck: duckdb.DuckDBPyConnection,
    register: dict[str, RegisterFile],
    report: RegisterReport,
    data_dir: Path,
    scratch: Path,
) -> None:
    """Write the accepted tables of a DuckDB connection; readers see the old period or the new one.

    A failure leaves the database as it was, and removes the Parquet that was written.
    """
    period = report.period
    provinsi = held_provinsi(duck)
    written: list[Path] = []
    try:
        with engine.begin() as connection:
            connection.execute(select(func.pg_advisory_xact_lock(LOAD_LOCK)))
            replaced = find_replaced(connection, register, period, report.scheme, provinsi)
            source_id = _write_ledger(connection, register, report, provinsi, replaced)
            write_stated_desa(connection, duck)
            for kode in provinsi:
                for kind in ("household", "enrolment"):
                    path = accepted_path(
                        data_dir, kind, period, kode, source_id[kind], register[kind].is_fictional
                    )
                    written.append(path)
                    _write_parquet(duck, kind, kode, path)
                    _write_partition(connection, duck, kind, period, kode, source_id[kind], scratch)
                _write_cubes(connection, duck, period, kode, scratch)
            _delete_stated(connection, period, provinsi)
            if "quota" in register:
                _write_quotas(connection, duck, period, source_id["quota"])
            if "social" in register:
                _write_social(connection, duck, period, source_id["social"], scratch)
            write_quarantine(connection, duck, register, source_id, scratch)
            for changed in write_moves(connection, duck, data_dir, period, provinsi, scratch):
                write_nation(connection, changed, ("move_count",))
            write_nation(connection, period, Cubes._fields)
            write_totals(connection, period)
    except BaseException:
        for path in written:
            path.unlink(missing_ok=True)
        raise
    _remove_replaced(data_dir, period, replaced)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in (*Cubes._fields, "move_count", "program_total"):
            connection.execute(text(f"ANALYZE {name}"))


def _write_ledger(connection, register, report, provinsi: list[str], replaced: dict[int, Row]) -> dict[str, int]:
    source = tables.source
    connection.execute(update(source).where(source.c.id.in_(list(replaced))).values(status="replaced"))
    counts = {entry["kind"]: entry for entry in report.files}
    source_id = {}
    for kind, file in register.items():
        entry = counts[kind]
        source_id[kind] = connection.scalar(
            insert(source).returning(source.c.id).values(
                kind="register", file_name=file.path.name, sha256=file.sha256, period=report.period,
                scheme=report.scheme, is_fictional=file.is_fictional, status="ready", read_count=entry["rows_in"],
                kept_count=entry["kept"], quarantined_count=entry["quarantined"],
                duplicate_count=entry["duplicates"],
                report={"kind": kind, "provinsi": provinsi,
                        "outside_programs": report.outside_programs if kind == "enrolment" else []},
            )
        )
    return source_id


def _write_parquet(duck, kind: str, provinsi_kode: str, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    target = str(path).replace("'", "''")
    duck.execute(
        f"COPY (SELECT * FROM {kind} WHERE left(kode, 2) = '{provinsi_kode}' ORDER BY kode, household_id)"
        f" TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
    )


def _write_partition(connection, duck, kind: str, period: date, provinsi_kode: str, source_id: int, scratch) -> None:
    """Fill a bare table, index it, and put it in place of the old partition at the end."""
    month, bare = f"{kind}_{period:%Y%m}", f"{kind}_{period:%Y%m}_{provinsi_kode}_{source_id}"
    values = {
        "period": f"DATE '{period.isoformat()}'", "provinsi_kode": f"'{provinsi_kode}'", "source_id": str(source_id),
        "point": "CASE WHEN lon IS NOT NULL THEN 'SRID=4326;POINT(' || lon || ' ' || lat || ')' END",
    }
    columns = [column.name for column in tables.metadata.tables[kind].columns]
    selected = ", ".join(f"{values[name]} AS {name}" if name in values else name for name in columns)
    connection.execute(text(
        f"CREATE TABLE IF NOT EXISTS {month} PARTITION OF {kind} FOR VALUES IN ('{period.isoformat()}')"
        " PARTITION BY LIST (provinsi_kode)"
    ))
    old = connection.scalars(text(
        "SELECT child.relname FROM pg_inherits JOIN pg_class child ON child.oid = inhrelid"
        " JOIN pg_class parent ON parent.oid = inhparent"
        " WHERE parent.relname = :month AND child.relname LIKE :prefix"
    ), {"month": month, "prefix": f"{month}\\_{provinsi_kode}\\_%"}).all()
    connection.execute(text(f"CREATE TABLE {bare} (LIKE {kind} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)"))
    query = f"SELECT {selected} FROM {kind} WHERE left(kode, 2) = '{provinsi_kode}' ORDER BY kode"
    copy_rows(connection, duck, query, bare, columns, scratch)
    connection.execute(text(
        f"ALTER TABLE {bare} ADD CHECK (period = '{period.isoformat()}' AND provinsi_kode = '{provinsi_kode}')"
    ))
    key = "household_id" if kind == "household" else "household_id, program_id"
    connection.execute(text(f"CREATE UNIQUE INDEX ON {bare} ({key})"))
    connection.execute(text(f"CREATE INDEX ON {bare} (kode)"))
    for name in old:
        connection.execute(text(f"ALTER TABLE {month} DETACH PARTITION {name}"))
        connection.execute(text(f"DROP TABLE {name}"))
    connection.execute(text(f"ALTER TABLE {month} ATTACH PARTITION {bare} FOR VALUES IN ('{provinsi_kode}')"))


def _write_cubes(connection, duck, period: date, provinsi_kode: str, scratch: Path) -> None:
    low, high = kode_range(provinsi_kode)
    for name in Cubes._fields:
        table = cube_tables.metadata.tables[name]
        connection.execute(
            delete(table).where(table.c.period == period, table.c.kode >= low, table.c.kode < high)
        )
        columns = [column.name for column in table.columns]
        selected = ", ".join(f"DATE '{period.isoformat()}'" if column == "period" else column for column in columns)
        # A map reads one level of neighbouring codes: they should lie on neighbouring pages.
        query = f"SELECT {selected} FROM {name} WHERE left(kode, 2) = '{provinsi_kode}' ORDER BY level, kode"
        copy_rows(connection, duck, query, name, columns, scratch)


def _delete_stated(connection, period: date, provinsi: list[str]) -> None:
    """Delete what came with the replaced registers beside their households: quotas and social counts."""
    for kode in provinsi:
        low, high = kode_range(kode)
        for table in (tables.quota, context_tables.social_count):
            connection.execute(
                delete(table).where(table.c.period == period, table.c.kode >= low, table.c.kode < high)
            )


def _write_quotas(connection, duck, period: date, source_id: int) -> None:
    rows = duck.execute(
        "SELECT stated_kode, program_id, CAST(CAST(places_count AS DOUBLE) AS BIGINT)"
        " FROM judged_quota WHERE verdict = 'kept'"
    ).fetchall()
    if rows:
        connection.execute(insert(tables.quota), [
            {"period": period, "kode": kode, "program_id": program_id, "places_count": places,
             "source_id": source_id}
            for kode, program_id, places in rows
        ])


def _write_social(connection, duck, period: date, source_id: int, scratch: Path) -> None:
    columns = ["period", "level", "kode", "social_group", "kind", "unit", "reported_count", "source_id"]
    # A code's length tells its level: two digits, then two, two and four behind a dot each.
    query = (
        f"SELECT DATE '{period.isoformat()}', 1 + length(stated_kode) - length(replace(stated_kode, '.', '')),"
        " stated_kode, social_group, kind, unit, CAST(CAST(reported_count AS DOUBLE) AS BIGINT), "
        f"{source_id} FROM judged_social WHERE verdict = 'kept' ORDER BY stated_kode, social_group, kind"
    )
    copy_rows(connection, duck, query, "social_count", columns, scratch)


def write_quarantine(connection, duck, register, source_id: dict[str, int], scratch: Path) -> None:
    """Keep the judged rows that were set apart, each with its reason and without long numbers of persons."""
    columns = ["source_id", "file_name", "line", "reason", "raw"]
    # A number of a person must not stay behind in the rows set apart, in whichever column it was written.
    # Digits after a point are a coordinate's.
    raw_text = rf"regexp_replace(CAST(to_json(raw) AS VARCHAR), '([^\d.])\d{{16}}([^\d])', '\1{REDACTED}\2', 'g')"
    for kind, file in register.items():
        name = file.path.name.replace("'", "''")
        query = (
            f"SELECT {source_id[kind]}, '{name}', line, reason, {raw_text}"
            f" FROM judged_{kind} JOIN raw_{kind} AS raw USING (line) WHERE reason IS NOT NULL ORDER BY line"
        )
        copy_rows(connection, duck, query, "quarantine", columns, scratch)


def _remove_replaced(data_dir: Path, period: date, replaced: dict[int, Row]) -> None:
    """Remove the Parquet of the sources that were replaced; a load that waited may have written others by now."""
    folder = data_dir / "accepted" / f"{period:%Y-%m}"
    for source_id in replaced:
        for path in folder.glob(f"*/*_{source_id}.parquet"):
            path.unlink(missing_ok=True)
