"""Storing what was estimated from the verification samples of a period, in the caller's transaction."""

import tempfile
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, delete, insert, select, update

from geo import tables
from geo.accepted import copy_rows
from geo.errors import GeoError
from geo.field_tables import estimate, estimate_model, verification

_STATED = ("period", "truth", "frame")


def write_estimates(
    connection: Connection,
    period: date,
    truth: str,
    frame: str,
    rows: Sequence[Mapping] | pd.DataFrame,
    models: Sequence[Mapping],
) -> None:
    """Replace every estimate and model of a period, truth and frame; the samples' revision moves the data version.

    `rows` have the columns of `estimate` but for period, truth and frame; one that is absent is null, as is a NaN.
    `models` have program_id, measure and report. Raises GeoError `estimate_without_sample` when no sample of that truth
    and frame is in force, ValueError for a column that `estimate` does not have.
    """
    sources = connection.scalars(
        select(verification.c.source_id).distinct().where(_is_of(verification, period, truth, frame))
    ).all()
    if not sources:
        raise GeoError("estimate_without_sample", period=f"{period:%Y-%m}", truth=truth, frame=frame)
    for table in (estimate, estimate_model):
        connection.execute(delete(table).where(_is_of(table, period, truth, frame)))
    content = rows if isinstance(rows, pd.DataFrame) else pd.DataFrame(list(rows))
    if len(content):
        _copy(connection, content, period, truth, frame)
    if models:
        connection.execute(insert(estimate_model), [
            {"period": period, "truth": truth, "frame": frame, **model} for model in models
        ])
    source = tables.source
    connection.execute(update(source).where(source.c.id.in_(sources)).values(revision=source.c.revision + 1))


def _is_of(table, period: date, truth: str, frame: str):
    return (table.c.period == period) & (table.c.truth == truth) & (table.c.frame == frame)


def _copy(connection: Connection, content: pd.DataFrame, period: date, truth: str, frame: str) -> None:
    stated = {"period": f"DATE '{period.isoformat()}'", "truth": f"'{truth}'", "frame": f"'{frame}'"}
    columns = [column.name for column in estimate.columns]
    unknown = set(content.columns) - (set(columns) - set(_STATED))
    if unknown:
        raise ValueError(f"not columns of estimate: {sorted(unknown)}")
    given = [name for name in columns if name in content.columns]
    # Whole numbers that may be absent come as floats: 3.0 is no integer to COPY.
    whole = ("level", "program_id", "sample_count", "cluster_count")
    selected = [
        stated.get(name) or (f"CAST({name} AS BIGINT) AS {name}" if name in whole else name)
        for name in (*_STATED, *given)
    ]
    with duckdb.connect() as duck, tempfile.TemporaryDirectory(prefix="petadesil-") as scratch:
        duck.register("estimates", pa.Table.from_pandas(content[given], preserve_index=False))
        copy_rows(connection, duck, f"SELECT {', '.join(selected)} FROM estimates", "estimate", [*_STATED, *given],
                  Path(scratch))
