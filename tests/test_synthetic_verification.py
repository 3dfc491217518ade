"""The fictional verification samples: their design is the stated one, and the loader accepts them whole."""

from datetime import date

import geopandas as gpd
import numpy as np
import pyarrow.parquet as parquet
import pytest
from builders import DESA, write_places
from shapely.geometry import box
from sqlalchemy import text

from geo.field_invariants import FIELD_INVARIANTS
from geo.register_load import load_register
from geo.synthetic.population import draw_register
from geo.synthetic.verification import draw_listing, draw_rows, draw_verification, write_verification
from geo.synthetic.writing import write_register
from geo.verification_load import load_verification

PERIOD = date(2026, 10, 1)
# Kecamatan 0: desa of 3, 5 and 40 households; kecamatan 1: one desa of 20; kecamatan 2: desa of 10 and 14.
SIZES = np.array([3, 5, 40, 20, 10, 14])
KECAMATAN = np.array([0, 0, 0, 1, 2, 2])
DESA_CODE = np.repeat(np.arange(6), SIZES)
KECAMATAN_CODE = KECAMATAN[DESA_CODE]


def many(count, **options):
    rng = np.random.default_rng(7)
    return [draw_rows(rng, DESA_CODE, KECAMATAN_CODE, **options) for _ in range(count)]


def test_a_draw_has_the_fixed_design_and_its_weights_by_hand():
    for drawn in many(20):
        assert len(set(drawn.positions)) == len(drawn.positions)
        desa = DESA_CODE[drawn.positions]
        chosen, taken = np.unique(desa, return_counts=True)
        assert np.bincount(KECAMATAN[chosen]).tolist() == [2, 1, 2]
        assert taken.tolist() == np.minimum(SIZES[chosen], 12).tolist()
        assert (drawn.stratum_cluster_count == np.array([3, 1, 2])[KECAMATAN[desa]]).all()
        assert (drawn.cluster_household_count == SIZES[desa]).all()
        by_hand = np.array([3 / 2, 3 / 2, 3 / 2 * 40 / 12, 20 / 12, 1, 14 / 12])
        assert drawn.weight == pytest.approx(by_hand[desa])


def test_every_household_is_drawn_as_often_as_its_weight_says():
    draws = many(3000)
    times = np.bincount(np.concatenate([drawn.positions for drawn in draws]), minlength=len(DESA_CODE))
    expected = np.array([2 / 3, 2 / 3, 2 / 3 * 12 / 40, 12 / 20, 1, 12 / 14])[DESA_CODE]
    error = np.sqrt(expected * (1 - expected) / len(draws))
    assert (np.abs(times / len(draws) - expected) <= 5 * error).all()
    sums = np.array([drawn.weight.sum() for drawn in draws])
    assert abs(sums.mean() - len(DESA_CODE)) < 4 * sums.std() / np.sqrt(len(draws))


def test_the_order_of_the_frame_does_not_matter():
    shuffle = np.random.default_rng(1).permutation(len(DESA_CODE))
    drawn = draw_rows(np.random.default_rng(2), DESA_CODE[shuffle], KECAMATAN_CODE[shuffle])
    desa = DESA_CODE[shuffle][drawn.positions]
    assert (drawn.cluster_household_count == SIZES[desa]).all()
    assert np.bincount(KECAMATAN[np.unique(desa)]).tolist() == [2, 1, 2]
    assert len(set(drawn.positions)) == len(drawn.positions)


def test_a_census_is_a_draw_of_all_with_weight_one():
    drawn = draw_rows(np.random.default_rng(3), DESA_CODE, KECAMATAN_CODE, 9, 99)
    assert sorted(drawn.positions) == list(range(len(DESA_CODE)))
    assert (drawn.weight == 1).all()


@pytest.fixture(scope="module")
def desa():
    return gpd.GeoDataFrame({
        "kode": DESA, "remoteness": np.linspace(0.1, 0.9, len(DESA)), "weight": 1.0,
        "geometry": [box(100 + index / 10, 0, 100.1 + index / 10, 0.1) for index in range(len(DESA))],
    }, crs=4326)  # fmt: skip


@pytest.fixture(scope="module")
def period(desa):
    return draw_register(desa, 1400, [PERIOD], 5).periods[PERIOD]


def test_the_field_finds_the_desil_of_the_truth(period):
    sample = draw_verification(period.household, period.truth, PERIOD, 5).to_pandas()
    truth = period.truth.to_pandas().set_index("household_id")["desil"]
    assert (sample["observed_desil"].to_numpy() == truth[sample["household_id"]].to_numpy()).all()
    assert len(sample) == 3 * 2 * 12 and sample["household_id"].is_unique
    assert set(sample["truth"] + "/" + sample["frame"]) == {"consumption/register"}
    assert (sample["kode"] == sample["cluster"]).all() and (sample["kode"].str[:8] == sample["stratum"]).all()


def test_a_seed_gives_one_sample_and_another_seed_another(period):
    one, same, other = (draw_verification(period.household, period.truth, PERIOD, seed) for seed in (5, 5, 6))
    assert one.equals(same)
    assert not one["household_id"].equals(other["household_id"])
    assert draw_listing(period.household, period.truth, PERIOD, 5).equals(
        draw_listing(period.household, period.truth, PERIOD, 5))


def test_a_truth_of_other_households_is_refused(period):
    with pytest.raises(ValueError, match="same households"):
        draw_verification(period.household, period.truth.slice(1), PERIOD, 5)


def test_a_listing_is_of_one_kabupaten_and_holds_families_without_an_id(period):
    listing = draw_listing(period.household, period.truth, PERIOD, 5).to_pandas()
    is_stranger = listing["household_id"].isna()
    assert listing["kode"].str[:5].nunique() == 1
    assert 0 < is_stranger.mean() < 0.2
    assert listing.loc[is_stranger, "person_count"].ge(1).all()
    assert listing.loc[~is_stranger, "person_count"].isna().all(), "the register knows its own"
    assert listing["observed_desil"].between(1, 10).all()
    register = period.household.to_pandas().set_index("household_id")["desil"]
    both = listing[~is_stranger].assign(desil=lambda row: register[row["household_id"]].to_numpy()).dropna(
        subset="desil")
    assert 0.7 < both["observed_desil"].corr(both["desil"]) < 0.98


def test_both_samples_load_whole_beside_their_register(database, period, desa, tmp_path):
    write_places(database)
    files = write_register(draw_register(desa, 1400, [PERIOD], 5), tmp_path, "99")
    load_register(database, tmp_path / "data", [path for path in files if "_truth_" not in path.name], PERIOD, "dtsen")
    paths = write_verification(tmp_path, "99", PERIOD, 5)
    assert [path.name for path in paths] == [
        "FIKTIF_verification_99_2026-10.parquet", "FIKTIF_verification_listing_99_2026-10.parquet"]
    register, listing = (load_verification(database, path, PERIOD) for path in paths)
    for path, report in zip(paths, (register, listing), strict=True):
        assert (report.rows_in, report.by_reason, report.warnings) == (report.kept, {}, {})
        assert report.rows_in == parquet.read_metadata(path).num_rows
    assert (register.strata, register.clusters, register.unregistered) == (3, 6, 0)
    assert listing.unregistered > 0
    with database.connect() as connection:
        for query in FIELD_INVARIANTS.values():
            assert connection.execute(text(f"SELECT * FROM ({query}) AS violation (place)")).all() == []
        ledger = connection.execute(text("SELECT is_fictional, kept_count FROM source WHERE kind = 'verification'"
                                         " ORDER BY id")).all()
    assert ledger == [(True, register.kept), (True, listing.kept)]
