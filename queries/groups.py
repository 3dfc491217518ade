"""Coverage by the register within a wilayah: by desil, and by who the family is."""

from sqlalchemy import Connection, Select, select

from boundaries.levels import Level
from geo import cube_tables
from queries.answer import Rate, in_scope, rows_of
from queries.breakdown import Axis, Subtotal, break_down
from queries.coverage import RECEIPT_WHOLES
from queries.errors import QueryError
from queries.result import Result
from queries.scope import PUBLISHED_DESIL, Scope
from queries.stats.disclosure import Amount
from queries.what_if import AMOUNTS, counts_by_desil, program_id_of, refuse_what_if, settle_rule

COUNTS = ("eligible_count", "received_count", "reached_count", "gap_count", "leak_count")
RATES = (
    Rate("coverage_rate", "reached_count", "eligible_count"),
    Rate("exclusion_rate", "gap_count", "eligible_count"),
)
DESIL = Axis(("desil",), tuple((desil,) for desil in (*range(1, 11), None)))
# What anybody may ask of `desil-density`, whose answer the counts by desil must not complete.
TOLD_DESIL = tuple(
    Subtotal(
        "told_" + "_".join(map(str, desil)), "household_count", lambda key, desil=desil: (key[0] or 0) in desil, True
    )
    for desil in PUBLISHED_DESIL
)
# A null class is "unknown" of the sex, and in every dimension those who receive without being in the register.
GROUP_CLASSES = {
    "head_sex": ("L", "P", None),
    "elderly": ("yes", "no", None),
    "disability": ("yes", "no", None),
    "size": ("1-2", "3-4", "5+", None),
}
GROUPS = Axis(
    ("dimension", "class"),
    tuple((dimension, one) for dimension, classes in GROUP_CLASSES.items() for one in classes),
    has_families=True,
)


def build_coverage_by_desil(scope: Scope) -> Select:
    """Return the statement of `coverage_by_desil`: units of the program, rupiah a year, by wilayah and desil."""
    place, counted = rows_of(scope).subquery("place"), counts_by_desil(scope)
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"), counted.c.desil,
            *(counted.c[name] for name in (*COUNTS, *AMOUNTS)),
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.desil)
    )  # fmt: skip


def coverage_by_desil(connection: Connection, scope: Scope) -> Result:
    """Return coverage, gap and leak of each wilayah of a scope by desil, null for "belum ada desil".

    value = coverage_rate = reached / eligible; where the rule means nobody of a desil it is `not_applicable`, and all
    who receive there are the leak. Recipients outside the register are in the class without a desil. A what-if scope is
    answered as by `coverage`. Raises QueryError.
    """
    return break_down(
        connection, settle_rule(connection, scope), "coverage-by-desil", build_coverage_by_desil, DESIL,
        counts=COUNTS, rates=RATES, wholes=RECEIPT_WHOLES,
        amounts=(Amount("gap_idr", "gap_count"), Amount("leak_idr", "leak_count")),
    )  # fmt: skip


def build_coverage_by_group(scope: Scope) -> Select:
    """Return the statement of `coverage_by_group`: units of the program by wilayah, dimension and class."""
    place, cube = rows_of(scope).subquery("place"), cube_tables.group_count
    counted = select(cube).where(in_scope(cube, scope), cube.c.program_id == program_id_of(scope)).subquery("counted")
    return (
        select(
            place, counted.c.kode.is_not(None).label("has_data"), counted.c.dimension, counted.c["class"],
            *(counted.c[name] for name in COUNTS[:3]),
            (counted.c.eligible_count - counted.c.reached_count).label("gap_count"),
            (counted.c.received_count - counted.c.reached_count).label("leak_count"),
        )
        .join_from(place, counted, counted.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode, counted.c.dimension, counted.c["class"])
    )  # fmt: skip


def coverage_by_group(connection: Connection, scope: Scope) -> Result:
    """Return coverage, gap and leak of each wilayah by sex of the head, elderly, disability and size of the family.

    The classes of each `dimension` add up to the wilayah's totals. `class` is L or P (head_sex), yes or no (a member of
    60 years or more, with a disability), 1-2, 3-4 or 5+ persons (size), and null for those of whom it is not known,
    recipients outside the register among them. Raises QueryError `not_kept_at_desa` and `no_what_if`.
    """
    require_kecamatan(scope, "coverage-by-group")
    refuse_what_if(scope, "coverage-by-group")
    return break_down(
        connection, scope, "coverage-by-group", build_coverage_by_group, GROUPS,
        counts=COUNTS, rates=RATES, wholes=RECEIPT_WHOLES,
    )  # fmt: skip


def require_kecamatan(scope: Scope, query: str) -> None:
    """Raise QueryError `not_kept_at_desa` when a cube that stops at the kecamatan is asked for desa."""
    if scope.level is Level.desa:
        raise QueryError("not_kept_at_desa", query=query)
