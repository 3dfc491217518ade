"""Loading a register: read, check, accept, count, and write period by period in one transaction."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
from sqlalchemy import Connection, Engine, func, select

from boundaries.levels import Level
from geo import register_checks, register_write, tables
from geo.assign import assign_points, count_points_elsewhere, read_desa_polygons
from geo.cubes import build_cubes
from geo.entitlement import Rule, eligible_set, read_rules
from geo.errors import GeoError
from geo.register_read import RegisterFile, identify, open_raw
from geo.tables import COMPONENTS

SCHEMES = ("dtks", "dtsen")
_LEAST_HIT_RATE = 0.5
_KODE_FORM = {"kemendagri": r"\d{2}\.\d{2}\.\d{2}\.\d{4}", "bps": r"\d{10}"}
_KEYS = {"household": "household_id", "enrolment": "household_id, program_id", "quota": "stated_kode, program_id"}


@dataclass
class RegisterReport:
    """What became of every row of a load: rows in = kept + quarantined + duplicates, for each file and in all."""

    period: date
    scheme: str
    status: str = "loaded"
    files: list[dict] = field(default_factory=list)
    by_reason: dict[str, int] = field(default_factory=dict)
    ignored_columns: list[str] = field(default_factory=list)
    outside_register_count: int = 0
    outside_programs: list[str] = field(default_factory=list)
    point_elsewhere_count: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict:
        """Return the report as plain values, with the sums over the files."""
        sums = {
            name: sum(entry[name] for entry in self.files)
            for name in ("rows_in", "kept", "quarantined", "duplicates")
        }
        return sums | {
            "by_reason": self.by_reason, "period": self.period.isoformat()[:7], "scheme": self.scheme,
            "status": self.status, "files": self.files, "ignored_columns": self.ignored_columns,
            "outside_register_count": self.outside_register_count,
            "point_elsewhere_count": self.point_elsewhere_count, "seconds": self.seconds,
        }


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
    """Load the household, enrolment and (if there is one) quota file of one period; all of it or nothing.

    The provinsi that occur in the household file are replaced in that period; others stay. The same files load once:
    a second time the report says `already_loaded`. Raises GeoError.
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
            polygons = read_desa_polygons(connection)
        for file in register.values():
            open_raw(duck, file)
            report.ignored_columns += file.ignored_columns
        done("read")
        _check_code_system(duck, system, register["household"])
        _judge_households(duck, system, period, polygons, report)
        _accept_households(duck, rules)
        _judge_enrolments(duck, system)
        _accept_enrolments(duck, rules)
        if "quota" in register:
            _judge_quotas(duck, system)
        _count(duck, register, report)
        done("check")
        present = {name for (name,) in duck.execute("SELECT DISTINCT program_id FROM enrolment").fetchall()}
        backend = ibis.duckdb.from_connection(duck)
        cubes = build_cubes(
            backend.table("household"), backend.table("enrolment"), [r for r in rules if r.program_id in present]
        )
        for name, expression in cubes._asdict().items():
            duck.execute(f"CREATE TABLE {name} AS {ibis.to_sql(expression, dialect='duckdb')}")
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
    if system not in _KODE_FORM:
        raise GeoError("unknown_system", system=system, known=", ".join(_KODE_FORM))


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
        select(wilayah.c.kode, func.replace(wilayah.c.kode_bps, ".", "")).where(wilayah.c.level == Level.desa)
    ).all()
    if not desa:
        raise GeoError("no_wilayah_loaded")
    programs = connection.execute(select(program.c.id, program.c.key)).all()
    desa_table = pa.table({"known_kode": [row[0] for row in desa],
                           "known_bps": pa.array([row[1] for row in desa], pa.string())})
    program_table = pa.table({"program_id": pa.array([row[0] for row in programs], pa.int16()),
                              "program_key": [row[1] for row in programs]})
    duck.register("desa_list", desa_table)
    duck.execute("CREATE TABLE desa AS SELECT * FROM desa_list")
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


def _matched(kind: str, system: str, extra: str = "", joins: str = "") -> str:
    known = {"kemendagri": "known_kode", "bps": "known_bps"}[system]
    return (
        f"CREATE TABLE matched_{kind} AS SELECT raw.*, {extra}"
        f" coalesce(regexp_full_match(raw.kode, '{_KODE_FORM[system]}'), false) AS kode_has_form"
        f" FROM raw_{kind} AS raw LEFT JOIN desa ON raw.kode = desa.{known} {joins}"
    )


def _judge_households(duck, system: str, period: date, polygons: dict, report: RegisterReport) -> None:
    points = duck.execute(
        "SELECT line, try_cast(lon AS DOUBLE) AS lon, try_cast(lat AS DOUBLE) AS lat FROM raw_household"
        " WHERE kode IS NULL AND try_cast(lon AS DOUBLE) IS NOT NULL AND try_cast(lat AS DOUBLE) IS NOT NULL"
    ).fetchnumpy()
    assigned = assign_points(np.asarray(points["lon"]), np.asarray(points["lat"]), polygons)
    duck.register("assigned_points", pa.table({
        "line": pa.array(points["line"], pa.int64()), "assigned_kode": pa.array(assigned, pa.string())}))
    duck.execute(_matched(
        "household", system, "desa.known_kode AS stated_kode, assigned_kode,",
        "LEFT JOIN assigned_points USING (line)",
    ))
    register_checks.judge(duck, "household", register_checks.household_reasons(period), _KEYS["household"])
    placed = duck.execute(
        "SELECT stated_kode, CAST(lon AS DOUBLE) AS lon, CAST(lat AS DOUBLE) AS lat FROM judged_household"
        " WHERE verdict = 'kept' AND stated_kode IS NOT NULL AND lon IS NOT NULL"
    ).fetchnumpy()
    if len(placed["stated_kode"]):
        report.point_elsewhere_count = count_points_elsewhere(
            np.asarray(placed["stated_kode"]).astype(str), np.asarray(placed["lon"]), np.asarray(placed["lat"]),
            polygons,
        )


def _accept_households(duck: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    counts = ", ".join(f"CAST(CAST({name}_count AS DOUBLE) AS SMALLINT) AS {name}_count" for name in COMPONENTS)
    duck.execute(f"""
        CREATE TABLE typed_household AS
        SELECT household_id, coalesce(stated_kode, assigned_kode) AS kode,
               CAST(CAST(desil AS DOUBLE) AS SMALLINT) AS desil, status_word, CAST(score AS DOUBLE) AS score,
               CAST(CAST(person_count AS DOUBLE) AS SMALLINT) AS person_count, {counts}, head_sex, adminduk,
               CAST(verified_on AS DATE) AS verified_on, CAST(lon AS DOUBLE) AS lon, CAST(lat AS DOUBLE) AS lat,
               CASE WHEN stated_kode IS NULL THEN 'point' ELSE 'kode' END AS assigned_by
        FROM judged_household WHERE verdict = 'kept'
    """)
    if not duck.execute("SELECT count(*) FROM typed_household").fetchone()[0]:
        raise GeoError("register_empty")
    household = ibis.duckdb.from_connection(duck).table("typed_household")
    eligible = household.mutate(eligible=eligible_set(household, rules))
    duck.execute(f"CREATE TABLE entitled_household AS {ibis.to_sql(eligible, dialect='duckdb')}")


def _judge_enrolments(duck: duckdb.DuckDBPyConnection, system: str) -> None:
    duck.execute(_matched(
        "enrolment", system,
        "coalesce(household.kode, desa.known_kode) AS stated_kode, program.program_id,",
        "LEFT JOIN entitled_household AS household USING (household_id)"
        " LEFT JOIN program ON raw.program = program.program_key",
    ))
    register_checks.judge(duck, "enrolment", register_checks.enrolment_reasons(), _KEYS["enrolment"])


def _accept_enrolments(duck: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Give each kept enrolment its household's desil and what that household is entitled to under the rule."""
    household = ibis.duckdb.from_connection(duck).table("entitled_household")
    entitled = ibis.union(*(
        household.filter((household.eligible & rule.bit) != 0).select(
            "household_id",
            program_id=ibis.literal(rule.program_id, type="int16"),
            entitled_count=rule.units(household).cast("int16"),
            entitled_idr=rule.entitled_idr(household),
        )
        for rule in rules
    ))
    duck.execute(f"""
        CREATE TABLE enrolment AS
        SELECT judged.household_id, judged.stated_kode AS kode, judged.program_id, household.desil, stage,
               CAST(CAST(unit_count AS DOUBLE) AS SMALLINT) AS unit_count,
               coalesce(entitled_count, 0::SMALLINT) AS entitled_count,
               CAST(CAST(amount_idr AS DOUBLE) AS BIGINT) AS amount_idr, coalesce(entitled_idr, 0) AS entitled_idr,
               funding, household.household_id IS NOT NULL AS is_in_register
        FROM judged_enrolment AS judged
        LEFT JOIN entitled_household AS household USING (household_id)
        LEFT JOIN ({ibis.to_sql(entitled, dialect='duckdb')}) AS entitled
               ON entitled.household_id = judged.household_id AND entitled.program_id = judged.program_id
        WHERE verdict = 'kept'
    """)
    duck.execute("""
        CREATE TABLE household AS
        SELECT entitled_household.*, CAST(coalesce(received, 0) AS INTEGER) AS received FROM entitled_household
        LEFT JOIN (SELECT household_id, bit_or(1 << program_id) AS received FROM enrolment GROUP BY household_id)
        USING (household_id)
    """)


def _judge_quotas(duck: duckdb.DuckDBPyConnection, system: str) -> None:
    """Match quotas by Kemendagri code at any level: a quota is set by the ministry, for a kabupaten as a rule."""
    duck.execute("""
        CREATE TABLE matched_quota AS
        SELECT raw.*, place.kode AS stated_kode, program.program_id FROM raw_quota AS raw
        LEFT JOIN (SELECT DISTINCT unnest([left(known_kode, 2), left(known_kode, 5), left(known_kode, 8),
                                           known_kode]) AS kode FROM desa) AS place ON raw.kode = place.kode
        LEFT JOIN program ON raw.program = program.program_key
    """)
    register_checks.judge(duck, "quota", register_checks.quota_reasons(), _KEYS["quota"])
    mixed = duck.execute("""
        SELECT program FROM judged_quota WHERE verdict = 'kept'
        GROUP BY program HAVING count(DISTINCT length(stated_kode)) > 1
    """).fetchall()
    if mixed:
        raise GeoError("quota_levels_mixed", program=mixed[0][0])


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
