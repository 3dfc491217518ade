"""GeoParquet: what a file says of its geometry, and its columns copied, by Arrow alone."""

import json
import re

import pyarrow as pa
from pyarrow import parquet

from boundaries.errors import BoundaryError
from boundaries.intake.plain_tables import BATCH, write_plain

# An authority and a code, or WKT: a PROJ string or an address can name files.
_NAME_OF_CRS = re.compile(r"[A-Za-z]\w*:\w+$|(?:GEOG|PROJ|GEOD|BOUND|COMPOUND|VERT)[A-Z]*\s*[\[(]")


def describe_parquet(data_set: dict) -> list[dict]:
    """Return the one layer of a file as LayerInfo's fields.

    A file without `geo` metadata is taken by the name of its column and states no CRS; with it, a CRS that is left out
    is OGC:CRS84 and one that is null is not known (GeoParquet 1.1). A file without a geometry is a plain table. Raises
    BoundaryError `geometry_encoding`.
    """
    with parquet.ParquetFile(data_set["path"], page_checksum_verification=True) as file:
        geometry, about = _parquet_geometry(file.schema_arrow, data_set)
        if geometry is None:
            return [{"name": data_set["stem"], "fields": {}, "geometry_type": None, "count": file.metadata.num_rows,
                     "crs_wkt": None, "bounds": None}]  # fmt: skip
        fields = {}
        for field in file.schema_arrow:
            kind = field.type.value_type if pa.types.is_dictionary(field.type) else field.type
            if field.name == geometry:
                continue
            if pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_string_view(kind):
                fields[field.name] = "text"
            elif pa.types.is_integer(kind) or pa.types.is_boolean(kind):
                fields[field.name] = "integer"
            else:
                is_real = pa.types.is_floating(kind) or pa.types.is_decimal(kind)
                fields[field.name] = "real" if is_real else "other"
        crs = about.get("crs", "OGC:CRS84") if about else None
        if isinstance(crs, str) and not _NAME_OF_CRS.match(crs):
            raise BoundaryError("file_damaged", path=data_set["sent"], reason="geo: crs")
        if crs is not None and not isinstance(crs, (str, dict)):
            raise BoundaryError("file_damaged", path=data_set["sent"], reason="geo: crs")
        bounds = about.get("bbox")
        if isinstance(bounds, list) and len(bounds) == 6:
            bounds = [bounds[0], bounds[1], bounds[3], bounds[4]]
        is_box = isinstance(bounds, list) and [isinstance(edge, (int, float)) for edge in bounds] == [True] * 4
        types = about.get("geometry_types") or ["Unknown"]
        if not isinstance(types, list):
            raise ValueError("geo: geometry_types")
        return [{
            "name": data_set["stem"], "fields": fields, "geometry_type": "/".join(sorted(map(str, types))),
            "count": file.metadata.num_rows, "crs_wkt": json.dumps(crs) if isinstance(crs, dict) else crs,
            "bounds": bounds if is_box else None,
        }]  # fmt: skip


def _parquet_geometry(schema: pa.Schema, data_set: dict) -> tuple[str | None, dict]:
    """Return the geometry column, if any, and what the `geo` metadata says of it (GeoParquet 1.1)."""
    try:
        about = json.loads((schema.metadata or {}).get(b"geo", b"{}"))
        name = about.get("primary_column", "geometry")
        column = about.get("columns", {}).get(name, {})
        column.keys()
    except (AttributeError, TypeError, ValueError, RecursionError) as error:
        raise BoundaryError("file_damaged", path=data_set["sent"], reason="geo") from error
    if name not in schema.names:
        binary = [field.name for field in schema if field.name.lower() in ("geometry", "geom", "wkb", "wkb_geometry")]
        if not binary:
            return None, {}
        name = binary[0]
    kind = schema.field(name).type
    kind = getattr(kind, "storage_type", kind)
    kind = kind.value_type if pa.types.is_dictionary(kind) else kind
    is_wkb = pa.types.is_binary(kind) or pa.types.is_large_binary(kind)
    if str(column.get("encoding", "WKB")).upper() != "WKB" or not is_wkb:
        raise BoundaryError("geometry_encoding", path=data_set["sent"], encoding=str(column.get("encoding", kind)))
    return name, column


def copy_parquet(data_set: dict, wanted: dict, target: str) -> None:
    """Copy the wanted columns into the Arrow file `target`; raise BoundaryError `no_geometry`, `geometry_encoding`."""
    with parquet.ParquetFile(data_set["path"], page_checksum_verification=True) as file:
        geometry, _ = _parquet_geometry(file.schema_arrow, data_set)
        if geometry is None:
            raise BoundaryError("no_geometry", path=data_set["sent"], layer=data_set["stem"])
        names = [*wanted["columns"], geometry]
        batches = file.iter_batches(batch_size=BATCH, columns=names, use_threads=False)
        if not write_plain(batches, wanted["columns"], geometry, target):
            raise BoundaryError("geometry_encoding", path=data_set["sent"], encoding="CurvePolygon")
