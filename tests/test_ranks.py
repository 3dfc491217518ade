"""Joint intervals of ranks counted by hand, by comparing all pairs, and on the data of the paper."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.stats.errors import StatisticsError
from queries.stats.ranks import critical_value, joint_rank_intervals

REFERENCE = Path(__file__).parent / "reference"


def ranks(*arguments, **options):
    lower, upper = joint_rank_intervals(*arguments, **options)
    return list(zip(lower.tolist(), upper.tolist(), strict=True))


def test_critical_values_are_those_of_the_paper():
    """51 states at 90 %: "around 3.081" and, by Bonferroni, "around 3.096" (vignette of R's RankingProject)."""
    assert round(critical_value(51, 0.90, "independent"), 3) == 3.081
    assert round(critical_value(51, 0.90, "bonferroni"), 3) == 3.096
    assert critical_value(1, 0.95, "independent") == pytest.approx(1.959963984540054)


@pytest.mark.parametrize("correction", ["independent", "bonferroni"])
def test_travel_times_of_the_states_are_ranked_as_by_comparing_all_pairs(correction):
    data = pd.read_csv(REFERENCE / "ranks_travel_time.csv")
    expected = pd.read_csv(REFERENCE / "ranks_expected.csv")
    se = data["moe"].to_numpy() / 1.6448536269514722
    lower, upper = joint_rank_intervals(data["estimate"].to_numpy(), se, 0.90, correction)
    assert lower.tolist() == expected[f"{correction}_lower"].tolist()
    assert upper.tolist() == expected[f"{correction}_upper"].tolist()
    # Maryland and New York are the longest, in either order; no state's rank is known.
    assert set(data["state"][upper == 2]) == {"MD", "NY"}
    assert (lower < upper).all()


def test_four_areas_are_ranked_by_hand():
    """z is 2.49 for four areas at 95 %: (0.50 +- 0.025), (0.40 +- 0.070), (0.30 +- 0.05) and (0.10 +- 0.025)."""
    z = 2.4909
    found = ranks([0.50, 0.40, 0.30, 0.10], np.array([0.025, 0.07, 0.05, 0.025]) / z)
    # The second overlaps the third only: 0.33 < 0.35.
    assert found == [(1, 1), (2, 3), (2, 3), (4, 4)]


def test_overlap_is_not_transitive():
    found = ranks([0.60, 0.50, 0.40], np.full(3, 0.06 / 2.39))
    assert found == [(1, 2), (1, 3), (2, 3)]


def test_tied_areas_share_their_ranks():
    assert ranks([0.2, 0.9, 0.2, 0.2], np.full(4, 0.01)) == [(2, 4), (1, 1), (2, 4), (2, 4)]
    # An se that is lost in the digits of the estimate still tells nothing of two equal estimates.
    assert ranks([0.5, 0.5, 0.7], np.full(3, 1e-30)) == [(2, 3), (2, 3), (1, 1)]


@pytest.mark.parametrize(("estimate", "se"), [(np.nan, np.nan), (0.0, 0.0), (0.3, np.nan), (np.nan, 0.1)])
def test_an_area_without_an_error_may_be_anywhere(estimate, se):
    assert ranks([0.9, estimate, 0.1], [0.01, se, 0.01]) == [(1, 2), (1, 3), (2, 3)]


def test_nothing_to_rank_is_no_error():
    assert ranks([], []) == []
    assert ranks([np.nan], [np.nan]) == [(1, 1)]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (([0.1], [-0.1]), "negative_se"), (([np.inf], [0.1]), "infinite_value"), (([0.1], [np.inf]), "infinite_value"),
        (([0.1], [0.1, 0.2]), "shape_mismatch"), (([0.1], [0.1], 1.0), "bad_level"),
        (([0.1], [0.1], 0.9, "none"), "bad_correction"),
    ],
)  # fmt: skip
def test_what_cannot_be_ranked_is_refused(arguments, code):
    with pytest.raises(StatisticsError, match=code):
        joint_rank_intervals(*arguments)


areas = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 20)), min_size=1, max_size=25)


@settings(deadline=None)
@given(areas, st.sampled_from(["independent", "bonferroni"]), st.randoms())
def test_sorting_gives_what_comparing_all_pairs_gives(pairs, correction, random):
    estimate, se = np.array([a for a, _ in pairs]) / 20, np.array([b for _, b in pairs]) / 200
    lower, upper = joint_rank_intervals(estimate, se, 0.9, correction)
    half = critical_value(len(pairs), 0.9, correction) * se
    low, high = estimate - half, estimate + half
    assert lower.tolist() == (1 + (low[None, :] >= high[:, None]).sum(axis=1)).tolist()
    assert upper.tolist() == (len(pairs) - (high[None, :] <= low[:, None]).sum(axis=1)).tolist()
    # The estimates' own order is one of the rankings that the intervals allow.
    own = (-estimate).argsort(kind="stable").argsort() + 1
    assert ((lower <= own) & (own <= upper)).all()
    order = random.sample(range(len(pairs)), len(pairs))
    again = joint_rank_intervals(estimate[order], se[order], 0.9, correction)
    assert (again[0] == lower[order]).all() and (again[1] == upper[order]).all()


def test_all_true_ranks_are_held_at_once_as_often_as_stated():
    """2,000 draws for 12 areas with a fixed seed; at 90 % the joint coverage may not fall below by chance alone."""
    rng = np.random.default_rng(7)
    truth, se = np.linspace(0.1, 0.4, 12), np.linspace(0.02, 0.06, 12)
    rank = np.arange(12, 0, -1)
    held = 0
    for drawn in rng.normal(truth, se, (2000, 12)):
        lower, upper = joint_rank_intervals(drawn, se, 0.90)
        held += bool(((lower <= rank) & (rank <= upper)).all())
    assert held / 2000 >= 0.90 - 3 * np.sqrt(0.09 / 2000)
