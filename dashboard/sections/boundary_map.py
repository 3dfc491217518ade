"""The map of what was found in an upload: the outlines it draws, and a point and a shape for each finding."""

from collections.abc import Mapping
from html import escape

import pydeck
import streamlit as st

from dashboard import layers, viewport
from dashboard.scales import NO_WILAYAH_COLOUR, rgb_of
from dashboard.sections.boundary_report import Report, issue_counts, issue_name
from dashboard.words import Words

# Told apart by readers of every kind of colour vision (Okabe and Ito 2008); the rest share the last.
PALETTE = ("#d55e00", "#0072b2", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#6b5b95", "#5c6b73")
GROUND_LINE, POINT_LINE = [132, 144, 152, 255], [255, 255, 255, 230]
SHAPE_ALPHA = 150
TOOLTIP_STYLE = {"backgroundColor": "#1c2b33", "color": "#ffffff", "fontSize": "13px", "maxWidth": "300px",
                 "borderRadius": "4px", "padding": "8px 10px", "fontFamily": "Source Sans, sans-serif"}  # fmt: skip
NEAREST_DEGREES = 0.01


def findings_map(
    sketch: Mapping[str, object], report: Report, what: str | None, focus: int | None, words: Words, badge: str
) -> None:
    """Draw the findings of one sort, or all; `focus` is the position of one among the issues, which the map goes to."""
    places = [place for place in sketch["places"] if what in (None, report["issues"][place["n"]]["what"])]
    box = _box_of(sketch, focus)
    if box is None:
        st.info(words("boundary.map.none"), icon=":material/map:")
        return
    colours = colours_of(report)
    width, height = viewport.map_width(), viewport.map_height()
    with st.container(key="map"):
        if badge:
            st.html(f'<span class="badge badge-map">{escape(badge)}</span>')
        st.pydeck_chart(
            _deck(sketch, report, places, colours, box, width, height, words), height=height,
            key=f"boundary_map_{what or 'all'}_{'all' if focus is None else focus}", alt=words("boundary.map.alt"),
        )  # fmt: skip
    shown = {report["issues"][place["n"]]["what"] for place in places}
    _legend([sort for sort in colours if sort in shown], colours, words)
    wanted = sum(count for sort, count in issue_counts(report).items() if what in (None, sort))
    if len(places) < wanted:
        st.caption(words("boundary.map.placed", placed=words.number(len(places)), all=words.number(wanted)))


def colours_of(report: Report) -> dict[str, str]:
    """Return the colour of each sort of finding, the most frequent first."""
    return {what: PALETTE[min(at, len(PALETTE) - 1)] for at, what in enumerate(issue_counts(report))}


def place_of(sketch: Mapping[str, object], n: int) -> Mapping[str, object] | None:
    """Return the place of the finding at a position among the issues, None where the map has none."""
    return next((place for place in sketch["places"] if place["n"] == n), None)


def _box_of(sketch: Mapping[str, object], focus: int | None) -> tuple[float, float, float, float] | None:
    place = place_of(sketch, focus) if focus is not None else None
    if place is None and not sketch.get("box"):
        return None
    west, south, east, north = place["box"] if place is not None else sketch["box"]
    # A point on the edge has a width, too.
    margin = max((0.05 if place is None else 0.4) * max(east - west, north - south), NEAREST_DEGREES)
    return west - margin, south - margin, east + margin, north + margin


def _deck(sketch, report, places, colours, box, width, height, words) -> pydeck.Deck:
    issues, shown = report["issues"], {place["n"] for place in places}

    def told(n: int) -> dict[str, object]:
        issue = issues[n]
        name = " ".join(str(part) for part in (issue.get("kode"), issue.get("name")) if part)
        lines = [issue_name(issue["what"], words), str(issue.get("note") or "")]
        # The tooltip is HTML, and names come from the file.
        return {"name": escape(name) or "–", "lines": escape(" · ".join(line for line in lines if line)),
                "c": [*rgb_of(colours[issue["what"]])]}  # fmt: skip

    ground = _features({"geometry": one} for one in sketch["ground"])
    shapes = _features(
        {"geometry": one["geometry"], "properties": {"c": [*told(one["n"])["c"], SHAPE_ALPHA]}}
        for one in sketch["shapes"] if one["n"] in shown
    )  # fmt: skip
    pixels = pydeck.types.String("pixels")
    return pydeck.Deck(
        layers=[
            pydeck.Layer("GeoJsonLayer", id="ground", data=ground, stroked=True, filled=True, pickable=False,
                         get_fill_color=[*rgb_of(NO_WILAYAH_COLOUR), 90], get_line_color=GROUND_LINE,
                         get_line_width=1, line_width_units=pixels),
            pydeck.Layer("GeoJsonLayer", id="shapes", data=shapes, stroked=True, filled=True, pickable=False,
                         get_fill_color="properties.c", get_line_color="properties.c", get_line_width=1.5,
                         line_width_units=pixels),
            pydeck.Layer("ScatterplotLayer", id="places",
                         data=[{"position": place["point"], **told(place["n"])} for place in places],
                         get_position="position", get_fill_color="c", get_radius=5, radius_units=pixels, stroked=True,
                         get_line_color=POINT_LINE, get_line_width=1, line_width_units=pixels, pickable=True),
        ],
        map_provider=None,
        initial_view_state=layers.view_of(box, width, height),
        tooltip={"html": "<b>{name}</b><br>{lines}", "style": TOOLTIP_STYLE},
    )  # fmt: skip


def _features(parts) -> dict[str, object]:
    return {"type": "FeatureCollection",
            "features": [{"type": "Feature", "properties": {}, **part} for part in parts]}  # fmt: skip


def _legend(shown: list[str], colours: Mapping[str, str], words: Words) -> None:
    keys = "".join(
        '<span class="key" style="white-space:normal">'
        f'<span class="swatch" style="background:{colours[what]};flex:none"></span>'
        f"{escape(issue_name(what, words))}</span>" for what in shown
    )  # fmt: skip
    if keys:
        st.html(f'<div class="legend">{keys}</div>')
