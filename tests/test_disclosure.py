"""Disclosure control on cells that a reader can compute by head."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from queries.stats import disclosure
from queries.stats.disclosure import Amount, Whole


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


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 300)), min_size=1, max_size=30))
def test_nobody_can_subtract_their_way_to_a_small_cell(pairs):
    left, right = [a for a, _ in pairs], [b for _, b in pairs]
    total = [a + b for a, b in pairs]
    frame, mask = protect(
        cells(total=total, left=left, right=right), ["total", "left", "right"], [Whole("total", ("left", "right"))]
    )
    for row in range(len(pairs)):
        shown = frame.iloc[row][["left", "right"]].notna()
        is_small = [1 <= value <= 9 for value in (left[row], right[row])]
        if any(is_small):
            assert not shown.any(), "with the total and one part the other is known"
        assert mask.iloc[row].isin(["", "small", "hidden"]).all()
