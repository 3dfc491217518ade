"""What is to be shared out: need, worth, money and limits by row and class, and an allocation of it with its bound.

A row is a wilayah, a class a desil of the target (ascending), a unit a household, person or pupil. Money is whole
rupiah in 64 bits, units are whole numbers; only the objective is a float.
"""

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np

from queries.stats.errors import StatisticsError
from queries.stats.targeting import gini


@dataclass(frozen=True, eq=False)
class Problem:
    """n rows and d classes to share `money_idr` among.

    need: int64 (n, d), units not yet covered. value: float (n, d), what one unit adds to the objective, 0 or more.
    eligible, covered: int64 (n,), of the row. unit_cost_idr: above 0, for each unit. fixed_idr: 0 or more, for each row
    with a unit or more. floor, cap: int64 (n,), least and most units of a row; a cap above the need is the need.
    rules: what the rules by hand have found of it whatever the money (allocation_sharing.Share); not to be given.
    """

    need: np.ndarray
    value: np.ndarray
    eligible: np.ndarray
    covered: np.ndarray
    money_idr: int
    unit_cost_idr: int
    fixed_idr: int
    floor: np.ndarray
    cap: np.ndarray
    rules: dict = field(default_factory=dict, repr=False)

    @cached_property
    def room(self) -> np.ndarray:
        """Most units that a row can take, int64 (n,): its cap, or its need where that is less."""
        return np.minimum(self.cap, self.need.sum(axis=1))

    @property
    def least_idr(self) -> int:
        """What the floors cost, with the fixed cost of their rows."""
        return self.unit_cost_idr * int(self.floor.sum()) + self.fixed_idr * int(np.count_nonzero(self.floor))

    @property
    def most_idr(self) -> int:
        """What it costs to fill every row to its cap."""
        return self.unit_cost_idr * int(self.room.sum()) + self.fixed_idr * int(np.count_nonzero(self.room))

    def at(self, **changes: object) -> "Problem":
        """Return this problem with some parts changed."""
        if changes.keys() & {"need", "eligible", "covered", "floor", "cap"}:
            changes["rules"] = {}
        return replace(self, **changes)

    def __getstate__(self) -> dict:
        # A copy that leaves this process finds again what the rules have found.
        return self.__dict__ | {"rules": {}}

    def cost_idr(self, planned: np.ndarray) -> int:
        """What an allocation (n, d) costs, with the fixed cost of the rows that it serves."""
        return (
            self.unit_cost_idr * int(planned.sum())
            + self.fixed_idr * int(np.count_nonzero(planned.any(axis=1)))
        )  # fmt: skip

    def worth(self, planned: np.ndarray) -> float:
        """Return the objective of an allocation (n, d)."""
        return float((self.value * planned).sum())


@dataclass(frozen=True, eq=False)
class Allocation:
    """`planned` int64 (n, d); `bound`: no allocation of this problem is worth more than that.

    `percentile` and `percentile_of_optimal` are given by the rule `robust` alone: the 5th percentile over the draws of
    this allocation and of the one with the largest expected objective.
    """

    problem: Problem
    planned: np.ndarray
    objective: float
    bound: float
    percentile: float | None = None
    percentile_of_optimal: float | None = None

    @property
    def gap_to_optimum(self) -> float:
        """How far the objective is from the bound, as a share of it: 0 is a proven optimum."""
        return max(0.0, 1 - self.objective / self.bound) if self.bound > 0 else 0.0

    @property
    def totals(self) -> np.ndarray:
        """Units of each row, int64 (n,)."""
        return self.planned.sum(axis=1)

    @property
    def benefit_idr(self) -> int:
        """Units times unit cost."""
        return self.problem.unit_cost_idr * int(self.planned.sum())

    @property
    def fixed_cost_idr(self) -> int:
        """Rows served times their fixed cost."""
        return self.problem.fixed_idr * int(np.count_nonzero(self.totals))

    @property
    def cost_idr(self) -> int:
        """Benefits and fixed cost together."""
        return self.benefit_idr + self.fixed_cost_idr

    @property
    def remainder_idr(self) -> int:
        """What is left of the money, 0 or more."""
        return self.problem.money_idr - self.cost_idr


def check_problem(problem: Problem) -> None:
    """Raise StatisticsError where a problem is malformed or has no allocation, with what the caller needs to say so.

    `bad_problem` (part): a shape, sign or number that cannot be meant; needs above the eligible among them.
    `no_need`: nobody is uncovered. `floor_above_need` (rows, floors, most), `cap_below_floor` (rows, floors, caps):
    lists of row numbers and, in the same order, of units. `no_room`: every cap is zero. `money_below_floors`
    (money_idr, least_idr): what the floors cost. `nothing_to_buy` (money_idr, least_idr): the first unit costs more.
    """
    check_limits(problem)
    money = problem.money_idr
    if money < problem.least_idr:
        raise StatisticsError("money_below_floors", money_idr=money, least_idr=problem.least_idr)
    if not problem.floor.any() and money < problem.unit_cost_idr + problem.fixed_idr:
        least = problem.unit_cost_idr + problem.fixed_idr
        raise StatisticsError("nothing_to_buy", money_idr=money, least_idr=least)


def check_limits(problem: Problem) -> None:
    """Raise StatisticsError as check_problem does, whatever the money."""
    _check_form(problem)
    needed = problem.need.sum(axis=1)
    if not needed.any():
        raise StatisticsError("no_need")
    _refuse("floor_above_need", problem.floor > needed, floors=problem.floor, most=needed)
    _refuse("cap_below_floor", problem.cap < problem.floor, floors=problem.floor, caps=problem.cap)
    if not problem.room.any():
        raise StatisticsError("no_room")


def _check_form(problem: Problem) -> None:
    shape = problem.need.shape
    if len(shape) != 2 or problem.value.shape != shape:
        raise StatisticsError("bad_problem", part="value")
    if not np.isfinite(problem.value).all() or (problem.value < 0).any():
        raise StatisticsError("bad_problem", part="value")
    for part in ("need", "eligible", "covered", "floor", "cap"):
        array = getattr(problem, part)
        if part != "need" and array.shape != shape[:1]:
            raise StatisticsError("bad_problem", part=part)
        if not np.issubdtype(array.dtype, np.integer) or (array < 0).any():
            raise StatisticsError("bad_problem", part=part)
    if (problem.need.sum(axis=1) > problem.eligible).any():
        raise StatisticsError("bad_problem", part="eligible")
    for part, amount, least in (
        ("money", problem.money_idr, 0), ("unit_cost", problem.unit_cost_idr, 1), ("fixed", problem.fixed_idr, 0),
    ):  # fmt: skip
        if amount < least:
            raise StatisticsError("bad_problem", part=part)


def _refuse(code: str, is_wrong: np.ndarray, **columns: np.ndarray) -> None:
    rows = np.flatnonzero(is_wrong)
    if len(rows):
        raise StatisticsError(
            code, rows=rows.tolist(), **{name: array[rows].tolist() for name, array in columns.items()}
        )


def coverage_gini(problem: Problem, planned: np.ndarray) -> float | None:
    """Return the Gini coefficient of coverage (C + x) / E across rows, each weighing as its eligible.

    0 is equal coverage everywhere. Rows without eligible do not count; None where nobody is covered.
    """
    has_eligible = problem.eligible > 0
    if not has_eligible.any():
        return None
    eligible = problem.eligible[has_eligible]
    covered = (problem.covered + planned.sum(axis=1))[has_eligible]
    return gini(covered / eligible, eligible)


def left_out(problem: Problem, planned: np.ndarray) -> np.ndarray:
    """Return the numbers of the rows with need and nothing planned, ascending."""
    return np.flatnonzero(problem.need.any(axis=1) & ~planned.any(axis=1))
