"""What is answered: a frame of wilayah with its mask, and where its numbers come from."""

from dataclasses import dataclass, field
from datetime import date, datetime

import pandas as pd
from sqlalchemy import Row

from queries.scope import Scope


@dataclass(frozen=True)
class SourceNote:
    """One loaded file that a result rests on; a register's `content` is household, enrolment, quota or social."""

    kind: str
    file_name: str
    publisher: str | None
    vintage: int | None
    licence: str | None
    period: date | None
    is_fictional: bool
    loaded_at: datetime
    content: str = ""

    @classmethod
    def of(cls, row: Row) -> "SourceNote":
        """Return the note of a row of the ledger."""
        return cls(row.kind, row.file_name, row.publisher, row.vintage, row.licence, row.period, row.is_fictional,
                   row.loaded_at, row.report["kind"] if row.kind == "register" else "")


@dataclass(frozen=True)
class Provenance:
    """Where a result's numbers come from: the query and its parameters, the sources, the size, the data version."""

    query: str
    scope: Scope
    sql: str
    sources: tuple[SourceNote, ...]
    row_count: int
    data_version: str

    @property
    def is_fictional(self) -> bool:
        """Tell whether any file under the result is fictional."""
        return any(source.is_fictional for source in self.sources)


@dataclass(frozen=True)
class Result:
    """The answer to a query, one row per wilayah.

    `frame` has the columns of queries.columns.ANSWER (kode, name, level, kind, status, value, numerator, denominator,
    se, lower, upper) and the query's own counts. `mask` has the same index and a column for each count: '' shown,
    'small' shown as "<10", 'hidden' masked so that a small cell cannot be computed from its neighbours.
    """

    frame: pd.DataFrame
    provenance: Provenance
    mask: pd.DataFrame = field(default_factory=pd.DataFrame)
