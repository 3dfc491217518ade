"""The screen's words: complete in both languages, and numbers in the form that each of them uses."""

import ast
import re
import string
from datetime import date
from pathlib import Path

import pytest

from dashboard.questions import QUESTIONS
from dashboard.words import CARDS, LANGUAGES, SCREEN, Words
from dashboard.words.errors import ERRORS, TERMS

INDONESIAN, ENGLISH = Words("id"), Words("en")
NBSP = "\N{NO-BREAK SPACE}"


def blanks(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("table", [SCREEN, ERRORS], ids=["screen", "errors"])
def test_every_text_exists_in_both_languages_with_the_same_blanks(table):
    for key, texts in table.items():
        assert set(texts) == set(LANGUAGES), key
        assert blanks(texts["id"]) == blanks(texts["en"]), key
        assert all(texts.values()), key


def test_every_key_that_the_dashboard_names_has_words():
    used = set()
    for path in (Path(__file__).parents[1] / "dashboard").rglob("*.py"):
        if "commands" not in path.parts and "words" not in path.parts:
            used |= set(re.findall(r'words\(\s*"([a-z_.-]+)"', path.read_text()))
    assert len(used) > 40
    assert used <= set(SCREEN)


def texts_and_patterns():
    """Every string of the dashboard but those of its words, and every f-string that names a key as a pattern."""
    texts, patterns = set(), set()
    for path in (Path(__file__).parents[1] / "dashboard").rglob("*.py"):
        if "words" in path.parts and path.parent.name + path.name != "words__init__.py":
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                texts.add(node.value)
            elif isinstance(node, ast.JoinedStr):
                parts = [re.escape(part.value) if isinstance(part, ast.Constant) else r"[a-z0-9_.-]*"
                         for part in node.values]  # fmt: skip
                patterns.add("".join(parts))
    # A pattern that starts with a blank would fit every key.
    patterns = {pattern for pattern in patterns if re.match(r"[a-z]+\\\.", pattern)}
    return texts, patterns


def test_every_key_of_the_screen_is_used():
    texts, patterns = texts_and_patterns()
    unused = [key for key in SCREEN
              if key not in texts and not any(re.fullmatch(pattern, key) for pattern in patterns)]  # fmt: skip
    assert unused == []


def test_every_measure_has_its_names_and_its_card():
    for question in QUESTIONS.values():
        assert f"page.{question.key}" in SCREEN
        for measure in question.measures:
            assert {f"measure.{measure.key}", f"measure.{measure.key}.short"} <= set(SCREEN)
            assert f"tooltip.{measure.numerator}" in SCREEN
            assert all(len(CARDS[measure.key][language]) == 4 for language in LANGUAGES)


def test_numbers_take_the_form_of_the_language():
    assert INDONESIAN.number(1234.5, 1) == "1.234,5"
    assert ENGLISH.number(1234.5, 1) == "1,234.5"
    assert INDONESIAN.percent(0.4651) == f"46,5{NBSP}%"
    assert ENGLISH.percent(0.4651) == "46.5%"
    assert INDONESIAN.rupiah(1_234_000_000) == f"Rp{NBSP}1,2{NBSP}miliar"
    assert INDONESIAN.rupiah(322_000_000_000) == f"Rp{NBSP}322{NBSP}miliar"
    assert INDONESIAN.month(date(2026, 10, 1)) == "Oktober 2026"
    assert INDONESIAN.number(-5) == "−5"


def test_a_missing_number_is_a_dash_and_never_a_zero():
    for absent in (None, float("nan")):
        assert INDONESIAN.number(absent) == INDONESIAN.percent(absent) == INDONESIAN.rupiah(absent) == "–"


def test_a_masked_count_does_not_show_its_number():
    assert INDONESIAN.count(7, "small") == "<10"
    assert INDONESIAN.count(120, "hidden") == "disembunyikan"


def test_an_error_without_a_sentence_of_its_own_still_gets_one():
    assert "brand_new" in INDONESIAN.error("brand_new")
    assert "18.99" in INDONESIAN.error("unknown_wilayah", wilayah="18.99")


def test_an_error_names_nothing_by_its_key():
    """A reason, a condition and a fault are keys of the code; a reader is told them in words."""
    empty = INDONESIAN.error("verification_nothing_kept", path="a.csv", rows=3, reason="bad_weight")
    assert "weight kosong" in empty and "bad_weight" not in empty
    differing = INDONESIAN.error("rule_conditions_differ", conditions="components, wilayah_kinds")
    assert "komponen, jenis wilayah" in differing
    assert "bobot" in INDONESIAN.error("bad_design", fault="weight_not_positive", line=3)


def test_every_fault_of_a_sample_has_words():
    """Of the statistics that estimates go through; their own arguments cannot be wrong there."""
    own = {"unknown_method", "bad_level", "lonely_cluster", "lonely_household"}
    stats = Path(__file__).parents[1] / "queries" / "stats"
    named = re.compile(r'(?:StatisticsError|_refuse)\(\s*"([a-z_]+)"')
    raised = {code for name in ("survey", "proportions", "smoothing", "small_area", "fay_herriot", "selection",
                                "benchmarking", "bootstrap", "transformation")
              for code in named.findall((stats / f"{name}.py").read_text())}  # fmt: skip
    assert len(raised) > 10
    assert raised - own <= set(TERMS["bad_design", "fault"])


def test_a_set_of_desil_reads_as_a_range():
    assert INDONESIAN.desil((1, 2, 3, 4)) == "Desil 1–4"
    assert INDONESIAN.desil((0,)) == "Belum ada desil"
    assert INDONESIAN.desil((0, 9)) == "Desil 9 + Belum ada desil"


def test_no_two_pages_share_a_key():
    from dashboard.words import _PAGES

    for kind in ("SCREEN", "CARDS"):
        keys = [key for page in _PAGES for key in getattr(page, kind, {})]
        assert len(keys) == len(set(keys))
