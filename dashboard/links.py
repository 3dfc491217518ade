"""Links that keep the reader's view: breadcrumbs, what a search found, and the way home."""

import re

import streamlit as st

from boundaries.levels import level_of
from dashboard import cache, state
from dashboard.words import Words

DEFAULT_PAGE = "overview"


def breadcrumbs(view: state.View) -> None:
    """Draw the way from the nation to the chosen wilayah, each step a link."""
    words = view.words
    page = st.session_state["pages"][view.question.key]
    *above, own = cache.path_of(view.wilayah, view.data_version)
    for step in above:
        parameters = view.address(wilayah=step.kode, level=state.map_levels(step.kode)[0])
        st.page_link(page, label=words("breadcrumb", name=plain(step.name)), query_params=parameters)
    st.markdown(f"**{plain(own.name)}**")
    if view.question.has_map and view.level > level_of(view.wilayah):
        st.markdown(words("breadcrumb.all", level=words(f"level.{view.level.name}")))
    st.markdown(f"· {words.month(view.period)}")


def found_links(view: state.View, text: str) -> None:
    """Draw the wilayah that a search found, each a link."""
    page = st.session_state["pages"][view.question.key]
    rows = cache.found(text, view.data_version)
    if not rows:
        st.caption(view.words("search.nothing", text=plain(text)))
    for row in rows:
        parameters = view.address(wilayah=row.kode, level=state.map_levels(row.kode)[0])
        label = f"{plain(row.name)}  :gray[{row.kode}]"
        st.page_link(page, label=label, help=row.path_name or None, query_params=parameters)


def home_link(words: Words) -> None:
    """Draw the way back to the first view."""
    st.page_link(st.session_state["pages"][DEFAULT_PAGE], label=words("error.home"), icon=":material/arrow_back:")


def plain(name: str) -> str:
    """Return a name from a file, or a word from a link, with no character that acts as Markdown.

    An address becomes a link even where it is escaped, so an invisible joiner parts it.
    """
    name = re.sub("(:|@|www)", "\\1\N{WORD JOINER}", name, flags=re.IGNORECASE)
    return "".join("\\" + char if char in r"\`*_{}[]()#+-.!~>|$:<&" else char for char in name)
