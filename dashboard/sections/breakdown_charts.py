"""The charts of the breakdowns; each holds the numbers of the table beside it, and leaves out what is masked."""

import altair as alt
import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import cache, panels
from dashboard.charts import CAUSE_COLOURS, number_axis, percent_axis
from dashboard.class_names import cause_name, class_name, desil_name, dimension_name, set_name, verdict_of
from dashboard.questions import mask_of
from dashboard.scales import PALETTES
from dashboard.state import View
from dashboard.words import is_absent
from queries.result import Result

LEAK, BAR, LINE = PALETTES["excess"][4], "#2a7f9e", "#7a3b00"
REACH_COLOURS = {
    "reached_count": CAUSE_COLOURS["reached_count"],
    "gap_count": CAUSE_COLOURS["gap_count"],
    "leak_count": LEAK,
}
PERMITTED_COLOURS = {"true": BAR, "false": "#d9690f", "unknown": "#9fb3bd"}
SHARE_COLOURS = {
    "recipient_share_rate": BAR,
    "benefit_share_rate": "#e08214",
    "population_share_rate": "#9fb3bd",
}
BAR_HEIGHT, LABEL_WIDTH = 26, 210


def beside(chart: alt.Chart | alt.LayerChart | None, widths: tuple[int, int]) -> DeltaGenerator:
    """Draw a chart where there is one, and return the place beside it."""
    if chart is None:
        return st.container()
    left, right = st.columns(widths, gap="medium")
    left.altair_chart(chart, key="breakdown_chart")
    return right


def cause_bars(view: View, result: Result, order: list[int]) -> alt.Chart | None:
    """Return the causes of inclusion as bars, in the table's order."""
    words = view.words
    rows = [
        {"name": cause_name(result, at, words), "count": float(result.frame["leak_count"].iloc[at]),
         "text": words.number(result.frame["leak_count"].iloc[at]),
         "idr": words.rupiah(result.frame["leak_idr"].iloc[at])}
        for at in order if _is_shown(result, at, "leak_count")
    ]  # fmt: skip
    if not rows:
        return None
    tooltip = [alt.Tooltip("name:N", title=words("causes.head")),
               alt.Tooltip("text:N", title=panels.unit_of(view, title=True)),
               alt.Tooltip("idr:N", title=words("number.idr_a_year"))]  # fmt: skip
    bars = alt.Chart(pd.DataFrame(rows)).mark_bar(color=LEAK).encode(
        y=_names("name"), x=alt.X("count:Q", title=None, axis=number_axis(words)), tooltip=tooltip,
    )  # fmt: skip
    return bars.properties(height=BAR_HEIGHT * len(rows) + 40)


def desil_bars(view: View, result: Result) -> alt.Chart | None:
    """Return for each desil those reached, those left out and those receiving without being eligible, stacked."""
    words, frame = view.words, result.frame
    labels = {column: words(f"number.{column}") for column in REACH_COLOURS}
    rows = [
        {"desil": desil_name(result, at, words, "desil.none.short"), "order": at, "part": labels[column],
         "stack": stack, "count": float(frame[column].iloc[at]), "text": words.number(frame[column].iloc[at])}
        for at in range(len(frame)) for stack, column in enumerate(REACH_COLOURS) if _is_shown(result, at, column)
    ]  # fmt: skip
    if not rows:
        return None
    tooltip = [alt.Tooltip("desil:N", title=words("filter.desil")), alt.Tooltip("part:N", title=" "),
               alt.Tooltip("text:N", title=panels.unit_of(view, title=True))]  # fmt: skip
    chart = alt.Chart(pd.DataFrame(rows)).mark_bar().encode(
        x=alt.X("desil:N", sort=alt.EncodingSortField("order"), title=words("filter.desil"),
                axis=alt.Axis(labelAngle=0, ticks=False)),
        y=alt.Y("count:Q", title=None, axis=number_axis(words)),
        color=_colours(labels, REACH_COLOURS, 1), order=alt.Order("stack:Q"), tooltip=tooltip,
    )  # fmt: skip
    return chart.properties(height=320)


def group_bars(view: View, result: Result) -> alt.LayerChart | None:
    """Return the exclusion of each class, with a line at that of all together."""
    words, frame = view.words, result.frame
    rows = []
    for at, rate in enumerate(frame["exclusion_rate"]):
        if not is_absent(rate):
            name = f"{dimension_name(result, at, words)}: {class_name(result, at, words)}"
            rows.append({"name": name, "rate": float(rate), "text": words.percent(rate)})
    if not rows:
        return None
    tooltip = [alt.Tooltip("name:N", title=words("groups.head")),
               alt.Tooltip("text:N", title=words("number.exclusion_rate"))]  # fmt: skip
    bars = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(color=CAUSE_COLOURS["gap_count"])
        .encode(
            y=_names("name"),
            x=alt.X("rate:Q", title=words("number.exclusion_rate"), axis=percent_axis(words)),
            tooltip=tooltip,
        )
    )
    own = cache.answer("targeting-errors", view.own_scope(), view.data_version).frame["exclusion_rate"].iloc[0]
    layers = [bars]
    if not is_absent(own):
        line = alt.Chart(pd.DataFrame({"rate": [float(own)]}))
        layers.append(line.mark_rule(strokeDash=[5, 4], color=LINE, size=1.5).encode(x="rate:Q"))
    return alt.layer(*layers).properties(height=BAR_HEIGHT * len(rows) + 50)


def set_bars(view: View, result: Result, order: list[int]) -> alt.Chart | None:
    """Return the sets of programs that households receive as bars, coloured by whether the rule permits them."""
    words, names = view.words, cache.program_names(view.data_version)
    rows = []
    for at in order:
        # Those who receive nothing would dwarf the rest; the table counts them.
        if result.frame["received"].iloc[at] and _is_shown(result, at, "household_count"):
            rows.append({
                "name": set_name(result, at, words, names),
                "part": words(f"overlap.verdict.{verdict_of(result, at)}"),
                "count": float(result.frame["household_count"].iloc[at]),
                "text": words.number(result.frame["household_count"].iloc[at]),
            })  # fmt: skip
    if not rows:
        return None
    labels = {key: words(f"overlap.verdict.{key}") for key in PERMITTED_COLOURS}
    occurring = {row["part"] for row in rows}
    labels = {key: label for key, label in labels.items() if label in occurring}
    tooltip = [alt.Tooltip("name:N", title=words("overlap.head")), alt.Tooltip("part:N", title=" "),
               alt.Tooltip("text:N", title=words("number.household_count"))]  # fmt: skip
    bars = alt.Chart(pd.DataFrame(rows)).mark_bar().encode(
        y=_names("name"), x=alt.X("count:Q", title=None, axis=number_axis(words)),
        color=_colours(labels, PERMITTED_COLOURS), tooltip=tooltip,
    )  # fmt: skip
    return bars.properties(height=BAR_HEIGHT * len(rows) + 70)


def share_bars(view: View, result: Result) -> alt.Chart | None:
    """Return each desil's shares of the recipients, of the rupiah and of the population side by side."""
    words, frame = view.words, result.frame
    labels = {column: words(f"number.{column}") for column in SHARE_COLOURS}
    rows = [
        {"desil": desil_name(result, at, words, "desil.none.short"), "order": at, "part": label,
         "rate": float(frame[column].iloc[at]),
         "text": words.percent(frame[column].iloc[at])}
        for at in range(len(frame)) for column, label in labels.items() if not is_absent(frame[column].iloc[at])
    ]  # fmt: skip
    if not rows:
        return None
    tooltip = [alt.Tooltip("desil:N", title=words("filter.desil")), alt.Tooltip("part:N", title=" "),
               alt.Tooltip("text:N", title=words("column.share_rate"))]  # fmt: skip
    chart = alt.Chart(pd.DataFrame(rows)).mark_bar().encode(
        x=alt.X("desil:N", sort=alt.EncodingSortField("order"), title=words("filter.desil"),
                axis=alt.Axis(labelAngle=0, ticks=False)),
        xOffset=alt.XOffset("part:N", sort=list(labels.values())),
        y=alt.Y("rate:Q", title=None, axis=percent_axis(words)), color=_colours(labels, SHARE_COLOURS),
        tooltip=tooltip,
    )  # fmt: skip
    return chart.properties(height=300)


def _names(field: str) -> alt.Y:
    return alt.Y(f"{field}:N", sort=None, title=None,
                 axis=alt.Axis(labelLimit=LABEL_WIDTH, ticks=False, domain=False))  # fmt: skip


def _colours(labels: dict[str, str], colours: dict[str, str], columns: int = 2) -> alt.Color:
    scale = alt.Scale(domain=list(labels.values()), range=[colours[key] for key in labels])
    return alt.Color("part:N", scale=scale, legend=alt.Legend(title=None, orient="top", labelLimit=0, columns=columns))


def _is_shown(result: Result, position: int, column: str) -> bool:
    return not mask_of(result, column).iloc[position] and not is_absent(result.frame[column].iloc[position])
