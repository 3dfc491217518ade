"""Programs together: the sets that households receive, and how any set of programs reaches those it is meant for."""

import streamlit as st

from boundaries.levels import Level
from dashboard import breakdown_charts, cache, panels, state
from dashboard.number_table import Row, figure, figures, is_nought, number_table
from dashboard.reach_breakdowns import place_table
from dashboard.state import View
from dashboard.words import is_absent
from dashboard.words.reports import CLASSES
from queries.columns import Status
from queries.result import Result

SET = {"household_count": None, "share_rate": "status", "person_count": None}
REACHED = {"any_eligible_count": None, "all_reached_count": None, "some_reached_count": None,
           "none_reached_count": None, "none_rate": "status"}  # fmt: skip
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
    left, right = st.columns([2, 3], gap="medium")
    with left:
        breakdown_charts.set_bars(view, result, order)
    with right:
        heads = [words("overlap.head"), words("overlap.permitted"), *(words(f"number.{column}") for column in SET)]
        rows = [Row(set_name(view, result, at), (permitted_text(view, result, at), *figures(result, at, SET, words)))
                for at in order]  # fmt: skip
        total = figure(result, 0, "total_household_count", words)
        number_table(heads, [*rows, Row(words("number.total"), ("", total, "", ""), "total")])


def set_name(view: View, result: Result, position: int) -> str:
    """Return the names of the programs of a row's set."""
    keys = str(result.frame["received"].iloc[position])
    if not keys:
        return CLASSES["received"][""][view.words.language]
    programs = cache.programs(view.data_version)
    return " + ".join(programs[key].name for key in keys.split(" + "))


def permitted_text(view: View, result: Result, position: int) -> str:
    """Return whether the rule permits a row's set: yes, no, not known; nothing where it is no set of several."""
    value = result.frame["is_permitted"].iloc[position]
    if " + " not in str(result.frame["received"].iloc[position]):
        return ""
    return CLASSES["is_permitted"]["" if is_absent(value) else str(bool(value))][view.words.language]


def chosen_programs(view: View) -> tuple[str, ...]:
    """Return the programs that the address names, in the order of the program table; all of them where it names none."""
    known = cache.programs(view.data_version)
    asked = set(view.detail.split("-")[1:])
    return tuple(key for key in known if key in asked) or tuple(known)


def together(view: View) -> None:
    """Draw a choice of programs, and how they reach those who are eligible for at least one of them."""
    words, programs = view.words, cache.programs(view.data_version)
    chosen = chosen_programs(view)
    st.session_state[CHOICE] = list(chosen)
    st.multiselect(
        words("programs.choose"), list(programs), key=CHOICE, format_func=lambda key: programs[key].name,
        on_change=lambda: state.change(b="-".join(["programs", *st.session_state[CHOICE]])),
    )  # fmt: skip
    names = ", ".join(programs[key].name for key in chosen)
    own = cache.answer("program-set", view.own_scope().at(programs=chosen), view.data_version)
    status = own.frame["status"].iloc[0]
    if status in (Status.no_data, Status.not_applicable):
        st.markdown(words(f"programs.{status}", programs=names, name=panels.own_name(view)))
        return
    rate, eligible, none = (
        figure(own, 0, column, words, "status") for column in ("none_rate", "any_eligible_count", "none_reached_count")
    )
    st.markdown(words("programs.answer", name=panels.own_name(view), programs=names, none=none, eligible=eligible,
                      rate=rate))  # fmt: skip
    scope = view.scope().at(programs=chosen)
    if scope.level > Level.kecamatan:
        st.caption(words("breakdown.not_at_desa"))
        scope = scope.at(level=Level.kecamatan)
    below = cache.answer("program-set", scope, view.data_version)
    place_table(view, below, REACHED, "none_reached_count")
