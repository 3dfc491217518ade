"""The map itself in a drawn page: neighbours, wilayah in their colours, outlines, names, graticule and scale bar."""

import numpy as np
import shapely
from matplotlib import patheffects
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.patches import Rectangle
from matplotlib.path import Path

from boundaries.levels import NATION_KODE, Level
from dashboard import cache
from dashboard.files.content import Content, Drawing
from dashboard.files.ink import QUIET, TEXT
from dashboard.files.plate import DPI, FONT, Plate
from dashboard.layers import FEW, FINE_LIMIT, FINE_OUTLINE, OUTLINE
from dashboard.scales import NO_WILAYAH_COLOUR
from geo import shapes
from geo.shapes import Shape

WATER, LAND = "#eaf0f3", "#fbfbf8"
MARGIN = 0.05
KM_PER_DEGREE = 111.32
STEPS = (10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01)
POINT = 72 / DPI


class MapFace:
    """What a map draws, and the box that holds it: longitudes are drawn at the width that they have in its middle."""

    def __init__(self, content: Content, drawing: Drawing) -> None:
        self.content, self.drawing = content, drawing
        self.rows, self.other, self.outlines = (
            _geometries(drawn) for drawn in (drawing.rows, drawing.other, drawing.outlines)
        )
        drawn = np.concatenate([self.rows, self.other, self.outlines])
        self.west, self.south, self.east, self.north = shapely.total_bounds(drawn)
        self.squeeze = float(np.cos(np.radians((self.south + self.north) / 2)))

    @property
    def aspect(self) -> float:
        """The width of the map by its height."""
        return (self.east - self.west) * self.squeeze / (self.north - self.south)

    def draw(self, plate: Plate, at: tuple[float, float], size: tuple[float, float]) -> None:
        """Draw the map into a box of a closed page, given by its upper left corner and its size in pixels."""
        (left, top), (width, height) = at, size
        axes = plate.figure.add_axes((
            left / plate.width, 1 - (top + height) / plate.height, width / plate.width, height / plate.height,
        ))  # fmt: skip
        self._frame(axes, width / height)
        self._draw_neighbours(axes)
        self._draw_graticule(axes)
        colours = self.content.values.set_index("kode")["colour"]
        faces = [colours.get(shape.kode, NO_WILAYAH_COLOUR) for shape in self.drawing.rows]
        count = len(self.rows)
        edges, thickness = faces, 0.25
        if count <= FINE_LIMIT:
            edges, thickness = _rgba(OUTLINE if count <= FEW else FINE_OUTLINE), 0.45
        axes.add_collection(PathCollection(_paths(self.rows), facecolors=faces, edgecolors=edges, zorder=2,
                                           linewidths=thickness, joinstyle="round"))  # fmt: skip
        axes.add_collection(PathCollection(_paths(self.other), facecolors=NO_WILAYAH_COLOUR, linewidths=0.15,
                                           edgecolors=NO_WILAYAH_COLOUR, zorder=3))  # fmt: skip
        # A thousand small islands would be nothing but outline.
        thickness = 0.3 if self.content.view.wilayah == NATION_KODE else 0.6
        axes.add_collection(PathCollection(_paths(self.outlines), facecolors="none", edgecolors=_rgba(OUTLINE),
                                           linewidths=thickness, zorder=4, joinstyle="round"))  # fmt: skip
        if count <= FEW:
            self._draw_names(axes)
        self._draw_scale_bar(axes, width)

    def _frame(self, axes: Axes, ratio: float) -> None:
        middle_x, middle_y = (self.west + self.east) / 2, (self.south + self.north) / 2
        span_x, span_y = (self.east - self.west) * (1 + MARGIN), (self.north - self.south) * (1 + MARGIN)
        # What the box has over shows the neighbours.
        span_x = max(span_x, span_y * ratio / self.squeeze)
        span_y = span_x * self.squeeze / ratio
        axes.set_xlim(middle_x - span_x / 2, middle_x + span_x / 2)
        axes.set_ylim(middle_y - span_y / 2, middle_y + span_y / 2)
        axes.set_facecolor(WATER)
        for spine in axes.spines.values():
            spine.set_color("#8a979e")
            spine.set_linewidth(0.5)

    def _draw_neighbours(self, axes: Axes) -> None:
        view = self.content.view
        if view.wilayah == NATION_KODE:
            return
        with cache.reading(view.data_version) as connection:
            around = _geometries(shapes.read_shapes(connection, NATION_KODE, Level.provinsi))
        (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
        # Cut outside the frame, so that no cut is seen.
        seen = shapely.clip_by_rect(around, west - 0.2, south - 0.2, east + 0.2, north + 0.2)
        axes.add_collection(PathCollection(_paths(seen[~shapely.is_empty(seen)]), facecolors=LAND,
                                           edgecolors="#b9c3c8", linewidths=0.35, zorder=0))  # fmt: skip

    def _draw_graticule(self, axes: Axes) -> None:
        words = self.content.view.words
        (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
        step = next((step for step in STEPS if (north - south) / step >= 3), STEPS[-1])
        digits = max(0, int(np.ceil(-np.log10(step))))
        easts = np.arange(np.ceil(west / step), np.floor(east / step) + 1) * step
        norths = np.arange(np.ceil(south / step), np.floor(north / step) + 1) * step
        lines = [[(x, south), (x, north)] for x in easts] + [[(west, y), (east, y)] for y in norths]
        axes.add_collection(LineCollection(lines, colors="#c9d4da", linewidths=0.3, zorder=1))
        # A label at the very edge would run into the page.
        edge_x, edge_y = (east - west) * 0.04, (north - south) * 0.04
        easts = easts[(easts > west + edge_x) & (easts < east - edge_x)]
        norths = norths[(norths > south + edge_y) & (norths < north - edge_y)]
        axes.set_xticks(easts, [words("picture.east", degrees=words.number(x, digits)) for x in easts])
        axes.set_yticks(norths, [_latitude(y, digits, words) for y in norths])
        axes.tick_params(length=0, pad=2.5, labelsize=5.2, labelcolor=QUIET, labelfontfamily=FONT)
        for label in axes.get_yticklabels():
            label.set_rotation(90)
            label.set_verticalalignment("center")

    def _draw_names(self, axes: Axes) -> None:
        """Write the names, the largest wilayah first; one that would cover another is left out."""
        renderer, taken = axes.figure.canvas.get_renderer(), []
        halo = [patheffects.withStroke(linewidth=1.6, foreground="#ffffff", alpha=0.85)]
        order = np.argsort(-shapely.area(self.rows), kind="stable")
        for number in order:
            shape = self.drawing.rows[number]
            largest = max(shapely.get_parts(self.rows[number]), key=shapely.area)
            point = shapely.centroid(largest)
            if not shapely.contains(largest, point):
                point = shapely.point_on_surface(largest)
            name = axes.text(
                point.x, point.y, shape.name.removeprefix("Kabupaten ").replace(" ", "\n", 1), fontsize=5.6,
                fontfamily=FONT, color=TEXT, ha="center", va="center", linespacing=1.05, zorder=6, parse_math=False,
                path_effects=halo,
            )  # fmt: skip
            box = name.get_window_extent(renderer)
            if any(box.overlaps(other) for other in taken):
                name.remove()
            else:
                taken.append(box)

    def _draw_scale_bar(self, axes: Axes, width: float) -> None:
        words = self.content.view.words
        (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
        km_across = (east - west) * self.squeeze * KM_PER_DEGREE
        power = 10.0 ** np.floor(np.log10(km_across * 0.25))
        km = max(nice * power for nice in (1, 2, 5) if nice * power <= km_across * 0.25)
        degrees = km / KM_PER_DEGREE / self.squeeze
        # One pixel to the east and one to the north, in degrees.
        right = (east - west) / width
        up = right * self.squeeze
        wide, tall = degrees + 84 * right, 58 * up
        edge_x, edge_y = 16 * right, 16 * up
        lefts, lows = (west + edge_x, east - edge_x - wide), (south + edge_y, north - edge_y - tall)
        corners = [(x, y) for y in lows for x in lefts]
        boxes = [shapely.box(x, y, x + wide, y + tall) for x, y in corners]
        covered = [float(shapely.area(shapely.intersection(self.rows, box)).sum()) for box in boxes]
        x, y = corners[int(np.argmin(covered))]
        axes.add_patch(Rectangle((x, y), wide, tall, facecolor="#ffffff", alpha=0.85, linewidth=0, zorder=7))
        x, y, high = x + 18 * right, y + 16 * up, 9 * up
        for half, colour in enumerate((TEXT, "#ffffff")):
            axes.add_patch(Rectangle((x + half * degrees / 2, y), degrees / 2, high, facecolor=colour, edgecolor=TEXT,
                                     linewidth=0.5, zorder=8))  # fmt: skip
        halves = words.number(km / 2, 0 if km / 2 == round(km / 2) else 1)
        last = words("picture.km", km=words.number(km, 0 if km >= 1 else 1))
        for offset, text in ((0, "0"), (degrees / 2, halves), (degrees, last)):
            axes.text(x + offset, y + high * 1.9, text, fontsize=5.4, color=TEXT, fontfamily=FONT, ha="center",
                      zorder=8)  # fmt: skip


def _latitude(degrees: float, digits: int, words) -> str:
    if round(degrees, 6) == 0:
        return words("picture.equator")
    key = "picture.north" if degrees > 0 else "picture.south"
    return words(key, degrees=words.number(abs(degrees), digits))


def _geometries(drawn: tuple[Shape, ...] | list[Shape]) -> np.ndarray:
    return np.array([shapely.from_geojson(shape.geojson) for shape in drawn], dtype=object)


def _paths(geometries: np.ndarray) -> list[Path]:
    """Return one path for each geometry; shells and holes run in opposite directions, so that holes stay open."""
    paths = []
    for geometry in shapely.orient_polygons(geometries):
        points, codes = [], []
        for ring in shapely.get_rings(shapely.get_parts(geometry)):
            corners = shapely.get_coordinates(ring)
            points.append(corners)
            codes += [Path.MOVETO, *[Path.LINETO] * (len(corners) - 2), Path.CLOSEPOLY]
        paths.append(Path(np.concatenate(points), codes))
    return paths


def _rgba(channels: list[int]) -> tuple[float, ...]:
    return tuple(channel / 255 for channel in channels)
