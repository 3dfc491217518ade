"""The questions that the pages ask, each with its measures, and the values that a measure takes from a result."""

from dataclasses import dataclass

import pandas as pd

from boundaries.levels import Level
from queries.columns import Status
from queries.result import Result


@dataclass(frozen=True)
class Measure:
    """One column of a result that can colour a map.

    `form` says how it is written: rate, points (of a difference), count, idr or per_km2. A rate and a difference have
    fixed class limits; other forms take theirs from all wilayah of a level. A rate's numerator and denominator travel
    with it. An estimate of the field names its `error` (exclusion or inclusion), has its interval in the columns
    `..._lower` and `..._upper`, and `merged` limits: those that are left where the interval is 10 and 20 points wide.
    A measure of a comparison names in `change` the error whose two sides it puts beside one another.
    """

    key: str
    form: str
    palette: str
    numerator: str
    denominator: str
    limits: tuple[float, ...] = ()
    status_column: str = "status"
    rate: str = ""
    error: str = ""
    merged: tuple[tuple[float, ...], ...] = ()
    change: str = ""

    @property
    def interval(self) -> tuple[str, str] | None:
        """Return the columns of the 95 % interval, None for a measure of the register."""
        stem = self.key.removesuffix("_rate")
        return (f"{stem}_lower", f"{stem}_upper") if self.error else None


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
    has_map: bool = True
    has_request: bool = False
    finest: Level = Level.desa

    def measure(self, key: str | None) -> Measure:
        """Return the measure called `key`, else the page's first."""
        return next((measure for measure in self.measures if measure.key == key), self.measures[0])


NEED_LIMITS = (0.4, 0.5, 0.6, 0.7, 0.8)
INCLUSION_LIMITS = (0.05, 0.1, 0.2, 0.3, 0.4)
# The field's limits are the register's, so that both pages read alike; the less certain, the fewer are left.
FIELD_EXCLUSION = Measure(
    "field_exclusion_rate", "rate", "need", "field_gap_count", "field_eligible_count", NEED_LIMITS,
    status_column="exclusion_status", error="exclusion", merged=((0.5, 0.7), (0.7,)),
)
FIELD_INCLUSION = Measure(
    "field_inclusion_rate", "rate", "ochre", "field_leak_count", "field_received_count", INCLUSION_LIMITS,
    status_column="inclusion_status", error="inclusion", merged=((0.1, 0.3), (0.2,)),
)
DIFFERENCE_LIMITS = (-0.2, -0.1, 0.0, 0.1, 0.2)
CHANGE_LIMITS = (-0.1, -0.05, -0.025, -0.01, 0.01, 0.025, 0.05, 0.1)

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
            "desil-density",
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
            "targeting-errors",
            (
                Measure("exclusion_rate", "rate", "need", "gap_count", "eligible_count", NEED_LIMITS,
                        status_column="exclusion_status"),
                Measure("inclusion_rate", "rate", "excess", "leak_count", "received_count", INCLUSION_LIMITS,
                        status_column="inclusion_status"),
                Measure("leak_idr", "idr", "excess", "leak_count", "received_count",
                        status_column="inclusion_status", rate="inclusion_rate"),
            ),
        ),
        Question(
            "field-errors",
            "field-errors",
            (
                FIELD_EXCLUSION,
                FIELD_INCLUSION,
                Measure("exclusion_difference_rate", "points", "difference", "field_gap_count", "field_eligible_count",
                        DIFFERENCE_LIMITS, status_column="exclusion_status", error="exclusion"),
                Measure("inclusion_difference_rate", "points", "difference", "field_leak_count",
                        "field_received_count", DIFFERENCE_LIMITS, status_column="inclusion_status",
                        error="inclusion"),
            ),
            has_sample=True,
        ),
        Question(
            "sample-planner",
            "sample-plan",
            (
                Measure("interview_count", "count", "density", "interview_count", "visited_desa_count",
                        (100, 200, 400, 800, 1600), rate="width_rate"),
                Measure("width_rate", "rate", "need", "interview_count", "visited_desa_count",
                        (0.1, 0.15, 0.2, 0.25, 0.3), rate="width_rate"),
            ),
            has_request=True,
            finest=Level.kecamatan,
        ),
        Question(
            "what-if",
            "comparison",
            (
                Measure("exclusion_change_rate", "points", "change", "gap_count_other", "eligible_count_other",
                        CHANGE_LIMITS, status_column="exclusion_change_status", change="exclusion"),
                Measure("inclusion_change_rate", "points", "change", "leak_count_other", "received_count_other",
                        CHANGE_LIMITS, status_column="inclusion_change_status", change="inclusion"),
                Measure("exclusion_rate_other", "rate", "need", "gap_count_other", "eligible_count_other", NEED_LIMITS,
                        status_column="exclusion_status_other", change="exclusion"),
            ),
            has_what_if=True,
        ),
        Question("model-checks", "field-errors", (FIELD_EXCLUSION,), has_sample=True, has_map=False),
    )
}  # fmt: skip


def values_of(result: Result, measure: Measure) -> pd.DataFrame:
    """Return kode, name, kind, value, status, numerator, denominator, their masks and the rate, one row per wilayah.

    An estimate brings the lower and upper end of its interval; other measures have none. Where the status is not `ok`
    there is no value, so that no colour gives a masked one away.
    """
    frame = result.frame
    none = pd.Series(pd.NA, index=frame.index, dtype="Float64")
    lower, upper = (frame[end].astype("Float64") for end in measure.interval) if measure.interval else (none, none)
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
            "lower": lower,
            "upper": upper,
        }
    )
    if measure.form not in ("rate", "points"):
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
