"""What a register says of itself beyond who is reached: causes of the leak, groups, sets, order, and other rules.

Read the census in builders.py first; every figure here is counted by hand from it.
"""

from dataclasses import replace

import ibis
import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, stored, write_places
from sqlalchemy import text

from geo.entitlement import read_rules
from geo.invariants import check_invariants

PKH, SEMBAKO, PBI_JKN, BLT_DD, PIP = (1 << number for number in range(5))
EVERY_POOR = PKH | SEMBAKO | PBI_JKN | PIP


@pytest.fixture
def places(database):
    write_places(database)
    return database


def nothing_is_broken(engine):
    with engine.connect() as connection:
        return [finding.name for finding in check_invariants(connection) if not finding.holds] == []


def change(household, number, **values):
    """Change one household of Satu, by its number in the census."""
    household.loc[household["household_id"] == f"99-99.01.01.2001-{number:02d}", list(values)] = list(values.values())


def test_every_leak_has_the_first_cause_that_fits(places, tmp_path):
    """In Satu, PKH goes to desil 1 1 1 2 2 3 and 5; here also to the one without desil, and to a stranger.

    Numbers 1 and 2 have no child at school, and 1 is dead as well: the death comes first.
    """
    household = draw_households()
    change(household, 1, adminduk="meninggal", sd_count="0")
    change(household, 2, sd_count="0")
    change(household, 5, adminduk="asn_tni_polri")
    without_desil = household[household["household_id"] == "99-99.01.01.2001-20"]
    stranger = without_desil.assign(household_id="99-asing")
    enrolment = pd.concat([
        enrol(pd.concat([recipients(household), without_desil]), "pkh"), enrol(stranger, "pkh", amount_idr="700000")
    ])
    load(places, tmp_path, household, enrolment)
    assert stored(places, "SELECT cause, leak_count, leak_idr FROM leak_cause_count WHERE kode = '99.01.01.2001'"
                          " ORDER BY cause") == [
        ("above_limit", 1, 900_000), ("asn_tni_polri", 1, 900_000), ("component", 1, 900_000),
        ("meninggal", 1, 900_000), ("no_desil", 1, 900_000), ("outside", 1, 700_000)]
    # Three more receive above the limit: desil 6 in Dua, 5 and 6 in Lima.
    assert stored(places, "SELECT leak_count FROM leak_cause_count WHERE level = 0 AND cause = 'above_limit'") == [(4,)]
    assert stored(places, "SELECT leak_count, leak_idr FROM program_total WHERE level = 0") == [
        (9, 8 * 900_000 + 700_000)]
    assert nothing_is_broken(places)


def test_blt_dana_desa_in_a_kelurahan_leaks_by_its_kind(places, tmp_path):
    household = draw_households()
    poorest = household[(household["desil"] == "1") & (household["marks"] > 0)]
    load(places, tmp_path, household, enrol(poorest, "blt_dd", amount_idr="3600000", funding="Dana Desa"))
    assert stored(places, "SELECT kode, cause, leak_count FROM leak_cause_count WHERE level = 4 ORDER BY kode") == [
        ("99.71.01.1001", "kind", 1), ("99.71.01.1002", "kind", 1)]
    assert stored(places, "SELECT eligible_count, received_count, reached_count, too_few_places_count"
                          " FROM program_total WHERE level = 0") == [(8, 7, 5, 3)]


def test_a_rule_with_a_lower_limit_names_who_is_below_it(database):
    with database.connect() as connection:
        rule = replace(read_rules(connection, PERIOD)[1], desil_min=2)
    household = ibis.memtable(pd.DataFrame({
        "kode": ["99.01.01.2001"] * 4, "desil": [1, 2, 6, None], "adminduk": ["aktif", "aktif", "ganda", "aktif"]}))
    told = household.mutate(cause=rule.failed_condition(household), is_eligible=rule.is_eligible(household)).execute()
    assert told["cause"].fillna("").tolist() == ["below_limit", "", "ganda", "no_desil"]
    assert told["is_eligible"].tolist() == [False, True, False, False]


def test_a_leak_is_counted_in_the_programs_unit(places, tmp_path):
    """PBI-JKN is for desil 1 to 5: of the starred families two of four persons each, of desil 6, have no part in it."""
    household = draw_households()
    load(places, tmp_path, household, enrol(recipients(household), "pbi_jkn", unit_count="4", amount_idr="2016000"))
    assert stored(places, "SELECT DISTINCT leak_cause FROM enrolment WHERE desil <= 5") == [(None,)]
    assert stored(places, "SELECT cause, leak_count FROM leak_cause_count WHERE level = 0") == [("above_limit", 2 * 4)]


def test_a_household_qualifies_whatever_its_desil(places, tmp_path):
    """All sixty have a child at school; the fifteen of kelurahan are not meant by BLT Dana Desa."""
    household = draw_households()
    change(household, 20, adminduk="pindah")
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert stored(places, "SELECT qualified, count(*) FROM household GROUP BY 1 ORDER BY 1") == [
        (0, 1), (EVERY_POOR, 15), (EVERY_POOR | BLT_DD, 44)]
    # Satu: of desil 5 two qualify for PKH, and one of them receives it; a rule up to desil 5 would reach it.
    assert stored(places, "SELECT eligible_count, qualified_count, reached_count, qualified_reached_count, leak_idr,"
                          " qualified_idr, qualified_reached_idr, received_idr, qualified_received_idr"
                          " FROM program_count WHERE kode = '99.01.01.2001' AND desil = 5") == [
        (0, 2, 0, 1, 900_000, 1_800_000, 900_000, 900_000, 900_000)]
    # The one without desil moved away: not even another limit would mean it.
    assert stored(places, "SELECT qualified_count FROM program_count WHERE kode = '99.01.01.2001' AND desil IS NULL"
                          ) == [(0,)]
    assert nothing_is_broken(places)


def test_a_years_consumption_comes_from_a_score_that_is_one(places, tmp_path):
    """exp(13.5) = 729,416.37 rupiah per head and month; four persons, twelve months: 35,011,986."""
    household = draw_households()
    change(household, 1, score=None)
    change(household, 2, score="45")
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert stored(places, "SELECT welfare_idr, count(*) FROM enrolment GROUP BY 1 ORDER BY 1") == [
        (35_011_986, 19), (None, 2)]
    assert stored(places, "SELECT sum(received_idr), sum(scored_idr), sum(welfare_idr) FROM program_count"
                          " WHERE level = 0") == [(21 * 900_000, 19 * 900_000, 19 * 35_011_986)]


def test_groups_are_those_of_the_census_and_strangers_have_none(places, tmp_path):
    """Heads of Satu are men, Dua has elders, families of Tiga are two and of Lima six, one head's sex is unknown.

    Eligible, receiving and reached by desa stand in test_trace.py; a stranger receives in Enam.
    """
    household = draw_households()
    of = household["kode"].str[-7:]
    household.loc[of == "01.2001", "head_sex"] = "L"
    household.loc[household["kode"] == "99.01.02.2001", ["head_sex", "person_count"]] = ["P", "2"]
    household.loc[household["kode"] == "99.01.01.2002", "elderly_count"] = "1"
    household.loc[household["kode"] == "99.71.01.1001", ["person_count", "disability_count"]] = ["6", "2"]
    household.loc[household["household_id"] == "99-99.71.01.1002-02", "head_sex"] = None
    stranger = household.iloc[[-1]].assign(household_id="99-asing")
    load(places, tmp_path, household, enrol(pd.concat([recipients(household), stranger]), "pkh"))
    rows = stored(places, "SELECT dimension, class, eligible_count, received_count, reached_count FROM group_count"
                          " WHERE level = 0 ORDER BY dimension, class")
    assert rows == [
        ("disability", "no", 28, 15, 13), ("disability", "yes", 4, 6, 4), ("disability", None, 0, 1, 0),
        ("elderly", "no", 25, 14, 11), ("elderly", "yes", 7, 7, 6), ("elderly", None, 0, 1, 0),
        ("head_sex", "L", 12, 7, 6), ("head_sex", "P", 19, 14, 11), ("head_sex", None, 1, 1, 0),
        ("size", "1-2", 6, 0, 0), ("size", "3-4", 22, 15, 13), ("size", "5+", 4, 6, 4), ("size", None, 0, 1, 0),
    ]
    assert stored(places, "SELECT DISTINCT level FROM group_count ORDER BY 1") == [(0,), (1,), (2,), (3,)]
    assert nothing_is_broken(places)


def test_groups_of_a_program_by_person_are_counted_in_persons(places, tmp_path):
    """PBI-JKN means desil 1 to 5: 14 + 8 + 6 + 0 + 5 + 4 families of four, in six desa."""
    household = draw_households()
    some = household[household["desil"] == "1"]
    load(places, tmp_path, household, enrol(some, "pbi_jkn", unit_count="3", amount_idr="1512000"))
    assert stored(places, "SELECT class, eligible_count, received_count, reached_count FROM group_count"
                          " WHERE level = 0 AND dimension = 'size'") == [("3-4", 4 * 37, 3 * 11, 3 * 11)]


def test_sets_say_who_is_meant_by_what_and_receives_what(places, tmp_path):
    """Hulu (Satu and Dua): of desil 1 five receive PKH and one does not; of desil 5 one of three; others are 8."""
    household = draw_households()
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    poorest, poor, near = EVERY_POOR | BLT_DD, EVERY_POOR, SEMBAKO | PBI_JKN
    rows = stored(places, "SELECT eligible, received, household_count, person_count FROM set_count"
                          " WHERE kode = '99.01.01' ORDER BY eligible DESC, received DESC")
    assert rows == [
        (poorest, PKH, 5, 20), (poorest, 0, 1, 4), (poor, PKH, 7, 28), (poor, 0, 6, 24), (near, PKH, 1, 4),
        (near, 0, 2, 8), (0, PKH, 1, 4), (0, 0, 9, 36)]


def test_the_poorest_left_out_while_later_desil_receive_are_counted_at_the_base(places, tmp_path):
    """Left out of desil 1, receiving of desil 3 and 4, by desa: Satu 1, 1; Dua 0, 2; Tiga 2, 0; Lima 0, 2; Enam 1, 0.

    By desa only Satu has one out of order; with a quota the kabupaten is the base: Barat min(3, 3), Timur min(1, 2).
    """
    household = draw_households()
    columns = "SELECT kode, poorest_gap_count, later_reached_count, out_of_order_count FROM program_total"
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert stored(places, columns + " WHERE level IN (0, 2) OR kode = '99.01.01.2001' ORDER BY level, kode") == [
        ("ID", 4, 5, 1), ("99.01", 3, 3, 1), ("99.71", 1, 2, 0), ("99.01.01.2001", 1, 1, 1)]
    quota = pd.DataFrame({"kode": ["99.01", "99.71"], "program": "pkh", "places_count": [20, 7]})
    load(places, tmp_path / "again", household, enrol(recipients(household), "pkh"), quota)
    assert stored(places, columns + " WHERE level IN (0, 2) OR kode = '99.01.01.2001' ORDER BY level, kode") == [
        ("ID", 4, 5, 4), ("99.01", 3, 3, 3), ("99.71", 1, 2, 1), ("99.01.01.2001", 1, 1, None)]
    assert nothing_is_broken(places)


DAMAGES = [
    ("UPDATE enrolment SET leak_cause = 'ganda' WHERE leak_cause IS NULL AND desil = 1", "leak_has_its_cause"),
    ("UPDATE leak_cause_count SET cause = 'kind' WHERE level = 4", "causes_equal_enrolments"),
    ("UPDATE leak_cause_count SET leak_idr = leak_idr + 1 WHERE level = 2", "causes_add_up_to_the_leak"),
    ("UPDATE leak_cause_count SET leak_idr = leak_idr + 1 WHERE level = 2", "leak_cause_count_adds_up"),
    ("UPDATE group_count SET class = 'yes' WHERE dimension = 'elderly' AND kode = '99.01.01'",
     "groups_equal_households"),
    ("DELETE FROM group_count WHERE dimension = 'size'", "groups_add_up_to_the_totals"),
    ("UPDATE group_count SET reached_count = 0 WHERE level = 1", "group_count_adds_up"),
    ("UPDATE set_count SET eligible = 16 WHERE level = 3 AND eligible = 0 AND received = 0", "sets_equal_households"),
    ("UPDATE set_count SET received = 2 WHERE received = 0", "sets_add_up_to_the_overlap"),
    ("UPDATE household SET qualified = 0 WHERE desil = 9", "qualified_equals_households"),
    ("UPDATE program_count SET qualified_idr = qualified_idr + 1 WHERE level = 4 AND desil = 9",
     "gap_idr_equals_entitlement"),
    ("UPDATE program_count SET welfare_idr = welfare_idr + 1 WHERE level = 4 AND desil = 1",
     "rupiah_equals_enrolments"),
    ("UPDATE program_count SET qualified_count = qualified_count + 1 WHERE desil = 2",
     "qualified_within_the_limits_is_eligible"),
    ("UPDATE program_total SET poorest_gap_count = 9 WHERE level = 3", "order_equals_the_desil"),
    ("UPDATE program_total SET out_of_order_count = 9 WHERE level = 1", "order_adds_up_over_its_base"),
]


def test_each_part_is_held_by_an_invariant(places, tmp_path):
    household = draw_households()
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    for damage, invariant in DAMAGES:
        with places.connect() as connection, connection.begin() as damaged:
            assert connection.execute(text(damage)).rowcount > 0, damage
            assert invariant in [finding.name for finding in check_invariants(connection) if not finding.holds], damage
            damaged.rollback()
    assert nothing_is_broken(places)
