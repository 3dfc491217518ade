"""The width of the reader's map, asked from the browser once, so that the first view holds the whole wilayah."""

import streamlit as st

SCRIPT = """
export default function ({ setStateValue, data }) {
  const column = document.querySelector(".st-key-map") ?? document.querySelector('[data-testid="stMain"]');
  const report = () => {
    const width = Math.round(column.getBoundingClientRect().width / 40) * 40;
    if (width > 0 && Math.abs(width - data.assumed) > 60) setStateValue("width", width);
  };
  const observer = new ResizeObserver(report);
  observer.observe(column);
  return () => observer.disconnect();
}
"""
ASSUMED = 600
WIDTH = "viewport_width"

_probe = st.components.v2.component("petadesil_viewport", js=SCRIPT)


def map_width() -> int:
    """Return the width of the map in pixels, to the nearest 40: what the browser last said, else a laptop's."""
    return st.session_state.get(WIDTH, ASSUMED)


def probe() -> None:
    """Ask the browser for the width; drawn after the map, it answers only when the assumption is off."""
    with st.container(key="probe"):
        said = _probe(key="viewport", data={"assumed": map_width()}, on_width_change=lambda: None).width
    if said and said != st.session_state.get(WIDTH):
        st.session_state[WIDTH] = int(said)
        st.rerun()
