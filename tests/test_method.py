"""The method in words: complete in both languages, one section for each measure, and the numbers of the code in it."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from bench import simulation
from dashboard import method, uncertainty
from dashboard.errors import DashboardError
from dashboard.method import FILES, FOLDER, read_sections, section, section_of, section_title, sections_of
from dashboard.questions import QUESTIONS
from dashboard.words import LANGUAGES, Words
from geo.synthetic import verification
from queries import sample_basis, sample_plan
from queries.covariates import NAMES
from queries.stats import disclosure, proportions, sampling, selection, small_area, smoothing

SOURCES = "sources"


def said(section_id, language):
    return " ".join(section(section_id, language).split())


def share(rate):
    return f"{round(rate * 100)} %"


def test_both_languages_have_the_same_sections_in_the_same_order():
    assert list(read_sections("id")) == list(read_sections("en"))
    assert len(read_sections("id")) > 20


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_heading_is_a_section_with_an_id_of_its_own_and_a_text(language):
    text = (FOLDER / FILES[language]).read_text(encoding="utf-8")
    ids = re.findall(r'<a id="([a-z-]+)"></a>', text)
    assert len(ids) == len(set(ids)) == text.count("\n## ") == len(read_sections(language))
    for name, body in read_sections(language).items():
        heading, _, rest = body.partition("\n\n")
        assert re.fullmatch(r"#### \S.+", heading), name
        assert len(rest) > 300, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_within_the_documents_leads_to_a_section_or_a_file_that_is_there(language):
    text = (FOLDER / FILES[language]).read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert target.removeprefix("#") in read_sections(language) or (FOLDER / target).exists(), target


def test_a_section_on_a_page_has_no_link_and_no_anchor():
    for language in LANGUAGES:
        for body in read_sections(language).values():
            assert "](" not in body
            assert "<a " not in body


def test_both_languages_say_a_section_at_about_the_same_length_and_with_the_same_formulas():
    for name in read_sections("en"):
        lengths = [len(section(name, language)) for language in LANGUAGES]
        assert 0.75 < lengths[0] / lengths[1] < 1.5, name
        tables = [section(name, language).count("\n|") for language in LANGUAGES]
        assert tables[0] == tables[1], name


def test_every_measure_has_a_section_in_both_languages():
    keys = {measure.key for question in QUESTIONS.values() for measure in question.measures}
    lacking = {key for key in keys if not has_sections(key)}
    assert not lacking, f"name the sections of docs/method.md for these measures in dashboard/method.py: {lacking}"
    for key in keys:
        assert section_of(key) == sections_of(key)[0]
        assert all(section_title(name, language) for name in sections_of(key) for language in LANGUAGES)


def has_sections(key):
    try:
        return bool(sections_of(key))
    except KeyError:
        return False


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_that_is_named_is_in_the_list_of_sources(language):
    listed = set(re.findall(r"\((\d{4})\)", said(SOURCES, language)))
    body = " ".join(said(name, language) for name in read_sections(language) if name not in (SOURCES, "fictional"))
    named = set(re.findall(r"\b(?:1[89]\d\d|20\d\d)\b", body))
    assert named and named <= listed, named - listed


def number(value, language):
    return Words(language).number(value)


# What a section must say, in each language: (section, English, Indonesian), made from the constants of the code.
NUMBERS = [
    ("small-areas", f"At least {small_area.LEAST_AREAS} kecamatan", f"Sedikitnya {small_area.LEAST_AREAS} kecamatan"),
    ("small-areas", f"fewer than {small_area.LEAST_AREAS} sampled", f"kurang dari {small_area.LEAST_AREAS} kecamatan"),
    ("small-areas", f"{small_area.REPLICATES} times", f"{small_area.REPLICATES} kali"),
    ("small-areas", f"of at least {small_area.LEAST_ARCSINE_COUNT} answers",
     f"efektif sedikitnya {small_area.LEAST_ARCSINE_COUNT}"),
    ("departures", f"{small_area.LEAST_ARCSINE_COUNT} effective answers",
     f"{small_area.LEAST_ARCSINE_COUNT} jawaban efektif"),
    ("small-areas", f"{round(smoothing.LEAST_RATE * 100)} to {share(1 - smoothing.LEAST_RATE)}",
     f"antara {round(smoothing.LEAST_RATE * 100)} dan {share(1 - smoothing.LEAST_RATE)}"),
    ("small-areas", f"one for every {selection.AREAS_PER_COVARIATE} areas",
     f"satu untuk setiap {selection.AREAS_PER_COVARIATE} wilayah"),
    ("reliability", f"fewer than {proportions.LEAST_SAMPLE} households",
     f"kurang dari {proportions.LEAST_SAMPLE} keluarga"),
    ("reliability", f"{round(proportions.NARROW * 100)} points wide or less",
     f"lebar {round(proportions.NARROW * 100)} poin atau kurang"),
    ("reliability", f"wider than {round(proportions.WIDEST_SHOWN * 100)} points",
     f"lebih lebar dari {round(proportions.WIDEST_SHOWN * 100)} poin"),
    ("reliability", f"wider than {share(proportions.WIDEST_RELATIVE)}",
     f"lebih lebar dari {share(proportions.WIDEST_RELATIVE)}"),
    ("departures", f"least sample of {proportions.LEAST_SAMPLE}", f"sampel terkecil {proportions.LEAST_SAMPLE}"),
    *(("colours", f"p to {round(width * 100)} points", f"sampai {round(width * 100)} poin")
      for width in uncertainty.WIDTHS),
    *(("colours", f"grey by {share(fade)}", f"memudar {share(fade)}") for fade in uncertainty.FADES[1:]),
    ("disclosure", f"a count of 1 to {disclosure.SMALLEST_SHOWN - 1}",
     f"jumlah 1 sampai {disclosure.SMALLEST_SHOWN - 1}"),
    ("disclosure", f"<{disclosure.SMALLEST_SHOWN}", f"<{disclosure.SMALLEST_SHOWN}"),
    ("disclosure", f"rounded to the nearest {disclosure.ROUND_TO}",
     f"dibulatkan ke kelipatan {disclosure.ROUND_TO} terdekat"),
    ("disclosure", f"denominator of {disclosure.LEAST_DENOMINATOR}",
     f"penyebut sedikitnya {disclosure.LEAST_DENOMINATOR}"),
    ("planner", f"Rp {number(sample_plan.DESA_IDR, 'en')} a desa", f"Rp {number(sample_plan.DESA_IDR, 'id')} per desa"),
    ("planner", f"Rp {number(sample_plan.HOUSEHOLD_IDR, 'en')} a household",
     f"Rp {number(sample_plan.HOUSEHOLD_IDR, 'id')} per keluarga"),
    ("planner", f"rho of {sample_basis.RHO}", f"rho {Words('id').number(sample_basis.RHO, 2)}"),
    ("planner", f"sample of {sample_basis.LEAST_RHO_AREAS} kecamatan",
     f"dengan {sample_basis.LEAST_RHO_AREAS} kecamatan"),
    ("planner", f"at least {sample_basis.LEAST_RHO}", f"sedikitnya {Words('id').number(sample_basis.LEAST_RHO, 2)}"),
    ("planner", f"{round(sample_basis.LEAST_RATE * 100)} to {share(sample_basis.MOST_RATE)}",
     f"antara {round(sample_basis.LEAST_RATE * 100)} dan {share(sample_basis.MOST_RATE)}"),
    ("planner", f"from {sampling.LEAST_DESA} to all", f"mulai {sampling.LEAST_DESA} sampai seluruhnya"),
    ("simulation", f"{verification.DESA_PER_KECAMATAN} desa by simple random sampling",
     f"{verification.DESA_PER_KECAMATAN} desa dengan sampel acak sederhana"),
    ("simulation", f"{verification.HOUSEHOLD_PER_DESA} households in each",
     f"{verification.HOUSEHOLD_PER_DESA} keluarga di masing-masing"),
    ("simulation", f"{simulation.REPLICATES} replicates in place of {small_area.REPLICATES}",
     f"{simulation.REPLICATES} ulangan, bukan {small_area.REPLICATES}"),
    ("simulation", f"at least {simulation.SAMPLES} samples", f"sedikitnya {simulation.SAMPLES} sampel"),
    ("simulation", f"at least {share(simulation.LEAST_GAIN)} below",
     f"sedikitnya {share(simulation.LEAST_GAIN)} di bawah"),
    ("simulation", f"between {round((simulation.NOMINAL - simulation.TOLERANCE) * 100)} and"
     f" {share(simulation.NOMINAL + simulation.TOLERANCE)}",
     f"antara {round((simulation.NOMINAL - simulation.TOLERANCE) * 100)} dan"
     f" {share(simulation.NOMINAL + simulation.TOLERANCE)}"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "english", "indonesian"), NUMBERS)
def test_the_text_has_the_numbers_of_the_code(name, english, indonesian):
    assert english in said(name, "en")
    assert indonesian in said(name, "id")


def test_the_text_counts_what_the_code_lists():
    assert disclosure.MOST_MASKED_PARTS == 3 and "three parts or fewer" in said("disclosure", "en")
    assert disclosure.ROUND_IDR_TO == 1_000_000 and "rounded to the million" in said("disclosure", "en")
    assert len(simulation.COVARIATES) == 4 and "four covariates" in said("simulation", "en")
    assert len(simulation.CASES) == 4 and "7, 3, 11 and 5 answers" in said("simulation", "en")
    # Another candidate needs its words in section small-areas, in both languages.
    assert len(NAMES) == 7


def test_a_program_without_its_documents_says_so(monkeypatch, tmp_path):
    monkeypatch.setattr(method, "FOLDER", tmp_path)
    read_sections.cache_clear()
    with pytest.raises(DashboardError) as raised:
        section("coverage", "id")
    read_sections.cache_clear()
    assert raised.value.code == "method_missing"
    for language in LANGUAGES:
        assert str(tmp_path) in Words(language).error(raised.value.code, **raised.value.details)


def card():
    """A page with nothing but the method of a measure, as Streamlit's tester runs it."""
    from types import SimpleNamespace

    from dashboard.method import explain
    from dashboard.questions import FIELD_EXCLUSION
    from dashboard.words import Words

    explain(SimpleNamespace(words=Words("id"), language="id", measure=FIELD_EXCLUSION), "details")


def test_the_card_sends_the_section_only_when_it_is_opened():
    page = AppTest.from_function(card).run()
    assert not page.exception
    assert page.expander[0].label == "Cara menghitung"
    assert [element.value for element in page.markdown] == []
    page.session_state["method_details"] = True
    page.run()
    assert not page.exception
    assert [element.value for element in page.markdown] == [section(section_of("field_exclusion_rate"), "id")]
    page.selectbox[0].select("small-areas").run()
    assert [element.value for element in page.markdown] == [section("small-areas", "id")]
