"""What the map of findings draws of an upload: its outlines, and the place and shape of each finding, made small."""

import math
from collections import Counter

import numpy as np
import shapely

from boundaries.levels import Level
from boundaries.report import Issue

# The sketch crosses the wire with its page: together these stay below a megabyte.
MOST_PLACES = 1_500
MOST_SHAPE_POINTS = 25_000
MOST_GROUND_POINTS = 25_000
MOST_POINTS_EACH = 400
# Five decimals of a degree are a metre.
DECIMALS = 5


def sketch_of(whole: object | None, issues: list[Issue]) -> dict[str, object]:
    """Return the sketch as plain values, ready for JSON: `box`, `ground`, `places`, `shapes`.

    `whole` is the set of wilayah that was prepared, None where there is none. A place has the position `n` of its
    finding among `issues`, a `point` and a `box` in degrees; of more findings than a map can show, each sort has its
    part. A shape has `n` and a GeoJSON geometry.
    """
    outlines = _outlines(whole)
    chosen = _chosen(issues)
    found = [issues[n].geometry for n in chosen]
    drawn = np.array([*outlines, *found], dtype=object)
    box = [float(edge) for edge in shapely.total_bounds(drawn)] if len(drawn) else None
    points = shapely.point_on_surface(np.array(found, dtype=object)) if found else []
    return {
        "box": [round(edge, DECIMALS) for edge in box] if box and all(map(math.isfinite, box)) else None,
        "ground": [shapely.geometry.mapping(shapely.transform(one, _rounded)) for one in outlines],
        "places": [
            {"n": n, "point": _rounded(shapely.get_coordinates(point)).tolist()[0],
             "box": [round(edge, DECIMALS) for edge in geometry.bounds]}
            for n, point, geometry in zip(chosen, points, found, strict=True)
        ],
        "shapes": _shapes(chosen, found),
    }  # fmt: skip


def _outlines(whole: object | None) -> list[shapely.Geometry]:
    if whole is None:
        return []
    by_detail = whole.shapes.by_detail
    level = Level.kabupaten if Level.kabupaten in by_detail[0] else max(by_detail[0])
    # The finest shapes that are light enough; of a nation the provinsi, where even its coarsest kabupaten are not.
    tried = [*((detail, level) for detail in sorted(by_detail, reverse=True)), (0, min(by_detail[0]))]
    for detail, at in tried:
        outlines = np.asarray(by_detail[detail][at], dtype=object)
        if shapely.get_num_coordinates(outlines).sum() <= MOST_GROUND_POINTS:
            break
    tolerance = 0.005
    while shapely.get_num_coordinates(outlines).sum() > MOST_GROUND_POINTS and tolerance < 1:
        # Small islands would keep four points each, whatever the tolerance.
        outlines, tolerance = shapely.simplify(outlines, tolerance, preserve_topology=False), tolerance * 2
    return [one for one in outlines if not shapely.is_empty(one)]


def _chosen(issues: list[Issue]) -> list[int]:
    placed = [n for n, issue in enumerate(issues)
              if issue.geometry is not None and not shapely.is_empty(issue.geometry)]  # fmt: skip
    if len(placed) <= MOST_PLACES:
        return placed
    sorts = Counter(issues[n].what for n in placed)
    most, left, shown = {}, MOST_PLACES, len(sorts)
    for what, count in sorted(sorts.items(), key=lambda item: item[1]):
        most[what] = min(count, left // shown)
        left, shown = left - most[what], shown - 1
    chosen = []
    for n in placed:
        if most[issues[n].what] > 0:
            most[issues[n].what] -= 1
            chosen.append(n)
    return chosen


def _shapes(chosen: list[int], found: list[shapely.Geometry]) -> list[dict[str, object]]:
    shapes, points = [], 0
    # Small ones first: one coast of a provinsi must not take the room of a thousand slivers.
    for n, geometry in sorted(zip(chosen, found, strict=True), key=lambda pair: shapely.get_num_coordinates(pair[1])):
        if shapely.get_dimensions(geometry) < 1:
            continue
        west, south, east, north = geometry.bounds
        tolerance = max(east - west, north - south) / 1_000
        while shapely.get_num_coordinates(geometry) > MOST_POINTS_EACH:
            geometry, tolerance = shapely.simplify(geometry, tolerance, preserve_topology=False), tolerance * 2
        points += shapely.get_num_coordinates(geometry)
        if points > MOST_SHAPE_POINTS:
            break
        if not geometry.is_empty:
            shapes.append({"n": n, "geometry": shapely.geometry.mapping(shapely.transform(geometry, _rounded))})
    return shapes


def _rounded(coordinates: np.ndarray) -> np.ndarray:
    return np.round(coordinates, DECIMALS)
