"""Sampled households matched to the register of their period, and what the rules say of them as they were observed."""

from collections.abc import Sequence
from datetime import date

import duckdb
import ibis
import pyarrow as pa
from sqlalchemy import ARRAY, Connection, Integer, Select, SmallInteger, Text, any_, cast, func, literal, select

from boundaries.levels import Level
from geo import tables
from geo.entitlement import PUPILS, Rule, eligible_set
from geo.errors import GeoError
from geo.register_accept import KODE_FORM
from geo.tables import COMPONENTS
from geo.verification_read import Statement

# What a file must say of a household that the register does not hold.
_UNREGISTERED_COLUMNS = ("person_count", *(f"{component}_count" for component in COMPONENTS))
_TYPES = {Text: pa.string(), SmallInteger: pa.int16(), Integer: pa.int32()}


def match_households(
    duck: duckdb.DuckDBPyConnection, connection: Connection, period: date, statement: Statement
) -> None:
    """Turn `raw_verification` into `matched_verification`: with its desa, and whether the register knows the household.

    An id is looked up in the register of the desa's provinsi; among the recipients too, some of whom are outside the
    register. Raises GeoError `unknown_program` for a sample of the recipients of no known program.
    """
    wilayah, program, household, enrolment = tables.wilayah, tables.program, tables.household, tables.enrolment
    _bring(duck, connection, "desa", select(wilayah.c.kode.label("known_kode")).where(wilayah.c.level == Level.desa))
    _bring(duck, connection, "program", select(program.c.id.label("program_id"), program.c.key.label("program_key")))
    ids = [row[0] for row in duck.execute(
        "SELECT DISTINCT household_id FROM raw_verification WHERE household_id IS NOT NULL"
    ).fetchall()]
    asked = cast(ids, ARRAY(Text))
    _bring(duck, connection, "register", select(
        household.c.household_id, household.c.provinsi_kode, household.c.kode, household.c.desil,
        household.c.person_count, *(household.c[f"{component}_count"] for component in COMPONENTS),
        household.c.adminduk, household.c.eligible, household.c.received,
    ).where(household.c.period == period, household.c.household_id == any_(asked)))
    bits = func.bit_or(literal(1).op("<<")(enrolment.c.program_id), type_=Integer)
    _bring(duck, connection, "enrolled", select(
        enrolment.c.household_id, enrolment.c.provinsi_kode, bits.label("received"),
    ).where(enrolment.c.period == period, enrolment.c.household_id == any_(asked))
        .group_by(enrolment.c.household_id, enrolment.c.provinsi_kode))  # fmt: skip
    bit = 1 << _program_id(duck, statement.program) if statement.program else 0
    from_file = ", ".join(
        f"CASE WHEN register.household_id IS NULL THEN raw.{name} END AS {name}" for name in _UNREGISTERED_COLUMNS
    )
    duck.execute(f"""
        CREATE TABLE matched_verification AS
        WITH told AS (
            SELECT line, CAST(bit_or(1 << CAST(program_id AS INTEGER)) AS INTEGER) AS received_set,
                   bool_or(program_id IS NULL) AS is_unknown
            FROM (SELECT line, unnest(string_split_regex(received, '\\s+')) AS program_key FROM raw_verification)
            LEFT JOIN program USING (program_key) GROUP BY line
        )
        SELECT raw.* REPLACE ({from_file}), desa.known_kode AS stated_kode, left(desa.known_kode, 2) AS provinsi_kode,
               coalesce(regexp_full_match(raw.kode, '{KODE_FORM["kemendagri"]}'), false) AS kode_has_form,
               register.household_id IS NOT NULL AS is_registered, enrolled.household_id IS NOT NULL AS is_enrolled,
               coalesce(enrolled.received, 0) & {bit} <> 0 AS is_recipient,
               coalesce(enrolled.received, told.received_set, 0) AS received_set,
               coalesce(told.is_unknown, false) AS is_received_unknown
        FROM raw_verification AS raw
        LEFT JOIN desa ON raw.kode = desa.known_kode
        LEFT JOIN register ON register.household_id = raw.household_id
                          AND register.provinsi_kode = left(desa.known_kode, 2)
        LEFT JOIN enrolled ON enrolled.household_id = raw.household_id
                          AND enrolled.provinsi_kode = left(desa.known_kode, 2)
        LEFT JOIN told USING (line)
    """)


def derive_sample(
    duck: duckdb.DuckDBPyConnection, rules: Sequence[Rule], period: date, statement: Statement
) -> None:
    """Create `verification` from the kept rows: typed, with what the register says and what the field found.

    The desa is the one in which the household was sampled. Persons and components are the register's where it has the
    household; civil registration is the observed one, else the register's, else `aktif`.
    """
    of_household = ", ".join(
        f"coalesce(register.{name}, CAST(CAST(judged.{name} AS DOUBLE) AS SMALLINT)) AS {name}"
        for name in _UNREGISTERED_COLUMNS
    )
    program_id = _program_id(duck, statement.program) if statement.program else "NULL"
    duck.execute(f"""
        CREATE TABLE typed_verification AS
        SELECT DATE '{period.isoformat()}' AS period, judged.provinsi_kode, stated_kode AS kode, line,
               '{statement.truth}' AS truth, '{statement.frame}' AS frame, CAST({program_id} AS SMALLINT) AS program_id,
               judged.household_id, stratum, cluster, CAST(weight AS DOUBLE) AS weight,
               CAST(CAST(stratum_cluster_count AS DOUBLE) AS INTEGER) AS stratum_cluster_count,
               CAST(CAST(cluster_household_count AS DOUBLE) AS INTEGER) AS cluster_household_count,
               CAST(CAST(observed_desil AS DOUBLE) AS SMALLINT) AS observed_desil, observed_adminduk,
               CAST(observed_on AS DATE) AS observed_on, {of_household}, is_registered,
               register.desil AS register_desil, register.kode AS register_kode,
               coalesce(observed_adminduk, register.adminduk, 'aktif') AS adminduk,
               coalesce(register.eligible, 0) AS eligible, coalesce(register.received, received_set) AS received
        FROM judged_verification AS judged
        LEFT JOIN register ON is_registered AND register.household_id = judged.household_id
                          AND register.provinsi_kode = judged.provinsi_kode
        WHERE verdict = 'kept'
    """)
    typed = ibis.duckdb.from_connection(duck).table("typed_verification")
    if statement.truth == "adminduk":
        truly_eligible = sum(
            (_is_still_eligible(typed, rule).ifelse(rule.bit, 0) for rule in rules), ibis.literal(0)
        ).cast("int32")
    else:
        truly_eligible = eligible_set(typed.mutate(desil=typed.observed_desil), rules)
    derived = typed.mutate(desil=typed.observed_desil).mutate(truly_eligible=truly_eligible)
    pupils = " + ".join(f"{name}_count" for name in PUPILS)
    duck.execute(f"CREATE TABLE verification AS SELECT * REPLACE (register_desil AS desil),"
                 f" CAST({pupils} AS SMALLINT) AS pupil_count FROM ({ibis.to_sql(derived, dialect='duckdb')})")


def _is_still_eligible(typed, rule: Rule):
    """Return the test of a household whose civil registration alone was observed."""
    test = (typed.eligible & rule.bit) != 0
    return test & ~typed.adminduk.isin(rule.excluded_adminduk) if rule.excluded_adminduk else test


def _program_id(duck: duckdb.DuckDBPyConnection, key: str) -> int:
    known = dict(duck.execute("SELECT program_key, program_id FROM program ORDER BY program_id").fetchall())
    if key not in known:
        raise GeoError("unknown_program", program=key, known=", ".join(known))
    return known[key]


def _bring(duck: duckdb.DuckDBPyConnection, connection: Connection, name: str, query: Select) -> None:
    """Copy what a query gives into a DuckDB table."""
    rows = connection.execute(query).all()
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(query.selected_columns)
    content = pa.table({
        column.name: pa.array(values, _TYPES[type(column.type)])
        for column, values in zip(query.selected_columns, columns, strict=True)
    })
    duck.register(f"{name}_rows", content)
    duck.execute(f"CREATE TABLE {name} AS SELECT * FROM {name}_rows")
