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
    """Make every polygon valid and the layer a coverage; `label` and `name` identify polygons in the report."""
    rings, issues = _mend_rings(label, name, geometry)
    bad_edge_count = _bad_edge_count(rings)
    if bad_edge_count == 0:
        return Repair(rings, len(issues), 0, bool(issues), 0.0, 0.0, issues)
    try:
        clean = as_multipolygons(shapely.coverage_clean(rings, gap_width=GAP_WIDTH_DEGREE))
    except shapely.errors.GEOSException as error:
        raise BoundaryError("coverage_not_repairable", count=bad_edge_count) from error
    before, after = area_km2(rings), area_km2(clean)
    change = np.abs(after - before) / before
    for row in np.flatnonzero(change > REPORTED_AREA_CHANGE):
        issues.append(Issue("area_changed", label.iat[row], name.iat[row], float(before[row]), float(after[row])))
    worst = int(np.argmax(change))
    if change[worst] > REFUSED_AREA_CHANGE:
        raise BoundaryError(
            "repair_too_large",
            kode=label.iat[worst],
            name=name.iat[worst],
            before_km2=f"{before[worst]:.4g}",
            after_km2=f"{after[worst]:.4g}",
        )
    if _bad_edge_count(clean):
        raise BoundaryError("coverage_not_repairable", count=_bad_edge_count(clean))
    return Repair(
        clean,
        int((~shapely.is_valid(geometry)).sum()),
        bad_edge_count,
        True,
        float(change[worst]),
        float(after.sum() / before.sum() - 1),
        issues,
    )


def _mend_rings(label: pd.Series, name: pd.Series, geometry: np.ndarray) -> tuple[np.ndarray, list[Issue]]:
    is_invalid = ~shapely.is_valid(geometry)
    rings = as_multipolygons(geometry)
    if not is_invalid.any():
        return rings, []
    reasons = shapely.is_valid_reason(geometry[is_invalid])
    before = area_km2(geometry[is_invalid])
    # "structure" keeps what the rings enclose; the default method turns a ring that touches itself inside out.
    rings[is_invalid] = as_multipolygons(
        shapely.make_valid(geometry[is_invalid], method="structure", keep_collapsed=False)
    )
    after = area_km2(rings[is_invalid])
    rows = np.flatnonzero(is_invalid)
    if (after == 0).any():
        row = rows[int(np.argmin(after))]
        raise BoundaryError(
            "repair_too_large",
            kode=label.iat[row],
            name=name.iat[row],
            before_km2=f"{before.min():.4g}",
            after_km2="0",
        )
    issues = [
        Issue("invalid_ring", label.iat[row], name.iat[row], float(old), float(new), str(reason))
        for row, old, new, reason in zip(rows, before, after, reasons, strict=True)
    ]
    return rings, issues


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
