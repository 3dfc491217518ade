"""Asking: scopes that cannot be, periods and wilayah that are not there, finding one's way, and DTKS."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from geo.engine import read_only
from queries.coverage import concentration, coverage
from queries.desil import desil_distribution
from queries.disclosing import allowed_disclosure
from queries.incidence import incidence
from queries.scope import Scope
from queries.targeting import targeting_errors
from queries.wilayah import data_state, find_wilayah, list_programs, wilayah_path

SCOPE = Scope("99", Level.kabupaten, PERIOD, "pkh", disclosure="exact")


@pytest.fixture
def province(shared_census):
    return shared_census


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
        ({"desil": (2,), "disclosure": "published"}, "desil_set_not_published"),
        ({"desil": (0, 8), "disclosure": "published"}, "desil_set_not_published"),
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


def test_the_state_tells_periods_and_programs(province):
    with read_only(province) as connection:
        state = data_state(connection)
        assert (state.periods, state.is_fictional, state.root) == ((PERIOD,), True, "99")
        assert [program.key for program in list_programs(connection)] == ["pkh"], "the only one with recipients"


def test_a_rate_needs_fifty_units_and_not_fifty_after_rounding(database, tmp_path):
    """Forty-eight families are shown as 50, and their rate not at all."""
    write_places(database)
    twelve = "1* 1* 1* 1* 2* 2* 2* 2* 3* 3* 3* 3* "
    household = draw_households({"99.01.01.2001": twelve + "1 2 3 4 " * 9, "99.71.01.1001": twelve + "1 2 3 4 " * 10})
    load(database, tmp_path, household, enrol(recipients(household), "pkh"))
    with read_only(database) as connection:
        frame = coverage(connection, SCOPE.at(disclosure="published")).frame
    assert frame["eligible_count"].tolist() == [50, 50]
    assert frame["status"].tolist() == ["suppressed", "ok"]


def test_half_of_a_gap_that_is_hidden_is_not_told(province):
    with read_only(province) as connection:
        assert concentration(connection, SCOPE.at(level=Level.desa)) is not None
        assert concentration(connection, SCOPE.at(level=Level.desa, disclosure="published")) is None


def test_exact_figures_are_for_fictional_households_only(province):
    with read_only(province) as connection:
        fictional = data_state(connection)
    real = replace(fictional, sources=tuple(replace(note, is_fictional=False) for note in fictional.sources))
    mixed = replace(fictional, sources=(*fictional.sources, *real.sources))
    assert allowed_disclosure(fictional, None, None) == "exact"
    assert allowed_disclosure(fictional, "published", None) == "published"
    for state in (real, mixed):
        assert allowed_disclosure(state, None, None) == "published"
        for asked, setting in (("exact", None), (None, "exact")):
            with pytest.raises(PetadesilError) as caught:
                allowed_disclosure(state, asked, setting)
            assert caught.value.code == "exact_not_allowed"


def test_a_desa_of_few_classes_hides_a_second_one_when_one_is_small(database, tmp_path):
    write_places(database)
    household = draw_households({"99.01.01.2001": "1 " * 12 + "2 " * 40 + "3 " * 3})
    load(database, tmp_path, household, enrol(household.iloc[:1], "pkh"))
    with read_only(database) as connection:
        result = desil_distribution(connection, SCOPE.at(level=Level.desa, wilayah="99.01.01.2001",
                                                         disclosure="published"))
    # Desil 1 is a set of its own, which anybody can ask about: hidden here, it would cover nothing.
    assert result.mask["household_count"].tolist() == ["", "hidden", "small"]
    assert result.mask["person_count"].tolist() == ["", "hidden", "hidden"]
    assert result.frame["household_count"].fillna(-1).tolist() == [10, -1, -1]


def test_a_small_class_does_not_follow_from_sets_within_one_another(database, tmp_path):
    """Under 10 of desil 1 and 2 together, 20 with desil 3: of two counts under 10 both would be 9."""
    write_places(database)
    household = draw_households({"99.01.01.2001": "1 " * 5 + "2 " * 4 + "3 " * 9 + "4 " * 12 + "8 " * 60})
    load(database, tmp_path, household, enrol(household.iloc[:1], "pkh"))
    with read_only(database) as connection:
        result = desil_distribution(connection, SCOPE.at(level=Level.desa, wilayah="99.01.01.2001",
                                                         disclosure="published"))
    assert result.mask["household_count"].tolist()[2] == "hidden"


@pytest.mark.parametrize("query", [desil_distribution, incidence])
def test_a_small_class_does_not_follow_from_a_set_of_desil(database, tmp_path, query):
    """Desil 5, 6 and 7 are 35 together: with 10, 10 and under 10 the last could only be 9."""
    write_places(database)
    desil = "1 " * 60 + "4 " * 40 + "5 " * 12 + "6 " * 12 + "7 " * 9 + "10 " * 30
    household = draw_households({"99.01.01.2001": desil})
    load(database, tmp_path, household, enrol(household.iloc[:1], "pkh"))
    with read_only(database) as connection:
        result = query(connection, SCOPE.at(level=Level.desa, wilayah="99.01.01.2001", disclosure="published"))
    masks = dict(zip(result.frame["desil"].fillna(0), result.mask["household_count"], strict=True))
    assert masks[7] == "small" and "hidden" in (masks[5], masks[6])
    assert not any(name.startswith("told") for name in (*result.frame, *result.mask))
