"""Asking: scopes that cannot be, periods and wilayah that are not there, finding one's way, and DTKS."""

from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from geo.engine import read_only
from queries.coverage import coverage
from queries.scope import Scope
from queries.targeting import targeting_errors
from queries.wilayah import data_state, find_wilayah, list_children, list_levels_below, list_programs, wilayah_path

SCOPE = Scope("99", Level.kabupaten, PERIOD, "pkh", disclosure="exact")


@pytest.fixture
def province(database, tmp_path):
    write_places(database)
    household = draw_households()
    load(database, tmp_path, household, enrol(recipients(household), "pkh"))
    return database


def refused(engine, scope, query=coverage):
    with pytest.raises(PetadesilError) as caught, read_only(engine) as connection:
        query(connection, scope)
    return caught.value


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"level": Level.provinsi, "wilayah": "99.01"}, "level_above_wilayah"),
        ({"disclosure": "secret"}, "unknown_disclosure"),
        ({"desil": (11,)}, "unknown_desil"),
        ({"desil": ()}, "unknown_desil"),
        ({"wilayah": "9901"}, "malformed_kode"),
    ],
)
def test_a_scope_that_cannot_be_is_refused_when_it_is_made(changes, code):
    with pytest.raises(PetadesilError) as caught:
        SCOPE.at(**changes)
    assert caught.value.code == code


def test_what_is_not_loaded_is_named(province):
    assert refused(province, SCOPE.at(wilayah="98")).details == {"wilayah": "98"}
    absent = refused(province, SCOPE.at(period=date(2020, 1, 1)))
    assert (absent.code, absent.details["known"]) == ("empty_period", "2026-10")
    assert refused(province, SCOPE.at(period=None)).code == "empty_period"
    assert refused(province, SCOPE.at(program="blt")).code == "unknown_program"


def test_a_program_that_nobody_reported_has_no_data(province):
    with read_only(province) as connection:
        frame = coverage(connection, SCOPE.at(program="sembako")).frame
    assert set(frame["status"]) == {"no_data"}
    assert frame["value"].isna().all() and frame["eligible_count"].isna().all()


def test_an_answer_says_where_it_comes_from(province):
    with read_only(province) as connection:
        origin = coverage(connection, SCOPE).provenance
    assert (origin.query, origin.scope, origin.row_count) == ("coverage", SCOPE, 2)
    assert origin.is_fictional
    assert {(note.kind, note.file_name) for note in origin.sources} == {
        ("boundaries", "persegi.geojson"), ("register", "FIKTIF_household_2026-10.csv"),
        ("register", "FIKTIF_enrolment_2026-10.csv")}
    assert "program_total" in origin.sql and "'2026-10-01'" in origin.sql


def test_under_dtks_inclusion_needs_recipients_outside_the_register(database, tmp_path):
    write_places(database)
    household = draw_households()
    load(database, tmp_path / "a", household, enrol(recipients(household), "pkh"), scheme="dtks")
    with read_only(database) as connection:
        frame = targeting_errors(connection, SCOPE).frame
    assert set(frame["inclusion_status"]) == {"not_applicable"} and frame["inclusion_rate"].isna().all()
    assert set(frame["exclusion_status"]) == {"ok"}
    stranger = pd.DataFrame([{"household_id": "99-asing", "kode": "99.71.01.1002", "program": "pkh",
                              "stage": "tersalur", "unit_count": "1", "amount_idr": "900000", "funding": "APBN"}])
    enrolment = pd.concat([enrol(recipients(household), "pkh"), stranger])
    load(database, tmp_path / "b", household, enrolment, scheme="dtks")
    with read_only(database) as connection:
        frame = targeting_errors(connection, SCOPE).frame
    assert set(frame["inclusion_status"]) == {"ok"}


def test_wilayah_are_found_by_name_and_by_code(province):
    with read_only(province) as connection:
        assert [found.kode for found in find_wilayah(connection, "lima")] == ["99.71.01.1001"]
        assert find_wilayah(connection, "Lima")[0].path_name == "Pusat, Kota Timur"
        assert [found.kode for found in find_wilayah(connection, "99.71")][:2] == ["99.71", "99.71.01"]
        assert find_wilayah(connection, "kota")[0].kode == "99.71"
        assert find_wilayah(connection, "  ") == [] and find_wilayah(connection, "100%") == []


def test_the_path_of_a_desa_starts_at_the_nation(province):
    with read_only(province) as connection:
        assert [step.name for step in wilayah_path(connection, "99.71.01.1001")] == [
            "Indonesia", "Provinsi Uji", "Kota Timur", "Pusat", "Lima"]
        for wrong in ("98", "99.01.01.2999", "99.1", "'; DROP TABLE wilayah"):
            with pytest.raises(PetadesilError) as caught:
                wilayah_path(connection, wrong)
            assert caught.value.code == "unknown_wilayah"


def test_the_state_tells_periods_programs_and_levels(province):
    with read_only(province) as connection:
        state = data_state(connection)
        assert (state.periods, state.is_fictional, state.root) == ((PERIOD,), True, "99")
        assert [program.key for program in list_programs(connection)] == ["pkh", "sembako", "pbi_jkn"]
        assert [child.name for child in list_children(connection, "99")] == ["Kabupaten Barat", "Kota Timur"]
        assert list_levels_below(connection, "99.71") == [Level.kecamatan, Level.desa]
        assert list_levels_below(connection, "99.71.01.1001") == []
