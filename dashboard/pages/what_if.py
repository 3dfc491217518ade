"""The page that puts another rule, or another register, beside the one in force."""

from dashboard import filters, panels, state, viewport
from dashboard.sections import comparison_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("what-if"))
    filters.sidebar(view)
    title = view.words(f"other.title.{comparison_panels.mode_of(view)}", program=panels.program_name(view))
    panels.header(view, comparison_panels.register_result(view), title)
    read = comparison_panels.read(view)
    if read is not None:
        result, own = read
        panels.sentence(comparison_panels.answer(view, own) + panels.partial(view, result))
        panels.figures(comparison_panels.figures(view, own))
    comparison_panels.choice(view)
    if read is not None:
        comparison_panels.notes(view)
        panels.map_and_list(view, result)
        comparison_panels.both_sides(view, own)
        panels.details(view, result)
    viewport.probe()
