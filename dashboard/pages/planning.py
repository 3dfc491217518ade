"""The page that goes from the gap to a budget: what a ceiling buys, by which rule, and what it leaves."""

import streamlit as st

from dashboard import filters, panels, viewport
from dashboard.sections import (
    plan_address,
    plan_amounts,
    plan_answer,
    plan_basis,
    plan_files,
    plan_frontier,
    plan_inputs,
    plan_rules,
    plan_table,
    scenario_form,
)


def render() -> None:
    """Draw the page."""
    view, ignored = plan_address.read_view()
    filters.sidebar(view)
    plan, error = plan_answer.plan_of(view)
    panels.header(view, plan.result if plan else plan_answer.register_result(view), plan_answer.title(view))
    plan_answer.notes(view, ignored)
    if plan:
        panels.sentence(plan_answer.sentence(view, plan))
        plan_answer.evening(view, plan)
        panels.figures(plan_answer.four_figures(view, plan))
    else:
        plan_answer.refusal(view, error)
    plan_amounts.unread(view.words)
    plan_inputs.inputs(view)
    if plan:
        panels.map_and_list(view, plan.result)
        plan_rules.rules(view, plan)
        frontier = st.container(key="budget_frontier")
        left, right = st.columns(2, gap="medium")
        with right:
            plan_basis.classes(view, plan)
            plan_basis.money_lines(view, plan)
        plan_table.editing(view, plan)
        plan_basis.beyond(view, plan)
        plan_basis.assumptions(view, plan)
        plan_files.files(view, plan)
        scenario_form.store_form(view, plan)
        panels.details(view, plan.result)
        # Fifty other ceilings take longest: whoever reads the plan itself does not wait for them.
        with frontier:
            plan_frontier.frontier(view, plan)
        with left:
            plan_frontier.next_billion(view, plan)
    viewport.probe()
