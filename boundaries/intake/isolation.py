"""Reading map files in a process of its own, which holds no credentials and has limits of memory and time."""

import codecs
import json
import re
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from boundaries.errors import BoundaryError
from boundaries.intake.formats import DataSet, geodatabase_parts, shapefile_parts
from boundaries.intake.gdal_process import environment
from boundaries.intake.stated_size import COUNT_LIMIT, check_count, has_open_end

if TYPE_CHECKING:
    import pyarrow as pa

# -I leaves the working folder and the environment out of the search for modules, so the way to this package is given.
_START = (
    "import sys; sys.path.insert(0, sys.argv[1]); "
    "from boundaries.intake.gdal_process import main; main(sys.argv[2])"
)
_ROOT = Path(__file__).resolve().parents[2]
_MEGABYTE = 1024**2
# Of addresses, most of which the libraries take without using them.
_MEMORY = {"describe": 1024 * _MEGABYTE, "read": 3072 * _MEGABYTE}
# Of data: what the libraries hold before a file is opened and what a small one may take, then by the bytes of it.
_LEAST_DATA = 224 * _MEGABYTE
_DATA_A_BYTE = {"describe": 12, "read": 30}
# What is read comes out plain: the tightest real files grow five times, and one made to fill the disk a thousand times.
_GROWTH_LIMIT = 30
_LEAST_OUTPUT = 256 * _MEGABYTE
_SECONDS = {"describe": 20, "read": 120}
# The slowest format, GeoJSON, was read at 20 MB a second and more.
_BYTES_A_SECOND = 2 * _MEGABYTE
_CODE_OF_SIGNAL = {signal.SIGXCPU: "reader_timeout", signal.SIGKILL: "reader_timeout"}
# A file that got the better of the process may not choose what is said of it.
_FORESEEN = frozenset({
    "file_damaged", "file_disguised", "geopackage_without_layers", "geopackage_unsafe", "count_implausible",
    "geometry_encoding", "no_geometry", "text_not_readable", "contents_too_large", "layers_too_many",
    "reader_crashed", "reader_out_of_memory",
})  # fmt: skip


@dataclass(frozen=True)
class LayerInfo:
    """A layer as its file states it; `fields` gives "text", "integer", "real" or "other" by name, as written.

    `geometry_type` is None for a plain table. `crs_wkt` is what pyproj.CRS.from_user_input takes: a WKT, a name such as
    "EPSG:4326", or PROJJSON; None when the file does not say. `bounds` are west, south, east, north in that CRS.
    """

    data_set: DataSet
    name: str
    fields: dict[str, str]
    geometry_type: str | None
    count: int
    crs_wkt: str | None
    bounds: tuple[float, float, float, float] | None


def describe(data_sets: Sequence[DataSet]) -> list[LayerInfo]:
    """Return the layers of files that `boundaries.intake.archive.opened` gave, in that order.

    Raises BoundaryError `file_damaged`, `file_truncated`, `file_disguised`, `geopackage_without_layers`,
    `geopackage_unsafe`, `layers_too_many`, `contents_too_large`, `count_implausible`, `geometry_encoding`,
    `text_not_readable`, `reader_crashed`, `reader_timeout` or `reader_out_of_memory`.
    """
    if not data_sets:
        return []
    with TemporaryDirectory(prefix="boundaries_read_") as folder:
        answer = _run("describe", list(data_sets), [], Path(folder))
    layers = []
    for layer in answer["layers"]:
        data_set = data_sets[layer.pop("data_set")]
        # Equal rows take no bytes in GeoParquet.
        size = _size(data_set) if data_set.driver != "Parquet" else COUNT_LIMIT
        check_count(layer["count"], size, f"{data_set.sent} ({layer['name']})")
        layers.append(LayerInfo(data_set, **{**layer, "bounds": tuple(layer["bounds"]) if layer["bounds"] else None}))
    return layers


def describe_maps(data_sets: Sequence[DataSet], sent: str) -> list[LayerInfo]:
    """Return the layers that have shapes; raise BoundaryError `no_geometry`, `layer_empty` and as `describe` does."""
    layers = describe(data_sets)
    maps = [layer for layer in layers if layer.geometry_type is not None]
    if not maps:
        raise BoundaryError("no_geometry", path=sent, layer=", ".join(layer.name for layer in layers) or "-")
    for layer in maps:
        if layer.count == 0:
            raise BoundaryError("layer_empty", path=layer.data_set.sent, layer=layer.name)
    return maps


def read_tables(wanted: Sequence[tuple[LayerInfo, Sequence[str]]]) -> list["pa.Table"]:
    """Return for each layer the named columns (string, int64 or double) and `geometry` (WKB), in the order of the file.

    Raises BoundaryError as `describe` does, `no_geometry` for a plain table, and `contents_too_large`.
    """
    import pyarrow as pa

    if not wanted:
        return []
    data_sets = list(dict.fromkeys(layer.data_set for layer, _ in wanted))
    jobs = [
        {"data_set": data_sets.index(layer.data_set), "layer": layer.name, "columns": list(columns)}
        for layer, columns in wanted
    ]
    with TemporaryDirectory(prefix="boundaries_read_") as folder:
        _run("read", data_sets, jobs, Path(folder))
        tables = []
        for number, (layer, _) in enumerate(wanted):
            try:
                # The mapping outlives the folder.
                table = pa.ipc.open_file(pa.memory_map(str(Path(folder) / f"table_{number}.arrow"))).read_all()
                table.validate(full=True)
            except (pa.ArrowException, OSError) as error:
                raise BoundaryError("reader_crashed", path=layer.data_set.sent, reason="Arrow") from error
            tables.append(table)
    return tables


def _run(task: str, data_sets: list[DataSet], wanted: list[dict], folder: Path) -> dict:
    size = sum(_size(data_set) for data_set in data_sets)
    seconds = _SECONDS[task] + size // _BYTES_A_SECOND
    data = min(_LEAST_DATA + _DATA_A_BYTE[task] * size, _MEMORY[task])
    limits = {"memory": _MEMORY[task], "data": data, "file_size": _LEAST_OUTPUT + _GROWTH_LIMIT * size,
              "seconds": seconds}  # fmt: skip
    described = [_link(data_set, folder / str(index)) for index, data_set in enumerate(data_sets)]
    job = folder / "job.json"
    job.write_text(json.dumps({"task": task, "data_sets": described, "wanted": wanted, "limits": limits}))
    with (folder / "stderr").open("wb") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-I", "-c", _START, str(_ROOT), str(job)], env=environment(str(folder)), cwd=folder,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=stderr, start_new_session=True,
        )  # fmt: skip
        try:
            # Processor time is what is limited; a machine with much else to do may take several times as long.
            process.wait(timeout=60 + 4 * seconds)
        except subprocess.TimeoutExpired as error:
            raise BoundaryError("reader_timeout", path=_at(data_sets, folder), seconds=seconds) from error
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    answer = None
    with suppress(OSError, ValueError):
        answer = json.loads((folder / "answer.json").read_text(encoding="utf-8"))
    if process.returncode != 0 or not isinstance(answer, dict):
        raise _failure(process.returncode, _at(data_sets, folder), folder, limits)
    if "code" in answer:
        raise _explained(answer, data_sets, folder)
    return answer


def _explained(answer: dict, data_sets: list[DataSet], folder: Path) -> BoundaryError:
    """Return the refusal with its file; GeoJSON that GDAL cannot read and that closes too little was cut."""
    sent = _at(data_sets, folder)
    if answer["code"] not in _FORESEEN:
        return BoundaryError("reader_crashed", path=sent, reason=str(answer["code"])[:100])
    documents = [data_set for data_set in data_sets if data_set.sent == sent and data_set.driver == "GeoJSON"]
    if answer["code"] == "file_damaged" and any(has_open_end(data_set.path, "GeoJSON") for data_set in documents):
        return BoundaryError("file_truncated", path=sent)
    return BoundaryError(answer["code"], **{"path": sent, **answer["details"]})


def _failure(returncode: int, sent: str, folder: Path, limits: dict[str, int]) -> BoundaryError:
    text = (folder / "stderr").read_bytes()[-4_000:].decode(errors="replace")
    if re.search(r"MemoryError|bad_alloc|[Cc]annot allocate|[Oo]ut of memory|malloc of size", text):
        return BoundaryError("reader_out_of_memory", path=sent, limit_mb=limits["data"] // _MEGABYTE)
    if -returncode in _CODE_OF_SIGNAL:
        return BoundaryError(_CODE_OF_SIGNAL[-returncode], path=sent, seconds=limits["seconds"])
    return BoundaryError("reader_crashed", path=sent, reason=_reason(returncode, text))


def _reason(returncode: int, text: str) -> str:
    if returncode < 0:
        return signal.Signals(-returncode).name
    lines = text.strip().splitlines()
    return lines[-1][:200] if lines else str(returncode)


def _at(data_sets: list[DataSet], folder: Path) -> str:
    """Return the file that was being read, by the note that the process keeps."""
    with suppress(OSError, ValueError, IndexError):
        return data_sets[int((folder / "at").read_text())].sent
    return ", ".join(data_set.sent for data_set in data_sets[:3])


def _link(data_set: DataSet, folder: Path) -> dict[str, object]:
    """Put a file and what belongs to it alone into a folder, under names that no program takes for an address."""
    folder.mkdir()
    # "!" and ".zip" inside a path mean an archive to GDAL's own way of naming files.
    stem = re.sub(r"[!:?*|\\]|\.(?=zip|tar|gz|tgz)", "_", data_set.path.stem, flags=re.IGNORECASE)
    path = folder / f"{stem}{data_set.path.suffix.lower()}"
    path.symlink_to(data_set.path)
    encoding = None
    files = [str(data_set.path)]
    if data_set.driver == "ESRI Shapefile":
        parts = shapefile_parts(data_set.path)
        for suffix, part in parts.items():
            if suffix != ".cpg":
                (folder / f"{stem}{suffix}").symlink_to(part.resolve())
                files.append(str(part.resolve()))
        encoding = _encoding(parts)
    return {"path": str(path), "driver": data_set.driver, "sent": data_set.sent, "encoding": encoding,
            "stem": data_set.path.stem, "files": files}  # fmt: skip


def _encoding(parts: dict[str, Path]) -> str | None:
    """Return how the texts of a shapefile are written: as its .cpg says, else in UTF-8 if they can be, else in CP1252.

    Many a .cpg says UTF-8 over texts that are not: those are taken as CP1252 as well.
    """
    if ".dbf" not in parts:
        return None
    stated = ""
    if ".cpg" in parts:
        with parts[".cpg"].open("rb") as stream:
            stated = stream.read(64).decode("ascii", errors="ignore").strip().lower().removeprefix("ansi").strip()
    if stated.isdigit() and stated != "65001":
        stated = f"iso8859-{stated[4:]}" if stated.startswith("8859") else f"cp{stated}"
    # A null byte in it is no name at all.
    with suppress(LookupError, ValueError):
        name = codecs.lookup(stated).name
        if name not in ("utf-8", "ascii"):
            return {"iso8859-1": "CP1252"}.get(name, name.upper())
    return "UTF-8" if _is_utf8(parts[".dbf"]) else "CP1252"


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as stream:
        head = stream.read(32)
        stream.seek(int.from_bytes(head[8:10], "little"))
        try:
            while chunk := stream.read(_MEGABYTE):
                decoder.decode(chunk)
        except UnicodeDecodeError:
            return False
    return True


def _size(data_set: DataSet) -> int:
    if data_set.path.is_dir():
        return sum(part.stat().st_size for part in geodatabase_parts(data_set.path))
    return data_set.path.stat().st_size
