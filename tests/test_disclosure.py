"""Disclosure control on cells that a reader can compute by head."""

import itertools
import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from queries.coverage import COUNTS, SHADOWS, WHOLES
from queries.stats import disclosure
from queries.stats.disclosure import LEAST_LEFT, Amount, Shadow, Whole


def protect(frame, *arguments, **options):
    """Give columns to the function and take frames from it, to be read as tables."""
    figures = {name: frame[name].to_numpy(dtype=float, na_value=np.nan) for name in frame}
    protected, mask = disclosure.protect(figures, *arguments, **options)
    return pd.DataFrame(protected), pd.DataFrame(mask)


def cells(**columns):
    return pd.DataFrame({name: pd.array(values, dtype="Int64") for name, values in columns.items()})


def test_one_to_nine_is_small_and_zero_is_not():
    frame, mask = protect(cells(n=[0, 1, 9, 10, None]), ["n"])
    assert mask["n"].tolist() == ["", "small", "small", "", ""]
    assert frame["n"].fillna(-1).tolist() == [0, -1, -1, 10, -1]


@pytest.mark.parametrize(("exact", "shown"), [(10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (238_413, 238_415)])
def test_counts_are_rounded_to_the_nearest_five(exact, shown):
    frame, _ = protect(cells(n=[exact]), ["n"])
    assert frame["n"].tolist() == [shown]


def test_a_small_part_takes_a_second_one_with_it():
    frame, mask = protect(
        cells(total=[100, 100], left=[96, 50], right=[4, 50]), ["total", "left", "right"],
        [Whole("total", ("left", "right"))],
    )
    assert mask.to_dict("records") == [
        {"total": "", "left": "hidden", "right": "small"}, {"total": "", "left": "", "right": ""}]
    assert frame["left"].isna().tolist() == [True, False]


def test_of_three_parts_the_next_smallest_goes():
    _, mask = protect(
        cells(total=[100], a=[70], b=[26], c=[4]), ["total", "a", "b", "c"], [Whole("total", ("a", "b", "c"))]
    )
    assert mask.iloc[0].tolist() == ["", "", "hidden", "small"]


def test_four_parts_are_left_alone():
    _, mask = protect(
        cells(total=[100], a=[40], b=[30], c=[26], d=[4]), ["total", *"abcd"], [Whole("total", tuple("abcd"))]
    )
    assert (mask.iloc[0] == "hidden").sum() == 0


def test_a_part_of_two_wholes_is_followed_into_the_second():
    _, mask = protect(
        cells(eligible=[100], received=[80], reached=[76], gap=[24], leak=[4]),
        ["eligible", "received", "reached", "gap", "leak"],
        [Whole("eligible", ("reached", "gap")), Whole("received", ("reached", "leak"))],
    )
    assert mask.iloc[0].to_dict() == {
        "eligible": "", "received": "", "reached": "hidden", "gap": "hidden", "leak": "small"}


def test_rupiah_follow_their_rounded_count():
    frame, _ = protect(
        cells(n=[103, 4], idr=[103 * 2_400_000, 4 * 2_400_000]), ["n"], amounts=[Amount("idr", "n")]
    )
    assert frame["idr"].isna().tolist() == [False, True]
    assert frame["idr"][0] == 105 * 2_400_000


@pytest.mark.parametrize(("parts", "most"), [(2, 45), (3, 26)])
def test_nobody_can_subtract_their_way_to_a_small_cell(parts, most):
    """Every table of few parts, read by somebody who tries all numbers that its cells may stand for."""
    grid = np.array(list(itertools.product(range(most), repeat=parts)), dtype=float)
    names = tuple(f"part_{at}" for at in range(parts))
    figures = dict(zip(names, grid.T, strict=True)) | {"total": grid.sum(axis=1)}
    frame, mask = disclosure.protect(figures, [*names, "total"], [Whole("total", names)])
    looks = {
        name: np.where(mask[name] == "", np.nan_to_num(frame[name]).astype(int).astype(str), mask[name])
        for name in (*names, "total")
    }
    # Well inside the grid, whose end would take away what a hidden count may be.
    seen = np.stack([*looks.values()], axis=1).astype(str)[(grid < most - 12).all(axis=1)]
    for row in np.unique(seen, axis=0):
        fits = np.ones(len(grid), dtype=bool)
        for look, name in zip(row, looks, strict=True):
            value = figures[name]
            if look == "small":
                fits &= (value >= 1) & (value <= 9)
            elif look != "hidden":
                fits &= np.floor(value / 5 + 0.5) * 5 == int(look)
                fits &= (value == 0) | (value >= 10)
        for look, name in zip(row, looks, strict=True):
            assert look != "small" or len(np.unique(figures[name][fits])) >= LEAST_LEFT, row


@pytest.mark.parametrize(
    ("total", "parts", "look"),
    [
        (26, (18, 1, 1, 1, 1, 1, 1, 1, 1), ["", "hidden"]),  # 1 or 2 to each of eight
        (16, (10, 1, 1, 1, 1, 1, 1), ["hidden", "hidden"]),  # a part that is hidden is 10 or more, which tells as much
        (16, (11, 1, 1, 1, 1, 1), ["", ""]),
        (12, (0, 3, 2, 2, 1, 4), ["", ""]),
    ],
)
def test_small_parts_that_can_only_be_ones_take_another_with_them(total, parts, look):
    names = "abcdefghi"[: len(parts)]
    columns = {name: [part] for name, part in zip(names, parts, strict=True)}
    _, mask = protect(cells(total=[total], **columns), ["total", *names], [Whole("total", tuple(names))])
    assert mask.iloc[0].tolist() == look + ["small"] * (len(parts) - 1)


def test_one_sum_tells_of_another():
    """Gap and eligible of two classes: 42 at most, of which 28 at least of one and 13 at least of the other."""
    _, mask = protect(
        cells(total=[42], a=[1], b=[13], c=[28], reached=[0], gap=[13]), ["total", "a", "b", "c", "reached", "gap"],
        [Whole("total", ("a", "b", "c")), Whole("b", ("reached", "gap"))],
    )
    assert mask.loc[0, ["a", "b", "c"]].tolist() == ["small", "hidden", "hidden"]


def test_a_class_of_zero_hides_nothing():
    _, mask = protect(
        cells(total=[64, 64], a=[60, 30], b=[4, 4], c=[0, 10], d=[0, 20]), ["total", *"abcd"],
        [Whole("total", tuple("abcd"), is_of_classes=True)],
    )  # fmt: skip
    assert mask.to_dict("records") == [
        {"total": "", "a": "hidden", "b": "small", "c": "", "d": ""},
        {"total": "", "a": "", "b": "small", "c": "", "d": ""},
    ]


counts = st.integers(0, 120)


@given(counts, counts, counts, counts, counts)
def test_no_sum_of_the_coverage_query_has_a_single_masked_member(reached, gap, leak, unused_places, unpaid):
    """E = reached + gap, T = reached + leak; a single masked member of a sum could be computed from the others."""
    eligible, received = reached + gap, reached + leak
    quota = received + unused_places
    no_quota = max(0, eligible - quota)
    too_few = max(0, eligible - received)
    unpaid = min(unpaid, received)
    row = {
        "eligible_count": eligible, "received_count": received, "reached_count": reached, "gap_count": gap,
        "leak_count": leak, "paid_count": received - unpaid, "unpaid_count": unpaid, "quota_count": quota,
        "no_quota_count": no_quota, "unused_quota_count": too_few - no_quota, "too_few_places_count": too_few,
        "misallocated_count": min(gap, leak),
    }  # fmt: skip
    _, mask = protect(cells(**{name: [value] for name, value in row.items()}), COUNTS, WHOLES, shadows=SHADOWS)
    for whole in WHOLES:
        assert (mask.loc[0, [whole.total, *whole.parts]] != "").sum() != 1, whole
    if (mask.loc[0, ["gap_count", "leak_count"]] != "").any():
        assert mask.loc[0, "misallocated_count"] != ""


def fewest_values(row, mask):
    """Return the least number of values that any small count of a row of the coverage query is left with.

    Found by integer programming over every count at once, from what a reader sees and the sums alone.
    """
    names = list(row)
    sums = [[1.0 if name == whole.total else -float(name in whole.parts) for name in names] for whole in WHOLES]
    low, high = np.zeros(len(names)), np.full(len(names), 1e4)
    for at, name in enumerate(names):
        look = mask.get(name, "")
        if look == "small":
            low[at], high[at] = 1, 9
        elif look == "":
            shown = 5 * math.floor(row[name] / 5 + 0.5)
            low[at], high[at] = (max(10, shown - 2), shown + 2) if shown else (0, 0)
    least = math.inf
    for at, name in enumerate(names):
        if mask.get(name) != "small":
            continue
        ends = []
        for sign in (1.0, -1.0):
            aim = np.zeros(len(names))
            aim[at] = sign
            found = milp(aim, constraints=LinearConstraint(sums, 0, 0), integrality=np.ones(len(names)),
                         bounds=Bounds(low, high))  # fmt: skip
            ends.append(sign * found.fun)
        least = min(least, round(ends[1] - ends[0]) + 1)
    return least


# What two families of programs, just under the limit, would give away most often.
few = st.one_of(st.integers(0, 12), st.integers(0, 60))


@settings(max_examples=150, deadline=None)
@given(few, few, few, few, few)
@example(9, 0, 9, 0, 0)
@example(9, 1, 9, 5, 2)
@example(9, 12, 9, 0, 18)
def test_no_small_count_of_the_coverage_query_follows_from_all_its_sums_together(reached, gap, leak, places, unpaid):
    eligible, received = reached + gap, reached + leak
    no_quota, too_few = max(0, eligible - received - places), max(0, eligible - received)
    paid = received - min(unpaid, received)
    row = {
        "eligible_count": eligible, "received_count": received, "reached_count": reached, "gap_count": gap,
        "leak_count": leak, "paid_count": paid, "unpaid_count": received - paid, "no_quota_count": no_quota,
        "unused_quota_count": too_few - no_quota, "too_few_places_count": too_few,
        "misallocated_count": gap - too_few, "quota_count": received + places,
    }  # fmt: skip
    _, mask = protect(cells(**{name: [value] for name, value in row.items()}), COUNTS, WHOLES, shadows=SHADOWS)
    assert fewest_values(row, mask.iloc[0].to_dict()) >= LEAST_LEFT, mask.iloc[0].to_dict()


def test_where_a_sum_has_nothing_left_to_hide_the_next_one_gives_a_count():
    """Paid is received to the last: 20 recipients would be 9 and 9 of the two parts."""
    _, mask = protect(
        cells(received=[18], reached=[9], leak=[9], paid=[18], unpaid=[0]),
        ["received", "reached", "leak", "paid", "unpaid"],
        [Whole("received", ("reached", "leak")), Whole("received", ("paid", "unpaid"))],
    )
    assert mask.iloc[0].to_dict() == {
        "received": "hidden", "reached": "small", "leak": "small", "paid": "hidden", "unpaid": "hidden"}


def test_a_count_that_is_told_elsewhere_covers_nothing():
    columns = cells(total=[35], a=[10], b=[16], c=[9])
    figures = {name: columns[name].to_numpy(dtype=float) for name in columns}
    _, mask = disclosure.protect(figures, list(columns), [Whole("total", tuple("abc"))], told=("total", "a"))
    assert {name: looks[0] for name, looks in mask.items()} == {"total": "", "a": "", "b": "hidden", "c": "small"}


def test_persons_are_masked_with_their_households():
    frame, mask = protect(
        cells(household=[4, 40], person=[20, 160]), ["household", "person"], shadows=[Shadow("person", ("household",))]
    )
    assert mask["person"].tolist() == ["hidden", ""]
    assert frame["person"].isna().tolist() == [True, False]
