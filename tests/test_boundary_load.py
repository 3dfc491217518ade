"""Boundaries in PostGIS: Lampung and the nation whole, parts that add up, bad files that leave nothing behind."""

import gzip
import json
import re
from pathlib import Path

import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame
from shapely import box
from sqlalchemy import text

from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.statement import Statement
from dashboard.words.boundaries import ISSUES
from dashboard.words.errors import ERRORS
from geo.boundary_load import load_boundaries, load_boundary_frame
from geo.code_load import load_codes, load_crosswalk
from geo.shapes import NATION_BOUNDS, read_bounds, read_other, read_outlines, read_shapes

pytestmark = pytest.mark.postgis
LAMPUNG = "lampung_desa_hdx2020_xwalk2025.gpkg"
NATION = "nation_prov_kab_hdx2020_kode2025_tol0.005.gpkg"


def load(database, shared_data, name=LAMPUNG, **options):
    path = shared_data / "boundaries" / name
    return load_boundaries(database, path, Statement(**{"vintage": 2020, "system": "kemendagri", **options}))


def rows(database, statement, **values):
    with database.connect() as connection:
        return connection.execute(text(statement), values).all()


def tiny(database, count=4, name="Fiktif", sha256="a" * 64):
    """A province of one row of desa, two to a kecamatan, four to a kabupaten."""
    desa = GeoDataFrame(
        {
            "kode": [f"99.{1 + at // 4:02}.{1 + at % 4 // 2:02}.{2001 + at}" for at in range(count)],
            "name": [f"Desa {at}" for at in range(count)],
            "kecamatan_name": ["Kecamatan" for _ in range(count)],
            "kabupaten_name": ["Sawala" for _ in range(count)],
        },
        geometry=[box(98 + at / 10, -9, 98.1 + at / 10, -8.9) for at in range(count)],
        crs=4326,
    )
    with database.begin() as connection:
        return load_boundary_frame(
            connection,
            desa,
            provinsi_name=name,
            publisher="petadesil",
            system="fiktif",
            vintage=2026,
            licence=None,
            file_name="FIKTIF",
            sha256=sha256,
            is_fictional=True,
        )


@pytest.fixture(scope="module")
def real(template, shared_data):
    """A database with Lampung's desa and the nation's kabupaten, loaded once for the tests that only read."""
    from conftest import clone

    from geo.engine import make_engine

    engine = make_engine(clone(template, "boundary_load_real"))
    engine.lampung = load(engine, shared_data)
    engine.nation = load(engine, shared_data, NATION)
    yield engine
    engine.dispose()


def test_lampung_is_loaded_whole(real):
    report = real.lampung
    assert report.level_counts == {"provinsi": 1, "kabupaten": 15, "kecamatan": 228, "desa": 2627}
    assert report.other_counts == {"hutan": 30, "tanpa_kode": 16, "pulau": 2, "perairan": 1}
    assert (report.read_count, report.kept_count) == (2676, 2676)
    named = dict(rows(real, "SELECT kode, name FROM wilayah WHERE kode IN ('18', '18.71', '18.04', '18.04.04.2002')"))
    assert named == {
        "18": "Lampung",
        "18.04": "Kabupaten Lampung Barat",
        "18.71": "Kota Bandar Lampung",
        "18.04.04.2002": "Kubu Perahu",
    }
    drawn = "SELECT detail, count(*) FROM boundary_shape WHERE level = 4 AND kode LIKE '18.71.%' GROUP BY 1 ORDER BY 1"
    assert rows(real, drawn) == [(0, 126), (1, 126), (2, 126)]
    assert rows(real, "SELECT kode_bps, kode_bps_vintage FROM wilayah WHERE kode = '18.04.04.2002'") == [
        ("1801040001", 2020)
    ]


def test_desa_and_other_areas_add_up_to_every_wilayah_above(real):
    for level, width in ((1, 2), (2, 5), (3, 8)):
        worst = rows(
            real,
            """
            WITH part AS (
                SELECT kode, area_km2 FROM boundary WHERE source_id = :source AND level = 4
                UNION ALL
                SELECT parent_kode, area_km2 FROM boundary_other WHERE source_id = :source
            ), summed AS (
                SELECT left(kode, :width) AS kode, sum(area_km2) AS area_km2 FROM part
                WHERE length(kode) >= :width GROUP BY 1
            )
            SELECT count(*), max(abs(summed.area_km2 / boundary.area_km2 - 1)) FROM summed
            JOIN boundary ON boundary.kode = summed.kode AND source_id = :source AND level = :level
            """,
            source=real.lampung.source_id,
            level=level,
            width=width,
        )
        assert worst[0][0] == real.lampung.level_counts[Level(level).name]
        assert worst[0][1] < 1e-9


def test_the_nation_has_every_kabupaten_and_leaves_the_finer_source_on_show(real):
    assert real.nation.level_counts == {"provinsi": 38, "kabupaten": 514}
    assert real.nation.other_counts == {"perairan": 7, "hutan": 1}
    shown = rows(real, "SELECT DISTINCT source_id FROM boundary_active WHERE provinsi_kode = '18'")
    assert shown == [(real.lampung.source_id,)]
    assert rows(real, "SELECT count(*) FROM boundary_active WHERE source_id = :at", at=real.nation.source_id) == [(74,)]
    # Names of the official list replace those of HDX, whichever file came first.
    assert rows(real, "SELECT name FROM wilayah WHERE kode = '18.05'") == [("Kabupaten Tulang Bawang",)]


def test_the_code_s_own_prefix_decides_the_parent(real):
    strayed = "SELECT count(*) FROM wilayah WHERE level > 1 AND parent_kode <> regexp_replace(kode, '[.][0-9]+$', '')"
    assert rows(real, strayed) == [(0,)]
    # The 13 desa of Umpu Semenguk were in Blambangan Umpu in 2020: without a code they lie in the kabupaten only.
    parents = rows(real, "SELECT DISTINCT parent_kode FROM boundary_other WHERE given_code LIKE '1807040%'")
    assert parents == [("18.08",)]


def test_shapes_of_a_provinsi_are_small_enough_and_keep_their_edges(real):
    with real.connect() as connection:
        shapes = read_shapes(connection, "18", Level.desa)
        other = read_other(connection, "18")
        outlines = read_outlines(connection, "18", Level.desa)
        assert len(gzip.compress("".join(shape.geojson for shape in shapes + other).encode())) < 1_000_000
        assert [len(read_shapes(connection, "18.71", level)) for level in (Level.kecamatan, Level.desa)] == [20, 126]
        assert len(read_shapes(connection, "ID", Level.kabupaten)) == 514
    assert len(shapes) == 2627 and len(other) == 49
    assert {shape.kind for shape in other} == {"hutan", "tanpa_kode", "pulau", "perairan"}
    drawn = shapely.from_geojson([shape.geojson for shape in shapes + other])
    stored = rows(
        real,
        "SELECT ST_AsBinary(geom) FROM boundary_shape WHERE source_id = :at AND level = 4 AND detail = 1 UNION ALL"
        " SELECT ST_AsBinary(geom) FROM boundary_other_shape WHERE source_id = :at AND detail = 1",
        at=real.lampung.source_id,
    )
    assert shapely.coverage_is_valid(shapely.from_wkb([bytes(row[0]) for row in stored]))
    # An outline runs along the edges of what it encloses.
    assert [outlines[0].kode, outlines[-1].kode, len(outlines)] == ["18", "18.72", 16]
    whole = shapely.from_geojson(outlines[0].geojson)
    assert whole.area == pytest.approx(shapely.area(drawn).sum(), rel=1e-6)


def test_bounds_are_those_of_the_wilayah_or_of_the_nearest_one_above(real):
    with real.connect() as connection:
        west, south, east, north = read_bounds(connection, "18.71")
        assert 105.1 < west < east < 105.4 and -5.6 < south < north < -5.3
        assert read_bounds(connection, "12.01.01") == read_bounds(connection, "12.01")
        assert read_bounds(connection, "ID")[0] == pytest.approx(95.01, abs=0.01)


def test_a_database_without_boundaries_opens_on_the_country(database):
    with database.connect() as connection:
        assert read_bounds(connection, "ID") == NATION_BOUNDS
        assert read_shapes(connection, "ID", Level.provinsi) == []
        assert read_outlines(connection, "ID", Level.provinsi) == []
        assert read_other(connection, "ID") == []


def test_the_same_file_is_loaded_once(real, shared_data):
    again = load(real, shared_data)
    assert (again.status, again.source_id) == ("already_loaded", real.lampung.source_id)
    assert again.level_counts == real.lampung.level_counts
    assert rows(real, "SELECT count(*) FROM source") == [(2,)]


def test_the_code_list_names_all_and_keeps_its_names(database, shared_data):
    load(database, shared_data)
    report = load_codes(database, shared_data / "codes" / "wilayah_kemendagri_2025.csv")
    assert report.level_counts["desa"] == 83_762
    crosswalk = load_crosswalk(database, shared_data / "codes" / "bps_kemendagri_2025.csv", vintage=2025)
    assert crosswalk.read_count == crosswalk.kept_count + crosswalk.rejected_count + crosswalk.duplicate_count
    assert rows(database, "SELECT name, kode_bps FROM wilayah WHERE kode = '18.71.03'") == [
        ("Tanjungkarang Barat", "1871070")
    ]
    load(database, shared_data, NATION)
    assert rows(database, "SELECT count(*) FROM wilayah WHERE level = 4") == [(83_762,)]
    assert load_codes(database, shared_data / "codes" / "wilayah_kemendagri_2025.csv").status == "already_loaded"


def small_list(path, *kode):
    lines = [f"{at},Wilayah {number},{at.count('.') + 1}" for number, at in enumerate(kode)]
    path.write_text("\n".join(["kode,nama,level", *lines]))
    return path


def two_desa(path, second, east=0.0):
    geometry = [box(105 + east, -5, 105.1 + east, -4.9), box(105.1 + east, -5, 105.2 + east, -4.9)]
    frame = GeoDataFrame({"kode": ["18.01.01.2001", second], "nama": ["A", "B"]}, geometry=geometry, crs=4326)
    pyogrio.write_dataframe(frame, path)
    return {"paths": path, "statement": Statement(2025, system="kemendagri")}


def unlisted(report):
    return [issue.kode for issue in report.issues if issue.what == "kode_not_in_list"]


def test_a_code_that_only_boundary_files_bring_never_counts_as_listed(database, tmp_path):
    listed = ("18", "18.01", "18.01.01", "18.01.01.2001")
    load_codes(database, small_list(tmp_path / "list.csv", *listed))
    first = load_boundaries(database, **two_desa(tmp_path / "first.gpkg", "18.01.01.2002"))
    again = load_boundaries(database, **two_desa(tmp_path / "again.gpkg", "18.01.01.2002", east=0.01))
    assert (unlisted(first), unlisted(again)) == (["18.01.01.2002"], ["18.01.01.2002"])
    # A newer list that holds the code ends the matter; what it does not hold stays unlisted.
    load_codes(database, small_list(tmp_path / "newer.csv", *listed, "18.01.01.2002", "18.01.01.2003"))
    assert unlisted(load_boundaries(database, **two_desa(tmp_path / "last.gpkg", "18.01.01.2002", east=0.02))) == []


def test_codes_that_were_there_before_the_list_are_not_listed_by_it(database, tmp_path):
    listed = ("18", "18.01", "18.01.01", "18.01.01.2001")
    load_codes(database, small_list(tmp_path / "older.csv", *listed, "18.01.01.2002"))
    report = load_codes(database, small_list(tmp_path / "list.csv", *listed))
    assert report.unlisted_kode == ["18.01.01.2002"]
    loaded = load_boundaries(database, **two_desa(tmp_path / "desa.gpkg", "18.01.01.2002"))
    assert unlisted(loaded) == ["18.01.01.2002"]


def test_a_crosswalk_of_an_implausible_year_is_refused(database, shared_data):
    with pytest.raises(BoundaryError) as refused:
        load_crosswalk(database, shared_data / "codes" / "bps_kemendagri_2025.csv", vintage=20)
    assert refused.value.code == "vintage_implausible"


def test_a_file_with_two_layers_of_desa_is_stored_whole(database, tmp_path):
    listed = ("18", "18.01", "18.01.01", "18.01.01.2001", "18.01.01.2003")
    load_codes(database, small_list(tmp_path / "list.csv", *listed))
    path = tmp_path / "desa.gpkg"
    options = two_desa(path, "18.01.01.2002")
    more = GeoDataFrame({"kode": ["18.01.01.2001"], "nama": ["A"]}, geometry=[box(105, -5, 105.1, -4.9)], crs=4326)
    new = GeoDataFrame({"kode": ["18.01.01.2003"], "nama": ["C"]}, geometry=[box(105.2, -5, 105.3, -4.9)], crs=4326)
    roads = GeoDataFrame({"jalan": ["Raya"]}, geometry=[box(105, -5, 105.1, -4.9)], crs=4326)
    for name, frame in (("copied", more), ("new", new), ("roads", roads)):
        pyogrio.write_dataframe(frame, path, layer=name)
    report = load_boundaries(database, **options)
    counts = rows(database, "SELECT read_count, kept_count, duplicate_count FROM source WHERE kind = 'boundaries'")
    assert counts == [(4, 3, 1)]
    assert [issue.name for issue in report.issues if issue.what == "layer_skipped"] == ["roads"]


def test_bps_codes_find_their_wilayah_through_the_crosswalk(database, shared_data):
    with pytest.raises(BoundaryError) as refused:
        load(database, shared_data, system="bps")
    assert refused.value.code == "crosswalk_missing"
    load_codes(database, shared_data / "codes" / "wilayah_kemendagri_2025.csv")
    load_crosswalk(database, shared_data / "codes" / "bps_kemendagri_2025.csv", vintage=2025)
    report = load(database, shared_data, system="bps")
    assert report.level_counts["kabupaten"] == 15 and report.level_counts["desa"] > 2500
    assert rows(database, "SELECT name FROM wilayah WHERE kode = '18.71'") == [("Kota Bandar Lampung",)]


def test_a_refused_file_leaves_nothing_behind(database, tmp_path):
    path = tmp_path / "desa.gpkg"
    squares = [box(105, -5, 105.1, -4.9), box(105.1, -5, 105.2, -4.9)]
    pyogrio.write_dataframe(
        GeoDataFrame({"kode": ["18.01.01.2001", "18.01.01.2002"], "nama": ["A", "B"]}, geometry=squares, crs=4326), path
    )
    # Desa are named, the wilayah above them is not, and no code list is loaded: the last check of all refuses.
    with pytest.raises(BoundaryError) as refused:
        load_boundaries(database, path, Statement(2025, system="kemendagri"))
    assert (refused.value.code, refused.value.details["count"]) == ("names_unknown", 3)
    for table in ("source", "boundary", "boundary_shape", "boundary_active"):
        assert rows(database, f"SELECT count(*) FROM {table}") == [(0,)]
    assert rows(database, "SELECT kode FROM wilayah") == [("ID",)]


def test_a_level_that_the_codes_contradict_is_refused(database, shared_data):
    with pytest.raises(BoundaryError) as refused:
        load(database, shared_data, level=Level.kabupaten)
    assert (refused.value.code, refused.value.details["found"]) == ("level_contradicted", "desa")
    assert rows(database, "SELECT count(*) FROM source") == [(0,)]


def test_every_refusal_has_a_sentence_in_both_languages():
    raised = set()
    for folder in ("boundaries", "geo"):
        for path in (Path(__file__).parents[1] / folder).rglob("*.py"):
            raised |= set(re.findall(r'BoundaryError\(\s*"(\w+)"', path.read_text()))
    assert {"duplicate_kode", "names_unknown", "crs_to_state"} <= raised
    assert raised <= ERRORS.keys()
    assert all(set(ERRORS[code]) == {"id", "en"} for code in raised)


def test_every_finding_has_words_in_both_languages():
    found = set()
    for folder in ("boundaries", "geo"):
        for path in (Path(__file__).parents[1] / folder).rglob("*.py"):
            found |= set(re.findall(r'Issue\(\s*"(\w+)"', path.read_text()))
    assert {"kode_not_in_list", "layer_skipped", "ring_without_area"} <= found
    assert found <= ISSUES.keys()
    assert all(set(words) == {"id", "en"} for words in ISSUES.values())


def test_an_implausible_vintage_is_refused(database, shared_data):
    with pytest.raises(BoundaryError) as refused:
        load(database, shared_data, vintage=20)
    assert refused.value.code == "vintage_implausible"


def test_a_province_drawn_in_memory_is_stored_with_all_its_levels(database):
    report = tiny(database, count=8)
    assert report.level_counts == {"provinsi": 1, "kabupaten": 2, "kecamatan": 4, "desa": 8}
    assert rows(database, "SELECT name, kind FROM wilayah WHERE kode = '99.01'") == [("Kabupaten Sawala", "kabupaten")]
    assert rows(database, "SELECT is_fictional, kept_count FROM source") == [(True, 8)]
    with database.connect() as connection:
        (drawn,) = read_shapes(connection, "99.01.01.2001", Level.desa)
        assert json.loads(drawn.geojson)["type"] == "MultiPolygon"
        assert [shape.kode for shape in read_outlines(connection, "99", Level.desa)] == ["99", "99.01", "99.02"]
        assert [shape.kode for shape in read_outlines(connection, "99", Level.kabupaten)] == ["99"]
    assert tiny(database, count=8).status == "already_loaded"


def test_a_source_that_knows_fewer_wilayah_does_not_empty_the_map(database):
    first = tiny(database, count=8)
    second = tiny(database, count=4, sha256="b" * 64)
    assert second.active_levels == {}
    assert second.issue_counts == {"fuller_source_shown": 1}
    third = tiny(database, count=9, sha256="c" * 64)
    assert third.active_levels["desa"] == ["99"]
    assert rows(database, "SELECT DISTINCT source_id FROM boundary_active") == [(third.source_id,)]
    assert first.active_levels["provinsi"] == ["99"]
