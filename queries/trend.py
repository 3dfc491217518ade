"""Time: the counts of each wilayah in the months of one register, and what changed between two of them."""

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd
from sqlalchemy import Connection, Select, case, func, literal, or_, select, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by

from boundaries.levels import NATION_KODE, kode_range
from geo import cube_tables, tables
from queries.answer import Rate, answer, is_of_desil, require_scope, rows_of, sum_of
from queries.columns import ANSWER, Status
from queries.errors import QueryError
from queries.incidence import worst_of
from queries.lineage import (
    forebears,
    is_before_split,
    is_in_divided_group,
    is_of_line,
    kin,
    names_in_group,
    provinsi_of,
)
from queries.result import Result, SourceNote
from queries.scope import Scope
from queries.stats.disclosure import SHOWN, Shadow, Whole
from queries.what_if import program_id_of, refuse_what_if

BEFORE = "_before"
UNITS = ("eligible_count", "received_count", "reached_count", "gap_count", "leak_count", "paid_count", "unpaid_count")
HOUSEHOLDS = ("household_count", "total_household_count", "other_household_count")
DESIL_ONE = ("desil_one_count", "desil_one_without_count", "desil_one_with_count")
# The smallest count of any wilayah that is added to others: what is added up must not tell it.
LEAST = {"least_unit_count": UNITS, "least_household_count": HOUSEHOLDS, "least_desil_one_count": DESIL_ONE}
HIDDEN = ("unpaid_count", "other_household_count", "desil_one_with_count", *LEAST)
COUNTS = (*UNITS, *HOUSEHOLDS, *DESIL_ONE, *LEAST)
WHOLES = (
    Whole("eligible_count", ("reached_count", "gap_count")),
    Whole("received_count", ("reached_count", "leak_count")),
    Whole("received_count", ("paid_count", "unpaid_count")),
    Whole("total_household_count", ("household_count", "other_household_count")),
    Whole("desil_one_count", ("desil_one_without_count", "desil_one_with_count")),
)
SHADOWS = tuple(Shadow(count, (least,)) for least, counts in LEAST.items() for count in counts)
RATES = (
    Rate("exclusion_rate", "gap_count", "eligible_count", "exclusion_status"),
    Rate("inclusion_rate", "leak_count", "received_count", "inclusion_status", "sees_all"),
    Rate("share_rate", "household_count", "total_household_count", "share_status"),
    Rate("desil_one_without_rate", "desil_one_without_count", "desil_one_count", "desil_one_without_status"),
)
# What the counts of a rise are, by the name that its columns start with: a rate's change in points, a count's in units.
RISES = {
    "exclusion": ("exclusion_rate", "exclusion_rise_rate"),
    "gap": ("gap_count", "gap_rise_count"),
    "share": ("share_rate", "share_rise_rate"),
    "desil_one_without": ("desil_one_without_rate", "desil_one_without_rise_rate"),
}
BASES = {rate.rate: rate.denominator for rate in RATES}
# Two rates of counts that are rounded to five each may lie 8 / base apart from what they are: five points at 160.
LEAST_CHANGED = 160


def trend(connection: Connection, scope: Scope) -> Result:
    """Return the counts and rates of each wilayah in every month of the register, up to the scope's period.

    A row is a wilayah and a period, `period_on` as YYYY-MM-DD; the periods are those that are loaded of the scheme of
    the scope's own, so DTKS and DTSEN are never one line; the scope's own period has a row even where the provinsi has
    no register of it (`no_data`). Counts of a program are in its unit; household_count are the families of the scope's
    desil, total_household_count all; desil_one_without_count are those of desil 1 who receive no loaded program.
    value = exclusion_rate. Before a wilayah was split or made (`is_before_split`) it has the counts of the one that it
    was part of, and before it was only renumbered its own, both from the code `counted_kode`. Each month is protected
    by itself: months are no parts of a whole, and the difference of two rounded counts leaves nine values at least to
    what lies between. Raises QueryError.
    """
    refuse_what_if(scope, "trend")
    scope = scope.at(against=None)
    return _in_months(connection, scope, "trend", build_trend)


def change(connection: Connection, scope: Scope) -> Result:
    """Return what changed in each wilayah from the period `against` to the scope's later one, both of one scheme.

    The counts and rates of `trend`, those of the earlier month with the suffix `_before`; `..._rise_rate` and
    `..._rise_count` are now less before, each with a status of its own. value = exclusion_rise_rate. A wilayah that was
    split or made in between (`is_joined`) has on both sides the sum of all that belong together, so that all parts
    show one change; `joined_name` names the others. One that was only renumbered is compared with itself. Where a
    provinsi lacks the register of either month, the status is `no_data`. Published, a rate's change is `too_uncertain`
    where a base is under 160: rounding could make more than five points of it. Raises QueryError `no_earlier_period`,
    `other_register`, and those of `trend`.
    """
    refuse_what_if(scope, "change")
    sources, _ = require_scope(connection, scope)
    if scope.against is None or scope.against >= scope.period:
        raise QueryError("no_earlier_period", period=f"{scope.period:%Y-%m}")
    before_sources, _ = require_scope(connection, scope.at(period=scope.against))
    schemes = connection.scalars(
        select(tables.source.c.scheme).distinct().where(_is_loaded(), tables.source.c.period.in_(_both(scope)))
    ).all()
    if len(schemes) > 1:
        raise QueryError("other_register", period=f"{scope.period:%Y-%m}", against=f"{scope.against:%Y-%m}")
    months = _in_months(connection, scope, "change", build_change)
    is_now = months.frame["period_on"] == scope.period.isoformat()
    now, before = _by_kode(months, is_now), _by_kode(months, ~is_now)
    own = [name for name in now.frame if name not in (*ANSWER, "period_on", "is_joined", "joined_name")]
    frame = now.frame.drop(columns="period_on").join(before.frame[own].add_suffix(BEFORE))
    mask = now.mask.join(before.mask.add_suffix(BEFORE)).fillna(SHOWN)
    for name in (name for name in frame if name.endswith("_status" + BEFORE)):
        frame[name] = frame[name].fillna(Status.no_data.value)
    frame, mask = frame.reset_index(drop=True), mask.reset_index(drop=True)
    for stem, (name, rise) in RISES.items():
        difference = frame[name] - frame[name + BEFORE]
        frame[f"{stem}_rise_status"] = _rise_status(frame, mask, name, scope)
        frame[rise] = difference.where(frame[f"{stem}_rise_status"] == Status.ok)
    frame["status"], frame["value"] = frame["exclusion_rise_status"], frame["exclusion_rise_rate"]
    for name in ("numerator", "denominator"):
        frame[name] = pd.array([None] * len(frame), dtype="Int64")
    origin = replace(
        months.provenance,
        sources=tuple(dict.fromkeys((*sources, *before_sources, *months.provenance.sources))),
        row_count=len(frame),
    )
    return Result(frame[[*ANSWER, *(name for name in frame if name not in ANSWER)]], origin, mask)


def _by_kode(months: Result, is_meant: pd.Series) -> Result:
    kode = pd.Index(months.frame.loc[is_meant, "kode"], name=None)
    frame, mask = (part[is_meant].set_axis(kode, axis=0) for part in (months.frame, months.mask))
    return replace(months, frame=frame, mask=mask)


def _rise_status(frame: pd.DataFrame, mask: pd.DataFrame, name: str, scope: Scope) -> pd.Series:
    sides = (name, name + BEFORE)
    if name.endswith("_rate"):
        status = worst_of(*(frame[side.replace("_rate", "_status")] for side in sides))
        least = frame[[BASES[name], BASES[name] + BEFORE]].min(axis=1)
        is_rough = (least < LEAST_CHANGED).fillna(False) & (scope.disclosure == "published")
        return status.mask(is_rough & (status == Status.ok), Status.too_uncertain.value)
    # Of a count it matters whether it is shown, not whether a rate of it is.
    status = pd.Series(Status.ok.value, index=frame.index, dtype="str")
    is_masked = mask[[*sides]] != SHOWN
    status[is_masked.any(axis=1)] = Status.suppressed.value
    status[(frame[[*sides]].isna() & ~is_masked).any(axis=1)] = Status.no_data.value
    # Nobody is eligible where a program does not apply: no change of nought to nought.
    is_void = (frame[["exclusion_status", "exclusion_status" + BEFORE]] == Status.not_applicable).all(axis=1)
    return status.mask(is_void, Status.not_applicable.value)


def build_trend(scope: Scope) -> Select:
    """Return the statement of `trend`: a row for each wilayah and period."""
    source = tables.source
    scheme = select(source.c.scheme).where(_is_loaded(), source.c.period == scope.period).limit(1).scalar_subquery()
    registers = _registers(scope, (source.c.period <= scope.period) & (source.c.scheme == scheme), (scope.period,))
    place = rows_of(scope).subquery("place")
    marks = {"is_before_split": is_before_split(place, registers)}
    return _build(scope, registers, place, forebears(registers), marks)


def build_change(scope: Scope) -> Select:
    """Return the statement of `change`: a row for each wilayah and each of the two periods."""
    registers = _registers(scope, tables.source.c.period.in_(_both(scope)), _both(scope))
    group = kin(scope)
    place = rows_of(scope).subquery("place")
    others = (
        select(group.c.kode, registers.c.period, group.c.member)
        .join_from(group, registers, literal(True))
        .where(group.c.member != group.c.kode)
        .cte("others")
    )
    marks = {
        "is_joined": is_in_divided_group(place.c.kode, group, scope),
        "joined_name": func.coalesce(names_in_group(place.c.kode, group), ""),
    }
    return _build(scope, registers, place, others, marks)


def _both(scope: Scope) -> tuple:
    return scope.period, scope.against


def _in_months(connection: Connection, scope: Scope, name: str, build) -> Result:
    result = answer(
        connection, scope, name, build, counts=COUNTS, rates=RATES, wholes=WHOLES, shadows=SHADOWS, hidden=HIDDEN
    )
    frame = result.frame
    # A register is there before any program of its month: then the program has no data, and families do.
    for status, is_known in (("exclusion_status", "has_program"), ("inclusion_status", "has_program"),
                             ("desil_one_without_status", "has_any_program")):  # fmt: skip
        frame[status] = frame[status].mask(~frame[is_known].astype(bool), Status.no_data.value)
    frame["status"] = frame["exclusion_status"]
    periods = set(frame["period_on"])
    known = connection.execute(select(tables.source).where(_is_loaded()).order_by(tables.source.c.id)).all()
    line = None if scope.wilayah == NATION_KODE else provinsi_of(connection, scope.wilayah)
    registers = [
        SourceNote.of(row) for row in known
        if row.period.isoformat() in periods and (line is None or line & set(row.report["provinsi"]))
    ]  # fmt: skip
    origin = result.provenance
    sources = tuple(dict.fromkeys((*origin.sources, *registers)))
    return Result(
        frame.drop(columns=["has_program", "has_any_program"]), replace(origin, sources=sources), result.mask
    )


def _is_loaded():
    source = tables.source
    return (source.c.kind == "register") & (source.c.status == "ready")


def _registers(scope: Scope, condition, asked: tuple):
    """Return the periods, of those that a condition means, with a register of the provinsi or what it came out of.

    Those that are asked for are there whoever has a register of them. With `sees_all`: whether inclusion can be seen.

    DTKS holds the poorest and few others: without recipients from outside it, inclusion is small by construction.
    """
    source = tables.source
    is_own = is_of_line(scope, source)
    has_strangers = is_own & func.coalesce(func.jsonb_exists(source.c.report["outside_programs"], scope.program), False)
    query = select(
        source.c.period, or_(~func.bool_or(source.c.scheme == "dtks"), func.bool_or(has_strangers)).label("sees_all")
    ).where(_is_loaded(), condition)  # fmt: skip
    # A month that is asked for stays where the provinsi has no register of it, and says so.
    return query.group_by(source.c.period).having(func.bool_or(is_own) | source.c.period.in_(asked)).cte("registers")


def _build(scope: Scope, registers, place, relatives, marks: Mapping) -> Select:
    units, families = _units(scope, registers, relatives), _families(scope, registers, relatives)
    one = cube_tables.program_total.alias("one")
    has_any = (
        select(one.c.kode).where(one.c.period == families.c.period, one.c.level == int(scope.level),
                                 one.c.kode == families.c.any_kode).exists()
    )  # fmt: skip
    leak = case((registers.c.sees_all, units.c.leak_count)).label("leak_count")
    columns = [leak if name == "leak_count" else units.c[name] for name in UNITS]
    return (
        select(
            place, func.to_char(registers.c.period, "YYYY-MM-DD").label("period_on"),
            *(mark.label(name) for name, mark in marks.items()),
            func.coalesce(func.nullif(families.c.members, place.c.kode), "").label("counted_kode"),
            families.c.kode.is_not(None).label("has_data"), units.c.kode.is_not(None).label("has_program"),
            func.coalesce(has_any, False).label("has_any_program"), registers.c.sees_all, *columns,
            *(families.c[name] for name in (*HOUSEHOLDS, *DESIL_ONE)),
            units.c.least_unit_count, families.c.least_household_count, families.c.least_desil_one_count,
        )
        .join_from(place, registers, literal(True))
        .join(units, (units.c.kode == place.c.kode) & (units.c.period == registers.c.period), isouter=True)
        .join(families, (families.c.kode == place.c.kode) & (families.c.period == registers.c.period), isouter=True)
        .order_by(place.c.kode, registers.c.period)
    )  # fmt: skip


def _units(scope: Scope, registers, relatives):
    """Return the subquery of a program's counts by kode and period, each with those of its relatives."""
    total = cube_tables.program_total
    counts = {name: total.c[name] for name in UNITS if name != "unpaid_count"}
    counts["unpaid_count"] = total.c.received_count - total.c.paid_count
    cells = _cells(scope, total, registers, relatives, counts, total.c.program_id == program_id_of(scope))
    columns = {name: cells.c[name] for name in UNITS}
    return (
        select(cells.c.kode, cells.c.period, *_sums(columns), _least(columns, UNITS, "least_unit_count"))
        .group_by(cells.c.kode, cells.c.period)
        .subquery("units")
    )


def _families(scope: Scope, registers, relatives):
    """Return the subquery of families by kode and period: of the scope's desil, of desil 1, of all."""
    cube = cube_tables.desil_count
    chosen = is_of_desil(cube, scope)
    household, without, is_first = cube.c.household_count, cube.c.without_count, cube.c.desil == 1
    counts = {
        "household_count": case((chosen, household), else_=0),
        "total_household_count": household,
        "desil_one_count": case((is_first, household), else_=0),
        "desil_one_without_count": case((is_first, without), else_=0),
    }
    cells = _cells(scope, cube, registers, relatives, counts, is_by_class=True)
    rest = {
        "other_household_count": cells.c.total_household_count - cells.c.household_count,
        "desil_one_with_count": cells.c.desil_one_count - cells.c.desil_one_without_count,
    }
    columns = {name: rest.get(name, cells.c.get(name)) for name in (*HOUSEHOLDS, *DESIL_ONE)}
    return (
        select(
            cells.c.kode, cells.c.period, func.min(cells.c.member).label("any_kode"),
            func.string_agg(cells.c.member, aggregate_order_by(literal(", "), cells.c.member)).label("members"),
            *_sums(columns),
            _least(columns, HOUSEHOLDS, "least_household_count"), _least(columns, DESIL_ONE, "least_desil_one_count"),
        )
        .group_by(cells.c.kode, cells.c.period)
        .subquery("families")
    )  # fmt: skip


def _cells(scope: Scope, cube, registers, relatives, counts: dict, condition=None, is_by_class: bool = False):
    """Return the rows of a cube in these periods, those of relatives beside a wilayah's own, under its kode.

    A cube that has several rows for a wilayah, `is_by_class`, is added up to one for each member.
    """
    low, high = kode_range(scope.wilayah)
    if is_by_class:
        counts = {name: sum_of(column) for name, column in counts.items()}
    named = [column.label(name) for name, column in counts.items()]
    is_asked = cube.c.level == int(scope.level)
    if condition is not None:
        is_asked &= condition
    own = select(cube.c.kode, cube.c.period, cube.c.kode.label("member"), *named).join_from(
        registers, cube, cube.c.period == registers.c.period
    ).where(is_asked)  # fmt: skip
    if scope.wilayah != NATION_KODE:
        own = own.where(cube.c.kode >= low, cube.c.kode < high)
    added = select(relatives.c.kode, relatives.c.period, relatives.c.member, *named).join_from(
        relatives, cube, (cube.c.period == relatives.c.period) & (cube.c.kode == relatives.c.member)
    ).where(is_asked)  # fmt: skip
    if is_by_class:
        own = own.group_by(cube.c.kode, cube.c.period)
        added = added.group_by(relatives.c.kode, relatives.c.period, relatives.c.member)
    return union_all(own, added).subquery("cells")


def _sums(columns: Mapping) -> list:
    return [sum_of(column).label(name) for name, column in columns.items()]


def _least(columns: Mapping, names: tuple[str, ...], label: str):
    """Return the smallest count above nought among several members; null where there is but one."""
    smallest = func.min(func.least(*(func.nullif(columns[name], 0) for name in names)))
    return case((func.count() > 1, smallest)).label(label)
