"""What places are given of a sample's rates, sampled or not, and joint draws of what these rates may truly be.

A draw is estimate and error, the error normal, cut off at 0 and 1. Draws come in pairs whose errors are each other's
opposite, so that their mean is the estimate but for what is cut off. What is approximated: normality; kabupaten and
provinsi that differ by chance alone, independently of each other; and of places without a sample, that what sets their
provinsi apart is the same for all classes.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from queries.stats.eligibility_rates import Above, Fitted

DRAWS = 1_000
_SEED = 20_261_001
# Each source of error has its own numbers, so that a wilayah's draws do not depend on what else is asked for.
OF_PROVINSI, OF_BEYOND, OF_ALL, OF_KABUPATEN, OF_TOTAL = range(5)


@dataclass(frozen=True)
class Group:
    """A place that is asked about, `key` its number: a kabupaten (`area` its code in the sample, -1 without answers),
    its provinsi (`parent` its code, -1 without a sample, `parent_key` its number), or the whole country (`is_all`;
    `is_reached` where no provinsi lacks a sample).
    """

    key: int
    parent_key: int
    is_kabupaten: bool
    area: int = -1
    parent: int = -1
    is_all: bool = False
    is_reached: bool = True


@dataclass(frozen=True)
class GroupRates:
    """Rates of groups, (g, d) in [0, 1], with standard errors and answers, and joint `draws` (DRAWS, g, d), float64.

    `origin` (g,): 'kabupaten' (its own answers in a model), 'provinsi' or 'all'.
    """

    rate: np.ndarray
    se: np.ndarray
    sample_count: np.ndarray
    origin: tuple[str, ...]
    draws: np.ndarray


def rate_groups(fitted: Fitted, groups: Sequence[Group], provinsi_keys: Sequence[int]) -> GroupRates:
    """Return the rates of places; `provinsi_keys` (P,) are the numbers of the sampled provinsi, which seed the draws.

    A kabupaten with a model has its own shrunk estimate ('kabupaten'); one without answers in a provinsi with a model
    the mean of each class, with the spread of kabupaten in its error ('provinsi'). Where there are too few kabupaten
    for a model each has the provinsi's pooled estimate, one without answers twice its standard error. A provinsi
    without a sample has the mean of all: with the spread between provinsi where there are LEAST_PROVINSI and more, else
    with a doubled standard error ('all'). A class that nobody of a provinsi answered for has the mean of all too.
    """
    count = fitted.pooled.shape[1]
    roots = [(root(mean), root(pooled)) for mean, pooled in zip(fitted.mean_cov, fitted.pooled_cov, strict=True)]
    chance = [normal(OF_PROVINSI, key, count) for key in provinsi_keys]
    above = _above_error(fitted, [z @ of_mean for z, (of_mean, _) in zip(chance, roots, strict=True)])
    shape = (len(groups), count)
    rate, se = np.empty(shape), np.empty(shape)
    draws = np.empty((DRAWS, *shape))
    above_cov = _above_covariance(fitted)
    shared: dict[tuple[int, bool], np.ndarray] = {}
    for at, group in enumerate(groups):
        value, place_cov, load, own_cov = _parts(fitted, group, above_cov)
        kind = group.parent_key, group.is_kabupaten
        if kind not in shared:
            shared[kind] = _place_error(fitted, group, above, chance, roots)
        rate[at] = np.clip(value, 0, 1)
        se[at] = np.sqrt(np.diag(load @ place_cov @ load.T + own_cov))
        found = rate[at] + shared[kind] @ load.T
        if own_cov.any():
            found += normal(OF_KABUPATEN, group.key, count) @ root(own_cov)
        draws[:, at] = np.clip(found, 0, 1)
    counts = np.array([_count_of(fitted, group) for group in groups])
    return GroupRates(rate, se, counts, tuple(_origin(fitted, group) for group in groups), draws)


def normal(source: int, key: int, count: int) -> np.ndarray:
    """Return standard normal numbers (DRAWS, count), the second half the opposite of the first."""
    half = np.random.default_rng([_SEED, source, key]).standard_normal((DRAWS // 2, count))
    return np.concatenate([half, -half])


def root(matrix: np.ndarray) -> np.ndarray:
    """Return the symmetric root of a covariance; what rounding put below nought is nought."""
    values, vectors = np.linalg.eigh((matrix + matrix.T) / 2)
    return (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T


def _parts(
    fitted: Fitted, group: Group, above_cov: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return a group's rates (d,), the covariance of the error of its place, how it bears it, and that of its own."""
    above, count = fitted.above, fitted.pooled.shape[1]
    load, own = np.eye(count), np.zeros((count, count))
    beyond = _beyond(above, group)
    value, place_cov = above.mean, above_cov + np.outer(beyond, beyond)
    known = _known(fitted, group)
    if group.is_kabupaten:
        own = above.spread_cov * ~known[:, None] * ~known[None, :]
    if known.any():
        if group.is_all:
            of_value, of_cov = fitted.all_rate, fitted.all_cov
        elif not group.is_kabupaten:
            of_value, of_cov = fitted.pooled[group.parent], fitted.pooled_cov[group.parent]
        else:
            of_cov = fitted.mean_cov[group.parent]
            is_own = group.area >= 0
            of_value = fitted.area[group.area] if is_own else fitted.mean[group.parent]
            load = fitted.area_load[group.area] if is_own else load
            own = own + (fitted.area_cov[group.area] if is_own else fitted.spread_cov[group.parent])
        both = known[:, None] & known[None, :]
        value = np.where(known, of_value, value)
        place_cov = np.where(both, of_cov, np.where(~known[:, None] & ~known[None, :], place_cov, 0.0))
    return value, place_cov, load, own


def _known(fitted: Fitted, group: Group) -> np.ndarray:
    """Tell which classes of a group's place have an answer that speaks for the place."""
    if group.is_all:
        return np.isfinite(fitted.all_rate) & group.is_reached
    if group.parent < 0:
        return np.zeros(fitted.pooled.shape[1], dtype=bool)
    return fitted.pooled_count[group.parent] > 0


def _beyond(above: Above, group: Group) -> np.ndarray:
    """Return what a place may differ by from the mean of all; the nation, of enough provinsi, is that mean itself."""
    return np.where(above.is_few, above.beyond_sd, 0.0) if group.is_all else above.beyond_sd


def _above_covariance(fitted: Fitted) -> np.ndarray:
    weight = fitted.above.weight
    of_sample = np.einsum("pi,pij,pj->ij", weight, fitted.mean_cov, weight)
    return of_sample + np.outer(fitted.above.rest_sd, fitted.above.rest_sd)


def _above_error(fitted: Fitted, of_provinsi: list[np.ndarray]) -> np.ndarray:
    """Return errors (DRAWS, d) of the mean of all provinsi, which move with those that it is made of."""
    moved = sum(error * weight for error, weight in zip(of_provinsi, fitted.above.weight, strict=True))
    return moved + normal(OF_ALL, 0, 1) * fitted.above.rest_sd


def _place_error(
    fitted: Fitted, group: Group, above: np.ndarray, chance: list[np.ndarray], roots: list[tuple]
) -> np.ndarray:
    """Return errors (DRAWS, d) that a group bears together with the others of its place."""
    known = _known(fitted, group)
    error = above + normal(OF_BEYOND, group.parent_key, 1) * _beyond(fitted.above, group)
    if not known.any():
        return error
    if group.is_all:
        own = normal(OF_ALL, 1, len(known)) @ root(fitted.all_cov)
    else:
        own = chance[group.parent] @ roots[group.parent][0 if group.is_kabupaten else 1]
    return np.where(known, own, error)


def _count_of(fitted: Fitted, group: Group) -> np.ndarray:
    if group.is_all:
        return fitted.pooled_count.sum(axis=0)
    counts, at = (fitted.area_count, group.area) if group.is_kabupaten else (fitted.pooled_count, group.parent)
    return counts[at] if at >= 0 else np.zeros(counts.shape[1], dtype=np.int64)


def _origin(fitted: Fitted, group: Group) -> str:
    if group.is_all or group.parent < 0:
        return "all"
    if group.area < 0:
        return "provinsi"
    is_own = (fitted.area_count[group.area] > 0) & fitted.is_modelled[group.parent]
    return "kabupaten" if is_own.any() else "provinsi"
