"""From raw rows to accepted ones: matched to wilayah and programs, judged, typed, and given what the rules say."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import shapely
from ibis.expr.types import Table, Value

from geo import register_checks
from geo.assign import assign_points, count_points_elsewhere
from geo.entitlement import Rule, eligible_set, qualified_set
from geo.errors import GeoError
from geo.register_report import RegisterReport
from geo.tables import COMPONENTS
from geo.tables import enrolment as enrolment_table

_POINTS_AT_ONCE = 1_000_000
_ASSIGNED_POINTS = pa.schema([("line", pa.int64()), ("assigned_kode", pa.string())])
KODE_FORM = {"kemendagri": r"\d{2}\.\d{2}\.\d{2}\.\d{4}", "bps": r"\d{10}"}
_KNOWN = {"kemendagri": "known_kode", "bps": "known_bps"}
# What a file calls a score is one when it can be the logarithm of rupiah per head and month: of 1,000 to 10^9.
_LEAST_SCORE, _MOST_SCORE = math.log(1e3), math.log(1e9)
# Columns of the table that are written with the partition and not with the accepted rows.
_OF_THE_PARTITION = {"period", "provinsi_kode", "source_id"}
_ENROLMENT_COLUMNS = [column.name for column in enrolment_table.columns if column.name not in _OF_THE_PARTITION]
_KEYS = {
    "household": "household_id", "enrolment": "household_id, program_id", "quota": "stated_kode, program_id",
    "social": "stated_kode, social_group, kind",
}
# Quotas and social counts may stand at any level of wilayah above a known desa.
_PLACES = """
    (SELECT DISTINCT unnest([left(known_kode, 2), left(known_kode, 5), left(known_kode, 8), known_kode]) AS kode
     FROM desa) AS place
"""


def _matched(kind: str, system: str, extra: str = "", joins: str = "") -> str:
    return (
        f"CREATE TABLE matched_{kind} AS SELECT raw.*, {extra}"
        f" coalesce(regexp_full_match(raw.kode, '{KODE_FORM[system]}'), false) AS kode_has_form"
        f" FROM raw_{kind} AS raw LEFT JOIN desa ON raw.kode = desa.{_KNOWN[system]} {joins}"
    )


def judge_households(
    duck: duckdb.DuckDBPyConnection,
    system: str,
    period: date,
    read_polygons: Callable[[tuple[str, ...]], Mapping[str, shapely.Geometry]],
    report: RegisterReport,
) -> None:
    """Judge the household rows; those without a code are put into the desa around their point first.

    `read_polygons` gives the desa of some provinsi (of all when none is named); it is asked only for points, and again
    for every million of them.
    """
    # A point beyond the provinsi of the file's codes gets no desa: one stray row would replace a provinsi.
    provinsi = tuple(row[0] for row in duck.execute(
        f"SELECT DISTINCT left(known_kode, 2) FROM desa SEMI JOIN raw_household AS raw ON raw.kode = {_KNOWN[system]}"
        " ORDER BY 1"
    ).fetchall())
    assigned = []
    for lines, lon, lat in _points(
        duck, "SELECT line, try_cast(lon AS DOUBLE) AS lon, try_cast(lat AS DOUBLE) AS lat FROM raw_household"
        " WHERE kode IS NULL AND try_cast(lon AS DOUBLE) IS NOT NULL AND try_cast(lat AS DOUBLE) IS NOT NULL"
    ):
        kode = assign_points(lon, lat, read_polygons(provinsi)).kode
        assigned.append(pa.record_batch([lines, pa.array(kode, pa.string())], schema=_ASSIGNED_POINTS))
    duck.register("assigned_points", pa.Table.from_batches(assigned, _ASSIGNED_POINTS))
    duck.execute(_matched(
        "household", system, "desa.known_kode AS stated_kode, assigned_kode,",
        "LEFT JOIN assigned_points USING (line)",
    ))
    register_checks.judge(duck, "household", register_checks.household_reasons(period), _KEYS["household"])
    for kode, lon, lat in _points(
        duck, "SELECT stated_kode, CAST(lon AS DOUBLE) AS lon, CAST(lat AS DOUBLE) AS lat FROM judged_household"
        " WHERE verdict = 'kept' AND stated_kode IS NOT NULL AND lon IS NOT NULL"
    ):
        report.point_elsewhere_count += count_points_elsewhere(kode, lon, lat, read_polygons(provinsi))


def _points(duck: duckdb.DuckDBPyConnection, query: str) -> Iterator[tuple[pa.Array, np.ndarray, np.ndarray]]:
    """Yield the rows of a query that gives a key, lon and lat, none of them missing, a million at a time."""
    for batch in duck.sql(query).to_arrow_reader(_POINTS_AT_ONCE):
        yield batch.column(0), batch.column(1).to_numpy(), batch.column(2).to_numpy()


def accept_households(duck: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Type the kept households and give each the sets of programs that it qualifies and is eligible for.

    Raises GeoError `register_empty` when no row was kept.
    """
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
    entitled = household.mutate(qualified=qualified_set(household, rules), eligible=eligible_set(household, rules))
    duck.execute(f"CREATE TABLE entitled_household AS {ibis.to_sql(entitled, dialect='duckdb')}")
    duck.execute("CREATE TABLE held_provinsi AS SELECT DISTINCT left(kode, 2) AS provinsi_kode FROM typed_household")


def judge_enrolments(duck: duckdb.DuckDBPyConnection, system: str) -> None:
    """Judge the enrolment rows; a household of the register lends its enrolment its own desa.

    The enrolment of a household whose own row is set apart is set apart too: it is not outside the register.
    """
    duck.execute(_matched(
        "enrolment", system,
        "coalesce(household.kode, desa.known_kode) AS stated_kode, program.program_id, program.program_unit,"
        " household.person_count AS household_person_count,"
        " household.household_id IS NULL AND refused.household_id IS NOT NULL AS is_household_quarantined,",
        "LEFT JOIN entitled_household AS household USING (household_id)"
        " LEFT JOIN (SELECT DISTINCT household_id FROM judged_household WHERE verdict = 'quarantined') AS refused"
        " ON refused.household_id = raw.household_id"
        " LEFT JOIN program ON raw.program = program.program_key",
    ))
    register_checks.judge(duck, "enrolment", register_checks.enrolment_reasons(), _KEYS["enrolment"])


def accept_enrolments(duck: duckdb.DuckDBPyConnection, rules: Sequence[Rule]) -> None:
    """Give each kept household the set that it receives, and each kept enrolment what its household is.

    An enrolment gets what the rule gives it, and the cause of what it does not. Of a recipient outside the register
    nothing is known, not even what else it receives.
    """
    # DuckDB shifts in the narrower of both types: a set has more bits than the small number of a program.
    duck.execute("""
        CREATE TABLE household AS
        SELECT entitled_household.*, CAST(coalesce(received, 0) AS INTEGER) AS received FROM entitled_household
        LEFT JOIN (SELECT household_id, bit_or(1 << CAST(program_id AS INTEGER)) AS received
                   FROM judged_enrolment WHERE verdict = 'kept' GROUP BY household_id) USING (household_id)
    """)
    duck.execute(f"""
        CREATE VIEW placed_enrolment AS
        SELECT household.* EXCLUDE (household_id, kode, qualified, eligible),
               judged.household_id, judged.stated_kode AS kode, judged.program_id, stage,
               CAST(CAST(unit_count AS DOUBLE) AS SMALLINT) AS unit_count,
               CAST(CAST(amount_idr AS DOUBLE) AS BIGINT) AS amount_idr, funding,
               household.household_id IS NOT NULL AS is_in_register,
               coalesce(household.qualified & (1 << CAST(judged.program_id AS INTEGER)) <> 0, false) AS is_qualified,
               coalesce(household.eligible & (1 << CAST(judged.program_id AS INTEGER)) <> 0, false) AS is_eligible,
               CASE WHEN score BETWEEN {_LEAST_SCORE} AND {_MOST_SCORE}
                    THEN CAST(round(exp(score) * person_count * 12) AS BIGINT) END AS welfare_idr
        FROM judged_enrolment AS judged LEFT JOIN household USING (household_id)
        WHERE verdict = 'kept'
    """)
    placed = ibis.duckdb.from_connection(duck).table("placed_enrolment")
    duck.execute(f"CREATE TABLE enrolment AS {ibis.to_sql(_judged_by_rule(placed, rules), dialect='duckdb')}")


def _judged_by_rule(placed: Table, rules: Sequence[Rule]) -> Table:
    """Return the enrolments in the columns of the accepted Parquet.

    A program without a rule in force gives nothing, and only that a household is unknown is held against it.
    """
    zero = ibis.literal(0, type="int64")

    def of_its_rule(value: Callable[[Rule], Value], otherwise: Value) -> Value:
        return ibis.cases(*((placed.program_id == rule.program_id, value(rule)) for rule in rules), else_=otherwise)

    enrolment = placed.mutate(
        qualified_count=placed.is_qualified.ifelse(of_its_rule(lambda rule: rule.units(placed), zero), 0).cast("int16"),
        qualified_idr=placed.is_qualified.ifelse(of_its_rule(lambda rule: rule.entitled_idr(placed), zero), 0),
        unmet=of_its_rule(
            lambda rule: ibis.coalesce(rule.failed_condition(placed), "excess"), ibis.null("string")
        ),
    )
    enrolment = enrolment.mutate(
        entitled_count=enrolment.is_eligible.ifelse(enrolment.qualified_count, 0).cast("int16"),
        entitled_idr=enrolment.is_eligible.ifelse(enrolment.qualified_idr, 0),
    )
    leak_cause = ibis.cases(
        (enrolment.unit_count <= enrolment.entitled_count, ibis.null("string")),
        (~enrolment.is_in_register, "outside"),
        else_=enrolment.unmet,
    )
    return enrolment.mutate(leak_cause=leak_cause).select(*_ENROLMENT_COLUMNS)


def judge_quotas(duck: duckdb.DuckDBPyConnection) -> None:
    """Match quotas by Kemendagri code at any level: a quota is set by the ministry, for a kabupaten as a rule."""
    duck.execute(f"""
        CREATE TABLE matched_quota AS
        SELECT raw.*, place.kode AS stated_kode, program.program_id FROM raw_quota AS raw
        LEFT JOIN {_PLACES} ON raw.kode = place.kode
        LEFT JOIN program ON raw.program = program.program_key
    """)
    register_checks.judge(duck, "quota", register_checks.quota_reasons(), _KEYS["quota"])
    mixed = _at_several_levels(duck, "quota", "program")
    if mixed is not None:
        raise GeoError("quota_levels_mixed", program=mixed)


def judge_social(duck: duckdb.DuckDBPyConnection) -> None:
    """Match social counts by Kemendagri code at any level.

    Raises GeoError `social_levels_mixed`: a wilayah's count is the sum of those below it, or it is its own, not both.
    """
    duck.execute(f"""
        CREATE TABLE matched_social AS
        SELECT raw.*, place.kode AS stated_kode FROM raw_social AS raw LEFT JOIN {_PLACES} ON raw.kode = place.kode
    """)
    register_checks.judge(duck, "social", register_checks.social_reasons(), _KEYS["social"])
    mixed = _at_several_levels(duck, "social", "social_group")
    if mixed is not None:
        raise GeoError("social_levels_mixed", social_group=mixed)


def _at_several_levels(duck: duckdb.DuckDBPyConnection, kind: str, column: str) -> str | None:
    row = duck.execute(f"""
        SELECT {column} FROM judged_{kind} WHERE verdict = 'kept'
        GROUP BY {column} HAVING count(DISTINCT length(stated_kode)) > 1 ORDER BY {column}
    """).fetchone()
    return row[0] if row else None
