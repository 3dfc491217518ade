"""How the name of a wilayah is written for a reader: cased, and with Kabupaten or Kota before it."""

import re

from boundaries.levels import Level, kind_of, level_of

_ROMAN = re.compile(r"X{0,3}(IX|IV|V?I{0,3})")
_WORD_BREAK = re.compile(r"([\s\-/(.,]+)")
_ABBREVIATIONS = frozenset({"SP", "UPT", "DKI"})


def title_case(name: str) -> str:
    """Return a name in title case if it came in one case only; a mixed-case name is left as its publisher wrote it.

    Roman numerals stay capital (`Lambang Sari III`), a letter after an apostrophe stays small (`Ma'rang`).
    """
    text = " ".join(name.split())
    if text != text.upper() and text != text.lower():
        return text
    return "".join(_cased(word) for word in _WORD_BREAK.split(text.upper()))


def _cased(word: str) -> str:
    if word in _ABBREVIATIONS or _ROMAN.fullmatch(word):
        return word
    return word[:1] + word[1:].lower()


def display_name(kode: str, name: str) -> str:
    """Return the name shown for `kode`: cased, and for a kabupaten or kota in the manner of the official list."""
    text = title_case(name)
    if level_of(kode) is not Level.kabupaten:
        return text
    text = re.sub(r"^kab(upaten|\.)?\s+", "", text, flags=re.IGNORECASE)
    kind = kind_of(kode)
    if kind == "kota":
        return text if text.startswith("Kota ") else f"Kota {text}"
    return f"Kabupaten {text}"
