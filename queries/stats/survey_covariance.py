"""The joint sampling variance of several estimates of one survey, from their linearised scores."""

import numpy as np

from queries.stats.survey import Design


class Scores:
    """A design, prepared for the covariances of many sets of scores.

    The variance is that of `queries.stats.survey.ratio_estimates` (two stages, Cochran 1977, chapter 11; a stratum of
    one cluster and a cluster of one household centred on nought), for vectors: squares become outer products.
    The design must be one that `ratio_estimates` has accepted.
    """

    def __init__(self, design: Design) -> None:
        stratum = np.unique(design.stratum, return_inverse=True)[1]
        keys = stratum.astype(np.int64) * (int(design.cluster.max()) + 1) + design.cluster
        first, self._cluster = np.unique(keys, return_index=True, return_inverse=True)[1:]
        self._stratum = stratum[first]
        self._clusters = np.bincount(self._stratum)
        self._rows = np.bincount(self._cluster)
        self._first, self._second = np.zeros(len(self._clusters)), np.ones(len(self._rows))
        if design.stratum_cluster_count is not None:
            self._first[stratum] = self._clusters[stratum] / np.asarray(design.stratum_cluster_count, float)
            if design.cluster_household_count is not None:
                frame = np.asarray(design.cluster_household_count, float)
                self._second[self._cluster] = self._rows[self._cluster] / frame

    def covariance(self, rows: np.ndarray, z: np.ndarray) -> np.ndarray:
        """Return the covariance (q, q) of the totals of z, whose rows (r, q) belong to `rows` (r,) of the design.

        All other rows count as zeros. A ratio's score is w (y - R x) / X, a total's w y.
        """
        used, pair = np.unique(self._cluster[rows], return_inverse=True)
        total = _sums(pair, z, len(used))
        strata, layer = np.unique(self._stratum[used], return_inverse=True)
        first = self._first[strata]
        found = _scatter(total, layer, self._clusters[strata], 1 - first)
        share = self._first[self._stratum[used]] * (1 - self._second[used])
        return found + _scatter(z, pair, self._rows[used], share)


def _sums(group: np.ndarray, values: np.ndarray, count: int) -> np.ndarray:
    return np.column_stack([np.bincount(group, column, count) for column in values.T])


def _scatter(values: np.ndarray, group: np.ndarray, size: np.ndarray, share: np.ndarray) -> np.ndarray:
    """Return the sum over groups, filled up with zeros to `size`, of share size / (size - 1) times the outer products
    of the values around their group's mean; of a group of one the outer product itself.
    """
    mean = _sums(group, values, len(size)) / size[:, None]
    factor = share * np.where(size > 1, size / np.maximum(size - 1, 1), 1.0)
    centre = np.where((size > 1)[:, None], mean, 0.0)
    apart = values - centre[group]
    missing = factor * (size - np.bincount(group, minlength=len(size)))
    return (apart * factor[group][:, None]).T @ apart + (centre * missing[:, None]).T @ centre
