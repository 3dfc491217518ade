"""Code lists: the official list of wilayah, the pairs of the two code systems, and the book made of both."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import pandas as pd

from boundaries.errors import BoundaryError
from boundaries.levels import KODE_LENGTH, Level, is_kode, level_of, parent_of
from boundaries.names import display_name

BPS_LENGTH = {Level.provinsi: 2, Level.kabupaten: 4, Level.kecamatan: 7, Level.desa: 10}
_NO_CODE = "0"
_BPS = r"\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?"
_BARE = r"\d{2}(?:\d{2}(?:\d{2}(?:\d{4})?)?)?"


@dataclass(frozen=True)
class Pairs:
    """Pairs kode, kode_bps, name (NA where the file gives none) that are one to one; how many rows were none."""

    pairs: pd.DataFrame
    read_count: int
    unpaired_count: int
    duplicate_count: int


@dataclass(frozen=True)
class CodeBook:
    """What is known of codes.

    `names` gives the name of each kode of the official list, None when no list is loaded. `pairs` gives the kode of
    today of a BPS code, the newest pair that is sure. `upper` gives the wilayah of today in which all of a BPS
    kecamatan, kabupaten or provinsi lies (keys of 7, 4 or 2 digits).
    """

    names: Mapping[str, str] | None = None
    pairs: Mapping[str, str] = field(default_factory=dict)
    upper: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def known(self) -> frozenset[str] | None:
        """The codes of the official list, None when none is loaded."""
        return None if self.names is None else frozenset(self.names)


def make_code_book(
    names: Mapping[str, str] | None,
    pairs: Iterable[tuple[int, str, str]],
    successions: Iterable[tuple[str, str]] = (),
) -> CodeBook:
    """Return the book of a code list, of pairs (vintage, kode_bps, kode) and of successions (old kode, new kode).

    A code that stands in two pairs of one vintage is left out. A kode that is not in the list is followed to the one
    that came after it; where several did, or none is known, the pair names nobody.
    """
    rows = set(pairs)
    by_bps = Counter((vintage, kode_bps) for vintage, kode_bps, _ in rows)
    by_kode = Counter((vintage, kode) for vintage, _, kode in rows)
    sure = [row for row in rows if by_bps[row[:2]] == 1 and by_kode[row[::2]] == 1]
    today = _Today(names, successions)
    current: dict[str, str] = {}
    for _, kode_bps, kode in sorted(sure, reverse=True):
        now = None if kode_bps in current else today.kode_of(kode)
        if now is not None:
            current[kode_bps] = now
    upper: dict[str, str] = {}
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        upper |= _upper_of(sure, level, today)
    return CodeBook(names, current, upper)


class _Today:
    """The kode of today of a kode of any time."""

    def __init__(self, names: Mapping[str, str] | None, successions: Iterable[tuple[str, str]]) -> None:
        self._names = names
        self._after: dict[str, set[str]] = {}
        for old, new in successions:
            self._after.setdefault(old, set()).add(new)

    def kode_of(self, kode: str) -> str | None:
        """Return the kode itself while it is listed, else the only one that followed it, else None."""
        passed = set()
        while kode not in passed:
            if self._names is not None and kode in self._names:
                return kode
            passed.add(kode)
            after = self._after.get(kode, {kode})
            if len(after) > 1:
                # A wilayah that was split continues under its own code where one of its followers has that code.
                return kode if self._names is None and kode in after else None
            (kode,) = after
        return kode if self._names is None else None

    def ancestor_of(self, kode: str, level: Level) -> str | None:
        """Return the wilayah of `level` of today that holds a kode of any time, by the lowest code that tells."""
        below = kode
        while below and below.count(".") >= level - 1:
            found = self.kode_of(below)
            if found is not None:
                return found[: KODE_LENGTH[level]]
            below = below.rpartition(".")[0]
        return None


def _upper_of(sure: Iterable[tuple[int, str, str]], level: Level, today: _Today) -> dict[str, str]:
    """Return the wilayah of `level` of today in which all pairs of each BPS prefix of that level lie.

    The prefix's own pair counts no more than those below it: the BPS provinsi 94 of 2020 has become four provinsi,
    and only one of them has kept the code.
    """
    found: dict[str, set[str | None]] = {}
    for _, kode_bps, kode in sure:
        if len(kode_bps) >= BPS_LENGTH[level]:
            found.setdefault(kode_bps[: BPS_LENGTH[level]], set()).add(today.ancestor_of(kode, level))
    # A pair whose wilayah has ended without a known follower leaves the prefix unproven.
    return {prefix: next(iter(kode)) for prefix, kode in found.items() if len(kode) == 1 and None not in kode}


def with_dots(kode: str) -> str:
    """Return the dotted form of a Kemendagri code of bare digits; any other text as it is."""
    if re.fullmatch(_BARE, kode) is None:
        return kode
    return ".".join(part for part in (kode[:2], kode[2:4], kode[4:6], kode[6:10]) if part)


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
    """Return the pairs of a crosswalk; a `0` on either side means that the other system has no such wilayah.

    Kemendagri codes may stand with their dots or without, and the file may hold one level only.
    """
    table = _read_table(path, ("kode_bps", "kode_dagri"))
    table = table.assign(
        kode_bps=table["kode_bps"].str.strip(),
        kode_dagri=[with_dots(kode) for kode in table["kode_dagri"].str.strip()],
    )
    is_paired = (table["kode_bps"] != _NO_CODE) & (table["kode_dagri"] != _NO_CODE)
    pairs = table[is_paired].rename(columns={"kode_dagri": "kode", "nama_dagri": "name"})
    pairs = pairs.reindex(columns=["kode", "kode_bps", "name"])
    _check_codes(pairs["kode"], path)
    is_malformed = ~pairs["kode_bps"].str.fullmatch(_BPS)
    if is_malformed.any():
        malformed = pairs["kode_bps"][is_malformed]
        raise BoundaryError("kode_malformed_in_file", path=path, count=len(malformed), example=malformed.iloc[0])
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
