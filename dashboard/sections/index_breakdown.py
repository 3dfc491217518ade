"""Advanced measures of a program: who gets what by desil, and the indices that are made of it, with their limits."""

import streamlit as st

from dashboard import cache, panels
from dashboard.changes import points
from dashboard.class_names import desil_name
from dashboard.panels import Figure
from dashboard.sections import breakdown_charts
from dashboard.sections.number_table import Row, figure, figures, meant, number_table
from dashboard.state import View
from queries.columns import Status
from queries.result import Result

SHARES = {"received_count": None, "recipient_share_rate": "status", "received_idr": None,
          "benefit_share_rate": "benefit_status", "population_share_rate": "population_status"}  # fmt: skip
INDICES = ("cgh_rate", "targeting_differential_rate", "adequacy_rate")


def incidence(view: View) -> None:
    """Draw the indices, then recipients, rupiah and population by desil; the formulas with their limits are closed."""
    words = view.words
    index = cache.answer("targeting-index", view.own_scope(), view.data_version)
    st.caption(words("index.note"))
    panels.figures(_figures(view, index), "figures_index")
    result = cache.answer("incidence", view.own_scope(), view.data_version)
    chart = breakdown_charts.share_bars(view, result)
    with breakdown_charts.beside(chart, (2, 3)):
        columns = meant(result, SHARES)
        heads = [words("filter.desil"), *(words(f"number.{column}") for column in columns)]
        rows = [
            Row(desil_name(result, at, words), figures(result, at, columns, words)) for at in range(len(result.frame))
        ]
        number_table(heads, rows)
    if len(columns) < len(SHARES):
        st.caption(words("index.partial"))
    with st.expander(words("index.formulas")):
        for name in INDICES:
            panels.card(words, name, words(f"index.{name}"))


def _figures(view: View, index: Result) -> list[Figure]:
    words, row = view.words, index.frame.iloc[0]

    def said(name: str, text: str, parts: str) -> Figure:
        status = str(row[name.replace("_rate", "_status")])
        if status != Status.ok:
            return Figure(words(f"index.{name}"), words(f"status.{status}"))
        return Figure(words(f"index.{name}"), text, parts)

    differential = row["targeting_differential_rate"]
    poorest, other = (
        figure(index, 0, f"{part}_coverage_rate", words, f"{part}_coverage_status") for part in ("poorest", "other")
    )
    benefit = figure(index, 0, "poorest_benefit_rate", words)
    population = figure(index, 0, "poorest_population_rate", words, "population_status")
    return [
        said("cgh_rate", words.number(row["cgh_rate"], 2),
             words("index.cgh.parts", benefit=benefit, population=population)),
        said("targeting_differential_rate", words("points", points=points(differential, words)),
             words("index.differential.parts", poorest=poorest, other=other)),
        said("adequacy_rate", words.percent(row["adequacy_rate"]), words("index.adequacy.parts")),
    ]  # fmt: skip
