"""The page on shocks without a browser: its empty state, a kept area, refusals, and what a plan is asked."""

import pytest
import streamlit as st
from builders import DESA, draw_households, enrol, load, recipients, write_places
from conftest import clone
from shapely.geometry import box
from streamlit.testing.v1 import AppTest

from dashboard import cache
from geo.engine import make_engine
from geo.shock_write import store_shock
from queries.plan_request import PlanRequest

pytestmark = pytest.mark.postgis

PAGE = """
import streamlit as st
from dashboard import navigation, state
from dashboard.pages import shocks
from dashboard.words import Words
known = navigation.pages(Words(state.language()))
st.session_state["pages"] = known
st.navigation(list(known.values()))
shocks.render()
"""


@pytest.fixture(scope="module")
def loaded(template, tmp_path_factory):
    """The address of a database with the census and two kept areas: of Satu and Dua, and of all of Barat."""
    url = clone(template, "shock_page_demo")
    engine = make_engine(url)
    write_places(engine)
    household = draw_households()
    load(engine, tmp_path_factory.mktemp("census"), household, enrol(recipients(household), "pkh"))
    with engine.begin() as connection:
        for name, desa in (("Dua desa", DESA[:2]), ("Barat *tebal*", DESA[:4])):
            store_shock(connection, name, "flood", author="Uji", snap="half", origin="drawn",
                        desa=[(kode, 1.0) for kode in desa], geometry=box(100, 0, 100 + len(desa) / 10, 0.1))
    engine.dispose()
    return url


@pytest.fixture
def page(loaded, tmp_path):
    st.cache_data.clear()
    cache.configure(loaded, tmp_path / "serving", None)

    def run(**parameters):
        tester = AppTest.from_string(PAGE, default_timeout=60)
        for key, value in parameters.items():
            tester.query_params[key] = value
        return tester.run()

    yield run
    st.cache_data.clear()


def texts(tester):
    return " ".join(one.value for kind in (tester.markdown, tester.caption, tester.warning) for one in kind)


def test_the_page_starts_without_an_area(page):
    tester = page()
    assert not tester.exception
    assert "Belum ada area." in texts(tester)
    assert not tester.metric


def test_a_kept_area_is_counted_and_priced(page):
    tester = page(b="z1")
    assert [metric.value for metric in tester.metric] == ["2", "32", "18", "19"]
    assert "**32 keluarga** tinggal di 2 desa" in texts(tester)
    # Desil 1 to 4: 19 households, Rp 300,000 for three months.
    assert "**19** keluarga: **Rp 17.100.000**" in texts(tester)
    tester.segmented_control(key="shock_who").set_value("without").run()
    assert "**7** keluarga: **Rp 6.300.000**" in texts(tester)
    tester.text_input(key="shock_benefit").set_value("2,5 juta").run()
    assert "**Rp 52.500.000**" in texts(tester)
    tester.text_input(key="shock_benefit").set_value("banyak").run()
    assert not tester.exception and tester.warning


def test_the_other_way_to_find_desa_makes_the_area_the_readers_own(page):
    tester = page(b="z1")
    tester.segmented_control(key="shock_snap").set_value("touched").run()
    assert "b" not in tester.query_params
    assert tester.metric[0].value == "2"


def test_a_request_of_the_planning_page_opens_its_area(page):
    tester = page(b=PlanRequest(shock=2, funding="btt").text)
    assert "Barat" in texts(tester) and tester.metric[0].value == "4"


def test_published_areas_of_two_desa_tell_nothing(page):
    tester = page(b="z1", d="published")
    assert "sedikitnya 3 desa" in texts(tester)
    assert not tester.metric
    published = page(b="z2", d="published")
    assert published.metric[1].value == "45"
    assert "Dihitung dari jumlah yang dibulatkan." in texts(published)


def test_wilayah_that_are_chosen_become_an_area(page):
    tester = page(lang="en")
    tester.segmented_control(key="shock_way").set_value("parts").run()
    tester.multiselect[0].set_value(["99.71.01"])
    next(button for button in tester.button if button.label == "Use this choice").click().run()
    assert "**15 households** live in the 3 desa" in texts(tester)
    assert "1 of the desa have no household" in texts(tester)


def test_typed_coordinates_are_taken_or_refused_with_a_reason(page):
    tester = page()
    tester.segmented_control(key="shock_way").set_value("text").run()
    for text, told in (("0 100\n0 101\n1 100", "tampaknya tertukar"), ("100 x", "Baris 1"),
                       ("100 0\n100.3 0\n100.3 0.1\n100 0.1", "**40 keluarga** tinggal di 3 desa")):
        tester.text_area[0].set_value(text)
        next(button for button in tester.button if button.label == "Pakai koordinat ini").click().run()
        assert told in texts(tester)
    assert not tester.warning
