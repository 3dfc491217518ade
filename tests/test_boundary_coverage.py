"""Checks, repair, dissolve and display shapes, on unit squares and on what real files got wrong."""

import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from geopandas import read_file as read_geojson
from shapely import MultiPolygon, Point, Polygon, box

from boundaries.area import area_km2
from boundaries.coverage import assemble
from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.publishers import FORMS
from boundaries.reading import BoundaryFile, Layer, read_file
from boundaries.repair import repair_coverage
from boundaries.report import BoundaryReport
from boundaries.simplify import draw_shapes, simplify_coverage

PLAIN = next(form for form in FORMS if form.key == "plain_indonesian")


def layer(kode, geometry, name="desa", kode_bps=None):
    frame = GeoDataFrame(
        {
            "kode": pd.Series(kode, dtype="string"),
            "name": pd.Series([f"Desa {at}" for at in kode], dtype="string"),
            "kode_bps": pd.Series(kode_bps or [pd.NA] * len(kode), dtype="string"),
        },
        geometry=geometry,
        crs=4326,
    )
    return Layer(name, PLAIN, frame)


def assembled_layers(*layers, system="kemendagri", level=None, known=None, skipped=()):
    report = BoundaryReport("f.gpkg", "0", "somebody", system, 2025)
    file = BoundaryFile("f.gpkg", "0", layers, skipped, False)
    return assemble(file, report, level=level, known=known, pairs={}), report


def assembled(kode, geometry, **options):
    return assembled_layers(layer(kode, geometry), **options)


def is_nothing_lost(report):
    return report.read_count == report.kept_count + report.rejected_count + report.duplicate_count


def square(column, row=0, size=0.1):
    return box(105 + column * size, -5 + row * size, 105 + (column + 1) * size, -5 + (row + 1) * size)


def repaired(*geometry):
    label = pd.Series([f"18.01.01.200{at}" for at in range(len(geometry))])
    return repair_coverage(label, label, np.array(geometry, dtype=object))


def test_the_area_of_a_degree_square_at_the_equator_is_known():
    assert area_km2(np.array([box(105, -0.5, 106, 0.5)]))[0] == pytest.approx(12_308.8, rel=1e-4)


def test_a_small_overlap_is_removed_and_the_change_reported():
    result = repaired(square(0), box(105.0995, -5, 105.2, -4.9))
    assert (result.bad_edge_count, result.is_repaired) == (2, True)
    assert shapely.coverage_is_valid(result.geometry)
    assert shapely.area(result.geometry).sum() == pytest.approx(0.02, rel=1e-9)
    (issue,) = result.issues
    assert issue.what == "area_changed"
    assert issue.after_km2 / issue.before_km2 == pytest.approx(1 - 0.0005 / 0.1, rel=1e-6) or (
        issue.after_km2 / issue.before_km2 == pytest.approx(1 - 0.0005 / 0.1005, rel=1e-6)
    )


def test_a_desa_drawn_inside_another_is_not_made_to_vanish_in_silence():
    with pytest.raises(BoundaryError) as refused:
        repaired(square(0), box(105.01, -4.99, 105.09, -4.91))
    assert refused.value.code == "repair_too_large"


def test_a_bow_tie_is_mended_and_named():
    bow_tie = Polygon([(105, -5), (105.1, -4.9), (105.1, -5), (105, -4.9)])
    result = repaired(bow_tie)
    assert [issue.what for issue in result.issues] == ["invalid_ring", "ring_without_area"]
    assert result.geometry[0].is_valid
    assert result.geometry[0].area == pytest.approx(0.005, rel=1e-9)


def test_a_mended_ring_counts_as_a_change_of_area():
    # A shell and a small hole that lies outside of it: stated as their difference, mended to their sum.
    shell, hole = square(0), square(20, size=0.02)
    result = repaired(Polygon(shell.exterior.coords, [hole.exterior.coords]))
    assert result.invalid_ring_count == 1
    assert result.change_max_rate == pytest.approx(0.0104 / 0.0096 - 1, rel=1e-3)
    assert result.change_total_rate == pytest.approx(result.change_max_rate)


def test_a_ring_that_changes_too_much_is_refused_with_its_own_area():
    # Two lobes, one four times the other: the file states their difference, 3/5 of what they enclose.
    lobes = Polygon([(105, -5), (105.3, -4.5), (105.3, -4.9), (105, -4.8)])
    far = Polygon([(107, -5), (107.01, -4.99), (107.01, -5), (107, -4.99)])
    assert not lobes.is_valid and lobes.area > 0
    with pytest.raises(BoundaryError) as refused:
        repaired(far, lobes)
    details = refused.value.details
    assert (refused.value.code, details["kode"]) == ("repair_too_large", "18.01.01.2001")
    assert float(details["before_km2"]) == pytest.approx(area_km2(np.array([lobes]))[0], rel=1e-3)
    assert float(details["after_km2"]) > float(details["before_km2"])


def test_a_ring_that_encloses_nothing_is_refused_with_its_own_area():
    line = Polygon([(105, -5), (105.1, -5), (105.2, -5), (105, -5)])
    with pytest.raises(BoundaryError) as refused:
        repaired(square(3), line)
    details = refused.value.details
    assert (details["kode"], details["before_km2"], details["after_km2"]) == ("18.01.01.2001", "0", "0")


def test_a_clean_layer_is_left_exactly_as_it_was():
    squares = [MultiPolygon([square(0)]), MultiPolygon([square(1)])]
    result = repaired(*squares)
    assert not result.is_repaired and not result.issues
    assert [left.wkb for left in result.geometry] == [right.wkb for right in squares]


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("hdx_24_invalid_villages.geojson", 24),
        ("cahyadsn_26_invalid_villages.geojson", 26),
        ("cahyadsn_124_invalid_kabkota_nested_shells.geojson", 124),
    ],
)
def test_invalid_rings_of_real_files_are_mended_and_each_is_named(shared_data, name, count):
    wart = read_geojson(shared_data / "warts" / name)
    for row in range(len(wart)):
        one = repair_coverage(
            pd.Series([str(row)]), pd.Series([str(row)]), shapely.force_2d(wart.geometry.to_numpy()[row : row + 1])
        )
        assert one.invalid_ring_count == 1
        assert one.geometry[0].is_valid and one.geometry[0].geom_type == "MultiPolygon"
        assert one.issues[0].what == "invalid_ring"
    assert len(wart) == count


def test_the_wilayah_above_holds_its_forest_too():
    kode = pd.Series(["18.01.01.2001", "18.01.02.2001"], dtype="string")
    own = np.array([square(0), square(1)], dtype=object)
    forest = np.array([square(2), square(3)], dtype=object)
    parent = pd.Series(["18.01.02", "18.01"], dtype="string")
    kecamatan = dissolve(kode, own, parent, forest, Level.kecamatan)
    kabupaten = dissolve(kode, own, parent, forest, Level.kabupaten)
    assert kecamatan.map(lambda at: at.area).round(9).to_dict() == {"18.01.01": 0.01, "18.01.02": 0.02}
    assert kabupaten.map(lambda at: at.area).round(9).to_dict() == {"18.01": 0.04}


def test_a_copied_row_is_counted_and_a_second_polygon_of_the_same_code_refused():
    whole, report = assembled(["18.01.01.2001", "18.01.01.2002", "18.01.01.2001"], [square(0), square(1), square(0)])
    assert (report.read_count, report.kept_count, report.duplicate_count) == (3, 2, 1)
    assert whole.finest is Level.desa
    with pytest.raises(BoundaryError) as refused:
        assembled(["18.01.01.2001", "18.01.01.2001"], [square(0), square(1)])
    assert refused.value.code == "duplicate_kode"


def test_two_layers_of_the_finest_level_are_both_kept():
    whole, report = assembled_layers(
        layer(["18.01.01.2001", "18.01.01.2002"], [square(0), square(1)]),
        layer(["18.02.01.2001", "18.01.01.2002"], [square(2), square(1)], name="desa_2"),
    )
    assert report.level_counts == {"provinsi": 1, "kabupaten": 2, "kecamatan": 2, "desa": 3}
    assert (report.read_count, report.kept_count, report.duplicate_count) == (4, 3, 1)
    assert sorted(whole.boundary["kode"][whole.boundary["level"] == 4]) == [
        "18.01.01.2001",
        "18.01.01.2002",
        "18.02.01.2001",
    ]


def test_other_areas_of_an_upper_layer_are_kept_unless_they_are_drawn_already():
    whole, report = assembled_layers(
        layer(["18.01.01.2001", None], [square(0), square(1)], kode_bps=["1801010001", "1801010999"]),
        layer(
            ["18.01", None, None, None],
            [box(105, -5, 105.2, -4.9), square(2), square(1), square(0, size=0.09)],
            name="kabupaten",
            kode_bps=["1801", "1899", "1801010999", "1888"],
        ),
    )
    assert sorted(zip(whole.other["given_code"], whole.other["kind"], strict=True)) == [
        ("1801010999", "hutan"),
        ("1899", "hutan"),
    ]
    assert whole.other.set_index("given_code")["parent_kode"].to_dict() == {"1801010999": "18.01.01", "1899": "18"}
    assert [issue.kode for issue in report.issues if issue.what == "other_covered"] == ["1801010999", "1888"]
    assert (report.read_count, report.duplicate_count) == (6, 2) and is_nothing_lost(report)


def test_a_kabupaten_that_two_upper_layers_draw_is_counted_once():
    _, report = assembled_layers(
        layer(["18.01.01.2001"], [square(0)]),
        layer(["18.01"], [square(0)], name="kabupaten"),
        layer(["18.01"], [square(0)], name="kabupaten_2"),
    )
    assert (report.read_count, report.kept_count, report.duplicate_count) == (3, 2, 1)


def test_a_layer_that_was_not_loaded_is_named():
    _, report = assembled_layers(layer(["18.01.01.2001"], [square(0)]), skipped=("jalan", "sungai"))
    assert [(issue.what, issue.name) for issue in report.issues] == [
        ("layer_skipped", "jalan"),
        ("layer_skipped", "sungai"),
    ]


def test_a_desa_without_polygon_is_set_aside_and_counted():
    _, report = assembled(["18.01.01.2001", "18.01.01.2002"], [square(0), None])
    assert (report.read_count, report.kept_count, report.rejected_count) == (2, 1, 1)
    assert [issue.what for issue in report.issues] == ["no_geometry"]


def test_a_level_other_than_the_codes_say_is_refused():
    with pytest.raises(BoundaryError) as refused:
        assembled(["18.01.01.2001"], [square(0)], level=Level.kabupaten)
    assert refused.value.code == "level_contradicted"


def test_fictional_and_real_codes_do_not_mix():
    with pytest.raises(BoundaryError) as refused:
        assembled(["99.01.01.2001"], [square(0)])
    assert refused.value.code == "fictional_kode"
    with pytest.raises(BoundaryError) as refused:
        assembled(["18.01.01.2001"], [square(0)], system="fiktif")
    assert refused.value.code == "real_kode"


def test_listed_desa_without_a_polygon_are_reported():
    known = frozenset({"18", "18.01", "18.01.01", "18.01.01.2001", "18.01.01.2002"})
    _, report = assembled(["18.01.01.2001"], [square(0)], known=known)
    (issue,) = report.issues
    assert (issue.what, issue.kode, issue.note) == ("listed_without_polygon", "18", "1/2")


def test_simplified_neighbours_keep_the_edge_they_share():
    wave = [(105.1 + 0.002 * np.sin(step), -5 + 0.1 * step / 200) for step in range(201)]
    left = Polygon([(105, -4.9), (105, -5), *wave])
    right = Polygon([(105.2, -5), (105.2, -4.9), *reversed(wave)])
    simple = simplify_coverage(np.array([left, right], dtype=object), 0.002)
    assert shapely.get_num_coordinates(simple).sum() < 0.6 * shapely.get_num_coordinates([left, right]).sum()
    assert shapely.coverage_is_valid(simple)
    assert shapely.area(simple).sum() == pytest.approx(0.02, rel=1e-9)


def test_an_invalid_coverage_is_never_simplified():
    with pytest.raises(BoundaryError) as refused:
        simplify_coverage(np.array([square(0), box(105.05, -5, 105.2, -4.9)], dtype=object), 0.001)
    assert refused.value.code == "coverage_not_repairable"


def islet_in_a_desa(radius):
    """A round desa inside a large one, both with their codes and nothing else."""
    islet = Point(105.05, -4.95).buffer(radius)
    kode = pd.Series(["18.01.01.2001", "18.01.01.2002"], dtype="string")
    own = np.array([square(0).difference(islet), islet], dtype=object)
    return kode, own, pd.Series(dtype="string"), np.array([], dtype=object), Level.desa


def test_a_small_desa_among_large_ones_keeps_most_of_its_area():
    kode, own, *rest = islet_in_a_desa(0.0002)
    assert shapely.area(shapely.coverage_simplify(own, 0.0003))[1] < 0.5 * own[1].area
    shapes = draw_shapes(kode, own, *rest)
    drawn = shapes.by_level[Level.desa]["18.01.01.2002"]
    assert shapes.tolerance[Level.desa] < 0.0003
    assert drawn.area > 0.5 * own[1].area
    assert shapes.change_max_rate == pytest.approx(1 - drawn.area / own[1].area)


def test_a_splinter_that_no_tolerance_keeps_is_refused_by_name():
    with pytest.raises(BoundaryError) as refused:
        draw_shapes(*islet_in_a_desa(0.000002))
    assert (refused.value.code, refused.value.details["kode"]) == ("shape_collapses", "18.01.01.2002")


def test_every_level_has_a_display_shape_that_is_a_coverage():
    kode = pd.Series([f"18.0{1 + at // 4}.0{1 + at % 4 // 2}.200{at}" for at in range(8)], dtype="string")
    own = np.array([square(at % 4, at // 4) for at in range(8)], dtype=object)
    shapes = draw_shapes(kode, own, pd.Series(dtype="string"), np.array([], dtype=object), Level.desa)
    assert {level.name: len(series) for level, series in shapes.by_level.items()} == {
        "desa": 8,
        "kecamatan": 4,
        "kabupaten": 2,
        "provinsi": 1,
    }
    for series in shapes.by_level.values():
        assert shapely.coverage_is_valid(series.to_numpy())


def test_the_unclean_public_file_is_repaired_with_every_change_named(shared_data):
    file = read_file(
        shared_data / "boundaries" / "lampung_desa_cahyadsn2025.gpkg", publisher="cahyadsn", system="kemendagri"
    )
    report = BoundaryReport(file.file_name, file.sha256, "cahyadsn", "kemendagri", 2025)
    whole = assemble(file, report, level=None, known=None, pairs={})
    desa = whole.boundary[whole.boundary["level"] == 4].set_index("kode")
    before = pd.Series(area_km2(file.layers[0].frame.geometry.to_numpy()), index=file.layers[0].frame["kode"])
    change = (desa["area_km2"] / before - 1).abs()
    assert report.bad_edge_count == 2533
    assert set(change.index[change > 0.001]) == {issue.kode for issue in report.issues}
    assert change.max() == pytest.approx(report.repaired_area_change_max_rate) and change.max() < 0.02
    assert report.sum_error_max_rate < 1e-9
    assert shapely.coverage_is_valid(desa["geometry"].to_numpy())
