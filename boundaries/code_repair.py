"""Codes that a spreadsheet or a float has damaged, restored where what is left of them can mean one code only."""

import re
from dataclasses import dataclass

import pandas as pd

from boundaries.crosswalk import BPS_LENGTH, CodeBook
from boundaries.levels import is_kode, parent_of

_BPS_LENGTHS = frozenset(BPS_LENGTH.values())
_KEMENDAGRI_LENGTHS = frozenset((2, 4, 6, 10))
_SCIENTIFIC = re.compile(r"(\d)(?:\.(\d+))?[eE]\+?(\d{1,2})")
_WHOLE = re.compile(r"(\d+)\.0+")
_THOUSANDS = re.compile(r"\d{1,3}(?:[.]\d{3})+")
_TWO_PARTS = re.compile(r"\d{2}\.\d")
_SHORT_PARTS = re.compile(r"\d{2}(?:\.\d{1,2}){2}(?:\.\d{4})?")
_BPS_PARTS = ((2, 2, 3, 3), (2, 2, 3), (2, 2))


@dataclass(frozen=True)
class Restored:
    """Codes after the repair, in the index of what was given.

    `kode` has dotted codes or bare digits (kemendagri, fiktif) or bare digits (bps), NA where nothing was given, and
    the text as it came where it is `unrecoverable`; `changed` tells where more than blanks, a prefix or the `.0` of a
    whole number was mended.
    """

    kode: pd.Series
    changed: pd.Series
    unrecoverable: pd.Series


def restore(values: pd.Series, system: str, book: CodeBook) -> Restored:
    """Return the codes of a column of numbers or text, with the zeros that were eaten.

    Digits after a point that end in zeros lose them to a float (11.10 becomes 11.1), parts lose their leading zeros
    to a spreadsheet (11.1.1.2001), and whole codes get `.0`, thousands' separators or an exponent. A code that could
    be one of several, by the list of `book`, is unrecoverable; so is an exponent with fewer digits than the code had.
    """
    is_float = pd.api.types.is_float_dtype(values.dtype)
    text = values.astype("string") if not is_float else values.map(_float_text, na_action="ignore").astype("string")
    text = text.str.replace(r"\s+", "", regex=True).str.removeprefix("'")
    if system == "bps":
        text = text.str.replace(r"^[iI][dD](?=\d)", "", regex=True)
    text = text.mask(text == "")
    written = frozenset(one.replace(",", ".") for one in text.dropna().unique())
    found = {
        one: _restored(one.replace(",", "."), system, book, written, is_float) for one in text.dropna().unique()
    }
    kode = text.map(lambda one: found[one] or one, na_action="ignore").astype("string")
    is_unrecoverable = text.isin([one for one, code in found.items() if code is None]).astype(bool)
    whole = text.str.replace(rf"^{_WHOLE.pattern}$", r"\1", regex=True)
    return Restored(kode, (kode != whole).fillna(False).astype(bool), is_unrecoverable)


def _float_text(value: float) -> str:
    # 10 digits are far below the 15 that a double holds, so its shortest text is what was written, save for zeros.
    return repr(float(value))


def _restored(text: str, system: str, book: CodeBook, written: frozenset[str], is_float: bool) -> str | None:
    """Return the code that `text` was, None when there is none or more than one."""
    if re.fullmatch(r"[iI][dD]\d+", text):
        return text
    exponent = _SCIENTIFIC.fullmatch(text)
    if exponent:
        first, rest, power = exponent[1], exponent[2] or "", int(exponent[3])
        if len(rest) != power:
            return None
        text = first + rest
    elif _WHOLE.fullmatch(text):
        text = _WHOLE.fullmatch(text)[1]
    elif _THOUSANDS.fullmatch(text) and not is_kode(text):
        digits = text.replace(".", "")
        return digits if len(digits) in _lengths(system) else None
    if text.isdigit():
        return text if len(text) in _lengths(system) else None
    if system == "bps":
        return _without_dots(text)
    if is_kode(text):
        return text
    candidates = _candidates(text, book, written, is_float)
    return candidates.pop() if len(candidates) == 1 else None


def _lengths(system: str) -> frozenset[int]:
    return _BPS_LENGTHS if system == "bps" else _KEMENDAGRI_LENGTHS


def _without_dots(text: str) -> str | None:
    parts = text.split(".")
    is_usual = all(part.isdigit() for part in parts) and tuple(map(len, parts)) in _BPS_PARTS
    return "".join(parts) if is_usual else None


def _candidates(text: str, book: CodeBook, written: frozenset[str], is_float: bool) -> set[str]:
    """Return the codes that `text`, with dots, may have been."""
    if _TWO_PARTS.fullmatch(text) and book.known is not None:
        # A code that the column writes in full elsewhere is not what its short form means; a float has no short form
        # with a leading zero.
        possible = {f"{text}0"} if is_float else {f"{text}0", f"{text[:-1]}0{text[-1]}"} - written
        return possible & book.known
    if not _SHORT_PARTS.fullmatch(text):
        return set()
    # Text with two points or more was never a number: only leading zeros of its parts can be gone.
    province, *middle = text.split(".")
    kode = ".".join([province, *(part.zfill(2) for part in middle)])
    if book.known is None or kode in book.known or parent_of(kode) in book.known:
        return {kode}
    return set()
