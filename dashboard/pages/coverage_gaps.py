"""The page that shows where those who should receive a program do not."""

from dashboard import cache, charts, filters, panels, state, viewport
from dashboard.panels import Figure


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("coverage-gaps"))
    words = view.words
    filters.sidebar(view)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    names = {"program": panels.program_name(view), "unit": panels.unit_of(view), "name": panels.own_name(view)}
    panels.header(view, words("coverage.title", program=names["program"], unit=panels.unit_of(view, title=True)))
    if not panels.empty(view, own):
        answer = words(
            "coverage.answer", gap=own.count("gap_count"), eligible=own.count("eligible_count"),
            rate=words.percent(own.value("gap_rate")), **names,
        )  # fmt: skip
        panels.sentence(answer + panels.half(view))
        panels.figures(_figures(own))
    panels.map_and_list(view, result)
    charts.gap_causes(view, result)
    panels.details(view, result)
    viewport.probe()


def _figures(own: panels.Own) -> list[Figure]:
    words = own.words
    has_quota = own.value("no_quota_count") is not None
    places, label = ("no_quota_count", "no_quota") if has_quota else ("too_few_places_count", "too_few")
    chosen = [
        Figure(words("coverage.gap"), own.count("gap_count"), own.change("gap_count"), "inverse"),
        Figure(words("coverage.rate"), words.percent(own.value("coverage_rate")),
               own.change("coverage_rate", "rate"), "normal"),
    ]  # fmt: skip
    for column, key in ((places, label), ("misallocated_count", "misallocated")):
        share = own.share(column, "gap_count")
        change = words("share.of_gap", share=share) if share else None
        chosen.append(Figure(words(f"coverage.{key}"), own.count(column), change, has_arrow=False))
    return chosen
