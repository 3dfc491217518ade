"""What stands on the page of status words and kinds: the choice, the answer, tables of all of them, what they are."""

from dataclasses import replace

import streamlit as st

from boundaries.levels import level_of
from dashboard import cache, panels, state
from dashboard.class_names import desil_name
from dashboard.links import plain
from dashboard.questions import mask_of
from dashboard.sections.number_table import Row, figures, number_table
from dashboard.state import View, change
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.errors import QueryError
from queries.register_kinds import WORD_GROUP, Kind
from queries.result import Result

# From the poorest on; what a source writes otherwise stands after these.
FIVE_WORDS = ("sangat miskin", "miskin", "hampir miskin", "rentan miskin", "menuju sejahtera")
GROUPS = ("ppks", "psks", "kat")


def known_kinds(view: View) -> list[Kind]:
    """Return the words and kinds of the chosen wilayah; where it has none, those of all that are loaded."""
    scope = view.own_scope().at(request="")
    root = scope.at(wilayah=cache.data_state().root).itself()
    for asked in dict.fromkeys((scope, root)):
        words, social = (cache.answer(name, asked, view.data_version) for name in ("status-words", "social-kinds"))
        found = dict.fromkeys(words.frame["status_word"].dropna())
        kinds = [Kind(WORD_GROUP, str(word)) for word in sorted(found, key=_word_order)]
        if kinds and words.frame.loc[words.frame["status_word"].isna(), "numerator"].fillna(1).gt(0).any():
            kinds.append(Kind(WORD_GROUP, None))
        rows = social.frame.drop_duplicates(["social_group", "unit", "social_kind"])
        kinds += [Kind(row.social_group, row.social_kind, row.unit) for group in GROUPS
                  for row in rows[rows["social_group"] == group].itertuples()]  # fmt: skip
        if kinds:
            return kinds
    return []


def _word_order(word: str) -> tuple[int, str]:
    plain_word = " ".join(word.casefold().split())
    return (FIVE_WORDS.index(plain_word) if plain_word in FIVE_WORDS else len(FIVE_WORDS), word)


def fitted(view: View, kinds: list[Kind]) -> View:
    """Return the view of the word or kind that the link names, of the first where there is no such one."""
    try:
        asked = Kind.parse(view.detail)
    except QueryError:
        asked = None
    chosen = asked if asked in kinds else kinds[0]
    return replace(view, detail=chosen.key)


def name_of(kind: Kind, words: Words) -> str:
    """Return the word or kind as the source wrote it, with no character that acts as Markdown."""
    return plain(kind.name) if kind.name else words("kinds.no_word")


def title(view: View) -> str:
    """Return the page's question."""
    kind, words = Kind.parse(view.detail), view.words
    if kind.group == WORD_GROUP:
        return words("kinds.title.word", kind=name_of(kind, words))
    return words("kinds.title.social", kind=name_of(kind, words), group=words(f"kinds.group.{kind.group}"),
                 unit=words(f"kinds.unit.{kind.unit}"))  # fmt: skip


def answer(view: View, own: panels.Own) -> str:
    """Return the sentence with its two numbers, or why there are none."""
    kind, words, name = Kind.parse(view.detail), view.words, panels.own_name(view)
    if own.status == Status.no_data:
        return words("kinds.below", name=name, kind=name_of(kind, words))
    rate = own.value("kind_share_rate")
    told = {
        "name": name, "kind": name_of(kind, words), "count": own.count("kind_count"),
        "all": own.count("kind_total_count"),
        "rate": "" if rate is None else words("kinds.rate", rate=words.percent(rate)),
    }  # fmt: skip
    if kind.group == WORD_GROUP:
        return words("kinds.answer.word", **told)
    group, unit = words(f"kinds.group.{kind.group}"), words(f"kinds.unit.{kind.unit}")
    return words("kinds.answer.social", group=group, unit=unit, **told) + _sent(view, own)


def _sent(view: View, own: panels.Own) -> str:
    """Return how many of the wilayah below sent a row, at the level of the source's file."""
    words, rows = view.words, own.value("reporting_count")
    for level in state.map_levels(view.wilayah):
        frame = cache.answer(view.question.key, view.own_scope().at(level=level), view.data_version).frame
        sent = int((frame["status"] != Status.no_data).sum())
        if sent == rows and level > level_of(view.wilayah):
            return words("kinds.answer.sent", sent=words.number(sent), below=words.number(len(frame)),
                         level=words(f"level.{level.name}").lower())  # fmt: skip
    return words("kinds.answer.rows", rows=words.number(rows))


def choose(view: View, kinds: list[Kind]) -> None:
    """Draw the choice of a word or kind; it is kept in the link."""
    words = view.words
    names = {kind.key: f"{words(f'kinds.group.{kind.group}')} · {kind.name or words('kinds.no_word')}"
             for kind in kinds}  # fmt: skip
    st.session_state["kind"] = view.detail
    st.selectbox(words("kinds.choose"), list(names), key="kind", format_func=names.__getitem__,
                 on_change=lambda: change(b=st.session_state["kind"]))  # fmt: skip
    st.caption(words("kinds.note"))


def no_words(view: View, kinds: list[Kind]) -> None:
    """Say that a register holds no status words, with a link to each period that does."""
    if any(kind.group == WORD_GROUP for kind in kinds):
        return
    words = view.words
    told = {"period": words.month(view.period), "scheme": view.scheme_of(view.period).upper()}
    listed = [period for period in view.periods if view.scheme_of(period) == "dtks"]
    if not listed or view.period in listed:
        st.caption(words("kinds.no_words.nowhere", **told))
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="kinds_periods"):
        st.caption(words("kinds.no_words", **told))
        for period in listed:
            parameters = view.address() | {"p": f"{period:%Y-%m}"}
            parameters.pop("b", None)
            st.page_link(st.session_state["pages"][view.question.key], label=view.period_name(period),
                         query_params=parameters)  # fmt: skip


def nothing(view: View) -> None:
    """Say that neither words nor kinds are loaded for the period."""
    st.header(view.words("kinds.title.none"), anchor=False)
    panels.sentence(view.words("kinds.none", period=view.words.month(view.period)))


def every_word(view: View) -> None:
    """Draw all status words of the chosen wilayah, and beside them its desil: two counts of the same families."""
    words, name = view.words, panels.own_name(view)
    scope = view.own_scope().at(request="")
    result = cache.answer("status-words", scope, view.data_version)
    if result.frame["status_word"].dropna().empty:
        return
    left, right = st.columns(2, gap="medium")
    with left:
        st.subheader(words("kinds.words.title", name=name), anchor=False)
        columns = {"household_count": None, "share_rate": "status", "person_count": None}
        order = sorted(range(len(result.frame)), key=lambda at: _row_order(result, at))
        rows = [
            Row(_word_at(result, at, words), figures(result, at, columns, words)) for at in order
            if not _is_empty(result, at)
        ]
        number_table([words("kinds.head.word"), *(words(f"column.{column}") for column in columns)], rows)
        st.caption(words("kinds.words.note"))
    with right:
        desil = cache.answer("desil-distribution", scope, view.data_version)
        st.subheader(words("kinds.desil.title", name=name), anchor=False)
        columns = {"household_count": None, "share_rate": "status"}
        number_table(
            [words("filter.desil"), *(words(f"column.{column}") for column in columns)],
            [Row(desil_name(desil, at, words), figures(desil, at, columns, words)) for at in range(len(desil.frame))],
        )


def _row_order(result: Result, position: int) -> tuple[int, str]:
    word = result.frame["status_word"].iloc[position]
    return (len(FIVE_WORDS) + 1, "") if is_absent(word) and not isinstance(word, str) else _word_order(str(word))


def _word_at(result: Result, position: int, words: Words) -> str:
    word = result.frame["status_word"].iloc[position]
    return word if isinstance(word, str) else words("kinds.no_word")


def _is_empty(result: Result, position: int) -> bool:
    count = result.frame["household_count"].iloc[position]
    return not isinstance(result.frame["status_word"].iloc[position], str) and not is_absent(count) and count == 0


def every_kind(view: View) -> None:
    """Draw all kinds of the chosen wilayah, a table for each group and unit."""
    words, name = view.words, panels.own_name(view)
    result = cache.answer("social-kinds", view.own_scope().at(request=""), view.data_version)
    frame = result.frame
    pairs = [(group, unit) for group in GROUPS
             for unit in dict.fromkeys(frame.loc[frame["social_group"] == group, "unit"])]  # fmt: skip
    places = st.columns(min(len(pairs), 2), gap="medium") if pairs else []
    columns = {"reported_count": "status", "share_rate": "status"}
    for index, (group, unit) in enumerate(pairs):
        at = [position for position in range(len(frame))
              if (frame["social_group"].iloc[position], frame["unit"].iloc[position]) == (group, unit)]  # fmt: skip
        rows = [
            Row(str(frame["social_kind"].iloc[position]),
                (*figures(result, position, columns, words), words.number(frame["reporting_count"].iloc[position])))
            for position in at
        ]  # fmt: skip
        total = words.count(frame["total_reported_count"].iloc[at].max(), _total_mask(result, at))
        with places[index % len(places)]:
            told = {"group": words(f"kinds.group.{group}.full"), "unit": words(f"kinds.unit.{unit}"), "name": name}
            st.subheader(words("kinds.social.title", **told), anchor=False)
            heads = [words("kinds.head.kind"), words("kinds.total"), words("column.share_rate"),
                     words("kinds.head.rows")]  # fmt: skip
            number_table(heads, [*rows, Row(words("kinds.total"), (total, "", ""), "total")])


def _total_mask(result: Result, at: list[int]) -> str:
    masks = mask_of(result, "total_reported_count").iloc[at]
    return next((mask for mask in masks if mask), "")


def about(view: View) -> None:
    """Draw what the three groups are and by which rule, closed at first."""
    words = view.words
    with st.expander(words("kinds.about")):
        for group in (*GROUPS, "apart"):
            st.markdown(words(f"kinds.about.{group}"))
