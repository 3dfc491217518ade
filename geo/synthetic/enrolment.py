"""Who receives PKH, Sembako, PBI-JKN and PIP in the fictional register: places by history, lists old and uneven."""

import csv
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import pandas as pd

from geo.entitlement import PUPILS
from geo.synthetic.course import Course
from geo.synthetic.families import ADMINDUK
from geo.synthetic.history import PROGRAMS, History, read_calibration
from geo.tables import COMPONENTS

STAGES = ("ditetapkan", "tersalur", "gagal")
# How strongly the list holds to those already on it.
_STAY = 3.2
_DISLIKE = {"asn_tni_polri": 3.0, "meninggal": 1.4, "tidak_ditemukan": 1.5, "pindah": 1.0, "ganda": 0.6}
_UNRANKED_LOSS = 1.0
_LOST_COMPONENT_RATE = 0.02
_PLACES_GROWTH = 1.003
# Schools and the list of PKH both propose pupils; of some families with several, one pupil is left out.
_PKH_GAIN = 0.8
_ONE_LEFT_OUT_RATE = 0.22


def draw_list_place(rng: np.random.Generator, seen: np.ndarray) -> np.ndarray:
    """Return how poor an older list says each family is, with that list's own error."""
    return seen + rng.normal(0, 0.18, len(seen))


def spread_places(family: pd.DataFrame, history: History) -> dict[str, np.ndarray]:
    """Divide the places of each program over the kabupaten by the need of all families there and by history.

    They are divided once: places do not follow families that come later.
    """
    part = history.kabupaten[family["desa"].to_numpy()]
    need = 1 / (1 + np.exp(-2.5 * _poverty(family)))
    places = {}
    for program, fit in read_calibration().items():
        units = _pupils(family) if program == "pip" else _units(family, program)
        weight = history.weight[program]
        share = np.bincount(part, need * units, minlength=len(weight)) * weight
        places[program] = fit.received_rate * units.sum() * share / share.sum()
    return places


def decide(
    rng: np.random.Generator, family: pd.DataFrame, history: History, course: Course, step: int,
    places: dict[str, np.ndarray], allowed: np.ndarray | None = None,
) -> tuple[dict[str, np.ndarray], pd.DataFrame]:  # fmt: skip
    """Return who receives each program at the given step (0 is the first period), and the places of each kabupaten.

    A family keeps its place unless it falls far down the list; `family` has `has_<program>` from the step before.
    `places` are those of the first step, from `spread_places`; they go to the `allowed` families, to all when it is
    None.
    """
    calibration = read_calibration()
    desa = family["desa"].to_numpy()
    part = history.kabupaten[desa]
    units = {program: _units(family, program) for program in PROGRAMS}
    poor = _poverty(family)
    dislike = np.array([_DISLIKE.get(status, 0.0) for status in ADMINDUK])[family["adminduk"].to_numpy()]
    has_component = family[[f"{name}_count" for name in COMPONENTS]].to_numpy().sum(axis=1) > 0
    has_lost = family["chance"].to_numpy() < _LOST_COMPONENT_RATE
    has_component |= has_lost
    everyone = np.full(len(family), True) if allowed is None else allowed
    stay = _STAY * course.stay(desa)
    received: dict[str, np.ndarray] = {}
    quota = []
    for program in PROGRAMS:
        fit = calibration[program]
        merit = poor + history.habit[program][desa] - dislike - _UNRANKED_LOSS * ~family["is_ranked"].to_numpy()
        merit = merit + fit.noise * family[f"luck_{program}"].to_numpy() + stay * family[f"has_{program}"].to_numpy()
        merit = merit + rng.normal(0, 0.15, len(family))
        given = places[program] * course.places(program, step)
        filled = np.round(given * course.use(step))
        known = np.ceil(given / history.fill[program] * _PLACES_GROWTH**step).astype(np.int64)
        if fit.inside_rate is None:
            candidates = everyone
            if program == "pbi_jkn":
                merit = merit + 0.7 * received["sembako"]
            elif program == "pip":
                merit = merit + _PKH_GAIN * received["pkh"]
                candidates = everyone & ((_pupils(family) > 0) | has_lost)
            chosen = _take(part, merit, units[program], filled, candidates)
        else:
            inside = received["sembako"] & has_component
            chosen = _take(part, merit, units[program], np.round(filled * fit.inside_rate), inside)
            left = filled - np.bincount(part[chosen], minlength=len(filled))
            left = np.minimum(left, np.round(filled * (1 - fit.inside_rate)))
            chosen |= _take(part, merit, units[program], left, everyone & has_component & ~received["sembako"])
        received[program] = chosen
        quota.append(pd.DataFrame({"kode": history.kabupaten_kode, "program": program, "places_count": known}))
    return received, pd.concat(quota, ignore_index=True).sort_values(["kode", "program"], ignore_index=True)


def hold_places(family: pd.DataFrame, received: dict[str, np.ndarray]) -> pd.DataFrame:
    """Return the families with `has_<program>` for those who received."""
    return family.assign(**{f"has_{program}": is_received for program, is_received in received.items()})


def list_enrolment(
    rng: np.random.Generator, family: pd.DataFrame, received: dict[str, np.ndarray], remoteness: np.ndarray, on: date
) -> pd.DataFrame:
    """Return a row for each household and program.

    Columns: `row` (position in family), program, stage, unit_count, amount_idr and funding.
    """
    funding = {row["program"]: row["funding"] for row in _read_policy("program_rule") if _in_force(row, on)}
    parts = []
    for program, is_received in received.items():
        rows = np.flatnonzero(is_received)
        chosen = family.iloc[rows]
        failed = 0.012 + 0.035 * remoteness[chosen["desa"].to_numpy()]
        draw = rng.random(len(rows))
        # New recipients wait longer for their first payment.
        waiting = np.where(chosen[f"has_{program}"], 0.03, 0.06)
        stage = np.where(draw < failed, 2, np.where(draw < failed + waiting, 0, 1))
        parts.append(pd.DataFrame({
            "row": rows,
            "program": program,
            "stage": pd.Categorical.from_codes(stage, categories=list(STAGES)),
            "unit_count": _units(chosen, program).astype(np.int16),
            "amount_idr": _year_amount(chosen, program, on),
            "funding": funding[program],
        }))
    return pd.concat(parts, ignore_index=True).sort_values(["row", "program"], ignore_index=True)


def _units(family: pd.DataFrame, program: str) -> np.ndarray:
    """Return the units that each family receives when it receives: itself, its persons, or most of its pupils."""
    if program == "pbi_jkn":
        return family["person_count"].to_numpy().astype(np.int64)
    if program == "pip":
        # Who has no pupil any more is still paid for one.
        return np.maximum(sum(_supported_pupils(family).values()), 1)
    return np.ones(len(family), dtype=np.int64)


def _supported_pupils(family: pd.DataFrame) -> dict[str, np.ndarray]:
    """Return the pupils of each stage that PIP supports in each family; the one left out is of the highest stage."""
    counts = {stage: family[f"{stage}_count"].to_numpy().astype(np.int64) for stage in PUPILS}
    # A share of its own from the family's one chance.
    draw = np.modf(family["chance"].to_numpy() * 97)[0]
    is_left_out = (sum(counts.values()) > 1) & (draw < _ONE_LEFT_OUT_RATE)
    for stage in reversed(PUPILS):
        dropped = is_left_out & (counts[stage] > 0)
        counts[stage] -= dropped
        is_left_out &= ~dropped
    return counts


def _year_amount(chosen: pd.DataFrame, program: str, on: date) -> np.ndarray:
    """Return a year's rupiah of each family by the benefits in force; at least the smallest benefit there is."""
    amounts = [row for row in _read_policy("program_benefit") if row["program"] == program and _in_force(row, on)]
    total = np.zeros(len(chosen), dtype=np.int64)
    supported = _supported_pupils(chosen) if program == "pip" else {}
    for row in amounts:
        column = f"{row['component']}_count" if row["component"] else "person_count"
        count = supported.get(row["component"], chosen[column].to_numpy().astype(np.int64))
        if row["max_count"]:
            count = np.minimum(count, int(row["max_count"]))
        total += count * int(row["amount_idr"])
    return np.maximum(total, min(int(row["amount_idr"]) for row in amounts))


@cache
def _read_policy(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("geo") / "policy" / f"{name}.csv").read_text("utf-8").splitlines()))


def _in_force(row: dict[str, str], on: date) -> bool:
    return row["valid_from"] <= on.isoformat() and (not row["valid_to"] or on.isoformat() <= row["valid_to"])


def _poverty(family: pd.DataFrame) -> np.ndarray:
    """Return how poor the old lists say each family is, in standard deviations above the mean."""
    score = family["list_score"].to_numpy()
    return (score.mean() - score) / score.std()


def _pupils(family: pd.DataFrame) -> np.ndarray:
    return sum(family[f"{stage}_count"].to_numpy().astype(np.int64) for stage in PUPILS)


def _take(
    part: np.ndarray, merit: np.ndarray, units: np.ndarray, places: np.ndarray, allowed: np.ndarray
) -> np.ndarray:
    """Mark, in every part, the allowed with the highest merit for as long as there are places for their units."""
    rows = np.flatnonzero(allowed)
    rows = rows[np.lexsort((-merit[rows], part[rows]))]
    running = np.cumsum(units[rows])
    first = np.searchsorted(part[rows], np.arange(len(places)))
    before = np.concatenate([[0], running])[first]
    chosen = np.zeros(len(part), dtype=bool)
    chosen[rows[running - before[part[rows]] <= places[part[rows]]]] = True
    return chosen
