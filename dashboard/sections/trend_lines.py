"""Lines over the months: the chosen wilayah beside the one above it, its parts, and program by program."""

import json
from datetime import date

import streamlit as st

from boundaries.levels import Level, level_of, parent_of
from dashboard import cache, charts, panels, state, viewport
from dashboard.changes import FIGURES
from dashboard.downloads import csv_links
from dashboard.questions import mask_of
from dashboard.sections.number_table import Row, figure, number_table
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.result import Result
from queries.scope import Scope

OWN, ABOVE, SECOND = "#2a8bb0", "#9fb3bd", "#e08214"
BOXES_LIMIT = 12
# An axis of per cent shows five points at least: a tenth of a point is no mountain.
LEAST_SPAN = 0.05
LINE_HEIGHT, LEGEND_HEIGHT, BOX_HEIGHT = 220, 24, 110
TABLE = {
    "eligible_count": None, "received_count": None, "reached_count": None, "gap_count": None,
    "exclusion_rate": "exclusion_status", "inclusion_rate": "inclusion_status", "share_rate": "share_status",
    "desil_one_without_rate": "desil_one_without_status",
}  # fmt: skip


def trend_of(view: View, scope: Scope) -> Result:
    """Return the months of a scope."""
    return cache.answer("trend", scope.at(against=None), view.data_version)


def above_of(view: View) -> str | None:
    """Return the wilayah above the chosen one; None where it would say the same, as above the only provinsi."""
    if view.wilayah == cache.data_state().root or level_of(view.wilayah) is Level.nasional:
        return None
    return parent_of(view.wilayah)


def own_lines(view: View) -> None:
    """Draw the chosen wilayah month by month in three charts, and its figures in a table."""
    words, name = view.words, panels.own_name(view)
    own, above = trend_of(view, view.own_scope()), above_of(view)
    parent = trend_of(view, view.own_scope().at(wilayah=above, level=level_of(above))) if above else None
    series = [(own, view.wilayah, name)]
    if parent is not None:
        series.append((parent, above, cache.path_of(above, view.data_version)[-1].name))
    st.subheader(words("trend.lines", name=name), anchor=False)
    titles = {
        "exclusion_rate": words("trend.child.exclusion", program=panels.program_name(view)),
        "both": words("trend.both", program=panels.program_name(view)),
        "desil_one_without_rate": words("trend.without"),
    }
    for place, (column, heading) in zip(st.columns(3, gap="medium"), titles.items(), strict=True):
        with place:
            st.markdown(f"**{heading}**")
            if column == "both":
                labels = {count: words(f"column.{count}") for count in ("received_count", "eligible_count")}
                rows = [row for count, label in labels.items()
                        for row in line_rows(own, count, words, {view.wilayah: label})]  # fmt: skip
                colours = dict(zip(labels.values(), (OWN, SECOND), strict=True))
            else:
                rows = [row for result, kode, label in series
                        for row in line_rows(result, column, words, {kode: label})]  # fmt: skip
                colours = {label: colour for (*_, label), colour in zip(series, (OWN, ABOVE), strict=False)}
            if rows:
                chart = line_chart(rows, colours, column.endswith("_rate"), words)
                st.vega_lite_chart(spec=chart, key=f"trend_{column}")
            else:
                st.caption(words("status.no_data"))
    notes = [words("trend.lines.note", parent=series[1][2]) if above else words("trend.lines.note.own")]
    if own.frame["is_before_split"].any():
        notes.append(words("trend.lines.split"))
    st.caption("  \n".join(notes))
    with st.expander(words("trend.table")):
        month_table(own, words)
    with st.container(key="trend_foot", horizontal=True, gap="small"):
        csv_links(view, "trend", view.own_scope().at(against=None), view.scope().at(against=None))


def month_table(own: Result, words: Words) -> None:
    """Draw the chosen wilayah's figures, a line for each month."""
    rows = [
        Row(words.month(date.fromisoformat(month), short=False),
            tuple(figure(own, at, column, words, status, is_short=True) for column, status in TABLE.items()))
        for at, month in enumerate(own.frame["period_on"])
    ]  # fmt: skip
    number_table([words("trend.month"), *(words(f"column.{column}") for column in TABLE)], rows)


def line_rows(result: Result, column: str, words: Words, labels: dict[str, str]) -> list[dict]:
    """Return a point for each month that is shown of the wilayah in `labels`: when, how much, in which series."""
    rows, frame = [], result.frame
    shown = zip(frame["kode"], frame["period_on"], frame[column], frame["is_before_split"], mask_of(result, column),
                strict=True)  # fmt: skip
    for kode, month, value, is_before, mask in shown:
        if mask or is_absent(value) or kode not in labels:
            continue
        when = date.fromisoformat(month)
        text = words.percent(value) if column.endswith("_rate") else words.number(value)
        # Months as numbers: an axis of dates would shift them by the reader's time zone.
        rows.append({"at": when.year * 12 + when.month, "month": words.month(when), "value": float(value), "text": text,
                     "short": words.month(when, short=True), "series": labels[kode], "is_before": bool(is_before)})
    return rows  # fmt: skip


def line_chart(rows: list[dict], colours: dict[str, str], is_rate: bool, words: Words) -> dict:
    """Return the specification of lines with their last value at the end; a point before a split is hollow.

    Written out, as everything below: to build and check it as an object takes longer than all queries of the page.
    """
    scale = {"domain": list(colours), "range": list(colours.values())}
    # One line alone is named by the title over it.
    legend = None
    if len(colours) > 1:
        legend = {"title": None, "orient": "top", "labelLimit": 130, "offset": 4, "columns": 2, "columnPadding": 12,
                  "symbolType": "stroke", "symbolSize": 120, "symbolStrokeWidth": 3}  # fmt: skip
    colour = {"field": "series", "type": "nominal", "scale": scale, "legend": legend}
    # Two rates may end where their labels would cover one another; two counts stand apart.
    values = [row | {"end": ""} if is_rate and row["series"] != next(iter(colours)) else row for row in _ended(rows)]
    is_own = f"datum.series === {json.dumps(next(iter(colours)))}"
    return {
        # The legend's one row stands above the plot and takes nothing from it.
        "height": LINE_HEIGHT + (LEGEND_HEIGHT if legend else 0),
        "data": {"values": values},
        "encoding": {"x": _months(rows, room=1.2), "y": _values(rows, is_rate, words), "color": colour},
        "layer": [
            {"mark": "line", "encoding": {"size": {"condition": {"test": is_own, "value": 2.6}, "value": 1.3}}},
            {"mark": {"type": "point", "size": 46, "opacity": 1},
             "encoding": {"fill": {"condition": {"test": "!datum.is_before", "field": "series", "type": "nominal",
                                                 "scale": scale, "legend": None}, "value": "transparent"},
                          "tooltip": _tooltip("series", words)}},
            {"mark": {"type": "text", "align": "left", "dx": 7, "fontSize": 12},
             "encoding": {"text": {"field": "end", "type": "nominal"}}},
        ],
    }  # fmt: skip


def boxes(rows: list[dict], order: dict[str, str], is_rate: bool, words: Words) -> dict:
    """Return the specification of a small chart for each `series`, in this order, all with the same axes.

    `order` gives the name over each: two wilayah may share one.
    """
    width, columns = box_width(viewport.map_width(), len(order))
    values = [row | {"name": order[row["series"]]} for row in _ended(rows)]
    header = {"title": None, "labelExpr": f"({json.dumps(order)})[datum.value]", "labelFontWeight": "bold",
              "labelLimit": width, "labelAnchor": "start", "labelPadding": 4}  # fmt: skip
    return {
        "data": {"values": values},
        "facet": {"field": "series", "type": "nominal", "sort": list(order), "title": None, "header": header},
        "columns": columns,
        "spacing": 16,
        "spec": {
            "width": width,
            "height": BOX_HEIGHT,
            # What is written over the highest line must not push its box out of the row.
            "encoding": {"x": _months(rows, room=0.25, is_quiet=True),
                         "y": _values(rows, is_rate, words, ticks=3, headroom=0.3)},
            "layer": [
                {"mark": {"type": "line", "color": OWN, "size": 2}},
                {"mark": {"type": "point", "stroke": OWN, "size": 24, "opacity": 1},
                 "encoding": {"fill": {"condition": {"test": "datum.is_before", "value": "transparent"}, "value": OWN},
                              "tooltip": _tooltip("name", words)}},
                {"mark": {"type": "text", "align": "right", "dy": -11, "fontSize": 11, "color": OWN},
                 "encoding": {"text": {"field": "end", "type": "nominal"}}},
            ],
        },
    }  # fmt: skip


def _ended(rows: list[dict]) -> list[dict]:
    """Return the points with `end`: the value as text where the point is the last one of its series."""
    last: dict[str, int] = {}
    for row in rows:
        last[row["series"]] = max(row["at"], last.get(row["series"], 0))
    return [row | {"end": row["text"] if row["at"] == last[row["series"]] else ""} for row in rows]


def _tooltip(name: str, words: Words) -> list[dict]:
    titles = {name: " ", "month": words("trend.month"), "text": " "}
    return [{"field": field, "type": "nominal", "title": title} for field, title in titles.items()]


def _months(rows: list[dict], room: float, is_quiet: bool = False) -> dict:
    names = {row["at"]: row["short"] for row in rows}
    known = sorted(names)
    shown = [known[0], known[-1]] if is_quiet else known
    axis = {"values": shown, "labelExpr": f"({json.dumps(names)})[datum.value]", "grid": False, "ticks": False,
            "labelFlush": False, "title": None}  # fmt: skip
    return {"field": "at", "type": "quantitative", "axis": axis,
            "scale": {"domain": [known[0] - 0.25, known[-1] + room], "nice": False}}  # fmt: skip


def _values(rows: list[dict], is_rate: bool, words: Words, ticks: int = 5, headroom: float = 0.0) -> dict:
    low, high = min(row["value"] for row in rows), max(row["value"] for row in rows)
    axis = charts.percent_axis(words) if is_rate else charts.number_axis(words)
    channel = {"field": "value", "type": "quantitative",
               "axis": {"labelExpr": axis.labelExpr, "tickCount": ticks, "title": None}}  # fmt: skip
    if not is_rate:
        return channel | {"scale": {"domain": [0, max(high, 1) * (1.05 + headroom)], "nice": not headroom}}
    missing = max(LEAST_SPAN - (high - low), 0) / 2 + 0.005
    low, high = max(low - missing, 0), min(high + missing, 1)
    return channel | {"scale": {"domain": [low, high + (high - low) * headroom], "nice": not headroom}}


def box_width(map_width: int, count: int) -> tuple[int, int]:
    """Return the width of each small chart and how many stand in a row, from the width of the map above them."""
    if map_width < 480:
        return max((map_width - 70) // 2, 110), 2
    # The map has two thirds of a wide screen.
    columns = min(4, max(count, 2))
    return (int(map_width * 1.5) - 60) // columns - 16, columns


def children(view: View) -> None:
    """Draw the measure of the map for each wilayah below, up to twelve, with the same axes."""
    words, below = view.words, state.map_levels(view.wilayah)[0]
    if view.chosen_desa:
        return
    result = trend_of(view, view.scope().at(level=below))
    column = FIGURES[view.measure.change]
    frame = result.frame
    newest = frame[frame["period_on"] == view.period.isoformat()]
    largest = newest.sort_values("total_household_count", ascending=False, na_position="last").head(BOXES_LIMIT)
    names = {str(row.kode): str(row.name) for row in largest.sort_values(
        column, ascending=False, na_position="last").itertuples(index=False)}  # fmt: skip
    rows = line_rows(result, column, words, {kode: kode for kode in names})
    if not rows:
        return
    measure = words(f"trend.child.{view.measure.change}", program=panels.program_name(view),
                    desil=words.desil(view.desil).lower())  # fmt: skip
    st.subheader(words("trend.children", measure=measure, level=words(f"level.{below.name}").lower()), anchor=False)
    drawn = {row["series"] for row in rows}
    order = {kode: name for kode, name in names.items() if kode in drawn}
    st.vega_lite_chart(spec=boxes(rows, order, column.endswith("_rate"), words), key="trend_children", width="content")
    lines = [words("trend.children.note")]
    if len(newest) > BOXES_LIMIT:
        lines.append(words("trend.children.cut", all=words.number(len(newest))))
    st.caption(" ".join(lines))


def programs(view: View) -> None:
    """Draw the exclusion of every program that the chosen wilayah has figures of, with the same axes."""
    words, known = view.words, cache.programs(view.data_version)
    rows = []
    for key in known:
        result = trend_of(view, view.own_scope().at(program=key))
        rows += line_rows(result, "exclusion_rate", words, {view.wilayah: key})
    drawn = {row["series"] for row in rows}
    order = {key: program.name for key, program in known.items() if key in drawn}
    if len(order) < 2:
        return
    st.subheader(words("trend.programs"), anchor=False)
    st.vega_lite_chart(spec=boxes(rows, order, True, words), key="trend_programs", width="content")
    st.caption(words("trend.programs.note"))

