"""Families as they come into the register: with a place, a last visit, and luck with programs."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from geo.synthetic.course import Course
from geo.synthetic.enrolment import draw_list_place
from geo.synthetic.families import AreaEffect, draw_families
from geo.synthetic.history import PROGRAMS, History
from geo.synthetic.places import scatter_points

_NO_POINT_RATE = 0.03
_NEVER_VERIFIED_RATE = 0.015
_LONGEST_DAYS = 2_200


@dataclass(frozen=True)
class Land:
    """The desa that families live in, and what is true of all who live there."""

    desa: pd.DataFrame
    area: AreaEffect
    history: History
    course: Course

    @property
    def remoteness(self) -> np.ndarray:
        """The remoteness of each desa."""
        return self.desa["remoteness"].to_numpy()


def settle(rng: np.random.Generator, land: Land, owner: np.ndarray, first_serial: int, on: date) -> pd.DataFrame:
    """Draw one family for each entry of `owner`, a position among the desa, with serials from the first on."""
    family = draw_families(rng, land.desa, land.area, owner)
    size = len(owner)
    family["serial"] = np.arange(first_serial, first_serial + size)
    lon, lat = scatter_points(rng, land.desa["geometry"].to_numpy(), owner)
    unknown = rng.random(size) < _NO_POINT_RATE
    family["lon"], family["lat"] = np.where(unknown, np.nan, lon), np.where(unknown, np.nan, lat)
    remoteness = land.remoteness[owner]
    age = 20 + rng.exponential(160 + 620 * remoteness**1.3) + land.course.neglected_days(owner)
    family["verified"] = days_of(on) - np.minimum(age, _LONGEST_DAYS).astype(np.int32)
    family["is_verified"] = rng.random(size) >= _NEVER_VERIFIED_RATE * (0.5 + 2 * remoteness)
    family["list_score"] = draw_list_place(rng, family["seen"].to_numpy())
    family["chance"] = rng.random(size)
    for program in PROGRAMS:
        family[f"luck_{program}"] = rng.normal(0, 1, size)
        family[f"has_{program}"] = False
    return family


def days_of(on: date) -> np.int32:
    """Return a date as Parquet counts it: days since the first of January 1970."""
    return np.int32((on - date(1970, 1, 1)).days)
