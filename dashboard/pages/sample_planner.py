"""The page that plans a sample: how many households, in how many desa, for an interval of a wanted width."""

from dashboard import filters, panels, state, viewport
from dashboard.sections import planner_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("sample-planner"))
    words = view.words
    filters.sidebar(view)
    error = words(f"planner.error.{planner_panels.request_of(view).measure}")
    title = words("planner.title", error=error, program=panels.program_name(view),
                  level=words(f"level.{view.level.name}").lower())  # fmt: skip
    panels.header(view, planner_panels.register_result(view), title)
    plan = planner_panels.plan_of(view)
    if plan is not None:
        panels.sentence(planner_panels.answer(view, plan))
        panels.figures(planner_panels.figures(view, plan))
    planner_panels.inputs(view)
    if plan is not None:
        panels.map_and_list(view, plan.result)
        planner_panels.cost_chart(view, plan)
        planner_panels.sample_download(view, plan)
        planner_panels.assumptions(view, plan)
        panels.details(view, plan.result)
    viewport.probe()
