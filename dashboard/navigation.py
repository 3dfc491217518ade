"""The pages and their addresses."""

import streamlit as st

from dashboard.links import DEFAULT_PAGE
from dashboard.pages import (
    boundaries,
    coverage_gaps,
    desil_density,
    field_errors,
    hot_spots,
    model_checks,
    monitoring,
    overview,
    planning,
    program_catalogue,
    register_kinds,
    sample_planner,
    scenarios,
    shocks,
    targeting_errors,
    trends,
    what_if,
)
from dashboard.words import Words

RENDERS = {
    "overview": (overview.render, ":material/dashboard:"),
    "monitoring": (monitoring.render, ":material/table_chart:"),
    "coverage-gaps": (coverage_gaps.render, ":material/layers:"),
    "desil-density": (desil_density.render, ":material/grid_view:"),
    "targeting-errors": (targeting_errors.render, ":material/target:"),
    "hot-spots": (hot_spots.render, ":material/local_fire_department:"),
    "trends": (trends.render, ":material/trending_up:"),
    "what-if": (what_if.render, ":material/compare_arrows:"),
    "field-errors": (field_errors.render, ":material/fact_check:"),
    "model-checks": (model_checks.render, ":material/query_stats:"),
    "register-kinds": (register_kinds.render, ":material/label:"),
    "program-catalogue": (program_catalogue.render, ":material/menu_book:"),
    "planning": (planning.render, ":material/payments:"),
    "sample-planner": (sample_planner.render, ":material/checklist:"),
    "scenarios": (scenarios.render, ":material/difference:"),
    "shocks": (shocks.render, ":material/flood:"),
    "boundaries": (boundaries.render, ":material/map:"),
}
PLANNING = ("planning", "sample-planner", "scenarios", "shocks")
DATA = ("boundaries",)


def pages(words: Words) -> dict:
    """Return Streamlit's pages by question."""
    return {
        key: st.Page(render, title=words(f"page.{key}"), icon=icon, url_path=key, default=key == DEFAULT_PAGE)
        for key, (render, icon) in RENDERS.items()
    }


def choose(words: Words):
    """Draw the navigation in the sidebar and return the page that the address names."""
    known = pages(words)
    st.session_state["pages"] = known
    groups = {
        words("nav.look"): [page for key, page in known.items() if key not in (*PLANNING, *DATA)],
        words("nav.plan"): [known[key] for key in PLANNING],
        words("nav.data"): [known[key] for key in DATA],
    }
    # Folded, the last pages would hide behind a button in English.
    return st.navigation(groups, expanded=True)
