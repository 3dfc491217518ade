"""Families of the fictional register: who lives in them, how well they live, and how well the score sees it."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
import shapely

from boundaries.levels import KODE_LENGTH, Level, kind_of
from geo.tables import COMPONENTS

# True welfare is the logarithm of rupiah per head and month. Its variance comes in three parts: what the area says
# (about 0.03), what a proxy-means test can see of the family, and what it cannot. The score sees the second part with
# an error and most of the first, so that it explains about half of the variance of the truth.
_MEAN_WELFARE = 13.95
_SEEN_SD = 0.30
_UNSEEN_SD = 0.345
_SCORE_ERROR_SD = 0.13
_REMOTE_LOSS = 0.42
_AREA_SD = {Level.kabupaten: 0.065, Level.kecamatan: 0.06, Level.desa: 0.10}
# Welfare also comes in waves over the land that know no border, the longest as wide as the province.
_WAVE_SD = 0.085
_WAVES = 24
# A test knows the kabupaten and kecamatan, but only half of what sets one desa apart from the next.
_DESA_SEEN_SHARE = 0.5
# Kota are better off, and more alike than kabupaten are.
_KOTA_GAIN = 0.10
_KOTA_SD_SHARE = 0.3
_PERSON_LOSS = 0.085

_CHILD_SLOTS = 6
_MEAN_PERSONS = 3.07
ADMINDUK = ("aktif", "meninggal", "ganda", "pindah", "tidak_ditemukan", "asn_tni_polri")
_ASN_RATE = 0.04
# Shares of DTKS in 2021: 0.24 % dead, 1.1 % duplicates. The other two are assumed.
_ADMINDUK_RATE = {"meninggal": 0.0024, "ganda": 0.011, "pindah": 0.016, "tidak_ditemukan": 0.026}


@dataclass(frozen=True)
class AreaEffect:
    """What a desa adds to the welfare of its families, and what of it the score sees."""

    true: np.ndarray
    seen: np.ndarray


def draw_area_effects(rng: np.random.Generator, desa: pd.DataFrame) -> AreaEffect:
    """Draw waves over the land and effects of kabupaten, kecamatan and desa; remoteness takes welfare away."""
    remote = -_REMOTE_LOSS * (desa["remoteness"] - desa["remoteness"].mean()).to_numpy()
    effect = {}
    for level, deviation in _AREA_SD.items():
        part = pd.factorize(desa["kode"].str[: KODE_LENGTH[level]])[0]
        effect[level] = rng.normal(0, deviation, part.max() + 1)[part]
    is_kota = desa["kode"].str[: KODE_LENGTH[Level.kabupaten]].map(kind_of).eq("kota").to_numpy()
    kabupaten = np.where(is_kota, _KOTA_GAIN + _KOTA_SD_SHARE * effect[Level.kabupaten], effect[Level.kabupaten])
    shared = remote + _draw_waves(rng, desa) + kabupaten + effect[Level.kecamatan]
    return AreaEffect(shared + effect[Level.desa], shared + _DESA_SEEN_SHARE * effect[Level.desa])


def _draw_waves(rng: np.random.Generator, desa: pd.DataFrame) -> np.ndarray:
    """Return a smooth random value at each desa: a sum of waves of random direction, length and phase."""
    place = shapely.get_coordinates(shapely.centroid(desa["geometry"].to_numpy()))
    width = max(float(np.ptp(place, axis=0).max()), 1e-9)
    number = 2 * np.pi * rng.uniform(1, 3.5, _WAVES) / width
    direction = rng.uniform(0, 2 * np.pi, _WAVES)
    along = place @ np.vstack([np.cos(direction), np.sin(direction)]) * number
    return _WAVE_SD * np.sqrt(2 / _WAVES) * np.cos(along + rng.uniform(0, 2 * np.pi, _WAVES)).sum(axis=1)


def draw_families(
    rng: np.random.Generator, desa: pd.DataFrame, area: AreaEffect, owner: np.ndarray
) -> pd.DataFrame:
    """Draw one family for each entry of `owner`, a position in `desa`."""
    size = len(owner)
    means = rng.normal(0, 1, size)
    family = _draw_members(rng, means)
    family.insert(0, "desa", owner)
    remoteness = desa["remoteness"].to_numpy()[owner]
    family["adminduk"] = _draw_adminduk(rng, means, remoteness)
    seen = (
        _SEEN_SD * means
        - _PERSON_LOSS * (family["person_count"] - _MEAN_PERSONS)
        - 0.12 * family["disability_count"]
        - 0.08 * (family["head_sex"] == "P")
        + 0.12 * (family["adminduk"] == ADMINDUK.index("asn_tni_polri"))
    ).to_numpy()
    family["welfare"] = _MEAN_WELFARE + area.true[owner] + seen + rng.normal(0, _UNSEEN_SD, size)
    family["seen"] = _MEAN_WELFARE + area.seen[owner] + seen
    family["score"] = family["seen"] + rng.normal(0, _SCORE_ERROR_SD, size)
    family["is_ranked"] = rng.random(size) >= 0.02 + 0.035 * remoteness
    return family


def rescore(rng: np.random.Generator, seen: np.ndarray) -> np.ndarray:
    """Return the scores of families that were visited again: the same sight, a new error."""
    return seen + rng.normal(0, _SCORE_ERROR_SD, len(seen))


def rank_desil(values: np.ndarray) -> np.ndarray:
    """Return desil 1 (lowest) to 10 of each value within all of them; equal values keep their order."""
    rank = np.empty(len(values), dtype=np.int64)
    rank[np.argsort(values, kind="stable")] = np.arange(len(values))
    return (1 + rank * 10 // max(len(values), 1)).astype(np.int16)


def _draw_members(rng: np.random.Generator, means: np.ndarray) -> pd.DataFrame:
    """Draw heads, couples, children by age and grandparents; poorer families have more children."""
    size = len(means)
    head_age = np.clip(21 + rng.gamma(3.0, 9.2, size), 18, 92)
    is_couple = rng.random(size) < np.where(head_age > 64, 0.56, 0.85)
    is_woman = rng.random(size) < np.where(is_couple, 0.015, 0.80)
    spouse_age = head_age + rng.normal(np.where(is_woman, 3, -4), 4, size)
    born = np.minimum(rng.poisson(np.exp(0.86 - 0.13 * means) * np.where(is_couple, 1, 0.75)), _CHILD_SLOTS)
    age = head_age[:, None] - rng.uniform(20, 42, (size, _CHILD_SLOTS))
    stays = rng.random((size, _CHILD_SLOTS)) < np.select([age < 0, age < 18, age < 28], [0, 1, 0.5], 0.08)
    is_home = stays & (np.arange(_CHILD_SLOTS) < born[:, None])
    at_school = rng.random((size, _CHILD_SLOTS))
    grandparents = ((rng.random(size) < 0.055) & (head_age < 60)).astype(int)
    person_count = 1 + is_couple + is_home.sum(axis=1) + grandparents

    def children(low: float, high: float, school_rate: np.ndarray | float) -> np.ndarray:
        rate = np.broadcast_to(np.asarray(school_rate), (size,))[:, None]
        return (is_home & (age >= low) & (age < high) & (at_school < rate)).sum(axis=1)

    is_fertile = is_couple & (np.where(is_woman, head_age, spouse_age) < 45)
    counts = {
        "pregnant": (rng.random(size) < 0.055) & is_fertile,
        "child_0_6": children(0, 7, 1.0),
        "sd": children(7, 13, 0.985),
        "smp": children(13, 16, np.clip(0.94 + 0.03 * means, 0, 1)),
        "sma": children(16, 19, np.clip(0.80 + 0.07 * means, 0, 1)),
        "elderly": (head_age >= 60).astype(int) + (is_couple & (spouse_age >= 60)) + grandparents,
        "disability": rng.binomial(person_count, np.clip(0.009 * np.exp(-0.35 * means), 0, 1)),
    }
    family = pd.DataFrame({"person_count": person_count.astype(np.int16)})
    for component in COMPONENTS:
        family[f"{component}_count"] = counts[component].astype(np.int16)
    family["head_sex"] = pd.Categorical.from_codes(is_woman.astype(np.int8), categories=["L", "P"])
    return family


def _draw_adminduk(rng: np.random.Generator, means: np.ndarray, remoteness: np.ndarray) -> np.ndarray:
    """Return positions in ADMINDUK; civil servants, soldiers and police are mostly well off, the lost mostly far."""
    slope = 1.1
    is_asn = rng.random(len(means)) < _ASN_RATE * np.exp(slope * means - slope**2 / 2)
    far = 0.6 + 1.1 * remoteness
    draw = rng.random(len(means))
    status = np.zeros(len(means), dtype=np.int8)
    floor = np.zeros(len(means))
    for name, rate in _ADMINDUK_RATE.items():
        ceiling = floor + rate * (far if name == "tidak_ditemukan" else 1.0)
        status[(draw >= floor) & (draw < ceiling)] = ADMINDUK.index(name)
        floor = ceiling
    status[is_asn & (status == 0)] = ADMINDUK.index("asn_tni_polri")
    return status
