"""The fictional register over its periods: families, their desil and their programs, from the older list onward."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from boundaries.levels import kind_of
from geo.synthetic.arrivals import Land, settle
from geo.synthetic.course import Course
from geo.synthetic.desa_aid import PROGRAM as DESA_AID
from geo.synthetic.desa_aid import DesaAid
from geo.synthetic.enrolment import decide, hold_places, list_enrolment, spread_places
from geo.synthetic.families import AreaEffect, draw_area_effects, rank_desil
from geo.synthetic.history import draw_history
from geo.synthetic.months import pass_month
from geo.synthetic.older_list import draw_older_list
from geo.synthetic.period_tables import PeriodTables, as_tables, written_score
from geo.synthetic.split import kode_on


@dataclass(frozen=True)
class Register:
    """A fictional register: its periods in order of time."""

    periods: dict[date, PeriodTables]


def draw_register(
    desa: pd.DataFrame, households: int, periods: list[date], seed: int, dtks: date | None = None
) -> Register:
    """Draw the whole register at once, as `draw_periods` does."""
    return Register(dict(draw_periods(desa, households, periods, seed, dtks)))


def draw_periods(
    desa: pd.DataFrame, households: int, periods: list[date], seed: int, dtks: date | None = None
) -> Iterator[tuple[date, PeriodTables]]:
    """Draw a register of about `households` families over `periods`, the same for the same arguments.

    `desa` has kode, geometry, remoteness and weight, and may have poverty_rate: then the families of each kabupaten
    are shifted so that this share of them lies below one line; and split_from: then families of that desa have the
    code of the old one until it was divided. Ids start with `99-` wherever the desa are. With `dtks`, a month before
    the others, the list of that time comes first: its families are among those of the first period, and what follows
    is the same with it and without.
    """
    desa = desa.sort_values("kode", ignore_index=True)
    # Each part has a stream of its own, so that a change to one leaves the others as they were.
    rng_area, rng_history, rng, rng_desa_aid, rng_dtks, rng_course = np.random.default_rng([seed, 2]).spawn(6)
    area = draw_area_effects(rng_area, desa)
    history = draw_history(rng_history, desa)
    is_kota = np.array([kind_of(kode) == "kota" for kode in history.kabupaten_kode])
    course = Course(rng_course, desa, history.kabupaten, is_kota, len(periods))
    land = Land(desa, area, history, course)
    desa_aid = DesaAid(rng_desa_aid, desa["kode"])
    owner = np.repeat(np.arange(len(desa)), _apportion(desa["weight"].to_numpy(), households))
    family = settle(rng, land, owner, 0, periods[0])
    if "poverty_rate" in desa:
        shift = _poverty_shift(family, desa, history.kabupaten)
        land = replace(land, area=AreaEffect(area.true + shift, area.seen + shift))
        for column in ("welfare", "seen", "score", "list_score"):
            family[column] += shift[family["desa"].to_numpy()]
    if dtks is not None:
        older = draw_older_list(rng_dtks, family, land, dtks)
        yield dtks, as_tables(
            older.family, older.desil, older.status_word, older.true_desil, older.enrolment, older.quota,
            kode_on(desa, dtks),
        )  # fmt: skip
    places = spread_places(family, history)
    for step, period in enumerate(periods):
        if step:
            family = pass_month(rng, family, land, step, periods[step - 1], period)
        received, quota = decide(rng, family, history, course, step, places)
        if not step:
            # The first period takes its lists over: hardly anyone on them is new.
            family = hold_places(family, received)
        listed = list_enrolment(rng, family, received, land.remoteness, period)
        desil = _rank_in_register(family)
        held = desa_aid.holds(family)
        helped = {DESA_AID: desa_aid.decide(family, desil, received["pkh"] | received["sembako"])}
        family[f"has_{DESA_AID}"] = held if step else helped[DESA_AID]
        helped_rows = list_enrolment(desa_aid.rng, family, helped, land.remoteness, period)
        listed = pd.concat([listed, helped_rows]).sort_values(["row", "program"], ignore_index=True)
        true_desil = rank_desil(family["welfare"].to_numpy())
        yield period, as_tables(family, desil, None, true_desil, listed, quota, kode_on(desa, period))
        family = hold_places(family, received)


def _rank_in_register(family: pd.DataFrame) -> np.ndarray:
    """Return the desil of each family by its score, 0 for those without one."""
    is_ranked = family["is_ranked"].to_numpy()
    desil = np.zeros(len(family), dtype=np.int16)
    desil[is_ranked] = rank_desil(written_score(family["score"])[is_ranked])
    return desil


def _apportion(weight: np.ndarray, total: int) -> np.ndarray:
    """Divide `total` by weight with the largest remainders; everyone has at least one."""
    share = weight / weight.sum() * total
    count = np.floor(share).astype(int)
    count[np.argsort(count - share, kind="stable")[: total - count.sum()]] += 1
    return np.maximum(count, 1)


def _poverty_shift(family: pd.DataFrame, desa: pd.DataFrame, kabupaten: np.ndarray) -> np.ndarray:
    """Return for each desa what brings its kabupaten's share below the line to the stated poverty rate."""
    rate = desa["poverty_rate"].groupby(kabupaten).mean()
    welfare = family["welfare"].groupby(kabupaten[family["desa"].to_numpy()])
    line = family["welfare"].quantile(float(desa["poverty_rate"].mean()))
    shift = {number: line - group.quantile(rate[number]) for number, group in welfare}
    return np.array([shift.get(number, 0.0) for number in kabupaten])
