"""Lineage: which codes of wilayah followed which, what belongs together in a series, and since when registers say so.

A register may use the new codes before their day (one of 15 August is in the register of August, whose first day lies
before it), or the old ones for months after it. What a register counts decides; the day decides where it does not tell.
"""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, or_, select

from geo.context_tables import wilayah_succession
from geo.cube_tables import desil_count
from geo.tables import wilayah


def lineage_groups(pairs: Iterable[tuple[str, str]]) -> list[frozenset[str]]:
    """Return the connected sets of codes of `pairs` (old kode, new kode), each of at least two codes.

    A wilayah that was split and those that came of it are one set: the sum over a set means the same area before and
    after, a single code's figure does not. A chain of successions, and several wilayah that merged, are one set too.
    Give the pairs of the days between the periods that are compared. A succession joins codes of one level, so each
    set is of one level; the sets are disjoint, in the order of their lowest codes. A code that only follows itself
    belongs to none.
    """
    group_of: dict[str, set[str]] = {}
    for old_kode, new_kode in pairs:
        merged = group_of.get(old_kode, {old_kode}) | group_of.get(new_kode, {new_kode})
        for kode in merged:
            group_of[kode] = merged
    groups = {frozenset(group) for group in group_of.values() if len(group) > 1}
    return sorted(groups, key=min)


def provinsi_line(kode: str, pairs: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the provinsi whose registers can hold the past of a wilayah: its own, and those that it came out of.

    `pairs` (old kode, new kode) are followed back from the wilayah and from those above it: 93.01 Merauke was 91.01,
    so that its past is in the registers of 91.
    """
    pairs = list(pairs)
    line, reached = {kode}, [kode]
    while reached:
        one = reached.pop()
        earlier = {old for old, new in pairs if one == new or one.startswith(f"{new}.")} - line
        line |= earlier
        reached += earlier
    return frozenset(code[:2] for code in line)


def is_of_two(event) -> ColumnElement[bool]:
    """Return the test whether a row of successions is of two codes.

    A row whose codes are equal says what share of a wilayah stays with its own code.
    """
    return event.c.old_kode != event.c.new_kode


def is_renumbering(event) -> ColumnElement[bool]:
    """Return the test whether a whole wilayah went on under another code: nothing was added to it or taken from it.

    The old code has ended, and on that day nothing else came of it and nothing else went into the new one.
    """
    other = wilayah_succession.alias("beside")
    beside = (
        select(other.c.new_kode)
        .where(
            is_of_two(other), other.c.happened_on == event.c.happened_on,
            or_(
                (other.c.old_kode == event.c.old_kode) & (other.c.new_kode != event.c.new_kode),
                (other.c.new_kode == event.c.new_kode) & (other.c.old_kode != event.c.old_kode),
            ),
        )
        .correlate_except(other)
        .exists()
    )  # fmt: skip
    return _has_ended(event.c.old_kode) & ~_stays(event.c.new_kode, event.c.happened_on) & ~beside


def is_done(event, period) -> ColumnElement[bool]:
    """Return the test whether the register of a period has a succession carried out.

    It has when it counts the new code. It has not, whatever the day, while it counts a code that ended with that
    succession, of the wilayah itself or of one below it: a register that has 91.01 under provinsi 91 after 93 was made
    of it, with 93.01 in its place, is one of before. Else the day decides.
    """
    part = wilayah_succession.alias("part")
    is_part = (
        (part.c.happened_on == event.c.happened_on)
        & _is_within(part.c.old_kode, event.c.old_kode) & _is_within(part.c.new_kode, event.c.new_kode)
    )  # fmt: skip
    is_late = (
        select(part.c.old_kode)
        .where(is_part, is_of_two(part), _has_ended(part.c.old_kode), _is_counted(part.c.old_kode, period))
        .correlate_except(part)
        .exists()
    )
    return ((event.c.happened_on <= period) & ~is_late) | _is_counted(event.c.new_kode, period)


def _is_counted(kode, period):
    row = desil_count.alias()
    # The key of the counts starts with period and level.
    is_own = (row.c.period == period) & (row.c.level == _level_of(kode)) & (row.c.kode == kode)
    # The period may stand two statements further out, which SQLAlchemy would not look for by itself.
    return select(row.c.kode).where(is_own).correlate_except(row).exists()


def _level_of(kode):
    return func.length(kode) - func.length(func.replace(kode, ".", "")) + 1


def _is_within(kode, upper):
    return (kode == upper) | (func.left(kode, func.length(upper) + 1) == func.concat(upper, "."))


def _has_ended(kode):
    place = wilayah.alias()
    is_there = (place.c.kode == kode) & place.c.valid_to.is_(None)
    return ~select(place.c.kode).where(is_there).correlate_except(place).exists()


def _stays(kode, happened_on):
    own = wilayah_succession.alias()
    is_own = (own.c.old_kode == kode) & (own.c.new_kode == kode) & (own.c.happened_on == happened_on)
    return select(own.c.old_kode).where(is_own).correlate_except(own).exists()
