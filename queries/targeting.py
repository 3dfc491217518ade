"""Targeting errors by the register: the poor that the rule means and does not reach, and the others that it reaches."""

from sqlalchemy import Connection, Select, case, func, or_, select

from boundaries.levels import NATION_KODE, Level
from geo import tables
from queries.answer import Rate, answer, rows_of
from queries.coverage import RECEIPT_WHOLES, totals_of
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import Amount
from queries.what_if import settle_rule

COUNTS = ("eligible_count", "received_count", "reached_count", "gap_count", "leak_count")


def sees_everybody(scope: Scope, place):
    """Return the test whether the register of a wilayah's provinsi holds every family, and not the poorest alone."""
    source = tables.source
    return ~select(source.c.id).where(_is_register(scope, place), source.c.scheme == "dtks").exists()


def sees_all_recipients(scope: Scope, place, program=None):
    """Return the test whether the register of a wilayah's provinsi can show inclusion at all.

    DTKS holds the poorest and few others: without recipients from outside it, inclusion would be small by construction.
    `program` is a column of keys where rows are of several programs; else the scope's own is meant.
    """
    source = tables.source
    key = scope.program if program is None else program
    has_strangers = select(source.c.id).where(
        _is_register(scope, place), func.jsonb_exists(source.c.report["outside_programs"], key)
    ).exists()  # fmt: skip
    return or_(sees_everybody(scope, place), has_strangers)


def _is_register(scope: Scope, place):
    source = tables.source
    is_of_place = (
        (source.c.kind == "register") & (source.c.period == scope.period) & (source.c.status == "ready")
    )  # fmt: skip
    if scope.level is not Level.nasional:
        provinsi = func.left(place.c.kode, 2) if scope.wilayah == NATION_KODE else scope.wilayah[:2]
        is_of_place &= func.jsonb_exists(source.c.report["provinsi"], provinsi)
    return is_of_place


def build_targeting_errors(scope: Scope) -> Select:
    """Return the statement of `targeting_errors`: units of the program, rupiah a year, one row per wilayah."""
    place, total = rows_of(scope).subquery("place"), totals_of(scope)
    sees_all = sees_all_recipients(scope, place)
    return (
        select(
            place,
            total.c.kode.is_not(None).label("has_data"),
            total.c.eligible_count, total.c.received_count, total.c.reached_count, total.c.gap_count,
            case((sees_all, total.c.leak_count)).label("leak_count"),
            total.c.gap_idr,
            case((sees_all, total.c.leak_idr)).label("leak_idr"),
            sees_all.label("sees_all"),
        )
        .join_from(place, total, total.c.kode == place.c.kode, isouter=True)
        .order_by(place.c.kode)
    )


def targeting_errors(connection: Connection, scope: Scope) -> Result:
    """Return exclusion and inclusion by the rule for each wilayah of a scope.

    exclusion_rate = eligible and not receiving / eligible; inclusion_rate = receiving and not eligible / receiving
    (Coady, Grosh and Hoddinott 2004, chapter 2). The register is enumerated: no standard error, and it is blind to
    families that were never registered. Under DTKS inclusion is `not_applicable` unless recipients outside the register
    are loaded. A what-if scope changes who is eligible and nothing else. Raises QueryError, those of `settle_rule`
    included.
    """
    scope = settle_rule(connection, scope)
    return answer(
        connection, scope, "targeting-errors", build_targeting_errors, counts=COUNTS,
        rates=(
            Rate("exclusion_rate", "gap_count", "eligible_count", "exclusion_status"),
            Rate("inclusion_rate", "leak_count", "received_count", "inclusion_status", "sees_all"),
        ),
        wholes=RECEIPT_WHOLES,
        amounts=(Amount("gap_idr", "gap_count"), Amount("leak_idr", "leak_count")),
    )
