"""What can be done with a stored scenario: open it in planning, run it again, take it along, delete it."""

import streamlit as st

from dashboard import cache, links, state
from dashboard.addresses import Asked
from dashboard.sections.plan_address import pinned
from dashboard.sections.scenario_form import AUTHOR, author_input, link
from dashboard.sections.scenario_text import made_at, number_of
from dashboard.state import View
from geo.errors import GeoError
from geo.scenario_write import delete_scenario, store_scenario
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.scenario_comparison import Comparison
from queries.scenarios import Scenario, plan_again

DELETED = "scenario_deleted"
FILES = ("xlsx", "pdf")


def actions(view: View, one: Scenario) -> None:
    """Draw the ways on from a scenario in one row."""
    words = view.words
    with st.container(key="scenario_actions", horizontal=True, gap="small"):
        link(view, words("scenario.back"), "", icon=":material/arrow_back:")
        _open(view, one)
        with st.popover(words("scenario.export"), icon=":material/download:"):
            export_links(view, one)
        with st.popover(words("scenario.again"), icon=":material/refresh:"):
            _run_again(view, one)
        if not one.is_exported:
            with st.popover(words("scenario.delete"), icon=":material/delete:"):
                _delete(view, one)
    if one.period not in view.periods:
        st.caption(words("scenario.open.gone", period=words.month(one.period)))


def export_links(view: View, scenario: Scenario) -> None:
    """Draw the links to the files of a stored scenario; whoever answers them marks it as exported.

    Their token is that of part `scenario`, its measure the scenario's id.
    """
    words = view.words
    if scenario.is_exported:
        st.caption(words("scenario.is.exported", moment=made_at(scenario.exported_at, words)))
    else:
        st.caption(words("scenario.export.what"))
    asked = Asked("scenario", "scenarios", str(scenario.id), scenario.scope, view.language, view.data_version)
    token = cache.signer().token(asked)
    for kind in FILES:
        st.link_button(words(f"scenario.export.{kind}"), f"/scenarios/{token}.{kind}", width="stretch")


def back(view: View, compared: Comparison) -> None:
    """Draw the ways from a comparison to the list and to each of its scenarios."""
    with st.container(key="scenario_actions", horizontal=True, gap="small"):
        link(view, view.words("scenario.back"), "", icon=":material/arrow_back:")
        for one in compared.scenarios:
            name = f"{number_of(one.scenario, view.words)} · {one.scenario.name}"
            link(view, links.plain(name), str(one.scenario.id))


def deleted(view: View) -> None:
    """Say once which scenario was deleted."""
    number = st.session_state.pop(DELETED, None)
    if number is not None:
        st.success(view.words("scenario.deleted", number=view.words("scenario.number", id=number)))


def _open(view: View, one: Scenario) -> None:
    page = st.session_state["pages"].get("planning")
    if page is None or one.period not in view.periods:
        return
    parameters = view.address(wilayah=one.wilayah, level=one.level) | {"p": f"{one.period:%Y-%m}", "t": one.program}
    parameters.pop("m", None)
    # A stored benefit stays, whatever the catalogue says of the program, and so does a request that is the first one.
    parameters["b"] = pinned(PlanRequest.parse(one.request))
    if one.scope.truth:
        parameters["f"] = f"{one.scope.truth}.{one.scope.frame}"
    if view.may_choose_disclosure and one.disclosure == "published":
        parameters["d"] = "published"
    st.page_link(page, label=view.words("scenario.open"), query_params=parameters, icon=":material/open_in_new:")


def _run_again(view: View, one: Scenario) -> None:
    words = view.words
    st.caption(words("scenario.again.what"))
    author = author_input(st, view, "scenario_again_by")
    if not st.button(words("scenario.again.button"), type="primary", key="scenario_again"):
        return
    try:
        with cache.reading(view.data_version) as connection:
            record = plan_again(connection, one, author, view.disclosure)
    except QueryError as error:
        st.warning(words.error(error.code, **error.details), icon=":material/edit:")
        return
    with cache.writing() as connection:
        number = store_scenario(connection, **record)
    st.session_state[AUTHOR] = record["author"]
    state.change(b=f"{one.id}-{number}")
    st.rerun()


def _delete(view: View, one: Scenario) -> None:
    words = view.words
    st.caption(words("scenario.delete.what", number=links.plain(f"“{one.name}”")))
    if st.button(words("scenario.delete.button"), type="primary", key="scenario_delete"):
        try:
            with cache.writing() as connection:
                delete_scenario(connection, one.id)
        except GeoError as error:
            st.warning(words.error(error.code, **error.details), icon=":material/lock:")
            return
        st.session_state[DELETED] = one.id
        state.change(b=None)
        st.rerun()
