"""A wilayah among its neighbours: its rate as a dot beside those that it can fairly be held against."""

import json
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from boundaries.levels import Level, ancestor_of, level_of, parent_of
from dashboard import cache
from dashboard.charts import percent_axis
from dashboard.scales import PALETTES
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.scope import Scope

# More dots than this on one line are a smear.
MOST_DOTS = 400
MOST_LINES = 14
MOST_ANCESTORS = 2
OWN, BESIDE, OTHER = "own", "beside", "sibling"
COLOURS = {OWN: "#0b5d7a", BESIDE: PALETTES["change"][7], OTHER: "#7b939f"}
SIZES = {OWN: 190, BESIDE: 60, OTHER: 32}
MEAN_COLOUR = "#7a3b00"
LINE_HEIGHT = 32


@dataclass(frozen=True)
class Line:
    """One line of dots: the code it is told by, its name, the rate of the wilayah that holds it, who lies on it."""

    key: str
    name: str
    rate: float | None
    rows: pd.DataFrame


def among_neighbours(view: View, rate: str, status: str = "status") -> None:
    """Draw the chosen wilayah's rate among those that touch it and those of the wilayah above.

    The topmost wilayah of the data has nobody beside it: there, each part of it is a line with its own parts as dots.
    `rate` and `status` are columns of the page's answer. Nothing is drawn where fewer than two have a shown rate.
    """
    words, name = view.words, cache.path_of(view.wilayah, view.data_version)[-1].name
    level, lines = level_of(view.wilayah), sibling_lines(view, rate, status)
    title = words("neighbours.title", name=name)
    if not lines:
        level = Level(min(level + 2, Level.desa))
        lines = part_lines(view, level, rate, status)
        title = words("neighbours.title.parts", level=words(f"level.{level.name}"), name=name)
    if not lines:
        return
    st.subheader(title, anchor=False)
    st.altair_chart(strip_chart(lines, words, words(f"level.{level.name}"), words(f"measure.{rate}.short")),
                    key="neighbours")  # fmt: skip
    st.caption(words("neighbours.note", level=words(f"level.{level.name}").lower()))


def _shown(view: View, scope: Scope, rate: str, status: str) -> pd.DataFrame:
    frame = cache.answer(view.question.key, scope, view.data_version).frame
    frame = frame[(frame[status] == Status.ok) & frame[rate].notna()]
    return pd.DataFrame({"kode": frame["kode"].astype(str), "name": frame["name"].astype(str),
                         "rate": frame[rate].astype(float), "role": OTHER})  # fmt: skip


def _rate_of(view: View, kode: str, rate: str, status: str) -> float | None:
    own = _shown(view, view.scope().at(wilayah=kode, level=level_of(kode)), rate, status)
    return None if own.empty else float(own["rate"].iloc[0])


def sibling_lines(view: View, rate: str, status: str) -> list[Line]:
    """Return the line of those beside the chosen wilayah, then one for each wilayah above it; none at the top."""
    kode, level, words = view.wilayah, level_of(view.wilayah), view.words
    above, top = parent_of(kode), level_of(cache.data_state().root)
    beside = set(cache.neighbours(kode, view.data_version)) if above else set()
    lines: list[Line] = []
    while above is not None and level_of(above) >= top and len(lines) < MOST_ANCESTORS:
        rows = _shown(view, view.scope().at(wilayah=above, level=level), rate, status)
        rows.loc[rows["kode"].isin(beside), "role"] = BESIDE
        rows.loc[rows["kode"] == kode, "role"] = OWN
        if 2 <= len(rows) <= MOST_DOTS and (rows["role"] == OWN).any():
            name = cache.path_of(above, view.data_version)[-1].name
            lines.append(Line(above, name, _rate_of(view, above, rate, status), rows))
        above = parent_of(above)
    if lines:
        # The widest line holds all that touch it, unless they lie in another wilayah above.
        touching = lines[-1].rows[lines[-1].rows["role"] != OTHER]
        if len(touching) > 1:
            lines.insert(0, Line(BESIDE, words("neighbours.beside"), None, touching))
    return lines


def part_lines(view: View, level: Level, rate: str, status: str) -> list[Line]:
    """Return a line for each part of the chosen wilayah that has several parts of its own, the highest rate first."""
    middle = Level(min(level_of(view.wilayah) + 1, Level.desa))
    if middle >= level:
        return []
    rows = _shown(view, view.scope().at(wilayah=view.wilayah, level=level), rate, status)
    parents = _shown(view, view.scope().at(wilayah=view.wilayah, level=middle), rate, status)
    parents = parents.sort_values("rate", ascending=False).head(MOST_LINES)
    above = rows["kode"].map(lambda kode: ancestor_of(kode, middle))
    lines = [Line(part.kode, part.name, part.rate, rows[above == part.kode])
             for part in parents.itertuples(index=False)]  # fmt: skip
    return [line for line in lines if 2 <= len(line.rows) <= MOST_DOTS]


def strip_chart(lines: list[Line], words: Words, level: str, measure: str) -> alt.LayerChart:
    """Return dots by line in the order given, with an upright mark for the rate of the wilayah that holds each line."""
    dots = pd.concat([line.rows.assign(line=line.key) for line in lines])
    # The chosen wilayah is drawn last, so that no other covers it.
    dots = dots.sort_values("role", key=lambda role: role.map([OTHER, BESIDE, OWN].index), kind="stable")
    dots = dots.assign(text=dots["rate"].map(words.percent), size=dots["role"].map(SIZES),
                       role_name=dots["role"].map(lambda role: words(f"neighbours.{role}")))  # fmt: skip
    names = {line.key: line.name.removeprefix("Kabupaten ") for line in lines}
    axis = alt.Axis(labelExpr=f"({json.dumps(names)})[datum.value]", labelLimit=130, ticks=False, domain=False,
                    grid=True)  # fmt: skip
    rows = alt.Y("line:N", sort=list(names), title=None, axis=axis)
    height = LINE_HEIGHT if len(lines) > MOST_ANCESTORS + 1 else 2 * LINE_HEIGHT
    rates = alt.X("rate:Q", title=None, axis=percent_axis(words), scale=alt.Scale(zero=False, nice=True))
    roles = [role for role in (OWN, BESIDE, OTHER) if (dots["role"] == role).any()]
    role_names = [words(f"neighbours.{role}") for role in roles]
    legend = alt.Legend(title=None, orient="top") if len(roles) > 1 else None
    points = alt.Chart(dots).mark_circle(opacity=0.85, stroke="#ffffff", strokeWidth=0.6).encode(
        y=rows, x=rates,
        color=alt.Color("role_name:N", legend=legend, scale=alt.Scale(domain=role_names,
                                                                      range=[COLOURS[role] for role in roles])),
        size=alt.Size("size:Q", legend=None, scale=None),
        tooltip=[alt.Tooltip("name:N", title=level), alt.Tooltip("text:N", title=measure)],
    )  # fmt: skip
    held = pd.DataFrame([
        {"line": line.key, "rate": line.rate, "text": words("neighbours.parent", name=line.name),
         "value": words.percent(line.rate)}
        for line in lines if not is_absent(line.rate)
    ])  # fmt: skip
    layers = [points]
    if not held.empty:
        layers.append(alt.Chart(held).mark_tick(color=MEAN_COLOUR, thickness=3, size=height * 0.6).encode(
            y=rows, x=rates, tooltip=[alt.Tooltip("text:N", title=" "), alt.Tooltip("value:N", title=measure)],
        ))  # fmt: skip
    return alt.layer(*layers).properties(height=height * len(lines) + 70)
