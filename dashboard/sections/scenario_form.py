"""The form that stores the plan on the screen as a scenario, and the author's name that a session remembers."""

import streamlit as st

from dashboard import cache, links
from dashboard.state import View
from geo.scenario_write import store_scenario
from queries.errors import QueryError
from queries.planning import Plan
from queries.scenarios import MOST_NAME, MOST_NOTE, scenario_of

AUTHOR, STORED = "scenario_author", "scenario_stored"
PAGE = "scenarios"


def store_form(view: View, plan: Plan) -> None:
    """Draw the form; once stored, say so with a link to the scenario, until another plan is looked at."""
    words = view.words
    with st.container(key="scenario_form"):
        with st.form("scenario_store", border=True):
            st.markdown(f"**{words('scenario.store')}**")
            st.caption(words("scenario.store.what"))
            left, right = st.columns([3, 2])
            name = left.text_input(words("scenario.store.name"), max_chars=MOST_NAME, key="scenario_name",
                                   placeholder=words("scenario.store.name.hint"))  # fmt: skip
            author = author_input(right, view, "scenario_by")
            note = st.text_area(words("scenario.store.note"), max_chars=MOST_NOTE, height=80, key="scenario_note")
            is_sent = st.form_submit_button(words("scenario.store.button"), type="primary")
        if is_sent:
            _store(view, plan, name, author, note)
        stored = st.session_state.get(STORED)
        if stored and stored[0] == plan.result.provenance:
            _, number, kept = stored
            sign = words("scenario.number", id=number)
            st.success(words("scenario.stored", number=sign, name=links.plain(kept)), icon=":material/check:")
            link(view, words("scenario.stored.link"), str(number))


def author_input(place, view: View, key: str) -> str:
    """Draw the input of the author's name in a place, filled with what this session typed last."""
    st.session_state.setdefault(key, st.session_state.get(AUTHOR, ""))
    return place.text_input(view.words("scenario.store.author"), max_chars=MOST_NAME, key=key,
                            placeholder=view.words("scenario.store.author.hint"))  # fmt: skip


def link(view: View, label: str, detail: str, icon: str | None = None) -> None:
    """Draw a link to the page of scenarios: the list, one, or several beside one another (`12-15`)."""
    parameters = {key: value for key, value in view.address().items() if key not in ("b", "m")}
    page = st.session_state["pages"].get(PAGE)
    # Where the page of scenarios is not part of the navigation there is nothing to lead to.
    if page is not None:
        st.page_link(page, label=label, query_params=parameters | ({"b": detail} if detail else {}), icon=icon)


def _store(view: View, plan: Plan, name: str, author: str, note: str) -> None:
    try:
        record = scenario_of(plan, plan.result.provenance.scope, name, author, note)
    except QueryError as error:
        st.warning(view.words.error(error.code, **error.details), icon=":material/edit:")
        return
    with cache.writing() as connection:
        number = store_scenario(connection, **record)
    st.session_state[AUTHOR] = record["author"]
    st.session_state[STORED] = (plan.result.provenance, number, record["name"])
