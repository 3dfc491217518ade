"""The plan that an address asks for: read when the page opens, and changed part by part by its widgets."""

import streamlit as st

from dashboard import state
from dashboard.state import View
from queries.errors import QueryError
from queries.plan_request import PlanRequest

# The reader's last plan: other pages keep something else under the same parameter, and a plan is not lost on the way.
KEPT = "budget_plan"
# What of a link was no plan, and the plan that is shown in its place.
IGNORED = "budget_ignored"


def read_view() -> tuple[View, str]:
    """Return the page's view, and the part of its link that is no plan, '' where all of it is.

    A request that cannot be read is replaced by the reader's last one, or by the first; without a word where it came
    along from another page.
    """
    url = st.query_params.to_dict()
    is_link = bool(url) and url != st.session_state.get(state.WRITTEN)
    try:
        PlanRequest.parse(state.given().get("b", ""))
    except QueryError as error:
        kept = st.session_state.get(KEPT, "")
        if is_link:
            st.session_state[IGNORED] = (kept, str(error.details["part"]))
            # What stands in the address is read again until it is written.
            st.query_params["b"] = kept
        state.change(b=kept or None)
    view = state.read_view(state.question_of("planning"))
    st.session_state[KEPT] = view.detail
    shown, part = st.session_state.get(IGNORED, ("", ""))
    return view, part if shown == view.detail else ""


def request_of(view: View) -> PlanRequest:
    """Return what a view of this page asks for."""
    return PlanRequest.parse(view.detail)


def set_parts(**changes: object) -> None:
    """Write changed parts of the request into the address, from a widget's callback.

    What is in force is read again: two widgets can have changed before the page runs.
    """
    ask(PlanRequest.parse(state.given().get("b", "")).at(**changes).text)


def ask(text: str) -> None:
    """Write a whole request into the address, from a widget's callback."""
    st.session_state.pop(IGNORED, None)
    state.change(b=text or None)
