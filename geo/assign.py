"""Putting a household's point into its desa, and telling where a stated desa and a point disagree."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from sqlalchemy import Connection, func, select

from boundaries.levels import Level
from geo import tables

# So many points are asked of prepared polygons at a time: what is prepared for them stays small, and in the cache.
_ASKED_AT_ONCE = 1 << 18
# To prepare a polygon takes as long as asking it about eight points.
_PREPARED_FROM = 8
_READ_AT_ONCE = 5_000


class AssignedBy(IntEnum):
    """Which rule gave a household its desa: its code, its point, or none."""

    nothing = 0
    point = 1
    kode = 2


@dataclass(frozen=True)
class Assignment:
    """The desa of each point by `kode`, shape (n,), None where there is none, and by which rule it was found."""

    kode: np.ndarray
    assigned_by: np.ndarray


def read_desa_polygons(connection: Connection, provinsi: Sequence[str] = ()) -> dict[str, shapely.Geometry]:
    """Return the full polygon of every desa of these provinsi (of all when none is named), by kode, in EPSG:4326.

    A desa's polygon is the one of its active source.
    """
    boundary, active = tables.boundary, tables.boundary_active
    query = (
        select(boundary.c.kode, func.ST_AsBinary(boundary.c.geom))
        .join(
            active,
            (active.c.source_id == boundary.c.source_id)
            & (active.c.level == boundary.c.level)
            & (active.c.provinsi_kode == func.left(boundary.c.kode, 2)),
        )
        .where(boundary.c.level == Level.desa)
    )
    if provinsi:
        query = query.where(active.c.provinsi_kode.in_(provinsi))
    polygons: dict[str, shapely.Geometry] = {}
    # In parts, so that the nation's polygons are never held as bytes as well.
    for rows in connection.execution_options(stream_results=True).execute(query).partitions(_READ_AT_ONCE):
        parts = shapely.from_wkb([bytes(row[1]) for row in rows])
        polygons.update(zip((row[0] for row in rows), parts, strict=True))
    return polygons


def assign_points(
    lon: np.ndarray,
    lat: np.ndarray,
    polygons: Mapping[str, shapely.Geometry],
    stated: np.ndarray | pa.Array | None = None,
) -> Assignment:
    """Return the desa of each point and which rule found it.

    `lon` and `lat` have shape (n,), in degrees; a point without both, or at infinity, lies nowhere. `stated`, shape
    (n,), is the kode that each household gives itself, None where it gives none: it is kept where its polygon covers
    the point. All others, and those whose stated desa has no polygon, go by their point alone. A point on a shared
    border goes to the lowest kode unless it states another of its neighbours, so that it is counted once.
    """
    names, shapes = _sorted_polygons(polygons)
    found = np.full(len(lon), -1, dtype=np.int64)
    if stated is not None:
        place = _places(stated, names)
        rows = np.flatnonzero(place >= 0)
        rows = rows[_covered(shapes, place[rows], lon[rows], lat[rows])]
        found[rows] = place[rows]
    by_kode = found >= 0
    rows = np.flatnonzero(~by_kode)
    found[rows] = _lowest_around(shapes, lon[rows], lat[rows])
    assigned_by = np.where(by_kode, AssignedBy.kode, np.where(found >= 0, AssignedBy.point, AssignedBy.nothing))
    return Assignment(np.append(names, None)[found], assigned_by.astype(np.int8))


def count_points_elsewhere(
    kode: np.ndarray | pa.Array, lon: np.ndarray, lat: np.ndarray, polygons: Mapping[str, shapely.Geometry]
) -> int:
    """Return how many points lie outside the polygon of their stated desa; a desa without a polygon is left out.

    A point without both coordinates lies outside.
    """
    names, shapes = _sorted_polygons(polygons)
    place = _places(kode, names)
    rows = np.flatnonzero(place >= 0)
    return int((~_covered(shapes, place[rows], lon[rows], lat[rows])).sum())


def _sorted_polygons(polygons: Mapping[str, shapely.Geometry]) -> tuple[np.ndarray, np.ndarray]:
    names = np.array(sorted(polygons), dtype=object)
    return names, np.array([polygons[name] for name in names], dtype=object)


def _places(kode: np.ndarray | pa.Array, names: np.ndarray) -> np.ndarray:
    """Return where each kode stands among `names`, -1 for one that is not there."""
    # A million texts are found by Arrow in a quarter of the time that an index of Python's own takes.
    found = pc.index_in(pa.array(kode, pa.string(), from_pandas=True), value_set=pa.array(names, pa.string()))
    return found.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)


def _covered(shapes: np.ndarray, place: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return whether shapes[place] covers each point."""
    # Asked in the order of the polygons, each is prepared once and met while it is at hand: shuffled takes four times.
    order = np.argsort(place)
    place, lon, lat = place[order], lon[order], lat[order]
    covered = np.empty(len(place), dtype=bool)
    start = 0
    while start < len(place):
        end = int(np.searchsorted(place, place[min(start + _ASKED_AT_ONCE, len(place)) - 1], side="right"))
        covered[order[start:end]] = _ask(shapes, place[start:end], lon[start:end], lat[start:end])
        start = end
    return covered


def _ask(shapes: np.ndarray, place: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return whether shapes[place] covers each point, for `place` in rising order."""
    asked, times = np.unique(place, return_counts=True)
    often = shapes[asked[times >= _PREPARED_FROM]]
    shapely.prepare(often)
    covers = shapely.intersects_xy(shapes[place], lon, lat)
    # What is prepared weighs more than the polygons: that of a nation is not kept.
    shapely.destroy_prepared(often)
    return covers


def _lowest_around(shapes: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> np.ndarray:
    """Return the place of the first polygon that covers each point, -1 where none does."""
    found = np.full(len(lon), len(shapes), dtype=np.int64)
    box = shapely.bounds(shapes)
    drawn = np.flatnonzero(~np.isnan(box[:, 0]))
    rows = np.flatnonzero(np.isfinite(lon) & np.isfinite(lat))
    if len(drawn) and len(rows):
        strips = _Strips(lon[rows], lat[rows], box[drawn])
        for place, point in strips.candidates(box[drawn]):
            place, point = drawn[place], rows[point]
            covers = _ask(shapes, place, lon[point], lat[point])
            np.minimum.at(found, point[covers], place[covers])
    found[found == len(shapes)] = -1
    return found


class _Strips:
    """Points in strips of latitude as high as a usual polygon, sorted by longitude within each.

    The points that may lie in a polygon are then a few runs of neighbours, found by bisection for all polygons at
    once. A tree finds them one polygon at a time, and must make a geometry of every point first.
    """

    def __init__(self, lon: np.ndarray, lat: np.ndarray, box: np.ndarray) -> None:
        self._west, self._south = box[:, 0].min(), box[:, 1].min()
        self._width = box[:, 2].max() - self._west + 1
        self._height = float(np.median(box[:, 3] - box[:, 1])) or 1.0
        inside = (lon >= self._west) & (lon <= box[:, 2].max()) & (lat >= self._south) & (lat <= box[:, 3].max())
        rows = np.flatnonzero(inside)
        key = self._key(self._strip(lat[rows]), lon[rows])
        order = np.argsort(key)
        self._key_sorted, self._point = key[order], rows[order]
        self._lat = lat[self._point]

    def _strip(self, lat: np.ndarray) -> np.ndarray:
        return np.floor((lat - self._south) / self._height)

    def _key(self, strip: np.ndarray, lon: np.ndarray) -> np.ndarray:
        # Rounding keeps the order: a point that is not west of a box has no smaller key than the box's west.
        return strip * self._width + (lon - self._west)

    def candidates(self, box: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Yield pairs of a box and a point within it, as two arrays, the boxes in rising order."""
        first = self._strip(box[:, 1])
        count = (self._strip(box[:, 3]) - first).astype(np.int64) + 1
        place = np.repeat(np.arange(len(box)), count)
        strip = first[place] + _count_up(count)
        start = np.searchsorted(self._key_sorted, self._key(strip, box[place, 0]), side="left")
        length = np.searchsorted(self._key_sorted, self._key(strip, box[place, 2]), side="right") - start
        met = np.flatnonzero(length)
        place, start, length = place[met], start[met], length[met]
        total = np.cumsum(length)
        low = 0
        while low < len(length):
            done = total[low - 1] if low else 0
            high = max(low + 1, int(np.searchsorted(total, done + _ASKED_AT_ONCE, side="right")))
            near = np.repeat(start[low:high], length[low:high]) + _count_up(length[low:high])
            owner = np.repeat(place[low:high], length[low:high])
            within = (self._lat[near] >= box[owner, 1]) & (self._lat[near] <= box[owner, 3])
            if within.any():
                yield owner[within], self._point[near[within]]
            low = high


def _count_up(length: np.ndarray) -> np.ndarray:
    """Return 0, 1, ... up to each length less one, one after the other."""
    return np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
