"""The page on boundaries without a browser: sources, the operator's key, an upload from its file to the database."""

import io
import json
import os
import time

import pytest
import shapely
import streamlit as st
from builders import write_places
from shapely.geometry import box
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from boundaries.report import Issue
from dashboard import access, boundary_sketch, boundary_upload, cache
from dashboard.boundary_upload import FAILED, READY, STORED, Sent
from dashboard.errors import DashboardError
from geo.boundary_sources import read_sources

KEY = "kunci-panjang-untuk-pengujian"
PAGE = """
import streamlit as st
from dashboard import navigation, state
from dashboard.pages import boundaries
from dashboard.words import Words
known = navigation.pages(Words(state.language()))
st.session_state["pages"] = known
st.navigation(list(known.values()))
boundaries.render()
"""
WAIT_S = 120


@pytest.fixture
def key_file(tmp_path, monkeypatch):
    """A key's file that the environment names; write another text into it to change the key."""
    path = tmp_path / "operator.key"
    path.write_text(KEY + "\n")
    monkeypatch.setenv(access.SETTING, str(path))
    return path


@pytest.fixture
def page(database, tmp_path):
    st.cache_data.clear()
    cache.configure(database.url.render_as_string(hide_password=False), tmp_path / "serving", None)

    def start(**parameters):
        tester = AppTest.from_string(PAGE, default_timeout=60)
        for name, value in parameters.items():
            tester.query_params[name] = value
        return tester.run()

    yield start
    st.cache_data.clear()


def said(tester):
    kinds = (tester.markdown, tester.caption, tester.info, tester.warning, tester.success, tester.subheader,
             tester.html)  # fmt: skip
    return " ".join(str(one.value if hasattr(one, "value") else one.proto.body) for kind in kinds for one in kind)


def give_key(tester, key=KEY):
    tester.text_input(key="boundary_key").set_value(key)
    return next(button for button in tester.button if button.label == "Masuk").click().run()


def squares(*codes, shift=0.0):
    """Return the GeoJSON of one square for each kode, in a row."""
    features = [
        {"type": "Feature", "properties": {"kode": kode, "nama": f"Desa {at}"},
         "geometry": shapely.geometry.mapping(box(100 + at / 10, shift, 100.1 + at / 10, 0.1 + shift))}
        for at, kode in enumerate(codes)
    ]  # fmt: skip
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def sent(name, content):
    return Sent(name, len(content), io.BytesIO(content))


def job_on(database, **stated):
    return {
        "database_url": database.url.render_as_string(hide_password=False), "language": "id", "is_demo": True,
        "stated": {"vintage": 2026, "publisher": "auto", "system": "fiktif"} | stated,
    }  # fmt: skip


def wait_for(upload, *stages):
    deadline = time.monotonic() + WAIT_S
    while upload.stage not in stages and time.monotonic() < deadline:
        time.sleep(0.05)
    assert upload.stage in stages, (upload.stage, upload.error)


def wait_until_gone(folder):
    deadline = time.monotonic() + WAIT_S
    while folder.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not folder.exists()


@pytest.fixture
def begun():
    """Start uploads that are closed with the test."""
    uploads = []

    def start(database, name, content, owner="test session id", **stated):
        uploads.append(boundary_upload.begin(owner, [sent(name, content)], job_on(database, **stated), aside={}))
        return uploads[-1]

    yield start
    for upload in uploads:
        upload.close()


def test_an_empty_database_says_what_is_missing_and_who_may_mend_it(page, monkeypatch):
    monkeypatch.delenv(access.SETTING, raising=False)
    tester = page()
    assert not tester.exception
    assert "Belum ada batas wilayah" in said(tester)
    assert access.SETTING in said(tester) and "Unggahan ditutup" in said(tester)
    assert not tester.file_uploader and not tester.text_input


@pytest.mark.parametrize(("content", "told"), [(None, "tidak dapat dibaca"), ("pendek", "lebih pendek dari")])
def test_a_key_that_is_none_opens_nothing(page, key_file, content, told):
    key_file.unlink() if content is None else key_file.write_text(content)
    tester = page()
    assert told in said(tester)
    assert not tester.file_uploader


def test_the_key_opens_the_upload_and_a_new_key_closes_it(page, key_file, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(access, "clock", lambda: now[0])
    tester = give_key(page(), "bukan-kunci-yang-benar")
    assert "tidak cocok" in said(tester)
    assert "Tunggu 1 detik" in said(give_key(tester))
    now[0] += 2
    give_key(tester)
    assert tester.file_uploader and "tidak ada yang disimpan" in said(tester)
    now[0] += access.LASTS_S - 10
    assert tester.run().file_uploader
    key_file.write_text("kunci-lain-yang-sama-panjangnya")
    assert not tester.run().file_uploader
    key_file.write_text(KEY)
    assert not tester.run().file_uploader


def test_the_role_ends_after_its_hours_and_a_waiting_browser_waits_ever_longer(page, key_file, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(access, "clock", lambda: now[0])
    tester = page()
    for wait in (1, 2, 4, 8):
        give_key(tester, "salah-salah-salah-salah")
        assert f"Tunggu {wait} detik" in said(give_key(tester))
        now[0] += wait
    assert give_key(tester).file_uploader
    now[0] += access.LASTS_S + 1
    assert not tester.run().file_uploader


def test_a_source_tells_where_it_is_in_force_and_the_operator_changes_that(page, key_file, database):
    write_places(database)
    tester = page(lang="en")
    assert "use **1 of 1** loaded sources: **7** desa/kelurahan in 1 provinsi" in said(tester)
    assert [metric.value for metric in tester.metric] == ["1", "2", "3", "7"]
    assert "DATA FIKTIF" in said(tester)
    tester = give_key(page())
    assert tester.expander[0].label == "**uji 2026** · Desa/kelurahan · dipakai peta"
    assert "demo hanya menerima batas fiktif" in said(tester)
    assert tester.selectbox[1].options == ["Fiktif (provinsi 99)"]


def test_an_upload_is_read_aside_shown_and_stored_only_when_a_person_says_so(page, key_file, database, begun):
    write_places(database)
    upload = begun(database, "batas desa.geojson", squares("99.01.01.2001", "99.01.01.2002", "99.01.02.2001"))
    assert upload.folder.stat().st_mode & 0o777 == 0o700
    wait_for(upload, READY, FAILED)
    assert upload.error is None
    tester = give_key(page())
    tester.session_state["boundary_upload"] = upload
    tester.run()
    assert not tester.exception
    assert "Unggahan: batas desa" in said(tester)
    assert "**3** desa/kelurahan, **2** kecamatan, **1** kabupaten/kota" in said(tester)
    assert [metric.value for metric in tester.metric][4:6] == ["3", "3"]
    with database.connect() as connection:
        assert len(read_sources(connection)) == 1
    tester.button(key="boundary_load").click().run()
    wait_for(upload, STORED, FAILED)
    tester.run()
    assert not tester.exception
    assert "Tersimpan sebagai sumber 2" in said(tester)
    assert "2** sumber yang dimuat" in said(tester)
    folder = upload.folder
    next(button for button in tester.button if button.label == "Selesai").click().run()
    assert not folder.exists() and tester.file_uploader


def test_a_dropped_upload_leaves_nothing_behind(database, begun):
    upload = begun(database, "batas.geojson", squares("99.01.01.2001"))
    pid = upload._process.pid
    upload.close()
    assert not upload.folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    with database.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM source WHERE kind = 'boundaries'")) == 0


def test_what_cannot_be_taken_is_refused_with_its_name_and_without_the_servers_folders(page, key_file, database, begun):
    upload = begun(database, "../../etc/rusak.geojson", b"{}")
    wait_for(upload, READY, FAILED)
    wait_until_gone(upload.folder)
    tester = give_key(page())
    tester.session_state["boundary_upload"] = upload
    tester.run()
    assert not tester.exception
    assert "rusak" in said(tester) and str(upload.folder) not in said(tester) and "etc" not in said(tester)
    assert "Tidak ada yang disimpan" in said(tester)


def test_real_codes_do_not_enter_the_demo(database, begun):
    upload = begun(database, "nyata.geojson", squares("18.01.01.2001"))
    wait_for(upload, READY, FAILED)
    assert upload.error.code in ("real_kode", "real_in_demo")


def test_a_process_that_dies_is_told_and_cleaned_up(database, begun):
    upload = begun(database, "batas.geojson", squares("99.01.01.2001"))
    upload._process.kill()
    wait_for(upload, FAILED)
    assert upload.error.code == "upload_died"
    wait_until_gone(upload.folder)


def test_an_upload_without_a_reader_or_a_decision_ends_by_itself(database, begun, monkeypatch):
    upload = begun(database, "batas.geojson", squares("99.01.01.2001"))
    wait_for(upload, READY)
    assert upload._is_wanted()
    monkeypatch.setattr(boundary_upload, "clock", lambda: time.monotonic() + boundary_upload.IDLE_S + 1)
    assert not upload._is_wanted()
    assert upload.error.code == "upload_expired"


def test_one_session_has_one_upload_and_the_server_has_few(monkeypatch):
    held = type("Held", (), {"is_held": True})
    first, second = held(), held()
    first.owner, second.owner = "a", "b"
    monkeypatch.setattr(boundary_upload, "_open_uploads", {first})
    file = sent("a.geojson", b"{}")
    for owner, uploads in (("a", {first}), ("c", {first, second})):
        monkeypatch.setattr(boundary_upload, "_open_uploads", uploads)
        with pytest.raises(DashboardError) as refused:
            boundary_upload.begin(owner, [file], {}, aside={})
        assert refused.value.code == "upload_busy"


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ([], "upload_nothing"),
        ([Sent("besar.gpkg", 201 * 1024 * 1024, io.BytesIO())], "upload_too_large"),
        ([sent("a.shp", b"1"), sent("b/a.shp", b"2")], "upload_twice"),
    ],
)
def test_what_is_sent_is_looked_at_before_anything_is_started(files, code):
    with pytest.raises(DashboardError) as refused:
        boundary_upload.begin("me", files, {}, aside={})
    assert refused.value.code == code


def test_a_sketch_stays_small_and_shows_every_sort():
    many = [Issue("gap", geometry=box(at / 1000, 0, at / 1000 + 0.0005, 0.0005)) for at in range(3000)]
    few = [Issue("overlap", "18.01", geometry=shapely.Point(105, -5).buffer(0.2, 2000)), Issue("no_kode")]
    sketch = boundary_sketch.sketch_of(None, [*many, *few])
    assert len(sketch["places"]) == boundary_sketch.MOST_PLACES
    assert [place for place in sketch["places"] if place["n"] == 3000]
    assert len(json.dumps(sketch)) < 1_000_000
    outline = next(one for one in sketch["shapes"] if one["n"] == 3000)["geometry"]["coordinates"][0]
    assert 10 < len(outline) <= boundary_sketch.MOST_POINTS_EACH
    west, south, east, north = next(place["box"] for place in sketch["places"] if place["n"] == 3000)
    assert (west, south, east, north) == pytest.approx((104.8, -5.2, 105.2, -4.8))
    assert boundary_sketch.sketch_of(None, [Issue("no_kode")])["box"] is None
