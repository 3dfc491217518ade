"""The card of a measure: what it is, how it is computed, over what, and what it does not say."""

import streamlit as st

from dashboard.words import Words


def card(words: Words, key: str, title: str) -> None:
    """Draw a card under a title: definition, formula, denominator, limits."""
    definition, formula, denominator, limits = words.card(key)
    st.markdown(
        f"**{title}** — {definition}  \n`{formula}`  \n"
        f"{words('card.denominator')}: {denominator}  \n{words('card.limits')}: {limits}"
    )
