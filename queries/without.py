"""Households that receive no program at all, among those of chosen desil."""

import pandas as pd
from sqlalchemy import Connection, Select, func, select

from geo import cube_tables
from queries.answer import Rate, answer, in_scope, is_of_desil, rows_of, sum_of
from queries.concentration import concentration_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Shadow, Whole

COUNTS = ("household_count", "without_count", "with_count", "person_count", "without_person_count")


def _counted(scope: Scope):
    """Return the subquery of households and persons of the scope's desil by kode, where any program is reported.

    Where no program at all is on record, everybody would seem to be without one.
    """
    cube, total = cube_tables.desil_count, cube_tables.program_total
    chosen = is_of_desil(cube, scope)
    is_reported = (
        select(total.c.kode)
        .where(total.c.period == cube.c.period, total.c.level == cube.c.level, total.c.kode == cube.c.kode)
        .exists()
    )

    names = ("household_count", "without_count", "person_count", "without_person_count")
    return (
        select(cube.c.kode, *(func.coalesce(sum_of(cube.c[name]).filter(chosen), 0).label(name) for name in names))
        .where(in_scope(cube, scope), is_reported)
        .group_by(cube.c.kode)
        .subquery("counted")
    )


def build_without(scope: Scope) -> Select:
    """Return the statement of `without`: households and persons of the scope's desil, one row per wilayah."""
    place, counted = rows_of(scope).subquery("place"), _counted(scope)
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"),
            counted.c.household_count, counted.c.without_count,
            (counted.c.household_count - counted.c.without_count).label("with_count"),
            counted.c.person_count, counted.c.without_person_count,
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )  # fmt: skip


def without(connection: Connection, scope: Scope) -> Result:
    """Return how many households of the scope's desil receive no loaded program at all, for each wilayah of a scope.

    value = without_rate = without_count / household_count, the households of those desil. A wilayah without any
    program on record has no data. A household is the register's keluarga (family card). Raises QueryError.
    """
    return answer(
        connection, scope, "without", build_without, counts=COUNTS,
        rates=(Rate("without_rate", "without_count", "household_count"),),
        wholes=(Whole("household_count", ("without_count", "with_count")),),
        shadows=(Shadow("person_count", ("household_count",)), Shadow("without_person_count", ("without_count",))),
        hidden=("with_count",),
    )


def without_concentration(connection: Connection, scope: Scope) -> pd.Series | None:
    """Return how few of a scope's wilayah hold half of its households without any program; None as for a gap."""
    return concentration_of(connection, scope, without, _counted(scope), "without_count")
