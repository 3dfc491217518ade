"""The map pages in a real browser: drilled by click, by list and by search, quiet, and light on the wire."""

import re
import urllib.error
import urllib.request

import pytest

from boundaries.levels import Level, level_of

pytestmark = [pytest.mark.postgis, pytest.mark.browser]

MOST_BYTES_PER_RERUN = 100_000


def at(level):
    return lambda kode: bool(kode) and level_of(kode) is level


def test_clicks_on_the_map_go_down_to_a_desa_and_breadcrumbs_and_the_list_go_up_and_down_again(visit):
    page = visit().open()
    page.click_map(at(Level.kabupaten))
    page.wait_for_map().click_map(at(Level.kecamatan))
    kode = page.wait_for_map().click_map(at(Level.desa))
    assert page.parameters()["l"] == "desa"
    page.wait_for_map()
    assert page.parameters()["w"] == kode
    page.page.locator(".st-key-crumbs a").nth(2).click()
    assert page.wait_for_wilayah(at(Level.kabupaten)) == kode[:5]
    for level in (Level.kecamatan, Level.desa):
        page.wait_for_map().click_list(1)
        assert page.wait_for_wilayah(at(level)).startswith(kode[:5])
    page.wait_for_map()
    assert re.search(r"Desa|Kelurahan", page.answer())
    page.assert_quiet()


def test_an_unknown_wilayah_gets_a_sentence_and_a_way_back_and_the_search_finds_one_by_its_code(visit):
    page = visit()
    page.page.goto(page.address + "/?w=99.55")
    page.page.get_by_text("99.55").first.wait_for()
    page.page.get_by_role("link", name="Kembali ke awal").click()
    page.wait_for_map()
    assert page.parameters()["w"] == "99"
    page.page.get_by_label("Cari wilayah").fill("99.02")
    page.page.keyboard.press("Enter")
    page.page.locator(".st-key-found a").first.click()
    assert page.wait_for_wilayah(at(Level.kabupaten)) == "99.02"
    page.wait_for_map()
    page.assert_quiet()


def test_a_new_measure_changes_the_picture_and_sends_little(visit):
    page = visit().open("/coverage-gaps?w=99&l=desa")
    before, page.received_bytes = page.map_picture(), 0
    page.page.locator(".st-key-filter_measure").get_by_text("Jumlah belum terjangkau").click()
    page.page.wait_for_url(re.compile("m=gap_count"))
    page.wait_for_map()
    assert page.map_picture() != before
    assert 0 < page.received_bytes < MOST_BYTES_PER_RERUN
    assert page.page.locator(".legend-title").inner_text() == "Jumlah belum terjangkau"


def test_another_page_keeps_the_view(visit):
    page = visit().open("/?w=99.01&l=desa&p=2026-09")
    page.page.get_by_role("link", name="Kepadatan desil").click()
    page.page.wait_for_url(re.compile("desil-density.*w=99.01"))
    page.wait_for_map()
    assert page.parameters() | {"m": ""} == {"w": "99.01", "l": "desa", "p": "2026-09", "t": "pkh", "m": ""}


def test_the_download_is_named_as_fictional(visit):
    page = visit().read("/coverage-gaps?w=99.01&l=desa")
    page.page.get_by_role("button", name="Unduh").click()
    address = page.page.get_by_role("link", name="CSV").first.get_attribute("href")
    with urllib.request.urlopen(page.address + address) as response:
        assert "FIKTIF_coverage-gaps_99.01_desa_pkh_2026-10.csv" in response.headers["content-disposition"]
        assert response.read().startswith(b"\xef\xbb\xbfkode,name,")


def test_a_forged_shape_address_is_refused(served):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{served}/shapes/forged.token.geojson")
    assert refused.value.code == 404
    assert refused.value.read() == b"not found"
