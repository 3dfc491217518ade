"""What the page of the small-area model says in words: what was fitted, and the four numbers that judge it."""

import streamlit as st

from boundaries.levels import NATION_KODE, Level
from dashboard import cache, state
from dashboard.panels import Figure
from dashboard.sections.field_panels import ERRORS
from dashboard.sections.model_charts import covariate_name, p_text
from dashboard.state import View
from dashboard.words import Words
from queries.field import ModelChecks

# A test that rejects below this is named; the choice is a convention, not a finding.
LEAST_P = 0.05


def offered_errors(view: View) -> tuple[str, ...]:
    """Return the errors that the view's sample can tell, the one that is shown without a choice first."""
    return ("inclusion",) if view.frame == "recipients" else ERRORS


def error_of(view: View) -> str:
    """Return the error that the address names, else the first that is offered."""
    offered = offered_errors(view)
    return view.detail if view.detail in offered else offered[0]


def choose_error(view: View) -> None:
    """Draw the choice between the two errors where the sample tells both."""
    offered = offered_errors(view)
    if len(offered) < 2:
        return
    st.session_state["model_error"] = error_of(view)
    st.segmented_control(
        view.words("model.error"), offered, format_func=lambda one: view.words(f"error.{one}.title"),
        key="model_error", required=True, on_change=lambda: state.change(b=st.session_state["model_error"]),
        label_visibility="collapsed",
    )  # fmt: skip


def read_checks(view: View, error: str) -> ModelChecks:
    """Return the checks of every kecamatan: a model is of all of them, wherever the reader looks."""
    scope = view.own_scope().at(wilayah=NATION_KODE, level=Level.kecamatan)
    return cache.model_checks(scope, error, view.data_version)


def names_above(view: View) -> dict[str, str]:
    """Return the names of every provinsi and kabupaten, by code."""
    scope = view.own_scope().at(wilayah=NATION_KODE)
    frames = [cache.answer(view.question.key, scope.at(level=level), view.data_version).frame
              for level in (Level.provinsi, Level.kabupaten)]  # fmt: skip
    return {kode: name for frame in frames for kode, name in zip(frame["kode"], frame["name"], strict=True)}


def answer(report: dict, program: str, error: str, words: Words) -> str:
    """Return whether the estimates may be used and what was fitted, or why no model was."""
    names = {
        "program": program, "error": words(f"error.{error}"), "sampled": words.number(report["sampled_area_count"]),
        "all": words.number(report["area_count"]), "least": words.number(report["least_area_count"]),
    }  # fmt: skip
    if report["is_model_used"]:
        fitted = words("model.answer", method=method_name(report, words),
                       scale=words(f"model.scale.{report['transformation']}"),
                       variance=words.number(report["variance_component"], 4), **names)  # fmt: skip
        return f"{verdict(report, words)} {fitted}"
    key = f"model.reason.{report['reason']}"
    reason = words(key, **names) if key in words else str(report["reason"])
    return words("model.answer.none", reason=reason, **names)


def verdict(report: dict, words: Words) -> str:
    """Return whether the estimates may be used, and by which tests: both kept, one of them, or none made."""
    tests = {"shapiro": report["shapiro_p"], "fit": report["fit_p"]}
    made = {test: p for test, p in tests.items() if p is not None}
    failed = [words(f"model.verdict.{test}") for test, p in made.items() if p < LEAST_P]
    level = words.percent(LEAST_P, 0)
    if failed:
        return words("model.verdict.careful", tests=words("model.verdict.and").join(failed), level=level)
    if len(made) < len(tests):
        return words("model.verdict.untested")
    return words("model.verdict.usable", level=level)


def method_name(report: dict, words: Words) -> str:
    """Return how the model was fitted, in words."""
    key = f"model.method.{report.get('method')}"
    return words(key) if key in words else str(report.get("method"))


def figures(checks: ModelChecks, words: Words) -> list[Figure]:
    """Return four numbers: areas with a sample, the mean weight of a sample, and the two tests."""
    report = checks.report
    return [
        Figure(words("model.sampled"), words.number(report["sampled_area_count"]),
               words("model.of_all", all=words.number(report["area_count"]))),
        Figure(words("model.gamma.mean"), words.percent(checks.areas["gamma"].mean(), 0),
               words("model.gamma.rest")),
        Figure(words("model.shapiro"), p_text(report["shapiro_p"], words), _verdict(report["shapiro_p"], words)),
        Figure(words("model.fit"), p_text(report["fit_p"], words), _verdict(report["fit_p"], words)),
    ]  # fmt: skip


def _verdict(p: float | None, words: Words) -> str | None:
    if p is None:
        return None
    return words("model.rejects" if p < LEAST_P else "model.keeps", level=words.percent(LEAST_P, 0))


def left_out(report: dict, words: Words) -> str:
    """Return the sentence on covariates that were left out, empty where none was."""
    dropped = report.get("dropped") or []
    if not dropped:
        return ""
    parts = []
    for row in dropped:
        reason = words(f"dropped.{row['reason']}")
        parts.append(f"{covariate_name(row['name'], words)} ({reason})")
    return words("model.dropped", names=", ".join(parts))


def values_note(report: dict, words: Words) -> str:
    """Return how many sets were tried and the values of the fit, in two sentences."""
    shown = len(report.get("tried") or [])
    tried = words("model.tried.note", shown=words.number(shown), all=words.number(report.get("tried_count", shown)))
    return tried + " " + words(
        "model.values", method=method_name(report, words), loglik=words.number(report.get("loglik"), 1),
        aic=words.number(report.get("aic"), 1), bic=words.number(report.get("bic"), 1),
        deff=words.number(report.get("deff"), 2),
    )  # fmt: skip
