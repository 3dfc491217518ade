"""The page on shocks in a real browser: an area drawn by clicks and by keys, its desa counted, coloured, and kept."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image

pytestmark = [pytest.mark.postgis, pytest.mark.browser]

CORNERS = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))


class Sheet:
    """The map that an area is drawn on."""

    def __init__(self, visit, path="/shocks?w=99.01", **options):
        self.visit = visit(height=1100, **options)
        self.page = self.visit.page
        self.page.goto(self.visit.address + path)
        self.page.locator(".area[data-features]").wait_for(timeout=60_000)
        self.rest()

    def rest(self):
        """Wait until Streamlit is at rest."""
        self.page.wait_for_timeout(700)
        self.page.wait_for_function("!document.querySelector('[data-testid=stStatusWidget]')", timeout=60_000)
        self.page.wait_for_timeout(300)

    def click(self, across, down):
        box = self.page.locator(".area canvas").bounding_box()
        self.page.mouse.click(box["x"] + box["width"] * across, box["y"] + box["height"] * down, delay=40)

    def orange(self):
        """Return which share of the map is in the colour of desa inside, give or take the shade of the area."""
        picture = self.page.locator(".area canvas").screenshot(animations="disabled")
        red, green, blue = np.moveaxis(np.array(Image.open(io.BytesIO(picture)).convert("RGB"), dtype=int), 2, 0)
        return float(((red > 150) & (red - blue > 70) & (red > green)).mean())

    def desa_count(self):
        """Return the number that the first figure shows."""
        text = self.page.locator("[class*=st-key-figures] [data-testid=stMetricValue]").first.inner_text()
        return int(text.replace(".", ""))


def test_three_clicks_or_the_keyboard_draw_an_area_whose_desa_are_counted_and_coloured(visit):
    sheet = Sheet(visit)
    assert "Belum ada area" in sheet.page.locator(".st-key-answer").inner_text()
    assert sheet.page.locator(".area .badge").inner_text() == "DATA FIKTIF"
    before = sheet.orange()
    for corner in CORNERS[:3]:
        sheet.click(*corner)
    assert sheet.page.locator(".area output").inner_text().startswith("3 titik")
    # The first point again closes the ring.
    sheet.click(*CORNERS[0])
    sheet.page.locator("[class*=st-key-figures]").first.wait_for()
    sheet.rest()
    few = sheet.desa_count()
    assert few > 0 and before < 0.001 < sheet.orange()
    assert sheet.page.locator(".st-key-answer strong").count() == 2
    sheet.page.get_by_text("Yang tersentuh").click()
    sheet.rest()
    assert sheet.desa_count() > few
    sheet.page.get_by_role("button", name="Urungkan").click()
    sheet.page.get_by_text("Belum ada area.").wait_for()
    # The keyboard alone draws one as well.
    sheet.page.locator(".area canvas").focus()
    for key in ("ArrowUp", "ArrowUp", " ", *("ArrowDown",) * 4, " ", *("ArrowRight",) * 4, " ", "Enter"):
        sheet.page.keyboard.press(key)
    sheet.page.locator("[class*=st-key-figures]").first.wait_for()
    sheet.rest()
    assert sheet.desa_count() > 0
    sheet.visit.assert_quiet()


def test_several_areas_are_one_and_the_map_stays_where_it_is(visit):
    sheet = Sheet(visit, "/shocks?w=99.04")
    for shift in (0.0, 0.35):
        for across, down in ((0.3, 0.4), (0.42, 0.4), (0.42, 0.55), (0.42, 0.55)):
            sheet.click(across + shift, down)
        sheet.rest()
    whole = sheet.desa_count()
    sheet.page.get_by_role("button", name="Urungkan").click()
    sheet.rest()
    assert 0 < sheet.desa_count() < whole
    sheet.visit.assert_quiet()


def test_an_area_is_kept_opened_again_and_planned_for_on_a_narrow_screen_in_the_dark(visit):
    sheet = Sheet(visit, width=390, dark=True)
    page = sheet.page
    page.locator(".st-key-shock_inputs").get_by_text("Wilayah", exact=True).click()
    page.locator(".st-key-shock_inputs [data-testid=stMultiSelect] input").click()
    page.get_by_role("option").first.click()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Pakai pilihan ini").click()
    sheet.rest()
    count = sheet.desa_count()
    assert not sheet.visit.is_too_wide()
    page.locator(".st-key-shock_keep summary").click()
    page.get_by_label("Nama kejadian").fill("Banjir besar")
    page.get_by_label("Disimpan oleh").fill("Penguji")
    page.get_by_role("button", name="Simpan area").last.click()
    page.wait_for_url(re.compile(r"b=z\d+"))
    sheet.rest()
    assert sheet.desa_count() == count
    address = page.locator(".st-key-shock_plan a").get_attribute("href")
    assert re.search(r"planning\?.*l=desa.*b=[^&]*fbtt[^&]*-z\d+", address)
    page.get_by_role("button", name="Buang area ini").click()
    page.get_by_text("Belum ada area.").wait_for()
    page.get_by_role("link", name="Banjir besar").first.click()
    sheet.rest()
    assert sheet.desa_count() == count
    sheet.visit.assert_quiet()


def test_a_file_is_taken_and_one_that_is_none_is_refused(visit):
    sheet = Sheet(visit)
    page = sheet.page
    page.locator(".st-key-shock_inputs").get_by_text("Berkas").click()
    sheet.rest()
    uploader = page.locator(".st-key-shock_upload input[type=file]")
    uploader.set_input_files([{"name": "a.geojson", "mimeType": "application/geo+json", "buffer": b"{}"}])
    page.get_by_text("tidak berisi GeoJSON seperti namanya").wait_for()
    ring = [[98.6, -8.6], [99.4, -8.6], [99.4, -8.1], [98.6, -8.1], [98.6, -8.6]]
    shape = {"type": "FeatureCollection", "features": [
        {"type": "Feature", "properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}]}  # fmt: skip
    content = json.dumps(shape).encode()
    uploader.set_input_files([{"name": "banjir.geojson", "mimeType": "application/geo+json", "buffer": content}])
    page.get_by_text("Area dari banjir.geojson").wait_for()
    sheet.rest()
    assert sheet.desa_count() > 0
    assert page.get_by_text("seperti namanya").count() == 0
    sheet.visit.assert_quiet()


def test_an_area_that_is_not_there_gets_a_sentence_and_a_way_back(visit):
    opened = visit()
    opened.page.goto(opened.address + "/shocks?b=z999999")
    opened.page.get_by_text("999999").first.wait_for(timeout=60_000)
    opened.page.get_by_role("link", name="Kembali ke awal").wait_for()
    opened.assert_quiet()
