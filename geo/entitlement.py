"""Who is eligible for a program by the rules of a date, for how many units and how many rupiah a year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import ibis
from ibis.expr.types import BooleanValue, IntegerValue, Table
from sqlalchemy import Connection, and_, or_, select

from geo import tables
from geo.errors import GeoError

_KIND_DIGIT = {"kelurahan": "1", "desa": "2", "desa_adat": "3"}
_KIND_POSITION = 9


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

    def is_eligible(self, household: Table) -> BooleanValue:
        """Return the test of a household: desil within the limits, a component, no exclusion, the kind of wilayah.

        A household without a desil is not eligible: the rule names desil.
        """
        test = household.desil.between(self.desil_min, self.desil_max).fill_null(False)
        if self.components:
            test &= sum((household[f"{name}_count"] for name in self.components), ibis.literal(0)) > 0
        if self.excluded_adminduk:
            test &= ~household.adminduk.isin(self.excluded_adminduk)
        if self.wilayah_kinds:
            digits = [_KIND_DIGIT[kind] for kind in self.wilayah_kinds]
            test &= household.kode.substr(_KIND_POSITION, 1).isin(digits)
        return test

    def units(self, household: Table) -> IntegerValue:
        """Return the units that an eligible household stands for: 1, or its persons."""
        return household.person_count if self.unit == "person" else ibis.literal(1, type="int16")

    def entitled_idr(self, household: Table) -> IntegerValue:
        """Return the rupiah a year that an eligible household should receive, each component up to its cap."""
        total = ibis.literal(0, type="int64")
        for benefit in self.benefits:
            count = household[f"{benefit.component}_count"] if benefit.component else self.units(household)
            if benefit.max_count is not None:
                count = ibis.least(count, benefit.max_count)
            total = total + count.cast("int64") * benefit.amount_idr
        return total


def read_rules(connection: Connection, on: date) -> tuple[Rule, ...]:
    """Return the rules in force on a date, by program id; raise GeoError `no_rule` when there is none."""
    program, rule, benefit = tables.program, tables.program_rule, tables.program_benefit
    rows = connection.execute(
        select(program.c.id, program.c.key, program.c.unit, rule)
        .join(rule, and_(rule.c.program_id == program.c.id, _in_force(rule, on)))
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
    return sum(
        (rule.is_eligible(household).ifelse(rule.bit, 0) for rule in rules), ibis.literal(0)
    ).cast("int32")


def _in_force(table, on: date):
    return and_(table.c.valid_from <= on, or_(table.c.valid_to.is_(None), table.c.valid_to >= on))
