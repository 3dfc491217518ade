"""A workbook in the look of an Indonesian budget office: A4 across, ruled tables, yellow cells for the user to fill."""

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.exports import FICTIONAL, neutralised
from dashboard.files.ink import ACCENT, BADGE, QUIET, TEXT
from dashboard.files.rka_content import PlanPaper
from dashboard.files.workbook import FONT

WHOLE, RUPIAH, SHARE = "#,##0", "#,##0", "0.0%"
YELLOW = "#fff2a8"
RULE = "#7d8a91"
# The names by which the sheets' formulas know the cells that a user may change.
BUDGET, MONTHS, PRICE, PRICE_DESA = "PAGU", "BULAN", "HARGA_BANTUAN", "HARGA_WILAYAH"
CODE = "KODE_"
A4 = 9


class Book:
    """A workbook under way, with its formats by their properties."""

    line, quiet = RULE, QUIET

    def __init__(self, workbook: Workbook, paper: PlanPaper) -> None:
        self.workbook, self.paper = workbook, paper
        self._made: dict[tuple, Format] = {}

    def style(self, **properties: object) -> Format:
        """Return a cell format; equal properties are one format."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            shared = {"font_name": FONT, "font_size": 10, "font_color": TEXT, "valign": "vcenter"}
            self._made[key] = self.workbook.add_format(shared | properties)
        return self._made[key]

    def head(self) -> Format:
        """Return the format of a table's head."""
        return self.style(bold=True, text_wrap=True, align="center", bg_color=ACCENT, font_color="#ffffff", border=1,
                          border_color=RULE)  # fmt: skip

    def add(self, key: str) -> Worksheet:
        """Return a new sheet, A4 across and as wide as the paper, with the badge at its head where it is fictional."""
        sheet = self.workbook.add_worksheet(self.paper.words(key))
        sheet.hide_gridlines(2)
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        mark = f"&L&B{FICTIONAL}" if self.paper.is_fictional else ""
        sheet.set_header(f"{mark}&R&8Petadesil")
        sheet.set_footer("&L&8&A&R&8&P/&N")
        if self.paper.is_fictional:
            sheet.set_tab_color(BADGE)
        return sheet

    def open(self, sheet: Worksheet, title: str, subtitle: str, last: int) -> None:
        """Write the badge, the title and the line under it over the columns up to `last`."""
        if self.paper.is_fictional:
            badge = self.style(bold=True, bg_color=BADGE, font_color="#ffffff", align="center")
            sheet.merge_range(0, 0, 0, last, self.paper.words("workbook.fictional"), badge)
        sheet.merge_range(1, 0, 1, last, neutralised(title), self.style(bold=True, font_size=13, align="center"))
        sheet.merge_range(2, 0, 2, last, neutralised(subtitle), self.style(align="center", text_wrap=True))
        sheet.set_row(1, 20)
        sheet.set_row(2, 28)

    def write_code(self, sheet: Worksheet, row: int, column: int, purpose: str, **look: object) -> None:
        """Write a purpose's code as text under a name of its own; yellow, for the user, where it is not known."""
        code = self.paper.code(purpose)
        fill = {} if code else {"bg_color": YELLOW, "italic": True}
        sheet.write_string(row, column, code or self.paper.words("rka.fill"), self.style(**look | fill))
        self.name(f"{CODE}{purpose.upper()}", sheet, row, column)

    def name(self, name: str, sheet: Worksheet, row: int, column: int) -> None:
        """Give a cell a name that formulas and readers know it by."""
        self.workbook.define_name(name, f"='{sheet.get_name()}'!${chr(ord('A') + column)}${row + 1}")
