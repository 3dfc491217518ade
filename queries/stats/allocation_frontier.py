"""What other budgets would bring by the same rule, and where the next rupiah would do most."""

from dataclasses import dataclass

import numpy as np

from queries.stats.allocation import RULES, find_optimum, share_out
from queries.stats.allocation_problem import Problem, check_limits
from queries.stats.errors import StatisticsError
from queries.stats.optimal_allocation import Chain, maximise_chain
from queries.stats.robust_allocation import make_robust

MOST_PROVEN_ROWS = 1_000


@dataclass(frozen=True, eq=False)
class Frontier:
    """What is planned for k amounts: `money_idr` int64 (k,), `planned` int64 (k, n, d), `objective` float (k,)."""

    money_idr: np.ndarray
    planned: np.ndarray
    objective: np.ndarray

    @property
    def totals(self) -> np.ndarray:
        """Units of each row at each amount, int64 (k, n)."""
        return self.planned.sum(axis=2)


@dataclass(frozen=True, eq=False)
class Marginal:
    """What `step_idr` more would buy: `planned` int64 (n, d); `objective` float (n,), what it adds by row."""

    step_idr: int
    planned: np.ndarray
    objective: np.ndarray

    @property
    def units(self) -> np.ndarray:
        """Units by row, int64 (n,)."""
        return self.planned.sum(axis=1)


def frontier(
    problem: Problem,
    rule: str,
    money_idr: np.ndarray,
    shares: np.ndarray | None = None,
    draws: np.ndarray | None = None,
    group: np.ndarray | None = None,
) -> Frontier:
    """Return what a rule plans for each of k amounts, in place of the problem's own.

    An amount that buys nothing is a knot with nothing planned. So that many amounts are quick, the optimum with a fixed
    cost is sought without HiGHS above MOST_PROVEN_ROWS, and `robust` starts from such an optimum and solves one program
    for each amount instead of several (make_robust, is_quick). Raises StatisticsError as check_limits does,
    `money_below_floors` (money_idr, least_idr), `unknown_rule`, `bad_shares` and `bad_draws`.
    """
    check_limits(problem)
    if rule not in RULES:
        raise StatisticsError("unknown_rule", rule=rule)
    money = np.asarray(money_idr, dtype="int64")
    if len(money) and money.min() < problem.least_idr:
        raise StatisticsError("money_below_floors", money_idr=int(money.min()), least_idr=problem.least_idr)
    is_quick = rule == "robust" or len(problem.need) > MOST_PROVEN_ROWS
    planned = np.zeros((len(money), *problem.need.shape), dtype="int64")
    for knot, amount in enumerate(money):
        at = problem.at(money_idr=int(amount))
        if rule in ("optimal", "robust"):
            planned[knot], _ = find_optimum(at, is_quick)
            if rule == "robust":
                planned[knot] = make_robust(at, draws, group, planned[knot], is_quick=True).planned
        else:
            planned[knot] = share_out(at, rule, shares)
    return Frontier(money, planned, np.array([problem.worth(one) for one in planned]))


def marginal(problem: Problem, money_idr: int, step_idr: int, planned: np.ndarray | None = None) -> Marginal:
    """Return where `step_idr` more than `money_idr` does most, while what is planned for `money_idr` stands.

    What the plan leaves over is spent with it. `planned` (n, d) may come from any rule; without it the optimum stands.
    Rows that are served already pay no fixed cost again.
    """
    problem = problem.at(money_idr=money_idr)
    if planned is None:
        planned, _ = find_optimum(problem, is_quick=True)
    units, _ = maximise_chain(Chain.beyond(problem.at(money_idr=money_idr + step_idr), planned), is_quick=True)
    return Marginal(step_idr, units, (problem.value * units).sum(axis=1))
