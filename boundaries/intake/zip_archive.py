"""Unpacking a zip into a fresh folder: only the files that can be of a map, and never more than it says."""

import errno
import shutil
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from boundaries.errors import BoundaryError
from boundaries.intake.formats import (
    DRIVERS,
    KNOWN,
    REFUSED,
    SHAPEFILE_PARTS,
    check_content,
    is_geodatabase_part,
    name_content,
    suffix_of,
    unknown_format,
)

_MEMBER_LIMIT = 5_000
_DIRECTORY_LIMIT = 4 * 1024**2
_SIZE_LIMIT = 8 * 1024**3
_RATIO_LIMIT = 200
# The columns of a .dbf are padded with blanks to their full width, so an honest one can shrink to a thousandth.
_PADDED_SIZE_LIMIT = 512 * 1024**2
_SMALL = 1024**2
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = (".zip", ".kmz", ".rar", ".7z", ".tar", ".gz", ".tgz", ".bz2")


def unpack(path: Path, folder: Path, sent: str) -> None:
    """Unpack the map files of the zip at `path` into `folder`, which is empty.

    Everything is judged by the directory of the zip before a byte is unpacked. Raises BoundaryError `file_disguised`,
    `file_truncated`, `archive_unsafe`, `archive_too_many`, `archive_too_large`, `archive_overlapping`,
    `archive_encrypted`, `archive_method`, `archive_nested`, `archive_damaged`, `format_refused` or `nothing_spatial`.
    """
    _check_directory(path, sent)
    try:
        with zipfile.ZipFile(path) as archive:
            everything = archive.infolist()
            members = [member for member in everything if not member.is_dir()]
            for member in everything:
                _check_name(member, sent)
            wanted = [member for member in members if _is_wanted(member)]
            if not any(_is_data(member) for member in wanted):
                raise _without_map(members, sent)
            for member in wanted:
                _check_member(member, sent)
            _check_sizes(wanted, sent)
            _check_places(archive, everything, sent)
            for member in wanted:
                suffix = suffix_of(member.filename)
                if suffix in DRIVERS and suffix not in (".gdb", ".json"):
                    with archive.open(member) as stream:
                        check_content(suffix, stream.read(65_536), f"{path.name}: {member.filename}")
            for member in wanted:
                _unpack_member(archive, member, folder)
    except NotImplementedError as error:
        # A later version of the format, or patches to other files.
        raise BoundaryError("archive_method", path=sent, member=path.name) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, struct.error, ValueError) as error:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise BoundaryError("archive_damaged", path=sent) from error


def _check_directory(path: Path, sent: str) -> None:
    """Read the end of the zip for its number of members: zipfile would make an object for each of millions."""
    size = path.stat().st_size
    with path.open("rb") as stream:
        head = stream.read(2_048)
        stream.seek(max(size - 65_557, 0))
        tail = stream.read()
    if not head.startswith((b"PK\3\4", b"PK\5\6")):
        found = name_content(head)
        if found is None:
            raise BoundaryError("file_not_spatial", path=sent, known=KNOWN)
        raise BoundaryError("file_disguised", path=sent, expected="ZIP", found=found)
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) < at + 22:
        raise BoundaryError("file_truncated", path=sent)
    count, length = struct.unpack_from("<H", tail, at + 10)[0], struct.unpack_from("<I", tail, at + 12)[0]
    wide = tail.rfind(b"PK\6\6")
    if wide >= 0 and len(tail) >= wide + 56:
        count, length = struct.unpack_from("<QQ", tail, wide + 32)
    if count > _MEMBER_LIMIT or length > _DIRECTORY_LIMIT:
        raise BoundaryError("archive_too_many", path=sent, count=count)


def _check_name(member: zipfile.ZipInfo, sent: str) -> None:
    # The name as it was stored: zipfile itself has already cut it at a null byte.
    name = PurePosixPath(member.orig_filename.replace("\\", "/"))
    kind = (member.external_attr >> 16) & 0o170000
    is_special = kind not in (0, 0o100000, 0o040000)
    if name.is_absolute() or ".." in name.parts or is_special or set(member.orig_filename) & {":", "\0"}:
        raise BoundaryError("archive_unsafe", path=sent, member=member.orig_filename)


def _is_in_geodatabase(name: str) -> bool:
    return any(suffix_of(part) == ".gdb" for part in PurePosixPath(name).parts[:-1])


def _is_data(member: zipfile.ZipInfo) -> bool:
    if _is_in_geodatabase(member.filename):
        return is_geodatabase_part(PurePosixPath(member.filename).name)
    return suffix_of(member.filename) in DRIVERS


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    # macOS adds a shadow of every file under this folder.
    if member.filename.startswith("__MACOSX/"):
        return False
    return _is_data(member) or suffix_of(member.filename) in SHAPEFILE_PARTS


def _without_map(members: list[zipfile.ZipInfo], sent: str) -> BoundaryError:
    for member in members:
        if suffix_of(member.filename) in _ARCHIVES:
            return BoundaryError("archive_nested", path=sent, member=member.filename)
    for member in members:
        if suffix_of(member.filename) in REFUSED and suffix_of(member.filename) != ".xml":
            return unknown_format(Path(member.filename), f"{sent}: {member.filename}")
    return BoundaryError("nothing_spatial", path=sent, known=KNOWN)


def _check_member(member: zipfile.ZipInfo, sent: str) -> None:
    if member.flag_bits & 0x41:
        raise BoundaryError("archive_encrypted", path=sent, member=member.filename)
    if member.compress_type not in _METHODS:
        raise BoundaryError("archive_method", path=sent, member=member.filename)


def _check_sizes(members: list[zipfile.ZipInfo], sent: str) -> None:
    total = padded = 0
    for member in members:
        total += member.file_size
        if member.file_size > max(_RATIO_LIMIT * member.compress_size, _SMALL):
            padded += member.file_size
            is_padded = suffix_of(member.filename) == ".dbf" and padded <= _PADDED_SIZE_LIMIT
            if not is_padded:
                raise BoundaryError("archive_too_large", path=f"{sent} ({member.filename})")
        if total > _SIZE_LIMIT:
            raise BoundaryError("archive_too_large", path=f"{sent} ({member.filename})")


def _check_places(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], sent: str) -> None:
    """Refuse two members of one name or in the same bytes: a small zip could unpack the same bytes many times."""
    seen: set[str] = set()
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end or member.filename in seen:
            raise BoundaryError("archive_overlapping", path=sent, member=member.filename)
        seen.add(member.filename)
        archive.fp.seek(member.header_offset)
        header = archive.fp.read(30)
        name_length, extra_length = struct.unpack_from("<HH", header, 26)
        end = member.header_offset + 30 + name_length + extra_length + member.compress_size
    if end > archive.start_dir:
        raise BoundaryError("archive_overlapping", path=sent, member="-")


def _unpack_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, folder: Path) -> None:
    target = folder.joinpath(*PurePosixPath(member.filename.replace("\\", "/")).parts)
    target.parent.mkdir(parents=True, exist_ok=True)
    # zipfile stops at the size the directory states, so one that lies small cannot unpack large.
    with archive.open(member) as source, target.open("xb") as sink:
        shutil.copyfileobj(source, sink, 1024**2)
