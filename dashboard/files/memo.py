"""A plan as a memo of two printed pages: the decision, then the alternatives, what no budget mends, and the grounds."""

from collections.abc import Callable

from reportlab.platypus import Flowable

from dashboard.files import print as printed
from dashboard.files.fitted import fitted
from dashboard.files.rka_content import PlanPaper, PlanPlace
from dashboard.words import is_absent
from queries.planning import Effect, Interval, Plan

# Of the wilayah with the most recipients the memo names so many; the annex has them all.
NAMED = 6
MILLION = 1_000_000
# The ground of the chosen rule's column.
CHOSEN = "#dcebf0"


def memo_of(plan: Plan, place: PlanPlace) -> bytes:
    """Return the memo as PDF, two A4 pages, each made smaller where its parts would not fit.

    Raises ValueError where the plan's rows, lines and effect differ.
    """
    paper = PlanPaper(plan, place)
    words, request = paper.words, plan.request
    sheet = printed.Sheet(
        title=words("memo.title", program=paper.program, name=place.name),
        place=words("memo.place", path=place.path, year=request.year, stage=words(f"rka.stage.{request.stage}"),
                    funding=words(f"rka.funding.{request.funding}")),
        source=words("memo.sources", count=len(place.sources)), data_version=plan.result.provenance.data_version,
        is_fictional=paper.is_fictional, language=place.language,
    )  # fmt: skip
    return printed.pdf_of(sheet, [fitted(_decision(paper)), printed.page_break(), fitted(_grounds(paper))])


def _decision(paper: PlanPaper) -> list[Flowable]:
    words, place = paper.words, paper.place
    parts = [printed.paragraph(_answer(paper)), printed.figure_row(_figures(paper)),
             printed.heading(words("memo.lines")), _lines(paper)]  # fmt: skip
    if paper.remainder_note:
        parts.append(printed.note(paper.remainder_note))
    parts.append(printed.heading(words("memo.map")))
    if place.picture is None:
        parts.append(printed.note(words("rka.map.none")))
    else:
        parts += [printed.picture(place.picture), printed.gap(2)]
    parts.append(printed.paragraph(_where(paper)))
    return parts


def _answer(paper: PlanPaper) -> str:
    words, plan, effect = paper.words, paper.plan, paper.plan.effect
    text = words(
        "memo.decision", budget=paper.money(plan.request.budget_idr), planned=words.number(effect.planned_count),
        unit=paper.unit, desil=words.desil(plan.need.classes).lower(), served=words.number(effect.served_count),
        count=words.number(len(paper.rows)), level=paper.level, benefit=paper.money(plan.request.benefit_idr),
        months=plan.request.months, before=words.percent(effect.exclusion_before),
        after=words.percent(effect.exclusion_after),
    )  # fmt: skip
    before, after = plan.field_before, effect.field_after
    if before is None or after is None:
        return text
    shown = {name: words.percent(getattr(after, name)) for name in ("lower", "upper")}
    shown |= {f"before_{name}": words.percent(getattr(before, name)) for name in ("lower", "upper")}
    told = words("memo.decision.field", before=words.percent(before.value), after=words.percent(after.value), **shown)
    return f"{text} {told}"


def _figures(paper: PlanPaper) -> list[tuple[str, str, str]]:
    words, plan, effect = paper.words, paper.plan, paper.plan.effect
    need = words.number(int(plan.need.need_count.sum()))
    field, before = effect.field_after, plan.field_before
    if field is None or before is None:
        by_field = ("–", words("memo.figure.field.none"))
    else:
        by_field = (words.percent(field.value), words(
            "memo.figure.interval", lower=words.percent(field.lower), upper=words.percent(field.upper),
            rate=words.percent(before.value),
        ))  # fmt: skip
    return [
        (words("memo.figure.planned"), f"{words.number(effect.planned_count)} {paper.unit}",
         words("memo.figure.planned.of", need=need)),
        (words("memo.figure.register"), words.percent(effect.exclusion_after),
         words("memo.figure.before", rate=words.percent(effect.exclusion_before))),
        (words("memo.figure.field"), *by_field),
        (words("memo.figure.expected"), words.number(effect.expected.value), _range(paper, effect.expected)),
    ]  # fmt: skip


def _range(paper: PlanPaper, interval: Interval) -> str:
    number = paper.words.number
    return paper.words("memo.figure.expected.of", lower=number(interval.lower), upper=number(interval.upper))


def _lines(paper: PlanPaper) -> Flowable:
    words = paper.words
    heads = [words(f"rka.column.{key}") for key in ("code", "text", "volume", "unit", "price", "amount")]
    rows = []
    for line in paper.lines[:-1]:
        unit = paper.unit_of(line)
        per = words("rka.unit.months", unit=unit) if line is paper.lines[0] else unit
        code = paper.code(line.purpose) or f"{paper.code(line.kind)} ({words('rka.fill')})"
        rows.append((code, paper.line_text(line), words.number(line.volume), per, words.number(line.price_idr),
                     words.number(line.amount_idr)))  # fmt: skip
    spent = sum(line.amount_idr for line in paper.lines[:-1])
    rows.append(("", words("rka.total"), "", "", "", words.number(spent)))
    rows.append(("", words("rka.remainder"), "", "", "", words.number(paper.lines[-1].amount_idr)))
    rows.append(("", words("rka.head.budget"), "", "", "", words.number(paper.plan.request.budget_idr)))
    bold = [len(rows) - 3, len(rows) - 1]
    return _left(printed.number_table(heads, rows, shares=(1.9, 2.7, 1.05, 1.0, 1.75, 1.85), names=2, bold_rows=bold))


def _where(paper: PlanPaper) -> str:
    words, rows = paper.words, paper.rows
    most = rows[rows["planned_count"] > 0].sort_values(["planned_count", "kode"], ascending=[False, True]).head(NAMED)
    named = ", ".join(
        words("memo.most.one", name=row.name, count=words.number(row.planned_count))
        for row in most.itertuples(index=False)
    )
    texts = [words("memo.most", names=named)] if named else []
    if paper.plan.effect.left_out_count:
        count = words.number(paper.plan.effect.left_out_count)
        texts.append(words("memo.left_out", count=count, level=paper.level))
    return " ".join(texts)


def _grounds(paper: PlanPaper) -> list[Flowable]:
    words, place = paper.words, paper.place
    parts = [printed.heading(words("memo.rules")), _rules(paper), printed.note(words("memo.rules.note")),
             printed.heading(words("memo.mend")), *map(printed.paragraph, _beyond(paper)),
             printed.heading(words("memo.assumptions"))]  # fmt: skip
    head = [words("rka.basis.assumptions"), words("rka.column.text")]
    parts.append(_left(printed.number_table(head, paper.assumptions(), shares=(1, 2.6), names=2)))
    parts.append(printed.heading(words("memo.limits")))
    parts.append(printed.paragraph(words("rka.limits")))
    missing = [purpose for purpose in paper.purposes if not paper.code(purpose)]
    if missing:
        names = "; ".join(paper.code_name(purpose) or purpose for purpose in missing)
        parts.append(printed.paragraph(words("memo.codes", count=words.number(len(missing)), names=names)))
    return [*parts, printed.note("; ".join(place.sources))]


def _rules(paper: PlanPaper) -> Flowable:
    """Return the table of the rules, a column each: their figures are many and their names short."""
    words, effects = paper.words, paper.plan.effects
    heads = [words("rka.rules.rule"), *map(paper.rule, effects)]
    rows = [(label, *map(text_of, effects)) for label, text_of in _figures_of_rules(paper)]
    at = [effect.rule for effect in effects].index(paper.plan.effect.rule) + 1
    fills = {(row, at): CHOSEN for row in range(len(rows))}
    return _left(printed.number_table(heads, rows, shares=(1.9, *[1.0] * len(effects)), fills=fills))


def _figures_of_rules(paper: PlanPaper) -> list[tuple[str, Callable[[Effect], str]]]:
    words, number, rate = paper.words, paper.words.number, paper.words.percent
    field = [(words("rka.rules.field"), lambda one: _field(paper, one.field_after))]
    return [
        (words("rka.rules.planned", unit=paper.unit), lambda one: number(one.planned_count)),
        (words("rka.rules.served"), lambda one: number(one.served_count)),
        (words("rka.rules.left_out"), lambda one: number(one.left_out_count)),
        (words("rka.rules.after"), lambda one: rate(one.exclusion_after)),
        *(field if paper.plan.field_before is not None else []),
        (words("rka.rules.expected"), lambda one: number(one.expected.value)),
        (words("rka.rules.robust"), lambda one: number(one.robust_count)),
        (words("rka.rules.inclusion"), lambda one: rate(one.inclusion_rate)),
        (words("rka.rules.cost"), lambda one: number(one.cost_per_eligible_idr)),
        (words("rka.rules.gini"), lambda one: number(one.gini, 3)),
        (words("rka.rules.gap"), lambda one: rate(one.gap_to_optimum, 3)),
        (words("memo.remainder"), lambda one: number(one.remainder_idr / MILLION, 2)),
    ]


def _field(paper: PlanPaper, interval: Interval | None) -> str:
    if interval is None:
        return "–"
    lower, upper = (paper.words.number(side * 100, 1) for side in (interval.lower, interval.upper))
    return f"{paper.words.percent(interval.value)} ({lower}–{upper})"


def _beyond(paper: PlanPaper) -> list[str]:
    words, effect, off = paper.words, paper.plan.effect, paper.plan.off_list
    texts = [words("memo.mend.ceiling", rate=words.percent(effect.unmendable_rate))]
    if off is not None:
        key = "memo.mend.list" if paper.sees_unregistered else "memo.mend.list.wrong_desil"
        texts.append(words(key, rate=words.percent(off.value), lower=words.percent(off.lower),
                           upper=words.percent(off.upper)))  # fmt: skip
    if paper.is_sampled and not is_absent(effect.inclusion_rate):
        texts.append(words("memo.mend.inclusion", rate=words.percent(effect.inclusion_rate)))
    return texts


def _left(table: Flowable) -> Flowable:
    """Return a table that stays at the left margin where a page is made smaller."""
    table.hAlign = "LEFT"
    return table
