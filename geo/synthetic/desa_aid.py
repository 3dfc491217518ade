"""Who receives BLT Dana Desa in the fictional register: each desa decides among its own, with a view of its own."""

import numpy as np
import pandas as pd

from boundaries.levels import kind_of
from geo.synthetic.families import ADMINDUK

PROGRAM = "blt_dd"
_POOREST = 1
# Places for each family of desil 1 without other aid, before a desa's own generosity; some go to others.
_PLACES_RATE = 0.245
_UNEVEN_SD = 0.35
# What the meeting weighs: its own sight of need, the list of the poorest, and who has help already.
_ON_THE_LIST = 2.3
_HAS_OTHER_AID_LOSS = 2.7
_ADMINDUK_LOSS = 1.5
_LUCK = 1.0
_STAY = 2.0


class DesaAid:
    """The decisions of every desa, period after period, in a random stream that no other program shares."""

    def __init__(self, rng: np.random.Generator, kode: pd.Series) -> None:
        self.rng = rng
        self._gives = kode.map(kind_of).isin(["desa", "desa_adat"]).to_numpy()
        self._generosity = rng.lognormal(0, _UNEVEN_SD, len(kode))
        self._rounding = rng.random(len(kode))
        # By the serial of a family, so that luck and place stay with it.
        self._luck = np.empty(0)
        self._holds = np.empty(0, dtype=bool)

    def holds(self, family: pd.DataFrame) -> np.ndarray:
        """Return which families held a place in the period before."""
        self._make_room(family)
        return self._holds[family["serial"].to_numpy()]

    def decide(self, family: pd.DataFrame, desil: np.ndarray, has_other_aid: np.ndarray) -> np.ndarray:
        """Return who receives in this period.

        `desil` is 0 where there is none; `has_other_aid` are the recipients of programs that exclude this one.
        """
        serial, desa = family["serial"].to_numpy(), family["desa"].to_numpy()
        is_poorest = desil == _POOREST
        meant = np.bincount(desa[is_poorest & ~has_other_aid], minlength=len(self._gives))
        places = np.floor(_PLACES_RATE * self._generosity * meant + self._rounding).astype(np.int64) * self._gives
        welfare = family["welfare"].to_numpy()
        merit = (
            (welfare.mean() - welfare) / welfare.std() + _ON_THE_LIST * is_poorest - _HAS_OTHER_AID_LOSS * has_other_aid
            - _ADMINDUK_LOSS * (family["adminduk"].to_numpy() != ADMINDUK.index("aktif"))
            + _STAY * self.holds(family) + _LUCK * self._luck[serial]
        )
        rows = np.lexsort((serial, -merit, desa))
        place = np.arange(len(rows)) - np.searchsorted(desa[rows], desa[rows])
        chosen = np.zeros(len(rows), dtype=bool)
        chosen[rows[place < places[desa[rows]]]] = True
        self._holds[:] = False
        self._holds[serial[chosen]] = True
        return chosen

    def _make_room(self, family: pd.DataFrame) -> None:
        missing = int(family["serial"].max()) + 1 - len(self._luck)
        if missing > 0:
            self._luck = np.concatenate([self._luck, self.rng.normal(0, 1, missing)])
            self._holds = np.concatenate([self._holds, np.zeros(missing, dtype=bool)])
