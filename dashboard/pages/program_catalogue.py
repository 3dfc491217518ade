"""The page that holds every program: what it gives, to whom, since when, and which of them are measured."""

import streamlit as st

from dashboard import cache, filters, panels, state, viewport
from dashboard.sections import catalogue_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("program-catalogue"))
    words = view.words
    filters.sidebar(view)
    entries = cache.catalogue(view.period, view.data_version)
    panels.header(view, catalogue_panels.own_result(view, view.program), words("catalogue.title"))
    panels.sentence(catalogue_panels.answer(view, entries))
    catalogue_panels.table(view, entries)
    entry = catalogue_panels.choose(view, entries)
    catalogue_panels.head(entry, words)
    catalogue_panels.figures(view, entry)
    left, right = st.columns(2, gap="large")
    with left:
        catalogue_panels.gives(entry, words)
        catalogue_panels.meant(entry, words)
    with right:
        catalogue_panels.rules(view, entry)
        catalogue_panels.pairs(entry, words)
    catalogue_panels.timeline(view, entries)
    viewport.probe()
