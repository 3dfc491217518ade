"""The sheets behind a budget sheet: the rules compared, the map, and the assumptions with codes and sources."""

import io

from PIL import Image
from xlsxwriter.worksheet import Worksheet

from dashboard.exports import neutralised
from dashboard.files.ink import GROUND
from dashboard.files.rka_book import RUPIAH, SHARE, WHOLE, YELLOW, Book
from dashboard.files.rka_content import PlanPaper

# The map's size on its sheet, in pixels: what an A4 page across shows in one piece.
MAP_PX = (1060, 640)
# About how many letters a cell of the codes' texts holds in one line, and one over all the sheet's columns.
LETTERS, LETTERS_ACROSS = 60, 165
NUMBER_OF = {"share": SHARE, "count": WHOLE, "money": RUPIAH, "gini": "0.000", "gap": "0.0000%"}


def write_rules(book: Book, sheet: Worksheet, paper: PlanPaper) -> None:
    """Write each rule's effect, one column each, the chosen one marked."""
    words, style, effects = paper.words, book.style, paper.plan.effects
    last = len(effects)
    book.open(sheet, words("rka.rules.title"), f"{paper.place.path} · {paper.target}", max(last, 3))
    top, chosen = 4, paper.plan.effect.rule
    sheet.write_string(top, 0, words("rka.rules.rule"), book.head())
    sheet.set_column(0, 0, 44)
    sheet.set_column(1, max(last, 3), 21)
    for at, effect in enumerate(effects, start=1):
        name = paper.rule(effect)
        text = words("rka.rules.chosen", rule=name) if effect.rule == chosen else name
        sheet.write_string(top, at, text, book.head())
    sheet.set_row(top, 34)
    look = {"border": 1, "border_color": book.line}
    for row, (label, kind, value_of) in enumerate(_figures(paper), start=top + 1):
        sheet.write_string(row, 0, label, style(bold=True, bg_color=GROUND, **look))
        for at, effect in enumerate(effects, start=1):
            marked = {"bg_color": "#e8f1f4", "bold": True} if effect.rule == chosen else {}
            value = value_of(effect)
            if value is None:
                sheet.write_string(row, at, "–", style(align="right", **look | marked))
            else:
                sheet.write_number(row, at, value, style(num_format=NUMBER_OF[kind], **look | marked))
        sheet.set_row(row, 18)
    end = top + len(_figures(paper)) + 2
    quiet = style(font_color=book.quiet, text_wrap=True, font_size=9)
    sheet.merge_range(end, 0, end, max(last, 3), words("rka.rules.note"), quiet)
    sheet.set_row(end, 28)
    sheet.freeze_panes(top + 1, 1)


def _figures(paper: PlanPaper) -> list[tuple]:
    """Return (label, kind of number, function from effect to value) of each row."""
    words, has_field = paper.words, paper.plan.field_before is not None

    def sides(name: str, kind: str) -> list[tuple]:
        return [(f"   {words(f'rka.rules.{side}')}", kind, lambda effect, side=side: _side(getattr(effect, name), side))
                for side in ("lower", "upper")]  # fmt: skip

    field = [(words("rka.rules.field"), "share", lambda effect: _side(effect.field_after, "value")),
             *sides("field_after", "share")] if has_field else []  # fmt: skip
    return [
        (words("rka.rules.planned", unit=paper.unit), "count", lambda effect: effect.planned_count),
        (words("rka.rules.served"), "count", lambda effect: effect.served_count),
        (words("rka.rules.left_out"), "count", lambda effect: effect.left_out_count),
        (words("rka.rules.before"), "share", lambda effect: effect.exclusion_before),
        (words("rka.rules.after"), "share", lambda effect: effect.exclusion_after),
        (words("rka.rules.unmendable"), "share", lambda effect: effect.unmendable_rate),
        *field,
        (words("rka.rules.expected"), "count", lambda effect: effect.expected.value), *sides("expected", "count"),
        (words("rka.rules.robust"), "count", lambda effect: effect.robust_count),
        (words("rka.rules.inclusion"), "share", lambda effect: effect.inclusion_rate),
        (words("rka.rules.cost"), "money", lambda effect: effect.cost_per_eligible_idr),
        (words("rka.rules.gini"), "gini", lambda effect: effect.gini),
        (words("rka.rules.gap"), "gap", lambda effect: effect.gap_to_optimum),
        (words("rka.total"), "money", lambda effect: effect.total_idr),
        (words("rka.rules.remainder"), "money", lambda effect: effect.remainder_idr),
    ]  # fmt: skip


def _side(interval, side: str) -> float | None:
    return None if interval is None else getattr(interval, side)


def write_map(book: Book, sheet: Worksheet, paper: PlanPaper) -> None:
    """Write the map's picture, or that there is none."""
    words, last = paper.words, 11
    book.open(sheet, words("rka.map.title"), f"{paper.place.path} · {paper.target}", last)
    sheet.set_column(0, last, 12)
    # Rows whose height is stated are as high in every program, and the picture that spans them keeps its proportions.
    sheet.set_default_row(16)
    sheet.fit_to_pages(1, 1)
    if paper.place.picture is None:
        sheet.merge_range(4, 0, 4, last, words("rka.map.none"), book.style(font_color=book.quiet))
        return
    with Image.open(io.BytesIO(paper.place.picture)) as image:
        # A picture of 200 dots an inch would be taken for a smaller one than its pixels say.
        width, height = image.size
        dots = image.info.get("dpi", (96, 96))
    scale = min(MAP_PX[0] / width, MAP_PX[1] / height)
    sheet.insert_image(4, 0, "peta.png", {
        "image_data": io.BytesIO(paper.place.picture), "x_scale": scale * dots[0] / 96, "y_scale": scale * dots[1] / 96,
        "object_position": 3, "description": f"{words('rka.map.title')}: {paper.place.path}",
    })  # fmt: skip


def write_basis(book: Book, sheet: Worksheet, paper: PlanPaper) -> None:
    """Write what the plan assumes, the codes with their sources, the sources of the data, and its limits."""
    words, style, origin = paper.words, book.style, paper.plan.result.provenance
    for column, width in enumerate((30, 21, 44, 54, 54)):
        sheet.set_column(column, column, width)
    book.open(sheet, words("rka.basis.title"), paper.place.path, 4)
    head = style(bold=True, font_size=11, bottom=1)
    cell = {"text_wrap": True, "valign": "top", "border": 1, "border_color": book.line}
    name = style(bold=True, bg_color=GROUND, **cell)

    def section(row: int, key: str) -> int:
        sheet.merge_range(row, 0, row, 4, words(key), head)
        return row + 1

    row = section(4, "rka.basis.assumptions")
    lines = [*paper.assumptions(), (words("rka.basis.version"), origin.data_version)]
    for label, text in lines:
        sheet.write_string(row, 0, neutralised(label), name)
        sheet.merge_range(row, 1, row, 4, neutralised(text), style(**cell))
        _raise_row(sheet, row, LETTERS_ACROSS, label, text)
        row += 1
    row = section(row + 1, "rka.basis.codes")
    for at, key in enumerate(("what", "code", "name", "reference", "note")):
        sheet.write_string(row, at, words(f"rka.basis.{key}"), book.head())
    for purpose in paper.purposes:
        row += 1
        _write_code(book, sheet, row, paper, purpose, cell)
    row = section(row + 2, "rka.basis.sources")
    for text in paper.place.sources:
        sheet.merge_range(row, 0, row, 4, neutralised(text), style(**cell))
        row += 1
    row = section(row + 1, "rka.basis.limits")
    sheet.merge_range(row, 0, row, 4, words("rka.limits"), style(text_wrap=True, valign="top"))
    sheet.set_row(row, 44)


def _write_code(book: Book, sheet: Worksheet, row: int, paper: PlanPaper, purpose: str, cell: dict) -> None:
    known, code, style = paper.place.codes.get(purpose), paper.code(purpose), book.style
    note = "" if known is None else known.note_id if paper.place.language == "id" else known.note_en
    fill = {} if code else {"bg_color": YELLOW, "italic": True}
    sheet.write_string(row, 0, purpose.replace("_", " "), style(**cell))
    sheet.write_string(row, 1, code or paper.words("rka.fill"), style(**cell | fill))
    texts = (paper.code_name(purpose), known.reference if known else "", note)
    for at, text in enumerate(texts, start=2):
        sheet.write_string(row, at, neutralised(text), style(**cell))
    _raise_row(sheet, row, LETTERS, *texts)


def _raise_row(sheet: Worksheet, row: int, letters: int, *texts: str) -> None:
    """Make a row as high as its texts need; not every program does that by itself, and none for merged cells."""
    sheet.set_row(row, 14.5 * max(1, *(-(-len(text) // letters) for text in texts)))
