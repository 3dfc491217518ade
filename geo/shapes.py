"""Display shapes as GeoJSON, from the source that is shown at each level and provinsi."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely
from sqlalchemy import ColumnElement, Connection, Select, and_, func, select

from boundaries.dissolve import dissolve
from boundaries.levels import KODE_LENGTH, Level, kode_range, level_of, parent_of
from geo.tables import boundary_active, boundary_other, boundary_other_shape, boundary_shape, wilayah

# About one metre; more digits are weight, and all shapes round alike, so shared edges stay shared.
_DECIMALS = 5
FINEST_DETAIL = 2
# What a map opens on while no boundary is loaded: west, south, east, north of the country.
NATION_BOUNDS = (94.9, -11.1, 141.1, 6.2)


@dataclass(frozen=True)
class Shape:
    """One polygon to draw; `geojson` is the text of its geometry, `kind` set for areas that are no wilayah."""

    kode: str
    name: str
    geojson: str
    kind: str | None = None


def read_shapes(connection: Connection, wilayah_kode: str, level: Level) -> list[Shape]:
    """Return the shapes of all wilayah of `level` in (or equal to) a wilayah, in order of code."""
    rows = connection.execute(build_shapes(wilayah_kode, level))
    return [Shape(row.kode, row.name, row.geojson) for row in rows]


def build_shapes(wilayah_kode: str, level: Level) -> Select:
    """Return the statement of `read_shapes`."""
    return (
        select(
            boundary_shape.c.kode,
            wilayah.c.name,
            func.ST_AsGeoJSON(boundary_shape.c.geom, _DECIMALS).label("geojson"),
        )
        .join(wilayah, wilayah.c.kode == boundary_shape.c.kode)
        .join(boundary_active, _is_shown(level))
        .where(_is_drawn(wilayah_kode, level))
        .order_by(boundary_shape.c.kode)
    )


def read_outlines(connection: Connection, wilayah_kode: str, level: Level) -> list[Shape]:
    """Return the outline of a wilayah, then those of the level below it if that is above `level`.

    They are dissolved from the shapes of `level`, so that a line lies on the very edges that it runs along. A wilayah
    that has no shapes of that level gives its own shape; the nation has only the outlines of its provinsi.
    """
    own = level_of(wilayah_kode)
    rows = connection.execute(
        select(boundary_shape.c.kode, func.ST_AsBinary(boundary_shape.c.geom).label("wkb"))
        .join(boundary_active, _is_shown(level))
        .where(_is_drawn(wilayah_kode, level))
    ).all()
    other = connection.execute(
        select(boundary_other.c.parent_kode, func.ST_AsBinary(boundary_other_shape.c.geom).label("wkb"))
        .join(boundary_active, _is_shown(level, boundary_other))
        .join(boundary_other_shape, _is_drawn_other(wilayah_kode))
        .where(
            _within(boundary_other.c.parent_kode, wilayah_kode),
            # What lies in a wilayah of the level is in its shape already.
            func.length(boundary_other.c.parent_kode) < KODE_LENGTH[level],
        )
    ).all()
    kode = pd.Series([row.kode for row in rows], dtype="string")
    parent = pd.Series([row.parent_kode for row in other], dtype="string")
    geometry, other_geometry = _geometries(rows), _geometries(other)
    if own is level:
        return _named(connection, list(zip(kode, geometry, strict=True)))
    outlines: list[Shape] = []
    for at in map(Level, range(max(own, Level.provinsi), min(own + 1, level - 1, Level.kecamatan) + 1)):
        if rows:
            drawn = dissolve(kode, geometry, parent, other_geometry, at)
            outlines += _named(connection, list(drawn.items()))
        has_outline = [outline.kode for outline in outlines]
        undrawn = build_shapes(wilayah_kode, at).where(boundary_shape.c.kode.not_in(has_outline))
        outlines += [Shape(row.kode, row.name, row.geojson) for row in connection.execute(undrawn)]
    return outlines


def read_other(connection: Connection, wilayah_kode: str, level: Level | None = None) -> list[Shape]:
    """Return the areas that are no wilayah (forest, water, desa without a code) in a wilayah.

    They come from the source shown at `level` in each provinsi, or at the deepest level above it that is shown there:
    a provinsi all of whose desa are without a code has none of desa.
    """
    shown = boundary_active.alias("shown")
    deepest = (
        select(func.max(shown.c.level))
        .where(
            shown.c.provinsi_kode == func.left(boundary_other.c.parent_kode, 2),
            shown.c.level <= int(Level.desa if level is None else level),
        )
        .correlate(boundary_other)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            boundary_other.c.given_code,
            boundary_other.c.name,
            boundary_other.c.kind,
            func.ST_AsGeoJSON(boundary_other_shape.c.geom, _DECIMALS).label("geojson"),
        )
        .select_from(boundary_other)
        .join(boundary_active, _is_shown(deepest, boundary_other))
        .join(boundary_other_shape, _is_drawn_other(wilayah_kode))
        .where(_within(boundary_other.c.parent_kode, wilayah_kode))
        .order_by(boundary_other.c.given_code)
    )
    return [Shape(row.given_code, row.name, row.geojson, row.kind) for row in rows]


def read_bounds(connection: Connection, wilayah_kode: str) -> tuple[float, float, float, float]:
    """Return west, south, east, north of a wilayah; of the nearest wilayah above that has a shape if it has none."""
    kode: str | None = wilayah_kode
    while kode is not None:
        level = max(level_of(kode), Level.provinsi)
        box = func.ST_Extent(boundary_shape.c.geom)
        row = connection.execute(
            select(func.ST_XMin(box), func.ST_YMin(box), func.ST_XMax(box), func.ST_YMax(box))
            .select_from(boundary_shape)
            .join(boundary_active, _is_shown(level))
            .where(_is_drawn(kode, level))
        ).one()
        if row[0] is not None:
            return (float(row[0]), float(row[1]), float(row[2]), float(row[3]))
        kode = parent_of(kode)
    return NATION_BOUNDS


def read_tolerances(connection: Connection, wilayah_kode: str, level: Level) -> tuple[float, float] | None:
    """Return the least and greatest tolerance, in degrees, by which the shapes of a level were simplified."""
    tolerance = boundary_shape.c.tolerance_degree
    low, high = connection.execute(
        select(func.min(tolerance), func.max(tolerance))
        .join(boundary_active, _is_shown(level))
        .where(_is_drawn(wilayah_kode, level))
    ).one()
    return None if low is None else (float(low), float(high))


def _is_shown(level: Level | ColumnElement, table=boundary_shape) -> ColumnElement:
    kode = table.c.kode if table is boundary_shape else table.c.parent_kode
    return and_(
        boundary_active.c.source_id == table.c.source_id,
        boundary_active.c.level == (int(level) if isinstance(level, Level) else level),
        boundary_active.c.provinsi_kode == func.left(kode, 2),
    )


def detail_of(wilayah_kode: str) -> int:
    """Return how fine the shapes of a map of this wilayah are: 0 for the nation, 1 for a provinsi, 2 below it."""
    return min(level_of(wilayah_kode), FINEST_DETAIL)


def _is_drawn(wilayah_kode: str, level: Level) -> ColumnElement:
    return and_(
        _within(boundary_shape.c.kode, wilayah_kode),
        boundary_shape.c.level == int(level),
        boundary_shape.c.detail == detail_of(wilayah_kode),
    )


def _is_drawn_other(wilayah_kode: str) -> ColumnElement:
    return and_(
        boundary_other_shape.c.source_id == boundary_other.c.source_id,
        boundary_other_shape.c.given_code == boundary_other.c.given_code,
        boundary_other_shape.c.detail == detail_of(wilayah_kode),
    )


def _within(column: ColumnElement, wilayah_kode: str) -> ColumnElement:
    low, high = kode_range(wilayah_kode)
    return and_(column >= low, column < high)


def _geometries(rows: list) -> np.ndarray:
    return shapely.from_wkb(np.array([bytes(row.wkb) for row in rows], dtype=object))


def _named(connection: Connection, outlines: list[tuple[str, shapely.Geometry]]) -> list[Shape]:
    names = dict(
        connection.execute(
            select(wilayah.c.kode, wilayah.c.name).where(wilayah.c.kode.in_([kode for kode, _ in outlines]))
        ).all()
    )
    rounded = shapely.transform(
        np.array([geometry for _, geometry in outlines], dtype=object), lambda at: np.round(at, _DECIMALS)
    )
    text = shapely.to_geojson(rounded)
    return [Shape(kode, names[kode], geojson) for (kode, _), geojson in zip(outlines, text, strict=True)]
