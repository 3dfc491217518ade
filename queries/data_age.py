"""How old the register is: families by the years since somebody last verified them in the field."""

from sqlalchemy import Connection, Select, func, select

from geo import cube_tables
from queries.answer import Rate, answer, in_scope, rows_of, sum_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Whole

CLASS_COUNTS = {
    "under_1": "age_under_1_count",
    "1_to_2": "age_1_to_2_count",
    "2_to_3": "age_2_to_3_count",
    "over_3": "age_over_3_count",
    "never": "age_never_count",
}
# Two years or more, or never: what was found then need not hold today.
OLD_CLASSES = ("2_to_3", "over_3", "never")
RECENT = tuple(count for name, count in CLASS_COUNTS.items() if name not in OLD_CLASSES)
OLD = tuple(CLASS_COUNTS[name] for name in OLD_CLASSES)
COUNTS = ("household_count", "old_count", *CLASS_COUNTS.values(), "recent_count")
WHOLES = (
    Whole("household_count", ("old_count", "recent_count")),
    Whole("old_count", OLD, is_of_classes=True),
    Whole("recent_count", RECENT, is_of_classes=True),
    Whole("household_count", (*RECENT, *OLD), is_of_classes=True),
)


def build_data_age(scope: Scope) -> Select:
    """Return the statement of `data_age`: families of each class of age, one row per wilayah."""
    place, cube = rows_of(scope).subquery("place"), cube_tables.age_count

    def families(*classes: str):
        return func.coalesce(sum_of(cube.c.household_count).filter(cube.c.age_class.in_(classes)), 0)

    counted = (
        select(
            cube.c.kode,
            *(families(name).label(count) for name, count in CLASS_COUNTS.items()),
            families(*OLD_CLASSES).label("old_count"),
            families(*(name for name in CLASS_COUNTS if name not in OLD_CLASSES)).label("recent_count"),
            families(*CLASS_COUNTS).label("household_count"),
        )
        .where(in_scope(cube, scope))
        .group_by(cube.c.kode)
        .subquery("counted")
    )
    return (
        select(place, counted.c.kode.is_not(None).label("has_data"), *(counted.c[name] for name in COUNTS))
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )


def data_age(connection: Connection, scope: Scope) -> Result:
    """Return the families of each wilayah by years since their last verification, at the period's first day.

    value = old_rate = old_count / household_count; old is two years or more, or never. The five classes
    (`age_under_1_count`, `age_1_to_2_count`, `age_2_to_3_count`, `age_over_3_count`, `age_never_count`) add up to
    household_count, and are protected as such. Says nothing of families outside the register. Raises QueryError.
    """
    return answer(
        connection, scope, "data-age", build_data_age, counts=COUNTS,
        rates=(Rate("old_rate", "old_count", "household_count"),),
        wholes=WHOLES, hidden=("recent_count",),
    )  # fmt: skip
