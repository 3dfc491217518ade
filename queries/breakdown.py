"""The machinery of a breakdown: each wilayah's counts by class, protected together, one row for a wilayah and class."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select

from boundaries.levels import Level
from queries.answer import Rate, divide, prepare, require_scope
from queries.columns import ANSWER, whole_numbers
from queries.result import Provenance, Result
from queries.scope import Scope
from queries.stats.disclosure import HIDDEN, LEAST_DENOMINATOR, SHOWN, Amount, Shadow, Whole, protect

Figures = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Axis:
    """The classes of a breakdown: the columns that name one, and each class as a tuple, in the order of the rows.

    With `has_families` the first column names a family, and the classes of each family add up to the total by
    themselves; otherwise all classes are one family. Without `classes` they are those that the rows hold, `first`
    among them in any case.
    """

    columns: tuple[str, ...]
    classes: tuple[tuple, ...] = ()
    has_families: bool = False
    first: tuple | None = None

    def of(self, found: set[tuple]) -> tuple[tuple, ...]:
        """Return the classes, given those that the rows hold; ValueError for one that is not foreseen."""
        if not self.classes:
            return tuple(sorted({self.first, *found}))
        if not found <= set(self.classes):
            raise ValueError(f"classes that are not foreseen: {found - set(self.classes)}")
        return self.classes

    def families(self, classes: Sequence[tuple]) -> list[list[int]]:
        """Return the positions of each family's classes."""
        families: dict = {}
        for position, key in enumerate(classes):
            families.setdefault(key[0] if self.has_families else None, []).append(position)
        return list(families.values())


@dataclass(frozen=True)
class Subtotal:
    """A count of each wilayah that adds up some of its classes.

    One that is `is_told` is another query's: it is no column here, and since it is read there it covers nothing.
    """

    name: str
    count: str
    has_class: Callable[[tuple], bool]
    is_told: bool = False


@dataclass(frozen=True)
class Pivot:
    """The rows of a statement as one array by wilayah for each count and class, `count@position`, and their sums."""

    kode: np.ndarray
    first_row: np.ndarray
    has_data: np.ndarray
    classes: tuple[tuple, ...]
    wide: Figures
    sums: tuple[Whole, ...]
    told: frozenset[str] = frozenset()

    def everywhere(self, name: str) -> list[str]:
        """Return a count's name in each class."""
        return [f"{name}@{at}" for at in range(len(self.classes))]

    def spread(self, figures: Figures, name: str) -> np.ndarray:
        """Return a column of the answer: a count by wilayah and class, or a sum repeated for each class."""
        if name in figures:
            return np.repeat(figures[name], len(self.classes))
        return np.stack([figures[part] for part in self.everywhere(name)], axis=1).ravel()


def break_down(
    connection: Connection,
    scope: Scope,
    name: str,
    build: Callable[[Scope], Select],
    axis: Axis,
    *,
    counts: Sequence[str],
    rates: Sequence[Rate],
    wholes: Sequence[Whole] = (),
    amounts: Sequence[Amount] = (),
    shadows: Sequence[Shadow] = (),
    totals: Sequence[str] = (),
    subtotals: Sequence[Subtotal] = (),
    finest_published: Level = Level.desa,
) -> Result:
    """Run the statement that `build` gives for a scope and return its Result; the first of `rates` is its value.

    The statement gives kode, name, level, kind, `has_data`, the axis' columns, the counts and amounts, and flags for
    rates that may not apply; a class that it lacks counts zero where the wilayah has data, and one that comes twice is
    added up. `totals` are the counts and amounts whose sum over the classes is a column too, `total_...`, which
    rates may use. Counts are protected by class and with their sum: where three classes or fewer are above zero, a
    second one is masked with the first. Below `finest_published` a published wilayah is `suppressed` and every count of
    it hidden. Raises QueryError as `require_scope` does.
    """
    sources, version = require_scope(connection, scope)
    statement, sql = prepare(build, scope)
    raw = connection.execute(statement)
    keys, rows = list(raw.keys()), raw.all()
    columns = dict(zip(keys, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(keys, ())
    named = (*counts, *(amount.amount for amount in amounts))
    is_too_fine = scope.disclosure == "published" and scope.level > finest_published
    if is_too_fine:
        # Which classes there are would tell something too.
        columns |= {name: (None,) * len(rows) for name in named}
    pivot = pivot_rows(columns, axis, named, subtotals)
    wide, mask = pivot.wide, {}
    if is_too_fine:
        wide, mask = _hide(pivot)
    elif scope.disclosure == "published":
        wide, mask = protect_classes(pivot, counts, wholes, amounts, shadows)

    known = np.repeat(pivot.has_data, len(pivot.classes))
    base = {amount.amount: amount.count for amount in amounts}
    base |= {f"total_{amount}": f"total_{count}" for amount, count in base.items()}
    divided: dict = {}
    for rate in rates:
        flags = np.array(columns[rate.applies_by], dtype=bool)[pivot.first_row] if rate.applies_by else pivot.has_data
        exact = np.nan_to_num(pivot.spread(pivot.wide, rate.denominator))
        units = np.nan_to_num(pivot.spread(pivot.wide, base.get(rate.denominator, rate.denominator)))
        is_meant = known & np.repeat(flags, len(pivot.classes)) & (exact > 0)
        is_enough = (units >= LEAST_DENOMINATOR) | (scope.disclosure == "exact")
        pair = {key: pivot.spread(wide, key) for key in (rate.numerator, rate.denominator)}
        divided |= divide(pair, rate, known, is_meant | (known & is_too_fine), is_enough)

    sums = [*(f"total_{key}" for key in totals), *(subtotal.name for subtotal in subtotals if not subtotal.is_told)]
    shown = {key: whole_numbers(pivot.spread(wide, key)) for key in (*named, *sums)}
    first, empty = rates[0], pd.array(np.full(len(known), np.nan), dtype="Float64")
    frame = _places(columns, pivot) | {
        "status": divided[first.status], "value": divided[first.rate],
        "numerator": shown[first.numerator], "denominator": shown[first.denominator],
        "se": empty, "lower": empty, "upper": empty,
    }  # fmt: skip
    frame |= {
        column: _class_column([key[at] for key in pivot.classes] * len(pivot.kode))
        for at, column in enumerate(axis.columns)
    }
    frame |= shown | divided
    order = [*ANSWER, *(key for key in frame if key not in ANSWER)]
    uncovered = np.full(len(known), SHOWN, dtype=object)
    masks = {key: pivot.spread(mask, key) if mask else uncovered for key in shown if key not in base}
    return Result(
        pd.DataFrame({key: frame[key] for key in order}),
        Provenance(name, scope, sql, sources, len(known), version),
        pd.DataFrame(masks, dtype=object),
    )


def pivot_rows(columns: Mapping[str, tuple], axis: Axis, named: Sequence[str], subtotals: Sequence[Subtotal]) -> Pivot:
    place_at, kode = pd.factorize(np.array(columns["kode"], dtype=object))
    first_row = np.unique(place_at, return_index=True)[1]
    has_data = np.array(columns["has_data"], dtype=bool)[first_row]
    values = {name: np.array(columns[name], dtype=float) for name in named}
    # A wilayah without data, and one whose only row is that of the outer join, have no class at all.
    is_cell = ~np.all([np.isnan(array) for array in values.values()], axis=0)
    keys = list(zip(*(columns[column] for column in axis.columns), strict=True))
    found = [key for key, is_one in zip(keys, is_cell, strict=True) if is_one]
    classes = axis.of(set(found))
    position = {key: at for at, key in enumerate(classes)}
    cells = place_at[is_cell], np.array([position[key] for key in found], dtype=int)
    wide, sums, told = {}, [], {}
    for name in named:
        table = np.where(has_data[:, None], np.zeros(len(classes)), np.nan)
        np.add.at(table, cells, np.nan_to_num(values[name][is_cell]))
        wide |= {f"{name}@{at}": table[:, at] for at in range(len(classes))}
        families = axis.families(classes)
        wide[f"total_{name}"] = table[:, families[0]].sum(axis=1)
        sums += [Whole(f"total_{name}", tuple(f"{name}@{at}" for at in family), True) for family in families]
    for subtotal in subtotals:
        parts = tuple(f"{subtotal.count}@{at}" for at, key in enumerate(classes) if subtotal.has_class(key))
        zero = np.where(has_data, 0.0, np.nan)
        wide[subtotal.name] = sum((wide[part] for part in parts), zero)
        sums.append(Whole(subtotal.name, parts, is_of_classes=True))
        if subtotal.is_told:
            told[subtotal.name] = parts
    alone = {parts[0] for parts in told.values() if len(parts) == 1}
    return Pivot(kode, first_row, has_data, classes, wide, (*sums, *_nested(told)), frozenset({*told, *alone}))


def _nested(told: Mapping[str, tuple[str, ...]]) -> list[Whole]:
    """Return each told sum as the largest one within it and the classes between: what one tells holds for the next."""
    wholes = []
    for name, parts in told.items():
        within = [other for other, fewer in told.items() if set(fewer) < set(parts)]
        if within:
            largest = max(within, key=lambda other: len(told[other]))
            wholes.append(Whole(name, (largest, *(part for part in parts if part not in told[largest]))))
    return wholes


def _hide(pivot: Pivot) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    texts = np.where(pivot.has_data, HIDDEN, SHOWN).astype(object)
    return {name: np.full(len(texts), np.nan) for name in pivot.wide}, dict.fromkeys(pivot.wide, texts)


def _places(columns: Mapping[str, tuple], pivot: Pivot) -> dict:
    repeated = {
        key: np.repeat(np.array(columns[key], dtype=object)[pivot.first_row], len(pivot.classes))
        for key in ("kode", "name", "level", "kind")
    }
    return {key: pd.array(list(array), dtype="int64" if key == "level" else "str") for key, array in repeated.items()}


def _class_column(values: list):
    is_number = any(isinstance(value, int) for value in values)
    return pd.array(values, dtype="Int64" if is_number else "str")


def protect_classes(
    pivot: Pivot, counts: Sequence[str], wholes: Sequence[Whole], amounts: Sequence[Amount], shadows: Sequence[Shadow]
) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Protect the counts of each class and their sums over the classes, all of them together."""

    def aligned(*names: str) -> list[tuple[str, ...]]:
        """Return the names of the counts of each class, and of the totals, beside one another."""
        return list(zip(*([*pivot.everywhere(name), f"total_{name}"] for name in names), strict=True))

    by_class = [Whole(total, tuple(parts)) for whole in wholes for total, *parts in aligned(whole.total, *whole.parts)]
    priced = [Amount(*pair) for amount in amounts for pair in aligned(amount.amount, amount.count)]
    cast = [Shadow(count, tuple(of)) for shadow in shadows for count, *of in aligned(shadow.count, *shadow.of)]
    idr = {pair.amount for pair in priced}
    protectable = [name for name in pivot.wide if name not in idr]
    over_classes = [whole for whole in pivot.sums if whole.total not in idr]
    return protect(pivot.wide, protectable, [*by_class, *over_classes], priced, cast, pivot.told)
