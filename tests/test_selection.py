"""Covariates chosen by AIC: against fits one by one, and what is left out before."""

from itertools import combinations

import numpy as np
import pytest

from queries.stats.errors import StatisticsError
from queries.stats.fay_herriot import fit
from queries.stats.selection import select_covariates


def areas(count=80, candidates=4, seed=1):
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(count, candidates)) * 10.0 ** np.arange(candidates)
    variances = rng.uniform(0.2, 1, count)
    y = 1 + 2 * X[:, 0] - 0.05 * X[:, 2] + rng.normal(size=count) * np.sqrt(0.3 + variances)
    return y, variances, X, tuple("abcdefghijklmnop"[:candidates])


def test_the_chosen_set_has_the_least_aic_of_all_sets():
    y, variances, X, names = areas()
    found = select_covariates(y, variances, X, names)
    assert (found.chosen, found.names) == ((0, 2), ("a", "c"))
    assert len(found.table) == 16 and found.table["is_chosen"].sum() == 1 and found.most == 4
    by_hand = {}
    for size in range(5):
        for columns in combinations(range(4), size):
            model = fit(y, variances, np.column_stack([np.ones(80), X[:, list(columns)]]), "ml")
            by_hand[tuple(names[column] for column in columns)] = (model.loglik, model.aic, model.bic)
    for row in found.table.itertuples():
        assert (row.loglik, row.aic, row.bic) == pytest.approx(by_hand[row.covariates], rel=1e-8)
        # AIC and BIC count the coefficients, the constant and the variance component.
        assert row.aic == pytest.approx(-2 * row.loglik + 2 * (row.covariate_count + 2))
    assert list(found.table["aic"]) == sorted(found.table["aic"])


def test_constant_and_collinear_candidates_are_left_out_and_named():
    y, variances, X, _ = areas()
    wide = np.column_stack([X[:, 0], np.full(80, 7.0), 3 - 2 * X[:, 0], X[:, 2], X[:, 0] + X[:, 2]])
    found = select_covariates(y, variances, wide, ("a", "seven", "turned", "c", "sum"))
    assert found.dropped == {"seven": "constant", "turned": "collinear", "sum": "collinear"}
    assert found.names == ("a", "c") and found.chosen == (0, 3)
    nothing = select_covariates(y, variances, np.ones((80, 1)), ("one",))
    assert nothing.chosen == () and nothing.table["covariates"].tolist() == [()]


def test_at_most_one_covariate_per_ten_areas_enters():
    y, variances, X, names = areas(count=29)
    found = select_covariates(y, variances, X, names)
    assert found.most == 2 and found.table["covariate_count"].max() == 2
    assert select_covariates(y[:9], variances[:9], X[:9], names).chosen == ()


def test_many_candidates_are_walked_to_the_same_set():
    y, variances, X, names = areas(candidates=4)
    noise = np.random.default_rng(9).normal(size=(80, 9))
    found = select_covariates(y, variances, np.column_stack([X, noise]), (*names, *"tuvwxyzαβ"))
    assert {"a", "c"} <= set(found.names) and found.most == 8
    assert len(found.table) < 2**13 / 20
    best = found.table.iloc[0]
    # No step from the chosen set, in or out, lowers AIC.
    assert best["is_chosen"] and best["aic"] == found.table["aic"].min()


def test_order_of_candidates_does_not_change_the_set():
    y, variances, X, names = areas()
    turned = select_covariates(y, variances, X[:, ::-1], names[::-1])
    assert set(turned.names) == {"a", "c"}


def test_bad_input_is_named():
    y, variances, X, names = areas()
    with pytest.raises(StatisticsError, match="shape_mismatch"):
        select_covariates(y, variances, X, names[:2])
    X[3, 1] = np.nan
    with pytest.raises(StatisticsError, match="not_finite"):
        select_covariates(y, variances, X, names)
