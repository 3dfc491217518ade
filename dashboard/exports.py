"""A result as a CSV file: the same figures and masks as on the screen, safe to open in a spreadsheet."""

from pathlib import Path

import pandas as pd

from dashboard.errors import DashboardError
from dashboard.questions import QUESTIONS
from dashboard.words import Words, is_absent
from queries.result import Result

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
FICTIONAL = "FIKTIF"


def file_stem(question: str, result: Result) -> str:
    """Return a file name, without its ending, that says what is in it, with FIKTIF first where that is fictional."""
    scope = result.provenance.scope
    parts = [FICTIONAL] if result.provenance.is_fictional else []
    parts += [question, scope.wilayah, scope.level.name]
    if question not in QUESTIONS or QUESTIONS[question].has_program:
        parts.append("-".join(scope.programs) or scope.program)
    if scope.truth:
        parts += [scope.truth, scope.frame]
    if scope.period:
        parts.append(f"{scope.period:%Y-%m}")
    return "_".join(parts)


def marked_path(out: Path, is_fictional: bool) -> Path:
    """Return where a file is written: with FIKTIF_ first in its name where what it holds is fictional, and only there.

    Raises DashboardError `named_fictional`.
    """
    is_named = out.name.upper().startswith(FICTIONAL)
    if is_named and not is_fictional:
        raise DashboardError("named_fictional", path=out.name)
    return out if is_named or not is_fictional else out.with_name(f"{FICTIONAL}_{out.name}")


def csv_name(question: str, result: Result) -> str:
    """Return the name of a result's CSV file."""
    return file_stem(question, result) + ".csv"


def csv_of(result: Result, words: Words) -> bytes:
    """Return a result's rows as UTF-8 CSV with a byte order mark; spreadsheets need it to read names right."""
    frame = result.frame.copy()
    for column in frame.columns:
        texts = frame[column].map(_cell).astype(object)
        if column in result.mask.columns:
            mask = result.mask[column].fillna("")
            texts[mask == "small"] = "<10"
            texts[mask == "hidden"] = words("hidden")
        frame[column] = texts
    provenance = result.provenance
    frame["period"] = f"{provenance.scope.period:%Y-%m}" if provenance.scope.period else ""
    frame["disclosure"] = provenance.scope.disclosure
    frame["data_version"] = provenance.data_version
    frame["data"] = FICTIONAL if provenance.is_fictional else "register"
    return frame.to_csv(index=False).encode("utf-8-sig")


def neutralised(text: str) -> str:
    """Return a text that a spreadsheet does not run: an apostrophe before what starts like a formula makes it text."""
    return "'" + text if text.startswith(FORMULA_STARTS) else text


def _cell(value: object) -> object:
    if isinstance(value, str):
        return neutralised(value)
    if isinstance(value, (int, bool)):
        return value
    if pd.api.types.is_scalar(value) and is_absent(value):
        return ""
    return f"{value:.10g}" if isinstance(value, float) else value
