"""The tables of the overview and of its print: programs, changes, order, age of the data, official figures."""

from dataclasses import dataclass, field, replace

import pandas as pd

from boundaries.levels import level_of, parent_of
from dashboard import cache
from dashboard.questions import mask_of
from dashboard.sections import overview_answers as answers
from dashboard.sections.number_table import Row, figure, figures
from dashboard.state import View
from dashboard.words import ABSENT, Words, is_absent
from queries.columns import Status
from queries.result import Result
from queries.stats.disclosure import LEAST_DENOMINATOR, ROUND_TO

SHEET = {
    "eligible_count": None, "reached_count": None, "coverage_rate": "status", "gap_count": None, "gap_idr": None,
    "received_count": None, "paid_rate": "paid_status", "quota_count": "quota_status",
    "quota_used_rate": "quota_status",
}  # fmt: skip
BARS = ("coverage_rate", "quota_used_rate", "paid_rate")
ORDER = ("poorest_eligible_count", "poorest_gap_count", "later_reached_count", "out_of_order_count")
AGES = ("age_under_1_count", "age_1_to_2_count", "age_2_to_3_count", "age_over_3_count", "age_never_count")
OLDEST_SHOWN = 3
# How a count of one to nine is written.
SMALL = "<10"
STATUS_OF = {"without_rate": "status", "coverage_rate": "status", "paid_rate": "paid_status"}


@dataclass(frozen=True)
class Sheet:
    """A table with its heads, its rows, and the sentences above and below it; without rows the first says why."""

    heads: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    answer: str = ""
    note: str = ""


def programs(view: View) -> Sheet:
    """Return every program with data: eligible, receiving, coverage, the gap and its rupiah, the quota and payment."""
    words, result = view.words, answers.own(view, "program-sheet")
    positions, known = answers.program_rows(view, result), cache.programs(view.data_version)
    absent = absent_programs(view)
    note = words("overview.programs.note")
    if absent:
        note += " " + words("overview.programs.absent", programs=", ".join(absent))
    rows = []
    for at in positions:
        program = known[str(result.frame["program"].iloc[at])]
        bars = tuple(_share(result, at, column) if column in BARS else None for column in SHEET)
        cells = list(figures(result, at, SHEET, words, is_short=True))
        if mask_of(result, "gap_count").iloc[at]:
            # Rupiah have no mask of their own: they are hidden with the count that they are made of.
            cells[list(SHEET).index("gap_idr")] = words("hidden.short")
        rows.append(Row(f"{program.name} ({words(f'unit.{program.unit}')})", tuple(cells), bars=bars))
    heads = [words("filter.program"), *(words(f"overview.head.{column}") for column in SHEET)]
    return _with_one_sign(Sheet(heads, rows, "" if rows else words("overview.programs.none"), note), words)


def absent_programs(view: View) -> list[str]:
    """Return the names of the programs that other periods or wilayah have data of, and the chosen ones have not."""
    result, known = answers.own(view, "program-sheet"), cache.programs(view.data_version)
    present = set(result.frame["program"].iloc[answers.program_rows(view, result)])
    return [known[key].name for key in known if key not in present]


def _with_one_sign(sheet: Sheet, words: Words) -> Sheet:
    """Return a table in which whatever is hidden has one sign, and a line that says what it means where any is."""
    sign = words("hidden.short")
    told = {words(key): sign for key in ("hidden", "status.suppressed", "status.suppressed.short")}
    rows = [replace(row, cells=tuple(told.get(cell, cell) for cell in row.cells)) for row in sheet.rows]
    if not any(cell in (sign, SMALL) for row in rows for cell in row.cells):
        return sheet
    note = f"{sheet.note} {words('overview.hidden', sign=sign)}".strip()
    return replace(sheet, rows=rows, note=note)


def _share(result: Result, position: int, column: str) -> float | None:
    value = result.frame[column].iloc[position]
    return None if is_absent(value) else float(value)


def order(view: View) -> Sheet:
    """Return for each program how many of desil 1 are left out while others of desil 3 and 4 receive."""
    words, sheet = view.words, answers.own(view, "program-sheet")
    rows = []
    for at in answers.program_rows(view, sheet):
        key = str(sheet.frame["program"].iloc[at])
        result = answers.ask(view, "order", view.own_scope().at(program=key))
        if figure(result, 0, "poorest_eligible_count", words) == words.number(0):
            continue
        cells = [figure(result, 0, column, words) for column in ORDER]
        if answers.status_of(result) == Status.not_applicable:
            # Below the wilayah of the quota there is no such count, hidden or not.
            cells[-1] = words("status.not_applicable.short")
        unit = cache.programs(view.data_version)[key].unit
        rows.append(Row(f"{answers.name_of_program(view, key)} ({words(f'unit.{unit}')})", tuple(cells)))
    heads = [words("filter.program"), *(words(f"number.{column}") for column in ORDER)]
    answer = words("overview.order.answer" if rows else "overview.programs.none")
    return _with_one_sign(Sheet(heads, rows, answer, words("order.note")), words)


def programs_in_order(view: View) -> Sheet:
    """Return the programs with what the order within the poor says of each: one table, for a page with little room."""
    sheet, ordered = programs(view), {row.name: row.cells for row in order(view).rows}
    chosen = {column: ORDER.index(column) for column in ("poorest_gap_count", "out_of_order_count")}
    none = (ABSENT,) * len(ORDER)
    rows = [Row(row.name, (*row.cells, *(ordered.get(row.name, none)[at] for at in chosen.values())))
            for row in sheet.rows]  # fmt: skip
    heads = [*sheet.heads, *(view.words(f"profile.head.{column}") for column in chosen)] if rows else []
    return Sheet(heads, rows, sheet.answer, sheet.note)


@dataclass(frozen=True)
class Series:
    """A figure of the chosen wilayah over the periods, newest first; a masked or missing one is None.

    `is_hidden` tells of each whether it is kept back, and not missing.
    """

    name: str
    column: str
    values: tuple[float | None, ...]
    is_hidden: tuple[bool, ...]
    text: str

    @property
    def is_rate(self) -> bool:
        """Tell whether its changes are written in points."""
        return self.column.endswith("_rate")


def series(view: View) -> list[Series]:
    """Return the figures whose changes are told, over the newest six periods of one scheme."""
    words, periods = view.words, answers.periods_of(view)
    program = answers.name_of_program(view, view.program)
    scopes = [view.own_scope().at(period=period) for period in periods]
    without = [answers.ask(view, "without", scope) for scope in scopes]
    sheets = [answers.ask(view, "program-sheet", scope.at(programs=(view.program,))) for scope in scopes]
    chosen = [(without, column) for column in ("household_count", "without_count", "without_rate")]
    chosen += [(sheets, column) for column in ("coverage_rate", "gap_count", "received_count", "paid_rate")]
    return [
        Series(words(f"overview.series.{column}", program=program), column,
               tuple(_shown(result, column) for result in results),
               tuple(_is_hidden(result, column) for result in results),
               figure(results[0], 0, column, words, STATUS_OF.get(column)))
        for results, column in chosen
    ]  # fmt: skip


def _shown(result: Result, column: str) -> float | None:
    value = result.frame[column].iloc[0]
    return None if is_absent(value) or mask_of(result, column).iloc[0] else float(value)


def _is_hidden(result: Result, column: str) -> bool:
    status = STATUS_OF.get(column)
    is_suppressed = status is not None and str(result.frame[status].iloc[0]) == Status.suppressed
    return bool(mask_of(result, column).iloc[0]) or (is_suppressed and is_absent(result.frame[column].iloc[0]))


def changes(view: View) -> Sheet:
    """Return each figure now, its change since the period before, and since the first of the newest six."""
    words, periods, scheme = view.words, answers.periods_of(view), view.scheme_of(view.period).upper()
    if len(periods) < 2:
        return Sheet(answer=words("overview.changes.none", period=words.month(view.period), scheme=scheme))
    spans = [1] if len(periods) == 2 else [1, len(periods) - 1]
    heads = [words("overview.changes.figure"), words.month(view.period),
             *(words("overview.changes.since", month=words.month(periods[span])) for span in spans)]  # fmt: skip
    rows = [
        Row(one.name, (one.text, *(_difference(one, span, words) for span in spans))) for one in series(view)
        if any(value is not None for value in one.values) or any(one.is_hidden)
    ]
    return _with_one_sign(Sheet(heads, rows, note=words("overview.changes.note", scheme=scheme)), words)


def _difference(one: Series, span: int, words: Words) -> str:
    now, before = one.values[0], one.values[span]
    if now is None or before is None:
        return words("hidden.short") if one.is_hidden[0] or one.is_hidden[span] else ABSENT
    if one.is_rate:
        # A change that rounds to nought has no sign.
        return words("points", points=words.signed(round((now - before) * 100, 1) + 0.0, 1))
    return words.signed(now - before)


def ages(view: View) -> Sheet:
    """Return the households by years since their last verification, and where the data are oldest."""
    words, result = view.words, answers.own(view, "data-age")
    if answers.status_of(result) in (Status.no_data, Status.not_applicable):
        return Sheet(answer=words("overview.age.none"))
    rows, kept = [], words("hidden.short") if view.disclosure == "published" else ABSENT
    whole = _shown(result, "household_count")
    for column in AGES:
        count = _shown(result, column)
        share = count / whole if count is not None and whole else None
        # A rounded count stands for others: its least must reach the least denominator.
        is_told = view.disclosure == "exact" or (whole or 0) - ROUND_TO / 2 >= LEAST_DENOMINATOR
        share = share if is_told else None
        text = kept if share is None else words.percent(share)
        rows.append(Row(words(f"overview.{column}"), (figure(result, 0, column, words), text), bars=(None, share)))
    heads = [words("overview.age.head"), words("list.household_count"), words("overview.age.share")]
    old = figure(result, 0, "old_rate", words, "status")
    answer = words("overview.age.answer", rate=old, all=figure(result, 0, "household_count", words))
    return _with_one_sign(Sheet(heads, rows, answer + _oldest(view), words("overview.age.note")), words)


def _oldest(view: View) -> str:
    words, frame = view.words, answers.parts(view, "data-age").frame
    if view.chosen_desa:
        # Its neighbours' age beside its own would read as parts of it.
        return ""
    known = frame[frame["old_rate"].notna() & (frame["old_rate"] > 0)]
    if len(known) < 2:
        return ""
    top = known.sort_values(["old_rate", "kode"], ascending=[False, True]).head(OLDEST_SHOWN)
    listed = ", ".join(f"{name} ({words.percent(rate, 0)})"
                       for name, rate in zip(top["name"], top["old_rate"], strict=True))  # fmt: skip
    return " " + words("overview.age.oldest", listed=listed)


def official(view: View) -> Sheet:
    """Return the newest official figures, of the chosen wilayah or the nearest above, and the register's shares."""
    words, own = view.words, answers.own(view, "official-figures")
    found = own
    kode: str | None = view.wilayah
    while kode is not None and found.frame["status"].iloc[0] == Status.no_data:
        kode = parent_of(kode)
        if kode is not None:
            found = answers.ask(view, "official-figures", view.own_scope().at(wilayah=kode, level=level_of(kode)))
    heads = [words("overview.official.figure"), words("overview.official.value"), words("overview.official.source")]
    rows, answer = [], ""
    if kode is None:
        answer = words("overview.official.none")
    else:
        row = found.frame.iloc[0]
        if found is not own:
            answer = words("overview.official.above", name=str(row["name"]))
        rows += _official_rows(row, words, is_of_fiction(found))
    shares = ("desil_one", "desil_one_two")
    if all(own.frame[f"{stem}_status"].iloc[0] == Status.not_applicable for stem in shares):
        # A register that does not hold every family has no such share.
        return Sheet(heads, rows, answer if rows else "")
    for stem in shares:
        text = figure(own, 0, f"{stem}_share_rate", words, f"{stem}_status")
        rows.append(Row(words(f"overview.official.{stem}"),
                        (text, words("overview.official.register", period=words.month(view.period)))))  # fmt: skip
    return _with_one_sign(Sheet(heads, rows, answer, words("overview.official.note")), words)


def is_of_fiction(found: Result) -> bool:
    """Tell whether every official figure of an answer comes from a fictional file."""
    files = [source for source in found.provenance.sources if source.kind == "figures"]
    return bool(files) and all(source.is_fictional for source in files)


def _official_rows(row: pd.Series, words: Words, is_fictional: bool) -> list[Row]:
    rows = []
    for column, stem in (("poverty_rate", "poverty"), ("poverty_line_idr", "line"),
                         ("official_population_count", "population")):  # fmt: skip
        value = row[column]
        if is_absent(value):
            continue
        text = words.percent(value, 2) if column == "poverty_rate" else words.number(value)
        if not row[f"is_{stem}_confirmed"]:
            text += " " + words("overview.official.unconfirmed")
        source = str(row[f"{stem}_reference"])
        if is_fictional:
            # Its own note is in the language of the file.
            source = words("overview.official.fictional", kode=str(row["kode"]).split(".")[0])
        source += f" · {words.month(row[f'{stem}_figure_on'])}"
        rows.append(Row(words(f"overview.official.{column}"), (text, source)))
    return rows

