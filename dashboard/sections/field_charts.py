"""The charts under the field's map: the three causes of exclusion, and how far ranks can be told apart."""

import json

import altair as alt
import pandas as pd
import streamlit as st

from boundaries.levels import Level, level_of, parent_of
from dashboard import cache, links
from dashboard.charts import percent_axis
from dashboard.estimates import causes_of, estimate_text
from dashboard.questions import Measure, values_of
from dashboard.scales import ColorScale
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.result import Result
from queries.stats.proportions import LEAST_SAMPLE

CAUSE_COLOURS = {"unregistered": "#0b5d7a", "wrong_desil": "#8fc1d4", "not_reached": "#e08214"}
# A chart of causes that must be scrolled is a table; the map's rows join it only where they are few.
FEW_ROWS = 15
RANKS_LIMIT = 40


def causes(view: View, result: Result) -> None:
    """Draw the three causes of exclusion: in the chosen wilayah, those above it, and the map's rows if they are few."""
    rows = cause_rows(_path_frames(view), result, view.frame, view.words)
    if not rows:
        return
    words = view.words
    st.subheader(words("field.causes.chart"), anchor=False)
    st.altair_chart(cause_chart(rows, words), key="chart_causes")
    st.caption(words("field.causes.chart.note", least=words.number(LEAST_SAMPLE)))


def _path_frames(view: View) -> list[pd.DataFrame]:
    steps = cache.path_of(view.wilayah, view.data_version)
    scope = view.own_scope()
    return [
        cache.answer(view.question.key, scope.at(wilayah=step.kode, level=level_of(step.kode)), view.data_version).frame
        for step in steps
        if step.level is not Level.nasional or step.kode == view.wilayah
    ]


def cause_rows(path: list[pd.DataFrame], result: Result, frame: str, words: Words) -> list[dict]:
    """Return a row for each cause of each wilayah whose causes are estimated, the path first, then by name."""
    below = result.frame.sort_values("name") if len(result.frame) <= FEW_ROWS else result.frame.head(0)
    found = pd.concat([*path, below], ignore_index=True).drop_duplicates("kode")
    # A register frame does not observe the unregistered: no bar, not a bar of length nought.
    shown = [cause for cause in CAUSE_COLOURS if not (cause == "unregistered" and frame == "register")]
    return [
        {
            "kode": row["kode"], "name": row["name"], "place": place, "cause": words(f"cause.{cause}"), "order": order,
            "share": rates[cause], "text": words.percent(rates[cause], 0),
        }
        for place, row in enumerate(found.to_dict("records"))
        if (rates := causes_of(row))
        for order, cause in enumerate(shown)
    ]  # fmt: skip


def cause_chart(rows: list[dict], words: Words) -> alt.Chart:
    """Return stacked bars of these rows, one bar for each wilayah."""
    names = {row["kode"]: row["name"] for row in rows}
    shown = {row["cause"] for row in rows}
    colours = {words(f"cause.{cause}"): colour for cause, colour in CAUSE_COLOURS.items()}
    domain = [cause for cause in colours if cause in shown]
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(size=16)
        .encode(
            y=alt.Y("kode:N", sort=alt.EncodingSortField("place"), title=None,
                    axis=alt.Axis(labelExpr=f"({json.dumps(names)})[datum.value]", labelLimit=150, ticks=False,
                                  domain=False, labelOverlap=False, labelFlush=False)),
            x=alt.X("share:Q", title=None, stack="zero", axis=percent_axis(words)),
            color=alt.Color("cause:N", scale=alt.Scale(domain=domain, range=[colours[cause] for cause in domain]),
                            legend=alt.Legend(title=None, orient="top", columns=1, labelLimit=300)),
            order=alt.Order("order:Q"),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("cause:N", title=" "),
                     alt.Tooltip("text:N", title="%")],
        )
        .properties(height=alt.Step(26))
    )  # fmt: skip


def ranks(view: View) -> None:
    """Draw which ranks each wilayah may have, and say how many of them could be the worst."""
    words, error = view.words, view.measure.error
    region, level = ranked_scope(view.map_wilayah, view.level)
    scope = view.scope().at(wilayah=region, level=level)
    result = cache.answer(view.question.key, scope, view.data_version)
    rate = next(one for one in view.question.measures if one.error == error and one.form == "rate")
    rows = rank_rows(result, rate, cache.scale(view.question.key, rate.key, scope, view.data_version), words)
    if len(rows) < 2:
        return
    unsure = int((result.frame[f"{error}_status"] == Status.too_uncertain).sum())
    st.subheader(words("field.ranks"), anchor=False)
    first = [row["name"] for row in rows if row["low"] < 1]
    answer = words(
        "field.ranks.answer.one" if len(first) == 1 else "field.ranks.answer", count=words.number(len(first)),
        all=words.number(len(rows)), level=words(f"level.{level.name}").lower(), error=words(f"error.{error}"),
        name=links.plain(first[0]) if first else "",
    )  # fmt: skip
    if unsure:
        answer += " " + words("field.ranks.unsure", count=words.number(unsure))
    st.markdown(answer)
    chart = rank_chart(rows[:RANKS_LIMIT], len(rows) + unsure, words)
    st.altair_chart(chart, key="chart_ranks")
    note = words("field.ranks.note")
    if len(rows) > RANKS_LIMIT:
        note += " " + words("field.ranks.cut", shown=words.number(RANKS_LIMIT), all=words.number(len(rows)))
    st.caption(note)


def ranked_scope(map_wilayah: str, level: Level) -> tuple[str, Level]:
    """Return the wilayah and level whose ranks are drawn: desa have none, so their kecamatan and its neighbours are."""
    if level is not Level.desa:
        return map_wilayah, level
    return parent_of(map_wilayah) if level_of(map_wilayah) is Level.kecamatan else map_wilayah, Level.kecamatan


def rank_rows(result: Result, rate: Measure, scale: ColorScale, words: Words) -> list[dict]:
    """Return a row for each wilayah whose rank is bounded, the largest estimate first."""
    error = rate.error
    found = [
        {
            "kode": row["kode"], "name": row["name"], "low": int(row[f"{error}_rank_lower"]) - 0.5,
            "high": int(row[f"{error}_rank_upper"]) + 0.5,
            "rate": float(value.value), "colour": scale.colour(value.value, value.status, value.lower, value.upper),
            "estimate": estimate_text(row, error, words),
            "ranks": words("field.ranks.range", low=words.number(row[f"{error}_rank_lower"]),
                           high=words.number(row[f"{error}_rank_upper"])),
        }
        for row, value in zip(
            result.frame.to_dict("records"), values_of(result, rate).itertuples(index=False), strict=True
        )
        if not is_absent(row[f"{error}_rank_lower"])
    ]  # fmt: skip
    return sorted(found, key=lambda row: (-row["rate"], row["low"]))


def rank_chart(rows: list[dict], count: int, words: Words) -> alt.Chart:
    """Return a bar for each wilayah from the first to the last rank it may have, in the map's own colours."""
    names = {row["kode"]: row["name"] for row in rows}
    return (
        alt.Chart(pd.DataFrame(rows))
        .mark_bar(height=11, stroke="#5d6a73", strokeWidth=0.5)
        .encode(
            y=alt.Y("kode:N", sort=alt.EncodingSortField("rate", order="descending"), title=None,
                    axis=alt.Axis(labelExpr=f"({json.dumps(names)})[datum.value]", labelLimit=150, ticks=False,
                                  domain=False, labelOverlap=False, labelFlush=False)),
            x=alt.X("low:Q", title=words("field.ranks.axis"), scale=alt.Scale(domain=[0.5, count + 0.5], nice=False),
                    axis=alt.Axis(tickMinStep=1, format="d", tickCount=10)),
            x2="high:Q",
            color=alt.Color("colour:N", scale=None),
            tooltip=[alt.Tooltip("name:N", title=" "), alt.Tooltip("estimate:N", title=words("list.form.rate")),
                     alt.Tooltip("ranks:N", title=words("field.ranks.axis"))],
        )
        .properties(height=alt.Step(19))
    )  # fmt: skip

