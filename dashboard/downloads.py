"""Links to the CSV of an answer that has no map: the rows of the chosen wilayah, and those of every wilayah below."""

import streamlit as st

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.state import View
from queries.scope import Scope


def csv_links(view: View, query: str, own: Scope, below: Scope) -> None:
    """Draw the link to the rows of `own`, and to those of `below` where that is another scope."""
    words = view.words
    with st.container(key="breakdown_files", horizontal=True, gap="small"):
        st.link_button(words("action.csv"), _address(view, query, own))
        if below != own:
            level = words(f"level.{below.level.name}").lower()
            st.link_button(words("action.csv.below", level=level), _address(view, query, below))


def _address(view: View, query: str, scope: Scope) -> str:
    asked = Asked("export", query, "", scope, view.language, view.data_version)
    return f"/exports/{cache.signer().token(asked)}.csv"
