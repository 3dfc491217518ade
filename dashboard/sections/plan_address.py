"""The plan that an address asks for: read when the page opens, and changed part by part by its widgets."""

from dataclasses import replace

import streamlit as st

from dashboard import state
from dashboard.state import View
from queries.errors import QueryError
from queries.plan_request import PlanRequest

# Other pages keep something else under the same parameter of the address: a plan is not lost on the way there.
KEPT = "budget_plan"


def read_view() -> tuple[View, str]:
    """Return the page's view, and the part of its address that is no plan, '' where all of it is.

    A request that cannot be read is replaced by the reader's last one, or by the first.
    """
    view = state.read_view(state.question_of("planning"))
    try:
        PlanRequest.parse(view.detail)
    except QueryError as error:
        return replace(view, detail=st.session_state.get(KEPT, "")), str(error.details["part"])
    st.session_state[KEPT] = view.detail
    return view, ""


def request_of(view: View) -> PlanRequest:
    """Return what a view of this page asks for."""
    return PlanRequest.parse(view.detail)


def set_parts(**changes: object) -> None:
    """Write changed parts of the request into the address, from a widget's callback.

    What is in force is read again: two widgets can have changed before the page runs.
    """
    try:
        request = PlanRequest.parse(state.given().get("b", ""))
    except QueryError:
        request = PlanRequest.parse(st.session_state.get(KEPT, ""))
    ask(request.at(**changes).text)


def ask(text: str) -> None:
    """Write a whole request into the address, from a widget's callback."""
    st.session_state[KEPT] = text
    state.change(b=text or None)
