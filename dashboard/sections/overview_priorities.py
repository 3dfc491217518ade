"""The ten wilayah to look at first, each with its reasons in words and their numbers."""

import pandas as pd
import streamlit as st

from dashboard import links, panels, state
from dashboard.questions import mask_of
from dashboard.sections import overview_answers as answers
from dashboard.sections.number_table import figure
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.priorities import (
    GROWTH_COUNT,
    GROWTH_POINTS,
    LEAST_PAID,
    OLD,
    OUT_OF_ORDER,
    UNUSED_OF_GAP,
    WIDEST,
    count_of_tenth,
)
from queries.result import Result

LEAST_WHOLE = 0.01


def reasons_of(view: View, row: pd.Series) -> list[str]:
    """Return a wilayah's reasons in words, each with its number."""
    words, texts = view.words, []
    earlier = answers.periods_of(view)[1:2]
    rate_count = int(answers.parts(view, "without").frame["without_rate"].notna().sum())
    highest = count_of_tenth(rate_count)
    details = {
        "highest": words.number(highest), "all": words.number(rate_count),
        "month": words.month(earlier[0], short=True) if earlier else "",
        "count": words.number(row["without_count"]), "share": share_text(row["without_share_rate"], words),
        "rate": words.percent(row["without_rate"]),
        "out_of_order_rate": words.percent(row["out_of_order_rate"], 0),
        "unused": words.number(row["unused_quota_count"]), "gap": words.number(row["gap_count"]),
        "paid": words.percent(row["paid_rate"], 0), "old": words.percent(row["old_rate"], 0),
    }  # fmt: skip
    if not is_absent(row["without_change_rate"]):
        details["points"] = words.signed(float(row["without_change_rate"]) * 100, 1)
        details["change"] = words.signed(float(row["without_change_count"]))
    for key in filter(None, str(row["reasons"]).split(", ")):
        if key == "unsure" and not is_absent(row["field_width_rate"]):
            texts.append(words("overview.reason.unsure.width", points=words.number(row["field_width_rate"] * 100)))
        else:
            texts.append(words(f"overview.reason.{key}", **details))
    return texts


def share_text(rate: float | None, words: Words) -> str:
    """Return a share in whole per cent, in tenths where it would read as nought."""
    return words.percent(rate, 0 if is_absent(rate) or rate >= LEAST_WHOLE else 1)


def title(view: View, result: Result) -> str:
    """Return the section's title, with the number of wilayah that it names, if any."""
    if result.frame.empty:
        return view.words("overview.priorities.hidden")
    level = view.words(f"level.{view.level.name}").lower()
    return view.words("overview.priorities", count=view.words.number(len(result.frame)), level=level)


def has_any(view: View, result: Result) -> bool:
    """Tell whether there is a wilayah to name, or one that is kept back."""
    is_masked = (mask_of(answers.parts(view, "without"), "without_count") != "").any()
    return bool(is_masked) or not result.frame.empty


def note(view: View) -> str:
    """Return what the order and the shares rest on: the households of the wilayah that holds those of the list."""
    words, scope = view.words, view.scope().itself()
    base = answers.ask(view, "without", scope)
    return words(
        "overview.priorities.note", program=panels.program_name(view), name=panels.name_of(view, scope.wilayah),
        all=figure(base, 0, "without_count", words),
    )  # fmt: skip


def thresholds(view: View) -> str:
    """Return from where on each reason holds, for a page that has no link to the method."""
    words = view.words
    rates = {"order": OUT_OF_ORDER, "unused": UNUSED_OF_GAP, "paid": LEAST_PAID, "old": OLD}
    numbers = {"points": GROWTH_POINTS * 100, "count": GROWTH_COUNT, "width": WIDEST * 100}
    return words(
        "overview.priorities.thresholds", **{name: words.percent(rate, 0) for name, rate in rates.items()},
        **{name: words.number(value) for name, value in numbers.items()},
    )  # fmt: skip


def draw(view: View) -> None:
    """Draw the ranked wilayah, each name a link to its own overview; nothing where nobody is without a program."""
    words, result = view.words, answers.parts(view, "priorities")
    if not has_any(view, result):
        return
    st.subheader(title(view, result), anchor=False)
    if result.frame.empty:
        st.markdown(words("overview.priorities.none"))
        return
    page = st.session_state["pages"][view.question.key]
    with st.container(key="priorities", gap=None):
        for at in range(len(result.frame)):
            row = result.frame.iloc[at]
            left, right = st.columns([1, 3], gap="small")
            name = links.plain(str(row["name"]))
            if row["kode"] == view.chosen_desa:
                left.markdown(f"**{at + 1}. {name}**")
            else:
                parameters = view.address(wilayah=row["kode"], level=state.map_levels(str(row["kode"]))[0])
                left.page_link(page, label=f"{at + 1}. {name}", query_params=parameters)
            right.markdown(" · ".join(reasons_of(view, row)))
    st.caption(f"{note(view)} {words('overview.priorities.how')}")
