"""The order within the poor: families of desil 1 left out while others of desil 3 and 4 receive."""

from sqlalchemy import Connection, Select, case, func, select

from geo import cube_tables
from queries.answer import Rate, answer, in_scope, rows_of
from queries.coverage import totals_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Shadow, Whole
from queries.what_if import program_id_of, refuse_what_if

COUNTS = ("poorest_eligible_count", "poorest_reached_count", *cube_tables.ORDER_COUNTS)


def build_order(scope: Scope) -> Select:
    """Return the statement of `order`: units of the program, one row per wilayah."""
    place, total, cube = rows_of(scope).subquery("place"), totals_of(scope), cube_tables.program_count
    poorest = select(cube).where(
        in_scope(cube, scope), cube.c.program_id == program_id_of(scope), cube.c.desil == 1
    ).subquery("poorest")  # fmt: skip
    return (
        select(
            place, total.c.kode.is_not(None).label("has_data"),
            # A wilayah with data and nobody of desil 1 has no row of it.
            case((total.c.kode.is_not(None), func.coalesce(poorest.c.eligible_count, 0))).label(COUNTS[0]),
            case((total.c.kode.is_not(None), func.coalesce(poorest.c.reached_count, 0))).label(COUNTS[1]),
            *(total.c[name] for name in cube_tables.ORDER_COUNTS),
            total.c.out_of_order_count.is_not(None).label("has_order"),
        )
        .join_from(place, total, total.c.kode == place.c.kode, isouter=True)
        .join(poorest, poorest.c.kode == total.c.kode, isouter=True)
        .order_by(place.c.kode)
    )  # fmt: skip


def order(connection: Connection, scope: Scope) -> Result:
    """Return how many of desil 1 are left out while as many of desil 3 and 4 receive, for each wilayah of a scope.

    poorest_gap = eligible of desil 1 and not receiving; later_reached = eligible of desil 3 and 4 and receiving;
    out_of_order = the smaller of the two at the base of the split (where the quota is set, else the desa), summed
    above it, `not_applicable` below it. value = out_of_order_rate = out_of_order / poorest_eligible. The rule calls
    this no error, since all of them are eligible; who plans does. Raises QueryError, `no_what_if` among them.
    """
    refuse_what_if(scope, "order")
    return answer(
        connection, scope, "order", build_order, counts=COUNTS,
        rates=(Rate("out_of_order_rate", "out_of_order_count", "poorest_eligible_count", applies_by="has_order"),),
        wholes=(Whole("poorest_eligible_count", ("poorest_reached_count", "poorest_gap_count")),),
        # The smaller of two counts is as good as one of them.
        shadows=(Shadow("out_of_order_count", ("poorest_gap_count", "later_reached_count")),),
    )
