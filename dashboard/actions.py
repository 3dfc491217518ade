"""The three buttons under a list: download, where the numbers come from, and the link to this view."""

from html import escape

import streamlit as st

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.cards import card
from dashboard.facts import command_of, facts_of, source_lines
from dashboard.files.kinds import KINDS, MOST_SHAPES
from dashboard.method import explain
from dashboard.state import View
from queries.result import Result


def actions(view: View, result: Result) -> None:
    """Draw the buttons."""
    words = view.words
    with st.container(key="actions", horizontal=True, gap="small"):
        with st.popover(words("action.download"), width="stretch"):
            _downloads(view, result)
        with st.popover(words("action.provenance"), width="stretch"):
            provenance(view, result)
        with st.popover(words("action.share"), width="stretch"):
            st.caption(words("share.how"))
            st.code(_link(view), language=None, wrap_lines=True)


def _downloads(view: View, result: Result) -> None:
    """Draw a link for each kind of file, with a line on what it is; none that cannot be made of this view."""
    words = view.words
    asked = Asked("export", view.question.key, view.measure.key, view.scope(), view.language, view.data_version)
    token = cache.signer().token(asked)
    has_shapes = cache.is_drawn(view.map_wilayah, view.level, view.data_version) and len(result.frame) <= MOST_SHAPES
    kinds = ["csv", *(kind for kind, one in KINDS.items() if has_shapes or one.draw is None)]
    with st.container(key="downloads", gap="small"):
        for kind in kinds:
            with st.container(gap=None):
                st.link_button(words(f"download.{kind}"), f"/exports/{token}.{kind}", width="stretch")
                st.caption(words(f"download.{kind}.what"))


def _link(view: View) -> str:
    base = (st.context.url or "").split("?")[0]
    return base + "?" + "&".join(f"{key}={value}" for key, value in view.address().items())


def provenance(view: View, result: Result) -> None:
    """Draw where the page's numbers come from: query, parameters, sources, size, version, definition."""
    words = view.words
    card(words, view.measure.key, words(f"measure.{view.measure.key}"))
    explain(view, "provenance")
    rows = "".join(f"<tr><th>{escape(name)}</th><td>{escape(fact)}</td></tr>"
                   for name, fact in facts_of(view, result).values())  # fmt: skip
    sources = "".join(f"<li>{escape(line)}</li>" for line in source_lines(result, words))
    st.html(f'<table class="facts">{rows}</table><p class="facts-title">{escape(words("fact.sources"))}</p>'
            f'<ul class="facts">{sources}</ul>')  # fmt: skip
    command = command_of(result)
    if command:
        st.caption(words("fact.command"))
        st.code(command, language=None, wrap_lines=True)
    with st.expander("SQL"):
        st.code(result.provenance.sql, language="sql", wrap_lines=True)
