"""What the page on shocks says of an area: sentence, figures, the map with its desa, and who lives there."""

import pandas as pd
import shapely
import streamlit as st

from boundaries.levels import Level
from dashboard import cache, links, listing, panels, viewport
from dashboard.addresses import Asked
from dashboard.method import section
from dashboard.panels import Figure
from dashboard.sections import shock_draft
from dashboard.sections.area_drawing import MOST_POINTS_SHOWN, Drawing, Ground, area_map
from dashboard.sections.number_table import Row, number_table
from dashboard.sections.shock_draft import Area
from dashboard.sections.shock_inputs import inputs
from dashboard.state import View
from dashboard.words import Words
from queries.errors import QueryError
from queries.result import Result
from queries.shock import DESIL, Count, ShockEffect

POOR = (1, 2, 3, 4)


def register_result(view: View) -> Result:
    """Return what the register says in the same place: a page without an area still has its badge and period."""
    return cache.answer(view.question.key, view.own_scope(), view.data_version)


def read_effect(view: View, area: Area | None) -> ShockEffect | None:
    """Return what the area holds; None without one, or where it may not be told, which is said."""
    if area is None or not area.rows:
        return None
    try:
        return cache.shock_effect(view.scope(), area.codes, view.data_version)
    except QueryError as error:
        st.warning(view.words.error(error.code, **error.details), icon=":material/lock:")
        return None


def answer(view: View, area: Area | None, effect: ShockEffect | None) -> str:
    """Return the area in one sentence."""
    words = view.words
    if area is None:
        return words("shock.empty")
    if effect is None:
        return ""
    total, desa = effect.total, words.number(effect.desa_count)
    details = {"desa": desa, "period": words.month(view.period), "households": _text(words, total["household_count"])}
    if total["household_count"].value == 0:
        return words("shock.answer.nobody", **details)
    if total["without_count"] == Count(None):
        text = words("shock.answer.no_programs", **details)
    else:
        text = words("shock.answer", without=_text(words, total["without_count"]), **details)
    if effect.empty_desa_count:
        text += " " + words("shock.empty_desa", count=words.number(effect.empty_desa_count))
    return text


def _text(words: Words, count: Count) -> str:
    return words.count(count.value, count.mask)


def figures(view: View, effect: ShockEffect) -> list[Figure]:
    """Return the four figures of an area."""
    words, total = view.words, effect.total
    households, without = total["household_count"], total["without_count"]
    # A share of masked counts would tell them.
    share = words.percent(without.value / households.value, 0) if without.value and households.value else ""
    poor, poor_without = (effect.sets[POOR][name] for name in ("household_count", "without_count"))
    return [
        Figure(words("shock.desa"), words.number(effect.desa_count),
               base=words("shock.desa.of", count=words.number(effect.kecamatan_count))),
        Figure(words("shock.households"), _text(words, households),
               base=words("shock.persons", count=_text(words, total["person_count"]))),
        Figure(words("shock.without"), _text(words, without), base=words("shock.share", share=share) if share else ""),
        Figure(words("shock.poor"), _text(words, poor),
               base=words("shock.poor.without", count=_text(words, poor_without))),
    ]  # fmt: skip


def map_and_inputs(view: View, area: Area | None) -> None:
    """Draw the map that an area is drawn on and, beside it, the ways to give one and its desa."""
    words = view.words
    left, right = st.columns([2, 1], gap="small")
    with left, st.container(key="map"):
        if cache.is_drawn(view.map_wilayah, shock_draft.map_level(view), view.data_version):
            _map(view, area)
        else:
            st.info(words("map.no_boundary"), icon=":material/map:")
    with right, st.container(key="list"):
        inputs(view, area)


def _map(view: View, area: Area | None) -> None:
    level = shock_draft.map_level(view)
    scope = view.scope().at(level=level)
    fill = Asked("fill", view.question.key, view.measure.key, scope, view.language, view.data_version)
    outline = Asked("outline", "", "", scope.at(period=None), "", view.data_version)
    signer = cache.signer()
    parts = cache.parts_of(view.map_wilayah, view.data_version)
    names = tuple((part.name.removeprefix("Kabupaten "), part.lon, part.lat) for part in parts
                  if part.level == parts[0].level and part.lon is not None)  # fmt: skip
    ground = Ground(
        f"/shapes/{signer.token(fill)}.geojson", f"/shapes/{signer.token(outline)}.geojson",
        cache.bounds(view.map_wilayah, view.data_version), names,
        view.words("badge") if register_result(view).provenance.is_fictional else "", level is Level.desa,
    )  # fmt: skip
    key = f"shock_map_{view.map_wilayah}".replace(".", "-")
    area_map(view.words, key, drawing_of(area), ground, viewport.map_height(), shock_draft.use_rings)
    if area and area.rows and level is Level.desa:
        st.caption(view.words("shock.legend"))
    elsewhere = area.wilayah if area else None
    if elsewhere and not (elsewhere == view.map_wilayah or elsewhere.startswith(f"{view.map_wilayah}.")) \
            and level is Level.desa:  # fmt: skip
        st.caption(view.words("shock.elsewhere", name=links.plain(panels.name_of(view, view.map_wilayah))))
        page = st.session_state["pages"][view.question.key]
        st.page_link(page, label=links.plain(panels.name_of(view, elsewhere)),
                     query_params=view.address(wilayah=elsewhere, level=Level.desa))  # fmt: skip


def drawing_of(area: Area | None) -> Drawing:
    """Return what the map shows of an area: rings to go on with, or the shape as it is, thinned where it is fine."""
    if area is None:
        return Drawing("")
    stamp = f"{area.stamp}-{area.snap}"
    if area.rings:
        return Drawing(stamp, area.rings, (), area.codes)
    if area.shape is None:
        return Drawing(stamp, (), (), area.codes)
    shape, tolerance = area.shape.geometry, 1e-4
    while shapely.get_num_coordinates(shape) > MOST_POINTS_SHOWN:
        shape, tolerance = shape.simplify(tolerance), tolerance * 4
    rings = [ring for part in shapely.get_parts(shape) for ring in (part.exterior, *part.interiors)]
    shown = [[(round(lon, 5), round(lat, 5)) for lon, lat in ring.coords[:-1]] for ring in rings]
    west, south, east, north = shape.bounds
    wide, high = 0.25 * (east - west), 0.25 * (north - south)
    return Drawing(stamp, (), shown, area.codes, (west - wide, south - high, east + wide, north + high))


def tables(view: View, area: Area, effect: ShockEffect) -> None:
    """Draw the households by desil and the recipients by program, who is eligible, and the area's desa."""
    words, total = view.words, effect.total
    st.subheader(words("shock.table"), anchor=False)
    heads = [words("shock.table.desil"), words("shock.households"), words("shock.without"),
             *(_program_name(words, program) for program in effect.programs)]  # fmt: skip
    rows = [
        Row(words("shock.table.none") if not desil else str(desil),
            tuple(_text(words, count) for count in (
                effect.by_desil[desil]["household_count"], effect.by_desil[desil]["without_count"],
                *(program.received[desil] for program in effect.programs))))
        for desil in DESIL
    ]  # fmt: skip
    rows.append(Row(words("shock.table.total"), tuple(_text(words, count) for count in (
        total["household_count"], total["without_count"],
        *(program.total["received_count"] for program in effect.programs))), "total"))  # fmt: skip
    number_table(heads, rows)
    note = words("shock.table.note")
    if total["one_program_count"] != Count(None):
        note = words("shock.several", one=_text(words, total["one_program_count"]),
                     several=_text(words, total["several_program_count"])) + " " + note  # fmt: skip
    st.caption(note)
    if effect.programs:
        st.subheader(words("shock.programs"), anchor=False)
        names = ("eligible", "reached", "gap")
        number_table(
            [words("filter.program"), *(words(f"shock.{name}") for name in names)],
            [Row(_program_name(words, program),
                 tuple(_text(words, program.total[f"{name}_count"]) for name in names)) for program in effect.programs],
        )  # fmt: skip
    _desa(view, area)


def _program_name(words: Words, program) -> str:
    return words("shock.table.program", program=program.name, unit=words(f"unit.{program.unit}"))


def _desa(view: View, area: Area) -> None:
    words = view.words
    opened = st.expander(words("shock.list"), key="shock_desa", on_change="rerun")
    if not opened.open:
        return
    with opened:
        names = cache.names_of(area.codes[: listing.ROWS_LIMIT], view.data_version)
        rows = area.rows[: listing.ROWS_LIMIT]
        st.dataframe(pd.DataFrame({
            words("column.kode"): [row.kode for row in rows],
            words("level.desa"): [names[row.kode] for row in rows],
            words("shock.list.share"): [words.percent(row.area_share, 0) for row in rows],
        }), hide_index=True, key="shock_desa_table")  # fmt: skip
        if len(area.rows) > len(rows):
            st.caption(words("list.cut.plain", shown=words.number(len(rows)), all=words.number(len(area.rows))))


def method(view: View, effect: ShockEffect | None) -> None:
    """Draw the sources of the numbers, and how they are computed."""
    words = view.words
    if effect is not None:
        files = ", ".join(links.plain(source.file_name) for source in effect.provenance.sources)
        st.caption(words("shock.sources", files=files, version=effect.provenance.data_version))
    opened = st.expander(words("shock.method"), key="shock_method", on_change="rerun")
    if opened.open:
        with opened:
            st.markdown(section("shocks", view.language))
