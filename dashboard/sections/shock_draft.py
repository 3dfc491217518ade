"""The area that the page is about: a kept one by its number in the address, or the reader's own in the session."""

import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import shapely
import streamlit as st

from boundaries.errors import BoundaryError, PetadesilError
from boundaries.levels import NATION_KODE, Level, parent_of
from boundaries.reading import read_polygons
from dashboard import cache, state
from dashboard.state import View
from queries.errors import QueryError
from queries.shock_area import KeptShock, Snap, SnappedDesa
from queries.shock_shape import Rings, Shape, check_shape, circle_of, polygons_of, read_coordinates

DRAFT, REFUSED, NUMBER, SHOWN = "shock_draft", "shock_refused", "shock_number", "shock_shown"
FILE_KINDS = ("geojson", "json", "gpkg", "zip")
MOST_MB = 5
# A text of zeros shrinks a thousandfold: what an archive unpacks to is limited too.
MOST_UNPACKED = 100 * 1024 * 1024
_NUMBER_IN_ADDRESS = re.compile(r"(?:^|-)z(\d{1,9})(?:-|$)")


@dataclass(frozen=True)
class Draft:
    """An area that is not kept: a shape, or chosen wilayah; `rings` where the reader may go on drawing.

    `name` says what it came from where that has a name: a file's, a circle's centre.
    """

    number: int
    origin: str
    snap: Snap = "half"
    shape: Shape | None = None
    codes: tuple[str, ...] = ()
    rings: Rings = ()
    name: str = ""
    is_circle: bool = False


@dataclass(frozen=True)
class Area:
    """The area in force with its desa; `error` where a shape has none, `cut_count` desa that it only touches."""

    stamp: str
    origin: str
    snap: Snap
    shape: Shape | None
    rows: tuple[SnappedDesa, ...] = ()
    cut_count: int = 0
    rings: Rings = ()
    name: str = ""
    is_circle: bool = False
    kept: KeptShock | None = None
    error: QueryError | None = None

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of its desa."""
        return tuple(row.kode for row in self.rows)

    @property
    def wilayah(self) -> str | None:
        """The smallest wilayah that holds all of its desa, above desa; None without any."""
        held = {parent_of(kode) for kode in self.codes}
        while len(held) > 1:
            held = {parent_of(kode) or kode for kode in held}
        return next(iter(held), None)


def read_area(view: View) -> Area | None:
    """Return the area in force, None where there is none yet; raises QueryError `unknown_shock` for a dead link."""
    match = _NUMBER_IN_ADDRESS.search(view.detail)
    if match:
        kept = cache.kept_shock(int(match[1]))
        shape = check_shape(kept.geometry) if kept.geometry is not None else None
        return Area(f"z{kept.id}", kept.origin, kept.snap, shape, kept.rows, name=kept.name, kept=kept)
    draft: Draft | None = st.session_state.get(DRAFT)
    if draft is None:
        return None
    area = Area(f"d{draft.number}", draft.origin, draft.snap, draft.shape, rings=draft.rings, name=draft.name,
                is_circle=draft.is_circle)  # fmt: skip
    asked = draft.codes or shapely.to_wkb(draft.shape.geometry)
    try:
        touched = cache.snapped(asked, "touched", view.data_version)
        rows = touched if draft.snap == "touched" else cache.snapped(asked, draft.snap, view.data_version)
    except QueryError as error:
        return replace(area, error=error)
    return replace(area, rows=rows, cut_count=len(touched) - len(rows))


def refusal() -> PetadesilError | None:
    """Return why the last area that was given was not taken, None where it was."""
    return st.session_state.get(REFUSED)


def forget_refusal() -> None:
    """Say no more of the last area that was not taken."""
    st.session_state.pop(REFUSED, None)


def forget() -> None:
    """Drop the area, and the refusal of the last one."""
    st.session_state.pop(DRAFT, None)
    st.session_state.pop(REFUSED, None)
    state.change(b=None)


def use_rings(rings: Rings) -> None:
    """Take over rings from the map; none of them drops the area."""
    if rings:
        drawn = [[tuple(point) for point in ring] for ring in rings]
        _take("drawn", lambda: check_shape(polygons_of(drawn)), rings=drawn)
    else:
        forget()


def use_text(text: str) -> None:
    """Take over typed coordinates."""
    if text.strip():
        _take("drawn", lambda: check_shape(polygons_of(read_coordinates(text))))


def use_circle(lon: float | None, lat: float | None, radius_km: float | None) -> None:
    """Take over a circle, once it has a centre and a radius."""
    if None in (lon, lat, radius_km):
        st.session_state[REFUSED] = QueryError("shock_circle_open")
        return
    _take("drawn", lambda: check_shape(circle_of(lon, lat, radius_km)), is_circle=True)


def use_file(name: str, content: bytes) -> None:
    """Take over the polygons of a file that was sent."""
    # A name may hold a path, which says nothing to whoever reads it.
    shown = Path(name.replace("\\", "/")).name
    _take("file", lambda: shape_of_file(shown, content), name=shown)


def shape_of_file(name: str, content: bytes) -> Shape:
    """Return the polygons of a file as one area; raise BoundaryError as the reader of boundaries does, with `name`."""
    suffix = Path(name).suffix.lower()
    with TemporaryDirectory(prefix="area_") as folder:
        path = Path(folder) / f"area{suffix if suffix[1:] in FILE_KINDS else '.unknown'}"
        path.write_bytes(content)
        try:
            if suffix == ".zip" and _unpacked_size(path) > MOST_UNPACKED:
                raise BoundaryError("archive_too_large", path=name)
            return check_shape(shapely.MultiPolygon(_parts(read_polygons(path))))
        except BoundaryError as error:
            raise BoundaryError(error.code, **error.details | {"path": name}) from error


def _unpacked_size(path: Path) -> int:
    try:
        with zipfile.ZipFile(path) as archive:
            return sum(member.file_size for member in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError):
        # The reader has a sentence for it.
        return 0


def _parts(polygons) -> list[shapely.Polygon]:
    return [part for part in shapely.get_parts(shapely.force_2d(polygons)) if not part.is_empty]


def use_parts(codes: list[str]) -> None:
    """Take over wilayah that were chosen from the list."""
    if codes:
        _keep(Draft(_next_number(), "chosen", codes=tuple(sorted(codes))))


def use_snap(area: Area, snap: Snap) -> None:
    """Let the desa of an area be found the other way; a kept one becomes the reader's own."""
    if area.shape is not None:
        _keep(Draft(_next_number(), area.origin, snap, area.shape, rings=area.rings, name=area.name,
                    is_circle=area.is_circle))  # fmt: skip


def _take(origin: str, make, **options: object) -> None:
    try:
        shape = make()
    except PetadesilError as error:
        st.session_state[REFUSED] = error
        return
    held: Draft | None = st.session_state.get(DRAFT)
    _keep(Draft(_next_number(), origin, held.snap if held else "half", shape, **options))


def _keep(draft: Draft) -> None:
    st.session_state[DRAFT] = draft
    st.session_state.pop(REFUSED, None)
    state.change(b=None)


def _next_number() -> int:
    st.session_state[NUMBER] = st.session_state.get(NUMBER, 0) + 1
    return st.session_state[NUMBER]


def go_to(view: View, area: Area | None) -> None:
    """Open the wilayah of an area that has just been given and lies outside the map; later the reader is free to go."""
    if area is None or area.stamp == st.session_state.get(SHOWN):
        return
    st.session_state[SHOWN] = area.stamp
    here, elsewhere = view.map_wilayah, area.wilayah
    if elsewhere and here != NATION_KODE and not any(kode.startswith(f"{here}.") for kode in area.codes):
        state.change(w=elsewhere, l=Level.desa.name)
        st.rerun()


def map_level(view: View) -> Level:
    """Return the level that the map draws: desa, or kabupaten for the nation, whose desa are too many for a sheet."""
    return Level.kabupaten if view.map_wilayah == NATION_KODE else Level.desa
