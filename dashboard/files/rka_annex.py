"""The annex of a budget sheet: a row for each wilayah under the one above it, and the formulas that sum them."""

from dataclasses import dataclass

import pandas as pd
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from dashboard.exports import neutralised
from dashboard.files.rka_book import MONTHS, PRICE, PRICE_DESA, RUPIAH, WHOLE, Book
from dashboard.files.rka_content import PlanPaper

# Counted from 0: the head stands on this row, the wilayah under it.
HEAD = 4
TEXTS = ("number", "kode", "name")
COUNTS = ("eligible", "need", "planned", "left")
MONEY = ("benefit", "desa", "total")
WIDTHS = {"number": 6, "kode": 16, "name": 34, "eligible": 12, "need": 13, "planned": 14, "left": 15, "benefit": 20,
          "desa": 18, "total": 20}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Where the annex has its rows: `columns` by key, `own` (row, frame position) of each wilayah, `groups` (row, name,
    kode, first and last row beneath), all counted from 0, and the row of the grand total.
    """

    sheet: str
    columns: tuple[str, ...]
    own: tuple[tuple[int, int], ...]
    groups: tuple[tuple[int, str, str, int, int], ...]
    total: int

    def column(self, key: str) -> str:
        """Return the letter of a column."""
        return xl_col_to_name(self.columns.index(key))

    def whole(self, key: str) -> str:
        """Return a column from the first to the last row, as another sheet names it."""
        letter = self.column(key)
        return f"'{self.sheet}'!${letter}${HEAD + 2}:${letter}${self.total}"

    def grand(self, key: str) -> str:
        """Return the grand total's cell of a column, as another sheet names it."""
        return f"'{self.sheet}'!${self.column(key)}${self.total + 1}"


def layout_of(paper: PlanPaper) -> Layout:
    """Return where each row of the annex stands."""
    columns = tuple(key for key in (*TEXTS, *COUNTS, *MONEY) if key != "desa" or paper.plan.request.desa_idr)
    own, groups, row = [], [], HEAD + 1
    for (kode, name), part in paper.rows.groupby(["group_kode", "group"], sort=False):
        groups.append((row, str(name), str(kode), row + 1, row + len(part)))
        own += [(row + 1 + at, position) for at, position in enumerate(part.index)]
        row += len(part) + 1
    return Layout(paper.words("rka.sheet.annex"), columns, tuple(own), tuple(groups), row)


def amounts_of(paper: PlanPaper) -> pd.DataFrame:
    """Return what the annex's formulas come to, by column, one row for each of the paper's rows."""
    rows, request = paper.rows, paper.plan.request
    planned = rows["planned_count"].astype("int64")
    benefit = planned * request.unit_cost_idr
    desa = (planned > 0).astype("int64") * request.desa_idr
    return pd.DataFrame({
        "eligible": rows["eligible_count"].astype("int64"), "need": rows["need_count"].astype("int64"),
        "planned": planned, "left": rows["need_count"].astype("int64") - planned, "benefit": benefit, "desa": desa,
        "total": benefit + desa,
    })  # fmt: skip


def write_annex(book: Book, sheet: Worksheet, paper: PlanPaper, layout: Layout) -> None:
    """Write the annex: the volumes as numbers, everything that follows from them as formulas."""
    words, style, amounts = paper.words, book.style, amounts_of(paper)
    level = words(f"level.{paper.plan.result.provenance.scope.level.name}")
    last = len(layout.columns) - 1
    book.open(sheet, words("rka.annex.title", level=level.upper()), f"{paper.place.path} · {paper.target}", last)
    head = book.head()
    for at, key in enumerate(layout.columns):
        texts = {"name": level, "total": words("rka.column.amount")}
        label = texts.get(key) or words(f"rka.annex.{key}", unit=paper.unit)
        sheet.write_string(HEAD, at, label, head)
        sheet.set_column(at, at, WIDTHS[key])
    sheet.set_row(HEAD, 34)
    summed = [key for key in layout.columns if key in ("planned", *MONEY) or (key in COUNTS and paper.is_exact)]
    bold = {"bold": True, "bg_color": "#e8f1f4", "border": 1, "border_color": book.line}
    for row, name, kode, first, end in layout.groups:
        _label(sheet, layout, row, (kode, name), style(**bold))
        inside = paper.rows["group_kode"] == kode
        _sums(sheet, layout, row, (first, end), summed, amounts[inside], style, bold)
    cell = {"border": 1, "border_color": book.line}
    for number, (row, position) in enumerate(layout.own, start=1):
        sheet.write_number(row, 0, number, style(align="center", **cell))
        record = paper.rows.loc[position]
        _write_row(sheet, layout, row, record, amounts.loc[position], style, cell)
        sheet.set_row(row, None, None, {"level": 1})
    strong = bold | {"bg_color": "#d3e4ea", "top": 2}
    _label(sheet, layout, layout.total, ("", words("rka.annex.total")), style(**strong))
    _sums(sheet, layout, layout.total, (HEAD + 1, layout.total - 1), summed, amounts, style, strong)
    left = f"{layout.column('left')}{HEAD + 2}:{layout.column('left')}{layout.total}"
    # A reader may plan more for a wilayah than it needs; the sheet shows where.
    over = {"type": "cell", "criteria": "<", "value": 0, "format": style(font_color="#b00020", bold=True)}
    sheet.conditional_format(left, over)
    notes = [words("rka.annex.note", without=words.number(paper.without_data_count))]
    notes += [] if paper.is_exact else [words("rka.annex.masked")]
    for at, text in enumerate(notes, start=layout.total + 2):
        sheet.merge_range(at, 0, at, last, text, style(font_color=book.quiet, text_wrap=True, font_size=9))
        sheet.set_row(at, 26)
    sheet.outline_settings(symbols_below=False)
    sheet.freeze_panes(HEAD + 1, 3)
    sheet.repeat_rows(HEAD)
    sheet.ignore_errors({"number_stored_as_text": f"B{HEAD + 2}:B{layout.total}"})


def _label(sheet: Worksheet, layout: Layout, row: int, texts: tuple[str, str], form) -> None:
    for at in range(len(layout.columns)):
        sheet.write_blank(row, at, None, form)
    for at, text in enumerate(texts, start=1):
        sheet.write_string(row, at, neutralised(text), form)


def _sums(sheet, layout: Layout, row: int, span: tuple[int, int], summed, part: pd.DataFrame, style, look) -> None:
    for key in summed:
        letter = layout.column(key)
        formula = f"=SUBTOTAL(9,{letter}{span[0] + 1}:{letter}{span[1] + 1})"
        form = style(num_format=RUPIAH if key in MONEY else WHOLE, **look)
        sheet.write_formula(row, layout.columns.index(key), formula, form, int(part[key].sum()))


def _write_row(sheet: Worksheet, layout: Layout, row: int, record, amount: pd.Series, style, look) -> None:
    text, whole, money = style(**look), style(num_format=WHOLE, **look), style(num_format=RUPIAH, **look)
    at = layout.columns.index
    sheet.write_string(row, at("kode"), str(record["kode"]), text)
    sheet.write_string(row, at("name"), neutralised(str(record["name"])), style(indent=1, **look))
    small = style(align="right", italic=True, **look)
    for key in ("eligible", "need", "left"):
        if record["is_small"]:
            sheet.write_string(row, at(key), "<10", small)
        elif key != "left":
            sheet.write_number(row, at(key), int(amount[key]), whole)
    planned = f"{layout.column('planned')}{row + 1}"
    if not record["is_small"]:
        sheet.write_formula(row, at("left"), f"={layout.column('need')}{row + 1}-{planned}", whole, int(amount["left"]))
    sheet.write_number(row, at("planned"), int(amount["planned"]), style(num_format=WHOLE, bold=True, **look))
    sheet.write_formula(row, at("benefit"), f"={planned}*{MONTHS}*{PRICE}", money, int(amount["benefit"]))
    parts = [f"{layout.column('benefit')}{row + 1}"]
    if "desa" in layout.columns:
        formula = f"=IF({planned}>0,{PRICE_DESA},0)"
        sheet.write_formula(row, at("desa"), formula, money, int(amount["desa"]))
        parts.append(f"{layout.column('desa')}{row + 1}")
    sheet.write_formula(row, at("total"), f"={'+'.join(parts)}", money, int(amount["total"]))
