"""The choice of covariates for a Fay-Herriot model: by maximum likelihood and AIC, with every set that was tried.

The likelihoods of models with different covariates can be compared under ML, not under REML; the chosen set is then
fitted by REML. Every set has a constant.
"""

from dataclasses import dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import dependent_columns, fit

AREAS_PER_COVARIATE = 10
MOST_EXHAUSTIVE = 10


@dataclass(frozen=True)
class Selection:
    """`chosen` are columns of X, in their order; `names` theirs. `dropped` maps a name to 'constant' or 'collinear'.

    `table` has a row per tried set, best first: covariates (tuple of names), covariate_count, loglik, aic, bic,
    variance_component, is_chosen. `most` is the largest number of covariates that the areas allow.
    """

    chosen: tuple[int, ...]
    names: tuple[str, ...]
    dropped: dict[str, str]
    table: pd.DataFrame
    most: int


def select_covariates(y: np.ndarray, variances: np.ndarray, X: np.ndarray, names: tuple[str, ...]) -> Selection:
    """Return the covariates with the least AIC among columns of X (m, k), given without a constant.

    Constant columns are left out first, then those that a constant and the columns before them determine. At most one
    covariate per ten areas may enter (the usual limit for regression, Harrell 2015, section 4.4). Up to ten candidates
    all sets are tried; beyond, one is added or taken away at a time, from the empty set, while AIC falls. Equal AIC:
    the smaller set, then the earlier columns. Raises StatisticsError: shape_mismatch, and those of fay_herriot.fit.
    """
    X = np.asarray(X, dtype=float)
    if X.ndim != 2 or X.shape[1] != len(names) or len(X) != len(y):
        raise StatisticsError("shape_mismatch", X=X.shape, names=len(names), areas=len(y))
    if not np.isfinite(X).all():
        raise StatisticsError("not_finite", name="X", position=int(np.argwhere(~np.isfinite(X))[0][0]))
    dropped, candidates = _independent(X, names)
    scaled = np.zeros(X.shape)
    # Units that differ by orders of magnitude would cost digits; AIC does not depend on them.
    scaled[:, candidates] = X[:, candidates] - X[:, candidates].mean(axis=0)
    most = min(len(candidates), len(X) // AREAS_PER_COVARIATE)
    tried: dict[tuple[int, ...], tuple[float, float, float, float]] = {}

    def try_set(columns: tuple[int, ...]) -> float:
        if columns not in tried:
            design = np.column_stack([np.ones(len(X)), scaled[:, list(columns)]])
            model = fit(y, variances, design, method="ml")
            tried[columns] = (model.loglik, model.aic, model.bic, model.variance_component)
        return tried[columns][1]

    if len(candidates) <= MOST_EXHAUSTIVE:
        for size in range(most + 1):
            for columns in combinations(candidates, size):
                try_set(columns)
    else:
        _walk(try_set, candidates, most)
    order = sorted(tried, key=lambda columns: (tried[columns][1], len(columns), columns))
    chosen = order[0]
    table = pd.DataFrame(
        {
            "covariates": [tuple(names[column] for column in columns) for columns in order],
            "covariate_count": [len(columns) for columns in order],
            "loglik": [tried[columns][0] for columns in order],
            "aic": [tried[columns][1] for columns in order],
            "bic": [tried[columns][2] for columns in order],
            "variance_component": [tried[columns][3] for columns in order],
            "is_chosen": [columns == chosen for columns in order],
        }
    )
    return Selection(chosen, tuple(names[column] for column in chosen), dropped, table, most)


def _independent(X: np.ndarray, names: tuple[str, ...]) -> tuple[dict[str, str], list[int]]:
    dropped = {names[column]: "constant" for column in np.flatnonzero(np.ptp(X, axis=0) == 0)}
    varying = [column for column in range(X.shape[1]) if names[column] not in dropped]
    dependent = dependent_columns(np.column_stack([np.ones(len(X)), X[:, varying]]))
    collinear = {varying[column - 1] for column in dependent}
    dropped |= {names[column]: "collinear" for column in sorted(collinear)}
    return dropped, [column for column in varying if column not in collinear]


def _walk(try_set, candidates: list[int], most: int) -> None:
    here: tuple[int, ...] = ()
    best = try_set(here)
    while True:
        neighbours = [tuple(sorted({*here, column})) for column in candidates if column not in here]
        if len(here) == most:
            neighbours = []
        neighbours += [tuple(column for column in here if column != gone) for gone in here]
        if not neighbours:
            return
        next_one = min(neighbours, key=lambda columns: (try_set(columns), len(columns), columns))
        if try_set(next_one) >= best:
            return
        here, best = next_one, try_set(next_one)
