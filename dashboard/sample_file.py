"""The drawn sample as a CSV file: the columns that `load verification` reads, safe to open in a spreadsheet."""

import pandas as pd

from dashboard.exports import FICTIONAL, FORMULA_STARTS
from queries.scope import Scope

# What comes from a file of others and may start like a formula; the rest is made here.
_TEXTS = ("household_id", "desa_name")


def sample_name(scope: Scope, is_fictional: bool) -> str:
    """Return a file name that says what is in it, with FIKTIF first where the register is fictional."""
    parts = [FICTIONAL] if is_fictional else []
    return "_".join([*parts, "sample", scope.wilayah, scope.level.name, f"{scope.period:%Y-%m}"]) + ".csv"


def sample_csv(frame: pd.DataFrame) -> bytes:
    """Return a drawn sample as UTF-8 CSV with a byte order mark; spreadsheets need it to read names right."""
    written = frame.copy()
    for column in _TEXTS:
        texts = written[column].astype(str)
        written[column] = texts.where(~texts.str.startswith(FORMULA_STARTS), "'" + texts)
    return written.to_csv(index=False).encode("utf-8-sig")
