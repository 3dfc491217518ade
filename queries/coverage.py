"""Coverage by the register: who is eligible by the rule, who of them is reached, and why the others are not."""

import pandas as pd
from sqlalchemy import Connection, Select, select

from geo import cube_tables
from queries.answer import Rate, answer, in_scope, rows_of
from queries.concentration import concentration_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Amount, Shadow, Whole
from queries.what_if import program_id_of, settle_rule, totals_under

COUNTS = (
    "eligible_count", "received_count", "reached_count", "gap_count", "leak_count", "paid_count",
    "unpaid_count", *cube_tables.SPLIT_COUNTS,
)
RECEIPT_WHOLES = (
    Whole("eligible_count", ("reached_count", "gap_count")),
    Whole("received_count", ("reached_count", "leak_count")),
)
PAYMENT_WHOLES = (*RECEIPT_WHOLES, Whole("received_count", ("paid_count", "unpaid_count")))
WHOLES = (
    *PAYMENT_WHOLES,
    Whole("gap_count", ("too_few_places_count", "misallocated_count")),
    Whole("gap_count", ("no_quota_count", "unused_quota_count", "misallocated_count")),
    Whole("too_few_places_count", ("no_quota_count", "unused_quota_count")),
)
# Misallocated places are the smaller of gap and leak, so they are as good as one of the two.
SHADOWS = (Shadow("misallocated_count", ("gap_count", "leak_count")),)


def totals_of(scope: Scope):
    """Return the totals of the scope's program, one row per wilayah that has data: stored, or under other limits."""
    if scope.is_what_if:
        return totals_under(scope)
    total = cube_tables.program_total
    return select(total).where(in_scope(total, scope), total.c.program_id == program_id_of(scope)).subquery("total")


def build_coverage(scope: Scope) -> Select:
    """Return the statement of `coverage`: units of the program, rupiah a year, one row per wilayah."""
    place, total = rows_of(scope).subquery("place"), totals_of(scope)
    unpaid = (total.c.received_count - total.c.paid_count).label("unpaid_count")
    columns = (total.c[name] for name in (*COUNTS, "gap_idr") if name != "unpaid_count")
    return (
        select(place, total.c.kode.is_not(None).label("has_data"), *columns, unpaid)
        .join_from(place, total, total.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )


def coverage(connection: Connection, scope: Scope) -> Result:
    """Return coverage, gap and the gap's split for each wilayah of a scope.

    value = coverage_rate = reached / eligible; exclusion_rate = 1 - coverage, the exclusion by the rule (Coady, Grosh
    and Hoddinott 2004). Units are the program's (household or person), rupiah are a year's.

    A what-if scope changes who is eligible and nothing else. The split of the gap is null there: places were set for
    the rule that was in force, and are not defined for one that was not. A register of DTKS holds few families above
    desil 4, so wider limits count too few eligible in it. Raises QueryError, those of `settle_rule` included.
    """
    scope = settle_rule(connection, scope)
    return answer(
        connection, scope, "coverage", build_coverage, counts=COUNTS,
        rates=(
            Rate("coverage_rate", "reached_count", "eligible_count"),
            Rate("exclusion_rate", "gap_count", "eligible_count"),
        ),
        wholes=PAYMENT_WHOLES if scope.is_what_if else WHOLES,
        amounts=(Amount("gap_idr", "gap_count"),),
        shadows=() if scope.is_what_if else SHADOWS,
        hidden=("unpaid_count",),
    )


def concentration(connection: Connection, scope: Scope) -> pd.Series | None:
    """Return how few of a scope's wilayah hold half of its gap; None where the gap itself may not be shown."""
    return concentration_of(connection, scope, coverage, totals_of(settle_rule(connection, scope)), "gap_count")
