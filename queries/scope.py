"""What is asked: one frozen, hashable value that every query, cache key and shape token shares."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from boundaries.levels import NATION_KODE, Level, level_of
from queries.errors import QueryError

Disclosure = Literal["exact", "published"]

# The differences of two sets of desil are counts of their own: were every set asked for, so would be every small cell.
PUBLISHED_DESIL = ((1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), (1, 2, 3, 4, 5), (5, 6, 7), (8, 9, 10), (0,))


# "Belum ada desil": a set of keys cannot hold null.
NO_DESIL = 0


@dataclass(frozen=True)
class Scope:
    """A question's frame.

    Rows are the wilayah at `level` within `wilayah` (itself included when the levels are equal), in `period` (the
    first day of the month). `program` is a key of the program table; `desil` the classes that a density counts
    (NO_DESIL stands for "belum ada desil"); published, only those of
    PUBLISHED_DESIL may be asked for.

    What-if: `rule_on` is the date of another rule, `limits` the first and last desil of one that was never in force;
    they change who is eligible and nothing else. `against` is a second period that a comparison puts beside the first.
    `programs` is a set of programs that is asked about as one. `truth` and `frame` choose among verification samples,
    the first that there is where they are empty. `request` is what a planning question is asked beyond its frame, in
    the short form of that question.
    """

    wilayah: str = NATION_KODE
    level: Level = Level.provinsi
    period: date | None = None
    program: str = "pkh"
    desil: tuple[int, ...] = (1, 2, 3, 4)
    disclosure: Disclosure = "published"
    rule_on: date | None = None
    limits: tuple[int, int] | None = None
    against: date | None = None
    programs: tuple[str, ...] = ()
    truth: str = ""
    frame: str = ""
    request: str = ""

    def __post_init__(self) -> None:
        if self.level < level_of(self.wilayah):
            raise QueryError("level_above_wilayah", level=self.level.name, wilayah=self.wilayah)
        if self.disclosure not in ("exact", "published"):
            raise QueryError("unknown_disclosure", disclosure=self.disclosure)
        if not self.desil or not set(self.desil) <= set(range(11)):
            raise QueryError("unknown_desil", desil=",".join(map(str, self.desil)))
        if self.disclosure == "published" and tuple(sorted(set(self.desil))) not in PUBLISHED_DESIL:
            known = "; ".join(",".join(map(str, desil)) for desil in PUBLISHED_DESIL)
            raise QueryError("desil_set_not_published", desil=",".join(map(str, self.desil)), known=known)
        if self.limits and not 1 <= self.limits[0] <= self.limits[1] <= 10:
            raise QueryError("limits_out_of_order", low=self.limits[0], high=self.limits[1])

    @property
    def is_what_if(self) -> bool:
        """Tell whether another rule than the period's own is asked for."""
        return self.rule_on is not None or self.limits is not None

    def itself(self) -> "Scope":
        """Return the scope whose only row is the chosen wilayah."""
        return replace(self, level=level_of(self.wilayah))

    def at(self, **changes: object) -> "Scope":
        """Return this scope with some parts changed."""
        return replace(self, **changes)
