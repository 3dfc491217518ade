"""The list before the register, DTKS: the poorest as an older test saw them, some others, and their programs then."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from geo.register_checks import STATUS_WORDS
from geo.synthetic.arrivals import Land, days_of
from geo.synthetic.enrolment import decide, hold_places, list_enrolment, spread_places
from geo.synthetic.families import rank_desil

_LAST_DESIL = 4
# Of those above the list's limit, the share that was on it all the same, and the share of these with a desil.
_BETTER_OFF_RATE = 0.04
_BETTER_OFF_RANKED_RATE = 0.5
# Of those below it, the share that the list never saw.
_MISSED_RATE = 0.03
# The words were given by hand, beside the rank and not from it: their limits lie between desil, with an error.
_WORD_LIMITS = (0.08, 0.19, 0.29, 0.37)
_WORD_SD = 0.045
_LEAST_AGE_DAYS, _MEAN_AGE_DAYS, _LONGEST_DAYS = 30, 620, 2_600


@dataclass(frozen=True)
class OlderList:
    """The families on the list with their score and last visit then, their desil (0: none) and their programs.

    `true_desil` is by welfare, among all families and not those of the list alone.
    """

    family: pd.DataFrame
    desil: np.ndarray
    true_desil: np.ndarray
    status_word: np.ndarray
    enrolment: pd.DataFrame
    quota: pd.DataFrame


def draw_older_list(rng: np.random.Generator, family: pd.DataFrame, land: Land, on: date) -> OlderList:
    """Draw the list of a month from the families that the register found later, with their serials."""
    score = family["list_score"].to_numpy()
    place = rank_desil(score)
    is_better_off = place > _LAST_DESIL
    is_listed = rng.random(len(family)) < np.where(is_better_off, _BETTER_OFF_RATE, 1 - _MISSED_RATE)
    places = spread_places(family, land.history)
    received, quota = decide(rng, family, land.history, land.course, 0, places, is_listed)
    enrolment = list_enrolment(rng, hold_places(family, received), received, land.remoteness, on)
    has_desil = ~is_better_off | (rng.random(len(family)) < _BETTER_OFF_RANKED_RATE)
    share = np.empty(len(family))
    share[np.argsort(score, kind="stable")] = (np.arange(len(family)) + 0.5) / len(family)
    word = np.searchsorted(_WORD_LIMITS, share + rng.normal(0, _WORD_SD, len(family)))
    age = np.minimum(_LEAST_AGE_DAYS + rng.exponential(_MEAN_AGE_DAYS, len(family)), _LONGEST_DAYS).astype(np.int32)
    visited = days_of(on) - age
    then = family.assign(score=score, verified=np.minimum(family["verified"], visited))
    rows = np.flatnonzero(is_listed)
    enrolment["row"] = np.searchsorted(rows, enrolment["row"].to_numpy())
    return OlderList(
        then.iloc[rows].reset_index(drop=True), np.where(has_desil, place, 0)[rows].astype(np.int16),
        rank_desil(family["welfare"].to_numpy())[rows],
        np.array(STATUS_WORDS)[word[rows]], enrolment, quota,
    )
