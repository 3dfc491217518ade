"""The page that shows where the households of chosen desil live."""

from dashboard import cache, charts, filters, panels, state, viewport
from dashboard.panels import Figure


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("desil-density"))
    words = view.words
    filters.sidebar(view)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    desil = words.desil(view.desil)
    inner = desil[0].lower() + desil[1:]
    panels.header(view, result, words("density.title", desil=inner))
    if not panels.empty(view, own):
        panels.sentence(
            words(
                "density.answer", name=panels.own_name(view), count=own.count("household_count"), desil=inner,
                total=own.count("total_household_count"), rate=words.percent(own.value("share_rate")),
                persons=own.count("person_count"),
            )
            + panels.partial(view, result)
        )  # fmt: skip
        panels.figures(
            [
                Figure(words("density.count", desil=inner), own.count("household_count"),
                       own.change("household_count")),
                Figure(words("density.share"), words.percent(own.value("share_rate")),
                       own.change("share_rate", "rate")),
                Figure(words("density.persons", desil=inner), own.count("person_count"), own.change("person_count")),
                Figure(words("density.per_km2"), words.number(own.value("household_per_km2"), 1),
                       own.change("household_per_km2", "per_km2")),
            ]
        )  # fmt: skip
    panels.map_and_list(view, result)
    charts.desil_bars(view)
    panels.details(view, result)
    viewport.probe()
