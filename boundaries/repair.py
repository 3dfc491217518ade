"""Mending rings and edges of a layer so that neighbours meet without overlap, every change of area accounted for."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from boundaries.area import area_km2
from boundaries.errors import BoundaryError
from boundaries.report import Issue

# A polygon whose area moves by more than the first is named in the report; by more than the second nothing is loaded.
REPORTED_AREA_CHANGE = 0.001
REFUSED_AREA_CHANGE = 0.25
# Gaps narrower than this (about 11 m) between neighbours are drawing errors and are closed; wider ones are kept.
GAP_WIDTH_DEGREE = 0.0001
_NO_AREA_RATE = 1e-9


@dataclass(frozen=True)
class Repair:
    """A mended layer and the account of it."""

    geometry: np.ndarray
    invalid_ring_count: int
    bad_edge_count: int
    is_repaired: bool
    change_max_rate: float
    change_total_rate: float
    issues: list[Issue]


def repair_coverage(label: pd.Series, name: pd.Series, geometry: np.ndarray) -> Repair:
    """Make every polygon valid and the layer a coverage; `label` and `name` identify polygons in the report.

    A change is counted from the area that the file states to the one that is kept, mended rings and edges together.
    """
    is_invalid = ~shapely.is_valid(geometry)
    rings = _mend_rings(geometry, is_invalid)
    stated, mended = area_km2(geometry), area_km2(rings)
    # A bow-tie or islands written as holes add up to nothing or less: no change can be told from such an area.
    has_area = stated > _NO_AREA_RATE * mended
    issues = _ring_issues(label, name, geometry, is_invalid, stated, mended, has_area)
    stated = np.where(has_area | (mended == 0), stated, mended)
    bad_edge_count = _bad_edge_count(rings)
    clean = _mend_edges(rings, bad_edge_count)
    after = area_km2(clean)
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(after == 0, 1.0, np.abs(after - stated) / stated)
        edge_change = np.abs(after - mended) / mended
    for row in np.flatnonzero(edge_change > REPORTED_AREA_CHANGE):
        issues.append(Issue("area_changed", label.iat[row], name.iat[row], float(mended[row]), float(after[row])))
    worst = int(np.argmax(change))
    if change[worst] > REFUSED_AREA_CHANGE:
        raise BoundaryError(
            "repair_too_large",
            kode=label.iat[worst],
            name=name.iat[worst],
            before_km2=f"{stated[worst]:.4g}",
            after_km2=f"{after[worst]:.4g}",
        )
    if bad_edge_count and (left := _bad_edge_count(clean)):
        raise BoundaryError("coverage_not_repairable", count=left)
    is_repaired = bool(is_invalid.any()) or bad_edge_count > 0
    return Repair(
        clean,
        int(is_invalid.sum()),
        bad_edge_count,
        is_repaired,
        float(change[worst]) if is_repaired else 0.0,
        float(after.sum() / stated.sum() - 1) if is_repaired else 0.0,
        issues,
    )


def _mend_rings(geometry: np.ndarray, is_invalid: np.ndarray) -> np.ndarray:
    rings = as_multipolygons(geometry)
    if is_invalid.any():
        # "structure" keeps what the rings enclose; the default method turns a ring that touches itself inside out.
        rings[is_invalid] = as_multipolygons(
            shapely.make_valid(geometry[is_invalid], method="structure", keep_collapsed=False)
        )
    return rings


def _mend_edges(rings: np.ndarray, bad_edge_count: int) -> np.ndarray:
    if bad_edge_count == 0:
        return rings
    try:
        return as_multipolygons(shapely.coverage_clean(rings, gap_width=GAP_WIDTH_DEGREE))
    except shapely.errors.GEOSException as error:
        raise BoundaryError("coverage_not_repairable", count=bad_edge_count) from error


def _ring_issues(
    label: pd.Series,
    name: pd.Series,
    geometry: np.ndarray,
    is_invalid: np.ndarray,
    stated: np.ndarray,
    mended: np.ndarray,
    has_area: np.ndarray,
) -> list[Issue]:
    issues = []
    for row in np.flatnonzero(is_invalid):
        areas = (float(stated[row]), float(mended[row]))
        reason = str(shapely.is_valid_reason(geometry[row]))
        issues.append(Issue("invalid_ring", label.iat[row], name.iat[row], *areas, reason))
        if not has_area[row]:
            issues.append(Issue("ring_without_area", label.iat[row], name.iat[row], *areas))
    return issues


def _bad_edge_count(geometry: np.ndarray) -> int:
    if shapely.coverage_is_valid(geometry):
        return 0
    return int((~shapely.is_empty(shapely.coverage_invalid_edges(geometry))).sum())


def as_multipolygons(geometry: np.ndarray) -> np.ndarray:
    """Return every geometry as a MultiPolygon of its polygonal parts."""
    result = np.array(geometry, dtype=object)
    for row in np.flatnonzero(shapely.get_type_id(result) != 6):
        parts = shapely.get_parts(shapely.get_parts([result[row]]))
        result[row] = shapely.multipolygons(parts[shapely.get_type_id(parts) == 3])
    return result
