"""The list of scenarios: what each is in one line, which of them to compare, and what to do without any."""

from html import escape

import streamlit as st

from dashboard import cache, links, panels, state
from dashboard.sections.plan_amounts import short
from dashboard.sections.plan_answer import capital
from dashboard.sections.scenario_form import link
from dashboard.sections.scenario_text import (
    exclusion_text,
    made_at,
    number_of,
    program_asked,
    rule_name,
    unit_name,
)
from dashboard.state import View
from dashboard.words import Words
from queries.result import Result
from queries.scenarios import Scenario, count_withheld, list_scenarios

SHOWN = 20
MOST_COMPARED = 3
TICKED = "scenario_ticked_"


def register_result(view: View) -> Result:
    """Return what the register says in the same place, for the page's badge."""
    return cache.answer("desil-density", view.own_scope().at(request=""), view.data_version)


def read(view: View) -> tuple[list[Scenario], int]:
    """Return the scenarios of the chosen wilayah and below that may be shown, and how many may not."""
    with cache.reading(view.data_version) as connection:
        return (
            list_scenarios(connection, view.wilayah, view.disclosure),
            count_withheld(connection, view.wilayah, view.disclosure),
        )


def answer(view: View, scenarios: list[Scenario], withheld: int) -> str:
    """Return how many scenarios there are, and how many stand on old data; without any, what to do."""
    words, name = view.words, links.plain(panels.own_name(view))
    if not scenarios:
        return words("scenario.empty.withheld" if withheld else "scenario.empty", name=name)
    outdated = sum(one.is_outdated for one in scenarios)
    return words("scenario.answer.list", count=words.number(len(scenarios)), outdated=words.number(outdated), name=name)


def rows(view: View, scenarios: list[Scenario], withheld: int) -> None:
    """Draw the list with a tick for each, and the button that puts the ticked ones beside one another."""
    words = view.words
    if withheld:
        st.caption(words("scenario.withheld", count=words.number(withheld)))
    if not scenarios:
        planning_link(view)
        return
    st.caption(words("scenario.choose"))
    is_long = len(scenarios) > SHOWN
    everything = is_long and st.toggle(words("scenario.more", count=words.number(len(scenarios))), key="scenario_all")
    shown = scenarios if everything else scenarios[:SHOWN]
    ticked = [one for one in shown if st.session_state.get(f"{TICKED}{one.id}")]
    _compare_button(view, ticked)
    programs = cache.program_names(view.data_version)
    for one in shown:
        _row(view, one, programs, is_full=len(ticked) >= MOST_COMPARED and one not in ticked)


def _compare_button(view: View, ticked: list[Scenario]) -> None:
    words = view.words
    is_enough = 2 <= len(ticked) <= MOST_COMPARED
    label = words("scenario.compare.count", count=len(ticked)) if is_enough else words("scenario.compare")

    def compare() -> None:
        # The oldest is what the others are held against, and the map opens where it was made.
        chosen = sorted(ticked, key=lambda one: one.id)
        state.change(b="-".join(str(one.id) for one in chosen), w=chosen[0].wilayah, l=chosen[0].level.name)

    st.button(label, type="primary", disabled=not is_enough, key="scenario_compare", on_click=compare,
              icon=":material/compare_arrows:")  # fmt: skip


def _row(view: View, one: Scenario, programs: dict[str, str], is_full: bool) -> None:
    words = view.words
    name = links.plain(one.name)
    with st.container(key=f"scenario_row_{one.id}", border=True, gap="small"):
        tick, text, numbers = st.columns([0.13, 0.47, 0.4], vertical_alignment="center")
        tick.checkbox(words("scenario.pick", number=links.plain(number_of(one, words))), key=f"{TICKED}{one.id}",
                      disabled=is_full)  # fmt: skip
        with text.container(gap=None):
            link(view, f"**{name}**", str(one.id))
            st.caption(words(
                "scenario.line", author=links.plain(one.author),
                moment=made_at(one.made_at, words), wilayah=links.plain(one.wilayah_name),
                level=words(f"level.{one.level.name}").lower(), program=links.plain(program_asked(one, programs)),
                rule=rule_name(one.rule, words).lower(),
            ))  # fmt: skip
        numbers.html(_numbers(one, words))


def _numbers(one: Scenario, words: Words) -> str:
    told = {
        words("scenario.budget"): short(words, one.budget_idr),
        capital(words("scenario.reached", unit=unit_name(one, words))): words.number(one.effect["planned_count"]),
        words("scenario.exclusion"): exclusion_text(one, words),
    }
    parts = "".join(f"<span><small>{escape(label)}</small><b>{escape(value)}</b></span>"
                    for label, value in told.items())  # fmt: skip
    return f'<div class="scenario-numbers">{parts}{badges(one, words)}</div>'


def badges(one: Scenario, words: Words) -> str:
    """Return the badges of a scenario as HTML: on old data, exported, fictional where the register is not."""
    is_fictional = one.is_fictional and not cache.data_state().is_fictional
    held = {"outdated": one.is_outdated, "exported": one.is_exported, "fictional": is_fictional}
    marks = "".join(
        f'<i class="scenario-badge {name}">{escape(words(f"scenario.badge.{name}"))}</i>'
        for name, is_held in held.items() if is_held
    )
    return f'<span class="scenario-badges">{marks}</span>' if marks else ""


def planning_link(view: View) -> None:
    """Draw the way to the page where a plan is made, where there is one."""
    page = st.session_state["pages"].get("planning")
    if page is not None:
        parameters = {key: value for key, value in view.address().items() if key not in ("b", "m")}
        st.page_link(page, label=view.words("scenario.to_planning"), query_params=parameters,
                     icon=":material/arrow_forward:")  # fmt: skip
