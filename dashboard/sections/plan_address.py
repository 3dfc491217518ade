"""The plan that an address asks for: read when the page opens, and changed part by part by its widgets.

An address carries what was given. Where it gives neither benefit nor months, the plan starts from the catalogue's
benefit of its program, and the page, its files and what is stored all hold that same request.
"""

from dataclasses import dataclass, fields

import streamlit as st

from dashboard import cache, state
from dashboard.state import View
from queries.errors import QueryError
from queries.plan_request import MOST_UNIT_IDR, PlanRequest

# The reader's last plan: other pages keep something else under the same parameter, and a plan is not lost on the way.
KEPT = "budget_plan"
# What of a link was no plan, and the plan that is shown in its place.
IGNORED = "budget_ignored"
# The benefit and months that the shown plan started from, for the callbacks of its widgets.
STARTED = "budget_started"
MONTHS = 12


@dataclass(frozen=True)
class PlanView(View):
    """What the reader looks at: `detail` is the whole request, `given` what the address holds of it."""

    given: str = ""

    def address(self, **changes: object) -> dict[str, str]:
        """Return the query parameters of this view, with the request as it was given."""
        parameters = super().address(**changes)
        parameters.pop("b", None)
        return parameters | ({"b": self.given} if self.given else {})


def read_view() -> tuple[PlanView, str]:
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
    return _started(view), part if shown == view.detail else ""


def _started(view: View) -> PlanView:
    request = PlanRequest.parse(view.detail)
    started = start_of(view, request)
    st.session_state[STARTED] = started
    if started and not has_money(view.detail):
        request = request.at(benefit_idr=started[0], months=started[1])
    held = {field.name: getattr(view, field.name) for field in fields(View)}
    return PlanView(**held | {"detail": request.text}, given=view.detail)


def start_of(view: View, request: PlanRequest) -> tuple[int, int] | None:
    """Return the monthly benefit and months of the catalogue's one amount a year; an amount that does not divide into
    months is paid once. None for a local program, and where the catalogue holds no amount or one for each component.
    """
    amounts = () if request.target else catalogue_amounts(view)
    if len(amounts) != 1 or not 1 <= amounts[0] <= MOST_UNIT_IDR:
        return None
    amount = amounts[0]
    return (amount // MONTHS, MONTHS) if amount % MONTHS == 0 else (amount, 1)


def catalogue_amounts(view: View) -> tuple[int, ...]:
    """Return what the catalogue says that a unit of the view's program, or a member of a component, gets in a year."""
    for entry in cache.catalogue(view.period, view.data_version):
        if entry.key == view.program:
            return tuple(one.amount_idr for one in entry.benefits if one.amount_idr is not None)
    return ()


def has_money(text: str) -> bool:
    """Tell whether a request as it was given names its benefit or its months."""
    return any(part[:1] in ("i", "m") for part in text.split("-"))


def pinned(request: PlanRequest) -> str:
    """Return a request with its benefit and months in words of an address, also where they are the first ones."""
    text, first = request.text, PlanRequest()
    parts = [text] if text else []
    if request.benefit_idr == first.benefit_idr:
        parts.append(f"i{request.benefit_idr}")
    if request.months == first.months:
        parts.append(f"m{request.months}")
    return "-".join(parts)


def request_of(view: View) -> PlanRequest:
    """Return what a view of this page asks for."""
    return PlanRequest.parse(view.detail)


def set_parts(**changes: object) -> None:
    """Write changed parts of the request into the address, from a widget's callback.

    What is in force is read again: two widgets can have changed before the page runs. Whoever changes the benefit or
    the months has given both.
    """
    text = state.given().get("b", "")
    request = PlanRequest.parse(text)
    is_given, started = has_money(text), st.session_state.get(STARTED)
    if not is_given and started and {"benefit_idr", "months"} & set(changes):
        request, is_given = request.at(benefit_idr=started[0], months=started[1]), True
    changed = request.at(**changes)
    ask(pinned(changed) if is_given and started else changed.text)


def ask_for(request: PlanRequest) -> None:
    """Write a request with all of its parts into the address, from a widget's callback."""
    ask(pinned(request) if st.session_state.get(STARTED) else request.text)


def ask(text: str) -> None:
    """Write a whole request into the address, from a widget's callback."""
    st.session_state.pop(IGNORED, None)
    state.change(b=text or None)
