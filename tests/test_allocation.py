"""The sharing rules: worked by hand, held to their limits in drawn cases, and their errors."""

import pickle

import numpy as np
import pytest

from queries.stats.allocation import RULES, Problem, allocate, check_problem, coverage_gini, left_out, share_out
from queries.stats.allocation_frontier import frontier, marginal
from queries.stats.allocation_sharing import fill_level
from queries.stats.errors import StatisticsError

BY_HAND = ("proportional", "equal_coverage", "lowest_first", "desil_first")


def problem(need, money, unit=1, fixed=0, eligible=None, covered=None, value=None, floor=None, cap=None):
    """A problem of few rows; a list of numbers is a need of one class."""
    need = np.array(need, dtype="int64")
    need = need[:, None] if need.ndim == 1 else need
    rows = len(need)
    covered = np.zeros(rows, dtype="int64") if covered is None else np.array(covered)
    return Problem(
        need=need, value=np.ones(need.shape) if value is None else np.array(value, dtype=float).reshape(need.shape),
        eligible=need.sum(axis=1) + covered if eligible is None else np.array(eligible), covered=covered,
        money_idr=money, unit_cost_idr=unit, fixed_idr=fixed,
        floor=np.zeros(rows, dtype="int64") if floor is None else np.array(floor),
        cap=need.sum(axis=1) if cap is None else np.array(cap),
    )  # fmt: skip


def drawn(seed, most=6, top=9):
    """A drawn problem that has an allocation, rows without need or without eligible among the rest."""
    rng = np.random.default_rng(seed)
    rows, classes = int(rng.integers(2, most)), int(rng.integers(1, 4))
    need = rng.integers(0, top, (rows, classes)) * rng.integers(0, 2, (rows, 1))
    need[0, 0] = 3
    needed = need.sum(axis=1)
    floor = np.minimum(np.where(rng.random(rows) < 0.3, rng.integers(0, 4, rows), 0), needed)
    cap = np.where(rng.random(rows) < 0.4, np.clip(rng.integers(0, 9, rows), floor, needed), needed)
    cap[0] = max(cap[0], 1)
    covered = rng.integers(0, 9, rows) * (needed > 0)
    value = rng.choice([0, 0.25, 0.5, 1], need.shape) if rng.random() < 0.5 else rng.random(need.shape)
    unit, fixed = int(rng.integers(1, 9)), int(rng.choice([0, 0, 1, 6, 25]))
    found = Problem(need, value, needed + covered, covered, 0, unit, fixed, floor, cap)
    least = max(found.least_idr, unit + fixed)
    return found.at(money_idr=int(rng.integers(least, max(found.most_idr, least) + unit + 1)))


def totals(rule, *arguments, shares=None, **options):
    return allocate(problem(*arguments, **options), rule, shares=shares).totals.tolist()


def test_eleven_units_for_50_30_and_20_are_shared_six_three_two():
    """The quotas are 5.5, 3.3 and 2.2; five, three and two are certain, the eleventh goes to the largest fraction."""
    assert totals("proportional", [50, 30, 20], 11) == [6, 3, 2]


def test_a_row_at_its_cap_leaves_its_part_to_the_others():
    """The first may have three; the other eight are shared 30 to 20: 4.8 and 3.2."""
    assert totals("proportional", [50, 30, 20], 11, cap=[3, 30, 20]) == [3, 5, 3]


def test_a_row_at_its_floor_takes_its_part_from_the_others():
    """The last must have four; the other seven are shared 50 to 30: 4.375 and 2.625."""
    assert totals("proportional", [50, 30, 20], 11, floor=[0, 0, 4]) == [4, 3, 4]


def test_equal_fractions_go_to_the_larger_need_then_to_the_earlier_row():
    assert totals("proportional", [2, 6, 2, 6], 8) == [1, 3, 1, 3]
    assert totals("proportional", [10, 30], 2) == [0, 2]
    assert totals("proportional", [5, 5, 5, 5], 2) == [1, 1, 0, 0]


def test_the_lowest_coverage_is_raised_until_it_meets_the_next():
    """Of 100, 100 and 50 eligible, 20, 50 and 40 are covered: 20, 50 and 80 %."""
    rows = {"covered": [20, 50, 40]}
    assert totals("equal_coverage", [80, 50, 10], 30, **rows) == [30, 0, 0]
    # Sixty units lift the first two to 65 % together.
    assert totals("equal_coverage", [80, 50, 10], 60, **rows) == [45, 15, 0]
    # The next unit is half a unit for each: it goes to the larger need.
    assert totals("equal_coverage", [80, 50, 10], 61, **rows) == [46, 15, 0]
    # At 80 % the last takes part: 95 units bring the first two there, 5 more are shared 2, 2 and 1.
    assert totals("equal_coverage", [80, 50, 10], 95, **rows) == [62, 32, 1]


def test_the_lowest_coverage_is_filled_before_the_next_begins():
    """Coverage is 50, 20 and 50 %; the second is filled first, then of the equal ones the larger need."""
    assert totals("lowest_first", [10, 8, 20], 30, covered=[10, 2, 20]) == [2, 8, 20]
    assert totals("lowest_first", [10, 8, 20], 30, covered=[10, 2, 20], cap=[10, 5, 20]) == [5, 5, 20]
    assert totals("lowest_first", [10, 8, 20], 30, covered=[10, 2, 20], floor=[4, 0, 0]) == [4, 8, 18]


def test_desil_1_is_served_everywhere_before_desil_2_anywhere():
    need = [[10, 5], [20, 5]]
    # Eighteen units for the thirty of desil 1, in proportion.
    assert allocate(problem(need, 18), "desil_first").planned.tolist() == [[6, 0], [12, 0]]
    # All of desil 1, and three units of desil 2 for 5 and 5: one and a half each, so the earlier row has two.
    assert allocate(problem(need, 33), "desil_first").planned.tolist() == [[10, 2], [20, 1]]


def test_a_floor_is_set_aside_before_desil_1_is_shared():
    """The second row must have 7 of which it has only 2 in desil 1; 13 units are left for the first row's desil 1."""
    found = allocate(problem([[20, 5], [2, 9]], 20, floor=[0, 7]), "desil_first").planned
    assert found.tolist() == [[13, 0], [2, 5]]


def test_the_other_rules_take_the_poorest_class_of_a_row_first():
    for rule in ("proportional", "equal_coverage", "lowest_first"):
        assert allocate(problem([[3, 4, 5]], 5), rule).planned.tolist() == [[3, 2, 0]]


def test_own_shares_are_kept_and_what_a_capped_row_cannot_take_stays_unspent():
    assert totals("own", [9, 9, 9], 10, shares=[60, 30, 10]) == [6, 3, 1]
    found = allocate(problem([9, 9, 9], 100, unit=10, cap=[4, 9, 9]), "own", shares=np.array([60, 30, 10]))
    assert found.totals.tolist() == [4, 3, 1]
    assert found.remainder_idr == 20
    # So does the part of a row without need.
    assert totals("own", [9, 0, 9], 10, shares=[60, 30, 10]) == [6, 0, 1]
    # A floor is kept, at the cost of the others: 2 of 10 are set, 8 are shared 60 to 30.
    assert totals("own", [9, 9, 9], 10, shares=[60, 30, 10], floor=[0, 0, 2]) == [5, 3, 2]
    assert totals("own", [9, 9, 9], 10, shares=[0.5, 0.5, 0]) == [5, 5, 0]


def test_a_fixed_cost_is_paid_for_each_row_served_and_the_rest_buys_more_there():
    """Units cost 10, a row 25, and there are 100. Two units go to the first two rows and cost 70; three would go to
    three rows and cost 105. So two rows are served, and the 50 beside their cost buy five units, shared 5 to 3.
    """
    found = allocate(problem([5, 3, 2], 100, unit=10, fixed=25), "proportional")
    assert found.totals.tolist() == [3, 2, 0]
    assert (found.benefit_idr, found.fixed_cost_idr, found.cost_idr, found.remainder_idr) == (50, 50, 100, 0)


def test_a_row_that_is_not_served_costs_nothing():
    found = allocate(problem([5, 0], 60, unit=10, fixed=7), "equal_coverage")
    assert found.totals.tolist() == [5, 0]
    assert found.remainder_idr == 60 - 50 - 7


def with_large_fixed_cost(seed):
    given = drawn(seed, most=9)
    return given.at(fixed_idr=int(np.random.default_rng(seed).integers(1, 60)))


def plan_alone(given, rule, money, served_of):
    """What one amount plans, unlike `spend` by trying every number of units and every step: (units, rows served)."""
    unit, fixed, room = given.unit_cost_idr, given.fixed_idr, given.room
    total = max(k for k, served in served_of.items() if unit * k + fixed * np.count_nonzero(served) <= money)
    is_open = served_of[total].copy()
    units = total
    while True:
        left = money - unit * units - fixed * int(is_open.sum())
        if left >= unit and (rule == "own" or units < room[is_open].sum()):
            units += 1
        elif rule != "own" and left >= unit + fixed and (room[~is_open] > 0).any():
            is_open[np.argmax(np.where(is_open, -1, room))] = True
            units += 1
        else:
            return units, is_open


def rows_served_by_number(given, rule, shares):
    """Rows served by each number of units when there is no fixed cost, up to the most that can matter."""
    free = given.at(fixed_idr=0, unit_cost_idr=1)
    most = given.money_idr // given.unit_cost_idr if rule == "own" else int(given.room.sum())
    numbers = range(int(given.floor.sum()), most + 1)
    return {k: share_out(free.at(money_idr=k), rule, shares).any(axis=1) for k in numbers}


@pytest.mark.parametrize("rule", [*BY_HAND, "own"])
@pytest.mark.parametrize("seed", range(12))
def test_each_amount_gets_the_plan_with_most_units_of_all_that_it_could_pay(seed, rule):
    given = with_large_fixed_cost(seed)
    given = given.at(money_idr=given.most_idr + 3 * given.unit_cost_idr)
    shares = np.arange(len(given.need)) + 1
    served_of = rows_served_by_number(given, rule, shares)
    best, is_open = -1, None
    for money in range(given.least_idr, given.money_idr + 1):
        alone = plan_alone(given, rule, money, served_of)
        best, is_open = alone if alone[0] >= best else (best, is_open)
        planned = share_out(given.at(money_idr=money), rule, shares)
        assert (planned.any(axis=1) == is_open).all()
        assert given.cost_idr(planned) <= money
        assert ((planned.sum(axis=1) >= given.floor) & (planned.sum(axis=1) <= given.room)).all()
        # Of what `own` counts as bought, rows at their cap take less.
        assert planned.sum() <= best if rule == "own" else planned.sum() == best


@pytest.mark.parametrize("rule", [*BY_HAND, "own"])
def test_more_money_never_reaches_fewer_where_the_fixed_cost_is_large(rule):
    for rows in (3, 40, 300):
        rng = np.random.default_rng(rows)
        need = rng.integers(0, 40, (rows, 3))
        needed = need.sum(axis=1)
        given = problem(need, 0, unit=24, fixed=6000, covered=rng.integers(0, 60, rows), floor=needed // 30)
        # Shares as the need: no row is at its cap before all are.
        money = np.linspace(given.least_idr, given.most_idr, 120).astype("int64")
        units = frontier(given, rule, money, needed).totals.sum(axis=1)
        assert (np.diff(units) >= 0).all()
        assert units[-1] == needed.sum()


def test_a_problem_that_was_shared_out_can_be_kept_and_read_again():
    given = problem([5, 3, 2], 100, unit=10, fixed=25)
    planned = share_out(given, "proportional")
    assert (share_out(pickle.loads(pickle.dumps(given)), "proportional") == planned).all()
    assert share_out(given.at(cap=np.array([1, 3, 2])), "proportional")[0] <= 1


def test_a_smaller_plan_stands_while_a_further_row_would_leave_fewer():
    """Units cost 10, a row 25. A hundred buy five units in two rows. With 105 three units could go to three rows and
    no more, so the two rows keep their five; with 125 the three rows have five units as well: 2.5, 1.5 and 1.
    """
    given = problem([5, 3, 2], 0, unit=10, fixed=25)
    for money, expected in ((100, [3, 2, 0]), (105, [3, 2, 0]), (124, [3, 2, 0]), (125, [3, 1, 1]), (135, [3, 2, 1])):
        assert allocate(given.at(money_idr=money), "proportional").totals.tolist() == expected


@pytest.mark.parametrize("seed", range(150))
def test_every_rule_keeps_the_limits_and_leaves_no_money_that_could_buy_more(seed):
    given = drawn(seed, top=30)
    check_problem(given)
    shares = np.arange(len(given.need)) + 1
    draws = np.random.default_rng(seed).random((20, 1, given.need.shape[1]))
    for rule in RULES:
        if rule == "robust" and seed % 5:
            continue
        found = allocate(given, rule, shares, draws, np.zeros(len(given.need), dtype=int))
        planned = found.planned
        assert planned.dtype == np.int64
        assert ((planned >= 0) & (planned <= given.need)).all()
        assert ((found.totals >= given.floor) & (found.totals <= given.cap)).all()
        assert found.cost_idr + found.remainder_idr == given.money_idr and found.remainder_idr >= 0
        assert np.isfinite([found.objective, found.bound]).all() and found.objective <= found.bound
        is_full, is_served = found.totals == given.room, found.totals > 0
        # With a fixed cost the plan of a smaller amount may stand, and the rest is left over.
        if rule == "own" or (rule in BY_HAND and given.fixed_idr):
            continue
        if found.remainder_idr >= given.unit_cost_idr:
            assert is_full[is_served].all(), rule
        if found.remainder_idr >= given.unit_cost_idr + given.fixed_idr:
            assert is_full.all(), rule


@pytest.mark.parametrize("seed", range(60))
def test_own_shares_without_caps_spend_all_that_buys_a_unit(seed):
    given = drawn(seed, top=30).at(fixed_idr=0)
    given = given.at(cap=given.need.sum(axis=1))
    found = allocate(given, "own", given.need.sum(axis=1))
    assert found.remainder_idr < given.unit_cost_idr or (found.totals == given.room).all()


def test_shares_of_millions_by_large_weights_stay_exact():
    """A nation in rupiah-sized numbers: 3 x 10^9 units by weights of 10^9 are beyond 64 bits, and still exact."""
    weight = np.array([10**9, 2 * 10**9, 3 * 10**9])
    nothing, most = np.zeros(3, dtype="int64"), np.full(3, 10**12)
    assert fill_level(3 * 10**9 + 1, weight, nothing, nothing, most).tolist() == [500000000, 1000000000, 1500000001]


def test_rows_without_eligible_and_without_need_are_harmless():
    given = problem([4, 0, 0], 3, eligible=[10, 0, 5], covered=[6, 0, 5])
    for rule in (*BY_HAND, "optimal"):
        assert allocate(given, rule).totals.tolist() == [3, 0, 0]
    assert allocate(given, "own", np.array([1, 1, 1])).totals.tolist() == [1, 0, 0]


def test_gini_is_nought_where_coverage_is_equal_and_a_sixth_for_all_and_half():
    given = problem([5, 5], 10, eligible=[10, 10], covered=[5, 5])
    assert coverage_gini(given, np.zeros((2, 1), dtype="int64")) == pytest.approx(0)
    # Coverage 1 and 1/2 with equal weights: |1 - 1/2| in half of the pairs, over twice the mean of 3/4: 1/6.
    assert coverage_gini(given, np.array([[5], [0]])) == pytest.approx(1 / 6)
    assert coverage_gini(problem([5, 5], 10), np.zeros((2, 1), dtype="int64")) is None
    assert coverage_gini(problem([0], 1, eligible=[0]), np.zeros((1, 1), dtype="int64")) is None


def test_left_out_are_the_rows_with_need_and_nothing_planned():
    assert left_out(problem([5, 0, 5, 5], 10), np.array([[0], [0], [1], [0]])).tolist() == [0, 3]


@pytest.mark.parametrize(
    ("given", "code", "details"),
    [
        (problem([0, 0], 10), "no_need", {}),
        (problem([3, 9, 4], 10, floor=[4, 0, 5]), "floor_above_need",
         {"rows": [0, 2], "floors": [4, 5], "most": [3, 4]}),
        (problem([3, 9], 10, floor=[0, 5], cap=[3, 4]), "cap_below_floor", {"rows": [1], "floors": [5], "caps": [4]}),
        (problem([3, 9], 79, 10, 5, floor=[2, 5]), "money_below_floors", {"money_idr": 79, "least_idr": 80}),
        (problem([3, 9], 14, 10, 5), "nothing_to_buy", {"money_idr": 14, "least_idr": 15}),
        (problem([3, 9], 10, cap=[0, 0]), "no_room", {}),
        (problem([3, 9], 10, value=[1, np.nan]), "bad_problem", {"part": "value"}),
        (problem([3, 9], 10, value=[1, -1]), "bad_problem", {"part": "value"}),
        (problem([3, -9], 10, eligible=[3, 9]), "bad_problem", {"part": "need"}),
        (problem([3, 9], 10, eligible=[3, 8]), "bad_problem", {"part": "eligible"}),
        (problem([3, 9], 10, floor=[0.5, 0]), "bad_problem", {"part": "floor"}),
        (problem([3, 9], 10, covered=[0]), "bad_problem", {"part": "covered"}),
        (problem([3, 9], -1), "bad_problem", {"part": "money"}),
        (problem([3, 9], 10, unit=0), "bad_problem", {"part": "unit_cost"}),
        (problem([3, 9], 10, fixed=-1), "bad_problem", {"part": "fixed"}),
    ],
)  # fmt: skip
def test_what_stands_in_the_way_is_named(given, code, details):
    with pytest.raises(StatisticsError) as told:
        allocate(given, "proportional")
    assert (told.value.code, told.value.details) == (code, details)


def test_the_least_money_that_is_named_is_enough():
    short = problem([3, 9], 79, 10, 5, floor=[2, 5])
    assert allocate(short.at(money_idr=80), "proportional").totals.tolist() == [2, 5]
    assert allocate(problem([3, 9], 15, 10, 5), "lowest_first").totals.sum() == 1


@pytest.mark.parametrize(
    ("shares", "rows"), [([1, -1, 2], [1]), ([1, np.nan, np.inf], [1, 2]), ([0, 0, 0], []), ([1, 2], []), (None, [])]
)
def test_shares_that_cannot_be_meant_are_refused(shares, rows):
    with pytest.raises(StatisticsError) as told:
        allocate(problem([5, 5, 5], 10), "own", shares)
    assert (told.value.code, told.value.details) == ("bad_shares", {"rows": rows})


def test_an_unknown_rule_is_refused():
    for ask in (lambda: allocate(problem([5], 3), "fair"), lambda: frontier(problem([5], 3), "fair", np.array([3]))):
        with pytest.raises(StatisticsError) as told:
            ask()
        assert told.value.code == "unknown_rule"


def test_a_frontier_is_the_rule_at_each_amount():
    given = drawn(3, most=20, top=40)
    money = np.linspace(given.least_idr, given.most_idr, 9).astype("int64")
    shares = np.arange(len(given.need)) + 1
    draws = np.random.default_rng(1).random((30, 2, given.need.shape[1]))
    group = np.arange(len(given.need)) % 2
    for rule in RULES:
        found = frontier(given, rule, money, shares, draws, group)
        assert found.money_idr.tolist() == money.tolist()
        assert found.totals.shape == (9, len(given.need))
        assert all(given.cost_idr(found.planned[knot]) <= money[knot] for knot in range(9))
        if rule == "robust":
            continue
        for knot in range(3, 9):
            alone = allocate(given.at(money_idr=int(money[knot])), rule, shares)
            assert (alone.planned == found.planned[knot]).all(), rule


def test_a_frontier_begins_where_nothing_is_planned_and_not_below_the_floors():
    assert frontier(problem([5, 5], 0), "optimal", np.array([0, 4])).totals.tolist() == [[0, 0], [2, 2]]
    with pytest.raises(StatisticsError) as told:
        frontier(problem([5, 5], 0, unit=10, floor=[1, 0]), "optimal", np.array([0, 40]))
    assert (told.value.code, told.value.details) == ("money_below_floors", {"money_idr": 0, "least_idr": 10})


def test_the_next_rupiah_goes_where_it_is_worth_most():
    """Three units are bought of those worth 0.9; the next three buy the two that are left of them and one at 0.5."""
    given = problem([5, 5], 30, unit=10, value=[0.9, 0.5])
    more = marginal(given, 30, 30)
    assert more.units.tolist() == [2, 1]
    assert more.objective.tolist() == pytest.approx([1.8, 0.5])
    # Whatever rule has planned so far stands, and what it left over is spent too: here five units more.
    more = marginal(given, 50, 30, planned=np.array([[0], [3]]))
    assert more.units.tolist() == [5, 0]


def test_rows_that_are_served_pay_no_fixed_cost_again():
    """Forty buy two units more in the row that is served, worth 1.0, but only one, worth 0.9, in the other."""
    given = problem([5, 5], 45, unit=20, fixed=20, value=[0.5, 0.9])
    more = marginal(given, 45, 40, planned=np.array([[1], [0]]))
    assert more.units.tolist() == [2, 0]
