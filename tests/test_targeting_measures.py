"""Targeting measures against the ten-person economy of the World Bank, and what must hold for any of them."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.stats import targeting
from queries.stats.errors import StatisticsError

LINE = 20
# Thirty is spent in every scenario: two persons receive 15 each, or all ten receive 3. This is found from the published
# columns: 26, 21 and 14 of 30 go to the gap of 40 in the first three scenarios, 12 of 30 in the fourth.
TRANSFER = {"s1": 15, "s2": 15, "s3": 15, "s4": 3}


def published(value, printed):
    """Tell whether a computed value is the printed one, to the digits that are printed (six significant)."""
    return float(f"{value:.6g}") == pytest.approx(float(printed), abs=1e-12)


def test_the_ten_person_economy_is_reproduced_to_the_digits_given(shared_data):
    people = pd.read_csv(shared_data / "reference" / "targeting_10person_input.csv")
    expected = pd.read_csv(shared_data / "reference" / "targeting_10person.csv", dtype=str)
    assert len(expected) == 8
    income = people["income"].to_numpy()
    assert (np.maximum(0, LINE - income) == people["gap"]).all()
    for row in expected.to_dict("records"):
        scenario = f"s{row['scenario']}"
        poor, receives = people[f"poor_{row['benchmark']}"].to_numpy(), people[scenario].to_numpy()
        transfer = receives * TRANSFER[scenario]
        cells = targeting.targeting_cells(poor, receives)
        before, after = targeting.gini(income), targeting.gini(income + transfer)
        computed = {
            "program_size_pct": 100 * receives.mean(),
            "TP": cells.reached, "FP": cells.leak, "FN": cells.gap, "TN": cells.other,
            "EE": 100 * targeting.exclusion_error(poor, receives),
            "IE": 100 * targeting.inclusion_error(poor, receives),
            "EE_published": 100 * targeting.exclusion_error(poor, receives),
            "IE_published": 100 * targeting.inclusion_error(poor, receives),
            "TD_book": 100 * targeting.error_differential(poor, receives),
            "TD_book_published": 100 * targeting.error_differential(poor, receives),
            "TD_ravallion": 100 * targeting.targeting_differential(poor, receives),
            "TSR": targeting.targeting_success_rate(poor, receives),
            "kappa": targeting.kappa(poor, receives),
            "CGH": targeting.cgh_index(receives, poor),
            "cost_benefit_PL": targeting.cost_benefit(income, transfer, LINE),
            "pov_gap_reduction_pct": 100 * targeting.poverty_gap_reduction(income, transfer, LINE),
            "headcount_after": targeting.poverty_headcount(income + transfer, LINE),
            "gini_before": before,
            "gini_after": after,
            "gini_drop_pct": 100 * (before - after) / before,
        }  # fmt: skip
        assert set(computed) == set(row) - {"scenario", "benchmark"}
        wrong = {name: (value, row[name]) for name, value in computed.items() if not published(value, row[name])}
        assert wrong == {}, row


POOR = np.array([1, 1, 1, 0, 0])


def test_when_everybody_is_enrolled_nobody_is_excluded():
    assert targeting.exclusion_error(POOR, np.ones(5)) == 0
    assert targeting.inclusion_error(POOR, np.ones(5)) == pytest.approx(2 / 5)
    assert targeting.targeting_differential(POOR, np.ones(5)) == 0
    assert targeting.cgh_index(np.ones(5), POOR) == pytest.approx(1)


def test_when_nobody_is_enrolled_inclusion_does_not_apply():
    nobody = np.zeros(5)
    assert targeting.exclusion_error(POOR, nobody) == 1
    assert targeting.inclusion_error(POOR, nobody) is None
    assert targeting.error_differential(POOR, nobody) is None
    assert targeting.cgh_index(nobody, POOR) is None
    assert targeting.beneficiary_incidence(nobody, [0, 0, 1, 1, 1], 2) is None
    assert targeting.cost_benefit([5, 6], [0, 0], 10) is None
    assert targeting.adequacy([0, 0], [5, 6]) is None


def test_when_nobody_is_poor_exclusion_does_not_apply():
    assert targeting.exclusion_error(np.zeros(5), np.ones(5)) is None
    assert targeting.targeting_differential(np.zeros(5), np.ones(5)) is None
    assert targeting.poverty_gap_reduction([30, 40], [1, 1], 20) is None
    assert targeting.kappa(np.zeros(5), np.zeros(5)) is None


def test_incidence_and_adequacy_by_hand():
    """Three of class 0 and two of class 1; 10, 0 and 30 go to the first, 60 and 0 to the second."""
    class_of, amount, welfare = [0, 0, 0, 1, 1], [10, 0, 30, 60, 0], [50, 70, 130, 220, 90]
    assert targeting.beneficiary_incidence(np.array(amount) > 0, class_of, 2) == pytest.approx([2 / 3, 1 / 3])
    assert targeting.benefit_incidence(amount, class_of, 2) == pytest.approx([0.4, 0.6])
    assert targeting.cgh_index(amount, [1, 1, 1, 0, 0]) == pytest.approx(0.4 / 0.6)
    assert targeting.adequacy(amount, welfare) == pytest.approx(100 / 400)
    assert targeting.benefit_incidence(amount, class_of, 2, [1, 5, 1, 2, 5]) == pytest.approx([40 / 160, 120 / 160])


people = st.lists(
    st.tuples(st.booleans(), st.booleans(), st.integers(0, 50), st.integers(0, 20), st.integers(1, 4)),
    min_size=1, max_size=15,
)  # fmt: skip


def everything(poor, receives, welfare, transfer, weights):
    """Return every measure of one list of people, None as NaN."""
    measures = [
        *(measure(poor, receives, weights) for measure in (
            targeting.exclusion_error, targeting.inclusion_error, targeting.targeting_differential,
            targeting.error_differential, targeting.targeting_success_rate, targeting.kappa)),
        targeting.cgh_index(transfer, poor, weights),
        targeting.poverty_gap_reduction(welfare, transfer, LINE, weights),
        targeting.cost_benefit(welfare, transfer, LINE, weights),
        targeting.poverty_headcount(welfare, LINE, weights),
        targeting.gini(welfare, weights),
        targeting.adequacy(transfer, welfare, weights),
    ]  # fmt: skip
    return [np.nan if measure is None else measure for measure in measures]


@given(people, st.randoms())
def test_order_and_the_scale_of_weights_change_nothing_and_a_weight_is_a_repetition(rows, chance):
    first = np.array(rows, dtype=float)
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    second = np.array(shuffled, dtype=float)
    repeated = np.repeat(first, first[:, 4].astype(int), axis=0)
    base = everything(*first.T)
    assert everything(*second.T) == pytest.approx(base, nan_ok=True, abs=1e-12)
    assert everything(*first.T[:4], first[:, 4] * 7.5) == pytest.approx(base, nan_ok=True, abs=1e-12)
    assert everything(*repeated.T[:4], None) == pytest.approx(base, nan_ok=True, abs=1e-12)


@given(people)
def test_the_gini_is_half_the_relative_mean_difference_of_all_pairs(rows):
    columns = np.array(rows, dtype=float)
    welfare, weights = columns[:, 2] + 1, columns[:, 4]
    pairs = np.outer(weights, weights) * np.abs(welfare[:, None] - welfare)
    by_hand = pairs.sum() / (2 * weights.sum() * (weights * welfare).sum())
    assert targeting.gini(welfare, weights) == pytest.approx(by_hand, abs=1e-12)


@pytest.mark.parametrize(
    ("call", "code"),
    [
        (lambda: targeting.exclusion_error([1, 0], [1]), "lengths_differ"),
        (lambda: targeting.exclusion_error([[1], [0]], [[1], [0]]), "lengths_differ"),
        (lambda: targeting.exclusion_error([1, 0], [1, 0], [1, -1]), "bad_weights"),
        (lambda: targeting.exclusion_error([1, 0], [1, 0], [1, np.nan]), "bad_weights"),
        (lambda: targeting.exclusion_error([1, 0], [1, 0], [0, 0]), "bad_weights"),
        (lambda: targeting.exclusion_error([], []), "bad_weights"),
        (lambda: targeting.gini([1, np.nan]), "bad_values"),
        (lambda: targeting.cost_benefit([1, 2], [-1, 2], 5), "bad_values"),
        (lambda: targeting.benefit_incidence([1, 2], [0, 2], 2), "bad_class"),
        (lambda: targeting.benefit_incidence([1, 2], [0, 0.5], 2), "bad_class"),
    ],
)
def test_bad_input_is_refused(call, code):
    with pytest.raises(StatisticsError) as caught:
        call()
    assert caught.value.code == code
