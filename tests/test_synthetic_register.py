"""The fictional register: rates like the public figures, errors where they are meant to be, the truth kept aside."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as parquet
import pytest
import shapely

from geo.register_read import COLUMNS
from geo.synthetic.population import draw_register
from geo.synthetic.writing import write_register
from geo.tables import COMPONENTS

PERIODS = [date(2026, 9, 1), date(2026, 10, 1)]
DTKS = date(2025, 3, 1)
HOUSEHOLDS = 60_000


@pytest.fixture(scope="module")
def desa(drawn_outline):
    return drawn_outline


@pytest.fixture(scope="module")
def register(desa):
    return draw_register(desa, HOUSEHOLDS, PERIODS, seed=99, dtks=DTKS)


@pytest.fixture(scope="module")
def household(register):
    return register.periods[PERIODS[0]].household.to_pandas()


@pytest.fixture(scope="module")
def truth(register):
    return register.periods[PERIODS[0]].truth.to_pandas()


@pytest.fixture(scope="module")
def enrolment(register):
    return register.periods[PERIODS[0]].enrolment.to_pandas()


def remoteness_of(frame: pd.DataFrame, desa: pd.DataFrame) -> pd.Series:
    return frame["kode"].map(desa.set_index("kode")["remoteness"])


def is_eligible(household: pd.DataFrame, program: str) -> pd.Series:
    """The rules of 2025, written out by hand: active, desil up to 4 with a component, or up to 5."""
    eligible = household["adminduk"].eq("aktif") & household["desil"].le(4 if program in ("pkh", "pip") else 5)
    if program == "pkh":
        eligible &= household[[f"{name}_count" for name in COMPONENTS]].sum(axis=1) > 0
    if program == "pip":
        eligible &= pupils_of(household) > 0
    return eligible


def pupils_of(household: pd.DataFrame) -> pd.Series:
    return household["sd_count"] + household["smp_count"] + household["sma_count"]


def units_of(household: pd.DataFrame, program: str) -> pd.Series:
    if program == "pip":
        return pupils_of(household)
    return household["person_count"] if program == "pbi_jkn" else pd.Series(1, household.index)


def test_household_file_has_the_columns_and_types_that_the_loader_reads(register):
    for tables in register.periods.values():
        assert tuple(tables.household.column_names) == COLUMNS["household"]
        assert tuple(tables.enrolment.column_names) == COLUMNS["enrolment"]
        assert tuple(tables.quota.column_names) == COLUMNS["quota"]
        schema = tables.household.schema
        assert schema.field("desil").type == pa.int16()
        assert schema.field("person_count").type == pa.int16()
        assert schema.field("score").type == pa.float64()
        assert schema.field("verified_on").type == pa.date32()
        assert tables.enrolment.schema.field("amount_idr").type == pa.int64()
        assert all(field.type == pa.string() for field in schema if field.name in {"household_id", "kode", "adminduk"})


def test_ids_are_unique_and_cannot_be_taken_for_a_nik(household):
    assert household["household_id"].is_unique
    assert household["household_id"].str.fullmatch(r"99-\d{8}").all()


def test_households_are_as_many_as_asked_and_every_desa_has_some(household, desa):
    assert len(household) == pytest.approx(HOUSEHOLDS, rel=0.002)
    assert set(household["kode"]) == set(desa["kode"])


def test_points_lie_inside_their_desa(household, desa):
    placed = household.dropna(subset="lon")
    assert 0.94 < len(placed) / len(household) < 0.99
    polygons = desa.set_index("kode").geometry.reindex(placed["kode"]).to_numpy()
    assert shapely.contains_xy(polygons, placed["lon"], placed["lat"]).mean() > 0.9999


def test_desil_are_tenths_of_the_province_by_score(household):
    ranked = household.dropna(subset="desil")
    shares = ranked["desil"].value_counts(normalize=True)
    assert sorted(shares.index) == list(range(1, 11))
    assert shares.between(0.0995, 0.1005).all()
    assert (ranked.groupby("desil")["score"].max().to_numpy()[:-1]
            <= ranked.groupby("desil")["score"].min().to_numpy()[1:]).all()
    assert 0.02 < household["desil"].isna().mean() < 0.05
    assert household["score"].isna().equals(household["desil"].isna())


def test_the_score_explains_about_half_of_the_variance_of_the_truth(household, truth):
    assert household["household_id"].equals(truth["household_id"])
    seen = household["score"].notna()
    assert 0.42 < np.corrcoef(household["score"][seen], truth["welfare"][seen])[0, 1] ** 2 < 0.58
    wrong = (household["desil"][seen] != truth["desil"][seen]).mean()
    assert 0.6 < wrong < 0.9


def test_welfare_is_alike_among_neighbours_and_lower_far_away(household, truth, desa):
    between = {length: truth["welfare"].groupby(truth["kode"].str[:length]).mean().std() for length in (5, 8, 13)}
    total = truth["welfare"].std()
    assert 0.12 < between[5] < between[13] < 0.6 * total
    assert np.corrcoef(remoteness_of(truth, desa), truth["welfare"])[0, 1] < -0.08


def test_poor_families_are_larger_with_more_children_and_disability(household):
    low, high = household[household["desil"] <= 2], household[household["desil"] >= 9]
    for column in ("person_count", "child_0_6_count", "disability_count"):
        assert low[column].mean() > 1.3 * high[column].mean()
    assert 2.9 < household["person_count"].mean() < 3.3
    components = household[[f"{name}_count" for name in COMPONENTS if name not in ("disability", "pregnant")]]
    assert (components.sum(axis=1) <= household["person_count"]).all()


def test_adminduk_has_the_public_rates_and_civil_servants_are_mostly_well_off(household):
    rates = household["adminduk"].value_counts(normalize=True)
    assert rates["meninggal"] == pytest.approx(0.0024, abs=0.001)
    assert rates["ganda"] == pytest.approx(0.011, abs=0.002)
    assert 0.03 < rates["asn_tni_polri"] < 0.05
    asn = household["desil"][household["adminduk"] == "asn_tni_polri"]
    assert (asn >= 7).mean() > 0.7 and (asn <= 3).any()


def test_verification_is_older_in_remote_desa(household, desa):
    age = (pd.Timestamp(PERIODS[0]) - pd.to_datetime(household["verified_on"])).dt.days
    far = remoteness_of(household, desa) > desa["remoteness"].median()
    assert age.min() > 0
    assert age[far].median() > 1.3 * age[~far].median()
    assert 0 < household["verified_on"].isna().mean() < 0.05


@pytest.mark.parametrize(
    ("program", "rate"),
    [("pkh", 10.0 / 93.0), ("sembako", 18.3 / 93.0), ("pbi_jkn", 96.8 / 285.6), ("pip", 18.6 / 50.0)],
)
def test_recipients_are_as_many_as_the_public_figures_say(household, enrolment, program, rate):
    units = units_of(household, program)
    listed = enrolment[enrolment["program"] == program]
    assert listed["unit_count"].sum() / units.sum() == pytest.approx(rate, rel=0.02)
    assert not listed["household_id"].duplicated().any()


def test_pkh_and_sembako_overlap_as_the_public_figures_say(household, enrolment):
    pkh, sembako = (set(enrolment["household_id"][enrolment["program"] == name]) for name in ("pkh", "sembako"))
    assert len(pkh & sembako) / len(household) == pytest.approx(9.60 / 93, rel=0.02)
    assert len(pkh - sembako) / len(household) == pytest.approx(0.40 / 93, rel=0.1)
    assert len(sembako - pkh) / len(household) == pytest.approx(8.68 / 93, rel=0.03)


@pytest.mark.parametrize(
    ("program", "coverage", "inclusion"),
    [
        ("pkh", (0.24, 0.36), (0.08, 0.25)),
        ("sembako", (0.30, 0.42), (0.10, 0.25)),
        ("pbi_jkn", (0.50, 0.66), (0.10, 0.20)),
    ],
)
def test_coverage_has_gaps_and_leaks_and_more_gaps_far_away(household, enrolment, desa, program, coverage, inclusion):
    units = units_of(household, program)
    listed = household["household_id"].isin(enrolment["household_id"][enrolment["program"] == program])
    eligible = is_eligible(household, program)
    assert coverage[0] < units[listed & eligible].sum() / units[eligible].sum() < coverage[1]
    assert inclusion[0] < units[listed & ~eligible].sum() / units[listed].sum() < inclusion[1]
    far = remoteness_of(household, desa) > desa["remoteness"].median()

    def rate(where):
        return units[listed & eligible & where].sum() / units[eligible & where].sum()

    assert rate(~far) - rate(far) > 0.02
    reached, meant = (units.where(who, 0).groupby(household["kode"]).sum() for who in (listed & eligible, eligible))
    assert (reached / meant).std() > 0.08


def test_places_are_never_fewer_than_recipients_and_uneven_between_kabupaten(register, household):
    for tables in (register.periods[period] for period in PERIODS):
        listed, quota = tables.enrolment.to_pandas(), tables.quota.to_pandas()
        received = listed.groupby([listed["kode"].str[:5], "program"])["unit_count"].sum()
        places = quota.set_index(["kode", "program"])["places_count"]
        # Desa pay BLT Dana Desa from what they have: nobody sets places for it.
        received = received.drop("blt_dd", level="program")
        assert set(places.index) == set(received.index)
        assert (places >= received.reindex(places.index)).all()
    unused = 1 - received.reindex(places.index) / places
    assert (unused > 0.05).any() and (unused < 0.02).any()
    for program in ("pkh", "sembako", "pbi_jkn"):
        eligible = units_of(household, program)[is_eligible(household, program)]
        per_eligible = places.xs(program, level="program") / eligible.groupby(household["kode"].str[:5]).sum()
        assert per_eligible.max() > 1.4 * per_eligible.min()
        assert per_eligible.min() < 0.7


def test_pip_supports_pupils_most_of_a_family_and_many_of_pkh(household, enrolment):
    pip = enrolment[enrolment["program"] == "pip"].merge(household, on="household_id")
    pupils = pupils_of(pip)
    has_pupil = pupils > 0
    assert 0.9 < has_pupil.mean() < 1, "a few have left school and are still paid"
    assert (pip["unit_count"] <= pupils)[has_pupil].all() and pip["unit_count"][~has_pupil].eq(1).all()
    several = pupils > 1
    assert pip["unit_count"][pupils == 1].eq(1).all()
    assert 0.15 < (pip["unit_count"] == pupils - 1)[several].mean() < 0.3
    assert ((pip["unit_count"] >= pupils - 1) | ~has_pupil).all()
    pkh = set(enrolment["household_id"][enrolment["program"] == "pkh"])
    assert 0.3 < pip["household_id"].isin(pkh).mean() < 0.6
    # A year of one pupil in SD is Rp 450,000, in SMP 750,000, in SMA 1,800,000; the one left out is the eldest.
    wide = pip.astype({"sd_count": "int64", "smp_count": "int64", "sma_count": "int64"})
    whole = wide[wide["unit_count"] == pupils]
    by_hand = 450_000 * whole["sd_count"] + 750_000 * whole["smp_count"] + 1_800_000 * whole["sma_count"]
    assert (whole["amount_idr"] == by_hand).all()
    short = wide[(wide["unit_count"] == pupils - 1) & wide["sma_count"].eq(1) & has_pupil]
    assert (short["amount_idr"] == 450_000 * short["sd_count"] + 750_000 * short["smp_count"])[
        short["unit_count"] > 0].all()


def test_most_enrolment_is_paid_and_some_waits_or_fails(enrolment):
    stages = enrolment["stage"].value_counts(normalize=True)
    assert stages["tersalur"] > 0.85
    assert 0.02 < stages["ditetapkan"] < 0.10
    assert 0.01 < stages["gagal"] < 0.06


def test_amounts_follow_the_benefits_of_the_policy_tables(household, enrolment):
    rows = enrolment.merge(household, on="household_id")
    assert rows.loc[rows["program"] == "sembako", "amount_idr"].eq(2_400_000).all()
    pbi = rows[rows["program"] == "pbi_jkn"]
    assert pbi["unit_count"].eq(pbi["person_count"]).all()
    assert pbi["amount_idr"].eq(504_000 * pbi["person_count"].astype("int64")).all()
    only_sd = rows[[f"{name}_count" for name in COMPONENTS]].sum(axis=1).eq(rows["sd_count"]) & rows["sd_count"].gt(0)
    pkh = rows[rows["program"].eq("pkh") & only_sd].astype({"sd_count": "int64"})
    assert len(pkh) > 0 and pkh["amount_idr"].eq(900_000 * pkh["sd_count"].clip(upper=2)).all()


def test_a_month_changes_a_little_and_the_truth_less(register):
    first, second = (register.periods[period] for period in PERIODS)
    both = first.household.to_pandas().merge(second.household.to_pandas(), on="household_id", suffixes=("", "_after"))
    left, came = first.household.num_rows - len(both), second.household.num_rows - len(both)
    assert 0.001 < left / len(both) < 0.01 and 0.001 < came / len(both) < 0.01
    known = both.dropna(subset=["desil", "desil_after"])
    moved = (known["desil"] != known["desil_after"]).mean()
    truth = first.truth.to_pandas().merge(second.truth.to_pandas(), on="household_id", suffixes=("", "_after"))
    truth_moved = (truth["desil"] != truth["desil_after"]).mean()
    assert 0.02 < moved < 0.08 and truth_moved < moved
    assert (both["kode"] == both["kode_after"]).all()
    verified = pd.to_datetime(both["verified_on_after"])
    assert (verified >= pd.Timestamp(PERIODS[0])).mean() > 0.03 and (verified < pd.Timestamp(PERIODS[1])).sum() > 0
    lists = [set(zip(t["household_id"], t["program"], strict=True))
             for t in (first.enrolment.to_pandas(), second.enrolment.to_pandas())]
    assert lists[1] - lists[0] and lists[0] - lists[1]
    assert len(lists[0] & lists[1]) / len(lists[0]) > 0.97


def test_the_same_seed_draws_the_same_register_and_another_seed_another(desa, register):
    again = draw_register(desa.sample(frac=1, random_state=1), HOUSEHOLDS, PERIODS, seed=99)
    assert list(again.periods) == PERIODS, "the older list is drawn on request, and changes nothing that follows"
    for period in PERIODS:
        for name in ("household", "enrolment", "quota", "truth"):
            assert getattr(again.periods[period], name).equals(getattr(register.periods[period], name))
    other = draw_register(desa, HOUSEHOLDS, PERIODS[:1], seed=5)
    assert not other.periods[PERIODS[0]].truth["welfare"].equals(register.periods[PERIODS[0]].truth["welfare"])


def test_poverty_rates_of_kabupaten_show_in_the_truth(desa):
    rates = {kode: 0.04 + 0.02 * number for number, kode in enumerate(sorted(desa["kode"].str[:5].unique()))}
    truth = (
        draw_register(desa.assign(poverty_rate=desa["kode"].str[:5].map(rates)), 30_000, PERIODS[:1], seed=3)
        .periods[PERIODS[0]].truth.to_pandas()
    )
    kabupaten = truth["kode"].str[:5]
    line = truth["welfare"][kabupaten == "99.01"].quantile(rates["99.01"])
    poor = (truth["welfare"] < line).groupby(kabupaten).mean()
    assert np.allclose(poor, pd.Series(rates), atol=0.01)


def test_files_say_that_they_are_fictional(register, tmp_path):
    written = write_register(register, tmp_path / "new", "99")
    assert len(written) == 12
    assert all(path.name.startswith("FIKTIF_") for path in written)
    assert [path.name for path in written[4:8]] == [
        "FIKTIF_household_99_2026-09.parquet", "FIKTIF_enrolment_99_2026-09.parquet", "FIKTIF_quota_99_2026-09.csv",
        "FIKTIF_truth_99_2026-09.parquet",
    ]
    for path in written:
        if path.suffix == ".parquet":
            assert parquet.read_schema(path).metadata[b"petadesil.fictional"] == b"true"
    assert parquet.read_table(written[4]).equals(register.periods[PERIODS[0]].household)
    quota = pd.read_csv(written[6], dtype=str)
    assert list(quota.columns) == list(COLUMNS["quota"]) and quota["kode"].str.fullmatch(r"99\.\d\d").all()
    assert not list((tmp_path / "new").glob("*.part"))


def test_the_truth_is_not_among_the_columns_that_are_loaded(register):
    tables = register.periods[PERIODS[0]]
    assert "welfare" not in tables.household.column_names + tables.enrolment.column_names


def test_desa_give_blt_to_some_of_their_poorest_and_to_a_few_others(household, enrolment):
    given = enrolment[enrolment["program"] == "blt_dd"]
    assert set(given["funding"]) == {"Dana Desa"} and given["amount_idr"].eq(3_600_000).all()
    assert set(enrolment["funding"][enrolment["program"] != "blt_dd"]) == {"APBN"}
    assert given["kode"].str[9].isin(["2", "3"]).all(), "a kelurahan has no Dana Desa"
    meant = (household["desil"] == 1) & (household["adminduk"] == "aktif") & household["kode"].str[9].isin(["2", "3"])
    receives = household["household_id"].isin(given["household_id"])
    assert 0.08 < receives[meant].mean() < 0.13
    assert 0.02 < (~meant)[receives].mean() < 0.2
    other = enrolment["household_id"][enrolment["program"].isin(["pkh", "sembako"])]
    assert 0.01 < given["household_id"].isin(other).mean() < 0.1


def test_the_older_list_holds_the_poorest_as_it_saw_them_and_some_better_off(register, household, desa):
    older = register.periods[DTKS].household.to_pandas()
    assert older["household_id"].is_unique and older["household_id"].isin(household["household_id"]).all()
    assert 0.38 < len(older) / len(household) < 0.45
    share = older["desil"].value_counts(dropna=False, normalize=True)
    assert share[[1, 2, 3, 4]].sum() > 0.9 and older["desil"].gt(4).mean() > 0.01 and 0.01 < share[np.nan] < 0.05
    both = older.merge(household, on="household_id", suffixes=("", "_after"))
    # One desa was divided in between.
    assert set(both["kode_after"][both["kode"] != both["kode_after"]]) == set(desa["kode"][desa["split_from"].notna()])
    assert 0.5 < (both["desil"] != both["desil_after"])[both["desil"] <= 4].mean() < 0.9
    assert pd.to_datetime(older["verified_on"]).max() < pd.Timestamp(DTKS)


def test_the_words_of_the_older_list_do_not_map_one_to_one_on_desil(register):
    older = register.periods[DTKS].household.to_pandas()
    words = pd.crosstab(older["status_word"], older["desil"])
    assert set(words.index) == {"Sangat Miskin", "Miskin", "Hampir Miskin", "Rentan Miskin", "Menuju Sejahtera"}
    by_desil = words[[1, 2, 3, 4]] / words[[1, 2, 3, 4]].sum()
    assert (by_desil.max() < 0.95).all() and ((by_desil > 0.05).sum() >= 2).all()
    middle = older.groupby("status_word")["desil"].median()
    assert middle[["Sangat Miskin", "Miskin", "Rentan Miskin"]].is_monotonic_increasing


def test_programs_of_the_older_list_are_those_of_its_families(register):
    older = register.periods[DTKS]
    listed, quota = older.enrolment.to_pandas(), older.quota.to_pandas()
    assert set(listed["program"]) == {"pkh", "sembako", "pbi_jkn", "pip"}
    assert listed["household_id"].isin(older.household.to_pandas()["household_id"]).all()
    received = listed.groupby([listed["kode"].str[:5], "program"])["unit_count"].sum()
    places = quota.set_index(["kode", "program"])["places_count"]
    assert (places >= received.reindex(places.index)).all()
    assert older.truth["household_id"].equals(older.household["household_id"])


def test_a_province_of_two_desa_can_be_drawn():
    squares = gpd.GeoDataFrame(
        {"kode": ["18.01.01.2001", "18.01.01.2002"], "remoteness": [0.0, 0.0], "weight": [1.0, 3.0]},
        geometry=[shapely.box(105, -5, 105.1, -4.9), shapely.box(105.1, -5, 105.2, -4.9)], crs="EPSG:4326",
    )
    household = draw_register(squares, 100, PERIODS, seed=1).periods[PERIODS[0]].household.to_pandas()
    assert household["kode"].value_counts().to_dict() == {"18.01.01.2002": 75, "18.01.01.2001": 25}
    assert household["household_id"].str.startswith("99-").all()
