"""Display shapes at three details: neighbours always meet, and no area changes by more than its limit."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import Point, Polygon, box

from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.kept_shapes import keep_shapes
from boundaries.levels import Level
from boundaries.simplify import CHANGE_MAX, DETAILS, NAMED_KEPT_MAX, draw_shapes

NO_PARENT, NOTHING = pd.Series(dtype="string"), np.array([], dtype=object)


def square(column, row=0, size=0.1):
    return box(105 + column * size, -5 + row * size, 105 + (column + 1) * size, -5 + (row + 1) * size)


def wavy_pair():
    """Two desa with a winding border."""
    wave = [(105.1 + 0.002 * np.sin(step), -5 + 0.1 * step / 200) for step in range(201)]
    left = Polygon([(105, -4.9), (105, -5), *wave])
    right = Polygon([(105.2, -5), (105.2, -4.9), *reversed(wave)])
    return np.array([left, right], dtype=object)


def islet_in_a_desa(radius):
    """A round desa inside a large one, both with their codes."""
    islet = Point(105.05, -4.95).buffer(radius)
    kode = pd.Series(["18.01.01.2001", "18.01.01.2002"], dtype="string")
    return kode, np.array([square(0).difference(islet), islet], dtype=object)


def assert_sound(geometry):
    assert not shapely.is_empty(geometry).any()
    assert shapely.is_valid(geometry).all() and shapely.coverage_is_valid(geometry)


def test_simplified_neighbours_keep_the_edge_they_share():
    kode = pd.Series(["18.01.01.2001", "18.01.01.2002"], dtype="string")
    shapes = draw_shapes(kode, wavy_pair(), NO_PARENT, NOTHING, Level.desa)
    counts = [shapes.vertex_count[detail, Level.desa] for detail in DETAILS]
    assert counts[0] < 0.2 * counts[2] and counts == sorted(counts)
    for detail in DETAILS:
        own = shapes.by_detail[detail][Level.desa].to_numpy()
        assert_sound(own)
        assert shapely.area(own).sum() == pytest.approx(0.02, rel=1e-9)


def test_what_is_no_coverage_is_refused():
    overlapping = np.array([square(0), box(105.05, -5, 105.2, -4.9)], dtype=object)
    kode = pd.Series(["18.01.01.2001", "18.01.01.2002"], dtype="string")
    with pytest.raises(BoundaryError) as refused:
        draw_shapes(kode, overlapping, NO_PARENT, NOTHING, Level.desa)
    assert refused.value.code == "coverage_not_repairable"


def test_a_small_desa_keeps_its_own_shape_and_its_neighbour_goes_on_meeting_it():
    kode, own = islet_in_a_desa(0.002)
    assert shapely.area(shapely.coverage_simplify(own, 0.005))[1] < 0.75 * own[1].area
    shapes = draw_shapes(kode, own, NO_PARENT, NOTHING, Level.desa)
    drawn = shapes.by_detail[0][Level.desa]
    assert abs(drawn["18.01.01.2002"].area / own[1].area - 1) < CHANGE_MAX[0]
    assert_sound(drawn.to_numpy())
    assert shapes.kept_count[0, Level.desa] >= 1
    (issue,) = [issue for issue in shapes.issues if issue.note == "0"]
    assert (issue.what, issue.kode) == ("shape_kept", "18.01.01.2002")
    assert issue.after_km2 < 0.75 * issue.before_km2
    assert issue.geometry.area == pytest.approx(own[1].area)


def test_a_splinter_that_no_tolerance_keeps_is_drawn_as_it_is():
    kode, own = islet_in_a_desa(0.000002)
    shapes = draw_shapes(kode, own, NO_PARENT, NOTHING, Level.desa)
    for detail in DETAILS:
        drawn = shapes.by_detail[detail][Level.desa]
        assert shapely.equals(drawn["18.01.01.2002"], own[1])
        assert_sound(drawn.to_numpy())
    assert [shapes.kept_count[detail, Level.desa] for detail in DETAILS] == [1, 1, 1]


def test_only_the_arcs_along_a_kept_polygon_are_those_of_before():
    left, right = wavy_pair()
    third = Polygon([(105.2, -4.9), (105.2, -5), *((105.3 + 0.002 * np.sin(at), -5 + at / 2000) for at in range(201))])
    before = np.array([left, right, third], dtype=object)
    simple = shapely.coverage_simplify(before, 0.005)
    area = shapely.area(before)
    # The left one is said to have had a tenth more, so that it must be kept; the others may change.
    result, is_kept = keep_shapes(before, simple, area * [1.1, 1, 1], 0.05)
    assert is_kept.tolist() == [True, False, False]
    assert shapely.equals(result[0], left)
    border = shapely.intersection(left.boundary, right.boundary)
    assert result[1].boundary.covers(border)
    assert shapely.equals(result[2], simple[2])
    assert_sound(result)


def test_a_neighbour_that_a_kept_border_makes_invalid_keeps_its_own_shape_too():
    # The spit of the first reaches over the straight line that the second's coast is simplified to.
    bay = [(105.1, -5), (105.2, -5), (105.2, -4.97), (105.15, -4.985), (105.1, -4.97)]
    spit = [(105, -5), (105.1, -5), (105.1, -4.97), (105.1, -4.9), (105, -4.9)]
    before = np.array([Polygon(spit), Polygon(bay)], dtype=object)
    crossing = Polygon([(105.1, -5), (105.2, -5), (105.2, -4.97), (105.09, -4.985), (105.1, -4.97)])
    simple = np.array([Polygon(spit), crossing], dtype=object)
    result, is_kept = keep_shapes(before, simple, shapely.area(before), 0.2)
    assert is_kept[1] and shapely.equals(result[1], before[1])
    assert_sound(result)


def test_every_level_has_a_shape_at_every_detail():
    kode = pd.Series([f"18.0{1 + at // 4}.0{1 + at % 4 // 2}.200{at}" for at in range(8)], dtype="string")
    own = np.array([square(at % 4, at // 4) for at in range(8)], dtype=object)
    forest, parent = np.array([square(0, 2)], dtype=object), pd.Series(["18.01"], dtype="string")
    shapes = draw_shapes(kode, own, parent, forest, Level.desa)
    for detail in DETAILS:
        assert {level.name: len(series) for level, series in shapes.by_detail[detail].items()} == {
            "desa": 8,
            "kecamatan": 4,
            "kabupaten": 2,
            "provinsi": 1,
        }
        for level, series in shapes.by_detail[detail].items():
            assert_sound(series.to_numpy())
            assert shapes.tolerance[detail, level] > 0
        # The forest of a kabupaten is in it and in the provinsi, in no kecamatan.
        areas = {level.name: shapely.area(series).sum() for level, series in shapes.by_detail[detail].items()}
        assert areas == pytest.approx({"desa": 0.08, "kecamatan": 0.08, "kabupaten": 0.09, "provinsi": 0.09})
        assert len(shapes.other[detail]) == 1
    assert shapes.tolerance[2, Level.desa] <= 0.0003 and shapes.tolerance[0, Level.desa] == 0.005


def test_levels_dissolved_step_by_step_are_those_dissolved_at_once():
    kode = pd.Series([f"18.0{1 + at // 4}.0{1 + at % 4 // 2}.200{at}" for at in range(8)], dtype="string")
    own = np.array([square(at % 4, at // 4) for at in range(8)], dtype=object)
    other = np.array([square(0, 2), square(1, 2), square(2, 2)], dtype=object)
    parent = pd.Series(["18.01.01", "18.02", "18"], dtype="string")
    shapes = draw_shapes(kode, own, parent, other, Level.desa)
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        expected = dissolve(kode, own, parent, other, level)
        drawn = shapes.by_detail[2][level]
        assert shapely.area(drawn.sort_index().to_numpy()) == pytest.approx(
            shapely.area(expected.sort_index().to_numpy())
        )


def test_shapes_of_a_real_provinsi_hold_their_limits(shared_data):
    frame = gpd.read_file(shared_data / "boundaries" / "lampung_desa_hdx2020_xwalk2025.gpkg")
    bps, geometry = frame["kode_bps"].astype("string"), frame.geometry.to_numpy()
    kode = bps.str[:2] + "." + bps.str[2:4] + "." + bps.str[4:7].str[-2:] + ".2" + bps.str[7:]
    shapes = draw_shapes(kode, geometry, NO_PARENT, NOTHING, Level.desa)
    full = shapely.area(geometry)
    for detail in DETAILS:
        drawn = shapes.by_detail[detail][Level.desa].to_numpy()
        assert_sound(drawn)
        assert np.abs(shapely.area(drawn) / full - 1).max() <= CHANGE_MAX[detail]
        assert shapes.change_max_rate[detail, Level.desa] == pytest.approx(np.abs(shapely.area(drawn) / full - 1).max())
    assert shapes.vertex_count[1, Level.desa] <= 90_000
    assert shapes.kept_count[0, Level.desa] > shapes.kept_count[2, Level.desa]
    assert 0 < len([issue for issue in shapes.issues if issue.note == "0"]) <= 4 * NAMED_KEPT_MAX
