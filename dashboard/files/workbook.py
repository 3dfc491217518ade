"""A page's rows as an Excel workbook: figures in the map's colours, where they come from, what columns mean."""

import functools
import io
import re
from collections.abc import Callable
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard import cache
from dashboard.column_names import column_name
from dashboard.exports import FICTIONAL, neutralised
from dashboard.files.content import Content
from dashboard.files.ink import ACCENT, BADGE, GROUND, LINE, QUIET, TEXT
from dashboard.listing import figure_text
from dashboard.questions import mask_of
from dashboard.scales import ink_on
from dashboard.words import CARDS, is_absent
from queries.columns import Status

FONT = "Calibri"
# What a column is called that holds a difference: its sign is always written.
SIGNED = ("difference", "change", "rise")
LEAST_WIDTH, MOST_WIDTH = 9, 34
Styles = Callable[..., Format]


def xlsx_of(content: Content) -> bytes:
    """Return the workbook; the same content is the same bytes.

    Rates are fractions shown as per cent, masked counts are text, what is missing is an empty cell. No cell is a
    formula or a link, whatever a name from a file starts with.
    """
    buffer, words = io.BytesIO(), content.view.words
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    mark = f"{FICTIONAL} " if content.is_fictional else ""
    with xlsxwriter.Workbook(buffer, options) as book:
        book.set_properties({
            "title": mark + content.title, "subject": content.place, "author": "Petadesil",
            "created": _loaded_at(content), "comments": words("workbook.fictional") if mark else "",
        })  # fmt: skip
        styles = _styles_of(book)
        figures = book.add_worksheet(mark + words("workbook.rows"))
        columns = _write_figures(figures, content, styles)
        _write_origin(book.add_worksheet(words("workbook.origin")), content, styles)
        _write_meanings(book.add_worksheet(words("workbook.columns")), content, columns, styles)
        if mark:
            figures.set_tab_color(BADGE)
            figures.set_header(f"&L&B{FICTIONAL}&R&P/&N")
    return buffer.getvalue()


def _styles_of(book: xlsxwriter.Workbook) -> Styles:
    made: dict[tuple, Format] = {}

    def style(**properties: object) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in made:
            made[key] = book.add_format({"font_name": FONT, "font_size": 10, "valign": "top"} | properties)
        return made[key]

    return style


def _write_figures(sheet: Worksheet, content: Content, style: Styles) -> dict[str, str]:
    """Write a row for each wilayah under one head; return the columns' keys and heads."""
    words, result, values = content.view.words, content.result, content.values
    measure = content.view.measure
    programs = cache.programs(content.view.data_version)
    named = {name: column_name(name, words, programs) for name in result.frame.columns}
    named[measure.key] = named[measure.key] or words(f"measure.{measure.key}")
    known = [name for name, text in named.items() if text and name not in ("kode", "name")]
    heads = {name: named[name] for name in ("kode", "name", *known)}
    heads |= {"class": words("workbook.class"), "status": words("workbook.status")}
    head = style(bold=True, text_wrap=True, bg_color=ACCENT, font_color="#ffffff", border=1, border_color=LINE,
                 valign="vcenter")  # fmt: skip
    for at, text in enumerate(heads.values()):
        sheet.write_string(0, at, text, head)
        sheet.set_column(at, at, min(max(LEAST_WIDTH, len(text) * 0.62 + 4), 16))
    plain = style()
    widest = max((len(str(name)) for name in values["name"]), default=0)
    sheet.set_column(0, 0, 15)
    sheet.set_column(1, 1, min(max(widest + 2, 14), MOST_WIDTH))
    for row, (kode, name) in enumerate(zip(values["kode"], values["name"], strict=True), start=1):
        sheet.write_string(row, 0, str(kode), plain)
        sheet.write_string(row, 1, neutralised(str(name)), plain)
    for at, name in enumerate(known, start=2):
        masks = mask_of(result, name)
        colours = values["colour"] if name == measure.key else [None] * len(values)
        _write_column(sheet, at, name, zip(result.frame[name], masks, colours, strict=True), content, style)
    last = len(known) + 2
    sheet.set_column(last, last + 1, 24)
    for row, (label, status) in enumerate(zip(values["class_label"], values["status"], strict=True), start=1):
        sheet.write_string(row, last, str(label), plain)
        key = "workbook.status.ok" if status == Status.ok else f"status.{status}"
        sheet.write_string(row, last + 1, words(key), plain)
    sheet.set_row(0, 44)
    sheet.freeze_panes(1, 2)
    sheet.autofilter(0, 0, len(values), len(heads) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:B{len(values) + 1}"})
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    return heads


def _write_column(sheet: Worksheet, at: int, name: str, cells, content: Content, style: Styles) -> None:
    words, form = content.view.words, number_form(name)

    @functools.cache
    def styled(colour: str | None, kind: str) -> Format:
        fill = {"bg_color": colour, "font_color": ink_on(colour)} if colour else {}
        forms = {"masked": {"align": "right", "italic": True}, "number": {"num_format": form}}
        return style(**fill, **forms.get(kind, {}))

    for row, (value, mask, colour) in enumerate(cells, start=1):
        if mask:
            sheet.write_string(row, at, words.count(None, mask), styled(colour, "masked"))
        elif isinstance(value, (str, bool)):
            sheet.write_string(row, at, neutralised(figure_text(name, value, "", words)), styled(colour, "text"))
        elif is_absent(value):
            sheet.write_blank(row, at, None, styled(colour, "text"))
        else:
            sheet.write_number(row, at, float(value), styled(colour, "number"))


def number_form(name: str) -> str:
    """Return the form in which a spreadsheet shows the numbers of a column, by its name."""
    form = "General"
    if "_rate" in name or (name.endswith(("_se", "_lower", "_upper")) and "rank" not in name):
        form = "0.0%"
    elif re.search("_(count|idr)(_|$)", name) or "rank" in name:
        form = "#,##0"
    elif "_km2" in name:
        form = "#,##0.0"
    is_signed = form != "General" and any(word in name for word in SIGNED)
    return f"+{form};-{form};{form}" if is_signed else form


def _write_origin(sheet: Worksheet, content: Content, style: Styles) -> None:
    """Write where the figures come from, then the classes with their colours."""
    view, words = content.view, content.view.words
    name, text = style(bold=True, font_color=QUIET), style(text_wrap=True)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 92)
    row = 0
    if content.is_fictional:
        badge = style(bold=True, bg_color=BADGE, font_color="#ffffff")
        sheet.merge_range(0, 0, 0, 1, words("workbook.fictional"), badge)
        row = 2
    definition, formula, denominator, limits = words.card(view.measure.key)
    lines = [
        (words("workbook.title"), f"{content.title} · {content.place}"),
        (words("workbook.measure"), words(f"measure.{view.measure.key}")),
        (words("workbook.definition"), definition), (words("workbook.formula"), formula),
        (words("card.denominator"), denominator), (words("card.limits"), limits), *content.facts.values(),
        *((words("fact.sources"), line) for line in content.sources),
    ]  # fmt: skip
    for label, line in lines:
        sheet.write_string(row, 0, label, name)
        sheet.write_string(row, 1, neutralised(line), text)
        row += 1
    sheet.write_string(row + 1, 0, words("workbook.classes"), style(bold=True, font_color=TEXT))
    for below, one in enumerate(content.classes, start=row + 2):
        sheet.write_string(below, 0, one.label, style(bg_color=one.colour, font_color=ink_on(one.colour)))
        sheet.write_string(below, 1, one.colour, style(font_color=QUIET))
    sheet.write_string(row + len(content.classes) + 3, 0, words("workbook.masked"), style(font_color=QUIET))
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _write_meanings(sheet: Worksheet, content: Content, heads: dict[str, str], style: Styles) -> None:
    """Write each column's head, its name in the CSV, and what its card says."""
    words = content.view.words
    head = style(bold=True, bg_color=GROUND, bottom=1)
    for at, (key, width) in enumerate((("workbook.header", 30), ("workbook.key", 30), ("workbook.about", 84))):
        sheet.write_string(0, at, words(key), head)
        sheet.set_column(at, at, width)
    for row, (name, text) in enumerate(heads.items(), start=1):
        about = " = ".join(words.card(name)[:2]) if name in CARDS else ""
        sheet.write_string(row, 0, text, style())
        # The class is the map's, and stands in no column of the CSV.
        sheet.write_string(row, 1, "" if name == "class" else name, style(font_color=QUIET))
        sheet.write_string(row, 2, neutralised(about), style(text_wrap=True))
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _loaded_at(content: Content) -> datetime:
    return max(source.loaded_at for source in content.result.provenance.sources).replace(tzinfo=None)
