"""Lineage: which codes of wilayah must be added together so that a series over a split or a merger can be compared."""

from collections.abc import Iterable


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
