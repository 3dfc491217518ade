"""The page of the status words and kinds of social need that the sources wrote, as counts by wilayah."""

from dashboard import cache, filters, panels, state, viewport
from dashboard.sections import kinds_panels


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("register-kinds"))
    filters.sidebar(view)
    kinds = kinds_panels.known_kinds(view)
    if not kinds:
        kinds_panels.nothing(view)
        kinds_panels.no_words(view, kinds)
        kinds_panels.about(view)
        viewport.probe()
        return
    view = kinds_panels.fitted(view, kinds)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    panels.header(view, result, kinds_panels.title(view))
    panels.sentence(kinds_panels.answer(view, own) + panels.partial(view, result))
    kinds_panels.no_words(view, kinds)
    kinds_panels.choose(view, kinds)
    panels.map_and_list(view, result)
    kinds_panels.every_word(view)
    kinds_panels.every_kind(view)
    kinds_panels.about(view)
    panels.details(view, result)
    viewport.probe()
