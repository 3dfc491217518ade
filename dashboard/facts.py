"""Where numbers come from, told alike on the screen and in every file: what was asked, and of which sources."""

from dataclasses import fields

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.questions import QUESTIONS
from dashboard.state import View
from dashboard.words import Words
from queries.result import Result
from queries.scope import Scope


def view_of(asked: Asked) -> View:
    """Return the view that a file's address was made from, but for a chosen desa: the map shows its neighbours too."""
    state, scope = cache.data_state(), asked.scope
    known = {field.name for field in fields(View)}
    shared = {field.name: getattr(scope, field.name) for field in fields(Scope) if field.name in known}
    question = QUESTIONS[asked.question]
    return View(
        **shared | {"question": question, "measure": question.measure(asked.measure), "language": asked.language,
                    "may_choose_disclosure": False, "data_version": asked.data_version, "periods": state.periods,
                    "schemes": state.schemes, "detail": scope.request}
    )  # fmt: skip


def facts_of(view: View, result: Result) -> dict[str, tuple[str, str]]:
    """Return what was asked, by a key for machines: the name of each fact and the fact, in the reader's words."""
    words, origin = view.words, result.provenance
    scope = origin.scope
    facts = {
        "query": origin.query,
        "wilayah": f"{scope.wilayah} · {words(f'level.{scope.level.name}')}",
        "period": words.month(scope.period),
        "rows": words.number(origin.row_count),
        "disclosure": words(f"disclosure.{scope.disclosure}"),
        "version": origin.data_version,
    }
    if view.question.has_program:
        facts["program"] = cache.programs(view.data_version)[scope.program].name
    if view.question.has_desil:
        facts["desil"] = words.desil(scope.desil)
    if scope.truth:
        facts["sample"] = f"{words(f'truth.{scope.truth}')} · {words(f'frame.{scope.frame}')}"
    if view.question.has_what_if or view.against:
        facts["against"] = view.other_side()
    return {key: (words(f"fact.{key}"), str(fact)) for key, fact in facts.items()}


def source_lines(result: Result, words: Words) -> list[str]:
    """Return a line for each file under a result: kind, name, publisher, vintage or period, licence."""
    return [
        " · ".join(
            part for part in (
                words(f"source.{source.kind}" + (".fictional" if source.is_fictional else "")),
                source.file_name, source.publisher, str(source.vintage or ""),
                words.month(source.period) if source.period else "", source.licence,
            ) if part
        )
        for source in result.provenance.sources
    ]  # fmt: skip
