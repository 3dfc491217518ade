"""A plan as a memo: two pages in either language, with the figures that the budget sheet has."""

import io
import re
from dataclasses import replace
from types import SimpleNamespace

import pytest
from pypdf import PdfReader
from test_rka import REQUEST, effect_of, picture, place_of, plan_of

from dashboard.files.memo import memo_of

RULES = ("optimal", "proportional", "equal_coverage", "lowest_first", "desil_first", "robust", "own")


def page_count(made):
    return len(re.findall(rb"/Type /Page\b(?!s)", made))


def pages(made):
    """The text of each page."""
    return [re.sub(r"\s+", " ", page.extract_text()) for page in PdfReader(io.BytesIO(made)).pages]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_memo_has_two_pages_and_the_figures(language):
    made = memo_of(plan_of(), place_of(language=language))
    assert made.startswith(b"%PDF") and page_count(made) == 2
    first, second = pages(made)
    point = "." if language == "id" else ","
    for figure in ("160.000.000", "146.400.000", "152.900.000", "7.100.000", "4.000.000"):
        assert figure.replace(".", point) in first
    assert "61 KPM" in first and "5.1.06" in first
    told = first.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
    assert all(f"{rate}%" in told for rate in ("74.4", "35.3", "45.1", "31.2", "58.7"))
    share = "18,8" if language == "id" else "18.8"
    assert share in second and "2.917.939".replace(".", point) in second
    assert all("FIKTIF" in page for page in (first, second))


def fact_of(number):
    return f"Catatan {number}", "teks yang panjang sekali " * 5


def test_a_crowded_memo_still_has_two_pages():
    effects = tuple(effect_of(rule=rule) for rule in RULES)
    long = " dan ".join(["Kabupaten dengan nama yang panjang sekali"] * 4)
    plan = plan_of(effects=effects, effect=effects[0])
    covered, facts = (tuple(make(at) for at in range(12)) for make in ("Program daerah {}".format, fact_of))
    place = place_of(path=long, covered=covered, picture=picture(500, 900), facts=facts, sources=tuple([long] * 9))
    assert page_count(memo_of(plan, place)) == 2


def test_a_memo_without_a_sample_or_a_map_says_so():
    bare = replace(effect_of(), field_after=None, gini=None, cost_per_eligible_idr=None, inclusion_rate=None)
    plan = plan_of(effect=bare, effects=(bare,), field_before=None, off_list=None, is_fictional=False,
                   eligibility=SimpleNamespace(origin=("register",), field=None, truth="", frame=""))
    made = memo_of(plan, place_of(picture=None))
    assert page_count(made) == 2
    first, second = pages(made)
    assert "tidak ditaksir" in first and "Peta tidak tersedia" in first and "DATA FIKTIF" not in first
    assert "Menurut lapangan" not in second


@pytest.mark.parametrize(("field", "frame", "is_seen"), [
    (None, "register", False), (None, "listing", True), (SimpleNamespace(unregistered=None), "listing", False),
    (SimpleNamespace(unregistered=0.1), "listing", True),
], ids=["stored_register", "stored_listing", "of_a_component", "listing"])  # fmt: skip
def test_a_memo_does_not_tell_of_the_unregistered_whom_its_sample_cannot_see(field, frame, is_seen):
    chances = SimpleNamespace(origin=("kabupaten",), field=field, truth="consumption", frame=frame)
    _, second = pages(memo_of(plan_of(eligibility=chances), place_of()))
    assert ("tidak terdaftar atau berada di desil" in second) == is_seen
    assert ("tidak terlihat dari sampel ini" in second) != is_seen
    assert ("di antara yang terdaftar" in second) == (frame == "register")


def test_a_memo_says_on_which_side_of_the_best_its_plan_is():
    for language, told in (("id", "di bawah yang terbaik"), ("en", "less than the best")):
        assert told in pages(memo_of(plan_of(), place_of(language=language)))[1]


def test_a_memo_is_the_same_bytes_again_and_takes_no_markup_from_a_name():
    place = place_of(name="<b>Uji & Coba")
    assert memo_of(plan_of(), place) == memo_of(plan_of(), place)
    assert page_count(memo_of(plan_of(REQUEST.at(funding="dana_desa")), place)) == 2
