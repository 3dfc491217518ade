"""The shape of an area that was drawn, typed, circled or sent: checked, mended where it crosses itself, measured."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from pyproj import Geod
from shapely import MultiPolygon

from boundaries.area import area_km2
from queries.errors import QueryError

# More than any provinsi of today; a nation is planned for by provinsi.
MOST_KM2 = 250_000
MOST_POINTS = 100_000
MOST_RADIUS_KM = 500
CIRCLE_POINTS = 96
REPAIRED = "repaired"
_POLYGONS = ("Polygon", "MultiPolygon", "GeometryCollection")
_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_PAIR = re.compile(rf"\s*({_NUMBER})\s*(?:[;\s]|,\s)\s*({_NUMBER})\s*|\s*([-+]?\d+\.\d+),([-+]?\d+\.\d+)\s*")

Rings = Sequence[Sequence[tuple[float, float]]]


@dataclass(frozen=True)
class Shape:
    """A valid area in EPSG:4326; `notes` tell what was mended: `repaired` where a ring crossed itself."""

    geometry: MultiPolygon
    area_km2: float
    notes: tuple[str, ...] = ()

    @property
    def rings(self) -> list[list[tuple[float, float]]]:
        """The rings of every part, outer ones and holes, without the repeated last point."""
        rings = [ring for part in self.geometry.geoms for ring in (part.exterior, *part.interiors)]
        return [[(float(lon), float(lat)) for lon, lat in ring.coords[:-1]] for ring in rings]


def check_shape(geometry: shapely.Geometry | None) -> Shape:
    """Return a geometry in degrees (longitude first) as a valid area.

    Raises QueryError `shock_empty` (nothing, or no surface), `shock_not_polygon`, `shock_too_fine` (points),
    `shock_coordinates` (not degrees), `shock_swapped` (latitude first) and `shock_too_large`. Axes are never swapped
    here: in Indonesia a latitude above 90 gives the swap away, and the reader decides.
    """
    if geometry is None or geometry.is_empty:
        raise QueryError("shock_empty")
    if geometry.geom_type not in _POLYGONS:
        raise QueryError("shock_not_polygon", given=geometry.geom_type)
    geometry = shapely.force_2d(geometry)
    points = shapely.get_coordinates(geometry)
    if len(points) > MOST_POINTS:
        raise QueryError("shock_too_fine", points=len(points), most=MOST_POINTS)
    _check_degrees(points)
    # Part by part: two areas that overlap are one, and no ring that crosses itself.
    parts = [part for part in shapely.get_parts(shapely.get_parts([geometry])) if part.geom_type == "Polygon"]
    notes = () if all(part.is_valid for part in parts) else (REPAIRED,)
    whole = shapely.union_all(shapely.make_valid(parts, method="structure", keep_collapsed=False))
    whole = shapely.union_all([part for part in shapely.get_parts([whole]) if part.geom_type == "Polygon"])
    if whole.is_empty or whole.area == 0:
        raise QueryError("shock_empty")
    multi = whole if whole.geom_type == "MultiPolygon" else MultiPolygon([whole])
    size = float(area_km2(np.array([multi], dtype=object))[0])
    if size > MOST_KM2:
        raise QueryError("shock_too_large", area=round(size), most=MOST_KM2)
    return Shape(multi, size, notes)


def _check_degrees(points: np.ndarray) -> None:
    lon, lat = points[:, 0], points[:, 1]
    is_wrong = ~np.isfinite(points).all(axis=1) | (np.abs(lon) > 180) | (np.abs(lat) > 90)
    if not is_wrong.any():
        return
    at = int(np.argmax(is_wrong))
    point = f"{lon[at]:g}; {lat[at]:g}"
    is_swap = np.isfinite(points[at]).all() and abs(lat[at]) <= 180 and abs(lon[at]) <= 90
    raise QueryError("shock_swapped" if is_swap else "shock_coordinates", point=point)


def polygons_of(rings: Rings) -> MultiPolygon:
    """Return rings of longitude and latitude as areas; `check_shape` joins them: one within another adds nothing.

    Raises QueryError `shock_ring_short` for a ring of fewer than three different points, `shock_coordinates`.
    """
    if not rings:
        raise QueryError("shock_empty")
    parts = []
    for number, ring in enumerate(rings, start=1):
        points = np.array(ring, dtype=float).reshape(-1, 2)
        _check_degrees(points)
        if len(np.unique(points, axis=0)) < 3:
            raise QueryError("shock_ring_short", ring=number, points=len(points))
        parts.append(shapely.Polygon(points))
    return MultiPolygon(parts)


def circle_of(lon: float, lat: float, radius_km: float) -> shapely.Polygon:
    """Return the circle of a radius on the ellipsoid (WGS 84, by pyproj's geodesic) as CIRCLE_POINTS points.

    Raises QueryError `shock_radius` (0 to MOST_RADIUS_KM), `shock_coordinates`, `shock_swapped`.
    """
    if not 0 < radius_km <= MOST_RADIUS_KM:
        raise QueryError("shock_radius", radius=f"{radius_km:g}", most=MOST_RADIUS_KM)
    _check_degrees(np.array([[lon, lat]]))
    turn = np.linspace(0, 360, CIRCLE_POINTS, endpoint=False)
    steps = np.full(CIRCLE_POINTS, radius_km * 1000.0)
    lons, lats, _ = Geod(ellps="WGS84").fwd(np.full(CIRCLE_POINTS, lon), np.full(CIRCLE_POINTS, lat), turn, steps)
    return shapely.Polygon(np.column_stack([lons, lats]))


def read_coordinates(text: str) -> list[list[tuple[float, float]]]:
    """Return the rings of a text: a line for each point, longitude and latitude; an empty line starts another ring.

    The two numbers are parted by a space, a semicolon or a comma; with a space or a semicolon between them a decimal
    comma is read too, and "105,1" alone is no point. Raises QueryError `shock_line`, which names the line that is none.
    """
    rings: list[list[tuple[float, float]]] = [[]]
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            rings.append([])
            continue
        match = _PAIR.fullmatch(line)
        if match is None:
            raise QueryError("shock_line", line=number, text=line.strip()[:40])
        first, second, plain_first, plain_second = match.groups()
        pair = (first or plain_first, second or plain_second)
        rings[-1].append(tuple(float(number.replace(",", ".")) for number in pair))
    return [ring for ring in rings if ring]
