"""Words and numbers in the reader's language: one lookup, and the number forms of Indonesian and English."""

import math
import numbers
import unicodedata
from dataclasses import dataclass
from datetime import date

from dashboard.words import (
    boundary_upload,
    breakdowns,
    catalogue,
    comparison,
    field,
    files,
    hot_spots,
    kinds,
    model,
    monitoring,
    overview,
    plan,
    plan_inputs,
    plan_rules,
    planner,
    rka,
    scenario,
    screen,
    shock,
    trends,
)
from dashboard.words.errors import ERRORS, TERMS

_PAGES = (
    boundary_upload, breakdowns, catalogue, comparison, field, files, hot_spots, kinds,
    model, monitoring, overview, plan, plan_inputs, plan_rules, planner, rka, scenario, screen, shock, trends,
)
SCREEN = {key: texts for page in _PAGES for key, texts in page.SCREEN.items()}
CARDS = {key: texts for page in _PAGES for key, texts in getattr(page, "CARDS", {}).items()}
LANGUAGES = ("id", "en")
MONTHS = {
    "id": ("Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober",
           "November", "Desember"),
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
           "November", "December"),
}  # fmt: skip
MAGNITUDES = {
    "id": ((1e12, "triliun"), (1e9, "miliar"), (1e6, "juta"), (1e3, "ribu")),
    "en": ((1e12, "trillion"), (1e9, "billion"), (1e6, "million"), (1e3, "thousand")),
}
ABSENT = "–"
MOST_LETTERS = 1_000
# Keeps an address in a sentence from becoming a link.
_JOINER = "\N{WORD JOINER}"
# Controls, marks of direction and of nothing, halves of a letter, and ends of a line or a paragraph.
_NOT_FOR_READING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


@dataclass(frozen=True)
class Words:
    """The screen's words in one language."""

    language: str = "id"

    def __call__(self, key: str, **details: object) -> str:
        """Return the words stored under `key`, with `details` filled in."""
        return SCREEN[key][self.language].format(**details)

    def __contains__(self, key: str) -> bool:
        return key in SCREEN

    def desil(self, desil: tuple[int, ...]) -> str:
        """Return a set of desil as words: `Desil 1–4`, `Belum ada desil`."""
        ranked = [number for number in desil if number]
        parts = []
        if ranked:
            unbroken = ranked == list(range(ranked[0], ranked[-1] + 1))
            if len(ranked) == 1:
                parts.append(self("desil.one", low=ranked[0]))
            elif unbroken:
                parts.append(self("desil.range", low=ranked[0], high=ranked[-1]))
            else:
                parts.append(self("desil.one", low=", ".join(map(str, ranked))))
        if 0 in desil:
            parts.append(self("desil.none"))
        return " + ".join(parts)

    @staticmethod
    def language_name(language: str) -> str:
        """Return a language's own name."""
        return {"id": "Indonesia", "en": "English"}[language]

    def card(self, measure: str) -> tuple[str, str, str, str]:
        """Return a measure's definition, formula, denominator and limits."""
        return CARDS[measure][self.language]

    def error(self, code: str, **details: object) -> str:
        """Return the sentence for an error's code; a code without a sentence gets the general one."""
        sentence = ERRORS.get(code, ERRORS["unexpected"])[self.language]
        told = {name: one_line(self._terms(TERMS.get((code, name), {}), value)) for name, value in details.items()}
        return sentence.format_map(_Details(told | {"code": code}))

    def _terms(self, terms: dict, value: object) -> object:
        """Return a detail that is one key or several, "a, b", in the reader's words; another as it is."""
        if not terms:
            return value
        return ", ".join(terms[key][self.language] if key in terms else key for key in str(value).split(", "))

    def number(self, value: float | None, digits: int = 0) -> str:
        """Return 1234.5 as 1.234,5 in Indonesian and 1,234.5 in English."""
        if is_absent(value):
            return ABSENT
        text = f"{value:,.{digits}f}"
        if float(value) < 0:
            text = "−" + text[1:]
        return text.translate(str.maketrans(",.", ".,")) if self.language == "id" else text

    def percent(self, rate: float | None, digits: int = 1) -> str:
        """Return the rate 0.465 as `46,5 %`."""
        return ABSENT if is_absent(rate) else self.number(rate * 100, digits) + self.percent_sign

    @property
    def percent_sign(self) -> str:
        """Return the sign that follows a number of per cent."""
        return "\N{NO-BREAK SPACE}%" if self.language == "id" else "%"

    def rupiah(self, value: float | None) -> str:
        """Return an amount as `Rp 1,2 miliar`, with three significant digits at most."""
        if is_absent(value):
            return ABSENT
        prefix = "Rp\N{NO-BREAK SPACE}" if self.language == "id" else "IDR\N{NO-BREAK SPACE}"
        unit, name = self.magnitude(value)
        scaled = value / unit
        return f"{prefix}{self.number(scaled, 1 if name and abs(scaled) < 100 else 0)}{name}"

    def magnitude(self, value: float) -> tuple[float, str]:
        """Return the unit that suits an amount and the word that follows the number: (1e6, ` juta`)."""
        for unit, name in MAGNITUDES[self.language]:
            if abs(value) >= unit:
                return unit, f"\N{NO-BREAK SPACE}{name}"
        return 1, ""

    def count(self, value: float | None, mask: str = "") -> str:
        """Return a count, or what stands for a masked one."""
        if mask == "small":
            return "<10"
        return self("hidden") if mask == "hidden" else self.number(value)

    def month(self, day: date | None, short: bool = False) -> str:
        """Return a period's month, `Oktober 2026`, or `Okt` when short."""
        if day is None:
            return ABSENT
        name = MONTHS[self.language][day.month - 1]
        return name[:3] if short else f"{name} {day.year}"

    def signed(self, value: float, digits: int = 0) -> str:
        """Return a change with its sign."""
        return ("+" if value > 0 else "") + self.number(value, digits)


def one_line(value: object) -> object:
    """Return a detail as it may stand in a sentence: a number as it is, all else short and as text that only reads.

    Names in the files of others can hold lines of their own, commands to a terminal and marks that turn the order of
    letters round.
    """
    if isinstance(value, numbers.Number):
        return value
    text = str(value)
    if len(text) > MOST_LETTERS:
        text = text[:MOST_LETTERS] + "…"
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(one) in _NOT_FOR_READING and one != _JOINER else one
        for one in text
    )


class _Details(dict):
    # A sentence must appear even when the error carries fewer details than it names.
    def __missing__(self, key: str) -> str:
        return ABSENT


def is_absent(value: object) -> bool:
    """Tell whether a value is missing: None, NaN or pandas' NA."""
    if value is None:
        return True
    try:
        return math.isnan(value)
    except TypeError:
        return True
