"""What a GeoPackage may hold: layers of its own, and no table, view or trigger that reaches outside of it."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from boundaries.errors import BoundaryError
from boundaries.intake.stated_size import COUNT_LIMIT, check_count, check_layer_count

# Steps of SQLite's machine, about a second of them: a count of every desa takes a hundredth.
_MOST_STEPS = 30_000_000
_LETTER_LIMIT = 50_000_000
# A virtual table is code with an argument: an index of the file itself is the only one a map needs.
_MODULES = frozenset({"rtree", "rtree_i32", "geopoly", "fts3", "fts4", "fts5"})
_COMMENT = re.compile(r"/\*.*?(?:\*/|$)|--[^\n]*", re.DOTALL)
_REACHING_OUT = re.compile(
    r"\b(load_extension|readfile|writefile|fts3_tokenizer|attach|recursive|sqlite_dbpage|virtual\w+|fileio|fsdir"
    r"|zipfile|csv|ogr_\w+|gdal_\w+|(?:import|export|write|read|load)\w*blob\w*)\b",
    re.IGNORECASE,
)


def check_geopackage(path: Path, sent: str) -> None:
    """Look at the schema of a GeoPackage without running any of it.

    Raises BoundaryError `geopackage_unsafe`, `geopackage_without_layers`, `layers_too_many`,
    `contents_too_large`, `count_implausible` or `file_damaged`.
    """
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LETTER_LIMIT)
            held = connection.execute("SELECT type, name, rootpage, sql FROM sqlite_schema").fetchall()
            for kind, name, page, sql in held:
                _check_entry(str(kind), str(name), not page, _COMMENT.sub(" ", str(sql or "")), sent)
            tables = {str(name).lower() for kind, name, *_ in held if kind in ("table", "view")}
            if not {"gpkg_contents", "gpkg_geometry_columns"} <= tables:
                raise BoundaryError("geopackage_without_layers", path=sent)
            layers = connection.execute("SELECT count(*) FROM gpkg_geometry_columns").fetchone()[0]
            if not layers:
                raise BoundaryError("geopackage_without_layers", path=sent)
            check_layer_count(layers, sent)
            for name in {str(name) for kind, name, *_ in held if kind == "view"} & _layer_names(connection):
                _check_view(connection, name, path.stat().st_size, sent)
            if "gpkg_ogr_contents" in tables:
                stated = connection.execute("SELECT max(feature_count) FROM gpkg_ogr_contents").fetchone()[0]
                check_count(int(stated or 0), path.stat().st_size, sent)
        finally:
            connection.close()
    except (sqlite3.Error, ValueError) as error:
        raise BoundaryError("file_damaged", path=sent, reason=str(error)[:300]) from error


def _layer_names(connection: sqlite3.Connection) -> set[str]:
    return {str(name) for (name,) in connection.execute("SELECT table_name FROM gpkg_geometry_columns")}


def _check_view(connection: sqlite3.Connection, name: str, size: int, sent: str) -> None:
    """Refuse a view that is a layer of far more than the file holds: tables times each other, or letters made up."""
    quoted = '"' + name.replace('"', '""') + '"'
    most = min(size, COUNT_LIMIT)
    connection.set_progress_handler(lambda: 1, _MOST_STEPS)
    try:
        rows = connection.execute(f"SELECT count(*) FROM (SELECT 1 FROM {quoted} LIMIT {most + 1})").fetchone()[0]
        for row in connection.execute(f"SELECT * FROM {quoted} LIMIT 10"):
            if sum(len(value) for value in row if isinstance(value, (str, bytes))) > size:
                rows = most + 1
    except (sqlite3.OperationalError, sqlite3.DataError, MemoryError) as error:
        text = str(error)
        if "interrupted" in text or "too big" in text or isinstance(error, MemoryError):
            rows = most + 1
        else:
            raise
    finally:
        connection.set_progress_handler(None, 0)
    if rows > most:
        raise BoundaryError("contents_too_large", path=f"{sent} ({name})")


def _check_entry(kind: str, name: str, is_without_page: bool, sql: str, sent: str) -> None:
    module = re.match(r"\s*create\s+virtual\s+table\b.*?\busing\s+[\"'`\[]?(\w+)", sql, re.IGNORECASE | re.DOTALL)
    if module:
        is_safe = module[1].lower() in _MODULES
    elif kind in ("view", "trigger"):
        is_safe = not _REACHING_OUT.search(sql)
    else:
        # A table without a page of its own is a virtual one, however it is written.
        is_safe = kind != "table" or not is_without_page
    if not is_safe:
        raise BoundaryError("geopackage_unsafe", path=sent, member=name)
