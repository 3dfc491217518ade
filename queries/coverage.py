"""Coverage by the register: who is eligible by the rule, who of them is reached, and why the others are not."""

import pandas as pd
from sqlalchemy import BigInteger, Connection, Select, cast, func, select

from geo import tables
from queries.answer import Rate, answer, in_scope, rows_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Amount, Whole

COUNTS = (
    "eligible_count", "received_count", "reached_count", "gap_count", "leak_count", "paid_count", "quota_count",
    "no_quota_count", "unused_quota_count", "too_few_places_count", "misallocated_count",
)
WHOLES = (
    Whole("eligible_count", ("reached_count", "gap_count")),
    Whole("received_count", ("reached_count", "leak_count")),
    Whole("gap_count", ("too_few_places_count", "misallocated_count")),
    Whole("gap_count", ("no_quota_count", "unused_quota_count", "misallocated_count")),
)


def sum_programs(scope: Scope):
    """Return the subquery that adds the classes of desil of one program, by kode."""
    cube = tables.program_count

    def total(column):
        return cast(func.sum(column), BigInteger)

    return (
        select(
            cube.c.kode,
            total(cube.c.eligible_count).label("eligible_count"),
            total(cube.c.received_count).label("received_count"),
            total(cube.c.reached_count).label("reached_count"),
            total(cube.c.eligible_count - cube.c.reached_count).label("gap_count"),
            total(cube.c.received_count - cube.c.reached_count).label("leak_count"),
            total(cube.c.paid_count).label("paid_count"),
            total(cube.c.gap_idr).label("gap_idr"),
            total(cube.c.leak_idr).label("leak_idr"),
        )
        .where(in_scope(cube, scope), cube.c.program_id == _program_id(scope))
        .group_by(cube.c.kode)
        .subquery("counted")
    )


def build_coverage(scope: Scope) -> Select:
    """Return the statement of `coverage`: units of the program, rupiah a year, one row per wilayah."""
    place, counted, split = rows_of(scope).subquery("place"), sum_programs(scope), tables.split_count
    parts = (
        "quota_count", "no_quota_count", "unused_quota_count", "too_few_places_count", "misallocated_count",
    )
    return (
        select(
            place,
            counted.c.kode.is_not(None).label("has_data"),
            *(column for column in counted.c if column.name not in ("kode", "leak_idr")),
            *(split.c[name] for name in parts),
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .join(
            split,
            (split.c.kode == place.c.kode) & (split.c.period == scope.period) & (split.c.level == int(scope.level))
            & (split.c.program_id == _program_id(scope)),
            isouter=True,
        )
        .order_by(place.c.kode)
    )


def coverage(connection: Connection, scope: Scope) -> Result:
    """Return coverage, gap and the gap's split for each wilayah of a scope.

    value = coverage_rate = reached / eligible; gap_rate = 1 - coverage, the exclusion by the rule (Coady, Grosh and
    Hoddinott 2004). Units are the program's (household or person), rupiah are a year's. Raises QueryError.
    """
    return answer(
        connection, scope, "coverage", build_coverage(scope), counts=COUNTS,
        rates=(
            Rate("coverage_rate", "reached_count", "eligible_count"),
            Rate("gap_rate", "gap_count", "eligible_count"),
        ),
        wholes=WHOLES,
        amounts=(Amount("gap_idr", "gap_count"),),
    )


def build_concentration(scope: Scope) -> Select:
    """Return the statement of `concentration`: how few of the scope's rows hold half of its gap."""
    counted = sum_programs(scope)
    place = rows_of(scope).subquery("place")
    ranked = (
        select(
            counted.c.gap_count,
            func.sum(counted.c.gap_count).over(
                order_by=(counted.c.gap_count.desc(), place.c.kode), rows=(None, 0)
            ).label("running_count"),
            func.sum(counted.c.gap_count).over().label("total_count"),
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .subquery("ranked")
    )
    before = ranked.c.running_count - ranked.c.gap_count
    return select(
        func.count().filter((2 * before < ranked.c.total_count) & (ranked.c.gap_count > 0)).label("holding_count"),
        func.count().label("place_count"),
    ).select_from(ranked)


def concentration(connection: Connection, scope: Scope) -> pd.Series:
    """Return `holding_count` and `place_count`: the fewest wilayah of the scope's level that hold half of the gap."""
    row = connection.execute(build_concentration(scope)).one()
    return pd.Series(row._asdict(), dtype="int64")


def _program_id(scope: Scope):
    program = tables.program
    return select(program.c.id).where(program.c.key == scope.program).scalar_subquery()
