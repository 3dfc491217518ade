"""The machinery of every query: read, protect, divide, and say where the numbers come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select, func, select
from sqlalchemy.dialects import postgresql

from boundaries.levels import NATION_KODE, kode_range, level_of
from geo import tables
from geo.schema import data_version
from queries.columns import ANSWER, Status
from queries.errors import QueryError
from queries.result import Provenance, Result, SourceNote
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, SHOWN, Amount, Whole, protect


@dataclass(frozen=True)
class Rate:
    """A rate and the two counts that travel with it."""

    rate: str
    numerator: str
    denominator: str
    status: str = "status"
    applies_by: str | None = None


def rows_of(scope: Scope) -> Select:
    """Return the wilayah at the scope's level within its wilayah: every answer LEFT JOINs from it."""
    wilayah = tables.wilayah
    low, high = kode_range(scope.wilayah)
    query = select(wilayah.c.kode, wilayah.c.name, wilayah.c.level, wilayah.c.kind).where(
        wilayah.c.level == int(scope.level)
    )
    if scope.wilayah != NATION_KODE:
        query = query.where(wilayah.c.kode >= low, wilayah.c.kode < high)
    return query


def in_scope(table, scope: Scope):
    """Return the condition that keeps a cube's rows to the scope's period, level and wilayah."""
    low, high = kode_range(scope.wilayah)
    condition = (table.c.period == scope.period) & (table.c.level == int(scope.level))
    if scope.wilayah != NATION_KODE:
        condition &= (table.c.kode >= low) & (table.c.kode < high)
    return condition


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
    hidden: Sequence[str] = (),
) -> Result:
    """Run the statement that `build` gives for a scope and return its Result; the first of `rates` is its value.

    The statement gives kode, name, level, kind, `has_data`, the count and amount columns, and a flag for a rate that
    may not apply (`applies_by`). `hidden` columns serve the disclosure rule and are dropped at the end. Raises
    QueryError `unknown_wilayah`, `empty_period`, `unknown_program`.
    """
    require_scope(connection, scope)
    statement, sql = _prepare(build, scope)
    raw = connection.execute(statement)
    keys, rows = list(raw.keys()), raw.all()
    columns = dict(zip(keys, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(keys, ())
    has_data = np.array(columns.pop("has_data"), dtype=bool)
    applies = {rate.status: _flags(columns.pop(rate.applies_by, None), len(rows)) for rate in rates}
    figures = {*counts, *(amount.amount for amount in amounts)}
    frame = pd.DataFrame({
        key: pd.array(values, dtype="Int64") if key in figures else list(values) for key, values in columns.items()
    })  # fmt: skip
    applicable = {
        rate.status: applies[rate.status] & has_data
        & (frame[rate.denominator].to_numpy(dtype=float, na_value=0) > 0)
        for rate in rates
    }
    if scope.disclosure == "published":
        frame, mask = protect(frame, counts, wholes, amounts)
    else:
        mask = pd.DataFrame(SHOWN, index=frame.index, columns=list(counts), dtype=object)
    divided = {}
    for rate in rates:
        divided |= _divide(frame, rate, has_data, applicable[rate.status], scope)
    first = rates[0]
    answered = {
        "status": divided.pop("status") if first.status == "status" else divided[first.status],
        "value": divided[first.rate],
        "numerator": frame[first.numerator],
        "denominator": frame[first.denominator],
        **{empty: pd.array(np.full(len(frame), np.nan), dtype="Float64") for empty in ("se", "lower", "upper")},
    }
    others = {column: frame[column] for column in frame if column not in ANSWER and column not in hidden}
    identity = {column: frame[column] for column in ANSWER if column in frame}
    provenance = Provenance(
        name, scope, sql, read_sources(connection, scope), len(frame), data_version(connection)
    )
    whole = pd.DataFrame(identity | answered | others | divided, index=frame.index)
    return Result(whole, provenance, mask.drop(columns=list(hidden)))


def _flags(values: tuple | None, length: int) -> np.ndarray:
    return np.ones(length, dtype=bool) if values is None else np.array(values, dtype=bool)


@lru_cache(maxsize=512)
def _prepare(build: Callable[[Scope], Select], scope: Scope) -> tuple[Select, str]:
    """Return a scope's statement and its text; both are pure, and SQLAlchemy takes longer over them than the server."""
    statement = build(scope)
    return statement, str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))


def _divide(frame: pd.DataFrame, rate: Rate, has_data: np.ndarray, applicable: np.ndarray, scope: Scope) -> dict:
    numerator = frame[rate.numerator].to_numpy(dtype=float, na_value=np.nan)
    denominator = frame[rate.denominator].to_numpy(dtype=float, na_value=np.nan)
    shown = ~(np.isnan(numerator) | np.isnan(denominator))
    if scope.disclosure == "published":
        shown &= denominator >= LEAST_DENOMINATOR
    shown &= applicable
    with np.errstate(divide="ignore", invalid="ignore"):
        # A numerator and a denominator that are rounded apart may pass 1 by a hair.
        value = np.minimum(numerator / denominator, 1.0)
    status = np.select(
        [~has_data, ~applicable, shown],
        [Status.no_data.value, Status.not_applicable.value, Status.ok.value],
        Status.suppressed.value,
    )
    return {rate.rate: pd.array(np.where(shown, value, np.nan), dtype="Float64"), rate.status: status}


def require_scope(connection: Connection, scope: Scope) -> None:
    """Raise QueryError when the scope's wilayah, period or program is not in the database."""
    wilayah, source, program = tables.wilayah, tables.source, tables.program
    found = connection.execute(
        select(
            select(wilayah.c.kode).where(wilayah.c.kode == scope.wilayah).exists(),
            select(source.c.id).where(
                source.c.kind == "register", source.c.period == scope.period, source.c.status == "ready"
            ).exists(),
            select(program.c.id).where(program.c.key == scope.program).exists(),
        )
    ).one()
    if not found[0]:
        raise QueryError("unknown_wilayah", wilayah=scope.wilayah)
    if not found[1]:
        periods = connection.scalars(
            select(source.c.period).distinct().where(source.c.kind == "register", source.c.status == "ready")
            .order_by(source.c.period)
        )
        known = ", ".join(f"{period:%Y-%m}" for period in periods) or "-"
        raise QueryError("empty_period", period=f"{scope.period:%Y-%m}" if scope.period else "-", known=known)
    if not found[2]:
        known = connection.scalars(select(program.c.key).order_by(program.c.id)).all()
        raise QueryError("unknown_program", program=scope.program, known=", ".join(known))


def read_sources(connection: Connection, scope: Scope) -> tuple[SourceNote, ...]:
    """Return the files that a scope's numbers rest on: its period's register and the boundaries of its level."""
    source, active = tables.source, tables.boundary_active
    boundary = select(active.c.source_id).where(active.c.level == int(scope.level))
    if scope.wilayah != NATION_KODE:
        boundary = boundary.where(active.c.provinsi_kode == func.left(scope.wilayah, 2))
    rows = connection.execute(
        select(source)
        .where(
            source.c.status == "ready",
            ((source.c.kind == "register") & (source.c.period == scope.period)) | source.c.id.in_(boundary),
        )
        .order_by(source.c.id)
    ).all()
    return tuple(
        SourceNote(row.kind, row.file_name, row.publisher, row.vintage, row.licence, row.period, row.is_fictional,
                   row.loaded_at)
        for row in rows
        if row.kind != "register" or level_of(scope.wilayah) == 0
        or scope.wilayah[:2] in (row.report or {}).get("provinsi", [])
    )
