"""The list of loaded sources of boundaries: what each is, where it is in force, its report, and changing that."""

from html import escape

import streamlit as st

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from dashboard import access, cache, links
from dashboard.errors import DashboardError
from dashboard.sections import boundary_report
from dashboard.sections.boundary_head import Held
from dashboard.sections.boundary_report import publisher_name
from dashboard.words import ABSENT, Words
from geo.boundary_sources import BoundarySource, remove_source, use_source

SAID = "boundary_said"


def source_list(words: Words, held: Held, is_operator: bool) -> None:
    """Draw a line for each source, closed at first."""
    st.subheader(words("boundary.sources"), anchor=False)
    said = st.session_state.pop(SAID, None)
    if said:
        st.success(said, icon=":material/check:")
    for source in held.sources:
        opened = st.expander(_title(source, words), key=f"boundary_source_{source.id}", on_change="rerun")
        if opened.open:
            with opened:
                _facts(source, words)
                boundary_report.report_panels(source.report, words, f"source_{source.id}")
                # The only source, in force at each of its levels, can be put nowhere else.
                if is_operator and (len(held.sources) > 1 or set(source.active) < set(source.level_counts)):
                    _changes(source, words)


def _title(source: BoundarySource, words: Words) -> str:
    finest = max(source.level_counts, default=None)
    parts = [
        f"**{links.plain(publisher_name(source.publisher, words))} {source.vintage}**",
        f"{words.number(source.level_counts[finest])} {words(f'level.{finest.name}').lower()}" if finest else ABSENT,
        words("boundary.in_force") if source.active else words("boundary.aside"),
    ]
    return " · ".join(parts)


def _facts(source: BoundarySource, words: Words) -> None:
    facts = {
        "file": source.file_name,
        "publisher": publisher_name(source.publisher, words),
        "vintage": source.vintage,
        "licence": source.licence or words("boundary.licence.none"),
        "system": system_name(source.system, words),
        "kind": words("boundary.fictional" if source.is_fictional else "boundary.real"),
        "loaded": f"{source.loaded_at.day} {words.month(source.loaded_at)}, {source.loaded_at:%H:%M}",
        "number": source.id,
    }
    rows = [(words(f"boundary.fact.{name}"), str(value)) for name, value in facts.items()]
    rows += [(words(f"level.{level.name}"), _use(source, level, words)) for level in source.level_counts]
    body = "".join(f"<tr><th>{escape(name)}</th><td>{escape(value)}</td></tr>" for name, value in rows)
    st.html(f'<table class="facts">{body}</table>')


def system_name(system: str, words: Words) -> str:
    """Return the name of a code system."""
    return words(f"boundary.system.{system}")


def _use(source: BoundarySource, level: Level, words: Words) -> str:
    count, provinsi = words.number(source.level_counts[level]), source.active.get(level, ())
    if not provinsi:
        return words("boundary.use.none", count=count)
    named = ", ".join(provinsi[:6]) + (" …" if len(provinsi) > 6 else "")
    return words("boundary.use", count=count, provinsi=words.number(len(provinsi)), codes=named)


def _changes(source: BoundarySource, words: Words) -> None:
    """Let the operator put a source in force, or delete one that is in force nowhere."""
    st.markdown(f"**{words('boundary.change')}**")
    with st.form(f"boundary_use_{source.id}", border=False):
        left, right = st.columns(2, gap="small")
        level = left.selectbox(
            words("boundary.change.level"), [None, *source.level_counts],
            format_func=lambda one: words("boundary.change.all_levels") if one is None else words(f"level.{one.name}"),
        )  # fmt: skip
        provinsi = right.text_input(words("boundary.change.provinsi"), max_chars=2, placeholder="18")
        st.caption(words("boundary.change.how"))
        if st.form_submit_button(words("boundary.change.do")):
            used = _write(words, lambda connection: use_source(connection, source.id, level, provinsi.strip() or None))
            if used is not None:
                levels = ", ".join(words(f"level.{one.name}") for one in used)
                _done(words("boundary.change.done", levels=levels))
    if source.active:
        return
    is_sure = st.checkbox(words("boundary.remove.sure"), key=f"boundary_sure_{source.id}")
    is_asked = st.button(words("boundary.remove"), key=f"boundary_remove_{source.id}", disabled=not is_sure)
    if is_asked and _write(words, lambda connection: remove_source(connection, source.id) or ()) is not None:
        _done(words("boundary.remove.done"))


def _write(words: Words, change):
    """Return what a change of the database gives; None where it is refused, which is said beside its button."""
    try:
        if not access.is_operator():
            raise DashboardError("upload_not_allowed")
        with cache.writing() as connection:
            return change(connection)
    except PetadesilError as error:
        shown = {name: links.plain(str(value)) for name, value in error.details.items()}
        st.warning(words.error(error.code, **shown), icon=":material/block:")
        return None


def _done(text: str) -> None:
    # The maps rest on the data version, which is another now.
    cache.data_state.clear()
    st.session_state[SAID] = text
    st.rerun()
