"""What an area struck by a shock holds: its households by desil and by program, those without any, and what help costs.

Every number is a sum of the cubes over the area's desa. Published, the sums are protected as those of any wilayah are
(queries.stats.disclosure): counts below ten masked, the others rounded, a second part masked with the first. Two areas
that differ by one desa differ by that desa's count: an area therefore has three desa with households at least, and
leaves either none or three of them in the kecamatan that it reaches, so that no single desa follows from one area and
the figures of its kecamatan. Not protected against: whoever draws many overlapping areas and takes their differences
learns a desa's count to within the rounding, and more by averaging; a published server that strangers may draw on must
limit who draws.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from sqlalchemy import BigInteger, Connection, Text, cast, func, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from boundaries.levels import KODE_LENGTH, NATION_KODE, Level, kode_range
from geo import cube_tables, tables
from queries.answer import require_scope
from queries.breakdown import Axis, Pivot, Subtotal, pivot_rows
from queries.errors import QueryError
from queries.plan_request import MOST_UNIT_IDR
from queries.result import Provenance
from queries.scope import NO_DESIL, PUBLISHED_DESIL, Scope
from queries.stats.disclosure import SHOWN, Shadow, Whole, protect

LEAST_DESA = 3
DESIL = (*range(1, 11), NO_DESIL)
SHOWN_COUNTS = (
    "household_count", "without_count", "payable_count", "payable_without_count", "person_count",
    "without_person_count",
)
# What is left of a count that is shown: never shown itself, but small ones must not follow.
HOUSEHOLD_COUNTS = (*SHOWN_COUNTS, "with_count", "excluded_count", "payable_with_count", "excluded_without_count")
OF_SETS = ("household_count", "without_count", "payable_count", "payable_without_count")
_WHOLES = {
    "household_count": (("without_count", "with_count"), ("payable_count", "excluded_count")),
    "payable_count": (("payable_without_count", "payable_with_count"),),
    "without_count": (("payable_without_count", "excluded_without_count"),),
}
PROGRAM_COUNTS = ("eligible_count", "reached_count", "gap_count", "received_count", "leak_count")
SETS = tuple(desil for desil in PUBLISHED_DESIL if NO_DESIL not in desil)
_AXIS = Axis(("desil",), tuple((desil,) for desil in DESIL))


class Count(NamedTuple):
    """A count as it may be shown: its value, None where there is none, and its mask ('', 'small' or 'hidden')."""

    value: int | None
    mask: str = SHOWN


@dataclass(frozen=True)
class ProgramEffect:
    """The recipients of one program in an area, in the program's `unit`, in all and received by desil."""

    key: str
    name: str
    unit: str
    total: dict[str, Count]
    received: dict[int, Count]


@dataclass(frozen=True)
class ShockEffect:
    """Who lives in an area by the register of the scope's period.

    `total` and each of `by_desil` (1 to 10, 0 for no desil) hold household_count, person_count, without_count (no
    program at all), without_person_count, payable_count and payable_without_count (those whom civil registration does
    not exclude, as a plan's target counts them); `total` also one_program_count and several_program_count. Without any
    program on record in a desa those of programs are None. `sets` holds the counts of households of the sets of desil
    that may be asked for. `empty_desa_count` of the `desa_count` desa have no household in the register.
    """

    desa_count: int
    kecamatan_count: int
    empty_desa_count: int
    total: dict[str, Count]
    by_desil: dict[int, dict[str, Count]]
    sets: dict[tuple[int, ...], dict[str, Count]]
    programs: tuple[ProgramEffect, ...]
    provenance: Provenance

    def units(self, desil: tuple[int, ...], is_without: bool = False) -> Count:
        """Return the households of these desil that help may be paid to, or those of them without any program.

        Published, only the sets of PUBLISHED_DESIL: raises QueryError `desil_set_not_published`.
        """
        name = "payable_without_count" if is_without else "payable_count"
        chosen = tuple(sorted(set(desil)))
        if chosen in self.sets:
            return self.sets[chosen][name]
        if self.provenance.scope.disclosure == "published":
            known = "; ".join(",".join(map(str, one)) for one in self.sets)
            raise QueryError("desil_set_not_published", desil=",".join(map(str, chosen)), known=known)
        counts = [self.by_desil[one][name].value for one in chosen]
        return Count(None) if None in counts else Count(sum(counts))


def shock_effect(connection: Connection, scope: Scope, codes: Sequence[str]) -> ShockEffect:
    """Return what the desa `codes` hold together; of `scope` the period, the program and the disclosure count.

    Raises QueryError as `require_scope` does, and `shock_empty`; published also `shock_too_few` and
    `shock_leaves_few` (see above).
    """
    if not codes:
        raise QueryError("shock_empty")
    provinsi = {kode[: KODE_LENGTH[Level.provinsi]] for kode in codes}
    scope = scope.at(wilayah=provinsi.pop() if len(provinsi) == 1 else NATION_KODE, level=Level.desa, request="")
    sources, version = require_scope(connection, scope)
    inhabited = _inhabited(connection, scope, codes)
    if scope.disclosure == "published":
        _refuse_what_tells(connection, scope, codes, inhabited)
    total, by_desil, sets = _households(connection, scope, codes)
    return ShockEffect(
        len(codes), len({kode[: KODE_LENGTH[Level.kecamatan]] for kode in codes}), len(codes) - len(inhabited),
        total, by_desil, sets, _programs(connection, scope, codes),
        Provenance("shock", scope, "", sources, len(codes), version),
    )  # fmt: skip


def cost_of(unit_count: int, benefit_idr: int, months: int) -> int:
    """Return the whole rupiah that `benefit_idr` a month for each unit costs over `months`.

    Raises QueryError `plan_money` and `plan_months`, as a plan does.
    """
    if not 1 <= benefit_idr <= MOST_UNIT_IDR:
        raise QueryError("plan_money", field="benefit_idr", amount=benefit_idr, least=1, most=MOST_UNIT_IDR)
    if not 1 <= months <= 12:
        raise QueryError("plan_months", months=months)
    return int(unit_count) * benefit_idr * months


def _of_area(cube, scope: Scope, codes: Sequence[str]):
    # One array and not a list of parameters: an area may hold thousands of desa.
    chosen = literal(list(codes), ARRAY(Text))
    return (cube.c.period == scope.period) & (cube.c.level == int(Level.desa)) & (cube.c.kode == func.any(chosen))


def _inhabited(connection: Connection, scope: Scope, codes: Sequence[str]) -> set[str]:
    cube = cube_tables.desil_count
    query = select(cube.c.kode).where(_of_area(cube, scope, codes), cube.c.household_count > 0).distinct()
    return set(connection.scalars(query))


def _refuse_what_tells(connection: Connection, scope: Scope, codes: Sequence[str], inhabited: set[str]) -> None:
    if len(inhabited) < LEAST_DESA:
        raise QueryError("shock_too_few", count=len(inhabited), least=LEAST_DESA)
    cube, length = cube_tables.desil_count, KODE_LENGTH[Level.kecamatan]
    reached = sorted({kode[:length] for kode in inhabited})
    # The first and the last of them let the index find the rows.
    beside = set(connection.scalars(
        select(cube.c.kode)
        .where(cube.c.period == scope.period, cube.c.level == int(Level.desa), cube.c.household_count > 0,
               cube.c.kode >= reached[0], cube.c.kode < kode_range(reached[-1])[1],
               func.left(cube.c.kode, length).in_(reached))
        .distinct()
    )) - set(codes)  # fmt: skip
    if 0 < len(beside) < LEAST_DESA:
        wilayah = tables.wilayah
        names = connection.scalars(
            select(wilayah.c.name).where(wilayah.c.kode.in_(beside)).order_by(wilayah.c.kode)
        ).all()
        raise QueryError("shock_leaves_few", names=", ".join(names), least=LEAST_DESA)


def _sum(column):
    return cast(func.coalesce(func.sum(column), 0), BigInteger).label(column.name)


def _households(connection: Connection, scope: Scope, codes: Sequence[str]) -> tuple[dict, dict, dict]:
    cube = cube_tables.desil_count
    names = ("household_count", "without_count", "person_count", "without_person_count")
    rows = connection.execute(
        select(func.coalesce(cube.c.desil, NO_DESIL).label("desil"), *(_sum(cube.c[name]) for name in names))
        .where(_of_area(cube, scope, codes))
        .group_by(cube.c.desil)
    ).all()
    columns = {name: tuple(getattr(row, name) for row in rows) for name in ("desil", *names)}
    payable = _payable(connection, scope, codes)
    for at, name in enumerate(("payable_count", "payable_without_count")):
        columns[name] = tuple(payable.get(row.desil, (0, 0))[at] for row in rows)
    for whole, pairs in _WHOLES.items():
        for part, rest in pairs:
            columns[rest] = tuple(all_ - one for all_, one in zip(columns[whole], columns[part], strict=True))
    subtotals = [
        Subtotal(_set_name(name, desil), name, lambda key, desil=desil: key[0] in desil)
        for name in HOUSEHOLD_COUNTS if "person" not in name for desil in SETS
    ]
    pivot = _pivot(columns, HOUSEHOLD_COUNTS, subtotals)
    one, several = _by_number(connection, scope, codes)
    figures = dict(pivot.wide) | {"one_program_count": np.array([one]), "several_program_count": np.array([several])}
    forms = ["total_{}", *(f"{{}}@{at}" for at in range(len(DESIL))), *(f"{{}}|{desil}" for desil in SETS)]
    wholes = [
        *(Whole(form.format(whole), tuple(form.format(part) for part in pair))
          for form in forms for whole, pairs in _WHOLES.items() for pair in pairs),
        Whole("total_with_count", ("one_program_count", "several_program_count"), is_of_classes=True),
        *pivot.sums,
    ]  # fmt: skip
    shadows = [
        Shadow(name.format(of), (base.format(of),))
        for of in range(len(DESIL))
        for name, base in (("person_count@{}", "household_count@{}"), ("without_person_count@{}", "without_count@{}"))
    ]
    shadows += [Shadow("total_person_count", ("total_household_count",)),
                Shadow("total_without_person_count", ("total_without_count",))]  # fmt: skip
    known = ["household_count", "person_count", "payable_count", "excluded_count"]
    if not _has_programs(connection, scope, codes):
        # Where no program is on record everybody would seem to be without one.
        figures |= {name: np.array([np.nan]) for name in figures if _plain(name) not in known}
    if not payable and rows:
        # A register of before the target was counted.
        gone = [name for name in figures if _plain(name).startswith(("payable", "excluded"))]
        figures |= {name: np.array([np.nan]) for name in gone}
    counts = _protected(scope, figures, wholes, shadows)
    total = {name: counts[f"total_{name}"] for name in SHOWN_COUNTS}
    total |= {name: counts[name] for name in ("one_program_count", "several_program_count")}
    by_desil = {desil: {name: counts[f"{name}@{at}"] for name in SHOWN_COUNTS} for at, desil in enumerate(DESIL)}
    sets = {desil: {name: counts[_set_name(name, desil)] for name in OF_SETS} for desil in SETS}
    return total, by_desil, sets


def _set_name(name: str, desil: tuple[int, ...]) -> str:
    return f"{name}|{desil}"


def _plain(name: str) -> str:
    return name.removeprefix("total_").partition("@")[0].partition("|")[0]


def _payable(connection: Connection, scope: Scope, codes: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Return by desil the households that a plan may pay, and those of them without any program."""
    cube = cube_tables.target_count
    rows = connection.execute(
        select(func.coalesce(cube.c.desil, NO_DESIL).label("desil"), _sum(cube.c.household_count),
               func.coalesce(func.sum(cube.c.household_count).filter(cube.c.received == 0), 0))
        .where(_of_area(cube, scope, codes))
        .group_by(cube.c.desil)
    ).all()  # fmt: skip
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def _pivot(columns: dict[str, tuple], counts: Sequence[str], subtotals: Sequence[Subtotal] = ()) -> Pivot:
    """Return the sums of an area as the one row of a breakdown; an area without any row counts nought."""
    length = len(columns["desil"])
    if not length:
        columns = {"desil": (NO_DESIL,)} | dict.fromkeys(counts, (0,))
        length = 1
    return pivot_rows(columns | {"kode": ("",) * length, "has_data": (True,) * length}, _AXIS, counts, subtotals)


def _by_number(connection: Connection, scope: Scope, codes: Sequence[str]) -> tuple[float, float]:
    """Return the households that receive one program, and those that receive several."""
    cube = cube_tables.overlap_count
    bits = cube.c.received
    is_one = (bits != 0) & (bits.op("&")(bits - 1) == 0)
    row = connection.execute(
        select(
            func.coalesce(func.sum(cube.c.household_count).filter(is_one), 0),
            func.coalesce(func.sum(cube.c.household_count).filter((bits != 0) & ~is_one), 0),
        ).where(_of_area(cube, scope, codes))
    ).one()
    return float(row[0]), float(row[1])


def _has_programs(connection: Connection, scope: Scope, codes: Sequence[str]) -> bool:
    """Tell whether every desa with households has some program on record."""
    cube, total = cube_tables.desil_count, cube_tables.program_total
    reported = select(total.c.kode).where(
        total.c.period == cube.c.period, total.c.level == cube.c.level, total.c.kode == cube.c.kode
    )
    lacking = select(cube.c.kode).where(_of_area(cube, scope, codes), cube.c.household_count > 0, ~reported.exists())
    return connection.execute(lacking.limit(1)).first() is None


def _programs(connection: Connection, scope: Scope, codes: Sequence[str]) -> tuple[ProgramEffect, ...]:
    cube, program = cube_tables.program_count, tables.program
    names = ("eligible_count", "reached_count", "received_count")
    rows = connection.execute(
        select(program.c.id, program.c.key, program.c.name, program.c.unit,
               func.coalesce(cube.c.desil, NO_DESIL).label("desil"), *(_sum(cube.c[name]) for name in names))
        .join_from(cube, program, program.c.id == cube.c.program_id)
        .where(_of_area(cube, scope, codes))
        .group_by(program.c.id, cube.c.desil)
        .order_by(program.c.id)
    ).all()  # fmt: skip
    effects = []
    for key in dict.fromkeys(row.key for row in rows):
        own = [row for row in rows if row.key == key]
        columns = {name: tuple(getattr(row, name) for row in own) for name in ("desil", *names)}
        columns["gap_count"] = tuple(row.eligible_count - row.reached_count for row in own)
        columns["leak_count"] = tuple(row.received_count - row.reached_count for row in own)
        pivot = _pivot(columns, PROGRAM_COUNTS)
        groups = [("", f"@{at}") for at in range(len(DESIL))] + [("total_", "")]
        wholes = [
            Whole(f"{before}{whole}{after}", tuple(f"{before}{part}{after}" for part in parts))
            for before, after in groups
            for whole, parts in (("eligible_count", ("reached_count", "gap_count")),
                                 ("received_count", ("reached_count", "leak_count")))
        ]  # fmt: skip
        counts = _protected(scope, pivot.wide, [*wholes, *pivot.sums])
        effects.append(ProgramEffect(
            key, own[0].name, own[0].unit,
            {name: counts[f"total_{name}"] for name in PROGRAM_COUNTS if name != "leak_count"},
            {desil: counts[f"received_count@{at}"] for at, desil in enumerate(DESIL)},
        ))  # fmt: skip
    return tuple(effects)


def _protected(
    scope: Scope, figures: dict[str, np.ndarray], wholes: Sequence[Whole], shadows: Sequence[Shadow] = ()
) -> dict[str, Count]:
    mask: dict = {}
    if scope.disclosure == "published":
        figures, mask = protect(figures, list(figures), wholes, (), shadows)
    return {
        name: Count(None if np.isnan(values[0]) else int(values[0]), str(mask[name][0]) if mask else SHOWN)
        for name, values in figures.items()
    }
