"""The questions that the pages ask, each with its measures, and the values that a measure takes from a result."""

from dataclasses import dataclass

import pandas as pd

from queries.columns import Status
from queries.result import Result


@dataclass(frozen=True)
class Measure:
    """One column of a result that can colour a map.

    `form` says how it is written: rate, count, idr or per_km2. A rate has fixed class limits; other forms take theirs
    from all wilayah of a level. A rate's numerator and denominator travel with it.
    """

    key: str
    form: str
    palette: str
    numerator: str
    denominator: str
    limits: tuple[float, ...] = ()
    status_column: str = "status"
    rate: str = ""


@dataclass(frozen=True)
class Question:
    """One page: its address, its query, its measures in the order of the sidebar."""

    key: str
    query: str
    measures: tuple[Measure, ...]
    has_program: bool = True
    has_desil: bool = False
    has_what_if: bool = False
    has_sample: bool = False

    def measure(self, key: str | None) -> Measure:
        """Return the measure called `key`, else the page's first."""
        return next((measure for measure in self.measures if measure.key == key), self.measures[0])


NEED_LIMITS = (0.4, 0.5, 0.6, 0.7, 0.8)
INCLUSION_LIMITS = (0.05, 0.1, 0.2, 0.3, 0.4)

QUESTIONS = {
    question.key: question
    for question in (
        Question(
            "coverage-gaps",
            "coverage",
            (
                Measure("exclusion_rate", "rate", "need", "gap_count", "eligible_count", NEED_LIMITS),
                Measure("gap_count", "count", "need", "gap_count", "eligible_count", rate="exclusion_rate"),
                Measure("gap_idr", "idr", "need", "gap_count", "eligible_count", rate="exclusion_rate"),
            ),
        ),
        Question(
            "desil-density",
            "desil_density",
            (
                Measure("share_rate", "rate", "density", "household_count", "total_household_count"),
                Measure("household_count", "count", "density", "household_count", "total_household_count",
                        rate="share_rate"),
                Measure("household_per_km2", "per_km2", "density", "household_count", "total_household_count",
                        rate="share_rate"),
            ),
            has_program=False,
            has_desil=True,
        ),
        Question(
            "targeting-errors",
            "targeting_errors",
            (
                Measure("exclusion_rate", "rate", "need", "gap_count", "eligible_count", NEED_LIMITS,
                        status_column="exclusion_status"),
                Measure("inclusion_rate", "rate", "excess", "leak_count", "received_count", INCLUSION_LIMITS,
                        status_column="inclusion_status"),
                Measure("leak_idr", "idr", "excess", "leak_count", "received_count",
                        status_column="inclusion_status", rate="inclusion_rate"),
            ),
        ),
    )
}  # fmt: skip


def values_of(result: Result, measure: Measure) -> pd.DataFrame:
    """Return kode, name, kind, value, status, numerator, denominator, their masks and the rate, one row per wilayah.

    Where the status is not `ok` there is no value, so that no colour gives a masked one away.
    """
    frame = result.frame
    shown = pd.DataFrame(
        {
            "kode": frame["kode"].astype("string"),
            "name": frame["name"].astype("string"),
            "kind": frame["kind"].astype("string"),
            "value": frame[measure.key].astype("Float64"),
            "numerator": frame[measure.numerator].astype("Int64"),
            "denominator": frame[measure.denominator].astype("Int64"),
            "rate": frame[measure.rate or measure.key].astype("Float64"),
            "status": frame[measure.status_column].map(str).astype("string"),
            "numerator_mask": mask_of(result, measure.numerator),
            "denominator_mask": mask_of(result, measure.denominator),
        }
    )
    if measure.form != "rate":
        # The row's status is about its rate: a count can be shown where the rate is not, and the other way round.
        has_rate = shown["status"].isin([Status.ok, Status.suppressed])
        shown.loc[has_rate & shown["value"].notna(), "status"] = Status.ok.value
        shown.loc[has_rate & shown["value"].isna(), "status"] = Status.no_data.value
        shown.loc[has_rate & (shown["numerator_mask"] != ""), "status"] = Status.suppressed.value
    shown.loc[shown["value"].isna() & (shown["status"] == Status.ok), "status"] = Status.no_data.value
    shown.loc[shown["status"] != Status.ok, "value"] = pd.NA
    return shown


def mask_of(result: Result, column: str) -> pd.Series:
    """Return a count's mask, all shown where the result has none."""
    if column in result.mask.columns:
        return result.mask[column].fillna("").astype("string")
    return pd.Series("", index=result.frame.index, dtype="string")
