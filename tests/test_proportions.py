"""Intervals of proportions held against R, published tables and their own symmetry."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import t as student

from queries.stats.errors import StatisticsError
from queries.stats.proportions import (
    clopper_pearson_interval,
    korn_graubard_interval,
    reliability,
    wilson_interval,
)

EXPECTED = pd.read_csv(Path(__file__).parent / "reference" / "survey_expected.csv").dropna(subset="lower")


def test_korn_graubard_is_svyciprop_beta_below_its_cap():
    p, n, df = (EXPECTED[name].to_numpy() for name in ("estimate", "sample_count", "df"))
    effective = p * (1 - p) / EXPECTED["se"].to_numpy() ** 2
    lower, upper = korn_graubard_interval(p, effective, n, df)
    is_capped = effective * (student.ppf(0.975, n - 1) / student.ppf(0.975, df)) ** 2 > n
    assert (is_capped.sum(), (~is_capped).sum()) == (27, 25)
    np.testing.assert_allclose(lower[~is_capped], EXPECTED["lower"][~is_capped], rtol=1e-7)
    np.testing.assert_allclose(upper[~is_capped], EXPECTED["upper"][~is_capped], rtol=1e-7)
    # The others are better than a simple random sample, where R lets the effective size exceed the sample.
    np.testing.assert_allclose(lower[is_capped], clopper_pearson_interval(p, n)[0][is_capped])
    assert (lower[is_capped] < EXPECTED["lower"][is_capped]).all()
    assert (upper[is_capped] > EXPECTED["upper"][is_capped]).all()


# Newcombe (1998, Statistics in Medicine 17, 857-872, table I): 81/263, 15/148, 0/20, 1/29.
NEWCOMBE = [(81, 263), (15, 148), (0, 20), (1, 29)]


def test_wilson_and_exact_intervals_are_those_that_newcombe_printed():
    p, n = np.array([a / b for a, b in NEWCOMBE]), np.array([b for _, b in NEWCOMBE])
    wilson = np.column_stack(wilson_interval(p, n))
    exact = np.column_stack(clopper_pearson_interval(p, n))
    assert np.round(wilson, 4).tolist() == [[0.2553, 0.3662], [0.0624, 0.1605], [0, 0.1611], [0.0061, 0.1718]]
    assert np.round(exact, 4).tolist() == [[0.2527, 0.3676], [0.0578, 0.1617], [0, 0.1684], [0.0009, 0.1776]]


def test_alike_answers_have_an_interval_with_a_width():
    """No case of 20 independent ones: the upper end is 1 - 0.025^(1/20), by hand."""
    lower, upper = clopper_pearson_interval([0.0, 1.0], [20, 20])
    assert lower.tolist() == pytest.approx([0, 0.025 ** (1 / 20)])
    assert upper.tolist() == pytest.approx([1 - 0.025 ** (1 / 20), 1])
    few, many = (korn_graubard_interval(0.0, 20, 20, df)[1][0] for df in (3, 19))
    assert many == pytest.approx(upper[0])
    assert few > many


def test_without_degrees_of_freedom_nothing_is_known():
    assert [end.tolist() for end in korn_graubard_interval(0.3, 12, 12, 0)] == [[0], [1]]
    assert [end.tolist() for end in korn_graubard_interval(0.3, 0, 12, 4)] == [[0], [1]]
    assert [end.tolist() for end in wilson_interval(0.3, 0)] == [[0], [1]]


def test_without_a_sample_there_is_no_interval():
    for interval in (korn_graubard_interval(np.nan, 0, 0, 0), wilson_interval(np.nan, 0)):
        assert np.isnan(interval).all()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [((1.2, 10), "bad_proportion"), ((np.nan, 10), "bad_proportion"), ((0.5, -1), "bad_size"),
     ((0.5, np.nan), "bad_size"), ((0.5, 10, 1.0), "bad_level")],
)  # fmt: skip
def test_what_is_no_proportion_is_refused(arguments, code):
    for interval in (wilson_interval, clopper_pearson_interval):
        with pytest.raises(StatisticsError, match=code):
            interval(*arguments)
    with pytest.raises(StatisticsError, match=code):
        korn_graubard_interval(*arguments[:2], 20, 3, *arguments[2:])


@given(st.integers(0, 200), st.integers(1, 200), st.integers(1, 30), st.floats(0.3, 4))
def test_intervals_hold_their_estimate_and_mirror_for_the_complement(hits, n, df, deff):
    p = min(hits, n) / n
    for interval, more in (
        (wilson_interval, ()), (clopper_pearson_interval, ()), (korn_graubard_interval, (n, df)),
    ):  # fmt: skip
        (lower,), (upper,) = interval(p, n / deff, *more)
        (mirrored_lower,), (mirrored_upper,) = interval(1 - p, n / deff, *more)
        assert 0 <= lower <= p + 1e-12 and p - 1e-12 <= upper <= 1
        assert (1 - mirrored_upper, 1 - mirrored_lower) == pytest.approx((lower, upper), abs=1e-9)


@pytest.mark.parametrize(
    ("estimate", "lower", "upper", "n", "expected"),
    [
        (0.40, 0.38, 0.43, 1500, "reliable"),
        (0.40, 0.38, 0.4301, 1500, "caution"),
        (0.20, 0.05, 0.35, 30, "not_shown"),  # 30 points, 150 % of 20
        (0.24, 0.11, 0.41, 30, "caution"),  # 30 points, 125 %
        (0.50, 0.35, 0.651, 60, "not_shown"),  # 30.1 points
        (0.10, 0.05, 0.18, 60, "caution"),  # exactly 130 %
        (0.09, 0.05, 0.18, 60, "not_shown"),
        (0.02, 0.01, 0.05, 400, "reliable"),  # 200 %, but 4 points
        (0.40, 0.39, 0.42, 29, "not_shown"),
        (0.00, 0.00, 0.06, 60, "not_shown"),
        (0.00, 0.00, 0.04, 90, "reliable"),
        (np.nan, np.nan, np.nan, 0, "not_shown"),
    ],
)
def test_reliability_follows_the_width_for_a_rate_and_its_complement(estimate, lower, upper, n, expected):
    assert reliability(estimate, lower, upper, n) == expected
    assert reliability(1 - estimate, 1 - upper, 1 - lower, n) == expected
