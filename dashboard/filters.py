"""The sidebar: what to look at, and nothing that is not a filter."""

import streamlit as st

from dashboard import cache, links, state
from dashboard.class_names import source_name
from dashboard.sections import field_panels
from dashboard.state import View, change
from dashboard.words import LANGUAGES, Words
from queries.scope import PUBLISHED_DESIL

DESIL_SETS = PUBLISHED_DESIL


def sidebar(view: View) -> None:
    """Draw the filters of a view; each one writes its choice into the address."""
    words = view.words
    with st.sidebar:
        # A test of desil does not ask about a program, nor the other way round.
        if view.question.offers_program or (view.question.has_program and view.measure.test != "share"):
            _program(view)
        if view.question.has_desil and view.measure.test in ("", "share"):
            _desil(view)
        _period(view)
        if view.question.has_sample:
            field_panels.choose_sample(view)
        if view.question.has_map:
            _level(view)
        text = st.text_input(words("filter.search"), key="filter_search", placeholder=words("filter.search.hint"))
        if text.strip():
            with st.container(key="found", gap=None):
                links.found_links(view, text.replace("\0", "").strip())
        if len(view.question.measures) > 1:
            _measure(view)
        if view.may_choose_disclosure:
            _disclosure(view)
        _sources(view)
        language_switch(words)


def language_switch(words: Words) -> None:
    """Draw the switch between Indonesian and English."""
    _seed("filter_language", words.language)
    st.segmented_control(
        words("filter.language"), LANGUAGES, key="filter_language", format_func=words.language_name, required=True,
        on_change=lambda: change(lang=_changed("filter_language")), label_visibility="collapsed",
    )  # fmt: skip


def _program(view: View) -> None:
    programs = cache.programs(view.data_version)
    _seed("filter_program", view.program)
    st.selectbox(
        view.words("filter.program"), list(programs), format_func=lambda key: programs[key].name,
        key="filter_program", on_change=lambda: change(t=_changed("filter_program")),
    )  # fmt: skip


def _desil(view: View) -> None:
    options = list(DESIL_SETS) if view.desil in DESIL_SETS else [view.desil, *DESIL_SETS]
    _seed("filter_desil", view.desil)
    st.selectbox(
        view.words("filter.desil"), options, format_func=view.words.desil, key="filter_desil",
        on_change=lambda: change(s="-".join(map(str, _changed("filter_desil")))),
    )  # fmt: skip


def _period(view: View) -> None:
    _seed("filter_period", view.period)

    def chosen() -> None:
        period = _changed("filter_period")
        # A sample belongs to its period; the other's may have none of the same truth and frame.
        change(p=f"{period:%Y-%m}", f=None)
        if period == view.against:
            change(a=f"{view.period:%Y-%m}")

    st.selectbox(
        view.words("filter.period"), view.periods, format_func=view.period_name, key="filter_period", on_change=chosen,
    )  # fmt: skip


def _level(view: View) -> None:
    question = view.question
    levels = [level.name for level in state.map_levels(view.wilayah, question.finest, question.coarsest)]
    _seed("filter_level", view.level.name)
    st.segmented_control(
        view.words("filter.level"), levels, format_func=lambda name: view.words(f"level.{name}.short"),
        key="filter_level", required=True, on_change=lambda: change(l=_changed("filter_level")),
    )  # fmt: skip


def _measure(view: View) -> None:
    _seed("filter_measure", view.measure.key)
    st.radio(
        view.words("filter.measure"), [measure.key for measure in view.question.measures],
        format_func=lambda key: view.words(f"measure.{key}"), key="filter_measure",
        on_change=lambda: change(m=_changed("filter_measure")),
    )  # fmt: skip


def _disclosure(view: View) -> None:
    _seed("filter_disclosure", view.disclosure == "published")
    st.toggle(
        view.words("filter.disclosure"), key="filter_disclosure", help=view.words("filter.disclosure.help"),
        on_change=lambda: change(d="published" if _changed("filter_disclosure") else None),
    )  # fmt: skip


def _sources(view: View) -> None:
    words = view.words
    lines = {}
    for source in cache.data_state().sources:
        if source.kind == "boundaries" or (source.period and source.period in (view.period, view.against)):
            kind = source_name(source, words)
            when = words.month(source.period) if source.period else str(source.vintage or "")
            lines[" · ".join(part for part in (kind, source.publisher, when) if part)] = None
    st.caption("  \n".join(links.plain(line) for line in lines))


def _seed(key: str, value: object) -> None:
    # The address rules: a widget shows what the view says, also after a link or a click on the map changed it.
    st.session_state[key] = value


def _changed(key: str) -> object:
    return st.session_state[key]
