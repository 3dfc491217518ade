"""Programs together: who receives which set of them, whether it is permitted, and who is left out of all of them."""

from collections.abc import Iterable
from itertools import combinations

import pandas as pd
from sqlalchemy import BigInteger, Connection, Select, and_, cast, func, literal, select

from boundaries.levels import Level
from geo import cube_tables, tables
from queries.answer import Rate, answer, in_scope, require_scope, rows_of
from queries.breakdown import Axis, Subtotal, break_down
from queries.errors import QueryError
from queries.groups import require_kecamatan
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Shadow, Whole
from queries.what_if import in_force, refuse_what_if

RECEIVED = Axis(("received",), first=(0,))
SET_COUNTS = ("any_eligible_count", "any_reached_count", "all_reached_count", "some_reached_count",
              "none_reached_count")  # fmt: skip


def build_overlap(scope: Scope) -> Select:
    """Return the statement of `overlap`: households and persons by wilayah and set of programs, as bits."""
    place, cube = rows_of(scope).subquery("place"), cube_tables.overlap_count
    received = cube.c.received.op("&")(_bits_of(scope)) if scope.programs else cube.c.received
    counted = (
        select(
            cube.c.kode, received.label("received"),
            cast(func.sum(cube.c.household_count), BigInteger).label("household_count"),
            cast(func.sum(cube.c.person_count), BigInteger).label("person_count"),
        )
        .where(in_scope(cube, scope))
        .group_by(cube.c.kode, received)
        .subquery("counted")
    )  # fmt: skip
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"), counted.c.received, counted.c.household_count,
            counted.c.person_count,
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.received)
    )


def overlap(connection: Connection, scope: Scope) -> Result:
    """Return the households of each wilayah by the set of programs that they receive.

    `received` names the programs by their keys, "pkh + sembako", and is empty for households that receive none;
    `programs` of the scope narrows the sets to those asked about. `is_permitted` is false where a pair of the set is
    forbidden on the first day of the period, null where nothing is known of one, and true otherwise. value =
    share_rate = household_count / total_household_count; `forbidden_count` are the wilayah's households with a set that
    is not permitted. Recipients outside the register have no set. Published, no desa has any count, which would follow
    from those of the kecamatan, and the sets are not narrowed. Raises QueryError, `no_what_if` and
    `programs_not_published` among them.
    """
    refuse_what_if(scope, "overlap")
    if scope.programs and scope.disclosure == "published":
        # Sets of two choices of programs differ by small sets, which the differences would open.
        raise QueryError("programs_not_published", programs=", ".join(scope.programs))
    require_scope(connection, scope)
    programs, permitted = _read_programs(connection, scope.programs), _read_pairs(connection, scope)

    def is_permitted(received: int) -> bool | None:
        pairs = [permitted.get(pair) for pair in combinations([one for one in programs if received >> one & 1], 2)]
        return False if False in pairs else None if None in pairs else True

    result = break_down(
        connection, scope, "overlap", build_overlap, RECEIVED,
        counts=("household_count", "person_count"),
        rates=(Rate("share_rate", "household_count", "total_household_count"),),
        shadows=(Shadow("person_count", ("household_count",)),),
        totals=("household_count",),
        subtotals=(Subtotal("forbidden_count", "household_count", lambda key: is_permitted(key[0]) is False),),
        finest_published=Level.kecamatan,
    )  # fmt: skip
    frame = result.frame
    received = frame["received"]
    names = {one: " + ".join(key for bit, key in programs.items() if one >> bit & 1) for one in received.unique()}
    frame["received"] = received.map(names).astype("str")
    verdicts = {one: is_permitted(one) for one in received.unique()}
    after = frame.columns.get_loc("received") + 1
    frame.insert(after, "is_permitted", pd.array([verdicts[one] for one in received], dtype="boolean"))
    return result


def build_program_set(scope: Scope) -> Select:
    """Return the statement of `program_set`: households by what they are eligible for and reached by."""
    place, cube, total = rows_of(scope).subquery("place"), cube_tables.set_count, cube_tables.program_total
    bits = _bits_of(scope)
    due = cube.c.eligible.op("&")(bits)
    reached = due.op("&")(cube.c.received)

    def households(condition):
        return func.coalesce(cast(func.sum(cube.c.household_count).filter(condition), BigInteger), 0)

    counted = (
        select(
            cube.c.kode,
            households(due != 0).label("any_eligible_count"),
            households(reached != 0).label("any_reached_count"),
            households(and_(reached != 0, reached == due)).label("all_reached_count"),
            households(and_(reached != 0, reached != due)).label("some_reached_count"),
            households(and_(due != 0, reached == 0)).label("none_reached_count"),
        )
        .where(in_scope(cube, scope))
        .group_by(cube.c.kode)
        .subquery("counted")
    )
    # Of a program that nobody reported it is not known whom it reaches, so nothing can be said of its set.
    bit = literal(1).op("<<")(total.c.program_id)
    reported = (
        select(total.c.kode)
        .where(in_scope(total, scope), bit.op("&")(bits) != 0)
        .group_by(total.c.kode)
        .having(func.count() == len(set(scope.programs)))
        .subquery("reported")
    )
    return (
        select(
            place, and_(counted.c.kode.is_not(None), reported.c.kode.is_not(None)).label("has_data"),
            *(counted.c[name] for name in SET_COUNTS),
        )
        .join_from(place, reported, reported.c.kode == place.c.kode, isouter=True)
        .join(counted, counted.c.kode == reported.c.kode, isouter=True)
        .order_by(place.c.kode)
    )  # fmt: skip


def program_set(connection: Connection, scope: Scope) -> Result:
    """Return how the programs of a set, taken together, reach the households that are eligible for any of them.

    Of `any_eligible_count` households, any_reached are reached by at least one program that they are eligible for,
    all_reached by all of those, some_reached by some only, none_reached by none. value = any_coverage_rate =
    any_reached / any_eligible; each rate has a status of its own, since small counts are hidden one by one. Households,
    whatever the programs' units. Raises QueryError `no_programs`, `unknown_program`, `not_kept_at_desa`, `no_what_if`.
    """
    if not scope.programs:
        raise QueryError("no_programs")
    require_kecamatan(scope, "program-set")
    refuse_what_if(scope, "program-set")
    _read_programs(connection, scope.programs)
    return answer(
        connection, scope, "program-set", build_program_set, counts=SET_COUNTS,
        rates=(
            Rate("any_coverage_rate", "any_reached_count", "any_eligible_count"),
            Rate("all_coverage_rate", "all_reached_count", "any_eligible_count", "all_coverage_status"),
            Rate("none_rate", "none_reached_count", "any_eligible_count", "none_status"),
        ),
        wholes=(
            Whole("any_eligible_count", ("any_reached_count", "none_reached_count")),
            Whole("any_reached_count", ("all_reached_count", "some_reached_count")),
            Whole("any_eligible_count", ("all_reached_count", "some_reached_count", "none_reached_count")),
        ),
    )


def _bits_of(scope: Scope):
    program = tables.program
    return select(func.bit_or(literal(1).op("<<")(program.c.id))).where(
        program.c.key.in_(scope.programs)
    ).scalar_subquery()  # fmt: skip


def _read_programs(connection: Connection, asked: Iterable[str]) -> dict[int, str]:
    program = tables.program
    known = dict(connection.execute(select(program.c.id, program.c.key).order_by(program.c.id)).all())
    for key in asked:
        if key not in known.values():
            raise QueryError("unknown_program", program=key, known=", ".join(known.values()))
    return known


def _read_pairs(connection: Connection, scope: Scope) -> dict[tuple[int, int], bool]:
    pair = tables.program_pair
    rows = connection.execute(
        select(pair.c.program_id, pair.c.other_program_id, pair.c.is_permitted).where(in_force(pair, scope.period))
    ).all()
    return {(one, other): is_permitted for one, other, is_permitted in rows}
