"""The pages of the field, of other rules and of the planner in a real browser: drawn, explained, downloaded, quiet."""

import re
import urllib.request

import pytest

pytestmark = [pytest.mark.postgis, pytest.mark.browser]

MAPS = ("/field-errors?w=99&l=kecamatan", "/what-if?w=99&l=kecamatan", "/sample-planner?w=99")


@pytest.mark.parametrize("path", MAPS)
def test_each_page_draws_its_map_and_answers_in_a_sentence(visit, path):
    page = visit().open(path)
    assert "FIKTIF" in page.page.title()
    assert page.page.locator(".st-key-answer strong").count() >= 1
    assert page.page.locator("[data-testid=stException]").count() == 0
    page.assert_quiet()


def test_the_legend_of_an_estimate_is_a_wedge_of_the_colours_on_the_map(visit):
    page = visit().open("/field-errors?w=99&l=kecamatan")
    cells = page.page.locator(".wedge-cell")
    colours = set(cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).backgroundColor)"))
    assert len(colours) == 6 + 3 + 2 + 1
    page.page.locator(".st-key-filter_measure").get_by_text("Beda lapangan dan register").first.click()
    page.page.wait_for_url(re.compile("m=exclusion_difference_rate"))
    page.wait_for_map()
    page.assert_quiet()


def test_a_click_on_an_estimate_goes_down_and_a_desa_says_whose_figure_it_shows(visit):
    page = visit().open("/field-errors?w=99.01&l=kecamatan")
    page.click_list(0)
    page.wait_for_wilayah(lambda kode: kode.count(".") == 2)
    page.wait_for_map()
    assert "kecamatan" in page.page.locator("[data-testid=stMainBlockContainer]").inner_text()
    page.assert_quiet()


def test_the_model_is_checked_with_four_pictures_and_the_tried_sets(visit):
    page = visit()
    page.page.goto(page.address + "/model-checks?w=99")
    charts = page.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    charts.nth(3).wait_for(timeout=60_000)
    assert page.page.get_by_text("Fay–Herriot").count() >= 1
    page.assert_quiet()


def test_the_method_of_a_page_opens_below_it(visit):
    page = visit().open("/field-errors?w=99&l=kabupaten")
    opened = page.page.locator(".st-key-method_details")
    opened.locator("summary").click()
    opened.get_by_role("heading").first.wait_for(timeout=30_000)
    assert len(opened.inner_text()) > 1_000
    page.assert_quiet()


def test_other_limits_change_the_answer(visit):
    page = visit().open("/what-if?w=99&l=kabupaten&x=1-5")
    before = page.page.locator(".st-key-answer").inner_text()
    page.open("/what-if?w=99&l=kabupaten&x=1-2")
    assert page.page.locator(".st-key-answer").inner_text() != before
    page.assert_quiet()


def test_a_breakdown_is_chosen_and_downloaded(visit):
    page = visit().open("/targeting-errors?w=99&l=kabupaten")
    page.page.get_by_text("Tumpang tindih").first.click()
    page.page.wait_for_url(re.compile("b="))
    page.page.get_by_text("PKH + Sembako").first.wait_for(timeout=30_000)
    page.assert_quiet()


def test_the_drawn_sample_is_named_as_fictional_and_holds_no_name(visit):
    page = visit().open("/sample-planner?w=99")
    address = page.page.get_by_role("link", name="Unduh sampel").get_attribute("href")
    with urllib.request.urlopen(page.address + address) as response:
        assert "FIKTIF" in response.headers["content-disposition"]
        header = response.read().decode("utf-8-sig").splitlines()[0]
    assert "household_id" in header and "observed_desil" in header
    assert not re.search("nik|nama|lon|lat|alamat", header.replace("kelurahan", ""))


@pytest.mark.parametrize("path", [*MAPS, "/model-checks?w=99"])
def test_a_narrow_screen_is_not_wider_than_itself(visit, path):
    page = visit(width=390, height=900)
    page.page.goto(page.address + path)
    page.page.locator(".st-key-answer, [data-testid=stMetric]").first.wait_for(timeout=60_000)
    page.page.wait_for_timeout(3_000)
    assert page.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
