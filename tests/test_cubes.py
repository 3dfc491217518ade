"""The cubes against other ways of counting: pandas over the accepted Parquet, and the same expression on PostgreSQL."""

from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from sqlalchemy import text

from boundaries.errors import PetadesilError
from geo.cube_check import compare_cubes
from geo.cubes import Cubes
from geo.entitlement import read_rules
from geo.register_write import accepted_files


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
        files = {kind: accepted_files(connection, tmp_path / "data", kind, PERIOD)
                 for kind in ("household", "enrolment")}
        outcome = compare_cubes(connection, PERIOD, engine_name, files)
    assert set(outcome) == set(Cubes._fields)
    assert all(count > 0 and differing == 0 for count, differing in outcome.values())


def test_a_cube_that_was_tampered_with_is_found(province, tmp_path):
    with province.begin() as connection:
        connection.execute(text("UPDATE desil_count SET household_count = 7 WHERE kode = '99.01' AND desil = 1"))
    with province.connect() as connection:
        outcome = compare_cubes(connection, PERIOD, "postgres", {})
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
