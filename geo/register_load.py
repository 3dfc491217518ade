"""Loading a register: read, check, accept, count, and write period by period in one transaction."""

import functools
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import duckdb
import ibis
import pyarrow as pa
from sqlalchemy import Connection, Engine, func, select

from boundaries.levels import Level
from geo import register_write, tables
from geo.assign import read_desa_polygons
from geo.cubes import build_cubes
from geo.ended import know_ended_desa
from geo.entitlement import read_rules
from geo.errors import GeoError
from geo.register_accept import (
    KODE_FORM,
    accept_enrolments,
    accept_households,
    judge_enrolments,
    judge_households,
    judge_quotas,
    judge_social,
)
from geo.register_read import RegisterFile, identify, open_raw
from geo.register_report import RegisterReport

SCHEMES = ("dtks", "dtsen")
_LEAST_HIT_RATE = 0.5


def load_register(
    engine: Engine,
    data_dir: Path,
    files: Sequence[Path],
    period: date,
    scheme: str,
    *,
    system: str = "kemendagri",
    dry_run: bool = False,
    progress: Callable[[str, float], None] | None = None,
) -> RegisterReport:
    """Load the household, enrolment and (if there are) quota and social file of one period; all of it or nothing.

    The provinsi that occur in the household file are replaced in that period, with all that came with them; all
    provinsi of a period are of one scheme. The same files load once: a second time the report says `already_loaded`.
    Raises GeoError.
    """
    _check_arguments(period, scheme, system)
    report = RegisterReport(period, scheme)
    started = time.perf_counter()

    def done(step: str) -> None:
        nonlocal started
        report.seconds[step] = round(time.perf_counter() - started, 2)
        if progress:
            progress(step, report.seconds[step])
        started = time.perf_counter()

    with duckdb.connect() as duck, tempfile.TemporaryDirectory(prefix="petadesil-") as scratch:
        register = _one_of_each([identify(duck, Path(path)) for path in files])
        with engine.connect() as connection:
            stored = register_write.stored_counts(connection, register, period)
            if stored is not None:
                report.status, report.files = "already_loaded", stored
                return report
            rules = read_rules(connection, period)
            _bring_lists(duck, connection)
        for file in register.values():
            open_raw(duck, file)
            report.ignored_columns += file.ignored_columns
        with engine.connect() as connection:
            know_ended_desa(duck, connection, period)

        @functools.cache
        def read_polygons(provinsi: tuple[str, ...]) -> dict:
            with engine.connect() as connection:
                return read_desa_polygons(connection, provinsi)

        done("read")
        _check_code_system(duck, system, register["household"])
        judge_households(duck, system, period, read_polygons, report)
        accept_households(duck, rules)
        with engine.connect() as connection:
            register_write.find_replaced(connection, register, period, scheme, register_write.held_provinsi(duck))
        judge_enrolments(duck, system)
        accept_enrolments(duck, rules)
        if "quota" in register:
            judge_quotas(duck)
        if "social" in register:
            judge_social(duck)
        _count(duck, register, report)
        done("check")
        present = {name for (name,) in duck.execute("SELECT DISTINCT program_id FROM enrolment").fetchall()}
        backend = ibis.duckdb.from_connection(duck)
        cubes = build_cubes(
            backend.table("household"), backend.table("enrolment"), [r for r in rules if r.program_id in present],
            period,
        )
        for name, expression in cubes._asdict().items():
            duck.execute(f"CREATE TABLE {name} AS {ibis.to_sql(expression, dialect='duckdb')}")
        report.quota_below_count = _count_quotas_below(duck) if "quota" in register else 0
        done("count")
        if dry_run:
            report.status = "dry_run"
            return report
        register_write.write_register(engine, duck, register, report, data_dir, Path(scratch))
        done("write")
    return report


def _check_arguments(period: date, scheme: str, system: str) -> None:
    if period.day != 1:
        raise GeoError("period_not_a_month", period=period.isoformat())
    if scheme not in SCHEMES:
        raise GeoError("unknown_scheme", scheme=scheme, known=", ".join(SCHEMES))
    if system not in KODE_FORM:
        raise GeoError("unknown_system", system=system, known=", ".join(KODE_FORM))


def _one_of_each(files: list[RegisterFile]) -> dict[str, RegisterFile]:
    register: dict[str, RegisterFile] = {}
    for file in files:
        if file.kind in register:
            raise GeoError("two_files_of_one_kind", kind=file.kind, first=register[file.kind].path.name,
                           second=file.path.name)
        register[file.kind] = file
    for kind in ("household", "enrolment"):
        if kind not in register:
            raise GeoError("register_file_missing", kind=kind)
    return register


def _bring_lists(duck: duckdb.DuckDBPyConnection, connection: Connection) -> None:
    """Copy the desa and the programs that the database knows into DuckDB, for the checks."""
    wilayah, program = tables.wilayah, tables.program
    desa = connection.execute(
        select(wilayah.c.kode, func.replace(wilayah.c.kode_bps, ".", ""))
        .where(wilayah.c.level == Level.desa, wilayah.c.valid_to.is_(None))
    ).all()
    if not desa:
        raise GeoError("no_wilayah_loaded")
    programs = connection.execute(select(program.c.id, program.c.key, program.c.unit)).all()
    desa_table = pa.table({"known_kode": [row[0] for row in desa],
                           "known_bps": pa.array([row[1] for row in desa], pa.string())})
    program_table = pa.table({"program_id": pa.array([row[0] for row in programs], pa.int16()),
                              "program_key": [row[1] for row in programs],
                              "program_unit": [row[2] for row in programs]})
    duck.register("desa_list", desa_table)
    # Two desa may share a BPS code, when one was split: such a code names neither.
    duck.execute("CREATE TABLE desa AS SELECT known_kode,"
                 " CASE WHEN count(*) OVER (PARTITION BY known_bps) = 1 THEN known_bps END AS known_bps FROM desa_list")
    duck.register("program_list", program_table)
    duck.execute("CREATE TABLE program AS SELECT * FROM program_list")


def _check_code_system(duck: duckdb.DuckDBPyConnection, system: str, file: RegisterFile) -> None:
    total, kemendagri, bps = duck.execute("""
        SELECT count(kode),
               count(*) FILTER (kode IN (SELECT known_kode FROM desa)),
               count(*) FILTER (kode IN (SELECT known_bps FROM desa))
        FROM raw_household
    """).fetchone()
    hits = {"kemendagri": kemendagri, "bps": bps}
    if total and hits[system] < _LEAST_HIT_RATE * total:
        raise GeoError("code_system_mismatch", path=file.path.name, system=system,
                       **{f"{name}_pct": round(100 * count / total) for name, count in hits.items()})


def _count(duck: duckdb.DuckDBPyConnection, register: dict[str, RegisterFile], report: RegisterReport) -> None:
    for kind, file in register.items():
        rows_in, kept, quarantined, duplicates = duck.execute(f"""
            SELECT count(*), count(*) FILTER (verdict = 'kept'), count(*) FILTER (verdict = 'quarantined'),
                   count(*) FILTER (verdict = 'duplicate') FROM judged_{kind}
        """).fetchone()
        report.files.append({"file": file.path.name, "kind": kind, "rows_in": rows_in, "kept": kept,
                             "quarantined": quarantined, "duplicates": duplicates})
        for reason, count in duck.execute(
            f"SELECT reason, count(*) FROM judged_{kind} WHERE reason IS NOT NULL GROUP BY reason ORDER BY reason"
        ).fetchall():
            report.by_reason[reason] = report.by_reason.get(reason, 0) + count
    report.outside_register_count, programs = duck.execute(
        "SELECT count(*), list(DISTINCT program_key) FROM enrolment JOIN program USING (program_id)"
        " WHERE NOT is_in_register"
    ).fetchone()
    report.outside_programs = sorted(programs or [])
    report.ended_count, report.stated_desa_count = duck.execute("""
        SELECT count(*), count(DISTINCT stated.kode) FROM household JOIN ended_desa USING (kode)
        LEFT JOIN stated_desa AS stated USING (kode)
    """).fetchone()


def _count_quotas_below(duck: duckdb.DuckDBPyConnection) -> int:
    """Return how many quotas hold fewer places than there are recipients; the cubes raise such a quota to them."""
    return duck.execute("""
        SELECT count(*) FROM judged_quota AS quota
        JOIN (SELECT kode, program_id, sum(received_count) AS received_count FROM program_count GROUP BY ALL) AS cube
          ON cube.kode = quota.stated_kode AND cube.program_id = quota.program_id
        WHERE verdict = 'kept' AND CAST(places_count AS DOUBLE) < received_count
    """).fetchone()[0]
