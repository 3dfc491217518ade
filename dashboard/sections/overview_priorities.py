"""The ten wilayah to look at first, each with its reasons in words and their numbers."""

import pandas as pd
import streamlit as st

from dashboard import links, panels, state
from dashboard.sections import overview_answers as answers
from dashboard.state import View
from dashboard.words import Words, is_absent
from queries.result import Result

LEAST_WHOLE = 0.01


def reasons_of(view: View, row: pd.Series) -> list[str]:
    """Return a wilayah's reasons in words, each with its number."""
    words, texts = view.words, []
    earlier = answers.periods_of(view)[1:2]
    details = {
        "program": panels.program_name(view), "unit": panels.unit_of(view),
        "month": words.month(earlier[0], short=True) if earlier else "",
        "count": words.number(row["without_count"]), "share": share_text(row["without_share_rate"], words),
        "rate": words.percent(row["without_rate"]), "out_of_order": words.number(row["out_of_order_count"]),
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
    """Return the section's title, with the number of wilayah that it names."""
    level = view.words(f"level.{view.level.name}").lower()
    return view.words("overview.priorities", count=view.words.number(len(result.frame)), level=level)


def draw(view: View) -> None:
    """Draw the ranked wilayah, each name a link to its own overview."""
    words, result = view.words, answers.parts(view, "priorities")
    st.subheader(title(view, result), anchor=False)
    if result.frame.empty:
        st.markdown(words("overview.priorities.none"))
        return
    page = st.session_state["pages"][view.question.key]
    with st.container(key="priorities", gap="small"):
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
    st.caption(words("overview.priorities.note", program=panels.program_name(view)))


