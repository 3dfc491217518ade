"""What happens to each kabupaten while the months go by: visits, places, and families that move in."""

from datetime import date

import numpy as np
import pandas as pd

from geo.synthetic.history import PROGRAMS

# With fewer kabupaten than this, nothing in particular happens to any of them.
_LEAST_KABUPATEN = 6
# Scores are brought up to date through the year, and most of all when a quarter begins.
_QUARTER_MONTHS = (1, 4, 7, 10)
_QUARTER_VISITS, _MONTH_VISITS = 1.3, 0.8
_WANDER_SD = 0.005
# The stale one: nobody visits, and who leaves a list is not replaced.
_STALE_VISITS, _STALE_DAYS, _STALE_USE = 0.2, 130, 0.982
# The campaign: every family is visited soon, lists are put in order, and places are added.
_CAMPAIGN_VISITS, _CAMPAIGN_STAY, _CAMPAIGN_PLACES = 3.2, 0.45, 1.03
# The cut: from this step on, there are fewer places for these.
_CUT_STEP, _CUT_PLACES, _CUT_PROGRAMS = 3, 0.86, ("sembako", "pbi_jkn")
# The burst: work draws families in, most of them poor and unknown to any test.
_BURST_ARRIVALS = {2: 0.045, 3: 0.02}
# The generous one: places are added for these, a little each time.
_ADDED_PLACES, _ADDED_PROGRAMS = 1.015, ("sembako", "pkh", "pip")


class Course:
    """The lot of every kabupaten at every step, by position; step 0 is the first period."""

    def __init__(
        self, rng: np.random.Generator, desa: pd.DataFrame, kabupaten: np.ndarray, is_kota: np.ndarray, steps: int
    ) -> None:
        """Give out the lots: `kabupaten`, shape (desa,), has positions, and `is_kota` a truth for each of them."""
        count = len(is_kota)
        self._kabupaten = kabupaten
        wander = rng.normal(0, _WANDER_SD, (len(PROGRAMS), steps, count))
        wander[:, 0] = 0
        self._places = {name: np.exp(wander[at].cumsum(axis=0)) for at, name in enumerate(PROGRAMS)}
        self._use = np.ones((steps, count))
        self._visits, self._stay = np.ones(count), np.ones(count)
        self._days, self._arrivals = np.zeros(count), np.zeros((steps, count))
        if count < _LEAST_KABUPATEN:
            return
        number = np.arange(steps)
        remoteness = desa["remoteness"].groupby(kabupaten).mean().to_numpy()
        far = np.argsort(remoteness + np.where(is_kota, -9, 0), kind="stable")[::-1]
        rural = far[: max(int((~is_kota).sum()), _LEAST_KABUPATEN - 1)]
        stale, campaign, cut, burst = rural[0], rural[2], rural[len(rural) // 2], rural[-1]
        added = far[-1] if is_kota[far[-1]] else rural[-2]
        self._visits[stale], self._days[stale] = _STALE_VISITS, _STALE_DAYS
        self._use[:, stale] = _STALE_USE**number
        self._visits[campaign], self._stay[campaign] = _CAMPAIGN_VISITS, _CAMPAIGN_STAY
        for name in PROGRAMS:
            self._places[name][:, campaign] *= _CAMPAIGN_PLACES**number
        for name in _CUT_PROGRAMS:
            self._places[name][_CUT_STEP:, cut] *= _CUT_PLACES
        for step, share in _BURST_ARRIVALS.items():
            self._arrivals[step : step + 1, burst] = share
        for name in _ADDED_PROGRAMS:
            self._places[name][:, added] *= _ADDED_PLACES**number

    def places(self, program: str, step: int) -> np.ndarray:
        """Return what the places of each kabupaten have become, as a multiple of those at the start."""
        return self._places[program][step]

    def use(self, step: int) -> np.ndarray:
        """Return what part of the places that it would have used each kabupaten still uses."""
        return self._use[step]

    def stay(self, desa: np.ndarray) -> np.ndarray:
        """Return, as a multiple, how strongly the lists of each family's kabupaten hold to those already on them."""
        return self._stay[self._kabupaten[desa]]

    def visits(self, desa: np.ndarray, on: date) -> np.ndarray:
        """Return, as a multiple, how often each family is visited in the month before `on`."""
        season = _QUARTER_VISITS if on.month in _QUARTER_MONTHS else _MONTH_VISITS
        return season * self._visits[self._kabupaten[desa]]

    def neglected_days(self, desa: np.ndarray) -> np.ndarray:
        """Return by how many days the visits of each family are older than elsewhere."""
        return self._days[self._kabupaten[desa]]

    def arrival_rate(self, desa: np.ndarray, step: int) -> np.ndarray:
        """Return, beside the usual comings, how many families each desa gains for each one that it has."""
        return self._arrivals[step][self._kabupaten[desa]]
