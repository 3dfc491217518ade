"""Mending rings and edges of a layer so that neighbours meet without overlap, every change of area accounted for.

One bad polygon never keeps a whole country from being loaded: it is mended and named, and where nothing is left of it
its wilayah goes without a polygon, as the report says. Only a layer that is wrong as a whole is refused.
"""

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
import shapely

from boundaries.area import area_km2
from boundaries.checks import GAP_WIDTH_DEGREE, NAMED_MAX, Gaps, Overlaps, gaps, has_bad_edges, overlaps
from boundaries.errors import BoundaryError
from boundaries.gap_closing import close_gaps
from boundaries.report import Issue
from boundaries.rings import (
    NESTED_SHELLS,
    as_multipolygons,
    mend_rings,
    part_touching_holes,
    ring_faults,
    ring_issues,
)

# A polygon whose area moves by more than the first is named in the report; by more than the second it is named apart,
# for a person to look at, and it stands before its larger neighbours where they overlap.
REPORTED_AREA_CHANGE = 0.001
LARGE_AREA_CHANGE = 0.25
# Two polygons that are this much the same are one place drawn twice: the second is left out.
_SAME_SHARE = 0.75
# When more than one polygon and more than this share of the layer is lost or much changed, the layer makes no sense.
_SENSELESS_SHARE = 0.25
_NO_AREA_RATE = 1e-9
# An overlap of less than a hectare is a line drawn twice; such are told together.
_NAMED_OVERLAP_KM2 = 0.01


@dataclass(frozen=True)
class RepairCounts:
    """What is wrong with a layer: numbers of polygons, pairs and gaps, and the km2 that they cover.

    `missing_count` are rows without a polygon; `invalid_ring_count` leaves nested shells to `nested_shell_count`. Gaps
    are narrow (closed by the repair) or wide (kept).
    """

    missing_count: int = 0
    invalid_ring_count: int = 0
    nested_shell_count: int = 0
    bad_edge_count: int = 0
    overlap_count: int = 0
    overlap_km2: float = 0.0
    narrow_gap_count: int = 0
    narrow_gap_km2: float = 0.0
    wide_gap_count: int = 0
    wide_gap_km2: float = 0.0


@dataclass(frozen=True)
class Repair:
    """A mended layer and the account of it.

    `geometry` has a row for every row given, an empty MultiPolygon where `is_kept` is False: a row without a polygon,
    or one of whose polygon nothing is left.
    """

    geometry: np.ndarray
    is_kept: np.ndarray
    invalid_ring_count: int
    bad_edge_count: int
    is_repaired: bool
    change_max_rate: float
    change_total_rate: float
    before: RepairCounts
    after: RepairCounts
    issues: list[Issue]


def repair_coverage(label: pd.Series, name: pd.Series, geometry: np.ndarray) -> Repair:
    """Make every polygon valid and the layer a coverage; `label` and `name` identify polygons in the report.

    Where two polygons overlap by a sliver the longer common border decides who keeps it; where the overlap is more
    than LARGE_AREA_CHANGE of the smaller one, the smaller keeps its own ring and the larger gives way. Overlaps and
    gaps are counted once the rings are mended, since an invalid ring encloses no certain area. A change of area is
    counted from the area that the file states to the one that is kept, rings and edges together.

    Raises BoundaryError `repair_too_large` when too much of the layer is lost or changed, `coverage_not_repairable`.
    """
    raw = np.array(geometry, dtype=object)
    is_missing = shapely.is_missing(raw) | shapely.is_empty(raw)
    raw[is_missing] = shapely.MultiPolygon()
    is_invalid = ~shapely.is_valid(raw)
    faults = ring_faults(raw, is_invalid)
    rings = mend_rings(raw, is_invalid)
    stated = area_km2(raw)
    mended = _area_after(stated, rings, is_invalid)
    issues = [Issue("polygon_missing", *_who(label, name, row)) for row in np.flatnonzero(is_missing)]
    issues += ring_issues(label, name, faults, stated, mended)
    # A bow-tie or islands written as holes add up to nothing or less: no change can be told from such an area.
    is_vague = is_invalid & (stated <= _NO_AREA_RATE * mended) & (mended > 0)
    for row in np.flatnonzero(is_vague):
        issues.append(Issue("ring_without_area", *_who(label, name, row), 0.0, float(mended[row]), None, rings[row]))
    stated = np.where(is_vague, mended, stated)

    rows = np.flatnonzero(mended > 0)
    is_bad = has_bad_edges(rings[rows]) if len(rows) else np.empty(0, dtype=bool)
    common, holes = overlaps(rings[rows], is_bad), gaps(rings[rows], is_bad)
    issues += _overlap_issues(label, name, replace(common, first=rows[common.first], second=rows[common.second]))
    issues += _gap_issues(label, rings, rows, holes)
    nested = sum(fault.startswith(NESTED_SHELLS) for fault in faults.values())
    before = replace(
        _counts(is_bad, common, holes),
        missing_count=int(is_missing.sum()),
        invalid_ring_count=len(faults) - nested,
        nested_shell_count=nested,
    )
    clean = rings.copy()
    clean[rows], drawn_by = _mend_edges(rings[rows], is_bad, common, holes)
    is_kept = ~shapely.is_empty(clean)
    after = _area_after(mended, clean, _is_other(rings, clean))
    for row in np.flatnonzero(~is_kept & ~is_missing):
        at = np.flatnonzero(rows == row)
        keeper = drawn_by.get(int(at[0])) if len(at) else None
        note = None if keeper is None else str(label.iat[rows[keeper]])
        issues.append(Issue("polygon_lost", *_who(label, name, row), float(stated[row]), 0.0, note, rings[row]))
    change = _change(stated, after, is_missing)
    issues += _change_issues(label, name, clean, is_kept, stated, mended, after)
    is_much = ~is_missing & (change > LARGE_AREA_CHANGE)
    if not is_kept.any() or (is_much.sum() > 1 and is_much.sum() > _SENSELESS_SHARE * len(raw)):
        raise _senseless(label, name, stated, after, is_much)
    rows = np.flatnonzero(is_kept)
    is_repaired = bool(is_invalid.any() or is_bad.any() or holes.is_narrow.any())
    counted = before
    if is_repaired:
        left = has_bad_edges(clean[rows])
        if left.any():
            clean[rows] = part_touching_holes(clean[rows], np.flatnonzero(left))
            left = has_bad_edges(clean[rows])
        if left.any():
            raise BoundaryError("coverage_not_repairable", count=int(left.sum()))
        counted = _counts(left, overlaps(clean[rows], left), gaps(clean[rows], left))
    return Repair(
        clean,
        is_kept,
        len(faults),
        before.bad_edge_count,
        is_repaired,
        float(change.max()) if is_repaired else 0.0,
        float(after.sum() / stated.sum() - 1) if is_repaired else 0.0,
        before,
        replace(counted, missing_count=int((~is_kept).sum())),
        issues,
    )


def _mend_edges(
    rings: np.ndarray, is_bad: np.ndarray, common: Overlaps, holes: Gaps
) -> tuple[np.ndarray, dict[int, int]]:
    """Return a coverage without narrow gaps, and by row the other row that draws the same place."""
    clean, drawn_by = _stacked_apart(rings, common)
    if is_bad.any():
        drawn = np.flatnonzero(~shapely.is_empty(clean))
        clean[drawn] = _clean(clean[drawn], np.flatnonzero(is_bad[drawn]))
        drawn = np.flatnonzero(~shapely.is_empty(clean))
        holes = gaps(clean[drawn], np.zeros(len(drawn), dtype=bool))
    narrow = holes.geometry[holes.is_narrow]
    if len(narrow) == 0:
        return clean, drawn_by
    drawn = np.flatnonzero(~shapely.is_empty(clean))
    closed = close_gaps(clean[drawn], narrow)
    if not shapely.coverage_is_valid(closed):
        closed = _clean_all(clean[drawn], GAP_WIDTH_DEGREE)
    clean[drawn] = closed
    return clean, drawn_by


def _stacked_apart(rings: np.ndarray, common: Overlaps) -> tuple[np.ndarray, dict[int, int]]:
    """Cut small polygons out of large ones that are drawn over them; of two that are the same the first stays."""
    result, drawn_by = rings.copy(), dict[int, int]()
    area, shared = shapely.area(rings), shapely.area(common.geometry)
    stacked = shared > LARGE_AREA_CHANGE * np.minimum(area[common.first], area[common.second])
    over: dict[int, list[int]] = {}
    for one, two, size in zip(common.first[stacked], common.second[stacked], shared[stacked], strict=True):
        small, large = (one, two) if area[one] < area[two] else (two, one)
        if size > _SAME_SHARE * area[large]:
            if one not in drawn_by:
                drawn_by[int(two)] = int(one)
        else:
            over.setdefault(int(large), []).append(int(small))
    if not over and not drawn_by:
        return result, drawn_by
    for large, small in over.items():
        result[large] = shapely.difference(rings[large], shapely.union_all(rings[small]))
    for row in drawn_by:
        result[row] = shapely.MultiPolygon()
    return as_multipolygons(result), drawn_by


def _clean(rings: np.ndarray, bad: np.ndarray) -> np.ndarray:
    """Match the edges of the bad polygons with those around them; the rest of the layer is not touched."""
    near = np.unique(shapely.STRtree(rings).query(rings[bad])[1])
    if len(near) == len(rings):
        return _clean_all(rings, 0.0)
    result = rings.copy()
    result[near] = _clean_all(rings[near], 0.0)
    drawn = result[~shapely.is_empty(result)]
    return result if shapely.coverage_is_valid(drawn) else _clean_all(rings, 0.0)


def _clean_all(rings: np.ndarray, gap_width: float) -> np.ndarray:
    try:
        return as_multipolygons(shapely.coverage_clean(rings, gap_width=gap_width))
    except shapely.errors.GEOSException as error:
        raise BoundaryError("coverage_not_repairable", count=len(rings)) from error


def _counts(is_bad: np.ndarray, common: Overlaps, holes: Gaps) -> RepairCounts:
    narrow, wide = holes.km2[holes.is_narrow], holes.km2[~holes.is_narrow]
    return RepairCounts(
        bad_edge_count=int(is_bad.sum()),
        overlap_count=len(common.km2),
        overlap_km2=float(common.km2.sum()),
        narrow_gap_count=len(narrow),
        narrow_gap_km2=float(narrow.sum()),
        wide_gap_count=len(wide),
        wide_gap_km2=float(wide.sum()),
    )


def _area_after(before: np.ndarray, geometry: np.ndarray, is_changed: np.ndarray) -> np.ndarray:
    after = before.copy()
    after[is_changed] = area_km2(geometry[is_changed])
    return after


def _is_other(before: np.ndarray, after: np.ndarray) -> np.ndarray:
    return ~shapely.equals_exact(before, after)


def _change(before: np.ndarray, after: np.ndarray, is_missing: np.ndarray) -> np.ndarray:
    """Return the share by which each area moved, 1 for a polygon that vanished, 0 for a row that never had one."""
    with np.errstate(divide="ignore", invalid="ignore"):
        change = np.where(after == 0, 1.0, np.abs(after - before) / before)
    return np.where(is_missing, 0.0, change)


def _change_issues(
    label: pd.Series,
    name: pd.Series,
    clean: np.ndarray,
    is_kept: np.ndarray,
    stated: np.ndarray,
    mended: np.ndarray,
    after: np.ndarray,
) -> list[Issue]:
    """Name each polygon that its edges moved, and apart from them those that rings and edges moved by much."""
    issues = []
    change, by_edges = _change(stated, after, ~is_kept), _change(mended, after, ~is_kept)
    is_much = change > LARGE_AREA_CHANGE
    for row in np.flatnonzero(is_much | (by_edges > REPORTED_AREA_CHANGE)):
        what, before = ("area_changed_much", stated) if is_much[row] else ("area_changed", mended)
        issues.append(Issue(what, *_who(label, name, row), float(before[row]), float(after[row]), None, clean[row]))
    return issues


def _overlap_issues(label: pd.Series, name: pd.Series, common: Overlaps) -> list[Issue]:
    order = np.argsort(-common.km2, kind="stable")
    named = order[: min(NAMED_MAX, int((common.km2 > _NAMED_OVERLAP_KM2).sum()))]
    shape = as_multipolygons(common.geometry)
    issues = [
        Issue(
            "overlap",
            *_who(label, name, common.first[pair]),
            float(common.km2[pair]),
            0.0,
            str(label.iat[common.second[pair]]),
            shape[pair],
        )
        for pair in named
    ]
    return issues + _rest("overlap_small", shape, common.km2, order[len(named) :])


def _gap_issues(label: pd.Series, rings: np.ndarray, rows: np.ndarray, holes: Gaps) -> list[Issue]:
    wide = np.flatnonzero(~holes.is_narrow)
    wide = wide[np.argsort(-holes.km2[wide], kind="stable")]
    named = wide[:NAMED_MAX]
    issues = _rest("gap_closed", holes.geometry, holes.km2, np.flatnonzero(holes.is_narrow))
    if len(named):
        nearest = shapely.STRtree(rings[rows]).query_nearest(holes.geometry[named], all_matches=False)[1]
        for gap, beside in zip(named, rows[nearest], strict=True):
            km2 = float(holes.km2[gap])
            issues.append(Issue("gap_kept", str(label.iat[beside]), None, km2, km2, None, holes.geometry[gap]))
    return issues + _rest("gap_kept", holes.geometry, holes.km2, wide[NAMED_MAX:])


def _rest(what: str, geometry: np.ndarray, km2: np.ndarray, rows: np.ndarray) -> list[Issue]:
    """Tell many small findings as one, all of their places in it."""
    if len(rows) == 0:
        return []
    shape = shapely.multipolygons(shapely.get_parts(geometry[rows]))
    after = float(km2[rows].sum()) if what == "gap_kept" else 0.0
    return [Issue(what, None, None, float(km2[rows].sum()), after, f"{len(rows)}", shape)]


def _who(label: pd.Series, name: pd.Series, row: int) -> tuple[str, str | None]:
    return str(label.iat[row]), None if pd.isna(name.iat[row]) else str(name.iat[row])


def _senseless(
    label: pd.Series, name: pd.Series, stated: np.ndarray, after: np.ndarray, is_much: np.ndarray
) -> BoundaryError:
    change = _change(stated, after, ~is_much)
    kode, called = _who(label, name, int(np.argmax(change)))
    row = int(np.argmax(change))
    return BoundaryError(
        "repair_too_large",
        kode=kode,
        name=called or "-",
        before_km2=f"{stated[row]:.4g}",
        after_km2=f"{after[row]:.4g}",
        count=int(is_much.sum()),
        total=len(stated),
    )
