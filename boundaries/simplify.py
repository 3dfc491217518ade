"""Display shapes: simplified as one coverage, so that neighbours keep the edge they share."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from boundaries.area import area_km2
from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.levels import KODE_LENGTH, Level
from boundaries.repair import as_multipolygons

# About 1 MB of compressed GeoJSON with five decimals for one provinsi.
VERTEX_BUDGET = 90_000
_TOLERANCES = (0.0003, 0.0005, 0.0007, 0.001, 0.0014, 0.002, 0.003, 0.005)
# A map of the whole country shows kabupaten, never 2,676 desa: the higher the level, the coarser.
_LEVEL_TOLERANCE = {Level.kecamatan: 0.001, Level.kabupaten: 0.002, Level.provinsi: 0.003}
# A small kelurahan beside large desa can collapse to a splinter at a tolerance that suits its neighbours.
LOST_AREA_MAX = 0.5
_HALVINGS = 4


@dataclass(frozen=True)
class Shapes:
    """Display shapes of every level by kode, of the other areas, and how coarse each level is."""

    by_level: dict[Level, pd.Series]
    other: np.ndarray
    tolerance: dict[Level, float]
    vertex_count: int
    change_median_rate: float
    change_max_rate: float


def simplify_coverage(geometry: np.ndarray, tolerance: float) -> np.ndarray:
    """Return a coverage with fewer vertices.

    Raises BoundaryError when the input is no coverage, or when a polygon would vanish or lose most of its area.
    """
    # On an invalid coverage the simplifier raises nothing and lets overlaps grow.
    if not shapely.coverage_is_valid(geometry):
        raise BoundaryError("coverage_not_repairable", count=1)
    simple = as_multipolygons(shapely.coverage_simplify(geometry, tolerance))
    if not _is_sound(geometry, simple):
        raise BoundaryError("simplify_broke_coverage", tolerance=tolerance)
    return simple


def _is_sound(before: np.ndarray, simple: np.ndarray) -> bool:
    is_drawn = not shapely.is_empty(simple).any() and bool(shapely.is_valid(simple).all())
    keeps_area = is_drawn and bool((_change(before, simple) >= -LOST_AREA_MAX).all())
    return keeps_area and bool(shapely.coverage_is_valid(simple))


def _change(before: np.ndarray, simple: np.ndarray) -> np.ndarray:
    area = shapely.area(before)
    return (shapely.area(simple) - area) / area


def draw_shapes(
    kode: pd.Series, geometry: np.ndarray, other_parent: pd.Series, other_geometry: np.ndarray, finest: Level
) -> Shapes:
    """Simplify the finest level to the vertex budget, then dissolve and simplify each level above it."""
    parts = np.concatenate([np.asarray(geometry, dtype=object), np.asarray(other_geometry, dtype=object)])
    provinsi_count = kode.str.slice(0, KODE_LENGTH[Level.provinsi]).nunique()
    least = _LEVEL_TOLERANCE.get(finest, _TOLERANCES[0])
    label = pd.concat([kode, other_parent.fillna("-")], ignore_index=True)
    simple, tolerance = _within_budget(parts, label, VERTEX_BUDGET * provinsi_count, least)
    own, other = simple[: len(geometry)], simple[len(geometry) :]
    by_level = {finest: pd.Series(own, index=pd.Index(kode, dtype="string"), dtype=object)}
    tolerances = {finest: tolerance}
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        if level >= finest:
            continue
        whole = dissolve(kode, own, other_parent, other, level)
        coarse = max(tolerance, _LEVEL_TOLERANCE[level])
        if coarse > tolerance:
            whole, coarse = _coarser(whole, coarse, tolerance)
        by_level[level], tolerances[level] = whole, coarse
    change = np.abs(_change(parts, simple))
    median, largest = float(np.median(change[: len(geometry)])), float(change.max())
    return Shapes(by_level, other, tolerances, int(shapely.get_num_coordinates(simple).sum()), median, largest)


def _within_budget(parts: np.ndarray, label: pd.Series, budget: int, least: float) -> tuple[np.ndarray, float]:
    """Return the finest simplification that keeps to the budget, or the coarsest there is.

    Where that would break a polygon or take most of its area, a finer one is taken, whatever its weight.
    """
    tried = [tolerance for tolerance in _TOLERANCES if tolerance >= least]
    low, high = 0, len(tried) - 1
    while low < high:
        middle = (low + high) // 2
        simple = shapely.coverage_simplify(parts, tried[middle])
        if shapely.get_num_coordinates(simple).sum() <= budget:
            high = middle
        else:
            low = middle + 1
    # The one that is kept is checked; a finer one is taken where it broke something.
    for tolerance in [*reversed(tried[: low + 1]), *(tried[0] / 2**step for step in range(1, _HALVINGS + 1))]:
        simple = as_multipolygons(shapely.coverage_simplify(parts, tolerance))
        if _is_sound(parts, simple):
            return simple, tolerance
    change = _change(parts, simple)
    worst = int(np.argmin(change))
    if change[worst] < -LOST_AREA_MAX:
        area = f"{area_km2(parts[worst : worst + 1])[0]:.2g}"
        raise BoundaryError("shape_collapses", kode=label.iat[worst], area_km2=area, tolerance=f"{tolerance:.2g}")
    raise BoundaryError("simplify_broke_coverage", tolerance=tolerance)


def _coarser(whole: pd.Series, coarse: float, otherwise: float) -> tuple[pd.Series, float]:
    # A hair left by a dissolve is no reason to have no map: the level then keeps the shapes it was dissolved to.
    while coarse > otherwise:
        try:
            return pd.Series(simplify_coverage(whole.to_numpy(), coarse), index=whole.index, dtype=object), coarse
        except BoundaryError:
            coarse /= 2
    return whole, otherwise
