"""Other rules than the period's own, counted by hand on the census of builders.py, and two sides beside one another.

Under desil 1 to 5 (children in primary school, as everybody has one), by hand:

    desa     eligible  receiving  reached  gap  leak
    Satu           14          7        7    7     0
    Dua             8          7        6    2     1
    Tiga            6          0        0    6     0
    Empat           0          0        0    0     0
    Lima            5          6        5    0     1
    Enam            4          1        1    3     0
    together       37         21       19   18     2
"""

from datetime import date

import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from sqlalchemy import text

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from geo.cube_tables import SPLIT_COUNTS
from geo.engine import make_engine, read_only
from queries.catalogue import planned_sample
from queries.comparison import comparison
from queries.coverage import concentration, coverage
from queries.field import field_errors
from queries.groups import coverage_by_desil, coverage_by_group
from queries.overlap import overlap
from queries.scope import Scope
from queries.targeting import targeting_errors
from queries.what_if import DESIL_COUNTS

DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
WHOLE = DESA.itself()
EARLIER = date(2025, 1, 1)
AMOUNT = 900_000


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_what_if"))
    folder = tmp_path_factory.mktemp("what_if")
    write_places(engine)
    household = draw_households()
    load(engine, folder, household, enrol(recipients(household), "pkh"))
    listed = household[household["desil"].isin(list("1234"))].assign(verified_on="2024-01-15")
    poorest = enrol(listed[listed["desil"] == "1"], "pkh")
    load(engine, folder / "dtks", listed, poorest, period=EARLIER, scheme="dtks")
    yield engine
    engine.dispose()


def ask(engine, query, scope):
    with read_only(engine) as connection:
        return query(connection, scope)


def row(engine, query, scope):
    return ask(engine, query, scope).frame.iloc[0]


def column(result, name):
    return dict(zip(result.frame["name"], result.frame[name], strict=True))


def refused(engine, query, scope):
    with pytest.raises(PetadesilError) as caught:
        ask(engine, query, scope)
    return caught.value


def test_wider_limits_are_counted_as_by_hand(province):
    result = ask(province, coverage, DESA.at(limits=(1, 5)))
    expected = {
        "eligible_count": {"Satu": 14, "Dua": 8, "Tiga": 6, "Empat": 0, "Lima": 5, "Enam": 4},
        "received_count": {"Satu": 7, "Dua": 7, "Tiga": 0, "Empat": 0, "Lima": 6, "Enam": 1},
        "reached_count": {"Satu": 7, "Dua": 6, "Tiga": 0, "Empat": 0, "Lima": 5, "Enam": 1},
        "gap_count": {"Satu": 7, "Dua": 2, "Tiga": 6, "Empat": 0, "Lima": 0, "Enam": 3},
        "leak_count": {"Satu": 0, "Dua": 1, "Tiga": 0, "Empat": 0, "Lima": 1, "Enam": 0},
    }
    for name, counts in expected.items():
        assert column(result, name) | {"Tujuh": None} == counts | {"Tujuh": None}, name
    assert column(result, "status")["Tujuh"] == "no_data" and column(result, "status")["Empat"] == "not_applicable"
    whole = row(province, coverage, WHOLE.at(limits=(1, 5)))
    assert [whole[name] for name in DESIL_COUNTS] == [37, 21, 19, 18, 2, 21]
    assert whole["gap_idr"] == 18 * AMOUNT
    assert whole["coverage_rate"] == pytest.approx(19 / 37)


@pytest.mark.parametrize(("limits", "eligible", "reached"), [((1, 1), 11, 7), ((2, 3), 14, 8), ((10, 10), 2, 0)])
def test_narrower_limits_and_limits_that_leave_the_poorest_out(province, limits, eligible, reached):
    whole = row(province, targeting_errors, WHOLE.at(limits=limits))
    assert (whole["eligible_count"], whole["reached_count"]) == (eligible, reached)
    assert (whole["gap_count"], whole["leak_count"]) == (eligible - reached, 21 - reached)
    assert (whole["gap_idr"], whole["leak_idr"]) == ((eligible - reached) * AMOUNT, (21 - reached) * AMOUNT)


def test_the_rules_own_limits_give_the_stored_counts_and_no_split(province):
    for level in Level:
        scope = DESA.at(level=level, wilayah="ID")
        stored, tried = ask(province, coverage, scope).frame, ask(province, coverage, scope.at(limits=(1, 4))).frame
        kept = [name for name in stored.columns if name not in SPLIT_COUNTS]
        assert tried[kept].equals(stored[kept])
        assert tried[list(SPLIT_COUNTS)].isna().all(axis=None)
        stored = ask(province, targeting_errors, scope).frame
        assert ask(province, targeting_errors, scope.at(limits=(1, 4))).frame.equals(stored)


def test_parts_add_up_to_the_whole_at_every_level(province):
    for limits in ((1, 5), (2, 3)):
        whole = row(province, coverage, WHOLE.at(limits=limits))
        for level in (Level.kabupaten, Level.kecamatan, Level.desa):
            frame = ask(province, coverage, DESA.at(level=level, limits=limits)).frame
            for name in (*DESIL_COUNTS, "gap_idr"):
                assert frame[name].sum() == whole[name], (level, name)
        by_desil = ask(province, coverage_by_desil, WHOLE.at(limits=limits)).frame
        for name in ("eligible_count", "received_count", "reached_count", "gap_count", "leak_count", "gap_idr"):
            assert by_desil[name].sum() == whole[name], name


def test_the_rule_of_another_date_brings_its_limits(province):
    earlier = ask(province, coverage, WHOLE.at(rule_on=date(2024, 1, 1)))
    assert earlier.frame["eligible_count"].item() == 32
    assert earlier.provenance.scope.limits == (1, 4), "the limits that were used are told"
    both = row(province, coverage, WHOLE.at(rule_on=date(2024, 1, 1), limits=(1, 5)))
    assert both["eligible_count"] == 37, "limits win over those of the date"
    assert ask(province, concentration, DESA.at(rule_on=date(2024, 1, 1))).to_dict() == {
        "holding_count": 2, "place_count": 7}


def test_a_date_without_a_rule_and_a_rule_of_other_conditions_are_refused(province):
    absent = refused(province, coverage, WHOLE.at(rule_on=date(2020, 1, 1)))
    assert (absent.code, absent.details) == ("no_rule_on", {"program": "pkh", "date": "2020-01-01"})
    assert refused(province, coverage, WHOLE.at(rule_on=date(2024, 1, 1), program="blt")).code == "unknown_program"
    with province.begin() as connection:
        connection.execute(text(
            "INSERT INTO program_rule (program_id, valid_from, valid_to, basis, funding, desil_min, desil_max,"
            " components, excluded_adminduk, wilayah_kinds, note_id, note_en, reference)"
            " SELECT program_id, '2018-01-01', '2019-12-31', basis, funding, desil_min, 5, '{elderly,sd}',"
            " excluded_adminduk, '{desa}', '', '', 'uji' FROM program_rule WHERE program_id = 0 AND valid_to IS NULL"))
    differing = refused(province, targeting_errors, WHOLE.at(rule_on=date(2019, 1, 1), limits=(1, 5)))
    assert differing.code == "rule_conditions_differ"
    assert differing.details == {"program": "pkh", "date": "2019-01-01", "period": "2026-10",
                                 "conditions": "components, wilayah_kinds, benefits"}


def test_limits_out_of_order_cannot_be_asked():
    for limits in ((5, 1), (0, 4), (1, 11)):
        with pytest.raises(PetadesilError) as caught:
            DESA.at(limits=limits)
        assert caught.value.code == "limits_out_of_order"


def test_published_limits_start_where_the_rule_does(province):
    """Differences of the 55 pairs of limits, each rounded by itself, would give small cells of a desil away."""
    scope = DESA.at(disclosure="published")
    for query in (coverage, coverage_by_desil, targeting_errors, concentration):
        error = refused(province, query, scope.at(limits=(2, 4)))
        assert (error.code, error.details) == ("limits_not_published", {"low": 2, "first": 1})
    assert len(ask(province, coverage, scope.at(limits=(1, 10))).frame) == len(ask(province, coverage, scope).frame)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        (coverage_by_group, "coverage-by-group"), (overlap, "overlap"), (field_errors, "field-errors"),
        (planned_sample, "sample-plan"),
    ],
)  # fmt: skip
def test_what_knows_the_rule_in_force_only_says_so(province, query, name):
    for changes in ({"limits": (1, 5)}, {"rule_on": date(2024, 1, 1)}):
        error = refused(province, query, WHOLE.at(**changes))
        assert (error.code, error.details) == ("no_what_if", {"query": name})


def test_the_rule_in_force_stands_beside_another(province):
    result = ask(province, comparison, DESA.at(limits=(1, 5)))
    assert column(result, "eligible_count")["Satu"] == 12 and column(result, "eligible_count_other")["Satu"] == 14
    assert column(result, "exclusion_change_rate")["Satu"] == pytest.approx(7 / 14 - 6 / 12)
    whole = row(province, comparison, WHOLE.at(limits=(1, 5)))
    assert whole["value"] == whole["exclusion_change_rate"] == pytest.approx(18 / 37 - 15 / 32)
    assert whole["inclusion_change_rate"] == pytest.approx(2 / 21 - 4 / 21)
    status = column(result, "exclusion_change_status")
    assert (status["Tujuh"], status["Empat"], status["Satu"]) == ("no_data", "not_applicable", "ok")
    assert result.frame[["numerator", "denominator", "se"]].isna().all(axis=None)
    assert result.provenance.query == "comparison" and result.provenance.sql.count("SELECT wilayah") >= 2


def test_dtks_stands_beside_dtsen_without_an_inclusion(province):
    result = ask(province, comparison, WHOLE.at(against=EARLIER))
    whole = result.frame.iloc[0]
    assert (whole["eligible_count"], whole["eligible_count_other"]) == (32, 32)
    assert (whole["received_count"], whole["received_count_other"]) == (21, 11)
    assert whole["exclusion_change_rate"] == pytest.approx(21 / 32 - 15 / 32)
    assert (whole["inclusion_status"], whole["inclusion_status_other"]) == ("ok", "not_applicable")
    assert whole["inclusion_change_status"] == "not_applicable" and result.frame["inclusion_change_rate"].isna().all()
    files = {note.file_name for note in result.provenance.sources}
    assert {"FIKTIF_household_2026-10.csv", "FIKTIF_household_2025-01.csv"} <= files
    both = row(province, comparison, WHOLE.at(against=EARLIER, limits=(1, 2)))
    assert (both["eligible_count"], both["eligible_count_other"]) == (19, 19), "both sides by the same limits"
    assert (both["reached_count"], both["reached_count_other"]) == (12, 11)


def test_a_comparison_needs_another_side(province):
    assert refused(province, comparison, WHOLE).code == "nothing_to_compare"
    assert refused(province, comparison, WHOLE.at(against=date(2020, 1, 1))).code == "empty_period"


def test_small_counts_are_hidden_on_both_sides_and_their_change_with_them(province):
    result = ask(province, comparison, DESA.at(limits=(1, 5), disclosure="published"))
    assert set(result.mask.columns) >= {"eligible_count", "eligible_count_other"}
    assert result.frame["exclusion_change_rate"].isna().all()
    assert column(result, "exclusion_change_status")["Satu"] == "suppressed"
    tried = ask(province, coverage, DESA.at(limits=(1, 5), disclosure="published"))
    assert tried.mask.loc[1, ["eligible_count", "gap_count"]].tolist() == ["small", "small"]
    assert not (tried.mask[list(SPLIT_COUNTS)] != "").any(axis=None), "what is not defined is not hidden either"
