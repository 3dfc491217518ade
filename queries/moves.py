"""Flows between two months of one register: families that entered, left, and moved from desil to desil."""

from sqlalchemy import Connection, Select, select

from geo import cube_tables
from queries.answer import Rate, in_scope, rows_of
from queries.breakdown import Axis, Subtotal, break_down
from queries.groups import require_kecamatan
from queries.result import Result
from queries.scope import Scope
from queries.what_if import refuse_what_if

DESIL = (*range(1, 11), None)
AXIS = Axis(
    ("move", "desil_before", "desil"),
    (
        *(("stayed", before, now) for before in DESIL for now in DESIL),
        *(("entered", None, now) for now in DESIL),
        *(("left", before, None) for before in DESIL),
    ),
)


def _is_ranked(key: tuple) -> bool:
    return key[0] == "stayed" and None not in key[1:]


# A higher desil is a less poor one; those who gained or lost a desil moved neither up nor down.
KINDS = {
    "entered_count": lambda key: key[0] == "entered",
    "left_count": lambda key: key[0] == "left",
    "up_count": lambda key: _is_ranked(key) and key[2] > key[1],
    "down_count": lambda key: _is_ranked(key) and key[2] < key[1],
    "same_count": lambda key: key[0] == "stayed" and key[1] == key[2],
    "gained_count": lambda key: key[0] == "stayed" and key[1] is None and key[2] is not None,
    "lost_count": lambda key: key[0] == "stayed" and key[1] is not None and key[2] is None,
}
NOW, EARLIER = "now_count", "earlier_count"
# Families by desil are published of each month: a cell must not follow from the others of its row or column.
_COLUMNS = tuple(
    Subtotal(f"margin_now_{now}", "household_count", lambda key, now=now: key[0] != "left" and key[2] == now)
    for now in DESIL
)
_LINES = tuple(
    Subtotal(f"margin_earlier_{before}", "household_count",
             lambda key, before=before: key[0] != "entered" and key[1] == before)
    for before in DESIL
)  # fmt: skip
SUBTOTALS = (
    *(Subtotal(name, "household_count", has_class) for name, has_class in KINDS.items()),
    Subtotal(NOW, "household_count", lambda key: key[0] != "left"),
    Subtotal(EARLIER, "household_count", lambda key: key[0] != "entered"),
    *_COLUMNS, *_LINES,
)  # fmt: skip
RATES = (
    Rate("move_rate", "household_count", "total_household_count"),
    *(
        Rate(name.replace("_count", "_rate"), name, EARLIER if name == "left_count" else NOW,
             name.replace("_count", "_status"))
        for name in KINDS
    ),
)  # fmt: skip


def build_desil_moves(scope: Scope) -> Select:
    """Return the statement of `desil_moves`: families by wilayah, kind of move and desil on both sides."""
    place, cube = rows_of(scope).subquery("place"), cube_tables.move_count
    counted = select(cube).where(in_scope(cube, scope)).subquery("counted")
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"), counted.c.move, counted.c.desil_before,
            counted.c.desil, counted.c.household_count,
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )  # fmt: skip


def desil_moves(connection: Connection, scope: Scope) -> Result:
    """Return how the families of each wilayah moved between the register before the scope's period and its own.

    A row is a wilayah and a cell: `move` (stayed, entered, left) with `desil_before` and `desil`, null for "belum ada
    desil"; one who is in both counts where it lives now, one who left where it lived. value = move_rate = the cell's
    families over all of both months. Repeated in each row: now_count and earlier_count, all families of either month;
    up_count and down_count (to a higher desil, which is less poor, or a lower one), same_count, gained_count and
    lost_count (who gained or lost a desil), entered_count: each with its rate over now_count; left_count with its
    rate over earlier_count. Where no register was loaded for the month before, there is no data. Kept down to the
    kecamatan. Raises QueryError `not_kept_at_desa` and `no_what_if`.
    """
    require_kecamatan(scope, "desil-moves")
    refuse_what_if(scope, "desil-moves")
    result = break_down(
        connection, scope, "desil-moves", build_desil_moves, AXIS, counts=("household_count",), rates=RATES,
        totals=("household_count",), subtotals=SUBTOTALS,
    )  # fmt: skip
    margins = [margin.name for margin in (*_COLUMNS, *_LINES)]
    return Result(result.frame.drop(columns=margins), result.provenance, result.mask.drop(columns=margins))
