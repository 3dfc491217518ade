"""The names that every answer shares, and the status of a value."""

from enum import StrEnum

import numpy as np
import pandas as pd

ANSWER = (
    "kode", "name", "level", "kind", "status", "value", "numerator", "denominator", "se", "lower", "upper",
)


class Status(StrEnum):
    """What a value is, or why there is none."""

    ok = "ok"
    no_data = "no_data"
    not_applicable = "not_applicable"
    suppressed = "suppressed"
    too_uncertain = "too_uncertain"


def whole_numbers(values: np.ndarray) -> pd.arrays.IntegerArray:
    """Return an array of floats, shape (n,), as nullable whole numbers; NaN becomes null."""
    absent = np.isnan(values)
    return pd.arrays.IntegerArray(np.where(absent, 0, values).astype("int64"), absent)
