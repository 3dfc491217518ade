"""Codes of both systems as files write them, made into kode, and which codes stand for no wilayah."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from boundaries.code_repair import restore
from boundaries.crosswalk import BPS_LENGTH, CodeBook, with_dots
from boundaries.errors import BoundaryError
from boundaries.levels import FICTIONAL_PROVINSI, KODE_LENGTH, Level, level_of

_DOTTED = r"\d{2}(?:\.\d{2}(?:\.\d{2}(?:\.\d{4})?)?)?"
_BARE = r"\d{2}(?:\d{2}(?:\d{2}(?:\d{4})?)?)?"
_BPS = r"\d{2}(?:\d{2}(?:\d{3}(?:\d{3})?)?)?"
# BPS ends the code of a polygon that is not a wilayah in one of these. A kabupaten-level code has two digits of its
# own and real kota are numbered 71 to 79, so there only 88 and 99 can be told.
_OTHER_ENDINGS = {"999": "hutan", "888": "perairan", "777": "lainnya", "555": "pulau"}
_OTHER_KABUPATEN_ENDINGS = {"99": "hutan", "88": "perairan"}
HIT_RATE_MIN = 0.5


def bps_codes(raw: pd.Series) -> pd.Series:
    """Return BPS codes without HDX's prefix `id` or `ID`."""
    return raw.str.replace(r"^[iI][dD](?=\d)", "", regex=True)


def other_kind(kode_bps: str | None) -> str | None:
    """Return what a polygon is by its BPS code: hutan, perairan, pulau or lainnya; None for a wilayah."""
    if not kode_bps:
        return None
    if len(kode_bps) == BPS_LENGTH[Level.kabupaten]:
        return _OTHER_KABUPATEN_ENDINGS.get(kode_bps[-2:])
    return _OTHER_ENDINGS.get(kode_bps[-3:]) if len(kode_bps) > BPS_LENGTH[Level.kabupaten] else None


def kemendagri_codes(
    raw: pd.Series, known: frozenset[str] | None, *, path: object, pairs: Mapping[str, str] | None = None
) -> pd.Series:
    """Return dotted codes from dotted ones or bare digits.

    Ten bare digits could be either system's, so they are taken only when `known`, the official list, confirms them.
    Where it has few of the codes they are those of another year, before a kabupaten got new ones, and NA stands for
    those that it has not; unless they have no dots and `pairs` of BPS codes, if given, has most of them.
    """
    present = raw.dropna()
    if present.str.match(r"^[iI][dD]\d").any():
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
    dotted = raw.mask(raw.str.fullmatch(_BARE), raw.map(with_dots, na_action="ignore"))
    if known is None or hit_rate(dotted, known) >= HIT_RATE_MIN:
        return dotted
    is_paired = pairs is None or hit_rate(present, frozenset(pairs)) >= HIT_RATE_MIN
    if is_bare.mean() >= HIT_RATE_MIN and is_paired:
        _refuse_system(raw, "kemendagri", "bps", path)
    return dotted.where(dotted.isin(known) | dotted.str.startswith(FICTIONAL_PROVINSI))


def kode_from_bps(
    raw: pd.Series, pairs: Mapping[str, str], upper: Mapping[str, str] | None = None, *, path: object
) -> pd.Series:
    """Return dotted codes for BPS codes by the loaded crosswalk; NA where it has no pair.

    Codes that hardly have a pair are refused as of the other system, unless `upper` (BPS prefix to kode of today)
    knows the kabupaten that they lie in: a kabupaten may have been renumbered as a whole.
    """
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
    kode = codes.map(dict(pairs)).astype("string")
    is_placed = kode.notna() | codes.str.slice(0, BPS_LENGTH[Level.kabupaten]).isin(list(upper or ()))
    if is_placed.mean() < HIT_RATE_MIN:
        _refuse_system(raw, "bps", "kemendagri", path)
    return kode


def hit_rate(kode: pd.Series, known: frozenset[str]) -> float:
    """Return the share of codes that the list `known` contains."""
    present = kode.dropna()
    return float(present.isin(known).mean()) if len(present) else 0.0


@dataclass(frozen=True)
class SystemFound:
    """The code system that a column's codes are of, None where they fit none; `rates` has the hit rate of each.

    `is_sure` says that the codes fit this system and hardly the other: four digits fit both. `is_listed` says that the
    codes themselves are in list or pairs, not just the wilayah above them.
    """

    system: str | None
    rates: dict[str, float]
    is_sure: bool
    is_listed: bool = False


def system_of(raw: pd.Series, book: CodeBook) -> SystemFound:
    """Return the system of codes as written, by what their form allows and by their hit rate in list and pairs.

    Codes of polygons that are no wilayah do not count, and damaged ones count as what they can only have been. Where
    too few codes are known one by one, as with BPS codes of an older year, the wilayah above them are looked for
    instead; where nothing is loaded the form alone tells.
    """
    given = raw.dropna().drop_duplicates()
    text = given.astype("string")
    bps = bps_codes(restore(given, "bps", book).kode)
    # Dots between the parts are Kemendagri's own, however short the code.
    bps = bps.mask((text.str.fullmatch(_DOTTED) & text.str.contains(".", regex=False)).fillna(False))
    is_wilayah = bps.map(other_kind, na_action="ignore").isna()
    codes, bps = given[is_wilayah], bps[is_wilayah]
    dotted = restore(codes, "kemendagri", book).kode.map(with_dots, na_action="ignore").astype("string")
    forms = {
        "kemendagri": dotted[dotted.str.fullmatch(_DOTTED).astype(bool)],
        "bps": bps[bps.str.fullmatch(_BPS).fillna(False).astype(bool)],
    }
    if text.str.match(r"^[iI][dD]\d").any():
        forms["kemendagri"] = forms["kemendagri"][:0]
    elif len(forms["kemendagri"]) and forms["kemendagri"].str.startswith(FICTIONAL_PROVINSI).all():
        return SystemFound("fiktif", {"kemendagri": 0.0, "bps": 0.0}, True)
    rates = {system: len(form) / max(len(codes), 1) for system, form in forms.items()}
    listed = {"kemendagri": book.known or frozenset(), "bps": frozenset(book.pairs) | frozenset(book.upper)}
    steps = 0
    for steps in (0, 1, 2) if any(listed.values()) else ():
        rates = {system: _rate_above(form, system, steps, listed[system], len(codes)) for system, form in forms.items()}
        if max(rates.values()) >= HIT_RATE_MIN:
            break
    best, other = sorted(rates, key=rates.__getitem__, reverse=True)
    if rates[best] < HIT_RATE_MIN:
        return SystemFound(None, rates, False)
    is_listed = any(listed.values()) and steps == 0
    return SystemFound(best, rates, rates[best] - rates[other] >= HIT_RATE_MIN, is_listed)


def _rate_above(form: pd.Series, system: str, steps: int, listed: frozenset[str], count: int) -> float:
    """Return the share of `count` codes whose wilayah `steps` levels up, at most the kabupaten, is in `listed`."""
    lengths = BPS_LENGTH if system == "bps" else KODE_LENGTH
    found = 0
    for length, codes in form.groupby(form.str.len()):
        level = next(at for at, of_level in lengths.items() if of_level == length)
        above = Level(max(level - steps, min(level, Level.kabupaten)))
        found += sum(code in listed for code in codes.str.slice(0, lengths[above]))
    return found / max(count, 1)


def check_system(raw: pd.Series, system: str, book: CodeBook, *, path: object) -> None:
    """Raise if the codes of a column that was said to be of `system` are in the list of the other one, and hardly here.

    A kabupaten may have the same four digits in both, so that its desa would only come out as unknown.
    """
    found = system_of(raw, book)
    if found.is_sure and found.is_listed and found.system not in (system, "fiktif"):
        _refuse_system(raw.astype("string"), system, str(found.system), path)


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


def parents_of_other(
    other_bps: pd.Series,
    kode: pd.Series,
    kode_bps: pd.Series,
    uncoded_bps: pd.Series,
    upper: Mapping[str, str] | None = None,
) -> pd.Series:
    """Return the wilayah that each other area lies in, NA where the codes do not tell.

    An area belongs where all coded wilayah that share its BPS prefix belong: kecamatan first, then kabupaten, then
    provinsi; where none are coded, where `upper` (BPS prefix to kode of today) puts that prefix. A BPS kecamatan of
    which some desa have lost their code (`uncoded_bps`) was split or renumbered since and proves nothing: its
    kabupaten is taken. One that lost all of them was renumbered as a whole.
    """
    cut = BPS_LENGTH[Level.kecamatan]
    uncoded = frozenset(uncoded_bps.str.slice(0, cut))
    given = other_bps.where(other_bps.str.fullmatch(_BPS))
    parent = pd.Series(pd.NA, index=other_bps.index, dtype="string")
    coded = pd.DataFrame({"kode": kode, "bps": bps_codes(kode_bps)}).dropna()
    for level in (Level.kecamatan, Level.kabupaten, Level.provinsi):
        cut = BPS_LENGTH[level]
        deep = coded[coded["kode"].str.len() >= KODE_LENGTH[level]]
        above = deep["kode"].str.slice(0, KODE_LENGTH[level])
        groups = above.groupby(deep["bps"].str.slice(0, cut))
        first = groups.first()
        proven = first[groups.nunique() == 1].to_dict()
        taken = frozenset(first.index)
        known = {code: place for code, place in (upper or {}).items() if len(code) == cut and code not in taken}
        if level is Level.kecamatan:
            proven = {code: place for code, place in proven.items() if code not in uncoded}
            # Where coded desa of another BPS kecamatan lie in the same one, land has changed hands.
            placed = frozenset(above)
            known = {code: place for code, place in known.items() if place not in placed}
        prefix = given.str.slice(0, cut).where(given.str.len() >= cut)
        parent = parent.fillna(prefix.map(known | proven).astype("string"))
    return parent
