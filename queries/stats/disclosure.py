"""Disclosure control: what may leave the house about small groups; one function for map, table, tooltip and export.

The rule (docs/method.md): a count of 1 to 9 is shown as "<10", other counts are rounded to the nearest 5, a rate needs
a denominator of at least 50, and where a total has three parts or fewer a second part is masked with the first.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

SMALLEST_SHOWN = 10
ROUND_TO = 5
LEAST_DENOMINATOR = 50
MOST_MASKED_PARTS = 3
ROUND_IDR_TO = 1_000_000
SHOWN, SMALL, HIDDEN = "", "small", "hidden"


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
    frame: pd.DataFrame, counts: Sequence[str], wholes: Sequence[Whole] = (), amounts: Sequence[Amount] = ()
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the frame with small counts removed and the others rounded, and the mask that says what was done.

    `frame` has one row per wilayah and nullable integer columns `counts`; the mask has those columns, each cell '',
    'small' (shown as "<10") or 'hidden' (masked so that a small one cannot be computed). Totals are rounded from the
    records, never summed from rounded parts. An amount keeps its mean per unit and follows its rounded count.
    """
    exact = {name: frame[name].to_numpy(dtype=float, na_value=np.nan) for name in counts}
    is_small = {name: (values >= 1) & (values < SMALLEST_SHOWN) for name, values in exact.items()}
    is_hidden = {name: np.zeros(len(frame), dtype=bool) for name in counts}
    # A part may belong to two wholes: masking it in one can leave it alone in the other.
    for whole in [*wholes] * len(wholes):
        _mask_a_second_part(whole, exact, is_small, is_hidden)
    masks, columns, rounded = {}, {}, {}
    for name in counts:
        # Half away from zero: banker's rounding would send 12.5 and 17.5 to the same side by turns.
        rounded[name] = np.floor(exact[name] / ROUND_TO + 0.5) * ROUND_TO
        masks[name] = np.where(is_small[name], SMALL, np.where(is_hidden[name], HIDDEN, SHOWN)).astype(object)
        columns[name] = _whole_numbers(np.where(masks[name] == SHOWN, rounded[name], np.nan))
    for amount in amounts:
        idr = frame[amount.amount].to_numpy(dtype=float, na_value=np.nan)
        columns[amount.amount] = _whole_numbers(
            np.where(masks[amount.count] == SHOWN, _follow(idr, exact[amount.count], rounded[amount.count]), np.nan)
        )
    return frame.assign(**columns), pd.DataFrame(masks, index=frame.index, columns=list(counts))


def _follow(idr: np.ndarray, count: np.ndarray, rounded: np.ndarray) -> np.ndarray:
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled = np.where(count > 0, idr / count * rounded, idr)
    return np.round(scaled / ROUND_IDR_TO) * ROUND_IDR_TO


def _whole_numbers(values: np.ndarray) -> pd.arrays.IntegerArray:
    absent = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(absent, 0, values).astype("int64"), absent)


def _mask_a_second_part(whole: Whole, exact: dict, is_small: dict, is_hidden: dict) -> None:
    if len(whole.parts) > MOST_MASKED_PARTS:
        return
    gone = np.array([is_small[part] | is_hidden[part] for part in whole.parts])
    values = np.array([exact[part] for part in whole.parts])
    alone = gone.sum(axis=0) == 1
    candidates = np.where(gone | np.isnan(values), np.inf, values)
    second = candidates.argmin(axis=0)
    for position, part in enumerate(whole.parts):
        is_hidden[part] |= alone & (second == position) & np.isfinite(candidates[position])
