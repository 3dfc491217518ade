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
ASSUMED, ASSUMED_PHONE = 600, 360
WIDTH, PROBE = "viewport_width", "viewport"

_probe = st.components.v2.component("petadesil_viewport", js=SCRIPT)


def map_width() -> int:
    """Return the width of the map in pixels, to the nearest 40: what the browser last said, else a laptop's."""
    is_phone = "Mobile" in (st.context.headers.get("User-Agent") or "")
    return st.session_state.get(WIDTH, ASSUMED_PHONE if is_phone else ASSUMED)


def map_height() -> int:
    """Return the height that suits that width."""
    width = map_width()
    return 400 if width < 480 else 520 if width < 900 else 640


def probe() -> None:
    """Ask the browser for the width; drawn after the map, it answers only when the assumption is off."""
    with st.container(key="probe"):
        _probe(key=PROBE, data={"assumed": map_width()}, on_width_change=_keep)


def _keep() -> None:
    width = st.session_state[PROBE].get("width")
    if width:
        st.session_state[WIDTH] = int(width)
