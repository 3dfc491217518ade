"""Many Fay-Herriot fits of the same areas at once, for parametric bootstraps: one row of y per replicate."""

import numpy as np

from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import FayHerriot

_STEPS = 60
_TOLERANCE = 1e-6
_LONGEST_STEP = 2.0


def draw_replicates(
    model: FayHerriot, variances: np.ndarray, X: np.ndarray, is_sampled: np.ndarray, replicates: int, seed: int,
    known_effect: np.ndarray | float = 0.0,
) -> tuple[np.ndarray, np.ndarray]:
    """Return true values (B, D) and direct estimates (B, m) drawn from the fitted model.

    X (D, p) and `known_effect` (D,) belong to all areas; `is_sampled` (D,) marks the m of them that `variances` (m,)
    belong to.
    """
    rng = np.random.default_rng(seed)
    spread = np.sqrt(model.variance_component + known_effect)
    truth = X @ model.beta + spread * rng.standard_normal((replicates, len(X)))
    direct = truth[:, is_sampled] + np.sqrt(variances) * rng.standard_normal((replicates, len(variances)))
    return truth, direct


def fit_replicates(
    direct: np.ndarray, variances: np.ndarray, X: np.ndarray, X_all: np.ndarray, is_sampled: np.ndarray,
    when_zero: str | None = None, known_effect: np.ndarray | float = 0.0,
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return variance components (B,), estimates (B, D) and shrinkage (B, D) of replicates `direct` (B, m) by REML.

    X (m, p) belongs to the sampled areas, X_all (D, p) and `known_effect` (D,) to all; an area without a sample gets
    x'beta and shrinkage 0.
    `when_zero="amrl"` fits again by Li and Lahiri (2010) where REML gives zero. Scoring stops after 60 steps at most:
    a replicate that has not settled by then keeps its last value. Raises StatisticsError: unknown_method.
    """
    if when_zero not in (None, "amrl"):
        raise StatisticsError("unknown_method", method="reml", when_zero=when_zero)
    effect = np.broadcast_to(np.asarray(known_effect, float), len(X_all))[is_sampled]
    unit = float(np.median(variances + effect))
    direct, sampling, variances = direct / np.sqrt(unit), variances / unit, (variances + effect) / unit
    basis, triangle = np.linalg.qr(X)
    a = _climb(direct, variances, basis, is_adjusted=False)
    is_zero = a == 0
    if when_zero == "amrl" and is_zero.any():
        a[is_zero] = _climb(direct[is_zero], variances, basis, is_adjusted=True)
    weight = 1 / (a[:, None] + variances)
    beta = _solve(direct, weight, basis)
    synthetic = beta @ np.linalg.solve(triangle.T, X_all.T)
    gamma = np.zeros_like(synthetic)
    gamma[:, is_sampled] = 1 - sampling * weight
    estimate = synthetic.copy()
    estimate[:, is_sampled] += gamma[:, is_sampled] * (direct - synthetic[:, is_sampled])
    return a * unit, estimate * np.sqrt(unit), gamma


def _climb(direct: np.ndarray, variances: np.ndarray, basis: np.ndarray, is_adjusted: bool) -> np.ndarray:
    """Score every replicate until it rests; the adjusted likelihood is climbed in log a, where it cannot reach zero."""
    columns = basis.shape[1]
    products = np.einsum("mp,mq->mpq", basis, basis).reshape(len(basis), columns**2)
    a = np.ones(len(direct))
    moving = np.arange(len(direct))
    for _ in range(_STEPS):
        at = a[moving]
        weight = 1 / (at[:, None] + variances)
        square = weight**2
        first, second, third = (
            (power @ products).reshape(-1, columns, columns) for power in (weight, square, square * weight)
        )
        hat = np.linalg.solve(first, second)
        rest = direct[moving] - _solve(direct[moving], weight, basis) @ basis.T
        trace = weight.sum(axis=1) - np.trace(hat, axis1=1, axis2=2)
        score = 0.5 * (np.sum(square * rest**2, axis=1) - trace)
        information = 0.5 * (
            square.sum(axis=1)
            - 2 * np.trace(np.linalg.solve(first, third), axis1=1, axis2=2)
            + np.einsum("bij,bji->b", hat, hat)
        )
        if is_adjusted:
            step = (1 + at * score) / (1 + at**2 * information)
            moved = at * np.exp(np.clip(step, -_LONGEST_STEP, _LONGEST_STEP))
        else:
            moved = np.maximum(0, at + score / information)
        a[moving] = moved
        moving = moving[np.abs(moved - at) > _TOLERANCE * np.maximum(at, _TOLERANCE)]
        if not moving.size:
            break
    return a


def _solve(direct: np.ndarray, weight: np.ndarray, basis: np.ndarray) -> np.ndarray:
    columns = basis.shape[1]
    products = np.einsum("mp,mq->mpq", basis, basis).reshape(len(basis), columns**2)
    normal = (weight @ products).reshape(-1, columns, columns)
    return np.linalg.solve(normal, ((weight * direct) @ basis)[..., None])[..., 0]
