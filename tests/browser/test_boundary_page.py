"""The page on boundaries in a real browser: a file is sent with the key, shown with its findings, and dropped."""

import json

import pytest
from shapely.geometry import box, mapping

pytestmark = [pytest.mark.postgis, pytest.mark.browser]


def squares_that_overlap():
    """Return the GeoJSON of three square desa in a row, each laid over a tenth of the next."""
    features = [
        {"type": "Feature", "properties": {"kode": f"99.01.01.200{at}", "nama": f"Desa {at}"},
         "geometry": mapping(box(99 + at / 10, -8.5, 99.11 + at / 10, -8.4))} for at in range(1, 4)
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def test_a_file_is_sent_its_findings_are_drawn_and_it_is_dropped(visit, operator_key):
    opened = visit(height=1600)
    page = opened.page
    page.goto(opened.address + "/boundaries")
    page.get_by_label("Kunci pengelola").fill(operator_key)
    page.get_by_role("button", name="Masuk").click()
    file = {"name": "batas_uji.geojson", "mimeType": "application/geo+json", "buffer": squares_that_overlap()}
    page.locator(".st-key-boundary_files input[type=file]").set_input_files([file])
    page.get_by_text("batas_uji.geojson").wait_for()
    page.get_by_test_id("stNumberInputField").fill("2026")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Periksa berkas").click()
    page.get_by_text("Unggahan: batas_uji").wait_for(timeout=60_000)
    page.locator(".st-key-boundary_decision").wait_for(timeout=120_000)
    opened.wait_for_map()
    assert page.get_by_role("button", name="Unduh temuan (GeoPackage)").is_visible()
    table = page.locator("table.numbers").inner_text()
    assert "Pasangan yang tumpang tindih\t2\t0" in table
    page.get_by_role("button", name="Buang").click()
    page.get_by_role("button", name="Periksa berkas").wait_for()
    opened.assert_quiet()
