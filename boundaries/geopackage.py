"""What a GeoPackage may hold: layers of its own, and no table, view or trigger that reaches outside of it."""

import re
import sqlite3
from pathlib import Path
from urllib.parse import quote

from boundaries.errors import BoundaryError
from boundaries.stated_size import check_count

# A virtual table is code with an argument: an index of the file itself is the only one a map needs.
_MODULES = frozenset({"rtree", "rtree_i32", "geopoly", "fts3", "fts4", "fts5"})
_REACHING_OUT = re.compile(
    r"\b(load_extension|readfile|writefile|fts3_tokenizer|attach|recursive|sqlite_dbpage|virtual\w+|fileio|fsdir"
    r"|zipfile|csv|ogr_\w+|gdal_\w+|(?:import|export|write|read|load)\w*blob\w*)\b",
    re.IGNORECASE,
)


def check_geopackage(path: Path, sent: str) -> None:
    """Look at the schema of a GeoPackage without running any of it.

    Raises BoundaryError `geopackage_unsafe`, `geopackage_without_layers`, `count_implausible` or `file_damaged`.
    """
    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 50_000_000)
            held = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
            for kind, name, sql in held:
                _check_entry(str(kind), str(name), str(sql or ""), sent)
            tables = {str(name).lower() for kind, name, _ in held if kind in ("table", "view")}
            if not {"gpkg_contents", "gpkg_geometry_columns"} <= tables:
                raise BoundaryError("geopackage_without_layers", path=sent)
            layers = connection.execute("SELECT count(*) FROM gpkg_geometry_columns").fetchone()[0]
            if not layers:
                raise BoundaryError("geopackage_without_layers", path=sent)
            if "gpkg_ogr_contents" in tables:
                stated = connection.execute("SELECT max(feature_count) FROM gpkg_ogr_contents").fetchone()[0]
                check_count(int(stated or 0), path.stat().st_size, sent)
        finally:
            connection.close()
    except (sqlite3.Error, ValueError) as error:
        raise BoundaryError("file_damaged", path=sent, reason=str(error)[:300]) from error


def _check_entry(kind: str, name: str, sql: str, sent: str) -> None:
    module = re.match(r"\s*create\s+virtual\s+table\b.*?\busing\s+[\"'`\[]?(\w+)", sql, re.IGNORECASE | re.DOTALL)
    if module:
        is_safe = module[1].lower() in _MODULES
    elif kind in ("view", "trigger"):
        is_safe = not _REACHING_OUT.search(sql)
    else:
        is_safe = True
    if not is_safe:
        raise BoundaryError("geopackage_unsafe", path=sent, member=name)
