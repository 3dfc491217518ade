"""The top of the overview: the answer in one sentence, what limits it, and the four figures under it."""

from datetime import date

from dashboard import cache, links, panels
from dashboard.panels import Figure, Own
from dashboard.questions import mask_of
from dashboard.sections import overview_answers as answers
from dashboard.sections import overview_tables as tables
from dashboard.sections.number_table import figure
from dashboard.sections.overview_priorities import share_text
from dashboard.state import View
from dashboard.words import is_absent
from queries.columns import Status
from queries.result import Result

# Of one or two wilayah there is no first.
LEAST_TO_START_FROM = 3


def sentence(view: View, result: Result) -> str:
    """Return the answer: how many households of desil 1 receive nothing, since when, and in how few desa half live."""
    words, own = view.words, answers.own(view, "without")
    name, status = panels.own_name(view), answers.status_of(own)
    if status == Status.no_data:
        return words("overview.no_data", name=name, period=words.month(view.period))
    if status == Status.not_applicable:
        return words("overview.nobody", name=name)
    rate = own.frame["without_rate"].iloc[0]
    key = "overview.answer" if is_absent(rate) else "overview.answer.rate"
    answer = words(key, name=name, rate=words.percent(rate), count=figure(own, 0, "without_count", words),
                   all=figure(own, 0, "household_count", words))  # fmt: skip
    return answer + _direction(view, own) + panels.half(view, result) + panels.partial(view, result) + _start(view)


def _direction(view: View, own: Result) -> str:
    """Return the sentence on the change since the oldest of the newest six periods.

    Empty where either number is missing or masked, and where the wilayah was split or made since.
    """
    words, periods = view.words, answers.periods_of(view)
    if len(periods) < 2 or _was_split(view, periods[-1]):
        return ""
    sides = [answers.ask(view, "without", view.own_scope().at(period=periods[-1])), own]
    (before, now), rates = (
        [None if mask_of(side, column).iloc[0] else side.frame[column].iloc[0] for side in sides]
        for column in ("without_count", "without_rate")
    )
    if any(is_absent(value) for value in (before, now, *rates)):
        return ""
    way = "rose" if now > before else "fell" if now < before else "same"
    return " " + words(
        f"overview.direction.{way}", month=words.month(periods[-1]), count=words.number(abs(now - before)),
        before=words.percent(rates[0]), now=words.percent(rates[1]),
    )  # fmt: skip


def _was_split(view: View, since: date) -> bool:
    happened = cache.successions(view.own_scope().at(against=since), view.data_version)
    return any(
        view.wilayah in (event.old_kode, event.new_kode) and not event.is_renumbered for event in happened
    )


def limits(view: View) -> str:
    """Return what limits the answer: another kind of register, the age of the data, the official rate beside it."""
    words, texts = view.words, []
    if view.scheme_of(view.period) == "dtks":
        texts.append(words("overview.limits.dtks"))
        absent = tables.absent_programs(view)
        if absent:
            texts.append(words("overview.limits.absent", programs=", ".join(absent)))
    age = answers.own(view, "data-age")
    if answers.status_of(age) == Status.ok:
        texts.append(words("overview.limits.age", rate=figure(age, 0, "old_rate", words)))
    found = answers.own(view, "official-figures")
    rate = found.frame["poverty_rate"].iloc[0]
    if not is_absent(rate):
        about = words("overview.limits.fictional") if tables.is_of_fiction(found) else ""
        texts.append(words("overview.limits.poverty", about=about, rate=words.percent(rate, 2),
                           month=words.month(found.frame["poverty_figure_on"].iloc[0])))  # fmt: skip
    return " ".join(texts)


def _start(view: View) -> str:
    """Return the sentence that names the first wilayah to look at; empty for a desa, and where none may be named."""
    frame = answers.parts(view, "priorities").frame
    if view.chosen_desa or len(frame) < LEAST_TO_START_FROM or is_absent(frame["without_share_rate"].iloc[0]):
        return ""
    first, words = frame.iloc[0], view.words
    return " " + words(
        "overview.start", name=links.plain(str(first["name"])), count=words.number(first["without_count"]),
        share=share_text(first["without_share_rate"], words),
    )  # fmt: skip


def four_figures(view: View, own: Own) -> list[Figure]:
    """Return the figures: desil 1 without any program, coverage, desil 1 left out, and how much was paid."""
    words, program = view.words, panels.program_name(view)
    coverage, order = answers.own(view, "coverage"), answers.own(view, "order")
    before = _before(view)
    sheet = answers.ask(view, "program-sheet", view.own_scope().at(programs=(view.program,)))
    return [
        Figure(words("overview.without"), own.count("without_count"), own.change("without_count"), "inverse",
               words("overview.without.of", all=own.count("household_count"))),
        Figure(words("overview.coverage", program=program), figure(coverage, 0, "coverage_rate", words, "status", True),
               _points(view, coverage, before), "normal",
               _base(coverage, view, "overview.coverage.of", reached="reached_count", eligible="eligible_count")),
        Figure(words("overview.left_out", program=program), figure(order, 0, "poorest_gap_count", words),
               base=_base(order, view, "overview.left_out.while", later="later_reached_count")),
        Figure(words("overview.paid", program=program), figure(sheet, 0, "paid_rate", words, "paid_status", True),
               base=_base(sheet, view, "overview.paid.of", paid="paid_count", received="received_count")),
    ]  # fmt: skip


def _before(view: View) -> Result | None:
    earlier = answers.periods_of(view)[1:2]
    return answers.ask(view, "coverage", view.own_scope().at(period=earlier[0])) if earlier else None


def _points(view: View, now: Result, before: Result | None) -> str | None:
    """Return the change of coverage in points, as Streamlit reads its sign."""
    if before is None:
        return None
    rates = [result.frame["coverage_rate"].iloc[0] for result in (before, now)]
    if any(is_absent(rate) for rate in rates):
        return None
    month, amount = view.words.month(answers.periods_of(view)[1], short=True), (rates[1] - rates[0]) * 100
    if round(amount, 1) == 0:
        return view.words("change.none", month=month)
    return view.words("change.points", amount=view.words.signed(amount, 1).replace("−", "-"), month=month)


def _base(result: Result, view: View, key: str, **columns: str) -> str:
    """Return the line under a figure, with the counts of these columns; empty where there are no data."""
    if answers.status_of(result) == Status.no_data:
        return ""
    counts = {name: figure(result, 0, column, view.words) for name, column in columns.items()}
    return view.words(key, unit=panels.unit_of(view), **counts)
