"""The page that shows, by the register, who is left out by mistake and who receives by mistake."""

import streamlit as st

from dashboard import cache, charts, filters, panels, state, viewport
from dashboard.panels import Figure


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("targeting-errors"))
    words = view.words
    filters.sidebar(view)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    program, name = panels.program_name(view), panels.own_name(view)
    panels.header(view, words("targeting.title", program=program))
    if not panels.empty(view, own):
        panels.sentence(
            words(
                "targeting.answer", name=name, program=program, unit=panels.unit_of(view),
                exclusion=own.count("gap_count"), eligible=own.count("eligible_count"),
                exclusion_rate=words.percent(own.value("exclusion_rate")), inclusion=own.count("leak_count"),
                received=own.count("received_count"), inclusion_rate=words.percent(own.value("inclusion_rate")),
            )
            + panels.partial(view, result)
        )  # fmt: skip
        year = words("share.a_year")
        panels.figures(
            [
                Figure(words("targeting.exclusion"), words.percent(own.value("exclusion_rate")),
                       own.change("exclusion_rate", "rate"), "inverse"),
                Figure(words("targeting.inclusion"), words.percent(own.value("inclusion_rate")),
                       own.change("inclusion_rate", "rate"), "inverse"),
                Figure(words("targeting.gap"), words.rupiah(own.value("gap_idr")), year),
                Figure(words("targeting.leak"), words.rupiah(own.value("leak_idr")), year),
            ]
        )  # fmt: skip
    st.caption(words("targeting.blind"))
    panels.map_and_list(view, result)
    charts.both_errors(view, result, own, name)
    panels.details(view, result)
    viewport.probe()
