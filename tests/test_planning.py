"""A budget for the census of builders.py, shared out by hand: PKH is for desil 1 to 4, and leaves fifteen families out.

    desa     eligible  covered  need    desil 1   2   3   4
    Satu           12        6     6          1   1   1   3
    Dua             7        6     1          -   -   -   1
    Tiga            6        0     6          2   2   1   1
    Empat           0        0     0          (no eligible family)
    Lima            4        4     0          -   -   -   -
    Enam            3        1     2          1   -   1   -
    Tujuh                                     (no data)
"""

import json
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, load_sample, recipients, verify, write_places
from click.testing import CliRunner

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from dashboard.cli import main
from dashboard.commands import plan as planning_command
from geo.engine import read_only
from geo.scenario_write import store_plan_input
from geo.tables import COMPONENTS
from queries.plan_basis import read_ground
from queries.plan_frontier import frontier_on
from queries.plan_request import RULES, PlanRequest, check_plan
from queries.planning import plan, plan_rows
from queries.scope import Scope

SATU, DUA, TIGA, EMPAT, LIMA, ENAM, TUJUH = range(7)
SCOPE = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
# Five families at Rp 100 each.
FIVE = PlanRequest(budget_idr=500, benefit_idr=100, months=1, rule="proportional", probability="register")


@pytest.fixture
def province(shared_census):
    return shared_census


@pytest.fixture
def own_province(own_census):
    return own_census


def planned(engine, request, scope=SCOPE):
    with read_only(engine) as connection:
        return plan(connection, scope.at(request=request.text), request)


def refused(engine, request, scope=SCOPE):
    with pytest.raises(PetadesilError) as caught:
        planned(engine, request, scope)
    return caught.value


def test_the_need_is_the_gap_of_the_register(province):
    made = planned(province, FIVE)
    assert list(made.need.eligible_count) == [12, 7, 6, 0, 4, 3, 0]
    assert list(made.need.covered_count) == [6, 6, 0, 0, 4, 1, 0]
    assert made.need.need[SATU].tolist() == [1, 1, 1, 3] and made.need.need[TIGA].tolist() == [2, 2, 1, 1]
    assert list(made.result.frame["status"]) == ["ok", "ok", "ok", "not_applicable", "ok", "ok", "no_data"]
    assert made.effect.exclusion_before == 15 / 32 and made.effect.exclusion_after == 10 / 32


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        # 5 x 6/15, 1/15, 6/15, 2/15 = 2, 1/3, 2, 2/3: the fifth goes to the largest remainder.
        ("proportional", [2, 0, 2, 0, 0, 1, 0]),
        # Coverage is 6/12, 6/7, 0 and 1/3: Tiga first, and five are not enough for it.
        ("lowest_first", [0, 0, 5, 0, 0, 0, 0]),
        # All are raised to 4/7: Satu by 0.86, Tiga by 3.43, Enam by 0.71.
        ("equal_coverage", [1, 0, 3, 0, 0, 1, 0]),
        # Four of desil 1, and one of desil 2, of whom two thirds live in Tiga.
        ("desil_first", [1, 0, 3, 0, 0, 1, 0]),
    ],
)
def test_each_rule_shares_five_families_out(province, rule, rows):
    made = planned(province, FIVE.at(rule=rule))
    assert made.effect.planned.sum(axis=1).tolist() == rows
    assert made.effect.total_idr == 500 and made.effect.remainder_idr == 0
    assert made.effect.gap_to_optimum == 0


def test_weights_decide_who_is_worth_most(province):
    made = planned(province, FIVE.at(rule="optimal", weights=(300, 200) + (100,) * 8))
    # All four of desil 1, and one of the three of desil 2.
    assert made.effect.planned.sum(axis=0).tolist() == [4, 1, 0, 0]
    by_gap = next(effect for effect in made.effects if effect.rule == "proportional")
    # Two of Satu are of desil 1 and 2, two of Tiga of desil 1, one of Enam of desil 1: 3 + 2 + 6 + 3 = 14, as the best.
    assert by_gap.gap_to_optimum == 0
    lowest = next(effect for effect in made.effects if effect.rule == "lowest_first")
    # All five in Tiga: 2 x 3 + 2 x 2 + 1 = 11 of 14.
    assert lowest.gap_to_optimum == pytest.approx(1 - 11 / 14)


def test_every_rupiah_of_the_ceiling_is_somewhere(province):
    request = FIVE.at(budget_idr=1_033, administration_bp=1_000, desa_idr=70)
    for effect in planned(province, request).effects:
        parts = effect.benefit_idr + effect.desa_cost_idr + effect.administration_idr + effect.remainder_idr
        assert parts == 1_033 and effect.administration_idr == 103 and effect.remainder_idr >= 0
        assert effect.benefit_idr == 100 * effect.planned_count
        assert effect.desa_cost_idr == 70 * effect.served_count


def test_a_fixed_cost_gathers_the_plan_in_fewer_desa(province):
    spread = planned(province, FIVE.at(rule="optimal", budget_idr=750))
    gathered = planned(province, FIVE.at(rule="optimal", budget_idr=750, desa_idr=100))
    # One desa takes six for 600 + 100; two would take five for 500 + 200.
    assert spread.effect.planned_count == 7 and gathered.effect.planned_count == 6
    assert gathered.effect.served_count == 1 and gathered.effect.gap_to_optimum < 1e-9


def test_who_receives_a_covering_program_is_no_longer_in_need(database, tmp_path):
    write_places(database)
    household = draw_households()
    of_tiga = household[household["kode"].str.startswith("99.01.02.2001")].head(3)
    enrolment = [enrol(recipients(household), "pkh"), enrol(of_tiga, "sembako", amount_idr="2400000")]
    load(database, tmp_path, household, pd.concat(enrolment))
    made = planned(database, FIVE.at(covered=("sembako",)))
    # Two of desil 1 and one of desil 2 in Tiga hold Sembako.
    assert made.need.need[TIGA].tolist() == [0, 1, 1, 1] and made.need.covered_count[TIGA] == 3
    assert made.effect.exclusion_before == 12 / 32


def test_a_program_of_ones_own_counts_its_component(province):
    made = planned(province, FIVE.at(target="Beasiswa_SD", desil=(1, 2), component="sd", covered=("pkh",)))
    assert made.need.classes == (1, 2) and made.need.need.sum(axis=0).tolist() == [4, 3]
    by_child = planned(province, FIVE.at(target="Per_anak", desil=(1,), component="sd", unit="person"))
    # Each family has one child in primary school; without a covering program all eleven of desil 1 are in need.
    assert by_child.need.need_count.sum() == 11 and by_child.unit == "person"
    nobody = refused(province, FIVE.at(target="Lansia", desil=(1,), component="elderly"))
    assert nobody.code == "plan_no_need"
    assert set(COMPONENTS) >= {"sd", "elderly"}


def test_floors_caps_and_shares_of_single_desa_are_kept(own_province):
    with own_province.begin() as connection:
        key = store_plan_input(connection, {"99.01.01.2002": {"floor": 1}, "99.01.01.2001": {"cap": 1}})
    made = planned(own_province, FIVE.at(table=key))
    rows = made.effect.planned.sum(axis=1)
    assert rows[DUA] == 1 and rows[SATU] == 1 and rows.sum() == 5
    # A floor for all asks of none more than its cap.
    general = planned(own_province, FIVE.at(table=key, floor_count=2, budget_idr=600))
    assert general.need.floor[[SATU, DUA, TIGA, ENAM]].tolist() == [1, 1, 2, 2]
    with own_province.begin() as connection:
        own = store_plan_input(connection, {"99.01.01.2001": {"share": 1}, "99.71.01.1002": {"share": 4}})
    made = planned(own_province, FIVE.at(rule="own", table=own))
    # One fifth is one family; four fifths are four, and Enam lacks but two: the rest stays.
    assert made.effect.planned.sum(axis=1).tolist() == [1, 0, 0, 0, 0, 2, 0]
    assert made.effect.remainder_idr == 200 and made.effect.unspent_rows == (ENAM,)


def test_a_plan_that_cannot_be_names_its_fault_and_the_nearest_that_can(own_province):
    with own_province.begin() as connection:
        low = store_plan_input(connection, {"99.01.01.2001": {"floor": 4, "cap": 2}})
        high = store_plan_input(connection, {"99.01.01.2002": {"floor": 2}})
    assert "Satu (99.01.01.2001)" in refused(own_province, FIVE.at(table=low)).details["names"]
    above = refused(own_province, FIVE.at(table=high))
    assert above.code == "plan_floor_above_need" and above.details["need"] == 1
    short = refused(own_province, FIVE.at(floor_count=2, administration_bp=1_000))
    # Two in Satu, Tiga and Enam, one in Dua: 700 for seven, and a tenth of 778 is 77.
    assert (short.code, short.details["least"]) == ("plan_below_floors", 777)
    mended = PlanRequest.parse(short.details["request"])
    assert planned(own_province, mended).effect.planned_count == 7
    nothing = refused(own_province, FIVE.at(budget_idr=99))
    assert (nothing.code, nothing.details["least"]) == ("plan_nothing_to_buy", 100)
    assert refused(own_province, FIVE, SCOPE.at(wilayah="99.71.01.1001")).code == "plan_no_need"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"budget_idr": 0}, "plan_money"), ({"budget_idr": 10**15 + 1}, "plan_money"),
        ({"benefit_idr": 0}, "plan_money"), ({"desa_idr": -1}, "plan_money"), ({"months": 13}, "plan_months"),
        ({"year": 1999}, "plan_year"), ({"rule": "fair"}, "plan_choice"), ({"stage": "draft"}, "plan_choice"),
        ({"floor_count": 5, "cap_count": 4}, "plan_limits"), ({"cap_pct": 101}, "plan_limits"),
        ({"administration_idr": 500}, "plan_administration"), ({"administration_bp": 10_000}, "plan_administration"),
        ({"desil": (0,)}, "plan_target"), ({"weights": (0,) * 10}, "plan_target"),
        ({"target": "<b>"}, "plan_target"), ({"component": "gold"}, "plan_choice"),
    ],
)  # fmt: skip
def test_a_request_that_cannot_be_meant_is_refused(changes, code):
    with pytest.raises(PetadesilError) as caught:
        check_plan(FIVE.at(**changes))
    assert caught.value.code == code


def test_a_request_survives_its_address():
    request = FIVE.at(
        target="Bantuan_Lansia", desil=(1, 2, 3), component="elderly", covered=("pkh", "blt_dd"), cap_pct=80,
        table="0123456789abcdef", weights=(200,) + (100,) * 9, shock=7, floor_count=2, stage="perubahan", funding="btt",
    )  # fmt: skip
    assert PlanRequest.parse(request.text) == request
    assert PlanRequest().text == "" and PlanRequest.parse("") == PlanRequest()
    for text in ("?5", "b5-b6", "bxyz", "b²", "b" + "9" * 40):
        with pytest.raises(PetadesilError) as caught:
            PlanRequest.parse(text)
        assert caught.value.code == "plan_malformed"


def test_the_field_says_who_is_truly_eligible(own_province, tmp_path):
    household = draw_households()
    load_sample(own_province, tmp_path, verify(household[household["kode"] < "99.71"]))
    made = planned(own_province, FIVE.at(probability="field"))
    assert set(made.eligibility.origin) <= {"kabupaten", "provinsi", "all"}
    assert 0 < made.effect.expected.lower <= made.effect.expected.value <= made.effect.expected.upper <= 5
    assert made.effect.inclusion_rate == pytest.approx(1 - made.effect.expected.value / 5)
    assert made.effect.cost_per_eligible_idr == round(500 / made.effect.expected.value)


def test_whoever_pays_the_whole_list_is_left_with_those_off_it(own_province, tmp_path):
    household = draw_households()
    sample = verify(household)
    # Every fourth family of desil 5 to 8 was found in desil 2: truly eligible, and on no list.
    wrong = (sample.index % 4 == 0) & household["desil"].isin(["5", "6", "7", "8"])
    load_sample(own_province, tmp_path, sample.assign(observed_desil=sample["observed_desil"].mask(wrong, "2")))
    whole = planned(own_province, FIVE.at(budget_idr=10_000, probability="field"))
    assert whole.effect.planned_count == 15
    assert whole.effect.field_after.value == pytest.approx(whole.off_list.value) and whole.off_list.value > 0
    part = planned(own_province, FIVE.at(probability="field")).effect.field_after.value
    assert whole.off_list.value < part < whole.field_before.value


def test_published_plans_are_made_of_what_may_be_told(province):
    published = SCOPE.at(disclosure="published")
    alone = planned(province, FIVE, published.at(wilayah="99.01.01.2001"))
    # The desil of a single desa are those of its kabupaten: each has fewer than ten there, so that all are alike.
    assert alone.need.need.tolist() == [[1, 1, 1, 2]] and alone.need.need_count.tolist() == [5]
    frame = alone.result.frame.iloc[0]
    assert frame["status"] == "suppressed" and frame[["value", "numerator", "exclusion_after_rate"]].isna().all()
    some = refused(province, FIVE.at(covered=("sembako",)), published)
    assert some.code == "plan_covered_not_published"
    odd = refused(province, FIVE.at(target="Ganjil", desil=(1, 3)), published)
    assert odd.code == "desil_set_not_published"


def test_published_counts_are_rounded_before_they_are_shared_out(province):
    made = planned(province, FIVE, SCOPE.at(disclosure="published"))
    assert made.need.need_count.tolist() == [5, 5, 5, 0, 0, 5, 0]
    assert list(made.result.mask["need_count"]) == ["small", "small", "small", "", "", "small", ""]


def test_the_rows_of_a_map_are_the_plans_own(province):
    scope = SCOPE.at(request=FIVE.text)
    with read_only(province) as connection:
        rows = plan_rows(connection, scope).frame
    assert rows["planned_count"].dropna().astype(int).tolist() == [2, 0, 2, 0, 0, 1]
    assert rows["amount_idr"].dropna().astype(int).sum() == 500
    assert rows["value"].iloc[TIGA] == pytest.approx(4 / 6) and rows["numerator"].iloc[TIGA] == 4


@pytest.mark.parametrize("rule", RULES)
def test_the_frontier_falls_from_nothing_to_everybody(province, rule):
    request = FIVE.at(rule=rule)
    with read_only(province) as connection:
        found = frontier_on(read_ground(connection, SCOPE, request), request)
    assert found.exclusion_rate[0] == 15 / 32 and found.exclusion_rate[-1] == 0
    assert (np.diff(found.planned_count) >= 0).all() and found.planned_count[-1] == 15
    assert (found.expected_count <= found.optimum_expected_count + 1e-9).all()


def test_the_command_gives_whole_numbers_that_add_up(province, monkeypatch):
    @contextmanager
    def chosen(settings, wilayah, demo):
        yield province

    monkeypatch.setattr(planning_command, "chosen_engine", chosen)
    words = ["plan", "--wilayah", "99", "--program", "pkh", "--budget", "1234", "--unit-cost", "100", "--admin", "10%",
             "--rule", "optimal", "--probability", "register"]
    done = CliRunner().invoke(main, [*words, "--json"])
    assert done.exit_code == 0, done.output
    answer = json.loads(done.output)
    assert sum(line["amount_idr"] or 0 for line in answer["lines"]) == answer["benefit_idr"] == 1100
    assert answer["total_idr"] + answer["remainder_idr"] == answer["budget_idr"] == 1234
    assert answer["exclusion_error_before"] == 15 / 32 and answer["exclusion_error_after"] == 4 / 32
    assert answer["gap_to_optimum"] == 0 and {line["kode"] for line in answer["lines"]} >= {"99.01.01.2001"}
    told = CliRunner().invoke(main, words)
    assert told.exit_code == 0 and "Rp 1.234" in told.output and "Eksklusi terkecil *" in told.output
