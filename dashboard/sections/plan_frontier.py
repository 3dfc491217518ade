"""What another ceiling would change: exclusion and truly eligible reached against the budget, and where more helps."""

import altair as alt
import pandas as pd
import streamlit as st

from dashboard import cache
from dashboard.charts import number_axis, percent_axis, titled
from dashboard.sections.number_table import Row, number_table
from dashboard.sections.plan_amounts import at_least, short
from dashboard.state import View
from dashboard.words import Words
from queries.plan_basis import ceiling_of
from queries.plan_frontier import BILLION, Frontier
from queries.planning import Plan

# Readable on a light and on a dark ground.
LINE, BEST, POINT = "#2a8bb0", "#e08214", "#c0392b"
HEIGHT = 280
PADDING = {"left": 5, "top": 5, "right": 16, "bottom": 5}
ROWS_SHOWN = 10


def frontier(view: View, plan: Plan) -> None:
    """Draw what each ceiling would reach by the plan's rule, beside the best rule."""
    words, found = view.words, cache.budget_frontier(view.scope(), view.data_version)
    titled(words, "plan.frontier")
    st.markdown(fall_sentence(words, found, plan))
    left, right = st.columns(2, gap="small")
    with left:
        st.markdown(f"**{words('plan.frontier.exclusion')}**")
        st.altair_chart(exclusion_chart(words, found, plan), key="budget_exclusion")
    with right:
        st.markdown(f"**{words('plan.frontier.expected')}**")
        st.altair_chart(expected_chart(words, found, plan), key="budget_expected")
    st.caption(words("plan.frontier.note"))


def fall_sentence(words: Words, found: Frontier, plan: Plan) -> str:
    """Return what one billion more would change where the plan stands, or that nothing more can be reached."""
    whole, least = at_least(words, least_ceiling(found, plan)), words.percent(float(found.exclusion_rate.min()))
    if plan.effect.planned_count >= found.planned_count.max():
        return words("plan.fall.none", whole=whole, least=least)
    at = int((found.budget_idr <= plan.request.budget_idr).sum()) - 1
    fall = float(found.fall_points[max(at, 0)])
    return words("plan.fall", points=words.number(fall, 2 if fall < 10 else 1),
                 whole=whole, least=least)  # fmt: skip


def least_ceiling(found: Frontier, plan: Plan) -> int:
    """Return the smallest ceiling known to reach the least exclusion: a point's, or what this plan itself spends."""
    most = found.planned_count.max()
    ceilings = [int(found.budget_idr[found.planned_count == most].min())]
    if plan.effect.planned_count >= most:
        ceilings.append(ceiling_of(plan.request, plan.effect.benefit_idr + plan.effect.desa_cost_idr))
    return min(ceilings)


def points_of(words: Words, found: Frontier) -> pd.DataFrame:
    """Return a row for each ceiling with the texts of its tooltip."""
    unit, _ = words.magnitude(float(found.budget_idr[-1]))
    return pd.DataFrame({
        "budget": found.budget_idr / unit,
        "exclusion": found.exclusion_rate,
        "expected": found.expected_count,
        "best": found.optimum_expected_count,
        "budget_text": [words.rupiah(int(budget)) for budget in found.budget_idr],
        "exclusion_text": [words.percent(float(rate)) for rate in found.exclusion_rate],
        "planned_text": [words.number(int(count)) for count in found.planned_count],
        "fall_text": [words("plan.points", points=words.number(float(fall), 2)) for fall in found.fall_points],
        "expected_text": [words.number(float(count)) for count in found.expected_count],
        "best_text": [words.number(float(count)) for count in found.optimum_expected_count],
    })  # fmt: skip


def exclusion_chart(words: Words, found: Frontier, plan: Plan) -> alt.LayerChart:
    """Return exclusion by the register against the ceiling, with the plan's own point."""
    points = points_of(words, found)
    unit, _ = words.magnitude(float(found.budget_idr[-1]))
    base = alt.Chart(points).encode(
        x=_budget_axis(words, found),
        y=alt.Y("exclusion:Q", title=None, axis=percent_axis(words), scale=alt.Scale(zero=True)),
        tooltip=[alt.Tooltip("budget_text:N", title=words("plan.budget_idr.short")),
                 alt.Tooltip("exclusion_text:N", title=words("plan.figure.after")),
                 alt.Tooltip("planned_text:N", title=words("column.planned_count")),
                 alt.Tooltip("fall_text:N", title=words("plan.fall.title"))],
    )  # fmt: skip
    own = pd.DataFrame({
        "budget": [plan.request.budget_idr / unit], "exclusion": [plan.effect.exclusion_after],
        "budget_text": [words.rupiah(plan.request.budget_idr)],
        "exclusion_text": [words.percent(plan.effect.exclusion_after)], "name": [words("plan.frontier.own")],
    })  # fmt: skip
    mark = alt.Chart(own).mark_point(color=POINT, size=130, filled=True, opacity=1).encode(
        x="budget:Q", y="exclusion:Q",
        tooltip=[alt.Tooltip("name:N", title=" "),
                 alt.Tooltip("budget_text:N", title=words("plan.budget_idr.short")),
                 alt.Tooltip("exclusion_text:N", title=words("plan.figure.after"))],
    )  # fmt: skip
    text = mark.mark_text(align="left", dx=9, dy=-9, color=POINT, fontWeight="bold").encode(text="name:N")
    line = base.mark_line(color=LINE, point=alt.OverlayMarkDef(size=26, color=LINE))
    return alt.layer(line, mark, text).properties(height=HEIGHT, padding=PADDING)


def expected_chart(words: Words, found: Frontier, plan: Plan) -> alt.LayerChart:
    """Return the truly eligible reached against the ceiling, by the plan's rule and by the best."""
    points = points_of(words, found)
    own, best = words(f"plan.rule.{found.rule}"), words("plan.rule.optimal")
    parts = [points.assign(count=points["expected"], rule=own, order=1)]
    if found.rule != "optimal":
        parts.insert(0, points.assign(count=points["best"], rule=best, order=0))
    names = [best, own] if found.rule != "optimal" else [own]
    colours = [BEST, LINE] if found.rule != "optimal" else [LINE]
    lines = alt.Chart(pd.concat(parts)).mark_line(point=alt.OverlayMarkDef(size=26)).encode(
        x=_budget_axis(words, found),
        y=alt.Y("count:Q", title=None, axis=number_axis(words), scale=alt.Scale(zero=True)),
        color=alt.Color("rule:N", scale=alt.Scale(domain=names, range=colours),
                        legend=alt.Legend(title=None, orient="bottom-right") if len(names) > 1 else None),
        tooltip=[alt.Tooltip("budget_text:N", title=words("plan.budget_idr.short")),
                 alt.Tooltip("expected_text:N", title=own),
                 *([alt.Tooltip("best_text:N", title=best)] if found.rule != "optimal" else [])],
    )  # fmt: skip
    unit, _ = words.magnitude(float(found.budget_idr[-1]))
    at = alt.Chart(pd.DataFrame({"budget": [plan.request.budget_idr / unit]}))
    rule = at.mark_rule(color=POINT, strokeDash=[5, 4]).encode(x="budget:Q")
    return alt.layer(lines, rule).properties(height=HEIGHT, padding=PADDING)


def _budget_axis(words: Words, found: Frontier) -> alt.X:
    _, name = words.magnitude(float(found.budget_idr[-1]))
    # Vega writes numbers in English; a ceiling may have decimals.
    written = "format(datum.value, ',')"
    label = f"replace(replace(replace({written}, /,/g, '_'), '.', ','), /_/g, '.')"
    axis = alt.Axis(labelExpr=label if words.language == "id" else written, tickCount=6, labelFlush=True)
    return alt.X("budget:Q", title=words("plan.frontier.axis", unit=name.strip()), axis=axis)


def next_billion(view: View, plan: Plan) -> None:
    """Draw the wilayah in which the next billion rupiah does most."""
    words, found = view.words, cache.budget_frontier(view.scope(), view.data_version)
    level = words(f"level.{view.level.name}")
    rows = found.next_rows.head(ROWS_SHOWN)
    st.subheader(words("plan.next", amount=short(words, BILLION)), anchor=False)
    if rows.empty:
        st.caption(words("plan.next.nobody", level=level.lower()))
        return
    number_table(
        [level, words("plan.next.planned", unit=words(f"plan.unit.{plan.unit}")),
         words("plan.next.expected")],
        [Row(str(name), (words.number(planned), words.number(expected, 1)))
         for name, planned, expected in zip(rows["name"], rows["planned_count"], rows["expected_count"], strict=True)],
    )  # fmt: skip
    rest = len(found.next_rows) - len(rows)
    st.caption(words("plan.next.note", rest=words.number(rest), level=level.lower()) if rest > 0
               else words("plan.next.all", level=level if words.language == "id" else level.lower()))  # fmt: skip
