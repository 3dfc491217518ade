"""The page that shows which boundaries the maps use, and takes a publisher's file once a person has seen its report."""

import streamlit as st

from dashboard import access, viewport
from dashboard.sections import boundary_desk, boundary_form, boundary_head, boundary_sources


def render() -> None:
    """Draw the page."""
    words = boundary_head.words_of_reader()
    boundary_head.sidebar(words)
    held = boundary_head.read_held()
    boundary_head.header(words, held)
    is_operator = access.is_operator()
    upload = boundary_form.current() if is_operator else None
    if upload is not None:
        boundary_desk.upload_panels(upload, words)
    if held.sources:
        boundary_sources.source_list(words, held, is_operator)
    if upload is None:
        st.subheader(words("boundary.upload"), anchor=False)
        if is_operator:
            boundary_form.left_uploads(words, boundary_desk.owner())
            boundary_form.upload_form(words, boundary_desk.owner(), held.is_demo, held.has_codes)
            st.button(words("boundary.key.leave"), on_click=access.leave, icon=":material/logout:")
        else:
            boundary_form.key_form(words)
    elif not upload.is_busy:
        # Without a map the probe would measure the page, which is wider.
        viewport.probe()
