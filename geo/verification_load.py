"""Loading a verification sample: read, match to the register, judge, and write in one transaction."""

import tempfile
from datetime import date
from pathlib import Path

import duckdb
from sqlalchemy import Connection, Engine, Row, delete, func, insert, select, update

from geo import field_tables, tables
from geo.accepted import copy_rows
from geo.entitlement import read_rules
from geo.errors import GeoError
from geo.field_tables import estimate, estimate_model, verification
from geo.register_read import RegisterFile
from geo.register_write import LOAD_LOCK, write_quarantine
from geo.verification_checks import check_design, count_sample, describe_sample, judge_sample
from geo.verification_match import derive_sample, match_households
from geo.verification_read import Statement, open_sample, read_statement
from geo.verification_report import VerificationReport


def load_verification(engine: Engine, path: Path, period: date, *, dry_run: bool = False) -> VerificationReport:
    """Load one sample of a period; all of it or nothing.

    It replaces the samples of the same period, truth, frame (and program) whose provinsi it covers, and removes the
    estimates of that truth and frame, which must be computed again. The same file loads once for a register: after the
    register was replaced, it is matched anew. Raises GeoError.
    """
    if period.day != 1:
        raise GeoError("period_not_a_month", period=period.isoformat())
    with (
        duckdb.connect() as duck,
        tempfile.TemporaryDirectory(prefix="petadesil-") as scratch,
        engine.begin() as connection,
    ):
        file = open_sample(duck, Path(path))
        statement = read_statement(duck, file)
        # A sample rests on a register: neither may be replaced while the other is being written.
        connection.execute(select(func.pg_advisory_xact_lock(LOAD_LOCK)))
        registers = _registers(connection, period)
        if not registers:
            raise GeoError("verification_without_register", path=file.path.name, period=f"{period:%Y-%m}")
        stored = _ready_sample(connection, file, period, registers)
        if stored is not None:
            return _stored_report(stored, period)
        report = VerificationReport(period, statement.truth, statement.frame, statement.program,
                                    file_name=file.path.name, ignored_columns=list(file.ignored_columns))
        match_households(duck, connection, period, statement)
        judge_sample(duck, period, statement, sorted({kode for row in registers for kode in row.report["provinsi"]}))
        count_sample(duck, report)
        if not report.kept:
            raise GeoError("verification_nothing_kept", path=file.path.name, rows=report.rows_in,
                           reason=max(report.by_reason, key=report.by_reason.get))
        check_design(duck, file.path.name)
        derive_sample(duck, read_rules(connection, period), period, statement)
        describe_sample(duck, report)
        report.provinsi = [row[0] for row in duck.execute(
            "SELECT DISTINCT provinsi_kode FROM verification ORDER BY 1").fetchall()]
        _check_invention(file, report, registers)
        replaced = _find_replaced(connection, report)
        report.replaced = [row.file_name for row in replaced]
        if dry_run:
            report.status = "dry_run"
            return report
        _remove(connection, statement, period, replaced)
        _write(connection, duck, file, report, registers, Path(scratch))
    return report


def _registers(connection: Connection, period: date) -> list[Row]:
    """Return the ledger's rows of the household files in force."""
    source = tables.source
    rows = connection.execute(select(source).where(
        source.c.kind == "register", source.c.period == period, source.c.status == "ready"
    ).order_by(source.c.id)).all()
    return [row for row in rows if row.report["kind"] == "household"]


def _check_invention(file: RegisterFile, report: VerificationReport, registers: list[Row]) -> None:
    """Raise GeoError `fictional_mismatch` when either the sample or its register is invented, and not the other.

    An invented sample would show a real register's errors as measured, and a real one would be shown as freely as
    invented data are.
    """
    for row in registers:
        if row.is_fictional != file.is_fictional and set(row.report["provinsi"]) & set(report.provinsi):
            raise GeoError("fictional_mismatch", path=file.path.name, period=f"{report.period:%Y-%m}")


def _ready_sample(connection: Connection, file: RegisterFile, period: date, registers: list[Row]) -> Row | None:
    """Return the ledger's row of this very file when it is loaded and still rests on the registers in force."""
    source = tables.source
    row = connection.execute(select(source).where(
        source.c.kind == "verification", source.c.sha256 == file.sha256, source.c.period == period,
        source.c.status == "ready",
    )).one_or_none()
    return row if row and row.report["registers"] == [register.id for register in registers] else None


def _stored_report(row: Row, period: date) -> VerificationReport:
    known = {name: value for name, value in row.report.items() if name not in ("kind", "registers", "period")}
    return VerificationReport(**known | {"period": period, "status": "already_loaded"})


def _find_replaced(connection: Connection, report: VerificationReport) -> list[Row]:
    """Return the samples that this one replaces; raise GeoError `partly_replaces` when it lacks one's provinsi."""
    source = tables.source
    rows = connection.execute(select(source).where(
        source.c.kind == "verification", source.c.period == report.period, source.c.status == "ready"
    ).order_by(source.c.id)).all()
    replaced = []
    for row in rows:
        if any(row.report[name] != getattr(report, name) for name in ("truth", "frame", "program")):
            continue
        held = set(row.report["provinsi"])
        if held <= set(report.provinsi):
            replaced.append(row)
        elif held & set(report.provinsi):
            raise GeoError("partly_replaces", path=row.file_name, period=f"{report.period:%Y-%m}",
                           provinsi=", ".join(sorted(held - set(report.provinsi))))
    return replaced


def _remove(connection: Connection, statement: Statement, period: date, replaced: list[Row]) -> None:
    """Let the replaced samples go, and every estimate of this truth and frame: those above a provinsi rest on all."""
    source = tables.source
    ids = [row.id for row in replaced]
    connection.execute(delete(verification).where(verification.c.source_id.in_(ids)))
    connection.execute(update(source).where(source.c.id.in_(ids)).values(status="replaced"))
    for table in (estimate, estimate_model):
        rest = [table.c.period == period, table.c.truth == statement.truth, table.c.frame == statement.frame]
        if statement.program:
            known = select(tables.program.c.id).where(tables.program.c.key == statement.program).scalar_subquery()
            rest.append(table.c.program_id == known)
        connection.execute(delete(table).where(*rest))


def _write(
    connection: Connection, duck: duckdb.DuckDBPyConnection, file: RegisterFile, report: VerificationReport,
    registers: list[Row], scratch: Path,
) -> None:  # fmt: skip
    source = tables.source
    content = report.as_dict() | {"kind": "verification", "registers": [row.id for row in registers]}
    source_id = connection.scalar(insert(source).returning(source.c.id).values(
        kind="verification", file_name=file.path.name, sha256=file.sha256, period=report.period,
        scheme=registers[0].scheme, is_fictional=file.is_fictional, status="ready", read_count=report.rows_in,
        kept_count=report.kept, quarantined_count=report.quarantined, duplicate_count=report.duplicates,
        report=content,
    ))
    columns = [column.name for column in field_tables.verification.columns]
    selected = ", ".join(f"{source_id} AS source_id" if name == "source_id" else name for name in columns)
    copy_rows(connection, duck, f"SELECT {selected} FROM verification ORDER BY kode, line", "verification", columns,
              scratch)
    write_quarantine(connection, duck, {"verification": file}, {"verification": source_id}, scratch)
