"""The columns of the sheet that leadership follows: what each shows, how it is written, and its fixed colours."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from dashboard import cache
from dashboard.changes import change_scale, points
from dashboard.questions import (
    INCLUSION_LIMITS,
    NEED_LIMITS,
    RISE_LIMITS,
    WITHOUT_LIMITS,
    Measure,
    mask_of,
)
from dashboard.scales import PALETTES, STATUS_COLOURS, ColorScale, ink_on
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.monitoring import SINCE_BEFORE, SINCE_SIX, earlier_in
from queries.result import Result

NEED = ColorScale("rate", NEED_LIMITS, PALETTES["need"])
WITHOUT = ColorScale("rate", WITHOUT_LIMITS, PALETTES["need"])
INCLUSION = ColorScale("rate", INCLUSION_LIMITS, PALETTES["excess"])
# The darker, the less is paid or used: dark always asks for a look.
USED = ColorScale("rate", (0.8, 0.85, 0.9, 0.95, 0.98), PALETTES["density"][::-1])
OLD = ColorScale("rate", (0.1, 0.2, 0.3, 0.4, 0.5), PALETTES["density"])
RISE = change_scale(Measure("exclusion_rise_rate", "points", "change", "", "", RISE_LIMITS))
SCALES = {"need": NEED, "without": WITHOUT, "inclusion": INCLUSION, "used": USED, "old": OLD, "rise": RISE}


@dataclass(frozen=True)
class Column:
    """One column: its group and head, the figure, its status and scale, and the two counts that it is made of."""

    group: str
    head: str
    name: str
    form: str = "rate"
    status: str = "status"
    scale: str = ""
    part: str = ""
    whole: str = ""


def columns_of(view: View, result: Result) -> list[Column]:
    """Return the columns of a sheet: the programs that are measured, and changes where there are earlier periods.

    A column that applies to no row, as a kabupaten's quota among kecamatan, is left out.
    """
    words, frame = view.words, result.frame
    programs = cache.programs(view.data_version)
    group = {name: words(f"sheet.group.{name}") for name in ("without", "exclusion", "register")}
    chosen = programs[view.program].name
    columns = [
        Column(group["without"], words("sheet.head.count"), "without_count", "count"),
        Column(group["without"], "%", "without_rate", scale="without", part="without_count", whole="desil_one_count"),
    ]
    columns += [
        Column(group["exclusion"], program.name, f"exclusion_rate_{key}", status=f"exclusion_status_{key}",
               scale="need", part=f"gap_count_{key}", whole=f"eligible_count_{key}")
        for key, program in programs.items() if f"exclusion_rate_{key}" in frame
    ]  # fmt: skip
    columns += [
        Column(chosen, words("sheet.head.inclusion"), "inclusion_rate", status="inclusion_status", scale="inclusion",
               part="leak_count", whole="received_count"),
        Column(chosen, words("sheet.head.paid"), "paid_rate", status="paid_status", scale="used", part="paid_count",
               whole="received_count"),
        Column(chosen, words("sheet.head.quota"), "quota_used_rate", status="quota_status", scale="used",
               part="received_count", whole="quota_count"),
    ]  # fmt: skip
    for since, period in rises_of(result).items():
        if f"exclusion_rise_{since}rate" in frame:
            month = f"{words.month(period, short=True)} {period:%y}"
            columns.append(Column(
                chosen, words("sheet.head.since", month=month), f"exclusion_rise_{since}rate", "points",
                f"exclusion_rise_{since}status", "rise", f"gap_rise_{since}count",
            ))  # fmt: skip
    columns.append(Column(group["register"], words("sheet.head.old"), "old_rate", status="old_status", scale="old",
                          part="old_count", whole="household_count"))  # fmt: skip
    return [column for column in columns if not (frame[column.status] == Status.not_applicable).all()]


def rises_of(result: Result) -> dict[str, date]:
    """Return the earlier period of each change that a sheet holds: the one before, and the first of six."""
    earlier = earlier_in(result)
    return dict(zip((SINCE_BEFORE, SINCE_SIX), (earlier[-1:] + earlier[:1])[: len(earlier)], strict=False))


def cells_of(column: Column, result: Result, words: Words, palette: list[list[str]]) -> list[list]:
    """Return each row's cell of a column: its text, its place in `palette` (0 is none), and what it is made of.

    `palette` holds pairs of fill and ink, and grows by the colours that are new.
    """
    frame = result.frame
    masks = mask_of(result, column.name)
    cells = []
    for position, value in enumerate(frame[column.name]):
        status = str(frame[column.status].iloc[position])
        if column.form == "count":
            cells.append([words.count(None if is_absent(value) else value, masks.iloc[position]), 0, ""])
            continue
        is_ok = status == Status.ok and not is_absent(value)
        text = _written(column, value, words) if is_ok else words(f"status.{reason_of(status)}.short")
        colour = SCALES[column.scale].colour(float(value), status) if is_ok else STATUS_COLOURS[reason_of(status)]
        cells.append([text, _place(colour, palette), _made_of(column, result, position, words)])
    return cells


def _written(column: Column, value: float, words: Words) -> str:
    return points(value, words) if column.form == "points" else words.number(value * 100)


def reason_of(status: str) -> Status:
    """Return why a cell without a value has none."""
    # A value that is missing although its row has data was not asked in that period.
    return Status.no_data if status == Status.ok else Status(status)


def _place(colour: str, palette: list[list[str]]) -> int:
    pair = [colour, ink_on(colour)]
    if pair not in palette:
        palette.append(pair)
    return palette.index(pair)


def _made_of(column: Column, result: Result, position: int, words: Words) -> str:
    texts = [
        words.count(None if is_absent(value) else value, mask_of(result, name).iloc[position])
        for name in (column.part, column.whole) if name
        for value in [result.frame[name].iloc[position]]
    ]  # fmt: skip
    if column.form == "points":
        value = result.frame[column.part].iloc[position]
        return "" if is_absent(value) else words("sheet.made.rise", count=words.signed(value))
    return words("sheet.made", part=texts[0], whole=texts[1])


def lines_of(result: Result) -> list[list[int | None]]:
    """Return each row's exclusion in tenths of a per cent, period by period; None where there is none."""
    names = [name for name in result.frame if name.startswith("exclusion_rate_2")]
    table = result.frame[names].astype("Float64")
    return [[None if pd.isna(value) else round(float(value) * 1000) for value in row]
            for row in table.itertuples(index=False)]  # fmt: skip
