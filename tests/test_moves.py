"""Moves between two registers, counted by hand: who stayed, entered and left, and against which register."""

from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, stored, write_places
from sqlalchemy import insert, text

from boundaries.levels import kind_of, level_of, parent_of
from geo import tables
from geo.cube_check import compare_cubes
from geo.invariants import check_invariants

MAY, AUGUST, NOVEMBER = date(2026, 5, 1), date(2026, 8, 1), date(2026, 11, 1)


@pytest.fixture
def places(database):
    write_places(database)
    return database


def write_neighbour(engine):
    places = ["98", "98.01", "98.01.01", "98.01.01.2001"]
    with engine.begin() as connection:
        connection.execute(insert(tables.wilayah), [
            {"kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": kode,
             "kind": kind_of(kode)} for kode in places
        ])


def load_at(engine, folder, household, period, **options):
    """Load a register of these households, and one enrolment of the first of them."""
    household = household.assign(verified_on=None)
    return load(engine, folder, household, enrol(household.iloc[:1], "pkh"), period=period, **options)


def autumn():
    """Return the census of October as it is one period later.

    Of the 20 households of Satu the first (desil 1) goes to Dua, the second (desil 1) has climbed to desil 2, the third
    (desil 1) has left, the last (without desil) is now in desil 4. Five of Enam have left; in Lima two are new.
    """
    household = draw_households()
    satu = household["kode"] == "99.01.01.2001"
    household.loc[satu & household["household_id"].str.endswith("-01"), "kode"] = "99.01.01.2002"
    household.loc[household["household_id"] == "99-99.01.01.2001-02", "desil"] = "2"
    household.loc[household["household_id"] == "99-99.01.01.2001-20", "desil"] = "4"
    gone = household["household_id"].eq("99-99.01.01.2001-03") | (
        household["kode"].eq("99.71.01.1002") & ~household["household_id"].str.endswith("-03"))
    lima = household[household["kode"] == "99.71.01.1001"].iloc[:2]
    new = lima.assign(household_id=["99-baru-1", "99-baru-2"], desil=["1", None])
    return pd.concat([household[~gone], new])


def moves(engine, kode, period=NOVEMBER):
    return stored(engine, f"SELECT move, desil_before, desil, household_count FROM move_count WHERE kode = '{kode}'"
                          f" AND period = '{period}' ORDER BY move, desil_before, desil")


def broken(engine):
    with engine.connect() as connection:
        return [finding.name for finding in check_invariants(connection) if not finding.holds]


def tallied(engine, kode, period=NOVEMBER):
    return dict(stored(engine, "SELECT move, sum(household_count)::integer FROM move_count"
                               f" WHERE kode = '{kode}' AND period = '{period}' GROUP BY move"))


def test_those_who_stayed_entered_and_left_are_counted_by_hand(places, tmp_path):
    load_at(places, tmp_path, draw_households(), PERIOD)
    assert stored(places, "SELECT count(*) FROM move_count") == [(0,)], "there is no register before"
    load_at(places, tmp_path, autumn(), NOVEMBER)
    # Hulu holds Satu and Dua: a household that goes from one to the other stays in Hulu.
    hulu = {(move, before, desil): count for move, before, desil, count in moves(places, "99.01.01")}
    assert hulu[("left", 1, None)] == 1
    assert hulu[("stayed", 1, 2)] == 1
    assert hulu[("stayed", None, 4)] == 1
    assert hulu[("stayed", 1, 1)] == 4, "two of the four of Satu, one of them in Dua now, and both of Dua"
    assert sum(count for (move, *_), count in hulu.items() if move == "stayed") == 31
    assert not any(move == "entered" for move, *_ in hulu)
    # Pusat holds Lima and Enam: of Enam's 1 1 3 5 - - only the third stayed.
    assert [row for row in moves(places, "99.71.01") if row[0] != "stayed"] == [
        ("entered", None, 1, 1), ("entered", None, None, 1),
        ("left", 1, None, 2), ("left", 5, None, 1), ("left", None, None, 2)]
    assert tallied(places, "99") == tallied(places, "ID") == {"stayed": 54, "entered": 2, "left": 6}
    assert stored(places, "SELECT min(level), max(level) FROM move_count") == [(0, 3)]
    assert broken(places) == []


@pytest.mark.parametrize("engine_name", ["duckdb", "postgres"])
def test_both_engines_count_the_moves_that_are_stored(places, tmp_path, engine_name):
    load_at(places, tmp_path, draw_households(), PERIOD)
    load_at(places, tmp_path, autumn(), NOVEMBER)
    with places.connect() as connection:
        outcome = compare_cubes(connection, NOVEMBER, engine_name, tmp_path / "data")
    assert outcome["move_count"][0] == len(stored(places, "SELECT FROM move_count WHERE level > 0")) > 20
    assert {name for name, (_, differing) in outcome.items() if differing} == set()
    with places.begin() as connection:
        connection.execute(text("UPDATE move_count SET household_count = 7 WHERE kode = '99' AND desil_before = 9"))
    with places.connect() as connection:
        assert compare_cubes(connection, NOVEMBER, engine_name, tmp_path / "data")["move_count"][1] == 2


def test_a_register_between_two_others_is_what_the_later_is_compared_with(places, tmp_path):
    """May holds all sixty, November all but ten; August, loaded last, holds the first fifty."""
    household = draw_households()
    load_at(places, tmp_path, household, MAY)
    load_at(places, tmp_path, household.iloc[10:], NOVEMBER)
    assert tallied(places, "99") == {"stayed": 50, "left": 10}
    load_at(places, tmp_path, household.iloc[:50], AUGUST)
    assert tallied(places, "99", AUGUST) == {"stayed": 50, "left": 10}
    assert tallied(places, "99") == tallied(places, "ID") == {"stayed": 40, "entered": 10, "left": 10}
    load_at(places, tmp_path, household.iloc[:40], AUGUST)
    assert tallied(places, "99") == {"stayed": 30, "entered": 20, "left": 10}, "not with what was replaced"
    assert broken(places) == []


def test_registers_of_two_schemes_are_not_compared(places, tmp_path):
    household = draw_households()
    load_at(places, tmp_path, household, MAY, scheme="dtks")
    load_at(places, tmp_path, household, AUGUST, scheme="dtsen")
    assert stored(places, "SELECT count(*) FROM move_count") == [(0,)]
    load_at(places, tmp_path, household.iloc[5:], NOVEMBER, scheme="dtks")
    assert tallied(places, "99") == {"stayed": 55, "left": 5}, "with May, over the register of the other scheme"
    load_at(places, tmp_path, household.iloc[1:], MAY, scheme="dtsen")
    assert tallied(places, "99") == {}, "no register of its scheme is left before it"
    assert tallied(places, "99", AUGUST) == {"stayed": 59, "entered": 1}
    assert broken(places) == []


def test_each_provinsi_is_compared_with_its_own_register_before(places, tmp_path):
    """99 has registers in May and August, its neighbour in May alone; in November a household has gone there."""
    write_neighbour(places)
    household = draw_households()
    there = household.iloc[:4].assign(
        kode="98.01.01.2001", household_id=[f"98-{n}" for n in range(4)], lon=None, lat=None)
    load_at(places, tmp_path / "a", household, MAY)
    load_at(places, tmp_path / "b", there, MAY)
    load_at(places, tmp_path / "a", household.iloc[20:], AUGUST)
    gone = household.iloc[[59]].assign(kode="98.01.01.2001", lon=None, lat=None)
    load_at(places, tmp_path / "a", pd.concat([household.iloc[20:59], there.iloc[1:], gone]), NOVEMBER)
    assert tallied(places, "99") == {"stayed": 39, "left": 1}
    assert tallied(places, "98") == {"stayed": 3, "entered": 1, "left": 1}
    assert tallied(places, "ID") == {"stayed": 42, "entered": 1, "left": 2}
    assert broken(places) == []
    with places.connect() as connection:
        assert compare_cubes(connection, NOVEMBER, "postgres", tmp_path)["move_count"][1] == 0


def test_moves_are_counted_where_the_parquet_before_is_gone(places, tmp_path):
    load_at(places, tmp_path, draw_households(), PERIOD)
    for path in (tmp_path / "data").rglob("*household*.parquet"):
        path.unlink()
    load_at(places, tmp_path, autumn(), NOVEMBER)
    assert tallied(places, "99") == tallied(places, "ID") == {"stayed": 54, "entered": 2, "left": 6}
    assert broken(places) == []


DAMAGES = {
    "UPDATE move_count SET desil = 7 WHERE move = 'stayed' AND desil = 8": "stayed_and_entered_are_the_households",
    "DELETE FROM move_count": "stayed_and_entered_are_the_households",
    "DELETE FROM move_count WHERE move = 'left'": "stayed_and_left_are_the_households_before",
    "UPDATE move_count SET household_count = household_count + 1 WHERE level = 2": "move_count_adds_up",
    "UPDATE move_count SET period = '2026-10-01'": "no_moves_without_a_register_before",
}


def test_a_damaged_move_breaks_the_invariant_that_holds_it(places, tmp_path):
    household = draw_households({"99.71.01.1001": "1* 8 8 9"})
    load_at(places, tmp_path, household, PERIOD)
    load_at(places, tmp_path, household.iloc[:3], NOVEMBER)
    assert broken(places) == []
    for damage, invariant in DAMAGES.items():
        with places.connect() as connection, connection.begin() as attempt:
            connection.execute(text(damage))
            found = [finding.name for finding in check_invariants(connection) if not finding.holds]
            attempt.rollback()
        assert invariant in found, damage
