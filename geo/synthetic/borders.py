"""From labelled cells to polygons with natural borders that neighbours share to the last digit."""

from collections import defaultdict

import numpy as np
import shapely

from geo.synthetic.cells import Cells

# The plane's origin: open ocean south-west of Sumatera and Jawa.
ORIGIN_LON = 98.9
ORIGIN_LAT = -8.6
_KM_PER_DEGREE_LAT = 110.6
_KM_PER_DEGREE_LON = 111.32 * np.cos(np.deg2rad(ORIGIN_LAT))
_ATTEMPTS = 12


def draw_borders(rng: np.random.Generator, cells: Cells, label: np.ndarray, count: int) -> np.ndarray:
    """Return one (multi)polygon in degrees for each label 0 to count - 1; -1 is sea.

    Every border is smoothed and roughened once, before it is cut into rings, so neighbours get equal coordinates.
    Where that makes a ring cross itself, the vertices around go back towards their first place until it does not.
    """
    side = label[cells.ridge_sites]
    kept = side[:, 0] != side[:, 1]
    edges, side, sites = cells.ridge_vertices[kept], side[kept], cells.ridge_sites[kept]
    numbers, edges = np.unique(edges, return_inverse=True)
    edges = edges.reshape(-1, 2)
    first = cells.vertices[numbers]
    is_coast = (side < 0).any(axis=1)
    # The left side of each edge is the side on which the first site lies.
    along = first[edges[:, 1]] - first[edges[:, 0]]
    towards = cells.sites[sites[:, 0]] - first[edges[:, 0]]
    is_left = along[:, 0] * towards[:, 1] - along[:, 1] * towards[:, 0] > 0
    left = np.where(is_left, side[:, 0], side[:, 1])
    right = np.where(is_left, side[:, 1], side[:, 0])
    rings = _find_rings(edges, left, right)
    smooth = _smooth(first, edges)
    bends = rng.normal(0, 1, (len(edges), 3)) * np.where(is_coast, 0.17, 0.11)[:, None]
    calm = np.ones(len(first))
    for _ in range(_ATTEMPTS):
        moved = first + calm[:, None] * (smooth - first)
        bent = bends * calm[edges].min(axis=1)[:, None]
        polygons = _cut_polygons(_to_degrees(moved), edges, _to_degrees(_bend(moved, edges, bent)), rings, count)
        bad = ~shapely.is_valid(polygons) | ~shapely.is_empty(shapely.coverage_invalid_edges(polygons))
        if not bad.any():
            return polygons
        touched = np.isin(left, np.flatnonzero(bad)) | np.isin(right, np.flatnonzero(bad))
        calm[np.unique(edges[touched])] *= 0.5
    raise RuntimeError("borders stayed invalid")


def _smooth(vertices: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """Move every vertex halfway to the mean of its neighbours on borders, twice."""
    ends = np.concatenate([edges[:, 0], edges[:, 1]])
    others = np.concatenate([edges[:, 1], edges[:, 0]])
    degree = np.bincount(ends, minlength=len(vertices))
    for _ in range(2):
        mean = np.column_stack([
            np.bincount(ends, vertices[others, axis], minlength=len(vertices)) / degree for axis in (0, 1)
        ])
        vertices = (vertices + mean) / 2
    return vertices


def _bend(vertices: np.ndarray, edges: np.ndarray, bends: np.ndarray) -> np.ndarray:
    """Return three inner points for every edge, each pushed sideways from the middle of what it divides."""
    start, end = vertices[edges[:, 0]], vertices[edges[:, 1]]

    def push(one: np.ndarray, other: np.ndarray, by: np.ndarray) -> np.ndarray:
        step = other - one
        return (one + other) / 2 + by[:, None] * np.column_stack([-step[:, 1], step[:, 0]])

    middle = push(start, end, bends[:, 0])
    return np.stack([push(start, middle, bends[:, 1]), middle, push(middle, end, bends[:, 2])], axis=1)


def _to_degrees(points: np.ndarray) -> np.ndarray:
    lon = ORIGIN_LON + points[..., 0] / _KM_PER_DEGREE_LON
    lat = ORIGIN_LAT + points[..., 1] / _KM_PER_DEGREE_LAT
    return np.stack([lon, lat], axis=-1).round(6)


def _find_rings(edges: np.ndarray, left: np.ndarray, right: np.ndarray) -> dict[int, list[list[int]]]:
    """Return for each label its rings, as edge numbers in order: n walked forwards, ~n backwards.

    The label lies to the left all along. In a Voronoi diagram three cells meet at a vertex, so a label passes
    through a vertex once and the next edge is never in doubt.
    """
    onward: dict[tuple[int, int], tuple[int, int]] = {}
    for number, ((start, end), one, other) in enumerate(
        zip(edges.tolist(), left.tolist(), right.tolist(), strict=True)
    ):
        if one >= 0:
            onward[one, start] = (number, end)
        if other >= 0:
            onward[other, end] = (~number, start)
    rings: dict[int, list[list[int]]] = defaultdict(list)
    while onward:
        (label, start), (number, vertex) = onward.popitem()
        ring = [number]
        while vertex != start:
            number, vertex = onward.pop((label, vertex))
            ring.append(number)
        rings[label].append(ring)
    return rings


def _cut_polygons(
    vertices: np.ndarray, edges: np.ndarray, inner: np.ndarray, rings: dict[int, list[list[int]]], count: int
) -> np.ndarray:
    forwards = np.concatenate([vertices[edges[:, 0]][:, None], inner], axis=1)
    backwards = np.concatenate([vertices[edges[:, 1]][:, None], inner[:, ::-1]], axis=1)
    polygons = np.empty(count, dtype=object)
    for label in range(count):
        shells, holes = [], []
        for ring in rings[label]:
            numbers = np.array(ring)
            ahead = (numbers >= 0)[:, None, None]
            points = np.where(ahead, forwards[numbers], backwards[~numbers]).reshape(-1, 2)
            points = np.vstack([points, points[:1]])
            turn = np.sum(points[:-1, 0] * points[1:, 1] - points[1:, 0] * points[:-1, 1])
            (shells if turn > 0 else holes).append(points)
        polygons[label] = _assemble(shells, holes)
    return polygons


def _assemble(shells: list[np.ndarray], holes: list[np.ndarray]) -> shapely.Geometry:
    if len(shells) == 1:
        return shapely.Polygon(shells[0], holes)
    shells = sorted(shells, key=lambda ring: ring.tolist())
    owners = [shapely.Polygon(shell) for shell in shells]
    inside = [[hole for hole in holes if owner.contains(shapely.Point(hole[0]))] for owner in owners]
    return shapely.MultiPolygon([shapely.Polygon(shell, own) for shell, own in zip(shells, inside, strict=True)])
