"""What the field's pages say in words: the answer, its sample, its figures, and what is missing for one."""

from dataclasses import replace

import streamlit as st

from boundaries.levels import Level, level_of
from dashboard import cache, panels, state, viewport
from dashboard.estimates import (
    causes_of,
    estimate_text,
    interval_text,
    is_shown,
    parts_in_hundred,
    rounded,
    sample_dates,
    sample_name,
)
from dashboard.panels import Figure, own_name
from dashboard.questions import FIELD_INCLUSION
from dashboard.state import View
from dashboard.words import is_absent
from queries.columns import Status
from queries.field import Sample
from queries.result import Result

ERRORS = ("exclusion", "inclusion")


def fitted(view: View) -> View:
    """Return the view, with inclusion in place of exclusion where the sample is of recipients alone."""
    if view.frame == "recipients" and view.measure.error == "exclusion":
        return replace(view, measure=FIELD_INCLUSION)
    return view


def choose_sample(view: View) -> None:
    """Draw the choice of the sample in the sidebar where the period has several."""
    known = {f"{sample.truth}.{sample.frame}": sample for sample in cache.samples(view.period, view.data_version)}
    if len(known) < 2:
        return
    st.session_state["filter_sample"] = f"{view.truth}.{view.frame}"
    st.selectbox(
        view.words("filter.sample"), list(known), format_func=lambda key: sample_name(known[key], view.words, ".short"),
        key="filter_sample", on_change=lambda: state.change(f=st.session_state["filter_sample"]),
    )  # fmt: skip


def sample_of(view: View) -> Sample | None:
    """Return the sample that the view shows, None where its period has none."""
    known = cache.samples(view.period, view.data_version)
    return next((sample for sample in known if (sample.truth, sample.frame) == (view.truth, view.frame)), None)


def _missing(view: View, program: str) -> str | None:
    """Return the sentence on what is missing before the field can say anything; None where nothing is."""
    words, sample = view.words, sample_of(view)
    period = f"{view.period:%Y-%m}"
    if sample is None:
        return words("field.empty.sample", month=words.month(view.period), period=period)
    if not sample.is_estimated:
        return words("field.empty.estimate", sample=sample_name(sample, words), month=words.month(view.period),
                     period=period)  # fmt: skip
    if sample.program not in (None, view.program):
        covered = cache.program_names(view.data_version)[sample.program]
        return words("field.empty.program", program=program, covered=covered)
    return None


class Own:
    """The one row of the chosen wilayah, and the sample that it rests on."""

    def __init__(self, view: View) -> None:
        self.view, self.words = view, view.words
        self.row = cache.answer(view.question.key, view.own_scope(), view.data_version).frame.iloc[0].to_dict()
        self.sample = sample_of(view)

    @property
    def is_empty(self) -> bool:
        """Tell whether neither error has any estimate here, not even one too uncertain to show."""
        return all(self.row[f"{error}_status"] in (Status.no_data, Status.not_applicable) for error in ERRORS)

    def answer(self, name: str, program: str, unit: str) -> str:
        """Return the answer: both errors with their intervals, and the three causes that add up to the first."""
        names = {"name": name, "program": program, "unit": unit}
        if self.is_empty:
            return self.words("field.answer.none", **names)
        parts = [self._say("exclusion", names) + self._causes()] if self._applies("exclusion") else []
        if self._applies("inclusion"):
            parts.append(self._say("inclusion", names))
        return " ".join(parts)

    def _applies(self, error: str) -> bool:
        return self.row[f"{error}_status"] not in (Status.not_applicable, Status.no_data)

    def _say(self, error: str, names: dict[str, str]) -> str:
        if not is_shown(self.row, error):
            status = self.words(f"status.{self.row[f'{error}_status']}")
            return self.words(f"field.answer.{error}.unsure", status=status, **names)
        return self.words(f"field.answer.{error}", estimate=estimate_text(self.row, error, self.words), **names)

    def _causes(self) -> str:
        rates = causes_of(self.row)
        if rates is None:
            return ""
        counts = parts_in_hundred(list(rates.values()), float(self.row["field_exclusion_rate"]))
        details = dict(zip(rates, map(self.words.number, counts), strict=True))
        # Among the registered nobody can be unregistered: the cause is not observed, and not nought.
        key = "field.causes.registered" if self.sample.frame == "register" else "field.causes"
        return " " + self.words(key, **details)

    def figures(self) -> list[Figure]:
        """Return the four numbers: both errors, the truly eligible who do not receive, the size of the sample."""
        words, row = self.words, self.row
        chosen = [self._rate(error) for error in ERRORS]
        if is_shown(row, "exclusion"):
            chosen += self._total("gap", row["field_gap_count"], row["field_eligible_count"])
        elif is_shown(row, "inclusion"):
            chosen += self._total("leak", row["field_leak_count"], row["field_received_count"])
        error = "exclusion" if self._applies("exclusion") else "inclusion"
        clusters = words("field.clusters", count=words.number(row[f"{error}_cluster_count"]))
        chosen.append(Figure(words(f"field.sample.{error}"), words.number(row[f"{error}_sample_count"]), clusters))
        return chosen

    def _total(self, key: str, part: object, whole: object) -> list[Figure]:
        # A desa shows its kecamatan's rate, of which the total is not its own.
        if is_absent(part) or is_absent(whole):
            return []
        count, base = (self.words.number(rounded(float(value))) for value in (part, whole))
        words = self.words
        return [Figure(words(f"field.{key}"), words("field.about", count=count),
                       words(f"field.{key}.base", count=base))]  # fmt: skip

    def _rate(self, error: str) -> Figure:
        words, row = self.words, self.row
        label = words(f"field.{error}")
        if not is_shown(row, error):
            return Figure(label, words(f"status.{row[f'{error}_status']}"))
        interval = interval_text(row[f"field_{error}_lower"], row[f"field_{error}_upper"], words, sign=True)
        return Figure(label, words.percent(row[f"field_{error}_rate"], 0), words("field.interval", interval=interval))


def place_name(view: View) -> str:
    """Return the name of the wilayah that the figures are of: a desa's are those of its kecamatan."""
    if not view.chosen_desa:
        return own_name(view)
    kecamatan = cache.path_of(view.wilayah, view.data_version)[-2].name
    return f"{view.words('kind.kecamatan')} {kecamatan}"


def is_missing(view: View, program: str, title: str) -> bool:
    """Draw a page that has no estimates to show, and tell whether that is so: what is missing, and the next step.

    The register in the same place lends it the badge and the period.
    """
    sentence = _missing(view, program)
    if sentence is None:
        return False
    register = cache.answer("coverage-gaps", view.own_scope().at(truth="", frame=""), view.data_version)
    panels.header(view, register, title)
    panels.sentence(sentence)
    if sample_of(view) is None:
        page = st.session_state["pages"]["sample-planner"]
        st.page_link(page, label=view.words("field.plan"), icon=":material/arrow_forward:")
    viewport.probe()
    return True


def reach(view: View, own: Own, result: Result, name: str) -> str:
    """Return how far the sample reaches: the kabupaten that it leaves out, and the rows too uncertain to be shown."""
    words, error = view.words, view.measure.error
    level = words(f"level.{view.level.name}").lower()
    said = []
    if level_of(view.wilayah) < Level.kabupaten and not own.is_empty:
        scope = view.own_scope().at(level=Level.kabupaten)
        frame = cache.answer(view.question.key, scope, view.data_version).frame
        # Where the program reaches nobody by the register, as in a kota with no desa, no sample can find anybody.
        meant = frame[frame[f"register_{error}_rate"].notna()]
        reached = int((meant[f"{error}_sample_count"].fillna(0) > 0).sum())
        if reached < len(meant):
            said.append(words("field.reach", reached=words.number(reached), all=words.number(len(meant)), name=name))
    unsure = int((result.frame[f"{error}_status"] == Status.too_uncertain).sum())
    if unsure and len(result.frame) > 1:
        key = "field.unsure.all" if unsure == len(result.frame) else "field.unsure"
        said.append(words(key, count=words.number(unsure), all=words.number(len(result.frame)), level=level))
    return "".join(f" {sentence}" for sentence in said)


def sample_note(view: View, own: Own, name: str) -> None:
    """Say what the figures rest on: truth, frame, size, dates, and the method behind the chosen wilayah's own."""
    words, sample = view.words, own.sample
    facts = words(
        "field.sample.facts", households=words.number(sample.household_count), desa=words.number(sample.desa_count),
    )  # fmt: skip
    dates = sample_dates(sample, words)
    lines = [words(f"truth.{sample.truth}.note"), words(f"frame.{sample.frame}.note"),
             facts + (f", {dates}." if dates else ".")]  # fmt: skip
    method = own.row[f"{view.measure.error}_method"]
    if method in ("model", "synthetic", "above"):
        lines.append(words(f"method.{method}.note", name=name))
    if view.level is Level.desa and not view.chosen_desa:
        lines.append(words("field.desa"))
    st.caption(" ".join(lines))
