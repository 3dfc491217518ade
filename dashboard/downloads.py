"""Links to the CSV of an answer that has no map: the rows of the chosen wilayah, and those of every wilayah below."""

import streamlit as st

from dashboard import cache
from dashboard.addresses import Asked
from dashboard.state import View
from queries.scope import Scope


def csv_links(view: View, query: str, own: Scope, below: Scope) -> None:
    """Draw the link to the rows of `own`, and to those of `below` where that is another scope."""
    st.link_button(view.words("action.csv"), _address(view, query, own))
    if below != own:
        csv_link(view, query, below, "action.csv.below")


def csv_link(view: View, query: str, scope: Scope, key: str) -> None:
    """Draw the link to a scope's rows, with the words stored under `key`, which name its level."""
    level = view.words(f"level.{scope.level.name}").lower()
    st.link_button(view.words(key, level=level), _address(view, query, scope))


def _address(view: View, query: str, scope: Scope) -> str:
    asked = Asked("export", query, "", scope, view.language, view.data_version)
    return f"/exports/{cache.signer().token(asked)}.csv"
