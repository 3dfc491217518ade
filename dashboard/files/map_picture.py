"""A page's map as a picture for a report: title, map, legend, scale bar, source and date, in the map's own colours."""

import io

import shapely
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure

from dashboard.files.content import Content, Drawing
from dashboard.files.ink import ACCENT, BADGE, LINE, QUIET, TEXT
from dashboard.files.map_face import MapFace
from dashboard.files.map_legend import draw_classes
from dashboard.files.plate import Plate
from dashboard.words import Words

WIDTH_PX = 1600
EDGE = 64
LEGEND_PX, GUTTER = 420, 44
# A map wider than this, by its height, has its legend under it.
WIDE = 1.5
LEAST_MAP_PX, MOST_MAP_PX = 560, 1180
# Of the picture that stands on a printed page: whole, map and legend.
PLAIN, PLAIN_MAP, PLAIN_LEGEND_PX = (1600, 680), (1130, 660), 400


def png_of(content: Content, drawing: Drawing) -> bytes:
    """Return the picture, 1600 pixels wide; the same content is the same bytes."""
    figure = Figure()
    FigureCanvasAgg(figure)
    plate = Plate(figure, WIDTH_PX)
    face = MapFace(content, drawing)
    is_wide = face.aspect > WIDE
    room = WIDTH_PX - 2 * EDGE
    map_width = room if is_wide else room - LEGEND_PX - GUTTER
    map_height = min(max(map_width / face.aspect, LEAST_MAP_PX), MOST_MAP_PX)
    top = _draw_head(plate, content)
    under = top + map_height
    if is_wide:
        step = LEGEND_PX + GUTTER
        bottom = draw_classes(plate, content, (EDGE, under + 46), LEGEND_PX, EDGE + step)
        bottom = max(bottom, _draw_card(plate, content, (EDGE + 2 * step + 10, under + 52), room - 2 * step - 10))
    else:
        at = EDGE + map_width + GUTTER
        bottom = draw_classes(plate, content, (at, top + 4), LEGEND_PX)
        bottom = max(_draw_card(plate, content, (at, bottom + 34), LEGEND_PX), under)
    height = _draw_foot(plate, content, bottom + 44)
    plate.close(height)
    face.draw(plate, (EDGE, top), (map_width, map_height))
    return _png(figure, plate)


def plain_png(content: Content, drawing: Drawing, chosen_desa: str | None = None) -> bytes:
    """Return the map with its legend beside it, for a page that says the rest; a chosen desa is outlined."""
    figure = Figure()
    FigureCanvasAgg(figure)
    plate = Plate(figure, PLAIN[0])
    draw_classes(plate, content, (PLAIN_MAP[0] + 50, 20), PLAIN_LEGEND_PX)
    plate.close(PLAIN[1])
    MapFace(content, drawing).draw(plate, (30, 0), PLAIN_MAP)
    if chosen_desa:
        chosen = [shapely.from_geojson(shape.geojson) for shape in drawing.rows if shape.kode == chosen_desa]
        rings = [shapely.get_coordinates(ring) for ring in shapely.get_rings(shapely.get_parts(chosen))]
        figure.axes[-1].add_collection(LineCollection(rings, colors=ACCENT, linewidths=1.8, zorder=9))
    return _png(figure, plate)


def _png(figure: Figure, plate: Plate) -> bytes:
    buffer = io.BytesIO()
    figure.savefig(buffer, dpi=plate.dpi, facecolor="#ffffff", metadata={"Software": "Petadesil"})
    return buffer.getvalue()


def _draw_head(plate: Plate, content: Content) -> float:
    words = content.view.words
    plate.write(words(f"page.{content.view.question.key}"), EDGE, 58, 8, ACCENT, bold=True)
    if content.is_fictional:
        plate.badge(words("badge"), WIDTH_PX - EDGE, 58)
    line = plate.write(content.title, EDGE, 116, 15.5, TEXT, bold=True, width=WIDTH_PX - 2 * EDGE)
    line = plate.write(content.place, EDGE, line + 44, 9, QUIET, width=WIDTH_PX - 2 * EDGE)
    return line + 36


def _draw_card(plate: Plate, content: Content, at: tuple[float, float], width: float) -> float:
    """Write what the measure is, and whom the figures leave out."""
    words = content.view.words
    definition, formula, denominator, limits = words.card(content.view.measure.key)
    line = plate.write(definition, at[0], at[1] + 14, 7, TEXT, width=width)
    line = plate.write(formula, at[0], line + 34, 7, QUIET, width=width)
    line = plate.write(f"{words('card.denominator')}: {denominator}", at[0], line + 30, 6.5, QUIET, width=width)
    line = plate.write(f"{words('card.limits')}: {limits}", at[0], line + 30, 6.5, QUIET, width=width)
    against = content.facts.get("against") or content.facts.get("sample")
    return plate.write(": ".join(against), at[0], line + 30, 6.5, QUIET, width=width) if against else line


def _draw_foot(plate: Plate, content: Content, at: float) -> float:
    words, origin = content.view.words, content.result.provenance
    plate.rule(EDGE, WIDTH_PX - EDGE, at, LINE)
    loaded = max(source.loaded_at for source in origin.sources)
    made = words(
        "picture.made", disclosure=words(f"disclosure.{origin.scope.disclosure}"), version=origin.data_version,
        day=_day(loaded, words),
    )  # fmt: skip
    texts = [words("picture.sources", sources="; ".join(content.sources)), f"{made} {words('file.shapes')}"]
    if content.is_fictional:
        at = plate.write(words("picture.fictional"), EDGE, at + 32, 6.5, BADGE, bold=True)
    for text in texts:
        at = plate.write(text, EDGE, at + 28, 6, QUIET, width=WIDTH_PX - 2 * EDGE)
    return at + 40


def _day(day, words: Words) -> str:
    return f"{day.day} {words.month(day)}"
