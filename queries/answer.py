"""The machinery of every query: read, protect, divide, and say where the numbers come from."""

from collections.abc import Sequence
from dataclasses import dataclass

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
    statement: Select,
    *,
    counts: Sequence[str],
    rates: Sequence[Rate],
    wholes: Sequence[Whole] = (),
    amounts: Sequence[Amount] = (),
    hidden: Sequence[str] = (),
) -> Result:
    """Run a statement and return its Result; the first of `rates` is the answer's value.

    The statement gives kode, name, level, kind, `has_data` and the count and amount columns. `hidden` columns serve
    the disclosure rule and are dropped at the end. Raises QueryError `unknown_wilayah`, `empty_period`.
    """
    require_scope(connection, scope)
    raw = connection.execute(statement)
    frame = pd.DataFrame(raw.all(), columns=list(raw.keys()))
    has_data = frame.pop("has_data").to_numpy(dtype=bool)
    for column in (*counts, *(amount.amount for amount in amounts)):
        frame[column] = frame[column].astype("Int64")
    row_count = len(frame)
    applicable = {rate.status: has_data & (frame[rate.denominator].fillna(0) > 0).to_numpy() for rate in rates}
    if scope.disclosure == "published":
        frame, mask = protect(frame, counts, wholes, amounts)
    else:
        mask = pd.DataFrame(SHOWN, index=frame.index, columns=list(counts), dtype=object)
    for rate in rates:
        _divide(frame, rate, has_data, applicable[rate.status], scope)
    first = rates[0]
    if first.status != "status":
        frame["status"] = frame[first.status]
    frame["value"], frame["numerator"], frame["denominator"] = (
        frame[first.rate], frame[first.numerator], frame[first.denominator]
    )
    for empty in ("se", "lower", "upper"):
        frame[empty] = pd.array([pd.NA] * len(frame), dtype="Float64")
    others = [column for column in frame.columns if column not in ANSWER and column not in hidden]
    provenance = _provenance(connection, scope, name, statement, row_count)
    return Result(frame[[*ANSWER, *others]], provenance, mask.drop(columns=list(hidden)))


def _divide(frame: pd.DataFrame, rate: Rate, has_data: np.ndarray, applicable: np.ndarray, scope: Scope) -> None:
    numerator = frame[rate.numerator].to_numpy(dtype=float, na_value=np.nan)
    denominator = frame[rate.denominator].to_numpy(dtype=float, na_value=np.nan)
    shown = ~(np.isnan(numerator) | np.isnan(denominator))
    if scope.disclosure == "published":
        shown &= denominator >= LEAST_DENOMINATOR
    shown &= applicable
    with np.errstate(divide="ignore", invalid="ignore"):
        # A numerator and a denominator that are rounded apart may pass 1 by a hair.
        value = np.minimum(numerator / denominator, 1.0)
    frame[rate.rate] = pd.array(np.where(shown, value, np.nan), dtype="Float64")
    frame[rate.status] = np.select(
        [~has_data, ~applicable, shown],
        [Status.no_data.value, Status.not_applicable.value, Status.ok.value],
        Status.suppressed.value,
    )


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


def _provenance(connection: Connection, scope: Scope, name: str, statement: Select, row_count: int) -> Provenance:
    sql = str(statement.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True}))
    return Provenance(name, scope, sql, read_sources(connection, scope), row_count, data_version(connection))


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
