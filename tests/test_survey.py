"""Design-based estimates held against R's survey package, published figures and designs counted by hand."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from queries.stats.errors import StatisticsError
from queries.stats.survey import Design, ratio_estimates

REFERENCE = Path(__file__).parent / "reference"
EXPECTED = pd.read_csv(REFERENCE / "survey_expected.csv").set_index(["case", "domain"])
API = pd.read_csv(REFERENCE / "survey_api.csv")
SMALL = pd.read_csv(REFERENCE / "survey_small.csv")
LONELY = {"adjust": "centre", "certainty": "certainty"}
WHOLE = np.zeros(len(SMALL), dtype=int)


def api_design(case):
    """Return the rows and the design of one of the package's samples of Californian schools."""
    rows = API[API["sample"] == case.removesuffix("_without")]
    zeros = np.zeros(len(rows), dtype=int)
    type_code = rows["stype"].map({"E": 0, "H": 1, "M": 2}).to_numpy()
    fpc1 = None if case == "clus1_without" else rows["fpc1"].to_numpy()
    fpc2 = rows["fpc2"].to_numpy() if case == "clus2" else None
    is_list = case == "strat"
    cluster = np.arange(len(rows)) if is_list else rows["dnum"].to_numpy()
    return rows, type_code, Design(rows["weight"].to_numpy(), type_code if is_list else zeros, cluster, fpc1, fpc2)


def small_design(fpc="two"):
    columns = [SMALL[name].to_numpy() for name in SMALL]
    weight, stratum, cluster, first, second = (columns[SMALL.columns.get_loc(name)] for name in (
        "weight", "stratum", "cluster", "stratum_cluster_count", "cluster_household_count"))  # fmt: skip
    return Design(weight, stratum, cluster, None if fpc == "none" else first, second if fpc == "two" else None)


def estimate_small(domain=WHOLE, domain_count=1, lonely="centre", fpc="two", design=None):
    design = design or small_design(fpc)
    return ratio_estimates(
        design, SMALL["missed"].to_numpy(), SMALL["eligible"].to_numpy(), domain, domain_count, lonely
    )


def assert_as_in_r(found, at, case, domain):
    expected = EXPECTED.loc[case, domain]
    assert found.sample_count[at] == expected["sample_count"]
    assert found.df[at] == expected["df"]
    np.testing.assert_allclose(
        [found.estimate[at], found.se[at]], [expected["estimate"], expected["se"]], rtol=1e-9, atol=1e-15
    )
    if not np.isnan(expected["deff"]):
        # R divides the variance of a simple random sample by n - 1, this project by n: so that the effective size of a
        # rate is p (1 - p) / se^2, which is what R itself takes for the Korn-Graubard interval.
        n = expected["sample_count"]
        np.testing.assert_allclose(found.deff[at], expected["deff"] * n / (n - 1), rtol=1e-9)


@pytest.mark.parametrize("case", ["clus1", "clus1_without", "clus2", "strat"])
def test_rates_of_schools_are_those_of_r(case):
    rows, type_code, design = api_design(case)
    met, one = rows["is_met"].to_numpy(), np.ones(len(rows))
    assert_as_in_r(ratio_estimates(design, met, one, np.zeros(len(rows), dtype=int), 1), 0, f"{case}_met", "all")
    by_type = ratio_estimates(design, met, one, type_code, 3)
    for at, letter in enumerate("EHM"):
        assert_as_in_r(by_type, at, f"{case}_met", letter)


@pytest.mark.parametrize("case", ["clus1", "clus1_without", "strat"])
def test_the_ratio_of_two_totals_is_that_of_r(case):
    rows, _, design = api_design(case)
    tested, enrolled = rows["api_stu"].to_numpy(), rows["enroll"].to_numpy()
    # Some schools report more pupils tested than enrolled, which is no part of a whole: half of them is.
    found = ratio_estimates(design, tested / 2, enrolled, np.zeros(len(rows), dtype=int), 1)
    expected = EXPECTED.loc[f"{case}_stu", "all"]
    assert found.estimate[0] * 2 == pytest.approx(expected["estimate"], rel=1e-9)
    assert found.se[0] * 2 == pytest.approx(expected["se"], rel=1e-9)


@pytest.mark.parametrize(
    ("case", "mean", "se"), [("clus1", 644.17, 23.542), ("strat", 662.29, 9.4089), ("clus2", 670.81, 30.099)]
)
def test_means_are_those_that_the_survey_package_prints(case, mean, se):
    """svymean(~api00, ...) in the documentation of R's survey (Lumley), `?svymean` and the vignette "survey"."""
    rows, _, design = api_design(case)
    found = ratio_estimates(design, rows["api00"] / 1000, np.ones(len(rows)), np.zeros(len(rows), dtype=int), 1)
    assert round(found.estimate[0] * 1000, 2) == mean
    assert float(f"{found.se[0] * 1000:.5g}") == se


@pytest.mark.parametrize("fpc", ["none", "one", "two"])
@pytest.mark.parametrize("lonely", LONELY)
def test_a_sample_with_a_lonely_cluster_is_as_in_r(fpc, lonely):
    case = f"small_{fpc}_{lonely}"
    assert_as_in_r(estimate_small(lonely=LONELY[lonely], fpc=fpc), 0, case, "all")
    for name in ("domain", "kind"):
        found = estimate_small(SMALL[name].to_numpy(), 3, LONELY[lonely], fpc)
        for at in range(3):
            assert_as_in_r(found, at, case, f"{name}{at}")


def test_two_clusters_are_counted_by_hand():
    """Clusters of 2 households each, 1 of 2 and 0 of 2: p = 1/4, z = (3/4 - 1/4, -1/4 - 1/4) / 4 = +-1/8.

    Between: 2/1 (1/64 + 1/64) = 1/16, times 1 - 2/10. Within the first: z = 3/16 and -1/16, 2/1 * 2 (1/8)^2 = 1/16, in
    the second both are alike; times 2/10 (1 - 2/8).
    """
    design = Design(np.ones(4), np.zeros(4, int), np.array([0, 0, 1, 1]), np.full(4, 10), np.full(4, 8))
    found = ratio_estimates(design, np.array([1, 0, 0, 0]), np.ones(4), np.zeros(4, int), 1)
    assert found.estimate[0] == 0.25
    assert found.se[0] ** 2 == pytest.approx(0.8 / 16 + 0.2 * 0.75 / 16)
    assert found.deff[0] == pytest.approx(found.se[0] ** 2 / (0.25 * 0.75 / 4))
    assert (found.df[0], found.cluster_count[0]) == (1, 2)


def test_a_lonely_cluster_is_centred_on_the_grand_mean_or_counted_as_certain_or_refused():
    design = Design(np.ones(6), np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 2, 2]))
    asked, missed, domain = np.ones(6), np.array([1, 0, 1, 0, 0, 0]), np.zeros(6, int)
    # p = 1/3; the clusters' totals of (y - p) / 6 are 1/18, 1/18 and -1/9: the first stratum has no variance at all.
    found = [ratio_estimates(design, missed, asked, domain, 1, rule).se[0] for rule in ("centre", "certainty")]
    assert found == pytest.approx([1 / 9, 0])
    with pytest.raises(StatisticsError) as refused:
        ratio_estimates(design, missed, asked, domain, 1, "error")
    assert (refused.value.code, refused.value.details["row"]) == ("lonely_cluster", 4)


def test_a_lonely_cluster_that_is_all_of_its_stratum_needs_no_rule():
    frame = np.array([5, 5, 5, 5, 1, 1])
    design = Design(np.ones(6), np.array([0, 0, 0, 0, 1, 1]), np.array([0, 0, 1, 1, 2, 2]), frame)
    arguments = (np.array([1, 0, 0, 0, 0, 1]), np.ones(6), np.zeros(6, int), 1)
    by_rule = {rule: ratio_estimates(design, *arguments, rule).se[0] for rule in ("centre", "certainty", "error")}
    assert len(set(by_rule.values())) == 1


def test_one_household_per_cluster_is_a_sample_of_clusters():
    """Without a second-stage count it is simple random sampling; with one, only the rule "error" refuses it."""
    missed, n = np.array([1, 0, 0, 1, 0]), 5
    design = Design(np.ones(n), np.zeros(n, int), np.arange(n))
    alone = ratio_estimates(design, missed, np.ones(n), np.zeros(n, int), 1)
    assert alone.se[0] == pytest.approx(np.sqrt(0.4 * 0.6 / (n - 1)))
    two_stage = replace(design, stratum_cluster_count=np.full(n, 50), cluster_household_count=np.full(n, 30))
    assert ratio_estimates(two_stage, missed, np.ones(n), np.zeros(n, int), 1).se[0] > 0
    with pytest.raises(StatisticsError, match="lonely_household"):
        ratio_estimates(two_stage, missed, np.ones(n), np.zeros(n, int), 1, "error")


def test_a_domain_without_a_sample_has_no_estimate_and_no_zero():
    found = estimate_small(np.where(SMALL["domain"] == 1, 0, -1), 2)
    assert np.isnan([found.estimate[1], found.se[1], found.deff[1]]).all()
    assert (found.sample_count[1], found.effective_count[1], found.df[1], found.denominator[1]) == (0, 0, 0, 0)
    assert not found.is_alike[1]
    assert found.sample_count[0] == EXPECTED.loc["small_two_adjust", "domain1"]["sample_count"]


def test_alike_answers_are_flagged_and_keep_their_size():
    found = estimate_small(SMALL["domain"].to_numpy(), 3)
    assert found.is_alike.tolist() == [False, False, True]
    assert (found.estimate[2], found.se[2], found.deff[2], found.effective_count[2]) == (0, 0, 1, 5)


def test_clusters_that_agree_by_chance_are_not_alike():
    design = Design(np.ones(4), np.zeros(4, int), np.array([0, 0, 1, 1]))
    found = ratio_estimates(design, np.array([1, 0, 1, 0]), np.ones(4), np.zeros(4, int), 1)
    assert (found.se[0], found.deff[0], found.effective_count[0], found.is_alike[0]) == (0, 1, 4, False)


@pytest.mark.parametrize("bad", [np.nan, -1.0, 0.0])
def test_a_weight_that_is_missing_negative_or_zero_is_refused_with_its_row(bad):
    weight = SMALL["weight"].to_numpy(copy=True)
    weight[[7, 9]] = bad
    with pytest.raises(StatisticsError) as refused:
        estimate_small(design=replace(small_design(), weight=weight))
    assert refused.value.code == ("missing_value" if np.isnan(bad) else "weight_not_positive")
    assert (refused.value.details["row"], refused.value.details["bad_count"]) == (7, 2)


@pytest.mark.parametrize(
    ("column", "row", "value", "code"),
    [
        ("stratum_cluster_count", slice(0, 12), 2, "frame_smaller_than_sample"),
        ("stratum_cluster_count", 3, 8, "frame_count_varies"),
        ("cluster_household_count", slice(4, 9), 4, "frame_smaller_than_sample"),
        ("cluster_household_count", 5, np.nan, "missing_value"),
        ("cluster", 5, -1, "bad_code"),
        ("weight", slice(0, 3), None, "shape_mismatch"),
    ],
)
def test_a_design_that_contradicts_itself_is_refused(column, row, value, code):
    design = small_design()
    values = getattr(design, column).astype(float if column != "cluster" else int)
    if value is None:
        values = values[row]
    else:
        values[row] = value
    with pytest.raises(StatisticsError, match=code):
        estimate_small(design=replace(design, **{column: values}))


def test_answers_and_domains_that_cannot_be_are_refused():
    design, one = small_design(), np.ones(len(SMALL))
    for numerator, denominator, domain, code in (
        (2 * one, one, WHOLE, "bad_ratio"), (-one, one, WHOLE, "bad_ratio"), (one, one, WHOLE * 1.0, "bad_code"),
        (one, one, WHOLE + 1, "bad_domain"), (one, one, WHOLE - 2, "bad_domain"),
        (one * np.nan, one, WHOLE, "missing_value"),
    ):  # fmt: skip
        with pytest.raises(StatisticsError, match=code):
            ratio_estimates(design, numerator, denominator, domain, 1)


@st.composite
def samples(draw):
    """A two-stage sample of whole counts, so that only the order of additions can differ."""
    n = draw(st.integers(4, 40))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    stratum = rng.integers(0, 3, n)
    eligible = rng.random(n) < 0.7
    design = Design(rng.integers(1, 9, n) / 2, stratum, rng.integers(0, 4, n), stratum * 3 + 5, np.full(n, 60))
    return design, eligible * (rng.random(n) < 0.4), eligible, rng.integers(-1, 4, n), rng


def values_of(found):
    return np.array([getattr(found, name) for name in vars(found)], dtype=float)


@settings(max_examples=40, deadline=None)
@given(samples())
def test_the_order_of_rows_changes_nothing(sample):
    design, missed, eligible, domain, rng = sample
    order = rng.permutation(len(domain))
    shuffled = Design(*(values[order] for values in vars(design).values()))
    found = ratio_estimates(design, missed, eligible, domain, 4)
    again = ratio_estimates(shuffled, missed[order], eligible[order], domain[order], 4)
    np.testing.assert_allclose(values_of(found), values_of(again), rtol=1e-9, atol=1e-12)


@settings(max_examples=40, deadline=None)
@given(samples(), st.floats(0.01, 1000))
def test_a_constant_in_the_weights_changes_totals_only(sample, factor):
    design, missed, eligible, domain, _ = sample
    found = ratio_estimates(design, missed, eligible, domain, 4)
    scaled = ratio_estimates(replace(design, weight=design.weight * factor), missed, eligible, domain, 4)
    np.testing.assert_allclose(scaled.estimate, found.estimate, rtol=1e-9)
    np.testing.assert_allclose(scaled.se, found.se, rtol=1e-7, atol=1e-12)
    np.testing.assert_allclose(scaled.denominator, found.denominator * factor)


@settings(max_examples=40, deadline=None)
@given(samples())
def test_totals_of_domains_add_up_and_all_enrolled_means_no_exclusion(sample):
    design, missed, eligible, domain, _ = sample
    parts = ratio_estimates(design, missed, eligible, domain + 1, 5)
    whole = ratio_estimates(design, missed, eligible, np.zeros_like(domain), 1)
    for name in ("numerator", "denominator", "sample_count"):
        assert getattr(parts, name).sum() == pytest.approx(getattr(whole, name)[0])
    nobody = ratio_estimates(design, 0 * missed, eligible, domain + 1, 5)
    has_sample = nobody.sample_count > 0
    assert (nobody.estimate[has_sample] == 0).all() and (nobody.se[has_sample] == 0).all()
    assert (nobody.is_alike == has_sample).all()


@settings(max_examples=40, deadline=None)
@given(samples())
def test_the_complement_of_a_rate_has_the_same_error(sample):
    design, missed, eligible, domain, _ = sample
    found = ratio_estimates(design, missed, eligible, domain, 4)
    other = ratio_estimates(design, eligible & ~missed, eligible, domain, 4)
    np.testing.assert_allclose(found.estimate + other.estimate, np.where(found.sample_count > 0, 1, np.nan))
    np.testing.assert_allclose(found.se, other.se, rtol=1e-7, atol=1e-12)
