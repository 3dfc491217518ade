"""The mathematics of the sample planner: how many desa and households an area needs, their cost, and which are drawn.

Two stages, each by simple random sampling without replacement: desa within an area, households within a desa. The plan
speaks of desa of equal size; what is drawn takes every household of a desa that has fewer than wanted.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize.elementwise import find_root
from scipy.special import ndtri, stdtrit

from queries.stats.errors import StatisticsError
from queries.stats.proportions import clopper_pearson_interval

LEAST_DESA = 2
# Widths closer than a thousandth of a point are the same width.
WIDTH_STEP = 1e-5


@dataclass(frozen=True)
class Areas:
    """What is known beforehand of each area, arrays of shape (K,).

    desa_count, household_count: in the frame. rate: the expected rate. rho: intra-cluster correlation of the answer,
    0 to 1. eligible_share: the expected share of sampled households that enter the rate's denominator.
    desa_idr, household_idr: whole rupiah for each desa visited and for each household interviewed.
    """

    desa_count: np.ndarray
    household_count: np.ndarray
    rate: np.ndarray
    rho: np.ndarray
    eligible_share: np.ndarray
    desa_idr: np.ndarray
    household_idr: np.ndarray


@dataclass(frozen=True)
class SamplePlan:
    """A sample per area, arrays of shape (K,).

    desa_count: desa to visit; desa_household_count: households to interview in each of them; household_count: both
    together, never more than the frame's. cost_idr: exact. width: expected width of the interval, 0 to 1.
    is_reachable: asking every household of the area reaches the width wanted. Where it does not, the plan is the
    cheapest one with the least width that the area allows. An area without desa, households or eligible ones is planned
    nothing.
    """

    desa_count: np.ndarray
    desa_household_count: np.ndarray
    household_count: np.ndarray
    cost_idr: np.ndarray
    width: np.ndarray
    is_reachable: np.ndarray


@dataclass(frozen=True)
class Allocation:
    """A plan within a budget: `width` is the one that every area was given the sample for, at least the wanted one."""

    plan: SamplePlan
    width: float
    cost_idr: int
    remainder_idr: int


@dataclass(frozen=True)
class DrawnSample:
    """The drawn households, arrays of shape (n,), in the order of the frame.

    position: row of the frame. weight: N/n M/m. area_desa_count, desa_household_count: N and M, the counts in the frame
    that the finite population corrections of `survey.Design` ask for.
    """

    position: np.ndarray
    weight: np.ndarray
    area_desa_count: np.ndarray
    desa_household_count: np.ndarray


def expected_width(
    areas: Areas, desa_count: np.ndarray, desa_household_count: np.ndarray, level: float = 0.95
) -> np.ndarray:
    """Return the expected width of the Korn-Graubard interval of each area's rate, 0 to 1, shape (K,).

    For a desa of A and b = m eligible_share answers in each, of B in the desa, the variance is p (1 - p) v,
    v = (rho + (1 - rho)/b)/a - (rho + (1 - rho)/B)/A: 1/(ab) times the design effect 1 + (b - 1) rho (Kish 1965,
    chapter 5), less the finite population's part at both stages (Cochran 1977, theorem 10.1, with the variances
    between and within written by rho). With fewer than one answer per desa the design effect is 1. The effective size
    is (z / t[a - 1])^2 / v, not more than the ab answers, as `korn_graubard_interval` has it; z in the place of t of
    the answers makes the width fall with every further desa and household, and is on the side of a wider interval.
    The cap is why a whole area, without any sampling error, is still given the width of its ab answers.

    1 where one desa is visited (no degrees of freedom), or none. Raises StatisticsError: bad_plan_input, bad_level.
    """
    _check(areas, level)
    a, m = np.asarray(desa_count, dtype=float), np.asarray(desa_household_count, dtype=float)
    _refuse(desa_count=~((a >= 0) & (a <= areas.desa_count)), desa_household_count=~(m >= 0))
    return _width(areas, a, m, level)


def required_sample(areas: Areas, width: float, level: float = 0.95) -> SamplePlan:
    """Return for each area the cheapest desa and households that reach an interval of `width` (0 to 1).

    Every number of desa is tried, from 2 (1 in an area of one) to all, each with the fewest households that do; of
    equal costs the one with fewer desa is taken. Time and memory grow with the desa of all areas together.
    Raises StatisticsError: bad_plan_input, bad_width, bad_level.
    """
    _check(areas, level)
    if not 0 < width <= 1:
        raise StatisticsError("bad_width", width=width)
    return _plan(areas, width, _least_width(areas, level), level)


def allocate_budget(areas: Areas, budget_idr: int, width: float, level: float = 0.95) -> Allocation:
    """Return the samples that reach `width` everywhere at least cost, or else the least equal width that can be paid.

    Equal precision: every area is given its cheapest sample for one width, the smallest for which the costs of all
    areas stay within the budget (found to a thousandth of a point), so that the largest width is as small as it can be.
    An area that cannot reach that width is given the least width it allows. Costs are whole rupiah and add up exactly
    with the remainder to the budget; the remainder is not spent.
    Raises StatisticsError: as `required_sample`; bad_budget; budget_too_small with `least_idr`, the cost of the
    smallest sample.
    """
    _check(areas, level)
    if not 0 < width <= 1:
        raise StatisticsError("bad_width", width=width)
    if not isinstance(budget_idr, (int, np.integer)) or budget_idr < 0:
        raise StatisticsError("bad_budget", given=budget_idr)
    least = _least_width(areas, level)
    plan, given = _plan(areas, width, least, level), width
    if plan.cost_idr.sum() > budget_idr:
        plan, given = _plan(areas, 1.0, least, level), 1.0
        least_idr = int(plan.cost_idr.sum())
        if least_idr > budget_idr:
            raise StatisticsError("budget_too_small", least_idr=least_idr, budget_idr=int(budget_idr))
        too_narrow = width
        while given - too_narrow > WIDTH_STEP:
            middle = (given + too_narrow) / 2
            tried = _plan(areas, middle, least, level)
            if tried.cost_idr.sum() > budget_idr:
                too_narrow = middle
            else:
                plan, given = tried, middle
    cost_idr = int(plan.cost_idr.sum())
    plan = replace(plan, is_reachable=least <= width + 1e-9)
    return Allocation(plan, given, cost_idr, int(budget_idr) - cost_idr)


def _plan(areas: Areas, width: float, least: np.ndarray, level: float) -> SamplePlan:
    """Return the cheapest sample of each area for the larger of `width` and the least width it allows."""
    target = np.maximum(width, least)
    answers = _least_answers(areas.rate, target, level)
    most, share = _desa_size(areas), areas.eligible_share
    is_open = _is_open(areas)
    # One candidate for each area and number of desa in it.
    tries = np.where(is_open, areas.desa_count - np.minimum(areas.desa_count, LEAST_DESA) + 1, 0)
    k = np.repeat(np.arange(len(tries)), tries)
    first = np.cumsum(tries) - tries
    a = np.arange(len(k)) - first[k] + np.minimum(areas.desa_count, LEAST_DESA)[k]
    b = np.maximum(_least_per_desa(areas, k, a, answers[k], level), answers[k] / a)
    m = np.minimum(np.maximum(np.ceil(np.minimum(b / share[k], 1e15) - 1e-6), 1), np.ceil(most[k]))
    # All desa with all households reach the least width by definition, whatever a rounding says.
    is_enough = (b <= most[k] * share[k] * (1 + 1e-9)) | (a == areas.desa_count[k])
    m = m.astype(np.int64)
    households = np.minimum(a * m, areas.household_count[k])
    cost = a * areas.desa_idr[k] + households * areas.household_idr[k]
    order = np.lexsort((a, cost, ~is_enough, k))
    chosen = order[first[is_open]]

    def per_area(values: np.ndarray) -> np.ndarray:
        filled = np.zeros(len(tries), dtype=np.int64)
        filled[is_open] = values[chosen]
        return filled

    desa_count, size = per_area(a), per_area(m)
    reached = _width(areas, desa_count.astype(float), size.astype(float), level)
    return SamplePlan(desa_count, size, per_area(households), per_area(cost), reached, least <= width + 1e-9)


def _least_per_desa(areas: Areas, k: np.ndarray, a: np.ndarray, answers: np.ndarray, level: float) -> np.ndarray:
    """Return the fewest answers per desa with an effective size of `answers`, infinite where no number is enough."""
    rho = areas.rho[k]
    ratio = _squared_t_ratio(a, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        room = np.where(answers > 0, ratio / answers, np.inf)
        spread = a * (room + _spread(areas.rho, _desa_size(areas) * areas.eligible_share)[k] / areas.desa_count[k])
        # Solving rho + (1 - rho)/b = spread, or 1/b = spread below one answer per desa.
        many = np.where(spread > rho, (1 - rho) / (spread - rho), np.inf)
        few = np.where(ratio > 0, np.where(np.isinf(spread), 0.0, 1 / spread), np.where(answers > 0, np.inf, 0.0))
    return np.where((spread >= 1) | (ratio == 0), few, many)


def _width(areas: Areas, a: np.ndarray, m: np.ndarray, level: float) -> np.ndarray:
    most = _desa_size(areas)
    is_some = _is_open(areas) & (a > 0) & (m > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        b = np.minimum(m, most) * areas.eligible_share
        v = _spread(areas.rho, b) / a - _spread(areas.rho, most * areas.eligible_share) / areas.desa_count
        ratio = _squared_t_ratio(a, level)
        # Compared by multiplication: v is 0, or a rounding below, where all households are asked.
        count = np.where(ratio >= v * a * b, a * b, ratio / v)
    count = np.where(is_some & (a > 1), count, 0.0)
    lower, upper = clopper_pearson_interval(areas.rate, count, level)
    return upper - lower


def _least_width(areas: Areas, level: float) -> np.ndarray:
    return _width(areas, areas.desa_count.astype(float), np.ceil(_desa_size(areas)), level)


def _least_answers(rate: np.ndarray, width: np.ndarray, level: float) -> np.ndarray:
    """Return the number of independent answers, not whole, whose Clopper-Pearson interval has a width; 0 for 1."""

    def excess(log_count: np.ndarray, p: np.ndarray, wanted: np.ndarray) -> np.ndarray:
        lower, upper = clopper_pearson_interval(p.ravel(), np.exp(log_count).ravel(), level)
        return (upper - lower).reshape(p.shape) - wanted

    (p, wanted), back = np.unique(np.stack([rate, width]), axis=1, return_inverse=True)
    # Wilson's width is a quadratic in z^2 / n; the exact interval needs 0.5 to 2 times as many answers and 4 / width.
    square = np.minimum(wanted, 1 - 1e-6) ** 2
    half = 2 * p * (1 - p) - square
    wilson = ndtri(0.5 + level / 2) ** 2 * (1 - square) / (np.sqrt(half**2 + square * (1 - square)) - half)
    # Within a millionth of the whole range no answer is needed.
    is_asked = wanted < 1 - 1e-6
    count = np.zeros(len(p))
    if is_asked.any():
        bracket = np.log(0.5 * wilson[is_asked]), np.log(2 * wilson[is_asked] + 4 / wanted[is_asked])
        arguments = (p[is_asked], wanted[is_asked])
        count[is_asked] = np.exp(find_root(excess, bracket, args=arguments, tolerances={"xatol": 1e-11}).x)
    return count[back.ravel()]


def _spread(rho: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Return the variance of a desa's rate over p (1 - p); below one answer per desa the design effect stays 1."""
    return rho * np.maximum(1, 1 / b) + (1 - rho) / b


def _squared_t_ratio(a: np.ndarray, level: float) -> np.ndarray:
    """Return (z / t[a - 1])^2, 0 for a single desa."""
    tail = 0.5 + level / 2
    return np.where(a > 1, (ndtri(tail) / stdtrit(np.maximum(np.asarray(a, dtype=float) - 1, 1), tail)) ** 2, 0.0)


def _desa_size(areas: Areas) -> np.ndarray:
    """Return the mean number of households of a desa, at least 1 where there is a household."""
    return np.maximum(areas.household_count / np.maximum(areas.desa_count, 1), 1.0)


def _is_open(areas: Areas) -> np.ndarray:
    return (areas.desa_count > 0) & (areas.household_count > 0) & (areas.eligible_share > 0)


def _check(areas: Areas, level: float) -> None:
    if not 0 < level < 1:
        raise StatisticsError("bad_level", level=level)
    shape = np.shape(areas.desa_count)
    for name, values in vars(areas).items():
        is_whole = name.endswith(("_count", "_idr"))
        if np.shape(values) != shape or len(shape) != 1:
            raise StatisticsError("shape_mismatch", column=name, shape=np.shape(values), expected=shape)
        if is_whole and not np.issubdtype(np.asarray(values).dtype, np.integer):
            raise StatisticsError("bad_plan_input", column=name, row=0)
        _refuse(**{name: ~(values >= 0) if is_whole else ~((values >= 0) & (values <= 1))})


def _refuse(**is_bad: np.ndarray) -> None:
    for column, rows in is_bad.items():
        if np.any(rows):
            raise StatisticsError("bad_plan_input", column=column, row=int(np.argmax(rows)))


def draw_two_stage(
    seed: int, desa: np.ndarray, area: np.ndarray, desa_count: np.ndarray, desa_household_count: np.ndarray
) -> DrawnSample:
    """Draw desa within areas and households within desa, each by simple random sampling without replacement.

    desa, area: int codes per household of the frame, shape (F,), a desa in one area; area 0 to K - 1 or -1 for a row
    that is not to be drawn. desa_count: desa to draw per area, desa_household_count: households per drawn desa, shape
    (K,); everything is taken where fewer are there. The same seed and frame in the same order give the same sample.
    Raises StatisticsError: shape_mismatch, bad_code, desa_in_two_areas.
    """
    desa, area = np.asarray(desa), np.asarray(area)
    wanted_desa, wanted = np.asarray(desa_count), np.asarray(desa_household_count)
    if desa.shape != area.shape or desa.ndim != 1 or wanted_desa.shape != wanted.shape or wanted.ndim != 1:
        raise StatisticsError("shape_mismatch", shape=area.shape, expected=desa.shape)
    if area.size and (area.min() < -1 or area.max() >= len(wanted)):
        raise StatisticsError("bad_code", column="area")
    rng = np.random.default_rng(seed)
    rows = np.flatnonzero(area >= 0)
    _, first, cluster = np.unique(desa[rows], return_index=True, return_inverse=True)
    cluster_area = area[rows][first]
    if (cluster_area[cluster] != area[rows]).any():
        raise StatisticsError("desa_in_two_areas", row=int(rows[np.argmax(cluster_area[cluster] != area[rows])]))
    # Both draws are made for the whole frame, so that an area's sample does not hang on what others are given.
    is_drawn_cluster, frame_desa, drawn_desa = _draw(rng, cluster_area, wanted_desa)
    is_drawn_row, frame_households, drawn = _draw(rng, cluster, wanted[cluster_area])
    taken = np.flatnonzero(is_drawn_cluster[cluster] & is_drawn_row)
    of_cluster = cluster[taken]
    of_area = cluster_area[of_cluster]
    weight = frame_desa[of_area] / drawn_desa[of_area] * frame_households[of_cluster] / drawn[of_cluster]
    return DrawnSample(rows[taken], weight, frame_desa[of_area], frame_households[of_cluster])


def _draw(rng: np.random.Generator, group: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return which members are drawn, and the members of each group in all and drawn."""
    order = np.lexsort((rng.random(len(group)), group))
    size = np.bincount(group, minlength=len(wanted))
    place = np.empty(len(group), dtype=np.int64)
    place[order] = np.arange(len(group)) - np.repeat(np.cumsum(size) - size, size)
    return place < wanted[group], size, np.minimum(size, wanted)
