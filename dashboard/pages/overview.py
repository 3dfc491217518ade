"""The page that answers in a minute: who of the poorest receives nothing, where, why, and what changed."""

from dashboard import cache, filters, panels, state, viewport
from dashboard.sections import overview_head, overview_panels, overview_priorities
from queries.columns import Status


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("overview"))
    filters.sidebar(view)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    panels.header(view, result, view.words("overview.title"))
    panels.sentence(overview_head.sentence(view, result))
    has_data = own.status != Status.no_data
    if has_data:
        overview_panels.limits(view)
        panels.figures(overview_head.four_figures(view, own))
    panels.map_and_list(view, result)
    if has_data:
        overview_priorities.draw(view)
    overview_panels.files(view)
    if has_data:
        overview_panels.programs(view)
        overview_panels.changes(view)
        overview_panels.order_and_age(view)
    overview_panels.official(view)
    panels.details(view, result)
    viewport.probe()
