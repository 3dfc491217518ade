"""The parts that every page is made of, from the badge at its top to the details at its foot."""

from dataclasses import dataclass
from html import escape

import streamlit as st

from boundaries.levels import Level, kind_of
from dashboard import cache, layers, links, listing, state, viewport
from dashboard.actions import actions
from dashboard.addresses import Asked
from dashboard.cards import card
from dashboard.method import explain
from dashboard.questions import mask_of
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.field import ModelChecks
from queries.result import Result
from queries.scope import Scope
from queries.stats.disclosure import LEAST_DENOMINATOR, ROUND_TO

MOST_LETTERS = 200


@dataclass(frozen=True)
class Figure:
    """One of the four numbers under a page's sentence; `base` is what it is a part of, printed under it."""

    label: str
    value: str
    change: str | None = None
    good_when: str = "off"
    base: str = ""


class Own:
    """The one row of the chosen wilayah, now and in the period before."""

    def __init__(self, view: View) -> None:
        scope = view.own_scope()
        self.words = view.words
        self.result = cache.answer(view.question.key, scope, view.data_version)
        self.before_period = next(iter(view.earlier), None)
        self._before = None
        if self.before_period:
            self._before = cache.answer(view.question.key, scope.at(period=self.before_period), view.data_version)

    @property
    def status(self) -> str:
        """The status of the chosen wilayah's value."""
        return str(self.result.frame["status"].iloc[0])

    def value(self, column: str) -> float | None:
        """Return a number of the row, None where it has none."""
        value = self.result.frame[column].iloc[0]
        return None if is_absent(value) else value

    def has(self, column: str) -> bool:
        """Tell whether the row has this count, shown or masked."""
        return self.value(column) is not None or mask_of(self.result, column).iloc[0] != ""

    def count(self, column: str) -> str:
        """Return a count as text, or what stands for a masked one."""
        return self.words.count(self.value(column), mask_of(self.result, column).iloc[0])

    def share(self, part: str, whole: str) -> str | None:
        """Return what share of `whole` a part is, as text; None where the disclosure rule gives no percentage."""
        top, base = self.value(part), self.value(whole)
        is_masked = any(mask_of(self.result, column).iloc[0] for column in (part, whole))
        if top is None or not base or is_masked:
            return None
        # A rounded count stands for others: its least must reach the least denominator.
        is_published = self.result.provenance.scope.disclosure == "published"
        if is_published and base - ROUND_TO / 2 < LEAST_DENOMINATOR:
            return None
        return self.words.percent(min(top / base, 1), 0)

    def change(self, column: str, form: str = "count") -> str | None:
        """Return the change since the period before as text, None where either is missing or masked."""
        now = self.value(column)
        if self._before is None or now is None or mask_of(self.result, column).iloc[0]:
            return None
        before = self._before.frame[column].iloc[0]
        if is_absent(before) or mask_of(self._before, column).iloc[0]:
            return None
        if form == "rate":
            amount, digits, key = float(now - before) * 100, 1, "change.points"
        elif form == "per_km2":
            amount, digits, key = float(now - before), 1, "change.since"
        else:
            amount, digits, key = float(now - before), 0, "change.since"
        month = self.words.month(self.before_period, short=True)
        if round(amount, digits) == 0:
            return self.words("change.none", month=month)
        # Streamlit reads the direction of the arrow from an ASCII sign.
        text = self.words.signed(amount, digits).replace("−", "-")
        return self.words(key, amount=text, month=month)


def header(view: View, result: Result | ModelChecks, title: str) -> None:
    """Draw the badge where a register under the answer is fictional, the breadcrumbs and the question."""
    words = view.words
    if result.provenance.is_fictional:
        st.set_page_config(page_title=words("page.fictional", title=words(f"page.{view.question.key}")))
    with st.container(key="crumbs", horizontal=True, vertical_alignment="center", gap="xxsmall"):
        if result.provenance.is_fictional:
            st.html(f'<span class="badge">{escape(words("badge"))}</span>', width="content")
        links.breadcrumbs(view)
    st.header(title, anchor=False)
    parts = [links.plain(_shortened(part)) for part in state.ignored(view)]
    if parts:
        st.caption(words("link.ignored", parts=", ".join(parts)))


def sentence(text: str) -> None:
    """Draw the answer in one sentence; its two numbers are bold."""
    with st.container(key="answer"):
        st.markdown(text)


def figures(chosen: list[Figure], key: str = "figures") -> None:
    """Draw four figures at most, the change beside each; `key` starts with `figures`, and is another for each row."""
    with st.container(key=key):
        for column, figure in zip(st.columns(len(chosen), gap="small"), chosen, strict=True):
            # A share of something, or no change, is neither up nor down.
            moves = (figure.change or "")[:1] in ("+", "-")
            column.metric(
                figure.label, figure.value, figure.change or figure.base or None,
                delta_color=figure.good_when if moves else "off", delta_arrow="auto" if moves else "off",
                delta_description=figure.base if figure.change else None, height="stretch",
            )  # fmt: skip


def map_and_list(view: View, result: Result) -> None:
    """Draw the map with its legend and, beside it, the list: the same rows, colours and selection."""
    scale = cache.scale(view.question.key, view.measure.key, view.scope(), view.data_version)
    left, right = st.columns([2, 1], gap="small")
    with left:
        _map(view, result)
        listing.legend(view, result, scale)
    with right, st.container(key="list"):
        listing.rows(view, result, scale, viewport.map_height())
        actions(view, result)


def _map(view: View, result: Result) -> None:
    words = view.words
    if not cache.is_drawn(view.map_wilayah, view.level, view.data_version):
        st.info(words("map.no_boundary"), icon=":material/map:")
        return
    # Within one wilayah and level the key is constant, and so is the view; a click elsewhere starts without selection.
    key = f"map_{view.question.key}_{view.wilayah}_{view.level.name}".replace(".", "-")

    def clicked() -> None:
        objects = st.session_state[key]["selection"]["objects"].get("fill", [])
        kode = objects[0].get("properties", {}).get("kode") if objects else None
        if kode:
            state.go_to(kode)

    scope = view.scope()
    place = Scope(scope.wilayah, scope.level)
    addresses = {
        "fill": _address(view, "fill", scope),
        "other": _address(view, "other", place),
        "outline": _address(view, "outline", place),
    }
    if view.chosen_desa:
        addresses["chosen"] = _address(view, "outline", Scope(view.chosen_desa, Level.desa))
    box = cache.bounds(view.map_wilayah, view.data_version)
    width, height = viewport.map_width(), viewport.map_height()
    with st.container(key="map"):
        if result.provenance.is_fictional:
            st.html(f'<span class="badge badge-map">{escape(words("badge"))}</span>')
        st.pydeck_chart(
            layers.deck(addresses, box, width, height, len(result.frame), view.chosen_desa),
            height=height, on_select=clicked, selection_mode="single-object", key=key,
            alt=words("map.alt", measure=words(f"measure.{view.measure.key}")),
        )  # fmt: skip


def _address(view: View, part: str, scope: Scope) -> str:
    is_fill = part == "fill"
    asked = Asked(
        part, view.question.key if is_fill else "", view.measure.key if is_fill else "", scope,
        view.language if is_fill else "", view.data_version,
    )  # fmt: skip
    return f"/shapes/{cache.signer().token(asked)}.geojson"


def details(view: View, result: Result) -> None:
    """Draw the cards of the page's measures and every column of the rows, closed at first."""
    words = view.words
    with st.expander(words("details.cards")):
        for measure in view.question.measures:
            card(words, measure.key, words(f"measure.{measure.key}"))
    explain(view, "details")
    # Sent only when asked for: a closed expander's rows would cross the wire on every rerun.
    table = st.expander(words("details.table"), key="details_table", on_change="rerun")
    if table.open:
        with table:
            listing.full_table(view, result)


def empty(view: View, own: Own) -> bool:
    """Say why there is no answer for the chosen wilayah, and tell whether that was so."""
    if own.status not in (Status.no_data, Status.not_applicable):
        return False
    name = cache.path_of(view.wilayah, view.data_version)[-1].name
    key = f"empty.{own.status}"
    if own.status == Status.no_data and view.question.has_program and _has_register(view):
        key = "empty.no_enrolment"
    sentence(view.words(key, name=name, period=view.words.month(view.period), program=program_name(view)))
    return True


def _has_register(view: View) -> bool:
    households = cache.answer("desil-density", view.own_scope(), view.data_version)
    return str(households.frame["status"].iloc[0]) != Status.no_data


def program_name(view: View) -> str:
    """Return the name of the chosen program."""
    return cache.programs(view.data_version)[view.program].name


def unit_of(view: View, title: bool = False) -> str:
    """Return the word for what the chosen program counts, capitalised for a title."""
    unit = cache.programs(view.data_version)[view.program].unit
    return view.words(f"unit.{unit}.title" if title else f"unit.{unit}")


def partial(view: View, result: Result) -> str:
    """Return the sentence on how many of the rows have no data; empty where all have some."""
    missing = int((result.frame["status"] == Status.no_data).sum())
    if not missing:
        return ""
    words = view.words
    return " " + words(
        "answer.partial", missing=words.number(missing), all=words.number(len(result.frame)),
        level=words(f"level.{view.level.name}").lower(),
    )  # fmt: skip


def half(view: View, result: Result) -> str:
    """Return the sentence on how few desa hold half of what the page counts.

    Empty where that says nothing or is not disclosed.
    """
    if view.chosen_desa or partial(view, result):
        return ""
    found = cache.concentration(view.desa_scope(), view.data_version, view.question.query)
    if found is None or found["holding_count"] == 0:
        return ""
    words = view.words
    half_count, all_count = words.number(found["holding_count"]), words.number(found["place_count"])
    return " " + words("coverage.half", half=half_count, all=all_count)


def own_name(view: View) -> str:
    """Return the chosen wilayah's name, with its kind where it is a kota, a kabupaten or a desa."""
    return name_of(view, view.wilayah)


def name_of(view: View, kode: str) -> str:
    """Return a wilayah's name, with its kind where it is a kecamatan or a desa."""
    own = cache.path_of(kode, view.data_version)[-1]
    prefixed = own.level in (Level.kecamatan, Level.desa)
    return f"{view.words(f'kind.{kind_of(own.kode)}')} {own.name}" if prefixed else own.name


def error_card(code: str, words: Words, **details: object) -> None:
    """Say what happened, where and what to do, in one sentence, with a way back and no trace."""
    with st.container(key="error"):
        # What a link brought is text: none of it may become a link or a picture on the page.
        shown = {key: links.plain(_shortened(str(value))) for key, value in details.items()}
        st.error(words.error(code, **shown), icon=":material/error:")
        state.forget()
        links.home_link(words)


def _shortened(text: str) -> str:
    # A link can bring a page of letters.
    return text if len(text) <= MOST_LETTERS else text[:MOST_LETTERS] + "…"
