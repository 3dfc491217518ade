"""Sources of boundaries side by side: put in force, taken away, and read again when more codes are known."""

import geopandas as gpd
import pytest
from geopandas import GeoDataFrame
from shapely import box
from sqlalchemy import text

from boundaries.levels import Level
from boundaries.statement import Statement
from geo.boundary_load import load_boundaries, prepare_boundaries, store_boundaries
from geo.boundary_sources import read_sources, remove_source, use_source
from geo.code_load import load_codes, load_crosswalk
from geo.errors import GeoError
from geo.shapes import detail_of, read_outlines, read_shapes

pytestmark = pytest.mark.postgis
WEST, EAST = "18.04.07.2001", "18.04.07.2002"


def rows(database, statement, **values):
    with database.connect() as connection:
        return connection.execute(text(statement), values).all()


def stating(**options):
    return Statement(**{"vintage": 2020, "system": "kemendagri", **options})


def desa_file(folder, name="desa.geojson", *, height=0.1, **columns):
    """Two desa beside each other; `columns` stand beside or instead of their codes."""
    given = {"kode": [WEST, EAST], "nama": ["Barat", "Timur"], **columns}
    shapes = [box(104 + at / 10, -5, 104.1 + at / 10, -5 + height) for at in range(2)]
    path = folder / name
    GeoDataFrame({key: value for key, value in given.items() if value}, geometry=shapes, crs=4326).to_file(path)
    return path


def code_list(folder, *desa):
    path = folder / "wilayah.csv"
    upper = ["18,Lampung,1", "18.04,Lampung Barat,2", "18.04.07,Sumber Jaya,3"]
    listed = [f"{kode},{name},4" for kode, name in (desa or ((WEST, "Barat"), (EAST, "Timur")))]
    path.write_text("\n".join(["kode,nama,level", *upper, *listed]) + "\n")
    return path


@pytest.fixture
def two(database, tmp_path):
    """A database with a code list and the same two desa from two files, the second a little taller."""
    load_codes(database, code_list(tmp_path))
    older = load_boundaries(database, desa_file(tmp_path, "lama.geojson"), stating()).source_id
    newer = load_boundaries(database, desa_file(tmp_path, "baru.geojson", height=0.2), stating()).source_id
    database.older, database.newer = older, newer
    return database


def in_force(database):
    with database.connect() as connection:
        return {source.id: source.active for source in read_sources(connection)}


def test_the_source_loaded_last_is_in_force_and_the_one_before_is_kept(two):
    active = in_force(two)
    assert list(active) == [two.newer, two.older], "the newest first"
    assert active[two.older] == {}
    assert active[two.newer] == dict.fromkeys((Level.provinsi, Level.kabupaten, Level.kecamatan, Level.desa), ("18",))


def test_a_source_is_put_in_force_at_one_level_and_the_map_follows(two):
    with two.begin() as connection:
        tall = read_shapes(connection, "18.04.07", Level.desa)
        used = use_source(connection, two.older, Level.desa, "18")
        low = read_shapes(connection, "18.04.07", Level.desa)
    assert used == {Level.desa: ("18",)}
    assert [shape.kode for shape in low] == [shape.kode for shape in tall] == [WEST, EAST]
    assert [shape.geojson for shape in low] != [shape.geojson for shape in tall]
    active = in_force(two)
    assert active[two.older] == {Level.desa: ("18",)}
    assert Level.desa not in active[two.newer]
    assert active[two.newer][Level.kecamatan] == ("18",)


def test_what_was_cached_of_a_map_is_dated_when_another_source_is_put_in_force(two):
    before = rows(two, "SELECT revision FROM source WHERE id = :id", id=two.older)
    with two.begin() as connection:
        use_source(connection, two.older)
    after = rows(two, "SELECT revision FROM source WHERE id = :id", id=two.older)
    assert after[0].revision == before[0].revision + 1


@pytest.mark.parametrize(
    ("source", "level", "provinsi", "code"),
    [
        ("newer", Level.desa, "19", "source_lacks_level"),
        ("none", None, None, "source_unknown"),
    ],
)
def test_a_source_is_not_put_in_force_where_it_has_nothing(two, source, level, provinsi, code):
    before = in_force(two)
    with two.begin() as connection, pytest.raises(GeoError) as refused:
        use_source(connection, getattr(two, source, 999), level, provinsi)
    assert refused.value.code == code
    assert in_force(two) == before


def test_only_a_source_that_is_in_force_nowhere_is_removed(two):
    with two.begin() as connection, pytest.raises(GeoError) as refused:
        remove_source(connection, two.newer)
    assert refused.value.code == "source_in_force"
    with two.begin() as connection:
        remove_source(connection, two.older)
    assert list(in_force(two)) == [two.newer]
    for table in ("boundary", "boundary_shape", "boundary_other", "boundary_other_shape"):
        assert rows(two, f"SELECT count(*) FROM {table} WHERE source_id = :id", id=two.older) == [(0,)]
    assert rows(two, "SELECT status FROM source WHERE id = :id", id=two.older) == [("replaced",)]
    with two.begin() as connection, pytest.raises(GeoError) as gone:
        use_source(connection, two.older)
    assert gone.value.code == "source_unknown"


def test_a_source_that_was_removed_may_be_loaded_again(two, tmp_path):
    with two.begin() as connection:
        remove_source(connection, two.older)
    again = load_boundaries(two, tmp_path / "lama.geojson", stating())
    assert again.status == "loaded"
    assert again.source_id not in (two.older, two.newer)


def test_the_same_file_read_with_more_codes_stands_where_it_stood_and_the_older_reading_goes(database, tmp_path):
    path = tmp_path / "silang.csv"
    path.write_text("kode_bps,kode_dagri\n1804070001,18.04.07.2001\n")
    load_codes(database, code_list(tmp_path))
    load_crosswalk(database, path, vintage=2020)
    bps = desa_file(tmp_path, kode=None, village_code=["id1804070001", "id1804070002"], village=["Barat", "Timur"])
    stated = stating(system="bps", publisher="hdx", level=Level.desa)
    first = load_boundaries(database, bps, stated)
    assert (first.level_counts["desa"], first.uncoded_count) == (1, 1)
    assert load_boundaries(database, bps, stated).status == "already_loaded"
    path.write_text("kode_bps,kode_dagri\n1804070001,18.04.07.2001\n1804070002,18.04.07.2002\n")
    load_crosswalk(database, path, vintage=2020)
    prepared = prepare_boundaries(database, bps, stated)
    assert in_force(database)[first.source_id][Level.desa] == ("18",), "until the new reading is complete"
    second = store_boundaries(database, prepared)
    assert (second.level_counts["desa"], second.uncoded_count) == (2, 0)
    assert list(in_force(database)) == [second.source_id]
    assert in_force(database)[second.source_id][Level.desa] == ("18",)
    assert rows(database, "SELECT DISTINCT source_id FROM boundary_shape") == [(second.source_id,)]


def test_what_fails_while_it_is_stored_leaves_what_was_in_force(two, tmp_path, monkeypatch):
    before, kept = in_force(two), rows(two, "SELECT count(*) FROM boundary_shape")
    monkeypatch.setattr("geo.boundary_load.activate", lambda *_: (_ for _ in ()).throw(RuntimeError("cut off")))
    with pytest.raises(RuntimeError, match="cut off"):
        load_boundaries(two, desa_file(tmp_path, "ketiga.geojson", height=0.3), stating())
    assert in_force(two) == before
    assert rows(two, "SELECT count(*) FROM boundary_shape") == kept


def test_areas_of_the_publisher_are_reported_where_ours_differ(database, tmp_path):
    load_codes(database, code_list(tmp_path))
    with database.begin() as connection:
        source = connection.execute(
            text(
                "INSERT INTO source (kind, file_name, sha256, status) VALUES ('figures', 'luas.csv', 'l', 'ready')"
                " RETURNING id"
            )
        ).scalar_one()
        connection.execute(
            text(
                "INSERT INTO official_figure (kode, indicator, figure_on, value, is_confirmed, reference, source_id)"
                " VALUES (:kode, 'area_km2', '2024-01-01', :value, true, 'BIG', :source)"
            ),
            [{"kode": WEST, "value": 500.0, "source": source}, {"kode": EAST, "value": 122.5, "source": source}],
        )
    report = load_boundaries(database, desa_file(tmp_path), stating())
    differing = [issue for issue in report.issues if issue.what == "area_differs"]
    # A tenth of a degree by a tenth at five degrees south: 11.06 km by 11.09 km.
    assert [(issue.kode, issue.before_km2) for issue in differing] == [(WEST, 500.0)]
    assert differing[0].after_km2 == pytest.approx(122.5, rel=0.01)
    assert report.level_counts["desa"] == 2, "reported, not refused"


@pytest.mark.parametrize(("wilayah", "detail"), [("ID", 0), ("18", 1), ("18.04", 2), ("18.04.07", 2), (WEST, 2)])
def test_the_detail_of_a_map_follows_the_wilayah_it_shows(wilayah, detail):
    assert detail_of(wilayah) == detail


def test_the_nation_is_drawn_coarser_than_a_provinsi_and_that_than_a_kabupaten(database, tmp_path):
    load_codes(database, code_list(tmp_path))
    wavy = [box(104, -5, 104.1, -4.9), box(104.1, -5, 104.2, -4.9)]
    # A coast of waves that each detail smooths at its own tolerance.
    waves = [at.buffer(0.0008, quad_segs=32).union(at.centroid.buffer(0.0505, quad_segs=400)) for at in wavy]
    waves[1] = waves[1].difference(waves[0])
    path = tmp_path / "ombak.gpkg"
    GeoDataFrame({"kode": [WEST, EAST], "nama": ["Barat", "Timur"]}, geometry=waves, crs=4326).to_file(path)
    load_boundaries(database, path, stating())
    with database.connect() as connection:
        weight = [sum(len(at.geojson) for at in read_shapes(connection, code, Level.desa)) for code in
                  ("ID", "18", "18.04")]  # fmt: skip
        assert [at.kode for at in read_outlines(connection, "18.04", Level.desa)] == ["18.04", "18.04.07"]
    assert weight == sorted(weight)
    assert weight[0] < weight[2]
    assert gpd.read_file(path).shape[0] == 2


def test_a_wilayah_without_shapes_of_a_level_is_still_outlined(two):
    with two.begin() as connection:
        drawn = read_outlines(connection, "ID", Level.desa)
        connection.execute(text("DELETE FROM boundary_active WHERE level = 4"))
        without = read_outlines(connection, "ID", Level.desa)
        inside = read_outlines(connection, "18", Level.desa)
        connection.rollback()
    assert [shape.kode for shape in without] == [shape.kode for shape in drawn] == ["18"]
    assert [shape.kode for shape in inside] == ["18", "18.04"]
