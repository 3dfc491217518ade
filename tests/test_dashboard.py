"""The pages run by Streamlit's own tester, and the routes beside them, on a province of sixty households."""

import csv
import gzip
import io
import json

import pytest
import streamlit as st
from builders import PERIOD
from pages_under_test import fetch, open_app, open_part, said, serve, serving
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from boundaries.levels import Level
from dashboard import cache, navigation, server
from dashboard.addresses import Asked
from dashboard.charts import cause_chart, cause_rows, desil_rows
from dashboard.layers import draw
from dashboard.scales import STATUS_COLOURS, rgb_of
from dashboard.words import Words
from geo.engine import read_only
from queries.columns import Status
from queries.coverage import coverage
from queries.desil import desil_distribution
from queries.scope import Scope

pytestmark = pytest.mark.postgis

DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")


@pytest.fixture(autouse=True)
def first_page(monkeypatch):
    """Open on the page of coverage: what is asked here holds of every page, and its numbers are easy to count."""
    monkeypatch.setattr(navigation, "DEFAULT_PAGE", "coverage-gaps")


@pytest.fixture
def province(shared_census, tmp_path):
    with serving(shared_census, tmp_path):
        yield shared_census


@pytest.fixture
def own_province(own_census, tmp_path):
    with serving(own_census, tmp_path):
        yield own_census


def answer(asked, folder="shapes", token=None, headers=()):
    token = cache.signer().token(asked) if token is None else token
    kind, route = ("csv", server.exports_route) if folder == "exports" else ("geojson", server.shapes_route)
    return fetch(route, f"/{folder}/{token}.{kind}", headers)


def asked_for(part, scope=DESA, measure="exclusion_rate"):
    return Asked(part, "coverage-gaps", measure, scope, "id", cache.data_state().version)


def features(response):
    drawn = json.loads(gzip.decompress(response.body))
    return {feature["properties"]["name"]: feature["properties"] for feature in drawn["features"]}


def test_the_first_page_answers_in_one_sentence(province):
    page = open_app()
    assert not page.exception and not page.error
    assert "**15 dari 32** keluarga layak" in said(page)
    assert [metric.value for metric in page.metric][:2] == ["15", "53,1\N{NO-BREAK SPACE}%"]
    assert (page.query_params["w"], page.query_params["l"]) == ("99", "kabupaten")


def test_the_page_speaks_english_when_the_link_says_so(province):
    page = open_app(lang="en")
    assert "**15 of 32** eligible households" in said(page)
    assert page.segmented_control(key="filter_language").value == "en"


def test_a_link_restores_the_view(province):
    page = open_app(w="99.01.01.2001", l="desa", m="gap_count")
    assert "**6 dari 12** keluarga layak" in said(page)
    assert page.radio(key="filter_measure").value == "gap_count"


def test_small_cells_can_be_hidden_on_fictional_data(province):
    page = open_app(w="99.01.01.2001", l="desa", d="published")
    assert "**<10 dari" in said(page)
    page.toggle(key="filter_disclosure").set_value(False).run()
    assert "**6 dari 12**" in said(page)
    assert "d" not in page.query_params


def test_a_keeper_can_rule_out_exact_figures(province, tmp_path):
    serve(province, tmp_path, disclosure="published")
    page = open_app(w="99.01.01.2001", l="desa")
    assert "**<10 dari" in said(page)
    assert not [toggle for toggle in page.toggle if toggle.key == "filter_disclosure"]
    assert answer(asked_for("fill")).status_code == 403


def make_real(engine):
    with engine.begin() as connection:
        connection.execute(text("UPDATE source SET is_fictional = false"))


def test_a_register_that_is_not_fictional_is_never_shown_exact(own_province, tmp_path):
    make_real(own_province)
    serve(own_province, tmp_path)
    assert "**<10 dari" in said(open_app(w="99.01.01.2001", l="desa", d="exact"))
    assert answer(asked_for("fill")).status_code == 403


def test_a_keeper_who_sets_exact_figures_for_real_data_is_refused(own_province, tmp_path):
    make_real(own_province)
    serve(own_province, tmp_path, disclosure="exact")
    page = open_app(w="99.01.01.2001", l="desa")
    assert len(page.error) == 1 and "fiktif" in page.error[0].value
    assert not page.metric
    assert answer(asked_for("fill")).status_code == 403


def badges(page):
    return [element for element in page.get("html") if "DATA FIKTIF" in element.proto.body]


def test_the_badge_stands_where_the_answer_rests_on_fiction_and_nowhere_else(own_province, tmp_path):
    assert badges(open_app())
    make_real(own_province)
    serve(own_province, tmp_path)
    page = open_app()
    assert page.metric and not badges(page)


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"w": "99.55"}, "99.55"),
        ({"w": "sembarang"}, "sembarang"),
        ({"p": "2031-01"}, "2026-10"),
        ({"t": "blt"}, "blt"),
        ({"l": "rt"}, "kecamatan"),
        ({"w": "99", "s": "12"}, "12"),
        ({"w": "99", "s": "2-5", "d": "published"}, "2,5"),
    ],
)
def test_a_link_that_cannot_be_followed_gets_one_sentence(province, parameters, words):
    page = open_app(**parameters)
    assert not page.exception
    assert len(page.error) == 1 and words in page.error[0].value.replace("\\", "")
    assert not page.metric


HOSTILE = ["²", "٣", "9" * 5000, "1-2-", "-", "\0", "' OR 1=1 --", "[a](https://localhost)", "<b>x</b>",
           "{0.__class__}"]  # fmt: skip


@pytest.mark.parametrize("key", ["w", "l", "p", "t", "m", "s", "lang", "d"])
def test_a_hostile_link_gets_a_page_or_one_sentence_and_never_a_trace(province, key):
    page = AppTest.from_file(str(server.SCRIPT), default_timeout=60)
    for value in HOSTILE:
        page.query_params.clear()
        page.query_params[key] = value
        page.run()
        assert not page.exception, value
        assert bool(page.metric) != bool(page.error), value
        assert not any("](" in error.value or "://" in error.value for error in page.error)


def test_a_database_that_is_down_gets_one_sentence(tmp_path):
    st.cache_data.clear()
    cache.configure("postgresql+psycopg://nobody@/none?host=/nowhere", tmp_path)
    page = open_app()
    assert not page.exception
    assert len(page.error) == 1 and "Traceback" not in page.error[0].value


def test_data_that_change_while_a_page_is_read_are_not_kept_under_the_old_version(own_province):
    old = cache.data_state().version
    with own_province.begin() as connection:
        connection.execute(text("UPDATE source SET sha256 = sha256 || '0' WHERE kind = 'register'"))
    for read in (
        lambda: cache.answer("coverage-gaps", DESA, old),
        lambda: cache.concentration(DESA, old),
        lambda: cache.scale("coverage-gaps", "gap_count", DESA, old),
        lambda: draw(Asked("outline", "", "", DESA, "", old)),
    ):
        with pytest.raises(cache.StaleData):
            read()
    assert cache.data_state().version != old


def test_a_page_that_meets_new_data_is_drawn_once_more(own_province):
    cache.data_state()
    with own_province.begin() as connection:
        connection.execute(text("UPDATE source SET sha256 = sha256 || '0' WHERE kind = 'register'"))
    page = open_app()
    assert not page.exception and not page.error
    assert "**15 dari 32** keluarga layak" in said(page)


def test_a_route_that_meets_new_data_refuses_the_old_address(own_province):
    asked = asked_for("fill")
    with own_province.begin() as connection:
        connection.execute(text("UPDATE source SET sha256 = sha256 || '0' WHERE kind = 'register'"))
    assert answer(asked).status_code == 403


def test_a_register_of_the_poorest_says_nothing_of_inclusion(own_province, tmp_path):
    with own_province.begin() as connection:
        connection.execute(text("UPDATE source SET scheme = 'dtks' WHERE kind = 'register'"))
    serve(own_province, tmp_path)
    page = open_part(draw_targeting)
    assert not page.exception
    assert "**15 dari 32** keluarga layak" in said(page)
    assert "penerima (" not in said(page)
    assert [metric.value for metric in page.metric][1::2] == ["tidak berlaku", "tidak berlaku"]


def draw_targeting():
    import streamlit

    from dashboard import navigation
    from dashboard.pages import targeting_errors
    from dashboard.words import Words

    streamlit.session_state["pages"] = navigation.pages(Words("id"))
    targeting_errors.render()


def test_a_program_without_recipients_on_record_is_not_called_a_missing_register(province):
    page = open_app(t="sembako")
    assert "belum ada register" not in said(page).lower()
    assert "Belum ada data penerima" in said(page)


def test_a_wilayah_without_boundaries_says_so_and_keeps_its_list(own_province, tmp_path):
    with own_province.begin() as connection:
        connection.execute(text("DELETE FROM boundary_shape WHERE level = 4"))
    serve(own_province, tmp_path)
    page = open_app(w="99.01", l="desa")
    assert not page.exception
    assert any("load boundaries" in note.value for note in page.info)
    assert not [element for element in page.main if element.type == "deck_gl_json_chart"]


def test_a_share_needs_fifty_below_it_and_neither_part_masked(province):
    exact, published = open_app(), open_app(d="published")
    assert any("dari celah" in (metric.delta or "") for metric in exact.metric)
    assert published.metric and not any("dari celah" in (metric.delta or "") for metric in published.metric)


def test_bars_by_desil_take_their_shares_from_the_answer(province):
    with read_only(province) as connection:
        exact, published = (
            desil_rows(desil_distribution(connection, DESA.itself().at(disclosure=disclosure)), (1,), Words("id"))
            for disclosure in ("exact", "published")
        )
    assert sum(row["share"] for row in exact) == pytest.approx(1)
    assert [row["is_chosen"] for row in exact] == [row["desil"] == "1" for row in exact]
    small = [row for row in published if row["text"] == "<10"]
    assert small and all(row["share"] is None for row in small)


def test_two_wilayah_of_one_name_are_two_bars(own_province):
    with own_province.begin() as connection:
        connection.execute(text("UPDATE wilayah SET name = 'Satu' WHERE kode = '99.01.01.2002'"))
    with read_only(own_province) as connection:
        result = coverage(connection, DESA)
    causes, rows = cause_rows(result, Words("id"))
    chart = cause_chart(causes, rows, "desa", Words("id")).to_dict()
    assert chart["encoding"]["y"]["field"] == "kode"
    assert len({row["kode"] for row in rows if row["name"] == "Satu"}) == 2
    assert '"99.01.01.2002": "Satu"' in chart["encoding"]["y"]["axis"]["labelExpr"]


def test_an_empty_database_says_what_to_load(database, tmp_path):
    serve(database, tmp_path)
    page = open_app()
    assert not page.exception
    assert "petadesil load register" in page.error[0].value


def test_the_map_names_its_shapes_by_address_and_holds_none(province):
    page = open_app()
    deck = next(element for element in page.main if element.type == "deck_gl_json_chart")
    sent = json.loads(deck.proto.json)
    assert len(deck.proto.json) < 8_000
    assert all(layer["data"].startswith("/shapes/") for layer in sent["layers"])
    assert not sent.get("mapProvider") and "http" not in deck.proto.json
    fill, *others = sent["layers"]
    assert fill["pickable"] and not fill["stroked"]
    assert not any(layer["pickable"] for layer in others)


def test_shapes_carry_the_colour_and_the_tooltip_of_the_answer(province):
    response = answer(asked_for("fill"))
    assert response.status_code == 200 and response.headers["content-encoding"] == "gzip"
    drawn = features(response)
    assert drawn["Satu"]["value"] == "50,0\N{NO-BREAK SPACE}%"
    assert "6 dari 12 keluarga layak" in drawn["Satu"]["lines"]
    assert tuple(drawn["Tujuh"]["c"]) == rgb_of(STATUS_COLOURS[Status.no_data])
    assert tuple(drawn["Empat"]["c"]) == rgb_of(STATUS_COLOURS[Status.not_applicable])


def test_published_shapes_give_no_small_count_away(province):
    drawn = features(answer(asked_for("fill", DESA.at(disclosure="published"))))
    assert tuple(drawn["Satu"]["c"]) == tuple(drawn["Dua"]["c"]) == rgb_of(STATUS_COLOURS[Status.suppressed])
    assert "6 dari" not in drawn["Satu"]["lines"]


def test_the_same_address_is_answered_from_the_browser_s_own_copy(province):
    first = answer(asked_for("fill"))
    again = answer(asked_for("fill"), headers=[(b"if-none-match", first.headers["etag"].encode())])
    assert again.status_code == 304 and not again.body
    assert "max-age" in first.headers["cache-control"] and "private" in first.headers["cache-control"]


def test_a_wrong_token_learns_nothing(province):
    refused = answer(None, token="made.up")
    assert refused.status_code == 404 and refused.body == b"not found"
    export = cache.signer().token(asked_for("export"))
    assert answer(None, token=export).status_code == 404


def test_a_token_of_older_data_has_expired(province):
    old = Asked("fill", "coverage-gaps", "exclusion_rate", DESA, "id", "older")
    assert answer(old).status_code == 403


def test_the_export_names_its_fiction_and_holds_the_screen_s_figures(province):
    response = answer(asked_for("export"), "exports")
    assert "FIKTIF_coverage-gaps_99_desa_pkh_2026-10.csv" in response.headers["content-disposition"]
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(response.body.decode("utf-8-sig")))}
    assert rows["Satu"]["gap_count"] == "6" and float(rows["Satu"]["exclusion_rate"]) == 0.5
    assert rows["Tujuh"]["gap_count"] == "" and rows["Tujuh"]["status"] == "no_data"


def test_a_published_export_holds_no_small_count(province):
    published = answer(asked_for("export", DESA.at(disclosure="published")), "exports")
    rows = {row["name"]: row for row in csv.DictReader(io.StringIO(published.body.decode("utf-8-sig")))}
    assert rows["Satu"]["gap_count"] == "<10" and rows["Satu"]["exclusion_rate"] == ""


def test_a_name_that_is_a_formula_is_neutralised(own_province, tmp_path):
    with own_province.begin() as connection:
        connection.execute(text("UPDATE wilayah SET name = '=1+1' WHERE kode = '99.01.01.2001'"))
    serve(own_province, tmp_path)
    assert "'=1+1" in answer(asked_for("export"), "exports").body.decode("utf-8-sig")
