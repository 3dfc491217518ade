"""The reader's view: read from the address, kept small in the session, written back so that a link restores it."""

from dataclasses import dataclass, replace
from datetime import date

import streamlit as st

from boundaries.levels import Level, level_of, parent_of
from dashboard import cache
from dashboard.questions import QUESTIONS, Measure, Question
from dashboard.words import LANGUAGES, Words
from queries.disclosing import allowed_disclosure
from queries.errors import QueryError
from queries.rules import Rule
from queries.scope import Scope
from queries.wilayah import MONTHS_BACK

KEPT, WRITTEN, IGNORED = "view_kept", "view_written", "view_ignored"
# What an address may hold: dashboard/state.py reads no other.
KNOWN = frozenset(("w", "l", "p", "t", "m", "s", "x", "r", "a", "f", "b", "lang", "d"))
DEFAULT_DESIL = (1, 2, 3, 4)
MOST_DETAIL = 400


@dataclass(frozen=True)
class View:
    """What the reader looks at."""

    question: Question
    measure: Measure
    wilayah: str
    level: Level
    period: date
    program: str
    desil: tuple[int, ...]
    language: str
    disclosure: str
    may_choose_disclosure: bool
    data_version: str
    periods: tuple[date, ...]
    schemes: tuple[str, ...]
    earlier: tuple[date, ...]
    rule_on: date | None = None
    limits: tuple[int, int] | None = None
    against: date | None = None
    is_first_what_if: bool = False
    truth: str = ""
    frame: str = ""
    detail: str = ""

    @property
    def words(self) -> Words:
        """The words of the reader's language."""
        return Words(self.language)

    def scheme_of(self, period: date) -> str:
        """Return the scheme of a period's register, dtsen or dtks."""
        return self.schemes[self.periods.index(period)]

    @property
    def first_since(self) -> date | None:
        """The earlier month that a change is counted from where nobody chose: the sixth back, or the oldest."""
        return next(iter(self.earlier[:MONTHS_BACK][-1:]), None)

    def period_name(self, period: date) -> str:
        """Return a period's month, with its scheme where registers of both kinds are loaded."""
        month = self.words.month(period)
        return f"{month} · {self.scheme_of(period).upper()}" if len(set(self.schemes)) > 1 else month

    def other_side(self) -> str:
        """Return what a comparison puts beside the period's own rule: limits, the rule of a date, or a register."""
        words = self.words
        if self.against:
            return words("side.register", period=self.period_name(self.against))
        if self.rule_on:
            return words("side.rule", date=f"{self.rule_on.day} {words.month(self.rule_on)}")
        low, high = self.limits
        return words("side.limits", desil=words.desil(tuple(range(low, high + 1))))

    def scope(self) -> Scope:
        """Return the scope of the map and the list; a desa is shown among its neighbours."""
        scope = Scope(self.map_wilayah, self.level, self.period, self.program, self.desil, self.disclosure)
        if self.question.has_what_if:
            scope = scope.at(rule_on=self.rule_on, limits=self.limits, against=self.against)
        if self.question.has_since:
            scope = scope.at(against=self.against)
        if self.question.has_sample:
            scope = scope.at(truth=self.truth, frame=self.frame)
        if self.question.has_request:
            scope = scope.at(request=self.detail)
        return scope

    def own_scope(self) -> Scope:
        """Return the scope whose one row is the chosen wilayah."""
        return self.scope().at(wilayah=self.wilayah, level=level_of(self.wilayah))

    def desa_scope(self) -> Scope:
        """Return the scope of every desa in the chosen wilayah."""
        return self.scope().at(wilayah=self.wilayah, level=Level.desa)

    @property
    def map_wilayah(self) -> str:
        """The wilayah that the map holds: the chosen one, or a chosen desa's kecamatan."""
        return parent_of(self.wilayah) if self.chosen_desa else self.wilayah

    @property
    def chosen_desa(self) -> str | None:
        """The chosen wilayah where it is a desa."""
        return self.wilayah if level_of(self.wilayah) is Level.desa else None

    def address(self, **changes: object) -> dict[str, str]:
        """Return the query parameters of this view, or of one with other `wilayah` or `level`."""
        wilayah = changes.get("wilayah", self.wilayah)
        level = changes.get("level", self.level)
        parameters = {
            "w": str(wilayah), "l": Level(level).name, "p": f"{self.period:%Y-%m}", "t": self.program,
            "m": self.measure.key,
        }  # fmt: skip
        if self.question.has_desil and self.desil != DEFAULT_DESIL:
            parameters["s"] = "-".join(map(str, self.desil))
        # What nobody chose stays out of the address, so that another program starts from its own rule.
        if self.question.has_what_if and not self.is_first_what_if:
            if self.limits:
                parameters["x"] = "-".join(map(str, self.limits))
            if self.rule_on:
                parameters["r"] = self.rule_on.isoformat()
            if self.against:
                parameters["a"] = f"{self.against:%Y-%m}"
        if self.question.has_since and self.against != self.first_since:
            parameters["a"] = f"{self.against:%Y-%m}"
        if self.question.has_sample and self.truth:
            parameters["f"] = f"{self.truth}.{self.frame}"
        if self.detail:
            parameters["b"] = self.detail
        if self.language != LANGUAGES[0]:
            parameters["lang"] = self.language
        if self.may_choose_disclosure and self.disclosure == "published":
            parameters["d"] = "published"
        return parameters


def map_levels(wilayah: str, finest: Level = Level.desa, coarsest: Level = Level.provinsi) -> list[Level]:
    """Return the levels that a map of a wilayah offers, down to `finest`; a wilayah of that level offers itself.

    The nation stops at kabupaten, where clicks still land; within it, levels above `coarsest` are left out.
    """
    own = level_of(wilayah)
    if own is Level.nasional:
        return [Level.provinsi, Level.kabupaten]
    return [level for level in Level if max(own + 1, coarsest) <= level <= finest] or [own]


def given() -> dict[str, str]:
    """Return the parameters in force: the address where the reader changed it, else what the session keeps."""
    url = st.query_params.to_dict()
    if url and url != st.session_state.get(WRITTEN):
        st.session_state[KEPT] = url
    return st.session_state.setdefault(KEPT, {})


def language() -> str:
    """Return the reader's language."""
    asked = given().get("lang")
    return asked if asked in LANGUAGES else LANGUAGES[0]


def change(**parameters: str | None) -> None:
    """Change parameters from a widget's callback; None takes one away."""
    kept = dict(given())
    kept.update({key: value for key, value in parameters.items() if value is not None})
    for key in [key for key, value in parameters.items() if value is None]:
        kept.pop(key, None)
    st.session_state[KEPT] = kept


def go_to(kode: str) -> None:
    """Choose a wilayah: its first level below is shown, or itself where it is a desa."""
    change(w=kode, l=map_levels(kode)[0].name)


def forget() -> None:
    """Drop the kept view, so that the way back from an error starts afresh."""
    st.session_state.pop(KEPT, None)
    st.session_state.pop(WRITTEN, None)


def read_view(question: Question) -> View:
    """Return the view that address and session ask for; raise the error of whatever cannot be shown."""
    parameters = given()
    state = cache.data_state()
    version = state.version
    periods = list(state.periods)
    if not periods:
        raise QueryError("no_register")
    setting = cache.serving().disclosure
    disclosure = allowed_disclosure(state, "published" if parameters.get("d") == "published" else None, setting)
    may_choose = allowed_disclosure(state, None, setting) == "exact"
    period = _period(parameters.get("p"), periods)
    program = _program(parameters.get("t"), version)
    wilayah = parameters.get("w") or state.root
    cache.path_of(wilayah, version)
    levels = map_levels(wilayah, question.finest, question.coarsest)
    level = Level.parse(parameters["l"]) if "l" in parameters else levels[0]
    earlier = state.earlier(period, wilayah)
    view = View(
        question, question.measure(parameters.get("m")), wilayah, level if level in levels else levels[0], period,
        program, question.desil or _desil(parameters.get("s")), language(), disclosure, may_choose, version,
        state.periods, state.schemes, earlier, detail=_detail(parameters.get("b")),
        **_sample(question, parameters.get("f"), period, version),
        **_what_if(question, parameters, period, periods, program, version),
    )  # fmt: skip
    if question.has_since:
        named = {f"{one:%Y-%m}": one for one in earlier}
        view = replace(view, against=named.get(parameters.get("a", ""), view.first_since))
    address = view.address()
    written = st.session_state.get(WRITTEN)
    if parameters == st.query_params.to_dict() and parameters not in (written, address):
        st.session_state[IGNORED] = (address, _ignored(view, parameters))
    # A link within a page changes what Streamlit reports as the address, and leaves the browser's as it was.
    if address != st.query_params.to_dict() or written not in (None, address):
        st.query_params.from_dict(address)
    st.session_state[WRITTEN] = address
    st.session_state[KEPT] = dict(address)
    return view


def _ignored(view: View, parameters: dict[str, str]) -> list[str]:
    """Return the parts of a link that this view took no notice of, as they were written.

    A measure, a disclosure or a month that another page knows is none: it came along from there.
    """
    measures = {measure.key for question in QUESTIONS.values() for measure in question.measures}
    is_used = {
        "m": parameters.get("m") in measures,
        "d": parameters.get("d") in ("published", "exact"),
        "lang": parameters.get("lang") in LANGUAGES,
        "a": not view.question.has_since or (view.against and parameters.get("a") == f"{view.against:%Y-%m}"),
    }
    return [f"{key}={value}" for key, value in parameters.items() if key not in KNOWN or not is_used.get(key, True)]


def ignored(view: View) -> list[str]:
    """Return the parts that were ignored of the link that led to this view."""
    address, parts = st.session_state.get(IGNORED, ({}, []))
    return parts if address == view.address() else []


def _period(text: str | None, periods: list[date]) -> date:
    if text is None:
        return periods[0]
    for period in periods:
        if f"{period:%Y-%m}" == text:
            return period
    raise QueryError("empty_period", period=text, known=", ".join(f"{period:%Y-%m}" for period in sorted(periods)))


def _program(key: str | None, version: str) -> str:
    programs = cache.programs(version)
    if key is not None and key not in programs:
        names = cache.program_names(version)
        if key in names:
            known = ", ".join(program.name for program in programs.values())
            raise QueryError("program_not_measured", program=names[key], known=known)
        raise QueryError("unknown_program", program=key, known=", ".join(programs))
    return key or next(iter(programs))


def _desil(text: str | None) -> tuple[int, ...]:
    if text is None:
        return DEFAULT_DESIL
    parts = text.split("-")
    # "²" is a digit and no number, and a number of thousands of digits is refused by Python itself.
    if not all(part.isdecimal() and len(part) <= 2 for part in parts):
        raise QueryError("unknown_desil", desil=text)
    return tuple(sorted({int(part) for part in parts}))


def _limits(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    parts = text.split("-")
    if len(parts) != 2 or not all(part.isdecimal() and len(part) <= 2 for part in parts):
        raise QueryError("limits_malformed", limits=text)
    return int(parts[0]), int(parts[1])


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QueryError("unknown_date", date=text) from None


def _what_if(
    question: Question, parameters: dict[str, str], period: date, periods: list[date], program: str, version: str
) -> dict[str, object]:  # fmt: skip
    """Return the one thing that a link puts beside the period's own rule; without any, limits one desil wider."""
    if not question.has_what_if:
        return {}
    against = _period(parameters["a"], periods) if "a" in parameters else None
    if against not in (None, period):
        return {"against": against}
    if "r" in parameters:
        return {"rule_on": _day(parameters["r"])}
    if "x" in parameters:
        return {"limits": _limits(parameters["x"])}
    return {"limits": first_limits(cache.rule_of(program, period, version)), "is_first_what_if": True}


def first_limits(rule: Rule | None) -> tuple[int, int]:
    """Return the limits that are tried first: one desil wider than a rule's, one narrower where it holds all above."""
    low, high = rule.limits if rule else (1, 9)
    return (low, high + 1) if high < 10 else (low, 9) if low < 10 else (9, 10)


def _detail(text: str | None) -> str:
    # Which part of a page is open; one that the page does not know opens its first.
    return text if text and text.replace("-", "").replace("_", "").isalnum() and len(text) <= MOST_DETAIL else ""


def _sample(question: Question, text: str | None, period: date, version: str) -> dict[str, str]:
    """Return the truth and frame that a link names, else those of the period's first sample, empty without any."""
    if not question.has_sample:
        return {}
    known = [(sample.truth, sample.frame) for sample in cache.samples(period, version)]
    if text is None:
        truth, frame = known[0] if known else ("", "")
        return {"truth": truth, "frame": frame}
    truth, _, frame = text.partition(".")
    if (truth, frame) not in known:
        raise QueryError("no_sample", period=f"{period:%Y-%m}", known=", ".join("/".join(one) for one in known) or "-")
    return {"truth": truth, "frame": frame}


def question_of(key: str) -> Question:
    """Return a question by its address."""
    return QUESTIONS[key]
