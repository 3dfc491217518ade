"""What is wrong with a layer of polygons, found without changing it: each finding with its place and its size.

Geometry is in EPSG:4326. Polygons must be valid by themselves (their rings mended) unless a check says otherwise.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from boundaries.area import area_km2
from boundaries.levels import KODE_LENGTH, Level
from boundaries.report import Issue

# Gaps narrower than this (about 11 m) between neighbours are drawing errors and are closed; wider ones are kept.
GAP_WIDTH_DEGREE = 0.0001
# Layers of two publishers, or of two scales, differ along every border; a desa on the wrong side differs by all of it.
OUTSIDE_PARENT_SHARE = 0.1
# Below this a difference from another publisher's area is the rounding and the projection of either.
AREA_DIFFERENCE = 0.05
# HDX COD-AB 2020: but for two splinters the smallest desa has 0.8 ha, the largest 5,011 km2; kecamatan go up to 11,923,
# kabupaten to 44,014 and provinsi (Papua before 2022) to 314,032. The bounds leave room.
TINY_KM2 = 0.005
HUGE_KM2 = {Level.desa: 10_000, Level.kecamatan: 25_000, Level.kabupaten: 60_000, Level.provinsi: 400_000}
# Where more polygons than this have bad edges, taking the good ones apart from them saves nothing.
_MOSTLY_BAD_SHARE = 0.5
# Findings of one sort are named one by one up to this number; the rest is counted.
NAMED_MAX = 500


@dataclass(frozen=True)
class Overlaps:
    """Pairs of polygons that share area: their rows, the shared area in km2 and the shared geometry."""

    first: np.ndarray
    second: np.ndarray
    km2: np.ndarray
    geometry: np.ndarray


@dataclass(frozen=True)
class Gaps:
    """Holes that no polygon covers, their area in km2, and whether each is narrower than the repair width."""

    geometry: np.ndarray
    km2: np.ndarray
    is_narrow: np.ndarray


def has_bad_edges(geometry: np.ndarray) -> np.ndarray:
    """Return for each polygon whether an edge of it fails to match its neighbour's."""
    if shapely.coverage_is_valid(geometry):
        return np.zeros(len(geometry), dtype=bool)
    return ~shapely.is_empty(shapely.coverage_invalid_edges(geometry))


def overlaps(geometry: np.ndarray, is_bad: np.ndarray | None = None) -> Overlaps:
    """Return the pairs of polygons that overlap; `is_bad` is `has_bad_edges` where it is known already."""
    is_bad = has_bad_edges(geometry) if is_bad is None else is_bad
    bad = np.flatnonzero(is_bad)
    # Two polygons that overlap have bad edges, both or at least one: only around these is anything to look for.
    one, two = shapely.STRtree(geometry).query(geometry[bad], predicate="intersects")
    pair = np.unique(np.sort(np.column_stack([bad[one], two]), axis=1), axis=0)
    pair = pair[pair[:, 0] != pair[:, 1]]
    shared = shapely.intersection(geometry[pair[:, 0]], geometry[pair[:, 1]])
    is_area = shapely.area(shared) > 0
    pair, shared = pair[is_area], shared[is_area]
    return Overlaps(pair[:, 0], pair[:, 1], area_km2(shared), shared)


def gaps(geometry: np.ndarray, is_bad: np.ndarray | None = None, width: float = GAP_WIDTH_DEGREE) -> Gaps:
    """Return the holes of the union of all polygons, without what lies in a hole; `width` is in degrees."""
    if len(geometry) == 0:
        nothing = np.empty(0)
        return Gaps(np.empty(0, dtype=object), nothing, nothing.astype(bool))
    is_bad = has_bad_edges(geometry) if is_bad is None else is_bad
    if is_bad.mean() > _MOSTLY_BAD_SHARE:
        union = shapely.get_parts(shapely.union_all(geometry))
    else:
        # Edges that match need no overlay: the quick union takes all but the bad ones.
        union = shapely.get_parts(shapely.coverage_union_all(geometry[~is_bad]))
        if is_bad.any():
            union = shapely.get_parts(shapely.union_all(np.concatenate([union, geometry[is_bad]])))
    ring, part = shapely.get_rings(union, return_index=True)
    is_shell = np.concatenate([[True], part[1:] != part[:-1]]) if len(part) else np.empty(0, dtype=bool)
    hole = shapely.polygons(ring[~is_shell])
    hole = _without_islands(hole, union)
    is_narrow = shapely.is_empty(shapely.buffer(hole, -width / 2, join_style="mitre"))
    return Gaps(hole, area_km2(hole), is_narrow)


def _without_islands(hole: np.ndarray, union: np.ndarray) -> np.ndarray:
    """Cut out of each hole the parts of the union that lie in it: a desa in a lake, or one drawn a little too small."""
    inside, part = shapely.STRtree(union).query(hole, predicate="covers")
    for row in np.unique(inside):
        hole[row] = shapely.difference(hole[row], shapely.union_all(union[part[inside == row]]))
    return hole


def parents_that_miss(
    child_kode: pd.Series, child_geometry: np.ndarray, parent_kode: pd.Series, parent_geometry: np.ndarray
) -> list[Issue]:
    """Name each polygon that lies outside of the wilayah of its own code by more than OUTSIDE_PARENT_SHARE.

    Parents are of one level. A polygon whose parent has no polygon is named with the parent's code.
    """
    children, parents = _valid(child_geometry), _valid(parent_geometry)
    if len(children) == 0 or len(parents) == 0:
        return []
    row_of = pd.Series(np.arange(len(parents)), index=parent_kode.to_numpy(dtype=object))
    above = child_kode.str.slice(0, len(parent_kode.iat[0])).to_numpy(dtype=object)
    row = row_of.reindex(above).to_numpy()
    has_parent = ~np.isnan(row)
    issues = [
        Issue("parent_missing", str(child_kode.iat[at]), note=str(above[at]), geometry=children[at])
        for at in np.flatnonzero(~has_parent)
    ]
    shapely.prepare(parents)
    row = np.where(has_parent, row, 0).astype(np.intp)
    doubtful = np.flatnonzero(has_parent & ~shapely.covers(parents[row], children))
    inside = shapely.intersection(children[doubtful], _clipped(parents[row[doubtful]], children[doubtful]))
    outside = 1 - shapely.area(inside) / shapely.area(children[doubtful])
    far = outside > OUTSIDE_PARENT_SHARE
    before, after = area_km2(children[doubtful[far]]), area_km2(inside[far])
    for at, was, stays in zip(doubtful[far], before, after, strict=True):
        note = str(above[at])
        issues.append(Issue("outside_parent", str(child_kode.iat[at]), None, was, stays, note, children[at]))
    return issues


def _valid(geometry: np.ndarray) -> np.ndarray:
    result = np.array(geometry, dtype=object)
    is_invalid = ~shapely.is_valid(result)
    result[is_invalid] = shapely.make_valid(result[is_invalid], method="structure")
    return result


def _clipped(parent: np.ndarray, child: np.ndarray) -> np.ndarray:
    """Return of each parent what lies about its child: a provinsi of the coast has too many vertices to overlay."""
    clipped = parent.copy()
    for at, (west, south, east, north) in enumerate(shapely.bounds(child)):
        part = shapely.clip_by_rect(parent[at], west, south, east, north)
        if part.is_valid:
            clipped[at] = part
    return clipped


def areas_against(stated: Mapping[str, float], kode: pd.Series, km2: np.ndarray) -> list[Issue]:
    """Name each wilayah whose area differs from the one stated elsewhere (km2), the largest difference first.

    What differs is reported and not judged: publishers count forest, lakes and the coast differently.
    """
    km2, given = np.asarray(km2, dtype=float), kode.map(dict(stated)).to_numpy(dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.abs(km2 - given) / given
    rows = np.flatnonzero(share > AREA_DIFFERENCE)
    rows = rows[np.argsort(-share[rows], kind="stable")]
    return [
        Issue("area_differs", str(kode.iat[row]), None, float(given[row]), float(km2[row]), f"{share[row]:.1%}")
        for row in rows
    ]


def missing(
    kode: pd.Series, names: Mapping[str, str], level: Level, drawn: Collection[str] = ()
) -> tuple[int, list[Issue]]:
    """Return how many wilayah of the list have no polygon, and their names up to NAMED_MAX.

    Looked for are those in each kabupaten of which there is a polygon, one with a code or, by `drawn` (the kode of any
    level), one without. A kabupaten of which no wilayah is coded is named once, its note the number of them; so is one
    that is not drawn at all where several of its provinsi are.
    """
    length, cut = KODE_LENGTH[level], KODE_LENGTH[min(level, Level.kabupaten)]
    present, coded = frozenset(kode), frozenset(kode.str.slice(0, cut))
    areas = coded | {code for code in drawn if len(code) == cut}
    listed = sorted(code for code in names if len(code) == length and code not in present)
    per_provinsi = pd.Series(sorted(areas), dtype="string").str.slice(0, 2).value_counts().to_dict()
    named, absent = [], dict[str, int]()
    for code in listed:
        if code[:cut] not in areas and per_provinsi.get(code[:2], 0) < 2:
            continue
        if level > Level.kabupaten and code[:cut] not in coded:
            absent[code[:cut]] = absent.get(code[:cut], 0) + 1
        else:
            named.append(code)
    issues = [Issue("listed_without_polygon", code, names[code]) for code in named[:NAMED_MAX]]
    issues += [Issue("listed_without_polygon", at, names.get(at), note=str(n)) for at, n in sorted(absent.items())]
    if len(named) > NAMED_MAX:
        issues.append(Issue("listed_without_polygon", note=f"+{len(named) - NAMED_MAX}"))
    return len(named) + sum(absent.values()), issues


def label_points(kode: pd.Series, geometry: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> list[Issue]:
    """Name each label point of the file (degrees, NaN where there is none) that lies beside its own polygon."""
    lon, lat = np.asarray(lon, dtype=float), np.asarray(lat, dtype=float)
    rows = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    point = shapely.points(lon[rows], lat[rows])
    # A label rounded to four decimals may fall beside a narrow polygon: that says nothing.
    is_far = shapely.distance(geometry[rows], point) > GAP_WIDTH_DEGREE
    return [
        Issue("label_outside", str(kode.iat[row]), note=f"{lat[row]:.5f}, {lon[row]:.5f}", geometry=at)
        for row, at in zip(rows[is_far], point[is_far], strict=True)
    ]


def duplicates(kode: pd.Series, geometry: np.ndarray) -> list[Issue]:
    """Name each polygon that is drawn again, vertex for vertex, under another code; its note is the first code."""
    sketch = pd.DataFrame(shapely.bounds(geometry)).assign(area=shapely.area(geometry))
    alike = np.flatnonzero(sketch.round(9).duplicated(keep=False).to_numpy())
    drawn = pd.Series(shapely.to_wkb(shapely.normalize(geometry[alike])), index=alike)
    first = pd.Series(alike, index=alike).groupby(drawn).transform("first")
    return [
        Issue("same_polygon", str(kode.iat[row]), note=str(kode.iat[first[row]]), geometry=geometry[row])
        for row in alike
        if first[row] != row and kode.iat[first[row]] != kode.iat[row]
    ]


def sizes(kode: pd.Series, name: pd.Series, geometry: np.ndarray, km2: np.ndarray, level: Level) -> list[Issue]:
    """Name each polygon far too small or too large for its level, or nowhere wider than the repair width."""
    km2 = np.asarray(km2, dtype=float)
    is_tiny = km2 < TINY_KM2
    is_huge = km2 > HUGE_KM2[level]
    is_sliver = np.zeros(len(km2), dtype=bool)
    # Only a polygon much longer than wide, by its area and its outline, can be that narrow everywhere.
    doubtful = np.flatnonzero(~is_tiny & (shapely.area(geometry) < GAP_WIDTH_DEGREE * shapely.length(geometry)))
    is_sliver[doubtful] = shapely.is_empty(shapely.buffer(geometry[doubtful], -GAP_WIDTH_DEGREE / 2))
    issues = []
    for what, is_so in (("polygon_tiny", is_tiny), ("polygon_huge", is_huge), ("polygon_sliver", is_sliver)):
        for row in np.flatnonzero(is_so):
            named = None if pd.isna(name.iat[row]) else str(name.iat[row])
            issues.append(Issue(what, str(kode.iat[row]), named, float(km2[row]), geometry=geometry[row]))
    return issues
