"""The ten wilayah to look at first, and why: ranked by need, each reason a stated threshold with its number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from sqlalchemy import Connection, select

from boundaries.levels import Level
from queries.columns import ANSWER, Status
from queries.data_age import data_age
from queries.errors import QueryError
from queries.field import field_errors, samples
from queries.lineage import kin
from queries.order import order
from queries.program_sheet import program_sheet
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import SHOWN
from queries.wilayah import data_state
from queries.without import without

POOREST = (1,)
MOST_PLACES = 10
# Below this many wilayah there is no tenth to speak of.
LEAST_FOR_A_TENTH = 10
# A point of a small wilayah is a family or two, and less than what figures are rounded to.
GROWTH_POINTS, GROWTH_COUNT = 0.01, 10
OUT_OF_ORDER = 0.1
UNUSED_OF_GAP = 0.05
LEAST_PAID = 0.9
OLD = 0.5
WIDEST = 0.3
_OWN = ("priority_rank", "reasons", "without_share_rate")


@dataclass(frozen=True)
class Evidence:
    """What a ranking rests on: disclosed answers for the same wilayah; `before` and `field` where there are any.

    `own` is the answer to `without` for the wilayah that holds the others; `sheet` has one program. `divided`: kode of
    the wilayah that were split or made since the period of `before`.
    """

    own: Result
    now: Result
    order: Result
    sheet: Result
    age: Result
    before: Result | None = None
    field: Result | None = None
    divided: frozenset[str] = frozenset()

    def results(self) -> list[Result]:
        """Return every answer that is there."""
        parts = (self.now, self.own, self.before, self.order, self.sheet, self.age, self.field)
        return [part for part in parts if part is not None]


def priorities(connection: Connection, scope: Scope) -> Result:
    """Return the ten wilayah of a scope's level with the most households of desil 1 that receive no program.

    Whatever desil the scope asks for. `reasons` names what holds of each: most (its share of all such households),
    highest_tenth (among as many of the highest rates as `count_of_tenth` says), grew (by more than a point and ten
    households since the period before, unless it was split or made since), out_of_order, unused_quota and unpaid (of
    the scope's program), old_data, unsure (the field's estimate). The numbers stand in the columns of their own
    queries. It is computed from answers as they are disclosed, so that a masked number neither ranks nor explains.
    Raises QueryError, `no_what_if` among them.
    """
    scope = scope.at(desil=POOREST)
    earlier = data_state(connection).earlier(scope.period, scope.wilayah) if scope.period else ()
    evidence = Evidence(
        own=without(connection, scope.itself()),
        now=without(connection, scope),
        order=order(connection, scope),
        sheet=program_sheet(connection, scope.at(programs=(scope.program,))),
        age=data_age(connection, scope),
        before=without(connection, scope.at(period=earlier[0])) if earlier else None,
        field=_estimates(connection, scope),
        divided=_divided(connection, scope.at(against=earlier[0])) if earlier else frozenset(),
    )
    frame = rank_places(evidence)
    parts = evidence.results()
    origin = evidence.now.provenance
    sources = dict.fromkeys(source for part in parts for source in part.provenance.sources)
    return Result(
        frame,
        replace(origin, query="priorities", scope=scope, sources=tuple(sources), row_count=len(frame),
                sql=";\n\n".join(part.provenance.sql for part in parts)),
        _masks(frame, evidence),
    )  # fmt: skip


def _divided(connection: Connection, scope: Scope) -> frozenset[str]:
    return frozenset(connection.scalars(select(kin(scope).c.kode)))


def _estimates(connection: Connection, scope: Scope) -> Result | None:
    """Return the field's estimates where a sample of the period is estimated; a desa has none of its own."""
    if scope.level is Level.desa or not samples(connection, scope.period):
        return None
    try:
        return field_errors(connection, scope)
    except QueryError as error:
        if error.code not in ("not_estimated", "no_sample"):
            raise
        return None


def rank_places(evidence: Evidence) -> pd.DataFrame:
    """Return the ten wilayah with the most households without any program: the answer's columns, rank and reasons.

    A pure function of disclosed answers. Equal counts are ordered by rate, then by kode.
    """
    frame = evidence.now.frame.set_index("kode", drop=False)
    frame.index.name = None
    frame["without_share_rate"] = _share_of_all(evidence)
    for change, column in (("without_change_rate", "without_rate"), ("without_change_count", "without_count")):
        frame[change] = _change(evidence, frame[column])
    for result, columns in (
        (evidence.order, ("out_of_order_count", "poorest_eligible_count", "out_of_order_rate")),
        (evidence.sheet, ("unused_quota_count", "gap_count", "received_count", "paid_count", "paid_rate")),
        (evidence.age, ("old_rate",)),
    ):
        frame[list(columns)] = _shown(result, columns).reindex(frame.index)
    frame["field_width_rate"] = _width(evidence, frame)
    frame["reasons"] = _reasons(frame, evidence)
    # A masked count is null: it neither ranks nor explains.
    is_candidate = (frame["without_count"].fillna(0) > 0).to_numpy(dtype=bool)
    ranked = frame[is_candidate].sort_values(
        ["without_count", "without_rate", "kode"], ascending=[False, False, True], na_position="last"
    ).head(MOST_PLACES)  # fmt: skip
    ranked["priority_rank"] = np.arange(1, len(ranked) + 1)
    order_of = [*ANSWER, *_OWN, *(name for name in ranked.columns if name not in (*ANSWER, *_OWN))]
    return ranked[order_of].reset_index(drop=True)


def _reasons(frame: pd.DataFrame, evidence: Evidence) -> list[str]:
    # What is missing or masked is never a reason. Of equal rates the larger number comes first.
    rates = frame[frame["without_rate"].notna()].sort_values(
        ["without_rate", "without_count", "kode"], ascending=[False, False, True], na_position="last"
    )  # fmt: skip
    highest = rates.index[: count_of_tenth(len(rates))]
    unsure = pd.Series(False, index=frame.index)
    if evidence.field is not None:
        status = evidence.field.frame.set_index("kode")["exclusion_status"].reindex(frame.index)
        unsure = status == Status.too_uncertain
    holds: dict[str, pd.Series] = {
        "most": frame["without_share_rate"].notna(),
        "highest_tenth": pd.Series(frame.index.isin(highest), index=frame.index),
        # The difference of two rates is a hair off what it is on paper.
        "grew": (frame["without_change_rate"].round(9) > GROWTH_POINTS)
        & (frame["without_change_count"] >= GROWTH_COUNT),
        "out_of_order": (frame["out_of_order_rate"] >= OUT_OF_ORDER) & frame["out_of_order_count"].notna(),
        "unused_quota": (frame["unused_quota_count"] > 0)
        & (frame["unused_quota_count"] >= UNUSED_OF_GAP * frame["gap_count"]),
        "unpaid": frame["paid_rate"] < LEAST_PAID,
        "old_data": frame["old_rate"] > OLD,
        "unsure": unsure | (frame["field_width_rate"] > WIDEST),
    }
    flags = pd.DataFrame({name: column.fillna(False).astype(bool) for name, column in holds.items()})
    return [", ".join(name for name in flags.columns if row[name]) for _, row in flags.iterrows()]


def count_of_tenth(rate_count: int) -> int:
    """Return how many of so many rates are the highest tenth: rounded up, and none of too few."""
    return -(-rate_count // 10) if rate_count >= LEAST_FOR_A_TENTH else 0


def _share_of_all(evidence: Evidence) -> pd.Series:
    """Return each wilayah's share of the households without a program in the wilayah that holds them all."""
    counts = _shown(evidence.now, ("without_count",))["without_count"]
    whole = _shown(evidence.own, ("without_count",))["without_count"].iloc[0]
    if pd.isna(whole) or whole <= 0:
        return pd.Series(pd.NA, index=counts.index, dtype="Float64")
    # A part and its whole that are rounded apart may pass 1 by a hair.
    return (counts.astype("Float64") / float(whole)).clip(upper=1.0)


def _change(evidence: Evidence, now: pd.Series) -> pd.Series:
    if evidence.before is None:
        return pd.Series(pd.NA, index=now.index, dtype="Float64")
    # Of a wilayah that was split, another one of the same code went before.
    before = _shown(evidence.before, (now.name,))[now.name].drop(evidence.divided, errors="ignore")
    return (now - before.reindex(now.index)).astype("Float64")


def _width(evidence: Evidence, frame: pd.DataFrame) -> pd.Series:
    if evidence.field is None:
        return pd.Series(pd.NA, index=frame.index, dtype="Float64")
    field = evidence.field.frame.set_index("kode").reindex(frame.index)
    return (field["field_exclusion_upper"] - field["field_exclusion_lower"]).astype("Float64")


def _shown(result: Result, columns: Sequence[str]) -> pd.DataFrame:
    """Return columns of an answer by kode, null where they are masked."""
    frame = result.frame[list(columns)].copy()
    for name in columns:
        frame[name] = frame[name].where((_mask(result, name) == SHOWN).to_numpy())
    frame.index = pd.Index(result.frame["kode"])
    return frame


def _mask(result: Result, column: str) -> pd.Series:
    if column in result.mask.columns:
        return result.mask[column]
    return pd.Series(SHOWN, index=result.frame.index, dtype=object)


def _masks(frame: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Return the masks of the answers' counts, for the rows that were chosen."""
    masks = {}
    for part in (evidence.age, evidence.sheet, evidence.order, evidence.now):
        for name in part.mask.columns.intersection(frame.columns):
            masks[name] = part.mask[name].set_axis(part.frame["kode"]).reindex(frame["kode"]).to_numpy()
    return pd.DataFrame(masks, index=frame.index, dtype=object)
