"""The small-area recipe against a known truth, in short: the full simulation is `./petadesil bench simulation`."""

import numpy as np
import pytest

from bench.ground import PERIOD
from bench.simulation import CASES, LEAST_GAIN, read_population, simulate
from geo.engine import make_engine, read_only
from geo.synthetic.province import load_province

HOUSEHOLDS = 120_000
SAMPLES, REPLICATES = 25, 60


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    from conftest import clone

    folder = tmp_path_factory.mktemp("simulation")
    engine = make_engine(clone(template, "simulation"))
    load_province(engine, folder / "register", folder / "data", HOUSEHOLDS, [PERIOD], 99)
    yield engine, next((folder / "register").glob("FIKTIF_truth_*.parquet"))
    engine.dispose()


@pytest.mark.parametrize(("program", "measure"), CASES)
def test_small_areas_are_nearer_to_the_truth_and_their_intervals_hold_it(province, program, measure):
    """25 samples of 147 kecamatan give the mean coverage to about a point and a half."""
    engine, truth_file = province
    with read_only(engine) as connection:
        population = read_population(connection, PERIOD, program, truth_file)
    found = simulate(population, measure, SAMPLES, REPLICATES, seed=5)
    assert found.gain > LEAST_GAIN
    assert 0.91 < found.cover.mean() < 0.99
    assert abs(found.bias.mean()) < 0.02
    assert np.isfinite(found.rmse).all()
