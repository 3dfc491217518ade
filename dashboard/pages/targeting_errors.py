"""The page that shows, by the register, who is left out by mistake and who receives by mistake."""

import streamlit as st

from dashboard import cache, charts, filters, panels, state, viewport
from dashboard.panels import Figure
from dashboard.sections import breakdowns
from queries.columns import Status


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("targeting-errors"))
    words = view.words
    filters.sidebar(view)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    program, name = panels.program_name(view), panels.own_name(view)
    panels.header(view, result, words("targeting.title", program=program))
    is_empty = panels.empty(view, own)
    if not is_empty:
        panels.sentence(_answer(own, name, program, panels.unit_of(view)) + panels.partial(view, result))
        panels.figures(_figures(own))
    st.caption(words("targeting.blind"))
    panels.map_and_list(view, result)
    charts.both_errors(view, result, own, name)
    if not is_empty:
        breakdowns.section(view)
    panels.details(view, result)
    viewport.probe()


def _shows_inclusion(own: panels.Own) -> bool:
    # A register of the poorest alone cannot say who receives without being eligible.
    return own.result.frame["inclusion_status"].iloc[0] != Status.not_applicable


def _answer(own: panels.Own, name: str, program: str, unit: str) -> str:
    words = own.words
    answer = words(
        "targeting.answer", name=name, program=program, unit=unit, exclusion=own.count("gap_count"),
        eligible=own.count("eligible_count"), rate=words.percent(own.value("exclusion_rate")),
    )  # fmt: skip
    if not _shows_inclusion(own):
        return words("targeting.answer.end", answer=answer)
    return words(
        "targeting.answer.both", answer=answer, inclusion=own.count("leak_count"),
        received=own.count("received_count"), rate=words.percent(own.value("inclusion_rate")),
    )  # fmt: skip


def _figures(own: panels.Own) -> list[Figure]:
    words, year = own.words, own.words("share.a_year")
    chosen = [
        Figure(words("targeting.exclusion"), words.percent(own.value("exclusion_rate")),
               own.change("exclusion_rate", "rate"), "inverse"),
        Figure(words("targeting.inclusion"), words.percent(own.value("inclusion_rate")),
               own.change("inclusion_rate", "rate"), "inverse"),
        Figure(words("targeting.gap"), words.rupiah(own.value("gap_idr")), year),
        Figure(words("targeting.leak"), words.rupiah(own.value("leak_idr")), year),
    ]  # fmt: skip
    if not _shows_inclusion(own):
        none = words("status.not_applicable")
        chosen[1], chosen[3] = Figure(words("targeting.inclusion"), none), Figure(words("targeting.leak"), none)
    return chosen
