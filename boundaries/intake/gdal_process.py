"""The process in which GDAL opens files of others: allowed drivers only, no network, no credentials, little room.

It is started by `boundaries.intake.isolation` with the path of a job, and answers with files in the folder of that job.
Of the project it knows this package alone, and of that nothing which needs more than Arrow.
"""

import errno
import json
import os
import sys
from pathlib import Path

from boundaries.errors import BoundaryError
from boundaries.intake.confinement import shut_in
from boundaries.intake.geopackage import check_geopackage
from boundaries.intake.stated_size import check_layer_count, count_records

# MEM opens no file; without it GDAL itself falls over.
ALLOWED = frozenset({"GPKG", "GeoJSON", "GeoJSONSeq", "FlatGeobuf", "ESRI Shapefile", "OpenFileGDB", "MEM"})
# Every other vector driver of GDAL 3.6 to 3.12; one that is newer is found when the process starts, and left out then.
_SKIPPED = (
    "ADBC", "AIVector", "AVCBin", "AVCE00", "AmigoCloud", "ARCGEN", "Arrow", "BNA", "CAD", "CSV", "CSW", "Carto",
    "DB2ODBC", "DGN", "DGNV8", "DODS", "DWG", "DXF", "EDIGEO", "EEDA", "ESRIJSON", "Elasticsearch", "FileGDB", "FITS",
    "FME OLEDB", "GDALG", "GML", "GMLAS", "GMT", "GPSBabel", "GPSTrackMaker", "GPX", "GTFS", "GeoRSS", "Geoconcept",
    "HANA", "HTTP", "IDB", "INTERLIS 1", "INTERLIS 2", "Idrisi", "Ingres", "JML", "JP2ECW", "JP2KAK", "JP2MrSID",
    "JP2OpenJPEG", "JSONFG", "KML", "LIBKML", "LIBOPENCAD", "LVBAG", "MBTiles", "MSSQLSpatial", "MVT",
    "MapInfo File", "MapML", "MiraMonVector", "MongoDBv3", "MySQL", "NAS", "NGW", "NWT_GRC", "NWT_GRD", "OAPIF",
    "OCI", "ODBC", "ODS", "OGCAPI", "OGDI", "OGR_GMT", "OGR_PDS", "OGR_VRT", "OSM", "PCIDSK", "PDF", "PDS4", "PGDUMP",
    "PGeo", "PLSCENES", "PMTiles", "Parquet", "PostgreSQL", "REC", "S57", "SDE", "SEGUKOOA", "SEGY", "SOSI", "SQLite",
    "SUA", "SVG", "SXF", "Selafin", "TIGER", "TopoJSON", "UK .NTF", "VDV", "VFK", "VICAR", "VRT", "WAsP", "WFS", "WFS3",
    "Walk", "XLS", "XLSX", "XPlane", "netCDF", "TileDB", "Zarr", "BAG",
)  # fmt: skip
_KINDS = {"OFTString": "text", "OFTInteger": "integer", "OFTInteger64": "integer", "OFTReal": "real"}


def environment(folder: str, more: tuple[str, ...] = ()) -> dict[str, str]:
    """Return all that the process may know of its surroundings; `more` names further drivers to leave out."""
    skipped = ",".join((*_SKIPPED, *more))
    return {
        "LC_ALL": "C.UTF-8", "HOME": folder, "TMPDIR": folder, "PATH": "/usr/bin:/bin",
        "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2",
        "ARROW_DEFAULT_MEMORY_POOL": "system", "ARROW_IO_THREADS": "1",
        "GDAL_SKIP": skipped, "GDAL_DRIVER_PATH": "disable", "GDAL_NUM_THREADS": "1",
        "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": "{none}", "PROJ_NETWORK": "OFF", "OGR_SQLITE_LOAD_EXTENSIONS": "NO",
        "GDAL_PAM_ENABLED": "NO",
    }  # fmt: skip


class _Without:
    """Hides libraries that pyogrio and Arrow read only because they are there: it starts in a third of the time."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name in ("geopandas", "pandas", "shapely", "pyproj"):
            raise ModuleNotFoundError(name)


def main(job_path: str) -> None:
    """Do the job: `describe` writes answer.json, `read` also table_<n>.arrow for each table that is wanted."""
    folder = Path(job_path).parent
    job = json.loads(Path(job_path).read_text(encoding="utf-8"))
    shut_in(job["limits"], folder, [Path(path) for data_set in job["data_sets"] for path in data_set["files"]])
    if job["task"] == "read":
        # With it here, the rest stays hidden from libraries that would only read it because it is there.
        import shapely  # noqa: F401
    sys.meta_path.insert(0, _Without())
    try:
        try:
            if any(data_set["driver"] != "Parquet" for data_set in job["data_sets"]):
                _start_gdal(job_path, job["data_sets"][0]["sent"])
            answer = {"layers": _describe(job, folder)} if job["task"] == "describe" else _read(job, folder)
        except MemoryError as error:
            limit = job["limits"]["data"] // 1024**2
            raise BoundaryError("reader_out_of_memory", path=_current(job, folder), limit_mb=limit) from error
    except BoundaryError as error:
        answer = {"code": error.code, "details": error.details}
    (folder / "answer.json").write_text(json.dumps(answer), encoding="utf-8")


def _current(job: dict, folder: Path) -> str:
    noted = folder / "at"
    return job["data_sets"][int(noted.read_text()) if noted.exists() else 0]["sent"]


def _start_gdal(job_path: str, sent: str) -> None:
    import pyogrio

    more = tuple(sorted(set(pyogrio.list_drivers()) - ALLOWED))
    if more:
        if "--again" in sys.argv:
            raise BoundaryError("reader_crashed", path=sent, reason=", ".join(more))
        # The list was older than this GDAL: start once more with the rest of its drivers left out as well.
        os.execve(sys.executable, [*sys.orig_argv, "--again"], environment(str(Path(job_path).parent), more))


def _describe(job: dict, folder: Path) -> list[dict]:
    layers = []
    for index, data_set in enumerate(job["data_sets"]):
        (folder / "at").write_text(str(index))
        with _Failures(data_set):
            if data_set["driver"] == "Parquet":
                from boundaries.intake.geoparquet import describe_parquet

                found = describe_parquet(data_set)
            else:
                _set_index_making(data_set)
                found = _describe_by_gdal(data_set)
        layers += [{"data_set": index, **layer} for layer in found]
    return layers


def _describe_by_gdal(data_set: dict) -> list[dict]:
    import pyogrio

    if data_set["driver"] == "GPKG":
        check_geopackage(Path(data_set["path"]), data_set["sent"])
    layers = []
    listed = pyogrio.list_layers(data_set["path"])
    check_layer_count(len(listed), data_set["sent"])
    for name, geometry_type in listed:
        if geometry_type is None:
            layers.append({"name": str(name), "fields": {}, "geometry_type": None, "count": 0, "crs_wkt": None,
                           "bounds": None})  # fmt: skip
            continue
        options = _options(data_set)
        info = pyogrio.read_info(data_set["path"], layer=str(name), force_feature_count=True, **options)
        if info["driver"].removesuffix("Seq") != data_set["driver"].removesuffix("Seq"):
            raise BoundaryError("file_disguised", path=data_set["sent"], expected=data_set["driver"],
                                found=info["driver"])  # fmt: skip
        records = count_records(Path(data_set["path"])) if data_set["driver"] == "GeoJSONSeq" else info["features"]
        if records != info["features"]:
            # GDAL passes over a line that it cannot read; a desa would be missing and nobody told.
            raise BoundaryError("file_damaged", path=data_set["sent"], reason=f"{info['features']} / {records}")
        kinds = [_KINDS.get(kind, "other") for kind in info["ogr_types"]]
        bounds = info["total_bounds"]
        layers.append({
            "name": str(name), "fields": dict(zip(map(str, info["fields"]), kinds, strict=True)),
            "geometry_type": str(geometry_type), "count": int(info["features"]),
            "crs_wkt": info["crs"], "bounds": None if bounds is None else [float(edge) for edge in bounds],
        })  # fmt: skip
    return layers


def _set_index_making(data_set: dict) -> None:
    """Let GDAL make a .shx where there is none: with one, it would write over the sender's."""
    import pyogrio

    has_index = any(path.lower().endswith(".shx") for path in data_set["files"])
    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": not has_index})


def _options(data_set: dict) -> dict[str, str]:
    options = {}
    if data_set.get("encoding"):
        options["encoding"] = data_set["encoding"]
    if data_set["driver"] == "GeoJSON":
        # A code such as "2020/01/01" must not become a date.
        options["DATE_AS_STRING"] = "YES"
    return options


class _Failures:
    """Turns what GDAL and Arrow raise into a refusal that names the file."""

    def __init__(self, data_set: dict) -> None:
        self.sent, self.path = data_set["sent"], data_set["path"]

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type | None, error: BaseException | None, trace: object) -> None:
        if error is None or isinstance(error, (BoundaryError, MemoryError)) or not isinstance(error, Exception):
            return
        text = str(error)
        if "emory" in text and ("alloc" in text or "Out of memory" in text or "out of memory" in text):
            raise MemoryError(text) from error
        if isinstance(error, OSError) and (f"Errno {errno.EFBIG}]" in text or error.errno == errno.EFBIG):
            raise BoundaryError("contents_too_large", path=self.sent) from error
        if isinstance(error, OSError) and (f"Errno {errno.ENOSPC}]" in text or error.errno == errno.ENOSPC):
            raise BoundaryError("reader_crashed", path=self.sent, reason=os.strerror(errno.ENOSPC)) from error
        if isinstance(error, UnicodeError) or "UTF8" in text or "UTF-8" in text:
            raise BoundaryError("text_not_readable", path=self.sent) from error
        # Its own sentence only: not the folder of this process, nor the advice on GDAL's options.
        reason = text.replace(f"'{self.path}' ", "").replace(self.path, self.sent).split(";")[0][:200]
        # GDAL names a place in its own source where it has no words.
        raise BoundaryError("file_damaged", path=self.sent, reason="GDAL" if "/" in reason else reason) from error


def _read(job: dict, folder: Path) -> dict:
    for number, wanted in enumerate(job["wanted"]):
        (folder / "at").write_text(str(wanted["data_set"]))
        data_set = job["data_sets"][wanted["data_set"]]
        target = str(folder / f"table_{number}.arrow")
        with _Failures(data_set):
            if data_set["driver"] == "Parquet":
                from boundaries.intake.geoparquet import copy_parquet

                copy_parquet(data_set, wanted, target)
            else:
                _set_index_making(data_set)
                _copy_layer(data_set, wanted, target)
    return {}


def _copy_layer(data_set: dict, wanted: dict, target: str) -> None:
    from pyogrio.raw import open_arrow

    from boundaries.intake.plain_tables import BATCH, write_plain

    arguments = {"layer": wanted["layer"], "columns": wanted["columns"], **_options(data_set)}
    with open_arrow(data_set["path"], use_pyarrow=True, batch_size=BATCH, **arguments) as (meta, reader):
        geometry = meta["geometry_name"] or "wkb_geometry"
        if geometry not in reader.schema.names:
            raise BoundaryError("no_geometry", path=data_set["sent"], layer=wanted["layer"])
        if write_plain(reader, wanted["columns"], geometry, target):
            return
    _copy_curves(data_set, wanted, target)


def _copy_curves(data_set: dict, wanted: dict, target: str) -> None:
    """Read a layer with arcs once more, row by row: that way GDAL gives them as short straight lines."""
    import pyarrow as pa
    from pyogrio.raw import read

    from boundaries.intake.plain_tables import BATCH, write_plain

    arguments = {"layer": wanted["layer"], "columns": wanted["columns"], **_options(data_set)}
    meta, _, shapes, values = read(data_set["path"], **arguments)
    names = [str(name) for name in meta["fields"]]
    arrays = [pa.array(column, from_pandas=True) for column in values]
    table = pa.table([*arrays, pa.array(shapes, type=pa.binary())], names=[*names, "geometry"])
    write_plain(table.to_batches(max_chunksize=BATCH), wanted["columns"], "geometry", target)
