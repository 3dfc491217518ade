"""Arcsine angles and their way back against emdi and integrals; smoothed variances against sums done by hand."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.stats import norm

from queries.stats.bootstrap import fit_replicates
from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import fit
from queries.stats.smoothing import (
    effective_counts,
    finite_population_variances,
    predict_rates,
    rate_variances,
    unexplained_share,
)
from queries.stats.transformation import (
    arcsine,
    back_transform,
    back_transform_interval,
    back_transform_naively,
    rate_variance,
)

REFERENCE = Path(__file__).parent / "reference"


def test_districts_come_back_from_the_arcsine_scale_as_in_emdi():
    """Each pair of published rates gives the variance of its angle, and so the one A behind all of them.

    District 25 (n = 7, rate 0.03) is left out of that: emdi integrates over 0 to pi/2 only and loses the tail there.
    Its estimates differ from these in the fourth decimal (its variance is found to an absolute 1e-4).
    """
    data = pd.read_csv(REFERENCE / "fh_eusilc_data.csv")
    expected = pd.read_csv(REFERENCE / "fh_eusilc_arcsine.csv")
    is_sampled = ~data["area"].isin([31, 32, 33, 34, 71, 72, 73, 74]).to_numpy()
    X = np.column_stack([np.ones(94), data["eqsize"], data["cash"], data["self_empl"]])[is_sampled]
    y, variances = arcsine(data["mtmed"].to_numpy()[is_sampled], data["n"].to_numpy()[is_sampled])
    at = np.searchsorted(data["area"].to_numpy()[is_sampled], expected["area"].to_numpy())
    naive, corrected = expected["naive"].to_numpy(), expected["bias_corrected"].to_numpy()
    is_whole = (expected["area"] != 25).to_numpy()

    a = 0.00187467
    back = back_transform(np.arcsin(np.sqrt(naive)), a * variances[at] / (a + variances[at]))
    np.testing.assert_allclose(back[is_whole], corrected[is_whole], atol=2e-8)

    model = fit(y, variances, X, "ml")
    assert model.variance_component == pytest.approx(a, abs=1e-4)
    np.testing.assert_allclose(back_transform_naively(model.eblup)[at], naive, atol=7e-4)
    np.testing.assert_allclose(back_transform(model.eblup, model.g1)[at], corrected, atol=7e-4)


@pytest.mark.parametrize("angle", [0.0, 0.3, 0.8, np.pi / 2])
@pytest.mark.parametrize("variance", [0.0005, 0.02, 0.3])
def test_mean_and_variance_of_a_rate_are_the_integrals(angle, variance):
    def moment(power):
        spread = np.sqrt(variance)
        return quad(
            lambda x: np.sin(x) ** (2 * power) * norm.pdf(x, angle, spread), angle - 9 * spread, angle + 9 * spread,
            epsabs=1e-13,
        )[0]

    assert back_transform(angle, variance) == pytest.approx(moment(1), abs=1e-10)
    assert rate_variance(angle, variance) == pytest.approx(moment(2) - moment(1) ** 2, abs=1e-10)


def test_arcsine_by_hand():
    angle, variance = arcsine(np.array([0.0, 0.25, 0.5, 1.0]), np.array([4.0, 10, 25, 8]))
    np.testing.assert_allclose(angle, [0, np.pi / 6, np.pi / 4, np.pi / 2])
    np.testing.assert_allclose(variance, [1 / 16, 1 / 40, 1 / 100, 1 / 32])
    lower, upper = back_transform_interval(np.array([0.1, np.pi / 4, 1.5]), np.array([0.01, 0.0001, 0.01]))
    assert lower[0] == 0 and upper[2] == 1
    assert upper[1] - 0.5 == pytest.approx(np.sin(2 * 0.01959964) / 2)
    for rate, count, code in (([1.1], [3], "rate_out_of_bounds"), ([np.nan], [3], "rate_out_of_bounds"),
                              ([0.5], [0], "count_not_positive"), ([0.5, 0.1], [3], "shape_mismatch")):
        with pytest.raises(StatisticsError, match=code):
            arcsine(np.array(rate), np.array(count, float))


@pytest.mark.parametrize("when_zero", [None, "amrl"])
@pytest.mark.parametrize("effect", [0.0, 0.5])
def test_replicates_are_fitted_as_one_by_one(when_zero, effect):
    rng = np.random.default_rng(3)
    X = np.column_stack([np.ones(30), 1e4 * rng.normal(size=30)])
    is_sampled = np.arange(30) < 26
    variances, known = rng.uniform(0.5, 2, 26), rng.uniform(0, 0.2, 30)
    direct = rng.normal(size=(25, 26)) * np.sqrt(variances + known[is_sampled] + effect)
    a, estimate, gamma = fit_replicates(direct, variances, X[is_sampled], X, is_sampled, when_zero, known)
    for row in range(25):
        one = fit(direct[row], variances, X[is_sampled], "reml", when_zero, known[is_sampled])
        assert a[row] == pytest.approx(one.variance_component, rel=1e-4, abs=1e-9)
        np.testing.assert_allclose(estimate[row, is_sampled], one.eblup, atol=1e-4)
        np.testing.assert_allclose(estimate[row, ~is_sampled], one.predict(X[~is_sampled])[0], atol=1e-4)
        np.testing.assert_allclose(gamma[row], np.append(one.gamma, np.zeros(4)), atol=1e-4)


def test_effective_counts_by_hand():
    """Two areas, p = 1/2, so that a residual is -1 or +1.

    Clusters: a (+ +), b (- -), c (+ -), d (+ -). Within: 0 + 0 + 2 + 2 with 8 - 4 degrees of freedom, mean square 1.
    Between: area 0 has cluster means +1, -1 about 0: 4; area 1 none: 4 / 2 = 2. Rows per cluster (8 - 4) / 2 = 2, so
    the component between is (2 - 1) / 2 = 0.5 and the correlation 0.5 / 1.5 = 1/3. Equal weights: 16 / (2/3 4 + 1/3 8).
    """
    numerator = np.array([1.0, 1, 0, 0, 1, 0, 1, 0])
    area, cluster = np.repeat([0, 1], 4), np.repeat(np.arange(4), 2)
    rates = np.array([0.5, 0.5, 0.5])
    found = effective_counts(numerator, np.ones(8), np.full(8, 7.0), area, cluster, rates)
    assert (found.correlation, found.dispersion, found.is_estimated) == (pytest.approx(1 / 3), 1.0, True)
    np.testing.assert_allclose(found.count, [3, 3, 0])
    np.testing.assert_allclose(found.deff, [4 / 3, 4 / 3, np.nan])
    # Rows outside the denominator, or outside every area, change nothing.
    more = effective_counts(
        np.append(numerator, [0, 1]), np.append(np.ones(8), [0, 1]), np.ones(10), np.append(area, [0, -1]),
        np.append(cluster, [0, 9]), rates,
    )
    np.testing.assert_allclose(more.count, found.count)
    # One cluster per area: nothing to learn the correlation from, and none is made up; Kish's formula is left.
    alone = effective_counts(numerator[:4], np.ones(4), np.array([1.0, 1, 2, 2]), np.zeros(4, int), np.zeros(4), rates)
    assert not alone.is_estimated
    np.testing.assert_allclose(alone.count, [36 / 10, 0, 0])


def test_effective_counts_of_several_units_use_the_spread_that_is_there():
    rng = np.random.default_rng(1)
    units = rng.integers(1, 4, 4000).astype(float)
    numerator = rng.binomial(units.astype(int), 0.3).astype(float)
    area, cluster = np.arange(4000) // 40, np.arange(4000) // 20
    found = effective_counts(numerator, units, np.ones(4000), area, cluster, np.full(100, 0.3))
    # Pupils answer independently here: a mean of u units has the variance p (1 - p) / u, whose mean is 11/18 p (1 - p).
    assert found.dispersion == pytest.approx(11 / 18, abs=0.04)
    assert found.correlation == pytest.approx(0, abs=0.02)


def test_variances_of_rates_by_hand():
    np.testing.assert_allclose(rate_variances(np.array([0.5, 0.2]), np.array([10, 4])), [0.025, 0.04])
    np.testing.assert_allclose(
        rate_variances(np.array([0.5, 0.2]), np.array([10, 4]), np.array([0.2, 2.0]), spread=0.05),
        [0.8 * 0.2 / 10, 0.05 * 0.11 / 4],
    )
    assert rate_variances(np.array([0.5]), np.array([10]), spread=9.0)[0] == 0.0125
    np.testing.assert_allclose(finite_population_variances(np.array([0.5]), np.array([25]), 0.3), [0.003])
    for predicted, count, code in (([1.0], [3], "rate_out_of_bounds"), ([0.5], [np.nan], "count_not_positive")):
        with pytest.raises(StatisticsError, match=code):
            rate_variances(np.array(predicted), np.array(count, float))


def test_predicted_rates_are_a_weighted_line_within_bounds():
    X = np.column_stack([np.ones(5), np.arange(5.0)])
    rate = np.array([0.1, 0.3, 0.5, np.nan, 0.0])
    predicted = predict_rates(rate, np.array([5.0, 1, 2, 3, 0]), X)
    np.testing.assert_allclose(predicted, [0.1, 0.3, 0.5, 0.7, 0.9])
    np.testing.assert_allclose(predict_rates(2 * rate, np.array([5.0, 1, 2, 0, 0]), X), [0.2, 0.6, 0.98, 0.98, 0.98])
    with pytest.raises(StatisticsError, match="too_few_areas"):
        predict_rates(rate, np.array([5.0, 1, 0, 3, 0]), X)


def test_what_the_register_leaves_open_by_hand():
    """p = 1/2: z is +-1/2 in the denominator, 0 outside. Cell 0: 1/2, 1/2, -1/2; cell 1: 0, 0, -1/2.

    About the cells' means the squares sum to 2/3 + 1/6, over 6 - 2; about zero to 1, over 6: (5/24) / (1/6) = 5/4.
    """
    numerator, denominator = np.array([1.0, 1, 0, 0, 0, 0]), np.array([1.0, 1, 1, 0, 0, 1])
    cell, area = np.array([0, 0, 0, 1, 1, 1]), np.zeros(6, int)
    assert unexplained_share(numerator, denominator, area, np.array([0.5]), cell) == 1.0
    told = np.array([0, 0, 1, 2, 2, 1])
    assert unexplained_share(numerator, denominator, area, np.array([0.5]), told) == 0.0
    assert unexplained_share(np.tile(numerator, 100), np.tile(denominator, 100), np.zeros(600, int), np.array([0.5]),
                             np.tile(cell, 100)) == pytest.approx(5 / 6 * 600 / 598)
