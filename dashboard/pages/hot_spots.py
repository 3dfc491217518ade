"""The page that shows where high and low rates gather more than by chance."""

import streamlit as st

from dashboard import cache, filters, panels, state, viewport
from dashboard.sections import hot_spot_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("hot-spots"))
    filters.sidebar(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    found = hot_spot_panels.read_found(view, result)
    panels.header(view, result, hot_spot_panels.title(view))
    panels.sentence(hot_spot_panels.answer(view, found))
    if found.has_clusters:
        panels.figures(hot_spot_panels.figures(view, found))
    else:
        hot_spot_panels.offer_finer(view)
    st.caption(hot_spot_panels.how(view, found))
    panels.map_and_list(view, result)
    if found.is_tested:
        hot_spot_panels.groups_and_plot(view, result, found)
    panels.details(view, result)
    viewport.probe()
