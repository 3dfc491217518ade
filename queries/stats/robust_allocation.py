"""An allocation that does well where the estimates of who is eligible turn out badly: the 5th percentile of the total.

The worth of a unit is not known but drawn, jointly for all groups of rows. A percentile is not concave; the mean of the
worst share of the draws (conditional value at risk) is, and a linear program makes it as large as can be (Rockafellar
and Uryasev 2000, equation 17). It is solved at several shares, each program by generating allocations as its dual asks
for them (Dantzig and Wolfe 1960); of the whole-number allocations so found, and of the expected optimum, the one with
the largest 5th percentile on the same draws is kept. So it is never worse than the expected optimum there; that it is
the best of all is not proven.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, eye_array, hstack

from queries.stats.allocation_problem import Problem
from queries.stats.allocation_sharing import fill_level
from queries.stats.errors import StatisticsError
from queries.stats.optimal_allocation import Chain, maximise, maximise_chain

PERCENTILE = 0.05
TAILS = (0.3, 0.13, 0.05)
# A normal total has its 5th percentile where its worst 13 % have their mean; one tail, few draws, where speed counts.
_QUICK_TAILS, _QUICK_DRAWS = (0.13,), 200
_MOST_COLUMNS = 40
_CLOSE = 1e-4
_MOST_EXCHANGED = 32
_MOST_PASSES = 50


@dataclass(frozen=True, eq=False)
class Robust:
    """`planned` int64 (n, d), its 5th percentile over the draws, and that of the expected optimum."""

    planned: np.ndarray
    percentile: float
    percentile_of_optimal: float


def percentile_of(planned: np.ndarray, draws: np.ndarray, group: np.ndarray) -> float:
    """Return the 5th percentile over the draws (b, g, d) of what an allocation (n, d) is worth (linear between two)."""
    return float(np.quantile(_totals(_by_group(planned, group, draws.shape[1]), draws), PERCENTILE))


def make_robust(
    problem: Problem, draws: np.ndarray, group: np.ndarray, optimum: np.ndarray, is_quick: bool = False
) -> Robust:
    """Return the allocation of the largest 5th percentile found, `optimum` (n, d) being the expected optimum.

    draws: float (b, g, d), what a unit is worth in each draw, weights included; group: int (n,), the group of each row.
    With a fixed cost, the rows served are those of the expected optimum or of the optimum under its own worst draws.
    Up to 32 units of row and class, single units are exchanged at last, since there each of them counts. `is_quick`
    solves one program on the first 200 draws; the percentiles are of all. Raises StatisticsError `bad_draws` (part).
    """
    draws, group = _checked(problem, draws, group)
    groups = draws.shape[1]
    if not optimum.any():
        return Robust(optimum, 0.0, 0.0)
    tails = _QUICK_TAILS if is_quick else TAILS
    solved = draws[:_QUICK_DRAWS] if is_quick else draws
    best, best_percentile = optimum, percentile_of(optimum, draws, group)
    of_optimal = best_percentile
    for closed in islice(_fixed_choices(problem, solved, group, optimum), 1 if is_quick else None):
        columns = [_by_group(maximise(closed)[0], group, groups).ravel()]
        for tail in tails:
            cells, worth = _solve_tail(closed, solved, group, tail, columns)
            planned = _make_whole(closed, cells, worth, group, groups)
            percentile = percentile_of(planned, draws, group)
            if percentile > best_percentile:
                best, best_percentile = planned, percentile
    if best.size <= _MOST_EXCHANGED:
        best = _exchange(problem, best, draws, group)
    # Rows that were paid for and then not served leave money over.
    best = best + maximise_chain(Chain.beyond(problem, best), is_quick=True)[0]
    return Robust(best, percentile_of(best, draws, group), of_optimal)


def _exchange(problem: Problem, planned: np.ndarray, draws: np.ndarray, group: np.ndarray) -> np.ndarray:
    """Return the allocation once single units were moved or added for as long as that raises the percentile."""
    shape, cells = planned.shape, planned.size
    each = draws[:, group, :].reshape(len(draws), cells)
    ones = np.eye(cells, dtype="int64")
    moves = np.concatenate([ones, (ones[:, None] - ones[None, :])[~np.eye(cells, dtype=bool)]])
    best = float(np.quantile(each @ planned.ravel(), PERCENTILE))
    for _ in range(_MOST_PASSES):
        tried = moves.reshape(-1, *shape) + planned
        totals = tried.sum(axis=2)
        cost = problem.unit_cost_idr * totals.sum(axis=1) + problem.fixed_idr * np.count_nonzero(totals, axis=1)
        is_allowed = (
            ((tried >= 0) & (tried <= problem.need)).all(axis=(1, 2))
            & ((totals >= problem.floor) & (totals <= problem.room)).all(axis=1) & (cost <= problem.money_idr)
        )  # fmt: skip
        tried = tried[is_allowed]
        if len(tried) == 0:
            break
        percentiles = np.quantile(tried.reshape(-1, cells) @ each.T, PERCENTILE, axis=1)
        at = int(np.argmax(percentiles))
        if percentiles[at] <= best * (1 + 1e-12):
            break
        planned, best = tried[at], float(percentiles[at])
    return planned


def _checked(problem: Problem, draws: np.ndarray, group: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    if draws is None or np.ndim(draws) != 3 or np.shape(draws)[2] != problem.need.shape[1] or not len(draws):
        raise StatisticsError("bad_draws", part="draws")
    draws = np.asarray(draws, dtype=float)
    if not np.isfinite(draws).all() or (draws < 0).any():
        raise StatisticsError("bad_draws", part="draws")
    group = np.asarray(group)
    if group.shape != problem.floor.shape or (group < 0).any() or (group >= draws.shape[1]).any():
        raise StatisticsError("bad_draws", part="group")
    return draws, group


def _by_group(planned: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    return np.stack([np.bincount(group, column, groups) for column in planned.T], axis=1)


def _totals(cells: np.ndarray, draws: np.ndarray) -> np.ndarray:
    return draws.reshape(len(draws), -1) @ cells.ravel()


def _fixed_choices(problem: Problem, draws: np.ndarray, group: np.ndarray, optimum: np.ndarray) -> Iterator[Problem]:
    """Give the problem without fixed cost: as it is, or the rest paid where rows that are not served are closed."""
    if problem.fixed_idr == 0:
        yield problem
        return
    yield _without_fixed(problem, optimum.any(axis=1))
    totals = _totals(_by_group(optimum, group, draws.shape[1]), draws)
    worst = draws[totals <= np.quantile(totals, TAILS[0])].mean(axis=0)
    cautious, _ = maximise(problem.at(value=worst[group]), is_quick=True)
    yield _without_fixed(problem, cautious.any(axis=1))


def _without_fixed(problem: Problem, is_served: np.ndarray) -> Problem:
    paid = problem.fixed_idr * int(np.count_nonzero(is_served))
    return problem.at(cap=np.where(is_served, problem.room, 0), money_idr=problem.money_idr - paid, fixed_idr=0)


def _solve_tail(
    problem: Problem, draws: np.ndarray, group: np.ndarray, tail: float, columns: list[np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """Return the units by group and class, float (g, d), that make the mean of the worst `tail` of the draws largest,
    and what a unit is worth on average in those worst draws (g, d).

    `columns` are allocations of the problem by group and class (g * d,); those that are generated are added.
    """
    count, groups = len(draws), draws.shape[1]
    flat = draws.reshape(count, -1)
    # A program whose figures are of order one is solved to more digits; nothing at all may be worth anything.
    scale = float((flat @ columns[0]).mean()) or 1.0
    most = len(columns) + _MOST_COLUMNS
    while True:
        value, shares, weights = _master(flat @ np.column_stack(columns) / scale, tail)
        worth = weights @ flat
        planned, _ = maximise(problem.at(value=worth.reshape(groups, -1)[group]))
        column = _by_group(planned, group, groups).ravel()
        reach = worth @ column / scale
        if reach - value <= _CLOSE * reach or len(columns) == most:
            break
        columns.append(column)
    cells = np.column_stack(columns) @ shares
    return cells.reshape(groups, -1), worth.reshape(groups, -1)


def _master(totals: np.ndarray, tail: float) -> tuple[float, np.ndarray, np.ndarray]:
    """Return the best mean of the worst `tail` among mixtures of columns, the mixture (k,) and the draws' weights (b,).

    totals: float (b, k), what each column is worth in each draw.
    """
    count, width = totals.shape
    # Columns: the mixture, the level below which a draw counts as bad, and what each draw lacks to that level.
    objective = np.concatenate([np.zeros(width), [-1.0], np.full(count, 1 / (tail * count))])
    lacking = hstack([csr_array(-totals), csr_array(np.ones((count, 1))), -eye_array(count)], format="csr")
    mixture = np.concatenate([np.ones(width), np.zeros(count + 1)])[None, :]
    found = linprog(
        objective, A_ub=lacking, b_ub=np.zeros(count), A_eq=mixture, b_eq=[1.0],
        bounds=[(0, None)] * width + [(None, None)] + [(0, None)] * count, method="highs",
    )  # fmt: skip
    weights = np.maximum(-found.ineqlin.marginals, 0)
    return -found.fun, found.x[:width], weights / weights.sum()


def _make_whole(problem: Problem, cells: np.ndarray, worth: np.ndarray, group: np.ndarray, groups: int) -> np.ndarray:
    """Return whole units by row and class (n, d) whose sums by group and class are `cells` (g, d) to within one.

    Largest remainder across the cells; within a group equal coverage, cell by cell, the fullest cell first. Floors come
    first, from the classes that are filled most. Where caps or floors stand in the way of a cell, its units go where
    they are worth most.
    """
    need = problem.need
    whole = _round_cells(cells, min(problem.money_idr // problem.unit_cost_idr, int(problem.room.sum())))
    full = _by_group(need, group, groups)
    share = np.divide(cells, full, out=np.zeros_like(cells), where=full > 0)
    order = np.argsort(-share, axis=1, kind="stable")[group]
    sorted_need = np.take_along_axis(need, order, axis=1)
    held = np.zeros_like(need)
    before = np.cumsum(sorted_need, axis=1) - sorted_need
    np.put_along_axis(held, order, np.clip(problem.floor[:, None] - before, 0, sorted_need), axis=1)
    planned = held.copy()
    left = int(whole.sum()) - int(held.sum())
    members = np.split(np.argsort(group, kind="stable"), np.cumsum(np.bincount(group, minlength=groups))[:-1])
    for cell in np.argsort(-share, axis=None, kind="stable"):
        at, desil = divmod(int(cell), need.shape[1])
        rows = members[at]
        if whole[at, desil] == 0:
            continue
        lower = planned[rows, desil]
        taken = planned[rows].sum(axis=1) - lower
        upper = np.minimum(need[rows, desil], problem.room[rows] - taken)
        total = min(int(whole[at, desil]), int(lower.sum()) + left)
        filled = fill_level(total, problem.eligible[rows], problem.covered[rows] + taken, lower, upper)
        left -= int(filled.sum() - lower.sum())
        planned[rows, desil] = filled
    return planned + maximise_chain(Chain.beyond(problem.at(value=worth[group]), planned), is_quick=True)[0]


def _round_cells(cells: np.ndarray, total: int) -> np.ndarray:
    whole = np.floor(cells + 1e-9).astype("int64")
    rest = min(total, round(float(cells.sum()))) - int(whole.sum())
    first = np.argsort(-(cells - whole), axis=None, kind="stable")[: max(rest, 0)]
    whole.ravel()[first] += 1
    return whole
