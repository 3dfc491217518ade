"""Sharing a budget with a fixed cost for each desa: ours against HiGHS alone in one run, and the nation's desa."""

import time
from collections.abc import Callable, Iterator

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array, vstack

from bench.ground import Ground
from bench.result import BenchResult
from queries.stats.allocation import RULES, Problem, allocate
from queries.stats.allocation_frontier import frontier

DESA, NATION = 850, 84_000
_KABUPATEN = 15
_BUDGETS, _DRAWS = 50, 1_000
_KNOWN_TO = 1e-4
_NATION_KNOWN_TO = 1e-3
_LIMIT_S, _NATION_LIMIT_S, _FRONTIER_LIMIT_S = 2.0, 60.0, 5.0
_SEED = 7


def run(_ground: Ground | None = None) -> Iterator[BenchResult]:
    """Compare one province's desa with HiGHS, then hold it, the nation and a frontier to their limits.

    Raises AssertionError: the objectives differ by more than a ten-thousandth, or a bound is not near enough.
    """
    problem = _desa(DESA)
    # A Problem of its own each time: the optimum of one that was seen before is not sought again.
    ours_s, ours = _time(lambda: allocate(_desa(DESA), "optimal"), 5)
    direct_s, (best, proven) = _time(lambda: solve_directly(problem), 1)
    assert ours.gap_to_optimum <= _KNOWN_TO
    assert best * (1 - _KNOWN_TO) <= ours.objective <= proven * (1 + 1e-9)
    name = f"optimum with a fixed cost, {DESA} desa x 4 desil"
    note = f"proven to {ours.gap_to_optimum:.1e}, HiGHS to {1 - best / proven:.1e}"
    yield BenchResult(name, ours_s, "HiGHS alone", direct_s, 0.5, note=note)
    yield BenchResult(name, ours_s, "limit", _LIMIT_S, 1.0)
    nation = _desa(NATION)
    nation_s, found = _time(lambda: allocate(nation, "optimal"), 1)
    assert found.gap_to_optimum <= _NATION_KNOWN_TO
    yield BenchResult(
        f"optimum with a fixed cost, {NATION} desa x 4 desil", nation_s, "limit", _NATION_LIMIT_S, 1.0,
        note=f"proven to {found.gap_to_optimum:.1e}",
    )  # fmt: skip
    slowest_s, rule = max((_time(lambda rule=rule: _frontier(problem, rule), 1)[0], rule) for rule in RULES)
    yield BenchResult(
        f"frontier of {_BUDGETS} budgets, {DESA} desa", slowest_s, "limit", _FRONTIER_LIMIT_S, 1.0,
        note=f"slowest rule: {rule}",
    )  # fmt: skip


def solve_directly(problem: Problem) -> tuple[float, float]:
    """Return the best objective and the bound that HiGHS finds for the problem as it is written."""
    rows, classes = problem.need.shape
    cells = rows * classes
    # Columns: units by row and class, then for each row whether it is served.
    units = coo_array((np.ones(cells), (np.repeat(np.arange(rows), classes), np.arange(cells))), (rows, cells + rows))
    served = coo_array((problem.cap.astype(float), (np.arange(rows), cells + np.arange(rows))), (rows, cells + rows))
    money = np.concatenate([np.ones(cells), np.full(rows, problem.fixed_idr / problem.unit_cost_idr)])
    found = milp(
        np.concatenate([-problem.value.ravel(), np.zeros(rows)]),
        integrality=np.ones(cells + rows),
        bounds=(np.zeros(cells + rows), np.concatenate([problem.need.ravel(), np.ones(rows)])),
        constraints=[
            LinearConstraint(units.tocsr(), problem.floor, problem.cap),
            LinearConstraint(vstack([units - served, coo_array(money[None, :])]).tocsr(), -np.inf,
                             np.append(np.zeros(rows), problem.money_idr / problem.unit_cost_idr)),
        ],
        options={"mip_rel_gap": _KNOWN_TO},
    )  # fmt: skip
    return -found.fun, -found.mip_dual_bound


def _desa(rows: int) -> Problem:
    rng = np.random.default_rng(_SEED)
    need = rng.integers(0, 60, (rows, 4)) * rng.integers(1, 4, (rows, 1))
    needed, covered = need.sum(axis=1), rng.integers(0, 150, rows)
    chance = np.clip(rng.uniform(0.5, 0.95, (_KABUPATEN, 1)) - 0.1 * np.arange(4), 0.05, 1)
    floor = np.where(rng.random(rows) < 0.1, needed // 10, 0)
    cap = np.where(rng.random(rows) < 0.3, np.maximum(needed * 6 // 10, floor), needed)
    unit_idr = 2_400_000
    return Problem(need, chance[np.arange(rows) % _KABUPATEN], needed + covered, covered,
                   int(needed.sum()) * 3 // 10 * unit_idr, unit_idr, 20_000_000, floor, cap)  # fmt: skip


def _frontier(problem: Problem, rule: str) -> object:
    rng = np.random.default_rng(_SEED)
    money = np.linspace(problem.least_idr, problem.most_idr, _BUDGETS).astype("int64")
    group = np.arange(len(problem.need)) % _KABUPATEN
    chance = problem.value[:_KABUPATEN]
    common, of_group = rng.normal(0, 0.05, (_DRAWS, 1, 1)), rng.normal(0, 0.1, (_DRAWS, _KABUPATEN, 1))
    return frontier(problem, rule, money, np.ones(len(group)), np.clip(chance + common + of_group, 0, 1), group)


def _time(work: Callable, rounds: int) -> tuple[float, object]:
    times = []
    for _ in range(rounds):
        started = time.perf_counter()
        answer = work()
        times.append(time.perf_counter() - started)
    return float(np.median(times)), answer
