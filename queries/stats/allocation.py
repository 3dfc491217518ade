"""Shares a budget among wilayah by one of seven rules, and says how far each is from the best possible."""

from functools import lru_cache

import numpy as np

from queries.stats.allocation_problem import Allocation, Problem, check_problem, coverage_gini, left_out
from queries.stats.allocation_sharing import (
    share_desil_first,
    share_equal_coverage,
    share_lowest_first,
    share_own,
    share_proportional,
    spend,
)
from queries.stats.errors import StatisticsError
from queries.stats.optimal_allocation import PROVEN, Chain, OpeningSearch, fill_up, maximise
from queries.stats.robust_allocation import make_robust

__all__ = ["RULES", "Allocation", "Problem", "allocate", "check_problem", "coverage_gini", "left_out", "share_out"]

RULES = ("proportional", "equal_coverage", "lowest_first", "desil_first", "optimal", "robust", "own")
_BY_HAND = {
    "proportional": share_proportional, "equal_coverage": share_equal_coverage, "lowest_first": share_lowest_first,
    "desil_first": share_desil_first,
}  # fmt: skip


def allocate(
    problem: Problem,
    rule: str,
    shares: np.ndarray | None = None,
    draws: np.ndarray | None = None,
    group: np.ndarray | None = None,
) -> Allocation:
    """Return the allocation of a problem by one of RULES, with the bound of the optimum.

    `shares` (n,) for `own`; `draws` float (b, g, d), what a unit of a group and class is worth in each joint draw
    (weights of the classes included, as in `value`), and `group` int (n,) for `robust`. The optimum is sought once for
    the same Problem object. Raises StatisticsError as check_problem does, `unknown_rule` (rule), `bad_shares` (rows)
    and `bad_draws` (part).
    """
    check_problem(problem)
    if rule not in RULES:
        raise StatisticsError("unknown_rule", rule=rule)
    optimum, bound = find_optimum(problem)
    percentiles: tuple[float, ...] = ()
    if rule == "optimal":
        planned = optimum
    elif rule == "robust":
        robust = make_robust(problem, draws, group, optimum)
        planned, percentiles = robust.planned, (robust.percentile, robust.percentile_of_optimal)
    else:
        planned = share_out(problem, rule, shares)
    worth = problem.worth(planned)
    return Allocation(problem, planned, worth, max(bound, worth), *percentiles)


def share_out(problem: Problem, rule: str, shares: np.ndarray | None = None) -> np.ndarray:
    """Return the planned units (n, d) of a rule that is worked by hand, `own` among them; limits are not checked."""
    if rule == "own":
        return spend(problem, share_own(problem, shares), is_capped_unspent=True)
    return spend(problem, _BY_HAND[rule](problem))


@lru_cache(maxsize=2)
def find_optimum(problem: Problem, is_quick: bool = False) -> tuple[np.ndarray, float]:
    """Return the optimum's planned units (n, d), not to be written to, and its bound; limits are not checked.

    Not worth less than what a rule by hand gives, to PROVEN. `is_quick` as in optimal_allocation.maximise.
    """
    planned, bound = maximise(problem, is_quick)
    worth = problem.worth(planned)
    if worth < bound * (1 - PROVEN):
        chain = Chain.of(problem)
        search = OpeningSearch(chain)
        for rule in _BY_HAND:
            search.offer(share_out(problem, rule).any(axis=1))
        if search.worth > worth:
            planned = fill_up(chain, search.is_served)
            worth = problem.worth(planned)
    planned.flags.writeable = False
    return planned, max(bound, worth)
