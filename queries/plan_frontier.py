"""Exclusion against budget: what each ceiling would leave uncovered, and where the next billion does most."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from queries.plan_basis import Ground, allocated, basis_of, ceiling_of, shares_of, worth_of
from queries.plan_request import PlanRequest
from queries.stats.allocation_frontier import frontier, marginal

BUDGETS = 50
BILLION = 10**9


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


def frontier_on(ground: Ground, request: PlanRequest) -> Frontier:
    """Return exclusion against the ceiling, from nothing to what reaches everybody, for the request's rule.

    Raises QueryError as `plan_on`.
    """
    basis = basis_of(ground, request)
    problem = basis.problem
    most = max(problem.most_idr, problem.money_idr)
    money = np.unique(np.linspace(problem.least_idr, most, BUDGETS).astype(np.int64))
    found = frontier(problem, request.rule, money, shares_of(basis, request.rule), worth_of(basis), basis.group)
    best = found if request.rule == "optimal" else frontier(problem, "optimal", found.money_idr)
    eligible = int(problem.eligible.sum())
    planned = found.totals.sum(axis=1)
    rate = (int(problem.need.sum()) - planned) / eligible
    budgets = np.array([ceiling_of(request, int(one)) for one in found.money_idr], dtype=np.int64)
    fall = -np.diff(rate) * 100 / np.diff(budgets) * BILLION
    chance = basis.eligibility.expected[basis.group]
    # A billion more of ceiling is less of money: administration takes its part.
    step = request.at(budget_idr=request.budget_idr + BILLION).money_idr - problem.money_idr
    more = marginal(problem, problem.money_idr, step, allocated(basis, request.rule).planned)
    rows = basis.need.areas[["kode", "name"]].assign(
        planned_count=more.units, expected_count=(more.planned * chance).sum(axis=1)
    )
    rows = rows[rows["planned_count"] > 0].sort_values(["expected_count", "kode"], ascending=[False, True])
    return Frontier(
        request.rule, budgets, planned, rate, (found.planned * chance).sum(axis=(1, 2)),
        (best.planned * chance).sum(axis=(1, 2)), np.append(fall, 0.0), rows.reset_index(drop=True),
    )
