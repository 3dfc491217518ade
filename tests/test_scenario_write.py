"""Kept plans: what was exported cannot change, edited rows have a key of their content, areas keep their desa."""

import math
from datetime import date

import numpy as np
import psycopg
import pytest
import shapely
from builders import DESA, PERIOD, stored, write_places
from sqlalchemy import exc, insert, text

from boundaries.errors import PetadesilError
from geo.plan_invariants import PLAN_INVARIANTS
from geo.plan_tables import plan_input
from geo.scenario_write import MOST_ROWS, delete_scenario, mark_exported, store_plan_input, store_scenario
from geo.shock_write import store_shock

LINES = [
    {"kode": "99.01", "name": "Kabupaten\tBarat\\", "eligible_count": 25, "covered_count": 12, "need_count": 13,
     "planned_count": 3, "expected_count": 2.4, "amount_idr": 7_200_000, "planned_by_desil": {"1": 2, "2": 1}},
    {"kode": "99.71", "name": "Kota Timur", "eligible_count": 7, "covered_count": 5, "need_count": 2,
     "planned_count": 1, "expected_count": 0.5, "amount_idr": 2_400_000, "planned_by_desil": {"1": 1}},
]  # fmt: skip
SCENARIO = {
    "name": "Merata", "author": "Bappeda", "note": "", "wilayah_kode": "99", "level": 2, "period": PERIOD,
    "program_key": "pkh", "request": "b10000000", "disclosure": "exact", "data_version": "abc", "is_fictional": True,
    "rule": "optimal", "budget_idr": 10_000_000, "summary": {"unit": "household"}, "lines": LINES,
}  # fmt: skip


@pytest.fixture
def places(database):
    write_places(database)
    return database


def store(engine, **changes):
    with engine.begin() as connection:
        return store_scenario(connection, **SCENARIO | changes)


def export(engine, scenario_id):
    with engine.begin() as connection:
        mark_exported(connection, scenario_id)


def refused(engine, statement):
    """Run one statement as plain SQL and take it back; return whether the database refused it for an export."""
    with engine.connect() as connection, connection.begin() as attempt:
        try:
            touched = connection.execute(text(statement)).rowcount
        except exc.IntegrityError as error:
            return "was exported and stays as it is" in str(error)
        finally:
            attempt.rollback()
    assert touched, statement
    return False


def code_of(engine, action, *arguments, **named):
    with pytest.raises(PetadesilError) as caught, engine.begin() as connection:
        action(connection, *arguments, **named)
    return caught.value.code


def test_a_scenario_is_stored_with_its_lines(places):
    scenario_id = store(places)
    assert stored(places, "SELECT id, name, level, period, budget_idr, summary, based_on_id, exported_at"
                          " FROM scenario") == [
        (scenario_id, "Merata", 2, PERIOD, 10_000_000, {"unit": "household"}, None, None)]
    columns = ", ".join(LINES[0])
    rows = stored(places, f"SELECT {columns} FROM scenario_line WHERE scenario_id = {scenario_id} ORDER BY kode")
    assert rows == [tuple(line.values()) for line in LINES]


CHANGES = [
    "UPDATE scenario SET name = 'lain' WHERE id = {id}",
    "UPDATE scenario SET exported_at = NULL WHERE id = {id}",
    "UPDATE scenario SET exported_at = now() WHERE id = {id}",
    "UPDATE scenario_line SET planned_count = 2 WHERE scenario_id = {id}",
    "UPDATE scenario_line SET scenario_id = {other} WHERE scenario_id = {id} AND kode = '99.01'",
    "DELETE FROM scenario_line WHERE scenario_id = {id} AND kode = '99.71'",
    "DELETE FROM scenario WHERE id = {id}",
]  # fmt: skip
ADDED = (
    "INSERT INTO scenario_line VALUES ({id}, '99.01.01', 'Hulu', 1, 0, 1, 1, 1, 1, '{{}}')",
    "UPDATE scenario_line SET scenario_id = {id} WHERE scenario_id = {other} AND kode = '99.01.02'",
)


def test_what_was_exported_cannot_be_changed_by_anybody(places):
    """The same statements pass on a scenario that was not exported."""
    line = LINES[0] | {"kode": "99.01.02"}
    scenario_id, other = store(places), store(places, lines=[line])
    statements = [statement.format(id=scenario_id, other=other) for statement in (*CHANGES, *ADDED)]
    assert [statement for statement in statements if refused(places, statement)] == []
    export(places, scenario_id)
    assert [statement for statement in statements if not refused(places, statement)] == []
    for statement in ("TRUNCATE scenario_line", "TRUNCATE scenario CASCADE", "DELETE FROM scenario"):
        assert refused(places, statement), statement
    assert stored(places, "SELECT count(*) FROM scenario_line") == [(3,)]


def test_a_line_waits_for_an_export_that_is_under_way(places):
    scenario_id = store(places)
    added = text(ADDED[0].format(id=scenario_id))
    with places.connect() as exporting, exporting.begin() as done:
        mark_exported(exporting, scenario_id)
        with pytest.raises(exc.OperationalError, match="lock timeout"), places.begin() as connection:
            connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
            connection.execute(added)
        done.commit()
    assert refused(places, str(added))


def test_exporting_twice_keeps_the_first_time(places):
    scenario_id = store(places)
    export(places, scenario_id)
    first = stored(places, "SELECT exported_at FROM scenario")
    export(places, scenario_id)
    assert stored(places, "SELECT exported_at FROM scenario") == first != [(None,)]


def test_only_a_scenario_that_was_not_exported_is_deleted(places):
    kept, gone = store(places), store(places)
    child = store(places, based_on_id=gone)
    export(places, kept)
    assert code_of(places, delete_scenario, kept) == "scenario_exported"
    with places.begin() as connection:
        delete_scenario(connection, gone)
    assert stored(places, "SELECT id, based_on_id FROM scenario ORDER BY id") == [(kept, None), (child, None)]
    assert stored(places, "SELECT DISTINCT scenario_id FROM scenario_line ORDER BY 1") == [(kept,), (child,)]
    for action in (delete_scenario, mark_exported):
        assert code_of(places, action, gone) == "unknown_scenario"


def test_what_an_exported_scenario_is_based_on_stays(places):
    basis = store(places)
    export(places, store(places, based_on_id=basis))
    assert code_of(places, delete_scenario, basis) == "scenario_is_basis"


def test_a_scenario_is_based_on_one_that_is_there(places):
    assert code_of(places, store_scenario, **SCENARIO, based_on_id=99) == "unknown_scenario"
    assert stored(places, "SELECT count(*) FROM scenario") == [(0,)]


@pytest.mark.parametrize("change", [
    {"planned_count": -1}, {"expected_count": math.nan}, {"expected_count": math.inf}, {"amount_idr": -1},
], ids=str)  # fmt: skip
def test_a_line_that_cannot_be_true_is_refused_with_its_scenario(places, change):
    with pytest.raises(psycopg.errors.CheckViolation), places.begin() as connection:
        store_scenario(connection, **SCENARIO | {"lines": [LINES[0], LINES[1] | change]})
    assert stored(places, "SELECT count(*) FROM scenario") == [(0,)]


@pytest.mark.parametrize("change", [
    {"planned_by_desil": {"1": 2, "2": 2}}, {"need_count": 14}, {"planned_count": 14, "planned_by_desil": {"1": 14}},
    {"amount_idr": 8_000_000},
], ids=str)  # fmt: skip
def test_lines_that_do_not_add_up_break_an_invariant(places, change):
    violations = PLAN_INVARIANTS["scenario_lines_add_up"]
    store(places)
    assert stored(places, violations) == []
    store(places, lines=[LINES[0] | change, LINES[1]])
    assert stored(places, violations) != []


def test_edited_rows_have_a_key_of_their_content(database):
    rows = {"99.01": {"floor": 5, "cap": 20}, "99.71.01.1001": {"share": 0.5}}
    same = {"99.71.01.1001": {"share": 0.5, "cap": None}, "99.01": {"cap": 20.0, "floor": np.int64(5)}, "99": {}}
    with database.begin() as connection:
        keys = [store_plan_input(connection, each) for each in (rows, same, {"99.01": {"floor": 5}}, {})]
    # sha256 of {"99.01":{"cap":20,"floor":5},"99.71.01.1001":{"share":0.5}}, as sha256sum gives it.
    assert keys[0] == keys[1] == "1223ba15d13769a3"
    assert len(set(keys)) == 3
    assert stored(database, f"SELECT rows FROM plan_input WHERE key = '{keys[0]}'") == [(rows,)]
    assert stored(database, "SELECT count(*) FROM plan_input") == [(3,)]


@pytest.mark.parametrize("rows", [
    {"99.1": {"floor": 1}}, {"9901": {"floor": 1}}, {"99.01\n": {"floor": 1}}, {1801: {"floor": 1}},
    {"99.01": {"lantai": 1}}, {"99.01": {"floor": -1}}, {"99.01": {"cap": 1.5}}, {"99.01": {"cap": True}},
    {"99.01": {"floor": "5"}}, {"99.01": {"share": -0.1}}, {"99.01": {"share": math.nan}},
    {"99.01": {"share": math.inf}}, {"99.01": {"cap": 10**13}},
], ids=str)  # fmt: skip
def test_edited_rows_that_cannot_be_meant_are_refused(database, rows):
    assert code_of(database, store_plan_input, rows) == "plan_input_malformed"
    assert stored(database, "SELECT count(*) FROM plan_input") == [(0,)]


def test_more_rows_than_there_are_desa_are_refused(database):
    rows = {f"99.01.{number:02d}.{desa:04d}": {"floor": 1} for number in range(11) for desa in range(10_000)}
    assert len(rows) > MOST_ROWS
    assert code_of(database, store_plan_input, rows) == "plan_input_too_long"


def test_a_key_is_sixteen_digits(database):
    with pytest.raises(exc.IntegrityError), database.begin() as connection:
        connection.execute(insert(plan_input).values(key="x", rows={}))


AREA = {"author": "BPBD", "snap": "half", "origin": "drawn"}


def test_an_area_is_kept_with_its_desa_and_goes_with_them(places):
    square = shapely.box(100, 0, 100.15, 0.1)
    with places.begin() as connection:
        drawn = store_shock(connection, "Banjir", "flood", desa=[(DESA[0], 1.0), (DESA[1], 0.5)], geometry=square,
                            happened_on=date(2026, 10, 3), **AREA)  # fmt: skip
        chosen = store_shock(connection, "Latihan", "other", desa=[(DESA[2], 1.0)], is_exercise=True,
                             **AREA | {"origin": "chosen"})  # fmt: skip
    assert stored(places, "SELECT id, kind, happened_on, is_exercise, ST_AsText(geom) FROM shock ORDER BY id") == [
        (drawn, "flood", date(2026, 10, 3), False,
         "MULTIPOLYGON(((100.15 0,100.15 0.1,100 0.1,100 0,100.15 0)))"),
        (chosen, "other", None, True, None)]  # fmt: skip
    assert stored(places, f"SELECT kode, area_share FROM shock_desa WHERE shock_id = {drawn} ORDER BY kode") == [
        (DESA[0], 1.0), (DESA[1], 0.5)]


def test_an_area_without_a_known_desa_is_not_kept(places):
    assert code_of(places, store_shock, "Banjir", "flood", desa=[], **AREA) == "shock_without_desa"
    # A kecamatan is no desa, though it is known.
    for kode in ("99.01.01", "99.01.01.2999"):
        desa = [(DESA[0], 1.0), (kode, 1.0)]
        assert code_of(places, store_shock, "Banjir", "flood", desa=desa, **AREA) == "shock_desa_unknown"
    with pytest.raises(exc.IntegrityError), places.begin() as connection:
        store_shock(connection, "Banjir", "flood", desa=[(DESA[0], 1.0)], **AREA)
    assert stored(places, "SELECT count(*) FROM shock") == [(0,)]
