"""Where numbers come from, told alike on the screen and in every file: what was asked, and of which sources."""

from dataclasses import fields
from shlex import quote

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.class_names import source_name
from dashboard.questions import QUESTIONS
from dashboard.state import View
from dashboard.words import ABSENT, Words
from queries.catalogue import QUERIES
from queries.columns import Status
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
                    "schemes": state.schemes, "earlier": state.earlier(scope.period, scope.wilayah),
                    "detail": scope.request}
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
    if view.question.has_desil or view.question.desil:
        facts["desil"] = words.desil(scope.desil)
    if origin.query == "without":
        facts["programs"] = ", ".join(counted_programs(view)) or ABSENT
    if scope.truth:
        facts["sample"] = f"{words(f'truth.{scope.truth}')} · {words(f'frame.{scope.frame}')}"
    if view.question.has_what_if or view.against:
        facts["against"] = view.other_side()
    return {key: (words(f"fact.{key}"), str(fact)) for key, fact in facts.items()}


def counted_programs(view: View) -> list[str]:
    """Return the names of the programs that count as one received: those with data of the chosen wilayah and period."""
    frame = cache.answer("program-sheet", view.own_scope(), view.data_version).frame
    known = cache.programs(view.data_version)
    keys = dict.fromkeys(frame["program"][frame["status"] != Status.no_data])
    return [known[key].name for key in keys]


def command_of(result: Result) -> str:
    """Return the command that gives the same rows on the terminal; empty for what no command asks alone.

    An option that is left out has the default of a Scope, and of the command.
    """
    origin, default = result.provenance, Scope()
    scope = origin.scope
    if origin.query not in QUERIES:
        return ""
    options = {"wilayah": scope.wilayah, "level": scope.level.name, "period": f"{scope.period:%Y-%m}"}
    texts = {
        "program": scope.program, "desil": ",".join(map(str, scope.desil)), "programs": ",".join(scope.programs),
        "limits": "-".join(map(str, scope.limits or ())), "rule-on": str(scope.rule_on or ""),
        "against": f"{scope.against:%Y-%m}" if scope.against else "", "truth": scope.truth, "frame": scope.frame,
        "request": scope.request,
    }  # fmt: skip
    defaults = {"program": default.program, "desil": ",".join(map(str, default.desil))}
    options |= {name: text for name, text in texts.items() if text != defaults.get(name, "")}
    # Fictional households are shown exactly unless somebody asks otherwise.
    if scope.disclosure == "published" and origin.is_fictional:
        options["disclosure"] = scope.disclosure
    return " ".join(["petadesil query", origin.query, *(f"--{name} {quote(text)}" for name, text in options.items())])


def source_lines(result: Result, words: Words) -> list[str]:
    """Return a line for each file under a result: kind, name, publisher, vintage or period, licence."""
    return [
        " · ".join(
            part for part in (
                source_name(source, words),
                source.file_name, source.publisher, str(source.vintage or ""),
                words.month(source.period) if source.period else "", source.licence,
            ) if part
        )
        for source in result.provenance.sources
    ]  # fmt: skip
