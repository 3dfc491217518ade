"""The page that shows where those who should receive a program do not."""

import streamlit as st

from dashboard import cache, charts, filters, panels, state, viewport
from dashboard.panels import Figure
from dashboard.sections import neighbour_charts


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("coverage-gaps"))
    words = view.words
    filters.sidebar(view)
    own = panels.Own(view)
    result = cache.answer(view.question.key, view.scope(), view.data_version)
    names = {"program": panels.program_name(view), "unit": panels.unit_of(view), "name": panels.own_name(view)}
    title = words("coverage.title", program=names["program"], unit=panels.unit_of(view, title=True))
    panels.header(view, result, title)
    if not panels.empty(view, own):
        answer = words(
            "coverage.answer", gap=own.count("gap_count"), eligible=own.count("eligible_count"),
            rate=words.percent(own.value("exclusion_rate")), **names,
        )  # fmt: skip
        panels.sentence(answer + panels.half(view, result) + panels.partial(view, result))
        panels.figures(_figures(own))
    panels.map_and_list(view, result)
    causes, beside = st.columns(2, gap="medium")
    with causes:
        charts.gap_causes(view, result)
    with beside:
        neighbour_charts.among_neighbours(view, "exclusion_rate")
    panels.details(view, result)
    viewport.probe()


def _figures(own: panels.Own) -> list[Figure]:
    words = own.words
    chosen = [
        Figure(words("coverage.gap"), own.count("gap_count"), own.change("gap_count"), "inverse"),
        Figure(words("coverage.rate", part=own.count("reached_count"), whole=own.count("eligible_count")),
               words.percent(own.value("coverage_rate")),
               own.change("coverage_rate", "rate"), "normal"),
    ]  # fmt: skip
    misallocated = ("misallocated_count", "coverage.misallocated")
    if own.has("no_quota_count"):
        return chosen + _causes(own, ("no_quota_count", "coverage.no_quota"), misallocated)
    if own.has("too_few_places_count"):
        return chosen + _causes(own, ("too_few_places_count", "coverage.too_few"), misallocated)
    share = own.share("reached_count", "received_count")
    return [
        *chosen,
        Figure(words("coverage.idr"), words.rupiah(own.value("gap_idr")), words("share.a_year")),
        Figure(words("coverage.received"), own.count("received_count"),
               words("coverage.received.share", share=share) if share else None),
    ]  # fmt: skip


def _causes(own: panels.Own, *causes: tuple[str, str]) -> list[Figure]:
    shares = {column: own.share(column, "gap_count") for column, _ in causes}
    return [
        Figure(own.words(key), own.count(column),
               own.words("share.of_gap", share=shares[column]) if shares[column] else None)
        for column, key in causes
    ]  # fmt: skip
