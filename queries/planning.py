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
from queries.plan_field import FieldAccount, Interval, account_of, interval_of
from queries.plan_need import Need
from queries.plan_request import RULES, PlanRequest
from queries.result import Provenance, Result
from queries.scope import Scope
from queries.stats.allocation import Allocation, coverage_gini, left_out
from queries.stats.disclosure import SHOWN

TAIL = 0.05
COMPARED = tuple(rule for rule in RULES if rule != "own")


@dataclass(frozen=True)
class Effect:
    """What one rule's allocation does.

    Counts are units of the target, rupiah whole, rates 0 to 1. `unmendable_rate`: exclusion that would remain under the
    most units that this budget can buy. `expected`: truly eligible units reached, its interval over joint draws;
    `robust_count` their 5th percentile. `inclusion_rate`: expected share of the planned units that are not truly
    eligible. `field_after`: exclusion by the field after the plan, None where no sample tells. `gap_to_optimum` is
    proven: the share by which this allocation's worth lies below the best one's, at most. `unspent_rows`: those whose
    own share is more than they can use.
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
    # The field's totals are of a whole wilayah, and say nothing of the desa that a shock struck.
    account = None if request.shock else account_of(basis.eligibility.field, ground.exclusion)
    rules = dict.fromkeys((request.rule, *COMPARED))
    effects = {rule: _effect(basis, account, allocated(basis, rule), rule) for rule in rules}
    chosen = effects[request.rule]
    return Plan(
        request, basis.need, basis.eligibility, chosen, tuple(effects.values()),
        account.before if account else None, account.off_list if account else None,
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


def _effect(basis: Basis, account: FieldAccount | None, found: Allocation, rule: str) -> Effect:
    problem, request = basis.problem, basis.request
    planned, chances = found.planned, basis.eligibility
    planned_count = int(planned.sum())
    eligible, need = int(problem.eligible.sum()), int(problem.need.sum())
    by_group = _by_group(basis, planned)
    expected = float((by_group * chances.expected).sum())
    draws = np.einsum("bgd,gd->b", chances.draws, by_group)
    total = found.cost_idr + request.administration
    return Effect(
        rule, planned, planned_count, int((found.totals > 0).sum()), len(left_out(problem, planned)),
        found.benefit_idr, found.fixed_cost_idr, request.administration, problem.money_idr - found.cost_idr,
        need / eligible, (need - planned_count) / eligible, (need - _most_units(basis, planned_count)) / eligible,
        interval_of(expected, draws), float(np.quantile(draws, TAIL)),
        1 - expected / planned_count if planned_count else None,
        round(total / expected) if expected > 0 else None,
        _after(basis, account, expected, draws), coverage_gini(problem, planned), found.gap_to_optimum,
        _unspent(basis, found) if rule == "own" else (),
    )  # fmt: skip


def _by_group(basis: Basis, units: np.ndarray) -> np.ndarray:
    """Return units (n, d) added up over the groups that share their chances, shape (g, d)."""
    summed = np.zeros(basis.eligibility.expected.shape)
    np.add.at(summed, basis.group, units)
    return summed


def _after(basis: Basis, account: FieldAccount | None, expected: float, draws: np.ndarray) -> Interval | None:
    """Return exclusion by the field after a plan that reaches `expected` truly eligible, `draws` (b,) jointly drawn."""
    if account is None:
        return None
    whole, chances = _by_group(basis, basis.need.need), basis.eligibility
    listed, listed_draws = float((whole * chances.expected).sum()), np.einsum("bgd,gd->b", chances.draws, whole)
    if listed <= 0:
        return account.before
    return account.after(expected / listed, draws / np.maximum(listed_draws, 1e-9))


def _most_units(basis: Basis, known: int) -> int:
    """Return the most units that the money can buy under the limits, by any rule; `known` is what one rule buys."""
    problem = basis.problem
    plain = min(int(problem.cap.sum()), problem.money_idr // problem.unit_cost_idr)
    if not problem.fixed_idr or known == plain:
        return plain
    # Those with a floor must be served; then the fewest that hold as many units as the money buys: the largest first.
    has_floor = problem.floor > 0
    size = np.concatenate(([problem.cap[has_floor].sum()], np.sort(problem.cap[~has_floor])[::-1]))
    served = np.count_nonzero(has_floor) + np.arange(len(size))
    affordable = (problem.money_idr - problem.fixed_idr * served) // problem.unit_cost_idr
    return max(known, int(np.minimum(np.cumsum(size), affordable).max()))


def _unspent(basis: Basis, found: Allocation) -> tuple[int, ...]:
    at_cap = (found.totals == basis.problem.cap) & (basis.problem.cap > 0)
    is_short = found.remainder_idr >= basis.problem.unit_cost_idr
    return tuple(int(row) for row in np.flatnonzero(at_cap)) if is_short else ()


def _result(ground: Ground, scope: Scope, basis: Basis, planned: np.ndarray) -> Result:
    need = basis.need
    chance = basis.eligibility.expected[basis.group]
    origin = Provenance("plan", scope, need.sql, ground.notes, len(planned), ground.version)
    return tell_rows(need.areas, need.eligible_count, need.need_count, planned, need.classes,
                     (planned * chance).sum(axis=1).round(1), basis.problem.unit_cost_idr, origin)  # fmt: skip


def tell_rows(
    areas: pd.DataFrame, eligible: np.ndarray, need: np.ndarray, planned: np.ndarray, classes: tuple[int, ...],
    expected: np.ndarray, unit_cost_idr: int, origin: Provenance,
) -> Result:  # fmt: skip
    """Return the rows of a plan, made now or stored, with the columns of every answer and what a map shows of them.

    `areas` as in queries.plan_need.Need; `eligible`, `need` and `expected` (n,), `planned` (n, d) by class.
    """
    rows = planned.sum(axis=1)
    left = need - rows
    has_data, is_meant = areas["has_data"].to_numpy(), eligible > 0
    is_enough = areas["is_enough"].to_numpy()
    status = np.select([~has_data, ~is_meant, is_enough], [0, 1, 2], 3)
    status = np.array([Status.no_data, Status.not_applicable, Status.ok, Status.suppressed], dtype=object)[status]
    is_told = is_meant & has_data & is_enough
    is_shown = (areas[["eligible_mask", "need_mask"]] == SHOWN).all(axis=1).to_numpy()

    def rate(part: np.ndarray) -> pd.array:
        return pd.array(np.where(is_told, part / np.maximum(eligible, 1), np.nan), dtype="Float64")

    def whole(values: np.ndarray) -> pd.array:
        return whole_numbers(np.where(has_data, values, np.nan).astype(float))

    none = pd.array([pd.NA] * len(rows), dtype="Float64")
    frame = areas[["kode", "name", "level", "kind"]].assign(
        status=status, value=rate(left), numerator=whole(np.where(is_shown, left, np.nan)),
        denominator=whole(np.where(is_shown, eligible, np.nan)), se=none, lower=none, upper=none,
    )[list(ANSWER)]  # fmt: skip
    frame = frame.assign(
        eligible_count=whole(eligible), covered_count=whole(eligible - need), need_count=whole(need),
        planned_count=whole(rows), uncovered_count=whole(left), exclusion_before_rate=rate(need),
        exclusion_after_rate=rate(left), amount_idr=whole(rows * unit_cost_idr),
        expected_count=pd.array(np.where(has_data, expected, np.nan), dtype="Float64"),
        **{f"planned_desil_{desil}_count": whole(planned[:, at]) for at, desil in enumerate(classes)},
    )  # fmt: skip
    mask = pd.DataFrame({
        "eligible_count": areas["eligible_mask"], "need_count": areas["need_mask"],
        "uncovered_count": areas["need_mask"],
    })  # fmt: skip
    return Result(frame, origin, mask)
