"""Design-based ratio estimates for many domains at once, with linearised variances that keep the whole design.

A verification sample has strata, clusters (desa) drawn within them, households drawn within clusters, and weights.
A domain (a wilayah, a group) is a subpopulation: rows outside it stay in the design and contribute zero.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from queries.stats.errors import StatisticsError

Lonely = Literal["centre", "certainty", "error"]


@dataclass(frozen=True)
class Design:
    """One row per sampled household; every array has shape (n,).

    weight: inverse probability of inclusion, above 0.
    stratum: int code, 0 or above.
    cluster: int code, 0 or above, unique within its stratum at least.
    stratum_cluster_count: clusters of the row's stratum in the frame, or None for no finite population correction.
    cluster_household_count: households of the row's cluster in the frame, or None for none at the second stage. Without
        `stratum_cluster_count` it changes nothing: the first stage is then taken as drawn with replacement, and the
        variance between clusters already holds the one within them.
    """

    weight: np.ndarray
    stratum: np.ndarray
    cluster: np.ndarray
    stratum_cluster_count: np.ndarray | None = None
    cluster_household_count: np.ndarray | None = None


@dataclass(frozen=True)
class RatioEstimates:
    """One entry per domain; every array has shape (D,).

    estimate: numerator / denominator, NaN where `sample_count` is 0 (show "no data", never a zero).
    se: linearised standard error, NaN where `sample_count` is 0.
    sample_count, cluster_count: rows of the domain with a denominator above 0, and the clusters that hold them.
    df: those clusters less the strata that hold them; 0 where each stratum has one of them.
    deff: variance against simple random sampling of `sample_count` households with replacement. 1 where the variance is
        0, since a variance of 0 says nothing of the design; NaN where `sample_count` is 0.
    effective_count: sample_count / deff; for answers of 0 and 1 this is p (1 - p) / se^2.
    numerator, denominator: weighted totals.
    is_alike: every answer of the domain is the same, so that se is 0 by construction and not for lack of doubt. Such an
        estimate is given the Korn-Graubard interval of its effective size, never estimate +- 0.
    """

    estimate: np.ndarray
    se: np.ndarray
    sample_count: np.ndarray
    cluster_count: np.ndarray
    df: np.ndarray
    deff: np.ndarray
    effective_count: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    is_alike: np.ndarray


@dataclass(frozen=True)
class _Stages:
    """The design as two stages of counts, clusters numbered through all strata."""

    cluster: np.ndarray  # (n,) number of the row's cluster
    stratum_of_cluster: np.ndarray  # (C,)
    clusters_in_stratum: np.ndarray  # (H,) sampled
    rows_in_cluster: np.ndarray  # (C,) sampled
    first_fraction: np.ndarray  # (H,) sampled / frame, 0 without a count
    second_fraction: np.ndarray  # (C,) sampled / frame, 1 without a count: it then adds nothing


def ratio_estimates(
    design: Design,
    numerator: np.ndarray,
    denominator: np.ndarray,
    domain: np.ndarray,
    domain_count: int,
    lonely: Lonely = "centre",
) -> RatioEstimates:
    """Return the ratio of two weighted totals for each of `domain_count` domains.

    numerator, denominator: float, shape (n,), 0 <= numerator <= denominator; for a rate the numerator is the
    denominator times 0 or 1. domain: int code, shape (n,), 0 to domain_count - 1, or -1 for a row of no domain.

    Taylor linearisation (Woodruff 1971; Saerndal, Swensson and Wretman 1992, sections 5.6 and 10.3), with
    z = w (y - R x) / X for rows of the domain and 0 for all others; variance of the total of z in two stages (Cochran
    1977, chapter 11): sum over strata of (1 - n/N) n/(n-1) S(between cluster totals) plus
    n/N times the sum over clusters of (1 - m/M) m/(m-1) S(within the cluster).

    lonely: what a stratum with one sampled cluster contributes, and a cluster with one sampled household to the second
    stage: "centre" its square around the grand mean, which for z is 0 (as R's survey, survey.lonely.psu="adjust");
    "certainty" nothing; "error" refuses. Where everything in the frame was sampled none of the three is needed, and one
    household in every cluster needs none either when the second stage has no correction.

    Raises StatisticsError: shape_mismatch, missing_value, weight_not_positive, bad_ratio, bad_domain, bad_code,
    frame_count_varies, frame_smaller_than_sample, lonely_cluster, lonely_household; with `row`, the first concerned.
    """
    weight, numerator, denominator, domain = _check(design, numerator, denominator, domain, domain_count)
    stages = _stages(design, lonely)

    is_in = (domain >= 0) & (denominator > 0)
    rows = np.flatnonzero(is_in)
    d, w, y, x = domain[rows], weight[rows], numerator[rows], denominator[rows]
    sample_count = np.bincount(d, minlength=domain_count)
    is_empty = sample_count == 0
    top, bottom = np.bincount(d, w * y, domain_count), np.bincount(d, w * x, domain_count)
    estimate = _divide(top, bottom, is_empty)
    is_alike = ~is_empty & _is_constant(y / x, d, domain_count)

    residual = np.where(is_alike[d], 0.0, y - estimate[d] * x)
    z = w * residual / bottom[d]
    variance, cluster_count, stratum_count = _variance(stages, z, d, stages.cluster[rows], domain_count, lonely)
    # What simple random sampling with replacement of as many households would give, by the same linearisation.
    simple = _divide(np.bincount(d, w * residual**2, domain_count), bottom, is_empty)
    simple = simple * _divide(np.bincount(d, w, domain_count), bottom * sample_count, is_empty)
    says_nothing = is_empty | (variance <= 0) | ~(simple > 0)
    deff = np.where(is_empty, np.nan, 1.0)
    np.divide(variance, simple, out=deff, where=~says_nothing)
    return RatioEstimates(
        estimate=estimate,
        se=np.where(is_empty, np.nan, np.sqrt(variance)),
        sample_count=sample_count,
        cluster_count=cluster_count,
        df=cluster_count - stratum_count,
        deff=deff,
        effective_count=np.where(is_empty, 0.0, sample_count / np.where(is_empty, 1.0, deff)),
        numerator=top,
        denominator=bottom,
        is_alike=is_alike,
    )


def _variance(
    stages: _Stages, z: np.ndarray, domain: np.ndarray, cluster: np.ndarray, domain_count: int, lonely: Lonely
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the variance of the total of z, the clusters and the strata touched, each of shape (D,).

    Only pairs of domain and cluster that have a row are formed; clusters of a stratum and rows of a cluster that lie
    outside the domain enter by their number, as zeros.
    """
    pairs, pair = np.unique(domain.astype(np.int64) * len(stages.rows_in_cluster) + cluster, return_inverse=True)
    pair_domain, pair_cluster = np.divmod(pairs, len(stages.rows_in_cluster))
    total = np.bincount(pair, z, len(pairs))

    strata_count = len(stages.clusters_in_stratum)
    layers, layer = np.unique(pair_domain * strata_count + stages.stratum_of_cluster[pair_cluster], return_inverse=True)
    layer_domain, layer_stratum = np.divmod(layers, strata_count)
    between = _scatter(total, layer, len(layers), stages.clusters_in_stratum[layer_stratum], lonely)
    fraction = stages.first_fraction[layer_stratum]
    variance = np.bincount(layer_domain, (1 - fraction) * between, domain_count)

    within = _scatter(z, pair, len(pairs), stages.rows_in_cluster[pair_cluster], lonely)
    first = stages.first_fraction[stages.stratum_of_cluster[pair_cluster]]
    second = stages.second_fraction[pair_cluster]
    variance = variance + np.bincount(pair_domain, first * (1 - second) * within, domain_count)
    return variance, np.bincount(pair_domain, minlength=domain_count), np.bincount(layer_domain, minlength=domain_count)


def _scatter(values: np.ndarray, group: np.ndarray, group_count: int, size: np.ndarray, lonely: Lonely) -> np.ndarray:
    """Return size / (size - 1) times the sum of squares around the mean, for groups filled up with zeros to `size`."""
    mean = np.bincount(group, values, group_count) / size
    # Around the mean in a second pass: the difference of two large sums would lose a small variance.
    squares = np.bincount(group, (values - mean[group]) ** 2, group_count)
    squares = squares + (size - np.bincount(group, minlength=group_count)) * mean**2
    alone = mean**2 if lonely == "centre" else np.zeros(group_count)
    return np.where(size > 1, size / np.maximum(size - 1, 1) * squares, alone)


def _stages(design: Design, lonely: Lonely) -> _Stages:
    """Return the counts of both stages, after checking them against the frame's."""
    stratum_codes, stratum = np.unique(design.stratum, return_inverse=True)
    codes, cluster_code = np.unique(design.cluster, return_inverse=True)
    keys, first_row, cluster = np.unique(
        stratum.astype(np.int64) * max(len(codes), 1) + cluster_code, return_index=True, return_inverse=True
    )
    stratum_of_cluster = stratum[first_row]
    clusters_in_stratum = np.bincount(stratum_of_cluster, minlength=len(stratum_codes))
    rows_in_cluster = np.bincount(cluster, minlength=len(keys))
    first_fraction = np.zeros(len(stratum_codes))
    second_fraction = np.ones(len(keys))
    if design.stratum_cluster_count is not None:
        first_fraction = clusters_in_stratum / _frame_count(
            design.stratum_cluster_count, "stratum", stratum, clusters_in_stratum
        )
        if design.cluster_household_count is not None:
            second_fraction = rows_in_cluster / _frame_count(
                design.cluster_household_count, "cluster", cluster, rows_in_cluster
            )
    if lonely == "error":
        alone = (clusters_in_stratum == 1) & (first_fraction < 1)
        if alone.any():
            raise StatisticsError("lonely_cluster", row=int(np.argmax(alone[stratum])))
        alone = (rows_in_cluster == 1) & (second_fraction < 1)
        if alone.any():
            raise StatisticsError("lonely_household", row=int(np.argmax(alone[cluster])))
    return _Stages(cluster, stratum_of_cluster, clusters_in_stratum, rows_in_cluster, first_fraction, second_fraction)


def _frame_count(per_row: np.ndarray, of: str, group: np.ndarray, sampled: np.ndarray) -> np.ndarray:
    """Return one count of the frame per group, which no group may contradict or outnumber."""
    count = np.zeros(len(sampled))
    count[group] = per_row
    varies = count[group] != per_row
    if varies.any():
        raise StatisticsError("frame_count_varies", of=of, row=int(np.argmax(varies)))
    is_smaller = count < sampled
    if is_smaller.any():
        row = int(np.argmax(is_smaller[group]))
        frame, drawn = count[group[row]], sampled[group[row]]
        raise StatisticsError("frame_smaller_than_sample", of=of, row=row, frame=float(frame), drawn=int(drawn))
    return count


def _check(
    design: Design, numerator: np.ndarray, denominator: np.ndarray, domain: np.ndarray, domain_count: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Return weight, numerator, denominator and domain as arrays of one shape without a missing or impossible value."""
    codes = {"stratum": design.stratum, "cluster": design.cluster, "domain": domain}
    columns = {**vars(design), "numerator": numerator, "denominator": denominator}
    floats = {
        name: np.asarray(values, dtype=float)
        for name, values in columns.items()
        if name not in codes and values is not None
    }
    ints = {name: np.asarray(values) for name, values in codes.items()}
    shape = floats["weight"].shape
    for name, values in {**floats, **ints}.items():
        if values.shape != shape or values.ndim != 1:
            raise StatisticsError("shape_mismatch", column=name, shape=values.shape, expected=shape)
    for name, values in floats.items():
        _refuse("missing_value", ~np.isfinite(values), column=name)
    for name, values in ints.items():
        if values.size and not np.issubdtype(values.dtype, np.integer):
            raise StatisticsError("bad_code", column=name, row=0)
    weight, top, bottom, code = floats["weight"], floats["numerator"], floats["denominator"], ints["domain"]
    _refuse("weight_not_positive", weight <= 0)
    _refuse("bad_ratio", (top < 0) | (bottom < 0) | (top > bottom))
    # -1 is what a factorised missing code becomes.
    for name in ("stratum", "cluster"):
        _refuse("bad_code", ints[name] < 0, column=name)
    _refuse("bad_domain", (code < -1) | (code >= domain_count))
    return weight, top, bottom, code.astype(np.int64)


def _refuse(code: str, is_bad: np.ndarray, **details: object) -> None:
    if is_bad.any():
        raise StatisticsError(code, row=int(np.argmax(is_bad)), bad_count=int(is_bad.sum()), **details)


def _is_constant(values: np.ndarray, group: np.ndarray, group_count: int) -> np.ndarray:
    low, high = np.full(group_count, np.inf), np.full(group_count, -np.inf)
    np.minimum.at(low, group, values)
    np.maximum.at(high, group, values)
    return low == high


def _divide(top: np.ndarray, bottom: np.ndarray, is_empty: np.ndarray) -> np.ndarray:
    """Return top / bottom, NaN where there is nothing to divide."""
    return np.divide(top, bottom, out=np.full(len(top), np.nan), where=~is_empty)
