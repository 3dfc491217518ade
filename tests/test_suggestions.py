"""Suggestions by name: what is suggested, what never is, and how a person's answer comes back."""

import csv

import pandas as pd
import pytest

from boundaries.crosswalk import CodeBook, make_code_book, read_code_list, read_crosswalk
from boundaries.errors import BoundaryError
from boundaries.suggestions import (
    bare_name,
    differing_names,
    name_similarity,
    read_confirmations,
    suggest,
    write_suggestions,
)

LIST = {
    "18": "Lampung", "18.08": "Kabupaten Way Kanan", "18.08.01": "Blambangan Umpu", "18.08.15": "Umpu Semenguk",
    "18.08.01.1001": "Blambangan Umpu", "18.08.01.2002": "Sriwijaya", "18.08.01.2003": "Negeri Baru",
    "18.08.15.2001": "Sriwijaya", "18.08.15.2002": "Ojolali", "18.08.15.2003": "Tanjung Raja Giham",
    "18.71": "Kota Metro", "18.71.01": "Metro", "18.71.01.1001": "Ojolali",
}  # fmt: skip
BOOK = CodeBook(LIST)


def rows(*given):
    columns = ("given_code", "name", "parent_kode", "kecamatan_name", "kabupaten_name", "provinsi_name")
    frame = pd.DataFrame([(*row, *[None] * (6 - len(row))) for row in given], columns=list(columns))
    return frame.astype("string")


def suggested(*given, taken=()):
    table = suggest(rows(*given), BOOK, frozenset(taken))
    return list(zip(table["kode"].fillna("-"), table["reason"], strict=True))


@pytest.mark.parametrize(("one", "other"), [
    ("SEKAMPUNG  I", "Sekampung Satu"), ("Kel. Lokoboko", "Lokoboko"), ("Lubuk Pakam I/II", "Lubuk Pakam I,II"),
    ("Ma'rang", "marang"), ("UPT Way Terusan SP 1", "Way Terusan SP I"), ("Binawidya", "Bina Widya"),
])  # fmt: skip
def test_names_are_compared_without_case_marks_kind_and_manner_of_number(one, other):
    assert bare_name(one) == bare_name(other)


@pytest.mark.parametrize(("one", "other"), [
    ("Kota Agung", "Agung"), ("Desa", ""), ("Kabupaten Bandung", "Kota Bandung"), ("Sekampung I", "Sekampung II"),
])  # fmt: skip
def test_what_tells_two_wilayah_apart_stays_in_the_name(one, other):
    assert bare_name(one) != bare_name(other)


def test_likeness_is_the_dice_coefficient_of_letter_pairs():
    """night and nacht with their ends: ' n' and 't ' and 'ht' of twice six pairs; aaa repeats its pair."""
    assert name_similarity("night", "nacht") == pytest.approx(2 * 3 / 12)
    assert name_similarity("aaaa", "aa") == pytest.approx(2 * 3 / 8)
    assert (name_similarity("desa", "desa"), name_similarity("ab", "cd")) == (1, 0)


def test_the_same_name_in_the_kecamatan_comes_before_the_same_name_elsewhere():
    assert suggested(("1807040001", "Sriwijaya", "18.08.15")) == [("18.08.15.2001", "same_name")]
    assert suggested(("1807040001", "SRIWIJAYA", "18.08", "Blambangan Umpu")) == [("18.08.01.2002", "same_name")]
    elsewhere = ("1807040002", "Ojolali", "18.08", "Blambangan Umpu")
    assert suggested(elsewhere) == [("18.08.15.2002", "same_name_elsewhere")]
    assert suggested(("1807040003", "Tanjung Rajo Giham", "18.08.01")) == [("18.08.15.2003", "similar_name")]
    assert suggested(("1807040004", "Kayu Batu", "18.08.01")) == [("-", "none")]


def test_a_kode_that_a_polygon_has_is_suggested_to_no_other():
    row = ("1807040001", "Sriwijaya", "18.08", "Umpu Semenguk")
    assert suggested(row, taken=["18.08.15.2001"]) == [("18.08.01.2002", "same_name_elsewhere")]
    assert suggested(row, taken=["18.08.15.2001", "18.08.01.2002"]) == [("-", "none")]
    # Two polygons of one name: one of them gets it, and both are told apart by a person.
    assert suggested(("1", "Ojolali", "18.08.15"), ("2", "Ojolali", "18.08.15")) == [
        ("18.08.15.2002", "several_as_near"), ("-", "none")]  # fmt: skip


def test_two_wilayah_that_are_as_near_are_said_to_be_so():
    assert suggested(("1", "Sriwijaya", "18.08")) == [("18.08.01.2002", "several_as_near")]


def test_without_a_parent_the_names_above_lead_to_the_kabupaten():
    named = ("#7", "Ojolali", None, "Umpu Semenguk", "Way Kanan", "LAMPUNG")
    assert suggested(named) == [("18.08.15.2002", "same_name")]
    assert suggested(("#7", "Ojolali", None, "Umpu Semenguk", "Way Kanan", "Bengkulu")) == [("-", "none")]
    assert suggested(("#7", "Ojolali")) == [("-", "none")]
    assert suggest(rows(named), CodeBook(), frozenset())["reason"].tolist() == ["none"]


def test_a_polygon_of_a_kecamatan_is_suggested_a_kecamatan():
    assert suggested(("1807043", "Umpu Semengguk", "18.08")) == [("18.08.15", "similar_name")]


def test_a_file_of_suggestions_goes_out_and_comes_back(tmp_path):
    path = tmp_path / "usulan.csv"
    table = suggest(
        rows(("1807040001", "Sriwijaya", "18.08.15", "Umpu", "Way Kanan", "Lampung"), ("1807", "=1+1", "18.71")),
        BOOK, frozenset(),
    )  # fmt: skip
    write_suggestions(table, path)
    lines = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    assert lines[0] == ["given_code", "name", "place", "kode", "listed_name", "score", "reason", "setuju"]
    assert lines[1] == ["'1807040001", "Sriwijaya", "Umpu, Way Kanan, Lampung", "18.08.15.2001", "Sriwijaya", "1.0",
                        "same_name", ""]  # fmt: skip
    assert lines[2][:2] == ["'1807", "'=1+1"] and [file.name for file in tmp_path.iterdir()] == ["usulan.csv"]
    assert read_confirmations(path, BOOK) == {}
    path.write_text(path.read_text(encoding="utf-8-sig").replace("same_name,", "same_name,Ya"), encoding="utf-8")
    assert read_confirmations(path, BOOK) == {"1807040001": "18.08.15.2001"}
    # A spreadsheet set to Indonesian saves with semicolons, and keeps the apostrophe or not.
    path.write_text("given_code;name;kode;setuju\n1807040001;a;18.08.15.2001;ya\n'1807040002;b;18.08.15.2002;tidak\n")
    assert read_confirmations(path, BOOK) == {"1807040001": "18.08.15.2001"}


@pytest.mark.parametrize(("line", "code"), [
    ("1807040001,18.08.15.2001,mungkin", "confirmation_unclear"),
    ("1807040001,,ya", "confirmation_without_code"),
    (",18.08.15.2001,ya", "confirmation_without_code"),
    ("1.80704E+09,18.08.15.2001,ya", "confirmation_code_mangled"),
    ("1807040001,18.08.15.9999,ya", "confirmation_kode_unknown"),
    ("1807040001,18081599,ya", "confirmation_kode_unknown"),
    ("1807040009,18.08.15.2001,ya", "confirmation_twice"),
    ("1807040000,18.08.15.2002,ya", "confirmation_twice"),
])  # fmt: skip
def test_a_confirmation_that_cannot_be_taken_is_refused_with_its_line(tmp_path, line, code):
    path = tmp_path / "usulan.csv"
    first = "1807040000,18.08.15.2001,ya"
    path.write_text(f"given_code,kode,setuju\n{first}\n{line}\n")
    with pytest.raises(BoundaryError) as refused:
        read_confirmations(path, BOOK)
    assert (refused.value.code, refused.value.details["line"]) == (code, 3)


@pytest.mark.parametrize(("content", "code"), [
    (b"given_code,kode\n1,2\n", "table_columns_missing"), (b"", "table_columns_missing"),
    (b"\xff\xfe\x00", "table_unreadable"),
])  # fmt: skip
def test_a_file_that_is_no_list_of_confirmations_is_refused(tmp_path, content, code):
    path = tmp_path / "usulan.csv"
    path.write_bytes(content)
    with pytest.raises(BoundaryError) as refused:
        read_confirmations(path, BOOK)
    assert refused.value.code == code
    with pytest.raises(BoundaryError) as refused:
        read_confirmations(tmp_path / "tiada.csv", BOOK)
    assert refused.value.code == "file_missing"


def test_names_that_the_list_gives_to_a_neighbour_are_reported():
    kode = pd.Series(["18.08.15.2001", "18.08.15.2002", "18.08.15.2003", None, "18.99"], dtype="string")
    name = pd.Series(["OJOLALI", "Sri Wijaya", "Tanjung Raja Giham", "x", "y"], dtype="string")
    table = differing_names(kode, name, BOOK)
    assert table.drop(columns="score").fillna("-").to_dict("records") == [
        {"kode": "18.08.15.2001", "name": "OJOLALI", "listed_name": "Sriwijaya", "elsewhere": "18.08.15.2002"},
        {"kode": "18.08.15.2002", "name": "Sri Wijaya", "listed_name": "Ojolali", "elsewhere": "18.08.15.2001"},
    ]
    assert differing_names(kode, name, CodeBook()).empty


def test_suggestions_for_desa_whose_kode_is_known_are_nearly_always_right(shared_data):
    """Sixty kabupaten read as if no desa of theirs had a code; the crosswalk, made by others, says what is right."""
    codes = shared_data / "codes"
    listed = read_code_list(codes / "wilayah_kemendagri_2025.csv")
    pairs = read_crosswalk(codes / "bps_kemendagri_2025.csv").pairs
    names = dict(zip(listed["kode"], listed["name"], strict=True))
    book = make_code_book(names, [(2025, bps, kode) for kode, bps in pairs[["kode", "kode_bps"]].to_numpy()])
    frame = pd.read_parquet(
        shared_data / "boundaries" / "indonesia_desa_hdx2020_simplified.parquet",
        columns=["village_code", "village", "district", "regency", "province"],
    )
    frame["kode"] = frame["village_code"].str[2:].map(dict(book.pairs))
    frame = frame[frame["kode"].isin(book.known)]
    kabupaten = frame["kode"].str[:5]
    hidden = frame[kabupaten.isin(sorted(kabupaten.unique())[5:300:5])]
    uncoded = pd.DataFrame({
        "given_code": hidden["village_code"].str[2:], "name": hidden["village"], "parent_kode": hidden["kode"].str[:5],
        "kecamatan_name": hidden["district"], "kabupaten_name": hidden["regency"], "provinsi_name": hidden["province"],
    })  # fmt: skip
    table = suggest(uncoded, book, frozenset(frame["kode"]) - frozenset(hidden["kode"]))
    is_right = (table["kode"] == hidden["kode"].to_numpy()).fillna(False)
    is_made = table["kode"].notna()
    assert len(hidden) > 8_000 and is_made.mean() > 0.98
    assert is_right[is_made].mean() > 0.995
    assert is_right[table["reason"] == "similar_name"].mean() > 0.95
