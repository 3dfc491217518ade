"""The parts of the program catalogue's page: the table of all programs, their years, and one program in full."""

from datetime import date

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import cache, links, panels, state
from dashboard.panels import Figure
from dashboard.program_text import (
    HEADS,
    benefit_lines,
    conditions_of,
    dates_of,
    in_force_first,
    month_and_year,
    note_of,
    row_of,
    target_of,
)
from dashboard.sections.number_table import figure
from dashboard.state import View
from dashboard.words import ABSENT, Words
from queries.columns import Status
from queries.program_catalogue import CatalogueEntry, Dated
from queries.result import Result

CHOICE, TABLE = "catalogue_program", "catalogue_table"
ROW_HEIGHT = 34
# Pixels that fit a screen of 1,280; a phone shows the first three and scrolls sideways.
WIDTHS = {"program": 136, "target": 112, "benefit": 168, "unit": 72, "dates": 138, "measured": 120, "kind": 118,
          "funding": 82}  # fmt: skip
# Earlier years hold one rule only, and would squeeze the others.
DRAWN_FROM = date(2020, 1, 1)
BASIS_COLOURS = {"register": "#2a8bb0", "list": "#8fc1d4", "application": "#5f6f3a", "assessment": "#e08214",
                 "customer": "#9a8f86"}  # fmt: skip
LINE, BAR = "#b9762f", 24
COVERAGE_PAGE = "coverage-gaps"


def own_result(view: View, program: str) -> Result:
    """Return the coverage of the chosen wilayah by a program, in the program's own unit."""
    return cache.answer("coverage", view.own_scope().at(program=program), view.data_version)


def answer(view: View, entries: list[CatalogueEntry]) -> str:
    """Return in one sentence how many programs there are, are measured and are in force."""
    words = view.words
    return words(
        "catalogue.answer", all=words.number(len(entries)), month=words.month(view.period),
        measured=words.number(sum(entry.is_measured for entry in entries)),
        in_force=words.number(sum(entry.is_in_force for entry in entries)),
    )  # fmt: skip


def table(view: View, entries: list[CatalogueEntry]) -> None:
    """Draw a line for each program; a click in one chooses it."""
    words = view.words
    ordered = in_force_first(entries)
    heads = {head: words(f"catalogue.head.{head}") for head in HEADS}
    frame = pd.DataFrame([row_of(entry, words) for entry in ordered])[list(HEADS)].rename(columns=heads)

    def clicked() -> None:
        cells = st.session_state[TABLE]["selection"]["cells"]
        if cells:
            state.change(b=ordered[cells[0][0]].key)

    config = {heads[head]: st.column_config.TextColumn(width=WIDTHS[head]) for head in HEADS}
    quiet = ["" if entry.is_in_force else "color: #7d8a93" for entry in ordered]
    st.dataframe(
        frame.style.apply(lambda _: quiet), hide_index=True, key=TABLE, on_select=clicked, column_config=config,
        selection_mode="single-cell", row_height=ROW_HEIGHT, height=ROW_HEIGHT * (len(frame) + 1) + 2,
    )  # fmt: skip
    st.caption(words("catalogue.table.note", month=words.month(view.period)))


def timeline(view: View, entries: list[CatalogueEntry]) -> None:
    """Draw the rules of every program as bars over the years, coloured by what they go by."""
    words = view.words
    st.subheader(words("catalogue.timeline"), anchor=False)
    st.altair_chart(timeline_chart(view.period, in_force_first(entries), words), key="catalogue_timeline")
    st.caption(words("catalogue.timeline.note", year=DRAWN_FROM.year, month=words.month(view.period)))


def timeline_chart(on: date, entries: list[CatalogueEntry], words: Words) -> alt.LayerChart:
    """Return the bars; a rule without an end reaches the end of the year of `on`, or of the last year drawn."""
    ends = [rule.valid_to for entry in entries for rule in entry.rules if rule.valid_to]
    until = date(max([on.year, *(end.year for end in ends)]), 12, 31)
    rows = [
        {
            "program": entry.name, "basis": words(f"catalogue.basis.{rule.basis}"),
            "start": max(rule.valid_from, DRAWN_FROM).isoformat(), "end": (rule.valid_to or until).isoformat(),
            "dates": dates_of(rule.valid_from, rule.valid_to, words), "target": target_of(rule, words),
        }
        for entry in entries for rule in entry.rules if (rule.valid_to or until) >= DRAWN_FROM
    ]  # fmt: skip
    labels = {basis: words(f"catalogue.basis.{basis}") for basis in BASIS_COLOURS}
    colour = alt.Color(
        "basis:N", scale=alt.Scale(domain=list(labels.values()), range=list(BASIS_COLOURS.values())),
        legend=alt.Legend(title=None, orient="top", labelLimit=0, columns=2),
    )  # fmt: skip
    years = alt.X("start:T", title=None, axis=alt.Axis(format="%Y", tickCount="year"))
    names = alt.Y("program:N", sort=[entry.name for entry in entries], title=None,
                  axis=alt.Axis(labelLimit=130, labelOverlap=False, ticks=False, domain=False))  # fmt: skip
    bars = alt.Chart(pd.DataFrame(rows)).mark_bar(height=12, stroke="#ffffff", strokeWidth=0.6).encode(
        x=years, x2="end:T", y=names, color=colour,
        tooltip=[alt.Tooltip("program:N", title=words("catalogue.head.program")),
                 alt.Tooltip("dates:N", title=words("catalogue.head.dates")),
                 alt.Tooltip("target:N", title=words("catalogue.head.target"))],
    )  # fmt: skip
    line = alt.Chart(pd.DataFrame({"start": [on.isoformat()]})).mark_rule(color=LINE, strokeDash=[5, 4], size=1.5)
    return alt.layer(bars, line.encode(x="start:T")).properties(height=BAR * len(entries) + 40)


def chosen(view: View, entries: list[CatalogueEntry]) -> CatalogueEntry:
    """Return the program that the address names, else the one of the other pages."""
    by_key = {entry.key: entry for entry in entries}
    return by_key.get(view.detail) or by_key[view.program]


def choose(view: View, entries: list[CatalogueEntry]) -> CatalogueEntry:
    """Draw the choice of a program and return the chosen one."""
    entry = chosen(view, entries)
    names = {one.key: one.name for one in in_force_first(entries)}
    st.session_state[CHOICE] = entry.key
    st.selectbox(
        view.words("catalogue.choose"), list(names), format_func=names.get, key=CHOICE,
        on_change=lambda: state.change(b=st.session_state[CHOICE]), label_visibility="collapsed",
    )  # fmt: skip
    return entry


def head(entry: CatalogueEntry, words: Words) -> None:
    """Draw a program's full name, whose it is, and what it counts."""
    st.subheader(entry.full_name, anchor=False)
    st.caption(words("catalogue.caption", agency=entry.agency, kind=words(f"catalogue.kind.{entry.kind}"),
                     unit=words(f"catalogue.unit.{entry.unit}")))  # fmt: skip


def figures(view: View, entry: CatalogueEntry) -> None:
    """Draw the program's four numbers in the chosen wilayah, in its own unit; or say why there are none."""
    words = view.words
    if not entry.is_measured:
        key = "register" if entry.rule.basis == "register" else "other"
        st.info(words(f"catalogue.unmeasured.{key}"), icon=":material/info:")
        return
    result, name, month = own_result(view, entry.key), panels.own_name(view), words.month(view.period)
    status = str(result.frame["status"].iloc[0])
    if status == Status.no_data:
        st.info(words("catalogue.unmeasured.period", name=name, month=month,
                      first=month_and_year(entry.measured_from, words),
                      last=month_and_year(entry.measured_to, words)), icon=":material/info:")  # fmt: skip
        return
    st.markdown(f"**{words('catalogue.figures', name=links.plain(name), month=month)}**")
    unit = words(f"unit.{entry.unit}.title") if words.language == "id" else words(f"unit.{entry.unit}")
    panels.figures([
        Figure(words("catalogue.figures.eligible", unit=unit), figure(result, 0, "eligible_count", words)),
        Figure(words("catalogue.figures.received", unit=unit), figure(result, 0, "received_count", words)),
        Figure(words("catalogue.figures.reached"), figure(result, 0, "reached_count", words)),
        Figure(words("catalogue.figures.coverage"), figure(result, 0, "coverage_rate", words, "status", is_short=True)),
    ], key="figures_catalogue")  # fmt: skip
    parameters = {name: value for name, value in view.address().items() if name not in ("b", "m")}
    st.page_link(
        st.session_state["pages"][COVERAGE_PAGE], icon=":material/layers:", query_params=parameters | {"t": entry.key},
        label=words("catalogue.figures.link", program=entry.name),
    )  # fmt: skip


def gives(entry: CatalogueEntry, words: Words) -> None:
    """Draw what each member or unit receives, up to how many, and the sources."""
    month = month_and_year(entry.benefits_on, words)
    st.subheader(words("catalogue.gives") if entry.is_in_force else words("catalogue.gives.past", month=month),
                 anchor=False)  # fmt: skip
    if not entry.benefits:
        st.markdown(words("catalogue.no_benefit"))
    lines = []
    for whom, amount, most in benefit_lines(entry, words):
        lines.append(f"- {whom}: **{amount}**" + ("" if most == ABSENT else f", {most}"))
    st.markdown("\n".join(lines))
    for note in dict.fromkeys(note_of(benefit, words) for benefit in entry.benefits):
        st.markdown(links.plain(note))
    sources = dict.fromkeys(benefit.reference for benefit in entry.benefits)
    if sources:
        st.caption(words("catalogue.reference", reference=links.plain("; ".join(sources))))


def meant(entry: CatalogueEntry, words: Words) -> None:
    """Draw whom the program's rule means, in plain words, and what the rule asks beyond the register."""
    st.subheader(words("catalogue.meant"), anchor=False)
    conditions = [*conditions_of(entry.rule, words), words("catalogue.funding", funding=entry.rule.funding)]
    st.markdown("\n".join(f"- {links.plain(line)}" for line in conditions))
    note = note_of(entry.rule, words)
    if note:
        st.markdown(links.plain(note))


def rules(view: View, entry: CatalogueEntry) -> None:
    """Draw the program's dated rules, the newest first, each with its source."""
    words = view.words
    st.subheader(words("catalogue.rules"), anchor=False)
    # The rule in force is told in full under "whom it is for"; a note is told where it changes.
    told = {note_of(entry.rule, words), ""}
    for rule in entry.rules:
        parts = [f"**{dates_of(rule.valid_from, rule.valid_to, words)}**", target_of(rule, words), rule.funding]
        if rule.holds_on(view.period):
            parts.append(words("catalogue.rules.in_force", month=words.month(view.period)))
        note = note_of(rule, words)
        lines = [" · ".join(parts), *([links.plain(note)] if note not in told else []), _source(rule, words)]
        told.add(note)
        st.markdown("  \n".join(lines))


def pairs(entry: CatalogueEntry, words: Words) -> None:
    """Draw with which programs it may and may not go, since when and by what; of others nothing is known."""
    st.subheader(words("catalogue.pairs"), anchor=False)
    for pair in sorted(entry.pairs, key=lambda pair: (not pair.holds_on(entry.on), not pair.is_permitted)):
        key = "catalogue.pairs.permitted" if pair.is_permitted else "catalogue.pairs.forbidden"
        dates = dates_of(pair.valid_from, pair.valid_to, words)
        st.markdown(f"{words(key, name=links.plain(pair.name))} · {dates}  \n{_source(pair, words)}")
    st.caption(words("catalogue.pairs.rest"))


def _source(row: Dated, words: Words) -> str:
    return f":gray[:small[{words('catalogue.reference', reference=links.plain(row.reference))}]]"
