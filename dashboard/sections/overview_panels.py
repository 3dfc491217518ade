"""What stands on the overview around its map: limits, files, programs, changes, order, age, official figures."""

from collections.abc import Callable, Sequence
from math import ceil, floor

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.charts import percent_axis
from dashboard.downloads import csv_link
from dashboard.sections import overview_answers as answers
from dashboard.sections import overview_head
from dashboard.sections import overview_tables as tables
from dashboard.sections.number_table import number_table
from dashboard.sections.overview_tables import Series, Sheet
from dashboard.state import View

LINE_HEIGHT, TICKS = 120, 3
# A line over less than this would make a cliff of a tenth of a point.
LEAST_SPAN = 0.05
LEAST_FOR_A_LINE = 3


def limits(view: View) -> None:
    """Draw what limits the answer, under it."""
    text = overview_head.limits(view)
    if text:
        st.caption(text)


def files(view: View) -> None:
    """Draw the links to the profile of the chosen wilayah as a PDF, and to the rows that the page lists."""
    asked = Asked(
        "profile", view.question.key, view.measure.key, view.scope().at(wilayah=view.wilayah), view.language,
        view.data_version,
    )  # fmt: skip
    address = f"/exports/{cache.signer().token(asked)}.pdf"
    with st.container(key="overview_print", horizontal=True, vertical_alignment="center", gap="small"):
        st.link_button(view.words("overview.print"), address, icon=":material/print:")
        csv_link(view, "priorities", view.scope(), "overview.csv.priorities")
        csv_link(view, "program-sheet", view.scope(), "overview.csv.programs")


def programs(view: View) -> None:
    """Draw the programs beside one another."""
    _section(view, "overview.programs", tables.programs)


def changes(view: View) -> None:
    """Draw what changed, and the rates over the periods as small lines."""
    _section(view, "overview.changes", tables.changes)
    periods = answers.periods_of(view)
    rates = [one for one in tables.series(view) if one.is_rate and sum(v is not None for v in one.values) > 1]
    if len(periods) < LEAST_FOR_A_LINE or not rates:
        return
    for column, one in zip(st.columns(len(rates), gap="medium"), rates, strict=True):
        column.altair_chart(_line(view, one), key=f"overview_line_{one.column}")
    st.caption(view.words("overview.lines.note", points=view.words.number(LEAST_SPAN * 100)))


def span_of(values: Sequence[float | None]) -> tuple[float, float]:
    """Return the ends of an axis for rates: whole points around them, LEAST_SPAN apart or more, within 0 and 1."""
    known = [value for value in values if value is not None]
    low, high = min(known), max(known)
    widened = max(LEAST_SPAN - (high - low), 0) / 2
    # Where both ends are rounded outwards a rate never lies on the frame of its chart by a hair.
    low, high = floor(round((low - widened) * 100, 6)) / 100, ceil(round((high + widened) * 100, 6)) / 100
    if low < 0:
        low, high = 0.0, max(high, LEAST_SPAN)
    if high > 1:
        low, high = min(low, 1 - LEAST_SPAN), 1.0
    return low, high


def _line(view: View, one: Series) -> alt.Chart:
    words, periods, axis = view.words, answers.periods_of(view), percent_axis(view.words)
    axis.tickCount = TICKS
    rows = [
        {"order": -at, "month": words.month(period, short=True), "rate": value, "text": words.percent(value)}
        for at, (period, value) in enumerate(zip(periods, one.values, strict=True))
    ]
    return (
        alt.Chart(pd.DataFrame(rows), title=alt.Title(one.name, fontSize=12, anchor="start", fontWeight="normal"))
        .mark_line(color="#2a7f9e", point=alt.OverlayMarkDef(color="#2a7f9e", size=30))
        .encode(
            x=alt.X("month:N", sort=alt.EncodingSortField("order"), title=None,
                    axis=alt.Axis(labelAngle=0, ticks=False, grid=False)),
            y=alt.Y("rate:Q", title=None, axis=axis, scale=alt.Scale(domain=span_of(one.values), nice=False)),
            tooltip=[alt.Tooltip("month:N", title=words("filter.period")),
                     alt.Tooltip("text:N", title=one.name)],
        )
        .properties(height=LINE_HEIGHT)
    )  # fmt: skip


def order_and_age(view: View) -> None:
    """Draw the order within the poor and, beside it, the age of the data."""
    left, right = st.columns([3, 2], gap="medium")
    with left:
        _section(view, "overview.order", tables.order)
    with right:
        _section(view, "overview.age", tables.ages)


def official(view: View) -> None:
    """Draw the official figures beside the register's shares."""
    _section(view, "overview.official", tables.official)


def _section(view: View, key: str, make: Callable[[View], Sheet]) -> None:
    sheet = make(view)
    if not sheet.rows and not sheet.answer:
        return
    st.subheader(view.words(key), anchor=False)
    if sheet.answer:
        st.markdown(sheet.answer)
    if sheet.rows:
        number_table(sheet.heads, sheet.rows)
    if sheet.note:
        st.caption(sheet.note)
