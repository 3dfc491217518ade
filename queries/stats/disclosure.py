"""Disclosure control: what may leave the house about small groups; one function for map, table, tooltip and export.

The rule (docs/method.md): a count of 1 to 9 is shown as "<10", other counts are rounded to the nearest 5, a rate needs
a denominator of at least 50, and where a total has three parts or fewer a second part is masked with the first.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

SMALLEST_SHOWN = 10
ROUND_TO = 5
LEAST_DENOMINATOR = 50
MOST_MASKED_PARTS = 3
ROUND_IDR_TO = 1_000_000
SHOWN, SMALL, HIDDEN = "", "small", "hidden"
_TEXTS = np.array([SHOWN, SMALL, HIDDEN], dtype=object)


@dataclass(frozen=True)
class Whole:
    """A count that is the sum of other counts, some of which may not be columns that anybody sees."""

    total: str
    parts: tuple[str, ...]


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
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the figures with small counts removed and the others rounded, and the mask that says what was done.

    `figures` holds float arrays of one shape (n,), NaN where there is none; so does the first answer. The mask has an
    array of texts for each of `counts`: '', 'small' (shown as "<10") or 'hidden' (masked so that a small one cannot be
    computed). Totals are rounded from the records, never summed from rounded parts. An amount keeps its mean per unit
    and follows its rounded count.
    """
    is_small = {name: (figures[name] >= 1) & (figures[name] < SMALLEST_SHOWN) for name in counts}
    is_hidden = {name: np.zeros(len(figures[name]), dtype=bool) for name in counts}
    # A count may belong to two wholes: masking it in one can leave it alone in the other.
    is_changed = True
    while is_changed:
        is_changed = sum(_mask_a_second(whole, figures, is_small, is_hidden) for whole in wholes) > 0
        is_changed |= sum(_mask_a_shadow(shadow, is_small, is_hidden) for shadow in shadows) > 0
    protected, mask = dict(figures), {}
    for name in counts:
        # Half away from zero: banker's rounding would send 12.5 and 17.5 to the same side by turns.
        rounded = np.floor(figures[name] / ROUND_TO + 0.5) * ROUND_TO
        gone = is_small[name] | is_hidden[name]
        protected[name] = np.where(gone, np.nan, rounded)
        mask[name] = _TEXTS[np.where(is_small[name], 1, np.where(is_hidden[name], 2, 0))]
        for amount in amounts:
            if amount.count == name:
                idr = _follow(figures[amount.amount], figures[name], rounded)
                protected[amount.amount] = np.where(gone, np.nan, idr)
    return protected, mask


def _follow(idr: np.ndarray, count: np.ndarray, rounded: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(count > 0, idr / count * rounded, idr)
    return np.round(scaled / ROUND_IDR_TO) * ROUND_IDR_TO


def _mask_a_second(whole: Whole, figures: Mapping, is_small: dict, is_hidden: dict) -> bool:
    """Where exactly one of a total and its parts is masked, hide the smallest other part, else the total.

    Tell whether anything was hidden.
    """
    if len(whole.parts) > MOST_MASKED_PARTS:
        return False
    members = (*whole.parts, whole.total)
    gone = np.array([is_small[name] | is_hidden[name] for name in members])
    alone = np.flatnonzero(gone.sum(axis=0) == 1)
    if not alone.size:
        return False
    values = np.array([figures[name][alone] for name in members])
    is_candidate = ~gone[:, alone] & ~np.isnan(values)
    # The total comes last of all, whatever its size: it is what a reader can least do without.
    rank = np.where(is_candidate, values, np.inf)
    rank[-1] = np.where(is_candidate[-1], np.finfo(float).max, np.inf)
    second, is_there = rank.argmin(axis=0), np.isfinite(rank.min(axis=0))
    for position, name in enumerate(members):
        is_hidden[name][alone[(second == position) & is_there]] = True
    return bool(is_there.any())


def _mask_a_shadow(shadow: Shadow, is_small: dict, is_hidden: dict) -> bool:
    cast = np.any([is_small[name] | is_hidden[name] for name in shadow.of], axis=0)
    new = cast & ~(is_small[shadow.count] | is_hidden[shadow.count])
    is_hidden[shadow.count] |= new
    return bool(new.any())
