"""What surrounds the fictional register: kinds of social need and help, official figures, a succession, its loading."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from builders import DESA, write_places
from shapely.geometry import box
from sqlalchemy import text

from geo.engine import read_only
from geo.register_load import load_register
from geo.synthetic.figures import draw_population, draw_poverty
from geo.synthetic.population import draw_register
from geo.synthetic.province import draw_files, has_surroundings, load_surroundings
from geo.synthetic.social import KAT_KIND, count_social

PERIODS = [date(2026, 7, 1), date(2026, 8, 1)]
HOUSEHOLDS = 60_000


@pytest.fixture(scope="module")
def desa(drawn_outline):
    return drawn_outline


@pytest.fixture(scope="module")
def period(desa):
    return draw_register(desa, HOUSEHOLDS, PERIODS[:1], seed=99).periods[PERIODS[0]]


@pytest.fixture(scope="module")
def social(desa, period):
    return count_social(99, 4053, desa, period.household).to_pandas()


def test_twenty_six_kinds_of_need_and_twelve_of_help_are_counted_by_kecamatan(social):
    kinds = social.groupby("social_group")["kind"].unique()
    assert len(kinds["ppks"]) == 26 and len(kinds["psks"]) == 12 and list(kinds["kat"]) == [KAT_KIND]
    assert {"Anak jalanan", "Fakir miskin", "Korban bencana alam", "Lanjut usia terlantar"} <= set(kinds["ppks"])
    assert {"Karang taruna", "Keluarga pioner", "Dunia usaha", "Penyuluh sosial"} <= set(kinds["psks"])
    assert not social.duplicated(["kode", "social_group", "kind"]).any()
    assert social.groupby(["social_group", "kind"])["unit"].nunique().eq(1).all()
    assert set(social["unit"]) == {"person", "household", "institution"}
    assert set(social["kode"].str.len()[social["social_group"] != "kat"]) == {8}
    assert (social["reported_count"] >= 0).all()


def test_a_kecamatan_that_reports_nothing_has_no_rows_and_no_zeros(social, desa):
    told = set(social["kode"][social["social_group"] == "ppks"])
    everywhere = set(desa["kode"].str[:8])
    assert 0 < len(everywhere - told) < 0.1 * len(everywhere)
    counts = social[social["social_group"] == "ppks"].groupby("kode").size()
    assert counts.eq(26).all() and social["reported_count"].eq(0).any()


def test_need_follows_the_register(social, desa, period):
    household = period.household.to_pandas()
    kecamatan = household["kode"].str[:8]
    poor = household["desil"].eq(1).groupby(kecamatan).sum()
    found = social[social["kind"] == "Fakir miskin"].set_index("kode")["reported_count"]
    assert np.corrcoef(found, poor[found.index])[0, 1] > 0.6
    assert 0.6 < found.sum() / poor[found.index].sum() < 1.1
    is_city = social["kode"].str[:5].isin(["99.71", "99.72"])
    persons = household.groupby(kecamatan)["person_count"].sum()
    beggars = social["kind"] == "Pengemis"
    rate = [social["reported_count"][beggars & where].sum() / persons[social["kode"][beggars & where]].sum()
            for where in (is_city, ~is_city)]
    assert rate[0] > 1.5 * rate[1]


def test_remote_communities_live_in_a_few_remote_desa(social, desa, period):
    kat = social[social["social_group"] == "kat"].set_index("kode")["reported_count"]
    assert 5 <= len(kat) <= 15 and kat.index.str.len().unique() == [13]
    remoteness = desa.set_index("kode")["remoteness"]
    assert remoteness[kat.index].min() > remoteness.quantile(0.8)
    assert (kat <= period.household.to_pandas()["kode"].value_counts()[kat.index]).all()
    ppks = social[(social["social_group"] == "ppks") & (social["kind"] == KAT_KIND)].set_index("kode")
    for kode, count in kat.groupby(kat.index.str[:8]).sum().items():
        assert kode not in ppks.index or ppks["reported_count"][kode] == count


def test_the_poverty_rate_is_that_of_the_truth_with_the_error_of_a_survey(period):
    found = draw_poverty(period, 99).to_pandas().set_index("kode")["value"]
    family = period.truth.to_pandas().assign(persons=period.household["person_count"].to_numpy())
    ordered = family.sort_values("welfare")
    line = ordered["welfare"].to_numpy()[ordered["persons"].cumsum().searchsorted(0.105 * family["persons"].sum())]
    poor = family["persons"].where(family["welfare"] < line, 0)
    kabupaten = family["kode"].str[:5]
    true_rate = poor.groupby(kabupaten).sum() / family["persons"].groupby(kabupaten).sum()
    assert list(found.index) == ["99", *true_rate.index]
    error = np.sqrt(true_rate * (1 - true_rate) * 1.8 / 620)
    distance = (found.drop("99") - true_rate) / error
    assert distance.abs().max() < 4 and 0.4 < distance.std() < 1.8
    assert found["99"] == pytest.approx(0.105, abs=0.015)
    assert found["99"] != pytest.approx(0.105, abs=1e-4)


def test_more_people_live_there_than_the_register_knows(period):
    found = draw_population(period, 99).to_pandas().set_index("kode")["value"]
    household = period.household.to_pandas()
    known = household["person_count"].astype("int64").groupby(household["kode"].str[:5]).sum()
    assert found["99"] == found.drop("99").sum()
    assert (found.drop("99") / known).between(1.0, 1.06).all()


@pytest.mark.postgis
def test_all_that_is_drawn_loads_whole_and_a_second_time_not_at_all(database, tmp_path):
    write_places(database)
    squares = gpd.GeoDataFrame({
        "kode": DESA, "remoteness": np.linspace(0.1, 0.9, len(DESA)), "weight": 1.0,
        "split_from": [None, DESA[0], *[None] * (len(DESA) - 2)],
        "geometry": [box(100 + index / 10, 0, 100.1 + index / 10, 0.1) for index in range(len(DESA))],
    }, crs=4326)  # fmt: skip
    drawn = draw_files(squares, 1_400, PERIODS, 5, tmp_path)
    with read_only(database) as connection:
        assert not has_surroundings(connection)
    load_surroundings(database, drawn)
    load_surroundings(database, drawn)
    reports = [
        load_register(database, tmp_path / "data", drawn.registers[on], on, "dtsen") for on in PERIODS
    ]
    assert [entry["kind"] for entry in reports[0].files] == ["household", "enrolment", "quota", "social"]
    for report in reports:
        assert report.by_reason == {}
        assert all(entry["rows_in"] == entry["kept"] for entry in report.files)
    with read_only(database) as connection:
        assert has_surroundings(connection)
        ledger = connection.execute(text(
            "SELECT kind, count(*), bool_and(is_fictional) FROM source WHERE kind IN ('figures', 'succession')"
            " GROUP BY kind ORDER BY kind")).all()
        assert ledger == [("figures", 2, True), ("succession", 1, True)]
        assert connection.scalar(text("SELECT valid_from FROM wilayah WHERE kode = :kode"), {"kode": DESA[1]}) == (
            date(2026, 8, 1))
        size = pd.DataFrame(connection.execute(text(
            "SELECT period, kode, sum(household_count) AS count FROM desil_count WHERE kode IN (:old, :new)"
            " GROUP BY period, kode"), {"old": DESA[0], "new": DESA[1]}).mappings().all()).set_index(
            ["period", "kode"])["count"].astype(int)
        told = connection.scalar(text("SELECT count(*) FROM official_figure WHERE reference LIKE 'Angka FIKTIF%'"))
    assert (PERIODS[0], DESA[1]) not in size.index
    assert size[PERIODS[0], DESA[0]] == pytest.approx(size[PERIODS[1], DESA[0]] + size[PERIODS[1], DESA[1]], rel=0.05)
    assert told == 6
