"""Opening a file that somebody sent: only what it claims to be, from a zip only into a fresh folder."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from boundaries.errors import BoundaryError

SUFFIXES = (".gpkg", ".geojson", ".json", ".shp")
_SHAPEFILE_PARTS = (".shx", ".dbf", ".prj", ".cpg")
_MEMBER_LIMIT = 2_000
_SIZE_LIMIT = 4 * 1024**3
_RATIO_LIMIT = 200


@contextmanager
def opened(path: Path) -> Iterator[list[Path]]:
    """Give the spatial files at `path`: itself, or what a zip holds, unpacked for the time of the block.

    The content is looked at before GDAL sees it: a VRT under another name could make it read any file or address.
    """
    if not path.is_file():
        raise BoundaryError("file_missing", path=path)
    if path.suffix.lower() != ".zip":
        _check_content(path, path)
        yield [path.resolve()]
        return
    with TemporaryDirectory(prefix="boundaries_") as folder:
        found = _unpack(path, Path(folder))
        if not found:
            raise BoundaryError("file_not_spatial", path=path, known=", ".join(SUFFIXES))
        for inner in found:
            _check_content(inner, path)
        yield found


def _check_content(path: Path, sent: Path) -> None:
    suffix = path.suffix.lower()
    with path.open("rb") as stream:
        head = stream.read(16)
    if suffix == ".gpkg":
        is_right = head.startswith(b"SQLite format 3\0")
    elif suffix == ".shp":
        is_right = head.startswith(b"\x00\x00\x27\x0a")
    elif suffix in (".geojson", ".json"):
        is_right = _is_feature_collection(path)
    else:
        is_right = False
    if not is_right:
        raise BoundaryError("file_not_spatial", path=sent, known=", ".join((*SUFFIXES, ".zip")))


def _is_feature_collection(path: Path) -> bool:
    try:
        content = json.loads(path.read_bytes())
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and content.get("type") == "FeatureCollection"


def _unpack(path: Path, folder: Path) -> list[Path]:
    try:
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.infolist() if not member.is_dir()]
            if len(members) > _MEMBER_LIMIT:
                raise BoundaryError("archive_too_large", path=path)
            return [inner for member in members if (inner := _unpack_member(archive, member, path, folder))]
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise BoundaryError("file_not_spatial", path=path, known=", ".join((*SUFFIXES, ".zip"))) from error


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, folder: Path) -> Path | None:
    name = PurePosixPath(member.filename.replace("\\", "/"))
    is_link = (member.external_attr >> 16) & 0o170000 == 0o120000
    if name.is_absolute() or ".." in name.parts or ":" in member.filename or is_link:
        raise BoundaryError("archive_unsafe", path=path, member=member.filename)
    suffix = name.suffix.lower()
    if suffix not in SUFFIXES and suffix not in _SHAPEFILE_PARTS:
        return None
    taken = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    if taken + member.file_size > _SIZE_LIMIT or member.file_size > _RATIO_LIMIT * max(member.compress_size, 1024):
        raise BoundaryError("archive_too_large", path=path)
    # The case of a suffix is evened out, or GDAL misses KAB.SHX beside kab.shp.
    target = folder.joinpath(*name.parts).with_suffix(suffix)
    target.parent.mkdir(parents=True, exist_ok=True)
    # zipfile stops at the size the header states, so a header that lies small cannot unpack large.
    with archive.open(member) as source, target.open("wb") as sink:
        shutil.copyfileobj(source, sink)
    return target if suffix in SUFFIXES else None
