"""Colour scales: class limits, the colour of a value or of a status, and the legend drawn from the same scale."""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from dashboard.questions import Measure
from dashboard.words import Words
from queries.columns import Status

PALETTES = {
    "need": ("#ffeccf", "#fdd39a", "#fcb06f", "#f58652", "#d63d28", "#b30000"),
    "density": ("#ddebfc", "#bed2ed", "#90bce0", "#5a9fcf", "#2672b0", "#08407e"),
    "excess": ("#f5defa", "#dbc0e3", "#b5a6d0", "#8069ab", "#6a4699", "#3f1a70"),
    "ochre": ("#fdf0b4", "#fbd976", "#f4b540", "#dc861e", "#ab5609", "#652d05"),
    "change": ("#542788", "#7a6ca8", "#b4a5dc", "#dad4fb", "#fbf7e8", "#fee0b6", "#fdb863", "#e08214", "#b05606"),
    "difference": ("#54278f", "#7f6ab3", "#c5b8e0", "#fdcf98", "#ee9a3f", "#b35806"),
    # In the order of queries.hot_spots.CLUSTERS: none, low_low, low_high, high_low, high_high.
    "cluster": ("#f6f1e7", "#2b6cb0", "#9cc9ee", "#f6b26b", "#b2182b"),
}
STATUS_COLOURS = {
    Status.no_data: "#c8d0d5",
    Status.not_applicable: "#d9d2c5",
    Status.suppressed: "#8f9ba3",
    # The grey that uncertain colours fade towards (dashboard/uncertainty.py).
    Status.too_uncertain: "#9c9892",
}
NO_WILAYAH_COLOUR = "#e6eaec"
DARK_INK = "#1c2b33"
# Where white and the dark ink have the same contrast: the root of 1.05 times the ink's luminance + 0.05, less 0.05.
MIDDLE_LUMINANCE = 0.2252
NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8)
# Counts and densities have a long tail: limits grow by a factor, and the last class is kept for the few that stand out.
FIRST_LIMIT, LAST_LIMIT = 0.1, 0.95


@dataclass(frozen=True)
class LegendEntry:
    """One line of a legend."""

    label: str
    colour: str


@dataclass(frozen=True)
class ColorScale:
    """Classes of one measure: `limits` between them, one colour each."""

    form: str
    limits: tuple[float, ...]
    colours: tuple[str, ...]

    def colour(self, value: float, status: str, lower: float | None = None, upper: float | None = None) -> str:
        """Return the colour of a value, or of the reason why there is none; a count has no interval to mind."""
        if status != Status.ok:
            return STATUS_COLOURS[Status(status)]
        return self.colours[bisect_right(self.limits, value)]

    def rgb(self, value: float, status: str, lower: float | None = None, upper: float | None = None) -> tuple[int, ...]:
        """Return the same colour as three numbers."""
        return rgb_of(self.colour(value, status, lower, upper))

    def legend(self, words: Words, occurring: set[str]) -> list[LegendEntry]:
        """Return every class, then each status that occurs."""
        # One unit for all limits, said once: "< 80", "80–100", ..., "≥ 500 juta".
        divisor, unit = self._unit(words)
        texts = [_plain_number(limit / divisor, words) for limit in self.limits]
        labels = [f"< {texts[0]}"] if texts else [words("all_values")]
        labels += [f"{low}–{high}" for low, high in pairwise(texts)]
        if texts:
            labels.append(f"≥ {texts[-1]}{unit}")
        entries = [LegendEntry(label, colour) for label, colour in zip(labels, self.colours, strict=True)]
        return entries + status_entries(words, occurring)

    def _unit(self, words: Words) -> tuple[float, str]:
        if self.form == "rate":
            return 0.01, words.percent_sign
        if self.form == "idr" and self.limits:
            return words.magnitude(self.limits[-1])
        return 1, ""


def status_entries(words: Words, occurring: set[str]) -> list[LegendEntry]:
    """Return a line for each reason for no value that occurs."""
    return [
        LegendEntry(words(f"status.{status.value}"), colour)
        for status, colour in STATUS_COLOURS.items()
        if status.value in occurring
    ]


def _plain_number(value: float, words: Words) -> str:
    rounded = round(value, 6)
    digits = next((digits for digits in (0, 1) if round(rounded, digits) == rounded), 2)
    return words.number(rounded, digits)


def rate_scale(measure: Measure, desil: tuple[int, ...]) -> ColorScale:
    """Return a rate's fixed scale.

    The share of a set of desil is centred on what that set holds of the nation: four desil on 40 %.
    """
    limits = measure.limits or tuple(round(len(desil) / 10 * step, 4) for step in (0.5, 0.75, 1, 1.25, 1.5))
    return ColorScale("rate", limits, PALETTES[measure.palette])


def count_scale(measure: Measure, values: pd.Series) -> ColorScale:
    """Return a scale of round limits, by equal factors, from all `values` of a level."""
    known = values.dropna().to_numpy(dtype=float)
    known = known[known > 0]
    limits: list[float] = []
    if known.size:
        first, last = np.quantile(known, [FIRST_LIMIT, LAST_LIMIT])
        for step in np.geomspace(first, last, len(PALETTES[measure.palette]) - 1):
            limit = round_limit(float(step))
            if measure.form == "count":
                limit = float(np.ceil(limit))
            if not limits or limit > limits[-1]:
                limits.append(limit)
    palette = PALETTES[measure.palette]
    # With fewer classes the palette is stretched, so that the highest class keeps its dark end.
    chosen = np.linspace(0, len(palette) - 1, len(limits) + 1).round().astype(int)
    return ColorScale(measure.form, tuple(limits), tuple(palette[index] for index in chosen))


def round_limit(value: float) -> float:
    """Return the round number nearest to `value`: one of NICE times a power of ten."""
    power = 10.0 ** np.floor(np.log10(value))
    candidates = [nice * power for nice in (*NICE, 10)]
    nearest = min(candidates, key=lambda candidate: abs(candidate - value))
    return float(round(nearest, 6))


def rgb_of(colour: str) -> tuple[int, int, int]:
    """Return `#rrggbb` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def ink_on(colour: str) -> str:
    """Return the text colour that is readable on `colour`: the one of two with the higher contrast (WCAG 2.2)."""
    return DARK_INK if _luminance(colour) > MIDDLE_LUMINANCE else "#ffffff"


def _luminance(colour: str) -> float:
    red, green, blue = (
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
        for channel in (channel / 255 for channel in rgb_of(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
