"""Parts of a printed A4 page, and the PDF that they make up: heads, sentences, figures, tables and pictures.

What is printed is a list of parts, made by the functions here, under one `Sheet`, which says what stands on every
page: `pdf_of(sheet, [paragraph(...), figure_row(...), number_table(...)])`. Texts are taken as they are, in the
reader's language, and may come from files: nothing in them but `**bold**` is acted on. The same parts make the same
bytes.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

import matplotlib
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    Flowable,
    Frame,
    HRFlowable,
    Image,
    KeepTogether,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from dashboard.files.ink import ACCENT, BADGE, GROUND, LINE, QUIET, TEXT
from dashboard.scales import ink_on
from dashboard.words import Words

PLAIN, BOLD = "DejaVuSans", "DejaVuSans-Bold"
SIDE, TOP, FOOT = 18 * mm, 20 * mm, 25 * mm
# The room between the margins, in points: what widths are shares of.
WIDTH = A4[0] - 2 * SIDE
# A picture leaves room for a heading over it and a note under it.
MOST_HEIGHT = A4[1] - TOP - FOOT - 30 * mm
# What must fit under a heading: a table's head and two rows.
HEADED = 30 * mm
FIGURES_IN_A_ROW = 4


@dataclass(frozen=True)
class Sheet:
    """What stands on every page of a print.

    `title` and `place` open the first page and run along the top of the others, `source` and `data_version` stand at
    the foot of each, beside the page's number. A fictional print bears the badge on every page.
    """

    title: str
    place: str
    source: str
    data_version: str
    is_fictional: bool
    language: str = "id"


def pdf_of(sheet: Sheet, parts: Sequence[Flowable]) -> bytes:
    """Return the A4 pages that hold `parts` in their order, as PDF."""
    _register_fonts()
    buffer = io.BytesIO()
    document = BaseDocTemplate(
        buffer, pagesize=A4, leftMargin=SIDE, rightMargin=SIDE, topMargin=TOP, bottomMargin=FOOT,
        title=sheet.title, author="Petadesil", subject=sheet.place, lang=sheet.language, invariant=1,
    )  # fmt: skip
    frame = Frame(SIDE, FOOT, WIDTH, A4[1] - TOP - FOOT, 0, 0, 0, 0, id="body")
    document.addPageTemplates(PageTemplate("page", [frame]))
    opening = [
        Paragraph(_marked(sheet.title), _style("title")), Paragraph(_marked(sheet.place), _style("place")),
        HRFlowable(width="100%", thickness=1.1, color=HexColor(ACCENT), spaceBefore=3, spaceAfter=8),
    ]  # fmt: skip

    class Numbered(_Numbered):
        own = sheet

    story: list[Flowable] = []
    for part in parts:
        if isinstance(part, _Heading):
            # A heading goes over the page with what it heads; keeping it with a whole table would move that too.
            story.append(CondPageBreak(HEADED))
        story.append(part)
    document.build([*opening, *story], canvasmaker=Numbered)
    return buffer.getvalue()


def heading(text: str) -> Flowable:
    """Return a heading that is never left alone at the foot of a page."""
    return _Heading(_marked(text), _style("heading"))


def paragraph(text: str) -> Flowable:
    """Return a paragraph of running text; `**bold**` is set bold."""
    return Paragraph(_marked(text), _style("body"))


def note(text: str) -> Flowable:
    """Return a small quiet paragraph: limits, sources, what a figure does not say."""
    return Paragraph(_marked(text), _style("note"))


def gap(millimetres: float) -> Flowable:
    """Return empty room between two parts."""
    return Spacer(1, millimetres * mm)


def page_break() -> Flowable:
    """Return the end of a page."""
    return PageBreak()


def figure_row(figures: Sequence[tuple[str, str, str]]) -> Flowable:
    """Return four figures at most side by side, each its label, its value, and a line under it (empty for none)."""
    if not 1 <= len(figures) <= FIGURES_IN_A_ROW:
        raise ValueError(f"a row holds one to {FIGURES_IN_A_ROW} figures, not {len(figures)}")
    cells = [
        [Paragraph(_marked(text), _style(name))
         for text, name in zip(figure, ("label", "value", "change"), strict=True) if text]
        for figure in figures
    ]  # fmt: skip
    table = Table([cells], colWidths=[WIDTH / len(figures)] * len(figures))
    style = [("VALIGN", (0, 0), (-1, -1), "TOP"), ("BACKGROUND", (0, 0), (-1, -1), HexColor(GROUND)),
             ("LEFTPADDING", (0, 0), (-1, -1), 8), ("RIGHTPADDING", (0, 0), (-1, -1), 6),
             ("TOPPADDING", (0, 0), (-1, -1), 5), ("BOTTOMPADDING", (0, 0), (-1, -1), 7)]  # fmt: skip
    style += [("LINEBEFORE", (at, 0), (at, 0), 2, HexColor(ACCENT)) for at in range(len(figures))]
    table.setStyle(TableStyle(style))
    return table


def number_table(
    header: Sequence[str], rows: Sequence[Sequence[str]], *, shares: Sequence[float] | None = None, names: int = 1,
    bold_rows: Sequence[int] = (), fills: dict[tuple[int, int], str] | None = None,
) -> Flowable:  # fmt: skip
    """Return a table whose head is repeated on each page that it runs over.

    The first `names` columns are text, set to the left; the others are numbers written as text, set to the right, so
    that their digits stand under one another. `shares` are the columns' parts of the width, by default equal after a
    wider first one. `bold_rows` are counted from 0 without the head, and so are the (row, column) of `fills`, which
    give a cell the colour `#rrggbb` of its class. Raises ValueError for a row of another length than the head's.
    """
    if any(len(row) != len(header) for row in rows):
        raise ValueError("every row needs as many cells as the head")
    if shares is None:
        shares = [2.2 if at < names else 1.0 for at in range(len(header))]
    widths = [WIDTH * share / sum(shares) for share in shares]
    cells = [[_cell(text, at < names, "head") for at, text in enumerate(header)]]
    for number, row in enumerate(rows):
        cells.append([
            _cell(text, at < names, "strong" if number in bold_rows else "cell",
                  (fills or {}).get((number, at))) for at, text in enumerate(row)
        ])  # fmt: skip
    style = [("VALIGN", (0, 0), (-1, 0), "BOTTOM"), ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
             ("LINEBELOW", (0, 0), (-1, 0), 0.9, HexColor(TEXT)),
             ("LINEBELOW", (0, 1), (-1, -1), 0.35, HexColor(LINE)),
             ("LEFTPADDING", (0, 0), (-1, -1), 3), ("RIGHTPADDING", (0, 0), (-1, -1), 4),
             ("TOPPADDING", (0, 0), (-1, -1), 2.4), ("BOTTOMPADDING", (0, 0), (-1, -1), 2.8)]  # fmt: skip
    for (number, at), colour in (fills or {}).items():
        style.append(("BACKGROUND", (at, number + 1), (at, number + 1), HexColor(colour)))
    table = Table(cells, colWidths=widths, repeatRows=1)
    table.setStyle(TableStyle(style))
    return table


def picture(png: bytes, share: float = 1.0) -> Flowable:
    """Return an image as wide as this share of the page; one that would pass the page's height is made smaller."""
    width, height = ImageReader(io.BytesIO(png)).getSize()
    drawn = min(WIDTH * share, MOST_HEIGHT * width / height)
    return Image(io.BytesIO(png), drawn, drawn * height / width, hAlign="LEFT")


def together(*parts: Flowable) -> Flowable:
    """Return parts that stand on one page: a heading and its table, a picture and its note."""
    return KeepTogether(list(parts))


def room(millimetres: float) -> Flowable:
    """Return a page break that happens only where less than this height is left."""
    return CondPageBreak(millimetres * mm)


class _Heading(Paragraph):
    """A paragraph that is told apart from running text."""


class _Numbered(Canvas):
    """A canvas that writes head and foot of each page at the end, when it is known how many there are."""

    own: Sheet

    def __init__(self, *arguments, **named) -> None:
        super().__init__(*arguments, **named)
        self._pages: list[dict] = []

    def showPage(self) -> None:
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            self._head(number)
            self._foot(number, len(self._pages))
            super().showPage()
        super().save()

    def _head(self, number: int) -> None:
        line = A4[1] - 12 * mm
        words = Words(self.own.language)
        self.setFillColor(HexColor(QUIET))
        self.setFont(PLAIN, 7.5)
        running = "Petadesil" if number == 1 else f"{self.own.title} · {self.own.place}"
        room_for_text = WIDTH
        if self.own.is_fictional:
            badge = words("badge")
            width = pdfmetrics.stringWidth(badge, BOLD, 8) + 14
            room_for_text -= width + 8
            self.setFillColor(HexColor(BADGE))
            self.roundRect(A4[0] - SIDE - width, line - 4.4, width, 14, 2.5, stroke=0, fill=1)
            self.setFillColor(HexColor("#ffffff"))
            self.setFont(BOLD, 8)
            self.drawString(A4[0] - SIDE - width + 7, line - 0.4, badge)
        self.setFillColor(HexColor(QUIET))
        self.setFont(PLAIN, 7.5)
        self.drawString(SIDE, line, _fitted(running, 7.5, room_for_text))

    def _foot(self, number: int, count: int) -> None:
        words = Words(self.own.language)
        self.setStrokeColor(HexColor(LINE))
        self.setLineWidth(0.6)
        self.line(SIDE, 20 * mm, A4[0] - SIDE, 20 * mm)
        source = Paragraph(_marked(self.own.source), _style("foot"))
        _, height = source.wrap(WIDTH - 36 * mm, 12 * mm)
        source.drawOn(self, SIDE, 18.6 * mm - height)
        self.setFillColor(HexColor(QUIET))
        self.setFont(PLAIN, 6.6)
        self.drawRightString(A4[0] - SIDE, 16.6 * mm, words("print.page", number=number, count=count))
        version = words("print.version", version=self.own.data_version)
        self.drawRightString(A4[0] - SIDE, 13.6 * mm, version)


def _fitted(text: str, size: float, width: float) -> str:
    """Return a text that fits a width, cut with an ellipsis where it must be."""
    if pdfmetrics.stringWidth(text, PLAIN, size) <= width:
        return text
    while text and pdfmetrics.stringWidth(text + "…", PLAIN, size) > width:
        text = text[:-1]
    return text + "…"


def _cell(text: str, is_name: bool, name: str, fill: str | None = None) -> Paragraph:
    style = _style(name if is_name else f"{name}.number")
    if fill is not None:
        # Dark classes take white digits, as they do in the list beside the map.
        style = ParagraphStyle(f"{style.name}.{fill}", parent=style, textColor=HexColor(ink_on(fill)))
    return Paragraph(_marked(text), style)


def _marked(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(text))


@cache
def _register_fonts() -> None:
    # The only fonts that are here wherever this runs: they come with a library, and hold –, −, ≥ and the joined blank.
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    for name in (PLAIN, BOLD):
        pdfmetrics.registerFont(TTFont(name, folder / f"{name}.ttf"))
    pdfmetrics.registerFontFamily(PLAIN, normal=PLAIN, bold=BOLD, italic=PLAIN, boldItalic=BOLD)


@cache
def _style(name: str) -> ParagraphStyle:
    _register_fonts()
    if name.endswith(".number"):
        return ParagraphStyle(name, parent=_style(name.removesuffix(".number")), alignment=TA_RIGHT)
    size, leading, font, colour, extra = _STYLES[name]
    return ParagraphStyle(name, fontName=font, fontSize=size, leading=leading, textColor=HexColor(colour), **extra)


_STYLES = {
    "title": (17, 21, BOLD, TEXT, {}),
    "place": (9.5, 13, PLAIN, QUIET, {"spaceBefore": 2}),
    "heading": (11, 14, BOLD, TEXT, {"spaceBefore": 9, "spaceAfter": 4}),
    "body": (9.2, 13, PLAIN, TEXT, {"spaceAfter": 5}),
    "note": (7.2, 9.6, PLAIN, QUIET, {"spaceBefore": 2, "spaceAfter": 4}),
    "label": (7.2, 9.4, PLAIN, QUIET, {}),
    "value": (14.5, 18, BOLD, TEXT, {"spaceBefore": 2}),
    "change": (7.2, 9.4, PLAIN, QUIET, {"spaceBefore": 1}),
    "head": (7.4, 9.4, BOLD, TEXT, {}),
    "cell": (8, 10, PLAIN, TEXT, {}),
    "strong": (8, 10, BOLD, TEXT, {}),
    "foot": (6.6, 8.6, PLAIN, QUIET, {}),
}
