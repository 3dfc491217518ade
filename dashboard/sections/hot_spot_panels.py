"""What the page of hot spots says: its answer, its figures, the groups that hang together, and Moran's plot."""

from collections import Counter
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from boundaries.levels import Level, ancestor_of, level_of
from dashboard import cache, panels, state
from dashboard.charts import percent_axis, titled
from dashboard.clusters import cluster_name, cluster_scale, p_text
from dashboard.panels import Figure
from dashboard.sections.number_table import Row, number_table
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.hot_spots import (
    ALPHA,
    CLUSTERS,
    LEAST_TESTED,
    least_p,
    least_significant_count,
    permutation_count,
    reference_of,
)
from queries.result import Result

MOST_DOTS = 400
MOST_GROUPS, MOST_PLACES = 8, 3


@dataclass(frozen=True)
class Found:
    """What the test found among the rows of a map; `tested_count` and Moran's I are of all tested with them."""

    counts: dict[str, int]
    row_count: int
    tested_count: int
    moran: float | None
    moran_p: float | None
    place_name: str
    reference_name: str

    @property
    def is_tested(self) -> bool:
        """Tell whether any row of the map was tested."""
        return sum(self.counts.values()) > 0

    @property
    def has_clusters(self) -> bool:
        """Tell whether any row of the map differs from chance."""
        return sum(self.counts.values()) > self.counts["none"]


def read_found(view: View, result: Result) -> Found:
    """Return what the test of the view's measure found."""
    test, frame = view.measure.test, result.frame
    reference = reference_of(view.scope())
    first = frame.iloc[0] if len(frame) else {}
    return Found(
        Counter(frame[f"{test}_cluster"].dropna()), len(frame), int(first.get(f"{test}_tested_count", 0)),
        *(None if is_absent(value) else float(value) for value in
          (first.get(f"{test}_moran"), first.get(f"{test}_moran_p"))),
        cache.path_of(view.map_wilayah, view.data_version)[-1].name,
        cache.path_of(reference, view.data_version)[-1].name,
    )  # fmt: skip


def title(view: View) -> str:
    """Return the page's question."""
    words, desil = view.words, view.words.desil(view.desil)
    return words(f"hot.title.{view.measure.test}", program=panels.program_name(view), unit=panels.unit_of(view),
                 desil=desil[0].lower() + desil[1:])  # fmt: skip


def answer(view: View, found: Found) -> str:
    """Return the answer: how many lie in clusters, whether neighbours are alike; or why nothing is tested."""
    words, level = view.words, view.words(f"level.{view.level.name}").lower()
    tested = sum(found.counts.values())
    if not tested and found.tested_count >= LEAST_TESTED and found.moran is None:
        return words("hot.all_alike", level=level, name=found.reference_name)
    if not tested:
        return words("hot.too_few", name=found.reference_name, tested=words.number(found.tested_count), level=level,
                     least=words.number(LEAST_TESTED))  # fmt: skip
    if not found.has_clusters:
        return _none_found(view, found)
    parts = [
        words("hot.answer", name=found.place_name, high=words.number(found.counts["high_high"]),
              tested=words.number(tested), low=words.number(found.counts["low_low"]), level=level),
        words("hot.alike" if found.moran_p < ALPHA and found.moran > 0 else "hot.not_alike", name=found.reference_name,
              level=level, moran=words.number(found.moran, 2), p=p_text(found.moran_p, words)),
    ]  # fmt: skip
    if found.row_count > tested:
        parts.append(words("hot.untested", count=words.number(found.row_count - tested)))
    return " ".join(parts)


def _none_found(view: View, found: Found) -> str:
    """Return in one sentence that no row can be pointed at, and which level to try."""
    words, level, finer = view.words, view.words(f"level.{view.level.name}").lower(), _finer(view)
    is_alike = found.moran_p < ALPHA and found.moran > 0
    text = words("hot.none.alike" if is_alike else "hot.none", name=found.place_name, level=level,
                 moran=words.number(found.moran, 2), p=p_text(found.moran_p, words),
                 tested=words.number(sum(found.counts.values())))  # fmt: skip
    return text + (words("hot.none.try", level=words(f"level.{finer.name}").lower()) if finer else "") + "."


def figures(view: View, found: Found) -> list[Figure]:
    """Return the four figures: high and low clusters, those unlike their neighbours, Moran's I."""
    words, counts = view.words, found.counts
    tested = sum(counts.values())

    def share(count: int) -> str:
        return words("hot.of_tested", share=words.percent(count / tested))

    odd = counts["high_low"] + counts["low_high"]
    parts = words("hot.odd.parts", high=words.number(counts["high_low"]), low=words.number(counts["low_high"]))
    return [
        Figure(words("hot.high"), words.number(counts["high_high"]), share(counts["high_high"])),
        Figure(words("hot.low"), words.number(counts["low_low"]), share(counts["low_low"])),
        Figure(words("hot.odd"), words.number(odd), parts),
        Figure(words("hot.moran"), words.number(found.moran, 2),
               words("hot.moran.p", p=p_text(found.moran_p, words), tested=words.number(found.tested_count))),
    ]  # fmt: skip


def how(view: View, found: Found) -> str:
    """Return how the test is made, and how small a cluster it can find."""
    words, tested = view.words, found.tested_count
    least = least_significant_count(tested)
    return " ".join([
        words("hot.how", permutations=words.number(permutation_count(tested))),
        words("hot.least" if least > 1 else "hot.least.one", p=words.number(least_p(tested), 5),
              tested=words.number(tested), level=words(f"level.{view.level.name}").lower(), least=words.number(least)),
    ])  # fmt: skip


def _finer(view: View) -> Level | None:
    levels = state.map_levels(view.wilayah, view.question.finest, view.question.coarsest)
    return next((level for level in levels if level > view.level), None)


def offer_finer(view: View) -> None:
    """Draw the way to the next finer level, where there is one."""
    finer = _finer(view)
    if finer:
        level = view.words(f"level.{finer.name}").lower()
        st.button(view.words("hot.finer", level=level), icon=":material/arrow_downward:",
                  on_click=lambda: state.change(l=finer.name))  # fmt: skip


def groups_and_plot(view: View, result: Result, found: Found) -> None:
    """Draw the groups that hang together and, beside them, every wilayah against its neighbours."""
    if not found.has_clusters:
        _plot(view, result)
        return
    left, right = st.columns([1, 1], gap="medium")
    with left:
        _groups(view, result)
    with right:
        _plot(view, result)


def _groups(view: View, result: Result) -> None:
    words, test = view.words, view.measure.test
    titled(words, "hot.groups")
    inside = result.frame[result.frame[f"{test}_group"].notna()]
    if inside.empty:
        st.markdown(words("hot.groups.none"))
        return
    parts = [part for _, part in inside.groupby(f"{test}_group", sort=True)]
    parts.sort(key=len, reverse=True)
    rows = [
        Row(_places(view, part), (words.number(len(part)), _range(part[view.measure.rate], words)))
        for part in parts[:MOST_GROUPS]
    ]
    number_table([words("hot.groups.head"), words("hot.groups.size"), words("hot.groups.rates")], rows)
    if len(parts) > MOST_GROUPS:
        st.caption(words("hot.groups.cut", shown=words.number(MOST_GROUPS), all=words.number(len(parts))))


def _places(view: View, part: pd.DataFrame) -> str:
    """Return where a group lies: the wilayah below the map's own that hold it, the most first; or its own names."""
    words, above = view.words, Level(level_of(view.map_wilayah) + 1)
    if len(part) <= MOST_PLACES:
        return ", ".join(part["name"])
    if above >= view.level:
        return ", ".join([*part["name"].head(MOST_PLACES), words("hot.groups.more", count=len(part) - MOST_PLACES)])
    counted = Counter(ancestor_of(kode, above) for kode in part["kode"]).most_common()
    texts = [
        words("hot.groups.place", name=cache.path_of(kode, view.data_version)[-1].name, count=words.number(count))
        for kode, count in counted[:MOST_PLACES]
    ]
    if len(counted) > MOST_PLACES:
        texts.append(words("hot.groups.more", count=words.number(len(counted) - MOST_PLACES)))
    return ", ".join(texts)


def _range(rates: pd.Series, words: Words) -> str:
    low, high = (words.percent(float(rate), 0) for rate in (rates.min(), rates.max()))
    return low if low == high else f"{low} – {high}"


def _plot(view: View, result: Result) -> None:
    words, test, rate = view.words, view.measure.test, view.measure.rate
    frame = result.frame[result.frame[f"{test}_cluster_status"] == Status.ok]
    shown = frame.sort_values(f"{test}_p", kind="stable").head(MOST_DOTS)
    titled(words, "hot.chart")
    st.altair_chart(plot_chart(shown, frame, test, rate, view), key="chart")
    note = words("hot.chart.note", level=words(f"level.{view.level.name}").lower())
    if len(frame) > len(shown):
        note += " " + words("hot.chart.cut", shown=words.number(len(shown)), all=words.number(len(frame)))
    st.caption(note)


def plot_chart(shown: pd.DataFrame, frame: pd.DataFrame, test: str, rate: str, view: View) -> alt.LayerChart:
    """Return a dot for each of `shown`, its own rate against that of its neighbours; lines are medians of `frame`."""
    words, beside = view.words, f"neighbour_{test}_rate"
    names = {cluster: cluster_name(number, words) for number, cluster in enumerate(CLUSTERS)}
    colours = list(cluster_scale(view.measure).colours)
    # The map's pale class would vanish on a white page.
    colours[0] = "#9fb3bd"
    dots = pd.DataFrame({
        "name": shown["name"].astype(str), "x": shown[rate].astype(float), "y": shown[beside].astype(float),
        "cluster": shown[f"{test}_cluster"].map(names).astype(str), "x_text": shown[rate].map(words.percent),
        "y_text": shown[beside].map(words.percent), "p": [p_text(p, words) for p in shown[f"{test}_p"]],
    })  # fmt: skip
    near = alt.Scale(zero=False)
    chart = (
        alt.Chart(dots)
        .mark_circle(size=46, opacity=0.8, stroke="#1c2b33", strokeWidth=0.4)
        .encode(
            x=alt.X("x:Q", title=words("hot.chart.own"), axis=percent_axis(words), scale=near),
            y=alt.Y("y:Q", title=words("hot.chart.neighbours"), axis=percent_axis(words), scale=near),
            color=alt.Color("cluster:N", scale=alt.Scale(domain=list(names.values())[::-1], range=colours[::-1]),
                            legend=None),
            tooltip=[alt.Tooltip("name:N", title=words(f"level.{view.level.name}")),
                     alt.Tooltip("x_text:N", title=words("hot.chart.own")),
                     alt.Tooltip("y_text:N", title=words("hot.chart.neighbours")),
                     alt.Tooltip("cluster:N", title=words("list.cluster")), alt.Tooltip("p:N", title="p")],
        )
    )  # fmt: skip
    layers = [
        alt.Chart(pd.DataFrame({axis: [float(frame[column].median())]}))
        .mark_rule(strokeDash=[5, 4], color="#7a3b00").encode(**{axis: f"{axis}:Q"})
        for axis, column in (("x", rate), ("y", beside))
    ]  # fmt: skip
    return alt.layer(*layers, chart).properties(height=320)
