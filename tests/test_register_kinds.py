"""Status words and kinds of social need, counted by hand on the census of builders.py."""

import pages_under_test
import pandas as pd
import pytest
from builders import PERIOD, PLACES, draw_households, enrol, load, recipients, write_places
from conftest import clone
from pages_under_test import heard
from sqlalchemy import insert, text

from boundaries.levels import Level, level_of
from dashboard.words import LANGUAGES
from geo import context_tables
from geo.engine import make_engine, read_only
from queries.catalogue import QUERIES
from queries.errors import QueryError
from queries.register_kinds import Kind
from queries.scope import Scope

pytestmark = pytest.mark.postgis

DTKS = pd.Timestamp("2025-03-01").date()
WHOLE = Scope("99", Level.provinsi, DTKS, disclosure="exact")
KABUPATEN, KECAMATAN, DESA = (WHOLE.at(level=level) for level in (Level.kabupaten, Level.kecamatan, Level.desa))
WORDS = {"1": "Sangat Miskin", "2": "Miskin", "3": "MISKIN", "4": "Hampir Miskin"}
# Written for kecamatan, but Kota Timur wrote its own elderly, and Hilir no disabled.
SOCIAL = [
    ("99.01.01", "ppks", "Lanjut usia telantar", "person", 40),
    ("99.01.02", "ppks", "Lanjut usia telantar", "person", 25),
    ("99.71.01", "ppks", "Lanjut usia telantar", "person", 7),
    ("99.71", "ppks", "Lanjut usia telantar", "person", 60),
    ("99.01.01", "ppks", "Penyandang disabilitas", "person", 12),
    ("99.71.01", "ppks", "Penyandang disabilitas", "person", 0),
    ("99.01.01", "psks", "Karang taruna", "institution", 4),
    ("99.01.02", "kat", "Talang (a/b)", "household", 30),
]


@pytest.fixture(scope="module")
def province(template, tmp_path_factory):
    """A register of DTKS with words, one of DTSEN without, and social counts beside the first."""
    engine = make_engine(clone(template, "test_register_kinds"))
    folder = tmp_path_factory.mktemp("kinds")
    write_places(engine)
    household = draw_households()
    listed = household[household["desil"].isin(list("1234"))].assign(verified_on="2024-01-15")
    listed["status_word"] = listed["desil"].map(WORDS)
    listed.loc[listed["kode"] == "99.71.01.1002", "status_word"] = None
    load(engine, folder / "dtks", listed, enrol(recipients(listed), "pkh"), period=DTKS, scheme="dtks")
    load(engine, folder / "dtsen", household, enrol(recipients(household), "pkh"))
    with engine.begin() as connection:
        source_id = connection.scalar(text("SELECT min(id) FROM source WHERE kind = 'register'"))
        connection.execute(insert(context_tables.social_count), [
            {"period": DTKS, "level": int(level_of(kode)), "kode": kode, "social_group": group, "kind": kind,
             "unit": unit, "reported_count": count, "source_id": source_id}
            for kode, group, kind, unit, count in SOCIAL
        ])
    yield engine
    engine.dispose()


def ask(engine, name, scope):
    with read_only(engine) as connection:
        return QUERIES[name](connection, scope)


def counts(result, class_columns, count):
    """Return a count by kode and class; a class that is null is None, a count that is not known is left out."""
    frame = result.frame[result.frame[count].notna()].astype(object)
    keys = frame[["kode", *class_columns]].where(frame[["kode", *class_columns]].notna(), None)
    return dict(zip(keys.itertuples(index=False, name=None), frame[count], strict=True))


def test_words_are_counted_letter_by_letter_and_add_up_to_all_families(province):
    words = counts(ask(province, "status-words", WHOLE), ["status_word"], "household_count")
    # 11, 8, 6 and 7 households of desil 1 to 4; two of desil 1 and one of desil 3 live in Enam and have no word.
    assert words == {("99", None): 3, ("99", "Sangat Miskin"): 9, ("99", "Miskin"): 8, ("99", "MISKIN"): 5,
                     ("99", "Hampir Miskin"): 7}  # fmt: skip
    frame = ask(province, "status-words", WHOLE).frame
    assert set(frame["total_household_count"]) == {32} and frame["value"].sum() == pytest.approx(1)
    desa = ask(province, "status-words", DESA).frame
    assert desa["household_count"].sum() == 32
    assert set(desa.loc[desa["name"] == "Tujuh", "status"]) == {"no_data"}


def test_a_register_of_dtsen_has_no_words(province):
    words = counts(ask(province, "status-words", WHOLE.at(period=PERIOD)), ["status_word"], "household_count")
    assert words == {("99", None): 60}


def test_a_parent_is_its_own_row_or_else_the_sum_of_those_below(province):
    kinds = counts(ask(province, "social-kinds", KABUPATEN), ["social_kind"], "reported_count")
    # Kota Timur's own 60 stand, and not the 7 of its kecamatan.
    assert kinds["99.01", "Lanjut usia telantar"] == 65 and kinds["99.71", "Lanjut usia telantar"] == 60
    whole = ask(province, "social-kinds", WHOLE)
    assert counts(whole, ["social_kind"], "reported_count") == {
        ("99", "Lanjut usia telantar"): 125, ("99", "Penyandang disabilitas"): 12, ("99", "Karang taruna"): 4,
        ("99", "Talang (a/b)"): 30,
    }  # fmt: skip
    assert counts(whole, ["social_kind"], "reporting_count")["99", "Lanjut usia telantar"] == 3
    assert counts(whole, ["social_kind"], "total_reported_count")["99", "Lanjut usia telantar"] == 137
    row = whole.frame[whole.frame["social_kind"] == "Lanjut usia telantar"].iloc[0]
    assert row["value"] == pytest.approx(125 / 137) and row["unit"] == "person"
    below = counts(ask(province, "social-kinds", KECAMATAN), ["social_kind"], "reported_count")
    assert below["99.71.01", "Lanjut usia telantar"] == 7


def test_what_the_source_did_not_write_is_no_nought(province):
    frame = ask(province, "social-kinds", KECAMATAN).frame.set_index(["kode", "social_kind"])
    assert frame.loc[("99.01.02", "Penyandang disabilitas"), "status"] == "no_data"
    assert pd.isna(frame.loc[("99.01.02", "Penyandang disabilitas"), "reported_count"])
    assert frame.loc[("99.71.01", "Penyandang disabilitas"), "reported_count"] == 0
    assert ask(province, "social-kinds", DESA).frame.empty
    one = ask(province, "register-kind", DESA.at(request=Kind("ppks", "Penyandang disabilitas", "person").key))
    assert len(one.frame) == 7 and set(one.frame["status"]) == {"no_data"}


def test_small_counts_are_masked_and_rounded(province):
    result = ask(province, "social-kinds", KECAMATAN.at(disclosure="published"))
    masks = dict(zip(result.frame[["kode", "social_kind"]].itertuples(index=False, name=None),
                     result.mask["reported_count"], strict=True))  # fmt: skip
    assert masks["99.71.01", "Lanjut usia telantar"] == masks["99.01.01", "Karang taruna"] == "small"
    # 40 and 12 are all that Hulu has of persons: neither is small, and both are rounded.
    shown = counts(result, ["social_kind"], "reported_count")
    assert (shown["99.01.01", "Lanjut usia telantar"], shown["99.01.01", "Penyandang disabilitas"]) == (40, 10)
    pusat = (result.frame["kode"] == "99.71.01").to_numpy()
    assert result.mask.loc[pusat, "total_reported_count"].tolist() == ["", "small", "small", ""]
    words = ask(province, "status-words", DESA.at(disclosure="published"))
    assert not ((words.frame["household_count"] > 0) & (words.frame["household_count"] < 10)).any()


def test_one_word_or_kind_is_a_row_for_each_wilayah(province):
    result = ask(province, "register-kind", DESA.at(request=Kind("word", "Sangat Miskin").key))
    found = counts(result, [], "kind_count")
    assert found == {("99.01.01.2001",): 4, ("99.01.01.2002",): 2, ("99.01.02.2001",): 2, ("99.71.01.1001",): 1,
                     ("99.71.01.1002",): 0}  # fmt: skip
    assert list(result.frame["kode"]) == sorted(kode for kode in PLACES if level_of(kode) is Level.desa)
    absent = ask(province, "register-kind", DESA.at(wilayah="99.71.01", request=Kind("word", "Miskin sekali").key))
    assert counts(absent, [], "kind_count") == {("99.71.01.1001",): 0, ("99.71.01.1002",): 0}
    kind = ask(province, "register-kind", KABUPATEN.at(request=Kind("kat", "Talang (a/b)", "household").key)).frame
    assert kind["kind_count"].fillna(-1).tolist() == [30, -1]


@pytest.mark.parametrize(
    "kind", [Kind("word", "Sangat Miskin"), Kind("word", None), Kind("ppks", "a-b_c (é)", "person")]
)
def test_a_word_goes_through_a_link_unchanged(kind):
    assert Kind.parse(kind.key) == kind
    assert kind.key.replace("-", "").replace("_", "").isalnum()


@pytest.mark.parametrize("key", ["", "word", "word-x-y", "ppks--x", "word--_ff", "a-b-c-d"])
def test_a_key_that_names_nothing_is_refused(key):
    with pytest.raises(QueryError):
        Kind.parse(key)


@pytest.fixture
def serving(province, tmp_path):
    with pages_under_test.serving(province, tmp_path):
        yield


def open_page(**parameters):
    page = pages_under_test.open_page("register-kinds", **parameters)
    assert not page.exception and not page.error
    return page


def test_the_page_counts_a_word_and_shows_all_of_them(serving):
    page = open_page(p="2025-03")
    assert "Di Provinsi Uji, **9 dari 32** keluarga" in heard(page) and "Sangat Miskin" in heard(page)
    assert page.selectbox(key="kind").options[:4] == [
        "Kata status · Sangat Miskin", "Kata status · MISKIN", "Kata status · Miskin", "Kata status · Hampir Miskin",
    ]  # fmt: skip
    tables = " ".join(element.proto.body for element in page.get("html"))
    assert "Talang (a/b)" in tables and "tanpa kata" in tables
    page.selectbox(key="kind").set_value(Kind("ppks", "Lanjut usia telantar", "person").key).run()
    assert "**125 dari 137** orang PPKS" in heard(page) and "kecamatan yang mengirim baris" in heard(page)
    assert page.query_params["b"].startswith("ppks-person-Lanjut")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_can_stand_everywhere(serving, language):
    kind = Kind("ppks", "Lanjut usia telantar", "person").key
    for parameters in ({}, {"p": "2025-03", "d": "published"}, {"p": "2025-03", "w": "99.01.01.2001", "b": kind},
                       {"p": "2025-03", "w": "99.01.01", "b": kind}, {"p": "2025-03", "b": "x" * 150},
                       {"p": "2025-03", "l": "desa", "m": "kind_share_rate"}):  # fmt: skip
        open_page(lang=language, **parameters)


def test_a_register_without_words_says_so_and_leads_to_one_that_has_them(serving):
    page = open_page(p="2026-10")
    assert "tidak memuat kata status" in heard(page)
    assert any("Maret 2025" in link.proto.label for link in page.get("page_link"))
