"""Which wilayah an area without a kode of its own lies in, as far as codes prove it and no name speaks against it."""

import pandas as pd

from boundaries.codes import parents_of_other
from boundaries.crosswalk import BPS_LENGTH, CodeBook
from boundaries.levels import KODE_LENGTH, Level
from boundaries.suggestions import bare_name


def place_other(other: pd.DataFrame, own: pd.DataFrame, is_uncoded: pd.Series, book: CodeBook) -> pd.Series:
    """Return the parent_kode of every row of `other`, NA where nothing tells it.

    `other` has given_code, name and parent_kode as far as the row's own columns state it; `own` the kode and kode_bps
    of the wilayah; `is_uncoded` says which rows of `other` are desa. A kecamatan that the row states holds. One that
    follows from a BPS code was right in the year of the file: it is given up for its kabupaten where a name shows that
    it was split since.
    """
    by_code = parents_of_other(
        other["given_code"], own["kode"], own["kode_bps"], other["given_code"][is_uncoded], book.upper
    )
    kabupaten = by_code.str.slice(0, KODE_LENGTH[Level.kabupaten])
    by_code = by_code.mask(_is_split(other, by_code, is_uncoded, frozenset(own["kode"]), book), kabupaten)
    stated = other["parent_kode"]
    is_kecamatan = (stated.str.len() == KODE_LENGTH[Level.kecamatan]).fillna(False)
    return stated.where(is_kecamatan, by_code.fillna(stated))


def _is_split(
    other: pd.DataFrame, parent: pd.Series, is_uncoded: pd.Series, taken: frozenset[str], book: CodeBook
) -> pd.Series:
    """Return which areas lie in a BPS kecamatan of which the list has a desa in another kecamatan than `parent`.

    Names never place a desa. But where the desa that have lost their codes bear names that stand in the list under
    another kecamatan of the kabupaten, free of a polygon, and not under this one, the kecamatan is no longer whole.
    """
    length = KODE_LENGTH[Level.kecamatan]
    places: dict[tuple[str, str], set[str]] = {}
    for kode, name in (book.names or {}).items():
        if len(kode) == KODE_LENGTH[Level.desa] and kode not in taken:
            kabupaten = kode[: KODE_LENGTH[Level.kabupaten]]
            places.setdefault((kabupaten, bare_name(name)), set()).add(kode[:length])
    doubted = set[str]()
    prefix = other["given_code"].str.slice(0, BPS_LENGTH[Level.kecamatan])
    is_placed = (parent.str.len() == length).fillna(False)
    lost = pd.DataFrame({"code": prefix, "kode": parent, "name": other["name"]})[is_placed & is_uncoded]
    for code, kode, name in lost.itertuples(index=False):
        listed = places.get((kode[: KODE_LENGTH[Level.kabupaten]], bare_name(name)), set())
        if listed and kode not in listed:
            doubted.add(code)
    return is_placed & prefix.isin(list(doubted))
