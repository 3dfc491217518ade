"""The page that counts who lives in an area struck by a flood, an earthquake or a failed harvest, and hands it over."""

import streamlit as st

from dashboard import filters, panels, state, viewport
from dashboard.sections import shock_draft, shock_keeping, shock_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("shocks"))
    filters.sidebar(view)
    # One block, whatever it holds: a map that moves to another place of the page would start anew under the reader.
    with st.container(key="shock_head"):
        panels.header(view, shock_panels.register_result(view), view.words("shock.title"))
        area = shock_draft.read_area(view)
        shock_draft.go_to(view, area)
        effect = shock_panels.read_effect(view, area)
        panels.sentence(shock_panels.answer(view, area, effect))
        if effect is not None:
            panels.figures(shock_panels.figures(view, effect))
    shock_panels.map_and_inputs(view, area)
    if area is not None and effect is not None:
        request = shock_keeping.cost(view, effect)
        shock_keeping.keep_and_plan(view, area, request)
        shock_panels.tables(view, area, effect)
    shock_keeping.kept_areas(view)
    shock_panels.method(view, effect)
    viewport.probe()
