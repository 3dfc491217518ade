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


def protect(
    figures: Mapping[str, np.ndarray],
    counts: Sequence[str],
    wholes: Sequence[Whole] = (),
    amounts: Sequence[Amount] = (),
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Return the figures with small counts removed and the others rounded, and the mask that says what was done.

    `figures` holds float arrays of one shape (n,), NaN where there is none; so does the first answer. The mask has an
    array of texts for each of `counts`: '', 'small' (shown as "<10") or 'hidden' (masked so that a small one cannot be
    computed). Totals are rounded from the records, never summed from rounded parts. An amount keeps its mean per unit
    and follows its rounded count.
    """
    is_small = {name: (figures[name] >= 1) & (figures[name] < SMALLEST_SHOWN) for name in counts}
    is_hidden = {name: np.zeros(len(figures[name]), dtype=bool) for name in counts}
    # A part may belong to two wholes: masking it in one can leave it alone in the other.
    is_changed = True
    while is_changed:
        is_changed = sum(_mask_a_second_part(whole, figures, is_small, is_hidden) for whole in wholes) > 0
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


def _mask_a_second_part(whole: Whole, exact: dict, is_small: dict, is_hidden: dict) -> bool:
    """Hide the smallest other part where exactly one is masked; tell whether anything was hidden."""
    if len(whole.parts) > MOST_MASKED_PARTS:
        return False
    gone = np.array([is_small[part] | is_hidden[part] for part in whole.parts])
    alone = np.flatnonzero(gone.sum(axis=0) == 1)
    if not alone.size:
        return False
    values = np.array([exact[part][alone] for part in whole.parts])
    candidates = np.where(gone[:, alone] | np.isnan(values), np.inf, values)
    second, is_there = candidates.argmin(axis=0), np.isfinite(candidates.min(axis=0))
    for position, part in enumerate(whole.parts):
        is_hidden[part][alone[(second == position) & is_there]] = True
    return bool(is_there.any())
