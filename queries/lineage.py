"""Wilayah that were split or merged: whose counts stand for whom in a month before, and who belongs to whom.

A split has been carried out in a period once its day has come, or when the register of that period uses the new code
already: one of 15 August may be in the register of August, whose first day lies before it.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, literal, or_, select, union_all

from boundaries.levels import NATION_KODE, kode_range
from geo.context_tables import wilayah_succession
from geo.cube_tables import desil_count
from geo.tables import wilayah
from queries.scope import Scope


@dataclass(frozen=True)
class Succession:
    """One wilayah that was made of another: both codes and names, and the first day of the new one."""

    old_kode: str
    old_name: str
    new_kode: str
    new_name: str
    happened_on: date


def forebears(registers):
    """Return a subquery of kode, period and `member`: whose counts stand for a wilayah in a period before it.

    `registers` has the column `period`. Of A that was split into A and B on 1 August, A is the member of B until July;
    the chain is followed back where A itself was made of another. Whoever has a row of its own in a period has no
    member there, or people would count twice. What happened to A after B was made of it is of no concern to B.
    """
    event, earlier = wilayah_succession.alias("event"), wilayah_succession.alias("earlier")
    found = (
        select(
            event.c.new_kode.label("kode"), registers.c.period, event.c.old_kode.label("member"), event.c.happened_on
        )
        .join_from(event, registers, ~_is_done(event, registers.c.period))
        .where(_is_of_two(event))
        .cte("forebear", recursive=True)
    )
    is_before = ~_is_done(earlier, found.c.period) & (earlier.c.happened_on <= found.c.happened_on)
    found = found.union(
        select(found.c.kode, found.c.period, earlier.c.old_kode, earlier.c.happened_on)
        .join_from(found, earlier, (earlier.c.new_kode == found.c.member) & is_before)
        .where(_is_of_two(earlier))
    )
    others = select(found.c.kode, found.c.period, found.c.member).distinct().where(found.c.member != found.c.kode)
    return others.cte("forebears")


def kin(scope: Scope):
    """Return a recursive query of kode and `member`: the group of each by what happened from `against` to `period`.

    Every member of a group, a wilayah itself included, stands beside every other, so that a group has one sum in both
    periods; a wilayah to which nothing happened has no row.
    """
    event = wilayah_succession
    happened = _is_between(event, scope) & _is_of_two(event)
    link = union_all(
        select(event.c.old_kode.label("kode"), event.c.new_kode.label("member")).where(happened),
        select(event.c.new_kode, event.c.old_kode).where(happened),
    ).cte("link")
    found = select(link.c.kode, link.c.member).cte("kin", recursive=True)
    return found.union(select(found.c.kode, link.c.member).join_from(found, link, link.c.kode == found.c.member))


def is_before_split(place, registers):
    """Return the test whether a period lies before a wilayah was split, or before it was made of others."""
    event = wilayah_succession
    is_of_place = or_(event.c.old_kode == place.c.kode, event.c.new_kode == place.c.kode)
    happened = is_of_place & ~_is_done(event, registers.c.period) & _is_of_two(event)
    return select(event.c.new_kode).where(happened).exists()


def _is_done(event, period):
    row, kode = desil_count, event.c.new_kode
    # The key of the counts starts with period and level.
    level = func.length(kode) - func.length(func.replace(kode, ".", "")) + 1
    is_counted = (row.c.period == period) & (row.c.level == level) & (row.c.kode == kode)
    # The period may stand two statements further out, which SQLAlchemy would not look for by itself.
    return (event.c.happened_on <= period) | select(row.c.kode).where(is_counted).correlate_except(row).exists()


def _is_between(event, scope: Scope):
    return ~_is_done(event, literal(scope.against)) & _is_done(event, literal(scope.period))


def _is_of_two(event):
    # A row whose codes are equal says what share of a wilayah stays with its own code.
    return event.c.old_kode != event.c.new_kode


def successions(connection: Connection, scope: Scope) -> list[Succession]:
    """Return what happened to wilayah of the scope, at any level, after `against` and until `period`, oldest first."""
    event, old, new = wilayah_succession, wilayah.alias("old"), wilayah.alias("new")
    query = (
        select(event.c.old_kode, old.c.name, event.c.new_kode, new.c.name, event.c.happened_on)
        .join(old, old.c.kode == event.c.old_kode, isouter=True)
        .join(new, new.c.kode == event.c.new_kode, isouter=True)
        .where(_is_between(event, scope), _is_of_two(event))
        .order_by(event.c.happened_on, event.c.new_kode, event.c.old_kode)
    )
    if scope.wilayah != NATION_KODE:
        low, high = kode_range(scope.wilayah)
        query = query.where(
            or_(*((kode >= low) & (kode < high) for kode in (event.c.old_kode, event.c.new_kode)))
        )
    rows = connection.execute(query).all()
    return [
        Succession(old_kode, old_name or old_kode, new_kode, new_name or new_kode, happened_on)
        for old_kode, old_name, new_kode, new_name, happened_on in rows
    ]
