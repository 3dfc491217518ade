"""Code lists: the official list of wilayah, and the pairs of the two code systems."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from boundaries.errors import BoundaryError
from boundaries.levels import Level, is_kode, level_of, parent_of
from boundaries.names import display_name

_NO_CODE = "0"


@dataclass(frozen=True)
class Pairs:
    """Pairs kode, kode_bps that are one to one, and how many rows were none."""

    pairs: pd.DataFrame
    read_count: int
    unpaired_count: int
    duplicate_count: int


def read_code_list(path: Path) -> pd.DataFrame:
    """Return kode, level, name of the official list; raise BoundaryError when a code or its level does not hold."""
    table = _read_table(path, ("kode", "nama", "level"))
    _check_codes(table["kode"], path)
    if table["kode"].duplicated().any():
        repeated = table["kode"][table["kode"].duplicated(keep=False)]
        raise BoundaryError("duplicate_kode", path=path, kode=repeated.iloc[0], count=len(repeated))
    level = table["kode"].map(lambda kode: int(level_of(kode)))
    differs = level.astype(str) != table["level"]
    if differs.any():
        row = table[differs].iloc[0]
        found = level_of(row["kode"]).name
        raise BoundaryError("level_contradicted", path=path, level=row["level"], found=found, example=row["kode"])
    parent = table["kode"][level > int(Level.provinsi)].map(parent_of)
    orphans = table["kode"][parent.index][~parent.isin(table["kode"])]
    if len(orphans):
        raise BoundaryError("orphan_kode", path=path, kode=orphans.iloc[0], count=len(orphans))
    name = [display_name(kode, given) for kode, given in zip(table["kode"], table["nama"], strict=True)]
    return pd.DataFrame({"kode": table["kode"], "level": level, "name": name})


def read_crosswalk(path: Path) -> Pairs:
    """Return the pairs of a crosswalk; a `0` on either side means that the other system has no such wilayah."""
    table = _read_table(path, ("kode_bps", "kode_dagri"))
    is_paired = (table["kode_bps"] != _NO_CODE) & (table["kode_dagri"] != _NO_CODE)
    pairs = table[is_paired].rename(columns={"kode_dagri": "kode"})[["kode", "kode_bps"]]
    _check_codes(pairs["kode"], path)
    # A code that stands in two pairs was split or merged: neither pair says what it is now.
    is_repeated = pairs["kode"].duplicated(keep=False) | pairs["kode_bps"].duplicated(keep=False)
    return Pairs(
        pairs[~is_repeated].reset_index(drop=True), len(table), int((~is_paired).sum()), int(is_repeated.sum())
    )


def _read_table(path: Path, needed: tuple[str, ...]) -> pd.DataFrame:
    if not path.is_file():
        raise BoundaryError("file_missing", path=path)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise BoundaryError("table_unreadable", path=path) from error
    missing = [column for column in needed if column not in table.columns]
    if missing:
        raise BoundaryError(
            "table_columns_missing",
            path=path,
            missing=", ".join(missing),
            found=", ".join(str(column) for column in table.columns[:20]),
        )
    return table


def _check_codes(kode: pd.Series, path: Path) -> None:
    malformed = kode[~kode.map(is_kode)]
    if len(malformed):
        raise BoundaryError("kode_malformed_in_file", path=path, count=len(malformed), example=malformed.iloc[0])
