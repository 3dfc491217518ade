"""The sample planner's mathematics counted by hand, by trying everything, and by drawing from a known province."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import beta, norm, t

from queries.stats.errors import StatisticsError
from queries.stats.sampling import (
    Areas,
    allocate_budget,
    draw_two_stage,
    expected_width,
    required_sample,
)
from queries.stats.survey import Design, ratio_estimates

DESA_IDR, HOUSEHOLD_IDR = 1_500_000, 75_000


def areas_of(desa, households, rate=0.2, rho=0.1, share=1 / 3):
    desa, households, rate, rho, share = np.broadcast_arrays(*map(np.atleast_1d, (desa, households, rate, rho, share)))
    prices = np.full(len(desa), DESA_IDR), np.full(len(desa), HOUSEHOLD_IDR)
    return Areas(desa, households, rate.astype(float), rho.astype(float), share.astype(float), *prices)


def width_by_hand(desa, households, rate, rho, share, a, m):
    """The width of one area's interval, from the sources' formulas and scipy's distributions."""
    b, whole = m * share, households / desa * share
    variance = (rho + (1 - rho) / b) / a - (rho + (1 - rho) / whole) / desa
    n = (norm.ppf(0.975) / t.ppf(0.975, a - 1)) ** 2 / variance if variance > 1e-12 else np.inf
    n = min(n, a * b)
    hits, misses = n * rate, n * (1 - rate)
    return beta.ppf(0.975, hits + 1, misses) - beta.ppf(0.025, hits, misses + 1)


def test_the_expected_width_is_counted_by_hand():
    """4 of 10 desa, 12 of 300 households in each, a third of them eligible, p 0.2, rho 0.1.

    b = 4, B = 100: v = (0.1 + 0.9/4)/4 - (0.1 + 0.9/100)/10 = 0.08125 - 0.0109; t with 3 df is 3.182, so that the
    effective size is (1.960/3.182)^2 / 0.07035 = 5.39 of 16 answers.
    """
    found = expected_width(areas_of(10, 3000), [4], [12])
    assert found == pytest.approx(beta.ppf(0.975, 5.3916 * 0.2 + 1, 5.3916 * 0.8) - beta.ppf(
        0.025, 5.3916 * 0.2, 5.3916 * 0.8 + 1), abs=1e-5)  # fmt: skip
    assert found == pytest.approx(width_by_hand(10, 3000, 0.2, 0.1, 1 / 3, 4, 12), rel=1e-9)


def test_one_desa_or_none_tells_nothing():
    areas = areas_of([10, 10, 1, 0], [3000, 3000, 300, 0])
    assert expected_width(areas, [1, 0, 1, 0], [300, 300, 300, 0]).tolist() == [1, 1, 1, 1]


@settings(max_examples=60, deadline=None)
@given(
    st.integers(2, 12), st.integers(1, 200), st.floats(0.01, 0.99), st.floats(0, 1), st.floats(0.02, 1), st.data()
)  # fmt: skip
def test_more_desa_or_households_never_widen_the_interval(desa, size, rate, rho, share, data):
    areas = areas_of(desa, desa * size, rate, rho, share)
    a, m = data.draw(st.integers(1, desa)), data.draw(st.integers(1, size))
    width = expected_width(areas, [a], [m])[0]
    assert 0 < width <= 1
    assert expected_width(areas, [min(a + 1, desa)], [m])[0] <= width + 1e-9
    assert expected_width(areas, [a], [min(m + 1, size)])[0] <= width + 1e-9


@pytest.mark.parametrize("rho", [0, 0.08, 1])
@pytest.mark.parametrize("width", [0.6, 0.35, 0.2])
def test_the_required_sample_is_the_cheapest_of_all_that_reach_the_width(rho, width):
    desa, size, share = 6, 90, 0.5
    plan = required_sample(areas_of(desa, desa * size, 0.3, rho, share), width)
    options = [
        (a * DESA_IDR + a * m * HOUSEHOLD_IDR, a, m)
        for a, m in product(range(2, desa + 1), range(1, size + 1))
        if width_by_hand(desa, desa * size, 0.3, rho, share, a, m) <= width
    ]
    assert plan.is_reachable.all()
    assert (plan.cost_idr[0], plan.desa_count[0], plan.desa_household_count[0]) == min(options)
    assert plan.width[0] <= width


def test_an_area_that_cannot_reach_the_width_is_flagged_and_given_its_least():
    """30 eligible households in all cannot give 10 points; one desa can give nothing, and is sent to once."""
    areas = areas_of([5, 1, 3, 12, 4], [90, 400, 0, 6000, 800], share=[1 / 3, 1 / 3, 1 / 3, 1 / 3, 0])
    plan = required_sample(areas, 0.1)
    assert plan.is_reachable.tolist() == [False, False, False, True, False]
    assert (plan.desa_count[0], plan.household_count[0]) == (5, 90)
    assert (plan.desa_count[1], plan.household_count[1], plan.width[1]) == (1, 1, 1)
    assert [plan.desa_count[at] + plan.cost_idr[at] for at in (2, 4)] == [0, 0]
    assert plan.width[[2, 4]].tolist() == [1, 1]


def test_a_budget_that_suffices_is_not_spent():
    areas = areas_of([12, 8, 15], [6000, 2400, 9000], [0.2, 0.4, 0.1])
    wanted = required_sample(areas, 0.3)
    found = allocate_budget(areas, int(wanted.cost_idr.sum()) + 7, 0.3)
    assert found.width == 0.3
    assert found.plan.cost_idr.tolist() == wanted.cost_idr.tolist()
    assert (found.cost_idr, found.remainder_idr) == (wanted.cost_idr.sum(), 7)


def test_a_short_budget_gives_the_least_equal_width_of_all_allocations():
    areas = areas_of([4, 3], [48, 45], [0.3, 0.5], [0.05, 0.2], 0.6)
    options = []
    for k, (desa, size) in enumerate([(4, 12), (3, 15)]):
        every = [(a, m) for a in range(2, desa + 1) for m in range(1, size + 1)]
        one = [replace(areas, **{name: values[[k]] for name, values in vars(areas).items()})] * len(every)
        widths = [expected_width(area, [a], [m])[0] for area, (a, m) in zip(one, every, strict=True)]
        options.append([(w, a * DESA_IDR + a * m * HOUSEHOLD_IDR) for w, (a, m) in zip(widths, every, strict=True)])
    for budget_idr in (7_000_000, 9_123_456, 12_000_000, 15_000_000):
        best = min(max(w1, w2) for (w1, c1), (w2, c2) in product(*options) if c1 + c2 <= budget_idr)
        found = allocate_budget(areas, budget_idr, 0.05)
        assert found.plan.width.max() == pytest.approx(best, abs=2e-5)
        cost = found.plan.desa_count * DESA_IDR + found.plan.household_count * HOUSEHOLD_IDR
        assert found.plan.cost_idr.tolist() == cost.tolist()
        assert found.cost_idr + found.remainder_idr == budget_idr
        assert found.remainder_idr >= 0


def test_a_budget_below_the_smallest_sample_says_what_that_costs():
    with pytest.raises(StatisticsError) as refused:
        allocate_budget(areas_of([12, 8], [6000, 2400]), 1_000_000, 0.3)
    assert refused.value.code == "budget_too_small"
    assert refused.value.details["least_idr"] == 4 * DESA_IDR + 4 * HOUSEHOLD_IDR


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"rho": np.array([1.2])}, "bad_plan_input"), ({"rate": np.array([np.nan])}, "bad_plan_input"),
        ({"desa_idr": np.array([1.5])}, "bad_plan_input"), ({"desa_count": np.array([-1])}, "bad_plan_input"),
        ({"eligible_share": np.array([0.1, 0.2])}, "shape_mismatch"),
    ],
)  # fmt: skip
def test_what_cannot_be_planned_is_refused(change, code):
    with pytest.raises(StatisticsError, match=code):
        required_sample(replace(areas_of(5, 500), **change), 0.2)


def test_widths_and_budgets_that_cannot_be_are_refused():
    for width in (0, 1.1, np.nan):
        with pytest.raises(StatisticsError, match="bad_width"):
            required_sample(areas_of(5, 500), width)
    with pytest.raises(StatisticsError, match="bad_budget"):
        allocate_budget(areas_of(5, 500), 1e9, 0.2)


# Three areas of 4, 5 and 1 desa; desa 7 has 3 households, the others 10; desa codes have gaps.
DESA = np.concatenate([np.repeat([2, 3, 5, 6], 10), [7] * 3, np.repeat([8, 9, 20, 21], 10), [30] * 10])
AREA = np.concatenate([np.repeat(0, 40), np.repeat(1, 43), np.repeat(2, 10)])


def test_a_drawn_sample_has_the_counts_and_weights_of_its_design():
    drawn = draw_two_stage(5, DESA, AREA, np.array([2, 5, 2]), np.array([4, 6, 10]))
    area, desa = AREA[drawn.position], DESA[drawn.position]
    assert (np.diff(drawn.position) > 0).all()
    assert np.bincount(area).tolist() == [8, 3 + 4 * 6, 10]
    assert len(set(desa[area == 0])) == 2
    assert set(drawn.weight[area == 0]) == {4 / 2 * 10 / 4}
    # All desa of the second area are taken, and all of the three households of its smallest.
    assert set(drawn.weight[desa == 7]) == {1.0}
    assert set(drawn.weight[(area == 1) & (desa != 7)]) == {10 / 6}
    assert set(drawn.weight[area == 2]) == {1.0}
    assert drawn.area_desa_count[[0, -1]].tolist() == [4, 1]
    assert set(drawn.desa_household_count[desa == 7]) == {3}


def test_a_seed_draws_the_same_again_and_another_seed_does_not():
    arguments = DESA, AREA, np.array([2, 2, 1]), np.array([4, 4, 4])
    first, again, other = (draw_two_stage(seed, *arguments).position.tolist() for seed in (1, 1, 2))
    assert first == again != other


def test_an_area_without_a_place_in_the_sample_is_not_drawn():
    drawn = draw_two_stage(1, DESA, np.where(AREA == 2, -1, AREA), np.array([0, 2, 1]), np.array([4, 4, 4]))
    assert set(AREA[drawn.position]) == {1}


def test_a_desa_in_two_areas_and_unknown_areas_are_refused():
    with pytest.raises(StatisticsError, match="desa_in_two_areas"):
        draw_two_stage(1, np.array([1, 1]), np.array([0, 1]), np.array([1, 1]), np.array([1, 1]))
    with pytest.raises(StatisticsError, match="bad_code"):
        draw_two_stage(1, np.array([1, 1]), np.array([0, 2]), np.array([1, 1]), np.array([1, 1]))


def test_draws_estimates_and_plan_agree_on_a_known_population():
    """8 desa of 50: over 600 drawn samples of 3 desa and 10 households the mean estimated variance, the variance of the
    estimates and the plan's formula (with the population's own variances, Cochran 1977, theorem 10.1) are the same."""
    rng = np.random.default_rng(3)
    desa = np.repeat(np.arange(8), 50)
    missed = (rng.random(400) < np.linspace(0.1, 0.5, 8)[desa]).astype(float)
    by_desa = missed.reshape(8, 50)
    between, within = by_desa.mean(axis=1).var(ddof=1), by_desa.var(axis=1, ddof=1).mean()
    true_variance = (1 - 3 / 8) / 3 * between + (1 - 10 / 50) / 30 * within
    above = between - within / 50
    rho = above / (above + within)
    v = (rho + (1 - rho) / 10) / 3 - (rho + (1 - rho) / 50) / 8
    assert v * (above + within) == pytest.approx(true_variance)

    estimates, variances, frequency = [], [], np.zeros(400)
    for seed in range(600):
        drawn = draw_two_stage(seed, desa, 0 * desa, np.array([3]), np.array([10]))
        frequency[drawn.position] += 1
        n = len(drawn.position)
        design = Design(drawn.weight, np.zeros(n, int), desa[drawn.position], drawn.area_desa_count,
                        drawn.desa_household_count)  # fmt: skip
        found = ratio_estimates(design, missed[drawn.position], np.ones(n), np.zeros(n, int), 1)
        estimates.append(found.estimate[0])
        variances.append(found.se[0] ** 2)
    assert np.mean(estimates) == pytest.approx(missed.mean(), abs=4 * np.sqrt(true_variance / 600))
    assert np.mean(variances) == pytest.approx(true_variance, rel=0.1)
    assert np.var(estimates) == pytest.approx(true_variance, rel=0.2)
    # Every household is drawn with probability 3/8 * 10/50.
    assert abs(frequency / 600 - 0.075).max() < 5 * np.sqrt(0.075 * 0.925 / 600)
