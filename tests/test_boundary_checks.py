"""Repair and checks, on squares whose areas are known and on what real files got wrong."""

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from boundaries import checks
from boundaries.area import area_km2
from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.repair import RepairCounts, repair_coverage


def square(column, row=0, size=0.1):
    return box(105 + column * size, -5 + row * size, 105 + (column + 1) * size, -5 + (row + 1) * size)


def codes(count):
    return pd.Series([f"18.01.01.{2001 + at}" for at in range(count)], dtype="string")


def array(*geometry):
    return np.array(geometry, dtype=object)


def repaired(*geometry):
    return repair_coverage(codes(len(geometry)), codes(len(geometry)), array(*geometry))


def found(result):
    return [issue.what for issue in result.issues]


def test_a_small_overlap_is_removed_and_the_change_reported():
    result = repaired(square(0), box(105.0995, -5, 105.2, -4.9))
    assert (result.before.bad_edge_count, result.before.overlap_count) == (2, 1)
    assert result.before.overlap_km2 == pytest.approx(area_km2(array(box(105.0995, -5, 105.1, -4.9)))[0], rel=1e-9)
    assert result.after == RepairCounts() and result.is_repaired
    assert shapely.coverage_is_valid(result.geometry)
    assert shapely.area(result.geometry).sum() == pytest.approx(0.02, rel=1e-9)
    overlap, changed = result.issues
    assert (overlap.what, overlap.kode, overlap.note) == ("overlap", "18.01.01.2001", "18.01.01.2002")
    assert overlap.geometry.area == pytest.approx(0.0005 * 0.1, rel=1e-9)
    assert changed.what == "area_changed"
    assert 1 - changed.after_km2 / changed.before_km2 == pytest.approx(0.005, rel=0.01)


def test_a_desa_drawn_inside_another_keeps_its_own_ring():
    small = box(105.01, -4.99, 105.09, -4.91)
    result = repaired(square(0), small)
    assert result.is_kept.all() and result.before.overlap_count == 1
    assert shapely.equals(result.geometry[1], small)
    assert result.geometry[0].area == pytest.approx(0.01 - small.area)
    assert shapely.coverage_is_valid(result.geometry)
    # The large one gave way by 64 %: it is named for a person to look at.
    assert found(result) == ["overlap", "area_changed_much"]
    assert result.change_max_rate == pytest.approx(0.64, rel=1e-3)


def test_of_one_place_drawn_under_two_codes_the_first_stays_and_the_other_is_named():
    result = repaired(square(0), square(1), square(0), square(2))
    assert result.is_kept.tolist() == [True, True, False, True]
    assert shapely.is_empty(result.geometry[2])
    (lost,) = [issue for issue in result.issues if issue.what == "polygon_lost"]
    assert (lost.kode, lost.note, lost.after_km2) == ("18.01.01.2003", "18.01.01.2001", 0.0)
    assert result.after == RepairCounts(missing_count=1)


def test_a_layer_drawn_twice_is_refused():
    with pytest.raises(BoundaryError) as refused:
        repaired(square(0), square(1), square(0), square(1))
    details = refused.value.details
    assert (refused.value.code, details["count"], details["total"]) == ("repair_too_large", 2, 4)


def test_a_row_without_a_polygon_is_named_and_keeps_its_place():
    result = repaired(square(0), None, MultiPolygon(), square(1))
    assert result.is_kept.tolist() == [True, False, False, True]
    assert found(result) == ["polygon_missing", "polygon_missing"]
    assert (result.before.missing_count, result.is_repaired, result.change_max_rate) == (2, False, 0.0)


def test_a_bow_tie_is_mended_and_named_where_it_crosses():
    result = repaired(Polygon([(105, -5), (105.1, -4.9), (105.1, -5), (105, -4.9)]))
    assert found(result) == ["invalid_ring", "ring_without_area"]
    assert result.geometry[0].is_valid
    assert result.geometry[0].area == pytest.approx(0.005, rel=1e-9)
    place = result.issues[0].geometry
    assert (place.x, place.y) == pytest.approx((105.05, -4.95))


def test_a_mended_ring_counts_as_a_change_of_area():
    # A shell and a small hole that lies outside of it: stated as their difference, mended to their sum.
    shell, hole = square(0), square(20, size=0.02)
    result = repaired(Polygon(shell.exterior.coords, [hole.exterior.coords]))
    assert (result.before.invalid_ring_count, result.after.invalid_ring_count) == (1, 0)
    assert result.change_max_rate == pytest.approx(0.0104 / 0.0096 - 1, rel=1e-3)
    assert result.change_total_rate == pytest.approx(result.change_max_rate)


def test_a_ring_that_changes_much_is_kept_as_mended_and_named_apart():
    # Two lobes, one four times the other: the file states their difference, 3/5 of what they enclose.
    lobes = Polygon([(105, -5), (105.3, -4.5), (105.3, -4.9), (105, -4.8)])
    result = repaired(square(40), lobes)
    assert not lobes.is_valid and lobes.area > 0 and result.is_kept.all()
    assert found(result) == ["invalid_ring", "area_changed_much"]
    changed = result.issues[1]
    assert changed.before_km2 == pytest.approx(area_km2(array(lobes))[0])
    assert changed.after_km2 == pytest.approx(area_km2(result.geometry)[1]) and changed.after_km2 > changed.before_km2


def test_a_ring_that_encloses_nothing_is_lost_by_name():
    line = Polygon([(105, -5), (105.1, -5), (105.2, -5), (105, -5)])
    result = repaired(square(3), line)
    assert result.is_kept.tolist() == [True, False]
    assert found(result) == ["invalid_ring", "polygon_lost"]
    with pytest.raises(BoundaryError) as refused:
        repaired(line)
    assert refused.value.code == "repair_too_large"


def test_nested_shells_are_told_apart_from_other_invalid_rings():
    nested = MultiPolygon([square(0), box(105.02, -4.98, 105.04, -4.96)])
    result = repaired(nested, square(3))
    assert (result.before.nested_shell_count, result.before.invalid_ring_count) == (1, 0)
    assert result.invalid_ring_count == 1 and found(result)[0] == "nested_shells"
    assert result.geometry[0].area == pytest.approx(0.01)


def test_a_narrow_gap_goes_to_the_longest_neighbour_and_a_wide_one_is_kept():
    narrow = box(105.1, -5, 105.10005, -4.95)
    wide = box(105.04, -4.96, 105.06, -4.94)
    left = square(0).difference(wide)
    right = shapely.union_all([box(105.1, -4.95, 105.2, -4.9), box(105.10005, -5, 105.2, -4.95)])
    below = box(105, -5.1, 105.2, -5)
    # The gap is closed on three sides by its neighbours and below by a third one, all with the same vertices.
    parts = array(
        shapely.union_all([left]),
        right,
        Polygon([(105, -5), (105, -5.1), (105.2, -5.1), (105.2, -5), (105.10005, -5), (105.1, -5)]),
    )
    parts[0] = Polygon(
        [(105, -5), (105.1, -5), (105.1, -4.95), (105.1, -4.9), (105, -4.9)], [wide.exterior.coords[::-1]]
    )
    assert below.area == pytest.approx(parts[2].area) and shapely.coverage_is_valid(parts)
    result = repaired(*parts)
    assert (result.before.narrow_gap_count, result.before.wide_gap_count) == (1, 1)
    assert (result.after.narrow_gap_count, result.after.wide_gap_count) == (0, 1)
    assert result.before.narrow_gap_km2 == pytest.approx(area_km2(array(narrow))[0])
    assert result.before.wide_gap_km2 == pytest.approx(area_km2(array(wide))[0])
    assert shapely.area(result.geometry).sum() == pytest.approx(shapely.area(parts).sum() + narrow.area)
    assert sorted(found(result)) == ["gap_closed", "gap_kept"]
    assert shapely.coverage_is_valid(result.geometry)


def test_a_narrow_gap_around_an_enclave_is_closed():
    hole = box(105.04, -4.96, 105.06, -4.94)
    enclave = box(105.04003, -4.95997, 105.05997, -4.94003)
    result = repaired(square(0).difference(hole), enclave)
    assert result.before.narrow_gap_count == 1
    assert result.before.narrow_gap_km2 == pytest.approx(area_km2(array(hole.difference(enclave)))[0], rel=1e-6)
    assert shapely.area(result.geometry).sum() == pytest.approx(0.01, rel=1e-9)
    assert result.after.narrow_gap_count == 0


def test_a_clean_layer_is_left_exactly_as_it_was():
    squares = [MultiPolygon([square(0)]), MultiPolygon([square(1)])]
    result = repaired(*squares)
    assert not result.is_repaired and not result.issues and result.before == result.after == RepairCounts()
    assert [left.wkb for left in result.geometry] == [right.wkb for right in squares]


def test_mending_a_corner_does_not_touch_the_rest_of_the_country():
    squares = [square(at % 20, at // 20) for at in range(400)]
    squares[0] = box(105, -5, 105.1005, -4.9)
    result = repaired(*squares)
    assert shapely.coverage_is_valid(result.geometry)
    assert [at for at in range(400) if not shapely.equals(result.geometry[at], square(at % 20, at // 20))] in (
        [],
        [0],
        [0, 1],
        [0, 1, 20, 21],
    )


@pytest.mark.parametrize(
    ("name", "rings", "nested"),
    [
        ("hdx_24_invalid_villages.geojson", 24, 0),
        ("cahyadsn_26_invalid_villages.geojson", 24, 2),
        ("cahyadsn_124_invalid_kabkota_nested_shells.geojson", 5, 119),
    ],
)
def test_invalid_rings_of_real_files_are_mended_and_each_is_named(shared_data, name, rings, nested):
    wart = gpd.read_file(shared_data / "warts" / name)
    geometry = shapely.force_2d(wart.geometry.to_numpy())
    label = pd.Series([str(row) for row in range(len(wart))])
    counts = {"invalid_ring": 0, "nested_shells": 0}
    for row in range(len(wart)):
        one = repair_coverage(label[row : row + 1], label[row : row + 1], geometry[row : row + 1])
        assert one.invalid_ring_count == 1 and one.is_kept.all()
        assert one.geometry[0].is_valid and one.geometry[0].geom_type == "MultiPolygon"
        counts[one.issues[0].what] += 1
        # The fault lies among the vertices; an envelope leaves holes out that lie outside of their shell.
        vertices = shapely.MultiPoint(shapely.get_coordinates(geometry[row]))
        assert one.issues[0].geometry.distance(vertices.envelope) < 1e-6
    assert counts == {"invalid_ring": rings, "nested_shells": nested}


def test_the_unclean_public_file_is_counted_as_others_counted_it(shared_data):
    frame = gpd.read_file(shared_data / "boundaries" / "lampung_desa_cahyadsn2025.gpkg")
    result = repair_coverage(frame["kode"], frame["nama"], frame.geometry.to_numpy())
    before = result.before
    # The figures of the data's own README, made with shapely's union and intersections.
    assert (before.bad_edge_count, before.overlap_count) == (2_533, 4_697)
    assert before.narrow_gap_count + before.wide_gap_count == 13_020
    after = result.after
    assert (after.bad_edge_count, after.overlap_count, after.narrow_gap_count) == (0, 0, 0)
    assert after.wide_gap_count == before.wide_gap_count
    assert after.wide_gap_km2 == pytest.approx(before.wide_gap_km2)
    assert result.is_kept.all() and result.change_max_rate < 0.02
    stated, mended = area_km2(frame.geometry.to_numpy()), area_km2(result.geometry)
    # What is kept is what was drawn, the overlaps once and the narrow gaps filled (where overlaps lie over each other
    # or over a gap, they are counted more than once: within a hundredth of either).
    expected = stated.sum() - before.overlap_km2 + before.narrow_gap_km2
    assert abs(mended.sum() - expected) < 0.01 * before.overlap_km2
    changed = {issue.kode for issue in result.issues if issue.what == "area_changed"}
    assert changed == set(frame["kode"][np.abs(mended / stated - 1) > 0.001])


def test_a_desa_outside_of_its_kecamatan_is_named_with_the_area_inside():
    child = array(square(0, size=0.01), box(105.095, -5, 105.105, -4.99), square(30))
    kode = pd.Series(["18.01.01.2001", "18.01.01.2002", "18.01.02.2001"], dtype="string")
    parent = pd.Series(["18.01.01"], dtype="string")
    half, orphan = sorted(checks.parents_that_miss(kode, child, parent, array(square(0))), key=lambda issue: issue.kode)
    assert (half.what, half.kode, half.note) == ("outside_parent", "18.01.01.2002", "18.01.01")
    assert half.after_km2 / half.before_km2 == pytest.approx(0.5, rel=1e-6)
    assert (orphan.what, orphan.kode, orphan.note) == ("parent_missing", "18.01.02.2001", "18.01.02")


def test_areas_are_set_beside_those_of_another_publisher_worst_first():
    kode = pd.Series(["18.01", "18.02", "18.03", "18.04"])
    issues = checks.areas_against({"18.01": 100.0, "18.02": 100.0, "18.03": 100.0}, kode, [104.0, 39.0, 106.0, 1.0])
    assert [(issue.kode, issue.before_km2, issue.after_km2, issue.note) for issue in issues] == [
        ("18.02", 100.0, 39.0, "61.0%"),
        ("18.03", 100.0, 106.0, "6.0%"),
    ]


def test_listed_desa_without_a_polygon_are_named_and_an_absent_kabupaten_once():
    names = {f"18.{kab:02}.01.{desa}": f"Desa {kab} {desa}" for kab in (1, 2, 3) for desa in range(2001, 2005)}
    names |= {"18.03": "Kabupaten Tiga", "19.01.01.2001": "Lain"}
    drawn = pd.Series(["18.01.01.2001", "18.01.01.2002", "18.02.01.2001"])
    count, issues = checks.missing(drawn, names, Level.desa)
    assert count == 2 + 3 + 4
    assert [issue.kode for issue in issues] == [
        "18.01.01.2003",
        "18.01.01.2004",
        "18.02.01.2002",
        "18.02.01.2003",
        "18.02.01.2004",
        "18.03",
    ]
    assert (issues[-1].name, issues[-1].note) == ("Kabupaten Tiga", "4")
    # A file of one kabupaten says nothing of the others.
    assert checks.missing(drawn[:2], names, Level.desa)[0] == 2


def test_a_label_beside_its_polygon_is_named():
    lon, lat = np.array([105.05, 105.25, np.nan]), np.array([-4.95, -4.95, -4.95])
    (issue,) = checks.label_points(codes(3), array(square(0), square(1), square(2)), lon, lat)
    assert (issue.what, issue.kode, issue.geometry.x) == ("label_outside", "18.01.01.2002", 105.25)


def test_the_same_polygon_under_two_codes_is_named_whatever_vertex_it_starts_at():
    turned = Polygon([(105.1, -5), (105.1, -4.9), (105, -4.9), (105, -5)])
    (issue,) = checks.duplicates(codes(3), array(square(0), square(1), turned))
    assert (issue.what, issue.kode, issue.note) == ("same_polygon", "18.01.01.2003", "18.01.01.2001")


def test_polygons_far_too_small_large_or_narrow_are_named():
    shapes = array(square(0, size=0.0001), box(100, -5, 102, -3), box(105, -5, 105.00005, -3), square(1))
    issues = checks.sizes(codes(4), codes(4), shapes, area_km2(shapes), Level.desa)
    assert [(issue.what, issue.kode) for issue in issues] == [
        ("polygon_tiny", "18.01.01.2001"),
        ("polygon_huge", "18.01.01.2002"),
        ("polygon_sliver", "18.01.01.2003"),
    ]


def test_the_desa_that_a_public_file_leaves_out_are_those_that_others_found(shared_data):
    frame = gpd.read_file(shared_data / "boundaries" / "lampung_desa_cahyadsn2025.gpkg", columns=["kode"])
    listed = pd.read_csv(shared_data / "codes" / "wilayah_kemendagri_2025.csv", dtype="string")
    without = pd.read_csv(shared_data / "warts" / "cahyadsn_villages_without_polygon.csv", dtype="string")["kode"]
    names = dict(zip(listed["kode"], listed["nama"], strict=True))
    count, issues = checks.missing(frame["kode"].astype("string"), names, Level.desa)
    assert count == len(issues) == 11
    assert {issue.kode for issue in issues} == set(without[without.str.startswith("18.")])


def test_areas_beside_those_of_big_differ_as_others_found_them_to(shared_data):
    frame = gpd.read_file(shared_data / "boundaries" / "lampung_desa_hdx2020_xwalk2025.gpkg")
    big = pd.read_csv(shared_data / "stats" / "wilayah_luas_big2024.csv", dtype={"kode": "string"})
    stated = dict(zip(big["kode"], big["luas"], strict=True))
    coded = frame.dropna(subset=["kode_kemendagri"])
    kabupaten = coded["kode_kemendagri"].str[:5].groupby(coded["regency_code"]).agg(lambda kode: kode.mode().iat[0])
    at = frame["regency_code"].map(kabupaten)
    km2 = pd.Series(area_km2(frame.geometry.to_numpy()), index=frame.index)
    is_desa = frame["jenis_poligon"] == "desa_kelurahan"
    for rows, low, high in ((is_desa, -0.61, 0.06), (is_desa | True, -0.09, 0.15)):
        whole = km2[rows].groupby(at[rows]).sum()
        issues = checks.areas_against(stated, whole.index.to_series().reset_index(drop=True), whole.to_numpy())
        share = [issue.after_km2 / issue.before_km2 - 1 for issue in issues]
        assert (round(min(share), 2), round(max(share), 2)) == (low, high)


def test_holes_that_touch_a_common_border_in_one_vertex_are_no_reason_to_refuse(shared_data):
    wart = gpd.read_file(shared_data / "warts" / "cahyadsn_26_invalid_villages.geojson")
    result = repair_coverage(wart["kode"], wart["nama"], shapely.force_2d(wart.geometry.to_numpy()))
    assert shapely.coverage_is_valid(result.geometry)
    assert result.is_kept.all() and result.change_max_rate < 1e-6
    assert (result.before.bad_edge_count, result.after.bad_edge_count) == (2, 0)
