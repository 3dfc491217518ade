"""The flows of families from one month to the next: who entered, who left, and who moved to which desil."""

from bisect import bisect_right
from datetime import date
from html import escape

import streamlit as st

from boundaries.levels import Level, level_of, parent_of
from dashboard import cache, charts, panels, state
from dashboard.downloads import csv_links
from dashboard.questions import mask_of
from dashboard.scales import PALETTES, ink_on
from dashboard.sections.number_table import Row, figure, number_table
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.moves import DESIL
from queries.result import Result

# Shares of a row's families from which a cell takes the next colour.
CELL_LIMITS = (0.005, 0.01, 0.02, 0.05, 0.2)
RATES = ("entered_rate", "left_rate", "up_rate", "down_rate", "same_rate", "gained_rate", "lost_rate")


def section(view: View) -> None:
    """Draw the flows into the chosen month: a sentence, the matrix of desil, and the same rates month by month."""
    words = view.words
    charts.titled(words, "flow.title")
    if level_of(view.wilayah) is Level.desa:
        _offer_kecamatan(view)
        return
    months = [view.period, *view.earlier]
    if len(months) < 2:
        st.markdown(words("flow.none", scheme=view.scheme_of(view.period).upper(), period=words.month(view.period)))
        return
    scope = view.own_scope().at(against=None)
    flows = {month: cache.answer("desil-moves", scope.at(period=month), view.data_version) for month in months[:-1]}
    own = flows[view.period]
    if own.frame["status"].iloc[0] == Status.no_data:
        st.markdown(words("flow.not_counted", period=words.month(view.period)))
        return
    st.markdown(sentence(view, own, months[1]))
    st.caption(words("flow.direction"))
    st.markdown(f"**{words('flow.matrix', before=words.month(months[1]), now=words.month(view.period))}**")
    matrix(own, words)
    st.caption(words("flow.matrix.note"))
    if len(flows) > 1:
        st.markdown(f"**{words('flow.months')}**")
        by_month(flows, words)
    with st.container(key="flow_foot", horizontal=True, gap="small"):
        below = view.scope().at(against=None)
        csv_links(view, "desil-moves", scope, below.at(level=min(below.level, Level.kecamatan)))


def sentence(view: View, own: Result, before: date) -> str:
    """Return the flows in one sentence, with the families and those who changed their desil in bold."""
    words = view.words
    names = ("entered", "left", "up", "down")
    texts = {name: figure(own, 0, f"{name}_rate", words, f"{name}_status") for name in names}
    row = own.frame.iloc[0]
    parts = [row["up_rate"], row["down_rate"]]
    stirred = words("hidden") if any(map(is_absent, parts)) else words.percent(sum(parts))
    return words("flow.answer", now=figure(own, 0, "now_count", words), name=panels.own_name(view),
                 period=words.month(view.period), before=words.month(before), stirred=stirred, **texts)  # fmt: skip


def by_month(flows: dict[date, Result], words: Words) -> None:
    """Draw the rates of every month, the newest first."""
    rows = [
        Row(words.month(month), (figure(result, 0, "now_count", words), *(
            figure(result, 0, rate, words, rate.replace("_rate", "_status"), is_short=True) for rate in RATES)))
        for month, result in flows.items()
    ]  # fmt: skip
    heads = [words("trend.month"), words("flow.now_count"), *(words(f"flow.{rate}") for rate in RATES)]
    number_table(heads, rows)


def matrix(own: Result, words: Words) -> None:
    """Draw families by the desil of both months, coloured by share of the row; entries below, exits at the right."""
    frame, masks = own.frame, mask_of(own, "household_count")
    cells = {
        (row.move, _key(row.desil_before), _key(row.desil)): (row.household_count, masks.iloc[at])
        for at, row in enumerate(frame.itertuples(index=False))
    }
    lines = []
    for before in DESIL:
        lines.append((_desil_name(before, words), [
            *(cells["stayed", before, now] for now in DESIL), cells["left", before, None],
        ]))  # fmt: skip
    lines.append((words("flow.entered"), [*(cells["entered", None, now] for now in DESIL), None]))
    heads = [words("flow.head"), *(_desil_name(now, words) for now in DESIL), words("flow.left")]
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(_cells(line, words))}</tr>' for name, line in lines
    )
    table = f'<table class="numbers"><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>'
    st.html(f'<div class="numbers">{table}</div>')


def _key(desil: object) -> int | None:
    return None if is_absent(desil) else int(desil)


def _desil_name(desil: int | None, words: Words) -> str:
    return words("flow.none.desil") if desil is None else str(desil)


def _cells(line: list, words: Words) -> list[str]:
    # What is masked has no share, and no colour that would tell one.
    whole = sum(float(cell[0]) for cell in line if cell and not is_absent(cell[0]))
    drawn = []
    for cell in line:
        if cell is None:
            drawn.append("<td></td>")
            continue
        count, mask = cell
        text, style = words.count(None if is_absent(count) else float(count), mask), ""
        if mask == "hidden":
            text = words("hidden.short")
        if not mask and not is_absent(count) and count > 0 and whole:
            colour = PALETTES["density"][bisect_right(CELL_LIMITS, float(count) / whole)]
            style = f' style="background-color:{colour};color:{ink_on(colour)}"'
        drawn.append(f"<td{style}>{escape(text)}</td>")
    return drawn


def _offer_kecamatan(view: View) -> None:
    words, kecamatan = view.words, parent_of(view.wilayah)
    name = cache.path_of(kecamatan, view.data_version)[-1].name
    st.markdown(words("flow.not_at_desa"))
    st.button(words("flow.to_kecamatan", name=name), icon=":material/arrow_upward:",
              on_click=lambda: state.go_to(kecamatan))  # fmt: skip
