"""Benchmarked estimates against sums done by hand, and what benchmarking costs."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.stats.benchmarking import benchmark
from queries.stats.errors import StatisticsError

ONE_GROUP = np.zeros(3, dtype=int)


def test_one_factor_or_one_addend_reaches_the_target():
    estimate, weight = np.array([0.2, 0.4, 0.6]), np.array([1.0, 2, 1])
    ratio = benchmark(estimate, weight, np.array([0.5]), ONE_GROUP)
    np.testing.assert_allclose(ratio.estimate, [0.25, 0.5, 0.75])
    np.testing.assert_allclose(ratio.adjustment, [1.25])
    moved = benchmark(estimate, weight, np.array([0.5]), ONE_GROUP, "difference")
    np.testing.assert_allclose(moved.estimate, [0.3, 0.5, 0.7])
    np.testing.assert_allclose(moved.adjustment, [0.1])


def test_an_estimate_that_would_leave_the_unit_interval_stops_and_the_others_take_over():
    """0.9, 0.6 and 0.3 to the mean 0.8: 1, then 2.4 - 1 over 0.9 is 1.5556: 0.9333 and 0.4667."""
    found = benchmark(np.array([0.9, 0.6, 0.3]), np.ones(3), np.array([0.8]), ONE_GROUP)
    np.testing.assert_allclose(found.estimate, [1, 0.6 * 1.4 / 0.9, 0.3 * 1.4 / 0.9])
    np.testing.assert_allclose(found.adjustment, [1.4 / 0.9])
    # 0.05, 0.5 and 0.9 down by 0.2 on average: 0, then 0.2833 less for the two others.
    found = benchmark(np.array([0.05, 0.5, 0.95]), np.ones(3), np.array([0.3]), ONE_GROUP, "difference")
    np.testing.assert_allclose(found.estimate, [0, 0.225, 0.675])
    assert found.is_reached.all()
    amounts = benchmark(np.array([90.0, 60, 30]), np.ones(3), np.array([80.0]), ONE_GROUP, upper=None)
    np.testing.assert_allclose(amounts.estimate, [120, 80, 40])


def test_groups_without_a_target_a_weight_or_anything_to_multiply_keep_their_estimates():
    estimate, group = np.array([0.2, 0.4, 0.3, 0.5, 0.0]), np.array([0, 0, 1, 2, 3])
    found = benchmark(estimate, np.array([1.0, 1, 1, 0, 1]), np.array([0.6, np.nan, 0.7, 0.1]), group)
    np.testing.assert_allclose(found.estimate, [0.4, 0.8, 0.3, 0.5, 0.0])
    np.testing.assert_array_equal(found.is_reached, [True, False, False, False])
    np.testing.assert_allclose(found.adjustment, [2, np.nan, np.nan, np.nan])


def test_an_area_without_weight_moves_with_its_group():
    found = benchmark(np.array([0.2, 0.4, 0.5]), np.array([1.0, 1, 0]), np.array([0.6]), ONE_GROUP)
    np.testing.assert_allclose(found.estimate, [0.4, 0.8, 1.0])


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.floats(0.001, 1), st.floats(0.001, 50)), min_size=1, max_size=12), st.floats(0, 1),
    st.sampled_from(["ratio", "difference"]),
)
def test_the_weighted_mean_is_the_target_and_rates_stay_rates(areas, target, kind):
    estimate, weight = np.array(areas).T
    found = benchmark(estimate, weight, np.array([target]), np.zeros(len(areas), int), kind)
    assert found.is_reached.all()
    assert (found.estimate >= 0).all() and (found.estimate <= 1 + 1e-12).all()
    assert np.average(found.estimate, weights=weight) == pytest.approx(target, abs=1e-9)
    order = np.argsort(estimate, kind="stable")
    assert (np.diff(found.estimate[order]) >= -1e-12).all()


def test_replicates_are_benchmarked_as_one_by_one():
    rng = np.random.default_rng(3)
    estimate, weight, group = rng.random((20, 7)), rng.random(7), np.array([0, 0, 0, 1, 1, 1, 1])
    target = rng.random((20, 2))
    together = benchmark(estimate, weight, target, group)
    for row in range(20):
        one = benchmark(estimate[row], weight, target[row], group)
        np.testing.assert_allclose(together.estimate[row], one.estimate)
        np.testing.assert_allclose(together.adjustment[row], one.adjustment)


def test_bad_input_is_named():
    good = (np.array([0.2, 0.4, 0.6]), np.ones(3), np.array([0.5]), ONE_GROUP)
    for place, wrong, code in (
        (0, np.array([0.2, np.nan, 0.6]), "not_finite"), (1, np.array([1.0, -1, 1]), "weight_not_positive"),
        (1, np.array([1.0, np.nan, 1]), "weight_not_positive"), (2, np.array([1.5]), "target_out_of_bounds"),
        (3, np.array([0, 1, 0]), "shape_mismatch"), (1, np.ones(2), "shape_mismatch"),
    ):
        given_now = list(good)
        given_now[place] = wrong
        with pytest.raises(StatisticsError, match=code):
            benchmark(*given_now)
    with pytest.raises(StatisticsError, match="unknown_method"):
        benchmark(*good, kind="raking")


