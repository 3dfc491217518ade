"""Where a layer lies: its coordinates brought to EPSG:4326, or refused with what is seen and what could be stated."""

import re
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import CRS, Transformer
from pyproj.aoi import AreaOfInterest
from pyproj.exceptions import CRSError, ProjError
from pyproj.transformer import TransformerGroup

from boundaries.errors import BoundaryError

# Longitudes may be written 0 to 360; nothing in degrees lies beyond.
_DEGREES_MAX = 360.0
# A layer drawn in a zone's coordinates may reach over its edge, as a provinsi does; more than this is another zone.
_ZONE_MARGIN_DEGREE = 1.5
# Ellipsoids of WGS 84 and of the datums that hold it to a metre (GRS 1980): without a known shift none is needed.
_MODERN_AXIS_M = (6378136.0, 6378138.0)
_STATED = re.compile(r"(?:epsg:)?(\d{4,6})", re.IGNORECASE)
_WGS_84 = 4326


@dataclass(frozen=True)
class Placed:
    """Geometry in EPSG:4326, two-dimensional, longitude first, in the order of the rows; and what was done for it.

    `crs_name` is the coordinate system the file was taken to be in. It was assumed when nothing stated it, and the axes
    were swapped when the file has latitude first.
    """

    geometry: np.ndarray
    crs_name: str
    was_reprojected: bool
    was_assumed: bool
    was_swapped: bool


def place(
    geometry: np.ndarray,
    crs_wkt: str | None,
    *,
    stated: str | None,
    box: tuple[float, float, float, float],
    sent: str,
    layer: str,
) -> Placed:
    """Return the layer in EPSG:4326.

    `geometry` has shapely geometries, None where a row has none; `crs_wkt` is the system the file states, `stated` the
    one a person states (`EPSG:n`); all coordinates must come to lie in `box` (west, south, east, north in degrees).
    A person's statement stands against the file's own only where the file's puts the layer outside `box`.

    Raises BoundaryError `no_geometry`, `coordinates_not_finite`, `crs_unknown`, `crs_unreadable`, `crs_contradicted`,
    `crs_to_state`, `crs_not_degrees`, `crs_not_metres`, `crs_without_shift`, `axes_mixed`, `outside_indonesia`.
    """
    where = {"path": sent, "layer": layer}
    flat = shapely.force_2d(np.asarray(geometry, dtype=object))
    bounds = _bounds(flat, where)
    own, named = _own_crs(crs_wkt, where), _stated_crs(stated)
    if own is not None and named is not None and not _is_same(own, named):
        if _lies_inside(own, bounds, box) or not _lies_inside(named, bounds, box):
            raise BoundaryError("crs_contradicted", **where, found=own.name, stated=named.name)
        own = None
    crs = named or own
    was_assumed = crs is None
    if was_assumed:
        crs = CRS.from_epsg(_WGS_84)
        if not _are_degrees(bounds):
            raise BoundaryError("crs_to_state", **where, bounds=_describe(bounds), candidates=_candidates(bounds, box))
    _check_units(crs, bounds, box, where)
    moved, was_swapped = _move(flat, bounds, crs, box, where)
    return Placed(moved, crs.name, not _is_wgs_84(crs), was_assumed, was_swapped)


def _bounds(flat: np.ndarray, where: dict[str, str]) -> np.ndarray:
    """Return west, south, east, north of each row that has coordinates; raise if none has or some are not finite."""
    is_drawn = ~(shapely.is_missing(flat) | shapely.is_empty(flat))
    if not is_drawn.any():
        raise BoundaryError("no_geometry", **where)
    coordinates, row = shapely.get_coordinates(flat, return_index=True)
    is_broken = ~np.isfinite(coordinates).all(axis=1)
    if is_broken.any():
        raise BoundaryError(
            "coordinates_not_finite", **where, count=len(np.unique(row[is_broken])), row=int(row[is_broken][0]) + 1
        )
    return shapely.bounds(flat[is_drawn])


def _own_crs(crs_wkt: str | None, where: dict[str, str]) -> CRS | None:
    if not crs_wkt:
        return None
    try:
        crs = CRS.from_user_input(crs_wkt)
    except CRSError as error:
        raise BoundaryError("crs_unreadable", **where, found=crs_wkt[:80]) from error
    # A GeoPackage that states no system is given one called undefined.
    if crs.is_engineering or crs.name.lower().startswith("undefined"):
        return None
    crs = crs.sub_crs_list[0] if crs.is_compound else crs
    # Old files write a shift of nought beside WGS 84; where the datum is modern it says nothing.
    crs = crs.source_crs if crs.is_bound and _is_modern(crs.source_crs) else crs
    if not (crs.is_geographic or crs.is_projected):
        raise BoundaryError("crs_unreadable", **where, found=crs.name)
    return crs


def _stated_crs(stated: str | None) -> CRS | None:
    if stated is None:
        return None
    number = _STATED.fullmatch(stated.strip())
    try:
        crs = CRS.from_epsg(int(number.group(1))) if number else None
    except CRSError:
        crs = None
    if crs is None or not (crs.is_geographic or crs.is_projected):
        raise BoundaryError("crs_unknown", stated=stated)
    return crs


def _is_same(left: CRS, right: CRS) -> bool:
    """Tell whether two systems place coordinates alike; names and the order of axes do not count."""
    if left.equals(right, ignore_axis_order=True):
        return True
    numbers = {left.to_epsg(min_confidence=70), right.to_epsg(min_confidence=70)}
    if len(numbers) == 1 and None not in numbers:
        return True
    # SRGI 2013, DGN95 and WGS 84 are one system to less than a metre.
    return _is_modern(left) and _is_modern(right) and _definition(left) == _definition(right)


def _definition(crs: CRS) -> tuple[object, ...]:
    operation = crs.coordinate_operation
    if operation is None:
        return ("degrees", _prime_meridian(crs))
    return (operation.method_name, tuple(sorted((each.name, round(each.value, 9)) for each in operation.params)))


def _prime_meridian(crs: CRS) -> float:
    return crs.prime_meridian.longitude if crs.prime_meridian else 0.0


def _is_modern(crs: CRS) -> bool:
    low, high = _MODERN_AXIS_M
    return crs.ellipsoid is not None and low <= crs.ellipsoid.semi_major_metre <= high and _prime_meridian(crs) == 0.0


def _is_wgs_84(crs: CRS) -> bool:
    return crs.is_geographic and crs.equals(CRS.from_epsg(_WGS_84), ignore_axis_order=True)


def _are_degrees(bounds: np.ndarray) -> bool:
    return bool(np.abs(bounds).max() <= _DEGREES_MAX)


def _lies_inside(crs: CRS, bounds: np.ndarray, box: Iterable[float]) -> bool:
    """Tell whether all rows lie in the box by `crs`, whichever axis is first."""
    try:
        move = _transformer(crs)
    except ProjError:
        return False
    return any(_inside(_move_bounds(each, move), box).all() for each in (bounds, _swapped(bounds)))


def _check_units(crs: CRS, bounds: np.ndarray, box: tuple[float, float, float, float], where: dict[str, str]) -> None:
    """Refuse a system that says degrees of coordinates in metres, or the reverse."""
    if crs.is_geographic and not _are_degrees(bounds):
        raise BoundaryError(
            "crs_not_degrees", **where, crs=crs.name, bounds=_describe(bounds), candidates=_candidates(bounds, box)
        )
    if not crs.is_geographic and any(_inside(each, box).all() for each in (bounds, _swapped(bounds))):
        raise BoundaryError("crs_not_metres", **where, crs=crs.name, bounds=_describe(bounds))


def _move(
    flat: np.ndarray, bounds: np.ndarray, crs: CRS, box: tuple[float, float, float, float], where: dict[str, str]
) -> tuple[np.ndarray, bool]:
    try:
        move = _transformer(crs)
    except ProjError as error:
        raise BoundaryError("crs_without_shift", **where, crs=crs.name) from error
    is_right = _inside(_move_bounds(bounds, move), box)
    if is_right.all():
        return _transform(flat, move), False
    is_swapped = _inside(_move_bounds(_swapped(bounds), move), box)
    if is_swapped.all():
        return _transform(shapely.transform(flat, lambda pairs: pairs[:, ::-1]), move), True
    if (is_right | is_swapped).all():
        raise BoundaryError(
            "axes_mixed",
            **where,
            count=int((~is_right).sum()),
            total=len(bounds),
            example=_describe(bounds[is_right][:1]),
            swapped_example=_describe(bounds[~is_right][:1]),
        )
    raise BoundaryError(
        "outside_indonesia",
        **where,
        crs=crs.name,
        bounds=_describe(_move_bounds(bounds, move)[~is_right]),
    )


def _transformer(crs: CRS) -> Transformer | None:
    """Return the way from `crs` to EPSG:4326, None where degrees stay as they are; raise ProjError if there is none.

    The registry's way is taken, as map programs do, so that a file which one of them projected comes back to where it
    was. A datum that the registry does not know keeps its degrees where its ellipsoid is that of WGS 84 (SRGI 2013
    under another name); an old one lies up to hundreds of metres off, and is refused.
    """
    if _is_wgs_84(crs):
        return None
    area = crs.area_of_use
    interest = AreaOfInterest(*area.bounds) if area is not None and area.west <= area.east else None
    with warnings.catch_warnings():
        # The best way of a few datums needs a grid that is not installed; the next best is good to metres.
        warnings.simplefilter("ignore")
        ways = TransformerGroup(crs, _WGS_84, always_xy=True, area_of_interest=interest, allow_ballpark=False)
    # One way for all: several, each in its own area, would tear neighbouring vertices apart by metres.
    if ways.transformers:
        return ways.transformers[0]
    if not _is_modern(crs):
        raise ProjError(f"no transformation from {crs.name}")
    return None if crs.is_geographic else Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True)


def _transform(flat: np.ndarray, move: Transformer | None) -> np.ndarray:
    if move is None:
        return flat
    return shapely.transform(flat, lambda pairs: np.column_stack(move.transform(pairs[:, 0], pairs[:, 1])))


def _swapped(bounds: np.ndarray) -> np.ndarray:
    return bounds[:, [1, 0, 3, 2]]


def _move_bounds(bounds: np.ndarray, move: Transformer | None) -> np.ndarray:
    """Return the bounds of the moved corners of each row; infinite where they cannot be moved."""
    if move is None:
        return bounds
    east, north = move.transform(bounds[:, [0, 0, 2, 2]], bounds[:, [1, 3, 1, 3]])
    return np.column_stack([east.min(axis=1), north.min(axis=1), east.max(axis=1), north.max(axis=1)])


def _inside(bounds: np.ndarray, box: Iterable[float]) -> np.ndarray:
    west, south, east, north = box
    return (bounds[:, 0] >= west) & (bounds[:, 1] >= south) & (bounds[:, 2] <= east) & (bounds[:, 3] <= north)


def _describe(bounds: np.ndarray) -> str:
    corners = [bounds[:, 0].min(), bounds[:, 1].min(), bounds[:, 2].max(), bounds[:, 3].max()]
    return ", ".join(f"{float(edge):.6g}" if abs(edge) < 1000 else f"{float(edge):.0f}" for edge in corners)


# The systems that maps of Indonesia come in: family, first EPSG number, zones from west to east.
_FAMILIES = (
    ("WGS 84 / UTM", 32646, tuple(f"{zone}N" for zone in range(46, 55))),
    ("WGS 84 / UTM", 32746, tuple(f"{zone}S" for zone in range(46, 55))),
    ("SRGI2013 / UTM", 9476, tuple(f"{zone}N" for zone in range(46, 53))),
    ("SRGI2013 / UTM", 9487, tuple(f"{zone}S" for zone in range(47, 55))),
    ("DGN95 / UTM", 23866, tuple(f"{zone}N" for zone in range(46, 53))),
    ("DGN95 / UTM", 23877, tuple(f"{zone}S" for zone in range(47, 55))),
    ("DGN95 / TM-3", 23830, ("46.2", *(f"{zone}.{half}" for zone in range(47, 54) for half in (1, 2)), "54.1")),
    ("World Mercator", 3395, ("",)),
    ("Pseudo-Mercator", 3857, ("",)),
)


@cache
def _candidate(number: int) -> tuple[Transformer, tuple[float, float]]:
    """Return the way from a system to EPSG:4326 and the meridians that its zone lies between, in degrees."""
    crs = CRS.from_epsg(number)
    central = {each.name: each.value for each in crs.coordinate_operation.params}["Longitude of natural origin"]
    half = 3.0 if "UTM" in crs.name else 1.5 if "TM-3" in crs.name else 180.0
    return Transformer.from_crs(crs, _WGS_84, always_xy=True), (central - half, central + half)


def _candidates(bounds: np.ndarray, box: tuple[float, float, float, float]) -> str:
    """Return, for an error, the systems under which a layer in metres would lie in the box, each zone in its place.

    Every zone of a family puts the same metres on its own meridian: which zone is right only the sender knows.
    """
    found = []
    for family, first, zones in _FAMILIES:
        fitting = [at for at in range(len(zones)) if _fits_zone(first + at, bounds, box)]
        if fitting:
            low, high = fitting[0], fitting[-1]
            span = zones[low] if low == high else f"{zones[low]}-{zones[high]}"
            numbers = f"EPSG:{first + low}" if low == high else f"EPSG:{first + low}-{first + high}"
            found.append(f"{family} {span} ({numbers})".replace("  ", " "))
    return "; ".join(found) or "-"


def _fits_zone(number: int, bounds: np.ndarray, box: tuple[float, float, float, float]) -> bool:
    move, (west, east) = _candidate(number)
    moved = _move_bounds(bounds, move)
    if not _inside(moved, box).all():
        return False
    return west - _ZONE_MARGIN_DEGREE <= moved[:, 0].min() and moved[:, 2].max() <= east + _ZONE_MARGIN_DEGREE
