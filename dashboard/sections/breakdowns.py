"""The section "Rincian": what a page's figures are made of, one breakdown at a time for the chosen wilayah."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from boundaries.levels import Level, level_of, parent_of
from dashboard import cache, charts, method, panels, state
from dashboard.downloads import csv_link, csv_links
from dashboard.errors import DashboardError
from dashboard.sections import index_breakdown, leak_breakdown, program_breakdowns, reach_breakdowns
from dashboard.state import View


@dataclass(frozen=True)
class Breakdown:
    """One breakdown: its query, what draws it, its section of the method, the finest level for which it is kept.

    `finest_published` is the finest whose figures are published.
    """

    query: str
    draw: Callable[[View], None]
    method: str
    finest: Level = Level.desa
    has_programs: bool = False
    index_query: str = ""
    finest_published: Level = Level.desa

    def finest_of(self, view: View) -> Level:
        """Return the finest level that a view can show."""
        return min(self.finest, self.finest_published) if view.disclosure == "published" else self.finest


BREAKDOWNS = {
    "causes": Breakdown(
        "inclusion-causes", leak_breakdown.causes, "inclusion-causes", finest_published=Level.kecamatan
    ),
    "desil": Breakdown("coverage-by-desil", reach_breakdowns.by_desil, "coverage"),
    "groups": Breakdown("coverage-by-group", reach_breakdowns.by_group, "groups", Level.kecamatan),
    "order": Breakdown("order", reach_breakdowns.in_order, "order"),
    "overlap": Breakdown("overlap", program_breakdowns.overlap, "overlap", finest_published=Level.kecamatan),
    "programs": Breakdown("program-set", program_breakdowns.together, "overlap", Level.kecamatan, has_programs=True),
    "index": Breakdown("incidence", index_breakdown.incidence, "incidence", index_query="targeting-index"),
}
CHOICE = "breakdown"


def section(view: View) -> None:
    """Draw the choice and the breakdown that is chosen, with its CSV and its card; only that one is computed."""
    words = view.words
    name = view.detail.split("-")[0]
    name = name if name in BREAKDOWNS else next(iter(BREAKDOWNS))
    chosen = BREAKDOWNS[name]
    charts.titled(words, "breakdown.title")
    _choose(view, name)
    if level_of(view.wilayah) > chosen.finest_of(view):
        _offer_kecamatan(view, "breakdown.not_at_desa" if chosen.finest < Level.desa else "breakdown.not_published")
        return
    chosen.draw(view)
    own, below = view.own_scope(), view.scope()
    if below.level > chosen.finest_of(view):
        below = below.at(level=chosen.finest_of(view))
    if chosen.has_programs:
        own, below = (scope.at(programs=program_breakdowns.chosen_programs(view)) for scope in (own, below))
    with st.container(key="breakdown_foot", horizontal=True, vertical_alignment="center", gap="small"):
        csv_links(view, chosen.query, own, below)
        if chosen.index_query:
            csv_link(view, chosen.index_query, below, "action.csv.index")
        _meaning(view, name)


def _choose(view: View, name: str) -> None:
    st.session_state[CHOICE] = name
    st.pills(
        view.words("breakdown.title"), list(BREAKDOWNS), key=CHOICE, required=True, label_visibility="collapsed",
        format_func=lambda key: view.words(f"breakdown.{key}"),
        on_change=lambda: state.change(b=st.session_state[CHOICE]),
    )  # fmt: skip


def _meaning(view: View, name: str) -> None:
    words = view.words
    # Sent only when it is opened, as a section of the method is long.
    place = st.popover(words("breakdown.meaning"), key="breakdown_meaning", on_change="rerun")
    if place.open:
        with place:
            panels.card(words, f"breakdown.{name}", words(f"breakdown.{name}"))
            try:
                st.markdown(method.section(BREAKDOWNS[name].method, view.language))
            except DashboardError as error:
                st.warning(words.error(error.code, **error.details))


def _offer_kecamatan(view: View, reason: str) -> None:
    words, kecamatan = view.words, parent_of(view.wilayah)
    name = cache.path_of(kecamatan, view.data_version)[-1].name
    st.markdown(words(reason))
    st.button(words("breakdown.to_kecamatan", name=name), icon=":material/arrow_upward:",
              on_click=lambda: state.go_to(kecamatan))  # fmt: skip
