"""Codes of both systems as files write them, made into kode, and which codes stand for no wilayah."""

import pandas as pd

from boundaries.errors import BoundaryError
from boundaries.levels import FICTIONAL_PROVINSI, KODE_LENGTH, Level, level_of

_DOTTED = r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?"
_BARE = r"\d{2}(?:\d{2}(?:\d{2}(?:\d{4})?)?)?"
_BPS = r"\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?"
BPS_LENGTH = {Level.provinsi: 2, Level.kabupaten: 4, Level.kecamatan: 7, Level.desa: 10}
# BPS ends the code of a polygon that is not a wilayah in one of these. A kabupaten-level code has two digits of its
# own and real kota are numbered 71 to 79, so there only 88 and 99 can be told.
_OTHER_ENDINGS = {"999": "hutan", "888": "perairan", "777": "lainnya", "555": "pulau"}
_OTHER_KABUPATEN_ENDINGS = {"99": "hutan", "88": "perairan"}
HIT_RATE_MIN = 0.5


def bps_codes(raw: pd.Series) -> pd.Series:
    """Return BPS codes without HDX's prefix `id`."""
    return raw.str.replace(r"^id", "", regex=True)


def other_kind(kode_bps: str | None) -> str | None:
    """Return what a polygon is by its BPS code: hutan, perairan, pulau or lainnya; None for a wilayah."""
    if not kode_bps:
        return None
    if len(kode_bps) == BPS_LENGTH[Level.kabupaten]:
        return _OTHER_KABUPATEN_ENDINGS.get(kode_bps[-2:])
    return _OTHER_ENDINGS.get(kode_bps[-3:]) if len(kode_bps) > BPS_LENGTH[Level.kabupaten] else None


def kemendagri_codes(raw: pd.Series, known: frozenset[str] | None, *, path: object) -> pd.Series:
    """Return dotted codes from dotted ones or bare digits.

    Ten bare digits could be either system's, so they are taken only when `known`, the official list, confirms them.
    """
    present = raw.dropna()
    if present.str.match(r"^id\d").any():
        _refuse_system(raw, "kemendagri", "bps", path)
    is_dotted = present.str.fullmatch(_DOTTED)
    is_bare = present.str.fullmatch(_BARE)
    is_malformed = ~(is_dotted | is_bare)
    if is_malformed.any():
        if present[is_malformed].str.fullmatch(_BPS).all():
            _refuse_system(raw, "kemendagri", "bps", path)
        raise BoundaryError(
            "kode_malformed_in_file",
            path=path,
            count=int(is_malformed.sum()),
            example=present[is_malformed].iloc[0],
        )
    is_ambiguous = present.str.len() > 2
    if known is None and (~is_dotted & is_ambiguous).any():
        raise BoundaryError("ambiguous_kode", path=path, example=present[~is_dotted & is_ambiguous].iloc[0])
    dotted = raw.mask(raw.str.fullmatch(_BARE), raw.map(_with_dots, na_action="ignore"))
    if known is not None and hit_rate(dotted, known) < HIT_RATE_MIN:
        _refuse_system(raw, "kemendagri", "bps", path)
    return dotted


def _with_dots(kode: str) -> str:
    parts = (kode[:2], kode[2:4], kode[4:6], kode[6:10])
    return ".".join(part for part in parts if part)


def kode_from_bps(raw: pd.Series, pairs: dict[str, str], *, path: object) -> pd.Series:
    """Return dotted codes for BPS codes by the loaded crosswalk; NA where it has no pair."""
    codes = bps_codes(raw)
    present = codes.dropna()
    if present.str.fullmatch(_DOTTED).any() and present.str.contains(".", regex=False).any():
        _refuse_system(raw, "bps", "kemendagri", path)
    is_malformed = ~present.str.fullmatch(_BPS)
    if is_malformed.any():
        raise BoundaryError(
            "kode_malformed_in_file", path=path, count=int(is_malformed.sum()), example=present[is_malformed].iloc[0]
        )
    if not pairs:
        raise BoundaryError("crosswalk_missing", path=path)
    kode = codes.map(pairs).astype("string")
    if kode.notna().mean() < HIT_RATE_MIN:
        _refuse_system(raw, "bps", "kemendagri", path)
    return kode


def hit_rate(kode: pd.Series, known: frozenset[str]) -> float:
    """Return the share of codes that the list `known` contains."""
    present = kode.dropna()
    return float(present.isin(known).mean()) if len(present) else 0.0


def _refuse_system(raw: pd.Series, system: str, likely: str, path: object) -> None:
    raise BoundaryError("system_contradicted", path=path, system=system, likely=likely, example=raw.dropna().iloc[0])


def proven_level(kode: pd.Series, stated: Level | None, *, path: object) -> Level:
    """Return the one level that all codes have; raise if they differ, or differ from the level that was stated."""
    lengths = kode.str.len().value_counts()
    if len(lengths) > 1:
        odd = kode[kode.str.len() == lengths.index[-1]].iloc[0]
        usual = kode[kode.str.len() == lengths.index[0]].iloc[0]
        raise BoundaryError("mixed_levels", path=path, usual=usual, odd=odd, count=int(lengths.iloc[1:].sum()))
    example = str(kode.iloc[0])
    found = level_of(example)
    if stated is not None and found is not stated:
        raise BoundaryError("level_contradicted", path=path, level=stated.name, found=found.name, example=example)
    return found


def check_fictional(kode: pd.Series, system: str, *, path: object) -> None:
    """Raise if fictional codes come under a real system, or real ones as fictional."""
    is_fictional = kode.str.startswith(FICTIONAL_PROVINSI)
    if is_fictional.any() and system != "fiktif":
        raise BoundaryError("fictional_kode", path=path, example=kode[is_fictional].iloc[0], system=system)
    if system == "fiktif" and not is_fictional.all():
        raise BoundaryError("real_kode", path=path, example=kode[~is_fictional].iloc[0])


def parents_of_other(other_bps: pd.Series, kode: pd.Series, kode_bps: pd.Series, uncoded_bps: pd.Series) -> pd.Series:
    """Return the wilayah that each other area lies in, NA where the codes do not tell.

    An area belongs where all coded wilayah that share its BPS prefix belong: kecamatan first, then kabupaten, then
    provinsi. A BPS kecamatan of which a desa has lost its code (`uncoded_bps`) was split or renumbered since and
    proves nothing: its kabupaten is taken.
    """
    uncoded = frozenset(uncoded_bps.str.slice(0, BPS_LENGTH[Level.kecamatan]))
    parent = pd.Series(pd.NA, index=other_bps.index, dtype="string")
    coded = pd.DataFrame({"kode": kode, "bps": bps_codes(kode_bps)}).dropna()
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        cut = BPS_LENGTH[level]
        deep = coded[coded["kode"].str.len() >= KODE_LENGTH[level]]
        above = deep["kode"].str.slice(0, KODE_LENGTH[level])
        groups = above.groupby(deep["bps"].str.slice(0, cut))
        proven = groups.first()[groups.nunique() == 1]
        if level is Level.kecamatan:
            proven = proven[~proven.index.isin(uncoded)]
        prefix = other_bps.str.slice(0, cut).where(other_bps.str.len() >= cut)
        parent = parent.fillna(prefix.map(proven).astype("string"))
    return parent
