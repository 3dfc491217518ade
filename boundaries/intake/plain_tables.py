"""Arrow batches of any types, written to a file as text, 64-bit numbers and WKB."""

import threading
from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa

# Few rows at once: one kabupaten at full resolution can be several megabytes.
BATCH = 256
_SMALL_STACK = 512 * 1024
# Curve, surface of curves and their collections, and circular strings: OGC 06-103r4, table 7, without Z and M.
_CURVES = (8, 9, 10, 11, 12, 13, 14)


def write_plain(batches: Iterable[pa.RecordBatch], columns: Sequence[str], geometry: str, target: str) -> bool:
    """Write the batches with plain types as an Arrow file and return True, or stop at the first arc and return False.

    The file has `columns`, then `geometry`. Raises pyarrow.ArrowInvalid for text that is not UTF-8.
    """
    writer = None
    schema = None
    try:
        for batch in batches:
            if not batch.num_rows:
                continue
            arrays = [_plain(batch.column(name)) for name in columns]
            shapes = batch.column(geometry)
            shapes = shapes.storage if isinstance(shapes, pa.ExtensionArray) else shapes
            shapes = shapes.dictionary_decode() if pa.types.is_dictionary(shapes.type) else shapes
            shapes = shapes.cast(pa.binary())
            _parse(shapes)
            if _has_curves(shapes):
                return False
            if writer is None:
                names = [*columns, "geometry"]
                schema = pa.schema(list(zip(names, [*(array.type for array in arrays), pa.binary()], strict=True)))
                writer = pa.ipc.new_file(target, schema)
            plain = pa.record_batch([*arrays, shapes], schema=schema)
            plain.validate(full=True)
            writer.write_batch(plain)
        if writer is None:
            schema = pa.schema([*((name, pa.string()) for name in columns), ("geometry", pa.binary())])
            writer = pa.ipc.new_file(target, schema)
    finally:
        if writer is not None:
            writer.close()
    return True


def _parse(shapes: pa.Array) -> None:
    """Parse the WKB once where nothing can be lost: shapes nested a thousandfold end the process that reads them.

    What is only malformed is left to the one that asked; what breaks off in a small stack never reaches it.
    """
    import shapely

    before = threading.stack_size(_SMALL_STACK)
    try:
        values = shapes.to_numpy(zero_copy_only=False)
        parser = threading.Thread(target=shapely.from_wkb, args=(values,), kwargs={"on_invalid": "ignore"})
        parser.start()
        parser.join()
    finally:
        threading.stack_size(before)


def _plain(array: pa.Array) -> pa.Array:
    """Return a column as text, 64-bit integers or 64-bit floats."""
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _plain(array.dictionary_decode())
    if pa.types.is_integer(kind) or pa.types.is_boolean(kind):
        return array.cast(pa.int64())
    if pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return array.cast(pa.float64())
    if pa.types.is_nested(kind) or pa.types.is_binary(kind):
        return pa.array([None if value is None else str(value) for value in array.to_pylist()], type=pa.string())
    return array.cast(pa.string())


def _has_curves(shapes: pa.Array) -> bool:
    """Tell whether any WKB is of a type with arcs, by its first five bytes (OGC 06-103r4, section 8.2)."""
    if not len(shapes) - shapes.null_count:
        return False
    starts = np.frombuffer(shapes.buffers()[1], dtype="<i4")[shapes.offset : shapes.offset + len(shapes) + 1]
    starts = starts[:-1][np.diff(starts) >= 5]
    content = np.frombuffer(shapes.buffers()[2], dtype=np.uint8)
    is_little = content[starts] == 1
    heads = np.stack([content[starts + byte] for byte in range(1, 5)], axis=1).astype(np.uint32)
    heads = np.where(is_little[:, None], heads[:, ::-1], heads)
    codes = (heads << np.array([24, 16, 8, 0], dtype=np.uint32)).sum(axis=1) & 0x1FFFFFFF
    return bool(np.isin(codes % 1000, _CURVES).any())
