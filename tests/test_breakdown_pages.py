"""The breakdowns of the targeting page and the page of another rule or register, on the census of builders.py."""

import csv
import io
from dataclasses import replace
from datetime import date

import pages_under_test
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from pages_under_test import open_page, said, tables_of
from streamlit.proto.Metric_pb2 import Metric

from boundaries.levels import Level
from dashboard import cache, state
from dashboard.addresses import Asked
from dashboard.changes import change_lines, change_scale, points
from dashboard.exports import csv_name, csv_of
from dashboard.layers import draw
from dashboard.panels import Own
from dashboard.questions import QUESTIONS
from dashboard.scales import STATUS_COLOURS
from dashboard.sections.breakdowns import BREAKDOWNS
from dashboard.words import LANGUAGES, Words
from geo.engine import make_engine, read_only
from queries.catalogue import QUERIES
from queries.columns import Status
from queries.rules import list_rules
from queries.scope import Scope

pytestmark = pytest.mark.postgis

DTKS, EARLIER = date(2025, 3, 1), date(2026, 9, 1)
WORDS = Words("id")
DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
NBSP = "\N{NO-BREAK SPACE}"


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    """Two months of DTSEN and an older one of DTKS, which lists the poorest alone and enrols those of desil 1."""
    engine = make_engine(clone(template, "test_breakdown_pages"))
    folder = tmp_path_factory.mktemp("breakdown_pages")
    write_places(engine)
    household = draw_households()
    poorest = household[household["desil"] == "1"]
    enrolled = [enrol(recipients(household), "pkh"), enrol(poorest, "sembako", amount_idr="2400000")]
    for period in (EARLIER, PERIOD):
        load(engine, folder, household, type(household)(_stacked(enrolled)), period=period)
    listed = household[household["desil"].isin(list("1234"))].assign(verified_on="2024-01-15")
    load(engine, folder / "dtks", listed, enrol(poorest, "pkh"), period=DTKS, scheme="dtks")
    yield engine
    engine.dispose()


def _stacked(frames):
    return {column: [value for frame in frames for value in frame[column]] for column in frames[0].columns}


@pytest.fixture(autouse=True)
def serving(province, tmp_path):
    with pages_under_test.serving(province, tmp_path):
        yield


def draw_section():
    from dashboard import state
    from dashboard.sections import breakdowns

    breakdowns.section(state.read_view(state.question_of("targeting-errors")))


def open_section(**parameters):
    return pages_under_test.open_part(draw_section, **parameters)


def ask(engine, name, scope):
    with read_only(engine) as connection:
        return QUERIES[name](connection, scope)


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_every_breakdown_is_drawn_in_both_languages(name):
    for language in LANGUAGES:
        page = open_section(b=name, lang=language)
        assert not page.exception and not page.error
        assert page.pills(key="breakdown").value == name
        assert len(tables_of(page)) > 2


@pytest.mark.parametrize("name", BREAKDOWNS)
def test_every_breakdown_can_stand_with_small_cells_hidden_and_under_dtks(name):
    for parameters in (
        {"d": "published"}, {"p": "2025-03"}, {"w": "99.01.01"}, {"w": "99.01.01.2001"}, {"t": "sembako"},
    ):  # fmt: skip
        page = open_section(b=name, **parameters)
        assert not page.exception and not page.error, parameters


def test_the_causes_are_counted_as_by_hand():
    page = open_page("targeting-errors")
    assert "Sebab terbanyak di Provinsi Uji: **desil di atas batas**, **4** keluarga" in said(page).replace("\\", "")
    assert ["desil di atas batas", "4", f"100,0{NBSP}%", f"Rp{NBSP}3,6{NBSP}juta"] in tables_of(page)


def test_desil_adds_up_to_the_page_s_own_figures():
    rows = {row[0]: row[1:] for row in tables_of(open_section(b="desil"))}
    assert rows["1"][:4] == ["11", "7", "4", f"36,4{NBSP}%"]
    assert rows["5"][:5] == ["0", "0", "0", "t.b.", "2"]
    assert "Belum ada desil" in rows


def test_programs_seen_as_one_are_kept_in_the_address():
    page = open_section(b="programs-pkh-sembako")
    assert page.multiselect(key="breakdown_programs").value == ["pkh", "sembako"]
    page.multiselect(key="breakdown_programs").set_value(["pkh"]).run()
    assert page.query_params["b"] == "programs-pkh"
    assert "**15 dari 32** keluarga" in said(page)


@pytest.mark.parametrize("name", ["causes", "overlap"])
def test_a_breakdown_that_is_published_down_to_the_kecamatan_says_so_at_a_desa(name):
    exact, published = (open_section(b=name, w="99.01.01.2001", l="desa", **kind) for kind in ({}, {"d": "published"}))
    assert not published.exception and WORDS("breakdown.not_published") in said(published)
    assert not tables_of(published) and WORDS("breakdown.not_published") not in said(exact) and tables_of(exact)


def test_a_breakdown_that_stops_at_the_kecamatan_says_so_and_leads_there():
    page = open_section(w="99.01.01.2001", b="groups")
    assert "tidak disimpan per desa" in said(page)
    next(button for button in page.button if "Hulu" in button.label).click().run()
    assert page.query_params["w"] == "99.01.01" and page.query_params["b"] == "groups"
    assert not page.exception and len(tables_of(page)) > 8


def test_a_breakdown_is_exported_with_the_figures_of_the_screen(province):
    result = ask(province, "inclusion-causes", DESA.itself())
    assert csv_name("inclusion-causes", result) == "FIKTIF_inclusion-causes_99_provinsi_pkh_2026-10.csv"
    rows = list(csv.DictReader(io.StringIO(csv_of(result, WORDS).decode("utf-8-sig"))))
    assert {row["cause"]: row["leak_count"] for row in rows}["above_limit"] == "4"
    together = ask(province, "program-set", DESA.itself().at(programs=("pkh", "sembako")))
    assert csv_name("program-set", together) == "FIKTIF_program-set_99_provinsi_pkh-sembako_2026-10.csv"


def test_the_page_is_never_empty_and_starts_one_desil_wider():
    page = open_page("what-if")
    assert "Bila batasnya desil 1–5, **5 keluarga** lagi di Provinsi Uji menjadi layak" in said(page)
    assert f"eksklusi menjadi **48,6{NBSP}%** dari **46,9{NBSP}%**" in said(page)
    assert [page.number_input(key=key).value for key in ("other_low", "other_high")] == [1, 5]
    assert "x" not in page.query_params, "what nobody chose stays out of the link"
    rows = {row[0]: row[1:] for row in tables_of(page) if len(row) == 4}
    assert rows["Layak"] == ["32", "37", "+5"]
    assert rows["Menerima, tidak layak"] == ["4", "2", "−2"]


def test_two_registers_of_different_populations_are_not_called_better_or_worse():
    figures = open_page("what-if", a="2025-03").metric
    assert [figure.color for figure in figures[:2]] == [Metric.MetricColor.GRAY] * 2


def test_limits_are_chosen_and_kept_in_the_link():
    page = open_page("what-if")
    page.number_input(key="other_high").set_value(3).run()
    assert page.query_params["x"] == "1-3"
    assert "tidak lagi layak" in said(page)
    page.number_input(key="other_low").set_value(6).run()
    assert page.query_params["x"] == "6-6" and not page.exception


def test_the_rule_of_another_date_is_offered_from_the_rules(province):
    page = open_page("what-if", t="sembako")
    page.segmented_control(key="other_mode").set_value("rule").run()
    assert page.query_params["r"] == "2021-04-01" and "x" not in page.query_params
    assert "Menurut aturan 1 April 2021" in said(page) and not page.exception
    with read_only(province) as connection:
        rules = list_rules(connection, "sembako")
    limits = {rule.valid_from: rule.limits for rule in rules}
    assert list(limits.items()) == [(date(2025, 5, 1), (1, 5)), (date(2021, 4, 1), (1, 4))]
    assert [rule.holds_on(date(2025, 4, 30)) for rule in rules] == [False, True]


def test_a_rule_that_cannot_be_tried_says_why_and_keeps_the_choice():
    page = open_page("what-if", r="2019-01-01")
    assert not page.exception and not page.error
    assert "Tidak ada aturan PKH yang berlaku pada 2019-01-01" in said(page)
    assert page.segmented_control(key="other_mode").value == "rule"


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("x", ["5-1", "0-4", "1-11", "²", "1-2-3", "x" * 5000]),
        ("r", ["2026", "٣", "1900-01-01", "[a](b)"]),
        ("a", ["2031-01", "-"]),
        ("b", ["programs-²", "<b>x</b>", "x" * 5000]),
    ],
)
def test_a_hostile_link_gets_a_page_or_one_sentence_and_never_a_trace(key, values):
    for value in values:
        page = open_page("what-if", **{key: value})
        assert not page.exception, value
        assert len(page.error) + len(page.warning) == (key != "b"), value


def test_dtks_beside_dtsen_names_both_and_warns_of_two_populations():
    page = open_page("what-if", a="2025-03")
    assert "Menurut register Maret 2025 · DTKS, **32 keluarga**" in said(page)
    assert "dua penduduk yang berbeda" in said(page)
    rows = {row[0]: row[1:] for row in tables_of(page) if len(row) == 4}
    assert rows["Inklusi"][1:] == ["tidak berlaku", "–"] and rows["Inklusi"][0] != "tidak berlaku"
    assert page.selectbox(key="filter_period").options[-1] == "Maret 2025 · DTKS"


def test_the_period_that_is_compared_with_changes_places_with_the_one_chosen():
    page = open_page("what-if", a="2025-03")
    page.selectbox(key="filter_period").set_value(DTKS).run()
    assert (page.query_params["p"], page.query_params["a"]) == ("2025-03", "2026-10")
    assert not page.exception


def test_the_list_the_tooltip_and_the_file_hold_both_sides(province):
    scope = DESA.at(limits=(1, 5))
    result = ask(province, "comparison", scope)
    measure = QUESTIONS["what-if"].measures[0]
    lines = dict(zip(result.frame["name"], change_lines(result, measure, WORDS, "keluarga"), strict=True))
    assert lines["Satu"] == [
        "Perubahan eksklusi: 0,0 poin",
        f"Berlaku: 50,0{NBSP}% (6 dari 12 keluarga layak)",
        f"Andai: 50,0{NBSP}% (7 dari 14 keluarga layak)",
    ]
    assert lines["Tujuh"][0] == "Perubahan eksklusi: tidak ada data"
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(csv_of(result, WORDS).decode("utf-8-sig")))}
    assert (rows["Satu"]["eligible_count"], rows["Satu"]["eligible_count_other"]) == ("12", "14")
    asked = Asked("fill", "what-if", measure.key, scope, "id", cache.data_state().version)
    assert draw(asked)


def test_colours_of_a_change_turn_at_nought_and_are_never_red_or_green():
    scale = change_scale(QUESTIONS["what-if"].measures[0])
    middle = scale.colours[len(scale.colours) // 2]
    assert scale.colour(0.0, Status.ok) == middle
    assert scale.colour(-0.2, Status.ok) == scale.colours[0] and scale.colour(0.2, Status.ok) == scale.colours[-1]
    assert scale.colour(0.2, Status.not_applicable) == STATUS_COLOURS[Status.not_applicable]
    assert len(scale.legend(WORDS, {"ok"})) == len(scale.colours) == len(scale.limits) + 1
    assert points(-0.0004, WORDS) == "0,0" and points(None, WORDS) == "–"


def test_a_change_is_told_only_between_registers_of_one_scheme():
    seen = []

    def view_of(period):
        page = pages_under_test.open_part(_read, p=f"{period:%Y-%m}")
        return page.session_state["seen"]

    for period in (PERIOD, EARLIER, DTKS):
        view = view_of(period)
        seen.append(Own(view).before_period)
    assert seen == [EARLIER, None, None]


def _read():
    import streamlit

    from dashboard import state

    streamlit.session_state["seen"] = state.read_view(state.question_of("targeting-errors"))


def test_limits_to_start_with_are_one_wider_or_one_narrower(province):
    with read_only(province) as connection:
        rule = list_rules(connection, "pkh")[0]
    assert state.first_limits(rule) == (1, 5)
    assert state.first_limits(replace(rule, limits=(3, 10))) == (3, 9)
    assert state.first_limits(replace(rule, limits=(10, 10))) == (9, 10)
