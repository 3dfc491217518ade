"""A wilayah's profile on two printed pages: the overview's answer, map and tables, and what the figures mean."""

from dataclasses import replace

from reportlab.platypus import Flowable

from boundaries.levels import parent_of
from dashboard import cache, panels
from dashboard.addresses import Asked
from dashboard.exports import FICTIONAL
from dashboard.facts import view_of
from dashboard.files import print as printed
from dashboard.files.content import Content, read_content, read_drawing
from dashboard.files.fitted import fitted
from dashboard.files.map_picture import plain_png
from dashboard.sections import overview_answers as answers
from dashboard.sections import overview_head, overview_priorities
from dashboard.sections import overview_tables as tables
from dashboard.sections.number_table import Row
from dashboard.sections.overview_tables import Sheet
from dashboard.state import View
from queries.columns import Status
from queries.result import Result

# Points: about what a letter takes, a mark as narrow as a point or a comma, a cell's sides, a program's name.
LETTER, MARK, SIDES, NAME = 5.4, 2.8, 9, 70
# With more programs than these the first page has no room for what the figures mean.
MOST_PROGRAMS_BESIDE = 6
# What goes first where the columns need more than the page: other columns say it too.
SPARED = ("quota_count", "gap_count", "gap_idr")


def name_of(asked: Asked) -> str:
    """Return the file's name, with FIKTIF first where anything in it is fictional."""
    result = cache.answer("without", asked.scope.itself(), asked.data_version)
    parts, scope = [FICTIONAL] if result.provenance.is_fictional else [], asked.scope
    parts += ["profil", scope.wilayah, scope.level.name, scope.program, f"{scope.period:%Y-%m}"]
    return "_".join(parts) + ".pdf"


def profile_of(asked: Asked) -> bytes:
    """Return the profile of the wilayah that an address names, as a PDF of two A4 pages.

    Both pages are made smaller where they would not hold their tables. Raises the errors of the page's own queries.
    """
    view = view_of(asked)
    words = view.words
    result = answers.parts(view, "without")
    own = answers.own(view, "without")
    has_data = str(own.frame["status"].iloc[0]) != Status.no_data
    content = _content(asked)
    path = " › ".join(step.name for step in cache.path_of(view.wilayah, view.data_version))
    sheet = printed.Sheet(
        title=words("profile.title", name=panels.own_name(view)),
        place=words("profile.place", path=path, period=words.month(view.period),
                    scheme=view.scheme_of(view.period).upper()),
        source="; ".join(content.sources), data_version=view.data_version,
        is_fictional=result.provenance.is_fictional, language=view.language,
    )  # fmt: skip
    first = [printed.paragraph(overview_head.sentence(view, result)), *_map(view, content)]
    limits = overview_head.limits(view) if has_data else ""
    if limits:
        first.insert(1, printed.note(limits))
    second: list[Flowable] = []
    meanings = _meanings(view)
    if has_data:
        chosen = overview_head.four_figures(view, panels.Own(view))
        first.insert(2 if limits else 1, printed.figure_row([
            (one.label, one.value, " · ".join(filter(None, (one.base, one.change)))) for one in chosen
        ]))  # fmt: skip
        listed = tables.programs_in_order(view)
        first += _programs(view, listed)
        second += _section(view, "overview.changes", tables.changes(view))
        second += _section(view, "overview.age", _turned(tables.ages(view)))
        second += _priorities(view)
        if len(listed.rows) <= MOST_PROGRAMS_BESIDE:
            first, meanings = [*first, *meanings], []
    second += _section(view, "overview.official", tables.official(view), names=3, shares=(1.6, 1, 1.4))
    second += meanings
    return printed.pdf_of(sheet, [fitted(first), printed.page_break(), fitted(second)])


def _content(asked: Asked) -> Content:
    """Return what the map shows: a desa stands among its neighbours."""
    scope = asked.scope
    if scope.wilayah.count(".") == scope.level - 1 == 3:
        scope = scope.at(wilayah=parent_of(scope.wilayah))
    return read_content(replace(asked, part="export", scope=scope))


def _map(view: View, content: Content) -> list[Flowable]:
    words, drawing = view.words, read_drawing(content)
    head = printed.heading(words("profile.map", measure=words(f"measure.{view.measure.key}"),
                                 level=words(f"level.{view.level.name}").lower()))  # fmt: skip
    if not drawing.rows:
        return [head, printed.note(words("profile.map.none"))]
    return [head, printed.picture(plain_png(content, drawing, view.chosen_desa))]


def _section(
    view: View, key: str, sheet: Sheet, names: int = 1, shares: tuple[float, ...] | None = None
) -> list[Flowable]:
    if not sheet.rows and not sheet.answer:
        return []
    parts = [printed.heading(view.words(key))]
    if sheet.answer:
        parts.append(printed.paragraph(sheet.answer.replace("`", "")))
    if sheet.rows:
        rows = [(row.name, *row.cells) for row in sheet.rows]
        parts.append(_left(printed.number_table(sheet.heads, rows, names=names, shares=shares)))
    if sheet.note:
        parts.append(printed.note(sheet.note))
    return parts


def _programs(view: View, sheet: Sheet) -> list[Flowable]:
    """Return the table of programs, each column as wide as its longest word, without some where there is no room."""
    heads, rows = sheet.heads, [tuple(cell.replace("\N{NO-BREAK SPACE}m", " m").replace("\N{NO-BREAK SPACE}t", " t")
                                      for cell in row.cells) for row in sheet.rows]  # fmt: skip
    widths = [_longest(heads[at + 1], *(cells[at] for cells in rows)) for at in range(len(heads) - 1)]
    columns = [*tables.SHEET, "", ""]
    for spared in SPARED:
        if sum(widths) + NAME > printed.WIDTH:
            at = columns.index(spared)
            columns, widths = [*columns[:at], *columns[at + 1 :]], [*widths[:at], *widths[at + 1 :]]
            heads = [*heads[: at + 1], *heads[at + 2 :]]
            rows = [(*cells[:at], *cells[at + 1 :]) for cells in rows]
    sheet = replace(sheet, heads=heads, rows=[replace(row, cells=cells) for row, cells in
                                              zip(sheet.rows, rows, strict=True)])  # fmt: skip
    shares = (max(printed.WIDTH - sum(widths), NAME), *widths)
    return _section(view, "overview.programs", sheet, shares=shares)


def _longest(*texts: str) -> float:
    words = (word for text in texts for word in text.split(" "))
    return max(sum(MARK if letter in "., \N{NO-BREAK SPACE}" else LETTER for letter in word) for word in words) + SIDES


def _left(table: Flowable) -> Flowable:
    """Return a table that stays at the left margin where a page is made smaller."""
    table.hAlign = "LEFT"
    return table


def _turned(sheet: Sheet) -> Sheet:
    """Return a table with its rows as columns: few numbers of many classes take less room so."""
    heads = [sheet.heads[0], *(row.name for row in sheet.rows)] if sheet.rows else []
    rows = [Row(head, tuple(row.cells[at] for row in sheet.rows)) for at, head in enumerate(sheet.heads[1:])]
    return replace(sheet, heads=heads, rows=rows if sheet.rows else [])


def _priorities(view: View) -> list[Flowable]:
    words, result = view.words, answers.parts(view, "priorities")
    if not overview_priorities.has_any(view, result):
        return []
    parts = [printed.heading(overview_priorities.title(view, result))]
    if result.frame.empty:
        return [*parts, printed.paragraph(words("overview.priorities.none"))]
    heads = [words(f"level.{view.level.name}"), words("profile.reasons")]
    rows = [
        (f"{at + 1}. {row['name']}", " · ".join(overview_priorities.reasons_of(view, row)))
        for at, (_, row) in enumerate(result.frame.iterrows())
    ]
    bold = [at for at, kode in enumerate(result.frame["kode"]) if kode == view.chosen_desa]
    parts.append(_left(printed.number_table(heads, rows, shares=(1, 3.4), names=2, bold_rows=bold)))
    parts.append(printed.note(f"{overview_priorities.note(view)} {overview_priorities.thresholds(view)}"))
    return parts


def _meanings(view: View) -> list[Flowable]:
    words, sheet = view.words, answers.own(view, "program-sheet")
    loaded = ", ".join(_loaded(view, sheet)) or "–"
    text = words("profile.defined", programs=loaded)
    if view.disclosure == "published":
        text += " " + words("profile.disclosed")
    return [printed.heading(words("profile.definitions")), printed.paragraph(text)]


def _loaded(view: View, sheet: Result) -> list[str]:
    keys = (str(sheet.frame["program"].iloc[at]) for at in answers.program_rows(view, sheet))
    return [answers.name_of_program(view, key) for key in keys]
