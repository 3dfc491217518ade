"""How a month changes families: some leave, some come, children grow, some are visited, the truth drifts a little."""

from datetime import date

import numpy as np
import pandas as pd

from geo.synthetic.arrivals import Land, days_of, settle
from geo.synthetic.families import ADMINDUK, rescore

_ENTRY_RATE = 0.005
_EXIT_RATE = 0.003
_REVISIT_RATE = 0.055
_TRUTH_DRIFT_SD = 0.008
_ENTRY_UNRANKED_RATE = 0.4
_RANKED_AT_REVISIT_RATE = 0.8
_CLEANED_RATE = 0.05
# Who moves in where there is work is poorer than the neighbours, in log rupiah.
_ARRIVAL_LOSS = 0.22
_MONTHS_TO_BIRTH = 9
_DEATH_RATE = 0.003
_SCHOOL_MONTH = 7
# Each July these shares of a stage's children have come to its end, and so many of them go on.
_SCHOOL_STEPS = (("child_0_6", "sd", 1 / 7, 0.985), ("sd", "smp", 1 / 6, 0.96), ("smp", "sma", 1 / 3, 0.84),
                 ("sma", None, 1 / 3, 0.0))  # fmt: skip


def pass_month(
    rng: np.random.Generator, family: pd.DataFrame, land: Land, step: int, before: date, on: date
) -> pd.DataFrame:
    """Return the families one period on, in the order of their desa."""
    last_serial = int(family["serial"].max())
    family = family[rng.random(len(family)) >= _EXIT_RATE].reset_index(drop=True)
    drift = rng.normal(0, _TRUTH_DRIFT_SD, len(family))
    family["welfare"] += drift
    family["seen"] += drift / 2
    _grow_older(rng, family, on)
    _visit(rng, family, land, before, on)
    adminduk = family["adminduk"].to_numpy().copy()
    wrong = np.isin(adminduk, [ADMINDUK.index(name) for name in ("ganda", "pindah", "tidak_ditemukan")])
    adminduk[wrong & (rng.random(len(family)) < _CLEANED_RATE)] = ADMINDUK.index("aktif")
    family["adminduk"] = adminduk
    desa = family["desa"].to_numpy()
    usual = rng.choice(desa, round(_ENTRY_RATE * len(family)))
    drawn = desa[rng.random(len(desa)) < land.course.arrival_rate(desa, step)]
    owner = np.concatenate([usual, drawn])
    order = np.argsort(owner, kind="stable")
    entry = settle(rng, land, owner[order], last_serial + 1, on)
    entry["is_ranked"] &= rng.random(len(entry)) >= _ENTRY_UNRANKED_RATE
    is_drawn = order >= len(usual)
    for column in ("welfare", "seen", "score", "list_score"):
        entry[column] -= _ARRIVAL_LOSS * is_drawn
    joined = pd.concat([family, entry], ignore_index=True)
    return joined.sort_values(["desa", "serial"], ignore_index=True)


def _visit(rng: np.random.Generator, family: pd.DataFrame, land: Land, before: date, on: date) -> None:
    """Give those who were visited a new score and a new place on the lists."""
    desa = family["desa"].to_numpy()
    rate = _REVISIT_RATE * (1.5 - land.remoteness[desa]) * land.course.visits(desa, on)
    revisited = rng.random(len(family)) < rate
    family.loc[revisited, "score"] = rescore(rng, family.loc[revisited, "seen"].to_numpy())
    family.loc[revisited, "list_score"] = family.loc[revisited, "score"]
    family.loc[revisited, "is_ranked"] |= rng.random(revisited.sum()) < _RANKED_AT_REVISIT_RATE
    start = days_of(before)
    visits = rng.integers(start, max(days_of(on), start + 1), revisited.sum())
    family.loc[revisited, "verified"] = visits.astype(np.int32)
    family.loc[revisited, "is_verified"] = True


def _grow_older(rng: np.random.Generator, family: pd.DataFrame, on: date) -> None:
    """Let children be born and old people die; in July, children go from one school to the next."""
    counts = {
        name: family[f"{name}_count"].to_numpy().astype(np.int64)
        for name in ("person", "pregnant", "child_0_6", "sd", "smp", "sma", "elderly")
    }
    born = (counts["pregnant"] > 0) & (rng.random(len(family)) < 1 / _MONTHS_TO_BIRTH)
    # About as many families expect a child as have just had one.
    may_expect = (counts["pregnant"] == 0) & (counts["child_0_6"] > 0) & ~born
    expecting = may_expect & (rng.random(len(family)) < born.sum() / max(may_expect.sum(), 1))
    counts["pregnant"] += expecting.astype(np.int64) - born
    counts["child_0_6"] += born
    died = (counts["elderly"] > 0) & (counts["person"] > 1) & (rng.random(len(family)) < _DEATH_RATE)
    counts["elderly"] -= died
    counts["person"] += born.astype(np.int64) - died
    if on.month == _SCHOOL_MONTH:
        moving = {stage: rng.binomial(counts[stage], rate) for stage, _, rate, _ in _SCHOOL_STEPS}
        for stage, following, _, kept in _SCHOOL_STEPS:
            counts[stage] -= moving[stage]
            if following:
                counts[following] += rng.binomial(moving[stage], kept)
    for name, count in counts.items():
        family[f"{name}_count"] = count.astype(np.int16)
