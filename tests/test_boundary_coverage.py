"""From layers to a whole set of wilayah: what is kept, set aside and dissolved, on unit squares and a real file."""

from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from shapely import box

from boundaries.area import area_km2
from boundaries.coverage import assemble
from boundaries.crosswalk import CodeBook
from boundaries.dissolve import dissolve
from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.publishers import FORMS
from boundaries.reading import BoundaryFiles, Layer
from boundaries.report import BoundaryReport
from boundaries.statement import Statement

PLAIN = next(form for form in FORMS if form.key == "plain_indonesian")


def layer(kode, geometry, name="desa", kode_bps=None):
    frame = GeoDataFrame(
        {
            "given_kemendagri": pd.Series(kode, dtype="string"),
            "name": pd.Series([f"Desa {at}" for at in kode], dtype="string"),
            "kode_bps": pd.Series(kode_bps or [pd.NA] * len(kode), dtype="string"),
            "own_id": pd.Series([pd.NA] * len(kode), dtype="string"),
        },
        geometry=geometry,
        crs=4326,
    )
    return Layer(name, PLAIN, frame)


def assembled_layers(*layers, system="kemendagri", level=None, known=None, skipped=()):
    report = BoundaryReport("f.gpkg", "0", "somebody", system, 2025)
    files = BoundaryFiles("f.gpkg", "somebody", (), layers, skipped, ())
    book = CodeBook(names=None if known is None else {kode: f"Desa {kode}" for kode in known})
    statement = Statement(vintage=2025, system=system, level=level)
    return assemble(files, report, statement, book, {}, lambda *_: None), report


def assembled(kode, geometry, **options):
    return assembled_layers(layer(kode, geometry), **options)


def is_nothing_lost(report):
    return report.read_count == report.kept_count + report.rejected_count + report.duplicate_count


def square(column, row=0, size=0.1):
    return box(105 + column * size, -5 + row * size, 105 + (column + 1) * size, -5 + (row + 1) * size)


def test_the_area_of_a_degree_square_at_the_equator_is_known():
    assert area_km2(np.array([box(105, -0.5, 106, 0.5)]))[0] == pytest.approx(12_308.8, rel=1e-4)


def test_the_wilayah_above_holds_its_forest_too():
    kode = pd.Series(["18.01.01.2001", "18.01.02.2001"], dtype="string")
    own = np.array([square(0), square(1)], dtype=object)
    forest = np.array([square(2), square(3)], dtype=object)
    parent = pd.Series(["18.01.02", "18.01"], dtype="string")
    kecamatan = dissolve(kode, own, parent, forest, Level.kecamatan)
    kabupaten = dissolve(kode, own, parent, forest, Level.kabupaten)
    assert kecamatan.map(lambda at: at.area).round(9).to_dict() == {"18.01.01": 0.01, "18.01.02": 0.02}
    assert kabupaten.map(lambda at: at.area).round(9).to_dict() == {"18.01": 0.04}


def test_a_copied_row_is_counted_and_two_drawings_of_one_code_are_refused():
    whole, report = assembled(["18.01.01.2001", "18.01.01.2002", "18.01.01.2001"], [square(0), square(1), square(0)])
    assert (report.read_count, report.kept_count, report.duplicate_count) == (3, 2, 1)
    assert whole.finest is Level.desa
    with pytest.raises(BoundaryError) as refused:
        assembled(["18.01.01.2001", "18.01.01.2001"], [square(0), square(0, size=0.09)])
    assert refused.value.code == "duplicate_kode"


def test_the_islands_of_one_desa_in_several_rows_are_one_wilayah():
    kode = ["18.01.01.2001", "18.01.01.2001", "18.01.01.2002"]
    whole, report = assembled(kode, [square(0), square(2), square(1)])
    assert (report.read_count, report.kept_count, report.duplicate_count) == (3, 2, 1)
    assert [issue.kode for issue in report.issues if issue.what == "parts_joined"] == ["18.01.01.2001"]
    drawn = whole.boundary[whole.boundary["kode"] == "18.01.01.2001"]["geometry"].iat[0]
    assert drawn.area == pytest.approx(0.02)


def test_an_upper_layer_without_any_kode_is_not_taken_for_the_finest():
    upper = layer([None], [box(105, -5, 105.2, -4.9)], name="provinsi", kode_bps=["94"])
    upper = replace(upper, form=replace(upper.form, level=Level.provinsi))
    whole, report = assembled_layers(layer(["18.01.01.2001", "18.01.01.2002"], [square(0), square(1)]), upper)
    assert (len(whole.other), report.repair_before["overlap_count"]) == (0, 0)
    assert [issue.kode for issue in report.issues if issue.what == "other_covered"] == ["94"]
    assert is_nothing_lost(report)


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


def test_listed_desa_without_a_polygon_are_reported_by_name():
    known = frozenset({"18", "18.01", "18.01.01", "18.01.01.2001", "18.01.01.2002"})
    _, report = assembled(["18.01.01.2001"], [square(0)], known=known)
    (issue,) = [issue for issue in report.issues if issue.what == "listed_without_polygon"]
    assert (issue.kode, issue.name, report.missing_count) == ("18.01.01.2002", "Desa 18.01.01.2002", 1)


def test_a_desa_that_another_draws_as_well_is_rejected_and_nothing_is_lost():
    desa = [f"18.01.01.200{at}" for at in range(1, 6)]
    whole, report = assembled(desa, [square(0), square(1), square(2), square(3), square(0)])
    assert (report.read_count, report.kept_count, report.rejected_count) == (5, 4, 1) and is_nothing_lost(report)
    assert sorted(whole.boundary["kode"][whole.boundary["level"] == 4]) == desa[:4]
    assert [issue.kode for issue in report.issues if issue.what == "polygon_lost"] == ["18.01.01.2005"]
    assert (report.repair_before["overlap_count"], report.repair_after["overlap_count"]) == (1, 0)
    assert {shape["detail"] for shape in report.shape_details} == {0, 1, 2}


def test_a_desa_that_the_layer_of_kecamatan_draws_elsewhere_is_named():
    _, report = assembled_layers(
        layer(["18.01.01.2001", "18.01.01.2002", "18.01.02.2001"], [square(0), square(1), square(2)]),
        layer(["18.01.01", "18.01.02"], [square(0), box(105.1, -5, 105.3, -4.9)], name="kecamatan"),
    )
    (issue,) = [issue for issue in report.issues if issue.what == "outside_parent"]
    assert (issue.kode, issue.note) == ("18.01.01.2002", "18.01.01")


def test_the_unclean_public_file_is_repaired_and_its_parts_make_up_the_whole(shared_data):
    frame = gpd.read_file(shared_data / "boundaries" / "lampung_desa_cahyadsn2025.gpkg")
    # One kabupaten of the province: the whole of it is counted where the repair itself is tested.
    frame = frame[frame["kode"].str.startswith("18.02")].reset_index(drop=True)
    whole, report = assembled(frame["kode"].tolist(), list(frame.geometry))
    desa = whole.boundary[whole.boundary["level"] == 4].set_index("kode")
    stated = pd.Series(area_km2(frame.geometry.to_numpy()), index=frame["kode"])
    change = (desa["area_km2"] / stated - 1).abs()
    assert report.is_repaired and report.repair_before["overlap_count"] > 100
    assert {key: value for key, value in report.repair_after.items() if value and "wide" not in key} == {}
    assert change.max() == pytest.approx(report.repaired_area_change_max_rate) and change.max() < 0.02
    assert report.sum_error_max_rate < 1e-9
    assert shapely.coverage_is_valid(desa["geometry"].to_numpy())
