"""A drawn page measured in pixels from its upper left corner: text that wraps, rules, swatches, a badge."""

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Rectangle
from matplotlib.text import Text

from dashboard.files.ink import BADGE

FONT = "DejaVu Sans"
DPI = 200
# A page is drawn before it is known how high it gets; what is over is cut off.
TALLEST = 4000
LEADING = 1.36


class Plate:
    """One page under way; `close` cuts it to its height."""

    dpi = DPI

    def __init__(self, figure: Figure, width: int) -> None:
        self.figure, self.width, self.height = figure, width, TALLEST
        figure.set_dpi(DPI)
        figure.set_size_inches(width / DPI, TALLEST / DPI)
        self.axes: Axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, width)
        self.axes.set_ylim(TALLEST, 0)

    def close(self, height: float) -> None:
        """Cut the page to a height."""
        self.height = round(height)
        self.figure.set_size_inches(self.width / DPI, self.height / DPI)
        self.axes.set_ylim(self.height, 0)

    def write(
        self, text: str, x: float, y: float, size: float, colour: str, *, bold: bool = False,
        width: float | None = None, align: str = "left",
    ) -> float:  # fmt: skip
        """Write a text from its first baseline `y`, wrapped to a width; return the last baseline."""
        step = size * DPI / 72 * LEADING
        lines = self.wrapped(text, size, bold, width) if width else [text]
        for number, line in enumerate(lines):
            self.axes.add_artist(self._text(line, x, y + number * step, size, colour, bold, align))
        return y + (len(lines) - 1) * step

    def wrapped(self, text: str, size: float, bold: bool, width: float) -> list[str]:
        """Return a text in lines that fit a width; a word that is wider by itself stands alone."""
        lines, line = [], ""
        for word in text.split(" "):
            longer = f"{line} {word}" if line else word
            if line and self.width_of(longer, size, bold) > width:
                lines.append(line)
                longer = word
            line = longer
        return [*lines, line]

    def width_of(self, text: str, size: float, bold: bool = False) -> float:
        """Return how many pixels wide a text is."""
        probe = self._text(text, 0, 0, size, "#000000", bold, "left")
        probe.set_figure(self.figure)
        return probe.get_window_extent(self.figure.canvas.get_renderer()).width

    def rule(self, left: float, right: float, y: float, colour: str, thickness: float = 1.5) -> None:
        """Draw a horizontal line."""
        self.axes.add_artist(Rectangle((left, y), right - left, thickness, facecolor=colour, linewidth=0))

    def swatch(self, x: float, y: float, width: float, height: float, colour: str) -> None:
        """Draw a filled rectangle from its upper left corner, with a thin edge so that light ones are seen."""
        self.axes.add_artist(Rectangle((x, y), width, height, facecolor=colour, edgecolor="#6b767d", linewidth=0.25))

    def badge(self, text: str, right: float, y: float) -> None:
        """Draw the badge of fictional data, ending at `right` on the baseline `y`."""
        width = self.width_of(text, 8, True) + 36
        self.axes.add_artist(
            FancyBboxPatch(
                (right - width, y - 31), width, 42, boxstyle="round,pad=0,rounding_size=8", facecolor=BADGE, linewidth=0
            )
        )
        self.write(text, right - width / 2, y, 8, "#ffffff", bold=True, align="center")

    @staticmethod
    def _text(text: str, x: float, y: float, size: float, colour: str, bold: bool, align: str) -> Text:
        # A name from a file may hold a dollar sign, which would start a formula.
        return Text(x, y, text, fontsize=size, color=colour, fontfamily=FONT, parse_math=False, ha=align,
                    va="baseline", fontweight="bold" if bold else "normal")  # fmt: skip
