"""Rings that enclose no certain area, mended polygon by polygon, and each of them named."""

import re

import numpy as np
import pandas as pd
import shapely

from boundaries.report import Issue

NESTED_SHELLS = "Nested shells"
_MILLIMETRE_DEGREE = 1e-8
_PLACE = re.compile(r"\[(-?[\d.eE+-]+) (-?[\d.eE+-]+)")


def as_multipolygons(geometry: np.ndarray) -> np.ndarray:
    """Return every geometry as a MultiPolygon of its polygonal parts."""
    result = np.array(geometry, dtype=object)
    is_polygon = (shapely.get_type_id(result) == 3) & ~shapely.is_empty(result)
    plain = np.flatnonzero(is_polygon)
    result[plain] = shapely.multipolygons(result[plain], indices=np.arange(len(plain)))
    for row in np.flatnonzero((shapely.get_type_id(result) != 6) & ~is_polygon):
        parts = shapely.get_parts(shapely.get_parts([result[row]]))
        result[row] = shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
    return result


def mend_rings(geometry: np.ndarray, is_invalid: np.ndarray) -> np.ndarray:
    """Return MultiPolygons in which what the invalid rings enclose is kept, and nothing that is no area."""
    rings = as_multipolygons(geometry)
    if is_invalid.any():
        # "structure" keeps what the rings enclose; the default method turns a ring that touches itself inside out.
        rings[is_invalid] = as_multipolygons(
            shapely.make_valid(geometry[is_invalid], method="structure", keep_collapsed=False)
        )
    return rings


def part_touching_holes(geometry: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """Return polygons whose holes no longer touch their own shell, moved away from it by a millimetre.

    Where two neighbours each have a hole that touches their common border in the same vertex, the coverage is whole,
    but the geometry engine takes the free edges of the holes for edges that do not match.
    """
    result = geometry.copy()
    for row in rows:
        parts = []
        for part in shapely.get_parts(geometry[row]):
            shell = frozenset(part.exterior.coords)
            parts.append(shapely.Polygon(part.exterior, [_parted(hole, shell) for hole in part.interiors]))
        parted = shapely.multipolygons(parts)
        if parted.is_valid:
            result[row] = parted
    return result


def _parted(hole: shapely.LinearRing, shell: frozenset[tuple[float, float]]) -> np.ndarray:
    at = np.array(hole.coords)[:-1]
    touching = [row for row, point in enumerate(map(tuple, at)) if point in shell]
    inward = (np.roll(at, 1, axis=0) + np.roll(at, -1, axis=0)) / 2 - at
    for row in touching:
        length = float(np.hypot(*inward[row]))
        if length > 0:
            at[row] += inward[row] * min(_MILLIMETRE_DEGREE / length, 0.5)
    return at


def ring_faults(geometry: np.ndarray, is_invalid: np.ndarray) -> dict[int, str]:
    """Return by row what is wrong with each invalid polygon, in the words of the geometry engine."""
    rows = np.flatnonzero(is_invalid)
    return dict(zip(rows.tolist(), shapely.is_valid_reason(geometry[rows]).tolist(), strict=True))


def ring_issues(
    label: pd.Series, name: pd.Series, faults: dict[int, str], stated: np.ndarray, mended: np.ndarray
) -> list[Issue]:
    """Name each invalid polygon with the place of its fault; `stated` and `mended` are areas in km2."""
    issues = []
    for row, fault in faults.items():
        what = "nested_shells" if fault.startswith(NESTED_SHELLS) else "invalid_ring"
        named = None if pd.isna(name.iat[row]) else str(name.iat[row])
        found = _PLACE.search(fault)
        place = shapely.Point(float(found[1]), float(found[2])) if found else None
        # Rings that run the wrong way round take area away: they state none.
        before = max(float(stated[row]), 0.0)
        issues.append(Issue(what, label.iat[row], named, before, float(mended[row]), fault, place))
    return issues
