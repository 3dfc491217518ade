"""The page of scenarios, the form that stores one, and the command, on the census of builders.py."""

import json
import re

import pages_under_test
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from click.testing import CliRunner
from conftest import clone
from pages_under_test import heard, html_of, tables_of
from sqlalchemy import delete, select, text

from boundaries.levels import Level
from dashboard import cache
from dashboard.addresses import Asked
from dashboard.changes import change_lines
from dashboard.cli import main
from dashboard.commands import scenario as command
from dashboard.exports import csv_of
from dashboard.files.kinds import KINDS, file_of
from dashboard.layers import draw
from dashboard.questions import QUESTIONS
from dashboard.words import LANGUAGES, Words
from geo.engine import make_engine, read_only
from geo.plan_tables import scenario
from geo.scenario_write import mark_exported, store_scenario
from queries.plan_request import PlanRequest
from queries.planning import plan
from queries.scenario_comparison import scenario_difference
from queries.scenarios import scenario_of
from queries.scope import Scope

pytestmark = pytest.mark.postgis

WORDS = Words("id")
NBSP = "\N{NO-BREAK SPACE}"
DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
SIX = PlanRequest(budget_idr=14_900_000, rule="proportional", probability="register")
TEN = SIX.at(budget_idr=24_000_000)


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    engine = make_engine(clone(template, "test_scenario_page"))
    write_places(engine)
    household = draw_households()
    load(engine, tmp_path_factory.mktemp("scenario_page"), household, enrol(recipients(household), "pkh"))
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def serving(province, tmp_path):
    with province.begin() as connection:
        connection.execute(text("ALTER TABLE scenario DISABLE TRIGGER USER"))
        connection.execute(text("ALTER TABLE scenario_line DISABLE TRIGGER USER"))
        connection.execute(delete(scenario))
        connection.execute(text("ALTER TABLE scenario ENABLE TRIGGER USER"))
        connection.execute(text("ALTER TABLE scenario_line ENABLE TRIGGER USER"))
    with pages_under_test.serving(province, tmp_path):
        yield


def store(engine, request=SIX, scope=DESA, name="Sebanding", **changes):
    with engine.begin() as connection:
        record = scenario_of(plan(connection, scope, request), scope, name, "Bappeda", "") | changes
        return store_scenario(connection, **record)


def draw_form(request):
    import streamlit

    from dashboard import cache, navigation, state
    from dashboard.sections.scenario_form import store_form

    view = state.read_view(state.question_of("planning"))
    streamlit.session_state["pages"] = navigation.pages(view.words)
    scope = view.scope().at(wilayah="99", request=request)
    store_form(view, cache.budget_plan(scope, view.data_version))


def open_page(**parameters):
    return pages_under_test.open_page("scenarios", **parameters)


def open_form(request=SIX):
    return pages_under_test.open_part(draw_form, request.text, l="desa")


def links_of(page):
    return {element.proto.label: element.proto.query_string for element in page.get("page_link")}


def held(engine):
    with read_only(engine) as connection:
        return connection.execute(select(scenario).order_by(scenario.c.id)).all()


def test_without_a_scenario_the_page_says_what_to_do():
    for language in LANGUAGES:
        page = open_page(lang=language)
        assert not page.exception and not page.error
        assert Words(language)("scenario.empty", name="Provinsi Uji") in heard(page)
        assert not page.checkbox


def test_a_plan_is_stored_with_a_name_and_an_author(province):
    page = open_form()
    page.text_input(key="scenario_name").set_value("Merata")
    page.text_input(key="scenario_by").set_value("Ani")
    page.button[0].click().run()
    assert not page.exception
    (row,) = held(province)
    assert (row.name, row.author, row.request, row.wilayah_kode) == ("Merata", "Ani", SIX.text, "99")
    assert f"Tersimpan sebagai skenario No. {row.id}, “Merata”." in heard(page)
    assert f"b={row.id}" in links_of(page)[WORDS("scenario.stored.link")]


@pytest.mark.parametrize(("name", "author"), [("", "Ani"), ("Merata", ""), ("  ", "Ani")])
def test_without_a_name_or_an_author_nothing_is_stored(province, name, author):
    page = open_form()
    page.text_input(key="scenario_name").set_value(name)
    page.text_input(key="scenario_by").set_value(author)
    page.button[0].click().run()
    assert not page.exception and len(page.warning) == 1 and held(province) == []


def test_what_was_typed_is_text_and_never_markup(province):
    name = "**tebal** [a](http) <b>x</b> $y$"
    one = store(province, name=name, author="_Ani_ <i>", note="![x](y) :red[z]")
    other = store(province, TEN, name="<script>alert(1)</script>")
    for parameters in ({}, {"b": f"{one}"}, {"b": f"{one}-{other}"}):
        page = open_page(**parameters)
        assert not page.exception and not page.error
        assert not re.search(r"<(b|script|i)>(x|alert|<)", html_of(page))
        for element in [*page.markdown, *page.caption, *page.header]:
            assert "**tebal**" not in element.value.replace("\\*", "") and "](http" not in element.value
            assert ":red[" not in element.value and "![" not in element.value


def test_the_list_names_each_scenario_and_its_figures(province):
    one = store(province)
    with province.begin() as connection:
        mark_exported(connection, one)
    store(province, TEN, name="Lebih besar", data_version="lama")
    page = open_page()
    assert "**2 skenario** tersimpan untuk Provinsi Uji" in heard(page) and "**1** di antaranya" in heard(page)
    assert [tick.label.replace("\\", "") for tick in page.checkbox][-1] == f"Pilih No. {one}"
    assert "Bappeda · " in heard(page) and "Provinsi Uji per desa/kelurahan · PKH · sebanding celah" in heard(page)
    assert f"46,9{NBSP}% → 28,1{NBSP}%" in html_of(page)
    assert f"Rp 14,9{NBSP}juta" in html_of(page).replace(f"Rp{NBSP}", "Rp ")
    assert WORDS("scenario.badge.outdated") in html_of(page) and WORDS("scenario.badge.exported") in html_of(page)
    assert "KPM dijangkau" in html_of(page)


def test_the_list_holds_the_chosen_wilayah_and_those_below(province):
    store(province)
    store(province, SIX.at(budget_idr=4_800_000), DESA.at(wilayah="99.01"), name="Barat saja")
    names = set(links_of(open_page(w="99.01")))
    assert "**Barat saja**" in names and "**Sebanding**" not in names


def test_ticked_scenarios_are_put_beside_one_another(province):
    ids = [store(province), store(province, TEN, name="Lebih besar")]
    page = open_page()
    assert page.button(key="scenario_compare").disabled
    for one in ids:
        page.checkbox(key=f"scenario_ticked_{one}").check()
    page.run()
    assert not page.button(key="scenario_compare").disabled
    page.button(key="scenario_compare").click().run()
    assert page.query_params["b"] == "-".join(map(str, ids)) and page.query_params["l"] == "desa"
    assert not page.exception and not page.error
    assert "“Lebih besar” menjangkau **4 KPM lebih banyak** daripada “Sebanding”" in heard(page)
    rows = {row[0]: row[1:] for row in tables_of(page) if len(row) == 3}
    assert rows["◆ Dijangkau"] == ["6", "10"] and rows["◆ Pagu"] == [f"Rp{NBSP}14.900.000", f"Rp{NBSP}24.000.000"]
    assert rows["Tahun anggaran"] == ["2027", "2027"]
    (table,) = [frame.value for frame in page.dataframe if "Beda Rp No. " + str(ids[1]) in frame.value.columns]
    assert table[f"Beda No. {ids[1]}"].sum() == 4


def test_no_more_than_three_can_be_ticked(province):
    ids = [store(province, SIX.at(budget_idr=2_400_000 * count), name=f"Ke-{count}") for count in (1, 2, 3, 4)]
    page = open_page()
    for one in ids[:3]:
        page.checkbox(key=f"scenario_ticked_{one}").check()
    page.run()
    assert page.checkbox(key=f"scenario_ticked_{ids[3]}").disabled
    page.button(key="scenario_compare").click().run()
    assert not page.exception and len([row for row in tables_of(page) if len(row) == 4]) > 10
    assert page.segmented_control(key="scenario_map_of").value == str(ids[1])
    page.segmented_control(key="scenario_map_of").set_value(str(ids[2])).run()
    assert not page.exception


@pytest.mark.parametrize(
    "parameters", [{"l": "kabupaten"}, {"w": "99.01.01", "lang": "en"}, {"w": "99.01.01.2001"}, {"w": "ID"}]
)
def test_a_comparison_can_be_looked_at_from_every_wilayah(province, parameters):
    ids = [store(province), store(province, TEN)]
    page = open_page(b="-".join(map(str, ids)), **parameters)
    assert not page.exception and not page.error and len(page.header) == 1


def test_scenarios_that_do_not_mean_the_same_are_refused_in_words(province):
    ids = [store(province), store(province, SIX.at(target="BLT", unit="person"))]
    page = open_page(b="-".join(map(str, ids)))
    assert not page.exception and "satuan-nya berbeda: keluarga, jiwa" in page.error[0].value.replace("\\", "")


def test_one_scenario_shows_its_rules_its_assumptions_and_its_rows(province):
    one = store(province, SIX.at(weights=(300, *(100,) * 9)), note="untuk rapat")
    for language in LANGUAGES:
        page = open_page(b=str(one), lang=language)
        assert not page.exception and not page.error
    rows = {row[0]: row[1:] for row in tables_of(open_page(b=str(one)))}
    assert rows["Ukuran"][-1:] == [""] and rows["Dijangkau"][0] == "6" and len(rows["Dijangkau"]) == 6
    assert rows["Bobot desil 1 sampai 10"] == ["3; 1; 1; 1; 1; 1; 1; 1; 1; 1"] and rows["Lama"] == ["12 bulan"]
    page = open_page(b=str(one))
    assert "untuk rapat" in heard(page) and "**6** dari **15** KPM" in heard(page)
    (table,) = [frame.value for frame in page.dataframe]
    assert len(table) == 6


def test_a_scenario_leads_to_the_plan_that_it_is_of(province):
    page = open_page(b=str(store(province)))
    query = links_of(page)[WORDS("scenario.open")]
    assert f"b={SIX.text}" in query and "w=99" in query and "l=desa" in query and "t=pkh" in query


def test_exact_figures_are_not_on_a_page_of_published_ones(province):
    one = store(province)
    page = open_page(b=str(one), d="published")
    assert not page.exception and "angka tepat" in page.error[0].value
    listed = open_page(d="published")
    assert "1 skenario berangka tepat tidak ditampilkan" in heard(listed)
    assert "Sebanding" not in heard(listed) + html_of(listed) and "Belum ada skenario" not in heard(listed)
    shown = store(province, scope=DESA.at(disclosure="published"), name="Terbitan")
    page = open_page(b=str(shown), d="published")
    assert not page.error and not page.exception
    (table,) = [frame.value for frame in page.dataframe]
    assert "<10" in set(table[WORDS("column.need_count")])


def test_running_again_keeps_the_old_one_and_shows_what_moved(province):
    one = store(province, data_version="lama")
    page = open_page(b=str(one))
    assert WORDS("scenario.is.outdated") in heard(page)
    page.text_input(key="scenario_again_by").set_value("Budi").run()
    page.button(key="scenario_again").click().run()
    first, second = held(province)
    assert (first.id, second.based_on_id, second.author, second.name) == (one, one, "Budi", "Sebanding")
    assert page.query_params["b"] == f"{one}-{second.id}" and not page.exception
    assert WORDS("scenario.compare.title.again") in heard(page) and WORDS("scenario.compare.unmoved") in heard(page)


def test_running_again_needs_an_author(province):
    page = open_page(b=str(store(province)))
    page.button(key="scenario_again").click().run()
    assert not page.exception and any("penyusun" in one.value for one in page.warning) and len(held(province)) == 1


def test_a_scenario_is_deleted_after_it_was_confirmed(province):
    one = store(province)
    page = open_page(b=str(one))
    page.button(key="scenario_delete").click().run()
    assert held(province) == [] and "b" not in page.query_params and not page.exception
    assert f"Skenario No. {one} dihapus." in heard(page)


def test_an_exported_scenario_cannot_be_deleted_and_says_so(province):
    one = store(province)
    before = open_page(b=str(one))
    assert {element.proto.url.rpartition(".")[2] for element in before.get("link_button")} == {"xlsx", "pdf"}
    with province.begin() as connection:
        mark_exported(connection, one)
    page = open_page(b=str(one))
    assert not [button for button in page.button if button.key == "scenario_delete"]
    assert "tidak dapat lagi diubah atau dihapus" in heard(page)


@pytest.mark.parametrize("given", ["²", "1-2-3-4-5", "y2027", "0", "x" * 500, "1--2", "9" * 20])
def test_a_hostile_link_gets_a_page_or_one_sentence(given):
    page = open_page(b=given)
    assert not page.exception and len(page.error) <= 1


def test_the_map_the_list_and_the_file_hold_both_scenarios(province):
    ids = [store(province), store(province, TEN)]
    scope = DESA.at(request="-".join(map(str, ids)))
    with read_only(province) as connection:
        result = scenario_difference(connection, scope)
    measure = QUESTIONS["scenarios"].measures[0]
    lines = dict(zip(result.frame["name"], change_lines(result, measure, WORDS, "keluarga"), strict=True))
    assert lines["Tujuh"][0] == "Beda yang dijangkau: tidak ada data"
    assert lines["Enam"][1].startswith(f"No. {ids[0]}: ")
    assert "planned_rise_count" in csv_of(result, WORDS).decode("utf-8-sig")
    for key in ("planned_rise_count", "uncovered_rise_count"):
        assert draw(Asked("fill", "scenarios", key, scope, "id", cache.data_state().version))
    asked = Asked("export", "scenarios", "planned_rise_count", scope, "id", cache.data_state().version)
    assert all(file_of(asked, kind) for kind in KINDS)


@pytest.fixture
def run(province, monkeypatch):
    from contextlib import contextmanager

    @contextmanager
    def chosen(settings, wilayah, demo):
        yield province

    monkeypatch.setattr(command, "chosen_engine", chosen)

    def call(*arguments, **options):
        return CliRunner().invoke(main, ["--lang", "id", "scenario", *map(str, arguments)], **options)

    return call


def test_the_command_lists_shows_compares_runs_again_and_deletes(province, run):
    assert "Belum ada skenario" in run("list").output
    one, other = store(province), store(province, TEN, name="Lebih besar")
    assert "Lebih besar" in run("list").output
    listed = json.loads(run("list", "--json").output)
    assert [row["id"] for row in listed["scenarios"]] == [other, one] and listed["withheld"] == 0
    shown = json.loads(run("show", one, "--json").output)
    assert sum(line["planned_count"] for line in shown["lines"]) == 6 and shown["budget_idr"] == 14_900_000
    assert "Sebanding" in run("show", one).output
    compared = json.loads(run("compare", one, other, "--json").output)
    assert compared["differing"] == ["budget_idr"] and sum(row["planned_change_2"] for row in compared["rows"]) == 4
    assert "Asumsi yang berbeda: Pagu" in run("compare", one, other).output
    again = json.loads(run("rerun", one, "--author", "Ani", "--json").output)
    assert again["based_on_id"] == one and again["after"]["author"] == "Ani"
    assert run("delete", other, input="n\n").exit_code != 0 and len(held(province)) == 3
    assert run("delete", other, "--yes").exit_code == 0 and len(held(province)) == 2


def test_the_command_says_what_it_cannot_do(province, run):
    one = store(province)
    with province.begin() as connection:
        mark_exported(connection, one)
    refused = run("delete", one, "--yes")
    assert refused.exit_code == 1 and "sudah diekspor" in refused.output
    assert "tidak ada di basis data ini" in run("show", one + 99).output
    assert "dua atau tiga" in run("compare", one).output
