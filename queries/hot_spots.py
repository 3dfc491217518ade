"""Where high and low rates gather more than by chance: local Moran's I of Empirical Bayes standardised rates.

Anselin (1995), Geographical Analysis 27; the standardisation of Assunção and Reis (1999), Statistics in Medicine 18;
the false discovery rate of Benjamini and Hochberg (1995) as Caldas de Castro and Singer (2006), Geographical Analysis
38, put it to local tests. The statistics are PySAL's esda.
"""

import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components
from sqlalchemy import Connection

from boundaries.levels import NATION_KODE, Level
from geo.neighbours import pairs_of, read_polygons
from queries.columns import Status, whole_numbers
from queries.desil import desil_density
from queries.result import Provenance, Result
from queries.scope import Scope
from queries.targeting import targeting_errors
from queries.what_if import refuse_what_if

# In the order of a list: what a reader looks for comes last, as the largest.
CLUSTERS = ("none", "low_low", "low_high", "high_low", "high_high")
# esda's own numbers of the four corners of Moran's plot.
_CORNERS = {1: "high_high", 2: "low_high", 3: "low_low", 4: "high_low"}
# Each tested rate: its numerator, its denominator, its rate and the status of that.
TESTED = {
    "exclusion": ("gap_count", "eligible_count", "exclusion_rate", "exclusion_status"),
    "inclusion": ("leak_count", "received_count", "inclusion_rate", "inclusion_status"),
    "share": ("household_count", "total_household_count", "share_rate", "share_status"),
}
LEAST_TESTED = 20
ALPHA = 0.05
SEED = 2026
# The false discovery rate asks for small p-values where many wilayah are tested, and few draws give but coarse ones, by
# which a class would hang on the seed; past some 10 million draws a reader would wait.
MOST_PERMUTATIONS, LEAST_PERMUTATIONS, MOST_DRAWS = 99_999, 999, 10_000_000
_ALONE = threading.Lock()


@dataclass(frozen=True)
class LocalTest:
    """What a test says of n wilayah: arrays (n,) of the cluster and of the two-sided p-value; global I with its own.

    `cutoff`: p-values below it are significant at a false discovery rate of ALPHA.
    """

    cluster: np.ndarray
    p: np.ndarray
    moran: float
    moran_p: float
    cutoff: float


def permutation_count(tested_count: int) -> int:
    """Return how many conditional permutations are drawn for each of so many wilayah."""
    return int(np.clip(MOST_DRAWS // max(tested_count, 1), LEAST_PERMUTATIONS, MOST_PERMUTATIONS))


def least_p(tested_count: int) -> float:
    """Return the smallest two-sided p-value that the draws for so many wilayah can give: 2 / (permutations + 1)."""
    return 2 / (permutation_count(tested_count) + 1)


def least_significant_count(tested_count: int) -> int:
    """Return how many of so many wilayah must be significant together for the draws to find any.

    Benjamini and Hochberg (1995) ask the k smallest p-values to lie below k ALPHA / n, which `least_p` must.
    """
    return int(least_p(tested_count) * tested_count / ALPHA) + 1


def local_moran(events: np.ndarray, bases: np.ndarray, first: np.ndarray, second: np.ndarray) -> LocalTest | None:
    """Return the local and global test of the rates events / bases, arrays (n,); None where all rates are alike.

    `first` and `second` are the positions of neighbours, each pair in both directions and everybody in at least one.
    Weights are 1 / neighbours. Two-sided p-values: twice esda's, which picks the nearer tail. The same numbers give
    the same answer, since the permutations start from one seed.
    """
    if np.ptp(events / bases) < 1e-12:
        return None
    return _tested(events.astype(float).tobytes(), bases.astype(float).tobytes(), first.astype(np.int64).tobytes(),
                   second.astype(np.int64).tobytes())  # fmt: skip


@lru_cache(maxsize=64)
def _tested(events: bytes, bases: bytes, first: bytes, second: bytes) -> LocalTest:
    # PySAL takes two seconds to import, which only those who ask this question should wait for.
    from esda import fdr
    from esda.moran import Moran_Local_Rate, Moran_Rate
    from libpysal.weights import W

    event, base = np.frombuffer(events), np.frombuffer(bases)
    neighbours: dict[int, list[int]] = {position: [] for position in range(len(event))}
    for one, other in zip(np.frombuffer(first, dtype=np.int64).tolist(),
                          np.frombuffer(second, dtype=np.int64).tolist(), strict=True):  # fmt: skip
        neighbours[one].append(other)
    weights = W(neighbours, silence_warnings=True)
    with _seeded():
        local = Moran_Local_Rate(
            event, base, weights, permutations=permutation_count(len(event)), keep_simulations=False, seed=SEED
        )
        whole = Moran_Rate(event, base, weights, permutations=LEAST_PERMUTATIONS)
    p = np.minimum(2 * np.asarray(local.p_sim, dtype=float), 1)
    cutoff = float(fdr(p, ALPHA))
    corners = np.array([CLUSTERS.index(_CORNERS[corner]) for corner in local.q])
    cluster = np.where(p < cutoff, corners, CLUSTERS.index("none"))
    return LocalTest(cluster, p, float(whole.I), min(2 * float(whole.p_sim), 1), cutoff)


@contextmanager
def _seeded() -> Iterator[None]:
    # esda draws from numpy's one generator, so two tests at a time would disturb one another.
    with _ALONE:
        kept = np.random.get_state()
        np.random.seed(SEED)
        try:
            with warnings.catch_warnings():
                # esda announces that it will double its p-values, as is done here already.
                warnings.simplefilter("ignore", DeprecationWarning)
                yield
        finally:
            np.random.set_state(kept)


def reference_of(scope: Scope) -> str:
    """Return the wilayah among whose rows a scope's are tested, so that a class means the same after a click.

    Kecamatan and desa are tested within their provinsi, provinsi and kabupaten within the country.
    """
    if scope.wilayah == NATION_KODE or scope.level <= Level.kabupaten:
        return NATION_KODE
    return scope.wilayah[:2]


def hot_spots(connection: Connection, scope: Scope) -> Result:
    """Return, for each wilayah of a scope, whether its rates lie in a cluster of high or low ones.

    The rates are exclusion and inclusion by the rule and the share of the scope's desil, as they are disclosed: what
    has no value is left out of the test and keeps its status. `..._cluster` is one of CLUSTERS (high_low: high among
    low neighbours), `..._p` its two-sided pseudo p-value, `neighbour_..._rate` the rate of all neighbours together,
    `..._group` the run of neighbouring high_high that it belongs to, 1 the largest, `..._group_count` how many wilayah
    that has, and `..._moran` with `..._moran_p` the global test, the same in every row. value = exclusion_rate. Where
    fewer than LEAST_TESTED have a value, or all values are alike, nothing is tested and the status is
    `not_applicable`. Raises QueryError, `no_what_if` among them.
    """
    refuse_what_if(scope, "hot-spots")
    wide = scope.at(wilayah=reference_of(scope))
    errors, density = targeting_errors(connection, wide), desil_density(connection, wide)
    frame, mask = errors.frame.copy(), errors.mask.copy()
    for column in TESTED["share"][:3]:
        frame[column] = density.frame[column]
    frame["share_status"] = density.frame["status"]
    mask = mask.join(density.mask[list(TESTED["share"][:2])])
    kode, shapes = read_polygons(connection, wide.wilayah, scope.level)
    place = frame["kode"].astype(str).reset_index(drop=True)
    position = pd.Series(place.index, index=place).reindex(kode.astype(str))
    drawn = position.notna().to_numpy()
    for tested in TESTED:
        frame = frame.join(_columns(frame, tested, position[drawn].to_numpy(dtype=np.int64), shapes[drawn]))
    is_asked = frame["kode"].str.startswith(scope.wilayah) | (scope.wilayah == NATION_KODE)
    frame, mask = (part[is_asked].reset_index(drop=True) for part in (frame, mask))
    origin = errors.provenance
    sql = f"{origin.sql};\n\n{density.provenance.sql}"
    provenance = Provenance("hot-spots", scope, sql, origin.sources, len(frame), origin.data_version)
    return Result(frame.drop(columns=["gap_idr", "leak_idr"]), provenance, mask)


def _columns(frame: pd.DataFrame, tested: str, drawn: np.ndarray, shapes: np.ndarray) -> pd.DataFrame:
    """Return the columns of one test, a row for each of `frame`; the shapes are of the rows at `drawn`."""
    top, base, _, status = TESTED[tested]
    is_ok = (frame[status] == Status.ok).to_numpy()
    rows, shapes = drawn[is_ok[drawn]], shapes[is_ok[drawn]]
    length = len(frame)
    cluster, reason = np.full(length, None, dtype=object), frame[status].map(str).to_numpy(dtype=object)
    p, pooled, moran, moran_p = (np.full(length, np.nan) for _ in range(4))
    group, size = np.full(length, np.nan), np.full(length, np.nan)
    reason[is_ok] = Status.not_applicable.value
    if len(rows) >= LEAST_TESTED:
        first, second, _ = pairs_of(shapes)
        # Rounded apart, a part may pass its whole by a hair.
        bases = frame[base].to_numpy(dtype=float, na_value=np.nan)[rows]
        events = np.minimum(frame[top].to_numpy(dtype=float, na_value=np.nan)[rows], bases)
        pooled[rows] = _summed(events, first, second) / _summed(bases, first, second)
        test = local_moran(events, bases, first, second)
        if test is not None:
            cluster[rows] = [CLUSTERS[number] for number in test.cluster]
            p[rows], moran[:], moran_p[:] = test.p, test.moran, test.moran_p
            group[rows], size[rows] = high_groups(test.cluster == CLUSTERS.index("high_high"), first, second)
            reason[rows] = Status.ok.value
    return pd.DataFrame({
        f"{tested}_cluster": pd.array(cluster, dtype="str"),
        f"{tested}_cluster_status": pd.array(reason, dtype="str"),
        f"{tested}_p": pd.array(p, dtype="Float64"),
        f"neighbour_{tested}_rate": pd.array(pooled, dtype="Float64"),
        f"{tested}_group": whole_numbers(group),
        f"{tested}_group_count": whole_numbers(size),
        f"{tested}_tested_count": len(rows),
        f"{tested}_moran": pd.array(moran, dtype="Float64"),
        f"{tested}_moran_p": pd.array(moran_p, dtype="Float64"),
    }, index=frame.index)  # fmt: skip


def _summed(values: np.ndarray, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    return np.bincount(first, weights=values[second], minlength=len(values))


def high_groups(is_high: np.ndarray, first: np.ndarray, second: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the group that each high wilayah hangs together with through high neighbours, and the group's size.

    `is_high`: flags (n,); `first` and `second`: the pairs of neighbours. Groups are numbered from 1, the largest
    first and of two alike that of the first row; NaN for those not high.
    """
    inside = is_high[first] & is_high[second]
    links = coo_array((np.ones(int(inside.sum())), (first[inside], second[inside])), shape=(len(is_high),) * 2)
    _, label = connected_components(links, directed=False)
    size = np.bincount(label[is_high], minlength=label.max() + 1)
    _, appears = np.unique(label, return_index=True)
    number = np.empty(len(size))
    number[np.lexsort((appears, -size))] = np.arange(1, len(size) + 1)
    return np.where(is_high, number[label], np.nan), np.where(is_high, size[label], np.nan)
