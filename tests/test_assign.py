"""Points and desa: which desa a point gets, by which rule, and that the many are found as the few are."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from shapely.geometry import MultiPolygon, Point, Polygon, box

import geo.assign
from geo.assign import AssignedBy, assign_points, count_points_elsewhere

# Two squares side by side, and one above the left with a hole in its middle; none of them in the order of its code.
SQUARES = {
    "99.01.01.2002": box(1, 0, 2, 1),
    "99.01.01.2001": box(0, 0, 1, 1),
    "99.01.01.2003": Polygon([(0, 1), (1, 1), (1, 2), (0, 2)], [[(0.4, 1.4), (0.6, 1.4), (0.6, 1.6), (0.4, 1.6)]]),
}
FIRST, SECOND, THIRD = sorted(SQUARES)


def assign(points, stated=None, polygons=SQUARES):
    lon, lat = np.array(points, dtype=float).reshape(-1, 2).T
    stated = None if stated is None else np.array(stated, dtype=object)
    found = assign_points(lon, lat, polygons, stated)
    return list(found.kode), [AssignedBy(rule).name for rule in found.assigned_by]


def test_a_point_goes_to_the_desa_around_it_and_one_in_none_to_none():
    points = [(0.5, 0.5), (1.5, 0.5), (0.5, 1.2), (0.5, 1.5), (1.5, 1.5), (-5, 40)]
    assert assign(points) == (
        [FIRST, SECOND, THIRD, None, None, None], ["point", "point", "point", "nothing", "nothing", "nothing"]
    )


def test_a_point_on_a_shared_border_goes_to_the_lowest_code_of_its_neighbours():
    corners = [(1, 0.5), (0.5, 1), (1, 1), (1, 1.5), (2, 1), (0.4, 1.5)]
    assert assign(corners)[0] == [FIRST, FIRST, FIRST, THIRD, SECOND, THIRD]


def test_a_stated_desa_that_covers_the_point_is_kept_even_on_its_border():
    assert assign([(1.5, 0.5), (1, 0.5), (1, 1)], [SECOND, SECOND, THIRD]) == (
        [SECOND, SECOND, THIRD], ["kode", "kode", "kode"])


def test_a_stated_desa_that_does_not_cover_the_point_gives_way_to_the_point():
    points = [(0.5, 0.5), (0.5, 0.5), (0.5, 0.5), (9, 9)]
    stated = [THIRD, "99.01.01.2009", None, FIRST]
    assert assign(points, stated) == ([FIRST, FIRST, FIRST, None], ["point", "point", "point", "nothing"])


def test_a_point_without_coordinates_lies_nowhere_and_its_code_alone_proves_nothing():
    nowhere = [(np.nan, 0.5), (0.5, np.nan), (np.inf, 0.5), (0.5, -np.inf)]
    assert assign(nowhere) == ([None] * 4, ["nothing"] * 4)
    assert assign(nowhere, [FIRST] * 4) == ([None] * 4, ["nothing"] * 4)


def test_no_points_and_no_polygons_are_no_error():
    assert assign([]) == ([], [])
    assert assign([], []) == ([], [])
    assert assign([(0.5, 0.5)], polygons={}) == ([None], ["nothing"])
    assert assign([(0.5, 0.5)], [FIRST], {FIRST: Polygon()}) == ([None], ["nothing"])


def test_parts_of_one_desa_that_lie_far_apart_are_one_desa():
    islands = {FIRST: MultiPolygon([box(0, 0, 1, 1), box(8, -5, 9, -4)]), SECOND: box(2, -5, 7, 5)}
    assert assign([(8.5, -4.5), (4, 0), (7.5, 0)], polygons=islands)[0] == [FIRST, SECOND, None]


def test_a_file_of_one_desa_without_height_is_no_error():
    assert assign([(0.5, 0), (0.5, 1)], polygons={FIRST: Polygon([(0, 0), (1, 0), (0, 0)])})[0] == [FIRST, None]


def test_points_outside_their_stated_desa_are_counted_but_not_those_of_a_desa_without_a_polygon():
    kode = [FIRST, SECOND, THIRD, "99.01.01.2009", FIRST]
    lon, lat = np.array([0.5, 0.5, 0.5, 0.5, 1.0]), np.array([0.5, 0.5, 1.5, 0.5, 0.5])
    assert count_points_elsewhere(np.array(kode, dtype=object), lon, lat, SQUARES) == 2
    assert count_points_elsewhere(pa.array(kode), lon, lat, SQUARES) == 2
    assert count_points_elsewhere(np.array([]), np.array([]), np.array([]), SQUARES) == 0


@pytest.mark.parametrize("at_once", [7, 1 << 18])
def test_every_point_gets_the_desa_that_asking_all_of_them_one_by_one_finds(monkeypatch, at_once):
    """Polygons of many sizes, some of which overlap, and points of which many lie on corners and edges."""
    monkeypatch.setattr(geo.assign, "_ASKED_AT_ONCE", at_once)
    rng = np.random.default_rng(11)
    corner = rng.integers(0, 40, (60, 2)) / 4
    size = rng.integers(1, 12, (60, 2)) / 4
    polygons = {f"99.01.01.{2000 + row}": box(*corner[row], *(corner[row] + size[row])) for row in rng.permutation(60)}
    lon, lat = rng.integers(-4, 60, (2, 400)) / 4
    around = [
        [kode for kode in sorted(polygons) if polygons[kode].intersects(Point(x, y))]
        for x, y in zip(lon, lat, strict=True)
    ]
    lowest = [kode[0] if kode else None for kode in around]
    assert list(assign_points(lon, lat, polygons).kode) == lowest
    # Of two points one states the highest code around it, the other any code or none.
    stated = rng.choice([*polygons, None, "99.01.01.9999"], 400)
    stated[::2] = [kode[-1] if kode else None for kode in around[::2]]
    keeps = [kode in there for kode, there in zip(stated, around, strict=True)]
    assert 60 < sum(keeps) < 340
    found = assign_points(lon, lat, polygons, stated)
    assert list(found.assigned_by == AssignedBy.kode) == keeps
    assert list(found.kode) == [s if kept else low for s, kept, low in zip(stated, keeps, lowest, strict=True)]


def test_points_in_the_desa_of_a_real_provinsi_are_found_as_a_tree_of_the_polygons_finds_them(shared_data):
    """Lampung by its BPS codes: 9,000 points over its box, sea and all, and every fifth corner of its polygons."""
    table = pq.read_table(
        shared_data / "boundaries" / "indonesia_desa_hdx2020_simplified.parquet",
        columns=["village_code", "geometry"], filters=[("province_code", "=", "id18")],
    )
    assert table.num_rows > 2_600
    shapes = shapely.from_wkb(table["geometry"].to_numpy())
    kode = np.array([code.as_py().removeprefix("id") for code in table["village_code"]], dtype=object)
    west, south, east, north = shapely.total_bounds(shapes)
    rng = np.random.default_rng(3)
    corners = shapely.get_coordinates(shapes)[::5]
    lon = np.concatenate([rng.uniform(west, east, 9_000), corners[:, 0]])
    lat = np.concatenate([rng.uniform(south, north, 9_000), corners[:, 1]])
    point, polygon = shapely.STRtree(shapes).query(shapely.points(lon, lat), predicate="intersects")
    expected: list[str | None] = [None] * len(lon)
    for row, place in zip(point, polygon, strict=True):
        expected[row] = min(expected[row] or kode[place], kode[place])
    found = assign_points(lon, lat, dict(zip(kode, shapes, strict=True)))
    assert list(found.kode) == expected
    assert sum(at is None for at in expected) > 1_000
