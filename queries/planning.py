"""From the gap to a budget: what an allocation reaches, what it costs, and how far it is from the best one.

Ceiling = benefits + cost of each wilayah served + administration + remainder, in whole rupiah. By the register
exclusion is (eligible - covered - planned) / eligible; by the field it is estimated, with an interval (docs/method.md).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from queries.columns import ANSWER, Status, whole_numbers
from queries.eligibility import Eligibility
from queries.plan_basis import Basis, Ground, allocated, basis_of, read_ground
from queries.plan_need import Need
from queries.plan_request import RULES, PlanRequest
from queries.result import Provenance, Result
from queries.scope import Scope
from queries.stats.allocation import Allocation, coverage_gini, left_out

TAIL = 0.05
INTERVAL = (0.025, 0.975)
COMPARED = tuple(rule for rule in RULES if rule != "own")


@dataclass(frozen=True)
class Interval:
    """An estimate with its 95 % interval."""

    value: float
    lower: float
    upper: float


@dataclass(frozen=True)
class Effect:
    """What one rule's allocation does.

    Counts are units of the target, rupiah whole, rates 0 to 1. `unmendable_rate`: exclusion that would remain under the
    most units that this budget can buy. `expected`: truly eligible units reached, its interval over joint draws;
    `robust_count` their 5th percentile. `inclusion_rate`: expected share of the planned units that are not truly
    eligible. `field_after`: exclusion by the field after the plan, None where no sample tells. `gap_to_optimum` is
    proven: the best allocation is worth at most that much more, as a share. `unspent_rows`: those whose own share is
    more than they can use.
    """

    rule: str
    planned: np.ndarray
    planned_count: int
    served_count: int
    left_out_count: int
    benefit_idr: int
    desa_cost_idr: int
    administration_idr: int
    remainder_idr: int
    exclusion_before: float
    exclusion_after: float
    unmendable_rate: float
    expected: Interval
    robust_count: float
    inclusion_rate: float | None
    cost_per_eligible_idr: int | None
    field_after: Interval | None
    gini: float | None
    gap_to_optimum: float
    unspent_rows: tuple[int, ...] = ()

    @property
    def total_idr(self) -> int:
        """Everything that is spent."""
        return self.benefit_idr + self.desa_cost_idr + self.administration_idr


@dataclass(frozen=True)
class Plan:
    """An allocation: that of its request's rule in `effect`, each rule's in `effects`, its rows in `result`.

    `field_before`: exclusion by the field before the plan; `off_list`: of the truly eligible, the share that no budget
    reaches through this list, since they are not registered or stand at a wrong desil.
    """

    request: PlanRequest
    need: Need
    eligibility: Eligibility
    effect: Effect
    effects: tuple[Effect, ...]
    field_before: Interval | None
    off_list: Interval | None
    result: Result

    @property
    def unit(self) -> str:
        """What is counted: household, person or pupil."""
        return self.need.unit


def plan(connection: Connection, scope: Scope, request: PlanRequest) -> Plan:
    """Return the allocation of a budget over the wilayah of a scope, with every rule beside it.

    Raises QueryError as `read_ground` and `plan_on`.
    """
    return plan_on(read_ground(connection, scope, request), scope, request)


def plan_on(ground: Ground, scope: Scope, request: PlanRequest) -> Plan:
    """Return the allocation of a request's budget; `scope` is the ground's, with this request's text.

    Raises QueryError: those of `check_plan`; `plan_no_need` where nobody is left to reach; `plan_nothing_to_buy`,
    `plan_below_floors` where the ceiling is too small, with the least one that is enough; `plan_cap_below_floor`,
    `plan_floor_above_need` with the wilayah at fault; `plan_no_room`, `plan_shares`. Where a nearest feasible request
    is known its text is in the error's details as `request`.
    """
    basis = basis_of(ground, request)
    effects = {rule: _effect(basis, allocated(basis, rule), rule) for rule in dict.fromkeys((request.rule, *COMPARED))}
    chosen = effects[request.rule]
    field = basis.eligibility.field
    return Plan(
        request, basis.need, basis.eligibility, chosen, tuple(effects.values()),
        _ratio_interval(field.gap, field.eligible) if field else None,
        _ratio_interval(field.off_list, field.eligible) if field else None,
        _result(ground, scope, basis, chosen.planned),
    )


def plan_rows(connection: Connection, scope: Scope) -> Result:
    """Return the rows of the allocation that a scope's request asks for, as a map and a list show them.

    value = exclusion_after_rate, the share of the eligible whom the plan leaves uncovered.
    """
    request = PlanRequest.parse(scope.request)
    ground = read_ground(connection, scope, request)
    basis = basis_of(ground, request)
    return _result(ground, scope, basis, allocated(basis, request.rule).planned)


def _effect(basis: Basis, found: Allocation, rule: str) -> Effect:
    problem, request = basis.problem, basis.request
    planned, chances = found.planned, basis.eligibility
    planned_count = int(planned.sum())
    eligible, need = int(problem.eligible.sum()), int(problem.need.sum())
    by_group = np.zeros(chances.expected.shape)
    np.add.at(by_group, basis.group, planned)
    expected = float((by_group * chances.expected).sum())
    draws = np.einsum("bgd,gd->b", chances.draws, by_group)
    total = found.cost_idr + request.administration
    return Effect(
        rule, planned, planned_count, int((found.totals > 0).sum()), len(left_out(problem, planned)),
        found.benefit_idr, found.fixed_cost_idr, request.administration, problem.money_idr - found.cost_idr,
        need / eligible, (need - planned_count) / eligible, (need - _most_units(basis, planned_count)) / eligible,
        Interval(expected, *map(float, np.quantile(draws, INTERVAL))), float(np.quantile(draws, TAIL)),
        1 - expected / planned_count if planned_count else None,
        round(total / expected) if expected > 0 else None,
        _after(chances.field, expected, draws), coverage_gini(problem, planned), found.gap_to_optimum,
        _unspent(basis, found) if rule == "own" else (),
    )  # fmt: skip


def _most_units(basis: Basis, known: int) -> int:
    """Return the most units that the money can buy under the limits, by any rule; `known` is what one rule buys."""
    problem = basis.problem
    plain = min(int(problem.cap.sum()), problem.money_idr // problem.unit_cost_idr)
    if not problem.fixed_idr or known == plain:
        return plain
    # The fewest wilayah that hold as many units as the money buys beside their own cost: the largest ones first.
    size = np.sort(problem.cap)[::-1]
    served = np.arange(1, len(size) + 1)
    affordable = (problem.money_idr - problem.fixed_idr * served) // problem.unit_cost_idr
    return max(known, int(np.minimum(np.cumsum(size), affordable).max()))


def _unspent(basis: Basis, found: Allocation) -> tuple[int, ...]:
    at_cap = (found.totals == basis.problem.cap) & (basis.problem.cap > 0)
    is_short = found.remainder_idr >= basis.problem.unit_cost_idr
    return tuple(int(row) for row in np.flatnonzero(at_cap)) if is_short else ()


def _after(field, expected: float, draws: np.ndarray) -> Interval | None:
    if field is None:
        return None
    after = np.clip((field.gap.draws - draws) / field.eligible.draws, 0, 1)
    value = min(max((field.gap.value - expected) / field.eligible.value, 0.0), 1.0)
    return Interval(value, *map(float, np.quantile(after, INTERVAL)))


def _ratio_interval(part, whole) -> Interval:
    draws = np.clip(part.draws / whole.draws, 0, 1)
    return Interval(part.value / whole.value, *map(float, np.quantile(draws, INTERVAL)))


def _result(ground: Ground, scope: Scope, basis: Basis, planned: np.ndarray) -> Result:
    need, problem = basis.need, basis.problem
    rows, eligible = planned.sum(axis=1), need.eligible_count
    chance = basis.eligibility.expected[basis.group]
    has_data, is_meant = need.areas["has_data"].to_numpy(), eligible > 0
    status = np.select([~has_data, ~is_meant], [Status.no_data.value, Status.not_applicable.value], Status.ok.value)

    def rate(part: np.ndarray) -> pd.array:
        return pd.array(np.where(is_meant & has_data, part / np.maximum(eligible, 1), np.nan), dtype="Float64")

    def whole(values: np.ndarray) -> pd.array:
        return whole_numbers(np.where(has_data, values, np.nan).astype(float))

    left = need.need_count - rows
    none = pd.array([pd.NA] * len(rows), dtype="Float64")
    frame = need.areas[["kode", "name", "level", "kind"]].assign(
        status=status, value=rate(left), numerator=whole(left), denominator=whole(eligible), se=none, lower=none,
        upper=none,
    )[list(ANSWER)]  # fmt: skip
    frame = frame.assign(
        eligible_count=whole(eligible), covered_count=whole(need.covered_count), need_count=whole(need.need_count),
        planned_count=whole(rows), uncovered_count=whole(left), exclusion_before_rate=rate(need.need_count),
        exclusion_after_rate=rate(left),
        amount_idr=whole(rows * problem.unit_cost_idr),
        expected_count=pd.array(np.where(has_data, (planned * chance).sum(axis=1).round(1), np.nan), dtype="Float64"),
        **{f"planned_desil_{desil}_count": whole(planned[:, at]) for at, desil in enumerate(need.classes)},
    )  # fmt: skip
    mask = pd.DataFrame({
        "eligible_count": need.areas["eligible_mask"], "need_count": need.areas["need_mask"],
    })  # fmt: skip
    origin = Provenance("plan", scope, need.sql, ground.notes, len(frame), ground.version)
    return Result(frame, origin, mask)
