"""What is taken from a file, zip or folder that somebody sent, and what is refused before anything is opened."""

import copy
import ctypes
import json
import os
import platform
import shutil
import sqlite3
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pyarrow as pa
import pyogrio
import pytest
import shapely
from geopandas import GeoDataFrame
from pyarrow import parquet
from pyproj import CRS
from shapely import MultiPolygon, box

from boundaries.errors import BoundaryError
from boundaries.intake import isolation
from boundaries.intake.archive import opened
from boundaries.intake.geopackage import check_geopackage
from boundaries.intake.isolation import describe, read_tables
from dashboard.words import Words

# The writer's own remarks on the files that it makes here.
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning:pyogrio.raw")
NAMES = ["Kota Métro", "Way Kanan", None]
VRT = '<OGRVRTDataSource><OGRVRTLayer name="desa"><SrcDataSource>{}</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>'
BOMB = '<!DOCTYPE x [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]><kml>&b;</kml>'


def frame(crs=4326):
    """A Polygon, a MultiPolygon and a row without a name or a number, as publishers mix them."""
    shapes = [box(105, -5, 106, -4), MultiPolygon([box(106, -5, 107, -4)]), box(107, -5, 108, -4)]
    return GeoDataFrame(
        {"kode": ["18.72", "18.08", "18.10"], "nama_kecamatan": NAMES, "urut": [1, 2, 3], "luas": [61.8, None, 7.5]},
        geometry=shapes, crs=crs,
    )  # fmt: skip


def write(path, data=None, **options):
    path.parent.mkdir(parents=True, exist_ok=True)
    pyogrio.write_dataframe(frame() if data is None else data, path, **options)
    return path


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """A GeoPackage that there is nothing to say against."""
    return write(tmp_path_factory.mktemp("sound") / "desa.gpkg")


def take(*paths):
    """Read every layer of the files with all of its columns; return the tables by what each file is called."""
    with opened(list(paths)) as data_sets:
        layers = [layer for layer in describe(data_sets) if layer.geometry_type is not None]
        tables = read_tables([(layer, list(layer.fields)) for layer in layers])
    return {Path(layer.data_set.sent).name: (layer, table) for layer, table in zip(layers, tables, strict=True)}


def refusal(*paths):
    """Return the error that opening and describing raises; nothing may come out."""
    with pytest.raises(BoundaryError) as refused, opened(list(paths)) as data_sets:
        describe(data_sets)
    return refused.value


def zipped(path, members, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return path


def test_every_format_gives_the_same_rows_as_it_was_written_with(tmp_path):
    for name in ("a.gpkg", "b.geojson", "c.fgb"):
        write(tmp_path / name)
    write(tmp_path / "d.gdb", driver="OpenFileGDB", geometry_type="MultiPolygon", promote_to_multi=True)
    write(tmp_path / "e.geojsonl", driver="GeoJSONSeq")
    shutil.copy(tmp_path / "e.geojsonl", tmp_path / "f.json")
    frame().to_parquet(tmp_path / "g.parquet")
    write(tmp_path / "h" / "h.shp", ENCODING="UTF-8")
    taken = take(tmp_path)
    assert sorted(taken) == [
        "a.gpkg", "b.geojson", "c.fgb", "d.gdb", "e.geojsonl", "f.json", "g.parquet", "h.shp"]  # fmt: skip
    for name, (layer, table) in taken.items():
        named = "nama_kecam" if name == "h.shp" else "nama_kecamatan"
        assert list(layer.fields) == ["kode", named, "urut", "luas"], name
        assert (layer.fields["kode"], layer.fields["luas"], layer.count) == ("text", "real", 3), name
        assert CRS.from_user_input(layer.crs_wkt) == CRS(4326) if name != "h.shp" else layer.crs_wkt, name
        rows = {row["kode"]: row for row in table.to_pylist()}
        assert [rows[kode][named] for kode in ("18.72", "18.08", "18.10")] == NAMES, name
        assert rows["18.08"]["luas"] is None and rows["18.10"]["luas"] == 7.5, name
        assert table.schema.field("urut").type == (pa.float64() if name == "d.gdb" else pa.int64()), name
        shapes = shapely.from_wkb([rows[kode]["geometry"] for kode in ("18.72", "18.08", "18.10")])
        assert shapely.equals(shapes, frame().geometry.to_numpy()).all(), name


def test_a_shapefile_is_read_without_its_small_parts_and_in_its_own_letters(tmp_path):
    write(tmp_path / "old.shp", ENCODING="CP1252")
    for part in (".cpg", ".shx", ".prj"):
        (tmp_path / f"old{part}").unlink()
    write(tmp_path / "new.shp", ENCODING="UTF-8")
    (tmp_path / "new.cpg").unlink()
    write(tmp_path / "lying.shp", ENCODING="CP1252")
    (tmp_path / "lying.cpg").write_text("UTF-8")
    write(tmp_path / "LOUD.shp", ENCODING="UTF-8")
    for part in (".shp", ".dbf", ".shx"):
        (tmp_path / f"LOUD{part}").rename(tmp_path / f"LOUD{part.upper()}")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir())
    taken = take(tmp_path)
    for name in ("old.shp", "new.shp", "lying.shp", "LOUD.SHP"):
        assert taken[name][1].column("nama_kecam").to_pylist() == NAMES, name
    assert taken["old.shp"][0].crs_wkt is None
    assert taken["LOUD.SHP"][0].crs_wkt is not None
    # What GDAL makes up for itself, it neither leaves in the sender's folder nor writes over what is there.
    assert sorted((path.name, path.stat().st_mtime_ns) for path in tmp_path.iterdir()) == before


def curve_polygon():
    """A square of one degree whose northern side is an arc, in the GeoPackage's way of writing."""
    corners = [(106, -4), (106, -5), (105, -5), (105, -4)]
    line = struct.pack("<BII", 1, 2, 4) + b"".join(struct.pack("<2d", *corner) for corner in corners)
    arc = struct.pack("<BII", 1, 8, 3) + struct.pack("<6d", 105, -4, 105.5, -3.5, 106, -4)
    ring = struct.pack("<BII", 1, 9, 2) + line + arc
    surface = struct.pack("<BII", 1, 10, 1) + ring
    return b"GP\0\1" + struct.pack("<i", 4326) + struct.pack("<BII", 1, 12, 1) + surface


def test_arcs_heights_and_a_geoparquet_without_a_word_on_itself_are_read(tmp_path):
    write(tmp_path / "arcs.gpkg", SPATIAL_INDEX="NO")
    with sqlite3.connect(tmp_path / "arcs.gpkg") as connection:
        connection.execute("UPDATE arcs SET geom = ?", [curve_polygon()])
        connection.execute("UPDATE gpkg_geometry_columns SET geometry_type_name = 'MULTISURFACE'")
    connection.close()
    write(tmp_path / "heights.gpkg", frame().set_geometry(shapely.force_3d(frame().geometry)))
    frame().to_wkb().to_parquet(tmp_path / "bare.parquet")
    frame().drop(columns="geometry").to_parquet(tmp_path / "table.parquet")
    taken = take(tmp_path)
    (outline,) = set(shapely.from_wkb(taken["arcs.gpkg"][1].column("geometry").to_pylist()))
    # Half a disc of radius a half stands on the square.
    assert shapely.area(outline) == pytest.approx(1 + 0.125 * 3.14159265, abs=1e-3)
    assert taken["arcs.gpkg"][1].column("kode").to_pylist() == ["18.72", "18.08", "18.10"]
    assert shapely.from_wkb(taken["heights.gpkg"][1].column("geometry")[0].as_py()).area == 1
    assert taken["bare.parquet"][0].crs_wkt is None
    assert taken["bare.parquet"][1].num_rows == 3
    # A table beside the maps is no map, and no reason to refuse them.
    assert "table.parquet" not in taken


def test_several_files_and_a_zip_with_subfolders_come_in_together(tmp_path, sound):
    for name in ("satu", "dua"):
        write(tmp_path / name / f"{name}.shp")
        for part in (tmp_path / name).iterdir():
            part.rename(part.with_suffix(part.suffix.upper()))
    with zipfile.ZipFile(tmp_path / "batas.zip", "w") as archive:
        for part in [*(tmp_path / "satu").iterdir(), *(tmp_path / "dua").iterdir()]:
            archive.write(part, f"data 2025/{part.parent.name}/{part.name}")
        archive.writestr("data 2025/metadata.json", '{"title": "Batas"}')
        archive.writestr("data 2025/satu/satu.shp.xml", BOMB)
        archive.writestr("nested.zip", b"PK\3\4")
    with opened([tmp_path / "batas.zip", sound]) as data_sets:
        assert [data_set.sent for data_set in data_sets] == [
            "batas.zip: data 2025/dua/dua.SHP", "batas.zip: data 2025/satu/satu.SHP", str(sound)]  # fmt: skip
        inside = data_sets[0].path
        assert [layer.count for layer in describe(data_sets)] == [3, 3, 3]
    assert not inside.exists()
    parts = list((tmp_path / "dua").iterdir())
    with opened(parts) as data_sets:
        assert [data_set.path.name for data_set in data_sets] == ["dua.SHP"]


def test_a_geodatabase_is_read_out_of_a_zip(tmp_path):
    write(tmp_path / "rbi.gdb", driver="OpenFileGDB", geometry_type="MultiPolygon", promote_to_multi=True)
    with zipfile.ZipFile(tmp_path / "rbi.zip", "w") as archive:
        for part in (tmp_path / "rbi.gdb").iterdir():
            archive.write(part, f"RBI10K/rbi.gdb/{part.name}")
        archive.writestr("RBI10K/rbi.gdb/notes.lock", "")
    ((layer, table),) = take(tmp_path / "rbi.zip").values()
    assert (layer.name, table.num_rows) == ("rbi", 3)


@pytest.mark.parametrize(
    "member", ["../out.gpkg", "/etc/out.gpkg", "a/../../out.gpkg", "..\\out.gpkg", "C:\\out.gpkg", "out.gpkg\0.txt"]
)
def test_a_zip_that_reaches_out_of_its_folder_is_refused(tmp_path, sound, member):
    with zipfile.ZipFile(tmp_path / "batas.zip", "w") as archive:
        entry = zipfile.ZipInfo("x")
        entry.filename = member
        archive.writestr(entry, sound.read_bytes())
    error = refusal(tmp_path / "batas.zip")
    assert (error.code, error.details["path"]) == ("archive_unsafe", str(tmp_path / "batas.zip"))
    assert not (tmp_path.parent / "out.gpkg").exists()


def test_a_link_in_a_zip_or_out_of_a_folder_is_not_followed(tmp_path, sound):
    link = zipfile.ZipInfo("desa.gpkg")
    link.create_system, link.external_attr = 3, 0o120777 << 16
    zipped(tmp_path / "link.zip", [(link, str(sound))])
    assert refusal(tmp_path / "link.zip").code == "archive_unsafe"
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "desa.gpkg").symlink_to(sound)
    error = refusal(tmp_path / "folder")
    assert (error.code, str(error.details["member"])) == ("link_outside", "desa.gpkg")
    # A person's own link, named by that person, is that person's file.
    (tmp_path / "own.gpkg").symlink_to(sound)
    assert len(take(tmp_path / "own.gpkg")) == 1


def test_bombs_are_refused_by_what_the_zip_says_of_itself(tmp_path, sound):
    inner = zipped(tmp_path / "inner.zip", [("desa.gpkg", sound.read_bytes())])
    blanks = zipped(tmp_path / "blanks.zip", [("desa.geojson", b" " * 30_000_000)])
    nested = zipped(tmp_path / "nested.zip", [("inner.zip", inner.read_bytes())])
    many = zipped(tmp_path / "many.zip", [(f"{number}.txt", "") for number in range(6_000)], zipfile.ZIP_STORED)
    overlap = tmp_path / "overlap.zip"
    with zipfile.ZipFile(overlap, "w") as archive:
        archive.writestr("a.gpkg", sound.read_bytes())
        again = copy.copy(archive.filelist[0])
        again.filename = "b.gpkg"
        archive.filelist.append(again)
    codes = {path.name: refusal(path).code for path in (blanks, nested, many, overlap)}
    assert codes == {
        "blanks.zip": "archive_too_large", "nested.zip": "archive_nested", "many.zip": "archive_too_many",
        "overlap.zip": "archive_overlapping",
    }  # fmt: skip


def test_a_zip_that_is_locked_damaged_cut_or_strange_says_which(tmp_path, sound):
    content = zipped(tmp_path / "desa.zip", [("desa.gpkg", sound.read_bytes())]).read_bytes()
    locked = bytearray(content)
    locked[6] |= 1
    locked[content.rfind(b"PK\1\2") + 8] |= 1
    wrong = bytearray(content)
    wrong[len(content) // 2] ^= 255
    files = {"locked": bytes(locked), "wrong": bytes(wrong), "cut": content[: len(content) // 2]}
    for name, made in files.items():
        (tmp_path / f"{name}.zip").write_bytes(made)
    zipped(tmp_path / "bzip.zip", [("desa.gpkg", sound.read_bytes())], zipfile.ZIP_BZIP2)
    zipped(tmp_path / "kml.zip", [("doc.kml", BOMB)])
    zipped(tmp_path / "none.zip", [("readme.txt", "Batas desa")])
    shutil.copy(sound, tmp_path / "package.zip")
    codes = {name: refusal(tmp_path / f"{name}.zip").code
             for name in ("locked", "wrong", "cut", "bzip", "kml", "none", "package")}  # fmt: skip
    assert codes == {
        "locked": "archive_encrypted", "wrong": "archive_damaged", "cut": "file_truncated", "bzip": "archive_method",
        "kml": "format_refused", "none": "nothing_spatial", "package": "file_disguised",
    }  # fmt: skip


def test_a_file_that_is_not_what_its_name_says_is_never_opened(tmp_path, sound):
    (tmp_path / "real.vrt").write_text(VRT.format(sound))
    # GDAL itself would follow it, so the test is of something.
    assert len(pyogrio.read_dataframe(tmp_path / "real.vrt")) == 3
    assert refusal(tmp_path / "real.vrt").code == "format_refused"
    for name in ("x.shp", "x.gpkg", "x.geojson", "x.json", "x.fgb", "x.parquet"):
        (tmp_path / name).write_text(VRT.format(sound))
        error = refusal(tmp_path / name)
        assert (error.code, error.details["found"]) == ("file_disguised", "VRT"), name
    zipped(tmp_path / "x.zip", [("kab/desa.shp", VRT.format(sound))])
    error = refusal(tmp_path / "x.zip")
    assert (error.code, error.details["path"]) == ("file_disguised", "x.zip: kab/desa.shp")
    stream = json.dumps({"type": "gdal_streamed_alg", "command_line": "gdal vector read x"})
    cases = {
        "bomb.kml": (BOMB, "format_refused"), "bomb.gml": (BOMB, "format_refused"),
        "book.xlsx": ("PK\3\4", "format_refused"), "bomb.geojson": (BOMB, "file_disguised"),
        "stream.geojson": (stream, "file_disguised"), "topo.json": ('{"type": "Topology"}', "format_refused"),
        "page.geojson": ("<html></html>", "file_disguised"), "notes.gpkg": ("kode,nama", "file_not_spatial"),
        "notes.txt": ("kode,nama", "file_not_spatial"), "nothing.gpkg": ("", "file_empty"),
    }  # fmt: skip
    for name, (content, code) in cases.items():
        (tmp_path / name).write_text(content)
        assert refusal(tmp_path / name).code == code, name


def test_an_address_a_pipe_and_a_missing_file_are_refused_by_name(tmp_path):
    addresses = ("http://localhost/x.gpkg", "/vsicurl/http://localhost/x.gpkg", "\\\\server\\x.shp", "//server/x.shp",
                 "PG:dbname=petadesil", "s3://bucket/x.gpkg")  # fmt: skip
    for address in addresses:
        assert refusal(Path(address)).code == "address_refused", address
    os.mkfifo(tmp_path / "pipe.gpkg")
    assert refusal(tmp_path / "pipe.gpkg").code == "file_not_regular"
    assert refusal(Path("/dev/zero")).code == "file_not_regular"
    assert refusal(tmp_path / "none.gpkg").code == "file_missing"


def test_a_file_that_was_cut_is_called_truncated(tmp_path, sound):
    whole = tmp_path / "whole"
    for name in ("a.fgb", "b.geojson", "d.shp"):
        write(whole / name)
    write(whole / "a2.fgb", SPATIAL_INDEX="NO")
    write(whole / "c.geojsonl", driver="GeoJSONSeq")
    frame().to_parquet(whole / "e.parquet")
    shutil.copy(sound, whole / "f.gpkg")
    write(whole / "g.gdb", driver="OpenFileGDB", geometry_type="MultiPolygon", promote_to_multi=True)
    for name in ("a.fgb", "a2.fgb", "b.geojson", "c.geojsonl", "d.shp", "d.dbf", "e.parquet", "f.gpkg"):
        for share in (0.5, 0.9):
            cut = tmp_path / f"{name}{share}" / name
            shutil.copytree(whole, cut.parent)
            content = cut.read_bytes()
            cut.write_bytes(content[: int(len(content) * share)])
            error = refusal(cut if cut.suffix != ".dbf" else cut.with_suffix(".shp"))
            assert error.code == "file_truncated", (name, share)
            assert name in error.details["path"]
    table = max((whole / "g.gdb").glob("*.gdbtable"), key=lambda path: path.stat().st_size)
    table.write_bytes(table.read_bytes()[:-100])
    assert refusal(whole / "g.gdb").code == "file_truncated"


def test_geojson_that_was_cut_after_a_brace_or_lost_a_line_is_not_read_in_part(tmp_path):
    document = write(tmp_path / "a.geojson").read_bytes()
    (tmp_path / "a.geojson").write_bytes(document[: document.rfind(b"}", 0, -10) + 1])
    assert refusal(tmp_path / "a.geojson").code == "file_truncated"
    lines = write(tmp_path / "b.geojsonl", driver="GeoJSONSeq").read_bytes().splitlines()
    (tmp_path / "b.geojsonl").write_bytes(b"\n".join([lines[0], lines[1][:-9], lines[2]]))
    error = refusal(tmp_path / "b.geojsonl")
    assert (error.code, error.details["reason"]) == ("file_damaged", "2 / 3")


def altered(path, sound, statement, **arguments):
    shutil.copy(sound, path)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(statement, arguments)
    connection.close()
    return path


def test_a_geopackage_that_reaches_out_or_holds_no_layer_is_refused(tmp_path, sound):
    foreign = "INSERT INTO sqlite_schema VALUES ('table', 'far', 'far', 0, :sql)"
    cases = {
        "CREATE VIEW far AS SELECT load_extension('x')": "geopackage_unsafe",
        "CREATE VIEW far AS SELECT \"readfile\" ('/etc/hosts') AS x": "geopackage_unsafe",
        "CREATE TRIGGER far AFTER INSERT ON desa BEGIN SELECT writefile('x', 'y'); END": "geopackage_unsafe",
        "CREATE VIEW far AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n":
            "geopackage_unsafe",
        "DELETE FROM gpkg_geometry_columns": "geopackage_without_layers",
        "UPDATE gpkg_ogr_contents SET feature_count = 1000000000000": "count_implausible",
    }  # fmt: skip
    for number, (statement, code) in enumerate(cases.items()):
        path = altered(tmp_path / f"{number}.gpkg", sound, statement)
        with pytest.raises(BoundaryError) as refused:
            check_geopackage(path, "desa.gpkg")
        assert refused.value.code == code, statement
        assert refused.value.details.get("member", "far") == "far"
    check_geopackage(sound, "desa.gpkg")
    sql = "CREATE VIRTUAL TABLE far USING VirtualOGR('/etc/hosts')"
    assert refusal(altered(tmp_path / "far.gpkg", sound, foreign, sql=sql)).code == "geopackage_unsafe"
    sqlite3.connect(tmp_path / "plain.gpkg").execute("CREATE TABLE desa (kode)").connection.close()
    assert refusal(tmp_path / "plain.gpkg").code == "geopackage_without_layers"
    content = sound.read_bytes()
    (tmp_path / "zeros.gpkg").write_bytes(content[:50_000] + bytes(len(content) - 50_000))
    assert refusal(tmp_path / "zeros.gpkg").code == "file_damaged"


def test_a_geopackage_with_edits_that_are_not_in_it_yet_waits_for_its_program(tmp_path, sound):
    path = altered(tmp_path / "open.gpkg", sound, "PRAGMA journal_mode = WAL")
    assert len(take(path)) == 1
    program = sqlite3.connect(path)
    program.execute("UPDATE gpkg_contents SET description = 'desa'")
    program.commit()
    assert refusal(path).code == "geopackage_in_use"
    program.close()
    assert len(take(path)) == 1


def test_a_virtual_table_is_told_by_where_it_lies_however_it_is_written(tmp_path, sound):
    foreign = "INSERT INTO sqlite_schema VALUES ('table', 'far', 'far', 0, :sql)"
    for number, sql in enumerate((
        "CREATE /* a */ VIRTUAL -- b\n TABLE far USING VirtualOGR('/etc/hosts')",
        "CREATE VIRTUAL TABLE far USING /**/ \"VirtualOGR\"('/etc/hosts')", "CREATE TABLE far (kode)",
    )):  # fmt: skip
        with pytest.raises(BoundaryError) as refused:
            check_geopackage(altered(tmp_path / f"{number}.gpkg", sound, foreign, sql=sql), "desa.gpkg")
        assert (refused.value.code, refused.value.details["member"]) == ("geopackage_unsafe", "far"), sql


def test_a_geopackage_that_grows_when_it_is_read_is_refused_before(tmp_path, sound):
    view = "CREATE VIEW many AS SELECT {} FROM desa a, desa b"
    crossed = ", ".join(f"desa {letter}" for letter in "cdefghijklmnop")
    cases = {
        f"{view.format('a.*')}, {crossed}": "contents_too_large",
        view.format("a.fid, a.geom, zeroblob(900000000) AS kode"): "contents_too_large",
        view.format("a.*"): None,
    }
    for number, (sql, code) in enumerate(cases.items()):
        path = altered(tmp_path / f"{number}.gpkg", sound, sql)
        altered(path.with_suffix(".2.gpkg"), path,
                "INSERT INTO gpkg_geometry_columns VALUES ('many', 'geom', 'POLYGON', 4326, 0, 0)")  # fmt: skip
        if code is None:
            check_geopackage(path.with_suffix(".2.gpkg"), "desa.gpkg")
            continue
        with pytest.raises(BoundaryError) as refused:
            check_geopackage(path.with_suffix(".2.gpkg"), "desa.gpkg")
        assert refused.value.code == code
    layers = ("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) INSERT INTO "
              "gpkg_geometry_columns SELECT 'x' || i, 'geom', 'POLYGON', 4326, 0, 0 FROM n")  # fmt: skip
    with pytest.raises(BoundaryError) as refused:
        check_geopackage(altered(tmp_path / "layers.gpkg", sound, layers), "desa.gpkg")
    assert refused.value.code == "layers_too_many"


def test_shapes_nested_without_end_break_the_reading_process_and_not_this_one(tmp_path):
    deep = struct.pack("<BII", 1, 7, 1) * 100_000
    parquet.write_table(pa.table({"kode": ["18"], "geometry": pa.array([deep], pa.binary())}), tmp_path / "a.parquet")
    with opened(tmp_path / "a.parquet") as data_sets, pytest.raises(BoundaryError) as refused:
        read_tables([(layer, ["kode"]) for layer in describe(data_sets)])
    assert (refused.value.code, refused.value.details["reason"]) == ("reader_crashed", "SIGSEGV")


def test_a_zip_of_a_later_version_and_odd_parts_of_files_are_told_of(tmp_path, sound):
    content = bytearray(zipped(tmp_path / "later.zip", [("desa.gpkg", sound.read_bytes())]).read_bytes())
    content[content.rfind(b"PK\1\2") + 6] = 99
    (tmp_path / "later.zip").write_bytes(content)
    assert refusal(tmp_path / "later.zip").code == "archive_method"
    write(tmp_path / "nul.shp", ENCODING="UTF-8")
    (tmp_path / "nul.cpg").write_bytes(b"UTF\x008")
    assert take(tmp_path / "nul.shp")["nul.shp"][1].column("nama_kecam").to_pylist() == NAMES
    frame().to_parquet(tmp_path / "a.parquet")
    table = parquet.read_table(tmp_path / "a.parquet")
    grid = b'{"columns": {"geometry": {"crs": "+proj=longlat +nadgrids=/dev/zero"}}}'
    for number, geo in enumerate((b"[1]", b"[" * 100_000, b'{"columns": {"geometry": 3}}', grid)):
        parquet.write_table(table.replace_schema_metadata({b"geo": geo}), tmp_path / f"{number}.parquet")
        assert refusal(tmp_path / f"{number}.parquet").code == "file_damaged", geo[:40]
    (tmp_path / "loop").mkdir()
    (tmp_path / "loop" / "desa.gpkg").symlink_to("desa.gpkg")
    assert refusal(tmp_path / "loop").code in ("link_outside", "file_missing")


def test_a_geodatabase_whose_index_was_cut_is_not_read_as_an_empty_layer(tmp_path):
    write(tmp_path / "g.gdb", driver="OpenFileGDB", geometry_type="MultiPolygon", promote_to_multi=True)
    index = max((tmp_path / "g.gdb").glob("*.gdbtablx"))
    index.write_bytes(index.read_bytes()[:-50])
    error = refusal(tmp_path / "g.gdb")
    assert error.code == "file_truncated" and index.name in error.details["path"]


def test_a_flatgeobuf_of_nothing_but_zeros_is_not_walked_to_its_end(tmp_path):
    content = write(tmp_path / "a.fgb", SPATIAL_INDEX="NO").read_bytes()
    header = 12 + struct.unpack_from("<I", content, 8)[0]
    (tmp_path / "a.fgb").write_bytes(content[:header] + bytes(1_000_000))
    assert refusal(tmp_path / "a.fgb").code == "count_implausible"


def test_names_in_the_files_of_others_are_shown_and_never_acted_on():
    name = "\x1b[31mdesa\n{path}\x07\x9b2J\u202e\udcff" + "x" * 5_000
    for language in ("id", "en"):
        sentence = Words(language).error("file_truncated", path=name)
        assert "desa\ufffd{path}" in sentence
        assert not {"\x1b", "\n", "\x07", "\x9b", "\u202e", "\udcff"} & set(sentence)
        assert len(sentence) < 1_500


def test_a_flatgeobuf_that_states_more_features_than_it_has_bytes_is_refused(tmp_path):
    content = bytearray(write(tmp_path / "a.fgb").read_bytes())
    table = 12 + struct.unpack_from("<I", content, 12)[0]
    vtable = table - struct.unpack_from("<i", content, table)[0]
    # The ninth slot of a header's table is the number of features.
    place = table + struct.unpack_from("<H", content, vtable + 4 + 2 * 8)[0]
    assert struct.unpack_from("<Q", content, place)[0] == 3
    struct.pack_into("<Q", content, place, 10**12)
    (tmp_path / "a.fgb").write_bytes(content)
    error = refusal(tmp_path / "a.fgb")
    assert (error.code, error.details["count"]) == ("count_implausible", 10**12)


def test_a_geoparquet_that_unpacks_to_far_more_than_its_size_is_stopped(tmp_path, monkeypatch):
    ring = shapely.to_wkb(shapely.Point(106, -5).buffer(1, quad_segs=1_000))
    # A dictionary of one shape: 64 kB, written once and named two thousand times.
    shapes = pa.DictionaryArray.from_arrays(pa.array([0] * 2_000, pa.int32()), pa.array([ring], pa.binary()))
    parquet.write_table(pa.table({"kode": ["18"] * 2_000, "geometry": shapes}), tmp_path / "bomb.parquet")
    assert (tmp_path / "bomb.parquet").stat().st_size < 200_000
    monkeypatch.setattr(isolation, "_LEAST_OUTPUT", 8_000_000)
    with opened(tmp_path / "bomb.parquet") as data_sets, pytest.raises(BoundaryError) as refused:
        read_tables([(layer, ["kode"]) for layer in describe(data_sets)])
    assert refused.value.code == "contents_too_large"


TELLING = """
import json, os, socket, sys
sys.path.insert(0, sys.argv[1])
from boundaries.intake import gdal_process
start = gdal_process._start_gdal
def can_read(path):
    try:
        return bool(open(path, "rb").read(9))
    except OSError:
        return False
def can_speak(family):
    try:
        socket.socket(getattr(socket, family)).close()
        return True
    except OSError:
        return False
def tell(*job):
    import pyogrio
    start(*job)
    told = [dict(os.environ), sorted(pyogrio.list_drivers()), [can_speak("AF_UNIX"), can_speak("AF_INET")]]
    told.append([can_read(path) for path in (SOUND, SECRET, f"/proc/{os.getppid()}/environ")])
    raise gdal_process.BoundaryError("file_damaged", told=told)
gdal_process._start_gdal = tell
gdal_process.main(sys.argv[2])
"""


def has_walls():
    """Tell whether this kernel can raise walls around the files of a process (Landlock)."""
    return ctypes.CDLL(None).syscall(444, None, 0, 1) > 0


def test_the_reading_process_knows_nothing_of_its_surroundings(tmp_path, sound, monkeypatch):
    monkeypatch.setenv("PETADESIL_DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("PGPASSWORD", "secret")
    (tmp_path / "secret.txt").write_text("secret")
    places = f"SOUND, SECRET = {str(sound)!r}, {str(tmp_path / 'secret.txt')!r}\n"
    monkeypatch.setattr(isolation, "_START", places + TELLING)
    environment, drivers, speaking, readable = refusal(sound).details["told"]
    assert "secret" not in str(environment)
    assert not {name for name in environment if name.startswith(("PETADESIL", "PG")) or "proxy" in name.lower()}
    assert set(drivers) == {"ESRI Shapefile", "FlatGeobuf", "GPKG", "GeoJSON", "GeoJSONSeq", "MEM", "OpenFileGDB"}
    # Neither a network nor the socket of a database on this machine.
    assert speaking == [False, False] or platform.machine() not in ("x86_64", "aarch64")
    # The file alone, and neither its neighbours nor what this process knows.
    assert readable == [True, False, False] if has_walls() else readable[0]


@pytest.mark.parametrize(
    ("act", "code"),
    [("import os; os.abort()", "reader_crashed"), ("bytearray(10**12)", "reader_out_of_memory"),
     ("while True: pass", "reader_timeout"), ("raise SystemExit(3)", "reader_crashed")],
)  # fmt: skip
def test_a_reader_that_dies_is_an_error_that_names_the_file(sound, monkeypatch, act, code):
    start = "import sys; sys.path.insert(0, sys.argv[1]); from boundaries.intake import gdal_process as g\n"
    does = f"def stop(*_):\n    {act}\ng._start_gdal = stop\ng.main(sys.argv[2])"
    monkeypatch.setattr(isolation, "_START", start + does)
    monkeypatch.setattr(isolation, "_SECONDS", {"describe": 1, "read": 1})
    error = refusal(sound)
    assert (error.code, error.details["path"]) == (code, str(sound))


def test_refusing_takes_little_memory_and_no_map_library_in_this_process(tmp_path, sound):
    bad = altered(tmp_path / "far.gpkg", sound, "CREATE VIEW far AS SELECT load_extension('x')")
    (tmp_path / "deep.geojson").write_text(
        '{"type": "FeatureCollection", "features": ' + "[" * 2_000_000 + "]" * 2_000_000 + "}"
    )
    script = (
        "import resource, sys\n"
        "from boundaries.intake.archive import opened\nfrom boundaries.intake.isolation import describe\n"
        "from boundaries.errors import BoundaryError\nfrom pathlib import Path\n"
        "codes = []\n"
        "for name in sys.argv[1:]:\n"
        "    try:\n"
        "        with opened(Path(name)) as data_sets:\n            describe(data_sets)\n"
        "    except BoundaryError as error:\n        codes.append(error.code)\n"
        "heavy = {'pandas', 'geopandas', 'sqlalchemy', 'pyogrio', 'shapely', 'pyarrow', 'numpy'} & set(sys.modules)\n"
        "own = next(int(line.split()[1]) for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(codes, sorted(heavy), (own + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(bad), str(tmp_path / "deep.geojson")],
        cwd=Path(isolation.__file__).parents[1], capture_output=True, text=True, check=True,
    )  # fmt: skip
    told, _, megabytes = done.stdout.strip().rpartition(" ")
    assert told == "['geopackage_unsafe', 'file_damaged'] []"
    assert 20 < int(megabytes) < 200


def test_the_whole_country_comes_through_with_its_rows_in_order(shared_data):
    path = shared_data / "boundaries" / "indonesia_desa_hdx2020_simplified.parquet"
    ((layer, table),) = take(path).values()
    assert (layer.count, table.num_rows) == (81_904, 81_904)
    assert table.column("village_code")[0].as_py() == "id1101010014"
    assert shapely.get_num_coordinates(shapely.from_wkb(table.column("geometry").to_numpy())).sum() > 3_900_000
