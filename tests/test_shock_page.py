"""The page on shocks without a browser: its empty state, a kept area, refusals, and what a plan is asked."""

from functools import partial

import pages_under_test
import pytest
from builders import DESA
from conftest import clone
from pages_under_test import said
from shapely.geometry import box

from geo.engine import make_engine
from geo.shock_write import store_shock
from queries.plan_request import PlanRequest

pytestmark = pytest.mark.postgis

@pytest.fixture(scope="module")
def loaded(kept_census):
    """An engine on a database with the census and two kept areas: of Satu and Dua, and of all of Barat."""
    engine = make_engine(clone(kept_census[0], "shock_page_demo"))
    with engine.begin() as connection:
        for name, desa in (("Dua desa", DESA[:2]), ("Barat *tebal*", DESA[:4])):
            store_shock(connection, name, "flood", author="Uji", snap="half", origin="drawn",
                        desa=[(kode, 1.0) for kode in desa], geometry=box(100, 0, 100 + len(desa) / 10, 0.1))
    yield engine
    engine.dispose()


@pytest.fixture
def page(loaded, tmp_path):
    with pages_under_test.serving(loaded, tmp_path):
        yield partial(pages_under_test.open_page, "shocks")


def test_the_page_starts_without_an_area(page):
    tester = page()
    assert not tester.exception
    assert "Belum ada area." in said(tester)
    assert not tester.metric


def test_a_kept_area_is_counted_and_priced(page):
    tester = page(b="z1")
    assert [metric.value for metric in tester.metric] == ["2", "32", "18", "19"]
    assert "**32 keluarga** tinggal di 2 desa" in said(tester)
    # Desil 1 to 4: 19 households, Rp 300,000 for three months.
    assert "**19** keluarga: **Rp 17.100.000**" in said(tester)
    tester.segmented_control(key="shock_who").set_value("without").run()
    assert "**7** keluarga: **Rp 6.300.000**" in said(tester)
    tester.text_input(key="shock_benefit").set_value("2,5 juta").run()
    assert "**Rp 52.500.000**" in said(tester)
    tester.text_input(key="shock_benefit").set_value("banyak").run()
    assert not tester.exception and tester.warning


def test_the_other_way_to_find_desa_makes_the_area_the_readers_own(page):
    tester = page(b="z1")
    tester.segmented_control(key="shock_snap").set_value("touched").run()
    assert "b" not in tester.query_params
    assert tester.metric[0].value == "2"


def test_a_request_of_the_planning_page_opens_its_area(page):
    tester = page(b=PlanRequest(shock=2, funding="btt").text)
    assert "Barat" in said(tester) and tester.metric[0].value == "4"


def test_published_areas_of_two_desa_tell_nothing(page):
    tester = page(b="z1", d="published")
    assert "sedikitnya 3 desa" in said(tester)
    assert not tester.metric
    published = page(b="z2", d="published")
    assert published.metric[1].value == "45"
    assert "Dihitung dari jumlah yang dibulatkan." in said(published)


def test_wilayah_that_are_chosen_become_an_area(page):
    tester = page(lang="en")
    tester.segmented_control(key="shock_way").set_value("parts").run()
    tester.multiselect[0].set_value(["99.71.01"])
    next(button for button in tester.button if button.label == "Use this choice").click().run()
    assert "**15 households** live in the 3 desa" in said(tester)
    assert "1 of the desa have no household" in said(tester)


def test_typed_coordinates_are_taken_or_refused_with_a_reason(page):
    tester = page()
    tester.segmented_control(key="shock_way").set_value("text").run()
    for text, told in (("0 100\n0 101\n1 100", "tampaknya tertukar"), ("100 x", "Baris 1"),
                       ("100 0\n100.3 0\n100.3 0.1\n100 0.1", "**40 keluarga** tinggal di 3 desa")):
        tester.text_area[0].set_value(text)
        next(button for button in tester.button if button.label == "Pakai koordinat ini").click().run()
        assert told in said(tester)
    assert not tester.warning
