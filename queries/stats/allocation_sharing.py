"""The sharing rules that an office can work by hand: whole units by row, floors and caps kept, the money spent.

Each rule first shares out a number of units. Without a fixed cost that number is what the money buys. With one, it is
the largest whose rows can all be paid; what is then left buys more in the rows already served, and opens further rows
while it pays for one. Where a smaller amount of money brings more units that way, since it must open fewer rows, the
plan of the smaller amount stands and the rest is left over: more money never buys fewer units.
"""

from collections.abc import Callable
from functools import cached_property

import numpy as np

from queries.stats.allocation_problem import Problem
from queries.stats.errors import StatisticsError

_WIDEST = 4e18
_SHARE_STEPS = 10**9
_TESTED_CELLS = 2_000_000
_LEAST_TESTED = 200


class Share:
    """One rule on one problem, whatever the money: shares a number of units, and knows whom each number serves.

    `work` takes the units in all, the most and the least units of each row, and returns planned units (n, d). `most` is
    the number of units from which on no further row is served.
    """

    def __init__(self, problem: Problem, work: Callable[[int, np.ndarray, np.ndarray], np.ndarray], most: int) -> None:
        self.room, self.floor = problem.room, problem.floor
        self._work, self._most = work, most

    def __call__(self, total: int, room: np.ndarray | None = None, floor: np.ndarray | None = None) -> np.ndarray:
        """Return planned units (n, d) that sum to `total`, within the problem's limits or narrower ones."""
        return self._work(total, self.room if room is None else room, self.floor if floor is None else floor)

    @cached_property
    def tested(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Numbers of units, ascending, with the rows that each serves and the room in those, int64 (t,) each.

        Rows served do not rise evenly with the units (a larger number may leave a row without its fraction), so none is
        passed over while there are at most _TESTED_CELLS / n of them. Above that, half of so many (of _LEAST_TESTED if
        that is more) lie evenly over the first n units, the other half at equal ratios up to the most.
        """
        least = int(self.floor.sum())
        span, rows = max(self._most - least, 0), len(self.floor)
        count = max(_TESTED_CELLS // max(rows, 1), _LEAST_TESTED)
        if span < count:
            above = np.arange(span + 1)
        else:
            evenly = np.linspace(0, min(rows, span), count // 2)
            by_ratio = np.geomspace(1, span, count - count // 2)
            above = np.unique(np.concatenate([evenly, by_ratio]).astype("int64"))
        is_served = (self(least + int(more)).any(axis=1) for more in above)
        found = [(np.count_nonzero(served), int(self.room[served].sum())) for served in is_served]
        served, room = np.array(found, dtype="int64").T
        return least + above, served, room


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
    return _keep(problem, "proportional", lambda total, room, floor: poorest_first(
        fill_level(total, need, nothing, floor, room), problem.need
    ))  # fmt: skip


def share_equal_coverage(problem: Problem) -> Share:
    """Raise the lowest coverage (C + x) / E together until the units are used; the poorest class first."""
    return _keep(problem, "equal_coverage", lambda total, room, floor: poorest_first(
        fill_level(total, problem.eligible, problem.covered, floor, room), problem.need
    ))  # fmt: skip


def share_lowest_first(problem: Problem) -> Share:
    """Floors first; then the row of lowest coverage before the units is filled to its cap, then the next.

    Equal coverage: the larger need first, then the earlier row. Within a row the poorest class first.
    """
    coverage = problem.covered / np.maximum(problem.eligible, 1)
    order = np.lexsort((-problem.need.sum(axis=1), coverage))

    def share(total: int, room: np.ndarray, floor: np.ndarray) -> np.ndarray:
        extra = (room - floor)[order]
        totals = floor.copy()
        totals[order] += np.clip(total - int(totals.sum()) - (np.cumsum(extra) - extra), 0, extra)
        return poorest_first(totals, problem.need)

    return _keep(problem, "lowest_first", share)


def share_desil_first(problem: Problem) -> Share:
    """The poorest class of all rows, then the next; a class that cannot be met is shared in proportion to its need.

    What a floor demands of a row is set aside beforehand, from its poorest classes.
    """
    nothing = np.zeros_like(problem.floor)

    def share(total: int, room: np.ndarray, floor: np.ndarray) -> np.ndarray:
        held = poorest_first(floor, problem.need)
        planned = held.copy()
        rest = total - int(held.sum())
        for desil in range(problem.need.shape[1]):
            free = room - planned.sum(axis=1) + held[:, desil]
            upper = np.minimum(problem.need[:, desil], free)
            most = rest + int(held[:, desil].sum())
            planned[:, desil] = fill_level(most, problem.need[:, desil], nothing, held[:, desil], upper)
            rest = most - int(planned[:, desil].sum())
        return planned

    return _keep(problem, "desil_first", share)


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

    def share(total: int, room: np.ndarray, floor: np.ndarray) -> np.ndarray:
        # A row that is closed since it would have no unit has no part; one that can have none keeps its part, unspent.
        is_closed = (room == 0) & (problem.room > 0)
        wanted = fill_level(total, np.where(is_closed, 0, weight), nothing, floor, np.full_like(room, max(total, 0)))
        return poorest_first(np.minimum(wanted, room), problem.need)

    # From here on the row with the smallest part has a whole unit.
    parts = weight[(weight > 0) & (problem.room > 0)]
    most = int(problem.floor.sum()) + (-(-int(weight.sum()) // int(parts.min())) if len(parts) else 0)
    return _keep(problem, f"own {weight.tolist()}", share, most)


def _keep(problem: Problem, name: str, work: Callable, most: int | None = None) -> Share:
    # The same rule is asked at many amounts of money; whom a number of units serves is found once for all of them.
    most = int(problem.room.sum()) if most is None else most
    return problem.rules.setdefault(name, Share(problem, work, most))


def spend(problem: Problem, share: Share, is_capped_unspent: bool = False) -> np.ndarray:
    """Return the planned units (n, d) of a rule, the money spent as far as the rule's own logic allows.

    With a fixed cost, the plan for an amount m is that of the largest tested number of units that m pays with its rows
    (Share.tested), topped up with what is left. Returned is the plan with most units among those for all m up to the
    problem's money, of equal ones that of the largest m; so the units never fall as the money grows.
    `is_capped_unspent`: units that rows cannot take for their caps are counted as bought, as the rule `own` wants it.
    """
    money, unit, fixed = problem.money_idr, problem.unit_cost_idr, problem.fixed_idr
    if fixed == 0:
        return share(money // unit if is_capped_unspent else min(money // unit, int(problem.room.sum())))
    # What cannot be paid in any case goes first: its cost might be beyond 64 bits.
    totals, served, room = (part[share.tested[0] <= money // unit] for part in share.tested)
    cost = unit * totals + fixed * served
    fits = np.flatnonzero(cost <= money)
    # A number of units is the largest that an amount pays only if every larger one costs more.
    later = np.append(np.minimum.accumulate(cost[fits][::-1])[::-1][1:], money + 1)
    is_largest = cost[fits] < later
    chosen, amount = fits[is_largest], later[is_largest] - 1
    totals, served, room = totals[chosen], served[chosen], room[chosen]
    bought = (amount - fixed * served) // unit
    if not is_capped_unspent:
        opens = amount - fixed * served - unit * room >= fixed + unit
        bought = np.where(opens, (amount - fixed * (served + 1)) // unit, np.minimum(bought, room))
    # `bought` is certain unless further rows are opened; then it is a bound.
    best, planned = -1, None
    for at in np.lexsort((np.arange(len(bought)), bought))[::-1]:
        if bought[at] < best:
            break
        most, is_open = _top_up(problem, share, int(totals[at]), int(amount[at]), is_capped_unspent)
        if most > best:
            best, planned = most, (int(totals[at]), is_open, at)
        elif most == best and at > planned[2]:
            planned = (int(totals[at]), is_open, at)
        if most == bought[at]:
            break
    return _share_among(share, *planned[:2], best)


def _top_up(problem: Problem, share: Share, total: int, money: int, is_capped_unspent: bool) -> tuple[int, np.ndarray]:
    """Return how many units `money` buys once `total` are shared, and which rows (n,) have them."""
    unit, fixed = problem.unit_cost_idr, problem.fixed_idr
    is_open = share(total).any(axis=1)
    count = int(is_open.sum())
    if is_capped_unspent:
        return (money - fixed * count) // unit, is_open
    # A row more is opened only where those that are open can take nothing more.
    closed = np.where(is_open, 0, share.room)
    order = np.argsort(-closed, kind="stable")[: np.count_nonzero(closed)]
    full = int(share.room[is_open].sum()) + np.concatenate([[0], np.cumsum(closed[order])])
    dues = fixed * (count + np.arange(1, len(full))) + unit * (full[:-1] + 1)
    more = int(np.count_nonzero(dues <= money))
    is_open[order[:more]] = True
    return min((money - fixed * (count + more)) // unit, int(full[more])), is_open


def _share_among(share: Share, total: int, is_open: np.ndarray, most: int) -> np.ndarray:
    if most == total:
        return share(total)
    room = np.where(is_open, share.room, 0)
    planned = share(most, room)
    # A larger number may leave a row without its fraction; its fixed cost is set aside, so it keeps a unit.
    return planned if (planned.any(axis=1) == is_open).all() else share(most, room, np.maximum(share.floor, is_open))
