"""The frame of the page on boundaries, which needs no register: its words, title, answer, figures and side bar."""

from dataclasses import dataclass
from datetime import date
from html import escape

import streamlit as st

from boundaries.levels import Level
from dashboard import cache, filters, panels, state
from dashboard.panels import Figure
from dashboard.words import Words
from geo.boundary_sources import BoundarySource
from queries.boundary_counts import LevelCount


@dataclass(frozen=True)
class Held:
    """The sources that are kept, the newest first, how many wilayah each level draws, and whether codes are listed."""

    sources: tuple[BoundarySource, ...]
    counts: dict[Level, LevelCount]
    has_codes: bool

    @property
    def is_demo(self) -> bool:
        """Whether this is the database of the fictional province: real boundaries are refused there."""
        return any(source.is_fictional for source in self.sources)

    @property
    def in_force(self) -> tuple[BoundarySource, ...]:
        """The sources that a map draws somewhere."""
        return tuple(source for source in self.sources if source.active)


def read_held() -> Held:
    """Return what is loaded now."""
    state_now = cache.data_state()
    # Pairs of codes have a year; the official list has none.
    has_codes = any(note.kind == "codes" and note.vintage is None for note in state_now.sources)
    counts = cache.boundary_counts(date.today(), state_now.version)
    return Held(tuple(cache.boundary_sources(state_now.version)), counts, has_codes)


def words_of_reader() -> Words:
    """Return the words of the reader's language, and leave it in the address; what other pages keep stays kept."""
    words = Words(state.language())
    address = {"lang": words.language} if words.language != "id" else {}
    kept = dict(state.given())
    if st.query_params.to_dict() != address:
        st.query_params.from_dict(address)
    st.session_state[state.WRITTEN] = address
    st.session_state[state.KEPT] = kept
    return words


def sidebar(words: Words) -> None:
    """Draw the one thing that can be chosen here: the language."""
    with st.sidebar:
        st.caption(words("boundary.sidebar"))
        filters.language_switch(words)


def header(words: Words, held: Held) -> None:
    """Draw the badge where the boundaries are fictional, the title, the answer and the four figures."""
    if held.is_demo:
        st.set_page_config(page_title=words("page.fictional", title=words("page.boundaries")))
        st.html(f'<span class="badge">{escape(words("badge"))}</span>', width="content")
    st.header(words("boundary.title"), anchor=False)
    panels.sentence(answer(words, held))
    if held.sources:
        panels.figures(figures(words, held))


def answer(words: Words, held: Held) -> str:
    """Return in one sentence which boundaries there are."""
    if not held.sources:
        return words("boundary.answer.none")
    finest = max((level for level, count in held.counts.items() if count.drawn_count), default=None)
    if finest is None:
        return words("boundary.answer.unused", all=words.number(len(held.sources)))
    provinsi = {kode for source in held.sources for kode in source.active.get(finest, ())}
    return words(
        "boundary.answer", used=words.number(len(held.in_force)), all=words.number(len(held.sources)),
        count=words.number(held.counts[finest].drawn_count), level=words(f"level.{finest.name}").lower(),
        provinsi=words.number(len(provinsi)),
    )  # fmt: skip


def figures(words: Words, held: Held) -> list[Figure]:
    """Return how many wilayah of each level have boundaries, of how many that are known."""
    return [
        Figure(words(f"level.{level.name}"), words.number(count.drawn_count),
               base=words("boundary.of_known", count=words.number(count.known_count)))
        for level, count in held.counts.items()
    ]  # fmt: skip
