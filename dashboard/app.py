"""The script that Streamlit runs for every reader: page settings, style, navigation, and what shows errors."""

from pathlib import Path

import streamlit as st
from sqlalchemy.exc import DBAPIError

from boundaries.errors import PetadesilError
from dashboard import cache, listing, navigation, page_frame, panels, state
from dashboard.errors import of_database
from dashboard.words import Words

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="6" fill="#0b5d7a"/>'
    '<path d="M7 24V14h4v10zm7 0V8h4v16zm7 0v-7h4v7z" fill="#fff"/></svg>'
)
STALE = "stale_once"
STYLE = Path(__file__).with_name("style.css")


def main() -> None:
    """Draw the page that the address names, or the one sentence that says why it cannot be drawn."""
    words = Words(state.language())
    st.set_page_config(page_title="Petadesil", page_icon=ICON, layout="wide", initial_sidebar_state=264)
    st.html(STYLE)
    page_frame.draw(words, listing.ROW_HEIGHT)
    page = navigation.choose(words)
    try:
        st.set_page_config(page_title=words("page.title", title=page.title))
        page.run()
        st.session_state.pop(STALE, None)
    except cache.StaleData:
        # The next run reads the new version; if a load comes in between again, the reader is told.
        if not st.session_state.pop(STALE, False):
            st.session_state[STALE] = True
            st.rerun()
        panels.error_card("data_changed", words)
    except PetadesilError as error:
        panels.error_card(error.code, words, **error.details)
    except DBAPIError as error:
        failure = of_database(error)
        panels.error_card(failure.code, words, **failure.details)


main()
