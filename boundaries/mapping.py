"""A mapping file: which columns of a file from a publisher that is not known hold what, written by a person in TOML.

publisher = "dinas-pmd-lampung-barat"
level = "desa"              # left out: told by the codes
system = "kemendagri"       # kemendagri, bps or fiktif

[columns]
kode = "ID_DESA"
name = "NAMA"
kode_bps = "ID_BPS"         # this and all below may be left out
kecamatan_name = "KEC"
kecamatan_kode = "ID_KEC"
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path

from boundaries.errors import BoundaryError
from boundaries.form import Form
from boundaries.levels import Level
from boundaries.publishers import SYSTEMS

_KEYS = ("publisher", "level", "system", "columns")
_LEVELS = (Level.desa, Level.kecamatan, Level.kabupaten, Level.provinsi)
_UPPER = _LEVELS[1:]
_COLUMNS = (
    "kode",
    "name",
    "kode_bps",
    *(f"{level.name}_name" for level in _UPPER),
    *(f"{level.name}_kode" for level in _UPPER),
)
_SIZE_LIMIT = 64 * 1024
_PUBLISHER = re.compile(r"[\w .&/-]{1,60}")


def read_mapping(path: Path) -> Form:
    """Return the form that a mapping file describes; all columns that it names must be in the layer.

    Raises BoundaryError `file_missing`, `mapping_unreadable` (not TOML), `mapping_key_unknown`, `mapping_key_missing`
    or `mapping_value_wrong`, with the line where there is one.
    """
    text = _read(path)
    given = _parse(text, path)
    _check_keys(given, _KEYS, ("publisher", "system", "columns"), text, path)
    columns = given["columns"]
    if not isinstance(columns, dict):
        _refuse_value(path, text, "columns", columns, "[columns]")
    _check_keys(columns, _COLUMNS, ("kode", "name"), text, path)
    for key, column in columns.items():
        if not isinstance(column, str) or not column.strip():
            _refuse_value(path, text, key, column, "nama kolom / column name")
    publisher = given["publisher"]
    if not isinstance(publisher, str) or not _PUBLISHER.fullmatch(publisher.strip()):
        _refuse_value(path, text, "publisher", publisher, "A-Z 0-9 . & / - (1-60)")
    system = _one_of(given, "system", SYSTEMS, text, path)
    level = Level[_one_of(given, "level", [each.name for each in _LEVELS], text, path)] if "level" in given else None
    if system == "bps" and "kode_bps" in columns:
        _refuse_value(path, text, "kode_bps", columns["kode_bps"], "kode (system = bps)")
    return _form(publisher.strip().lower(), level, "bps" if system == "bps" else "kemendagri", columns)


def _form(publisher: str, level: Level | None, system: str, columns: Mapping[str, str]) -> Form:
    kode = {system: columns["kode"]}
    if "kode_bps" in columns:
        kode["bps"] = columns["kode_bps"]
    return Form(
        key="custom",
        publishers=(publisher,),
        level=level,
        kode=kode,
        names=(columns["name"],),
        kode_bps=kode.get("bps"),
        upper_names={each: columns[f"{each.name}_name"] for each in _UPPER if f"{each.name}_name" in columns},
        upper_kode={each: {system: columns[f"{each.name}_kode"]} for each in _UPPER if f"{each.name}_kode" in columns},
        # A column that a person wrote down and that is not there is a slip, whichever it is.
        marks=tuple(dict.fromkeys(columns.values())),
        has_official_names=False,
    )


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            content = stream.read(_SIZE_LIMIT + 1)
    except OSError as error:
        raise BoundaryError("file_missing", path=path) from error
    if len(content) > _SIZE_LIMIT:
        raise BoundaryError("mapping_unreadable", path=path, line="-", reason=f"> {_SIZE_LIMIT // 1024} KiB")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise BoundaryError("mapping_unreadable", path=path, line=line, reason="UTF-8") from error


def _parse(text: str, path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        place = re.search(r"\(at line (\d+)", str(error))
        # The parser says `at end of document` where a bracket or a quotation mark is never closed.
        line = place.group(1) if place else str(text.count("\n") + 1)
        reason = str(error).partition(" (at ")[0]
        raise BoundaryError("mapping_unreadable", path=path, line=line, reason=reason) from error


def _check_keys(
    given: Mapping[str, object], known: Iterable[str], needed: Iterable[str], text: str, path: Path
) -> None:
    for key in given:
        if key not in known:
            raise BoundaryError(
                "mapping_key_unknown", path=path, line=_line_of(text, key), key=key, known=", ".join(known)
            )
    for key in needed:
        if key not in given:
            raise BoundaryError("mapping_key_missing", path=path, key=key, known=", ".join(known))


def _one_of(given: Mapping[str, object], key: str, known: Iterable[str], text: str, path: Path) -> str:
    value = given[key]
    if value not in known:
        _refuse_value(path, text, key, value, ", ".join(known))
    return str(value)


def _refuse_value(path: Path, text: str, key: str, found: object, known: str) -> None:
    raise BoundaryError(
        "mapping_value_wrong", path=path, line=_line_of(text, key), key=key, found=str(found)[:60], known=known
    )


def _line_of(text: str, key: str) -> int | str:
    """Return the line that sets `key`, or opens it as a table."""
    pattern = re.compile(rf"""\s*(?:\[\s*)?["']?{re.escape(key)}["']?\s*[\]=.]""")
    return next((at for at, line in enumerate(text.splitlines(), start=1) if pattern.match(line)), "-")
