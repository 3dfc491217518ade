"""What a file states of its own size, held against the bytes that are there."""

import os
import struct
from pathlib import Path

from boundaries.errors import BoundaryError

# The country has 84,000 desa; a file with many times that is not one of wilayah.
COUNT_LIMIT = 5_000_000
# All themes of a topographic map together are a few hundred.
LAYER_LIMIT = 1_000
_PART = 1024**2
# A polygon of four points with a name and a code takes more than this in a FlatGeobuf.
_LEAST_FEATURE = 100
# With the mark that may begin a record (RFC 8142) and the null bytes that some programs end a text with.
BLANK = b"\x1e \t\r\n\0"


def check_count(count: int, size: int, sent: str) -> None:
    """Raise BoundaryError `count_implausible` for fewer than none, or more than the bytes could hold or any map has."""
    if not 0 <= count <= min(size, COUNT_LIMIT):
        raise BoundaryError("count_implausible", path=sent, count=count)


def check_layer_count(count: int, sent: str) -> None:
    """Raise BoundaryError `layers_too_many`: each is opened by itself, and a file of thousands would take minutes."""
    if count > LAYER_LIMIT:
        raise BoundaryError("layers_too_many", path=sent, count=count, limit=LAYER_LIMIT)


def is_cut(path: Path, driver: str, head: bytes, tail: bytes, size: int, sent: str) -> bool:
    """Tell whether a file ends before its content does, by its first 64 kB and its last 64 bytes or by walking it.

    Raises BoundaryError `count_implausible`.
    """
    if driver == "GPKG":
        return size < 100 or _sqlite_size(head) > size
    if driver == "ESRI Shapefile":
        return size < 100 or 2 * struct.unpack_from(">I", head, 24)[0] > size
    if driver == "Parquet":
        return size < 12 or not tail.endswith(b"PAR1") or struct.unpack("<I", tail[-8:-4])[0] + 12 > size
    if driver == "FlatGeobuf":
        return _is_cut_flatgeobuf(path, size, sent)
    return not tail.rstrip(BLANK).endswith(b"}") or (driver == "GeoJSONSeq" and has_open_end(path, driver))


def has_open_end(path: Path, driver: str) -> bool:
    """Tell whether a JSON file, or the last line of one with an object each line, opens more braces than it closes."""
    still_open = 0
    with path.open("rb") as stream:
        is_new = True
        # A whole file can be one line.
        while part := stream.readline(_PART):
            if part.strip(BLANK):
                before = 0 if is_new and driver == "GeoJSONSeq" else still_open
                still_open = before + part.count(b"{") - part.count(b"}")
                is_new = False
            is_new = is_new or part.endswith(b"\n")
    return still_open > 0


def count_records(path: Path) -> int:
    """Return how many records a file of one GeoJSON feature each line holds: its marks (RFC 8142), else its lines."""
    count = 0
    with path.open("rb") as stream:
        is_marked = stream.read(1) == b"\x1e"
        stream.seek(0)
        is_told = False
        while part := stream.readline(_PART):
            if is_marked:
                count += part.count(b"\x1e")
                continue
            if not is_told and part.strip(BLANK):
                count += 1
                is_told = True
            if part.endswith(b"\n"):
                is_told = False
    return count


def is_cut_part(path: Path, suffix: str, size: int, sent: str) -> bool:
    """Tell the same of a part of a shapefile; raise BoundaryError `count_implausible`."""
    with path.open("rb") as stream:
        head = stream.read(32)
    if suffix == ".shx":
        return size < 100 or 2 * struct.unpack_from(">I", head, 24)[0] > size
    if suffix == ".dbf":
        if size < 32:
            return True
        count, header, record = struct.unpack_from("<IHH", head, 4)
        check_count(count, size, sent)
        return header + count * record > size
    return False


def record_counts(index: Path, table: Path) -> tuple[int, int]:
    """Return how many shapes the index of a shapefile (.shx) has and how many rows its table (.dbf)."""
    with index.open("rb") as stream:
        (words,) = struct.unpack_from(">I", stream.read(32), 24)
    with table.open("rb") as stream:
        (rows,) = struct.unpack_from("<I", stream.read(8), 4)
    return (2 * words - 100) // 8, rows


def is_cut_geodatabase_part(path: Path, suffix: str, size: int) -> bool:
    """Tell the same of a part of a .gdb folder: its tables state their size, and their indexes the number of blocks."""
    with path.open("rb") as stream:
        head = stream.read(40)
    if suffix == ".gdbtable":
        return len(head) < 40 or max(struct.unpack_from("<QQ", head, 24)) > size
    if suffix == ".gdbtablx":
        if len(head) < 16:
            return True
        version, blocks, _, width = struct.unpack_from("<4I", head)
        # Of 1,024 places each; GDAL takes an index that was cut for one of no rows. A fourth version is laid out anew.
        return version == 3 and 16 + 1_024 * blocks * width > size
    return False


def _sqlite_size(head: bytes) -> int:
    (page,) = struct.unpack_from(">H", head, 16)
    counter, pages = struct.unpack_from(">II", head, 24)
    (valid_for,) = struct.unpack_from(">I", head, 92)
    # The number of pages in the header counts only when the last writer kept it (SQLite file format, section 1.3.7).
    return (65_536 if page == 1 else page) * pages if counter == valid_for else 0


def _is_cut_flatgeobuf(path: Path, size: int, sent: str) -> bool:
    """Walk from feature to feature by their stated lengths (FlatGeobuf specification 3)."""
    with path.open("rb") as stream:
        start = stream.read(12)
        if len(start) < 12:
            return True
        header_size = struct.unpack_from("<I", start, 8)[0]
        header = stream.read(min(header_size, 1_000_000))
        if len(header) < min(header_size, 1_000_000) or len(header) < 8:
            return True
        count, node_size = _flatgeobuf_fields(header)
        check_count(count, size, sent)
        position = 12 + header_size + _index_size(count, node_size)
        seen = 0
        while position + 4 <= size:
            length = struct.unpack("<I", os.pread(stream.fileno(), 4, position))[0]
            position += 4 + length
            seen += 1
            if seen % 100_000 == 0 and position < seen * _LEAST_FEATURE:
                raise BoundaryError("count_implausible", path=sent, count=seen)
    # A writer that streamed leaves the count at 0.
    return position != size or (count > 0 and seen < count)


def _flatgeobuf_fields(header: bytes) -> tuple[int, int]:
    """Return the number of features and the size of an index node from the header's table."""
    try:
        table = struct.unpack_from("<I", header, 0)[0]
        vtable = table - struct.unpack_from("<i", header, table)[0]
        length = struct.unpack_from("<H", header, vtable)[0]

        def slot(number: int) -> int:
            place = 4 + 2 * number
            return struct.unpack_from("<H", header, vtable + place)[0] if place + 2 <= length else 0

        count = struct.unpack_from("<Q", header, table + slot(8))[0] if slot(8) else 0
        node_size = struct.unpack_from("<H", header, table + slot(9))[0] if slot(9) else 16
    except struct.error:
        return 0, 0
    return count, node_size


def _index_size(count: int, node_size: int) -> int:
    if count == 0 or node_size < 2:
        return 0
    nodes, level = count, 0
    while level != 1:
        level = -(-(level or count) // node_size)
        nodes += level
    return 40 * nodes
