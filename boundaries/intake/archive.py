"""Opening what somebody sent: a file, a zip, a folder or several of these, and nothing that they point at."""

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from boundaries.errors import BoundaryError
from boundaries.intake.formats import (
    DRIVERS,
    KNOWN,
    REFUSED,
    SHAPEFILE_COMPANY,
    SHAPEFILE_PARTS,
    DataSet,
    look_at,
    suffix_of,
    unknown_format,
)
from boundaries.intake.zip_archive import unpack

# An address of another machine, of a database or of GDAL's virtual file systems; a letter alone is a drive.
_ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]+:|/vsi|//|\\\\)")
_FOLDER_LIMIT = 20_000


@contextmanager
def opened(paths: Path | Sequence[Path]) -> Iterator[list[DataSet]]:
    """Give the map files at `paths`, in order of name; a zip is unpacked for the time of the block.

    A zip and a folder give every map file in them and in their subfolders; where they hold none of their own, a folder
    gives those of its zips. A .gdb folder is one file. The same file named twice is given once. Raises BoundaryError:
    `address_refused`, `link_outside`, `folder_too_large`, `folder_unreadable`, `nothing_spatial`, `archive_...` and
    those of `look_at`.
    """
    sent = [paths] if isinstance(paths, (str, Path)) else list(paths)
    with TemporaryDirectory(prefix="boundaries_") as folder:
        found = [data_set for path in _without_company(sent) for data_set in _open(Path(path), Path(folder))]
        yield list({data_set.path: data_set for data_set in found}.values())


def _without_company(paths: list[Path]) -> list[Path]:
    """Leave out the parts of a shapefile that is named itself: `desa.*` names them all."""
    stems = {Path(path).with_suffix("") for path in paths if suffix_of(path) == ".shp"}
    company = (*SHAPEFILE_PARTS, *SHAPEFILE_COMPANY)
    return [path for path in paths if suffix_of(path) not in company or _whole_stem(Path(path)) not in stems]


def _whole_stem(path: Path) -> Path:
    # desa.shp.xml is of desa.shp, too.
    stem = path.with_suffix("")
    return stem.with_suffix("") if suffix_of(stem) == ".shp" else stem


def _open(path: Path, folder: Path) -> list[DataSet]:
    if not os.path.lexists(path) and _ADDRESS.match(str(path)):
        raise BoundaryError("address_refused", path=path)
    if not path.exists():
        raise BoundaryError("file_missing", path=path)
    if path.is_dir() and suffix_of(path) != ".gdb":
        return _open_folder(path, folder)
    if suffix_of(path) == ".gdb":
        if path.is_dir():
            _check_links(_list_folder(path), path, path)
        return [look_at(path, str(path))]
    if suffix_of(path) == ".zip":
        return _open_zip(path, folder, str(path))
    return [look_at(path, str(path))]


def _open_zip(path: Path, folder: Path, sent: str) -> list[DataSet]:
    target = folder / str(sum(1 for _ in folder.iterdir()))
    target.mkdir()
    unpack(path, target, sent)
    return _look_at_all(list(_files_in(target, sent)), target, f"{path.name}: ")


def _open_folder(path: Path, folder: Path) -> list[DataSet]:
    files = list(_files_in(path, str(path)))
    _check_links(files, path, path)
    zips = [file for file in files if suffix_of(file) == ".zip"]
    if zips and not any(suffix_of(file) in DRIVERS for file in files):
        return [data_set for file in zips for data_set in _open_zip(file, folder, str(file))]
    return _look_at_all(files, path, f"{path.name}/")


def _files_in(path: Path, sent: str) -> Iterator[Path]:
    """Give the files below a folder, a .gdb folder as one; links to folders are not followed."""
    count = 0
    for place, folders, names in os.walk(path, onerror=_refuse_folder):
        folders.sort()
        databases = [name for name in folders if suffix_of(name) == ".gdb"]
        folders[:] = [name for name in folders if name not in databases]
        yield from (Path(place, name) for name in sorted((*names, *databases)))
        count += len(names) + len(folders)
        if count > _FOLDER_LIMIT:
            raise BoundaryError("folder_too_large", path=sent, limit=_FOLDER_LIMIT)


def _refuse_folder(error: OSError) -> None:
    """Refuse a folder that cannot be listed: what lies in it would be missing, and nobody told."""
    raise BoundaryError("folder_unreadable", path=error.filename) from error


def _list_folder(path: Path) -> list[Path]:
    try:
        return list(path.iterdir())
    except OSError as error:
        _refuse_folder(error)


def _is_inside(file: Path, root: Path) -> bool:
    try:
        return file.resolve().is_relative_to(root)
    except RuntimeError:
        # A link that leads to itself (before Python 3.13, which gives it as it is).
        return False


def _check_links(files: list[Path], root: Path, sent: Path) -> None:
    inside = root.resolve()
    for file in files:
        if not _is_inside(file, inside):
            raise BoundaryError("link_outside", path=sent, member=file.relative_to(root))
        if suffix_of(file) == ".gdb" and file.is_dir():
            _check_links(_list_folder(file), root, sent)


def _look_at_all(files: list[Path], root: Path, prefix: str) -> list[DataSet]:
    found, plain = [], []
    for file in files:
        if suffix_of(file) not in DRIVERS:
            continue
        sent = f"{prefix}{file.relative_to(root)}"
        try:
            found.append(look_at(file, sent))
        except BoundaryError as error:
            # Beside a map, a .json that is none is a description of it; alone, it is what was sent.
            if suffix_of(file) != ".json" or error.code not in ("file_disguised", "file_not_spatial"):
                raise
            plain.append(error)
    if found:
        return found
    if plain:
        raise plain[0]
    for file in files:
        if suffix_of(file) in REFUSED and suffix_of(file) != ".xml":
            raise unknown_format(file, f"{prefix}{file.relative_to(root)}")
    raise BoundaryError("nothing_spatial", path=prefix.rstrip(": /"), known=KNOWN)
