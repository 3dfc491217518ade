"""One stored scenario: its answer, its figures, every rule of its request, its assumptions, rows and sources."""

import pandas as pd
import streamlit as st

from dashboard import cache, links, listing
from dashboard.panels import Figure
from dashboard.sections.number_table import Row, number_table
from dashboard.sections.plan_amounts import short
from dashboard.sections.plan_answer import capital
from dashboard.sections.scenario_form import link
from dashboard.sections.scenario_list import badges
from dashboard.sections.scenario_text import (
    EFFECT,
    assumption_name,
    assumptions_of,
    count_texts,
    effect_name,
    effect_text,
    made_at,
    rule_name,
    unit_name,
)
from dashboard.state import View
from queries.result import Provenance, Result
from queries.scenarios import Scenario, StoredScenario, read_scenario


def read(view: View, scenario_id: int) -> StoredScenario:
    """Return a stored scenario that this view may show; raises as queries.scenarios.read_scenario."""
    with cache.reading(view.data_version) as connection:
        return read_scenario(connection, scenario_id, view.disclosure)


def as_result(stored: StoredScenario) -> Result:
    """Return a scenario's rows with the files that they rested on, for the page's badge."""
    one = stored.scenario
    origin = Provenance("plan", one.scope, "", one.sources, len(stored.lines), one.data_version)
    return Result(stored.lines, origin)


def answer(view: View, stored: StoredScenario) -> str:
    """Return what the scenario reaches, in one sentence."""
    words, one = view.words, stored.scenario
    effect = one.effect
    return words(
        "scenario.answer", planned=words.number(effect["planned_count"]),
        need=words.number(one.summary["need_count"]), unit=unit_name(one, words), name=links.plain(one.wilayah_name),
        budget=short(words, one.budget_idr), before=words.percent(effect["exclusion_before"]),
        after=words.percent(effect["exclusion_after"]),
    )  # fmt: skip


def figures(view: View, stored: StoredScenario) -> list[Figure]:
    """Return the four figures of a scenario."""
    words, one = view.words, stored.scenario
    effect, need = one.effect, one.summary["need_count"]
    spent = sum(effect[name] for name in ("benefit_idr", "desa_cost_idr", "administration_idr"))
    expected, lower, upper = map(words.number, effect["expected"])
    return [
        Figure(capital(words("scenario.reached", unit=unit_name(one, words))), words.number(effect["planned_count"]),
               base=words("scenario.planned.share", share=words.percent(effect["planned_count"] / need))),
        Figure(words("scenario.left"), words.number(need - effect["planned_count"]),
               base=words("scenario.left.of", need=words.number(need))),
        Figure(words("scenario.expected"), expected,
               base=words("scenario.expected.interval", lower=lower, upper=upper)),
        Figure(words("scenario.spent"), words.rupiah(spent),
               base=words("scenario.spent.rest", rest=words.rupiah(effect["remainder_idr"]))),
    ]  # fmt: skip


def standing(view: View, one: Scenario) -> None:
    """Say who made a scenario of which data, what it is based on, and that it is outdated or exported."""
    words = view.words
    if badges(one, words):
        st.html(badges(one, words))
    st.caption(words(
        "scenario.made", author=links.plain(one.author), moment=made_at(one.made_at, words),
        period=words.month(one.period), version=one.data_version, disclosure=words(f"disclosure.{one.disclosure}"),
    ))  # fmt: skip
    if one.note:
        st.markdown(words("scenario.note", note=links.plain(one.note)))
    if one.is_outdated:
        st.warning(words("scenario.is.outdated"), icon=":material/history:")
    if one.is_exported:
        st.info(words("scenario.is.exported", moment=made_at(one.exported_at, words)), icon=":material/lock:")
    if one.based_on_id is not None:
        number = words("scenario.number", id=one.based_on_id)
        with st.container(horizontal=True, vertical_alignment="center", gap="small", key="scenario_based"):
            st.caption(words("scenario.is.based", number=number))
            link(view, words("scenario.is.based.compare", number=number), f"{one.based_on_id}-{one.id}")


def rules(view: View, one: Scenario) -> None:
    """Draw the stored effect of every rule beside the chosen one."""
    words = view.words
    st.subheader(words("scenario.rules"), anchor=False)
    effects, order = one.summary["rules"], one.summary["effects"]
    heads = [words("scenario.rules.chosen", rule=rule_name(rule, words)) if rule == one.rule
             else rule_name(rule, words) for rule in order]  # fmt: skip
    lines = []
    for name in EFFECT:
        cells = tuple(effect_text(name, effects[rule], words) for rule in order)
        if any(effects[rule].get(name) is not None for rule in order):
            kind = "total" if name == "planned_count" else ""
            lines.append(Row(effect_name(name, one.level.name, words), cells, kind))
    number_table([words("scenario.figure"), *heads], lines)


def assumptions(view: View, one: Scenario) -> None:
    """Draw what the plan was asked for."""
    words = view.words
    st.subheader(words("scenario.assumptions"), anchor=False)
    told = assumptions_of(one, words, cache.program_names(view.data_version))
    number_table([words("scenario.figure"), ""], [Row(assumption_name(name, one.level.name, words), (text,))
                                                  for name, text in told.items()])  # fmt: skip


def lines(view: View, stored: StoredScenario) -> None:
    """Draw the stored rows, the largest first, and the files that they rested on."""
    words, one = view.words, stored.scenario
    st.subheader(words("scenario.lines", level=words(f"level.{one.level.name}").lower()), anchor=False)
    order = stored.lines["planned_count"].sort_values(ascending=False, kind="stable").index
    frame, small = stored.lines.loc[order], stored.is_small.loc[order]
    shown = frame.head(listing.ROWS_LIMIT)
    columns = {words("column.kode"): shown["kode"], words("column.name"): shown["name"]}
    for name in ("need_count", "planned_count", "uncovered_count", "amount_idr"):
        columns[words(f"column.{name}")] = count_texts(shown[name], small.get(name), words)
    st.dataframe(pd.DataFrame(columns), hide_index=True, key="scenario_lines")
    if len(frame) > len(shown):
        st.caption(words("list.cut.plain", shown=words.number(len(shown)), all=words.number(len(frame))))
    if one.summary["no_data"]:
        st.caption(words("scenario.no_data", count=words.number(len(one.summary["no_data"]))))
    with st.expander(words("scenario.sources")):
        for source in one.sources:
            told = (source.file_name, source.publisher, str(source.vintage or ""),
                    words.month(source.period) if source.period else "", source.licence)  # fmt: skip
            st.caption(links.plain(" · ".join(part for part in told if part)))
