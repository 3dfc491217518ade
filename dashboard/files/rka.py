"""A plan as a budget sheet (RKA) in XLSX: the form with live formulas, its annex, the rules, the map and the basis."""

import io
from itertools import groupby

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from dashboard.exports import FICTIONAL, neutralised
from dashboard.files.ink import GROUND
from dashboard.files.rka_annex import Layout, layout_of, write_annex
from dashboard.files.rka_book import BUDGET, MONTHS, PRICE, PRICE_DESA, RUPIAH, SHARE, WHOLE, YELLOW, Book
from dashboard.files.rka_content import PlanPaper, PlanPlace
from dashboard.files.rka_sheets import write_basis, write_map, write_rules
from queries.budget_lines import BudgetLine
from queries.planning import Plan
from queries.stats.disclosure import SMALLEST_SHOWN

# Columns of the form: account, description over two, coefficient over two, volume, unit, price, amount.
ACCOUNT, TEXT, TEXT_END, COUNT, TIMES, VOLUME, UNIT, COST, AMOUNT = range(9)
WIDTHS = (25, 24, 36, 15, 12, 14, 15, 19, 22)
# Above this a share of the ceiling is written as its value: a spreadsheet's numbers have 15 digits.
MOST_EXACT = 10**15


def rka_of(plan: Plan, place: PlanPlace) -> bytes:
    """Return the workbook; the same plan is the same bytes.

    Every formula is written with the value that it comes to. No text of a user or of a file becomes a formula. Raises
    ValueError where the plan's rows, lines and effect differ.
    """
    paper, buffer = PlanPaper(plan, place), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(buffer, options) as workbook:
        words, layout = paper.words, layout_of(paper)
        mark = f"{FICTIONAL} " if paper.is_fictional else ""
        workbook.set_properties({
            "title": f"{mark}{words('rka.sheet.rka')} {plan.request.year} · {place.name}", "author": "Petadesil",
            "subject": place.path, "created": paper.made_at, "comments": words("workbook.fictional") if mark else "",
        })  # fmt: skip
        workbook.set_calc_mode("auto")
        book = Book(workbook, paper)
        form, annex = book.add("rka.sheet.rka"), book.add("rka.sheet.annex")
        _Form(book, form, paper, layout).write()
        write_annex(book, annex, paper, layout)
        write_rules(book, book.add("rka.sheet.rules"), paper)
        write_map(book, book.add("rka.sheet.map"), paper)
        write_basis(book, book.add("rka.sheet.basis"), paper)
    return buffer.getvalue()


class _Form:
    """The form on the first sheet, written from the top down."""

    def __init__(self, book: Book, sheet: Worksheet, paper: PlanPaper, layout: Layout) -> None:
        self.book, self.sheet, self.paper, self.layout = book, sheet, paper, layout
        self.words, self.style, self.row = paper.words, book.style, 4
        self.ruled = {"border": 1, "border_color": book.line}
        self.cells: dict[str, str] = {}

    def write(self) -> None:
        """Write the form."""
        request, stage = self.paper.plan.request, self.paper.plan.request.stage
        for column, width in enumerate(WIDTHS):
            self.sheet.set_column(column, column, width)
        title = self.words("rka.title" if stage == "rka" else f"rka.title.{stage}")
        self.book.open(self.sheet, title, self.words("rka.subtitle", year=request.year), AMOUNT)
        self._head()
        indicators = self.row + 1
        self.row = indicators + len(self.paper.indicators) + 2
        self._table()
        self._indicators(indicators)
        self._foot()
        self.sheet.print_area(0, 0, self.row, AMOUNT)
        # The form is signed at its foot, on the page that it signs.
        self.sheet.fit_to_pages(1, 1)

    def _head(self) -> None:
        words, paper, place = self.words, self.paper, self.paper.place
        request = paper.plan.request
        for key, text in (("provinsi", place.provinsi), ("kabupaten", place.kabupaten), ("year", str(request.year)),
                          ("stage", words(f"rka.stage.{request.stage}"))):  # fmt: skip
            if text:
                self._fact(key, text)
        yellow = self.style(bg_color=YELLOW, italic=True, **self.ruled)
        self._label("skpd")
        self.sheet.merge_range(self.row, TEXT, self.row, AMOUNT, words("rka.skpd"), yellow)
        self.book.name("PERANGKAT_DAERAH", self.sheet, self.row, TEXT)
        self.row += 1
        for rung, purpose in paper.ladder:
            self._label(rung)
            self.book.write_code(self.sheet, self.row, TEXT, purpose, **self.ruled)
            text = neutralised(paper.code_name(purpose))
            self.sheet.merge_range(self.row, TEXT_END, self.row, AMOUNT, text, self.style(**self.ruled))
            self.row += 1
        self._fact("funding", words(f"rka.funding.{request.funding}"))
        self._fact("place", paper.location)
        self._fact("target", paper.target[0].upper() + paper.target[1:])
        self._fact("aid", paper.program)
        self._number("months", request.months, f'0 "{words("rka.unit.month")}"', MONTHS)
        self._number("budget", request.budget_idr, f'"Rp" {RUPIAH}', BUDGET)

    def _label(self, key: str) -> None:
        look = self.style(bold=True, bg_color=GROUND, **self.ruled)
        self.sheet.write_string(self.row, ACCOUNT, self.words(f"rka.head.{key}"), look)

    def _fact(self, key: str, text: str) -> None:
        self._label(key)
        form = self.style(text_wrap=True, **self.ruled)
        self.sheet.merge_range(self.row, TEXT, self.row, AMOUNT, neutralised(text), form)
        self.row += 1

    def _number(self, key: str, value: int, form: str, name: str) -> None:
        self._label(key)
        look = self.style(bold=True, num_format=form, align="left", **self.ruled)
        self.sheet.write_number(self.row, TEXT, value, look)
        self.book.name(name, self.sheet, self.row, TEXT)
        hint = self.style(font_color=self.book.quiet, italic=True, font_size=9, **self.ruled)
        self.sheet.merge_range(self.row, TEXT_END, self.row, AMOUNT, self.words("rka.head.hint"), hint)
        self.row += 1

    def _indicators(self, row: int) -> None:
        words, paper, sheet = self.words, self.paper, self.sheet
        head, cell = self.book.head(), self.style(text_wrap=True, **self.ruled)
        sheet.write_string(row, ACCOUNT, words("rka.indicator"), head)
        sheet.merge_range(row, TEXT, row, UNIT, words("rka.indicator.what"), head)
        sheet.write_string(row, COST, words("rka.indicator.before"), head)
        sheet.write_string(row, AMOUNT, words("rka.indicator.after"), head)
        live = self._live_indicators()
        for at, one in enumerate(paper.indicators, start=row + 1):
            is_share = one.key in ("capaian", "hasil")
            form = SHARE if is_share else f'"Rp" {RUPIAH}' if one.key == "masukan" else f'{WHOLE} "{paper.unit}"'
            look = self.style(num_format=form, bold=True, align="right", **self.ruled)
            sheet.write_string(at, ACCOUNT, words(f"rka.indicator.{one.key}"), self.style(bold=True, **self.ruled))
            text = words(f"rka.measure.{one.key}", unit=paper.unit)
            sheet.merge_range(at, TEXT, at, UNIT, text, cell)
            before, after = live.get(one.key, ("", ""))
            self._value(at, COST, one.before, before, look)
            self._value(at, AMOUNT, one.after, after, look)

    def _value(self, row: int, column: int, value: float | None, formula: str, look) -> None:
        if value is None:
            self.sheet.write_string(row, column, "–", look)
        elif formula:
            self.sheet.write_formula(row, column, f"={formula}", look, value)
        else:
            self.sheet.write_number(row, column, value, look)

    def _live_indicators(self) -> dict[str, tuple[str, str]]:
        """Return the formulas of the indicators, before and after; rounded counts do not sum to a rate."""
        live = {"masukan": ("", self.cells["total"]), "keluaran": ("", self.cells["count"])}
        if self.paper.is_exact:
            eligible, need, left = (self.layout.grand(key) for key in ("eligible", "need", "left"))
            live |= {"hasil": (f"{need}/{eligible}", f"{left}/{eligible}"),
                     "capaian": (f"1-{need}/{eligible}", f"1-{left}/{eligible}")}  # fmt: skip
        return live

    def _table(self) -> None:
        words, sheet, head = self.words, self.sheet, self.book.head()
        for at, key in ((ACCOUNT, "code"), (VOLUME, "volume"), (UNIT, "unit"), (COST, "price"), (AMOUNT, "amount")):
            sheet.write_string(self.row, at, words(f"rka.column.{key}"), head)
        sheet.merge_range(self.row, TEXT, self.row, TEXT_END, words("rka.column.text"), head)
        sheet.merge_range(self.row, COUNT, self.row, TIMES, words("rka.column.factors"), head)
        self.sheet.set_row(self.row, 20)
        self.row += 1
        small = self.style(font_size=8, align="center", bg_color=GROUND, **self.ruled)
        for at, text in ((ACCOUNT, "1"), (VOLUME, "4"), (UNIT, "5"), (COST, "6"), (AMOUNT, "7 = 4 × 6")):
            sheet.write_string(self.row, at, text, small)
        sheet.merge_range(self.row, TEXT, self.row, TEXT_END, "2", small)
        sheet.merge_range(self.row, COUNT, self.row, TIMES, "3", small)
        self.row += 1
        first, spent = self.row, self.paper.lines[:-1]
        for kind, lines in groupby(spent, key=lambda line: line.kind):
            self._group(kind, tuple(lines))
        self._closing(first)

    def _group(self, kind: str, lines: tuple[BudgetLine, ...]) -> None:
        look = {"bold": True, "bg_color": "#e8f1f4", **self.ruled}
        self.book.write_code(self.sheet, self.row, ACCOUNT, kind, **look)
        self.sheet.merge_range(self.row, TEXT, self.row, COST, neutralised(self.paper.code_name(kind)),
                               self.style(**look))  # fmt: skip
        below = f"I{self.row + 2}:I{self.row + 1 + len(lines)}"
        total = sum(line.amount_idr for line in lines)
        money = self.style(num_format=RUPIAH, **look)
        self.sheet.write_formula(self.row, AMOUNT, f"=SUBTOTAL(9,{below})", money, total)
        self.row += 1
        for line in lines:
            self._line(line)

    def _line(self, line: BudgetLine) -> None:
        words, sheet, row = self.words, self.sheet, self.row
        kind = line.purpose.split("_")[0]
        is_benefit = kind not in ("distribusi", "administrasi")
        unit = self.paper.unit_of(line)
        self.book.write_code(sheet, row, ACCOUNT, line.purpose, **self.ruled)
        text = neutralised(self.paper.line_text(line))
        sheet.merge_range(row, TEXT, row, TEXT_END, text, self.style(text_wrap=True, **self.ruled))
        whole = self.style(num_format=WHOLE, **self.ruled)
        money = self.style(num_format=RUPIAH, **self.ruled)
        count = self.style(num_format=f'{WHOLE} "{unit}"', **self.ruled)
        if is_benefit:
            numbers, planned = self.layout.whole("number"), self.layout.whole("planned")
            # The wilayah alone are numbered: their subtotals are not counted again, nor is a filter's choice.
            sheet.write_formula(row, COUNT, f'=SUMIF({numbers},">0",{planned})', count, line.count)
            month = self.style(num_format=f'"× "0 "{words("rka.unit.month")}"', **self.ruled)
            sheet.write_formula(row, TIMES, f"={MONTHS}", month, line.times)
            sheet.write_formula(row, VOLUME, f"=D{row + 1}*E{row + 1}", whole, line.volume)
            sheet.set_row(row, 30)
        else:
            if kind == "distribusi":
                numbers, planned = self.layout.whole("number"), self.layout.whole("planned")
                formula = f'=COUNTIFS({numbers},">0",{planned},">0")'
                sheet.write_formula(row, COUNT, formula, count, line.count)
            else:
                sheet.write_number(row, COUNT, line.count, count)
            sheet.write_blank(row, TIMES, None, whole)
            sheet.write_formula(row, VOLUME, f"=D{row + 1}", whole, line.volume)
        per = words("rka.unit.months", unit=unit) if is_benefit else unit
        sheet.write_string(row, UNIT, per, self.style(align="center", **self.ruled))
        self._price(line, kind, money)
        sheet.write_formula(row, AMOUNT, f"=F{row + 1}*H{row + 1}", money, line.amount_idr)
        self.cells["benefit" if is_benefit else kind] = f"I{row + 1}"
        if is_benefit:
            self.cells["count"] = f"D{row + 1}"
        names = {"distribusi": PRICE_DESA, "administrasi": "HARGA_ADMINISTRASI"}
        self.book.name(names.get(kind, PRICE), sheet, row, COST)
        self.row += 1

    def _price(self, line: BudgetLine, kind: str, money) -> None:
        request = self.paper.plan.request
        share = request.administration_bp
        is_share = kind == "administrasi" and not request.administration_idr
        if is_share and request.budget_idr * share < MOST_EXACT:
            self.sheet.write_formula(self.row, COST, f"=INT({BUDGET}*{share}/10000)", money, line.price_idr)
        else:
            self.sheet.write_number(self.row, COST, line.price_idr, money)

    def _closing(self, first: int) -> None:
        words, paper = self.words, self.paper
        look = {"bold": True, "bg_color": "#d3e4ea", **self.ruled}
        spent = sum(line.amount_idr for line in paper.lines[:-1])
        self.cells["total"] = f"I{self.row + 1}"
        self._sum(words("rka.total"), f"=SUBTOTAL(9,I{first + 1}:I{self.row})", spent, look)
        self._sum(words("rka.head.budget"), f"={BUDGET}", paper.plan.request.budget_idr, look)
        remainder = f"I{self.row + 1}"
        self._sum(words("rka.remainder"), f"={BUDGET}-{self.cells['total']}", paper.lines[-1].amount_idr, look)
        self.sheet.conditional_format(remainder, {"type": "cell", "criteria": "<", "value": 0,
                                                  "format": self.style(font_color="#b00020", bold=True)})  # fmt: skip
        right, wrong = words("rka.check.right"), words("rka.check.wrong")
        parts = "+".join(self.cells[key] for key in ("benefit", "distribusi") if key in self.cells)
        annex = self.layout.whole("total")
        own = f'SUMIF({self.layout.whole("number")},">0",{annex})'
        total = self.cells["total"]
        self.cells |= {"remainder": remainder, "over": self._over()}
        checks = {"annex": f"{own}={parts}", "ceiling": f"AND({total}+{remainder}={BUDGET},{remainder}>=0)",
                  "need": f"{self.cells['over']}=0"}  # fmt: skip
        for key, test in checks.items():
            quiet = self.style(font_color=self.book.quiet, font_size=9, align="right")
            self.sheet.merge_range(self.row, ACCOUNT, self.row, COST, words(f"rka.check.{key}"), quiet)
            formula = f'=IF({test},"{right}","{wrong}")'
            self.sheet.write_formula(self.row, AMOUNT, formula, self.style(font_size=9, align="right"), right)
            self.row += 1

    def _sum(self, text: str, formula: str, value: int, look: dict) -> None:
        self.sheet.merge_range(self.row, ACCOUNT, self.row, COST, text, self.style(align="right", **look))
        self.sheet.write_formula(self.row, AMOUNT, formula, self.style(num_format=RUPIAH, **look), value)
        self.row += 1

    def _foot(self) -> None:
        words, paper = self.words, self.paper
        quiet = self.style(font_color=self.book.quiet, font_size=9, text_wrap=True)
        self.row += 1
        self.sheet.merge_range(self.row, ACCOUNT, self.row, UNIT, "", quiet)
        cached = paper.remainder_note or words("rka.note.spent")
        self.sheet.write_formula(self.row, ACCOUNT, self._remainder_note(), quiet, cached)
        if not all(map(paper.code, paper.purposes)):
            self.row += 1
            self.sheet.merge_range(self.row, ACCOUNT, self.row, UNIT, words("rka.filled"), quiet)
        self.row += 2
        centred = self.style(align="center")
        texts = {0: words("rka.sign", place=neutralised(paper.place.kabupaten or paper.place.provinsi or "…………")),
                 1: words("rka.sign.office"), 5: words("rka.sign.name"), 6: words("rka.sign.number")}  # fmt: skip
        for below, text in texts.items():
            self.sheet.merge_range(self.row + below, COST, self.row + below, AMOUNT, text, centred)
        self.row += max(texts)

    def _over(self) -> str:
        """Return the formula of how many wilayah are planned more than are not reached there."""
        number, need, planned = (self.layout.whole(key) for key in ("number", "need", "planned"))
        over = f"SUMPRODUCT(({number}>0)*({planned}>{need}))"
        # A text is above every number: where the annex shows a small cell as "<10", more than nine are too many.
        masked = f"+SUMPRODUCT(({number}>0)*ISTEXT({need})*({planned}>={SMALLEST_SHOWN}))"
        return over if self.paper.is_exact else f"({over}{masked})"

    def _remainder_note(self) -> str:
        """Return the formula of why a part of the ceiling is not spent, as `PlanPaper.remainder_note` says it."""
        rest, count = self.cells["remainder"], self.cells["count"]
        # Rounded counts have no total in the annex.
        need = self.layout.grand("need") if self.paper.is_exact else str(int(self.paper.plan.need.need_count.sum()))
        cases = {"over": f"{rest}<0", "spent": f"{rest}=0", "reached": f"AND({count}>={need},{self.cells['over']}=0)",
                 "small": f"{rest}<{MONTHS}*{PRICE}"}  # fmt: skip
        tests = "".join(f'IF({test},"{self.words(f"rka.note.{key}")}",' for key, test in cases.items())
        return f'={tests}"{self.words("rka.note.limits")}"{")" * len(cases)}'
