"""Wilayah that were split, merged or renumbered: whose counts stand for whom before, and who belongs to whom."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, literal, or_, select, true, union_all
from sqlalchemy.dialects.postgresql import aggregate_order_by

from boundaries.levels import NATION_KODE, kode_range
from geo.context_tables import wilayah_succession
from geo.succession import is_done, is_of_two, is_renumbering, provinsi_line
from geo.tables import wilayah
from queries.scope import Scope


@dataclass(frozen=True)
class Succession:
    """One wilayah that was made of another: both codes and names, and the first day of the new one.

    `is_renumbered`: it is the whole of the old one, and only its code is new.
    """

    old_kode: str
    old_name: str
    new_kode: str
    new_name: str
    happened_on: date
    is_renumbered: bool = False


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
        .join_from(event, registers, ~is_done(event, registers.c.period))
        .where(is_of_two(event))
        .cte("forebear", recursive=True)
    )
    is_before = ~is_done(earlier, found.c.period) & (earlier.c.happened_on <= found.c.happened_on)
    found = found.union(
        select(found.c.kode, found.c.period, earlier.c.old_kode, earlier.c.happened_on)
        .join_from(found, earlier, (earlier.c.new_kode == found.c.member) & is_before)
        .where(is_of_two(earlier))
    )
    others = select(found.c.kode, found.c.period, found.c.member).distinct().where(found.c.member != found.c.kode)
    return others.cte("forebears")


def kin(scope: Scope):
    """Return a recursive query of kode and `member`: the group of each by what happened from `against` to `period`.

    Every member of a group, a wilayah itself included, stands beside every other, so that a group has one sum in both
    periods; a wilayah to which nothing happened has no row.
    """
    event = wilayah_succession
    happened = _is_between(event, scope) & is_of_two(event)
    link = union_all(
        select(event.c.old_kode.label("kode"), event.c.new_kode.label("member")).where(happened),
        select(event.c.new_kode, event.c.old_kode).where(happened),
    ).cte("link")
    found = select(link.c.kode, link.c.member).cte("kin", recursive=True)
    return found.union(select(found.c.kode, link.c.member).join_from(found, link, link.c.kode == found.c.member))


def is_in_divided_group(kode, group, scope: Scope):
    """Return the test whether more happened to a wilayah's group, as `kin` gives it, than that its code changed."""
    event = wilayah_succession.alias("divided")
    happened = _is_between(event, scope) & is_of_two(event) & ~is_renumbering(event)
    divided = union_all(
        select(event.c.old_kode.label("kode")).where(happened), select(event.c.new_kode).where(happened)
    ).cte("divided")
    return select(group.c.kode).join(divided, divided.c.kode == group.c.member).where(group.c.kode == kode).exists()


def names_in_group(kode, group):
    """Return the names of the others of a wilayah's group, as `kin` gives it, that exist: null where there are none."""
    other = wilayah.alias("other_of_group")
    return (
        select(func.string_agg(other.c.name, aggregate_order_by(literal(", "), other.c.kode)))
        .join_from(group, other, other.c.kode == group.c.member)
        .where(group.c.kode == kode, group.c.member != kode, other.c.valid_to.is_(None))
        .scalar_subquery()
    )


def is_before_split(place, registers):
    """Return the test whether a period lies before a wilayah was split, or before it was made of others.

    What was but renumbered was the same wilayah before.
    """
    event = wilayah_succession.alias("division")
    is_of_place = or_(event.c.old_kode == place.c.kode, event.c.new_kode == place.c.kode)
    happened = is_of_place & ~is_done(event, registers.c.period) & is_of_two(event) & ~is_renumbering(event)
    return select(event.c.new_kode).where(happened).correlate_except(event).exists()


def is_of_line(scope: Scope, source):
    """Return the test whether a register's source holds the scope's provinsi, or one that the scope came out of."""
    if scope.wilayah == NATION_KODE:
        return true()
    return or_(func.jsonb_exists(source.c.report["provinsi"], scope.wilayah[:2]), _holds_forebear(scope, source))


def _holds_forebear(scope: Scope, source):
    event, earlier = wilayah_succession.alias("line_event"), wilayah_succession.alias("line_earlier")
    own = literal(scope.wilayah)
    line = select(event.c.old_kode.label("kode")).where(_is_at_or_above(event.c.new_kode, own), is_of_two(event))
    line = line.cte("line", recursive=True)
    line = line.union(
        select(earlier.c.old_kode)
        .join_from(line, earlier, _is_at_or_above(earlier.c.new_kode, line.c.kode))
        .where(is_of_two(earlier))
    )
    held = func.jsonb_exists(source.c.report["provinsi"], func.left(line.c.kode, 2))
    return select(line.c.kode).where(held).correlate(source).exists()


def _is_at_or_above(kode, own):
    return (kode == own) | (func.left(own, func.length(kode) + 1) == func.concat(kode, "."))


def provinsi_of(connection: Connection, kode: str) -> frozenset[str]:
    """Return the provinsi whose registers can hold a wilayah's past: its own, and those that it came out of."""
    return provinsi_line(kode, moves_between_provinsi(connection))


def moves_between_provinsi(connection: Connection) -> tuple[tuple[str, str], ...]:
    """Return the old and new code of each wilayah that went to another provinsi, the oldest first."""
    event = wilayah_succession
    query = (
        select(event.c.old_kode, event.c.new_kode)
        .where(func.left(event.c.old_kode, 2) != func.left(event.c.new_kode, 2))
        .order_by(event.c.happened_on, event.c.new_kode, event.c.old_kode)
    )
    return tuple((old, new) for old, new in connection.execute(query))




def _is_between(event, scope: Scope):
    return ~is_done(event, literal(scope.against)) & is_done(event, literal(scope.period))


def successions(connection: Connection, scope: Scope) -> list[Succession]:
    """Return what happened to wilayah of the scope, at any level, after `against` and until `period`, oldest first."""
    event, old, new = wilayah_succession, wilayah.alias("old"), wilayah.alias("new")
    query = (
        select(
            event.c.old_kode, old.c.name, event.c.new_kode, new.c.name, event.c.happened_on,
            is_renumbering(event).label("is_renumbered"),
        )
        .join(old, old.c.kode == event.c.old_kode, isouter=True)
        .join(new, new.c.kode == event.c.new_kode, isouter=True)
        .where(_is_between(event, scope), is_of_two(event))
        .order_by(event.c.happened_on, event.c.new_kode, event.c.old_kode)
    )
    if scope.wilayah != NATION_KODE:
        low, high = kode_range(scope.wilayah)
        query = query.where(
            or_(*((kode >= low) & (kode < high) for kode in (event.c.old_kode, event.c.new_kode)))
        )
    rows = connection.execute(query).all()
    return [
        Succession(old_kode, old_name or old_kode, new_kode, new_name or new_kode, happened_on, is_renumbered)
        for old_kode, old_name, new_kode, new_name, happened_on, is_renumbered in rows
    ]
