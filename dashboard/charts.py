"""What a map cannot say: one chart per page, with its numbers written in the reader's form."""

import json

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.panels import Own
from dashboard.questions import mask_of
from dashboard.scales import PALETTES
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.result import Result

CAUSES = ("no_quota_count", "unused_quota_count", "misallocated_count")
CAUSES_WITHOUT_QUOTA = ("too_few_places_count", "misallocated_count")
CAUSE_COLOURS = {
    "no_quota_count": "#0b5d7a", "too_few_places_count": "#0b5d7a", "unused_quota_count": "#8fc1d4",
    "misallocated_count": "#e08214", "gap_count": "#e34a33", "reached_count": "#9fb3bd",
}  # fmt: skip
BARS_LIMIT = 10
LEAST_TOP = 0.12


def gap_causes(view: View, result: Result) -> None:
    """Draw the ten wilayah with the largest gaps, split by cause; where causes are not known, beside those reached."""
    words = view.words
    causes, rows = cause_rows(result, words)
    if not rows:
        return
    plain = ".plain" if causes[0] == "gap_count" else ""
    titled(words, f"coverage.chart{plain}")
    st.altair_chart(cause_chart(causes, rows, view.level.name, words), key="chart")
    st.caption(words(f"coverage.chart{plain}.note"))


def cause_rows(result: Result, words: Words) -> tuple[tuple[str, ...], list[dict]]:
    """Return the causes that are known, and a row for each of them in the ten wilayah with the largest gaps."""
    frame = result.frame
    frame = frame[(frame["status"] == Status.ok) & frame["gap_count"].notna()]
    frame = frame.sort_values("gap_count", ascending=False).head(BARS_LIMIT)
    known = (parts for parts in (CAUSES, CAUSES_WITHOUT_QUOTA) if frame[parts[0]].notna().any())
    causes = next(known, ("gap_count", "reached_count"))
    rows = [
        {
            "kode": str(row["kode"]), "name": str(row["name"]), "cause": words(f"column.{cause}"), "order": order,
            "count": float(row[cause]), "text": words.number(row[cause]), "gap": float(row["gap_count"]),
        }
        for _, row in frame.iterrows()
        for order, cause in enumerate(causes)
        if not is_absent(row[cause])
    ]  # fmt: skip
    return causes, rows


def cause_chart(causes: tuple[str, ...], rows: list[dict], level: str, words: Words) -> alt.Chart:
    """Return stacked bars of these rows, one bar for each kode: two wilayah may share a name."""
    names = {row["kode"]: row["name"] for row in rows}
    domain = [words(f"column.{cause}") for cause in causes]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            y=alt.Y("kode:N", sort=alt.EncodingSortField("gap", order="descending"), title=None,
                    axis=alt.Axis(labelExpr=f"({json.dumps(names)})[datum.value]", labelLimit=180, ticks=False,
                                  domain=False)),
            x=alt.X("count:Q", title=None, stack="zero", axis=number_axis(words)),
            color=alt.Color("cause:N", scale=alt.Scale(domain=domain, range=[CAUSE_COLOURS[cause] for cause in causes]),
                            legend=alt.Legend(title=None, orient="top", columns=2)),
            order=alt.Order("order:Q"),
            tooltip=[alt.Tooltip("name:N", title=words(f"level.{level}")),
                     alt.Tooltip("cause:N", title=" "), alt.Tooltip("text:N", title="Σ")],
        )
        .properties(height=34 * len(names) + 60)
    )  # fmt: skip


def desil_bars(view: View) -> None:
    """Draw households by desil in the chosen wilayah; the chosen desil are dark."""
    words = view.words
    rows = desil_rows(cache.answer("desil-distribution", view.own_scope(), view.data_version), view.desil, words)
    if all(row["share"] is None for row in rows):
        return
    titled(words, "density.chart")
    # The line of one tenth is never the edge of the chart.
    top = max(LEAST_TOP, *(1.08 * (row["share"] or 0) for row in rows))
    bars = (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar()
        .encode(
            x=alt.X("desil:N", sort=alt.EncodingSortField("order"), title=words("filter.desil"),
                    axis=alt.Axis(labelAngle=0, ticks=False)),
            y=alt.Y("share:Q", title=None, axis=percent_axis(words), scale=alt.Scale(domain=[0, top], nice=True)),
            color=alt.condition("datum.is_chosen", alt.value(PALETTES["density"][4]), alt.value("#a9bac4")),
            tooltip=[alt.Tooltip("desil:N", title=words("filter.desil")),
                     alt.Tooltip("text:N", title=words("column.household_count")),
                     alt.Tooltip("share_text:N", title=words("column.share_rate"))],
        )
    )  # fmt: skip
    tenth = alt.Chart(pd.DataFrame({"share": [0.1]})).mark_rule(strokeDash=[5, 4], color="#7a3b00").encode(y="share:Q")
    st.altair_chart((bars + tenth).properties(height=300), key="chart")
    st.caption(words("density.chart.note"))


def desil_rows(result: Result, chosen: tuple[int, ...], words: Words) -> list[dict]:
    """Return a row for each desil with the share that the answer discloses; None leaves its place empty."""
    masks = mask_of(result, "household_count")
    rows = []
    for (_, row), mask in zip(result.frame.iterrows(), masks, strict=True):
        desil = 0 if is_absent(row["desil"]) else int(row["desil"])
        share = None if is_absent(row["share_rate"]) else float(row["share_rate"])
        rows.append({
            "desil": words("desil.none.short") if desil == 0 else str(desil), "order": desil or 11,
            "share": share, "is_chosen": desil in chosen,
            "text": words.count(row["household_count"], mask), "share_text": words.percent(share),
        })  # fmt: skip
    return rows


def both_errors(view: View, result: Result, own: Own, name: str) -> None:
    """Draw every wilayah of the map by its two errors."""
    words = view.words
    frame = result.frame
    shown = (frame["exclusion_status"] == Status.ok) & (frame["inclusion_status"] == Status.ok)
    shown &= (mask_of(result, "eligible_count") == "") & frame["eligible_count"].notna()
    frame = frame[shown].sort_values("eligible_count", ascending=False).head(400)
    if len(frame) < 2:
        return
    points = pd.DataFrame({
        "name": frame["name"].astype(str), "x": frame["exclusion_rate"].astype(float),
        "y": frame["inclusion_rate"].astype(float), "size": frame["eligible_count"].astype(float),
        "x_text": frame["exclusion_rate"].map(words.percent), "y_text": frame["inclusion_rate"].map(words.percent),
        "size_text": frame["eligible_count"].map(words.number),
    })  # fmt: skip
    titled(words, "targeting.chart")
    near = alt.Scale(zero=False)
    dots = (
        alt.Chart(points)
        .mark_circle(color="#2a8bb0", opacity=0.65)
        .encode(
            x=alt.X("x:Q", title=words("measure.exclusion_rate"), axis=percent_axis(words), scale=near),
            y=alt.Y("y:Q", title=words("measure.inclusion_rate"), axis=percent_axis(words), scale=near),
            size=alt.Size("size:Q", legend=None, scale=alt.Scale(range=[25, 600])),
            tooltip=[alt.Tooltip("name:N", title=words(f"level.{view.level.name}")),
                     alt.Tooltip("x_text:N", title=words("measure.exclusion_rate.short")),
                     alt.Tooltip("y_text:N", title=words("measure.inclusion_rate.short")),
                     alt.Tooltip("size_text:N", title=words("column.eligible_count"))],
        )
    )  # fmt: skip
    layers = [dots]
    for axis, column in (("x", "exclusion_rate"), ("y", "inclusion_rate")):
        if own.value(column) is not None:
            line = alt.Chart(pd.DataFrame({axis: [float(own.value(column))]}))
            layers.append(line.mark_rule(strokeDash=[5, 4], color="#b9762f").encode(**{axis: f"{axis}:Q"}))
    st.altair_chart(alt.layer(*layers).properties(height=340), key="chart")
    st.caption(words("targeting.chart.note", level=words(f"level.{view.level.name}").lower(), name=name))


def titled(words: Words, key: str) -> None:
    """Draw the title of a chart or a section."""
    st.subheader(words(key), anchor=False)


def number_axis(words: Words) -> alt.Axis:
    """Return an axis of counts, written in the reader's form."""
    # Vega writes numbers in English; its own expression puts the separators right.
    written = "format(datum.value, ',')"
    label = f"replace({written}, /,/g, '.')" if words.language == "id" else written
    return alt.Axis(labelExpr=label, tickCount=6)


def percent_axis(words: Words) -> alt.Axis:
    """Return an axis of rates, written in the reader's form."""
    written = "format(datum.value * 100, '.2~f')"
    label = f"replace({written}, '.', ',') + ' %'" if words.language == "id" else f"{written} + '%'"
    return alt.Axis(labelExpr=label, tickCount=6)
