"""The cubes: one Ibis expression that counts accepted households and enrolments at every level of wilayah.

The same expression runs on DuckDB over Parquet and on PostgreSQL over the tables, with equal results. All counts are
additive: a parent's row is the sum of its children's.
"""

from collections.abc import Sequence
from typing import NamedTuple

import ibis
from ibis.expr.types import IntegerColumn, Table
from sqlalchemy import Connection, text

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level
from geo.entitlement import Rule

PROGRAM_COUNTS = ("eligible_count", "received_count", "reached_count", "paid_count", "gap_idr", "leak_idr")


class Cubes(NamedTuple):
    """The three additive cubes, as expressions or as the tables that they gave."""

    desil_count: Table
    program_count: Table
    overlap_count: Table


def build_cubes(household: Table, enrolment: Table, rules: Sequence[Rule]) -> Cubes:
    """Return the cubes of one period, from desa to provinsi, without the nation.

    `household` and `enrolment` have the columns of the accepted Parquet. A program without any enrolment is left
    out by the caller (`rules`), since nothing is known of who receives it.
    """
    base = _aggregate_households(household, rules)
    desil = _at_every_level(
        base.select("kode", "desil", "household_count", "person_count"),
        ("desil",), ("household_count", "person_count"),
    )
    program = _at_every_level(
        _aggregate_programs(base, enrolment, rules), ("program_id", "desil"), PROGRAM_COUNTS
    )
    sets = household.group_by("kode", "received").agg(
        household_count=household.count(), person_count=_total(household.person_count)
    )
    return Cubes(desil, program, _at_every_level(sets, ("received",), ("household_count", "person_count")))


def _aggregate_households(household: Table, rules: Sequence[Rule]) -> Table:
    measures = {"household_count": household.count(), "person_count": _total(household.person_count)}
    for rule in rules:
        is_eligible = (household.eligible & rule.bit) != 0
        if rule.unit == "person":
            measures[f"eligible_{rule.program_id}"] = _total(household.person_count, is_eligible)
        else:
            measures[f"eligible_{rule.program_id}"] = household.count(where=is_eligible)
        measures[f"entitled_{rule.program_id}"] = _total(is_eligible.ifelse(rule.entitled_idr(household), 0))
    return household.group_by("kode", "desil").agg(**measures)


def _aggregate_programs(base: Table, enrolment: Table, rules: Sequence[Rule]) -> Table:
    """Put eligible and enrolled units under one another and add them: a join would lose the class without desil."""
    zero = ibis.literal(0, type="int64")
    parts = [
        base.select(
            "kode", "desil",
            program_id=ibis.literal(rule.program_id, type="int16"),
            eligible_count=base[f"eligible_{rule.program_id}"],
            received_count=zero, reached_count=zero, paid_count=zero,
            gap_idr=base[f"entitled_{rule.program_id}"],
            leak_idr=zero,
        )
        for rule in rules
    ]
    wanted = enrolment.filter(enrolment.program_id.isin([rule.program_id for rule in rules]))
    reached = ibis.least(wanted.unit_count, wanted.entitled_count).cast("int64")
    # Both divisions are exact: a household's unit is 1, and a person's amount is the same for each person.
    reached_idr = (wanted.entitled_idr * reached) // ibis.greatest(wanted.entitled_count, 1)
    leak_idr = (wanted.amount_idr * (wanted.unit_count - reached)) // ibis.greatest(wanted.unit_count, 1)
    received = wanted.group_by("kode", "desil", "program_id").agg(
        received_count=_total(wanted.unit_count),
        reached_count=_total(reached),
        paid_count=_total(wanted.unit_count, wanted.stage == "tersalur"),
        gap_idr=-_total(reached_idr),
        leak_idr=_total(leak_idr),
    )
    parts.append(received.select("kode", "desil", "program_id", eligible_count=zero,
                                 **{name: received[name] for name in PROGRAM_COUNTS[1:]}))
    stacked = ibis.union(*parts)
    return stacked.group_by("kode", "desil", "program_id").agg(
        **{name: _total(stacked[name]) for name in PROGRAM_COUNTS}
    )


def _at_every_level(desa: Table, key: tuple[str, ...], counts: tuple[str, ...]) -> Table:
    columns = ("level", "kode", *key, *counts)
    parts = [desa.mutate(level=ibis.literal(int(Level.desa), type="int16")).select(*columns)]
    below = desa
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        cut = below.mutate(kode=below.kode.substr(0, KODE_LENGTH[level]))
        below = cut.group_by("kode", *key).agg(**{name: _total(cut[name]) for name in counts})
        parts.append(below.mutate(level=ibis.literal(int(level), type="int16")).select(*columns))
    return ibis.union(*parts)


def _total(column: IntegerColumn, where=None) -> IntegerColumn:
    """Return a sum as int64: engines disagree on the type of a sum, and on the sum of nothing."""
    return column.sum(where=where).fill_null(0).cast("int64")


NATION_SQL = {
    "desil_count": ("desil", ("household_count", "person_count")),
    "program_count": ("program_id, desil", PROGRAM_COUNTS),
    "overlap_count": ("received", ("household_count", "person_count")),
}


def write_nation(connection: Connection, period) -> None:
    """Add up the provinsi of a period into the nation's own rows."""
    for name, (key, counts) in NATION_SQL.items():
        sums = ", ".join(f"sum({count})" for count in counts)
        connection.execute(
            text(f"DELETE FROM {name} WHERE period = :period AND level = 0"), {"period": period}
        )
        connection.execute(
            text(
                f"INSERT INTO {name} (period, level, kode, {key}, {', '.join(counts)})"
                f" SELECT period, 0, :nation, {key}, {sums} FROM {name}"
                f" WHERE period = :period AND level = 1 GROUP BY period, {key}"
            ),
            {"period": period, "nation": NATION_KODE},
        )


_TOTAL = """
WITH total AS (
    SELECT level, kode, program_id, sum(eligible_count) AS e, sum(received_count) AS t, sum(reached_count) AS r,
           sum(paid_count) AS paid, sum(gap_idr) AS gap_idr, sum(leak_idr) AS leak_idr
    FROM program_count WHERE period = :period GROUP BY level, kode, program_id
), base AS (
    SELECT total.*, greatest(quota.places_count, t) AS k FROM total
    JOIN quota ON quota.period = :period AND quota.kode = total.kode AND quota.program_id = total.program_id
    UNION ALL
    SELECT total.*, NULL FROM total WHERE level = 4 AND NOT EXISTS (
        SELECT FROM quota WHERE quota.period = :period AND quota.program_id = total.program_id
        AND quota.kode IN (total.kode, left(total.kode, 8), left(total.kode, 5), left(total.kode, 2)))
), part AS (
    SELECT level, kode, program_id, k, greatest(0, e - k) AS no_quota, greatest(0, e - t) AS too_few,
           least(e - r, t - r) AS misallocated
    FROM base
), place AS (
    SELECT * FROM (VALUES (0, 0), (1, 2), (2, 5), (3, 8), (4, 13)) AS place (at_level, width)
), split AS (
    SELECT at_level AS level, CASE at_level WHEN 0 THEN :nation ELSE left(kode, width) END AS kode, program_id,
           CASE WHEN count(*) = count(k) THEN sum(k) END AS quota_count,
           CASE WHEN count(*) = count(k) THEN sum(no_quota) END AS no_quota_count,
           CASE WHEN count(*) = count(k) THEN sum(too_few - no_quota) END AS unused_quota_count,
           sum(too_few) AS too_few_places_count, sum(misallocated) AS misallocated_count
    FROM part JOIN place ON at_level <= level GROUP BY 1, 2, 3
)
INSERT INTO program_total (period, level, kode, program_id, eligible_count, received_count, reached_count, gap_count,
                           leak_count, paid_count, gap_idr, leak_idr, quota_count, no_quota_count,
                           unused_quota_count, too_few_places_count, misallocated_count)
SELECT :period, level, kode, program_id, e, t, r, e - r, t - r, paid, gap_idr, leak_idr, quota_count, no_quota_count,
       unused_quota_count, too_few_places_count, misallocated_count
FROM total LEFT JOIN split USING (level, kode, program_id)
ORDER BY level, program_id, kode
"""


def write_totals(connection: Connection, period) -> None:
    """Add up the desil of each program in a period, and split its gap into no quota, unused quota and misallocated.

    The base of the split is the wilayah for which a quota is set, else the desa; above it each part is the sum over
    the base, below it the parts are null (docs/method.md).
    """
    connection.execute(text("DELETE FROM program_total WHERE period = :period"), {"period": period})
    connection.execute(text(_TOTAL), {"period": period, "nation": NATION_KODE})
