"""What the page of changes says: its answer, its figures, the month that it compares with, and what was split."""

import streamlit as st

from boundaries.levels import Level, kind_of, level_of
from dashboard import cache, panels, state
from dashboard.changes import points, side_names
from dashboard.panels import Figure
from dashboard.questions import mask_of
from dashboard.sections.number_table import figure
from dashboard.state import View
from dashboard.words import Words, is_absent
from geo.succession import lineage_groups
from queries.columns import Status
from queries.lineage import Succession
from queries.result import Result
from queries.trend import BEFORE, LEAST_CHANGED

SINCE = "trend_since"
SPLITS_LIMIT = 3
# What the two halves of the sentence are about: the rate, and how the column of its change starts.
HALVES = {"exclusion": "exclusion", "without": "desil_one_without"}


def read(view: View) -> tuple[Result, Result]:
    """Return what changed in the wilayah of the map and in the chosen one."""
    return tuple(
        cache.answer(view.question.key, scope, view.data_version) for scope in (view.scope(), view.own_scope())
    )


def title(view: View) -> str:
    """Return the page's question."""
    return view.words("trend.title", name=panels.own_name(view), since=view.words.month(view.against))


def answer(view: View, own: Result) -> str:
    """Return the answer in one sentence: what became of exclusion, and of desil 1 without any program."""
    words = view.words
    names = {"unit": panels.unit_of(view), "name": joined_name(view, own), "program": panels.program_name(view)}
    halves = {half: _half(own, half, stem, words, names) for half, stem in HALVES.items()}
    return words("trend.answer", since=words.month(view.against), **halves)


def joined_name(view: View, own: Result) -> str:
    """Return the chosen wilayah's name, with those that it is counted with where it was split or made in between."""
    words, name = view.words, panels.own_name(view)
    if not own.frame["is_joined"].iloc[0]:
        return name
    happened = cache.successions(view.scope(), view.data_version)
    known = {event.old_kode: event.old_name for event in happened}
    known |= {event.new_kode: event.new_name for event in happened}
    pairs = [(event.old_kode, event.new_kode) for event in happened]
    group = next((group for group in lineage_groups(pairs) if view.wilayah in group), frozenset())
    others = [_named(kode, known[kode], words) for kode in sorted(group - {view.wilayah})]
    return words("trend.joined", name=name, others=", ".join(others)) if others else name


def _half(own: Result, half: str, stem: str, words: Words, names: dict[str, str]) -> str:
    row = own.frame.iloc[0]
    status = row[f"{stem}_rise_status"]
    if status != Status.ok:
        return words(f"trend.{half}.{status}", **names)
    before, now = (words.percent(row[f"{stem}_rate{end}"]) for end in (BEFORE, ""))
    way = "same" if before == now else "up" if row[f"{stem}_rise_rate"] > 0 else "down"
    return words(f"trend.{half}.{way}", before=before, now=now, **names)


def figures(view: View, own: Result) -> list[Figure]:
    """Return the four numbers of now, each with its change since the earlier month."""
    words = view.words
    received = Figure(words("trend.received", unit=panels.unit_of(view)), figure(own, 0, "received_count", words),
                      _since(view, own))  # fmt: skip
    return [
        _rate(view, own, "exclusion", words("trend.exclusion"), "inverse"),
        received,
        _rate(view, own, "share", words("trend.share", desil=words.desil(view.desil).lower()), "off"),
        _rate(view, own, "desil_one_without", words("trend.without"), "inverse"),
    ]


def _rate(view: View, own: Result, stem: str, label: str, good_when: str) -> Figure:
    words, row = view.words, own.frame.iloc[0]
    changed = None
    if row[f"{stem}_rise_status"] == Status.ok:
        amount = points(row[f"{stem}_rise_rate"], words)
        month = _month(view)
        changed = words("change.points", amount=_ascii(amount), month=month)
        if amount == words.number(0, 1):
            changed = words("change.none", month=month)
    return Figure(label, figure(own, 0, f"{stem}_rate", words, f"{stem}_status"), changed, good_when)


def _since(view: View, own: Result) -> str | None:
    now, before = (own.frame[f"received_count{end}"].iloc[0] for end in ("", BEFORE))
    is_masked = any(mask_of(own, f"received_count{end}").iloc[0] for end in ("", BEFORE))
    if is_masked or is_absent(now) or is_absent(before):
        return None
    words, moved = view.words, float(now - before)
    if not moved:
        return words("change.none", month=_month(view))
    return words("change.since", amount=_ascii(words.signed(moved)), month=_month(view))


def _month(view: View) -> str:
    month = view.words.month(view.against, short=True)
    return month if view.against.year == view.period.year else f"{month} {view.against.year}"


def _ascii(amount: str) -> str:
    # Streamlit reads the direction of the arrow from an ASCII sign.
    return amount.replace("−", "-")


def choice(view: View, own: Result) -> None:
    """Draw the choice of the earlier month, with what its map means and which wilayah were split since."""
    words = view.words
    st.session_state[SINCE] = view.against
    before, now = side_names(view.scope(), words, view.measure.sides)
    st.selectbox(
        words("trend.since"), view.earlier, key=SINCE, format_func=view.period_name, width=240,
        on_change=lambda: state.change(a=f"{st.session_state[SINCE]:%Y-%m}"),
    )  # fmt: skip
    lines = [words("trend.note", now=now, before=before)]
    if others := _other_schemes(view):
        lines.append(words("trend.note.schemes", scheme=view.scheme_of(view.period).upper(), other=others))
    if view.disclosure == "published":
        lines.append(words("trend.note.published", least=words.number(LEAST_CHANGED)))
    if own.frame["is_joined"].iloc[0]:
        lines.append(words("trend.note.joined", name=panels.own_name(view)))
    st.caption("  \n".join([*lines, *split_lines(view)]))


def _other_schemes(view: View) -> str:
    own = view.scheme_of(view.period)
    return ", ".join(sorted({scheme.upper() for scheme in view.schemes if scheme != own}))


def split_lines(view: View) -> list[str]:
    """Return a sentence for each wilayah of the map that was split or made between the months, one for new codes."""
    words = view.words
    happened = cache.successions(view.scope(), view.data_version)
    divided = [event for event in happened if not event.is_renumbered]
    renumbered = [event for event in happened if event.is_renumbered]
    lines = [
        words("trend.split", new=_named(event.new_kode, event.new_name, words), old=_named(event.old_kode,
              event.old_name, words), date=f"{event.happened_on.day} {words.month(event.happened_on)}")
        for event in _foremost(divided)
    ]  # fmt: skip
    if len(divided) > len(lines):
        lines.append(words("trend.split.more", count=words.number(len(divided) - len(lines))))
    if renumbered:
        first = _foremost(renumbered)[0]
        lines.append(words(
            "trend.renumbered", count=words.number(len(renumbered)), name=_named(first.new_kode, first.new_name, words),
            old=first.old_kode, new=first.new_kode, date=f"{first.happened_on.day} {words.month(first.happened_on)}",
        ))
    return lines


def _foremost(happened: list[Succession]) -> list[Succession]:
    # The upper level first: the desa of a new kabupaten follow it.
    return sorted(happened, key=lambda event: level_of(event.new_kode))[:SPLITS_LIMIT]


def _named(kode: str, name: str, words: Words) -> str:
    return f"{words(f'kind.{kind_of(kode)}')} {name}" if level_of(kode) in (Level.kecamatan, Level.desa) else name


def alone(view: View) -> None:
    """Say that there is no month to compare with, and what to do."""
    words, scheme = view.words, view.scheme_of(view.period).upper()
    register = cache.answer("desil-density", view.own_scope(), view.data_version)
    panels.header(view, register, words("trend.title.alone", name=panels.own_name(view)))
    lines = [words("trend.alone", scheme=scheme, period=words.month(view.period)), words("trend.alone.what")]
    if others := _other_schemes(view):
        lines.append(words("trend.alone.schemes", other=others))
    panels.sentence(" ".join(lines))
