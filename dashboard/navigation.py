"""The pages and their addresses."""

import streamlit as st

from dashboard.links import DEFAULT_PAGE
from dashboard.pages import (
    coverage_gaps,
    desil_density,
    field_errors,
    model_checks,
    sample_planner,
    targeting_errors,
    what_if,
)
from dashboard.words import Words

RENDERS = {
    "coverage-gaps": (coverage_gaps.render, ":material/layers:"),
    "desil-density": (desil_density.render, ":material/grid_view:"),
    "targeting-errors": (targeting_errors.render, ":material/target:"),
    "what-if": (what_if.render, ":material/compare_arrows:"),
    "field-errors": (field_errors.render, ":material/fact_check:"),
    "model-checks": (model_checks.render, ":material/query_stats:"),
    "sample-planner": (sample_planner.render, ":material/checklist:"),
}
PLANNING = ("sample-planner",)


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
        words("nav.look"): [page for key, page in known.items() if key not in PLANNING],
        words("nav.plan"): [known[key] for key in PLANNING],
    }
    return st.navigation(groups)
