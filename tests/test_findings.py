"""The file of findings opens as a GeoPackage, with every finding in the layer of its geometry."""

import pyogrio
import pytest
from geopandas import read_file
from shapely import GeometryCollection, LineString, Point, box

from boundaries.findings import write_findings
from boundaries.report import Issue

WORDS = {"overlap": "tumpang tindih", "invalid_ring": "cincin rusak"}


def test_findings_stand_in_layers_by_their_geometry(tmp_path):
    path = tmp_path / "temuan.gpkg"
    both = GeometryCollection([box(105, -5, 105.1, -4.9), LineString([(105, -5), (106, -5)])])
    issues = [
        Issue("overlap", "18.01.01.2001", "Sukamaju", 1.5, 0.0, "18.01.01.2002", box(105, -5, 105.1, -4.9)),
        Issue("overlap", "18.01.01.2003", None, 0.5, 0.0, None, both),
        Issue("invalid_ring", "18.01.01.2004", geometry=Point(105, -5)),
        Issue("bad_edge", geometry=LineString([(105, -5), (106, -5)])),
        Issue("layer_skipped", name="jalan"),
    ]
    assert write_findings(issues, WORDS, path) == 5
    layers = dict(pyogrio.list_layers(path))
    assert layers == {
        "poligon": "MultiPolygon",
        "garis": "MultiLineString",
        "titik": "MultiPoint",
        "tanpa_lokasi": None,
    }
    polygons = read_file(path, layer="poligon")
    assert polygons.crs.to_epsg() == 4326
    assert polygons["label"].tolist() == ["tumpang tindih"] * 2
    assert polygons["kode"].tolist() == ["18.01.01.2001", "18.01.01.2003"]
    assert polygons["before_km2"].tolist() == [1.5, 0.5]
    assert [one.area for one in polygons.geometry] == pytest.approx([0.01, 0.01])
    assert read_file(path, layer="titik")["label"].tolist() == ["cincin rusak"]
    assert read_file(path, layer="garis")["label"].tolist() == ["bad_edge"]
    assert read_file(path, layer="tanpa_lokasi")["name"].tolist() == ["jalan"]


def test_a_file_without_findings_opens_all_the_same(tmp_path):
    path = tmp_path / "temuan.gpkg"
    assert write_findings([], WORDS, path) == 0
    assert len(read_file(path, layer="poligon")) == 0


def test_a_name_from_a_file_never_becomes_a_formula(tmp_path):
    path = tmp_path / "temuan.gpkg"
    names = ["=HYPERLINK(1)", "+62", "-", "@sum", "\tx", "Way Kanan"]
    write_findings([Issue("overlap", name=name, note=name, geometry=Point(1, 1)) for name in names], WORDS, path)
    written = read_file(path, layer="titik")
    assert written["name"].tolist() == [*(f"'{name}" for name in names[:-1]), "Way Kanan"]
    assert written["note"].tolist() == written["name"].tolist()


def test_a_second_writing_replaces_the_first_and_leaves_nothing_behind(tmp_path):
    path = tmp_path / "temuan.gpkg"
    write_findings([Issue("overlap", geometry=box(0, 0, 1, 1))] * 3, WORDS, path)
    write_findings([Issue("invalid_ring", geometry=Point(1, 1))], WORDS, path)
    assert len(read_file(path, layer="poligon")) == 0 and len(read_file(path, layer="titik")) == 1
    assert [file.name for file in tmp_path.iterdir()] == ["temuan.gpkg"]
    with pytest.raises(OSError):
        write_findings([], WORDS, tmp_path / "tidak_ada" / "temuan.gpkg")
