"""Programs together: the sets that households receive, and how any set of programs reaches those it is meant for."""

from collections.abc import Callable

import streamlit as st

from boundaries.levels import Level
from dashboard import cache, panels, state
from dashboard.class_names import set_name, verdict_of
from dashboard.sections import breakdown_charts
from dashboard.sections.number_table import Row, figure, figures, is_nought, number_table
from dashboard.sections.reach_breakdowns import place_table
from dashboard.state import View
from dashboard.words import Words
from queries.columns import Status
from queries.result import Result

SET = {"household_count": None, "share_rate": "status", "person_count": None}
REACHED = {"any_eligible_count": None, "all_reached_count": None, "some_reached_count": None,
           "none_reached_count": None, "none_rate": "none_status"}  # fmt: skip
CHOICE = "breakdown_programs"


def overlap(view: View) -> None:
    """Draw the households of the chosen wilayah by the set of programs that they receive."""
    words = view.words
    result = cache.answer("overlap", view.own_scope(), view.data_version)
    name, is_clean = panels.own_name(view), is_nought(result, "forbidden_count").iloc[0]
    st.markdown(words("overlap.answer.none" if is_clean else "overlap.answer", name=name,
                      count=figure(result, 0, "forbidden_count", words)))  # fmt: skip
    counts = result.frame["household_count"].fillna(0)
    order = sorted(counts.index[~is_nought(result, "household_count")], key=lambda at: -int(counts[at]))
    chart = breakdown_charts.set_bars(view, result, order)
    with breakdown_charts.beside(chart, (2, 3)):
        heads = [words("overlap.head"), words("overlap.permitted"), *(words(f"number.{column}") for column in SET)]
        names = cache.program_names(view.data_version)
        rows = [
            Row(set_name(result, at, words, names),
                (_permitted(result, at, words), *figures(result, at, SET, words)))
            for at in order
        ]  # fmt: skip
        total = figure(result, 0, "total_household_count", words)
        number_table(heads, [*rows, Row(words("number.total"), ("", total, "", ""), "total")])


def _permitted(result: Result, position: int, words: Words) -> str:
    # A single program is no set that a rule could forbid.
    is_set = " + " in str(result.frame["received"].iloc[position])
    return words(f"overlap.verdict.{verdict_of(result, position)}") if is_set else ""


def chosen_programs(view: View) -> tuple[str, ...]:
    """Return the programs that the address names, in the order of the program table; all on record where none is."""
    known = cache.programs(view.data_version)
    asked = set(view.detail.split("-")[1:])
    return tuple(key for key in known if key in asked) or tuple(filter(_is_on_record(view), known)) or tuple(known)


def _is_on_record(view: View) -> Callable[[str], bool]:
    def is_on_record(program: str) -> bool:
        own = cache.answer("coverage", view.own_scope().at(program=program), view.data_version)
        return own.frame["status"].iloc[0] != Status.no_data

    return is_on_record


def together(view: View) -> None:
    """Draw a choice of programs, and how they reach those who are eligible for at least one of them."""
    words, programs = view.words, cache.programs(view.data_version)
    chosen = chosen_programs(view)
    st.session_state[CHOICE] = list(chosen)
    st.multiselect(
        words("programs.choose"), list(programs), key=CHOICE, format_func=lambda key: programs[key].name,
        on_change=lambda: state.change(b="-".join(["programs", *st.session_state[CHOICE]])),
    )  # fmt: skip
    names = " + ".join(programs[key].name for key in chosen)
    own = cache.answer("program-set", view.own_scope().at(programs=chosen), view.data_version)
    status = own.frame["status"].iloc[0]
    if status in (Status.no_data, Status.not_applicable):
        st.markdown(words(f"programs.{status}", programs=names, name=panels.own_name(view)))
        return
    rate, eligible, none = (
        figure(own, 0, column, words, "none_status")
        for column in ("none_rate", "any_eligible_count", "none_reached_count")
    )
    st.markdown(words("programs.answer", name=panels.own_name(view), programs=names, none=none, eligible=eligible,
                      rate=rate))  # fmt: skip
    scope = view.scope().at(programs=chosen)
    if scope.level > Level.kecamatan:
        st.caption(words("breakdown.not_at_desa"))
        scope = scope.at(level=Level.kecamatan)
    below = cache.answer("program-set", scope, view.data_version)
    place_table(view, below, REACHED, "none_reached_count")
