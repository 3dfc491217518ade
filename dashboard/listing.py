"""The list beside the map and the legend under it, both coloured by the map's own scale."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape

import pandas as pd
import streamlit as st

from dashboard import cache, state
from dashboard.changes import points, side_columns, side_names
from dashboard.clusters import cluster_name
from dashboard.estimates import interval_text, sample_name
from dashboard.questions import Measure, mask_of, values_of
from dashboard.scales import NO_WILAYAH_COLOUR, ColorScale, ink_on
from dashboard.state import View
from dashboard.uncertainty import DifferenceScale, SuppressingScale, wedge
from dashboard.words import ABSENT, Words, is_absent
from queries.columns import Status
from queries.comparison import OTHER
from queries.result import Result
from queries.trend import BEFORE

# A styled row weighs about 150 bytes on its way to the browser; a reader scrolls less, and the file holds all.
ROWS_LIMIT = 400
# The browser ignores a missing number's own text, so a constant stands in for it; sorting puts it at the small end.
MASKED, MISSING = 5, -9
CAPTION_HEIGHT, ROW_HEIGHT = 36, 34
# Pixels that fit a third of a 1,280 pixel screen; a wider list stretches them.
WIDTHS = {"rate": (134, 60, 62, 48), "per_km2": (114, 60, 60, 66), "idr": (92, 54, 66, 92)}
CHANGE_WIDTHS = (122, 64, 64, 56)
CLUSTER_WIDTHS = (118, 48, 62, 92)
FIELD_WIDTHS = {"rate": (140, 54, 68, 44), "points": (126, 58, 62, 60)}


@dataclass(frozen=True)
class Table:
    """A list ready to be styled: its columns, how each number is written, and which column has the map's colour."""

    frame: pd.DataFrame
    forms: dict[str, Callable[[float], str]]
    widths: tuple[int, ...]
    coloured: str
    valued: str


def rows(view: View, result: Result, scale: ColorScale, height: int) -> None:
    """Draw the list: counts and a rate, or an estimate and its interval; a click goes one level down."""
    words, measure = view.words, view.measure
    values = values_of(result, measure)
    if measure.error:
        values = values.join(result.frame[[f"{measure.error}_sample_count", f"register_{measure.error}_rate",
                                           f"field_{measure.error}_rate"]])  # fmt: skip
    if measure.change:
        values = _with_sides(values, result, measure)
    if measure.test:
        values = values.join(result.frame[f"neighbour_{measure.test}_rate"])
    first = "numerator" if measure.is_ranked_by_count else "value"
    values = values.sort_values([first, "rate"], ascending=False, na_position="last", kind="stable")
    cut = len(values) > ROWS_LIMIT
    values = values.head(ROWS_LIMIT).reset_index(drop=True)
    table = _table(view, values)
    colours = [
        scale.colour(row.value, row.status, row.lower, row.upper) for row in values.itertuples(index=False)
    ]
    key = f"list_{view.question.key}_{view.wilayah}_{view.level.name}".replace(".", "-")

    def clicked() -> None:
        cells = st.session_state[key]["selection"]["cells"]
        if cells:
            state.go_to(str(values["kode"].iloc[cells[0][0]]))

    config = {
        column: (st.column_config.NumberColumn if column in table.forms else st.column_config.TextColumn)(width=width)
        for column, width in zip(table.frame.columns, table.widths, strict=True)
    }
    needed = (len(values) + 1) * ROW_HEIGHT + 2
    room = height - (CAPTION_HEIGHT if cut else 0)
    st.dataframe(
        _styled(table, values, colours, view), height=min(needed, room), hide_index=True, on_select=clicked,
        selection_mode="single-cell", key=key, column_config=config, row_height=ROW_HEIGHT,
    )  # fmt: skip
    if cut:
        st.caption(words("list.cut", shown=words.number(ROWS_LIMIT), all=words.number(len(result.frame))))


def _table(view: View, values: pd.DataFrame) -> Table:
    measure = view.measure
    if measure.test:
        return _clustered(view, values)
    return (_estimated if measure.error else _compared if measure.change else _counted)(view, values)


def _counted(view: View, values: pd.DataFrame) -> Table:
    words, measure = view.words, view.measure
    last_form = "rate" if measure.form == "count" else measure.form
    last = values["rate"] if measure.form == "count" else values["value"]
    # A rate that is no share of the two counts beside it is called by its name.
    own = f"list.{measure.rate}"
    count, base, rate = (
        words(f"list.{measure.numerator}"), words(f"list.{measure.denominator}"),
        words(own if last_form == "rate" and own in words else f"list.form.{last_form}"),
    )  # fmt: skip
    frame = pd.DataFrame({
        words(f"level.{view.level.name}"): values["name"].str.removeprefix("Kabupaten "),
        count: _number(values["numerator"], values["numerator_mask"]),
        base: _number(values["denominator"], values["denominator_mask"]),
        rate: _sortable(last),
    })  # fmt: skip
    forms = {
        "rate": lambda value: words.number(value * 100, 1),
        "idr": words.rupiah,
        "per_km2": lambda value: words.number(value, 1),
    }
    return Table(frame, {count: words.number, base: words.number, rate: forms[last_form]}, WIDTHS[last_form],
                 count if measure.form == "count" else rate, rate)  # fmt: skip


def _estimated(view: View, values: pd.DataFrame) -> Table:
    words, measure = view.words, view.measure
    error = measure.error
    columns = {words(f"level.{view.level.name}"): values["name"].str.removeprefix("Kabupaten ")}

    def whole_percent(value: float) -> str:
        return words.number(value * 100)

    if measure.form == "points":
        field, register, valued = words("list.field"), words("list.register"), words("list.difference")
        columns[field] = _sortable(values[f"field_{error}_rate"])
        columns[register] = _sortable(values[f"register_{error}_rate"])
        columns[valued] = _sortable(values["value"])
        forms = {field: whole_percent, register: whole_percent,
                 valued: lambda value: words.signed(round(value * 100))}  # fmt: skip
    else:
        valued, sample = words("list.form.rate"), words("list.sample_count")
        columns[valued] = _sortable(values["value"])
        columns[words("list.interval")] = [
            interval_text(row.lower, row.upper, words) for row in values.itertuples(index=False)
        ]
        columns[sample] = values[f"{error}_sample_count"].fillna(0).astype("int64")
        forms = {valued: whole_percent, sample: words.number}
    return Table(pd.DataFrame(columns), forms, FIELD_WIDTHS[measure.form], valued, valued)


def _with_sides(values: pd.DataFrame, result: Result, measure: Measure) -> pd.DataFrame:
    columns = side_columns(measure)
    masks = {f"{column}_mask": mask_of(result, column) for column in columns[:2]}
    return values.join(result.frame[columns]).assign(**masks)


def _compared(view: View, values: pd.DataFrame) -> Table:
    words, measure = view.words, view.measure
    first, second = side_names(view.scope(), words, measure.sides)
    change = words("list.change")
    columns = {words(f"level.{view.level.name}"): values["name"].str.removeprefix("Kabupaten ")}
    *sides, changed = side_columns(measure)
    if measure.form == "rise":
        columns |= {
            name: _number(values[side], values[f"{side}_mask"])
            for name, side in zip((first, second), sides, strict=True)
        }
        # A fall by as many as stand for a missing number must still be written.
        columns[change] = _sortable(values[changed]).where(values[changed].fillna(0) != MISSING, MISSING + 0.001)
        forms = dict.fromkeys((first, second), words.number) | {change: lambda value: words.signed(round(value))}
    else:
        columns |= {name: _sortable(values[side]) for name, side in zip((first, second), sides, strict=True)}
        columns[change] = _sortable(values[changed])
        forms = dict.fromkeys((first, second), lambda value: words.number(value * 100, 1))
        forms |= {change: lambda value: points(value, words)}
    valued = second if measure.form == "rate" else change
    return Table(pd.DataFrame(columns), forms, CHANGE_WIDTHS, valued, valued)


def _clustered(view: View, values: pd.DataFrame) -> Table:
    words = view.words
    own, beside, cluster = words("list.form.rate"), words("list.neighbours"), words("list.cluster")
    frame = pd.DataFrame({
        words(f"level.{view.level.name}"): values["name"].str.removeprefix("Kabupaten "),
        own: _sortable(values["rate"]),
        beside: _sortable(values[f"neighbour_{view.measure.test}_rate"]),
        cluster: [cluster_name(row.value, words, ".short") if row.status == Status.ok else
                  words(f"status.{row.status}.short") for row in values.itertuples(index=False)],
    })  # fmt: skip
    forms = dict.fromkeys((own, beside), lambda value: words.number(value * 100, 1))
    return Table(frame, forms, CLUSTER_WIDTHS, cluster, own)


def _number(counts: pd.Series, masks: pd.Series) -> pd.Series:
    shown = counts.fillna(MISSING).astype("int64")
    return shown.mask(masks == "small", MASKED).mask(masks == "hidden", MISSING)


def _sortable(values: pd.Series) -> pd.Series:
    return values.astype("Float64").fillna(MISSING).astype(float).round(4)


def _styled(table: Table, values: pd.DataFrame, colours: list[str], view: View):
    words, frame = view.words, table.frame
    styler = frame.style
    for column, form in table.forms.items():
        styler = styler.format(lambda value, form=form: ABSENT if value == MISSING else form(value), subset=[column])
    is_of_counts = not (view.measure.error or view.measure.change or view.measure.test)
    if is_of_counts or view.measure.form == "rise":
        masks = ("numerator_mask", "denominator_mask")
        if not is_of_counts:
            masks = tuple(f"{side}_mask" for side in side_columns(view.measure)[:2])
        for column, mask in zip(frame.columns[1:3], masks, strict=True):
            for kind in ("small", "hidden"):
                masked = list(frame.index[values[mask] == kind])
                if masked:
                    text = words.count(None, "small") if kind == "small" else words("hidden.short")
                    styler = styler.format(lambda _, text=text: text, subset=pd.IndexSlice[masked, [column]])
    for status in Status:
        without = list(frame.index[(values["status"] == status.value) & (frame[table.valued] == MISSING)])
        if without and status is not Status.ok:
            text = words(f"status.{status.value}.short")
            styler = styler.format(lambda _, text=text: text, subset=pd.IndexSlice[without, [table.valued]])
    fills = [f"background-color: {colour}; color: {ink_on(colour)}" for colour in colours]
    styler = styler.apply(lambda _: fills, subset=[table.coloured])
    chosen = values["kode"] == view.chosen_desa
    if chosen.any():
        bold = ["font-weight: bold; background-color: #cfe3ec; color: #1c2b33" if is_chosen else ""
                for is_chosen in chosen]  # fmt: skip
        styler = styler.apply(lambda _: bold, subset=[frame.columns[0]])
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
    title = escape(_legend_title(view))
    classes = wedge(scale, words) if isinstance(scale, SuppressingScale) else ""
    if isinstance(scale, DifferenceScale):
        classes = f'<span class="legend-note">{escape(words("difference.note"))}</span>'
    st.html(f'<div class="legend"><span class="legend-title">{title}</span>{classes}{"".join(items)}</div>')


def _legend_title(view: View) -> str:
    """Return the measure's name; an estimate's with the sample that it rests on."""
    title = view.words(f"measure.{view.measure.key}")
    if not view.measure.error:
        return title
    known = cache.samples(view.period, view.data_version)
    chosen = next(sample for sample in known if (sample.truth, sample.frame) == (view.truth, view.frame))
    return f"{title} · {sample_name(chosen, view.words)}"


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
            figure_text(column, value, mask, words) for value, mask in zip(frame[column], masks, strict=True)
        ]
    st.dataframe(texts, hide_index=True, key="full_table")
    if len(result.frame) > ROWS_LIMIT:
        st.caption(words("list.cut.plain", shown=words.number(ROWS_LIMIT), all=words.number(len(result.frame))))


def figure_text(column: str, value: object, mask: str, words: Words) -> str:
    """Return a figure of a column in the form that the column's name asks for."""
    column = column.removesuffix(OTHER).removesuffix(BEFORE)
    if mask:
        return words.count(None, mask)
    if isinstance(value, str):
        key = f"{column.rpartition('_')[2]}.{value}"
        return words(key) if key in words else value
    if isinstance(value, bool):
        return words("yes" if value else "no")
    if column.endswith("_rise_count"):
        return ABSENT if is_absent(value) else words.signed(value)
    if "difference" in column or "change" in column or column.endswith("_rise_rate"):
        return ABSENT if is_absent(value) else words.signed(value * 100, 1)
    if column.endswith(("_rate", "_se", "_lower", "_upper")) and "rank" not in column:
        return words.percent(value)
    if column.endswith("_idr"):
        return words.rupiah(value)
    if column.endswith("_p"):
        return words.number(value, 3)
    return words.number(value, 1 if column.endswith("_km2") else 0)

