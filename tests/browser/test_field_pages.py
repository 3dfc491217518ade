"""The pages of the field, of other rules and of the planner in a real browser: drawn, explained, downloaded, quiet."""

import re
import urllib.request

import pytest

pytestmark = [pytest.mark.postgis, pytest.mark.browser]

def test_the_page_of_the_field_has_a_wedge_goes_down_and_opens_its_method(visit):
    page = visit().open("/field-errors?w=99&l=kecamatan")
    # The legend of an estimate is a wedge of the colours on the map.
    cells = page.page.locator(".wedge-cell")
    colours = set(cells.evaluate_all("cells => cells.map(cell => getComputedStyle(cell).backgroundColor)"))
    assert len(colours) == 6 + 3 + 2 + 1
    page.page.locator(".st-key-filter_measure").get_by_text("Beda lapangan dan register").first.click()
    page.page.wait_for_url(re.compile("m=exclusion_difference_rate"))
    page.wait_for_map()
    page.open("/field-errors?w=99.01&l=kecamatan").click_list(0)
    page.wait_for_wilayah(lambda kode: kode.count(".") == 2)
    page.wait_for_map()
    # A desa says whose figure it shows.
    assert "kecamatan" in page.page.locator("[data-testid=stMainBlockContainer]").inner_text()
    opened = page.page.locator(".st-key-method_details")
    opened.locator("summary").click()
    opened.get_by_role("heading").first.wait_for(timeout=30_000)
    assert len(opened.inner_text()) > 1_000
    page.assert_quiet()


def test_the_model_is_checked_with_four_pictures_and_the_tried_sets_and_fits_a_narrow_screen(visit):
    page = visit(width=390)
    page.page.goto(page.address + "/model-checks?w=99")
    charts = page.page.locator("[data-testid=stVegaLiteChart] canvas, [data-testid=stVegaLiteChart] svg")
    charts.nth(3).wait_for(timeout=60_000)
    assert page.page.get_by_text("Fay–Herriot").count() >= 1
    assert not page.is_too_wide()
    page.page.set_viewport_size({"width": 1280, "height": 900})
    page.page.wait_for_timeout(700)
    assert not page.is_too_wide()
    page.assert_quiet()


def test_other_limits_change_the_answer(visit):
    page = visit()
    one, two = (page.read(f"/what-if?w=99&l=kabupaten&x={limits}").answer() for limits in ("1-5", "1-2"))
    assert one != two
    page.assert_quiet()


def test_a_breakdown_is_chosen_and_shown(visit):
    page = visit().read("/targeting-errors?w=99&l=kabupaten")
    page.page.get_by_text("Tumpang tindih").first.click()
    page.page.wait_for_url(re.compile("b="))
    page.page.get_by_text("PKH + Sembako").first.wait_for(timeout=30_000)
    page.assert_quiet()


def test_the_drawn_sample_is_named_as_fictional_and_holds_no_name(visit):
    page = visit().read("/sample-planner?w=99")
    address = page.page.get_by_role("link", name="Unduh sampel").get_attribute("href")
    with urllib.request.urlopen(page.address + address) as response:
        assert "FIKTIF" in response.headers["content-disposition"]
        header = response.read().decode("utf-8-sig").splitlines()[0]
    assert "household_id" in header and "observed_desil" in header
    assert not re.search("nik|nama|lon|lat|alamat", header.replace("kelurahan", ""))
