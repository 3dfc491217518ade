"""Why units receive that the rule does not mean: causes with their rupiah, in a chart and in numbers."""

import streamlit as st

from dashboard import cache, panels
from dashboard.class_names import cause_name
from dashboard.questions import mask_of
from dashboard.sections import breakdown_charts
from dashboard.sections.number_table import Row, figures, is_nought, number_table
from dashboard.state import View
from queries.columns import Status
from queries.result import Result

COLUMNS = {"leak_count": None, "share_rate": "status", "leak_idr": None}
TOTALS = {"total_leak_count": None, "total_leak_idr": None}


def causes(view: View) -> None:
    """Draw the causes of inclusion in the chosen wilayah, the most frequent first."""
    words = view.words
    result = cache.answer("inclusion-causes", view.own_scope(), view.data_version)
    if is_nought(result, "total_leak_count").iloc[0]:
        st.markdown(words("causes.none", name=panels.own_name(view), program=panels.program_name(view)))
        return
    order = _largest_first(result)
    st.markdown(_answer(view, result, order))
    if result.frame["status"].iloc[0] == Status.not_applicable:
        st.caption(words("causes.partial"))
    chart = breakdown_charts.cause_bars(view, result, order)
    with breakdown_charts.beside(chart, (1, 1)):
        unit = panels.unit_of(view, title=True)
        heads = [words("causes.head"), unit, words("column.share_rate"), words("number.idr_a_year")]
        rows = [Row(cause_name(result, at, words), figures(result, at, COLUMNS, words)) for at in order]
        count, idr = figures(result, 0, TOTALS, words)
        number_table(heads, [*rows, Row(words("number.total"), (count, "", idr), "total")])


def _largest_first(result: Result) -> list[int]:
    """Return the rows of the causes that occur, the most frequent first and masked ones last."""
    counts = result.frame["leak_count"].fillna(0)
    occurring = counts.index[~is_nought(result, "leak_count")]
    return sorted(occurring, key=lambda at: -int(counts[at]))


def _answer(view: View, result: Result, order: list[int]) -> str:
    words, first = view.words, result.frame.iloc[order[0]]
    name = panels.own_name(view)
    if mask_of(result, "leak_count").iloc[order[0]] or first["status"] != Status.ok:
        return words("causes.answer.few", name=name)
    count, share, idr = figures(result, order[0], COLUMNS, words)
    return words("causes.answer", cause=cause_name(result, order[0], words), count=count, share=share, idr=idr,
                 unit=panels.unit_of(view), name=name)  # fmt: skip
