"""Targeting measures on lists of persons or households: who is poor, who receives, how much, and what it changes.

Arrays have one entry for each person (or household), shape (n,); `weights` say how many each stands for (1 where they
are left out), so multiplying all of them by one number changes nothing. A measure whose denominator is zero does not
apply: it is None, never a zero. Every function raises StatisticsError `lengths_differ`, `bad_weights` (missing,
negative or all zero) and `bad_values` (missing or negative).

Sources: Coady, Grosh and Hoddinott (2004), Targeting of Transfers in Developing Countries, chapter 2; Ravallion (2009),
How Relevant Is Targeting to the Success of an Antipoverty Program?, World Bank Research Observer 24(2); Grosh, Leite,
Wai-Poi and Tesliuc (2022), Revisiting Targeting in Social Assistance, chapter 7; Cohen (1960); the indicators of the
World Bank's ASPIRE.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from queries.stats.errors import StatisticsError


class Cells(NamedTuple):
    """The weighted fourfold table of need and receipt."""

    reached: float
    gap: float
    leak: float
    other: float


def targeting_cells(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> Cells:
    """Return how many are poor and receive, are poor and do not, receive and are not poor, and neither."""
    (poor, receives), weights = _aligned(weights, poor=poor, receives=receives)
    is_poor, is_in = poor != 0, receives != 0
    return Cells(*(
        float(weights[cell].sum())
        for cell in (is_poor & is_in, is_poor & ~is_in, ~is_poor & is_in, ~is_poor & ~is_in)
    ))  # fmt: skip


def exclusion_error(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return the share of the poor who do not receive (Coady, Grosh and Hoddinott 2004); None when nobody is poor."""
    cells = targeting_cells(poor, receives, weights)
    return _ratio(cells.gap, cells.reached + cells.gap)


def inclusion_error(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return the share of the recipients who are not poor (as above); None when nobody receives."""
    cells = targeting_cells(poor, receives, weights)
    return _ratio(cells.leak, cells.reached + cells.leak)


def targeting_differential(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return coverage of the poor minus coverage of the others (Ravallion 2009); None when one of the two is nobody."""
    cells = targeting_cells(poor, receives, weights)
    of_poor = _ratio(cells.reached, cells.reached + cells.gap)
    of_others = _ratio(cells.leak, cells.leak + cells.other)
    return None if of_poor is None or of_others is None else of_poor - of_others


def error_differential(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return 1 - exclusion error - inclusion error, the differential of Grosh and others (2022), tables 7.3 and 7.4.

    None where one of the errors does not apply. It is another quantity than Ravallion's, under the same name there.
    """
    exclusion, inclusion = exclusion_error(poor, receives, weights), inclusion_error(poor, receives, weights)
    return None if exclusion is None or inclusion is None else 1 - exclusion - inclusion


def targeting_success_rate(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> float:
    """Return the share who are where they should be: poor and receiving, or neither."""
    cells = targeting_cells(poor, receives, weights)
    return (cells.reached + cells.other) / sum(cells)


def kappa(poor: ArrayLike, receives: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return Cohen's (1960) agreement of need and receipt beyond chance; None where chance alone agrees always."""
    cells = targeting_cells(poor, receives, weights)
    total = sum(cells)
    is_poor, is_in = (cells.reached + cells.gap) / total, (cells.reached + cells.leak) / total
    by_chance = is_poor * is_in + (1 - is_poor) * (1 - is_in)
    return _ratio((cells.reached + cells.other) / total - by_chance, 1 - by_chance)


def cgh_index(amount: ArrayLike, is_poorest: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return the share of the benefits that goes to the poorest, divided by their share of the population.

    Coady, Grosh and Hoddinott (2004): 1 is what a lottery gives, above 1 is progressive. `amount` is what each
    receives, or 0 and 1 where amounts are not known. None when nothing is given or nobody is among the poorest.
    """
    (amount, is_poorest), weights = _aligned(weights, amount=amount, is_poorest=is_poorest)
    poorest = is_poorest != 0
    share = _ratio((weights * amount)[poorest].sum(), (weights * amount).sum())
    return None if share is None else _ratio(share, weights[poorest].sum() / weights.sum())


def poverty_headcount(welfare: ArrayLike, line: float, weights: ArrayLike | None = None) -> float:
    """Return the share whose welfare is below the line; who stands on the line is not poor."""
    (welfare,), weights = _aligned(weights, welfare=welfare)
    return float(weights[welfare < line].sum() / weights.sum())


def poverty_gap(welfare: ArrayLike, line: float, weights: ArrayLike | None = None) -> float:
    """Return the sum of what the poor lack to the line, in the unit of `welfare`."""
    (welfare,), weights = _aligned(weights, welfare=welfare)
    return float((weights * np.maximum(0, line - welfare)).sum())


def poverty_gap_reduction(
    welfare: ArrayLike, transfer: ArrayLike, line: float, weights: ArrayLike | None = None
) -> float | None:
    """Return the share of the poverty gap that the transfers close; None when there is no gap."""
    before, after = _gaps(welfare, transfer, line, weights)
    return _ratio(before - after, before)


def cost_benefit(
    welfare: ArrayLike, transfer: ArrayLike, line: float, weights: ArrayLike | None = None
) -> float | None:
    """Return the fall of the poverty gap for each rupiah transferred, 0 to 1; None when nothing is transferred.

    Neither what goes to the others nor what lifts a poor person past the line counts.
    """
    before, after = _gaps(welfare, transfer, line, weights)
    (transfer,), weights = _aligned(weights, transfer=transfer)
    return _ratio(before - after, float((weights * transfer).sum()))


def gini(welfare: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return the Gini coefficient, the mean absolute difference of all pairs over twice the mean; None without any."""
    (welfare,), weights = _aligned(weights, welfare=welfare)
    order = np.argsort(welfare, kind="stable")
    sorted_welfare, sorted_weights = welfare[order], weights[order]
    below = np.cumsum(sorted_weights) - sorted_weights
    above = weights.sum() - below - sorted_weights
    # Each pair counts once as the larger less the smaller; a person stands above those before and below those after.
    differences = (sorted_weights * sorted_welfare * (below - above)).sum()
    return _ratio(float(differences), float(weights.sum() * (weights * welfare).sum()))


def beneficiary_incidence(
    receives: ArrayLike, class_of: ArrayLike, class_count: int, weights: ArrayLike | None = None
) -> np.ndarray | None:
    """Return each class's share of the beneficiaries, shape (class_count,); None when nobody receives.

    `class_of` holds whole numbers from 0 to class_count - 1; StatisticsError `bad_class` otherwise.
    """
    (receives, class_of), weights = _aligned(weights, receives=receives, class_of=class_of)
    return _shares((receives != 0) * weights, class_of, class_count)


def benefit_incidence(
    amount: ArrayLike, class_of: ArrayLike, class_count: int, weights: ArrayLike | None = None
) -> np.ndarray | None:
    """Return each class's share of what is given, shape (class_count,), classes as above; None when nothing is."""
    (amount, class_of), weights = _aligned(weights, amount=amount, class_of=class_of)
    return _shares(amount * weights, class_of, class_count)


def adequacy(transfer: ArrayLike, welfare: ArrayLike, weights: ArrayLike | None = None) -> float | None:
    """Return what beneficiaries receive over their whole welfare, the transfer included (ASPIRE); None without any."""
    (transfer, welfare), weights = _aligned(weights, transfer=transfer, welfare=welfare)
    is_in = transfer > 0
    return _ratio(float((weights * transfer)[is_in].sum()), float((weights * welfare)[is_in].sum()))


def _gaps(welfare: ArrayLike, transfer: ArrayLike, line: float, weights: ArrayLike | None) -> tuple[float, float]:
    (welfare, transfer), weights = _aligned(weights, welfare=welfare, transfer=transfer)
    return poverty_gap(welfare, line, weights), poverty_gap(welfare + transfer, line, weights)


def _shares(amounts: np.ndarray, class_of: np.ndarray, class_count: int) -> np.ndarray | None:
    codes = class_of.astype("int64")
    if (codes != class_of).any() or (codes < 0).any() or (codes >= class_count).any():
        raise StatisticsError("bad_class", class_count=class_count)
    total = amounts.sum()
    return np.bincount(codes, amounts, class_count) / total if total > 0 else None


def _aligned(weights: ArrayLike | None, **columns: ArrayLike) -> tuple[list[np.ndarray], np.ndarray]:
    arrays = {name: np.asarray(values, dtype=float) for name, values in columns.items()}
    length = next(iter(arrays.values())).shape
    weight = np.ones(length) if weights is None else np.asarray(weights, dtype=float)
    if len(length) != 1 or any(array.shape != length for array in (*arrays.values(), weight)):
        raise StatisticsError("lengths_differ", columns=", ".join(columns))
    if not np.isfinite(weight).all() or (weight < 0).any() or not weight.any():
        raise StatisticsError("bad_weights", columns=", ".join(columns))
    for name, array in arrays.items():
        if not np.isfinite(array).all() or (array < 0).any():
            raise StatisticsError("bad_values", column=name)
    return list(arrays.values()), weight


def _ratio(numerator: float, denominator: float) -> float | None:
    return float(numerator / denominator) if denominator else None
