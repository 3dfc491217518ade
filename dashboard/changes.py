"""How a change between two sides is written and coloured: the names of the sides, the tooltip, the list, the scale."""

from dataclasses import dataclass, replace
from itertools import pairwise

import pandas as pd

from dashboard.questions import Measure, mask_of
from dashboard.scales import PALETTES, ColorScale, LegendEntry, count_scale, status_entries
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.comparison import OTHER
from queries.result import Result
from queries.scope import Scope
from queries.trend import BEFORE

# A tooltip that names more than these wilayah is not read.
MOST_NAMED = 4
# What stands on each side: the figure, and the count and its base under it.
FIGURES = {
    "exclusion": "exclusion_rate", "inclusion": "inclusion_rate", "gap": "gap_count", "share": "share_rate",
    "desil_one_without": "desil_one_without_rate", "planned": "planned_count", "uncovered": "uncovered_count",
}  # fmt: skip
COUNTS = {
    "exclusion": ("gap_count", "eligible_count"), "inclusion": ("leak_count", "received_count"),
    "gap": ("gap_count", "eligible_count"), "share": ("household_count", "total_household_count"),
    "desil_one_without": ("desil_one_without_count", "desil_one_count"),
    "planned": ("planned_count", "need_count"), "uncovered": ("uncovered_count", "need_count"),
}  # fmt: skip


@dataclass(frozen=True)
class ChangeScale(ColorScale):
    """Classes of a change around zero, the middle one for what hardly changed."""

    def legend(self, words: Words, occurring: set[str]) -> list[LegendEntry]:
        """Return every class, then each status that occurs."""
        if not self.limits:
            return [LegendEntry(words("all_values"), self.colours[0]), *status_entries(words, occurring)]
        texts = [_limit_text(limit * 100 if self.form == "points" else limit, words) for limit in self.limits]
        labels = [words("difference.under", limit=texts[0])]
        labels += [words("difference.range", low=low, high=high) for low, high in pairwise(texts)]
        labels.append(words("difference.over", limit=texts[-1]))
        labels[len(labels) // 2] = words("change.hardly", limit=texts[len(texts) // 2].lstrip("+"))
        entries = [LegendEntry(label, colour) for label, colour in zip(labels, self.colours, strict=True)]
        return entries + status_entries(words, occurring)


def _limit_text(limit: float, words: Words) -> str:
    rounded = round(limit, 4)
    return words.signed(rounded, next((digits for digits in (0, 1) if round(rounded, digits) == rounded), 2))


def rise_scale(measure: Measure, values: pd.DataFrame) -> ChangeScale:
    """Return a scale of round limits on both sides of zero, from all changes of a count at a level."""
    palette = PALETTES[measure.palette]
    middle = len(palette) // 2
    half = count_scale(replace(measure, form="count"), values["value"].abs()).limits[-middle:]
    colours = [palette[middle]]
    for step in range(1, len(half) + 1):
        # With fewer classes the palette is stretched, so that the greatest changes keep its dark ends.
        shift = round(middle * step / len(half))
        colours = [palette[middle - shift], *colours, palette[middle + shift]]
    return ChangeScale(measure.form, (*(-limit for limit in reversed(half)), *half), tuple(colours))


def change_scale(measure: Measure) -> ChangeScale:
    """Return the fixed scale of a change."""
    return ChangeScale(measure.form, measure.limits, PALETTES[measure.palette])


def side_names(scope: Scope, words: Words, sides: tuple[str, str] = ("", OTHER)) -> tuple[str, str]:
    """Return what the two sides are called: two months, two scenarios, or the rule in force and the other one.

    `sides` are what the columns of each end in; the side without an end is the scope's own period, or the second of
    the two scenarios in its request.
    """
    if scope.against is None and BEFORE in sides:
        ids = scope.request.split("-")
        return words("scenario.number", id=ids[0]), words("scenario.number", id=ids[-1])
    if scope.against is None:
        return words("side.base"), words("side.other")
    periods = (scope.against if end else scope.period for end in sides)
    first, second = (f"{words.month(period, short=True)} {period.year}" for period in periods)
    return first, second


def points(value: float | None, words: Words) -> str:
    """Return the change 0.0372 as `+3,7`, and a missing one as a dash."""
    # Adding nought takes the sign off a nought that was rounded from below.
    return words.number(None) if is_absent(value) else words.signed(round(float(value) * 100, 1) + 0.0, 1)


def change_lines(result: Result, measure: Measure, words: Words, unit: str) -> list[list[str]]:
    """Return what a tooltip says under each name: the change, then each side's rate and the counts under it."""
    frame, lines = result.frame, []
    column, status_column = measure.changed
    names = side_names(result.provenance.scope, words, measure.sides)
    for position, row in enumerate(frame.to_dict("records")):
        status = row[status_column]
        text = changed_text(row[column], measure, words) if status == Status.ok else words(f"status.{status}")
        line = [words("tooltip.value", measure=words(f"measure.{column}.short"), value=text)]
        for side, end in zip(names, measure.sides, strict=True):
            counts = _counts_text(result, position, measure.change, end, words, unit)
            if measure.form == "rise":
                line.append(words("tooltip.side.count", side=side, counts=counts))
            else:
                rate = words.percent(row[f"{FIGURES[measure.change]}{end}"])
                line.append(words("tooltip.side", side=side, rate=rate, counts=counts))
        if row.get("is_joined"):
            others = _few(row["joined_name"], words)
            line.append(words("tooltip.joined", names=others) if others else words("tooltip.joined.unnamed"))
        lines.append(line)
    return lines


def _few(names: str, words: Words) -> str:
    """Return the first names of a list, with the number of the others."""
    listed = names.split(", ") if names else []
    text = ", ".join(listed[:MOST_NAMED])
    others = len(listed) - MOST_NAMED
    return words("tooltip.joined.more", names=text, count=others) if others > 0 else text


def changed_text(value: float | None, measure: Measure, words: Words) -> str:
    """Return a change as it is written: `+3,7 poin`, or `+1.234` of a count."""
    if measure.form == "rise":
        return words.number(None) if is_absent(value) else words.signed(value)
    return words("points", points=points(value, words))


def _counts_text(result: Result, position: int, error: str, end: str, words: Words, unit: str) -> str:
    part, whole = (
        words.count(result.frame[name + end].iloc[position], mask_of(result, name + end).iloc[position])
        for name in COUNTS[error]
    )
    key = f"tooltip.{COUNTS[error][0]}"
    if error == "share":
        unit = words("unit.household")
    return words(f"{key}{end}" if f"{key}{end}" in words else key, part=part, whole=whole, unit=unit)


def side_columns(measure: Measure) -> list[str]:
    """Return the columns of both sides' figures and of their change."""
    return [*(FIGURES[measure.change] + end for end in measure.sides), measure.changed[0]]
