"""The fictional register through its months: who comes, leaves and moves, and what becomes of single kabupaten."""

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from geo.synthetic.course import Course
from geo.synthetic.population import draw_register
from geo.synthetic.split import SPLIT_ON, describe_split, kode_on

PERIODS = [date(2026, month, 1) for month in range(5, 11)]
HOUSEHOLDS = 60_000
# The lots of this outline: the most remote, the third most remote, the middle, the nearest, and the nearer kota.
STALE, CAMPAIGN, CUT, BURST, ADDED = "99.01", "99.04", "99.09", "99.05", "99.72"


@pytest.fixture(scope="module")
def desa(drawn_outline):
    return drawn_outline


@pytest.fixture(scope="module")
def register(desa):
    return draw_register(desa, HOUSEHOLDS, PERIODS, seed=99)


@pytest.fixture(scope="module")
def months(register):
    return [register.periods[period].household.to_pandas() for period in PERIODS]


@pytest.fixture(scope="module")
def coverage(register, months):
    """Sembako's coverage by the rule of 2025, desil 1 to 5 and active; a row for each kabupaten, a column for each."""
    columns = {}
    for period, household in zip(PERIODS, months, strict=True):
        enrolment = register.periods[period].enrolment.to_pandas()
        received = household["household_id"].isin(enrolment["household_id"][enrolment["program"] == "sembako"])
        eligible = household["adminduk"].eq("aktif") & household["desil"].le(5)
        columns[period] = received[eligible].groupby(household["kode"][eligible].str[:5]).mean()
    return pd.DataFrame(columns)


def places(register, program: str) -> pd.DataFrame:
    return pd.DataFrame({
        period: register.periods[period].quota.to_pandas().set_index(["program", "kode"])["places_count"][program]
        for period in PERIODS
    })


def pairs(months: list[pd.DataFrame]) -> list[tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]]:
    return [(before, after, before.merge(after, on="household_id", suffixes=("", "_after")))
            for before, after in pairwise(months)]


def test_every_month_some_families_come_some_leave_and_some_change_their_desil(months):
    for before, after, both in pairs(months):
        assert 0.001 < 1 - len(both) / len(before) < 0.01
        assert 0.003 < 1 - len(both) / len(after) < 0.02
        ranked = both.dropna(subset=["desil", "desil_after"])
        moved = (ranked["desil"] != ranked["desil_after"]).mean()
        assert 0.02 < moved < 0.08
        assert (ranked["desil"] - ranked["desil_after"]).abs().gt(4).mean() < 0.002


def test_the_first_month_of_a_quarter_brings_more_scores_up_to_date(months):
    moved = []
    for _, _, both in pairs(months):
        ranked = both.dropna(subset=["desil", "desil_after"])
        moved.append((ranked["desil"] != ranked["desil_after"]).mean())
    june, july, august, september, october = moved
    assert min(july, october) > 1.2 * max(june, august, september)


def test_children_go_to_their_next_school_in_july_and_are_born_all_the_time(months):
    changed, born = [], []
    for _, _, both in pairs(months):
        changed.append((both["smp_count"] != both["smp_count_after"]).mean())
        born.append((both["person_count_after"] > both["person_count"]).mean())
    assert changed[1] > 0.05 and max(changed[:1] + changed[2:]) == 0
    assert all(0.002 < rate < 0.01 for rate in born)
    for month in months:
        assert (month[["child_0_6_count", "sd_count", "smp_count", "sma_count", "elderly_count"]].sum(axis=1)
                <= month["person_count"]).all()


def test_a_kabupaten_without_visits_grows_stale_and_covers_fewer(months, coverage):
    def old_rate(month: pd.DataFrame, period: date) -> pd.Series:
        age = (pd.Timestamp(period) - pd.to_datetime(month["verified_on"])).dt.days
        return (age.gt(730) | age.isna()).groupby(month["kode"].str[:5]).mean()

    change = old_rate(months[-1], PERIODS[-1]) - old_rate(months[0], PERIODS[0])
    assert change[STALE] > 0.08 and change.drop(STALE).max() < 0.05
    assert change[CAMPAIGN] < -0.04
    assert coverage[PERIODS[-1]][STALE] < coverage[PERIODS[0]][STALE] - 0.01


def test_coverage_improves_where_a_campaign_went_and_where_places_were_added(coverage):
    change = coverage[PERIODS[-1]] - coverage[PERIODS[0]]
    assert change[CAMPAIGN] > 0.025 and change[ADDED] > 0.012
    assert (coverage.loc[CAMPAIGN].diff().dropna() > -0.01).all()
    assert set(change.nlargest(2).index) == {CAMPAIGN, ADDED}


def test_a_cut_of_places_shows_in_its_month_and_only_there(register, coverage):
    quota = places(register, "sembako")
    assert quota[SPLIT_ON][CUT] / quota[PERIODS[2]][CUT] == pytest.approx(0.86, abs=0.03)
    assert (quota[SPLIT_ON] / quota[PERIODS[2]]).drop(CUT).min() > 0.97
    assert coverage[SPLIT_ON][CUT] < coverage[PERIODS[2]][CUT] - 0.03
    assert places(register, "pkh")[SPLIT_ON][CUT] / places(register, "pkh")[PERIODS[2]][CUT] > 0.97


def test_families_that_moved_in_have_no_places_yet(register, months, coverage):
    size = pd.DataFrame({period: month["kode"].str[:5].value_counts()
                         for period, month in zip(PERIODS, months, strict=True)})
    growth = size.pct_change(axis=1)[PERIODS[2]]
    assert growth[BURST] > 0.035 and growth.drop(BURST).max() < 0.01
    without_desil = [month["desil"].isna().groupby(month["kode"].str[:5]).mean()[BURST] for month in months]
    assert without_desil[-1] > 1.4 * without_desil[0]
    assert places(register, "sembako")[PERIODS[2]][BURST] < 1.02 * places(register, "sembako")[PERIODS[1]][BURST]
    assert coverage[PERIODS[-1]][BURST] < coverage[PERIODS[0]][BURST] - 0.015


def test_the_last_two_months_are_like_each_other(coverage):
    assert (coverage[PERIODS[-1]] - coverage[PERIODS[-2]]).abs().max() < 0.02


def test_hardly_anyone_is_new_in_the_first_month_either(register):
    stages = [register.periods[period].enrolment.to_pandas()["stage"].eq("tersalur").mean() for period in PERIODS]
    assert max(stages) - min(stages) < 0.006


def test_a_province_of_few_kabupaten_has_no_lots(desa):
    kabupaten = np.repeat([0, 1, 2], 10)
    course = Course(np.random.default_rng(1), desa.head(30), kabupaten, np.zeros(3, dtype=bool), 6)
    rows = np.arange(30)
    assert (course.use(5) == 1).all() and (course.stay(rows) == 1).all() and (course.arrival_rate(rows, 2) == 0).all()
    assert np.abs(course.places("pkh", 5) - 1).max() < 0.06


def test_a_desa_has_two_codes_from_the_day_of_its_split_and_one_before(desa, months):
    (new_kode,) = desa["kode"][desa["split_from"].notna()]
    (old_kode,) = desa["split_from"].dropna()
    assert new_kode[:8] == old_kode[:8]
    for period, month in zip(PERIODS, months, strict=True):
        size = month["kode"].value_counts()
        assert size.get(new_kode, 0) == 0 if period < SPLIT_ON else size[new_kode] > 10
        assert set(month["kode"]) == set(kode_on(desa, period))
    july, august, both = pairs(months)[2]
    went = both[both["kode"] != both["kode_after"]]
    assert set(went["kode"]) == {old_kode} and set(went["kode_after"]) == {new_kode}
    kecamatan = [month["kode"].str[:8].eq(new_kode[:8]).sum() for month in (july, august)]
    assert kecamatan[0] == pytest.approx(kecamatan[1], rel=0.05)


def test_the_succession_says_what_share_of_the_households_went(desa, register, months):
    (new_kode,) = desa["kode"][desa["split_from"].notna()]
    rows = describe_split(desa, register.periods[SPLIT_ON].household).to_pandas().set_index("new_kode")
    (old_kode,) = set(rows["old_kode"])
    size = months[3]["kode"].value_counts()
    assert rows["share"][new_kode] == pytest.approx(size[new_kode] / (size[new_kode] + size[old_kode]), abs=1e-4)
    assert rows["share"].sum() == pytest.approx(1) and 0.25 < rows["share"][new_kode] < 0.5
    assert set(rows["happened_on"]) == {SPLIT_ON} and rows["reference"].str.contains("FIKTIF").all()
