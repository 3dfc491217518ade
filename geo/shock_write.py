"""Keeping the areas struck by a shock, each with its desa, in the caller's transaction."""

from collections.abc import Iterable
from datetime import date

import shapely
from geoalchemy2.shape import from_shape
from sqlalchemy import Connection, insert, select

from boundaries.levels import Level
from geo import tables
from geo.errors import GeoError
from geo.plan_tables import shock, shock_desa


def store_shock(
    connection: Connection,
    name: str,
    kind: str,
    *,
    author: str,
    snap: str,
    origin: str,
    desa: Iterable[tuple[str, float]],
    geometry: shapely.Polygon | shapely.MultiPolygon | None = None,
    happened_on: date | None = None,
    is_exercise: bool = False,
) -> int:
    """Store an area with its desa; return its id.

    `desa` are pairs of a kode and the share of the desa's area inside, above 0 to 1. `geometry` is in EPSG:4326; only
    an area that was chosen by name may be without. The words of `kind`, `snap` and `origin` are geo.plan_tables'.
    Raises GeoError `shock_without_desa`, `shock_desa_unknown` (a kode that is no desa of this database).
    """
    shares = dict(desa)
    if not shares:
        raise GeoError("shock_without_desa")
    wilayah = tables.wilayah
    known = set(connection.scalars(
        select(wilayah.c.kode).where(wilayah.c.level == Level.desa, wilayah.c.kode.in_(shares))
    ))
    unknown = sorted(set(shares) - known)
    if unknown:
        raise GeoError("shock_desa_unknown", kode=unknown[0], count=len(unknown))
    shape = None if geometry is None else from_shape(_many(geometry), 4326)
    shock_id = connection.scalar(insert(shock).returning(shock.c.id).values(
        name=name, kind=kind, happened_on=happened_on, author=author, snap=snap, origin=origin, geom=shape,
        is_exercise=is_exercise,
    ))  # fmt: skip
    connection.execute(insert(shock_desa), [
        {"shock_id": shock_id, "kode": kode, "area_share": share} for kode, share in sorted(shares.items())
    ])
    return shock_id


def _many(geometry: shapely.Polygon | shapely.MultiPolygon) -> shapely.MultiPolygon:
    return geometry if isinstance(geometry, shapely.MultiPolygon) else shapely.MultiPolygon([geometry])
