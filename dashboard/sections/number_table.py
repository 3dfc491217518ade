"""A small table of figures: the first column names the row, the others are numbers in the reader's form."""

from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from dashboard.listing import figure_text
from dashboard.questions import mask_of
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.result import Result

# A rate below this would read as nought.
LEAST_RATE = 0.0005


@dataclass(frozen=True)
class Row:
    """One line of a table; `kind` is empty, `total` for a sum, or `title` for a line that heads others.

    `bars` gives cells a bar as long as a share, None for those without one.
    """

    name: str
    cells: tuple[str, ...] = ()
    kind: str = ""
    bars: tuple[float | None, ...] = ()


def number_table(heads: list[str], rows: list[Row]) -> None:
    """Draw a table; `heads` name its columns, the first one that of the rows' names."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(_line(row, len(heads)) for row in rows)
    st.html(f'<div class="numbers"><table class="numbers"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
            "</div>")  # fmt: skip


def _line(row: Row, width: int) -> str:
    if row.kind == "title":
        return f'<tr class="title"><th scope="rowgroup" colspan="{width}">{escape(row.name)}</th></tr>'
    bars = row.bars or (None,) * len(row.cells)
    cells = "".join(_cell(cell, bar) for cell, bar in zip(row.cells, bars, strict=True))
    return f'<tr class="{row.kind}"><th scope="row">{escape(row.name)}</th>{cells}</tr>'


def _cell(text: str, bar: float | None) -> str:
    if bar is None:
        return f"<td>{escape(text)}</td>"
    return f'<td class="bar" style="background-size:{min(bar, 1):.1%} 0.28rem">{escape(text)}</td>'


def figure(
    result: Result, position: int, column: str, words: Words, status: str | None = None, is_short: bool = False
) -> str:  # fmt: skip
    """Return a figure of a result's row as text; where it is missing, the reason that the column `status` gives."""
    value, mask = result.frame[column].iloc[position], mask_of(result, column).iloc[position]
    if status and not mask and is_absent(value):
        reason = str(result.frame[status].iloc[position])
        if reason != Status.ok:
            return words(f"status.{reason}.short" if is_short else f"status.{reason}")
    if column.endswith("_rate") and not is_absent(value) and 0 < value < LEAST_RATE:
        return f"< {words.percent(0.001)}"
    return figure_text(column, value, mask, words)


def figures(
    result: Result, position: int, columns: dict[str, str | None], words: Words, is_short: bool = False
) -> tuple[str, ...]:  # fmt: skip
    """Return several figures of a row; `columns` gives for each the column of its status, if it has one."""
    return tuple(figure(result, position, column, words, status, is_short) for column, status in columns.items())


def meant(result: Result, columns: dict[str, str | None]) -> dict[str, str | None]:
    """Return the columns without those that apply to no row of a result."""
    return {
        column: status for column, status in columns.items()
        if not status or (result.frame[status] != Status.not_applicable).any()
    }  # fmt: skip


def is_nought(result: Result, *columns: str) -> pd.Series:
    """Return for each row whether all of these counts are nought, neither masked nor missing."""
    return pd.concat([(result.frame[column].fillna(-1) == 0) & (mask_of(result, column) == "") for column in columns],
                     axis=1).all(axis=1)  # fmt: skip
