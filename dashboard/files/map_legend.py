"""The legend of a drawn map: its classes with how many wilayah each holds, or the wedge of an uncertain scale."""

from dashboard.files.content import Content
from dashboard.files.ink import QUIET, TEXT
from dashboard.files.plate import Plate
from dashboard.scales import NO_WILAYAH_COLOUR
from dashboard.uncertainty import CERTAINTIES, SuppressingScale
from queries.columns import Status

SWATCH, STEP = (50, 30), 44
LABELS = 140


def draw_classes(
    plate: Plate, content: Content, at: tuple[float, float], width: float, beside: float | None = None
) -> float:
    """Draw the legend from its upper left corner; return the lowest pixel of it.

    What is no class of a value stands under the classes, or in a column of its own that starts at `beside`.
    """
    words, (left, top) = content.view.words, at
    line = plate.write(words(f"measure.{content.view.measure.key}"), left, top + 22, 8, TEXT, bold=True, width=width)
    first = line + 16
    counts = content.values["class"].value_counts()
    statuses = {status.value for status in Status}
    classes = content.classes
    if isinstance(content.scale, SuppressingScale):
        first = _draw_wedge(plate, content, (left, first), width) + 4
        classes = [one for one in classes if one.key in statuses]
    level = words(f"level.{content.view.level.name}").lower()
    plate.write(words("picture.count", level=level), left + width, first + 18, 6, QUIET, align="right")
    first = line = first + 34
    for one in classes:
        if one.key not in statuses:
            line = _draw_line(plate, one.label, one.colour, left, line, int(counts.get(one.key, 0)), width, content)
    lowest = line
    left, line = (left, line + 14) if beside is None else (beside, first)
    for one in classes:
        if one.key in statuses:
            line = _draw_line(plate, one.label, one.colour, left, line, int(counts.get(one.key, 0)), width, content)
    line = _draw_line(plate, words("legend.other"), NO_WILAYAH_COLOUR, left, line, None, width, content)
    return max(lowest, line)


def _draw_line(
    plate: Plate, label: str, colour: str, left: float, top: float, count: int | None, width: float, content: Content
) -> float:  # fmt: skip
    plate.swatch(left, top, *SWATCH, colour)
    room = width - SWATCH[0] - 16 - (60 if count is not None else 0)
    last = plate.write(label, left + SWATCH[0] + 16, top + 23, 7, TEXT, width=room)
    if count is not None:
        plate.write(content.view.words.number(count), left + width, top + 23, 7, QUIET, align="right")
    return last - 23 + STEP


def _draw_wedge(plate: Plate, content: Content, at: tuple[float, float], width: float) -> float:
    """Draw a row for each degree of certainty, its classes under their limits."""
    words, scale, (left, top) = content.view.words, content.scale, at
    step = (width - LABELS) / len(scale.colours)
    plate.write(words("wedge.head"), left, top + 20, 6, QUIET)
    for number, limit in enumerate(scale.limits, start=1):
        is_last = number == len(scale.limits)
        text = words.number(limit * 100) + (words.percent_sign if is_last else "")
        plate.write(text, left + LABELS + number * step, top + 20, 6, QUIET, align="center")
    line = top + 32
    for name, cells in zip(CERTAINTIES, scale.rows, strict=True):
        plate.write(words(f"certainty.{name}"), left, line + 24, 6.5, TEXT)
        x = left + LABELS
        for cell in cells:
            plate.swatch(x, line, cell.span * step, 32, cell.colour)
            x += cell.span * step
        line += 40
    return line
