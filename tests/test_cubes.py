"""The cubes against other ways of counting: pandas over the accepted Parquet, and the same expression on PostgreSQL."""

from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, stored, write_places
from sqlalchemy import insert, text

from boundaries.errors import PetadesilError
from geo import tables
from geo.cube_check import compare_cubes
from geo.cubes import Cubes
from geo.entitlement import read_rules
from geo.invariants import check_invariants


@pytest.fixture
def province(database, tmp_path):
    write_places(database)
    household = draw_households()
    some = household[household["desil"].isin(["1", "3", "6"])]
    enrolment = pd.concat([
        enrol(recipients(household), "pkh"),
        enrol(some, "sembako", amount_idr="2400000", stage="gagal"),
        enrol(some, "pbi_jkn", unit_count="3", amount_idr="1512000"),
    ])
    load(database, tmp_path, household, enrolment)
    return database


@pytest.mark.parametrize("engine_name", ["duckdb", "postgres"])
def test_both_engines_give_the_cubes_that_are_stored(province, tmp_path, engine_name):
    with province.connect() as connection:
        outcome = compare_cubes(connection, PERIOD, engine_name, tmp_path / "data")
    assert outcome.pop("move_count") == (0, 0), "there is no register before"
    assert set(outcome) == set(Cubes._fields)
    assert all(count > 0 and differing == 0 for count, differing in outcome.values())


def test_a_cube_that_was_tampered_with_is_found(province, tmp_path):
    with province.begin() as connection:
        connection.execute(text("UPDATE desil_count SET household_count = 7 WHERE kode = '99.01' AND desil = 1"))
    with province.connect() as connection:
        outcome = compare_cubes(connection, PERIOD, "postgres", tmp_path)
    assert outcome["desil_count"][1] == 2, "the row as counted, and the row as stored"


def test_persons_are_counted_in_persons(province):
    """Desil 1 to 5 of Satu: 14 households of 4 persons; 3 of each that is enrolled are covered."""
    with province.connect() as connection:
        row = connection.execute(text(
            "SELECT sum(eligible_count), sum(received_count), sum(reached_count), sum(gap_idr), sum(leak_idr)"
            " FROM program_count WHERE kode = '99.01.01.2001' AND program_id = 2")).one()
    enrolled, eligible_enrolled = 4 + 2 + 1, 4 + 2
    gap_persons = 14 * 4 - eligible_enrolled * 3
    assert tuple(row) == (56, enrolled * 3, eligible_enrolled * 3, gap_persons * 504_000, 3 * 504_000)


def test_a_failed_payment_is_decided_and_not_paid(province):
    with province.connect() as connection:
        row = connection.execute(text(
            "SELECT sum(received_count), sum(paid_count) FROM program_count WHERE kode = '99' AND program_id = 1"
        )).one()
    assert row[0] > 0 and row[1] == 0


def write_program(engine, unit, basis="register", benefits=()):
    """Write a program `uji` of this version of the policy, for desil 1 to 4 where its basis is the register."""
    limits = (1, 4) if basis == "register" else (None, None)
    since = {"program_id": 30, "valid_from": date(2020, 1, 1), "note_id": "", "note_en": "", "reference": "uji"}
    with engine.begin() as connection:
        connection.execute(insert(tables.program).values(
            id=30, key="uji", name="Uji", full_name="Program uji", kind="uji", agency="uji", unit=unit))
        connection.execute(insert(tables.program_rule).values(
            since | {"basis": basis, "funding": "APBN", "desil_min": limits[0], "desil_max": limits[1],
                     "components": [], "excluded_adminduk": [], "wilayah_kinds": []}))
        for component, amount_idr in benefits:
            connection.execute(insert(tables.program_benefit).values(
                since | {"component": component, "amount_idr": amount_idr}))


def check(engine, folder):
    """Return the invariants that are broken, and the cubes that one of the two engines counts otherwise."""
    with engine.connect() as connection:
        wrong = [finding.name for finding in check_invariants(connection) if not finding.holds]
        for name in ("duckdb", "postgres"):
            wrong += [f"{name}: {cube}" for cube, (_, differing) in
                      compare_cubes(connection, PERIOD, name, folder / "data").items() if differing]
    return wrong


def test_a_program_for_pupils_counts_pupils(database, tmp_path):
    """Five families of Satu, all of four persons; the fourth covers more pupils than it has, the fifth than persons."""
    write_places(database)
    write_program(database, "pupil", benefits=[("sd", 450_000), ("smp", 750_000), ("sma", 1_000_000)])
    household = draw_households({"99.01.01.2001": "1 2 9 3 4 1"}).assign(sd_count="0", smp_count="0", sma_count="0")
    household["sd_count"] = ["2", "0", "1", "1", "0", "0"]
    household["smp_count"] = ["1", "0", "0", "0", "2", "0"]
    household["sma_count"] = ["0", "1", "0", "0", "0", "0"]
    covered = ["2", None, "1", "3", "5", None]
    enrolment = enrol(household, "uji", amount_idr="1350000").assign(unit_count=covered).dropna()
    report = load(database, tmp_path, household, enrolment)
    assert report.by_reason == {"more_persons_than_household": 1}
    total = stored(database, "SELECT eligible_count, received_count, reached_count, gap_count, leak_count, gap_idr,"
                             " leak_idr FROM program_total WHERE kode = '99.01' AND program_id = 30")
    # Eligible pupils: 3 of the first, 1 of each of the second and fourth, 2 of the fifth. Reached: 2 of 3, and 1.
    # The first is due 450,000 x 2 + 750,000, two thirds of it reach it. The third is in desil 9; of three units of the
    # fourth one is due.
    gap_idr = (1_650_000 - 1_650_000 * 2 // 3) + 1_000_000 + 1_500_000
    leak_idr = 1_350_000 + (1_350_000 - 1_350_000 // 3)
    assert total == [(7, 6, 3, 4, 3, gap_idr, leak_idr)]
    assert stored(database, "SELECT cause, leak_count FROM leak_cause_count WHERE kode = '99' AND program_id = 30"
                            " ORDER BY 1") == [("above_limit", 1), ("excess", 2)]
    assert stored(database, "SELECT class, eligible_count, received_count, reached_count FROM group_count"
                            " WHERE kode = '99' AND program_id = 30 AND dimension = 'size'") == [("3-4", 7, 6, 3)]
    assert stored(database, "SELECT received, household_count FROM overlap_count WHERE kode = '99' ORDER BY 1") == [
        (0, 3), (1 << 30, 3)]
    assert check(database, tmp_path) == []


def test_a_program_that_does_not_go_by_the_register_is_in_the_sets_and_not_measured(database, tmp_path):
    write_places(database)
    write_program(database, "person", "application")
    household = draw_households()
    stranger = enrol(household.iloc[[0]], "uji").assign(household_id="99-asing")
    registered = enrol(household.iloc[:9], "uji", unit_count="2")
    report = load(
        database, tmp_path, household, pd.concat([enrol(recipients(household), "pkh"), registered, stranger]))
    assert (report.by_reason, report.outside_programs) == ({}, ["uji"])
    for cube in ("program_count", "program_total", "leak_cause_count", "group_count"):
        assert stored(database, f"SELECT DISTINCT program_id FROM {cube}") == [(0,)], cube
    # Of the first nine of Satu six receive PKH too; all 21 stars are recipients of it.
    assert stored(database, "SELECT received, household_count FROM overlap_count WHERE kode = '99' ORDER BY 1") == [
        (0, 36), (1, 15), (1 << 30, 3), (1 | 1 << 30, 6)]
    assert stored(database, "SELECT DISTINCT eligible & (1 << 30), qualified & (1 << 30) FROM household") == [(0, 0)]
    assert stored(database, "SELECT is_in_register, entitled_count, entitled_idr, leak_cause, count(*)::integer"
                            " FROM enrolment WHERE program_id = 30 GROUP BY 1, 2, 3, 4 ORDER BY 1") == [
        (False, 0, 0, "outside", 1), (True, 0, 0, None, 9)]
    assert check(database, tmp_path) == []


def test_a_register_in_which_no_program_goes_by_it_is_loaded(database, tmp_path):
    write_places(database)
    write_program(database, "household", "application")
    household = draw_households()
    load(database, tmp_path, household, enrol(household.iloc[:9], "uji"))
    assert stored(database, "SELECT count(*) FROM program_count") == [(0,)]
    assert stored(database, "SELECT sum(without_count)::integer FROM desil_count WHERE kode = '99'") == [(51,)]
    assert check(database, tmp_path) == []


def test_years_since_the_last_verification_are_counted_at_the_periods_first_day(database, tmp_path):
    """The period is October 2026. A day less than a year, two, three years, and the very day, make the next class."""
    write_places(database)
    household = draw_households()
    household["verified_on"] = "2026-09-30"
    for row, day in enumerate([
        "2025-10-01", "2025-09-30", "2024-10-01", "2024-09-30", "2023-10-01", "2023-09-30", "1999-01-01", None, None,
        "2026-10-31",
    ]):  # fmt: skip
        household.loc[row, "verified_on"] = day
    load(database, tmp_path, household, enrol(recipients(household), "pkh"))
    satu = dict(stored(database, "SELECT age_class, household_count FROM age_count WHERE kode = '99.01.01.2001'"))
    assert satu == {"under_1": 1 + 1 + 10, "1_to_2": 2, "2_to_3": 2, "over_3": 2, "never": 2}
    nation = dict(stored(database, "SELECT age_class, household_count FROM age_count WHERE kode = 'ID'"))
    assert nation == satu | {"under_1": 12 + 40}
    assert check(database, tmp_path) == []


def test_status_words_are_counted_as_they_are_written(database, tmp_path):
    write_places(database)
    household = draw_households()
    household["status_word"] = ["Miskin"] * 20 + ["miskin", " Hampir Miskin "] + [None] * 38
    household.loc[:4, "person_count"] = "6"
    load(database, tmp_path, household, enrol(recipients(household), "pkh"), scheme="dtks")
    rows = stored(database, "SELECT status_word, household_count, person_count FROM status_count WHERE kode = '99'"
                            " ORDER BY 1")
    assert rows == [("Hampir Miskin", 1, 4), ("Miskin", 20, 5 * 6 + 15 * 4), ("miskin", 1, 4), (None, 38, 152)]
    assert check(database, tmp_path) == []


def test_households_without_any_program_are_counted_beside_all_of_their_desil(database, tmp_path):
    """Kabupaten Barat has eight of desil 1: four in Satu (three with PKH), two in Dua (both), two in Tiga (none)."""
    write_places(database)
    household = draw_households()
    satu = household.iloc[:4]
    failed = enrol(satu.iloc[[3]], "sembako", stage="gagal")
    load(database, tmp_path, household, pd.concat([enrol(recipients(household), "pkh"), failed]))
    rows = stored(database, "SELECT kode, household_count, without_count, without_person_count FROM desil_count"
                            " WHERE desil = 1 AND level <= 2 ORDER BY kode")
    # The fourth of Satu was decided for Sembako: that the payment failed is another matter.
    assert rows == [("99", 11, 3, 12), ("99.01", 8, 2, 8), ("99.71", 3, 1, 4), ("ID", 11, 3, 12)]
    assert check(database, tmp_path) == []


def test_benefits_have_a_cap_for_each_component(database):
    """Three toddlers and one elder: two toddlers count, 2 x 3,000,000 + 2,400,000 rupiah a year."""
    import ibis

    with database.connect() as connection:
        pkh = read_rules(connection, PERIOD)[0]
    family = {f"{name}_count": [0] for name in ("pregnant", "sd", "smp", "sma", "disability")}
    family |= {"child_0_6_count": [3], "elderly_count": [1], "person_count": [6]}
    household = ibis.memtable(pd.DataFrame(family))
    assert household.mutate(idr=pkh.entitled_idr(household)).execute()["idr"].tolist() == [8_400_000]


def test_there_is_no_rule_before_the_first(database):
    with database.connect() as connection, pytest.raises(PetadesilError) as caught:
        read_rules(connection, date(2011, 1, 1))
    assert caught.value.code == "no_rule"
