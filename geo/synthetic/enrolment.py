"""Who receives PKH, Sembako and PBI-JKN in the fictional register: places by history, lists that are old and uneven."""

import csv
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import numpy as np
import pandas as pd

from boundaries.levels import KODE_LENGTH, Level
from geo.synthetic.families import ADMINDUK
from geo.tables import COMPONENTS

# Sembako comes first: almost every PKH family is drawn from its recipients.
PROGRAMS = ("sembako", "pkh", "pbi_jkn")
STAGES = ("ditetapkan", "tersalur", "gagal")
# How strongly the list holds to those already on it.
_STAY = 3.2
_REMOTE_LOSS = 1.5
_FAR_PLACES_LOSS = 0.5
_DISLIKE = {"asn_tni_polri": 3.0, "meninggal": 1.4, "tidak_ditemukan": 1.5, "pindah": 1.0, "ganda": 0.6}
_UNRANKED_LOSS = 1.0
_LOST_COMPONENT_RATE = 0.02
_PLACES_GROWTH = 1.012


@dataclass(frozen=True)
class Calibration:
    """How much of a program there is, and how well its list follows need."""

    received_rate: float
    inside_rate: float | None
    fill_rate: float
    noise: float


@dataclass(frozen=True)
class History:
    """What past years left behind: each kabupaten's share of the places, how full they are, each desa's habit."""

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


def draw_list_place(rng: np.random.Generator, seen: np.ndarray) -> np.ndarray:
    """Return how poor an older list says each family is, with that list's own error."""
    return seen + rng.normal(0, 0.18, len(seen))


def decide(
    rng: np.random.Generator, family: pd.DataFrame, history: History, step: int, allowed: np.ndarray | None = None
) -> tuple[dict[str, np.ndarray], pd.DataFrame]:
    """Return who receives each program at the given step (0 is the first period), and the places of each kabupaten.

    A family keeps its place unless it falls far down the list; `family` has `has_<program>` from the step before.
    Places are for all families, and go to the `allowed` among them, to all when it is None.
    """
    calibration = read_calibration()
    desa = family["desa"].to_numpy()
    part = history.kabupaten[desa]
    units = {program: np.ones(len(family), dtype=np.int64) for program in PROGRAMS}
    units["pbi_jkn"] = family["person_count"].to_numpy().astype(np.int64)
    poor = -_standardised(family["list_score"].to_numpy())
    dislike = np.array([_DISLIKE.get(status, 0.0) for status in ADMINDUK])[family["adminduk"].to_numpy()]
    has_component = family[[f"{name}_count" for name in COMPONENTS]].to_numpy().sum(axis=1) > 0
    has_component |= family["chance"].to_numpy() < _LOST_COMPONENT_RATE
    need = 1 / (1 + np.exp(-2.5 * poor))
    everyone = np.full(len(family), True) if allowed is None else allowed
    received: dict[str, np.ndarray] = {}
    quota = []
    for program in PROGRAMS:
        fit = calibration[program]
        merit = poor + history.habit[program][desa] - dislike - _UNRANKED_LOSS * ~family["is_ranked"].to_numpy()
        merit = merit + fit.noise * family[f"luck_{program}"].to_numpy() + _STAY * family[f"has_{program}"].to_numpy()
        merit = merit + rng.normal(0, 0.15, len(family))
        places = _spread(fit.received_rate * units[program].sum(), history.weight[program], need * units[program], part)
        filled = np.round(places)
        known = np.ceil(places / history.fill[program] * _PLACES_GROWTH**step).astype(np.int64)
        if fit.inside_rate is None:
            if program == "pbi_jkn":
                merit = merit + 0.7 * received["sembako"]
            chosen = _take(part, merit, units[program], filled, everyone)
        else:
            inside = received["sembako"] & has_component
            chosen = _take(part, merit, units[program], np.round(filled * fit.inside_rate), inside)
            left = filled - np.bincount(part[chosen], minlength=len(filled))
            left = np.minimum(left, np.round(filled * (1 - fit.inside_rate)))
            chosen |= _take(part, merit, units[program], left, everyone & has_component & ~received["sembako"])
        received[program] = chosen
        quota.append(pd.DataFrame({"kode": history.kabupaten_kode, "program": program, "places_count": known}))
    return received, pd.concat(quota, ignore_index=True).sort_values(["kode", "program"], ignore_index=True)


def list_enrolment(
    rng: np.random.Generator, family: pd.DataFrame, received: dict[str, np.ndarray], remoteness: np.ndarray, on: date
) -> pd.DataFrame:
    """Return a row for each household and program.

    Columns: `row` (position in family), program, stage, unit_count, amount_idr and funding.
    """
    funding = {row["key"]: row["funding"] for row in _read_policy("program")}
    parts = []
    for program, is_received in received.items():
        rows = np.flatnonzero(is_received)
        chosen = family.iloc[rows]
        failed = 0.012 + 0.035 * remoteness[chosen["desa"].to_numpy()]
        draw = rng.random(len(rows))
        # New recipients wait longer for their first payment.
        waiting = np.where(chosen[f"has_{program}"], 0.03, 0.06)
        stage = np.where(draw < failed, 2, np.where(draw < failed + waiting, 0, 1))
        units = chosen["person_count"].to_numpy() if program == "pbi_jkn" else np.ones(len(rows))
        parts.append(pd.DataFrame({
            "row": rows,
            "program": program,
            "stage": pd.Categorical.from_codes(stage, categories=list(STAGES)),
            "unit_count": units.astype(np.int16),
            "amount_idr": _year_amount(chosen, program, on),
            "funding": funding[program],
        }))
    return pd.concat(parts, ignore_index=True).sort_values(["row", "program"], ignore_index=True)


def _year_amount(chosen: pd.DataFrame, program: str, on: date) -> np.ndarray:
    """Return a year's rupiah of each family by the benefits in force; at least the smallest benefit there is."""
    amounts = [row for row in _read_policy("program_benefit") if row["program"] == program and _in_force(row, on)]
    total = np.zeros(len(chosen), dtype=np.int64)
    for row in amounts:
        column = f"{row['component']}_count" if row["component"] else "person_count"
        count = chosen[column].to_numpy().astype(np.int64)
        if row["max_count"]:
            count = np.minimum(count, int(row["max_count"]))
        total += count * int(row["amount_idr"])
    return np.maximum(total, min(int(row["amount_idr"]) for row in amounts))


def _read_policy(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("geo") / "policy" / f"{name}.csv").read_text("utf-8").splitlines()))


def _in_force(row: dict[str, str], on: date) -> bool:
    return row["valid_from"] <= on.isoformat() and (not row["valid_to"] or on.isoformat() <= row["valid_to"])


def _standardised(values: np.ndarray) -> np.ndarray:
    return (values - values.mean()) / values.std()


def _spread(total: float, weight: np.ndarray, need: np.ndarray, part: np.ndarray) -> np.ndarray:
    """Divide places over kabupaten by their need and their history."""
    share = np.bincount(part, need, minlength=len(weight)) * weight
    return total * share / share.sum()


def _take(
    part: np.ndarray, merit: np.ndarray, units: np.ndarray, places: np.ndarray, allowed: np.ndarray
) -> np.ndarray:
    """Mark, in every part, the allowed with the highest merit for as long as there are places for their units."""
    rows = np.flatnonzero(allowed)
    rows = rows[np.lexsort((rows, -merit[rows], part[rows]))]
    running = np.cumsum(units[rows])
    first = np.searchsorted(part[rows], np.arange(len(places)))
    before = np.concatenate([[0], running])[first]
    chosen = np.zeros(len(part), dtype=bool)
    chosen[rows[running - before[part[rows]] <= places[part[rows]]]] = True
    return chosen
