"""How concentrated a count is: the fewest wilayah of a level that hold half of it."""

from collections.abc import Callable

import pandas as pd
from sqlalchemy import Connection, Select, Subquery, func, select

from queries.answer import rows_of
from queries.columns import Status
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import SHOWN


def build_concentration(scope: Scope, counted: Subquery, count: str) -> Select:
    """Return the statement of how few of the scope's rows hold half of `count`, a column of `counted` by kode."""
    place, column = rows_of(scope).subquery("place"), counted.c[count]
    running = func.sum(column).over(order_by=(column.desc(), place.c.kode), rows=(None, 0))
    ranked = (
        select(
            column.label("held"),
            (running - column).label("before"),
            func.sum(column).over().label("whole"),
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .subquery("ranked")
    )
    is_needed = (2 * ranked.c.before < ranked.c.whole) & (ranked.c.held > 0)
    return select(
        func.count().filter(is_needed).label("holding_count"), func.count().label("place_count")
    ).select_from(ranked)


def concentration_of(
    connection: Connection, scope: Scope, query: Callable[[Connection, Scope], Result], counted: Subquery, count: str
) -> pd.Series | None:
    """Return `holding_count` and `place_count`: the fewest wilayah of the scope's level that hold half of a count.

    `query` gives the count of the scope's own wilayah. None where that may not be shown, or is too small to speak of
    halves.
    """
    if scope.disclosure == "published":
        own = query(connection, scope.itself())
        if (own.mask[count] != SHOWN).any() or (own.frame["status"] != Status.ok).any():
            return None
    row = connection.execute(build_concentration(scope, counted, count)).one()
    return pd.Series(row._asdict(), dtype="int64")
