"""What a plan leaves the page as: the files that carry it to the budget."""

import streamlit as st

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.charts import titled
from dashboard.state import View
from queries.planning import Plan

# Of the files of every page: the rows as a table, and with their shapes.
KINDS = ("csv", "xlsx", "gpkg")


def files(view: View, plan: Plan) -> None:
    """Offer the plan's rows as files."""
    words = view.words
    titled(words, "plan.files")
    asked = Asked("export", view.question.key, view.measure.key, view.scope(), view.language, view.data_version)
    token = cache.signer().token(asked)
    st.caption(words("plan.files.what", count=words.number(len(plan.result.frame))))
    with st.container(key="budget_files", horizontal=True, gap="small"):
        for kind in KINDS:
            st.link_button(words(f"download.{kind}"), f"/exports/{token}.{kind}", help=words(f"download.{kind}.what"))
