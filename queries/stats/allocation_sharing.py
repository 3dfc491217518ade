"""The sharing rules that an office can work by hand: whole units by row, floors and caps kept, the money spent.

Each rule first shares out a number of units. Without a fixed cost that number is what the money buys. With one, it is
the largest whose rows can all be paid; what is then left buys more in the rows already served, and opens further rows
while it pays for one.
"""

from collections.abc import Callable

import numpy as np

from queries.stats.allocation_problem import Problem
from queries.stats.errors import StatisticsError

# (units in all, most units of each row) -> planned (n, d)
Share = Callable[[int, np.ndarray], np.ndarray]
_WIDEST = 4e18
_SHARE_STEPS = 10**9


def fill_level(total: int, weight: np.ndarray, offset: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> np.ndarray:
    """Return whole numbers (n,) that sum to `total` and lie nearest below or above level * weight - offset.

    One level holds for all rows that are not at a limit; those at `lower` or `upper` stay there and the rest is shared
    again, until all agree. Fractions are settled by the largest remainder (Hare and Niemeyer; Balinski and Young 1982,
    chapter 3), equal remainders in favour of the larger `upper`, then of the earlier row. Arrays are int64 (n,),
    weight 0 or more; a row of weight 0 stays at `lower`. A total beyond what the limits allow gives the limit.
    """
    upper = np.where(weight > 0, upper, lower)
    if total >= int(upper.sum()):
        return upper.copy()
    if total <= int(lower.sum()):
        return lower.copy()
    level = _find_level(total, weight, offset, lower, upper)
    can_move = upper > lower
    safe = np.where(can_move, weight, 1)
    near = 1e-9 * (1 + abs(level))
    at_lower = ~can_move | ((offset + lower) / safe > level + near)
    at_upper = ~at_lower & ((offset + upper) / safe < level - near)
    filled = np.where(at_upper, upper, lower)
    free = np.flatnonzero(~at_lower & ~at_upper)
    # The level was found in floats; which rows are free is settled in whole numbers.
    while len(free):
        shared = total - int(filled.sum()) + int((filled + offset)[free].sum())
        weights = int(weight[free].sum())
        wide = weight[free].astype(object) if float(shared) * float(weight[free].max()) > _WIDEST else weight[free]
        whole, remainder = (shared * wide) // weights - offset[free], (shared * wide) % weights
        is_above = (whole > upper[free]) | ((whole == upper[free]) & (remainder > 0))
        is_below = whole < lower[free]
        if not (is_above | is_below).any():
            rest = total - int(filled.sum()) + int(filled[free].sum()) - int(whole.sum())
            first = np.lexsort((-upper[free], -remainder))[:rest]
            filled[free] = whole
            filled[free[first]] += 1
            break
        filled[free[is_above]] = upper[free[is_above]]
        free = free[~(is_above | is_below)]
    return filled


def _find_level(total: int, weight: np.ndarray, offset: np.ndarray, lower: np.ndarray, upper: np.ndarray) -> float:
    rows = np.flatnonzero(upper > lower)
    slope = weight[rows].astype(float)
    at = np.concatenate([(offset + lower)[rows] / slope, (offset + upper)[rows] / slope])
    order = np.argsort(at, kind="stable")
    at = at[order]
    slopes = np.cumsum(np.concatenate([slope, -slope])[order])
    sums = lower.sum() + np.concatenate([[0.0], np.cumsum(slopes[:-1] * np.diff(at))])
    last = int(np.searchsorted(sums, total, side="right")) - 1
    last = min(max(last, 0), len(at) - 1)
    return float(at[last] + max(0.0, total - sums[last]) / slopes[last]) if slopes[last] > 0 else float(at[last])


def poorest_first(totals: np.ndarray, need: np.ndarray) -> np.ndarray:
    """Return the units of each row (n,) by class, int64 (n, d): the first class up to its need, then the next."""
    return np.clip(totals[:, None] - (np.cumsum(need, axis=1) - need), 0, need)


def share_proportional(problem: Problem) -> Share:
    """Units in proportion to the need of the rows; within a row the poorest class first."""
    need, nothing = problem.need.sum(axis=1), np.zeros_like(problem.floor)
    return lambda total, room: poorest_first(fill_level(total, need, nothing, problem.floor, room), problem.need)


def share_equal_coverage(problem: Problem) -> Share:
    """Raise the lowest coverage (C + x) / E together until the units are used; the poorest class first."""
    return lambda total, room: poorest_first(
        fill_level(total, problem.eligible, problem.covered, problem.floor, room), problem.need
    )


def share_lowest_first(problem: Problem) -> Share:
    """Floors first; then the row of lowest coverage before the units is filled to its cap, then the next.

    Equal coverage: the larger need first, then the earlier row. Within a row the poorest class first.
    """
    coverage = problem.covered / np.maximum(problem.eligible, 1)
    order = np.lexsort((-problem.need.sum(axis=1), coverage))

    def share(total: int, room: np.ndarray) -> np.ndarray:
        extra = (room - problem.floor)[order]
        totals = problem.floor.copy()
        totals[order] += np.clip(total - int(totals.sum()) - (np.cumsum(extra) - extra), 0, extra)
        return poorest_first(totals, problem.need)

    return share


def share_desil_first(problem: Problem) -> Share:
    """The poorest class of all rows, then the next; a class that cannot be met is shared in proportion to its need.

    What a floor demands of a row is set aside beforehand, from its poorest classes.
    """
    held = poorest_first(problem.floor, problem.need)
    nothing = np.zeros_like(problem.floor)

    def share(total: int, room: np.ndarray) -> np.ndarray:
        planned = held.copy()
        rest = total - int(held.sum())
        for desil in range(problem.need.shape[1]):
            free = room - planned.sum(axis=1) + held[:, desil]
            upper = np.minimum(problem.need[:, desil], free)
            most = rest + int(held[:, desil].sum())
            planned[:, desil] = fill_level(most, problem.need[:, desil], nothing, held[:, desil], upper)
            rest = most - int(planned[:, desil].sum())
        return planned

    return share


def share_own(problem: Problem, shares: np.ndarray) -> Share:
    """Units in proportion to `shares` (n,); floors are kept, and what a row cannot take for its cap stays unspent.

    Raises StatisticsError `bad_shares` (rows): a share is missing or negative, or all are zero (rows is then empty).
    """
    shares = np.asarray(shares, dtype=float)
    if shares.shape != problem.floor.shape:
        raise StatisticsError("bad_shares", rows=[])
    is_wrong = ~np.isfinite(shares) | (shares < 0)
    if is_wrong.any() or not shares.any():
        raise StatisticsError("bad_shares", rows=np.flatnonzero(is_wrong).tolist())
    is_whole = (shares == np.rint(shares)).all() and shares.max() < _SHARE_STEPS
    # Shares with decimals become whole numbers too, so that equal remainders are equal.
    weight = np.rint(shares if is_whole else shares / shares.max() * _SHARE_STEPS).astype("int64")
    nothing = np.zeros_like(problem.floor)

    def share(total: int, room: np.ndarray) -> np.ndarray:
        # A row that is closed since it would have no unit has no part; one that can have none keeps its part, unspent.
        is_closed = (room == 0) & (problem.room > 0)
        wanted = fill_level(
            total, np.where(is_closed, 0, weight), nothing, problem.floor, np.full_like(room, max(total, 0))
        )
        return poorest_first(np.minimum(wanted, room), problem.need)

    return share


def spend(problem: Problem, share: Share, is_capped_unspent: bool = False) -> np.ndarray:
    """Return the planned units (n, d) of a rule, the money spent as far as the rule's own logic allows.

    `is_capped_unspent`: units that rows cannot take for their caps are counted as bought, as the rule `own` wants it.
    """
    money, unit, fixed, room = problem.money_idr, problem.unit_cost_idr, problem.fixed_idr, problem.room
    most = money // unit if is_capped_unspent else min(money // unit, int(room.sum()))
    if fixed == 0:
        return share(most, room)

    def left(total: int) -> int:
        return money - unit * total - fixed * int(np.count_nonzero(share(total, room).any(axis=1)))

    fits, fails = int(problem.floor.sum()), most + 1
    while fails - fits > 1:
        middle = (fits + fails) // 2
        if left(middle) >= 0:
            fits = middle
        else:
            fails = middle
    planned = share(fits, room)
    is_open = planned.any(axis=1)
    while True:
        open_room = np.where(is_open, room, 0)
        total = (money - fixed * int(is_open.sum())) // unit
        planned = share(total if is_capped_unspent else min(total, int(open_room.sum())), open_room)
        is_served = planned.any(axis=1)
        if (is_served != is_open).any():
            is_open = is_served
            continue
        # A row more is opened only where those that are open can take nothing more.
        closed = np.where(is_open, 0, room)
        is_full = int(planned.sum()) == int(open_room.sum())
        if is_capped_unspent or not is_full or not closed.any() or money - problem.cost_idr(planned) < fixed + unit:
            return planned
        is_open[np.argmax(closed)] = True
