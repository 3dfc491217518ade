"""The first page as it is drawn, in both languages and for every level, and the profile that is printed of it."""

import re
from datetime import date

import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from conftest import clone
from pages_under_test import fetch, html_of, open_app, said, serving
from test_overview import QUOTA

from boundaries.levels import Level
from dashboard import cache, server
from dashboard.addresses import Asked
from dashboard.facts import command_of, facts_of, view_of
from dashboard.files.profile import profile_of
from dashboard.sections import overview_head, overview_panels, overview_priorities, overview_tables
from geo.engine import make_engine
from geo.figures_load import load_figures
from queries.scope import Scope

pytestmark = pytest.mark.postgis

NBSP = "\N{NO-BREAK SPACE}"
BEFORE = date(2026, 9, 1)
WHOLE = Scope("99", Level.kabupaten, PERIOD, "pkh", (1,), "exact")


@pytest.fixture(scope="module")
def served(template, tmp_path_factory):
    """Two months; in the first, the families of desil 1 in Tiga receive PKH. Quotas, and figures of one kabupaten."""
    folder = tmp_path_factory.mktemp("overview_page")
    engine = make_engine(clone(template, "test_overview_page"))
    write_places(engine)
    household, earlier = draw_households(), draw_households()
    earlier.loc[(earlier["kode"] == "99.01.02.2001") & (earlier["desil"] == "1"), "marks"] = 1
    load(engine, folder / "a", earlier, enrol(recipients(earlier), "pkh"), period=BEFORE)
    enrolment = enrol(recipients(household), "pkh")
    enrolment.loc[enrolment["kode"] == "99.01.01.2001", "stage"] = "ditetapkan"
    load(engine, folder / "b", household, enrolment, QUOTA)
    figures = folder / "FIKTIF_figures.csv"
    figures.write_text("kode,value,is_confirmed\n99.01,8.5,false\n")
    load_figures(engine, figures, "poverty_rate", date(2026, 3, 1), "Uji, Maret", is_percent=True)
    with serving(engine, folder):
        yield engine
    engine.dispose()


def view(scope=WHOLE, language="id"):
    return view_of(Asked("profile", "overview", "without_rate", scope, language, cache.data_state().version))


def answer(scope, query="without"):
    return cache.answer(query, scope, cache.data_state().version)


def rows(sheet):
    return {row.name: row.cells for row in sheet.rows}


def test_the_first_page_says_in_a_sentence_who_receives_nothing(served):
    page = open_app()
    assert not page.exception and not page.error
    assert "**4 dari 11** keluarga desil 1 (36,4" in said(page)
    assert "Separuhnya tinggal di 1 dari 7 desa." in said(page)
    assert [(metric.value, metric.delta) for metric in page.metric] == [
        ("4", "+2 sejak Sep"), (f"53,1{NBSP}%", "-6,2 poin sejak Sep"), ("4", "5 desil 3–4 sudah menerima"),
        (f"66,7{NBSP}%", "14 dari 21 penerima"),
    ]  # fmt: skip
    bases = [metric.proto.delta_description for metric in page.metric]
    assert bases == ["dari 11 keluarga", "17 dari 32 keluarga layak", "", ""]


def test_the_answer_says_where_it_goes_and_what_limits_it(served):
    page = open_app()
    assert f"Sejak September 2026 naik 2 keluarga (18,2{NBSP}% → 36,4{NBSP}%)." in said(page)
    assert f"0,0{NBSP}% keluarga dalam register terakhir diverifikasi dua tahun lalu" in said(page)
    assert "Sejak" not in overview_head.sentence(view(WHOLE.at(period=BEFORE)), answer(WHOLE.at(period=BEFORE)))
    barat = view(WHOLE.at(wilayah="99.01", level=Level.kecamatan))
    assert f"angka resmi (di sini fiktif): 8,50{NBSP}% (Maret 2026)" in overview_head.limits(barat)


def test_the_list_beside_the_map_has_the_order_of_the_ranking(served):
    page = open_app(l="desa")
    ranked = answer(WHOLE.at(level=Level.desa), "priorities").frame["name"].tolist()
    assert page.dataframe[0].value.iloc[:, 0].tolist()[: len(ranked)] == ranked == ["Tiga", "Enam", "Satu"]


def test_the_ranking_is_of_desil_1_whatever_the_scope_asks_for(served):
    other, own = (answer(WHOLE.at(level=Level.desa, desil=desil), "priorities") for desil in ((1, 2, 3, 4), (1,)))
    assert other.provenance.scope.desil == (1,) and other.frame.equals(own.frame)


def test_where_a_number_comes_from_names_desil_and_programs_and_the_command(served):
    facts = facts_of(view(), answer(WHOLE))
    assert facts["desil"][1] == "Desil 1" and facts["programs"][1] == "PKH"
    command = "petadesil query without --wilayah 99 --level kabupaten --period 2026-10 --desil 1"
    assert command_of(answer(WHOLE)) == command
    assert command in [element.value for element in open_app(l="kabupaten").code]
    hidden = answer(WHOLE.at(disclosure="published", program="sembako"), "coverage")
    assert command_of(hidden).endswith("--program sembako --desil 1 --disclosure published")


def test_a_line_spans_five_points_at_least_and_stays_between_nought_and_all():
    assert overview_panels.span_of([0.945, None, 0.947]) == (0.92, 0.98)
    assert overview_panels.span_of([1 / 3]) == (0.30, 0.36)
    assert overview_panels.span_of([0.2, 0.4]) == (0.2, 0.4)
    assert overview_panels.span_of([0.0, 0.01]) == (0.0, 0.05)
    assert overview_panels.span_of([1.0, 1.0]) == (0.95, 1.0)


def test_a_desa_is_not_shown_among_the_oldest_and_says_whose_households_are_shared_out(served):
    desa = view(WHOLE.at(wilayah="99.01.01.2001", level=Level.desa))
    assert "Tertua" not in overview_tables.ages(desa).answer
    assert "dari 1 keluarga demikian di Kecamatan Hulu" in overview_priorities.note(desa)
    nobody = view(WHOLE.at(wilayah="99.01.02.2002", level=Level.desa))
    ranked = answer(nobody.scope(), "priorities")
    assert overview_priorities.has_any(nobody, ranked) == (not ranked.frame.empty)


def test_the_page_is_complete_in_english(served):
    page = open_app(lang="en")
    assert "**4 of 11** households of desil 1 (36.4%) receive no program at all." in said(page)
    assert "places of the quota empty, gap 13" in said(page)
    assert "Program by program" in [element.value for element in page.subheader]
    assert not re.search(r"\b(keluarga|belum|tidak)\b", said(page) + html_of(page))


@pytest.mark.parametrize(
    ("kode", "words"),
    [
        ("ID", "Di Indonesia, **4 dari 11**"),
        ("99.01", "Di Kabupaten Barat, **3 dari 8**"),
        ("99.01.01", "Di Kecamatan Hulu, **1 dari 6**"),
        ("99.01.01.2001", "Di Desa Satu, **1 dari 4**"),
        ("99.01.02.2002", "di Desa Empat tidak ada keluarga desil 1"),
        ("99.71.01.1003", "Belum ada register dengan data penerima untuk Kelurahan Tujuh"),
    ],
)
def test_any_wilayah_down_to_a_desa_has_its_page(served, kode, words):
    page = open_app(w=kode)
    assert not page.exception and not page.error
    assert words in said(page)


def test_the_default_page_and_the_page_of_coverage_both_have_their_address(served):
    page = open_app()
    pages = page.session_state["pages"]
    assert pages["overview"].url_path == "" and pages["coverage-gaps"].url_path == "coverage-gaps"
    assert page.get("html") and "Ringkasan" in pages["overview"].title


def test_small_numbers_are_hidden_everywhere_on_the_page(served):
    page = open_app(d="published")
    assert "**<10 dari 10** keluarga desil 1 tidak" in said(page)
    assert "Separuhnya" not in said(page) and "Mulai dari" not in said(page)
    assert "Tidak ada wilayah yang jumlahnya dapat ditampilkan" in said(page)
    assert page.metric[0].value == "<10"
    assert not any("poin" in (metric.delta or "") for metric in page.metric[:1])


def test_the_table_of_programs_has_what_it_needs(served):
    sheet = overview_tables.programs(view())
    assert rows(sheet) == {
        "PKH (keluarga)": ("32", "17", f"53,1{NBSP}%", "15", f"Rp{NBSP}13,5{NBSP}juta", "21", f"66,7{NBSP}%", "27",
                           f"77,8{NBSP}%"),
    }  # fmt: skip
    assert sheet.rows[0].bars[2] == pytest.approx(17 / 32) and sheet.rows[0].bars[0] is None


def test_what_changed_is_told_between_registers_of_one_scheme(served):
    sheet = overview_tables.changes(view())
    assert sheet.heads == ["Angka", "Oktober 2026", "Sejak September 2026"]
    assert rows(sheet)["Desil 1 tanpa program"] == ("4", "+2")
    assert rows(sheet)["Bagian desil 1 tanpa program"] == (f"36,4{NBSP}%", "+18,2 poin")
    assert rows(sheet)["Keluarga desil 1"] == ("11", "0")
    first = overview_tables.changes(view(WHOLE.at(period=BEFORE)))
    assert not first.rows and "DTSEN sebelum September 2026" in first.answer


def test_a_hidden_number_has_no_change(served):
    sheet = overview_tables.changes(view(WHOLE.at(disclosure="published")))
    assert rows(sheet)["Keluarga desil 1"] == ("10", "0")
    # It does not vanish, and what its sign means is said.
    assert rows(sheet)["Desil 1 tanpa program"] == ("<10", "***")
    assert rows(sheet)["Bagian desil 1 tanpa program"] == ("***", "***")
    assert "*** berarti disembunyikan" in sheet.note


def test_the_order_within_the_poor_is_not_told_below_the_quota(served):
    assert rows(overview_tables.order(view()))["PKH (keluarga)"] == ("11", "4", "5", "4")
    below = view(WHOLE.at(wilayah="99.01.01", level=Level.desa, disclosure="published"))
    assert rows(overview_tables.order(below))["PKH (keluarga)"][-1] == "t.b."


def test_the_age_of_the_data_adds_up(served):
    sheet = overview_tables.ages(view())
    assert [row.cells[0] for row in sheet.rows] == ["60", "0", "0", "0", "0"]
    assert f"**0,0{NBSP}%** dari 60 keluarga" in sheet.answer


def test_an_official_figure_is_shown_as_published_or_from_the_nearest_above(served):
    kecamatan = overview_tables.official(view(WHOLE.at(wilayah="99.01.01", level=Level.desa)))
    assert "yang terdekat di atasnya: Kabupaten Barat" in kecamatan.answer
    value, source = rows(kecamatan)["Penduduk miskin (resmi)"]
    assert value == f"8,50{NBSP}% (belum terkonfirmasi)"
    # The note of a fictional file is in the file's own language.
    assert source == "angka fiktif untuk provinsi 99, bukan terbitan BPS atau Dukcapil · Maret 2026"
    none = overview_tables.official(view(WHOLE.at(wilayah="99.71", level=Level.kecamatan)))
    assert "petadesil load figures" in none.answer and len(none.rows) == 2


@pytest.mark.parametrize(
    ("kode", "level", "disclosure", "language"),
    [("ID", Level.provinsi, "exact", "id"), ("99", Level.desa, "published", "en"),
     ("99.01", Level.kecamatan, "exact", "en"), ("99.01.01", Level.desa, "published", "id"),
     ("99.01.01.2001", Level.desa, "exact", "id"), ("99.71.01.1003", Level.desa, "exact", "en")],
)  # fmt: skip
def test_a_profile_is_printed_on_two_pages(served, kode, level, disclosure, language):
    scope = WHOLE.at(wilayah=kode, level=level, disclosure=disclosure)
    printed = profile_of(Asked("profile", "overview", "without_rate", scope, language, cache.data_state().version))
    assert printed.startswith(b"%PDF-") and len(re.findall(rb"/Type\s*/Page\b[^s]", printed)) == 2
    # A4, in points.
    assert re.search(rb"/MediaBox\s*\[\s*0 0 595\.27\d* 841\.88\d*\s*\]", printed)


def test_the_same_profile_is_the_same_bytes(served):
    asked = Asked("profile", "overview", "without_rate", WHOLE, "id", cache.data_state().version)
    assert profile_of(asked) == profile_of(asked)


def test_a_profile_has_a_signed_address_and_a_name_that_says_fiktif(served):
    asked = Asked("profile", "overview", "without_rate", WHOLE, "id", cache.data_state().version)
    response = printed_answer(cache.signer().token(asked))
    assert response.status_code == 200 and response.media_type == "application/pdf"
    assert "FIKTIF_profil_99_kabupaten_pkh_2026-10.pdf" in response.headers["content-disposition"]
    assert printed_answer("made.up").status_code == 404
    export = Asked("export", "overview", "without_rate", WHOLE, "id", cache.data_state().version)
    assert printed_answer(cache.signer().token(export)).status_code == 404


def printed_answer(token):
    return fetch(server.exports_route, f"/exports/{token}.pdf")
