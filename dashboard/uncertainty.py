"""Colours that say how sure a value is: fading towards grey and merging as its interval widens.

Value-suppressing palettes: Correll, Moritz and Heer (2018), "Value-Suppressing Uncertainty Palettes", CHI 2018. The
same scale colours the map, the list, the bars and the cells of the legend.
"""

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from html import escape
from itertools import pairwise

from dashboard.questions import Measure
from dashboard.scales import PALETTES, STATUS_COLOURS, ColorScale, LegendEntry, rgb_of, status_entries
from dashboard.words import Words, is_absent
from queries.columns import Status

# The widest interval of each degree of certainty; what is wider than the last is not shown at all.
WIDTHS = (0.1, 0.2, 0.3)
CERTAINTIES = ("narrow", "medium", "wide")
# How far a colour has gone to grey at each degree.
FADES = (0.0, 0.35, 0.6)
GREY = STATUS_COLOURS[Status.too_uncertain]
NOT_APART_COLOUR = "#b7b9b5"
# 0.35 - 0.05 is not 0.30 in binary.
SLACK = 1e-9


def certainty_of(lower: float | None, upper: float | None) -> str | None:
    """Return the degree of certainty of an interval, None where it is missing or wider than may be shown."""
    if is_absent(lower) or is_absent(upper):
        return None
    width = upper - lower - SLACK
    return next((name for name, widest in zip(CERTAINTIES, WIDTHS, strict=True) if width <= widest), None)


@dataclass(frozen=True)
class Cell:
    """One class of a value at one degree of certainty, from `low` to `high`; None where it is open."""

    low: float | None
    high: float | None
    colour: str
    span: int


@dataclass(frozen=True)
class SuppressingScale(ColorScale):
    """Classes of an estimated rate: `limits` and `colours` are the finest, `merged` the limits of less certain ones."""

    merged: tuple[tuple[float, ...], ...]

    @cached_property
    def rows(self) -> list[list[Cell]]:
        """Return the classes of each degree of certainty, the most certain first."""
        return [self._row(limits, fade) for limits, fade in zip((self.limits, *self.merged), FADES, strict=True)]

    def _row(self, limits: tuple[float, ...], fade: float) -> list[Cell]:
        cells, start = [], 0
        for low, high in pairwise((None, *limits, None)):
            stop = len(self.colours) if high is None else self.limits.index(high) + 1
            cells.append(Cell(low, high, _faded(self.colours[start:stop], fade), stop - start))
            start = stop
        return cells

    def colour(self, value: float, status: str, lower: float | None = None, upper: float | None = None) -> str:
        """Return the colour of an estimate, or of the reason why there is none."""
        certainty = certainty_of(lower, upper)
        if status != Status.ok or certainty is None:
            return STATUS_COLOURS[Status(status) if status != Status.ok else Status.too_uncertain]
        degree = CERTAINTIES.index(certainty)
        limits = (self.limits, *self.merged)[degree]
        return self.rows[degree][bisect_right(limits, value)].colour

    def legend(self, words: Words, occurring: set[str]) -> list[LegendEntry]:
        """Return the statuses that occur; classes and the too uncertain stand in the wedge."""
        return status_entries(words, occurring - {Status.too_uncertain.value})


@dataclass(frozen=True)
class DifferenceScale(ColorScale):
    """Classes of a difference around zero, and one grey for what its interval cannot tell from zero."""

    def colour(self, value: float, status: str, lower: float | None = None, upper: float | None = None) -> str:
        """Return the colour of a difference, or of the reason why there is none."""
        if status == Status.ok and not is_absent(lower) and lower <= 0 <= upper:
            return NOT_APART_COLOUR
        return super().colour(value, status)

    def legend(self, words: Words, occurring: set[str]) -> list[LegendEntry]:
        """Return every class, the grey of what is not told apart, and each status that occurs."""
        texts = [words.signed(limit * 100) for limit in self.limits]
        labels = [words("difference.under", limit=texts[0])]
        labels += [words("difference.range", low=low, high=high) for low, high in pairwise(texts)]
        labels.append(words("difference.over", limit=texts[-1]))
        entries = [LegendEntry(label, colour) for label, colour in zip(labels, self.colours, strict=True)]
        entries.insert(len(entries) // 2, LegendEntry(words("difference.none"), NOT_APART_COLOUR))
        return entries + status_entries(words, occurring)


def field_scale(measure: Measure) -> ColorScale:
    """Return the fixed scale of an estimate by the field, or of its difference from the register."""
    palette = PALETTES[measure.palette]
    if measure.merged:
        return SuppressingScale(measure.form, measure.limits, palette, measure.merged)
    return DifferenceScale(measure.form, measure.limits, palette)


def _faded(colours: tuple[str, ...], fade: float) -> str:
    """Return the mean of some colours, gone a part of the way to grey."""
    channels = zip(*(rgb_of(colour) for colour in colours), strict=True)
    mixed = (
        (1 - fade) * sum(channel) / len(channel) + fade * grey
        for channel, grey in zip(channels, rgb_of(GREY), strict=True)
    )
    return "#" + "".join(f"{round(channel):02x}" for channel in mixed)


def wedge(scale: SuppressingScale, words: Words) -> str:
    """Return the legend of a scale as HTML: a row for each degree of certainty, its classes under their limits."""
    parts = [f'<span class="wedge-head">{escape(words("wedge.head"))}</span>']
    for index, limit in enumerate(scale.limits, start=1):
        text = words.number(limit * 100) + (words.percent_sign if index == len(scale.limits) else "")
        parts.append(f'<span class="wedge-limit" style="grid-column:{index + 1}/span 2">{escape(text)}</span>')
    for line, (name, cells) in enumerate(zip(CERTAINTIES, scale.rows, strict=True), start=2):
        label = words(f"certainty.{name}")
        parts.append(f'<span class="wedge-label" style="grid-row:{line}">{escape(label)}</span>')
        column = 2
        for cell in cells:
            parts.append(_wedge_cell(cell.colour, f"{cell_text(cell, words)} · {label}", line, column, cell.span))
            column += cell.span
    line = len(CERTAINTIES) + 2
    parts.append(f'<span class="wedge-label" style="grid-row:{line}">{escape(words("certainty.none"))}</span>')
    parts.append(_wedge_cell(GREY, words("wedge.none"), line, 2, len(scale.colours)))
    return f'<div class="wedge">{"".join(parts)}</div>'


def _wedge_cell(colour: str, title: str, line: int, column: int, span: int) -> str:
    return (
        f'<i class="wedge-cell" title="{escape(title)}" '
        f'style="background-color:{colour};grid-row:{line};grid-column:{column}/span {span}"></i>'
    )


def cell_text(cell: Cell, words: Words) -> str:
    """Return the range of a cell: `< 40 %`, `40–50 %`, `≥ 80 %`."""
    low, high = (None if limit is None else words.number(limit * 100) for limit in (cell.low, cell.high))
    if low is None:
        return f"< {high}{words.percent_sign}"
    return f"≥ {low}{words.percent_sign}" if high is None else f"{low}–{high}{words.percent_sign}"
