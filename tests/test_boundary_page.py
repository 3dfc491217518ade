"""The page on boundaries without a browser: sources, the operator's key, an upload from its file to the database."""

import io
import json
import os
import sys
import time

import pytest
import shapely
import streamlit as st
from builders import write_places
from conftest import clone
from shapely.geometry import box
from sqlalchemy import text
from streamlit.testing.v1 import AppTest

from boundaries.report import Issue
from dashboard import access, boundary_sketch, boundary_upload, boundary_worker, cache
from dashboard.boundary_upload import FAILED, READY, STORED, WORKING, Job, Sent, Upload
from dashboard.errors import DashboardError
from dashboard.sections import boundary_form
from dashboard.words import Words
from dashboard.words.boundaries import ISSUES, SHORT
from geo.boundary_sources import read_sources
from geo.engine import make_engine

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


@pytest.fixture(scope="module")
def empty(template):
    """A database without boundaries, for the tests that leave it so."""
    engine = make_engine(clone(template, "test_boundary_page"))
    yield engine
    engine.dispose()


@pytest.fixture
def page(tmp_path):
    """Open the page on a database: `page(engine, lang="en")`."""

    def start(engine, **parameters):
        st.cache_data.clear()
        cache.configure(engine.url.render_as_string(hide_password=False), tmp_path / "serving", None)
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
    return press(tester, "Masuk")


def press(tester, label):
    """Click the button with a label."""
    return next(button for button in tester.button if button.label == label).click().run()


def show(tester, upload):
    """Show an upload as this session's."""
    tester.session_state["boundary_upload"] = upload
    tester.run()
    assert not tester.exception
    return tester


def answers_of(database, folder, monkeypatch, name, content, **stated):
    """Return what the reading process would say of a file, without starting one."""
    path = folder / name
    path.write_bytes(content)
    heard = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    boundary_worker.work(Job(folder=str(folder), paths=[str(path)], **job_on(database, **stated)), heard)
    return [json.loads(line) for line in heard.getvalue().splitlines()]


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


def test_an_empty_database_says_what_is_missing_and_who_may_mend_it(page, empty, key_file, monkeypatch):
    tester = give_key(page(empty))
    assert "Belum ada batas wilayah" in said(tester) and "Daftar kode wilayah belum dimuat" in said(tester)
    monkeypatch.delenv(access.SETTING)
    tester = page(empty)
    assert not tester.exception
    assert access.SETTING in said(tester) and "Unggahan ditutup" in said(tester)
    assert not tester.file_uploader and not tester.text_input


def test_a_key_that_is_none_opens_nothing(page, empty, key_file):
    key_file.write_text("pendek")
    tester = page(empty)
    assert "lebih pendek dari" in said(tester) and not tester.file_uploader
    key_file.unlink()
    assert "tidak dapat dibaca" in said(tester.run()) and not tester.file_uploader


def test_the_key_opens_the_upload_and_a_new_key_closes_it(page, empty, key_file, monkeypatch):
    now = [1000.0]
    monkeypatch.setattr(access, "clock", lambda: now[0])
    tester = give_key(page(empty), "bukan-kunci-yang-benar")
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


def test_the_role_ends_after_its_hours_and_a_waiting_browser_waits_ever_longer(page, empty, key_file, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(access, "clock", lambda: now[0])
    tester = page(empty)
    for wait in (1, 2, 4):
        give_key(tester, "salah-salah-salah-salah")
        assert f"Tunggu {wait} detik" in said(give_key(tester))
        now[0] += wait
    assert give_key(tester).file_uploader
    now[0] += access.LASTS_S + 1
    assert not tester.run().file_uploader


def test_an_upload_is_stored_only_when_a_person_says_so_and_put_in_force_or_deleted(page, key_file, database, begun):
    write_places(database)
    upload = begun(database, "batas desa.geojson", squares("99.01.01.2001", "99.01.01.2002", "99.01.02.2001"))
    assert upload.folder.stat().st_mode & 0o777 == 0o700
    tester = page(database, lang="en")
    assert "use **1 of 1** loaded sources: **7** desa/kelurahan in 1 provinsi" in said(tester)
    assert [metric.value for metric in tester.metric] == ["1", "2", "3", "7"]
    assert "DATA FIKTIF" in said(tester)
    tester = give_key(page(database))
    assert tester.expander[0].label == "**uji 2026** · 7 desa/kelurahan · dipakai peta"
    assert "demo hanya menerima batas fiktif" in said(tester)
    assert tester.selectbox[1].options == ["Fiktif (provinsi 99)"]
    wait_for(upload, READY, FAILED)
    assert upload.error is None and upload._is_wanted()
    show(tester, upload)
    assert "Unggahan: batas desa" in said(tester)
    assert "**3** desa/kelurahan, **2** kecamatan, **1** kabupaten/kota" in said(tester)
    assert "Dikenali dari kolom kode, nama" in said(tester)
    assert [metric.value for metric in tester.metric][4:6] == ["3", "3"]
    with database.connect() as connection:
        assert len(read_sources(connection)) == 1
    tester.button(key="boundary_load").click().run()
    wait_for(upload, STORED, FAILED)
    # The page's own clock looks every few seconds; here a rerun stands for it.
    cache.data_state.clear()
    tester.run()
    assert not tester.exception
    assert "Tersimpan sebagai sumber 2" in said(tester)
    assert "2** sumber yang dimuat" in said(tester)
    folder = upload.folder
    press(tester, "Selesai")
    assert not folder.exists() and tester.file_uploader
    _put_in_force_and_delete(tester, database)


def _put_in_force_and_delete(tester, database):
    def active():
        with database.connect() as connection:
            return {source.id: {level.name for level in source.active} for source in read_sources(connection)}

    before = active()
    aside = next(number for number, levels in before.items() if not levels)
    tester.session_state[f"boundary_source_{aside}"] = True
    tester.run()
    assert tester.button(key=f"boundary_remove_{aside}").disabled
    press(tester, "Pakai")
    assert "Sumber dipakai untuk" in said(tester) and active()[aside]
    other = next(number for number in before if number != aside)
    assert not active()[other]
    tester.session_state[f"boundary_source_{other}"] = True
    tester.run()
    tester.checkbox(key=f"boundary_sure_{other}").check().run()
    tester.button(key=f"boundary_remove_{other}").click().run()
    assert "Poligon sumber itu dihapus" in said(tester)
    assert set(active()) == {aside}


def test_a_dropped_upload_leaves_nothing_behind_and_one_that_dies_says_so(empty, begun):
    upload = begun(empty, "batas.geojson", squares("99.01.01.2001"))
    pid = upload._process.pid
    upload.close()
    assert not upload.folder.exists()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    upload = begun(empty, "batas.geojson", squares("99.01.01.2001"))
    upload._process.kill()
    wait_for(upload, FAILED)
    assert upload.error.code == "upload_died"
    wait_until_gone(upload.folder)
    with empty.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM source WHERE kind = 'boundaries'")) == 0


def test_what_cannot_be_taken_is_refused_with_its_name_and_without_the_servers_folders(page, key_file, empty, begun):
    upload = begun(empty, "../../etc/rusak.geojson", b"{}")
    wait_for(upload, READY, FAILED)
    wait_until_gone(upload.folder)
    tester = show(give_key(page(empty)), upload)
    assert "rusak" in said(tester) and str(upload.folder) not in said(tester) and "etc" not in said(tester)
    assert "Tidak ada yang disimpan" in said(tester)


def test_real_codes_do_not_enter_the_demo(empty, tmp_path, monkeypatch):
    answer = answers_of(empty, tmp_path, monkeypatch, "nyata.geojson", squares("18.01.01.2001"))[-1]
    assert answer["error"] in ("real_kode", "real_in_demo")


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_refusal_speaks_of_the_forms_fields_and_keeps_its_numbers(monkeypatch, language):
    told, words = [], Words(language)
    monkeypatch.setattr(st, "warning", lambda text, icon: told.append(text))
    boundary_form.refusal(
        DashboardError("system_unclear", path="a.zip", example="1801", kemendagri=0.42, bps=0.4), words
    )
    boundary_form.refusal(
        DashboardError("columns_missing", path="a.zip", publisher="auto", found="y", expected="x", known="z"), words
    )
    assert "42%" in told[0]
    assert not any("--" in text or "auto" in text for text in told)
    assert words("boundary.system") in told[0]


def test_an_upload_without_a_reader_or_a_decision_ends_by_itself(monkeypatch):
    upload = Upload("a", ["batas.geojson"])
    upload._go_to(READY)
    assert upload._is_wanted()
    monkeypatch.setattr(boundary_upload, "clock", lambda: time.monotonic() + boundary_upload.IDLE_S + 1)
    assert not upload._is_wanted()
    assert upload.error.code == "upload_expired"
    upload.close()


def test_an_upload_whose_window_is_gone_is_taken_up_by_another(page, key_file, empty, monkeypatch):
    upload = Upload("gone", ["batas.geojson"])
    upload.stage = WORKING
    monkeypatch.setattr(boundary_upload, "_open_uploads", {upload})
    monkeypatch.setattr(boundary_upload, "is_present", lambda owner: owner != "gone")
    tester = give_key(page(empty))
    assert "geojson** masih berjalan" in said(tester)
    press(tester, "Lanjutkan")
    assert "Unggahan: batas" in said(tester) and upload.owner != "gone"
    assert not boundary_upload.left_behind() and not boundary_upload.adopt(upload, "third")
    upload.close()


def test_every_finding_has_a_short_name_that_a_legend_holds():
    assert SHORT.keys() == ISSUES.keys()
    assert all(len(name) <= 28 for names in SHORT.values() for name in names.values())


def test_one_session_has_one_upload_and_the_server_has_few(monkeypatch):
    held = type("Held", (), {"is_held": True})
    first, second = held(), held()
    first.owner, second.owner = "a", "b"
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
