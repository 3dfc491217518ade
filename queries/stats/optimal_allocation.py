"""The allocation of the largest objective, with a bound that proves how near it is.

Once it is known which rows are served, the problem is a chain of limits (class within row within money), and taking the
best units first is exact: floors with each row's best units, then the best units anywhere. Without a fixed cost that
is all. With one, the number of rows to be opened is s, and s decides how many units the money buys; for each s the
units' price mu is relaxed (Lagrange; Geoffrion 1974), the rows decide by themselves, and the s best are opened. That
gives a bound for each s and rows to open. Where the two are apart, HiGHS settles the rows that the bound leaves open.

Among allocations of equal worth: the units at the margin, all of one value, go to the rows that can take them so that
their coverage (C + x) / E is one level, to within less than a unit in each row (largest remainder). With a fixed cost
this holds among the rows served. Within a row the poorer class goes first among equal values.
"""

import time
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import LinearConstraint, milp
from scipy.sparse import coo_array

from queries.stats.allocation_problem import Problem
from queries.stats.allocation_sharing import fill_level

# A hundred-thousandth of 30,000 households is a third of one; among few rows each counts.
PROVEN, EXACT = 1e-5, 1e-10
FEW_ROWS = 100
NODES = 500
MOST_EXACT_ROWS = 5_000
_OPTIMAL, _INFEASIBLE = 0, 2
_BISECTIONS = 45
_COUNTS_TRIED = 12


@dataclass(frozen=True, eq=False)
class Chain:
    """A problem with each row's classes from the best value down, as far as its cap lets it use them.

    `base` int64 (n, d) is what each row must take, `extra` what it can take beyond, in the sorted order of `value`;
    `order` (n, d) leads back. `is_open` (n,): rows that cost no opening. `money_idr` is left for extras and openings.
    """

    problem: Problem
    order: np.ndarray
    value: np.ndarray
    base: np.ndarray
    extra: np.ndarray
    is_open: np.ndarray
    money_idr: int

    @classmethod
    def of(cls, problem: Problem) -> "Chain":
        """Return the chain of a problem whose limits were checked."""
        order = np.argsort(-problem.value, axis=1, kind="stable")
        value = np.take_along_axis(problem.value, order, axis=1)
        need = np.take_along_axis(problem.need, order, axis=1)
        before = np.cumsum(need, axis=1) - need
        usable = np.clip(problem.room[:, None] - before, 0, need)
        base = np.clip(problem.floor[:, None] - before, 0, need)
        money = problem.money_idr - problem.least_idr
        return cls(problem, order, value, base, usable - base, problem.floor > 0, money)

    @classmethod
    def beyond(cls, problem: Problem, planned: np.ndarray) -> "Chain":
        """Return the chain of the need, caps and money that are left once `planned` (n, d) stands, its rows open."""
        totals = planned.sum(axis=1)
        rest = problem.at(
            need=problem.need - planned, covered=problem.covered + totals, floor=np.zeros_like(problem.floor),
            cap=problem.room - totals, money_idr=problem.money_idr - problem.cost_idr(planned),
        )  # fmt: skip
        return replace(cls.of(rest), is_open=totals > 0)

    @cached_property
    def closed(self) -> np.ndarray:
        """Numbers of the rows that could be opened; none where the money does not pay for one."""
        if self.money_idr < self.problem.fixed_idr + self.problem.unit_cost_idr:
            return np.zeros(0, dtype="int64")
        return np.flatnonzero(~self.is_open & self.extra.any(axis=1))

    @cached_property
    def base_worth(self) -> float:
        """What the units that must be taken are worth."""
        return float((self.value * self.base).sum())

    @cached_property
    def _ranked(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        ranks = np.argsort(-self.value, axis=None, kind="stable")
        ranks = ranks[self.extra.ravel()[ranks] > 0]
        return ranks // self.value.shape[1], self.value.ravel()[ranks], self.extra.ravel()[ranks]

    def units(self, opened: int | np.ndarray) -> int | np.ndarray:
        """Units beyond the base that the money buys once so many rows were opened."""
        return (self.money_idr - self.problem.fixed_idr * opened) // self.problem.unit_cost_idr

    def worth(self, is_served: np.ndarray) -> float:
        """Return the largest objective, given the rows that may be served (n,); all of them are paid for."""
        rows, values, extras = self._ranked
        budget = self.units(int(np.count_nonzero(is_served & ~self.is_open)))
        extras = np.where(is_served[rows], extras, 0)
        taken = np.clip(budget - (np.cumsum(extras) - extras), 0, extras)
        return self.base_worth + float((values * taken).sum())

    def fill(self, is_served: np.ndarray) -> np.ndarray:
        """Return the allocation (n, d) of the largest objective, given the rows that may be served."""
        budget = self.units(int(np.count_nonzero(is_served & ~self.is_open)))
        extra = np.where(is_served[:, None], self.extra, 0)
        rows, values, extras = self._ranked
        reach = np.cumsum(np.where(is_served[rows], extras, 0))
        usable = self.base + extra
        if len(reach) == 0 or reach[-1] <= budget:
            taken = usable
        else:
            margin = values[np.searchsorted(reach, budget, side="right")]
            low = (self.base + np.where(self.value > margin, extra, 0)).sum(axis=1)
            high = low + np.where(self.value == margin, extra, 0).sum(axis=1)
            total = int(self.base.sum()) + budget
            totals = fill_level(total, self.problem.eligible, self.problem.covered, low, high)
            taken = np.clip(totals[:, None] - (np.cumsum(usable, axis=1) - usable), 0, usable)
        planned = np.zeros_like(taken)
        np.put_along_axis(planned, self.order, taken, axis=1)
        return planned


def maximise(problem: Problem, is_quick: bool = False, time_limit_s: float = 1.0) -> tuple[np.ndarray, float]:
    """Return the planned units (n, d) and a bound that no allocation of the problem exceeds.

    With a fixed cost HiGHS is asked where the two are further apart than PROVEN (EXACT up to FEW_ROWS), a share of the
    bound, and the rows are not more than MOST_EXACT_ROWS; it stops at NODES nodes, or at `time_limit_s`. `is_quick`
    leaves it out. The bound is valid in any case.
    """
    return maximise_chain(Chain.of(problem), is_quick, time_limit_s)


def maximise_chain(chain: Chain, is_quick: bool = False, time_limit_s: float = 1.0) -> tuple[np.ndarray, float]:
    """Return what maximise does, for a chain."""
    if chain.problem.fixed_idr == 0 or len(chain.closed) == 0:
        is_served = chain.is_open.copy()
        is_served[chain.closed] = True
        planned = chain.fill(is_served)
        return planned, chain.problem.worth(planned)
    search = OpeningSearch(chain, EXACT if len(chain.value) <= FEW_ROWS else PROVEN)
    search.run()
    if search.gap > search.accepted_gap and not is_quick and len(chain.value) <= MOST_EXACT_ROWS:
        search.settle(time_limit_s)
    planned = fill_up(chain, search.is_served)
    worth = chain.problem.worth(planned)
    return planned, max(worth, search.bound)


def fill_up(chain: Chain, is_served: np.ndarray) -> np.ndarray:
    """Return the best allocation of the rows served, opening further rows where money is left and none can take more.

    Such a row adds nothing to the objective of an optimum, but neither should money lie idle for it.
    """
    problem, room = chain.problem, chain.extra.sum(axis=1)
    while True:
        planned = chain.fill(is_served)
        is_served = planned.any(axis=1) | chain.is_open
        left = chain.money_idr - problem.fixed_idr * int(np.count_nonzero(is_served & ~chain.is_open))
        left -= problem.unit_cost_idr * int(planned.sum() - chain.base.sum())
        is_full = int(planned.sum() - chain.base.sum()) == int(room[is_served].sum())
        closed = np.where(is_served, 0, room)
        if not closed.any():
            return planned
        if is_full and left >= problem.fixed_idr + problem.unit_cost_idr:
            is_served = is_served.copy()
            is_served[np.argmax(closed)] = True
        elif is_full or left < problem.unit_cost_idr:
            return planned


class OpeningSearch:
    """Which rows to open: the best found (`is_served`, `worth`) and a bound for each number of rows opened."""

    def __init__(self, chain: Chain, accepted_gap: float = PROVEN) -> None:
        self.chain, self.accepted_gap = chain, accepted_gap
        problem = chain.problem
        most = chain.money_idr // (problem.fixed_idr + problem.unit_cost_idr)
        self.counts = np.arange(min(len(chain.closed), most) + 1)
        self.units = chain.units(self.counts)
        self.bounds = np.full(len(self.counts), np.inf)
        self.prices = np.zeros(len(self.counts))
        self.is_served = chain.is_open.copy()
        self.worth = chain.worth(self.is_served)

    @property
    def bound(self) -> float:
        """No allocation is worth more."""
        return max(self.worth, float(self.bounds.max()))

    @property
    def beaten(self) -> float:
        """A bound up to this promises too little to be looked into."""
        return self.worth * (1 + self.accepted_gap / 2)

    @property
    def gap(self) -> float:
        """How far the best found may be from the optimum, as a share of the bound."""
        return 1 - self.worth / self.bound if self.bound > 0 else 0.0

    def run(self) -> None:
        """Lower the bound of the number of rows that promises most, until none promises more than what was found."""
        self._lower(None)
        tried: set[int] = set()
        for _ in range(_COUNTS_TRIED):
            best = int(np.argmax(self.bounds))
            if best in tried or self.bounds[best] <= self.beaten:
                break
            tried.add(best)
            self._lower(best)

    def offer(self, is_served: np.ndarray) -> None:
        """Keep these rows if they are worth more than the best found."""
        worth = self.chain.worth(is_served)
        if worth > self.worth:
            self.worth, self.is_served = worth, is_served.copy()

    def _gains(self, price: float) -> tuple[np.ndarray, float, np.ndarray]:
        gains = (self.chain.extra * np.maximum(self.chain.value - price, 0)).sum(axis=1)
        closed = self.chain.closed
        ranked = closed[np.argsort(-gains[closed], kind="stable")]
        return gains, float(gains[self.chain.is_open].sum()), ranked

    def _price(self, price: float) -> np.ndarray:
        """Update every bound by this price of a unit; return the rows, best first."""
        gains, of_open, ranked = self._gains(price)
        sums = np.concatenate([[0.0], np.cumsum(gains[ranked[: len(self.counts) - 1]])])
        bounds = self.chain.base_worth + price * self.units + of_open + sums
        self.prices = np.where(bounds < self.bounds, price, self.prices)
        self.bounds = np.minimum(self.bounds, bounds)
        self._last = bounds
        return ranked

    def _lower(self, count: int | None) -> None:
        """Find the price that gives the least bound, by bisection, of `count` rows or of whatever number is best."""
        low, high = 0.0, float(self.chain.value.max())
        self._price(high)
        for step in range(_BISECTIONS):
            price = (low + high) / 2
            ranked = self._price(price)
            opened = int(np.argmax(self._last)) if count is None else count
            is_served = self.chain.is_open.copy()
            is_served[ranked[:opened]] = True
            wanted = self.chain.extra[is_served][self.chain.value[is_served] > price].sum()
            if step > 5 or len(self.chain.value) <= MOST_EXACT_ROWS:
                self.offer(is_served)
            if wanted > self.units[opened]:
                low = price
            else:
                high = price
            if high - low <= 1e-12 * high:
                break
        # At the ends of what is left lie the values where the bound bends.
        for price in np.unique(self.chain.value[(self.chain.value >= low) & (self.chain.value <= high)])[:20]:
            self._price(float(price))

    def settle(self, time_limit_s: float) -> None:
        """Let HiGHS choose the rows for each number of them that still promises more, the most promising first."""
        ends = time.monotonic() + time_limit_s
        for count in np.argsort(-self.bounds, kind="stable"):
            left = ends - time.monotonic()
            if self.bounds[count] <= self.beaten or left <= 0:
                break
            self._choose_rows(int(count), left)

    def _choose_rows(self, count: int, time_limit_s: float) -> None:
        """Solve the problem of opening exactly `count` rows, as far as reduced costs leave it open."""
        chain = self.chain
        held, rows = self._undecided(count)
        values, inverse = np.unique(chain.value[held][chain.extra[held] > 0], return_inverse=True)
        sizes = np.bincount(inverse, chain.extra[held][chain.extra[held] > 0], len(values))
        row_at, slot = np.nonzero(chain.extra[rows] > 0)
        own = chain.extra[rows][row_at, slot].astype(float)
        # Columns: units of the rows held, by value; units of the rows to choose from, by class; the rows to choose.
        first, opened = len(values), len(values) + len(own)
        links = np.arange(len(own))
        within = coo_array(
            (
                np.concatenate([np.ones(len(own)), -own]),
                (np.concatenate([links, links]), np.concatenate([first + links, opened + row_at])),
            ),
            shape=(len(own), opened + len(rows)),
        )
        sums = np.zeros((2, opened + len(rows)))
        sums[0, :opened] = sums[1, opened:] = 1
        chosen = count - int(np.count_nonzero(held & ~chain.is_open))
        found = milp(
            -np.concatenate([values, chain.value[rows][row_at, slot], np.zeros(len(rows))]),
            integrality=np.concatenate([np.zeros(opened), np.ones(len(rows))]),
            bounds=(np.zeros(opened + len(rows)), np.concatenate([sizes, own, np.ones(len(rows))])),
            constraints=[
                LinearConstraint(within.tocsr(), -np.inf, 0),
                LinearConstraint(sums, [-np.inf, chosen], [self.units[count], chosen]),
            ],
            options={"time_limit": time_limit_s, "mip_rel_gap": self.accepted_gap / 2, "node_limit": NODES},
        )
        # What was left out by reduced cost cannot beat the best found, so the core's bound is that of all.
        if found.status == _INFEASIBLE:
            self.bounds[count] = min(self.bounds[count], self.beaten)
        else:
            # Without rows to choose the program is linear, and its optimum is its bound.
            dual = found.fun if found.mip_dual_bound is None and found.status == _OPTIMAL else found.mip_dual_bound
            proven = np.inf if dual is None else chain.base_worth - float(dual)
            self.bounds[count] = min(self.bounds[count], max(proven, self.beaten))
        if found.x is not None:
            is_served = held.copy()
            is_served[rows[found.x[opened:] > 0.5]] = True
            self.offer(is_served)

    def _undecided(self, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return which rows are open in everything better than the best found, bool (n,), and the numbers of those
        that are open in some of it.
        """
        gains, _, ranked = self._gains(self.prices[count])
        slack = self.bounds[count] - self.beaten
        inside = np.zeros(len(gains), dtype=bool)
        inside[ranked[:count]] = True
        last = gains[ranked[count - 1]] if count else np.inf
        following = gains[ranked[count]] if count < len(ranked) else 0.0
        must = inside & (gains - following > slack)
        may = inside | (last - gains <= slack)
        is_closed = np.zeros(len(gains), dtype=bool)
        is_closed[self.chain.closed] = True
        return must | self.chain.is_open, np.flatnonzero(may & ~must & is_closed)
