"""Desil by wilayah: how many families of which desil, their share, and how densely they live."""

from dataclasses import replace

from sqlalchemy import Connection, Select, func, literal, select

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level, kode_range
from geo import cube_tables, tables
from queries.answer import Rate, answer, in_scope, is_of_desil, rows_of, sum_of
from queries.breakdown import break_down
from queries.groups import DESIL, TOLD_DESIL
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Shadow, Whole

COUNTS = ("household_count", "person_count", "total_household_count", "total_person_count", "other_household_count")


def build_desil_density(scope: Scope) -> Select:
    """Return the statement of `desil_density`: families and persons of the scope's desil, one row per wilayah."""
    place, cube = rows_of(scope).subquery("place"), cube_tables.desil_count
    chosen = is_of_desil(cube, scope)
    counted = (
        select(
            cube.c.kode,
            func.coalesce(sum_of(cube.c.household_count).filter(chosen), 0).label("household_count"),
            func.coalesce(sum_of(cube.c.person_count).filter(chosen), 0).label("person_count"),
            sum_of(cube.c.household_count).label("total_household_count"),
            sum_of(cube.c.person_count).label("total_person_count"),
        )
        .where(in_scope(cube, scope))
        .group_by(cube.c.kode)
        .subquery("counted")
    )
    area = _areas(scope)
    return (
        select(
            place,
            counted.c.kode.is_not(None).label("has_data"),
            *(counted.c[name] for name in COUNTS[:4]),
            (counted.c.total_household_count - counted.c.household_count).label("other_household_count"),
            area.c.area_km2,
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .join(area, area.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )


def desil_density(connection: Connection, scope: Scope) -> Result:
    """Return families and persons of the scope's desil, their share of all families, and families per km2.

    value = share_rate = household_count / total_household_count; a household is the register's keluarga (family
    card). area_km2 is that of the active boundary; without one the density is null. Raises QueryError.
    """
    result = answer(
        connection, scope, "desil-density", build_desil_density, counts=COUNTS,
        rates=(Rate("share_rate", "household_count", "total_household_count"),),
        wholes=(Whole("total_household_count", ("household_count", "other_household_count")),),
        shadows=(
            Shadow("person_count", ("household_count",)),
            Shadow("total_person_count", ("total_household_count",)),
        ),
        hidden=("other_household_count",),
    )
    frame = result.frame
    frame["area_km2"] = frame["area_km2"].astype("Float64")
    frame["household_per_km2"] = (frame["household_count"] / frame["area_km2"]).astype("Float64")
    return result


def build_desil_distribution(scope: Scope) -> Select:
    """Return the statement of `desil_distribution`: the scope's wilayah, one row per desil."""
    cube, place = cube_tables.desil_count, rows_of(scope.itself()).subquery("place")
    return (
        select(place, cube.c.desil, literal(True).label("has_data"), cube.c.household_count, cube.c.person_count)
        .join_from(place, cube, (cube.c.kode == place.c.kode) & in_scope(cube, scope.itself()))
        .order_by(cube.c.desil.nulls_last())
    )


def desil_distribution(connection: Connection, scope: Scope) -> Result:
    """Return the scope's wilayah by desil, a row each (null is "belum ada desil"); value is the share of families.

    Published, classes are hidden too where `desil-density`, asked about a set of them, would tell a small one.
    """
    result = break_down(
        connection, scope, "desil-distribution", build_desil_distribution, DESIL,
        counts=("household_count", "person_count"),
        rates=(Rate("share_rate", "household_count", "total_household_count"),),
        shadows=(Shadow("person_count", ("household_count",)),),
        totals=("household_count",),
        subtotals=TOLD_DESIL,
    )
    is_there = ~((result.frame["household_count"] == 0).fillna(False).astype(bool))
    frame, mask = (table[is_there.to_numpy()].reset_index(drop=True) for table in (result.frame, result.mask))
    return replace(result, frame=frame, mask=mask, provenance=replace(result.provenance, row_count=len(frame)))


def _areas(scope: Scope):
    """Return the subquery of area_km2 by kode, in the boundaries that the map shows."""
    boundary, active = tables.boundary, tables.boundary_active
    level, (low, high) = int(scope.level), kode_range(scope.wilayah)
    if scope.level is Level.nasional:
        return select(literal(NATION_KODE).label("kode"), literal(None).label("area_km2")).subquery("area")
    areas = select(boundary.c.kode, boundary.c.area_km2).where(boundary.c.level == level)
    if scope.wilayah == NATION_KODE:
        is_active = (active.c.source_id == boundary.c.source_id) & (active.c.level == boundary.c.level) & (
            active.c.provinsi_kode == func.left(boundary.c.kode, KODE_LENGTH[Level.provinsi])
        )  # fmt: skip
        return areas.join(active, is_active).subquery("area")
    # Within a provinsi the source is known beforehand; as a join its rows are guessed a thousand times too few.
    source_id = select(active.c.source_id).where(
        active.c.level == level, active.c.provinsi_kode == scope.wilayah[: KODE_LENGTH[Level.provinsi]]
    ).scalar_subquery()  # fmt: skip
    return areas.where(
        boundary.c.source_id == source_id, boundary.c.kode >= low, boundary.c.kode < high
    ).subquery("area")
