"""What a column of a result is called in the reader's words; one of many of a kind is named from its own ending."""

import re
from collections.abc import Mapping
from datetime import date

from dashboard.words import Words
from queries.wilayah import Program

_OF_A_MONTH = re.compile(r"(.+)_(\d{4})_(\d{2})")


def column_name(name: str, words: Words, programs: Mapping[str, Program]) -> str | None:
    """Return a column's name, None where the screen has no word for it.

    `exclusion_rate_pkh` is the column `exclusion_rate` of PKH, `exclusion_rate_2026_09` that of a month.
    """
    if f"column.{name}" in words:
        return words(f"column.{name}")
    month = _OF_A_MONTH.fullmatch(name)
    if month and f"column.{month[1]}" in words:
        return f"{words(f'column.{month[1]}')}, {words.month(date(int(month[2]), int(month[3]), 1))}"
    for key, program in programs.items():
        stem = name.removesuffix(f"_{key}")
        if stem != name and f"column.{stem}" in words:
            return f"{words(f'column.{stem}')}, {program.name}"
    return None
