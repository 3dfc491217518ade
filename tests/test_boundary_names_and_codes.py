"""Names and codes as files write them, made into what this project keeps."""

import pandas as pd
import pytest

from boundaries.codes import (
    kemendagri_codes,
    kode_from_bps,
    other_kind,
    parents_of_other,
    proven_level,
)
from boundaries.crosswalk import read_code_list, read_crosswalk
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
