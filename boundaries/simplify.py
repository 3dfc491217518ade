"""Display shapes at three details: simplified as one coverage, so that neighbours keep the edge they share."""

from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import shapely

from boundaries.area import area_km2
from boundaries.checks import has_bad_edges
from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.kept_shapes import keep_shapes
from boundaries.levels import KODE_LENGTH, Level
from boundaries.report import Issue
from boundaries.rings import as_multipolygons

# 0 for a map of the nation, 1 for one of a provinsi, 2 for a kabupaten or less.
DETAILS = (0, 1, 2)
_NATION, _PROVINSI, _KABUPATEN = DETAILS
# 22 m: less than the width of a line on a map of a kabupaten.
_FINE_TOLERANCE = 0.0002
# 550 m: the whole country is drawn about 45 degrees wide.
_NATION_TOLERANCE = 0.005
# About 1 MB of compressed GeoJSON with five decimals for a map of one provinsi.
VERTEX_BUDGET = 90_000
_TOLERANCES = (0.0003, 0.0005, 0.0007, 0.001, 0.0014, 0.002, 0.003, 0.005)
# A map of a provinsi shows kabupaten or desa, never provinsi beside desa: the higher the level, the coarser.
_LEVEL_TOLERANCE = {Level.kecamatan: 0.001, Level.kabupaten: 0.002, Level.provinsi: 0.003}
# How much of its area a shape may gain or lose before it keeps its own. On the country's 81,904 polygons these let
# all but the outliers through: none at detail 2, 56 at detail 1, 3,277 kelurahan of 0.7 km2 (in the median) at detail
# 0, where holding them to a tenth would keep 14,529 and make the nation's map heavier by a quarter.
CHANGE_MAX = {_NATION: 0.25, _PROVINSI: 0.10, _KABUPATEN: 0.05}
# Shapes that are kept are named up to this number of each detail and level; all are counted.
NAMED_KEPT_MAX = 100
# Up to the first number of vertices the budget is tried out on all polygons, above it on about the second.
_TRIED_WHOLE_MAX = 400_000
_TRIED_SAMPLE = 150_000
# What was simplified by its publisher already is not gone through once more for less than a fiftieth of its vertices.
_WORTH_SHARE = 0.98


@dataclass(frozen=True)
class Shapes:
    """Display shapes of every level by kode, at three details (0 nation, 1 provinsi, 2 kabupaten and below).

    `other` holds the areas that are no wilayah, at each detail. `tolerance` (degrees), `vertex_count`, `kept_count`
    (shapes that are those of the finer detail, or the full boundary at the finest) and the changes of area against
    the full boundaries (shares) stand by detail and level; those of the finest level include the other areas.
    `issues` names kept shapes, with the area that simplifying would have left them.
    """

    by_detail: dict[int, dict[Level, pd.Series]] = field(default_factory=dict)
    other: dict[int, np.ndarray] = field(default_factory=dict)
    tolerance: dict[tuple[int, Level], float] = field(default_factory=dict)
    vertex_count: dict[tuple[int, Level], int] = field(default_factory=dict)
    kept_count: dict[tuple[int, Level], int] = field(default_factory=dict)
    change_median_rate: dict[tuple[int, Level], float] = field(default_factory=dict)
    change_max_rate: dict[tuple[int, Level], float] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)


def draw_shapes(
    kode: pd.Series, geometry: np.ndarray, other_parent: pd.Series, other_geometry: np.ndarray, finest: Level
) -> Shapes:
    """Simplify the finest level, dissolve the levels above from it, and make each coarser detail from the finer one.

    The polygons and other areas must be one valid coverage, or BoundaryError `coverage_not_repairable` is raised.
    """
    count = len(geometry)
    parts = as_multipolygons(np.concatenate([np.asarray(geometry, dtype=object), np.asarray(other_geometry, object)]))
    shapes = Shapes()
    label = pd.concat([kode, other_parent.fillna("-")], ignore_index=True)
    fine = _draw_level(shapes, finest, label, parts, shapely.area(parts), count, kode)
    below, parent, rest = kode, other_parent, fine[count:]
    fine = fine[:count]
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        if level >= finest:
            continue
        # From the level just below and the other areas that are in none of it: much fewer edges than from the desa.
        whole = dissolve(below, fine, parent, rest, level)
        area = _dissolved_area(kode, other_parent, shapely.area(parts), level, whole.index)
        below, fine = whole.index.to_series().reset_index(drop=True), whole.to_numpy()
        is_above = (parent.fillna("").str.len() < KODE_LENGTH[level]).to_numpy(dtype=bool)
        parent, rest = parent[is_above], rest[is_above]
        _draw_level(shapes, level, below, fine, area, len(whole), below, is_dissolved=True)
    return shapes


def _draw_level(
    shapes: Shapes,
    level: Level,
    label: pd.Series,
    parts: np.ndarray,
    area: np.ndarray,
    count: int,
    kode: pd.Series,
    *,
    is_dissolved: bool = False,
) -> np.ndarray:
    """Write the three details of one level into `shapes` and return the finest; `parts` after `count` are others."""
    if is_dissolved:
        # What is dissolved is simplified already. A hair left by it is no reason to have no map: then it stays so.
        worth = shapely.coverage_is_valid(parts)
        steps = {_KABUPATEN: None, _PROVINSI: _LEVEL_TOLERANCE[level] if worth else None}
        steps[_NATION] = _NATION_TOLERANCE if worth else None
    else:
        steps = _steps(parts, kode, _LEVEL_TOLERANCE.get(level, _TOLERANCES[0]))
    tolerance, current, finest = _FINE_TOLERANCE, parts, parts
    for detail in reversed(DETAILS):
        is_kept = np.zeros(len(parts), dtype=bool)
        if (step := steps[detail]) is not None:
            tolerance = step
            simple = shapely.coverage_simplify(current, tolerance)
            current, is_kept = keep_shapes(current, simple, area, CHANGE_MAX[detail])
            if is_kept.all() and not shapely.coverage_is_valid(parts):
                # On an invalid coverage the simplifier raises nothing and lets overlaps grow.
                raise BoundaryError("coverage_not_repairable", count=int(has_bad_edges(parts).sum()))
            _name_kept(shapes, detail, label, area, parts, simple, is_kept)
        if detail == _KABUPATEN:
            finest = current
        at = (detail, level)
        change = np.abs(shapely.area(current) - area) / area
        shapes.by_detail.setdefault(detail, {})[level] = pd.Series(
            current[:count], index=pd.Index(kode, dtype="string"), dtype=object
        )
        if not is_dissolved:
            shapes.other[detail] = current[count:]
        shapes.tolerance[at] = tolerance
        shapes.vertex_count[at] = int(shapely.get_num_coordinates(current).sum())
        shapes.kept_count[at] = int(is_kept.sum())
        shapes.change_median_rate[at], shapes.change_max_rate[at] = float(np.median(change)), float(change.max())
    return finest


def _name_kept(
    shapes: Shapes,
    detail: int,
    label: pd.Series,
    area: np.ndarray,
    parts: np.ndarray,
    simple: np.ndarray,
    is_kept: np.ndarray,
) -> None:
    """Name the kept shapes that simplifying would have changed the most."""
    kept = np.flatnonzero(is_kept)
    if len(kept) == 0:
        return
    change = np.abs(shapely.area(simple[kept]) - area[kept]) / area[kept]
    # A neighbour that is kept only to stay beside another has nothing to be named for.
    kept = kept[np.argsort(-change, kind="stable")][: min(NAMED_KEPT_MAX, int((change > CHANGE_MAX[detail]).sum()))]
    before, after = area_km2(parts[kept]), area_km2(simple[kept])
    for row, was, would_be in zip(kept, before, after, strict=True):
        issue = Issue("shape_kept", label.iat[row], None, float(was), float(would_be), str(detail), parts[row])
        shapes.issues.append(issue)


def _steps(parts: np.ndarray, kode: pd.Series, least: float) -> dict[int, float | None]:
    """Return by detail the tolerance to simplify by, None where that would save nothing.

    That of a provinsi is the finest, not below `least`, that keeps to the budget, or the coarsest there is.
    """
    total = int(shapely.get_num_coordinates(parts).sum())
    budget = VERTEX_BUDGET * kode.str.slice(0, KODE_LENGTH[Level.provinsi]).nunique()
    sample = _sample(parts, kode, total)
    tried = int(shapely.get_num_coordinates(sample).sum())
    steps: dict[int, float | None] = {_KABUPATEN: None, _PROVINSI: _TOLERANCES[-1], _NATION: _NATION_TOLERANCE}
    # Simplifying on from the tolerance before is the same as simplifying anew, and quicker.
    for tolerance in (_FINE_TOLERANCE, *(at for at in _TOLERANCES if at >= least)):
        sample = shapely.coverage_simplify(sample, tolerance)
        left = int(shapely.get_num_coordinates(sample).sum())
        if tolerance == _FINE_TOLERANCE:
            steps[_KABUPATEN] = tolerance if left < _WORTH_SHARE * tried else None
        elif left * total <= budget * tried:
            steps[_PROVINSI] = tolerance
            break
    return steps


def _sample(parts: np.ndarray, kode: pd.Series, total: int) -> np.ndarray:
    if total <= _TRIED_WHOLE_MAX:
        return parts
    # Whole kabupaten, evenly over the country: what is cut off from its neighbours is little.
    kabupaten = kode.str.slice(0, KODE_LENGTH[Level.kabupaten])
    names = np.sort(kabupaten.unique())[:: -(-total // _TRIED_SAMPLE)]
    return parts[: len(kode)][kabupaten.isin(names).to_numpy(dtype=bool)]


def _dissolved_area(
    kode: pd.Series, other_parent: pd.Series, area: np.ndarray, level: Level, wanted: pd.Index
) -> np.ndarray:
    """Return the areas that the wilayah of `level` have at full detail, as sums of their parts."""
    cut = KODE_LENGTH[level]
    above = pd.concat([kode, other_parent.fillna("")], ignore_index=True).astype("string")
    is_below = (above.str.len() >= cut).to_numpy(dtype=bool)
    sums = pd.Series(area[is_below]).groupby(above[is_below].str.slice(0, cut).to_numpy(dtype=object)).sum()
    return sums.reindex(wanted).to_numpy(dtype=float)
