"""Stored allocations: what is frozen, what may be shown, what is compared, and what cannot be changed any more."""

from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from sqlalchemy import delete, text, update
from sqlalchemy.exc import DBAPIError

from boundaries.levels import Level
from geo.engine import make_engine, read_only
from geo.errors import GeoError
from geo.plan_tables import scenario, scenario_line
from geo.scenario_write import delete_scenario, mark_exported, store_scenario
from queries.errors import QueryError
from queries.plan_request import PlanRequest
from queries.planning import plan
from queries.scenario_comparison import compare, parse_ids, scenario_difference
from queries.scenario_plan import stored_plan
from queries.scenarios import count_withheld, list_scenarios, plan_again, read_scenario, scenario_of
from queries.scope import Scope

pytestmark = pytest.mark.postgis

DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
# A year's aid is 2.4 million: the ceiling buys six, and half a million stays.
SIX = PlanRequest(budget_idr=14_900_000, rule="proportional", probability="register")
TEN = SIX.at(budget_idr=24_000_000)
LATER = date(2026, 11, 1)


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_scenarios"))
    write_places(engine)
    household = draw_households()
    poorest = household[household["desil"] == "1"].head(3)
    enrolment = pd.concat([enrol(recipients(household), "pkh"), enrol(poorest, "sembako")])
    load(engine, tmp_path_factory.mktemp("scenarios"), household, enrolment)
    yield engine
    engine.dispose()


@pytest.fixture
def kept(province):
    """An empty table of scenarios before each test, whatever the one before had exported."""
    with province.begin() as connection:
        for table in ("scenario", "scenario_line"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER USER"))
        connection.execute(delete(scenario_line))
        connection.execute(delete(scenario))
        for table in ("scenario", "scenario_line"):
            connection.execute(text(f"ALTER TABLE {table} ENABLE TRIGGER USER"))
    return province


def store(engine, request=SIX, scope=DESA, name="Sebanding", **changes):
    with engine.begin() as connection:
        made = plan(connection, scope, request)
        record = scenario_of(made, scope, name, "Bappeda", "") | changes
        return store_scenario(connection, **record)


def read(engine, one, allowed="exact"):
    with read_only(engine) as connection:
        return read_scenario(connection, one, allowed)


def put_beside(engine, *ids, allowed="exact"):
    with read_only(engine) as connection:
        return compare(connection, ids, allowed)


def refusal(call, *arguments, **options):
    with pytest.raises((QueryError, GeoError)) as caught:
        call(*arguments, **options)
    return caught.value


def test_what_is_stored_is_the_plan_s_own(kept):
    stored = read(kept, store(kept))
    one, effect = stored.scenario, stored.scenario.effect
    # 32 are eligible by desil 1 to 4, 17 of them receive, and six of the 15 others are paid for.
    assert (one.summary["eligible_count"], one.summary["covered_count"], one.summary["need_count"]) == (32, 17, 15)
    assert (effect["planned_count"], effect["remainder_idr"]) == (6, 500_000)
    assert effect["exclusion_before"] == pytest.approx(15 / 32) and effect["exclusion_after"] == pytest.approx(9 / 32)
    assert (one.rule, one.budget_idr, one.unit, one.request) == ("proportional", 14_900_000, "household", SIX.text)
    assert not one.is_outdated and not one.is_exported and one.is_fictional
    assert one.scope == DESA.at(request=SIX.text)
    assert [note.kind for note in one.sources] and all(note.is_fictional for note in one.sources)
    assert set(one.summary["rules"]) == {"proportional", "equal_coverage", "lowest_first", "desil_first", "optimal",
                                         "robust"}  # fmt: skip


def test_rows_add_up_to_the_totals_and_a_desa_without_data_has_none(kept):
    stored = read(kept, store(kept))
    lines = stored.lines
    assert "99.71.01.1003" not in set(lines["kode"])
    assert stored.scenario.summary["no_data"] == [["99.71.01.1003", "Tujuh"]]
    assert lines["planned_count"].sum() == 6 and lines["amount_idr"].sum() == 14_400_000
    assert (lines["need_count"] - lines["planned_count"] == lines["uncovered_count"]).all()
    by_desil = lines["planned_by_desil"].map(lambda cells: sum(cells.values()))
    assert (by_desil == lines["planned_count"]).all()
    assert set(lines["planned_by_desil"].iloc[0]) == {"1", "2", "3", "4"}


def test_assumptions_are_kept_by_name_whatever_the_short_form_of_a_request_becomes(kept):
    asked = SIX.at(weights=(300, 200, *(100,) * 8), covered=("sembako",), cap_pct=50)
    summary = read(kept, store(kept, asked)).scenario.summary
    assert summary["assumptions"]["weights"] == [300, 200, *(100,) * 8]
    assert summary["assumptions"]["covered"] == ["sembako"] and summary["assumptions"]["cap_pct"] == 50
    assert summary["assumptions"]["year"] == 2027 and summary["assumptions"]["cap_count"] is None


@pytest.mark.parametrize("disclosure", ["exact", "published"])
def test_a_stored_scenario_is_the_plan_that_it_was(kept, disclosure):
    covered = ("sembako",) if disclosure == "exact" else ()
    asked, scope = TEN.at(administration_bp=1000, covered=covered), DESA.at(disclosure=disclosure)
    with read_only(kept) as connection:
        made = plan(connection, scope, asked)
    again = stored_plan(read(kept, store(kept, asked, scope)))
    frame = made.result.frame.astype(dict.fromkeys(("kode", "name", "kind", "status"), object))
    pd.testing.assert_frame_equal(again.result.frame.astype(frame.dtypes), frame)
    assert (again.result.mask.to_numpy() == made.result.mask.to_numpy()).all()
    for ours, its in zip(again.effects, made.effects, strict=True):
        assert replace(ours, planned=None) == replace(its, planned=None)
    assert (again.effect.planned == made.effect.planned).all() and again.effect.rule == made.effect.rule
    assert (again.request, again.unit, again.need.classes) == (made.request, made.unit, made.need.classes)
    assert (again.need.need_count == made.need.need_count).all() and again.field_before == made.field_before
    origin, its = again.result.provenance, made.result.provenance
    assert (origin.sources, origin.data_version, origin.scope.wilayah) == (its.sources, its.data_version, "99")
    assert set(again.eligibility.origin) == set(made.eligibility.origin)


def test_an_estimate_is_kept_with_its_interval(kept):
    effect = read(kept, store(kept)).scenario.effect
    value, lower, upper = effect["expected"]
    assert lower <= value <= upper and value == pytest.approx(6)
    assert effect["field_after"] is None


@pytest.mark.parametrize(
    ("name", "author", "note", "code"),
    [
        ("", "a", "", "scenario_name"), ("   \t", "a", "", "scenario_name"), ("x" * 81, "a", "", "scenario_name"),
        ("x", " ", "", "scenario_author"), ("x", "a" * 81, "", "scenario_author"),
        ("x", "a", "n" * 501, "scenario_note"),
    ],
)  # fmt: skip
def test_a_scenario_needs_a_name_and_an_author_of_some_length(kept, name, author, note, code):
    with read_only(kept) as connection:
        made = plan(connection, DESA, SIX)
    assert refusal(scenario_of, made, DESA, name, author, note).code == code


def test_what_no_screen_shows_is_not_stored(kept):
    with read_only(kept) as connection:
        made = plan(connection, DESA, SIX)
    record = scenario_of(made, DESA, " Merata\n\x00 kedua ", "\N{RIGHT-TO-LEFT OVERRIDE}Ani", "a\r\nb")
    assert (record["name"], record["author"], record["note"]) == ("Merata kedua", "Ani", "a b")


def test_the_list_holds_a_wilayah_and_those_below_it_newest_first(kept):
    first = store(kept)
    second = store(kept, scope=DESA.at(wilayah="99.01"), request=SIX.at(budget_idr=4_800_000))
    with read_only(kept) as connection:
        found = {one: [held.id for held in list_scenarios(connection, one, "exact")]
                 for one in ("ID", "99", "99.01", "99.71")}  # fmt: skip
        named = list_scenarios(connection, "99.01", "exact")[0]
    assert found == {"ID": [second, first], "99": [second, first], "99.01": [second], "99.71": []}
    assert (named.wilayah_name, named.level) == ("Kabupaten Barat", Level.desa)


def test_exact_figures_are_not_shown_where_only_published_ones_may_be(kept):
    exact, published = store(kept), store(kept, scope=DESA.at(disclosure="published"))
    assert refusal(read, kept, exact, "published").code == "scenario_not_allowed"
    assert refusal(put_beside, kept, exact, published, allowed="published").code == "scenario_not_allowed"
    with read_only(kept) as connection:
        scope = DESA.at(disclosure="published", request=f"{published}-{exact}")
        assert refusal(scenario_difference, connection, scope).code == "scenario_not_allowed"
        held = read_scenario(connection, exact, "exact").scenario
        assert refusal(plan_again, connection, held, "Ani", "published").code == "scenario_not_allowed"
        assert [one.id for one in list_scenarios(connection, "99", "published")] == [published]
        assert [count_withheld(connection, "99", allowed) for allowed in ("exact", "published")] == [0, 1]
    assert read(kept, published, "published").scenario.disclosure == "published"


def test_a_published_scenario_says_which_needs_are_small(kept):
    stored = read(kept, store(kept, scope=DESA.at(disclosure="published")), "published")
    small = stored.lines["kode"][stored.is_small["need_count"]]
    # Every desa with a need has fewer than ten.
    assert set(stored.lines["need_count"]) <= {0, 5} and len(small) == (stored.lines["need_count"] > 0).sum() > 0


def test_an_exported_scenario_stays_as_it_is(kept):
    one = store(kept)
    with kept.begin() as connection:
        mark_exported(connection, one)
    stored = read(kept, one)
    assert stored.scenario.is_exported
    for statement in (
        update(scenario).values(note="lain"), delete(scenario), update(scenario_line).values(name="lain"),
        delete(scenario_line),
    ):  # fmt: skip
        with pytest.raises(DBAPIError, match="was exported"), kept.begin() as connection:
            connection.execute(statement)
    with kept.begin() as connection:
        assert refusal(delete_scenario, connection, one).code == "scenario_exported"
    pd.testing.assert_frame_equal(read(kept, one).lines, stored.lines)


def test_a_scenario_in_nobody_s_hands_can_be_deleted_with_its_rows(kept):
    one = store(kept)
    with kept.begin() as connection:
        delete_scenario(connection, one)
    assert refusal(read, kept, one).code == "unknown_scenario"
    with read_only(kept) as connection:
        assert connection.scalar(text("SELECT count(*) FROM scenario_line")) == 0


def test_two_scenarios_are_compared_by_desa(kept):
    compared = put_beside(kept, store(kept), store(kept, TEN, name="Lebih besar"))
    rows = compared.rows.set_index("kode")
    assert rows["planned_count_1"].sum() == 6 and rows["planned_count_2"].sum() == 10
    assert (rows["planned_change_2"] == rows["planned_count_2"] - rows["planned_count_1"]).all()
    assert (rows["uncovered_change_2"] == -rows["planned_change_2"]).all()
    assert rows["amount_change_2"].sum() == 4 * 2_400_000
    assert list(rows["planned_change_2"].abs()) == sorted(rows["planned_change_2"].abs(), reverse=True)
    assert rows.loc["99.01.01.2001", "name"] == "Satu"
    assert compared.differing == ("budget_idr",) and compared.level is Level.desa


def test_three_are_held_against_the_first_and_rows_that_one_lacks_are_empty(kept):
    ids = [store(kept), store(kept, TEN), store(kept, SIX.at(budget_idr=4_800_000), DESA.at(wilayah="99.01"))]
    rows = put_beside(kept, *ids).rows.set_index("kode")
    assert rows["planned_count_3"].sum() == 2
    assert rows.loc["99.71.01.1002", ["planned_count_3", "planned_change_3"]].isna().all()
    assert rows.loc["99.71.01.1002", "planned_change_2"] >= 0


def test_finer_rows_are_added_up_to_the_coarser_level(kept):
    fine, coarse = store(kept), store(kept, scope=DESA.at(level=Level.kecamatan))
    compared = put_beside(kept, fine, coarse)
    assert compared.level is Level.kecamatan
    rows = compared.rows.set_index("kode")
    stored = read(kept, fine).lines
    own = stored["planned_count"].groupby(stored["kode"].str[:8]).sum()
    assert rows["planned_count_1"].to_dict() == own.to_dict()
    assert rows.loc["99.01.01", "name"] == "Hulu"


@pytest.mark.parametrize(
    ("scope", "request_of", "part"),
    [
        (DESA, SIX.at(target="BLT", unit="person"), "unit"),
        (DESA.at(program="sembako"), SIX, "program"),
        (DESA, SIX.at(target="BLT", component="sd"), "program"),
        (DESA.at(disclosure="published"), SIX, "disclosure"),
    ],
)
def test_what_does_not_mean_the_same_is_not_compared(kept, scope, request_of, part):
    error = refusal(put_beside, kept, store(kept), store(kept, request_of, scope))
    assert (error.code, error.details["part"]) == ("scenarios_differ", part)


def test_scenarios_without_a_wilayah_in_common_are_not_compared(kept):
    ids = [store(kept, SIX.at(budget_idr=2_400_000), DESA.at(wilayah=kode)) for kode in ("99.01", "99.71")]
    error = refusal(put_beside, kept, *ids)
    assert (error.details["part"], error.details["given"]) == ("wilayah", "Kabupaten Barat, Kota Timur")


def test_published_rows_are_not_added_up(kept):
    published = DESA.at(disclosure="published")
    ids = [store(kept, scope=published), store(kept, scope=published.at(level=Level.kecamatan))]
    assert refusal(put_beside, kept, *ids).details["part"] == "level"
    ids = [store(kept, scope=published), store(kept, TEN, published)]
    with read_only(kept) as connection:
        scope = published.at(level=Level.kecamatan, request="-".join(map(str, ids)))
        assert refusal(scenario_difference, connection, scope).details["part"] == "level"


def test_two_or_three_different_ones_and_no_others(kept):
    one = store(kept)
    for ids in ((one,), (one, one), (one,) * 4):
        assert refusal(put_beside, kept, *ids).code == "scenarios_to_compare"
    assert refusal(put_beside, kept, one, one + 1000).code == "unknown_scenario"


@pytest.mark.parametrize("given", ["", "12", "a-b", "1-2-3-", "²-1", "1" * 30 + "-2"])
def test_a_malformed_pair_is_refused(kept, given):
    with read_only(kept) as connection:
        assert refusal(scenario_difference, connection, DESA.at(request=given)).code == "scenario_ids"
    assert parse_ids("12-15") == (12, 15)


def test_the_map_of_a_difference_has_every_wilayah_of_its_scope(kept):
    ids = [store(kept), store(kept, TEN)]
    with read_only(kept) as connection:
        result = scenario_difference(connection, DESA.at(request="-".join(map(str, ids))))
        above = scenario_difference(connection, DESA.at(level=Level.kabupaten, request="-".join(map(str, ids))))
        finer = [store(kept, one, DESA.at(level=Level.kecamatan)) for one in (SIX, TEN)]
    rows = result.frame.set_index("kode")
    assert len(rows) == 7 and rows.loc["99.71.01.1003", "planned_rise_status"] == "no_data"
    assert rows["value"].sum() == rows["planned_rise_count"].sum() == 4 == above.frame["planned_rise_count"].sum()
    assert result.provenance.is_fictional and set(rows["unit"]) == {"household"}
    with read_only(kept) as connection:
        error = refusal(scenario_difference, connection, DESA.at(request="-".join(map(str, finer))))
    assert (error.code, error.details["known"]) == ("scenario_level", "kecamatan")


def test_the_uncovered_of_small_published_needs_are_not_subtracted(kept):
    published = DESA.at(disclosure="published")
    ids = [store(kept, scope=published), store(kept, TEN, published)]
    with read_only(kept) as connection:
        result = scenario_difference(connection, published.at(request="-".join(map(str, ids))))
    small = result.mask["need_count"] == "small"
    assert small.any() and result.frame["uncovered_rise_count"][small].isna().all()
    assert set(result.frame["uncovered_rise_status"][small]) == {"suppressed"}
    assert result.frame["planned_rise_count"][small].notna().all()


def test_new_data_outdate_a_scenario_and_it_is_run_again_as_another(template, tmp_path):
    engine = make_engine(clone(template, "test_scenarios_again"))
    write_places(engine)
    household = draw_households()
    load(engine, tmp_path, household, enrol(recipients(household), "pkh"))
    old = store(engine)
    fewer = recipients(household).iloc[1:]
    load(engine, tmp_path / "later", household, enrol(fewer, "pkh"), period=LATER)
    before = read(engine, old)
    assert before.scenario.is_outdated
    with engine.begin() as connection:
        record = plan_again(connection, before.scenario, "Ani", "exact")
        new = store_scenario(connection, **record)
    after = read(engine, new).scenario
    assert (after.based_on_id, after.period, after.author, after.name) == (old, LATER, "Ani", "Sebanding")
    assert not after.is_outdated and after.request == before.scenario.request
    # One recipient less: one more is left out, and the money reaches as many as before.
    assert after.summary["need_count"] == before.scenario.summary["need_count"] + 1
    kept_now = read(engine, old)
    assert replace(kept_now.scenario) == before.scenario and kept_now.lines.equals(before.lines)
    assert put_beside(engine, old, new).rows["planned_count_2"].sum() == 6
    engine.dispose()
