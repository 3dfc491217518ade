"""Who is eligible for a program by the rules of a date, for how much, and which condition keeps the others out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, StringValue, Table
from sqlalchemy import Connection, and_, or_, select

from geo import tables
from geo.errors import GeoError

_KIND_DIGIT = {"kelurahan": "1", "desa": "2", "desa_adat": "3"}
_KIND_POSITION = 9
PUPILS = ("sd", "smp", "sma")


@dataclass(frozen=True)
class Benefit:
    """A year's amount in rupiah for each member of a component (or each unit where it is ''), up to a count."""

    component: str
    amount_idr: int
    max_count: int | None


@dataclass(frozen=True)
class Rule:
    """A program's rule in force on a date: its row of `program`, of `program_rule` and of `program_benefit`."""

    program_id: int
    key: str
    unit: str
    desil_min: int
    desil_max: int
    components: tuple[str, ...]
    excluded_adminduk: tuple[str, ...]
    wilayah_kinds: tuple[str, ...]
    benefits: tuple[Benefit, ...]

    @property
    def bit(self) -> int:
        """The program's bit in the `eligible` and `received` sets."""
        return 1 << self.program_id

    def is_qualified(self, household: Table) -> BooleanValue:
        """Return the test of everything but desil: no exclusion, the kind of wilayah, a component."""
        test = ibis.literal(True)
        for failed, _ in self._failures(household):
            test &= ~failed
        return test

    def is_eligible(self, household: Table) -> BooleanValue:
        """Return the test of a household: qualified, and its desil within the limits.

        A household without a desil is not eligible: the rule names desil.
        """
        return self.is_qualified(household) & self.is_within_limits(household)

    def is_within_limits(self, counted: Table) -> BooleanValue:
        """Return the test of a desil, of a household or of a cell of a cube; false where there is none."""
        return counted.desil.between(self.desil_min, self.desil_max).fill_null(False)

    def failed_condition(self, household: Table) -> StringValue:
        """Return the first condition that a household of the register does not meet, as a leak's cause, else null."""
        branches = [
            *self._failures(household),
            (household.desil.isnull(), ibis.literal("no_desil")),
            (household.desil > self.desil_max, ibis.literal("above_limit")),
            (household.desil < self.desil_min, ibis.literal("below_limit")),
        ]
        return ibis.cases(*branches, else_=ibis.null("string"))

    def _failures(self, household: Table) -> list[tuple[BooleanValue, StringValue]]:
        """Return the conditions other than desil that the rule has: the test of failing it, and its name as a cause."""
        failures = []
        if self.excluded_adminduk:
            failures.append((household.adminduk.isin(self.excluded_adminduk), household.adminduk))
        if self.wilayah_kinds:
            digits = [_KIND_DIGIT[kind] for kind in self.wilayah_kinds]
            failures.append((~household.kode.substr(_KIND_POSITION, 1).isin(digits), ibis.literal("kind")))
        if self.components:
            members = sum((household[f"{name}_count"] for name in self.components), ibis.literal(0))
            failures.append((members == 0, ibis.literal("component")))
        return failures

    def units(self, household: Table) -> IntegerValue:
        """Return the units that a household stands for: 1, its persons, or its pupils."""
        if self.unit == "pupil":
            return sum((household[f"{name}_count"] for name in PUPILS), ibis.literal(0, type="int16")).cast("int16")
        return household.person_count if self.unit == "person" else ibis.literal(1, type="int16")

    def entitled_idr(self, household: Table) -> IntegerValue:
        """Return the rupiah a year that the rule gives an eligible household, each component up to its cap."""
        total = ibis.literal(0, type="int64")
        for benefit in self.benefits:
            count = household[f"{benefit.component}_count"] if benefit.component else self.units(household)
            if benefit.max_count is not None:
                count = ibis.least(count, benefit.max_count)
            total = total + count.cast("int64") * benefit.amount_idr
        return total


def read_rules(connection: Connection, on: date) -> tuple[Rule, ...]:
    """Return the rules in force on a date that a register can be held against, by program id.

    A program that is given by application, by assessment or to customers has none. Raises GeoError `no_rule` when no
    program has one.
    """
    program, rule, benefit = tables.program, tables.program_rule, tables.program_benefit
    rows = connection.execute(
        select(program.c.id, program.c.key, program.c.unit, rule)
        .join(rule, and_(rule.c.program_id == program.c.id, _in_force(rule, on), rule.c.basis == "register"))
        .order_by(program.c.id)
    ).all()
    if not rows:
        raise GeoError("no_rule", date=on.isoformat())
    amounts = connection.execute(
        select(benefit).where(_in_force(benefit, on)).order_by(benefit.c.program_id, benefit.c.component)
    ).all()
    return tuple(
        Rule(
            row.id, row.key, row.unit, row.desil_min, row.desil_max, tuple(row.components),
            tuple(row.excluded_adminduk), tuple(row.wilayah_kinds),
            tuple(Benefit(a.component, a.amount_idr, a.max_count) for a in amounts if a.program_id == row.id),
        )
        for row in rows
    )


def eligible_set(household: Table, rules: Sequence[Rule]) -> IntegerValue:
    """Return the set of programs, one bit each, that a household is eligible for."""
    return _bits((rule, rule.is_eligible(household)) for rule in rules)


def qualified_set(household: Table, rules: Sequence[Rule]) -> IntegerValue:
    """Return the set of programs, one bit each, whose conditions other than desil a household meets."""
    return _bits((rule, rule.is_qualified(household)) for rule in rules)


def _bits(tests: Iterable[tuple[Rule, BooleanValue]]) -> IntegerValue:
    return sum((test.ifelse(rule.bit, 0) for rule, test in tests), ibis.literal(0)).cast("int32")


def _in_force(table, on: date):
    return and_(table.c.valid_from <= on, or_(table.c.valid_to.is_(None), table.c.valid_to >= on))
