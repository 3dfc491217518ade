"""A Fay-Herriot model of areas and their classes: what an area's classes have in common is estimated from all of them.

y_kc = b_c + u_k + w_kc + e_kc, u_k ~ N(0, A), w_kc ~ N(0, B), the e_kc normal with variance D_kc + S_k and covariance
S_k between an area's classes, D and S known: the two-fold subarea model of Torabi and Rao (2014) where S = 0, with a
mean for each class and no other covariate. With one class it is the model of Fay and Herriot (1979).

Few areas say little of A and B, and a plug-in of nought would leave no doubt; so they are averaged over on a grid, by
their restricted likelihood and flat priors of sqrt(A + B), up to 0.5 (Gelman 2006), and of the share A / (A + B).
"""

from dataclasses import dataclass

import numpy as np

from queries.stats.errors import StatisticsError

_MOST_SD = 0.5
# Closer together near nought, where an answer changes most.
_SPREADS = _MOST_SD * np.linspace(0, 1, 20) ** 2
_SHARES = np.linspace(0, 1, 9)
_LEAST_SHARE = 1e-3


@dataclass(frozen=True)
class TwoFold:
    """Means and covariances given the answers, of k areas and d classes.

    `mean` (d,) is b with covariance `mean_cov` (d, d). `estimate` (k, d) is b + u + w of every area, also of classes
    or areas without an answer; its error is `load` (k, d, d) times that of the mean, and a rest of its own, independent
    between areas, with covariance `own_cov` (k, d, d). An area beyond the k has the mean, load 1 and `spread_cov`.
    `common_variance` and `own_variance` are the means of A and B.
    """

    mean: np.ndarray
    mean_cov: np.ndarray
    estimate: np.ndarray
    load: np.ndarray
    own_cov: np.ndarray
    spread_cov: np.ndarray
    common_variance: float
    own_variance: float


def fit_two_fold(
    y: np.ndarray, variances: np.ndarray, shared: np.ndarray | float = 0.0, spreads: np.ndarray = _SPREADS,
    shares: np.ndarray = _SHARES,
) -> TwoFold:
    """Fit the model to direct estimates y (k, d), their own sampling variances D (k, d) and the shared ones S (k,).

    NaN in `y` is no answer. `spreads` and `shares` are the values of sqrt(A + B) and of A / (A + B) to average over,
    ascending; one of each takes both variances for known. Raises StatisticsError: shape_mismatch,
    variance_not_positive (or S below 0), too_few_areas (a class without an answer, or no more answers than classes).
    """
    y, variances = np.asarray(y, float), np.asarray(variances, float)
    if y.ndim != 2 or variances.shape != y.shape:
        raise StatisticsError("shape_mismatch", y=y.shape, variances=variances.shape)
    known = np.isfinite(y)
    shared = np.broadcast_to(np.asarray(shared, float), len(y))
    if not ((variances > 0) & np.isfinite(variances))[known].all() or not (shared >= 0).all():
        raise StatisticsError("variance_not_positive", position=int(np.argmax(known & ~(variances > 0))))
    if not known.any(axis=0).all() or known.sum() <= y.shape[1]:
        raise StatisticsError("too_few_areas", areas=int(known.sum()), covariates=y.shape[1])
    precision = np.where(known, 1 / np.where(known, variances, 1.0), 0.0)
    answer = np.where(known, y, 0.0)
    spread, share_of_area = np.meshgrid(spreads, shares, indexing="ij")
    A, B = (spread**2 * share_of_area).ravel(), (spread**2 * (1 - share_of_area)).ravel()
    share = np.outer(_width(spreads), _width(shares)).ravel()
    height, mean, mean_cov = _means(answer, precision, shared, A, B)
    share = share * np.exp(height - height.max())
    share = share / share.sum()
    used = share >= _LEAST_SHARE * share.max()
    share = share[used] / share[used].sum()
    return _average(answer, precision, shared, A[used], B[used], mean[used], mean_cov[used], share)


def _width(grid: np.ndarray) -> np.ndarray:
    """Return the length that each point of a grid stands for: half of the way to its neighbours."""
    if len(grid) == 1:
        return np.ones(1)
    edges = np.concatenate([grid[:1], (grid[1:] + grid[:-1]) / 2, grid[-1:]])
    return np.diff(edges)


def _weights(
    precision: np.ndarray, shared: np.ndarray, A: np.ndarray, B: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return q (G, k, d) and c (G, k), of which an area's inverse covariance is diag(q) - c q q', 0 without an answer;
    and the logarithm of its determinant (G, k).
    """
    q = precision / (1 + B[:, None, None] * precision)
    common = A[:, None] + shared
    grown = 1 + common * q.sum(axis=2)
    return q, common / grown, np.log(grown) - np.log(np.where(q > 0, q, 1.0)).sum(axis=2)


def _means(
    answer: np.ndarray, precision: np.ndarray, shared: np.ndarray, A: np.ndarray, B: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the logarithm of the restricted likelihood (G,), the classes' means (G, d) and their covariance."""
    q, c, log_det = _weights(precision, shared, A, B)
    by_class = q.sum(axis=1)
    information = by_class[:, :, None] * np.eye(answer.shape[1]) - np.einsum("gk,gki,gkj->gij", c, q, q)
    total = np.einsum("gkd,kd->gk", q, answer)
    right = np.einsum("gkd,kd->gd", q, answer) - np.einsum("gk,gkd->gd", c * total, q)
    covariance = np.linalg.inv(information)
    mean = np.einsum("gij,gj->gi", covariance, right)
    square = np.einsum("gkd,kd->g", q, answer**2) - (c * total**2).sum(axis=1) - (mean * right).sum(axis=1)
    return -0.5 * (log_det.sum(axis=1) + np.linalg.slogdet(information)[1] + square), mean, covariance


def _average(
    answer: np.ndarray, precision: np.ndarray, shared: np.ndarray, A: np.ndarray, B: np.ndarray, mean: np.ndarray,
    mean_cov: np.ndarray, share: np.ndarray,
) -> TwoFold:
    count = answer.shape[1]
    unit = np.eye(count)
    q, c, _ = _weights(precision, shared, A, B)
    inverse = q[..., None] * unit - c[..., None, None] * q[..., :, None] * q[..., None, :]
    spread = A[:, None, None] + B[:, None, None] * unit
    gain = spread[:, None] @ inverse
    load = unit - gain
    estimate = mean[:, None] + (gain @ (answer - mean[:, None])[..., None])[..., 0]
    middle, middle_mean = np.einsum("g,gkd->kd", share, estimate), share @ mean
    apart, mean_apart = estimate - middle, mean - middle_mean
    middle_cov = np.einsum("g,gij->ij", share, mean_cov + mean_apart[:, :, None] * mean_apart[:, None, :])
    middle_load = np.einsum("g,gkij->kij", share, load)
    of_mean = load @ mean_cov[:, None] @ load.swapaxes(2, 3)
    own = spread[:, None] - gain @ spread[:, None]
    whole = np.einsum("g,gkij->kij", share, own + of_mean + apart[..., :, None] * apart[..., None, :])
    rest = whole - middle_load @ middle_cov @ middle_load.swapaxes(1, 2)
    return TwoFold(
        middle_mean, middle_cov, middle, middle_load, rest, np.einsum("g,gij->ij", share, spread), float(share @ A),
        float(share @ B),
    )
