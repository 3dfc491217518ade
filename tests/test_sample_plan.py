"""The sample planner: a plan counted by hand, a drawn sample that comes back from the field, and its page."""

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pages_under_test
import pandas as pd
import pytest
from builders import DESA, PERIOD, draw_households, enrol, load, recipients, write_places
from click.testing import CliRunner
from conftest import clone
from pages_under_test import said
from sqlalchemy import text

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from dashboard import cache, server
from dashboard.addresses import Asked
from dashboard.cli import main
from dashboard.sample_file import sample_csv, sample_name
from geo.engine import make_engine, read_only
from geo.verification_load import load_verification
from queries.errors import QueryError
from queries.estimation import estimate_period
from queries.field import field_errors
from queries.sample_basis import RHO, pooled_rho
from queries.sample_draw import COLUMNS, draw_desa, draw_sample
from queries.sample_plan import SampleRequest, sample_plan
from queries.scope import Scope
from queries.stats.sampling import Areas, required_sample

pytestmark = pytest.mark.postgis

# Each desa of Hulu, Hilir and Pusat: 60 households, 40 of them eligible (desil 2), 20 of those receive; the last of
# Pusat has no data. Hence two desa in each kecamatan, 120 households, 80 eligible, half of them left out.
CENSUS = dict.fromkeys(DESA[:6], "2 " * 20 + "2* " * 20 + "8 " * 20)
SCOPE = Scope("99", Level.kecamatan, PERIOD, "pkh", disclosure="exact")
CHEAP = SampleRequest(desa_idr=1_000_000, household_idr=100_000)


@pytest.fixture(scope="module")
def loaded(template, tmp_path_factory):
    """The address of a database with the census above; its name ends as a demo's does."""
    url = clone(template, "planner_census_demo")
    engine = make_engine(url)
    write_places(engine)
    household = draw_households(CENSUS)
    load(engine, tmp_path_factory.mktemp("census"), household, enrol(recipients(household), "pkh"))
    engine.dispose()
    return url


@pytest.fixture
def census(loaded):
    engine = make_engine(loaded)
    yield engine
    engine.dispose()


def plan_of(engine, scope=SCOPE, request=CHEAP):
    with read_only(engine) as connection:
        return sample_plan(connection, scope, request)


def draw_of(engine, plan, seed=1, scope=SCOPE, **options):
    with read_only(engine) as connection:
        return draw_sample(connection, scope, plan, seed, **options)


def test_a_plan_takes_what_the_register_knows_and_adds_up(census):
    """Two desa leave one degree of freedom: (1.96 / 12.71)^2 of an effective answer each, so all 60 must be asked."""
    plan = plan_of(census)
    rows = plan.result.frame.set_index("kode")
    row = rows.loc["99.01.01"]
    assert (row["household_count"], row["desa_count"], row["rate_from"]) == (120, 2, "register")
    assert row["answering_rate"] == pytest.approx(80 / 120)
    assert row["expected_rate"] == pytest.approx(0.5)
    assert (plan.rho, plan.rho_from) == (RHO, "assumed")
    areas = Areas(*(np.array([value]) for value in (2, 120, 0.5, RHO, 80 / 120, 1_000_000, 100_000)))
    by_hand = required_sample(areas, 0.2)
    assert row["interview_count"] == by_hand.household_count[0]
    assert row["interview_count"] == row["visited_desa_count"] * row["desa_interview_count"]
    assert row["width_rate"] == pytest.approx(by_hand.width[0])
    assert row["answer_count"] == round(row["interview_count"] * 80 / 120)
    assert (rows["cost_idr"] == rows["visited_desa_count"] * 1_000_000 + rows["interview_count"] * 100_000).all()
    assert plan.cost_idr == rows["cost_idr"].sum()
    assert plan.interview_count == rows["interview_count"].sum()
    assert plan.visited_desa_count == rows["visited_desa_count"].sum() == 6
    assert plan.remainder_idr is None


def test_a_width_that_not_even_all_households_reach_is_told(census):
    """80 answers of a rate of one half have an exact interval of 22.8 points at best, and 20 points are asked."""
    plan = plan_of(census)
    assert set(plan.result.frame["plan_status"]) == {"not_reachable"}
    assert not plan.is_met
    wide = plan_of(census, request=replace(CHEAP, width=0.25))
    assert set(wide.result.frame["plan_status"]) == {"reached"}
    assert wide.is_met and wide.width == 0.25


def test_kabupaten_have_more_desa_and_need_fewer_households_each(census):
    frame = plan_of(census, SCOPE.at(level=Level.kabupaten)).result.frame.set_index("kode")
    assert frame.loc["99.01", ["household_count", "desa_count", "plan_status"]].tolist() == [240, 4, "reached"]
    assert frame.loc["99.01", "interview_count"] < 240


def test_a_short_budget_is_spent_on_one_equal_width_and_its_rest_is_told(census):
    request = replace(CHEAP, width=0.25, budget_idr=20_000_000)
    plan = plan_of(census, request=request)
    assert plan.cost_idr + plan.remainder_idr == 20_000_000
    assert plan.width > 0.25 and not plan.is_met
    assert set(plan.result.frame["plan_status"]) == {"budget_too_small"}
    assert (plan.result.frame["width_rate"] <= plan.width + 1e-9).all()
    ample = plan_of(census, request=replace(request, budget_idr=10**9))
    assert ample.is_met and ample.width == 0.25 and ample.remainder_idr == 10**9 - ample.cost_idr


def test_a_budget_below_the_smallest_sample_says_what_that_costs(census):
    """Two desa and two households in each of three kecamatan: 6 x 1,000,000 + 6 x 100,000."""
    with pytest.raises(QueryError) as caught:
        plan_of(census, request=replace(CHEAP, budget_idr=1_000_000))
    assert (caught.value.code, caught.value.details) == ("budget_too_small", {"budget": 1_000_000, "least": 6_600_000})


@pytest.mark.parametrize(("change", "code"), [
    ({"width": 0}, "plan_width"), ({"width": 1.01}, "plan_width"), ({"width": float("nan")}, "plan_width"),
    ({"desa_idr": -1}, "plan_cost"), ({"household_idr": -1}, "plan_cost"), ({"household_idr": 10**9}, "plan_cost"),
    ({"budget_idr": 0}, "plan_budget"), ({"budget_idr": -5}, "plan_budget"), ({"rho": 1.1}, "plan_rho"),
    ({"rho": float("nan")}, "plan_rho"), ({"measure": "both"}, "unknown_measure"),
])  # fmt: skip
def test_what_cannot_be_planned_is_refused(census, change, code):
    with pytest.raises(QueryError) as caught:
        plan_of(census, request=replace(CHEAP, **change))
    assert caught.value.code == code


def test_a_desa_is_no_area_of_a_plan(census):
    with pytest.raises(QueryError, match="plan_level"):
        plan_of(census, SCOPE.at(level=Level.desa))


def test_one_desa_no_register_and_nobody_to_ask_each_have_their_word(database, tmp_path):
    write_places(database)
    household = draw_households({DESA[0]: "2 " * 60, DESA[2]: "8 " * 60, DESA[3]: "8 " * 60})
    load(database, tmp_path, household, enrol(household.iloc[60:61], "pkh"))
    plan = plan_of(database)
    assert dict(zip(plan.result.frame["kode"], plan.result.frame["plan_status"], strict=True)) == {
        "99.01.01": "one_desa", "99.01.02": "not_applicable", "99.71.01": "no_data"}
    assert plan.is_empty and not plan.is_met and plan.cost_idr == 0
    assert plan.result.frame["width_rate"].isna().all()
    with pytest.raises(QueryError, match="plan_is_empty"):
        draw_of(database, plan)


def test_a_rate_that_rests_on_few_is_that_of_all_and_never_near_certainty(database, tmp_path):
    """40 eligible in Hulu are too few for a rate of their own; with Hilir 80 of which none receives: held at 90 %."""
    write_places(database)
    household = draw_households(dict.fromkeys(DESA[:4], "2 " * 20 + "8 " * 20))
    load(database, tmp_path, household, enrol(household[household["desil"] == "8"].iloc[:3], "pkh"))
    frame = plan_of(database).result.frame.set_index("kode")
    assert frame.loc["99.01.01", "expected_rate"] == pytest.approx(0.9)
    assert frame.loc["99.01.01", "rate_from"] == "register"
    received = plan_of(database, request=replace(CHEAP, measure="inclusion")).result.frame.set_index("kode")
    assert received.loc["99.01.01", ["expected_rate", "rate_from"]].tolist() == [0.5, "none"]


def test_published_plans_rest_on_rounded_counts(census):
    frame = plan_of(census, SCOPE.at(disclosure="published")).result.frame
    assert (frame["household_count"] % 5 == 0).all()
    assert (frame["expected_rate"].round(2) == frame["expected_rate"]).all()


def test_rho_is_pooled_over_the_design_effects_of_the_kecamatan():
    """deff = 1 + (m - 1) rho: 20 kecamatan of two desa with m = 12 / 2 = 6 and deff 1.5 give rho = 0.5 / 5."""
    row = {"level": 3, "cluster_count": 2, "sample_count": 12, "deff": 1.5, "direct_se": 0.1}
    stored = pd.DataFrame([row] * 20)
    assert pooled_rho(stored) == (pytest.approx(0.1), "sample")
    assert pooled_rho(stored.iloc[1:]) == (RHO, "assumed")
    assert pooled_rho(stored.assign(direct_se=0.0)) == (RHO, "assumed")
    assert pooled_rho(stored.assign(deff=0.4)) == (0.01, "sample")


def test_a_request_survives_the_address_and_nonsense_is_the_first_one():
    request = SampleRequest("inclusion", 0.15, 2_000_000, 75_000, 900_000_000, 0.08)
    assert SampleRequest.parse(request.text) == request
    assert SampleRequest.parse(SampleRequest().text) == SampleRequest() == SampleRequest.parse("x'; drop")
    assert len(SampleRequest(desa_idr=999_999_999, household_idr=999_999_999, budget_idr=10**13 - 1).text) <= 40


def test_a_drawn_sample_is_what_the_loader_reads_and_the_weights_give_the_frame_back(census):
    plan = plan_of(census, request=replace(CHEAP, width=0.6))
    drawn = draw_of(census, plan, seed=7)
    assert tuple(drawn.columns) == COLUMNS
    assert len(drawn) == plan.interview_count and drawn["household_id"].is_unique
    # Every desa has 60 households, so that the weights add up to the frame whatever is drawn.
    assert drawn["weight"].sum() == pytest.approx(360)
    assert (drawn["stratum"] == drawn["kode"].str[:8]).all() and (drawn["cluster"] == drawn["kode"]).all()
    assert set(drawn["stratum_cluster_count"]) == {2} and set(drawn["cluster_household_count"]) == {60}
    assert (drawn["household_id"].str[3:16] == drawn["kode"]).all()
    assert (drawn[["observed_desil", "observed_adminduk", "observed_on"]] == "").all(axis=None)
    assert drawn.equals(draw_of(census, plan, seed=7))
    assert not drawn["household_id"].equals(draw_of(census, plan, seed=8)["household_id"])
    with read_only(census) as connection:
        desa = draw_desa(connection, SCOPE, plan, 7)
    assert sorted(desa["kode"]) == sorted(drawn["kode"].unique())
    assert desa["area_name"].tolist()[:2] == ["Hulu", "Hulu"]


def test_seeds_and_truths_that_cannot_be_are_refused(census):
    plan = plan_of(census)
    for change, code in (({"seed": -1}, "plan_seed"), ({"seed": 2**32}, "plan_seed"), ({"truth": "x"}, "plan_truth")):
        with pytest.raises(QueryError) as caught:
            draw_of(census, plan, **change)
        assert caught.value.code == code


def test_a_name_that_starts_like_a_formula_is_text_in_the_file(census):
    drawn = draw_of(census, plan_of(census)).iloc[:2].assign(desa_name=["=1+1", "Satu"])
    written = sample_csv(drawn).decode("utf-8-sig").splitlines()
    assert "'=1+1" in written[1] and ",Satu," in written[2]
    assert sample_name(SCOPE, True) == "FIKTIF_sample_99_kecamatan_2026-10.csv"


def test_a_drawn_sample_comes_back_from_the_field_and_is_estimated(loaded, tmp_path):
    """The field finds the register's desil, so that half of the eligible are left out; the next plan rests on that.

    Only Kabupaten Barat is visited: what was found there says nothing of Kota Timur.
    """
    engine = make_engine(clone(loaded, "planner_round_trip"))
    scope = SCOPE.at(level=Level.kabupaten)
    plan = plan_of(engine, scope, replace(CHEAP, width=0.25))
    drawn = draw_of(engine, plan, seed=3, scope=scope)
    drawn = drawn[drawn["stratum"] == "99.01"]
    with engine.connect() as connection:
        desil = dict(connection.execute(text("SELECT household_id, desil FROM household")).all())
    path = tmp_path / sample_name(scope, True)
    path.write_bytes(sample_csv(drawn.assign(observed_desil=drawn["household_id"].map(desil))))
    report = load_verification(engine, path, PERIOD)
    assert (report.rows_in, report.kept, report.strata, report.clusters) == (
        len(drawn), len(drawn), 1, plan.result.frame["visited_desa_count"].iloc[0])
    with engine.begin() as connection:
        estimate_period(connection, PERIOD)
    with read_only(engine) as connection:
        found = field_errors(connection, scope).frame.set_index("kode").loc["99.01"]
    assert found["field_exclusion_lower"] <= 0.5 <= found["field_exclusion_upper"]
    again = plan_of(engine, scope)
    assert again.result.frame["rate_from"].tolist() == ["estimate", "register"]
    assert {note.kind for note in again.result.provenance.sources} >= {"verification", "register"}
    engine.dispose()


@pytest.fixture
def served(census, tmp_path):
    with pages_under_test.serving(census, tmp_path):
        yield


def open_page(**parameters):
    return pages_under_test.open_page("sample-planner", **parameters)


def test_the_page_answers_in_one_sentence_and_keeps_its_request_in_the_address(served):
    page = open_page(w="99", l="kabupaten")
    assert not page.exception and not page.error and not page.warning
    assert "Untuk rentang 20 poin di 2 kabupaten/kota perlu **" in said(page)
    assert [metric.label for metric in page.metric][:3] == ["Keluarga diwawancarai", "Desa dikunjungi", "Biaya"]
    page.number_input(key="plan_width").set_value(30).run()
    assert page.query_params["b"] == "e-30-1500000-150000-x-x"
    assert "Untuk rentang 30 poin" in said(page)


@pytest.mark.parametrize(("request_text", "sentence"), [
    ("e-0-1500000-150000-x-x", "Rentang 0 poin tidak dapat"), ("e-300-1500000-150000-x-x", "Rentang 300 poin"),
    ("e-20-1500000-150000-0-x", "Anggaran Rp 0"), ("e-20-1500000-150000-x-150", "Kemiripan sedesa 1.5"),
    ("e-20-1500000-150000-1000000-x", "sudah memerlukan Rp 6.600.000"),
])  # fmt: skip
def test_impossible_inputs_get_a_sentence_and_stay_to_be_mended(served, request_text, sentence):
    page = open_page(w="99.01", l="kecamatan", b=request_text)
    assert not page.exception and sentence in said(page)
    assert page.number_input(key="plan_width").value is not None


def fetch(asked, route):
    return pages_under_test.fetch(route, f"/samples/{cache.signer().token(asked)}.csv")


def test_household_numbers_leave_by_a_signed_address_where_figures_may_be_exact(served):
    version = cache.data_state().version
    asked = Asked("sample", "sample-planner", "consumption.5", SCOPE.at(request="e-40-1000000-100000-x-x"), "", version)
    response = fetch(asked, server.samples_route)
    assert response.status_code == 200
    assert 'filename="FIKTIF_sample_99_kecamatan_2026-10.csv"' in response.headers["content-disposition"]
    assert response.body.decode("utf-8-sig").startswith("household_id,kode,desa_name,stratum")
    published = replace(asked, scope=asked.scope.at(disclosure="published"))
    for wrong, route in (
        (published, server.samples_route), (replace(asked, part="export"), server.samples_route),
        (asked, server.exports_route), (asked, server.shapes_route),
    ):  # fmt: skip
        assert fetch(wrong, route).status_code == 404


def test_the_published_page_shows_the_command_and_no_download(served):
    page = open_page(w="99", l="kabupaten", d="published")
    assert not page.exception
    assert any(block.value.startswith("petadesil sample --wilayah 99 --level kabupaten") for block in page.code)
    assert "Nomor keluarga tidak dibagikan" in said(page)


@pytest.fixture
def command(loaded, monkeypatch):
    """Run `petadesil sample` on the census."""
    monkeypatch.setenv("PETADESIL_DATABASE_URL", loaded.replace("planner_census_demo", "planner_census"))
    monkeypatch.setenv("PETADESIL_LANG", "id")
    return lambda *arguments: CliRunner().invoke(main, ["sample", "--wilayah", "99", *arguments])


def test_the_command_plans_and_writes_a_fictional_sample_once(command, tmp_path):
    out = tmp_path / "lapangan.csv"
    outcome = command("--level", "kabupaten", "--width", "25", "--out", str(out), "--seed", "4", "--json")
    plain = json.loads(outcome.stdout)
    assert set(plain) >= {"rows", "total_idr", "budget_idr", "remainder_idr", "household_count", "desa_count",
                          "is_met", "width"}  # fmt: skip
    assert plain["total_idr"] == sum(row["cost_idr"] for row in plain["rows"])
    assert (plain["width"], plain["budget_idr"], plain["remainder_idr"]) == (0.25, None, None)
    written = tmp_path / "FIKTIF_lapangan.csv"
    assert plain["file"] == str(written) and not out.exists()
    assert len(pd.read_csv(written)) == plain["household_count"]
    again = command("--level", "kabupaten", "--out", str(out))
    assert again.exit_code == 1 and "tidak ditimpa" in again.output


def test_the_command_tells_its_plan_and_its_refusals(command, tmp_path):
    outcome = command("--level", "kabupaten", "--budget", "60000000")
    assert outcome.exit_code == 0, outcome.output
    assert "Sisa anggaran: Rp" in outcome.output and "DATA FIKTIF" in outcome.output
    for arguments, sentence in (
        (["--width", "0"], "Rentang 0 poin"), (["--desa-cost", "-1"], "Biaya Rp -1"),
        (["--budget", "0"], "Anggaran Rp 0"), (["--out", str(tmp_path / "a.xlsx")], "bukan nama berkas CSV"),
        (["--level", "desa"], "per desa"),
    ):  # fmt: skip
        outcome = command(*arguments)
        assert outcome.exit_code == 1 and sentence in outcome.output, arguments


def test_another_period_than_those_loaded_is_refused(census):
    with pytest.raises(PetadesilError, match="empty_period"):
        plan_of(census, SCOPE.at(period=date(2020, 1, 1)))
