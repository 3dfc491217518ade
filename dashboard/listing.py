"""The list beside the map and the legend under it, both coloured by the map's own scale."""

from html import escape

import pandas as pd
import streamlit as st

from dashboard import state
from dashboard.questions import mask_of, values_of
from dashboard.scales import NO_WILAYAH_COLOUR, ColorScale, ink_on
from dashboard.state import View
from dashboard.words import ABSENT
from queries.columns import Status
from queries.result import Result

# A styled row weighs about 150 bytes on its way to the browser; a reader scrolls less, and the file holds all.
ROWS_LIMIT = 400
# The browser ignores a missing number's own text, so a constant stands in for it; sorting puts it at the small end.
MASKED, MISSING = 5, -1
CAPTION_HEIGHT, ROW_HEIGHT = 36, 34
# Pixels that fit a third of a 1,280 pixel screen; a wider list stretches them.
WIDTHS = {"rate": (134, 60, 62, 48), "per_km2": (114, 60, 60, 66), "idr": (92, 54, 66, 92)}


def rows(view: View, result: Result, scale: ColorScale, height: int) -> None:
    """Draw the list: wilayah, the count, its base, the rate; a click goes one level down."""
    words, measure = view.words, view.measure
    values = values_of(result, measure)
    values = values.sort_values(["value", "rate"], ascending=False, na_position="last", kind="stable")
    cut = len(values) > ROWS_LIMIT
    values = values.head(ROWS_LIMIT).reset_index(drop=True)
    if measure.form == "count":
        last, coloured = values["rate"], 1
    else:
        last, coloured = values["value"], 3
    last_form = "rate" if measure.form == "count" else measure.form
    frame = pd.DataFrame({
        words(f"level.{view.level.name}"): values["name"].str.removeprefix("Kabupaten "),
        words(f"list.{measure.numerator}"): _number(values["numerator"], values["numerator_mask"]),
        words(f"list.{measure.denominator}"): _number(values["denominator"], values["denominator_mask"]),
        words(f"list.form.{last_form}"): last.astype("Float64").fillna(MISSING).astype(float).round(4),
    })  # fmt: skip
    colours = [scale.colour(value, status) for value, status in zip(values["value"], values["status"], strict=True)]
    styler = _styled(frame, values, coloured, colours, last_form, view)
    key = f"list_{view.question.key}_{view.wilayah}_{view.level.name}".replace(".", "-")

    def clicked() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells:
            state.go_to(str(values["kode"].iloc[cells[0][0]]))

    kinds = (st.column_config.TextColumn, *[st.column_config.NumberColumn] * 3)
    config = {
        column: kind(width=width)
        for column, kind, width in zip(frame.columns, kinds, WIDTHS[last_form], strict=True)
    }
    needed = (len(values) + 1) * ROW_HEIGHT + 2
    room = height - (CAPTION_HEIGHT if cut else 0)
    st.dataframe(
        styler, height=min(needed, room), hide_index=True, on_select=clicked, selection_mode="single-cell", key=key,
        column_config=config, row_height=ROW_HEIGHT,
    )  # fmt: skip
    if cut:
        st.caption(words("list.cut", shown=words.number(ROWS_LIMIT), all=words.number(len(result.frame))))


def _number(counts: pd.Series, masks: pd.Series) -> pd.Series:
    shown = counts.fillna(MISSING).astype("int64")
    return shown.mask(masks == "small", MASKED).mask(masks == "hidden", MISSING)


def _styled(frame: pd.DataFrame, values: pd.DataFrame, coloured: int, colours: list[str], last_form: str, view: View):
    words = view.words
    name, count, base, last = frame.columns
    styler = frame.style.format(lambda value: ABSENT if value == MISSING else words.number(value), subset=[count, base])
    for column, mask in ((count, "numerator_mask"), (base, "denominator_mask")):
        for kind in ("small", "hidden"):
            masked = list(frame.index[values[mask] == kind])
            if masked:
                text = words.count(None, "small") if kind == "small" else words("hidden.short")
                styler = styler.format(lambda _, text=text: text, subset=pd.IndexSlice[masked, [column]])
    forms = {
        "rate": lambda value: words.number(value * 100, 1),
        "idr": words.rupiah,
        "per_km2": lambda value: words.number(value, 1),
    }
    form = forms[last_form]
    styler = styler.format(lambda value: ABSENT if value == MISSING else form(value), subset=[last])
    for status in Status:
        without = list(frame.index[(values["status"] == status.value) & (frame[last] == MISSING)])
        if without and status is not Status.ok:
            text = words(f"status.{status.value}.short")
            styler = styler.format(lambda _, text=text: text, subset=pd.IndexSlice[without, [last]])
    fills = [f"background-color: {colour}; color: {ink_on(colour)}" for colour in colours]
    styler = styler.apply(lambda _: fills, subset=[frame.columns[coloured]])
    chosen = values["kode"] == view.chosen_desa
    if chosen.any():
        bold = ["font-weight: bold; background-color: #cfe3ec; color: #1c2b33" if is_chosen else ""
                for is_chosen in chosen]  # fmt: skip
        styler = styler.apply(lambda _: bold, subset=[name])
    return styler


def legend(view: View, result: Result, scale: ColorScale) -> None:
    """Draw the classes of the map's own scale, then the reasons for no value that occur."""
    values = values_of(result, view.measure)
    words = view.words
    items = []
    for entry in scale.legend(words, set(values["status"])):
        items.append(
            f'<span class="key"><i class="swatch" style="background-color:{entry.colour}"></i>'
            f"{escape(entry.label)}</span>"
        )
    items.append(f'<span class="key"><i class="swatch" style="background-color:{NO_WILAYAH_COLOUR}"></i>'
                 f'{escape(words("legend.other"))}</span>')
    title = escape(words(f"measure.{view.measure.key}"))
    st.html(f'<div class="legend"><span class="legend-title">{title}</span>{"".join(items)}</div>')


def full_table(view: View, result: Result) -> None:
    """Draw every count of the rows in the reader's number form."""
    words = view.words
    known = [column for column in result.frame.columns if f"column.{column}" in words]
    frame = result.frame.head(ROWS_LIMIT)
    texts = pd.DataFrame({words("column.kode"): frame["kode"], words("column.name"): frame["name"]})
    for column in known:
        if column in ("kode", "name"):
            continue
        masks = mask_of(result, column).head(ROWS_LIMIT)
        texts[words(f"column.{column}")] = [
            _text(column, value, mask, words) for value, mask in zip(frame[column], masks, strict=True)
        ]
    st.dataframe(texts, hide_index=True, key="full_table")
    if len(result.frame) > ROWS_LIMIT:
        st.caption(words("list.cut.plain", shown=words.number(ROWS_LIMIT), all=words.number(len(result.frame))))


def _text(column: str, value: object, mask: str, words) -> str:
    if mask:
        return words.count(None, mask)
    if column.endswith("_rate"):
        return words.percent(value)
    if column.endswith("_idr"):
        return words.rupiah(value)
    return words.number(value, 1 if column.endswith("_km2") else 0)

