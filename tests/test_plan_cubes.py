"""The cubes that a plan stands on: counted by hand, equal on both engines, and held by their invariants."""

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, stored, write_places
from sqlalchemy import text

from geo.cube_check import compare_cubes
from geo.cube_invariants import CUBE_INVARIANTS
from geo.invariants import check_invariants
from geo.plan_invariants import PLAN_INVARIANTS

PKH, SEMBAKO, PBI_JKN = 1, 2, 4
TWO = SEMBAKO | PBI_JKN
ALL = PKH | TWO


@pytest.fixture
def province(database, tmp_path):
    """The census, in which whoever is of desil 1, 3 or 6 also has Sembako, and PBI-JKN for three of four persons."""
    write_places(database)
    household = draw_households()
    some = household[household["desil"].isin(["1", "3", "6"])]
    load(database, tmp_path, household, pd.concat([
        enrol(recipients(household), "pkh"), enrol(some, "sembako", amount_idr="2400000"),
        enrol(some, "pbi_jkn", unit_count="3", amount_idr="1512000"),
    ]))
    return database


def need(engine, kode, program_id):
    return stored(engine, "SELECT desil, received, eligible_count, reached_count, gap_idr FROM need_count"
                          f" WHERE kode = '{kode}' AND program_id = {program_id} ORDER BY 1, 2")


def broken(engine, folder):
    """Return the invariants that do not hold, and the cubes that one of the two engines counts otherwise."""
    with engine.connect() as connection:
        wrong = [finding.name for finding in check_invariants(connection) if not finding.holds]
        for name in ("duckdb", "postgres"):
            wrong += [f"{name}: {cube}" for cube, (_, differing) in
                      compare_cubes(connection, PERIOD, name, folder / "data").items() if differing]
    return wrong


def test_a_need_is_known_by_what_else_the_household_receives(province, tmp_path):
    """Satu: `1* 1* 1* 1 2* 2* 2 3* 3 4 4 4`, each with a child in SD, for whom PKH gives 900,000 a year."""
    gap = 900_000
    assert need(province, "99.01.01.2001", 0) == [
        (1, TWO, 1, 0, gap), (1, ALL, 3, 3, 0), (2, 0, 1, 0, gap), (2, PKH, 2, 2, 0), (3, TWO, 1, 0, gap),
        (3, ALL, 1, 1, 0), (4, 0, 3, 0, 3 * gap)]
    assert broken(province, tmp_path) == []


def test_persons_are_reached_by_their_number_and_not_by_their_household(province):
    """PBI-JKN is for desil 1 to 5 at 504,000 a person: of each enrolled household of Satu one of four is left out."""
    one = 504_000
    assert need(province, "99.01.01.2001", 2) == [
        (1, TWO, 4, 3, one), (1, ALL, 12, 9, 3 * one), (2, 0, 4, 0, 4 * one), (2, PKH, 8, 0, 8 * one),
        (3, TWO, 4, 3, one), (3, ALL, 4, 3, one), (4, 0, 12, 0, 12 * one), (5, 0, 4, 0, 4 * one),
        (5, PKH, 4, 0, 4 * one)]


def test_a_need_adds_up_to_the_nation(province):
    """Eligible for PKH: desil 1 to 4 of the census. Those of desil 2 with PKH: two in Satu, two in Dua, one in Lima."""
    rows = {(desil, received): (eligible, reached) for desil, received, eligible, reached, _ in need(province, "ID", 0)}
    assert rows[2, PKH] == (5, 5)
    assert sum(eligible for eligible, _ in rows.values()) == 12 + 7 + 6 + 4 + 3
    assert sum(reached for _, reached in rows.values()) == 6 + 6 + 4 + 1
    assert stored(province, "SELECT DISTINCT level FROM need_count ORDER BY 1") == [(level,) for level in range(5)]


def test_a_stranger_to_the_register_has_no_need_and_no_known_set(database, tmp_path):
    write_places(database)
    household = draw_households()
    stranger = enrol(household.iloc[[0]], "pkh").assign(household_id="99-asing")
    load(database, tmp_path, household, pd.concat([enrol(recipients(household), "pkh"), stranger]))
    assert stored(database, "SELECT is_in_register, received, count(*)::integer FROM enrolment GROUP BY 1, 2"
                            " ORDER BY 1") == [(False, None, 1), (True, PKH, 21)]
    assert stored(database, "SELECT sum(reached_count)::integer FROM need_count WHERE level = 0") == [(17,)]
    assert broken(database, tmp_path) == []


def test_a_target_counts_families_with_a_component_and_its_members(database, tmp_path):
    """Enam: `1* 1 3 5 - -`. The first died, the second is in the civil service's payroll: no rule pays either."""
    write_places(database)
    household = draw_households()
    enam = household["kode"] == "99.71.01.1002"
    household.loc[enam, "adminduk"] = ["meninggal", "asn_tni_polri", "aktif", "aktif", "aktif", "aktif"]
    household.loc[enam, "elderly_count"] = ["1", "1", "2", "0", "1", "0"]
    household.loc[enam, "person_count"] = ["4", "4", "5", "4", "2", "4"]
    load(database, tmp_path, household, enrol(recipients(household), "pkh"))
    rows = stored(database, "SELECT desil, received, household_count, person_count, elderly_household_count,"
                            " elderly_count, sd_household_count, sd_count, pregnant_count FROM target_count"
                            " WHERE kode = '99.71.01.1002' ORDER BY 1, 2")
    assert rows == [(3, 0, 1, 5, 1, 2, 1, 1, 0), (5, 0, 1, 4, 0, 0, 1, 1, 0), (None, 0, 2, 6, 1, 1, 2, 2, 0)]
    # Of the kota's fifteen families two are left out; Lima has no elder.
    assert stored(database, "SELECT sum(household_count)::integer, sum(elderly_household_count)::integer,"
                            " sum(elderly_count)::integer FROM target_count WHERE kode = '99.71'") == [(13, 2, 3)]
    assert broken(database, tmp_path) == []


def test_a_target_knows_what_its_families_receive_already(province):
    """Hulu, desil 1: five with all three, one with two; the desil 6 of both desa has the two, one of them PKH too."""
    rows = stored(province, "SELECT desil, received, household_count, person_count, sd_household_count"
                            " FROM target_count WHERE kode = '99.01.01' AND desil IN (1, 6) ORDER BY 1, 2")
    assert rows == [(1, TWO, 1, 4, 1), (1, ALL, 5, 20, 5), (6, TWO, 1, 4, 1), (6, ALL, 1, 4, 1)]


DAMAGES = [
    ("UPDATE enrolment SET received = 0 WHERE program_id = 0", "enrolment_knows_its_households_programs"),
    ("UPDATE need_count SET eligible_count = eligible_count + 1 WHERE level = 4", "need_equals_households"),
    ("DELETE FROM need_count WHERE level = 4 AND received = 0", "need_equals_households"),
    ("UPDATE need_count SET reached_count = reached_count - 1 WHERE level = 4 AND reached_count > 0",
     "need_equals_enrolments"),
    ("UPDATE need_count SET gap_idr = gap_idr + 1 WHERE level = 4", "gap_idr_equals_entitlement"),
    ("UPDATE need_count SET gap_idr = gap_idr + 1 WHERE level = 0", "needs_add_up_to_the_program"),
    ("UPDATE need_count SET reached_count = 0 WHERE level = 2", "need_count_adds_up"),
    ("UPDATE target_count SET elderly_count = 9 WHERE level = 4", "targets_equal_households"),
    ("UPDATE target_count SET household_count = 9 WHERE level = 3", "target_count_adds_up"),
    ("UPDATE household SET adminduk = 'ganda' WHERE desil = 9", "targets_equal_households"),
]


def test_each_cube_is_held_by_an_invariant(province):
    violations = CUBE_INVARIANTS | PLAN_INVARIANTS
    for damage, invariant in DAMAGES:
        with province.connect() as connection, connection.begin() as damaged:
            assert connection.execute(text(violations[invariant])).all() == []
            assert connection.execute(text(damage)).rowcount > 0, damage
            assert connection.execute(text(violations[invariant])).all() != [], damage
            damaged.rollback()
