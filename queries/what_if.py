"""Other rules than the period's own: who would be eligible, and what of today's receipt would reach them.

Only a rule's desil limits can be changed: the cubes keep, for each desil, the units that meet every other condition.
"""

from datetime import date
from typing import NamedTuple

from sqlalchemy import BigInteger, Connection, case, cast, func, null, or_, select

from geo import cube_tables, tables
from queries.answer import in_scope, require_scope
from queries.errors import QueryError
from queries.scope import Scope

AMOUNTS = ("gap_idr", "leak_idr")
DESIL_COUNTS = ("eligible_count", "received_count", "reached_count", "gap_count", "leak_count", "paid_count")
_CONDITIONS = ("components", "excluded_adminduk", "wilayah_kinds")


class _Rule(NamedTuple):
    limits: tuple[int, int]
    conditions: dict[str, object]


def settle_rule(connection: Connection, scope: Scope) -> Scope:
    """Return the scope with the desil limits that its what-if means; a scope without one comes back as it is.

    `limits` win over those of the rule of `rule_on`, whose other conditions must be the period's own all the same.
    Raises QueryError `no_rule_on` where no rule of the program is in force on one of the dates,
    `rule_conditions_differ` where components, exclusions, kinds of wilayah or benefits are others on the two dates, and
    `limits_not_published` where `published` limits do not start where the period's own do: the totals of all 55 pairs
    of limits, rounded one by one, would give every third small cell of a desil away to whoever subtracts them.
    """
    if not scope.is_what_if:
        return scope
    require_scope(connection, scope)
    if scope.limits and scope.disclosure == "published":
        first = _read_rule(connection, scope.program, scope.period).limits[0]
        if scope.limits[0] != first:
            raise QueryError("limits_not_published", low=scope.limits[0], first=first)
    if scope.rule_on is None:
        return scope
    counted, other = (_read_rule(connection, scope.program, day) for day in (scope.period, scope.rule_on))
    differing = [name for name, value in other.conditions.items() if value != counted.conditions[name]]
    if differing:
        raise QueryError(
            "rule_conditions_differ", program=scope.program, date=scope.rule_on.isoformat(),
            period=f"{scope.period:%Y-%m}", conditions=", ".join(differing),
        )  # fmt: skip
    return scope if scope.limits else scope.at(limits=other.limits)


def refuse_what_if(scope: Scope, query: str) -> None:
    """Raise QueryError `no_what_if` when a query that knows the period's own rule only is asked about another."""
    if scope.is_what_if:
        raise QueryError("no_what_if", query=query)


def program_id_of(scope: Scope):
    """Return the id of the scope's program as a subquery."""
    program = tables.program
    return select(program.c.id).where(program.c.key == scope.program).scalar_subquery()


def counts_by_desil(scope: Scope):
    """Return the subquery of a program's counts and rupiah by kode and desil, under the rule that the scope means.

    Under other limits eligible are the units that qualify and whose desil lies within them, reached those of them who
    receive; who receives stays the same. A household without a desil is within no limits.
    """
    cube = cube_tables.program_count
    is_asked = in_scope(cube, scope) & (cube.c.program_id == program_id_of(scope))
    if not scope.is_what_if:
        eligible, reached = cube.c.eligible_count, cube.c.reached_count
        gap_idr, leak_idr = cube.c.gap_idr, cube.c.leak_idr
    else:
        within = cube.c.desil.between(*_limits_of(scope))
        eligible, reached, due_idr, due_received_idr = (
            case((within, column), else_=0)
            for column in (
                cube.c.qualified_count, cube.c.qualified_reached_count,
                cube.c.qualified_idr - cube.c.qualified_reached_idr, cube.c.qualified_received_idr,
            )
        )  # fmt: skip
        gap_idr, leak_idr = due_idr, cube.c.received_idr - due_received_idr
    return (
        select(
            cube.c.kode, cube.c.desil,
            eligible.label("eligible_count"),
            cube.c.received_count,
            reached.label("reached_count"),
            (eligible - reached).label("gap_count"),
            (cube.c.received_count - reached).label("leak_count"),
            cube.c.paid_count,
            gap_idr.label("gap_idr"),
            leak_idr.label("leak_idr"),
        )
        .where(is_asked)
        .subquery("counted")
    )  # fmt: skip


def totals_under(scope: Scope):
    """Return the subquery of a program's totals under other limits, with the columns of `program_total` by kode.

    The split of the gap is null: quotas were set for the rule that was in force, and say nothing about another.
    """
    counted = counts_by_desil(scope)
    sums = (cast(func.sum(counted.c[name]), BigInteger).label(name) for name in (*DESIL_COUNTS, *AMOUNTS))
    split = (cast(null(), BigInteger).label(name) for name in cube_tables.SPLIT_COUNTS)
    return select(counted.c.kode, *sums, *split).group_by(counted.c.kode).subquery("total")


def in_force(table, on: date):
    """Return the condition that keeps a dated table's rows to those in force on a day."""
    return (table.c.valid_from <= on) & or_(table.c.valid_to.is_(None), table.c.valid_to >= on)


def _limits_of(scope: Scope) -> tuple[int, int]:
    if scope.limits is None:
        raise ValueError("the limits of the rule of a date are read by settle_rule")
    return scope.limits


def _read_rule(connection: Connection, program_key: str, on: date) -> _Rule:
    program, rule, benefit = tables.program, tables.program_rule, tables.program_benefit
    row = connection.execute(
        select(rule)
        .join(program, program.c.id == rule.c.program_id)
        .where(program.c.key == program_key, in_force(rule, on), rule.c.basis == "register")
    ).one_or_none()
    if row is None:
        raise QueryError("no_rule_on", program=program_key, date=on.isoformat())
    amounts = connection.execute(
        select(benefit.c.component, benefit.c.amount_idr, benefit.c.max_count).where(
            benefit.c.program_id == row.program_id, in_force(benefit, on)
        )
    ).all()
    conditions = {name: frozenset(getattr(row, name)) for name in _CONDITIONS}
    conditions["benefits"] = frozenset(tuple(amount) for amount in amounts)
    return _Rule((row.desil_min, row.desil_max), conditions)
