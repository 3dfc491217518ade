"""What kind of map file something is, by its name and by its first and last bytes, with no map library read.

A file is looked at before GDAL sees it, so that one which is not what its name says, or which ends too early, is
refused at once and by name. The looking is for the message; what keeps a disguised file from being followed is the
list of drivers of the reading process.
"""

import os
import re
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from boundaries.errors import BoundaryError
from boundaries.intake.stated_size import BLANK, is_cut, is_cut_geodatabase_part, is_cut_part, record_counts

DRIVERS = {
    ".gpkg": "GPKG",
    ".geojson": "GeoJSON",
    ".json": "GeoJSON",
    ".geojsonl": "GeoJSONSeq",
    ".geojsons": "GeoJSONSeq",
    ".ndjson": "GeoJSONSeq",
    ".fgb": "FlatGeobuf",
    ".shp": "ESRI Shapefile",
    ".gdb": "OpenFileGDB",
    ".parquet": "Parquet",
    ".geoparquet": "Parquet",
}
SHAPEFILE_PARTS = (".shx", ".dbf", ".prj", ".cpg")
# What lies beside a shapefile and is of no use here: indexes, styles, descriptions.
SHAPEFILE_COMPANY = (".sbn", ".sbx", ".qix", ".qpj", ".qmd", ".xml", ".lock")
GEODATABASE_PARTS = (".gdbtable", ".gdbtablx", ".gdbindexes", ".atx", ".spx", ".freelist", ".horizon")
_GEODATABASE_MARKS = ("gdb", "timestamps")
KNOWN = ", ".join((*DRIVERS, ".zip"))
# Formats that people have, each named so that the message can say what to save it as. XML can hold bombs and
# addresses, a spreadsheet or a style is no map, and a VRT or a project file only points somewhere else.
REFUSED = {
    ".kml": "KML", ".kmz": "KMZ", ".gml": "GML", ".gpx": "GPX", ".xml": "XML", ".vrt": "VRT", ".osm": "OSM",
    ".xlsx": "XLSX", ".xls": "XLS", ".ods": "ODS", ".csv": "CSV", ".pdf": "PDF", ".dxf": "DXF", ".dwg": "DWG",
    ".mif": "MapInfo", ".tab": "MapInfo", ".mdb": "MDB", ".sqlite": "SQLite", ".db": "SQLite", ".pbf": "PBF",
    ".topojson": "TopoJSON", ".rar": "RAR", ".7z": "7Z", ".tar": "TAR", ".gz": "GZIP", ".tgz": "TAR", ".bz2": "BZIP2",
    ".mxd": "MXD", ".qgs": "QGIS", ".qgz": "QGIS", ".lyr": "LYR", ".lyrx": "LYR", ".gdalg": "GDALG",
}  # fmt: skip
_HEAD = 65_536
_LINE_LIMIT = 64 * 1024**2
_MAGIC = (
    (b"SQLite format 3\0", "SQLite"), (b"PK\3\4", "ZIP"), (b"PK\5\6", "ZIP"), (b"\x1f\x8b", "GZIP"), (b"%PDF", "PDF"),
    (b"PAR1", "Parquet"), (b"PARE", "Parquet (sandi)"), (b"fgb\x03fgb", "FlatGeobuf"), (b"\0\0\x27\x0a", "Shapefile"),
    (b"Rar!", "RAR"), (b"7z\xbc\xaf", "7Z"), (b"\xd0\xcf\x11\xe0", "Office"), (b"\x7fELF", "program"),
)  # fmt: skip
_LABELS = {"GPKG": "GeoPackage", "ESRI Shapefile": "Shapefile", "Parquet": "GeoParquet"}


@dataclass(frozen=True)
class DataSet:
    """A file or .gdb folder whose content was looked at; `sent` is what to call it in a message."""

    path: Path
    driver: str
    sent: str


def suffix_of(name: str | Path) -> str:
    """Return the suffix in small letters, the way DRIVERS and REFUSED write it."""
    return Path(name).suffix.lower()


def look_at(path: Path, sent: str) -> DataSet:
    """Return what lies at `path`.

    Raises BoundaryError `file_missing`, `file_not_regular`, `file_empty`, `format_refused`, `file_not_spatial`,
    `file_disguised`, `file_truncated`, `count_implausible` or `geopackage_in_use`.
    """
    suffix = suffix_of(path)
    if DRIVERS.get(suffix) == "OpenFileGDB":
        _look_into_geodatabase(path, sent)
        return DataSet(path.resolve(), DRIVERS[suffix], sent)
    size = regular_size(path, sent)
    if suffix not in DRIVERS:
        raise unknown_format(path, sent)
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        stream.seek(max(size - 64, 0))
        tail = stream.read(64)
    check_content(suffix, head, sent)
    driver = DRIVERS[suffix] if not DRIVERS[suffix].startswith("GeoJSON") else _json_driver(path)
    if driver == "GPKG" and _has_unmerged_edits(path):
        raise BoundaryError("geopackage_in_use", path=sent)
    if is_cut(path, driver, head, tail, size, sent):
        raise BoundaryError("file_truncated", path=sent)
    if driver == "ESRI Shapefile":
        for part_suffix, part in shapefile_parts(path).items():
            part_sent = f"{sent} ({part.name})"
            if is_cut_part(part, part_suffix, regular_size(part, part_sent), part_sent):
                raise BoundaryError("file_truncated", path=part_sent)
        _check_rows(shapefile_parts(path), sent)
    return DataSet(path.resolve(), driver, sent)


def _check_rows(parts: Mapping[str, Path], sent: str) -> None:
    # Shapes without a row would come out without a code and without a word.
    if ".shx" in parts and ".dbf" in parts:
        shapes, rows = record_counts(parts[".shx"], parts[".dbf"])
        if shapes != rows:
            raise BoundaryError("file_damaged", path=sent, reason=f".shx {shapes}, .dbf {rows}")


def _has_unmerged_edits(path: Path) -> bool:
    """Tell whether a program that holds the file open has edits beside it which are not in it yet."""
    beside = path.resolve().with_name(f"{path.resolve().name}-wal")
    return beside.is_file() and beside.stat().st_size > 0


def unknown_format(path: Path, sent: str) -> BoundaryError:
    """Return the refusal of a file by its name: a format that is known and not read, or none that is known."""
    suffix = suffix_of(path)
    if suffix in REFUSED:
        return BoundaryError("format_refused", path=sent, format=REFUSED[suffix], known=KNOWN)
    return BoundaryError("file_not_spatial", path=sent, known=KNOWN)


def regular_size(path: Path, sent: str) -> int:
    """Return the size of an ordinary file; a pipe or a device would be waited for without end."""
    try:
        status = path.stat()
    except OSError as error:
        raise BoundaryError("file_missing", path=sent) from error
    if not stat.S_ISREG(status.st_mode):
        raise BoundaryError("file_not_regular", path=sent)
    if not os.access(path, os.R_OK):
        raise BoundaryError("file_missing", path=sent)
    return status.st_size


def shapefile_parts(path: Path) -> dict[str, Path]:
    """Return the parts that belong to a .shp, by suffix, whatever the case of their names."""
    found: dict[str, Path] = {}
    for part in sorted(path.parent.iterdir()):
        suffix = suffix_of(part)
        is_exact = part.stem == path.stem
        if suffix in SHAPEFILE_PARTS and (is_exact or (part.stem.lower() == path.stem.lower() and suffix not in found)):
            found[suffix] = part
    return found


def is_geodatabase_part(name: str) -> bool:
    """Tell whether a file of this name belongs into a .gdb folder."""
    return suffix_of(name) in GEODATABASE_PARTS or name in _GEODATABASE_MARKS


def check_content(suffix: str, head: bytes, sent: str) -> None:
    """Raise BoundaryError when the first bytes of a file are not of the format that its suffix names."""
    expected = DRIVERS[suffix]
    if not head:
        raise BoundaryError("file_empty", path=sent)
    found = name_content(head)
    magic = {"GPKG": "SQLite", "ESRI Shapefile": "Shapefile", "FlatGeobuf": "FlatGeobuf", "Parquet": "Parquet"}
    if expected in magic:
        is_right = found == magic[expected]
    else:
        is_right = found == "JSON"
    if not is_right:
        if found is None:
            raise BoundaryError("file_not_spatial", path=sent, known=KNOWN)
        raise BoundaryError("file_disguised", path=sent, expected=_LABELS.get(expected, expected), found=found)
    if expected not in magic:
        _check_json(head, sent)


def name_content(head: bytes) -> str | None:
    """Return the name of a format by the first bytes of a file, None for one that is not known."""
    for magic, name in _MAGIC:
        if head.startswith(magic):
            return name
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip(BLANK)
    if text.startswith(b"{"):
        return "JSON"
    if text.startswith(b"<"):
        start = text[:2_000].lower()
        named = ((b"<ogrvrt", "VRT"), (b"<vrtdataset", "VRT"), (b"<kml", "KML"), (b"<html", "HTML"), (b"<gml", "GML"))
        return next((name for mark, name in named if mark in start), "XML")
    return None


def _check_json(head: bytes, sent: str) -> None:
    types = set(re.findall(rb'"type"\s*:\s*"([^"]*)"', head))
    if types & {b"FeatureCollection", b"Feature"}:
        return
    if b"Topology" in types:
        raise BoundaryError("format_refused", path=sent, format="TopoJSON", known=KNOWN)
    if b'"esriGeometry' in head:
        raise BoundaryError("format_refused", path=sent, format="Esri JSON", known=KNOWN)
    raise BoundaryError("file_disguised", path=sent, expected="GeoJSON", found="JSON")


def _json_driver(path: Path) -> str:
    """Tell a collection from one feature each line: there the first line closes what it opens and is not the last."""
    with path.open("rb") as stream:
        first = stream.readline(_LINE_LIMIT)
        while first and not first.strip(BLANK):
            first = stream.readline(_LINE_LIMIT)
        has_more = bool(stream.read(64).strip(BLANK))
    is_one_per_line = has_more and first.count(b"{") == first.count(b"}") > 0
    return "GeoJSONSeq" if is_one_per_line or first.startswith(b"\x1e") else "GeoJSON"


def _look_into_geodatabase(path: Path, sent: str) -> None:
    if not path.is_dir():
        raise BoundaryError("file_not_spatial", path=sent, known=KNOWN)
    tables = 0
    for part in geodatabase_parts(path):
        part_sent = f"{sent}: {part.name}"
        size = regular_size(part, part_sent)
        if suffix_of(part) == ".gdbtable":
            tables += 1
        if is_cut_geodatabase_part(part, suffix_of(part), size):
            raise BoundaryError("file_truncated", path=part_sent)
    if tables == 0:
        raise BoundaryError("file_not_spatial", path=sent, known=KNOWN)


def geodatabase_parts(path: Path) -> Iterator[Path]:
    """Give the files of a .gdb folder that are its own."""
    return (part for part in sorted(path.iterdir()) if is_geodatabase_part(part.name))
