"""Disclosure control: what may leave the house about small groups; one function for map, table, tooltip and export.

The rule (docs/method.md): a count of 1 to 9 is shown as "<10", other counts are rounded to the nearest 5, a rate needs
a denominator of at least 50, and where a total has three parts or fewer a second part is masked with the first. Where
what is still shown of a total leaves fewer than three values to a small count, more of it is masked.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SMALLEST_SHOWN = 10
ROUND_TO = 5
LEAST_DENOMINATOR = 50
MOST_MASKED_PARTS = 3
LEAST_LEFT = 3
ROUND_IDR_TO = 1_000_000
SHOWN, SMALL, HIDDEN = "", "small", "hidden"
# More than any count, and whole numbers up to sums of them are exact.
_ENDLESS = 1e12
_TEXTS = np.array([SHOWN, SMALL, HIDDEN], dtype=object)


@dataclass(frozen=True)
class Whole:
    """A count that is the sum of other counts, some of which may not be columns that anybody sees.

    With `is_of_classes` the parts are the classes of a breakdown, of which those above zero are what a row has: a class
    of zero is shown as it is, so nothing can hide behind it.
    """

    total: str
    parts: tuple[str, ...]
    is_of_classes: bool = False


@dataclass(frozen=True)
class Amount:
    """A rupiah column that belongs to a count."""

    amount: str
    count: str


@dataclass(frozen=True)
class Shadow:
    """A count that tells much of other counts without being their sum: it is masked with any of them."""

    count: str
    of: tuple[str, ...]


def protect(
    figures: Mapping[str, np.ndarray],
    counts: Sequence[str],
    wholes: Sequence[Whole] = (),
    amounts: Sequence[Amount] = (),
    shadows: Sequence[Shadow] = (),
    told: Collection[str] = (),
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the figures with small counts removed and the others rounded, and the mask that says what was done.

    `figures` holds float arrays of one shape (n,), NaN where there is none; so does the first answer. The mask has an
    array of texts for each of `counts`: '', 'small' (shown as "<10") or 'hidden' (masked so that a small one cannot be
    computed). Totals are rounded from the records, never summed from rounded parts. An amount keeps its mean per unit
    and follows its rounded count. Counts that are `told` elsewhere can cover nothing: others are hidden in their place.
    """
    is_small = {name: (figures[name] >= 1) & (figures[name] < SMALLEST_SHOWN) for name in counts}
    is_hidden = {name: np.zeros(len(figures[name]), dtype=bool) for name in counts}
    # A count may belong to two wholes: masking it in one can leave it alone in the other.
    is_changed = True
    while is_changed:
        is_changed = sum(_mask_a_second(whole, figures, is_small, is_hidden, told) for whole in wholes) > 0
        is_changed |= _mask_what_tells(wholes, figures, is_small, is_hidden, told)
        is_changed |= sum(_mask_a_shadow(shadow, is_small, is_hidden) for shadow in shadows) > 0
    protected, mask = dict(figures), {}
    for name in counts:
        rounded = _round(figures[name])
        gone = is_small[name] | is_hidden[name]
        protected[name] = np.where(gone, np.nan, rounded)
        mask[name] = _TEXTS[np.where(is_hidden[name], 2, np.where(is_small[name], 1, 0))]
        for amount in amounts:
            if amount.count == name:
                idr = _follow(figures[amount.amount], figures[name], rounded)
                protected[amount.amount] = np.where(gone, np.nan, idr)
    return protected, mask


def _round(count: np.ndarray) -> np.ndarray:
    # Half away from zero: banker's rounding would send 12.5 and 17.5 to the same side by turns.
    return np.floor(count / ROUND_TO + 0.5) * ROUND_TO


def _follow(idr: np.ndarray, count: np.ndarray, rounded: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(count > 0, idr / count * rounded, idr)
    return np.round(scaled / ROUND_IDR_TO) * ROUND_IDR_TO


def _mask_a_second(whole: Whole, figures: Mapping, is_small: dict, is_hidden: dict, told: Collection[str]) -> bool:
    """Where exactly one of a total and its parts is masked, hide the smallest other part, else the total.

    Tell whether anything was hidden.
    """
    if not whole.parts or (len(whole.parts) > MOST_MASKED_PARTS and not whole.is_of_classes):
        return False
    members = (*whole.parts, whole.total)
    gone = np.array([is_small[name] | is_hidden[name] for name in members])
    if whole.is_of_classes:
        is_there = np.array([figures[name] > 0 for name in whole.parts])
        gone[:-1] &= is_there
        gone &= is_there.sum(axis=0) <= MOST_MASKED_PARTS
    alone = np.flatnonzero(gone.sum(axis=0) == 1)
    if not alone.size:
        return False
    values = np.array([figures[name][alone] for name in members])
    is_candidate = ~gone[:, alone] & ~np.isnan(values)
    is_candidate &= np.array([[name not in told] for name in members])
    if whole.is_of_classes:
        is_candidate &= values > 0
    # The total comes last of all, whatever its size: it is what a reader can least do without.
    rank = np.where(is_candidate, values, np.inf)
    rank[-1] = np.where(is_candidate[-1], np.finfo(float).max, np.inf)
    second, is_there = rank.argmin(axis=0), np.isfinite(rank.min(axis=0))
    for position, name in enumerate(members):
        is_hidden[name][alone[(second == position) & is_there]] = True
    return bool(is_there.any())


def _mask_what_tells(
    wholes: Sequence[Whole], figures: Mapping, is_small: dict, is_hidden: dict, told: Collection[str]
) -> bool:  # fmt: skip
    """Where the sums leave a small count fewer than LEAST_LEFT values, hide one more count of a sum that it is in.

    Where that sum has nothing left to hide, what is hidden in it follows from another sum that it is in: one more count
    of that one is hidden, and so on.

    A total of 20 with two parts under 10 would be 9 and 9; one of 15 with five such parts beside a 10, all of them 1.
    The smallest part that is shown goes first, then the total; what is small itself is hidden last, a total before a
    part. Tell whether anything was hidden.
    """
    names = sorted({name for whole in wholes for name in (*whole.parts, whole.total)})
    rows = np.flatnonzero(np.any([is_small[name] for name in names], axis=0)) if names else np.array([], dtype=int)
    if not rows.size:
        return False
    low, high = {}, {}
    for name in names:
        low[name], high[name] = _possible(figures[name][rows], is_small[name][rows], is_hidden[name][rows])
    # Each round carries what one sum tells into the next; few do more than two, and none may run away.
    for _ in range(len(wholes)):
        if not sum(_narrow(whole, low, high) for whole in wholes):
            break
    tells = [
        np.any([is_small[name][rows] & ~is_hidden[name][rows] & (high[name] - low[name] + 1 < LEAST_LEFT)
                for name in (*whole.parts, whole.total)], axis=0)
        for whole in wholes
    ]  # fmt: skip
    chosen = np.full(len(rows), -1)

    def choose(small_rank: float) -> None:
        best = np.where(chosen < 0, np.inf, -np.inf)
        for whole, is_telling in zip(wholes, tells, strict=True):
            for name in (*whole.parts, whole.total) if is_telling.any() else ():
                value, is_open = figures[name][rows], is_telling & ~is_hidden[name][rows] & (name not in told)
                rank = np.where(is_small[name][rows], small_rank, value)
                if name == whole.total:
                    rank = np.where(is_small[name][rows], 2 * _ENDLESS, _ENDLESS)
                is_better = is_open & (value > 0) & (rank < best)
                best[is_better], chosen[is_better] = rank[is_better], names.index(name)

    for _ in wholes:
        choose(np.inf)
        is_left = np.any(tells, axis=0) & (chosen < 0)
        if not is_left.any() or not _reach_further(wholes, tells, is_hidden, rows, is_left):
            break
    # Last of all that a part is under 10 goes too, where it is what tells.
    choose(3 * _ENDLESS)
    for position in np.unique(chosen[chosen >= 0]):
        is_hidden[names[position]][rows[chosen == position]] = True
    return bool((chosen >= 0).any())


def _reach_further(
    wholes: Sequence[Whole], tells: list[np.ndarray], is_hidden: dict, rows: np.ndarray, is_left: np.ndarray
) -> bool:  # fmt: skip
    """Add to the sums that tell those with a hidden member in common, in the rows that are left; say if any came."""
    reached: dict = {}
    for whole, is_telling in zip(wholes, tells, strict=True):
        for name in (*whole.parts, whole.total):
            reached[name] = reached.get(name, False) | (is_telling & is_hidden[name][rows] & is_left)
    came = False
    for at, whole in enumerate(wholes):
        new = np.any([reached[name] for name in (*whole.parts, whole.total)], axis=0) & ~tells[at]
        tells[at], came = tells[at] | new, came or bool(new.any())
    return came


def _possible(value: np.ndarray, is_small: np.ndarray, is_hidden: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the least and the most that a reader can take a count for, from how it is shown."""
    rounded, reach = _round(value), (ROUND_TO - 1) // 2
    low = np.where(rounded > 0, np.maximum(rounded - reach, SMALLEST_SHOWN), 0)
    high = np.where(rounded > 0, rounded + reach, 0)
    low, high = np.where(is_small, 1, low), np.where(is_small, SMALLEST_SHOWN - 1, high)
    # What was hidden to cover another count is not small itself, as whoever knows the rule can tell.
    is_free = is_hidden | np.isnan(value)
    low = np.where(is_free, np.where(value >= SMALLEST_SHOWN, SMALLEST_SHOWN, 0), low)
    return low, np.where(is_free, _ENDLESS, high)


def _narrow(whole: Whole, low: dict, high: dict) -> bool:
    """Bring the members of a sum to what the others leave them; tell whether any changed."""
    lowest, highest = (sum(of[part] for part in whole.parts) for of in (low, high))
    total_low, total_high = np.maximum(low[whole.total], lowest), np.minimum(high[whole.total], highest)
    is_changed = (total_low > low[whole.total]).any() or (total_high < high[whole.total]).any()
    low[whole.total], high[whole.total] = total_low, total_high
    for part in whole.parts:
        part_low = np.maximum(low[part], total_low - (highest - high[part]))
        part_high = np.minimum(high[part], total_high - (lowest - low[part]))
        is_changed |= (part_low > low[part]).any() or (part_high < high[part]).any()
        low[part], high[part] = part_low, part_high
    return bool(is_changed)


def _mask_a_shadow(shadow: Shadow, is_small: dict, is_hidden: dict) -> bool:
    cast = np.any([is_small[name] | is_hidden[name] for name in shadow.of], axis=0)
    new = cast & ~(is_small[shadow.count] | is_hidden[shadow.count])
    is_hidden[shadow.count] |= new
    return bool(new.any())
