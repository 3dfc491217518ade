"""How an estimate of the field is written: its interval, its sample, its method and how sure it is."""

from collections.abc import Mapping

from dashboard.questions import Measure
from dashboard.uncertainty import certainty_of
from dashboard.words import ABSENT, Words, is_absent
from queries.columns import Status
from queries.field import Sample
from queries.result import Result
from queries.stats.proportions import LEAST_SAMPLE

CAUSES = ("unregistered", "wrong_desil", "not_reached")
# A hundredth of a point: parts are scaled, and their sum may miss the whole by a rounding.
SLACK = 1e-4


def interval_text(lower: float | None, upper: float | None, words: Words, sign: bool = False) -> str:
    """Return 0.44 and 0.6 as `44–60`, with the per cent sign on demand."""
    if is_absent(lower) or is_absent(upper):
        return ABSENT
    text = f"{words.number(lower * 100)}–{words.number(upper * 100)}"
    return text + words.percent_sign if sign else text


def estimate_text(row: Mapping, error: str, words: Words) -> str:
    """Return an estimate with its interval, `52 % (44–60 %)`, or the reason why there is none."""
    rate = row[f"field_{error}_rate"]
    if is_absent(rate):
        return words(f"status.{row[f'{error}_status']}")
    interval = interval_text(row[f"field_{error}_lower"], row[f"field_{error}_upper"], words, sign=True)
    return f"{words.percent(rate, 0)} ({interval})"


def estimate_lines(result: Result, measure: Measure, words: Words) -> list[list[str]]:
    """Return what a tooltip says under each name: estimate and interval, sample and method, how sure."""
    lines_of = _difference_lines if measure.form == "points" else _rate_lines
    error = measure.error
    return [
        [*lines_of(row, error, words), sample_text(row, error, words)] for row in result.frame.to_dict("records")
    ]


def _rate_lines(row: Mapping, error: str, words: Words) -> list[str]:
    lines = [words("tooltip.value", measure=words(f"measure.field_{error}_rate.short"),
                   value=estimate_text(row, error, words))]  # fmt: skip
    certainty = certainty_of(row[f"field_{error}_lower"], row[f"field_{error}_upper"])
    if certainty:
        lines.append(words(f"certainty.{certainty}.tooltip"))
    return lines


def _difference_lines(row: Mapping, error: str, words: Words) -> list[str]:
    lines = [
        words("tooltip.field", value=estimate_text(row, error, words)),
        words("tooltip.register", value=words.percent(row[f"register_{error}_rate"], 0)),
    ]
    difference = row[f"{error}_difference_rate"]
    if not is_absent(difference):
        key = "tooltip.apart" if row[f"is_{error}_apart"] else "tooltip.alike"
        lines.append(words(key, points=words.signed(round(difference * 100))))
    return lines


def sample_text(row: Mapping, error: str, words: Words) -> str:
    """Return the size of the sample under an estimate and the method: `n = 24, dari sampel langsung`."""
    method = words(f"method.{row[f'{error}_method']}")
    count = row[f"{error}_sample_count"]
    if is_absent(count) or not count:
        return method
    return words("tooltip.sample", count=words.number(count), method=method)


def sample_name(sample: Sample, words: Words, form: str = "") -> str:
    """Return a sample's truth and frame in a few words; fewer still with the form `.short`."""
    return f"{words(f'truth.{sample.truth}')} · {words(f'frame.{sample.frame}{form}')}"


def sample_dates(sample: Sample, words: Words) -> str:
    """Return the months of a sample's visits, empty where no day is on record."""
    if sample.first_on is None:
        return ""
    first, last = words.month(sample.first_on), words.month(sample.last_on)
    return first if first == last else f"{first} – {last}"


def rounded(total: float) -> float:
    """Return an estimated total to three significant digits: more would look surer than it is."""
    return float(f"{total:.3g}")


def parts_in_hundred(parts: list[float], whole: float) -> list[int]:
    """Return shares as whole numbers of a hundred that add up to the rounded whole, by the largest remainder."""
    total = round(whole * 100)
    floors = [int(part * 100) for part in parts]
    order = sorted(range(len(parts)), key=lambda index: floors[index] - parts[index] * 100)
    for index in order[: max(total - sum(floors), 0)]:
        floors[index] += 1
    return floors


def causes_of(row: Mapping) -> dict[str, float] | None:
    """Return the three causes of exclusion, which add up to it, two among the registered; None where they are not told.

    They have no interval of their own, so they are told only where the wilayah's own sample is as large as a direct
    estimate must be, and where they add up: a model's rate above a sample without a case has no causes.
    """
    count = row["exclusion_sample_count"]
    observed = CAUSES[1:] if row["frame"] == "register" else CAUSES
    rates = {cause: row[f"field_{cause}_rate"] for cause in observed}
    if not is_shown(row, "exclusion") or row["exclusion_method"] == "above" or is_absent(count):
        return None
    if count < LEAST_SAMPLE or any(is_absent(rate) for rate in rates.values()):
        return None
    adds_up = abs(sum(rates.values()) - row["field_exclusion_rate"]) < SLACK
    return {cause: float(rate) for cause, rate in rates.items()} if adds_up else None


def is_shown(row: Mapping, error: str) -> bool:
    """Tell whether a row has an estimate of this error that may be shown."""
    return row[f"{error}_status"] == Status.ok
