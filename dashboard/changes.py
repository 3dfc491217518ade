"""How a change between two sides is written and coloured: the names of the sides, the tooltip, the list, the scale."""

from dataclasses import dataclass
from itertools import pairwise

from dashboard.questions import Measure, mask_of
from dashboard.scales import PALETTES, ColorScale, LegendEntry, status_entries
from dashboard.words import Words, is_absent
from queries.columns import Status
from queries.comparison import OTHER
from queries.result import Result
from queries.scope import Scope

COUNTS = {"exclusion": ("gap_count", "eligible_count"), "inclusion": ("leak_count", "received_count")}


@dataclass(frozen=True)
class ChangeScale(ColorScale):
    """Classes of a change around zero, the middle one for what hardly changed."""

    def legend(self, words: Words, occurring: set[str]) -> list[LegendEntry]:
        """Return every class, then each status that occurs."""
        texts = [words.signed(limit * 100, 0 if limit * 100 == round(limit * 100) else 1) for limit in self.limits]
        labels = [words("difference.under", limit=texts[0])]
        labels += [words("difference.range", low=low, high=high) for low, high in pairwise(texts)]
        labels.append(words("difference.over", limit=texts[-1]))
        labels[len(labels) // 2] = words("change.hardly", limit=texts[len(texts) // 2].lstrip("+"))
        entries = [LegendEntry(label, colour) for label, colour in zip(labels, self.colours, strict=True)]
        return entries + status_entries(words, occurring)


def change_scale(measure: Measure) -> ChangeScale:
    """Return the fixed scale of a change."""
    return ChangeScale(measure.form, measure.limits, PALETTES[measure.palette])


def side_names(scope: Scope, words: Words) -> tuple[str, str]:
    """Return what the two sides of a comparison are called: two months, or the rule in force and the other one."""
    if scope.against is None:
        return words("side.base"), words("side.other")
    base, other = (f"{words.month(period, short=True)} {period.year}" for period in (scope.period, scope.against))
    return base, other


def points(value: float | None, words: Words) -> str:
    """Return the change 0.0372 as `+3,7`, and a missing one as a dash."""
    # Adding nought takes the sign off a nought that was rounded from below.
    return words.number(None) if is_absent(value) else words.signed(round(float(value) * 100, 1) + 0.0, 1)


def change_lines(result: Result, measure: Measure, words: Words, unit: str) -> list[list[str]]:
    """Return what a tooltip says under each name: the change, then each side's rate and the counts under it."""
    error, frame = measure.change, result.frame
    lines = []
    for position, row in enumerate(frame.to_dict("records")):
        status = row[f"{error}_change_status"]
        changed = row[f"{error}_change_rate"]
        text = words("points", points=points(changed, words)) if status == Status.ok else words(f"status.{status}")
        line = [words("tooltip.value", measure=words(f"measure.{error}_change_rate.short"), value=text)]
        for side, end in zip(side_names(result.provenance.scope, words), ("", OTHER), strict=True):
            rate = words.percent(row[f"{error}_rate{end}"])
            counts = _counts_text(result, position, error, end, words, unit)
            line.append(words("tooltip.side", side=side, rate=rate, counts=counts))
        lines.append(line)
    return lines


def _counts_text(result: Result, position: int, error: str, end: str, words: Words, unit: str) -> str:
    part, whole = (
        words.count(result.frame[name + end].iloc[position], mask_of(result, name + end).iloc[position])
        for name in COUNTS[error]
    )
    return words(f"tooltip.{COUNTS[error][0]}{end}", part=part, whole=whole, unit=unit)


def rate_columns(measure: Measure) -> list[str]:
    """Return the columns of both sides' rates and of their change."""
    return [f"{measure.change}_rate", f"{measure.change}_rate{OTHER}", f"{measure.change}_change_rate"]
