"""Joint confidence intervals of ranks, the honest form of a league table (Klein, Wright and Wieczorek 2020)."""

from typing import Literal

import numpy as np
from scipy.special import ndtri

from queries.stats.errors import StatisticsError

Correction = Literal["independent", "bonferroni"]


def joint_rank_intervals(
    estimate: np.ndarray, se: np.ndarray, level: float = 0.95, correction: Correction = "independent"
) -> tuple[np.ndarray, np.ndarray]:
    """Return the lowest and the highest rank of each area, ints of shape (K,), rank 1 for the largest true value.

    With probability `level` or more all K true ranks lie in their intervals at once. From simultaneous intervals
    estimate +- z se, an area's rank is at least 1 + the number of areas that lie wholly above it, and at most K less
    the number that lie wholly below it (Klein, Wright and Wieczorek 2020, JRSS C 69, 589-606; an end that touches
    counts as apart, as there). "independent" takes each interval at level^(1/K), which holds for independent
    estimates; "bonferroni" at 1 - (1 - level)/K, which holds for any, such as estimates of one model or ones that were
    benchmarked together. Two areas whose intervals overlap are not told apart, and that is not transitive: there are no
    groups.

    An area without an estimate, or whose se is NaN or 0 (no sample; one answer for all), may be anywhere: its ranks are
    1 to K, and it may move those of all others by one. Leave such areas out to rank the rest among themselves. They do
    not count in the correction.

    Raises StatisticsError: shape_mismatch, bad_level, bad_correction, negative_se, infinite_value.
    """
    estimate, se = np.asarray(estimate, dtype=float), np.asarray(se, dtype=float)
    if estimate.shape != se.shape or estimate.ndim != 1:
        raise StatisticsError("shape_mismatch", shape=se.shape, expected=estimate.shape)
    if not 0 < level < 1:
        raise StatisticsError("bad_level", level=level)
    for code, is_bad in (("negative_se", se < 0), ("infinite_value", np.isinf(estimate) | np.isinf(se))):
        if is_bad.any():
            raise StatisticsError(code, row=int(np.argmax(is_bad)))

    is_known = ~np.isnan(estimate) & (se > 0)
    half = critical_value(int(is_known.sum()), level, correction) * np.where(is_known, se, np.nan)
    lower = np.where(is_known, estimate - half, -np.inf)
    upper = np.where(is_known, estimate + half, np.inf)
    # An error too small for the estimate's digits leaves one point, and two such points would lie above each other.
    upper = np.maximum(upper, np.nextafter(lower, np.inf))
    area_count = len(estimate)
    # L < U for every area, so that none is counted above or below itself.
    above = area_count - np.searchsorted(np.sort(lower), upper, side="left")
    below = np.searchsorted(np.sort(upper), lower, side="right")
    return 1 + above, area_count - below


def critical_value(area_count: int, level: float, correction: Correction) -> float:
    """Return z such that `area_count` intervals estimate +- z se hold at once with probability `level` or more."""
    if correction not in ("independent", "bonferroni"):
        raise StatisticsError("bad_correction", correction=correction)
    areas = max(area_count, 1)
    # 1 - level^(1/K), written so that it keeps its digits for thousands of areas.
    miss = -np.expm1(np.log(level) / areas) if correction == "independent" else (1 - level) / areas
    return float(-ndtri(miss / 2))
