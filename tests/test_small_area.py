"""The small-area recipe on made-up areas: what must hold whatever the data, and a stated rule for each bad input."""

from dataclasses import replace

import numpy as np
import pytest

from queries.stats.errors import StatisticsError
from queries.stats.small_area import LEAST_AREAS, Answers, Areas, estimate_areas

REPLICATES = 20


def made_up(area_count=60, desa=2, households=12, seed=3, unsampled=()):
    """Areas whose true rates follow one covariate closely, and a sample of some households of each."""
    rng = np.random.default_rng(seed)
    covariate = rng.normal(0, 1, area_count)
    rate = np.clip(0.5 + 0.12 * covariate + rng.normal(0, 0.02, area_count), 0.05, 0.95)
    area = np.repeat(np.arange(area_count), desa * households)
    cluster = np.repeat(np.arange(area_count * desa), households)
    kept = ~np.isin(area, unsampled)
    area, cluster = area[kept], cluster[kept]
    denominator = (rng.random(len(area)) < 0.5).astype(float)
    answer = denominator * (rng.random(len(area)) < rate[area])
    answers = Answers(answer, denominator, np.full(len(area), 9.0), area, cluster, np.zeros(len(area), dtype=int))
    areas = Areas(
        np.column_stack([covariate, rng.normal(0, 1, area_count)]), ("told", "idle"), np.full(area_count, 2500.0),
        np.zeros(area_count, dtype=int), np.arange(area_count) // 10,
    )
    return answers, areas, rate


def estimated(answers, areas, **options):
    return estimate_areas(answers, areas, replicates=REPLICATES, **options)


def permuted(answers, order):
    return Answers(*(getattr(answers, name)[order] for name in Answers.__dataclass_fields__))


def test_estimates_are_nearer_to_the_truth_than_direct_ones_and_lie_in_their_intervals():
    answers, areas, rate = made_up()
    found = estimated(answers, areas)
    total = np.bincount(answers.area, answers.denominator)
    direct = np.bincount(answers.area, answers.numerator) / total
    assert np.mean((found.estimate - rate) ** 2) < 0.3 * np.mean((direct - rate) ** 2)
    assert ((found.lower <= found.estimate) & (found.estimate <= found.upper)).all()
    assert (found.lower >= 0).all() and (found.upper <= 1).all()
    assert np.mean((found.lower <= rate) & (rate <= found.upper)) > 0.9
    assert found.selection.names == ("told",)


def test_the_weighted_mean_of_the_areas_is_the_direct_estimate_above():
    answers, areas, _ = made_up()
    areas = replace(areas, group=np.arange(60) // 30)
    found = estimated(answers, areas)
    weight = np.bincount(answers.area, answers.weight * answers.denominator)
    for group in (0, 1):
        inside = areas.group == group
        rows = inside[answers.area]
        direct = answers.numerator[rows].sum() / answers.denominator[rows].sum()
        assert np.average(found.estimate[inside], weights=weight[inside]) == pytest.approx(direct, abs=1e-9)


def test_a_parent_is_the_weighted_mean_of_its_areas_and_surer_than_they_are():
    answers, areas, _ = made_up()
    found = estimated(answers, areas)
    weight = np.bincount(answers.area, answers.weight * answers.denominator)
    assert found.parents.estimate[0] == pytest.approx(np.average(found.estimate[:10], weights=weight[:10]))
    assert (found.parents.se < np.array([found.se[areas.parent == parent].mean() for parent in range(6)])).all()


def test_the_order_of_households_changes_nothing():
    answers, areas, _ = made_up()
    order = np.random.default_rng(0).permutation(len(answers.area))
    first, second = estimated(answers, areas), estimated(permuted(answers, order), areas)
    np.testing.assert_allclose(first.estimate, second.estimate, rtol=1e-9)
    np.testing.assert_allclose(first.upper, second.upper, rtol=1e-9)


def test_an_area_without_a_sample_gets_what_the_covariates_say():
    answers, areas, rate = made_up(unsampled=(7, 31))
    found = estimated(answers, areas)
    assert found.is_sampled.sum() == 58
    assert (found.gamma[[7, 31]] == 0).all() and np.isnan(found.residual[[7, 31]]).all()
    np.testing.assert_allclose(found.estimate[[7, 31]], rate[[7, 31]], atol=0.12)
    assert (found.se[[7, 31]] > 0).all()


def test_many_answers_per_area_are_modelled_on_the_arcsine_scale_and_few_are_not():
    assert estimated(*made_up()[:2]).scale == "plain"
    answers, areas, rate = made_up(desa=4, households=30)
    found = estimated(answers, areas)
    assert found.scale == "arcsine"
    assert np.sqrt(np.mean((found.estimate - rate) ** 2)) < 0.04
    assert np.mean((found.lower <= rate) & (rate <= found.upper)) > 0.85


def test_too_few_areas_have_no_model():
    answers, areas, _ = made_up(area_count=LEAST_AREAS - 1)
    found = estimated(answers, areas)
    assert (found.is_used, found.reason) == (False, "too_few_areas")
    assert np.isnan(found.estimate).all()


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_answers_that_are_all_alike_have_no_model(share):
    answers, areas, _ = made_up()
    found = estimated(replace(answers, numerator=share * answers.denominator), areas)
    assert (found.is_used, found.reason) == (False, "no_variation")


def test_constant_and_collinear_covariates_are_left_out_and_named():
    answers, areas, _ = made_up()
    told = areas.covariates[:, 0]
    columns = np.column_stack([np.ones(60), told, 3 * told - 1])
    spoilt = replace(areas, covariates=columns, names=("one", "told", "echo"))
    found = estimated(answers, spoilt)
    assert found.selection.dropped == {"one": "constant", "echo": "collinear"}
    np.testing.assert_allclose(found.estimate, estimated(answers, areas).estimate, atol=0.005)


def test_a_covariate_that_is_missing_is_refused():
    answers, areas, _ = made_up()
    areas.covariates[4, 1] = np.nan
    with pytest.raises(StatisticsError) as raised:
        estimated(answers, areas)
    assert (raised.value.code, raised.value.details["position"]) == ("not_finite", 4)


def test_one_household_per_cluster_is_taken_as_drawn_alone():
    answers, areas, _ = made_up(desa=24, households=1)
    found = estimated(answers, areas)
    assert found.is_used and not found.counts.is_estimated
    assert np.isfinite(found.se).all()


def test_every_kecamatan_of_the_country_is_estimated_at_once():
    answers, areas, rate = made_up(area_count=7285)
    found = estimated(answers, areas, selects=False)
    assert np.isfinite(found.estimate).all() and np.isfinite(found.upper).all()
    assert np.sqrt(np.mean((found.estimate - rate) ** 2)) < 0.05
