"""Intervals of proportions from simple and complex samples, and the reliability class that an interval earns."""

import numpy as np
from scipy.special import betaincinv, ndtri, stdtrit

from queries.stats.errors import StatisticsError

# Parker et al. (2017), with the ends of 5 and 30 points counted as within.
LEAST_SAMPLE = 30
NARROW, WIDEST_SHOWN = 0.05, 0.30
WIDEST_RELATIVE = 1.30


def wilson_interval(p: np.ndarray, count: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the score interval of Wilson (1927) for proportions `p` of `count` independent answers, shape (n,).

    `count` may be an effective size and need not be whole. Where it is 0 nothing is known: (0, 1); where `p` is NaN and
    `count` 0 there is no estimate and both ends are NaN. Raises StatisticsError: bad_level, bad_proportion, bad_size.
    """
    p, count = _check(p, count, level)
    z = ndtri(0.5 + level / 2)
    with np.errstate(divide="ignore"):
        u = np.where(count > 0, z**2 / count, np.inf)
    # Multiplied out by 1 / (1 + u), so that an endless u gives the whole of (0, 1) and not inf / inf.
    share = np.where(np.isinf(u), 1.0, u / (1 + np.where(np.isinf(u), 0, u)))
    centre = p * (1 - share) + share / 2
    half = np.sqrt(p * (1 - p) * share * (1 - share) + share**2 / 4)
    return np.clip(centre - half, 0, 1), np.clip(centre + half, 0, 1)


def clopper_pearson_interval(p: np.ndarray, count: np.ndarray, level: float = 0.95) -> tuple[np.ndarray, np.ndarray]:
    """Return the exact binomial interval (Clopper and Pearson 1934), shape (n,), by quantiles of beta distributions.

    `p * count` successes of `count`, neither of which needs to be whole. The lower end of no success is 0, the upper of
    nothing but successes 1; `count` 0 gives (0, 1), and NaN where `p` is NaN too. Raises as `wilson_interval`.
    """
    p, count = _check(p, count, level)
    tail = (1 - level) / 2
    hits, misses = p * count, (1 - p) * count
    lower, upper = np.where(np.isnan(p), np.nan, 0.0), np.where(np.isnan(p), np.nan, 1.0)
    is_some = hits > 0
    lower[is_some] = betaincinv(hits[is_some], misses[is_some] + 1, tail)
    is_some = misses > 0
    upper[is_some] = betaincinv(hits[is_some] + 1, misses[is_some], 1 - tail)
    return lower, upper


def korn_graubard_interval(
    p: np.ndarray, effective_count: np.ndarray, sample_count: np.ndarray, df: np.ndarray, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray]:
    """Return the interval of Korn and Graubard (1998) for proportions of a complex sample, shape (n,).

    The Clopper-Pearson interval of the effective size n* = effective_count (t[n - 1] / t[df])^2, t the quantiles of
    Student's distribution at the level, n = sample_count. n* is capped at n (Parker et al. 2017); R's
    svyciprop(method="beta") has the same n and df (those of the domain's rows) but, in survey 4.1, no cap, so that
    it is the narrower of the two where the design is better than a simple random sample.

    Where all answers are alike, `effective_count` is n (design effect 1, `ratio_estimates` gives it so) or n divided by
    a design effect pooled over other domains. Where df is 0 (one cluster in each stratum) nothing is known of the
    variance between clusters, and the interval is (0, 1). Without a sample (n = 0) both ends are NaN.
    Raises as `wilson_interval`.
    """
    p, effective_count, sample_count, df = np.broadcast_arrays(
        *(np.atleast_1d(np.asarray(values, dtype=float)) for values in (p, effective_count, sample_count, df))
    )
    p, effective_count = _check(p, effective_count, level)
    if not (np.isfinite(sample_count) & (sample_count >= 0) & np.isfinite(df) & (df >= 0)).all():
        raise StatisticsError("bad_size")
    adjusted = np.minimum(effective_count * t_ratio(sample_count, df, level) ** 2, sample_count)
    return clopper_pearson_interval(p, adjusted, level)


def t_ratio(sample_count: np.ndarray, df: np.ndarray, level: float) -> np.ndarray:
    """Return t[n - 1] / t[df]: how much wider the few clusters make the interval; 0 without degrees of freedom."""
    tail = 0.5 + level / 2
    many = stdtrit(np.maximum(np.asarray(sample_count, dtype=float) - 1, 1), tail)
    few = stdtrit(np.maximum(np.asarray(df, dtype=float), 1), tail)
    return np.where(np.asarray(df) < 1, 0.0, many / few)


def reliability(estimate: np.ndarray, lower: np.ndarray, upper: np.ndarray, sample_count: np.ndarray) -> np.ndarray:
    """Return "reliable", "caution" or "not_shown" for each proportion, shape (n,), by the width of its 95 % interval.

    Parker et al. (2017, Vital Health Stat 2(175)), the same for a rate and its complement:
    - not_shown: fewer than 30 in the sample (give the smaller of sample and effective size, as the source asks for
      both), or wider than 30 points, or wider than 5 points and than 130 % of the smaller of p and 1 - p;
    - reliable: 5 points wide or less;
    - caution: the rest, shown with its interval.
    The source judges p and 1 - p one by one; a page shows both, so that here both must pass. A rate of 0 or 1 has an
    endless relative width: it is shown only up to 5 points. Where an end is NaN there is nothing to show: not_shown.
    """
    estimate, lower, upper, sample_count = (
        np.asarray(values, dtype=float) for values in (estimate, lower, upper, sample_count)
    )
    # A tenth of a millionth of a point: 0.35 - 0.05 is not 0.30 in binary, and 1 - p not the mirror of p.
    slack = 1e-9
    width = upper - lower
    is_narrow = width <= NARROW + slack
    is_relative = width <= WIDEST_RELATIVE * np.minimum(estimate, 1 - estimate) + slack
    is_shown = (sample_count >= LEAST_SAMPLE) & (width <= WIDEST_SHOWN + slack) & (is_narrow | is_relative)
    return np.where(is_shown, np.where(is_narrow, "reliable", "caution"), "not_shown")


def _check(p: np.ndarray, count: np.ndarray, level: float) -> tuple[np.ndarray, np.ndarray]:
    if not 0 < level < 1:
        raise StatisticsError("bad_level", level=level)
    p, count = np.broadcast_arrays(*(np.atleast_1d(np.asarray(values, dtype=float)) for values in (p, count)))
    is_bad = ~(np.isfinite(count) & (count >= 0))
    if is_bad.any():
        raise StatisticsError("bad_size", row=int(np.argmax(is_bad)))
    # A rate computed as a ratio of two sums may miss 1 by a rounding.
    is_bad = ~((p >= 0) & (p <= 1 + 1e-12)) & ~(np.isnan(p) & (count == 0))
    if is_bad.any():
        raise StatisticsError("bad_proportion", row=int(np.argmax(is_bad)))
    return np.minimum(p, 1.0), count
