"""How the clusters of a test are written and coloured: their scale and legend, the tooltip, the p-value."""

from dataclasses import dataclass

from dashboard.questions import Measure, mask_of
from dashboard.scales import PALETTES, STATUS_COLOURS, ColorScale, LegendEntry, status_entries
from dashboard.words import ABSENT, Words, is_absent
from queries.columns import Status
from queries.hot_spots import CLUSTERS
from queries.result import Result

LEAST_P = 0.001


@dataclass(frozen=True)
class ClusterScale(ColorScale):
    """One colour for each cluster; a value is the cluster's place in CLUSTERS."""

    def colour(self, value: float, status: str, lower: float | None = None, upper: float | None = None) -> str:
        """Return the colour of a cluster, or of the reason why there is none."""
        return self.colours[int(value)] if status == Status.ok else STATUS_COLOURS[Status(status)]

    def legend(self, words: Words, occurring: set[str]) -> list[LegendEntry]:
        """Return every cluster, the high ones first, then each status that occurs."""
        entries = [LegendEntry(words(f"cluster.{cluster}"), colour)
                   for cluster, colour in zip(CLUSTERS, self.colours, strict=True)]  # fmt: skip
        return entries[::-1] + status_entries(words, occurring)


def cluster_scale(measure: Measure) -> ClusterScale:
    """Return the fixed scale of a test."""
    return ClusterScale(measure.form, (), PALETTES[measure.palette])


def cluster_name(value: float, words: Words, form: str = "") -> str:
    """Return the words for a cluster's number; `form` is `.short` in a narrow place."""
    return words(f"cluster.{CLUSTERS[int(value)]}{form}")


def p_text(p: float | None, words: Words) -> str:
    """Return a p-value as `= 0,012`, or `< 0,001`."""
    if is_absent(p):
        return ABSENT
    return f"< {words.number(LEAST_P, 3)}" if p < LEAST_P else f"= {words.number(p, 3)}"


def cluster_lines(result: Result, measure: Measure, words: Words, texts: list[str], unit: str) -> list[list[str]]:
    """Return what a tooltip says under each name: the cluster, the rate with its counts, its neighbours, p."""
    frame, lines = result.frame, []
    parts = (measure.numerator, measure.denominator)
    masks = [mask_of(result, column).to_numpy() for column in parts]
    for position, (row, text) in enumerate(zip(frame.to_dict("records"), texts, strict=True)):
        line = [text]
        if not is_absent(row[measure.rate]):
            part, whole = (words.count(row[column], mask[position])
                           for column, mask in zip(parts, masks, strict=True))  # fmt: skip
            counts = words(f"tooltip.{measure.numerator}", part=part, whole=whole, unit=unit)
            line.append(words("tooltip.rate", rate=words.percent(row[measure.rate]), counts=counts))
        if not is_absent(row[f"{measure.test}_p"]):
            line.append(words("tooltip.neighbours", rate=words.percent(row[f"neighbour_{measure.test}_rate"])))
            line.append(words("tooltip.p", p=p_text(row[f"{measure.test}_p"], words)))
        lines.append(line)
    return lines
