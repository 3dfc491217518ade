"""From the gap to a budget: what an allocation reaches, what it costs, and how far it is from the best one.

Ceiling = benefits + cost of each wilayah served + administration + remainder, in whole rupiah. By the register
exclusion is (eligible - covered - planned) / eligible; by the field it is estimated, with an interval (docs/method.md).
"""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from queries.answer import require_scope
from queries.columns import ANSWER, Status, whole_numbers
from queries.eligibility import Eligibility, read_eligibility
from queries.errors import QueryError
from queries.plan_need import Need, read_need
from queries.plan_request import RULES, WEIGHT_ONE, PlanRequest, check_plan
from queries.result import Provenance, Result, SourceNote
from queries.scope import Scope
from queries.stats.allocation import Allocation, Problem, allocate, check_problem, coverage_gini, left_out
from queries.stats.allocation_frontier import frontier, marginal
from queries.stats.errors import StatisticsError
from queries.what_if import refuse_what_if

BUDGETS = 50
BILLION = 10**9
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


@dataclass(frozen=True)
class Frontier:
    """Exclusion against the ceiling for one rule and for the optimum: arrays over `budget_idr`, shape (k,).

    `fall_points` are percentage points of exclusion by the register for one billion rupiah more at that point.
    `next_rows`: where the next billion does most, columns kode, name, planned_count, expected_count.
    """

    rule: str
    budget_idr: np.ndarray
    planned_count: np.ndarray
    exclusion_rate: np.ndarray
    expected_count: np.ndarray
    optimum_expected_count: np.ndarray
    fall_points: np.ndarray
    next_rows: pd.DataFrame


@dataclass(frozen=True)
class _Basis:
    request: PlanRequest
    need: Need
    eligibility: Eligibility
    group: np.ndarray
    problem: Problem
    notes: tuple[SourceNote, ...]
    version: str


def plan(connection: Connection, scope: Scope, request: PlanRequest) -> Plan:
    """Return the allocation of a budget over the wilayah of a scope, with every rule beside it.

    Raises QueryError: those of `check_plan` and `read_need`; `plan_no_need` where nobody is left to reach;
    `plan_nothing_to_buy`, `plan_below_floors` where the ceiling is too small, with the least one that is enough;
    `plan_cap_below_floor`, `plan_floor_above_need` with the wilayah at fault; `plan_no_room`, `plan_shares`. Where a
    nearest feasible request is known its text is in the error's details as `request`.
    """
    basis = _basis(connection, scope, request)
    effects = {rule: _effect(basis, _allocated(basis, rule), rule) for rule in dict.fromkeys((request.rule, *COMPARED))}
    chosen = effects[request.rule]
    field = basis.eligibility.field
    return Plan(
        request, basis.need, basis.eligibility, chosen, tuple(effects.values()),
        _ratio_interval(field.gap, field.eligible) if field else None,
        _ratio_interval(field.off_list, field.eligible) if field else None,
        _result(scope, basis, chosen.planned),
    )


def plan_rows(connection: Connection, scope: Scope) -> Result:
    """Return the rows of the allocation that a scope's request asks for, as a map and a list show them.

    value = exclusion_after_rate, the share of the eligible whom the plan leaves uncovered.
    """
    basis = _basis(connection, scope, PlanRequest.parse(scope.request))
    return _result(scope, basis, _allocated(basis, basis.request.rule).planned)


def frontier_of(connection: Connection, scope: Scope, request: PlanRequest) -> Frontier:
    """Return exclusion against the ceiling, from nothing to what reaches everybody, for the request's rule.

    Raises QueryError as `plan`.
    """
    basis = _basis(connection, scope, request)
    problem = basis.problem
    money = np.linspace(problem.least_idr, max(problem.most_idr, problem.money_idr), BUDGETS).astype(np.int64)
    found = frontier(problem, request.rule, money, _shares(basis, request.rule), _weighted(basis), basis.group)
    best = found if request.rule == "optimal" else frontier(problem, "optimal", found.money_idr)
    eligible = int(problem.eligible.sum())
    planned = found.totals.sum(axis=1)
    rate = (int(problem.need.sum()) - planned) / eligible
    budgets = np.array([_ceiling(request, int(one)) for one in found.money_idr], dtype=np.int64)
    fall = -np.diff(rate) * 100 / np.diff(budgets) * BILLION
    more = marginal(problem, problem.money_idr, BILLION, _allocated(basis, request.rule).planned)
    rows = basis.need.areas[["kode", "name"]].assign(planned_count=more.units, expected_count=more.objective)
    rows = rows[rows["planned_count"] > 0].sort_values(["expected_count", "kode"], ascending=[False, True])
    return Frontier(
        request.rule, budgets, planned, rate, found.objective, best.objective, np.append(fall, 0.0),
        rows.reset_index(drop=True),
    )


def _ceiling(request: PlanRequest, money_idr: int) -> int:
    """Return the least ceiling that leaves this much after administration."""
    if request.administration_idr:
        return money_idr + request.administration_idr
    # Administration is rounded down, so a ceiling is enough as soon as its other share passes one rupiah less.
    return max(money_idr - 1, 0) * 10_000 // (10_000 - request.administration_bp) + min(money_idr, 1)


def _basis(connection: Connection, scope: Scope, request: PlanRequest) -> _Basis:
    check_plan(request)
    refuse_what_if(scope, "plan")
    notes, version = require_scope(connection, scope)
    need = read_need(connection, scope, request)
    kodes = list(need.areas["kode"])
    eligibility = read_eligibility(connection, scope, request, need.classes, kodes)
    group = eligibility.group_of(kodes)
    weight = np.array([request.weights[desil - 1] for desil in need.classes]) / WEIGHT_ONE
    problem = Problem(
        need=need.need, value=eligibility.expected[group] * weight, eligible=need.eligible_count,
        covered=need.covered_count, money_idr=request.money_idr, unit_cost_idr=request.unit_cost_idr,
        fixed_idr=request.desa_idr, floor=need.floor, cap=need.cap,
    )  # fmt: skip
    basis = _Basis(request, need, eligibility, group, problem, (*notes, *eligibility.sources), version)
    _check(basis)
    return basis


def _check(basis: _Basis) -> None:
    request, need = basis.request, basis.need
    try:
        check_problem(basis.problem)
    except StatisticsError as error:
        details = error.details
        if error.code in ("money_below_floors", "nothing_to_buy"):
            least = _ceiling(request, details["least_idr"])
            code = "plan_below_floors" if error.code == "money_below_floors" else "plan_nothing_to_buy"
            raise QueryError(code, budget=request.budget_idr, least=least,
                             request=request.at(budget_idr=least).text) from None  # fmt: skip
        if error.code == "no_need":
            raise QueryError("plan_no_need") from None
        if error.code == "no_room":
            raise QueryError("plan_no_room", request=request.at(cap_count=None, cap_pct=None).text) from None
        if error.code in ("cap_below_floor", "floor_above_need"):
            rows = details["rows"]
            raise QueryError(
                f"plan_{error.code}", names=need.named(rows), count=len(rows), floor=int(need.floor[rows[0]]),
                cap=int(need.cap[rows[0]]), need=int(need.need_count[rows[0]]),
            ) from None  # fmt: skip
        if error.code == "bad_shares":
            raise QueryError("plan_shares") from None
        raise


def _weighted(basis: _Basis) -> np.ndarray:
    """Return the joint draws with the desil weights, shape (b, g, d)."""
    weight = np.array([basis.request.weights[desil - 1] for desil in basis.need.classes]) / WEIGHT_ONE
    return basis.eligibility.draws * weight


def _shares(basis: _Basis, rule: str) -> np.ndarray | None:
    """Return the reader's own shares; until there are any, each wilayah's part of the need."""
    if rule != "own":
        return None
    return basis.need.need_count.astype(float) if basis.need.shares is None else basis.need.shares


def _allocated(basis: _Basis, rule: str) -> Allocation:
    shares = _shares(basis, rule)
    try:
        return allocate(basis.problem, rule, shares, _weighted(basis), basis.group)
    except StatisticsError as error:
        if error.code != "bad_shares":
            raise
        raise QueryError("plan_shares") from None


def _effect(basis: _Basis, found: Allocation, rule: str) -> Effect:
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


def _most_units(basis: _Basis, known: int) -> int:
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


def _unspent(basis: _Basis, found: Allocation) -> tuple[int, ...]:
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


def _result(scope: Scope, basis: _Basis, planned: np.ndarray) -> Result:
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
        planned_count=whole(rows), left_count=whole(left), exclusion_before_rate=rate(need.need_count),
        exclusion_after_rate=rate(left),
        amount_idr=whole(rows * problem.unit_cost_idr),
        expected_count=pd.array(np.where(has_data, (planned * chance).sum(axis=1).round(1), np.nan), dtype="Float64"),
        **{f"planned_desil_{desil}_count": whole(planned[:, at]) for at, desil in enumerate(need.classes)},
    )  # fmt: skip
    mask = pd.DataFrame({
        "eligible_count": need.areas["eligible_mask"], "need_count": need.areas["need_mask"],
    })  # fmt: skip
    origin = Provenance("plan", scope, need.sql, basis.notes, len(frame), basis.version)
    return Result(frame, origin, mask)
