"""The page that shows how the small areas were estimated, and whether that model may be trusted."""

import streamlit as st

from dashboard import filters, panels, state, viewport
from dashboard.sections import field_panels, model_charts, model_panels
from dashboard.sections.model_charts import titled
from queries.stats.disclosure import SMALLEST_SHOWN


def render() -> None:
    """Draw the page."""
    view = state.read_view(state.question_of("model-checks"))
    words = view.words
    filters.sidebar(view)
    program = panels.program_name(view)
    title = words("model.title", program=program)
    if field_panels.is_missing(view, program, title):
        return
    error = model_panels.error_of(view)
    checks = model_panels.read_checks(view, error)
    panels.header(view, checks, title)
    model_panels.choose_error(view)
    panels.sentence(model_panels.answer(checks.report, program, error, words))
    areas = model_charts.sampled(checks.areas, view.wilayah)
    if checks.report["is_model_used"] and len(areas):
        panels.figures(model_panels.figures(checks, words))
        _charts(_published(view, areas), words)
        _tables(view, checks.report, words)
    viewport.probe()


def _published(view, areas):
    """Return the areas whose own figures this disclosure tells, and say how many it does not."""
    if view.disclosure != "published":
        return areas
    told = model_charts.sampled(areas, view.wilayah, SMALLEST_SHOWN)
    if len(told) < len(areas):
        count, least = (view.words.number(value) for value in (len(areas) - len(told), SMALLEST_SHOWN))
        st.caption(view.words("model.published", count=count, least=least))
    return told


def _charts(areas, words) -> None:
    if areas.empty:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        titled("against", words, model_charts.direct_against_model(areas, words))
        titled("residuals", words, model_charts.residuals(areas, words))
    with right:
        titled("shrinkage", words, model_charts.shrinkage(areas, words))
        titled("normal", words, model_charts.normal_plot(areas, words))


def _tables(view, report: dict, words) -> None:
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(words("model.covariates.title"), anchor=False)
        st.dataframe(model_charts.coefficients(report, words), hide_index=True, key="coefficients")
        st.caption(" ".join(filter(None, (words("model.covariates.note"), model_panels.left_out(report, words)))))
    rows = model_charts.benchmark_rows(report, model_panels.names_above(view), words)
    with right:
        if len(rows) > 1:
            titled("benchmark", words, model_charts.benchmarks(rows, words))
        for row in rows if len(rows) == 1 else []:
            st.subheader(words("model.benchmark.title"), anchor=False)
            st.markdown(words("model.benchmark.few", name=row["name"], factor=row["text"]))
    st.subheader(words("model.tried.title"), anchor=False)
    st.dataframe(model_charts.tried_sets(report, words), hide_index=True, key="tried")
    st.caption(model_panels.values_note(report, words))
