"""Codes that spreadsheets and floats have damaged: what comes back, and what is said to be lost."""

import numpy as np
import pandas as pd
import pytest

from boundaries.code_repair import restore
from boundaries.crosswalk import CodeBook

KNOWN = ("11", "11.01", "11.10", "11.20", "11.01.01", "11.01.01.2001", "18", "18.01", "93.01.04", "93.01.04.3001")
BOOK = CodeBook({kode: kode for kode in KNOWN})


def restored(values, system="kemendagri", book=BOOK):
    found = restore(pd.Series(values), system, book)
    return [
        "lost" if is_lost else kode for kode, is_lost in zip(found.kode.fillna("-"), found.unrecoverable, strict=True)
    ]


def test_a_float_gives_back_the_zero_it_ate():
    found = restore(pd.Series([11.1, 11.2, 11.01, 18.0, np.nan]), "kemendagri", BOOK)
    assert found.kode.fillna("-").tolist() == ["11.10", "11.20", "11.01", "18", "-"]
    assert found.changed.tolist() == [True, True, False, False, False]
    assert not found.unrecoverable.any()
    assert restored([11.3]) == ["lost"], "11.30 is no kabupaten"


def test_numbers_that_lost_nothing_but_their_form_come_back_as_digits():
    assert restored([1101012001.0, 1101012002.0]) == ["1101012001", "1101012002"]
    assert restored([1101012001, 1101012002]) == ["1101012001", "1101012002"]
    assert restored([1801012001.0, 1801010.0], "bps") == ["1801012001", "1801010"]
    assert restored(["1801012001.00"], "bps") == ["1801012001"]


@pytest.mark.parametrize(("column", "expected"), [
    (["11.1"], ["lost"]),  # 11.01 without its leading zero, or 11.10 without its last one
    (["11.1", "11.01"], ["11.10", "11.01"]),
    (["11.1", "11.10"], ["11.01", "11.10"]),
    (["11.1", "11.01", "11.10"], ["lost", "11.01", "11.10"]),
    (["11,1", "11,01"], ["11.10", "11.01"]),
    (["11.2"], ["11.20"]),
])  # fmt: skip
def test_a_short_code_in_text_is_restored_only_where_one_code_is_possible(column, expected):
    assert restored(column) == expected


@pytest.mark.parametrize(("written", "expected"), [
    ("11.1.1.2001", "11.01.01.2001"), ("11.1.1", "11.01.01"), ("93.1.4.3001", "93.01.04.3001"),
    ("11.1.1.2999", "11.01.01.2999"), ("11.1.7.2001", "lost"), ("18.71.01.103", "lost"), ("1.1.1.2001", "lost"),
    ("1.101012001E9", "1101012001"), ("1.10101E+09", "lost"), ("1.1E+09", "lost"), ("1,101,012,001", "1101012001"),
    ("1.101.012.001", "1101012001"), (" 11.01 ", "11.01"), ("'11.01", "11.01"), ("11.01. 01.2001", "11.01.01.2001"),
    ("110101", "110101"), ("11010", "lost"), ("Bakongan", "lost"), ("11.01.01.2001", "11.01.01.2001"), ("", "-"),
])  # fmt: skip
def test_text_of_every_manner_becomes_a_code_or_is_lost(written, expected):
    assert restored([written, "18.01"])[0] == expected


@pytest.mark.parametrize(("written", "expected"), [
    ("id1801012001", "1801012001"), ("ID1801012", "1801012"), ("18.01.012.001", "1801012001"),
    ("18.01.01.2001", "lost"), ("180101", "lost"), ("1801", "1801"), ("1.801012001E+9", "1801012001"),
    ("1.80101E+09", "lost"),
])  # fmt: skip
def test_codes_of_bps_come_as_bare_digits(written, expected):
    assert restored([written], "bps") == [expected]


def test_without_a_list_only_what_needs_none_is_restored():
    assert restored(["11.1.1.2001", "11.2"], book=CodeBook()) == ["11.01.01.2001", "lost"]
    assert restored([11.1], book=CodeBook()) == ["lost"]


def test_every_kabupaten_survives_a_column_of_floats(shared_data):
    listed = pd.read_csv(shared_data / "codes" / "wilayah_kemendagri_2025.csv", dtype=str)
    book = CodeBook(dict(zip(listed["kode"], listed["nama"], strict=True)))
    kabupaten = listed["kode"][listed["kode"].str.len() == 5]
    found = restore(kabupaten.astype(float), "kemendagri", book)
    assert (found.kode == kabupaten).all() and not found.unrecoverable.any()
    assert found.changed.sum() == kabupaten.str.endswith("0").sum() == 23
