"""What a plan leaves the page as: the sheet and the memo that carry it to the budget, and its rows to work with."""

import streamlit as st

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.charts import titled
from dashboard.state import View
from queries.planning import Plan

# Of the plan as a whole, then of its rows, as every page offers them.
OF_PLAN, OF_ROWS = {"xlsx": "rka", "pdf": "memo"}, ("csv", "xlsx", "gpkg")


def files(view: View, plan: Plan) -> None:
    """Offer the plan as the sheet and the memo, and its rows as files."""
    words = view.words
    titled(words, "plan.files")
    st.caption(words("plan.files.what", count=words.number(len(plan.result.frame))))
    asked = {
        part: cache.signer().token(Asked(part, view.question.key, view.measure.key, view.scope(), view.language,
                                         view.data_version))
        for part in ("plan", "export")
    }  # fmt: skip
    with st.container(key="budget_files", horizontal=True, gap="small"):
        for kind, name in OF_PLAN.items():
            st.link_button(words(f"plan.files.{name}"), f"/plans/{asked['plan']}.{kind}", type="primary",
                           icon=":material/download:")  # fmt: skip
        for kind in OF_ROWS:
            st.link_button(words(f"download.{kind}"), f"/exports/{asked['export']}.{kind}")
