"""Coordinates of every system that maps of Indonesia come in: brought to degrees, or refused with what to state."""

import math

import geopandas
import numpy as np
import pytest
import shapely
from geopandas import GeoSeries
from publisher_files import write_publisher_file
from pyproj import CRS
from shapely import box

from boundaries.errors import BoundaryError
from boundaries.projection import place

INDONESIA = (90.0, -15.0, 145.0, 10.0)
WORLD = (-180.0, -90.0, 180.0, 90.0)
WGS_84 = CRS.from_epsg(4326).to_wkt()
EARTH_M = 6378137.0


def two_desa(crs=4326):
    """Two squares beside each other west of Bandar Lampung."""
    return GeoSeries([box(105.1, -5.3, 105.2, -5.2), box(105.2, -5.3, 105.3, -5.2)], crs=4326).to_crs(crs).to_numpy()


def turned(shapes):
    return shapely.transform(shapes, lambda pairs: pairs[:, ::-1])


def placed(shapes, crs_wkt, stated=None, within=INDONESIA):
    return place(shapes, crs_wkt, stated=stated, box=within, sent="batas.shp", layer="desa")


def refusal(shapes, crs_wkt, stated=None, within=INDONESIA):
    with pytest.raises(BoundaryError) as refused:
        placed(shapes, crs_wkt, stated, within)
    return refused.value


def corner(result):
    return shapely.get_coordinates(result.geometry)[:, 0].min(), shapely.get_coordinates(result.geometry)[:, 1].min()


def square_at(east, north, side=10.0):
    return np.array([box(east, north, east + side, north + side)], dtype=object)


def test_degrees_stay_as_they_are():
    result = placed(two_desa(), WGS_84)
    assert (result.crs_name, result.was_reprojected, result.was_assumed, result.was_swapped) == (
        "WGS 84", False, False, False)  # fmt: skip
    assert (result.geometry == two_desa()).all()


def test_the_degrees_of_dgn95_and_srgi_2013_are_those_of_wgs_84_to_less_than_a_metre():
    assert (placed(two_desa(), CRS.from_epsg(4755).to_wkt()).geometry == two_desa()).all()
    srgi = placed(two_desa(), CRS.from_epsg(9470).to_wkt())
    assert srgi.was_reprojected
    assert shapely.hausdorff_distance(srgi.geometry, two_desa()).max() * 111_320 < 0.5


def test_a_modern_datum_under_a_name_that_nobody_registered_keeps_its_degrees():
    local = """GEOGCS["GCS_SRGI",DATUM["D_SRGI_BIG",SPHEROID["WGS_1984",6378137,298.257223563]],
        PRIMEM["Greenwich",0],UNIT["Degree",0.0174532925199433]]"""
    assert (placed(two_desa(), local).geometry == two_desa()).all()


@pytest.mark.parametrize("number", [32748, 9488, 23878])
def test_the_origin_of_a_utm_zone_lies_on_its_meridian_at_the_equator(number):
    # Zone 48 has its central meridian at 105 E, false easting 500 km, false northing 10,000 km in the south.
    east, north = corner(placed(square_at(500_000, 10_000_000 - 10), CRS.from_epsg(number).to_wkt()))
    assert (east, north) == pytest.approx((105.0, -10 / 110_574.3), abs=5e-6)


def test_the_origin_of_a_tm_3_zone_lies_on_its_meridian_at_the_equator():
    # TM-3 zone 48.2: central meridian 106.5 E, false easting 200 km, false northing 1,500 km, scale 0.9999.
    east, north = corner(placed(square_at(200_000, 1_500_000), CRS.from_epsg(23834).to_wkt()))
    assert (east, north) == pytest.approx((106.5, 0.0), abs=1e-9)


def test_web_mercator_is_undone_by_its_formula():
    latitude = -5.3
    east = EARTH_M * math.radians(105.1)
    north = EARTH_M * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    assert corner(placed(square_at(east, north), CRS.from_epsg(3857).to_wkt())) == pytest.approx((105.1, latitude))


def helmert_to_wgs_84(longitude, latitude):
    """ID74 to WGS 84 by hand: EPSG's seven parameters (coordinate frame rotation, -1.977 -13.06 -9.993 m)."""
    axis, flattening = 6378160.0, 1 / 298.247
    squared = flattening * (2 - flattening)
    lon, lat = math.radians(longitude), math.radians(latitude)
    radius = axis / math.sqrt(1 - squared * math.sin(lat) ** 2)
    x, y = radius * math.cos(lat) * math.cos(lon), radius * math.cos(lat) * math.sin(lon)
    z = radius * (1 - squared) * math.sin(lat)
    rx, ry, rz = (math.radians(angle / 3600) for angle in (-0.364, -0.254, -0.689))
    scale = 1 - 1.037e-6
    moved_x = -1.977 + scale * (x + rz * y - ry * z)
    moved_y = -13.06 + scale * (-rz * x + y + rx * z)
    moved_z = -9.993 + scale * (ry * x - rx * y + z)
    flattening = 1 / 298.257223563
    squared, across = flattening * (2 - flattening), math.hypot(moved_x, moved_y)
    latitude = math.atan2(moved_z, across * (1 - squared))
    for _ in range(5):
        radius = EARTH_M / math.sqrt(1 - squared * math.sin(latitude) ** 2)
        latitude = math.atan2(moved_z + squared * radius * math.sin(latitude), across)
    return math.degrees(math.atan2(moved_y, moved_x)), math.degrees(latitude)


@pytest.mark.parametrize("version", ["WKT2_2019", "WKT1_ESRI"])
def test_the_old_datum_id74_is_shifted_by_its_seven_parameters(version):
    result = placed(square_at(105.0, -5.0, 1e-9), CRS.from_epsg(4238).to_wkt(version))
    expected = helmert_to_wgs_84(105.0, -5.0)
    # About 27 m: a village road's length that a ballpark transformation would leave out.
    assert 20 < math.dist(expected, (105.0, -5.0)) * 111_320 < 35
    assert corner(result) == pytest.approx(expected, abs=2e-8)
    assert result.was_reprojected


def test_an_old_datum_without_a_known_shift_is_refused():
    unknown = """GEOGCS["Peta Topografi",DATUM["Kolonial",SPHEROID["Bessel 1841",6377397.155,299.1528128]],
        PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"""
    assert refusal(two_desa(), unknown).code == "crs_without_shift"


def test_degrees_without_a_system_are_assumed_to_be_wgs_84_and_said():
    result = placed(two_desa(), None)
    assert (result.crs_name, result.was_assumed, result.was_reprojected) == ("WGS 84", True, False)


def test_metres_without_a_system_are_refused_with_the_zones_they_could_lie_in():
    error = refusal(two_desa(32748), None)
    assert error.code == "crs_to_state"
    assert "WGS 84 / UTM 46S-54S (EPSG:32746-32754)" in error.details["candidates"]
    assert "SRGI2013 / UTM 47S-54S (EPSG:9487-9494)" in error.details["candidates"]
    assert "TM-3" not in error.details["candidates"]
    assert "DGN95 / TM-3 46.2-54.1 (EPSG:23830-23845)" in refusal(two_desa(23834), None).details["candidates"]
    assert refusal(two_desa(3857), None).details["candidates"] == (
        "World Mercator (EPSG:3395); Pseudo-Mercator (EPSG:3857)")  # fmt: skip
    assert placed(two_desa(32748), None, "EPSG:32748").crs_name == "WGS 84 / UTM zone 48S"
    assert placed(two_desa(32748), None, "epsg:32748").was_assumed is False


def test_a_statement_stands_only_where_the_file_does_not_say_better():
    utm = CRS.from_epsg(32748).to_wkt("WKT1_ESRI")
    assert refusal(two_desa(32748), utm, "EPSG:4326").code == "crs_contradicted"
    assert refusal(two_desa(32748), utm, "EPSG:32749").details["found"] == "WGS 84 / UTM zone 48S"
    # The same projection on SRGI 2013 is the same to a metre.
    assert placed(two_desa(32748), utm, "EPSG:9488").crs_name == "SRGI2013 / UTM zone 48S"
    # A GeoJSON of metres is called WGS 84 by those who read it: that is disproved, so a person may say better.
    assert placed(two_desa(32748), WGS_84, "EPSG:32748").was_reprojected
    assert placed(two_desa(), utm, "EPSG:4326").was_reprojected is False


@pytest.mark.parametrize("stated", ["EPSG:1", "32748S", "UTM 48S", "", "EPSG:5773"])
def test_a_statement_that_names_no_system_is_refused(stated):
    assert refusal(two_desa(), WGS_84, stated).code == "crs_unknown"


def test_metres_called_degrees_and_degrees_called_metres_are_refused():
    error = refusal(two_desa(32748), WGS_84)
    assert (error.code, error.details["bounds"]) == ("crs_not_degrees", "511080, 9414166, 533246, 9425227")
    assert "EPSG:32746-32754" in error.details["candidates"]
    error = refusal(two_desa(), CRS.from_epsg(32748).to_wkt())
    assert (error.code, error.details["crs"]) == ("crs_not_metres", "WGS 84 / UTM zone 48S")


def test_latitude_before_longitude_is_turned_and_said():
    for system in (WGS_84, None):
        result = placed(turned(two_desa()), system)
        assert result.was_swapped
        assert (result.geometry == two_desa()).all()
    utm = placed(turned(two_desa(32748)), CRS.from_epsg(32748).to_wkt())
    assert utm.was_swapped
    assert corner(utm) == pytest.approx((105.1, -5.3), abs=1e-3)


def test_a_layer_with_both_orders_is_refused_with_an_example_of_each():
    mixed = np.array([two_desa()[0], turned(two_desa())[1]], dtype=object)
    error = refusal(mixed, WGS_84)
    assert (error.code, error.details["count"], error.details["total"]) == ("axes_mixed", 1, 2)
    assert error.details["example"].startswith("105.1")
    assert error.details["swapped_example"].startswith("-5.3")


def test_what_lies_elsewhere_is_refused_with_where():
    error = refusal(np.array([box(0, 0, 1, 1), *two_desa()], dtype=object), WGS_84)
    assert (error.code, error.details["bounds"]) == ("outside_indonesia", "0, 0, 1, 1")
    wrong_zone = refusal(two_desa(32748), CRS.from_epsg(32648).to_wkt())
    assert wrong_zone.code == "outside_indonesia"


def test_fictional_wilayah_may_lie_anywhere_on_earth():
    assert placed(np.array([box(-30, 40, -29, 41)], dtype=object), WGS_84, within=WORLD).was_swapped is False
    assert placed(turned(two_desa()), None, within=WORLD).was_swapped


def test_missing_and_empty_rows_keep_their_place_and_heights_are_dropped():
    shapes = np.array([None, shapely.force_3d(two_desa()[0], 12.0), shapely.Polygon()], dtype=object)
    result = placed(shapes, CRS.from_epsg(9470).to_wkt())
    assert shapely.is_missing(result.geometry).tolist() == [True, False, False]
    assert not shapely.has_z(result.geometry).any()
    assert refusal(np.array([None, shapely.Polygon()], dtype=object), WGS_84).code == "no_geometry"


def test_coordinates_that_are_no_numbers_are_refused():
    sides = [(105, -5), (106, -5), (106, math.inf), (105, -5)]
    broken = shapely.polygons([sides])
    error = refusal(np.array([*two_desa(), *broken], dtype=object), WGS_84)
    assert (error.code, error.details["count"], error.details["row"]) == ("coordinates_not_finite", 1, 3)


def test_a_system_that_cannot_be_read_is_refused_and_an_undefined_one_is_none():
    assert refusal(two_desa(), "PROJCS[broken").code == "crs_unreadable"
    assert refusal(two_desa(), CRS.from_epsg(5773).to_wkt()).code == "crs_unreadable"
    undefined = """GEOGCS["Undefined geographic SRS",DATUM["unknown",SPHEROID["unknown",6378137,298.257223563]],
        PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433]]"""
    assert placed(two_desa(), undefined).was_assumed


@pytest.mark.parametrize("kabupaten, number", [("5171", 32750), ("5171", 23838), ("8171", 9492)])
def test_real_desa_come_back_from_a_projection_to_where_they_were(shared_data, tmp_path, kabupaten, number):
    straight = geopandas.read_file(write_publisher_file(tmp_path / "a", "big", shared_data, kabupaten=kabupaten))
    projected = geopandas.read_file(
        write_publisher_file(tmp_path / "b", "big", shared_data, kabupaten=kabupaten, crs=number, suffix=".shp")
    )
    result = placed(projected.geometry.to_numpy(), projected.crs.to_wkt("WKT1_ESRI"))
    moved = shapely.hausdorff_distance(result.geometry, straight.geometry.to_numpy())
    assert moved.max() < 1e-7
    assert shapely.coverage_is_valid(result.geometry) == shapely.coverage_is_valid(straight.geometry.to_numpy())
