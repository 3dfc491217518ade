"""The area-level model of Fay and Herriot (1979): estimates for areas whose own sample is too small to stand alone.

y_i = x_i'beta + v_i + e_i, v_i ~ N(0, A + c_i), e_i ~ N(0, D_i), with D_i known, and c_i too where it is given (it is
zero in the model of 1979; a small area's own rate differs from its model's by chance, queries/stats/smoothing.py). The
variance component A comes by restricted likelihood (`reml`), likelihood (`ml`), the moments of Fay and Herriot (`fh`),
or an adjusted likelihood that is never zero: Li and Lahiri (2010), L(A) A, restricted (`amrl`) or profile (`ampl`);
Yoshimori and Lahiri (2014), L(A) arctan(sum of A / (A + D_i))^(1/m), likewise (`amrl_yl`, `ampl_yl`). Every area's
estimate is then gamma_i y_i + (1 - gamma_i) x_i'beta with gamma_i = (A + c_i) / (A + c_i + D_i).

All work is on the m x p orthonormal basis of the weighted covariates: O(m p^2), and no m x m matrix.
"""

from dataclasses import dataclass, replace

import numpy as np
from scipy.optimize import brentq, minimize_scalar
from scipy.stats import norm

from queries.stats.errors import StatisticsError

METHODS = ("reml", "ml", "fh", "amrl", "ampl", "amrl_yl", "ampl_yl")
_RESTRICTED = ("reml", "amrl", "amrl_yl")
_COLLINEAR = 1e-9
_GRID_POINTS, _HALVINGS = 60, 30


@dataclass(frozen=True)
class FayHerriot:
    """A fitted model; arrays per area have shape (m,), per covariate (p,), all in the units of y (or their square).

    `method` is the one in force, `asked` the one that was asked for: they differ when the variance came out zero and
    `when_zero` named another. `synthetic` is x_i'beta, `random_effect` gamma_i (y_i - x_i'beta), `residuals`
    (y_i - x_i'beta) / sqrt(A + c_i + D_i), `leverage` the diagonal of the weighted hat matrix. `loglik`, `aic` and
    `bic` are of the likelihood of y at the estimates, also under REML, with p + 1 parameters, as R's sae reports them.
    """

    method: str
    asked: str
    variance_component: float
    variance_component_se: float
    beta: np.ndarray
    beta_se: np.ndarray
    beta_cov: np.ndarray
    eblup: np.ndarray
    mse: np.ndarray
    g1: np.ndarray
    g2: np.ndarray
    g3: np.ndarray
    gamma: np.ndarray
    synthetic: np.ndarray
    random_effect: np.ndarray
    residuals: np.ndarray
    leverage: np.ndarray
    loglik: float
    aic: float
    bic: float
    steps: int
    is_converged: bool

    def predict(self, X_new: np.ndarray, known_effect: np.ndarray | float = 0.0) -> tuple[np.ndarray, np.ndarray]:
        """Return estimate x'beta and MSE A + c + x'Cov(beta)x of areas without a sample; X_new (k, p), c (k,) or one.

        Raises StatisticsError: shape_mismatch, not_finite.
        """
        X_new = np.asarray(X_new, dtype=float)
        if X_new.ndim != 2 or X_new.shape[1] != len(self.beta):
            raise StatisticsError("shape_mismatch", name="X_new", shape=X_new.shape, columns=len(self.beta))
        _require_finite("X_new", X_new)
        of_beta = np.einsum("kp,pq,kq->k", X_new, self.beta_cov, X_new)
        return X_new @ self.beta, self.variance_component + known_effect + of_beta


@dataclass(frozen=True)
class _Problem:
    """y and D + c in units of their median, X with its columns at length one; D / (D + c) apart."""

    y: np.ndarray
    variances: np.ndarray
    sampling_share: np.ndarray
    X: np.ndarray
    method: str

    def at(self, a: float) -> "_Pass":
        weight = 1 / (a + self.variances)
        root = np.sqrt(weight)
        basis, triangle = np.linalg.qr(self.X * root[:, None])
        scaled = self.y * root
        projection = basis.T @ scaled
        # The projection is taken off twice: once leaves rounding of the size of a large mean of y.
        rest = scaled - basis @ projection
        correction = basis.T @ rest
        rest -= basis @ correction
        leverage = np.einsum("ij,ij->i", basis, basis)
        return _Pass(a, weight, basis, triangle, projection + correction, rest, leverage)


@dataclass(frozen=True)
class _Pass:
    """Weighted least squares at one value a of the variance component."""

    a: float
    weight: np.ndarray
    basis: np.ndarray
    triangle: np.ndarray
    projection: np.ndarray
    rest: np.ndarray  # sqrt(weight) (y - x'beta)
    leverage: np.ndarray

    def objective(self, method: str) -> float:
        """Return the logarithm of the method's likelihood, without constants."""
        value = 0.5 * np.log(self.weight).sum() - 0.5 * self.rest @ self.rest
        if method in _RESTRICTED:
            value -= np.log(np.abs(np.diag(self.triangle))).sum()
        return value + self._adjustment(method)[0]

    def score(self, method: str) -> float:
        """Return the derivative of the objective by a."""
        shared = self.weight * (1 - self.leverage) if method in _RESTRICTED else self.weight
        return 0.5 * (self.weight @ self.rest**2 - shared.sum()) + self._adjustment(method)[1]

    def information(self, method: str) -> float:
        """Return the expected information on a: half the trace of P P (restricted) or of V^-2."""
        square = self.weight**2
        if method not in _RESTRICTED:
            return 0.5 * square.sum()
        cross = self.basis.T @ (self.basis * self.weight[:, None])
        return 0.5 * (square @ (1 - 2 * self.leverage) + (cross**2).sum())

    def _adjustment(self, method: str) -> tuple[float, float]:
        if method in ("amrl", "ampl"):
            return np.log(self.a), 1 / self.a
        if method in ("amrl_yl", "ampl_yl"):
            shrinkage = self.a * self.weight
            total = shrinkage.sum()
            slope = (self.weight * (1 - shrinkage)).sum() / (1 + total**2) / np.arctan(total)
            return np.log(np.arctan(total)) / len(self.weight), slope / len(self.weight)
        return 0.0, 0.0


def fit(
    y: np.ndarray, variances: np.ndarray, X: np.ndarray, method: str = "reml", when_zero: str | None = None,
    known_effect: np.ndarray | None = None, tolerance: float = 1e-8, max_steps: int = 100,
) -> FayHerriot:
    """Fit the model to direct estimates y (m,), their sampling variances (m,) and covariates X (m, p).

    X holds its own column of ones; `known_effect` are the c_i (m,), at least 0. `when_zero="amrl"` (any adjusted
    method) fits again where the variance component comes out zero. A step smaller than `tolerance`, relative to the
    variance, ends the scoring; where it does not end within `max_steps`, a search on a grid does. Where y lies on the
    covariates exactly, as a constant y does, the variance component is zero.

    MSE: REML and `amrl_yl` g1 + g2 + 2 g3 (Prasad and Rao 1990; Datta and Lahiri 2000; Yoshimori and Lahiri 2014); the
    others take off the bias b of the variance, b (1 - gamma)^2: ML and `ampl_yl` as Datta and Lahiri (2000), `fh` as
    Datta, Rao and Smith (2005), `amrl` and `ampl` as Li and Lahiri (2010). Where that would leave less than g2 and
    the part of g1 that is not owed to A, those stand: the published forms can fall below zero when A is near it.

    Raises StatisticsError: unknown_method, shape_mismatch, not_finite (position), variance_not_positive (position;
    or a known effect below 0), too_few_areas (m <= p; m <= p + 2 for `amrl`), collinear_covariates (columns that
    earlier ones determine).
    """
    if method not in METHODS or (when_zero is not None and when_zero not in METHODS[3:]):
        raise StatisticsError("unknown_method", method=method, when_zero=when_zero)
    known_effect = np.zeros(np.shape(y)) if known_effect is None else known_effect
    y, variances, X, known_effect = _checked(y, variances, X, known_effect, method)
    # In units of the median variance neither huge nor tiny y can overflow a square.
    total = variances + known_effect
    unit = float(np.median(total))
    lengths = np.linalg.norm(X, axis=0)
    problem = _Problem(y / np.sqrt(unit), total / unit, variances / total, X / lengths, method)
    if method == "fh":
        a, steps, is_converged = _solve_moments(problem, tolerance, max_steps)
    elif method in ("reml", "ml"):
        a, steps, is_converged = _score(problem, tolerance, max_steps)
        if a == 0 or not is_converged:
            a, is_converged = _search(problem), True
    else:
        a, steps, is_converged = _search(problem), _GRID_POINTS, True
    if a == 0 and when_zero is not None:
        adjusted = fit(y, variances, X, when_zero, None, known_effect, tolerance, max_steps)
        return replace(adjusted, asked=method)
    return _describe(problem, a, unit, lengths, steps, is_converged)


def dependent_columns(X: np.ndarray) -> list[int]:
    """Return the columns of X (m, p) that are zero or a linear combination of the columns before them."""
    lengths = np.linalg.norm(X, axis=0)
    dependent: list[int] = []
    basis = np.empty((len(X), 0))
    for column in range(X.shape[1]):
        rest = X[:, column] / (lengths[column] or 1)
        for _ in range(2):
            rest = rest - basis @ (basis.T @ rest)
        length = np.linalg.norm(rest)
        if length > _COLLINEAR:
            basis = np.column_stack([basis, rest / length])
        else:
            dependent.append(column)
    return dependent


def prediction_interval(
    estimate: np.ndarray, mse: np.ndarray, level: float = 0.95, bounds: tuple[float, float] = (-np.inf, np.inf)
) -> tuple[np.ndarray, np.ndarray]:
    """Return estimate -+ z sqrt(mse), held to `bounds` (0 and 1 for a rate); arrays (m,)."""
    reach = norm.ppf((1 + level) / 2) * np.sqrt(mse)
    return np.clip(estimate - reach, *bounds), np.clip(estimate + reach, *bounds)


def _checked(
    y: np.ndarray, variances: np.ndarray, X: np.ndarray, known_effect: np.ndarray, method: str
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    y, variances, X, known_effect = (np.asarray(given, dtype=float) for given in (y, variances, X, known_effect))
    is_row = y.ndim == 1 and variances.shape == known_effect.shape == y.shape
    if not is_row or X.ndim != 2 or len(X) != len(y) or X.shape[1] == 0:
        shapes = {"y": y.shape, "variances": variances.shape, "X": X.shape, "known_effect": known_effect.shape}
        raise StatisticsError("shape_mismatch", **shapes)
    for name, given in (("y", y), ("variances", variances), ("X", X), ("known_effect", known_effect)):
        _require_finite(name, given)
    wrong = np.flatnonzero((variances <= 0) | (known_effect < 0))
    if wrong.size:
        raise StatisticsError("variance_not_positive", position=int(wrong[0]), variance=float(variances[wrong[0]]))
    areas, columns = X.shape  # L(A) A has a maximum only if the restricted likelihood falls faster than 1 / A
    if areas <= columns + (2 if method == "amrl" else 0):
        raise StatisticsError("too_few_areas", areas=areas, covariates=columns)
    dependent = dependent_columns(X)
    if dependent:
        raise StatisticsError("collinear_covariates", columns=dependent)
    return y, variances, X, known_effect


def _require_finite(name: str, given: np.ndarray) -> None:
    is_wrong = ~np.isfinite(given)
    if is_wrong.any():
        raise StatisticsError("not_finite", name=name, position=int(np.argwhere(is_wrong)[0][0]))


def _solve_moments(problem: _Problem, tolerance: float, max_steps: int) -> tuple[float, int, bool]:
    """Solve sum of (y - x'beta)^2 / (a + D) = m - p; the left falls and is convex, so Newton cannot run away."""
    wanted = problem.X.shape[0] - problem.X.shape[1]
    a = 1.0
    for step in range(1, max_steps + 1):
        at = problem.at(a)
        slope = at.weight @ at.rest**2
        moved = max(0.0, a + (at.rest @ at.rest - wanted) / slope) if slope > 0 else 0.0
        if abs(moved - a) <= tolerance * a or moved == a:
            return moved, step, True
        a = moved
    return a, max_steps, False


def _score(problem: _Problem, tolerance: float, max_steps: int) -> tuple[float, int, bool]:
    """Climb by Fisher scoring from the median variance; a step that does not climb is halved."""
    at = problem.at(1.0)
    height = at.objective(problem.method)
    for step in range(1, max_steps + 1):
        move = at.score(problem.method) / at.information(problem.method)
        for _ in range(_HALVINGS):
            tried = problem.at(max(0.0, at.a + move))
            tried_height = tried.objective(problem.method)
            if tried_height >= height - 1e-12 * abs(height):
                break
            move /= 2
        is_at_rest = abs(tried.a - at.a) <= tolerance * at.a or tried.a == at.a
        at, height = tried, tried_height
        if is_at_rest:
            return at.a, step, True
    return at.a, max_steps, False


def _search(problem: _Problem) -> float:
    """Return the highest point of the objective: over a grid in log a, then by the root of the score beside it."""
    areas, middle = len(problem.y), problem.at(1.0)
    spread = float(np.sum(middle.rest**2 / middle.weight))
    low = 1e-3 * problem.variances.min() / areas**2
    high = 100 * (problem.variances.max() + spread / max(areas - problem.X.shape[1] - 2, 1))
    grid = np.geomspace(low, high, _GRID_POINTS)
    best = int(_heights(problem, grid).argmax())
    if problem.method in ("reml", "ml") and _height(problem, 0.0) >= _height(problem, grid[best]):
        return 0.0  # an adjusted likelihood is never highest there
    left, right = grid[max(best - 1, 0)], grid[min(best + 1, len(grid) - 1)]

    def score(a: float) -> float:
        return problem.at(a).score(problem.method)

    for low_end, high_end in ((left, grid[best]), (grid[best], right)):
        if score(low_end) > 0 > score(high_end):
            return float(brentq(score, low_end, high_end, xtol=1e-14 * high_end, rtol=1e-12))
    bounds = (np.log(left), np.log(right))
    found = minimize_scalar(lambda u: -problem.at(np.exp(u)).objective(problem.method), bounds=bounds, method="bounded")
    return float(np.exp(found.x))


def _height(problem: _Problem, a: float) -> float:
    return problem.at(a).objective(problem.method)


def _heights(problem: _Problem, grid: np.ndarray) -> np.ndarray:
    """Return the objective at all points of a grid (g,) at once, up to a constant, by normal equations.

    They lose digits that an orthonormal basis at each point keeps; to tell which point is highest they are enough.
    """
    basis = np.linalg.qr(problem.X)[0]
    weight = 1 / (grid[:, None] + problem.variances)
    normal = (weight @ np.einsum("mp,mq->mpq", basis, basis).reshape(len(basis), -1)).reshape(
        len(grid), basis.shape[1], basis.shape[1]
    )
    beta = np.linalg.solve(normal, ((weight * problem.y) @ basis)[..., None])[..., 0]
    heights = 0.5 * (np.log(weight) - weight * (problem.y - beta @ basis.T) ** 2).sum(axis=1)
    if problem.method in _RESTRICTED:
        heights = heights - 0.5 * np.linalg.slogdet(normal)[1]
    if problem.method in ("amrl", "ampl"):
        heights = heights + np.log(grid)
    if problem.method in ("amrl_yl", "ampl_yl"):
        heights = heights + np.log(np.arctan((grid[:, None] * weight).sum(axis=1))) / len(basis)
    return heights


def _describe(
    problem: _Problem, a: float, unit: float, lengths: np.ndarray, steps: int, is_converged: bool
) -> FayHerriot:
    method, at = problem.method, problem.at(a)
    areas, columns = problem.X.shape
    inverse = np.linalg.inv(at.triangle)
    beta = inverse @ at.projection
    beta_cov = unit * (inverse @ inverse.T) / np.outer(lengths, lengths)
    difference = at.rest / np.sqrt(at.weight)
    sampling = problem.sampling_share * problem.variances
    known_effect = problem.variances - sampling
    gamma, keep = (a + known_effect) * at.weight, sampling * at.weight  # keep is 1 - gamma, without the cancellation
    synthetic = problem.X @ beta
    weight_sum, square_sum = at.weight.sum(), (at.weight**2).sum()
    variance_of_a = 2 * areas / weight_sum**2 if method == "fh" else 2 / square_sum
    g1 = gamma * sampling
    g2 = keep**2 * at.leverage / at.weight  # x'Cov(beta)x is the leverage over the weight
    g3 = keep**2 * at.weight * variance_of_a
    bias = 2 * (areas * square_sum - weight_sum**2) / weight_sum**3 if method == "fh" else 0.0
    if method in ("ml", "ampl", "ampl_yl"):
        bias = -(at.leverage @ at.weight) / square_sum
    if method in ("amrl", "ampl"):
        bias += 2 / (a * square_sum)
    mse = np.maximum(g1 + g2 + 2 * g3 - bias * keep**2, g2 + keep * known_effect)
    loglik = -0.5 * (areas * np.log(2 * np.pi * unit) - np.log(at.weight).sum() + at.rest @ at.rest)
    root = np.sqrt(unit)
    return FayHerriot(
        method=method, asked=method, variance_component=a * unit, variance_component_se=unit * np.sqrt(variance_of_a),
        beta=root * beta / lengths, beta_se=np.sqrt(np.diag(beta_cov)), beta_cov=beta_cov,
        eblup=root * (synthetic + gamma * difference), mse=unit * mse, g1=unit * g1, g2=unit * g2, g3=unit * g3,
        gamma=gamma, synthetic=root * synthetic, random_effect=root * gamma * difference, residuals=at.rest,
        leverage=at.leverage, loglik=float(loglik), aic=float(-2 * loglik + 2 * (columns + 1)),
        bic=float(-2 * loglik + np.log(areas) * (columns + 1)), steps=steps, is_converged=is_converged,
    )
