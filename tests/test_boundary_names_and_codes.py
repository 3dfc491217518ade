"""Names and codes as files write them, made into what this project keeps."""

import pandas as pd
import pytest

from boundaries.codes import (
    bps_codes,
    kemendagri_codes,
    kode_from_bps,
    other_kind,
    parents_of_other,
    proven_level,
    system_of,
)
from boundaries.crosswalk import CodeBook, make_code_book, read_code_list, read_crosswalk
from boundaries.errors import BoundaryError
from boundaries.levels import Level
from boundaries.names import display_name, title_case


def codes(*values):
    return pd.Series(values, dtype="string")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("GUNUNG SUGIH", "Gunung Sugih"),
        ("LAMBANG SARI I, II, III", "Lambang Sari I, II, III"),
        ("MA'RANG", "Ma'rang"),
        ("UPT WAY TERUSAN SP 1", "UPT Way Terusan SP 1"),
        ("tanjung  karang", "Tanjung Karang"),
        ("Alue Gadeng SA", "Alue Gadeng SA"),
    ],
)
def test_a_name_in_one_case_is_title_cased_and_a_mixed_one_is_left(written, shown):
    assert title_case(written) == shown


@pytest.mark.parametrize(
    ("kode", "written", "shown"),
    [
        ("18.04", "Lampung Barat", "Kabupaten Lampung Barat"),
        ("18.04", "KAB. LAMPUNG BARAT", "Kabupaten Lampung Barat"),
        ("18.71", "Kota Bandar Lampung", "Kota Bandar Lampung"),
        ("18.72", "METRO", "Kota Metro"),
        ("63.02", "Kota Baru", "Kabupaten Kota Baru"),
        ("18", "LAMPUNG", "Lampung"),
        ("18.71.01", "KEDATON", "Kedaton"),
    ],
)
def test_kabupaten_and_kota_are_named_as_in_the_official_list(kode, written, shown):
    assert display_name(kode, written) == shown


def test_official_names_in_capitals_come_back_almost_always(shared_data):
    listed = read_code_list(shared_data / "codes" / "wilayah_kemendagri_2025.csv")
    given = pd.read_csv(shared_data / "codes" / "wilayah_kemendagri_2025.csv", dtype=str)["nama"]
    assert (given.str.upper().map(title_case) == given).mean() > 0.99
    assert listed["level"].value_counts().to_dict() == {4: 83_762, 3: 7_285, 2: 514, 1: 38}
    assert listed.set_index("kode")["name"]["18.71"] == "Kota Bandar Lampung"


def test_bare_digits_become_dotted_codes_only_when_the_list_confirms_them():
    known = frozenset({"18.71.01.1003", "18.71.01.1004"})
    assert kemendagri_codes(codes("1871011003"), known, path="f").tolist() == ["18.71.01.1003"]
    with pytest.raises(BoundaryError) as refused:
        kemendagri_codes(codes("1871011003"), None, path="f")
    assert refused.value.code == "ambiguous_kode"
    with pytest.raises(BoundaryError) as refused:
        kemendagri_codes(codes("1871080005"), known, path="f")
    assert refused.value.code == "system_contradicted"


@pytest.mark.parametrize("mangled", ["18.0", "11.1", "18.71.1", "18.71.01.103", "1.8e9", "18,71"])
def test_a_code_that_a_spreadsheet_has_mangled_is_refused(mangled):
    with pytest.raises(BoundaryError) as refused:
        kemendagri_codes(codes("18.71", mangled), None, path="f")
    assert refused.value.code == "kode_malformed_in_file"
    assert refused.value.details["example"] == mangled


def test_bps_codes_given_as_kemendagri_are_refused_and_the_other_way_round():
    with pytest.raises(BoundaryError) as refused:
        kemendagri_codes(codes("id1801040013"), None, path="f")
    assert (refused.value.code, refused.value.details["likely"]) == ("system_contradicted", "bps")
    with pytest.raises(BoundaryError) as refused:
        kode_from_bps(codes("18.71"), {"1871": "18.71"}, path="f")
    assert refused.value.code == "system_contradicted"


def test_bps_codes_need_a_crosswalk():
    with pytest.raises(BoundaryError) as refused:
        kode_from_bps(codes("1871"), {}, path="f")
    assert refused.value.code == "crosswalk_missing"
    assert kode_from_bps(codes("id1871"), {"1871": "18.71"}, path="f").tolist() == ["18.71"]


@pytest.mark.parametrize(
    ("kode_bps", "kind"),
    [
        ("1801050999", "hutan"),
        ("1888888888", "perairan"),
        ("1803555555", "pulau"),
        ("1288", "perairan"),
        ("3399", "hutan"),
        ("3277", None),
        ("1801040013", None),
        ("1801999", "hutan"),
        (None, None),
    ],
)
def test_an_area_that_is_no_wilayah_is_told_by_its_code(kode_bps, kind):
    assert other_kind(kode_bps) == kind


def test_a_level_that_the_codes_contradict_is_refused():
    with pytest.raises(BoundaryError) as refused:
        proven_level(codes("18.71", "18.72"), Level.desa, path="f")
    assert (refused.value.code, refused.value.details["found"]) == ("level_contradicted", "kabupaten")
    with pytest.raises(BoundaryError) as refused:
        proven_level(codes("18.71", "18.72", "18"), None, path="f")
    assert (refused.value.code, refused.value.details["odd"]) == ("mixed_levels", "18")


def test_a_forest_lies_where_every_desa_of_its_bps_kecamatan_lies():
    kode = codes("18.04.06.2001", "18.04.06.2002", "18.04.07.2001", "18.08.01.2001")
    bps = codes("1801050001", "1801050002", "1801060001", "1807040010")
    other = codes("1801050999", "1801999999", "1807040999", "1807040001", "1888888888", "1999999999")
    parent = parents_of_other(other, kode, bps, uncoded_bps=codes("1807040001"))
    assert parent.fillna("").tolist() == ["18.04.06", "18.04", "18.08", "18.08", "18", ""]


def test_a_crosswalk_keeps_pairs_that_are_one_to_one(shared_data):
    read = read_crosswalk(shared_data / "codes" / "bps_kemendagri_2025.csv")
    assert read.read_count == 92_170
    assert read.read_count == len(read.pairs) + read.unpaired_count + read.duplicate_count
    assert read.pairs.set_index("kode")["kode_bps"]["18.71.19"] == "1871011"
    assert read.pairs["kode"].is_unique and read.pairs["kode_bps"].is_unique


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("kode,nama\n18,Lampung\n", "table_columns_missing"),
        ("kode,nama,level\n18,Lampung,2\n", "level_contradicted"),
        ("kode,nama,level\n18.0,Lampung,1\n", "kode_malformed_in_file"),
        ("kode,nama,level\n18,Lampung,1\n18,Lampung,1\n", "duplicate_kode"),
        ("kode,nama,level\n18.71,Kota Bandar Lampung,2\n", "orphan_kode"),
        ("", "table_unreadable"),
    ],
)
def test_a_code_list_that_does_not_hold_is_refused(tmp_path, text, code):
    path = tmp_path / "codes.csv"
    path.write_text(text)
    with pytest.raises(BoundaryError) as refused:
        read_code_list(path)
    assert refused.value.code == code


def test_codes_of_hdx_lose_their_prefix_in_either_case():
    assert bps_codes(codes("id1801040013", "ID1801040014", "1801040015")).tolist() == [
        "1801040013", "1801040014", "1801040015"]  # fmt: skip
    with pytest.raises(BoundaryError) as refused:
        kemendagri_codes(codes("ID1801040013"), None, path="f")
    assert refused.value.details["likely"] == "bps"


def test_a_crosswalk_of_one_level_without_dots_is_read(shared_data):
    read = read_crosswalk(shared_data / "codes" / "bps_kemendagri_2020_kecamatan.csv")
    assert (read.read_count, len(read.pairs), read.unpaired_count, read.duplicate_count) == (6_857, 6_857, 0, 0)
    assert read.pairs.set_index("kode_bps").loc["9401010"].tolist() == ["91.01.04", "KIMAAM"]


def test_desa_adat_are_desa_everywhere():
    assert kemendagri_codes(codes("91.03.01.3001"), None, path="f").tolist() == ["91.03.01.3001"]
    assert kemendagri_codes(codes("9103013001"), frozenset({"91.03.01.3001"}), path="f").tolist() == ["91.03.01.3001"]
    assert proven_level(codes("91.03.01.3001", "91.03.01.2001"), None, path="f") is Level.desa


BOOK = make_code_book(
    {kode: kode for kode in (
        "18", "18.01", "18.04", "18.01.01", "18.01.01.2001", "18.01.01.2002", "18.04.06", "18.04.06.2001", "18.04.07",
        "93", "93.01", "93.01.04", "91", "91.03",
    )},
    [
        (2025, "1801", "18.04"), (2025, "1803", "18.01"), (2025, "1801050001", "18.04.06.2001"),
        (2025, "1803010001", "18.01.01.2001"), (2025, "1803010002", "18.01.01.2002"), (2025, "94", "91"),
        (2025, "9403", "91.03"), (2025, "9501010", "93.01.04"), (2020, "9401", "91.01"), (2020, "9401020", "91.01.05"),
        (2020, "1803010002", "18.01.01.2001"), (2025, "1801060", "18.04.07"), (2025, "1801060", "18.04.06"),
    ],
    [("91", "91"), ("91", "93"), ("91.01", "93.01")],
)  # fmt: skip


def test_the_newest_sure_pair_counts_and_an_unsure_one_never():
    assert BOOK.pairs["1803010002"] == "18.01.01.2002", "the pair of 2025, not that of 2020"
    assert "1801060" not in BOOK.pairs, "two pairs of one year"
    assert BOOK.pairs["9401"] == "93.01" and "9401020" not in BOOK.pairs


def test_a_prefix_is_placed_by_all_that_is_known_below_it():
    assert {code: BOOK.upper.get(code) for code in ("1801050", "1803010", "1801", "1803", "9401", "9403")} == {
        "1801050": "18.04.06", "1803010": "18.01.01", "1801": "18.04", "1803": "18.01", "9401": "93.01",
        "9403": "91.03"}  # fmt: skip
    assert BOOK.upper["18"] == "18" and BOOK.upper["95"] == "93"
    # BPS' 94 of 2020 lies in two provinsi now, and of the kecamatan 91.01.05 nothing is known but its kabupaten.
    assert "94" not in BOOK.upper and "9401020" not in BOOK.upper


def test_without_a_list_successions_still_lead_to_the_code_of_today():
    pairs = [(2020, "9401", "91.01"), (2020, "94", "91")]
    book = make_code_book(None, pairs, [("91", "91"), ("91", "93"), ("91.01", "93.01")])
    assert book.known is None and book.pairs == {"9401": "93.01", "94": "91"}


@pytest.mark.parametrize(("written", "system", "is_sure"), [
    (("18.01.01.2001", "18.04.06.2001"), "kemendagri", True),
    (("1801012001", "1804062001"), "kemendagri", True),
    (("id1801050001", "id1801050999"), "bps", True),
    (("1801050001", "1803010001"), "bps", True),
    (("1803010007", "1803010008"), "bps", True),  # new desa of a kecamatan that is known
    (("9401999001", "9401020002"), "bps", True),  # of a kabupaten that was renumbered
    (("1801050001.0",), "bps", True),
    (("1801",), "kemendagri", False),
    (("18.01", "18.04"), "kemendagri", True),  # with their dots they are of one system only
    (("18",), "kemendagri", False),
    (("9901012001", "9901012002"), "fiktif", True),
    (("99.01.01.2001",), "fiktif", True),
    (("Sriwijaya", "Ojolali"), None, False),
])  # fmt: skip
def test_the_system_of_codes_is_told_by_what_is_known(written, system, is_sure):
    found = system_of(codes(*written), BOOK)
    assert (found.system, found.is_sure) == (system, is_sure), found.rates


def test_without_lists_the_form_of_codes_tells_their_system_or_nothing_does():
    empty = CodeBook()
    assert system_of(codes("18.01.01.2001"), empty).system == "kemendagri"
    assert system_of(codes("18.01.01.2001"), empty).is_sure
    assert system_of(codes("1801050"), empty).system == "bps"
    assert not system_of(codes("1801050001"), empty).is_sure


def test_bps_codes_of_a_renumbered_kabupaten_are_no_codes_of_the_other_system():
    given = codes("9401020001", "9401020002")
    with pytest.raises(BoundaryError) as refused:
        kode_from_bps(given, BOOK.pairs, path="f")
    assert refused.value.code == "system_contradicted"
    assert kode_from_bps(given, BOOK.pairs, BOOK.upper, path="f").isna().all()


def test_areas_whose_neighbours_have_no_code_lie_where_their_prefix_does():
    upper = {"1801050": "18.04.06", "1801070": "18.04.07", "9401": "93.01", "9401010": "93.01.04", "18": "18"}
    kode, bps = codes("18.04.07.2001", "18.04.08.2001"), codes("1801060001", "1801050001")
    other = codes("1801050002", "1801070001", "9401010001", "9401020001", "1899999999", "#3", "18.04")
    parent = parents_of_other(other, kode, bps, codes("1801050002", "1801070001", "9401010001"), upper)
    # 1801050 lost a desa only; 18.04.07 has desa of another BPS kecamatan; all of 9401010 lost their codes.
    assert parent.fillna("").tolist() == ["18.04", "18.04", "93.01.04", "93.01", "18", "", ""]
