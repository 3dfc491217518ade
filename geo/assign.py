"""Putting a household's point into its desa, and telling where a stated desa and a point disagree."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from sqlalchemy import Connection, func, select

from boundaries.levels import Level
from geo import tables


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
    rows = connection.execute(query).all()
    polygons = shapely.from_wkb([bytes(row[1]) for row in rows])
    return dict(zip((row[0] for row in rows), polygons, strict=True))


def assign_points(lon: np.ndarray, lat: np.ndarray, polygons: Mapping[str, shapely.Geometry]) -> np.ndarray:
    """Return the kode of the desa around each point, None where there is none.

    `lon` and `lat` have shape (n,), in degrees. A point on a shared border goes to the lowest kode, so that it is
    counted once.
    """
    kode = np.array(sorted(polygons), dtype=object)
    assigned = np.full(len(lon), None, dtype=object)
    if not len(kode) or not len(lon):
        return assigned
    tree = shapely.STRtree([polygons[name] for name in kode])
    point, polygon = tree.query(shapely.points(lon, lat), predicate="intersects")
    order = np.lexsort((polygon, point))
    first = np.unique(point[order], return_index=True)
    assigned[first[0]] = kode[polygon[order][first[1]]]
    return assigned


def count_points_elsewhere(
    kode: np.ndarray, lon: np.ndarray, lat: np.ndarray, polygons: Mapping[str, shapely.Geometry]
) -> int:
    """Return how many points lie outside the polygon of their stated desa; a desa without a polygon is left out."""
    order = np.argsort(kode, kind="stable")
    kode, lon, lat = kode[order], lon[order], lat[order]
    names, starts = np.unique(kode, return_index=True)
    elsewhere = 0
    for name, start, end in zip(names, starts, [*starts[1:], len(kode)], strict=True):
        polygon = polygons.get(name)
        if polygon is not None:
            shapely.prepare(polygon)
            elsewhere += int((~shapely.intersects_xy(polygon, lon[start:end], lat[start:end])).sum())
    return elsewhere
