"""A map to draw an area on, since the maps of the other pages have no editor: clicks, touch or keys give the rings.

The outlines of the desa come by a signed address of the same server; degrees are drawn as they are (longitude scaled by
the cosine of the middle latitude), so that a straight line on the map is the straight line that the area is cut by.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass

import streamlit as st

from dashboard.sections.area_script import CSS, HTML, SCRIPT
from dashboard.words import Words
from queries.shock_shape import Rings

# Enough to follow a coast by eye; what the area is cut by keeps every point.
MOST_POINTS_SHOWN = 6_000


@dataclass(frozen=True)
class Drawing:
    """What the map shows: `rings` that the reader may go on with, or a `shown` area; `inside` are the desa to colour.

    `stamp` is another for each area, so that the map takes it over once; `focus` is a box to zoom to then.
    """

    stamp: str
    rings: Rings = ()
    shown: Rings = ()
    inside: tuple[str, ...] = ()
    focus: tuple[float, float, float, float] | None = None


_map = st.components.v2.component("petadesil_area_drawing", html=HTML, css=CSS, js=SCRIPT)


@dataclass(frozen=True)
class Ground:
    """What lies under an area: the addresses of the desa and of the lines above them, the box that the map opens on,
    the names that stand on it with their points, and the badge of fictional data, '' where they are real. It is framed
    where the first outline holds all the others.
    """

    address: str
    outline: str
    box: tuple[float, float, float, float]
    names: tuple[tuple[str, float, float], ...]
    badge: str
    is_framed: bool


def area_map(
    words: Words, key: str, drawing: Drawing, ground: Ground, height: int, drawn: Callable[[Rings], None]
) -> None:
    """Draw the map; `drawn` is called with the rings of longitude and latitude when the reader changed them."""

    def changed() -> None:
        value = st.session_state[key].get("drawn")
        if value is not None:
            drawn(value["rings"])

    spoken = ("close", "undo", "clear", "fit", "nearer", "farther", "hint", "points", "missing", "label")
    _map(
        key=key, on_drawn_change=changed,
        data=asdict(drawing) | asdict(ground) | {
            "height": height, "words": {name: words(f"area.{name}") for name in spoken},
        },
    )  # fmt: skip
