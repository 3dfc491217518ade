"""The cubes: one Ibis expression that counts accepted households and enrolments at every level of wilayah.

The same expression runs on DuckDB over Parquet and on PostgreSQL over the tables, with equal results. All counts are
additive: a parent's row is the sum of its children's.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

import ibis
from ibis.expr.types import BooleanValue, IntegerColumn, IntegerValue, StringValue, Table

from boundaries.levels import KODE_LENGTH, Level
from geo import cube_tables
from geo.entitlement import PUPILS, Rule
from geo.tables import COMPONENTS

GROUP_DIMENSIONS = ("head_sex", "elderly", "disability", "size")
_ENROLLED_COUNTS = (
    "received_count", "paid_count", "qualified_reached_count", "qualified_reached_idr", "received_idr",
    "qualified_received_idr", "scored_idr", "welfare_idr",
)


class Cubes(NamedTuple):
    """The additive cubes, as expressions or as the tables that they gave."""

    desil_count: Table
    program_count: Table
    leak_cause_count: Table
    group_count: Table
    set_count: Table
    overlap_count: Table
    age_count: Table
    status_count: Table
    need_count: Table
    target_count: Table


def build_cubes(household: Table, enrolment: Table, rules: Sequence[Rule], period: date) -> Cubes:
    """Return the cubes of one period, from their finest level to provinsi, without the nation.

    `household` and `enrolment` have the columns of the accepted Parquet. A program without any enrolment is left
    out by the caller (`rules`), since nothing is known of who receives it.
    """
    enrolled = _price(enrolment.filter(enrolment.program_id.isin([rule.program_id for rule in rules])))
    placed = _within_kecamatan(household)
    cells = Cubes(
        household.group_by("kode", "desil").agg(**_household_counts(household), **_without_counts(household)),
        _count_programs(household, enrolled, rules),
        _count_causes(enrolled),
        _count_groups(household, enrolled, rules),
        placed.group_by("kode", "eligible", "received").agg(**_household_counts(placed)),
        household.group_by("kode", "received").agg(**_household_counts(household)),
        household.group_by("kode", age_class=_age_class(household, period)).agg(household_count=household.count()),
        household.group_by("kode", "status_word").agg(**_household_counts(household)),
        _count_needs(household, enrolled, rules),
        _count_targets(household, rules),
    )
    return Cubes(*(at_every_level(cell, name) for name, cell in cells._asdict().items()))


def _household_counts(household: Table) -> dict[str, IntegerValue]:
    return {"household_count": household.count(), "person_count": _total(household.person_count)}


def _without_counts(household: Table) -> dict[str, IntegerValue]:
    has_none = household.received == 0
    return {"without_count": household.count(where=has_none),
            "without_person_count": _total(household.person_count, has_none)}


def _age_class(household: Table, period: date) -> StringValue:
    """Return how long before the period's first day a household was last verified, in whole years."""
    one, two, three = (ibis.date(period.replace(year=period.year - years)) for years in (1, 2, 3))
    on = household.verified_on
    return ibis.cases(
        (on.isnull(), "never"), (on >= one, "under_1"), (on >= two, "1_to_2"), (on >= three, "2_to_3"), else_="over_3"
    )


def _price(enrolment: Table) -> Table:
    """Add the units and rupiah of an enrolment that reach a qualified household, and that leak from the rule.

    Divisions are exact where a household is the unit, or each person gets the same; a rest counts as leaked.
    """
    unit_count = ibis.greatest(enrolment.unit_count, 1)
    priced = enrolment.mutate(
        qualified_reached=ibis.least(enrolment.unit_count, enrolment.qualified_count).cast("int64"),
        leaking=(enrolment.unit_count - ibis.least(enrolment.unit_count, enrolment.entitled_count)).cast("int64"),
    )
    return priced.mutate(
        qualified_reached_idr=priced.qualified_idr * priced.qualified_reached
        // ibis.greatest(priced.qualified_count, 1),
        qualified_received_idr=priced.amount_idr * priced.qualified_reached // unit_count,
        leaking_idr=priced.amount_idr - priced.amount_idr * (priced.unit_count - priced.leaking) // unit_count,
    )


def _count_programs(household: Table, enrolled: Table, rules: Sequence[Rule]) -> Table:
    """Put qualified and enrolled units under one another and add them: a join would lose the class without desil.

    Every household of a cell has the cell's desil, so eligible is qualified where that desil is within the limits.
    """
    zero = ibis.literal(0, type="int64")
    measures = {}
    for rule in rules:
        is_qualified = (household.qualified & rule.bit) != 0
        measures[f"qualified_{rule.program_id}"] = _units_of(rule, household, is_qualified)
        measures[f"entitled_{rule.program_id}"] = _total(is_qualified.ifelse(rule.entitled_idr(household), 0))
    base = household.group_by("kode", "desil").agg(**measures)
    nobody = dict.fromkeys(_ENROLLED_COUNTS, zero)
    parts = [
        base.select(
            "kode", "desil", program_id=ibis.literal(rule.program_id, type="int16"),
            qualified_count=base[f"qualified_{rule.program_id}"], qualified_idr=base[f"entitled_{rule.program_id}"],
            **nobody,
        )
        for rule in rules
    ]
    is_scored = enrolled.welfare_idr.notnull()
    received = enrolled.group_by("kode", "desil", "program_id").agg(
        received_count=_total(enrolled.unit_count),
        paid_count=_total(enrolled.unit_count, enrolled.stage == "tersalur"),
        qualified_reached_count=_total(enrolled.qualified_reached),
        qualified_reached_idr=_total(enrolled.qualified_reached_idr),
        received_idr=_total(enrolled.amount_idr),
        qualified_received_idr=_total(enrolled.qualified_received_idr),
        scored_idr=_total(enrolled.amount_idr, is_scored),
        welfare_idr=_total(enrolled.welfare_idr),
    )
    parts.append(received.select("kode", "desil", "program_id", qualified_count=zero, qualified_idr=zero,
                                 **{name: received[name] for name in _ENROLLED_COUNTS}))
    stacked = ibis.union(*parts)
    cell = stacked.group_by("kode", "desil", "program_id").agg(
        **{name: _total(stacked[name]) for name in ("qualified_count", "qualified_idr", *_ENROLLED_COUNTS)}
    )
    is_within = ibis.literal(False)
    for rule in rules:
        is_within |= (cell.program_id == rule.program_id) & rule.is_within_limits(cell)
    return cell.mutate(
        eligible_count=is_within.ifelse(cell.qualified_count, 0),
        reached_count=is_within.ifelse(cell.qualified_reached_count, 0),
        gap_idr=is_within.ifelse(cell.qualified_idr - cell.qualified_reached_idr, 0),
        leak_idr=cell.received_idr - is_within.ifelse(cell.qualified_received_idr, 0),
    )


def _count_causes(enrolled: Table) -> Table:
    leaking = enrolled.filter(enrolled.leak_cause.notnull())
    return leaking.group_by("kode", "program_id", cause=leaking.leak_cause).agg(
        leak_count=_total(leaking.leaking), leak_idr=_total(leaking.leaking_idr)
    )


def _count_groups(household: Table, enrolled: Table, rules: Sequence[Rule]) -> Table:
    """Count by all dimensions at once, then each dimension from those few cells; outside the register all are null."""
    zero = ibis.literal(0, type="int64")
    classed = _with_classes(_within_kecamatan(household))
    pupils = sum((_total(classed[f"{name}_count"]) for name in PUPILS), zero)
    cells = classed.group_by("kode", "eligible", *GROUP_DIMENSIONS).agg(
        **_household_counts(classed), pupil_count=pupils
    )
    parts = [
        cells.select(
            "kode", *GROUP_DIMENSIONS, program_id=ibis.literal(rule.program_id, type="int16"),
            eligible_count=((cells.eligible & rule.bit) != 0).ifelse(cells[f"{rule.unit}_count"], 0),
            received_count=zero, reached_count=zero,
        )
        for rule in rules
    ]
    member = _with_classes(_within_kecamatan(enrolled))
    received = member.group_by("kode", *GROUP_DIMENSIONS, "program_id").agg(
        received_count=_total(member.unit_count), reached_count=_total(member.unit_count - member.leaking)
    )
    parts.append(received.select("kode", *GROUP_DIMENSIONS, "program_id", eligible_count=zero,
                                 received_count=received.received_count, reached_count=received.reached_count))
    stacked = ibis.union(*parts)
    by_dimension = ibis.union(*(
        stacked.select(
            "kode", "program_id", "eligible_count", "received_count", "reached_count",
            **{"dimension": ibis.literal(dimension), "class": stacked[dimension]},
        )
        for dimension in GROUP_DIMENSIONS
    ))
    return by_dimension.group_by("kode", "program_id", "dimension", "class").agg(
        **{name: _total(by_dimension[name]) for name in ("eligible_count", "received_count", "reached_count")}
    )


def _count_needs(household: Table, enrolled: Table, rules: Sequence[Rule]) -> Table:
    """Count who is eligible, and of them who is reached, by the whole set of programs that the household receives.

    Units are a program's own, so what is reached comes from the enrolments, which know their household's set.
    """
    key = ("kode", "desil", "received")
    zero = ibis.literal(0, type="int64")
    concerned = household.filter(household.eligible != 0)
    measures = {}
    for rule in rules:
        is_eligible = (concerned.eligible & rule.bit) != 0
        measures[f"eligible_{rule.program_id}"] = _units_of(rule, concerned, is_eligible)
        measures[f"entitled_{rule.program_id}"] = _total(is_eligible.ifelse(rule.entitled_idr(concerned), 0))
    cells = concerned.group_by(*key).agg(**measures)
    parts = [
        cells.select(
            *key, program_id=ibis.literal(rule.program_id, type="int16"),
            eligible_count=cells[f"eligible_{rule.program_id}"], reached_count=zero,
            gap_idr=cells[f"entitled_{rule.program_id}"],
        )
        for rule in rules
    ]
    # Only the register's own are entitled to anything: their set is known.
    entitled = enrolled.filter(enrolled.entitled_count > 0)
    reached = ibis.least(entitled.unit_count, entitled.entitled_count).cast("int64")
    entitled = entitled.mutate(reached=reached, reached_idr=entitled.entitled_idr * reached // entitled.entitled_count)
    arrived = entitled.group_by(*key, "program_id").agg(
        reached_count=_total(entitled.reached), reached_idr=_total(entitled.reached_idr)
    )
    parts.append(arrived.select(*key, "program_id", eligible_count=zero, reached_count=arrived.reached_count,
                                gap_idr=-arrived.reached_idr))
    stacked = ibis.union(*parts)
    cell = stacked.group_by(*key, "program_id").agg(
        **{name: _total(stacked[name]) for name in ("eligible_count", "reached_count", "gap_idr")}
    )
    return cell.filter(cell.eligible_count > 0)


def _count_targets(household: Table, rules: Sequence[Rule]) -> Table:
    """Count the households that no rule's civil registration excludes, and those with a member of each component."""
    excluded = sorted({status for rule in rules for status in rule.excluded_adminduk})
    counted = household.filter(household.adminduk.notin(excluded)) if excluded else household
    members = {name: counted[f"{name}_count"] for name in COMPONENTS}
    return counted.group_by("kode", "desil", "received").agg(
        **_household_counts(counted),
        **{f"{name}_household_count": counted.count(where=count > 0) for name, count in members.items()},
        **{f"{name}_count": _total(count) for name, count in members.items()},
    )


def _with_classes(counted: Table) -> Table:
    """Add the class of each household in every dimension; all null where nothing is known of it."""
    return counted.mutate(
        elderly=_yes_or_no(counted.elderly_count),
        disability=_yes_or_no(counted.disability_count),
        size=ibis.cases((counted.person_count <= 2, "1-2"), (counted.person_count <= 4, "3-4"),
                        (counted.person_count > 4, "5+"), else_=ibis.null("string")),
    )


def _yes_or_no(count: IntegerColumn) -> StringValue:
    return ibis.cases((count > 0, "yes"), (count == 0, "no"), else_=ibis.null("string"))


def _within_kecamatan(counted: Table) -> Table:
    return counted.mutate(kode=counted.kode.substr(0, KODE_LENGTH[Level.kecamatan]))


def _units_of(rule: Rule, household: Table, where: BooleanValue) -> IntegerValue:
    return household.count(where=where) if rule.unit == "household" else _total(rule.units(household), where)


def at_every_level(cells: Table, name: str) -> Table:
    """Return a cube's rows from its finest level up to provinsi, each level added up from the one below."""
    key, counts, finest = (cube_tables.metadata.tables[name].info[part] for part in ("key", "counts", "finest"))
    columns = ("level", "kode", *key, *counts)
    parts = [cells.mutate(level=ibis.literal(int(finest), type="int16")).select(*columns)]
    below = cells
    for level in range(finest - 1, Level.nasional, -1):
        cut = below.mutate(kode=below.kode.substr(0, KODE_LENGTH[Level(level)]))
        below = cut.group_by("kode", *key).agg(**{count: _total(cut[count]) for count in counts})
        parts.append(below.mutate(level=ibis.literal(level, type="int16")).select(*columns))
    return ibis.union(*parts)


def _total(column: IntegerColumn, where=None) -> IntegerColumn:
    """Return a sum as int64: engines disagree on the type of a sum, and on the sum of nothing."""
    return column.sum(where=where).fill_null(0).cast("int64")
