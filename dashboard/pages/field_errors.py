"""The page that shows, by a verification sample, who is left out and who receives by mistake, and how sure that is."""

from dashboard import cache, filters, panels, state, viewport
from dashboard.sections import field_charts, field_panels


def render() -> None:
    """Draw the page."""
    view = field_panels.fitted(state.read_view(state.question_of("field-errors")))
    words = view.words
    filters.sidebar(view)
    program, name = panels.program_name(view), field_panels.place_name(view)
    title = words("field.title", program=program)
    if field_panels.is_missing(view, program, title):
        return
    own = field_panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    panels.header(view, result, title)
    answer = own.answer(name, program, panels.unit_of(view))
    panels.sentence(answer + field_panels.reach(view, own, result, name))
    if not own.is_empty:
        panels.figures(own.figures())
    field_panels.sample_note(view, own, panels.own_name(view))
    panels.map_and_list(view, result)
    if view.measure.error == "exclusion":
        field_charts.causes(view, result)
    field_charts.ranks(view)
    panels.details(view, result)
    viewport.probe()
