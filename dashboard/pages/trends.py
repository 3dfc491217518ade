"""The page that shows what changed between two months of one register, and month by month."""

from dashboard import filters, panels, state, viewport
from dashboard.sections import trend_flows, trend_lines, trend_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("trends"))
    filters.sidebar(view)
    if view.against is None:
        trend_panels.alone(view)
        return
    result, own = trend_panels.read(view)
    panels.header(view, own, trend_panels.title(view))
    panels.sentence(trend_panels.answer(view, own) + panels.partial(view, result))
    panels.figures(trend_panels.figures(view, own))
    trend_panels.choice(view, own)
    panels.map_and_list(view, result)
    trend_lines.own_lines(view)
    trend_lines.children(view)
    trend_lines.programs(view)
    trend_flows.section(view)
    panels.details(view, result)
    viewport.probe()
