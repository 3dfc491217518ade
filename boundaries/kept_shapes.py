"""Polygons that simplifying would change too much keep their own shape, and their neighbours go on meeting them."""

import numpy as np
import shapely

from boundaries.edges import edges_of
from boundaries.rings import as_multipolygons


def keep_shapes(
    before: np.ndarray, simple: np.ndarray, area: np.ndarray, change_max: float
) -> tuple[np.ndarray, np.ndarray]:
    """Return `simple` with the polygons that changed too much as they were `before`, and which rows those are.

    `before` is a valid coverage in MultiPolygons and `simple` the same polygons simplified as one coverage; `area`
    holds the areas, in the units of the coordinates, that a shape may differ from by the share `change_max` at most.
    The result is a valid coverage: along a kept polygon its neighbours take the edges of `before`, and a neighbour
    that this makes invalid, or moves too much, keeps its own shape as well.
    """
    result = as_multipolygons(simple)
    is_kept = np.zeros(len(before), dtype=bool)
    more = _is_changed(result, area, change_max)
    while more.any():
        is_kept |= more
        # What borders on the newly kept is made anew, from `simple` and from all that is kept around it.
        near = _rows_near(before, np.flatnonzero(more))
        around = _rows_near(before, near)
        drawn = simple_beside_kept(before[around], as_multipolygons(simple[around]), is_kept[around])
        result[near] = drawn[np.isin(around, near)]
        more = np.zeros(len(before), dtype=bool)
        more[near] = _is_changed(result[near], area[near], change_max)
        offenders = _offenders(result, near)
        more[offenders] = True
        more &= ~is_kept
        if len(offenders) and not more.any():
            # Only the kept ones are named: what they do not meet is beside them.
            more[_rows_near(result, offenders)] = True
            more &= ~is_kept
    # Every shape is valid by itself: a kept one as it was before, any other by the last look at it.
    if not shapely.coverage_is_valid(result):
        # Nothing that was seen comes here; the shapes of before are sound whatever happens.
        return as_multipolygons(before), np.ones(len(before), dtype=bool)
    return result, is_kept


def simple_beside_kept(before: np.ndarray, simple: np.ndarray, is_kept: np.ndarray) -> np.ndarray:
    """Return the kept polygons as `before` and each other one with the edges of `before` where it meets a kept one.

    A polygon that cannot be closed that way comes out empty.
    """
    result = np.where(is_kept, before, simple)
    count = len(before)
    edges = edges_of(np.concatenate([before, simple]))
    row, is_before = edges.row % count, edges.row < count
    kept_before = np.unique(edges.key[is_before & is_kept[row]])
    kept_simple = np.unique(edges.key[~is_before & is_kept[row]])
    is_taken = ~is_kept[row] & np.where(is_before, np.isin(edges.key, kept_before), ~np.isin(edges.key, kept_simple))
    # A polygon that meets a kept one in a point only has nothing to change.
    is_beside = np.zeros(count, dtype=bool)
    is_beside[row[is_taken & is_before]] = True
    is_beside[row[~is_before & ~is_kept[row] & ~is_taken]] = True
    is_taken &= is_beside[row]
    if not is_taken.any():
        return result
    order = np.flatnonzero(is_taken)
    order = order[np.argsort(row[order], kind="stable")]
    # An arc that the simplifier left as it was is in both sets, and is needed once.
    order = order[~_is_repeated(row[order], edges.key[order])]
    rows, group = np.unique(row[order], return_inverse=True)
    lines = shapely.multilinestrings(shapely.linestrings(edges.ends[order]), indices=group)
    result[np.flatnonzero(is_beside)] = shapely.MultiPolygon()
    result[rows] = as_multipolygons(shapely.build_area(lines))
    return result


def _is_repeated(row: np.ndarray, key: np.ndarray) -> np.ndarray:
    order = np.lexsort((key, row))
    is_repeated = np.zeros(len(row), dtype=bool)
    same = (np.diff(row[order]) == 0) & (np.diff(key[order]) == 0)
    is_repeated[order[1:]] = same
    return is_repeated


def _is_changed(geometry: np.ndarray, area: np.ndarray, change_max: float) -> np.ndarray:
    return ~shapely.is_valid(geometry) | ~(np.abs(shapely.area(geometry) - area) <= change_max * area)


def _offenders(result: np.ndarray, changed: np.ndarray) -> np.ndarray:
    """Return the rows that no longer meet their neighbours, looking only around what was changed."""
    near = _rows_near(result, changed)
    if shapely.coverage_is_valid(result[near]):
        return np.empty(0, dtype=np.intp)
    return near[~shapely.is_empty(shapely.coverage_invalid_edges(result[near]))]


def _rows_near(geometry: np.ndarray, rows: np.ndarray) -> np.ndarray:
    _, found = shapely.STRtree(geometry).query(geometry[rows])
    return np.union1d(rows, found)
