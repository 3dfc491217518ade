"""Sampling variances of rates made steady: what an area's own few households say about its variance is mostly noise.

The Fay-Herriot model takes the sampling variances for known. With two clusters and eight households an area's own
estimate has one degree of freedom, and is zero wherever all answers are alike; pooled over areas it is still too small
by a quarter. So it is replaced by p (1 - p) / n_eff, with p predicted by the covariates and n_eff from one correlation
within clusters, pooled over all areas, and each area's own weights.
"""

from dataclasses import dataclass

import numpy as np

from queries.stats.errors import StatisticsError

LEAST_RATE = 0.02


@dataclass(frozen=True)
class EffectiveCounts:
    """`count` (D,) is n_eff, 0 for an area without a row in the denominator; `deff` (D,) its rows over n_eff, else NaN.

    `correlation` is within clusters, pooled; `is_estimated` is False where no area has two clusters to learn it from.
    `dispersion` is the variance of a row about its prediction, over p (1 - p): 1 where a row is one unit.
    """

    count: np.ndarray
    deff: np.ndarray
    correlation: float
    is_estimated: bool
    dispersion: float


def predict_rates(rate: np.ndarray, count: np.ndarray, X: np.ndarray) -> np.ndarray:
    """Return the rates that the covariates X (D, p) predict in every area: least squares weighted by `count` (D,).

    Areas with count 0 or a rate that is not finite take no part but are predicted. The answer lies between 0.02 and
    0.98, so that no variance p (1 - p) / n can come near zero where a straight line leaves the unit interval.
    Raises StatisticsError: shape_mismatch, too_few_areas, not_finite (X).
    """
    rate, count, X = np.asarray(rate, float), np.asarray(count, float), np.asarray(X, float)
    if X.ndim != 2 or rate.shape != (len(X),) or count.shape != (len(X),):
        raise StatisticsError("shape_mismatch", rate=rate.shape, count=count.shape, X=X.shape)
    if not np.isfinite(X).all():
        raise StatisticsError("not_finite", name="X", position=int(np.argwhere(~np.isfinite(X))[0][0]))
    is_used = np.isfinite(rate) & (count > 0)
    if is_used.sum() <= X.shape[1]:
        raise StatisticsError("too_few_areas", areas=int(is_used.sum()), covariates=X.shape[1])
    root = np.sqrt(count[is_used])
    beta = np.linalg.lstsq(X[is_used] * root[:, None], rate[is_used] * root, rcond=None)[0]
    return np.clip(X @ beta, LEAST_RATE, 1 - LEAST_RATE)


def effective_counts(
    numerator: np.ndarray, denominator: np.ndarray, weight: np.ndarray, area: np.ndarray, cluster: np.ndarray,
    predicted: np.ndarray,
) -> EffectiveCounts:
    """Return every area's effective number of households, from its weights and one correlation within clusters.

    One row per sampled household: `numerator` <= `denominator`, `weight` > 0, `area` 0..D-1 (or -1: left out),
    `cluster` a code that no two areas share. `predicted` (D,) are rates strictly between 0 and 1. A weighted mean of
    rows that share a correlation rho within clusters has the variance
    p (1 - p) [(1 - rho) sum of w^2 + rho sum over clusters of (sum of w)^2] / (sum of w)^2: Kish's formula as Gabler,
    Haeder and Lahiri (1999) justify it. rho comes from the one-way analysis of variance of standardised residuals,
    clusters within areas, pooled; it may be negative (to hold it to zero would bias every variance upwards), down to
    -1 / (b - 1) for the largest cluster of b rows. A row of several units (pupils) weighs by its units and is one
    row. Raises StatisticsError: shape_mismatch, not_finite, weight_not_positive, no_variance (no row in a denominator).
    """
    numerator, denominator, weight, predicted = (
        np.asarray(given, float) for given in (numerator, denominator, weight, predicted)
    )
    area, cluster = np.asarray(area), np.asarray(cluster)
    _require_shape(numerator, denominator=denominator, weight=weight, area=area, cluster=cluster)
    for name, given in (("numerator", numerator), ("denominator", denominator), ("predicted", predicted)):
        if not np.isfinite(given).all():
            raise StatisticsError("not_finite", name=name, position=int(np.flatnonzero(~np.isfinite(given))[0]))
    if not (weight > 0).all():
        raise StatisticsError("weight_not_positive", position=int(np.flatnonzero(~(weight > 0))[0]))
    rows = (denominator > 0) & (area >= 0)
    if not rows.any():
        raise StatisticsError("no_variance", rows=0)
    areas, area = len(predicted), area[rows]
    units = denominator[rows]
    weight = weight[rows] * units
    rate = predicted[area]
    residual = (numerator[rows] / units - rate) / np.sqrt(rate * (1 - rate))
    code, first, of_cluster = np.unique(cluster[rows], return_index=True, return_inverse=True)
    area_of_cluster = area[first]

    between, within, is_estimated = _components(residual, area, of_cluster, area_of_cluster, areas)
    total = between + within
    lowest = -1 / max(int(np.bincount(of_cluster).max()) - 1, 1)
    correlation = float(np.clip(between / total, 0.9 * lowest, 1)) if total > 0 else 0.0
    dispersion = 1.0 if (units == 1).all() or total <= 0 else float(total)
    weight_sum = np.bincount(area, weight, areas)
    square_sum = np.bincount(area, weight**2, areas)
    cluster_sum = np.bincount(area_of_cluster, np.bincount(of_cluster, weight, len(code)) ** 2, areas)
    spread = dispersion * ((1 - correlation) * square_sum + correlation * cluster_sum)
    count = np.divide(weight_sum**2, spread, out=np.zeros(areas), where=weight_sum > 0)
    deff = np.divide(np.bincount(area, minlength=areas), count, out=np.full(areas, np.nan), where=count > 0)
    return EffectiveCounts(count, deff, correlation, is_estimated, dispersion)


def unexplained_share(
    numerator: np.ndarray, denominator: np.ndarray, area: np.ndarray, predicted: np.ndarray, cell: np.ndarray
) -> float:
    """Return the share (0..1) of the households' variance that the register's own records of them leave open.

    One row per sampled household, also outside the denominator; `cell` is an int code of what the register says of it
    (eligible by the rule or not, receiving or not, not registered). With z = numerator - p denominator, the share is
    the mean square of z about its cell's mean, over its mean square. 1 where z does not vary or no degree of freedom
    is left. Raises StatisticsError: shape_mismatch, not_finite.
    """
    numerator, denominator, predicted = (np.asarray(given, float) for given in (numerator, denominator, predicted))
    area, cell = np.asarray(area), np.asarray(cell)
    _require_shape(numerator, denominator=denominator, area=area, cell=cell)
    rows = area >= 0
    z = numerator[rows] - predicted[area[rows]] * denominator[rows]
    if not np.isfinite(z).all():
        raise StatisticsError("not_finite", name="numerator", position=int(np.flatnonzero(rows)[~np.isfinite(z)][0]))
    _, of_cell = np.unique(cell[rows], return_inverse=True)
    cells = int(of_cell.max()) + 1 if len(z) else 0
    square = float(np.sum(z**2))
    if len(z) <= cells or square == 0:
        return 1.0
    mean = np.bincount(of_cell, z) / np.bincount(of_cell)
    left = float(np.sum((z - mean[of_cell]) ** 2)) / (len(z) - cells)
    return float(np.clip(left / (square / len(z)), 0, 1))


def finite_population_variances(
    predicted: np.ndarray, population_count: np.ndarray, unexplained: float
) -> np.ndarray:
    """Return k p (1 - p) / M of areas (m,): by how much an area's own rate differs from the model's by chance.

    An area's rate is the mean over its M units (eligible households, recipients), each a chance of p. A model knows p;
    the rate of 30 units can differ from it by 0.08. Covariates from a register of the same households know part of
    that chance: k (`unexplained`) is what they leave open. The answer is the `known_effect` of fay_herriot.fit.
    Raises StatisticsError: as `rate_variances`.
    """
    return unexplained * rate_variances(predicted, population_count)


def rate_variances(
    predicted: np.ndarray, count: np.ndarray, sampled_share: np.ndarray | None = None, spread: float = 0.0
) -> np.ndarray:
    """Return (1 - f) (p (1 - p) - A) / n_eff of areas (m,): positive and finite.

    `sampled_share` is f, the share of the area's households that are in the sample; it is held to 0..0.95, since an
    area that was asked in full still has answers that err. None takes f = 0. `spread` is A, the variance of true rates
    about the predicted ones: the mean of theta (1 - theta) is p (1 - p) - A, of which at least half is kept. Without
    it variances are too large, and the A that a model finds beside them too small; with it, fit, take A, and fit again.
    Raises StatisticsError: shape_mismatch, rate_out_of_bounds (not strictly between 0 and 1), count_not_positive.
    """
    predicted, count = np.asarray(predicted, float), np.asarray(count, float)
    sampled_share = np.zeros(len(predicted)) if sampled_share is None else np.asarray(sampled_share, float)
    _require_shape(predicted, count=count, sampled_share=sampled_share)
    if not np.isfinite(sampled_share).all():
        raise StatisticsError("not_finite", name="sampled_share", position=int(np.argmin(np.isfinite(sampled_share))))
    wrong = np.flatnonzero(~((predicted > 0) & (predicted < 1)))
    if wrong.size:
        raise StatisticsError("rate_out_of_bounds", position=int(wrong[0]), rate=float(predicted[wrong[0]]))
    wrong = np.flatnonzero(~((count > 0) & np.isfinite(count)))
    if wrong.size:
        raise StatisticsError("count_not_positive", position=int(wrong[0]), count=float(count[wrong[0]]))
    single = predicted * (1 - predicted)
    return (1 - np.clip(sampled_share, 0, 0.95)) * np.maximum(single - spread, single / 2) / count


def _components(
    residual: np.ndarray, area: np.ndarray, of_cluster: np.ndarray, area_of_cluster: np.ndarray, areas: int
) -> tuple[float, float, bool]:
    """Return the variance between clusters (within areas), the one within clusters, and whether the first is learnt."""
    clusters = len(area_of_cluster)
    size = np.bincount(of_cluster, minlength=clusters)
    mean = np.bincount(of_cluster, residual, clusters) / size
    within_df = len(residual) - clusters
    within = float(np.sum((residual - mean[of_cluster]) ** 2)) / within_df if within_df > 0 else np.nan
    area_size = np.bincount(area, minlength=areas)
    area_mean = np.bincount(area, residual, areas) / np.maximum(area_size, 1)
    between_df = int(np.sum(np.maximum(np.bincount(area_of_cluster, minlength=areas) - 1, 0)))
    if between_df == 0 or within_df == 0:
        # One cluster per area, or one row per cluster: the two cannot be told apart, and are not made up.
        return 0.0, float(np.mean(residual**2)), False
    square = float(np.sum(size * (mean - area_mean[area_of_cluster]) ** 2)) / between_df
    squared_sizes = np.bincount(area_of_cluster, size.astype(float) ** 2, areas)
    typical = (len(residual) - np.sum(squared_sizes / np.maximum(area_size, 1))) / between_df
    return (square - within) / typical, within, True


def _require_shape(first: np.ndarray, **others: np.ndarray) -> None:
    if first.ndim != 1 or any(other.shape != first.shape for other in others.values()):
        raise StatisticsError("shape_mismatch", first=first.shape, **{name: o.shape for name, o in others.items()})
