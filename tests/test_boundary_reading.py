"""Files that people send: which layers are taken from them, with which columns, and how polygons come out."""

import json
import zipfile

import pyogrio
import pytest
from geopandas import GeoDataFrame
from shapely import LineString, box

from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.reading import fingerprint, read_files, read_polygons
from boundaries.statement import Statement


def frame(kode=("18.71", "18.72"), crs=4326, geometry=None, **columns):
    """Two kota beside each other, as the plain layout writes them."""
    squares = geometry or [box(105 + east, -5, 106 + east, -4) for east in range(len(kode))]
    names = [f"Kota {at}" for at in kode]
    return GeoDataFrame({"kode": list(kode), "nama": names, **columns}, geometry=squares, crs=crs)


def stated(**options):
    return Statement(**{"vintage": 2025, "system": "kemendagri", **options})


def refusal(path, **options):
    with pytest.raises(BoundaryError) as refused:
        read_files(path, stated(**options))
    return refused.value


def write(data, path, **options):
    pyogrio.write_dataframe(data, path, **options)
    return path


def test_lampung_is_read_with_text_codes_and_only_the_needed_columns(shared_data):
    path = shared_data / "boundaries" / "lampung_desa_hdx2020_xwalk2025.gpkg"
    read = read_files(path, stated())
    (layer,) = read.layers
    assert (read.publisher, layer.form.key, layer.form.level) == ("hdx", "hdx_desa_both_systems", Level.desa)
    assert "kode_kemendagri" in read.reason
    assert (len(layer.frame), layer.frame["given_kemendagri"].isna().sum()) == (2676, 49)
    assert set(layer.frame.columns) == {
        "name",
        "given_kemendagri",
        "given_bps",
        "kode_bps",
        "own_id",
        "kecamatan_name",
        "kabupaten_name",
        "provinsi_name",
        "kecamatan_bps",
        "kabupaten_bps",
        "geometry",
    }


def test_the_nation_file_gives_all_its_layers_or_the_one_that_is_named(shared_data):
    path = shared_data / "boundaries" / "nation_prov_kab_hdx2020_kode2025_tol0.005.gpkg"
    read = read_files(path, stated())
    assert {layer.name: len(layer.frame) for layer in read.layers} == {
        "provinsi": 38,
        "kabupaten_kota": 514,
        "non_wilayah": 8,
    }
    named = read_files(path, stated(layer="provinsi"))
    assert [layer.name for layer in named.layers] == ["provinsi"]
    by_level = read_files(path, stated(level=Level.kabupaten))
    assert [layer.name for layer in by_level.layers] == ["kabupaten_kota", "non_wilayah"]
    assert refusal(path, level=Level.desa).code == "level_missing"
    assert refusal(path, layer="desa").code == "layer_missing"


def test_what_changes_the_reading_of_a_file_makes_it_another_load(tmp_path):
    path = write(frame(), tmp_path / "kota.gpkg")
    plain = fingerprint(path, stated())
    assert fingerprint([path], stated(licence="CC BY")) == plain
    others = [
        {"vintage": 2020},
        {"publisher": "big"},
        {"system": "bps"},
        {"level": Level.kabupaten},
        {"layer": "kota"},
        {"crs": "EPSG:4326"},
        {"confirmed": {"#1": "18.71"}},
    ]
    assert len({plain, *(fingerprint(path, stated(**other)) for other in others)}) == 8


def test_a_file_of_one_publisher_is_not_credited_to_another(shared_data):
    path = shared_data / "boundaries" / "lampung_desa_hdx2020_xwalk2025.gpkg"
    assert refusal(path, publisher="cahyadsn").code == "columns_missing"


def test_an_unknown_system_is_told_before_anything_is_read(tmp_path):
    with pytest.raises(BoundaryError) as refused:
        stated(system="dukcapil")
    assert refused.value.code == "unknown_system"
    assert refusal(tmp_path / "none.gpkg").code == "file_missing"


def test_a_zip_is_read_through_its_subfolder(tmp_path):
    write(frame(), tmp_path / "kota.shp")
    with zipfile.ZipFile(tmp_path / "kota.zip", "w") as archive:
        for part in tmp_path.glob("kota.*"):
            if part.suffix != ".zip":
                archive.write(part, f"data/2025/KOTA{part.suffix.upper()}")
    read = read_files(tmp_path / "kota.zip", stated())
    assert read.layers[0].frame["given_kemendagri"].tolist() == ["18.71", "18.72"]


def test_a_layer_without_polygons_is_refused(tmp_path):
    lines = [LineString([(105, -5), (106, -5)]), LineString([(105, -4), (106, -4)])]
    assert refusal(write(frame(geometry=lines), tmp_path / "lines.gpkg")).code == "not_polygons"
    (tmp_path / "table.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": {"kode": "18", "nama": "Lampung"}, "geometry": None}],
            }
        )
    )
    assert refusal(tmp_path / "table.geojson").code == "no_geometry"


def test_coordinates_are_brought_to_degrees_and_what_was_done_is_said(tmp_path):
    read = read_files(write(frame().to_crs(32748), tmp_path / "utm.gpkg"), stated())
    assert [issue.what for issue in read.issues] == ["reprojected"]
    assert read.layers[0].frame.total_bounds.tolist() == pytest.approx([105, -5, 107, -4], abs=0.01)
    with pytest.warns(UserWarning, match="crs"):
        path = write(frame(crs=None), tmp_path / "bare.shp")
    assert [issue.what for issue in read_files(path, stated()).issues] == ["crs_assumed"]


def test_the_polygons_of_any_layer_are_read_whatever_its_columns(tmp_path):
    polygons = read_polygons(write(frame().drop(columns=["kode", "nama"]), tmp_path / "area.geojson"))
    assert [polygon.area for polygon in polygons] == pytest.approx([1, 1])


def test_files_of_a_folder_are_layers_of_one_load_each_with_its_file_s_name(tmp_path):
    folder = tmp_path / "provinsi"
    for name, kode in (("lampung", ("18.71", "18.72")), ("jambi", ("15.71", "15.72"))):
        (folder / name).mkdir(parents=True)
        write(frame(kode=kode), folder / name / "kota.geojson", layer="kota")
    path = tmp_path / "both.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("lampung", "jambi"):
            archive.write(folder / name / "kota.geojson", f"{name}/kota.geojson")
    for sent in (folder, path, sorted(folder.glob("*/*.geojson"))):
        read = read_files(sent, stated(layer="kota"))
        assert [len(layer.frame) for layer in read.layers] == [2, 2]
        assert len({layer.name for layer in read.layers}) == 2


def test_a_word_for_nothing_is_no_code_and_no_name(tmp_path):
    data = frame(kode=("18.71", "-", "<Null>", "0"))
    data.loc[1, "nama"] = "-"
    (layer,) = read_files(write(data, tmp_path / "batas.gpkg"), stated()).layers
    assert layer.frame["given_kemendagri"].isna().tolist() == [False, True, True, True]
    assert layer.frame["name"].isna().tolist() == [False, True, False, False]


def test_the_reason_names_the_columns_of_the_level_that_a_layer_is(tmp_path):
    columns = {"KDEPUM": None, "WADMKD": None, "KDCPUM": ["18.01.01", "18.01.02"], "WADMKC": ["Natar", "Jati Agung"]}
    data = frame(**columns).drop(columns=["kode", "nama"])
    read = read_files(write(data, tmp_path / "kec.gpkg"), stated())
    assert (read.layers[0].form.level, read.reason) == (Level.kecamatan, ("KDCPUM", "WADMKC"))
