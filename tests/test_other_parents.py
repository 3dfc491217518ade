"""Areas without a kode lie where codes prove it, and in no kecamatan that names show to be split."""

import pandas as pd

from boundaries.crosswalk import CodeBook
from boundaries.other_parents import place_other

NAMES = {
    "14.71": "Kota Pekanbaru",
    "14.71.08": "Binawidya",
    "14.71.13": "Tuahmadani",
    "14.71.08.1001": "Simpang Baru",
    "14.71.13.1002": "Sialangmunggu",
    "14.71.01.1001": "Sukajadi",
}
BOOK = CodeBook(NAMES, {}, {"1471010": "14.71.08", "1471": "14.71", "14": "14"})
OWN = pd.DataFrame({"kode": ["14.71.01.1001"], "kode_bps": ["1471040001"]}, dtype="string")


def placed(*areas, book=BOOK, own=OWN):
    columns = ["given_code", "name", "parent_kode", "is_desa"]
    other = pd.DataFrame(areas, columns=columns).astype(dict.fromkeys(columns[:3], "string"))
    return place_other(other, own, other.pop("is_desa").astype(bool), book).fillna("").tolist()


def test_a_kecamatan_renumbered_as_a_whole_holds_its_desa():
    assert placed(("1471010001", "Simpang Baru", None, True)) == ["14.71.08"]


def test_a_kecamatan_that_a_name_shows_to_be_split_gives_way_to_its_kabupaten():
    # Tampan of 2020 became Binawidya and Tuahmadani; its old code went on as Binawidya's.
    areas = [("1471010001", "Simpang Baru"), ("1471010002", "Sialang Munggu")]
    assert placed(*((*area, None, True) for area in areas)) == ["14.71", "14.71"]


def test_water_in_a_split_kecamatan_gives_way_with_its_desa():
    assert placed(
        ("1471010002", "Sialang Munggu", None, True), ("1471010888", "Sialang Munggu", None, False)
    ) == ["14.71", "14.71"]


def test_the_name_of_water_casts_no_doubt():
    assert placed(("1471010888", "Sialang Munggu", None, False)) == ["14.71.08"]


def test_a_name_whose_kode_has_a_polygon_casts_no_doubt():
    own = pd.DataFrame({"kode": ["14.71.13.1002"], "kode_bps": ["1471040001"]}, dtype="string")
    assert placed(("1471010002", "Sialang Munggu", None, True), own=own) == ["14.71.08"]


def test_a_kecamatan_that_the_row_itself_states_holds():
    assert placed(("1471010002", "Sialang Munggu", "14.71.13", True)) == ["14.71.13"]


def test_what_the_row_states_fills_in_where_codes_tell_nothing():
    assert placed(("#7", "Tanpa Nama", "14.71", True), ("#8", "Tanpa Nama", None, True)) == ["14.71", ""]


def test_without_a_code_list_names_are_not_asked():
    book = CodeBook(None, {}, BOOK.upper)
    assert placed(("1471010002", "Sialang Munggu", None, True), book=book) == ["14.71.08"]
