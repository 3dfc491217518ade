"""Chances of being truly eligible and their joint draws, against sums by hand, dense matrices and a planted truth."""

import numpy as np
import pytest
from scipy.stats import beta

from queries.stats.eligibility_groups import DRAWS, Group, rate_groups
from queries.stats.eligibility_rates import Answers, fit_rates
from queries.stats.eligibility_totals import draw_totals
from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import fit
from queries.stats.survey import Design, ratio_estimates
from queries.stats.survey_covariance import Scores
from queries.stats.two_fold_model import fit_two_fold

KNOWN = {"spreads": np.array([0.1]), "shares": np.array([0.6])}


def two_stage_sample(seed: int, households: int = 240) -> Design:
    """A design of unequal weights: ten strata, the last with a single cluster, both stages counted in the frame."""
    rng = np.random.default_rng(seed)
    cluster = np.sort(rng.integers(0, 39, households))
    stratum = np.minimum(cluster // 4, 9)
    cluster = np.where(stratum == 9, 36, cluster)
    return Design(
        rng.uniform(1, 3, households), stratum, cluster, np.where(stratum == 9, 5.0, 9.0), np.full(households, 200.0)
    )


def planted(seed: int, kabupaten: int = 15, classes: int = 4, provinsi: int = 1):
    """A sample of 24 desa of 12 households in each kabupaten; a third of the families is asked about. And the truth."""
    rng = np.random.default_rng(seed)
    areas = kabupaten * provinsi
    parent = np.repeat(np.arange(provinsi), kabupaten)
    truth = np.linspace(0.8, 0.4, classes) + 0.05 * rng.standard_normal((areas, 1))
    truth = np.clip(truth + 0.02 * rng.standard_normal((areas, classes)), 0.02, 0.98)
    desa = np.repeat(np.arange(areas * 24), 12)
    area = desa // 24
    code = np.where(rng.random(len(desa)) < 0.35, rng.integers(0, classes, len(desa)), -1)
    truly = (rng.random(len(desa)) < truth[area, np.maximum(code, 0)]).astype(float)
    design = Design(rng.choice([50.0, 80.0], areas * 12)[desa // 2], desa // 2, desa)
    return Answers(design, truly, np.ones(len(desa)), code, area, parent, classes), truth


def each_alone(hits: list[list[tuple[int, int]]], parent: list[int]) -> Answers:
    """A simple random sample; `hits` gives truly eligible and asked families of each kabupaten and class."""
    cells = [(area, code, truly, asked) for area, row in enumerate(hits) for code, (truly, asked) in enumerate(row)]
    area, code = (np.repeat([cell[at] for cell in cells], [cell[3] for cell in cells]) for at in (0, 1))
    truly = np.concatenate([np.arange(asked) < hit for _, _, hit, asked in cells]).astype(float)
    n = len(area)
    return Answers(
        Design(np.full(n, 10.0), np.zeros(n, dtype=int), np.arange(n)), truly, np.ones(n), code, area,
        np.array(parent), len(hits[0]),
    )


def kabupaten(area: int, parent: int = 0, key: int = 1) -> Group:
    return Group(key, 100 + parent, True, area, parent)


def test_a_covariance_has_the_variances_of_the_ratio_estimates_on_its_diagonal():
    design = two_stage_sample(1)
    rng = np.random.default_rng(2)
    asked, code = (rng.random(240) < 0.7).astype(float), rng.integers(0, 3, 240)
    truly = asked * (rng.random(240) < 0.6)
    direct = ratio_estimates(design, truly, asked, code, 3)
    residual = design.weight * (truly - direct.estimate[code] * asked) / direct.denominator[code]
    z = np.where(code[:, None] == np.arange(3), residual[:, None], 0.0)
    found = Scores(design).covariance(np.arange(240), z)
    assert np.sqrt(np.diag(found)) == pytest.approx(direct.se)
    # The variance of the sum of two scores is that of the two and twice what they share.
    whole = Scores(design).covariance(np.arange(240), z[:, [0]] + z[:, [1]])
    assert found[0, 0] + found[1, 1] + 2 * found[0, 1] == pytest.approx(whole[0, 0])


def test_a_covariance_of_two_totals_is_that_of_a_hand():
    """One stratum of two desa with totals (3, 1) and (1, 5): n / (n - 1) sum of (t - mean)(t - mean)' = 2 [1, -2]..."""
    design = Design(np.ones(4), np.zeros(4, dtype=int), np.array([0, 0, 1, 1]))
    z = np.array([[1.0, 1.0], [2.0, 0.0], [1.0, 2.0], [0.0, 3.0]])
    assert Scores(design).covariance(np.arange(4), z) == pytest.approx(np.array([[4.0, -8.0], [-8.0, 16.0]]))


def test_the_model_is_that_of_dense_matrices():
    """V = A Z Z' + B I + S Z Z' + D: best linear unbiased predictions and their errors (Henderson 1975)."""
    rng = np.random.default_rng(3)
    y, D, S = rng.random((6, 3)), rng.uniform(0.01, 0.05, (6, 3)), rng.uniform(0, 0.004, 6)
    y[2, 1], y[4] = np.nan, np.nan
    found = fit_two_fold(y, D, S, **KNOWN)
    A, B = 0.01 * 0.6, 0.01 * 0.4
    place, column = np.divmod(np.arange(18), 3)
    same = (place[:, None] == place[None, :]).astype(float)
    effect = A * same + B * np.eye(18)
    V = effect + same * S[place] + np.diag(D.ravel())
    seen = np.isfinite(y.ravel())
    X, every = (column[:, None] == np.arange(3)).astype(float)[seen], (column[:, None] == np.arange(3)).astype(float)
    inverse = np.linalg.inv(V[np.ix_(seen, seen)])
    of_mean = np.linalg.inv(X.T @ inverse @ X)
    mean = of_mean @ X.T @ inverse @ y.ravel()[seen]
    gain = effect[:, seen] @ inverse
    assert found.mean == pytest.approx(mean)
    assert found.mean_cov == pytest.approx(of_mean)
    assert found.estimate.ravel() == pytest.approx(every @ mean + gain @ (y.ravel()[seen] - X @ mean))
    load = every - gain @ X
    error = effect - gain @ effect[seen] + load @ of_mean @ load.T
    stacked = found.load.reshape(18, 3)
    ours = stacked @ found.mean_cov @ stacked.T
    for at in range(6):
        ours[3 * at : 3 * at + 3, 3 * at : 3 * at + 3] += found.own_cov[at]
    assert ours == pytest.approx(error)
    assert found.load[4] == pytest.approx(np.eye(3)), "an area without an answer has the mean"


def test_with_one_class_the_model_is_that_of_fay_and_herriot():
    rng = np.random.default_rng(4)
    y, D = 0.5 + 0.15 * rng.standard_normal(20), rng.uniform(0.005, 0.02, 20)
    one = fit(y, D, np.ones((20, 1)))
    root = np.array([np.sqrt(one.variance_component)])
    found = fit_two_fold(y[:, None], D[:, None], spreads=root, shares=np.ones(1))
    assert found.estimate[:, 0] == pytest.approx(one.eblup)
    assert found.load[:, 0, 0] == pytest.approx(1 - one.gamma)
    assert found.own_cov[:, 0, 0] == pytest.approx(one.g1)
    assert found.mean_cov[0, 0] == pytest.approx(one.beta_se[0] ** 2)


def test_unknown_variances_are_averaged_over_by_their_restricted_likelihood():
    rng = np.random.default_rng(5)
    y, D = 0.5 + 0.1 * rng.standard_normal((9, 2)), np.full((9, 2), 0.01)
    spreads, shares = np.array([0.0, 0.1, 0.2]), np.array([0.0, 1.0])
    X, same = np.tile(np.eye(2), (9, 1)), np.kron(np.eye(9), np.ones((2, 2)))
    density, estimates = [], []
    for spread, width in zip(spreads, (0.05, 0.1, 0.05), strict=True):
        for share in shares:
            V = spread**2 * (share * same + (1 - share) * np.eye(18)) + np.diag(D.ravel())
            inverse = np.linalg.inv(V)
            left = X.T @ inverse @ X
            P = inverse - inverse @ X @ np.linalg.inv(left) @ X.T @ inverse
            height = np.linalg.slogdet(V)[1] + np.linalg.slogdet(left)[1] + y.ravel() @ P @ y.ravel()
            density.append(width * np.exp(-height / 2))
            estimates.append(
                fit_two_fold(y, D, spreads=np.array([spread]), shares=np.array([share])).estimate
            )
    expected = np.tensordot(np.array(density) / np.sum(density), np.array(estimates), 1)
    assert fit_two_fold(y, D, spreads=spreads, shares=shares).estimate == pytest.approx(expected, rel=2e-3)


@pytest.mark.parametrize(("y", "variances", "code"), [
    (np.ones((3, 2)), np.ones((3, 1)), "shape_mismatch"),
    (np.ones((3, 2)), np.zeros((3, 2)), "variance_not_positive"),
    (np.ones((1, 2)), np.ones((1, 2)), "too_few_areas"),
    (np.array([[1, np.nan]] * 5), np.ones((5, 2)), "too_few_areas"),
])  # fmt: skip
def test_a_model_refuses_what_it_cannot_be_fitted_to(y, variances, code):
    with pytest.raises(StatisticsError) as raised:
        fit_two_fold(y, variances)
    assert raised.value.code == code


def test_few_kabupaten_have_their_provinsis_pooled_share():
    """12 of 20 in one class: the longer half of the Clopper-Pearson interval of 19, Student's ratio being 1."""
    fitted = fit_rates(each_alone([[(7, 10)], [(5, 10)]], [0, 0]))
    found = rate_groups(fitted, [kabupaten(0), kabupaten(1), kabupaten(-1), Group(3, 100, False, -1, 0)], [100])
    lower, upper = beta.ppf(0.025, 11.4, 8.6), beta.ppf(0.975, 12.4, 7.6)
    se = max(0.6 - lower, upper - 0.6) / 1.959964
    assert found.rate[:, 0] == pytest.approx([0.6] * 4)
    assert found.se[:, 0] == pytest.approx([se, se, 2 * se, se], rel=1e-6)
    assert found.origin == ("provinsi",) * 4
    assert found.sample_count[:, 0].tolist() == [10, 10, 0, 20]
    assert (found.draws[:, 0] == found.draws[:, 1]).all(), "one share of all, and one error"
    assert found.draws[:, 2].std() == pytest.approx(2 * se, rel=0.15)


def test_another_provinsi_has_the_only_ones_share_with_twice_the_error():
    fitted = fit_rates(each_alone([[(6, 10)], [(6, 10)]], [0, 0]))
    groups = [Group(3, 100, False, -1, 0), Group(4, 104, False), Group(5, 105, True), Group(0, 0, False, is_all=True),
              Group(0, 0, False, is_all=True, is_reached=False)]  # fmt: skip
    found = rate_groups(fitted, groups, [100])
    se = found.se[0, 0]
    assert found.rate[:, 0] == pytest.approx([0.6] * 5)
    assert found.se[:, 0] == pytest.approx([se, 2 * se, 2 * se, se, 2 * se])
    assert found.origin == ("provinsi", "all", "all", "all", "all")


def test_from_three_provinsi_on_another_differs_by_their_spread():
    """Shares of 0.3, 0.5 and 0.7 of 400 each: the spread is that of a Fay-Herriot model of the three."""
    fitted = fit_rates(each_alone([[(120, 400)], [(200, 400)], [(280, 400)]], [0, 1, 2]))
    found = rate_groups(fitted, [Group(9, 109, True), Group(0, 0, False, is_all=True, is_reached=False)], [1, 2, 3])
    three = fit(fitted.mean[:, 0], fitted.mean_cov[:, 0, 0], np.ones((3, 1)), "reml", "amrl_yl")
    estimate, mse = three.predict(np.ones((1, 1)))
    assert found.rate[0, 0] == pytest.approx(estimate[0])
    assert found.se[0, 0] ** 2 == pytest.approx(mse[0])
    assert found.se[1, 0] == pytest.approx(three.beta_se[0]), "the nation is the mean itself"
    assert 0.1 < np.sqrt(three.variance_component) < 0.4


def test_a_class_that_nobody_answered_for_is_like_the_others_and_may_be_anything():
    fitted = fit_rates(each_alone([[(6, 10), (0, 0)], [(6, 10), (0, 0)]], [0, 0]))
    found = rate_groups(fitted, [kabupaten(0)], [100])
    assert found.rate[0, 1] == pytest.approx(0.6) and found.sample_count[0, 1] == 0
    low, high = np.quantile(found.draws[:, 0, 1], [0.025, 0.975])
    assert (low, high) == (0, 1)


def test_answers_all_alike_leave_doubt():
    fitted = fit_rates(each_alone([[(10, 10)]], [0]))
    found = rate_groups(fitted, [kabupaten(0)], [100])
    assert found.rate[0, 0] == 1
    assert found.se[0, 0] == pytest.approx((1 - beta.ppf(0.025, 10, 1)) / 1.959964, rel=1e-6)
    with pytest.raises(StatisticsError, match="no_answers"):
        fit_rates(each_alone([[(0, 0)], [(0, 0)]], [0, 0]))


def test_kabupaten_are_drawn_towards_their_classes_mean_and_their_draws_do_not_depend_on_the_question():
    answers, _ = planted(7)
    fitted = fit_rates(answers)
    every = [Group(at + 1, 99, True, at, 0) for at in range(15)] + [Group(50, 99, True, -1, 0)]
    found, again = rate_groups(fitted, every, [99]), rate_groups(fitted, every[3:4], [99])
    assert fitted.is_modelled.all() and found.origin == ("kabupaten",) * 15 + ("provinsi",)
    direct = ratio_estimates(answers.design, answers.truly * answers.is_asked, answers.units * answers.is_asked,
                             np.where(answers.is_asked, answers.area * 4 + answers.class_code, -1), 60)  # fmt: skip
    assert found.rate[:15].std(axis=0).max() < direct.estimate.reshape(15, 4).std(axis=0).min()
    assert found.rate[15] == pytest.approx(fitted.mean[0])
    assert (found.se[15] > found.se[:15].mean(axis=0)).all()
    assert (again.draws[:, 0] == found.draws[:, 3]).all()
    assert found.draws.shape == (DRAWS, 16, 4) and found.draws.min() >= 0 and found.draws.max() <= 1
    inside = (found.rate > 4 * found.se) & (found.rate < 1 - 4 * found.se)
    assert np.abs(found.draws.mean(axis=0) - found.rate)[inside].max() < 1e-9
    assert found.draws.std(axis=0)[inside] == pytest.approx(found.se[inside], rel=0.12)


def test_what_sets_a_kabupaten_apart_is_shared_by_its_classes():
    """Classes move together where kabupaten differ in all of them: the sum errs by more than four errors alone."""
    answers, _ = planted(7)
    found = rate_groups(fit_rates(answers), [Group(1, 99, True, -1, 0)], [99])
    correlation = np.corrcoef(found.draws[:, 0].T)[np.triu_indices(4, 1)]
    assert correlation.min() > 0.2


def test_intervals_hold_a_planted_truth():
    """25 samples of 60 cells; over 300 samples 95.2 % of the intervals of cells hold it, and 95.0 % of the sum's."""
    held, together = [], []
    for seed in range(25):
        answers, truth = planted(1_000 + seed)
        found = rate_groups(fit_rates(answers), [Group(at + 1, 99, True, at, 0) for at in range(15)], [99])
        held.append(np.abs(found.rate - truth) < 1.96 * found.se)
        low, high = np.quantile(found.draws.sum(axis=(1, 2)), [0.025, 0.975])
        together.append(low <= truth.sum() <= high)
    assert 0.90 < np.mean(held) < 0.985
    assert np.mean(together) >= 0.84


def test_totals_and_their_spread_are_those_of_a_hand():
    """Four desa in one stratum, without rates that could move: the variance is 4/3 the sum of squares of totals."""
    design = Design(np.full(8, 10.0), np.zeros(8, dtype=int), np.repeat(np.arange(4), 2))
    eligible = np.array([1, 1, 1, 0, 1, 1, 0, 0], dtype=float)
    parts = np.zeros((8, 4))
    parts[:, 0] = eligible
    answers = Answers(design, eligible, np.ones(8), np.full(8, -1), np.zeros(8, dtype=int), np.array([0]), 1)
    found = draw_totals(answers, np.ones(8, dtype=bool), parts, np.ones((DRAWS, 1, 1)), np.zeros((1, 1)), 99)
    by_desa = np.array([20, 10, 20, 0])
    assert found.eligible[0] == 50 and found.gap[0] == 0
    assert found.eligible[1].std() == pytest.approx(np.sqrt(4 / 3 * ((by_desa - 12.5) ** 2).sum()), rel=0.08)


def test_what_is_left_out_moves_with_the_chances_of_those_on_the_list():
    """Where every truly eligible family stands on the list, the gap is the asked times their chance, and errs so."""
    answers, _ = planted(7, classes=1)
    fitted = fit_rates(answers)
    found = rate_groups(fitted, [Group(at + 1, 99, True, at, 0) for at in range(15)], [99])
    parts = np.zeros((len(answers.area), 4))
    parts[:, 3] = answers.truly * answers.is_asked
    everywhere = np.ones(len(parts), dtype=bool)
    totals = draw_totals(answers, everywhere, parts, found.draws, fitted.area_weight, 99)
    assert totals.gap[0] == pytest.approx(answers.design.weight @ parts[:, 3])
    reached = np.einsum("bgd,gd->b", found.draws, fitted.area_weight)
    variance = Scores(answers.design).covariance(np.arange(len(parts)), parts * answers.design.weight[:, None])[3, 3]
    assert totals.gap[1].std() == pytest.approx(np.sqrt(variance), rel=0.08)
    assert np.corrcoef(reached, totals.gap[1])[0, 1] > 0.4
    assert (totals.eligible[1] >= totals.gap[1]).all()
