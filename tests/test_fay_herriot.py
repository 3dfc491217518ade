"""The Fay-Herriot model against R's sae, emdi and metafor, roots found by hand, and what must stay the same."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import minimize_scalar

from queries.stats.diagnostics import goodness_of_fit, shapiro_wilk
from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import (
    METHODS,
    dependent_columns,
    fit,
    prediction_interval,
)

REFERENCE = Path(__file__).parent / "reference"


@pytest.fixture(scope="module")
def milk(shared_data):
    data = pd.read_csv(shared_data / "reference" / "fh_milk.csv")
    X = np.column_stack([np.ones(43)] + [data["MajorArea"] == area for area in (2, 3, 4)]).astype(float)
    return data, data["yi"].to_numpy(), data["SD"].to_numpy() ** 2, X


def some_areas(areas=40, seed=5, effect=0.5):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(areas), rng.normal(size=(areas, 2))])
    variances = rng.uniform(0.3, 3, areas)
    truth = X @ [1.0, 2.0, -1.0] + rng.normal(size=areas) * np.sqrt(effect)
    return truth + rng.normal(size=areas) * np.sqrt(variances), variances, X


@pytest.mark.parametrize(
    ("method", "variance"), [("reml", 0.01855022), ("ml", 0.01551755), ("fh", 0.01642027)]
)
def test_milk_is_as_the_package_sae_has_it(milk, method, variance):
    data, y, variances, X = milk
    model = fit(y, variances, X, method)
    assert model.is_converged and model.method == method
    assert model.variance_component == pytest.approx(variance, rel=1e-5)
    name = method.upper()
    np.testing.assert_allclose(model.eblup, data[f"eblup_{name}"], rtol=1e-5)
    np.testing.assert_allclose(model.mse, data[f"mse_{name}"], rtol=1e-5)


def test_milk_by_reml_in_all_its_parts(milk):
    data, y, variances, X = milk
    model = fit(y, variances, X)
    for part in ("g1", "g2", "g3"):
        np.testing.assert_allclose(getattr(model, part), data[f"{part}_REML"], rtol=1e-5)
    np.testing.assert_allclose(model.beta, [0.96818897, 0.13278014, 0.22694622, -0.24130108], rtol=1e-5)
    np.testing.assert_allclose(model.beta_se, [0.06936208, 0.10300072, 0.09232981, 0.08161707], rtol=1e-5)
    assert (model.loglik, model.aic) == pytest.approx((12.6774781, -15.3549563), rel=1e-5)
    assert model.bic == pytest.approx(-2 * model.loglik + 5 * np.log(43))


@pytest.mark.parametrize("method", ["reml", "amrl", "ampl"])
def test_austrian_districts_are_as_the_package_emdi_has_them(method):
    """emdi's variances are what R's optimize() found: they differ from the maximum in the sixth digit."""
    data = pd.read_csv(REFERENCE / "fh_eusilc_data.csv")
    expected = pd.read_csv(REFERENCE / "fh_eusilc_results.csv").query("method == @method")
    X = np.column_stack([np.ones(94), data["cash"], data["self_empl"]])
    model = fit(data["mean"], data["var_mean"], X, method)
    assert model.variance_component == pytest.approx(expected["variance"].iloc[0], rel=2e-6)
    at = expected["area"].to_numpy() - 1
    np.testing.assert_allclose(model.eblup[at], expected["eblup"], rtol=1e-5)
    np.testing.assert_allclose(model.mse[at], expected["mse"], rtol=1e-5)


@pytest.mark.parametrize(
    ("method", "variance", "loglik"),
    [
        ("reml", 0.0763479639559, -7.94657355591), ("ml", 0.0343514424819, -7.68566552841),
        ("fh", 0.142131941473, -8.60238873739),
    ],
)
def test_vaccine_trials_are_as_the_package_metafor_has_them(method, variance, loglik):
    data = pd.read_csv(REFERENCE / "fh_bcg.csv")
    model = fit(data["y"], data["variance"], np.column_stack([np.ones(13), data["latitude"]]), method)
    assert model.variance_component == pytest.approx(variance, rel=1e-7)
    assert model.loglik == pytest.approx(loglik, rel=1e-7)
    np.testing.assert_allclose(model.eblup, data[f"blup_{method}"], atol=1e-8)
    np.testing.assert_allclose(np.sqrt(model.g1 + model.g2), data[f"se_{method}"], atol=1e-8)
    if method == "reml":
        np.testing.assert_allclose(model.beta, [0.251468210007, -0.0291017250116], rtol=1e-7)
        np.testing.assert_allclose(model.beta_se, [0.249095396618, 0.00719532722093], rtol=1e-7)
    if method == "ml":
        assert model.variance_component_se == pytest.approx(0.028014180125, rel=1e-7)


@pytest.mark.parametrize(("method", "lost"), [("amrl", 1), ("ampl", 0)])
@pytest.mark.parametrize("spread", [3.0, 0.2])
def test_adjusted_likelihood_of_equal_variances_is_the_root_of_a_quadratic(method, lost, spread):
    """By hand, with a constant alone, all D_i = D, v = A + D, S = sum of (y - mean)^2 and k = m - lost:

    log A + log L = log(v - D) - k/2 log v - S / 2v; its derivative times 2 v^2 (v - D) is
    2 v^2 - k v (v - D) + S (v - D), so (k - 2) v^2 - (k D + S) v + S D = 0, of which the larger root is above D.
    The bias of A is 2 / (A m / v^2) (Li and Lahiri 2010), less, for the profile likelihood, (1 / v) / (m / v^2).
    """
    m, d = 12, 0.7
    y = spread * np.array([1.0, -2, 0.5, 1.5, -1, 0.3, 2.2, -0.4, -1.1, 0.9, 0.2, -1.3])
    total = np.sum((y - y.mean()) ** 2)
    k = m - lost
    v = (k * d + total + np.sqrt((k * d + total) ** 2 - 4 * (k - 2) * total * d)) / (2 * (k - 2))
    model = fit(y, np.full(m, d), np.ones((m, 1)), method)
    assert model.variance_component == pytest.approx(v - d, rel=1e-8)
    bias = 2 * v**2 / ((v - d) * m) - (0 if lost else v / m)
    g1, g2, g3 = (v - d) * d / v, d**2 / v / m, d**2 / v**3 * 2 * v**2 / m
    mse = max(g1 + g2 + 2 * g3 - bias * (d / v) ** 2, g2)
    np.testing.assert_allclose(model.mse, mse, rtol=1e-8)


@pytest.mark.parametrize("method", ["amrl_yl", "ampl_yl", "amrl", "reml", "ml"])
@pytest.mark.parametrize("effect", [0.5, 0.0])
def test_each_likelihood_is_at_its_maximum_when_written_out_with_matrices(method, effect):
    y, variances, X = some_areas(effect=effect, seed=8)

    def negative(log_a):
        a = np.exp(log_a)
        inverse = np.diag(1 / (a + variances))
        normal = X.T @ inverse @ X
        projected = inverse - inverse @ X @ np.linalg.solve(normal, X.T @ inverse)
        value = -0.5 * np.linalg.slogdet(np.diag(a + variances))[1] - 0.5 * y @ projected @ y
        if "rl" in method or method == "reml":
            value -= 0.5 * np.linalg.slogdet(normal)[1]
        if method == "amrl":
            value += np.log(a)
        if method.endswith("yl"):
            value += np.log(np.arctan(np.sum(a / (a + variances)))) / len(y)
        return -value

    grid = np.linspace(-15, 5, 81)
    best = grid[np.argmin([negative(u) for u in grid])]
    found = minimize_scalar(negative, bounds=(best - 0.3, best + 0.3), method="bounded", options={"xatol": 1e-9})
    model = fit(y, variances, X, method)
    if best == grid[0]:
        assert model.variance_component == 0
    else:
        assert model.variance_component == pytest.approx(np.exp(found.x), rel=1e-5)


def test_a_variance_of_zero_is_fitted_again_and_says_so():
    y, variances, X = some_areas(effect=0.0, seed=8)
    plain = fit(y, variances, X)
    assert plain.variance_component == 0 and plain.method == "reml"
    np.testing.assert_array_equal(plain.eblup, plain.synthetic)
    for adjusted in ("amrl_yl", "amrl"):
        again = fit(y, variances, X, when_zero=adjusted)
        assert (again.method, again.asked) == (adjusted, "reml")
        assert again.variance_component > 0
        np.testing.assert_array_equal(again.mse, fit(y, variances, X, adjusted).mse)
        assert (again.mse >= again.g2).all()


def test_a_known_part_of_the_effect_is_taken_off_the_unknown_part():
    y, variances, X = some_areas()
    whole = fit(y, variances, X)
    split = fit(y, variances, X, known_effect=np.full(40, 0.2))
    assert split.variance_component == pytest.approx(whole.variance_component - 0.2, rel=1e-7)
    for part in ("eblup", "mse", "beta", "gamma", "residuals", "random_effect"):
        np.testing.assert_allclose(getattr(split, part), getattr(whole, part), rtol=1e-6)
    # Where nothing but the known part is left, it alone shrinks: gamma = c / (c + D).
    y, variances, X = some_areas(effect=0.0, seed=8)
    known = np.linspace(0.01, 0.2, 40)
    model = fit(y, variances, X, known_effect=known)
    assert model.variance_component == 0
    np.testing.assert_allclose(model.gamma, known / (known + variances))
    adjusted = fit(y, variances, X, "amrl", known_effect=known)
    assert (adjusted.mse >= adjusted.g2 + (1 - adjusted.gamma) * known - 1e-12).all()


@pytest.mark.parametrize("method", METHODS)
def test_order_and_units_of_the_areas_do_not_matter(method):
    y, variances, X = some_areas()
    model = fit(y, variances, X, method)
    order = np.random.default_rng(0).permutation(40)
    turned = fit(y[order], variances[order], X[order], method)
    scaled = fit(1e9 * y, 1e18 * variances, X * [1, 1e6, 1e-6], method)
    assert turned.variance_component == pytest.approx(model.variance_component, rel=1e-6)
    assert scaled.variance_component == pytest.approx(1e18 * model.variance_component, rel=1e-6)
    for part, factor in (("eblup", 1e9), ("mse", 1e18), ("g3", 1e18), ("gamma", 1), ("residuals", 1)):
        before = getattr(model, part)
        np.testing.assert_allclose(getattr(turned, part), before[order], rtol=1e-5)
        np.testing.assert_allclose(getattr(scaled, part), factor * before, rtol=1e-5)
    np.testing.assert_allclose(scaled.beta, 1e9 * model.beta / [1, 1e6, 1e-6], rtol=1e-5)


@pytest.mark.parametrize("method", METHODS)
def test_known_answers_stand_and_unknown_ones_follow_the_others(method):
    y, variances, X = some_areas()
    variances[0], variances[1] = 1e-9, 1e9
    model = fit(y, variances, X, method)
    assert model.eblup[0] == pytest.approx(y[0], abs=1e-6)
    assert model.mse[0] == pytest.approx(1e-9, rel=1e-3)
    estimate, mse = model.predict(X[1:2])
    assert model.eblup[1] == pytest.approx(estimate[0], abs=1e-6)
    assert model.synthetic[1] == pytest.approx(estimate[0], rel=1e-12)
    if method == "reml":
        assert model.mse[1] == pytest.approx(mse[0], rel=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_hostile_numbers_do_not_derail_the_climb(method):
    rng = np.random.default_rng(1)
    for power in (0, 3, 6):
        variances = 10.0 ** rng.uniform(-power, power, 60)
        X = np.column_stack([np.ones(60), 1e6 + rng.normal(size=60), rng.random(60) < 0.1]).astype(float)
        y = 1e12 + 1e3 * rng.standard_t(2, 60)
        model = fit(y, variances, X, method)
        assert model.is_converged and model.variance_component >= 0
        for part in ("eblup", "mse", "beta_se", "residuals"):
            assert np.isfinite(getattr(model, part)).all()
        assert (model.mse > 0).all()


def test_a_constant_y_has_no_effects_and_is_no_error():
    model = fit(np.full(10, 0.3), np.full(10, 0.01), np.ones((10, 1)))
    assert model.variance_component == 0
    np.testing.assert_allclose(model.eblup, 0.3)
    np.testing.assert_allclose(model.mse, 0.001 + 2 * 2 * 0.01 / 10)


def test_eighty_four_thousand_areas_are_fitted():
    y, variances, X = some_areas(84_000, effect=0.4)
    model = fit(y, variances, X)
    assert model.variance_component == pytest.approx(0.4, abs=0.05)
    assert np.isfinite(model.mse).all()


def test_bad_input_is_named():
    y, variances, X = some_areas(8)
    X = X[:, :2]

    def code(*arguments, **options):
        with pytest.raises(StatisticsError) as caught:
            fit(*arguments, **options)
        return caught.value.code, caught.value.details

    assert code(np.where(np.arange(8) == 3, np.nan, y), variances, X)[1] == {"name": "y", "position": 3}
    assert code(y, variances, np.where(np.arange(8)[:, None] == 5, np.inf, X))[1] == {"name": "X", "position": 5}
    wrong = code(y, np.where(np.arange(8) == 2, 0, variances), X)
    assert wrong == ("variance_not_positive", {"position": 2, "variance": 0.0})
    assert code(y[:2], variances[:2], X[:2]) == ("too_few_areas", {"areas": 2, "covariates": 2})
    assert code(y[:4], variances[:4], X[:4], "amrl")[0] == "too_few_areas"
    both = np.column_stack([X, np.full(8, 3.0), X[:, 1] * 2 - 1])
    assert code(y, variances, both) == ("collinear_covariates", {"columns": [2, 3]})
    assert code(y, variances, X[:7])[0] == "shape_mismatch"
    assert code(y, variances, X, known_effect=np.full(8, -1.0))[0] == "variance_not_positive"
    assert code(y, variances, X, "henderson")[0] == "unknown_method"
    assert code(y, variances, X, when_zero="ml")[0] == "unknown_method"
    with pytest.raises(StatisticsError, match="shape_mismatch"):
        fit(y, variances, X).predict(np.ones((2, 5)))


def test_dependent_columns_are_those_after_the_first():
    x = np.arange(6.0)
    X = np.column_stack([np.ones(6), x, 5 + 3 * x, np.zeros(6), x**2])
    assert dependent_columns(X) == [2, 3]


def test_diagnostics_by_hand():
    direct, variances = np.array([1.0, 2.0]), np.array([0.5, 1.0])
    statistic, p = goodness_of_fit(direct, variances, np.array([0.0, 2.5]), np.array([0.5, 0.25]))
    # 1 / 1 + 0.25 / 1.25; chi-square with two degrees of freedom is exponential.
    assert (statistic, p) == pytest.approx((1.2, np.exp(-0.6)))
    # Shapiro and Wilk's own example (1965, section 4): weights of eleven men, W = 0.79.
    weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236]
    assert shapiro_wilk(np.array(weights))[0] == pytest.approx(0.79, abs=0.005)
    with pytest.raises(StatisticsError, match="constant_values"):
        shapiro_wilk(np.ones(5))
    lower, upper = prediction_interval(np.array([0.1, 0.5]), np.array([0.01, 0.0001]), bounds=(0, 1))
    np.testing.assert_allclose(lower, [0, 0.5 - 0.01959964])
    np.testing.assert_allclose(upper, [0.29599640, 0.51959964])
