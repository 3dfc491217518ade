"""Files that people send: what is read from them, and what is refused with one clear error."""

import json
import zipfile

import pyogrio
import pytest
from geopandas import GeoDataFrame
from shapely import LineString, box

from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.reading import read_file


def frame(kode=("18.71", "18.72"), crs=4326, geometry=None, **columns):
    """Two kota beside each other, as the plain layout writes them."""
    squares = geometry or [box(105 + east, -5, 106 + east, -4) for east in range(len(kode))]
    names = [f"Kota {at}" for at in kode]
    return GeoDataFrame({"kode": list(kode), "nama": names, **columns}, geometry=squares, crs=crs)


def refusal(path, **options):
    with pytest.raises(BoundaryError) as refused:
        read_file(path, **{"publisher": "somebody", "system": "kemendagri", **options})
    return refused.value


def write(data, path, **options):
    pyogrio.write_dataframe(data, path, **options)
    return path


def test_lampung_is_read_with_text_codes_and_only_the_needed_columns(shared_data):
    path = shared_data / "boundaries" / "lampung_desa_hdx2020_xwalk2025.gpkg"
    read = read_file(path, publisher="hdx", system="kemendagri")
    (layer,) = read.layers
    assert (layer.form.key, layer.form.level, len(layer.frame)) == ("hdx_desa_both_systems", Level.desa, 2676)
    assert layer.frame["kode"].isna().sum() == 49
    assert list(layer.frame.columns) == [
        "kode",
        "name",
        "kode_bps",
        "kecamatan_name",
        "kabupaten_name",
        "provinsi_name",
        "geometry",
    ]


def test_the_nation_file_gives_all_its_layers_or_the_one_that_is_named(shared_data):
    path = shared_data / "boundaries" / "nation_prov_kab_hdx2020_kode2025_tol0.005.gpkg"
    read = read_file(path, publisher="hdx", system="kemendagri")
    assert {layer.name: len(layer.frame) for layer in read.layers} == {
        "provinsi": 38,
        "kabupaten_kota": 514,
        "non_wilayah": 8,
    }
    named = read_file(path, publisher="hdx", system="kemendagri", layer="provinsi")
    assert [layer.name for layer in named.layers] == ["provinsi"]
    assert named.sha256 == f"{read.sha256}#provinsi"
    by_level = read_file(path, publisher="hdx", system="kemendagri", level=Level.kabupaten)
    assert [layer.name for layer in by_level.layers] == ["kabupaten_kota", "non_wilayah"]
    assert refusal(path, publisher="hdx", level=Level.desa).code == "level_missing"
    assert refusal(path, publisher="hdx", layer="desa").code == "layer_missing"


def test_a_file_of_one_publisher_is_not_credited_to_another(shared_data):
    path = shared_data / "boundaries" / "lampung_desa_hdx2020_xwalk2025.gpkg"
    assert refusal(path, publisher="cahyadsn").code == "columns_missing"


def test_a_missing_file_an_unknown_system_and_a_text_file_are_told_apart(tmp_path):
    assert refusal(tmp_path / "none.gpkg").code == "file_missing"
    path = write(frame(), tmp_path / "kota.gpkg")
    assert refusal(path, system="dukcapil").code == "unknown_system"
    (tmp_path / "notes.txt").write_text("kode,nama")
    assert refusal(tmp_path / "notes.txt").code == "file_not_spatial"
    (tmp_path / "broken.gpkg").write_bytes(path.read_bytes()[:3000])
    assert refusal(tmp_path / "broken.gpkg").code == "file_not_spatial"


def test_a_vrt_under_another_name_is_never_opened(tmp_path):
    secret = write(frame(), tmp_path / "secret.gpkg")
    layer = f'<OGRVRTLayer name="secret"><SrcDataSource>{secret}</SrcDataSource></OGRVRTLayer>'
    vrt = f"<OGRVRTDataSource>{layer}</OGRVRTDataSource>"
    pretended = tmp_path / "pretended.vrt"
    pretended.write_text(vrt)
    # GDAL itself would follow it, so the test is of something.
    assert len(pyogrio.read_dataframe(pretended)) == 2
    for name in ("kota.gpkg", "kota.geojson", "kota.shp"):
        (tmp_path / name).write_text(vrt)
        assert refusal(tmp_path / name).code == "file_not_spatial"
    (tmp_path / "stream.geojson").write_text(json.dumps({"type": "gdal_streamed_alg", "command_line": "x"}))
    assert refusal(tmp_path / "stream.geojson").code == "file_not_spatial"


def test_a_zip_is_read_through_its_subfolder(tmp_path):
    write(frame(), tmp_path / "kota.shp")
    with zipfile.ZipFile(tmp_path / "kota.zip", "w") as archive:
        for part in tmp_path.glob("kota.*"):
            if part.suffix != ".zip":
                archive.write(part, f"data/2025/KOTA{part.suffix.upper()}")
    read = read_file(tmp_path / "kota.zip", publisher="somebody", system="kemendagri")
    assert read.layers[0].frame["kode"].tolist() == ["18.71", "18.72"]


@pytest.mark.parametrize("member", ["../outside.gpkg", "/etc/outside.gpkg", "a/../../outside.gpkg", "..\\outside.gpkg"])
def test_a_zip_that_reaches_out_of_its_folder_is_refused(tmp_path, member):
    path = write(frame(), tmp_path / "kota.gpkg")
    with zipfile.ZipFile(tmp_path / "kota.zip", "w") as archive:
        archive.writestr(member, path.read_bytes())
    assert refusal(tmp_path / "kota.zip").code == "archive_unsafe"
    assert not (tmp_path.parent / "outside.gpkg").exists()


def test_a_zip_bomb_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.geojson", b" " * 30_000_000)
    assert refusal(tmp_path / "bomb.zip").code == "archive_too_large"


def test_codes_kept_as_numbers_are_refused(tmp_path):
    path = write(frame(kode=(18.71, 11.10)), tmp_path / "numbers.gpkg")
    error = refusal(path)
    assert (error.code, error.details["column"]) == ("numeric_kode", "kode")


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


def test_a_layer_without_crs_or_in_the_wrong_one_is_refused(tmp_path):
    with pytest.warns(UserWarning, match="crs"):
        path = write(frame(crs=None), tmp_path / "bare.shp")
    assert refusal(path).code == "no_crs"
    metres = frame().to_crs(32748).set_crs(4326, allow_override=True)
    assert refusal(write(metres, tmp_path / "metres.gpkg")).code == "outside_indonesia"
    swapped = frame(geometry=[box(-5, 85, -4, 86), box(-5, 86, -4, 87)])
    assert refusal(write(swapped, tmp_path / "swapped.gpkg")).code == "outside_indonesia"


def test_another_projection_that_is_stated_is_brought_to_degrees(tmp_path):
    read = read_file(write(frame().to_crs(32748), tmp_path / "utm.gpkg"), publisher="somebody", system="kemendagri")
    assert read.was_reprojected
    assert read.layers[0].frame.total_bounds.tolist() == pytest.approx([105, -5, 107, -4], abs=0.01)


def test_a_file_with_only_the_other_system_says_so(shared_data):
    path = shared_data / "warts" / "hdx_24_invalid_villages.geojson"
    error = refusal(path, publisher="hdx")
    assert (error.code, error.details["known"]) == ("system_not_in_layer", "bps")


def test_layers_of_one_name_in_two_files_of_a_zip_are_refused(tmp_path):
    path = tmp_path / "both.zip"
    for folder, kode in (("lampung", ("18.71", "18.72")), ("jambi", ("15.71", "15.72"))):
        (tmp_path / folder).mkdir()
        write(frame(kode=kode), tmp_path / folder / "kota.geojson", layer="kota")
    with zipfile.ZipFile(path, "w") as archive:
        for folder in ("lampung", "jambi"):
            archive.write(tmp_path / folder / "kota.geojson", f"{folder}/kota.geojson")
    for options in ({}, {"layer": "kota"}):
        refused = refusal(path, **options)
        assert (refused.code, refused.details["layer"], refused.details["count"]) == ("layer_twice", "kota", 2)
