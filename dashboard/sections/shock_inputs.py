"""The ways to give an area: drawn on the map, a circle, typed, sent as a file, or chosen from the list of wilayah."""

import streamlit as st

from dashboard import cache, links, panels
from dashboard.sections import shock_draft
from dashboard.sections.shock_draft import FILE_KINDS, MOST_MB, Area
from dashboard.state import View
from dashboard.words import Words
from queries.shock_area import Part

WAYS = ("draw", "circle", "text", "file", "parts")
SNAPS = ("half", "touched")
EXAMPLE = "105.20 -5.10\n105.35 -5.12\n105.30 -5.25"


def inputs(view: View, area: Area | None) -> None:
    """Draw the chosen way, why the last area was not taken, and which desa belong."""
    words = view.words
    st.session_state.setdefault("shock_way", WAYS[0])
    with st.container(key="shock_inputs", gap="small"):
        way = st.segmented_control(
            words("shock.way"), WAYS, key="shock_way", required=True, on_change=shock_draft.forget_refusal,
            format_func=lambda way: words(f"shock.way.{way}"),
        )  # fmt: skip
        if way == "draw":
            _draw(view, area)
        else:
            {"circle": _circle, "text": _text, "file": _file, "parts": _parts}[way](view)
        refused = shock_draft.refusal()
        if refused:
            st.warning(_said(words, refused.code, refused.details), icon=":material/edit:")
        if area is not None:
            _of_area(view, area)


def _said(words: Words, code: str, details: dict) -> str:
    shown = {name: words.number(value) if isinstance(value, int) and name != "line" else links.plain(str(value)[:200])
             for name, value in details.items()}  # fmt: skip
    return words.error(code, **shown)


def _draw(view: View, area: Area | None) -> None:
    if area is None:
        st.caption(view.words("shock.draw.how"))


def _circle(view: View) -> None:
    words = view.words
    st.caption(words("shock.circle.how"))
    west, south, east, north = cache.bounds(view.map_wilayah, view.data_version)
    options = {"value": None, "step": 0.01, "format": "%.4f"}
    with st.form("shock_circle", border=False):
        lon = st.number_input(words("shock.circle.lon"), placeholder=f"{(west + east) / 2:.2f}", **options)
        lat = st.number_input(words("shock.circle.lat"), placeholder=f"{(south + north) / 2:.2f}", **options)
        radius = st.number_input(words("shock.circle.radius"), value=None, step=1.0, format="%.1f", placeholder="25")
        if st.form_submit_button(words("shock.circle.use")):
            shock_draft.use_circle(lon, lat, radius)
            st.rerun()


def _text(view: View) -> None:
    words = view.words
    with st.form("shock_text", border=False):
        text = st.text_area(words("shock.text"), placeholder=EXAMPLE, height=150)
        st.caption(words("shock.text.how"))
        if st.form_submit_button(words("shock.text.use")):
            shock_draft.use_text(text)
            st.rerun()


def _file(view: View) -> None:
    words = view.words

    def sent() -> None:
        file = st.session_state["shock_file"]
        if file is not None:
            shock_draft.use_file(file.name, file.getvalue())

    with st.container(key="shock_upload"):
        st.file_uploader(
            words("shock.file", size=MOST_MB), type=list(FILE_KINDS), key="shock_file", on_change=sent,
            max_upload_size=MOST_MB,
        )  # fmt: skip
    st.caption(words("shock.file.how"))


def _parts(view: View) -> None:
    words = view.words
    known = {part.kode: part for part in cache.parts_of(view.map_wilayah, view.data_version)}

    def label(kode: str) -> str:
        part: Part = known[kode]
        level = words(f"level.{part.level.name}")
        named = part.name if part.name.startswith(level) else f"{level} {part.name}"
        return f"{named} ({kode})"

    with st.form("shock_parts", border=False):
        chosen = st.multiselect(
            words("shock.parts", name=panels.name_of(view, view.map_wilayah)), list(known), format_func=label,
            placeholder=words("shock.parts.hint"), key=f"shock_parts_{view.map_wilayah}".replace(".", "-"),
        )  # fmt: skip
        if st.form_submit_button(words("shock.parts.use")):
            shock_draft.use_parts(chosen)
            st.rerun()


def _of_area(view: View, area: Area) -> None:
    """Say what the area in force is, which desa belong, and offer to drop it."""
    words = view.words
    kind = "kept" if area.kept else "circle" if area.is_circle else area.origin
    size = words.number(area.shape.area_km2, 1 if area.shape.area_km2 < 100 else 0) if area.shape else ""
    st.markdown(f"**{words(f'shock.is.{kind}', size=size, name=links.plain(area.name))}**")
    if area.shape is not None:
        # The address or the area rules: the widget shows what is in force.
        st.session_state["shock_snap"] = area.snap
        st.segmented_control(
            words("shock.snap"), SNAPS, key="shock_snap", required=True, help=words("shock.snap.help"),
            format_func=lambda snap: words(f"shock.snap.{snap}"),
            on_change=lambda: shock_draft.use_snap(area, st.session_state["shock_snap"]),
        )  # fmt: skip
        if area.shape.notes:
            st.caption(words("shock.repaired"))
    if area.error is not None:
        st.warning(_said(words, area.error.code, area.error.details), icon=":material/edit:")
    if area.cut_count:
        st.caption(words("shock.cut", count=words.number(area.cut_count)))
    st.button(words("shock.forget"), on_click=shock_draft.forget, icon=":material/close:")
