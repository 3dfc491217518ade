"""Two or three scenarios beside one another: the answer, totals, assumptions, differences by wilayah, the map."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from boundaries.levels import NATION_KODE
from dashboard import cache, links, listing, state
from dashboard.changes import ChangeScale, rise_scale
from dashboard.scales import ink_on
from dashboard.sections.number_table import Row, number_table
from dashboard.sections.scenario_text import (
    EFFECT,
    assumption_name,
    assumptions_of,
    effect_name,
    effect_text,
    number_of,
    unit_name,
)
from dashboard.state import View
from dashboard.words import ABSENT, Words, is_absent
from queries.result import Result
from queries.scenario_comparison import Comparison, compare
from queries.scenarios import Scenario

DIFFERS = "◆"
NAMED = 3
MISSING = -(10**15)
# The columns of a comparison that are differences, and the width of each in pixels; three scenarios fit a laptop.
CHANGES = {"planned_change": 82, "uncovered_change": 116, "amount_change": 112}
NAME_WIDTH, COUNT_WIDTH = 116, 60
MAP_OF = "scenario_map_of"


def read(view: View, ids: tuple[int, ...]) -> Comparison:
    """Return the comparison that a view asks for; raises as queries.scenario_comparison.compare."""
    with cache.reading(view.data_version) as connection:
        return compare(connection, ids, view.disclosure)


def title(view: View, compared: Comparison) -> str:
    """Return the page's question: what differs, or what moved where the second is the first run again."""
    if _is_again(compared):
        return view.words("scenario.compare.title.again")
    return view.words("scenario.compare.title", count=view.words.number(len(compared.scenarios)))


def _is_again(compared: Comparison) -> bool:
    first, *others = (one.scenario for one in compared.scenarios)
    return len(others) == 1 and others[0].based_on_id == first.id


def answer(view: View, compared: Comparison) -> str:
    """Return for each scenario but the first what it does otherwise, and where the greatest differences are."""
    words = view.words
    chosen = [one.scenario for one in compared.scenarios]
    first, *others = chosen
    parts = []
    for other in others:
        change = other.effect["planned_count"] - first.effect["planned_count"]
        rates = [words.percent(one.effect["exclusion_after"]) for one in (other, first)]
        expected = [words.number(one.effect["expected"][0]) for one in (other, first)]
        parts.append(words(
            f"scenario.compare.{_kind_of(change, rates, expected)}", other=_called(other, chosen, words),
            first=_called(first, chosen, words), count=words.number(abs(change)), unit=unit_name(first, words),
            planned=words.number(first.effect["planned_count"]), after=rates[0], base=rates[1], expected=expected[0],
            expected_base=expected[1],
        ))  # fmt: skip
    if len(others) == 1:
        parts.append(_moved(compared, words))
    return " ".join(parts)


def _kind_of(change: int, rates: list[str], expected: list[str]) -> str:
    if change:
        return "more" if change > 0 else "fewer"
    return "same" if rates[0] != rates[1] else "expected" if expected[0] != expected[1] else "alike"


def _called(one: Scenario, chosen: list[Scenario], words: Words) -> str:
    name = f"“{links.plain(one.name)}”"
    # The same request run again has the same name: its number tells it apart.
    is_alone = sum(other.name == one.name for other in chosen) == 1
    return name if is_alone else f"{name} ({links.plain(number_of(one, words))})"


def _moved(compared: Comparison, words: Words) -> str:
    known = compared.rows[compared.rows["planned_change_2"].fillna(0) != 0].head(NAMED)
    if known.empty:
        return words("scenario.compare.unmoved")
    names = [
        words("scenario.compare.one", name=links.plain(name), change=links.plain(words.signed(change)))
        for name, change in zip(known["name"], known["planned_change_2"], strict=True)
    ]
    return words("scenario.compare.moved", names=", ".join(names))


def totals(view: View, compared: Comparison) -> None:
    """Draw totals and assumptions of every scenario in one table; what differs is marked."""
    words = view.words
    chosen = [one.scenario for one in compared.scenarios]
    programs = cache.program_names(view.data_version)
    st.subheader(words("scenario.compare.totals"), anchor=False)
    st.caption(words("scenario.compare.totals.note"))
    lines = [_row(words("scenario.total.need_count"), [words.number(one.summary["need_count"]) for one in chosen])]
    for name in EFFECT:
        cells = [effect_text(name, one.effect, words) for one in chosen]
        if set(cells) != {ABSENT}:
            lines.append(_row(effect_name(name, compared.level.name, words), cells))
    lines.append(Row(words("scenario.assumptions"), kind="title"))
    told = [assumptions_of(one, words, programs) for one in chosen]
    for name in dict.fromkeys(name for one in told for name in one):
        lines.append(_row(assumption_name(name, compared.level.name, words),
                          [one.get(name, words("scenario.none")) for one in told]))  # fmt: skip
    lines.append(_row(words("fact.version"), [one.data_version for one in chosen]))
    heads = [f"{one.name} · {number_of(one, words)}" for one in chosen]
    number_table([words("scenario.figure"), *heads], lines)


def _row(name: str, cells: list[str]) -> Row:
    return Row(f"{DIFFERS} {name}" if len(set(cells)) > 1 else name, tuple(cells))


def differences(view: View, compared: Comparison) -> None:
    """Draw the differences of every wilayah, the greatest first, coloured around nought."""
    words, rows = view.words, compared.rows
    chosen = [one.scenario for one in compared.scenarios]
    st.subheader(words("scenario.compare.rows", level=words(f"level.{compared.level.name}").lower()), anchor=False)
    st.caption(words("scenario.compare.base", first=links.plain(number_of(chosen[0], words)),
                     unit=unit_name(chosen[0], words)))  # fmt: skip
    shown = rows.head(listing.ROWS_LIMIT)
    frame, forms, coloured = {words(f"level.{compared.level.name}"): shown["name"]}, {}, {}
    for at, one in enumerate(chosen, start=1):
        head = number_of(one, words)
        frame[head] = shown[f"planned_count_{at}"]
        forms[head] = words.number
    for name in CHANGES:
        for at, one in enumerate(chosen[1:], start=2):
            head = words(f"scenario.column.{name}", number=number_of(one, words))
            frame[head] = shown[f"{name}_{at}"]
            forms[head] = words.signed
            if name != "amount_change":
                coloured[head] = f"{name}_{at}"
    table = pd.DataFrame(frame)
    scales = {head: _scale(view, rows[column]) for head, column in coloured.items()}
    widths = (NAME_WIDTH, *(COUNT_WIDTH for _ in chosen), *(width for width in CHANGES.values() for _ in chosen[1:]))
    kinds = (st.column_config.TextColumn, *(st.column_config.NumberColumn for _ in forms))
    config = {column: kind(width=width) for column, kind, width in zip(table.columns, kinds, widths, strict=True)}
    st.dataframe(_styled(table, forms, scales), hide_index=True, key="scenario_differences", column_config=config,
                 row_height=listing.ROW_HEIGHT)  # fmt: skip
    if len(rows) > len(shown):
        st.caption(words("list.cut.plain", shown=words.number(len(shown)), all=words.number(len(rows))))


def _scale(view: View, changes: pd.Series) -> ChangeScale:
    measure = view.question.measures[0]
    return rise_scale(measure, pd.DataFrame({"value": changes.astype("Float64").dropna()}))


def _styled(table: pd.DataFrame, forms: dict, scales: dict[str, ChangeScale]):
    shown = table.copy()
    for head in forms:
        # The browser ignores a missing number's own text: a constant stands in for it.
        shown[head] = shown[head].astype("Float64").fillna(MISSING).astype("int64")
    styler = shown.style
    for head, form in forms.items():
        styler = styler.format(lambda value, form=form: ABSENT if value == MISSING else form(value), subset=[head])
    for head, scale in scales.items():
        fills = ["" if is_absent(value) else _fill(scale, value) for value in table[head].astype("Float64")]
        styler = styler.apply(lambda _, fills=fills: fills, subset=[head])
    return styler


def _fill(scale: ChangeScale, value: float) -> str:
    colour = scale.colour(float(value), "ok")
    return f"background-color: {colour}; color: {ink_on(colour)}"


def map_view(view: View, compared: Comparison) -> View:
    """Return the view whose map shows the difference of two scenarios: where both are, no finer than they were made."""
    chosen = [one.scenario for one in compared.scenarios]
    ids = [str(one.id) for one in chosen]
    other = ids[-1] if len(ids) == 2 else str(st.session_state.get(MAP_OF, ids[1]))
    pair = f"{ids[0]}-{other if other in ids[1:] else ids[1]}"
    own, exact = chosen[0].wilayah, all(one.disclosure == "exact" for one in chosen)
    is_within = own in (view.wilayah, NATION_KODE) or view.wilayah.startswith(f"{own}.")
    # Sums of published figures are no published figures.
    is_known = view.level <= compared.level if exact else view.level == compared.level
    if is_within and is_known:
        return replace(view, detail=pair)
    return replace(view, detail=pair, wilayah=own, level=compared.level)


def map_choice(view: View, compared: Comparison) -> None:
    """Draw the choice of which difference the map shows, where there are two."""
    words = view.words
    first, *others = (one.scenario for one in compared.scenarios)
    if len(others) > 1:
        st.segmented_control(
            words("scenario.compare.pair", first=number_of(first, words)), [str(one.id) for one in others],
            key=MAP_OF, default=str(others[0].id), required=True,
            format_func=lambda key: words("scenario.number", id=key),
        )  # fmt: skip


def result(view: View) -> Result:
    """Return the rows of a view of the map."""
    return cache.answer(view.question.key, view.scope(), view.data_version)


def page_view() -> tuple[View, tuple[int, ...]]:
    """Return the page's view and the scenarios that its address names, none where it names something else.

    Other pages keep something else under the same parameter of the address.
    """
    view = state.read_view(state.question_of("scenarios"))
    parts = view.detail.split("-")
    is_ids = all(part.isascii() and part.isdecimal() and len(part) <= 9 for part in parts)
    ids = tuple(dict.fromkeys(map(int, parts))) if is_ids else ()
    if len(ids) > 1:
        return view, ids
    # Without a map there is no level and no measure to choose.
    question = replace(view.question, has_map=False, measures=view.question.measures[:1])
    return replace(view, question=question), ids

