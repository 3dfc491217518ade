"""The fictional register over its periods: families, their desil and their programs, and how a month changes them."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.synthetic.desa_aid import PROGRAM as DESA_AID
from geo.synthetic.desa_aid import DesaAid
from geo.synthetic.enrolment import PROGRAMS, decide, draw_history, draw_list_place, list_enrolment
from geo.synthetic.families import (
    ADMINDUK,
    AreaEffect,
    draw_area_effects,
    draw_families,
    rank_desil,
    rescore,
)
from geo.synthetic.older_list import draw_older_list
from geo.synthetic.places import scatter_points
from geo.tables import COMPONENTS

FICTIONAL_METADATA = {b"petadesil.fictional": b"true"}

# What changes from one period to the next.
_ENTRY_RATE = 0.005
_EXIT_RATE = 0.003
_REVISIT_RATE = 0.055
_TRUTH_DRIFT_SD = 0.008
_ENTRY_UNRANKED_RATE = 0.4
_RANKED_AT_REVISIT_RATE = 0.8
_CLEANED_RATE = 0.05

_NO_POINT_RATE = 0.03
_NEVER_VERIFIED_RATE = 0.015
_LONGEST_DAYS = 2_200


@dataclass(frozen=True)
class PeriodTables:
    """One period of a register, in the columns of its files; `truth` is never loaded."""

    household: pa.Table
    enrolment: pa.Table
    quota: pa.Table
    truth: pa.Table


@dataclass(frozen=True)
class Register:
    """A fictional register: its periods in order of time."""

    periods: dict[date, PeriodTables]


def draw_register(
    desa: pd.DataFrame, households: int, periods: list[date], seed: int, dtks: date | None = None
) -> Register:
    """Draw a register of about `households` families over `periods`, the same for the same arguments.

    `desa` has kode, geometry, remoteness and weight, and may have poverty_rate: then the families of each kabupaten
    are shifted so that this share of them lies below one line. Ids start with `99-` wherever the desa are. With
    `dtks`, a month before the others, the list of that time comes first: its families are among those of the first
    period, and what follows is the same with it and without.
    """
    desa = desa.sort_values("kode", ignore_index=True)
    # Each part has a stream of its own, so that a change to one leaves the others as they were.
    rng_area, rng_history, rng, rng_desa_aid, rng_dtks = np.random.default_rng([seed, 2]).spawn(5)
    area = draw_area_effects(rng_area, desa)
    history = draw_history(rng_history, desa)
    desa_aid = DesaAid(rng_desa_aid, desa["kode"])
    remoteness = desa["remoteness"].to_numpy()
    owner = np.repeat(np.arange(len(desa)), _apportion(desa["weight"].to_numpy(), households))
    family = _settle(rng, desa, area, owner, 0, periods[0])
    if "poverty_rate" in desa:
        shift = _poverty_shift(family, desa, history.kabupaten)
        area = AreaEffect(area.true + shift, area.seen + shift)
        for column in ("welfare", "seen", "score", "list_score"):
            family[column] += shift[family["desa"].to_numpy()]
    tables = {}
    if dtks is not None:
        older = draw_older_list(rng_dtks, family, history, remoteness, dtks)
        tables[dtks] = _as_tables(
            older.family, older.desil, older.status_word, older.true_desil, older.enrolment, older.quota, desa["kode"]
        )
    for step, period in enumerate(periods):
        if step:
            family = _change(rng, family, desa, area, periods[step - 1], period)
        received, quota = decide(rng, family, history, step)
        listed = list_enrolment(rng, family, received, remoteness, period)
        desil = _rank_in_register(family)
        family[f"has_{DESA_AID}"] = desa_aid.holds(family)
        helped = {DESA_AID: desa_aid.decide(family, desil, received["pkh"] | received["sembako"])}
        helped_rows = list_enrolment(desa_aid.rng, family, helped, remoteness, period)
        listed = pd.concat([listed, helped_rows]).sort_values(["row", "program"], ignore_index=True)
        tables[period] = _as_tables(
            family, desil, None, rank_desil(family["welfare"].to_numpy()), listed, quota, desa["kode"]
        )
        for program in PROGRAMS:
            family[f"has_{program}"] = received[program]
    return Register(tables)


def _rank_in_register(family: pd.DataFrame) -> np.ndarray:
    """Return the desil of each family by its score, 0 for those without one."""
    is_ranked = family["is_ranked"].to_numpy()
    desil = np.zeros(len(family), dtype=np.int16)
    desil[is_ranked] = rank_desil(_written(family["score"])[is_ranked])
    return desil


def _written(score: pd.Series) -> np.ndarray:
    """Return scores as files keep them, to six digits; desil are taken from what is kept: the file explains itself."""
    return score.to_numpy().round(6)


def _apportion(weight: np.ndarray, total: int) -> np.ndarray:
    """Divide `total` by weight with the largest remainders; everyone has at least one."""
    share = weight / weight.sum() * total
    count = np.floor(share).astype(int)
    count[np.argsort(count - share, kind="stable")[: total - count.sum()]] += 1
    return np.maximum(count, 1)


def _settle(
    rng: np.random.Generator, desa: pd.DataFrame, area: AreaEffect, owner: np.ndarray, first_serial: int, on: date
) -> pd.DataFrame:
    """Draw families with everything that they bring along: place, last visit, luck with programs."""
    family = draw_families(rng, desa, area, owner)
    size = len(owner)
    family["serial"] = np.arange(first_serial, first_serial + size)
    lon, lat = scatter_points(rng, desa["geometry"].to_numpy(), owner)
    unknown = rng.random(size) < _NO_POINT_RATE
    family["lon"], family["lat"] = np.where(unknown, np.nan, lon), np.where(unknown, np.nan, lat)
    remoteness = desa["remoteness"].to_numpy()[owner]
    age = 20 + rng.exponential(160 + 620 * remoteness**1.3)
    verified = np.int32((on - date(1970, 1, 1)).days) - np.minimum(age, _LONGEST_DAYS).astype(np.int32)
    family["verified"] = verified
    family["is_verified"] = rng.random(size) >= _NEVER_VERIFIED_RATE * (0.5 + 2 * remoteness)
    family["list_score"] = draw_list_place(rng, family["seen"].to_numpy())
    family["chance"] = rng.random(size)
    for program in PROGRAMS:
        family[f"luck_{program}"] = rng.normal(0, 1, size)
        family[f"has_{program}"] = False
    return family


def _poverty_shift(family: pd.DataFrame, desa: pd.DataFrame, kabupaten: np.ndarray) -> np.ndarray:
    """Return for each desa what brings its kabupaten's share below the line to the stated poverty rate."""
    rate = desa["poverty_rate"].groupby(kabupaten).mean()
    welfare = family["welfare"].groupby(kabupaten[family["desa"].to_numpy()])
    line = family["welfare"].quantile(float(desa["poverty_rate"].mean()))
    shift = {number: line - group.quantile(rate[number]) for number, group in welfare}
    return np.array([shift.get(number, 0.0) for number in kabupaten])


def _change(
    rng: np.random.Generator, family: pd.DataFrame, desa: pd.DataFrame, area: AreaEffect, before: date, on: date
) -> pd.DataFrame:
    """Return the families one period on: some left, some came, some were visited again; the truth moved a little."""
    last_serial = int(family["serial"].max())
    family = family[rng.random(len(family)) >= _EXIT_RATE].reset_index(drop=True)
    drift = rng.normal(0, _TRUTH_DRIFT_SD, len(family))
    family["welfare"] += drift
    family["seen"] += drift / 2
    remoteness = desa["remoteness"].to_numpy()[family["desa"].to_numpy()]
    revisited = rng.random(len(family)) < _REVISIT_RATE * (1.5 - remoteness)
    family.loc[revisited, "score"] = rescore(rng, family.loc[revisited, "seen"].to_numpy())
    family.loc[revisited, "list_score"] = family.loc[revisited, "score"]
    family.loc[revisited, "is_ranked"] |= rng.random(revisited.sum()) < _RANKED_AT_REVISIT_RATE
    start = (before - date(1970, 1, 1)).days
    visits = rng.integers(start, max((on - date(1970, 1, 1)).days, start + 1), revisited.sum())
    family.loc[revisited, "verified"] = visits.astype(np.int32)
    family.loc[revisited, "is_verified"] = True
    adminduk = family["adminduk"].to_numpy().copy()
    wrong = np.isin(adminduk, [ADMINDUK.index(name) for name in ("ganda", "pindah", "tidak_ditemukan")])
    adminduk[wrong & (rng.random(len(family)) < _CLEANED_RATE)] = ADMINDUK.index("aktif")
    family["adminduk"] = adminduk
    count = round(_ENTRY_RATE * len(family))
    owner = np.sort(rng.choice(family["desa"].to_numpy(), count))
    entry = _settle(rng, desa, area, owner, last_serial + 1, on)
    entry["is_ranked"] &= rng.random(count) >= _ENTRY_UNRANKED_RATE
    joined = pd.concat([family, entry], ignore_index=True)
    return joined.sort_values(["desa", "serial"], ignore_index=True)


def _as_tables(
    family: pd.DataFrame, desil: np.ndarray, status_word: np.ndarray | None, true_desil: np.ndarray,
    listed: pd.DataFrame, quota: pd.DataFrame, kode: pd.Series,
) -> PeriodTables:  # fmt: skip
    household_id = _ids(family["serial"].to_numpy())
    names = pa.array(kode.astype(object))
    desa = family["desa"].to_numpy()
    without_desil = desil == 0
    point = family["lon"].isna().to_numpy()
    household = pa.table({
        "household_id": household_id,
        "kode": names.take(pa.array(desa)),
        "desil": pa.array(desil, mask=without_desil),
        "status_word": pa.nulls(len(family), pa.string()) if status_word is None else pa.array(status_word),
        "score": pa.array(_written(family["score"]), mask=without_desil),
        "person_count": pa.array(family["person_count"].to_numpy()),
        **{f"{name}_count": pa.array(family[f"{name}_count"].to_numpy()) for name in COMPONENTS},
        "head_sex": pa.array(family["head_sex"]).cast(pa.string()),
        "adminduk": pa.array(ADMINDUK).take(pa.array(family["adminduk"].to_numpy())),
        "verified_on": pa.array(
            family["verified"].to_numpy(), mask=~family["is_verified"].to_numpy(), type=pa.int32()
        ).cast(pa.date32()),
        "lon": pa.array(family["lon"].to_numpy(), mask=point),
        "lat": pa.array(family["lat"].to_numpy(), mask=point),
    })
    rows = pa.array(listed["row"].to_numpy())
    enrolment = pa.table({
        "household_id": household["household_id"].take(rows),
        "kode": household["kode"].take(rows),
        "program": pa.array(listed["program"].astype(object)),
        "stage": pa.array(listed["stage"]).cast(pa.string()),
        "unit_count": pa.array(listed["unit_count"].to_numpy()),
        "amount_idr": pa.array(listed["amount_idr"].to_numpy(), type=pa.int64()),
        "funding": pa.array(listed["funding"].astype(object)),
    })
    truth = pa.table({
        "household_id": household_id,
        "kode": household["kode"],
        "welfare": pa.array(family["welfare"].to_numpy().round(6)),
        "desil": pa.array(true_desil),
    })
    quota_table = pa.table({
        "kode": pa.array(quota["kode"].astype(object)),
        "program": pa.array(quota["program"].astype(object)),
        "places_count": pa.array(quota["places_count"].to_numpy(), type=pa.int64()),
    })
    marked = [table.replace_schema_metadata(FICTIONAL_METADATA) for table in (household, enrolment, quota_table, truth)]
    return PeriodTables(*marked)


def _ids(serial: np.ndarray) -> pa.Array:
    digits = pc.utf8_lpad(pc.cast(pa.array(serial), pa.string()), width=8, padding="0")
    return pc.binary_join_element_wise(pa.scalar("99-"), digits, pa.scalar(""))
