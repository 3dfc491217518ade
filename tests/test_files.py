"""Files of a map page, fetched by their addresses from a province of sixty households: one story in every format."""

import dataclasses
import io
import itertools
import json
import re
import sqlite3
from xml.etree import ElementTree as xml

import geopandas
import openpyxl
import pages_under_test
import pandas as pd
import pytest
import streamlit as st
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from PIL import Image
from sqlalchemy import delete, text

from boundaries.levels import Level
from dashboard import cache, server
from dashboard.addresses import Asked
from dashboard.facts import view_of
from dashboard.files import kinds, qgis_style
from dashboard.files import print as page
from dashboard.files.content import MapClass, classes_of, read_content
from dashboard.files.kinds import KINDS
from dashboard.files.workbook import number_form
from dashboard.questions import QUESTIONS
from dashboard.scales import STATUS_COLOURS, count_scale, rgb_of
from dashboard.uncertainty import SuppressingScale
from dashboard.words import Words
from geo import tables
from geo.engine import make_engine
from queries.columns import Status
from queries.scope import Scope

_number = itertools.count()
DESA = Scope("99", Level.desa, PERIOD, "pkh", disclosure="exact")
PUBLISHED = DESA.at(disclosure="published")
STEM = "FIKTIF_coverage-gaps_99_desa_pkh_2026-10_exclusion_rate"
STATUSES = {status.value for status in Status} - {"ok"}
FORMULA = "=1+1"
# The classes of the desa by hand: 6 of 12 is 50 to 60 %, 1 of 7 and 0 of 4 under 40 %, 6 of 6 and 2 of 3 above.
CLASSES = {"Satu": "03", "Dua": "01", "Tiga": "06", FORMULA: "not_applicable", "Lima": "01", "Enam": "04",
           "Tujuh": "no_data"}  # fmt: skip
MAP_MEASURES = [
    (question, measure) for question in QUESTIONS.values() if question.has_map for measure in question.measures
]


@pytest.fixture(scope="module")
def province_url(template, tmp_path_factory):
    """The address of a database that holds the sixty households; one desa's name starts like a formula."""
    url = clone(template, "files_province")
    engine, household = make_engine(url), draw_households()
    write_places(engine)
    load(engine, tmp_path_factory.mktemp("province"), household, enrol(recipients(household), "pkh"))
    with engine.begin() as connection:
        connection.execute(text("UPDATE wilayah SET name = :name WHERE kode = '99.01.02.2002'"), {"name": FORMULA})
    engine.dispose()
    return url


@pytest.fixture(scope="module")
def province(province_url, tmp_path_factory):
    yield from served(province_url, tmp_path_factory.mktemp("serving"))


@pytest.fixture
def own_province(province, province_url, tmp_path):
    """A copy that a test may change."""
    shared = cache.serving()
    # A database that somebody is connected to cannot be copied.
    shared.engine.dispose()
    yield from served(clone(province_url, f"files_own_{next(_number)}"), tmp_path)
    cache._serving[:] = [shared]


def served(url, folder):
    st.cache_data.clear()
    cache.configure(url, folder)
    yield cache.serving().engine
    st.cache_data.clear()
    cache.serving().engine.dispose()


def asked_for(scope=DESA, measure="exclusion_rate", language="id", question="coverage-gaps"):
    return Asked("export", question, measure, scope, language, cache.data_state().version)


def fetch(asked, kind, token=None):
    token = cache.signer().token(asked) if token is None else token
    return pages_under_test.fetch(server.exports_route, f"/exports/{token}.{kind}")


def workbook(response):
    return openpyxl.load_workbook(io.BytesIO(response.body))


def rows_of(sheet):
    head, *rows = sheet.iter_rows()
    return {row[1].value: dict(zip((cell.value for cell in head), row, strict=True)) for row in rows}


def features(response):
    return {feature["properties"]["name"]: feature for feature in json.loads(response.body)["features"]}


@pytest.fixture
def opened(tmp_path):
    """A function that opens a response's GeoPackage as a database and returns it with its path."""
    connections = []

    def open_package(response):
        path = tmp_path / f"map_{len(connections)}.gpkg"
        path.write_bytes(response.body)
        connections.append(sqlite3.connect(path))
        return connections[-1], path

    yield open_package
    for connection in connections:
        connection.close()


def pixels(response):
    image = Image.open(io.BytesIO(response.body)).convert("RGB")
    return image, {colour: count for count, colour in image.getcolors(maxcolors=1_000_000)}


@pytest.mark.parametrize(("kind", "media_type", "start"), [
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", b"PK"),
    ("geojson", "application/geo+json", b'{"type":"FeatureCollection"'),
    ("gpkg", "application/geopackage+sqlite3", b"SQLite format 3"),
    ("png", "image/png", b"\x89PNG"),
])  # fmt: skip
def test_a_file_names_its_fiction_and_is_what_it_says(province, kind, media_type, start):
    response = fetch(asked_for(), kind)
    assert response.status_code == 200
    assert response.headers["content-disposition"] == f'attachment; filename="{STEM}.{kind}"'
    assert response.headers["content-type"].startswith(media_type)
    assert response.body.startswith(start)


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_content_is_the_same_bytes(province, kind):
    assert kinds.file_of(asked_for(), kind) == kinds.file_of(asked_for(), kind)


def test_figures_of_the_workbook_are_those_of_the_census(province):
    book = workbook(fetch(asked_for(), "xlsx"))
    assert book.sheetnames == ["FIKTIF Angka", "Asal angka", "Arti kolom"]
    rows = rows_of(book["FIKTIF Angka"])
    assert len(rows) == 7
    satu = {head: cell.value for head, cell in rows["Satu"].items()}
    assert (satu["Kode"], satu["Layak"], satu["Belum terjangkau"], satu["Rupiah tidak sampai"]) == (
        "99.01.01.2001", 12, 6, 6 * 900_000)  # fmt: skip
    assert satu["Belum terjangkau (%)"] == 0.5 and satu["Kelas peta"] == "50–60"
    assert rows["Satu"]["Belum terjangkau (%)"].number_format == "0.0%"
    assert rows["Tujuh"]["Layak"].value is None and rows["Tujuh"]["Status"].value == "tidak ada data"
    sheet = book["FIKTIF Angka"]
    assert sheet.freeze_panes == "C2" and sheet.auto_filter.ref.startswith("A1:")


@pytest.mark.parametrize(("column", "form"), [
    ("exclusion_rate", "0.0%"), ("field_exclusion_se", "0.0%"), ("exclusion_change_rate", "+0.0%;-0.0%;0.0%"),
    ("gap_rise_count", "+#,##0;-#,##0;#,##0"), ("gap_idr_other", "#,##0"), ("household_per_km2", "#,##0.0"),
    ("field_exclusion_rank_lower", "#,##0"), ("exclusion_p", "General"),
])  # fmt: skip
def test_a_number_is_written_as_its_column_s_name_says(column, form):
    assert number_form(column) == form


def test_the_workbook_says_where_its_figures_come_from(province):
    origin = {row[0].value: row[1].value for row in workbook(fetch(asked_for(), "xlsx"))["Asal angka"].iter_rows()}
    assert any("FIKTIF" in key for key in origin if key)
    assert origin["Definisi"] == Words("id").card("exclusion_rate")[0]
    assert origin["Rumus"] == Words("id").card("exclusion_rate")[1]
    assert (origin["Periode"], origin["Program"], origin["Penyajian"]) == ("Oktober 2026", "PKH", "angka tepat")
    assert origin["Versi data"] == cache.data_state().version


def test_the_workbook_speaks_the_reader_s_language(province):
    book = workbook(fetch(asked_for(language="en"), "xlsx"))
    assert book.sheetnames == ["FIKTIF Figures", "Where from", "Columns"]
    assert "Not reached (%)" in rows_of(book["FIKTIF Figures"])["Satu"]


def test_every_format_has_the_colours_of_the_map_s_scale(province, opened):
    scale = cache.scale("coverage-gaps", "exclusion_rate", DESA, cache.data_state().version)
    colours = {"Satu": scale.colour(0.5, "ok"), "Dua": scale.colour(1 / 7, "ok"), "Tiga": scale.colour(1, "ok"),
               FORMULA: STATUS_COLOURS[Status.not_applicable], "Lima": scale.colour(0, "ok"),
               "Enam": scale.colour(2 / 3, "ok"), "Tujuh": STATUS_COLOURS[Status.no_data]}  # fmt: skip
    drawn = features(fetch(asked_for(), "geojson"))
    assert {name: one["properties"]["colour"] for name, one in drawn.items()} == colours
    assert {name: one["properties"]["class"] for name, one in drawn.items()} == CLASSES
    cells = rows_of(workbook(fetch(asked_for(), "xlsx"))["FIKTIF Angka"])
    fills = {name.lstrip("'"): "#" + row["Belum terjangkau (%)"].fill.fgColor.rgb[2:].lower()
             for name, row in cells.items()}  # fmt: skip
    assert fills == colours
    package, _ = opened(fetch(asked_for(), "gpkg"))
    assert dict(package.execute("SELECT name, colour FROM FIKTIF_wilayah")) == colours
    _, counted = pixels(fetch(asked_for(), "png"))
    # A desa is a square of thousands of pixels; a swatch in the legend is 50 by 30.
    assert all(counted.get(rgb_of(colour), 0) > 10_000 for colour in colours.values())
    assert 0 < counted[rgb_of(scale.colour(0.45, "ok"))] < 5_000


def test_geojson_says_where_it_comes_from_and_how_simplified_it_is(province):
    metadata = json.loads(fetch(asked_for(), "geojson").body)["metadata"]
    assert (metadata["data"], metadata["period"], metadata["disclosure"]) == ("FIKTIF", "2026-10", "exact")
    assert metadata["shapes"]["tolerance_degree"] == {"least": 0.0, "greatest": 0.0}
    assert any("persegi.geojson" in line and "CC0" in line for line in metadata["sources"])
    assert len(metadata["classes"]) == 8


def test_geojson_has_the_value_with_both_its_counts(province):
    satu = features(fetch(asked_for(), "geojson"))["Satu"]
    properties = satu["properties"]
    assert (properties["value"], properties["numerator"], properties["denominator"]) == (0.5, 6, 12)
    assert properties["se"] is properties["lower"] is properties["upper"] is None
    assert satu["geometry"]["type"] == "MultiPolygon"


def test_geopackage_opens_with_its_layers_values_and_shapes(province, opened):
    _, path = opened(fetch(asked_for(), "gpkg"))
    frame = geopandas.read_file(path, layer="FIKTIF_wilayah").set_index("name")
    assert frame.crs.to_epsg() == 4326 and len(frame) == 7
    satu = frame.loc["Satu"]
    assert (satu["value"], satu["numerator"], satu["denominator"]) == (0.5, 6, 12)
    assert pd.isna(frame.loc["Tujuh", "value"]) and frame.loc["Tujuh", "status"] == "no_data"
    assert satu.geometry.area == pytest.approx(0.01)
    origin = geopandas.read_file(path, layer="FIKTIF_provenance")
    known = dict(zip(origin["key"], origin["text"], strict=True))
    assert (known["data"], known["data_version"]) == ("FIKTIF", cache.data_state().version)


def test_each_layer_has_a_default_style_that_a_reader_of_the_file_finds(province, opened):
    package, _ = opened(fetch(asked_for(), "gpkg"))
    styled = package.execute("SELECT f_table_name, f_geometry_column FROM layer_styles WHERE useAsDefault").fetchall()
    layers = package.execute("SELECT table_name, column_name FROM gpkg_geometry_columns").fetchall()
    assert sorted(styled) == sorted(layers) and ("FIKTIF_wilayah", "geom") in styled
    registered = {name for (name,) in package.execute("SELECT table_name FROM gpkg_contents")}
    assert {"layer_styles", "FIKTIF_provenance"} <= registered


def test_the_style_is_a_category_for_each_class_in_its_colour(province, opened):
    package, _ = opened(fetch(asked_for(), "gpkg"))
    (qml,) = package.execute("SELECT styleQML FROM layer_styles WHERE f_table_name = 'FIKTIF_wilayah'").fetchone()
    renderer = xml.fromstring(qml.partition("\n")[2]).find("renderer-v2")
    assert (renderer.get("type"), renderer.get("attr")) == ("categorizedSymbol", "class")
    fills = {
        symbol.get("name"): next(one.get("value") for one in symbol.iter("Option") if one.get("name") == "color")
        for symbol in renderer.find("symbols")
    }
    told = [(one.get("value"), one.get("label"), fills[one.get("symbol")]) for one in renderer.find("categories")]
    classes = read_content(asked_for()).classes
    assert told == [(one.key, one.label, ",".join(map(str, (*rgb_of(one.colour), 255)))) for one in classes]
    values = {value for (value,) in package.execute("SELECT DISTINCT class FROM FIKTIF_wilayah")}
    assert values <= {key for key, _, _ in told}


def test_a_name_with_markup_stays_text_in_a_style():
    style = qgis_style.class_style([MapClass("01", '<b> & "x"', "#ffffff")], 5000, "a [% 1 %] <i>")
    root = xml.fromstring(style.partition("\n")[2])
    assert root.find("renderer-v2/categories/category").get("label") == '<b> & "x"'
    assert "[% 1" not in root.find("mapTip").text and "<i>" not in root.find("mapTip").text


def test_what_is_published_hides_the_small_cells_in_every_format(province, opened):
    asked = asked_for(PUBLISHED, "gap_count")
    cells = rows_of(workbook(fetch(asked, "xlsx"))["FIKTIF Angka"])
    for name in ("Satu", "Dua", "Tiga", "Enam"):
        assert cells[name]["Belum terjangkau"].value == "<10"
        assert cells[name]["Belum terjangkau (%)"].value is None and cells[name]["Rupiah tidak sampai"].value is None
    drawn = features(fetch(asked, "geojson"))
    satu = drawn["Satu"]["properties"]
    assert (satu["value"], satu["numerator"], satu["numerator_mask"], satu["class"]) == (
        None, None, "small", "suppressed")  # fmt: skip
    package, _ = opened(fetch(asked, "gpkg"))
    stored = dict(package.execute("SELECT name, numerator FROM FIKTIF_wilayah WHERE numerator_mask <> ''"))
    assert set(stored) >= {"Satu", "Dua", "Tiga", "Enam"} and set(stored.values()) == {None}
    assert package.execute("SELECT count(*) FROM FIKTIF_wilayah WHERE value BETWEEN 1 AND 9").fetchone() == (0,)
    # Nothing was written and taken back: a page that was freed keeps its bytes.
    assert package.execute("PRAGMA freelist_count").fetchone() == (0,)
    _, counted = pixels(fetch(asked, "png"))
    assert counted[rgb_of(STATUS_COLOURS[Status.suppressed])] > 40_000


def test_no_cell_is_a_formula(province):
    sheet = workbook(fetch(asked_for(), "xlsx"))["FIKTIF Angka"]
    assert "'" + FORMULA in rows_of(sheet)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_the_picture_is_1600_pixels_wide_and_marked_as_fiction(province):
    image, counted = pixels(fetch(asked_for(), "png"))
    assert image.width == 1600 and 700 < image.height < 2200
    assert counted[rgb_of("#7a3b00")] > 3_000


def test_a_picture_of_the_nation_has_no_neighbours(province):
    nation = DESA.at(wilayah="ID", level=Level.provinsi)
    image, _ = pixels(fetch(asked_for(nation), "png"))
    assert image.width == 1600


def test_a_name_with_a_dollar_sign_is_no_formula_in_the_picture(own_province):
    with own_province.begin() as connection:
        connection.execute(text("UPDATE wilayah SET name = 'Rp $x_{$ <b>' WHERE kode = '99.01.01.2001'"))
    st.cache_data.clear()
    assert fetch(asked_for(), "png").status_code == 200
    assert "Rp $x_{$ <b>" in features(fetch(asked_for(), "geojson"))


def test_without_boundaries_there_is_a_table_and_a_sentence_instead_of_a_map(own_province):
    with own_province.begin() as connection:
        connection.execute(delete(tables.boundary_active))
    st.cache_data.clear()
    refused = fetch(asked_for(), "png")
    assert refused.status_code == 409 and "belum dimuat" in refused.body.decode()
    assert fetch(asked_for(), "xlsx").status_code == 200
    assert {address.rpartition(".")[2] for address in file_links(open_page())} == {"csv", "xlsx"}


def test_a_map_of_too_many_shapes_is_refused_with_a_way_out(province, monkeypatch):
    monkeypatch.setattr(kinds, "MOST_SHAPES", 6)
    refused = fetch(asked_for(language="en", measure="gap_idr"), "gpkg")
    assert refused.status_code == 409 and "smaller wilayah" in refused.body.decode()
    assert fetch(asked_for(language="en", measure="gap_idr"), "xlsx").status_code == 200


def test_an_old_address_is_answered_by_one_clear_sentence_in_each_language(province):
    old = Asked("export", "coverage-gaps", "exclusion_rate", DESA, "id", "older")
    for kind in ("csv", *KINDS):
        refused = fetch(old, kind)
        assert refused.status_code == 403
        indonesian, english = refused.body.decode().splitlines()
        assert "kedaluwarsa" in indonesian and "expired" in english
    assert fetch(None, "xlsx", token="made.up").status_code == 404


def test_exact_files_are_refused_where_exact_figures_are_not_allowed(province, monkeypatch):
    asked, strict = asked_for(), dataclasses.replace(cache.serving(), disclosure="published")
    monkeypatch.setattr(cache, "serving", lambda: strict)
    assert fetch(asked, "gpkg").status_code == 403


def test_an_answer_without_a_map_has_a_csv_and_no_other_file(province):
    asked = asked_for(question="coverage-by-desil", measure="")
    assert fetch(asked, "csv").status_code == 200
    assert fetch(asked, "png").status_code == 404


def test_the_page_offers_each_kind_of_file_at_its_address(province):
    addresses = file_links(open_page())
    assert [address.rpartition(".")[2] for address in addresses] == ["csv", *KINDS]
    token = re.fullmatch(r"/exports/(.+)\.png", addresses[-1]).group(1)
    assert fetch(None, "png", token=token).status_code == 200


def open_page(**parameters):
    return pages_under_test.open_page("coverage-gaps", **{"w": "99", "l": "desa"} | parameters)


def file_links(opened_page):
    return [link.proto.url for link in opened_page.get("link_button") if link.proto.url.startswith("/exports/")]


@pytest.mark.parametrize(("question", "measure"), MAP_MEASURES, ids=lambda one: one.key)
def test_every_class_of_every_map_has_a_key_and_a_colour_of_its_own(question, measure):
    if measure.form in ("rate", "points") or measure.limits:
        scale = cache.scale(question.key, measure.key, DESA, "no data needed")
    else:
        scale = count_scale(measure, pd.Series([1.0, 30, 500, 9000, 40_000, 700_000]))
    for language in ("id", "en"):
        classes = classes_of(scale, Words(language), STATUSES)
        assert len({one.key for one in classes}) == len({one.colour for one in classes}) == len(classes)
        assert set(scale.colours) <= {one.colour for one in classes} or isinstance(scale, SuppressingScale)
        assert {one.key for one in classes} >= STATUSES


@pytest.mark.parametrize("key", ["overview", "monitoring", "desil-density", "targeting-errors", "what-if", "hot-spots"])
def test_every_map_page_has_every_kind_of_file(province, key):
    level = min(QUESTIONS[key].finest, Level.desa)
    limits = (1, 5) if key == "what-if" else None
    scope = DESA.at(level=level, desil=QUESTIONS[key].desil or DESA.desil, limits=limits)
    for number, measure in enumerate(QUESTIONS[key].measures):
        asked = asked_for(scope, measure.key, question=key)
        heads = [cell.value for cell in next(workbook(fetch(asked, "xlsx"))["FIKTIF Angka"].iter_rows())]
        assert len(set(heads)) == len(heads)
        drawn = features(fetch(asked, "geojson"))
        assert all(one["properties"]["class_label"] for one in drawn.values())
        assert fetch(asked, "gpkg").status_code == 200
        if number == 0:
            assert fetch(asked, "png").status_code == 200


@pytest.mark.parametrize("changes", [
    ("coverage-gaps", {}),
    ("desil-density", {"desil": (0, 1, 9)}),
    ("what-if", {"limits": (1, 5)}),
    ("what-if", {"rule_on": PERIOD}),
    ("field-errors", {"truth": "consumption", "frame": "listing"}),
    ("sample-planner", {"request": "w10"}),
], ids=lambda one: one[0])  # fmt: skip
def test_a_file_is_made_of_the_view_that_its_address_came_from(province, changes):
    question, scope = changes[0], DESA.at(**changes[1])
    view = view_of(asked_for(scope, question=question))
    assert (view.scope(), view.question.key) == (scope, question)


def parts():
    table = [[f"Kabupaten {number}", "1.234", "<10", "46,5\N{NO-BREAK SPACE}%"] for number in range(70)]
    return [
        page.paragraph("Di Lampung, **15 dari 32** keluarga layak & <terdaftar> – −3 ≥ 2."),
        page.figure_row([("Belum", "15", "+3 sejak Sep"), ("Cakupan", "53,1 %", "")]), page.heading("Tabel"),
        page.number_table(["Nama", "Layak", "Belum", "%"], table, bold_rows=[0], fills={(0, 3): "#b30000"}),
        page.together(page.heading("Peta"), page.picture(a_picture(300, 2000)), page.note("Catatan.")),
    ]  # fmt: skip


def a_picture(width, height):
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), "#0b5d7a").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_print_numbers_its_pages_and_is_the_same_bytes_again():
    sheet = page.Sheet("Profil Lampung", "Provinsi Lampung · Oktober 2026", "Register fiktif", "abc", True)
    made = page.pdf_of(sheet, parts())
    assert made == page.pdf_of(sheet, parts())
    assert made.startswith(b"%PDF") and len(re.findall(rb"/Type /Page\b(?!s)", made)) == 3


def test_a_table_with_a_cell_too_few_is_refused():
    with pytest.raises(ValueError, match="as many cells"):
        page.number_table(["Nama", "Layak"], [["Satu"]])
    with pytest.raises(ValueError, match="one to 4"):
        page.figure_row([])
