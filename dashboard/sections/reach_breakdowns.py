"""Who is reached and who is not: by desil, by who the family is, and in which order among the poor."""

import streamlit as st

from dashboard import cache, panels
from dashboard.class_names import class_name, desil_name, dimension_name
from dashboard.questions import mask_of
from dashboard.sections import breakdown_charts
from dashboard.sections.number_table import Row, figures, is_nought, meant, number_table
from dashboard.state import View
from queries.columns import Status
from queries.result import Result

REACH = {"eligible_count": None, "reached_count": None, "gap_count": None, "exclusion_rate": "status",
         "leak_count": None}  # fmt: skip
AMOUNTS = {"gap_idr": None, "leak_idr": None}
ORDER = {"poorest_eligible_count": None, "poorest_gap_count": None, "later_reached_count": None,
         "out_of_order_count": "status", "out_of_order_rate": "status"}  # fmt: skip
ROWS_SHOWN = 12


def by_desil(view: View) -> None:
    """Draw who is eligible, reached, left out and receiving without being eligible in each desil."""
    words = view.words
    result = cache.answer("coverage-by-desil", view.own_scope(), view.data_version)
    st.markdown(words("desil.answer", name=panels.own_name(view), unit=panels.unit_of(view),
                      mark=words("status.not_applicable.short")))  # fmt: skip
    chart = breakdown_charts.desil_bars(view, result)
    with breakdown_charts.beside(chart, (1, 2)):
        columns = REACH | AMOUNTS
        rows = [
            Row(desil_name(result, at, words), figures(result, at, columns, words, is_short=True))
            for at in range(len(result.frame))
        ]
        number_table([words("filter.desil"), *(words(f"number.{column}") for column in columns)], rows)


def by_group(view: View) -> None:
    """Draw exclusion by sex of the head, elderly and disabled members and size of the family, with the counts."""
    words = view.words
    result = cache.answer("coverage-by-group", view.own_scope(), view.data_version)
    st.markdown(words("groups.answer", name=panels.own_name(view), program=panels.program_name(view)))
    chart = breakdown_charts.group_bars(view, result)
    with breakdown_charts.beside(chart, (2, 3)):
        rows, empty = [], is_nought(result, "eligible_count", "received_count")
        for at, dimension in enumerate(result.frame["dimension"]):
            if at == 0 or dimension != result.frame["dimension"].iloc[at - 1]:
                rows.append(Row(dimension_name(result, at, words), kind="title"))
            if not empty.iloc[at]:
                rows.append(Row(class_name(result, at, words), figures(result, at, REACH, words)))
        number_table([words("groups.head"), *(words(f"number.{column}") for column in REACH)], rows)


def in_order(view: View) -> None:
    """Draw how many of desil 1 are left out while others of desil 3 and 4 receive, for each wilayah of the map."""
    words = view.words
    own = cache.answer("order", view.own_scope(), view.data_version)
    texts = dict(zip(ORDER, figures(own, 0, ORDER, words), strict=True))
    is_known = own.frame["status"].iloc[0] == Status.ok or mask_of(own, "out_of_order_count").iloc[0] != ""
    key = "order.answer" if is_known else "order.answer.below"
    st.markdown(words(key, name=panels.own_name(view), unit=panels.unit_of(view), program=panels.program_name(view),
                      gap=texts["poorest_gap_count"], eligible=texts["poorest_eligible_count"],
                      later=texts["later_reached_count"], count=texts["out_of_order_count"]))  # fmt: skip
    st.caption(words("order.note"))
    result = cache.answer("order", view.scope(), view.data_version)
    place_table(view, result, ORDER, "out_of_order_count" if is_known else "poorest_gap_count")


def place_table(view: View, result: Result, columns: dict[str, str | None], by: str) -> None:
    """Draw the wilayah of the map as rows, those with the most of `by` first, and say how many are left out."""
    words, frame, columns = view.words, result.frame, meant(result, columns)
    order = list(frame[by].fillna(-1).sort_values(ascending=False, kind="stable").index)
    rows = [Row(str(frame["name"].iloc[at]), figures(result, at, columns, words)) for at in order[:ROWS_SHOWN]]
    level = words(f"level.{view.level.name}") if len(frame) != 1 else words("number.place")
    number_table([level, *(words(f"number.{column}") for column in columns)], rows)
    if len(frame) > ROWS_SHOWN:
        st.caption(words("list.cut", shown=words.number(ROWS_SHOWN), all=words.number(len(frame))))
