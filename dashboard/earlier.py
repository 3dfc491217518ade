"""The month that a change is counted from: which ones there are, and which is taken where nobody chose."""

from collections.abc import Sequence
from datetime import date

MONTHS_BACK = 6


def earlier_periods(period: date, periods: Sequence[date], schemes: Sequence[str]) -> list[date]:
    """Return the periods before this one whose register is of the same scheme, newest first."""
    own = schemes[list(periods).index(period)]
    return sorted(
        (one for one, scheme in zip(periods, schemes, strict=True) if one < period and scheme == own), reverse=True
    )


def first_earlier(period: date, periods: Sequence[date], schemes: Sequence[str]) -> date | None:
    """Return the sixth period before this one, or the oldest of its scheme; None where there is none."""
    return next(iter(reversed(earlier_periods(period, periods, schemes)[:MONTHS_BACK])), None)


def chosen_earlier(text: str | None, period: date, periods: Sequence[date], schemes: Sequence[str]) -> date | None:
    """Return the month that a link names, where it is an earlier one of the same scheme, else the first choice."""
    known = {f"{one:%Y-%m}": one for one in earlier_periods(period, periods, schemes)}
    return known.get(text or "") or first_earlier(period, periods, schemes)
