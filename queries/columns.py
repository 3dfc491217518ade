"""The names that every answer shares, and the status of a value."""

from enum import StrEnum

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
