"""What is asked: one frozen, hashable value that every query, cache key and shape token shares."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from boundaries.levels import NATION_KODE, Level, level_of
from queries.errors import QueryError

Disclosure = Literal["exact", "published"]


@dataclass(frozen=True)
class Scope:
    """A question's frame.

    Rows are the wilayah at `level` within `wilayah` (itself included when the levels are equal), in `period` (the
    first day of the month). `program` is a key of the program table; `desil` the classes that a density counts
    (0 stands for "belum ada desil" here only, since a set of keys cannot hold null).
    """

    wilayah: str = NATION_KODE
    level: Level = Level.provinsi
    period: date | None = None
    program: str = "pkh"
    desil: tuple[int, ...] = (1, 2, 3, 4)
    disclosure: Disclosure = "published"

    def __post_init__(self) -> None:
        if self.level < level_of(self.wilayah):
            raise QueryError("level_above_wilayah", level=self.level.name, wilayah=self.wilayah)
        if self.disclosure not in ("exact", "published"):
            raise QueryError("unknown_disclosure", disclosure=self.disclosure)
        if not self.desil or not set(self.desil) <= set(range(11)):
            raise QueryError("unknown_desil", desil=",".join(map(str, self.desil)))

    def itself(self) -> "Scope":
        """Return the scope whose only row is the chosen wilayah."""
        return replace(self, level=level_of(self.wilayah))

    def at(self, **changes: object) -> "Scope":
        """Return this scope with some parts changed."""
        return replace(self, **changes)
