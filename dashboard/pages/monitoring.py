"""The page on which every provinsi or kabupaten can be followed at once, sorted by need or by change."""

from dashboard import cache, filters, panels, state
from dashboard.sections import monitoring_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("monitoring"))
    monitoring_panels.follow_click(view)
    filters.sidebar(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    panels.header(view, result, monitoring_panels.title(view))
    panels.sentence(monitoring_panels.answer(view, result))
    monitoring_panels.controls(view, result)
    monitoring_panels.sheet(view, result)
    monitoring_panels.legend(view, result)
    monitoring_panels.details(view)
