"""The top of the overview: the answer in one sentence, and the four figures under it."""

from dashboard import links, panels
from dashboard.panels import Figure, Own
from dashboard.sections import overview_answers as answers
from dashboard.sections.number_table import figure
from dashboard.sections.overview_priorities import share_text
from dashboard.state import View
from dashboard.words import is_absent
from queries.columns import Status
from queries.result import Result

# Of one or two wilayah there is no first.
LEAST_TO_START_FROM = 3


def sentence(view: View, result: Result) -> str:
    """Return the answer: how many households of desil 1 receive nothing, and in how few desa half of them live."""
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
    return answer + panels.half(view, result) + panels.partial(view, result) + _start(view)


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
        Figure(words("overview.without"), own.count("without_count"), own.change("without_count"), "inverse"),
        Figure(words("overview.coverage", program=program), figure(coverage, 0, "coverage_rate", words, "status", True),
               _points(view, coverage, before), "normal"),
        Figure(words("overview.left_out", program=program), figure(order, 0, "poorest_gap_count", words),
               _later(view, order)),
        Figure(words("overview.paid", program=program), figure(sheet, 0, "paid_rate", words, "paid_status", True),
               words("overview.paid.of", paid=figure(sheet, 0, "paid_count", words),
                     received=figure(sheet, 0, "received_count", words))
               if answers.status_of(sheet) != Status.no_data else None),
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


def _later(view: View, order: Result) -> str | None:
    if str(order.frame["status"].iloc[0]) == Status.no_data:
        return None
    return view.words("overview.left_out.while", later=figure(order, 0, "later_reached_count", view.words))
