"""Areas struck by a shock: which desa belong to one, and those that were kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, NamedTuple

import shapely
from sqlalchemy import Connection, Select, bindparam, case, func, literal, or_, select

from boundaries.levels import Level, kode_range, level_of
from geo import tables
from geo.plan_tables import shock, shock_desa
from queries.errors import QueryError
from queries.shock_shape import check_shape

Snap = Literal["half", "touched"]
# Equal areas for the whole country, as boundaries.area measures every wilayah.
_EQUAL_AREA = 6933
HALF = 0.5
# Of a border that two areas share, rounding leaves a sliver.
_NOTHING = 1e-9
MOST_DESA = 10_000
MOST_LISTED = 100
_PLAIN = tuple(column for column in shock.c if column.name != "geom")


class SnappedDesa(NamedTuple):
    """A desa of an area and how much of the desa lies inside, above 0 to 1."""

    kode: str
    area_share: float


class Part(NamedTuple):
    """A wilayah that may be chosen as a part of an area, with the point that its name stands at, if it has one."""

    kode: str
    name: str
    level: Level
    lon: float | None
    lat: float | None


@dataclass(frozen=True)
class KeptShock:
    """An area as it was kept; `rows` are its desa, empty in a list, where only `desa_count` is told."""

    id: int
    name: str
    kind: str
    happened_on: date | None
    author: str
    made_at: datetime
    snap: Snap
    origin: str
    is_exercise: bool
    desa_count: int
    geometry: shapely.Geometry | None = None
    rows: tuple[SnappedDesa, ...] = ()


def snap(
    connection: Connection, area: shapely.Geometry | Sequence[str], snap: Snap = "half"
) -> tuple[SnappedDesa, ...]:
    """Return the desa of an area, in order of code.

    `area` is a geometry in EPSG:4326, or codes of wilayah of any level, whose desa all belong with a share of 1. Of a
    geometry a desa belongs where at least half of its area is inside (`half`) or any of it is (`touched`); the share is
    of the full polygon of the source shown, by equal areas (EPSG:6933). Raises QueryError as `check_shape` does, and
    `shock_outside` (no desa with a boundary there), `shock_no_half` (desa are touched, none by half),
    `shock_too_many`, `shock_no_desa` (a wilayah without desa), `unknown_wilayah`.
    """
    if not isinstance(area, shapely.Geometry):
        return _desa_of(connection, area)
    shape = check_shape(area)
    found = [SnappedDesa(row.kode, float(row.area_share)) for row in
             connection.execute(build_snap(), {"area": shapely.to_wkb(shape.geometry)})]  # fmt: skip
    inside = [row for row in found if row.area_share > _NOTHING]
    if not inside:
        bounds = ", ".join(f"{edge:.4g}" for edge in shape.geometry.bounds)
        raise QueryError("shock_outside", bounds=bounds)
    if snap == "half":
        touched_count = len(inside)
        inside = [row for row in inside if row.area_share >= HALF - _NOTHING]
        if not inside:
            raise QueryError("shock_no_half", touched=touched_count)
    return _limited(inside)


def build_snap() -> Select:
    """Return the statement of `snap`: each desa that meets the area `:area` (WKB), and the share of it inside.

    The index on the boundaries finds them; only a desa that the area cuts is intersected.
    """
    boundary, active = tables.boundary, tables.boundary_active
    area = select(func.ST_GeomFromWKB(bindparam("area"), 4326).label("geom")).cte("area")

    def size(geometry):
        return func.ST_Area(func.ST_Transform(geometry, _EQUAL_AREA))

    own, drawn = boundary.c.geom, area.c.geom
    is_whole = func.ST_CoveredBy(own, drawn)
    cut = size(func.ST_Intersection(own, drawn)) / size(own)
    return (
        select(boundary.c.kode, case((is_whole, literal(1.0)), else_=func.least(cut, 1.0)).label("area_share"))
        .select_from(boundary)
        .join(
            active,
            (active.c.source_id == boundary.c.source_id) & (active.c.level == boundary.c.level)
            & (active.c.provinsi_kode == func.left(boundary.c.kode, 2)),
        )
        .join(area, func.ST_Intersects(own, drawn))
        .where(boundary.c.level == int(Level.desa))
        .order_by(boundary.c.kode)
    )  # fmt: skip


def _desa_of(connection: Connection, codes: Sequence[str]) -> tuple[SnappedDesa, ...]:
    wilayah = tables.wilayah
    if not codes:
        raise QueryError("shock_empty")
    known = set(connection.scalars(select(wilayah.c.kode).where(wilayah.c.kode.in_(codes))))
    for kode in codes:
        if kode not in known:
            raise QueryError("unknown_wilayah", wilayah=kode)
    ranges = [kode_range(kode) for kode in sorted(codes)]
    chosen = or_(*((wilayah.c.kode >= low) & (wilayah.c.kode < high) for low, high in ranges))
    is_of_today = wilayah.c.valid_to.is_(None)
    query = (
        select(wilayah.c.kode).where(wilayah.c.level == int(Level.desa), is_of_today, chosen).order_by(wilayah.c.kode)
    )
    inside = [SnappedDesa(kode, 1.0) for kode in connection.scalars(query.limit(MOST_DESA + 1))]
    if not inside:
        raise QueryError("shock_no_desa", wilayah=", ".join(sorted(codes)))
    return _limited(inside)


def _limited(inside: list[SnappedDesa]) -> tuple[SnappedDesa, ...]:
    if len(inside) > MOST_DESA:
        raise QueryError("shock_too_many", most=MOST_DESA)
    return tuple(inside)


def list_parts(connection: Connection, kode: str) -> list[Part]:
    """Return the wilayah of the two levels below a wilayah, or itself where there are none, in order of code."""
    wilayah, boundary, active = tables.wilayah, tables.boundary, tables.boundary_active
    own, (low, high) = level_of(kode), kode_range(kode)
    levels = [level for level in Level if own < level <= own + 2] or [own]
    placed = (
        select(boundary.c.kode, func.ST_X(boundary.c.label_point).label("lon"),
               func.ST_Y(boundary.c.label_point).label("lat"))
        .join(
            active,
            (active.c.source_id == boundary.c.source_id) & (active.c.level == boundary.c.level)
            & (active.c.provinsi_kode == func.left(boundary.c.kode, 2)),
        )
        .where(boundary.c.level.in_(levels))
        .subquery("placed")
    )  # fmt: skip
    query = (
        select(wilayah.c.kode, wilayah.c.name, wilayah.c.level, placed.c.lon, placed.c.lat)
        .join_from(wilayah, placed, placed.c.kode == wilayah.c.kode, isouter=True)
        .where(wilayah.c.level.in_(levels), wilayah.c.kode >= low, wilayah.c.kode < high, wilayah.c.valid_to.is_(None))
        .order_by(wilayah.c.level, wilayah.c.kode)
    )
    return [Part(row.kode, row.name, Level(row.level), row.lon, row.lat) for row in connection.execute(query)]


def names_of(connection: Connection, codes: Sequence[str]) -> dict[str, str]:
    """Return the names of wilayah by kode."""
    wilayah = tables.wilayah
    return dict(connection.execute(select(wilayah.c.kode, wilayah.c.name).where(wilayah.c.kode.in_(codes))).all())


def list_shocks(connection: Connection) -> list[KeptShock]:
    """Return the kept areas without their geometry, the newest first, MOST_LISTED at most."""
    counted = (
        select(shock_desa.c.shock_id, func.count().label("desa_count")).group_by(shock_desa.c.shock_id)
        .subquery("counted")
    )  # fmt: skip
    query = (
        select(*_PLAIN, func.coalesce(counted.c.desa_count, 0).label("desa_count"))
        .join_from(shock, counted, counted.c.shock_id == shock.c.id, isouter=True)
        .order_by(shock.c.made_at.desc(), shock.c.id.desc())
        .limit(MOST_LISTED)
    )
    return [KeptShock(**row._asdict()) for row in connection.execute(query)]


def read_shock(connection: Connection, shock_id: int) -> KeptShock:
    """Return a kept area with its geometry (None where wilayah were chosen) and its desa; raise QueryError
    `unknown_shock`.
    """
    query = select(*_PLAIN, func.ST_AsBinary(shock.c.geom).label("wkb")).where(shock.c.id == shock_id)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise QueryError("unknown_shock", shock=shock_id)
    held = row._asdict()
    wkb = held.pop("wkb")
    inside = connection.execute(
        select(shock_desa.c.kode, shock_desa.c.area_share)
        .where(shock_desa.c.shock_id == shock_id)
        .order_by(shock_desa.c.kode)
    ).all()
    return KeptShock(
        **held, desa_count=len(inside), geometry=None if wkb is None else shapely.from_wkb(bytes(wkb)),
        rows=tuple(SnappedDesa(one.kode, one.area_share) for one in inside),
    )  # fmt: skip
