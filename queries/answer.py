"""The machinery of every query: read, protect, divide, and say where the numbers come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Integer, Select, cast, func, or_, select
from sqlalchemy.dialects import postgresql

from boundaries.levels import NATION_KODE, kode_range
from geo import cube_tables, tables
from geo.schema import version_of
from queries.columns import ANSWER, Status, whole_numbers
from queries.errors import QueryError
from queries.result import Provenance, Result, SourceNote
from queries.scope import NO_DESIL, Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, SHOWN, Amount, Shadow, Whole, protect

_STATUSES = pd.array([Status.no_data, Status.not_applicable, Status.ok, Status.suppressed], dtype="str")


@dataclass(frozen=True)
class Rate:
    """A rate and the two counts that travel with it."""

    rate: str
    numerator: str
    denominator: str
    status: str = "status"
    applies_by: str | None = None


def rows_of(scope: Scope) -> Select:
    """Return the wilayah at the scope's level within its wilayah: every answer LEFT JOINs from it.

    One that has ended is among them where the period's register uses its code.
    """
    wilayah = tables.wilayah
    low, high = kode_range(scope.wilayah)
    query = select(wilayah.c.kode, wilayah.c.name, wilayah.c.level, wilayah.c.kind).where(
        wilayah.c.level == int(scope.level), wilayah.c.valid_to.is_(None) | _is_used(scope)
    )
    if scope.wilayah != NATION_KODE:
        query = query.where(wilayah.c.kode >= low, wilayah.c.kode < high)
    return query


def _is_used(scope: Scope):
    """Return the test whether a wilayah has households in the scope's period, or recipients from outside it."""
    kode = tables.wilayah.c.kode
    cubes = (cube.alias() for cube in (cube_tables.desil_count, cube_tables.program_total))
    return or_(*(
        select(cube.c.kode)
        .where(cube.c.period == scope.period, cube.c.level == int(scope.level), cube.c.kode == kode)
        .correlate_except(cube).exists()
        for cube in cubes
    ))


def in_scope(table, scope: Scope):
    """Return the condition that keeps a cube's rows to the scope's period, level and wilayah."""
    low, high = kode_range(scope.wilayah)
    condition = (table.c.period == scope.period) & (table.c.level == int(scope.level))
    if scope.wilayah != NATION_KODE:
        condition &= (table.c.kode >= low) & (table.c.kode < high)
    return condition


def is_of_desil(cube, scope: Scope):
    """Return the condition that keeps a cube's rows to the scope's desil; NO_DESIL stands for those without one."""
    numbered = [desil for desil in scope.desil if desil != NO_DESIL]
    chosen = cube.c.desil.in_(numbered)
    return or_(chosen, cube.c.desil.is_(None)) if NO_DESIL in scope.desil else chosen


def sum_of(column):
    """Return the sum of a cube's count over classes of one wilayah.

    PostgreSQL adds bigint as numeric, four times slower; what one class of one wilayah holds fits in an integer.
    """
    return func.sum(cast(column, Integer))


def answer(
    connection: Connection,
    scope: Scope,
    name: str,
    build: Callable[[Scope], Select],
    *,
    counts: Sequence[str],
    rates: Sequence[Rate],
    wholes: Sequence[Whole] = (),
    amounts: Sequence[Amount] = (),
    shadows: Sequence[Shadow] = (),
    hidden: Sequence[str] = (),
) -> Result:
    """Run the statement that `build` gives for a scope and return its Result; the first of `rates` is its value.

    The statement gives kode, name, level, kind, `has_data`, the count and amount columns, and a flag for a rate that
    may not apply (`applies_by`). `hidden` columns serve the disclosure rule and are dropped at the end. Raises
    QueryError `unknown_wilayah`, `empty_period`, `unknown_program`.
    """
    sources, version = require_scope(connection, scope)
    statement, sql = prepare(build, scope)
    raw = connection.execute(statement)
    keys, rows = list(raw.keys()), raw.all()
    columns = dict(zip(keys, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(keys, ())
    has_data = np.array(columns.pop("has_data"), dtype=bool)
    applies = {rate.status: _flags(columns.get(rate.applies_by), len(rows)) for rate in rates}
    for rate in rates:
        columns.pop(rate.applies_by, None)
    named = {*counts, *(amount.amount for amount in amounts)}
    figures = {key: np.array(columns.pop(key), dtype=float) for key in [*columns] if key in named}
    is_meant = {
        rate.status: applies[rate.status] & has_data & (np.nan_to_num(figures[rate.denominator]) > 0)
        for rate in rates
    }
    mask, enough = {}, {rate.rate: np.ones(len(rows), dtype=bool) for rate in rates}
    if scope.disclosure == "published":
        # The least denominator is asked of the records: rounded, 48 would pass for 50.
        enough = {rate.rate: np.nan_to_num(figures[rate.denominator]) >= LEAST_DENOMINATOR for rate in rates}
        figures, mask = protect(figures, counts, wholes, amounts, shadows)
    divided: dict = {}
    for rate in rates:
        values = divide(figures, rate, has_data, is_meant[rate.status], enough[rate.rate])
        if rate.status in divided and (values[rate.status] != divided[rate.status]).any():
            raise ValueError(f"{name}: {rate.rate} needs a status of its own")
        divided |= values
    whole = {key: whole_numbers(values) for key, values in figures.items()}
    first, empty = rates[0], pd.array(np.full(len(rows), np.nan), dtype="Float64")
    frame = {key: _as_array(values) for key, values in columns.items()} | whole | divided
    frame |= {
        "status": divided[first.status], "value": divided[first.rate], "numerator": whole[first.numerator],
        "denominator": whole[first.denominator], "se": empty, "lower": empty, "upper": empty,
    }  # fmt: skip
    order = [*ANSWER, *(key for key in frame if key not in ANSWER and key not in hidden)]
    shown = [name for name in counts if name not in hidden]
    masks = {name: mask.get(name, np.full(len(rows), SHOWN, dtype=object)) for name in shown}
    return Result(
        pd.DataFrame({key: frame[key] for key in order}, copy=False),
        Provenance(name, scope, sql, sources, len(rows), version),
        pd.DataFrame(masks, columns=shown, dtype=object),
    )


def _flags(values: tuple | None, length: int) -> np.ndarray:
    return np.ones(length, dtype=bool) if values is None else np.array(values, dtype=bool)


def _as_array(values: tuple):
    return pd.array(values, dtype="str") if values and isinstance(values[0], str) else list(values)


@lru_cache(maxsize=512)
def prepare(build: Callable[[Scope], Select], scope: Scope) -> tuple[Select, str]:
    """Return a scope's statement and its text; both are pure, and SQLAlchemy takes longer over them than the server."""
    statement = build(scope)
    return statement, text_of(statement)


def text_of(statement: Select) -> str:
    """Return a statement as PostgreSQL would be sent it, its parameters written out."""
    return str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))


def divide(figures: dict, rate: Rate, has_data: np.ndarray, is_meant: np.ndarray, enough: np.ndarray) -> dict:
    """Return a rate's values and statuses, arrays (n,) under its two names, from its two counts.

    `is_meant`: the rate applies and has a base; `enough`: the base may be shown a percentage of.
    """
    numerator, denominator = figures[rate.numerator], figures[rate.denominator]
    shown = is_meant & enough & ~(np.isnan(numerator) | np.isnan(denominator))
    with np.errstate(divide="ignore", invalid="ignore"):
        # A numerator and a denominator that are rounded apart may pass 1 by a hair.
        value = np.minimum(numerator / denominator, 1.0)
    status = np.select([~has_data, ~is_meant, shown], [0, 1, 2], 3)
    return {rate.rate: pd.array(np.where(shown, value, np.nan), dtype="Float64"), rate.status: _STATUSES.take(status)}


def require_scope(connection: Connection, scope: Scope) -> tuple[tuple[SourceNote, ...], str]:
    """Return the files that a scope's numbers rest on, and the data version, in one question to the server.

    The files are its period's register and the boundaries of its level. Raises QueryError when the scope's wilayah,
    period or program is not in the database.
    """
    wilayah, source, program, active = tables.wilayah, tables.source, tables.program, tables.boundary_active
    draws = (active.c.source_id == source.c.id) & (active.c.level == int(scope.level))
    if scope.wilayah != NATION_KODE:
        draws &= active.c.provinsi_kode == scope.wilayah[:2]
    rows = connection.execute(
        select(
            source,
            select(active.c.level).where(draws).exists().label("is_drawn"),
            select(wilayah.c.kode).where(wilayah.c.kode == scope.wilayah).exists().label("knows_wilayah"),
            select(program.c.id).where(program.c.key == scope.program).exists().label("knows_program"),
        )
        .where(source.c.status == "ready")
        .order_by(source.c.id)
    ).all()
    if rows and not rows[0].knows_wilayah:
        raise QueryError("unknown_wilayah", wilayah=scope.wilayah)
    periods = sorted({row.period for row in rows if row.kind == "register"})
    if scope.period not in periods:
        known = ", ".join(f"{period:%Y-%m}" for period in periods) or "-"
        raise QueryError("empty_period", period=f"{scope.period:%Y-%m}" if scope.period else "-", known=known)
    if not rows[0].knows_program:
        known = connection.scalars(select(program.c.key).order_by(program.c.id)).all()
        raise QueryError("unknown_program", program=scope.program, known=", ".join(known))
    notes = tuple(SourceNote.of(row) for row in rows if row.is_drawn or _is_register_of(row, scope))
    return notes, version_of(rows)


def _is_register_of(row, scope: Scope) -> bool:
    is_of_period = row.kind == "register" and row.period == scope.period
    return is_of_period and (scope.wilayah == NATION_KODE or scope.wilayah[:2] in row.report["provinsi"])
