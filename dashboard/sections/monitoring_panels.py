"""What stands around the sheet: its answer in one sentence, sorting and the choice of a provinsi, and the legend."""

from datetime import date
from html import escape
from urllib.parse import urlencode

import pandas as pd
import streamlit as st

from boundaries.levels import NATION_KODE, Level, level_of, parent_of
from dashboard import cache, panels, state
from dashboard.actions import actions
from dashboard.cards import card
from dashboard.changes import points
from dashboard.links import DEFAULT_PAGE, plain
from dashboard.method import section
from dashboard.questions import mask_of
from dashboard.scales import STATUS_COLOURS
from dashboard.sections.monitoring_columns import SCALES, columns_of, reason_of, rises_of
from dashboard.sections.monitoring_grid import draw_sheet, sheet_data
from dashboard.state import View, change
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.result import Result
from queries.stats.disclosure import SMALL, SMALLEST_SHOWN

# What the sheet is sorted by: the column, and whether the largest comes first.
SORTS = {
    "need": ("without_count", True),
    "share": ("without_rate", True),
    "exclusion": ("exclusion_rate", True),
    "change": ("exclusion_rise_rate", True),
    "changesix": ("exclusion_rise_six_rate", True),
    "old": ("old_rate", True),
    "name": ("name", False),
    "kode": ("kode", False),
}
HALF, CLEARLY_RISEN = 0.5, 0.01
OPENED = "sheet_opened"
CARDS = ("without_rate", "exclusion_rate", "inclusion_rate", "paid_rate", "quota_used_rate", "exclusion_rise_rate",
         "old_rate")  # fmt: skip
# So many are named in the answer.
NAMED = 3


def follow_click(view: View) -> None:
    """Go to the overview of the wilayah that was clicked in the run before."""
    kode = st.session_state.pop(OPENED, None)
    if kode:
        st.switch_page(st.session_state["pages"][DEFAULT_PAGE], query_params=_overview_parameters(view, kode))


def _overview_parameters(view: View, kode: str) -> dict[str, str]:
    kept = {key: value for key, value in view.address().items() if key in ("p", "t", "lang", "d")}
    return kept | {"w": kode, "l": state.map_levels(kode)[0].name}


def title(view: View) -> str:
    """Return the page's question."""
    text = view.words("sheet.title", level=view.words(f"level.{view.level.name}").lower())
    return text[0].upper() + text[1:]


def answer(view: View, result: Result) -> str:
    """Return the wilayah on top, where more than half is not reached, and where that share has clearly risen."""
    words, frame = view.words, result.frame
    level, program = words(f"level.{view.level.name}").lower(), panels.program_name(view)
    is_known = frame["exclusion_status"] == Status.ok
    if not is_known.any():
        return words("sheet.answer.none", program=program, level=level) + panels.partial(view, result)
    over = int((frame["exclusion_rate"][is_known] > HALF).sum())
    text = top(view, result) + words(
        "sheet.answer" if over else "sheet.answer.below", count=words.number(over),
        all=words.number(int(is_known.sum())), level=level, program=program, unit=panels.unit_of(view),
    ) + _risen(result, words) + "."  # fmt: skip
    hidden = int((frame["exclusion_status"] == Status.suppressed).sum())
    if hidden:
        text += " " + words("sheet.answer.hidden", count=words.number(hidden), level=level)
    return text + panels.partial(view, result)


def _risen(result: Result, words: Words) -> str:
    """Return in how many that share has clearly risen since each earlier period; empty without any."""
    counts = []
    for since, period in rises_of(result).items():
        column = f"exclusion_rise_{since}rate"
        if column in result.frame:
            risen = int((result.frame[column].fillna(0) >= CLEARLY_RISEN).sum())
            count = f"**{words.number(risen)}**" if risen else words("sheet.answer.nowhere")
            counts.append(words("sheet.answer.since", count=count, month=_month(period, words)))
    return words("sheet.answer.risen", counts=", ".join(counts)) if counts else ""


def _month(period: date, words: Words) -> str:
    return f"{words.month(period, short=True)} {period.year}"


def top(view: View, result: Result) -> str:
    """Return the sentence on the wilayah that the chosen order puts first, with the figures that put them there.

    By name or code nobody is first: need is told then. Empty for a single wilayah and where no figure is shown.
    """
    words, frame, sort = view.words, result.frame, sort_of(view, result)
    key = sort if SORTS[sort][1] else next(iter(SORTS))
    column, is_rise = SORTS[key][0], key.startswith("change")
    since = dict(zip(("change", "changesix"), rises_of(result).values(), strict=False)).get(key)
    told = {
        "program": panels.program_name(view), "unit": panels.unit_of(view),
        "level": words(f"level.{view.level.name}").lower(), "month": _month(since, words) if since else "",
    }  # fmt: skip
    masks = mask_of(result, column)
    shown = [at for at in order_of(result, key) if masks.iloc[at] == "" and not is_absent(frame[column].iloc[at])]
    if len(frame) < 2 or not shown:
        return ""
    first = [at for at in shown if frame[column].iloc[at] > 0][:NAMED]
    if not first:
        return words("sheet.top.change.none", **told) + " " if is_rise else ""
    names = _above_of(view) if view.level is Level.kecamatan else {}
    texts = []
    for at in first:
        name, kode = plain(str(frame["name"].iloc[at]).removeprefix("Kabupaten ")), str(frame["kode"].iloc[at])
        above = names.get(parent_of(kode))
        value = frame[column].iloc[at]
        figure = (words.number(value) if column.endswith("_count") else words.percent(value) if not is_rise
                  else words("points", points=points(value, words)))  # fmt: skip
        texts.append(words("sheet.top.place", name=f"{name}, {plain(above)}" if above else name, figure=figure))
    places = words("sheet.top.last").join(filter(None, (", ".join(texts[:-1]), texts[-1])))
    return words(f"sheet.top.{'change' if is_rise else key}", places=places, **told) + " "


def sort_of(view: View, result: Result) -> str:
    """Return what the link asks the sheet to be sorted by, need where it asks for nothing that the sheet has."""
    return view.detail if view.detail in sorts_of(result) else next(iter(SORTS))


def sorts_of(result: Result) -> list[str]:
    """Return what a sheet can be sorted by."""
    return [key for key, (column, _) in SORTS.items() if column in result.frame]


def order_of(result: Result, sort: str) -> list[int]:
    """Return the rows' places in the order of a sort; those without a figure come last, equals by their kode."""
    column, is_largest_first = SORTS[sort]
    keyed = pd.DataFrame({"value": result.frame[column], "kode": result.frame["kode"]}).reset_index(drop=True)
    is_small = (mask_of(result, column) == SMALL).to_numpy()
    if is_small.any():
        # "<10" stands above nought and below ten.
        keyed.loc[is_small, "value"] = SMALLEST_SHOWN // 2
    ordered = keyed.sort_values(["value", "kode"], ascending=[not is_largest_first, True], na_position="last")
    return ordered.index.tolist()


def controls(view: View, result: Result) -> None:
    """Draw the choice of a provinsi and of the order, and the buttons."""
    words = view.words
    has_choice = cache.data_state().root == NATION_KODE
    widths = [2, 2, 3] if has_choice else [2, 3]
    columns = iter(st.columns(widths, gap="small", vertical_alignment="bottom"))
    if has_choice:
        with next(columns):
            _choose_provinsi(view)
    with next(columns):
        st.session_state["sheet_sort"] = sort_of(view, result)
        st.selectbox(
            words("sheet.sort"), sorts_of(result), key="sheet_sort", format_func=lambda key: words(f"sheet.sort.{key}"),
            label_visibility="collapsed", on_change=lambda: change(b=st.session_state["sheet_sort"]),
        )  # fmt: skip
    with next(columns):
        actions(view, result)


def _choose_provinsi(view: View) -> None:
    words = view.words
    names = {NATION_KODE: words("sheet.every_provinsi")} | _provinsi_names(view)
    own = view.wilayah if view.wilayah == NATION_KODE else view.wilayah[:2]
    st.session_state["sheet_provinsi"] = own

    def chosen() -> None:
        kode = st.session_state["sheet_provinsi"]
        level = view.level if level_of(kode) < view.level else state.map_levels(kode)[0]
        change(w=kode, l=(level if level in state.map_levels(kode) else state.map_levels(kode)[0]).name)

    st.selectbox(words("level.provinsi"), list(names), key="sheet_provinsi", format_func=names.__getitem__,
                 label_visibility="collapsed", on_change=chosen)  # fmt: skip


def _provinsi_names(view: View) -> dict[str, str]:
    everywhere = view.scope().at(wilayah=NATION_KODE, level=Level.provinsi)
    frame = cache.answer("without", everywhere, view.data_version).frame
    return dict(zip(frame["kode"], frame["name"], strict=True))


def _above_of(view: View) -> dict[str, str]:
    """Return the names of the wilayah over the rows, by code; none where all rows lie in the chosen one."""
    above = Level(view.level - 1)
    if above <= level_of(view.wilayah):
        return {}
    frame = cache.answer("without", view.scope().at(level=above), view.data_version).frame
    names = frame["name"].str.removeprefix("Kabupaten ")
    return dict(zip(frame["kode"].astype(str), names.astype(str), strict=True))


def sheet(view: View, result: Result) -> None:
    """Draw the sheet, with the chosen wilayah's own figures over its parts."""
    own = cache.answer(view.question.key, view.own_scope(), view.data_version)
    path = "/?" + urlencode({key: value for key, value in _overview_parameters(view, view.wilayah).items()
                             if key not in ("w", "l")} | {"w": ""})  # fmt: skip
    data = sheet_data(view, result, own, order_of(result, sort_of(view, result)), path, _above_of(view))

    def opened(kode: str) -> None:
        st.session_state[OPENED] = kode

    draw_sheet(data, f"sheet_{view.wilayah}_{view.level.name}".replace(".", "-"), opened)


def legend(view: View, result: Result) -> None:
    """Draw the fixed classes of every kind of column, then the reasons for no value that occur."""
    words = view.words
    shown = {"without", "need", "inclusion", "used", "old"} | ({"rise"} if rises_of(result) else set())
    lines = []
    for name, scale in SCALES.items():
        if name in shown:
            keys = "".join(_swatch(entry.colour, entry.label) for entry in scale.legend(words, set()))
            title = escape(words(f"sheet.legend.{name}"))
            lines.append(f'<div class="legend"><span class="legend-title">{title}</span>{keys}</div>')
    reasons = _signs(view, result)
    if reasons:
        title = escape(words("sheet.legend.reasons"))
        lines.append(f'<div class="legend"><span class="legend-title">{title}</span>{reasons}</div>')
    st.html(f'<div class="legends">{"".join(lines)}</div>')
    st.caption(words("sheet.note"))


def _signs(view: View, result: Result) -> str:
    """Return what each sign stands for that is written in a cell in place of a number."""
    words, columns = view.words, columns_of(view, result)
    occurring = {
        reason_of(status) for column in columns if column.form != "count"
        for value, status in zip(result.frame[column.name], result.frame[column.status].map(str), strict=True)
        if status != Status.ok or is_absent(value)
    }  # fmt: skip
    masks = {mask for column in columns if column.form == "count" for mask in mask_of(result, column.name)}
    signs = [
        _swatch(colour, words("sheet.legend.sign", sign=words(f"status.{status}.short"),
                              reason=words(f"status.{status}")))
        for status, colour in STATUS_COLOURS.items() if status in occurring
    ]  # fmt: skip
    if SMALL in masks:
        told = words("sheet.legend.sign", sign=words.count(None, SMALL), reason=words("sheet.legend.small"))
        signs.append(f'<span class="key">{escape(told)}</span>')
    return "".join(signs)


def _swatch(colour: str, label: str) -> str:
    return f'<span class="key"><i class="swatch" style="background-color:{colour}"></i>{escape(label)}</span>'


def details(view: View) -> None:
    """Draw the cards of the sheet's figures and how the sheet is made, closed at first."""
    words = view.words
    with st.expander(words("details.cards")):
        for key in CARDS:
            card(words, key, words(f"measure.{key}"))
    made = st.expander(words("sheet.method"), key="sheet_method", on_change="rerun")
    if made.open:
        with made:
            st.markdown(section("monitoring", view.language))
