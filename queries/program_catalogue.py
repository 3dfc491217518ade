"""The program catalogue: what each program gives, to whom by which dated rule, and with which others it may go."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection, Row, func, select

from boundaries.levels import Level
from geo import cube_tables, tables


@dataclass(frozen=True)
class Dated:
    """What holds from `valid_from` to `valid_to` (None: until now), and its source."""

    valid_from: date
    valid_to: date | None
    reference: str

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True)
class CatalogueRule(Dated):
    """Who is meant, and on what `basis` that is known.

    register: by its desil `limits` (None otherwise), components, exclusions and kinds of wilayah. list: by a list of
    another program's or of its own. application, assessment, customer: by what people apply for, need or buy. The notes
    say what the rule asks beyond these columns.
    """

    basis: str
    funding: str
    limits: tuple[int, int] | None
    components: tuple[str, ...]
    excluded_adminduk: tuple[str, ...]
    wilayah_kinds: tuple[str, ...]
    note_id: str
    note_en: str


@dataclass(frozen=True)
class CatalogueBenefit(Dated):
    """A year's rupiah for each member of a component, or each unit where it is ''; None where it is in kind.

    A program that pays once gives the whole of it.
    """

    component: str
    amount_idr: int | None
    max_count: int | None
    note_id: str
    note_en: str


@dataclass(frozen=True)
class CataloguePair(Dated):
    """Another program, by key and name, that the same household may or may not receive too."""

    key: str
    name: str
    is_permitted: bool


@dataclass(frozen=True)
class CatalogueEntry:
    """A program on a day: all its rules and pairs, the newest first, and the benefits of `benefits_on`.

    `measured_from` and `measured_to` are the first and the last period whose register holds its recipients, both None
    for a program that is not measured.
    """

    key: str
    name: str
    full_name: str
    kind: str
    agency: str
    unit: str
    on: date
    rules: tuple[CatalogueRule, ...]
    benefits: tuple[CatalogueBenefit, ...]
    pairs: tuple[CataloguePair, ...]
    measured_from: date | None
    measured_to: date | None

    @property
    def is_in_force(self) -> bool:
        """Whether a rule of the program is in force on the catalogue's day."""
        return any(rule.holds_on(self.on) for rule in self.rules)

    @property
    def is_measured(self) -> bool:
        """Whether a loaded register holds recipients."""
        return self.measured_from is not None

    @property
    def rule(self) -> CatalogueRule:
        """The rule in force on the day; else the last that was, or the first that will be."""
        return next(rule for rule in self.rules if rule.holds_on(self.benefits_on))

    @property
    def benefits_on(self) -> date:
        """The day whose benefits are told: the catalogue's, or the nearest on which the program has or had a rule."""
        return nearest_day(self.rules, self.on)


def nearest_day(rules: Iterable[Dated], on: date) -> date:
    """Return a day if one of the rules is in force on it; else the last day of what ended before, or the first to come.

    Raises ValueError without any rule.
    """
    rules = list(rules)
    if any(rule.holds_on(on) for rule in rules):
        return on
    ended = [rule.valid_to for rule in rules if rule.valid_to is not None and rule.valid_to < on]
    return max(ended) if ended else min(rule.valid_from for rule in rules)


def list_catalogue(connection: Connection, on: date) -> list[CatalogueEntry]:
    """Return every program of the catalogue as it stands on a day, by id."""
    rules = _by_program(connection, tables.program_rule, _rule_of)
    benefits = _by_program(connection, tables.program_benefit, _benefit_of)
    pairs, measured = _read_pairs(connection), _read_measured(connection)
    entries = []
    for row in connection.execute(select(tables.program).order_by(tables.program.c.id)):
        own = rules[row.id]
        day = nearest_day(own, on)
        entries.append(CatalogueEntry(
            row.key, row.name, row.full_name, row.kind, row.agency, row.unit, on, own,
            tuple(sorted((one for one in benefits.get(row.id, ()) if one.holds_on(day)), key=_place_of)),
            pairs.get(row.id, ()), *measured.get(row.id, (None, None)),
        ))  # fmt: skip
    return entries


def _by_program(connection: Connection, table, make: Callable[[Row], Dated]) -> dict[int, tuple]:
    rows = connection.execute(select(table).order_by(table.c.program_id, table.c.valid_from.desc())).all()
    return {one: tuple(make(row) for row in part) for one, part in groupby(rows, key=attrgetter("program_id"))}


def _place_of(benefit: CatalogueBenefit) -> int:
    """Return a benefit's place in the order of the components, from before birth to old age."""
    return tables.COMPONENTS.index(benefit.component) if benefit.component else -1


def _rule_of(row: Row) -> CatalogueRule:
    limits = None if row.desil_min is None else (row.desil_min, row.desil_max)
    return CatalogueRule(
        row.valid_from, row.valid_to, row.reference, row.basis, row.funding, limits, tuple(row.components),
        tuple(row.excluded_adminduk), tuple(row.wilayah_kinds), row.note_id, row.note_en,
    )  # fmt: skip


def _benefit_of(row: Row) -> CatalogueBenefit:
    return CatalogueBenefit(
        row.valid_from, row.valid_to, row.reference, row.component, row.amount_idr, row.max_count, row.note_id,
        row.note_en,
    )  # fmt: skip


def _read_pairs(connection: Connection) -> dict[int, tuple[CataloguePair, ...]]:
    """Return the pairs of each program: a pair is written once, and told of both."""
    program, pair = tables.program, tables.program_pair
    names = {row.id: row for row in connection.execute(select(program.c.id, program.c.key, program.c.name))}
    found: dict[int, list[CataloguePair]] = {}
    rows = connection.execute(
        select(pair).order_by(pair.c.program_id, pair.c.other_program_id, pair.c.valid_from.desc())
    )
    for row in rows:
        for one, other in ((row.program_id, row.other_program_id), (row.other_program_id, row.program_id)):
            told = CataloguePair(
                row.valid_from, row.valid_to, row.reference, names[other].key, names[other].name, row.is_permitted
            )
            found.setdefault(one, []).append(told)
    return {one: tuple(pairs) for one, pairs in found.items()}


def _read_measured(connection: Connection) -> dict[int, tuple[date, date]]:
    total = cube_tables.program_total
    rows = connection.execute(
        select(total.c.program_id, func.min(total.c.period), func.max(total.c.period))
        .where(total.c.level == int(Level.nasional))
        .group_by(total.c.program_id)
    )
    return {program_id: (first, last) for program_id, first, last in rows}
