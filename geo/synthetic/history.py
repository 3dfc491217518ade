"""What past years left behind in the fictional province: how much of each program there is, and where it went."""

import csv
from dataclasses import dataclass
from importlib.resources import files

import numpy as np
import pandas as pd

from boundaries.levels import KODE_LENGTH, Level

# Sembako comes first: almost every PKH family is drawn from its recipients, and PIP looks at those of PKH.
PROGRAMS = ("sembako", "pkh", "pbi_jkn", "pip")
_REMOTE_LOSS = 1.5
_FAR_PLACES_LOSS = 0.5


@dataclass(frozen=True)
class Calibration:
    """How much of a program there is, and how well its list follows need."""

    received_rate: float
    inside_rate: float | None
    fill_rate: float
    noise: float


@dataclass(frozen=True)
class History:
    """Each kabupaten's share of the places, how full they are, and each desa's habit."""

    kabupaten: np.ndarray
    kabupaten_kode: tuple[str, ...]
    weight: dict[str, np.ndarray]
    fill: dict[str, np.ndarray]
    habit: dict[str, np.ndarray]


def read_calibration() -> dict[str, Calibration]:
    """Return the calibration of each program, from public figures."""
    rows = csv.DictReader((files("geo.synthetic") / "calibration.csv").read_text("utf-8").splitlines())
    return {
        row["program"]: Calibration(
            float(row["received_rate"]), float(row["inside_rate"]) if row["inside_rate"] else None,
            float(row["fill_rate"]), float(row["noise"]),
        )
        for row in rows
    }


def draw_history(rng: np.random.Generator, desa: pd.DataFrame) -> History:
    """Draw the history of a province; some kabupaten came out with too few places, some with more than they fill."""
    calibration = read_calibration()
    kabupaten, names = pd.factorize(desa["kode"].str[: KODE_LENGTH[Level.kabupaten]])
    kecamatan = pd.factorize(desa["kode"].str[: KODE_LENGTH[Level.kecamatan]])[0]
    far = desa["remoteness"].to_numpy() - desa["remoteness"].mean()
    weight, fill, habit = {}, {}, {}
    # Places are handed out by how near an office is, too.
    shared = rng.normal(0, 0.13, len(names)) - _FAR_PLACES_LOSS * pd.Series(far).groupby(kabupaten).mean().to_numpy()
    for program in PROGRAMS:
        weight[program] = np.exp(shared + rng.normal(0, 0.13, len(names)))
        slack = rng.exponential(1 - calibration[program].fill_rate, len(names))
        fill[program] = np.where(rng.random(len(names)) < 0.3, 1.0, np.clip(1 - slack, 0.75, 1.0))
        uneven = rng.normal(0, 0.20, kecamatan.max() + 1)[kecamatan] + rng.normal(0, 0.28, len(desa))
        habit[program] = uneven - _REMOTE_LOSS * far
    return History(kabupaten, tuple(names), weight, fill, habit)
