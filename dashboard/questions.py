"""The questions that the pages ask, each with its measures, and the values that a measure takes from a result."""

from dataclasses import dataclass

import pandas as pd

from boundaries.levels import Level
from queries.columns import Status
from queries.comparison import OTHER
from queries.hot_spots import CLUSTERS
from queries.result import Result
from queries.trend import BEFORE


@dataclass(frozen=True)
class Measure:
    """One column of a result that can colour a map.

    `form` says how it is written: rate, points (of a difference), count, idr, per_km2 or cluster (of a test). A rate
    and a difference have
    fixed class limits; other forms take theirs from all wilayah of a level. A rate's numerator and denominator travel
    with it. An estimate of the field names its `error` (exclusion or inclusion), has its interval in the columns
    `..._lower` and `..._upper`, and `merged` limits: those that are left where the interval is 10 and 20 points wide.
    A measure of a comparison names in `change` the figure whose two sides it puts beside one another and in `sides`
    what their columns end in, in the order in which they are shown (`rise` is the form of a count that became
    another); one of a test names in `test` what was tested. Its list is ordered by its value, or by its numerator where
    the page ranks wilayah by that count (`is_ranked_by_count`).
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
    test: str = ""
    sides: tuple[str, str] = ("", OTHER)
    is_ranked_by_count: bool = False

    @property
    def changed(self) -> tuple[str, str]:
        """Return the columns of a comparison's change and of its status, whichever side the measure itself shows."""
        if self.sides == ("", OTHER):
            return f"{self.change}_change_rate", f"{self.change}_change_status"
        return self.key, self.status_column

    @property
    def interval(self) -> tuple[str, str] | None:
        """Return the columns of the 95 % interval, None for a measure of the register."""
        stem = self.key.removesuffix("_rate")
        return (f"{stem}_lower", f"{stem}_upper") if self.error else None


@dataclass(frozen=True)
class Question:
    """One page: its address, its query, its measures in the order of the sidebar; `desil` where it asks about those.

    `has_own_scale`: counts take their class limits from the wilayah that are shown, since elsewhere nothing was asked.
    """

    key: str
    query: str
    measures: tuple[Measure, ...]
    has_program: bool = True
    has_desil: bool = False
    has_what_if: bool = False
    has_sample: bool = False
    has_map: bool = True
    has_request: bool = False
    has_since: bool = False
    finest: Level = Level.desa
    coarsest: Level = Level.provinsi
    desil: tuple[int, ...] = ()
    offers_program: bool = False
    has_own_scale: bool = False

    def measure(self, key: str | None) -> Measure:
        """Return the measure called `key`, else the page's first."""
        return next((measure for measure in self.measures if measure.key == key), self.measures[0])


NEED_LIMITS = (0.4, 0.5, 0.6, 0.7, 0.8)
INCLUSION_LIMITS = (0.05, 0.1, 0.2, 0.3, 0.4)
COVERAGE_EXCLUSION = Measure("exclusion_rate", "rate", "need", "gap_count", "eligible_count", NEED_LIMITS)
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
WITHOUT_LIMITS = (0.05, 0.1, 0.2, 0.3, 0.4)
KIND_LIMITS = (0.05, 0.1, 0.2, 0.3, 0.4)
CHANGE_LIMITS = (-0.1, -0.05, -0.025, -0.01, 0.01, 0.025, 0.05, 0.1)
# From month to month less changes than between two rules or registers, and who is in which desil least of all.
RISE_LIMITS = (-0.05, -0.02, -0.01, -0.0025, 0.0025, 0.01, 0.02, 0.05)
SHARE_RISE_LIMITS = (-0.02, -0.01, -0.005, -0.0025, 0.0025, 0.005, 0.01, 0.02)

QUESTIONS = {
    question.key: question
    for question in (
        Question(
            "overview",
            "without",
            (
                Measure("without_rate", "rate", "need", "without_count", "household_count", WITHOUT_LIMITS,
                        is_ranked_by_count=True),
                Measure("without_count", "count", "need", "without_count", "household_count", rate="without_rate"),
            ),
            has_program=False,
            offers_program=True,
            desil=(1,),
        ),
        Question(
            "monitoring",
            "monitoring",
            (Measure("without_rate", "rate", "need", "without_count", "desil_one_count", WITHOUT_LIMITS),),
            finest=Level.kecamatan,
        ),
        Question(
            "coverage-gaps",
            "coverage",
            (
                COVERAGE_EXCLUSION,
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
        Question(
            "hot-spots",
            "hot-spots",
            (
                Measure("exclusion_cluster", "cluster", "cluster", "gap_count", "eligible_count",
                        status_column="exclusion_cluster_status", rate="exclusion_rate", test="exclusion"),
                Measure("share_cluster", "cluster", "cluster", "household_count", "total_household_count",
                        status_column="share_cluster_status", rate="share_rate", test="share"),
                Measure("inclusion_cluster", "cluster", "cluster", "leak_count", "received_count",
                        status_column="inclusion_cluster_status", rate="inclusion_rate", test="inclusion"),
            ),
            has_desil=True,
            coarsest=Level.kecamatan,
        ),
        Question(
            "trends",
            "change",
            (
                Measure("exclusion_rise_rate", "points", "change", "gap_count", "eligible_count", RISE_LIMITS,
                        status_column="exclusion_rise_status", change="exclusion", sides=(BEFORE, "")),
                Measure("gap_rise_count", "rise", "change", "gap_count", "eligible_count",
                        status_column="gap_rise_status", change="gap", sides=(BEFORE, "")),
                Measure("share_rise_rate", "points", "change", "household_count", "total_household_count",
                        SHARE_RISE_LIMITS, status_column="share_rise_status", change="share", sides=(BEFORE, "")),
                Measure("desil_one_without_rise_rate", "points", "change", "desil_one_without_count",
                        "desil_one_count", RISE_LIMITS, status_column="desil_one_without_rise_status",
                        change="desil_one_without", sides=(BEFORE, "")),
            ),
            has_desil=True,
            has_since=True,
        ),
        Question(
            "register-kinds",
            "register-kind",
            (
                Measure("kind_count", "count", "density", "kind_count", "kind_total_count", rate="kind_share_rate"),
                Measure("kind_share_rate", "rate", "density", "kind_count", "kind_total_count", KIND_LIMITS),
            ),
            has_program=False,
            has_request=True,
        ),
        Question(
            "planning",
            "plan",
            (
                Measure("exclusion_after_rate", "rate", "need", "uncovered_count", "eligible_count", NEED_LIMITS),
                Measure("planned_count", "count", "density", "planned_count", "need_count",
                        rate="exclusion_after_rate"),
                Measure("amount_idr", "idr", "density", "planned_count", "need_count", rate="exclusion_after_rate"),
                Measure("uncovered_count", "count", "need", "uncovered_count", "eligible_count",
                        rate="exclusion_after_rate"),
            ),
            has_request=True,
            has_own_scale=True,
        ),
        Question(
            "shocks",
            "desil-density",
            (Measure("household_count", "count", "density", "household_count", "total_household_count",
                     rate="share_rate"),),
            has_program=False,
            has_map=False,
        ),
        Question(
            "scenarios",
            "scenario-difference",
            (
                Measure("planned_rise_count", "rise", "change", "planned_count", "need_count",
                        status_column="planned_rise_status", change="planned", sides=(BEFORE, "")),
                Measure("uncovered_rise_count", "rise", "change", "uncovered_count", "need_count",
                        status_column="uncovered_rise_status", change="uncovered", sides=(BEFORE, "")),
            ),
            has_program=False,
            has_request=True,
            has_own_scale=True,
        ),
        Question("model-checks", "field-errors", (FIELD_EXCLUSION,), has_sample=True, has_map=False),
        Question("program-catalogue", "coverage", (COVERAGE_EXCLUSION,), has_program=False, has_map=False),
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
            "value": class_numbers(frame[measure.key]) if measure.test else frame[measure.key].astype("Float64"),
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
    if measure.form not in ("rate", "points", "rise", "cluster"):
        # The row's status is about its rate: a count can be shown where the rate is not, and the other way round.
        has_rate = shown["status"].isin([Status.ok, Status.suppressed])
        shown.loc[has_rate & shown["value"].notna(), "status"] = Status.ok.value
        shown.loc[has_rate & shown["value"].isna(), "status"] = Status.no_data.value
        shown.loc[has_rate & (shown["numerator_mask"] != ""), "status"] = Status.suppressed.value
    shown.loc[shown["value"].isna() & (shown["status"] == Status.ok), "status"] = Status.no_data.value
    shown.loc[shown["status"] != Status.ok, "value"] = pd.NA
    return shown


def class_numbers(classes: pd.Series) -> pd.Series:
    """Return the clusters of a test as their numbers, the place of each in CLUSTERS."""
    return classes.map({name: number for number, name in enumerate(CLUSTERS)}).astype("Float64")


def mask_of(result: Result, column: str) -> pd.Series:
    """Return a count's mask, all shown where the result has none."""
    if column in result.mask.columns:
        return result.mask[column].fillna("").astype("string")
    return pd.Series("", index=result.frame.index, dtype="string")
