"""Which kode a row of a file gets, and what is left without one, from small layers drawn here."""

import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame

from boundaries.codes import check_system, kemendagri_codes, system_of
from boundaries.coding import choose_system, code_layer
from boundaries.crosswalk import CodeBook
from boundaries.errors import BoundaryError
from boundaries.form import Form
from boundaries.levels import Level
from boundaries.publishers import FORMS
from boundaries.reading import BoundaryFiles, Layer
from boundaries.report import BoundaryReport
from boundaries.statement import Statement

PLAIN = next(form for form in FORMS if form.key == "plain_indonesian")
RBI = next(form for form in FORMS if form.key == "rbi10k_desa")
GADM = next(form for form in FORMS if form.key == "gadm_desa")
GEOBOUNDARIES = next(form for form in FORMS if form.key == "geoboundaries_provinsi")
NAMES = {
    "18": "Lampung",
    "18.01": "Kabupaten Lampung Selatan",
    "18.10": "Kabupaten Pringsewu",
    "18.01.01": "Natar",
    "18.01.01.2001": "Merak Batin",
    "18.01.01.2002": "Hajimena",
    "93": "Papua Selatan",
    "93.01": "Kabupaten Merauke",
    "91": "Papua",
}
# The two systems have the same four digits for this kabupaten, as many have.
BOOK = CodeBook(NAMES, {"1801010001": "18.01.01.2001", "1801010002": "18.01.01.2002"}, {"1801": "18.01"})


def layer(form: Form, **columns: list) -> Layer:
    """Return a layer of unit squares side by side; `name`, `kode_bps` and `own_id` are there as in every layer."""
    count = len(next(iter(columns.values())))
    text = {key: pd.Series(pd.NA, index=range(count), dtype="string") for key in ("name", "kode_bps", "own_id")}
    frame = pd.DataFrame(text | {key: pd.Series(values) for key, values in columns.items()})
    for key in text:
        frame[key] = frame[key].astype("string")
    squares = [shapely.box(at, 0, at + 1, 1) for at in range(count)]
    return Layer("lapisan", form, GeoDataFrame(frame, geometry=squares, crs=4326))


def files(*layers: Layer) -> BoundaryFiles:
    return BoundaryFiles("batas.gpkg", "tanpa-penerbit", (), layers, (), ())


def coded(given: Layer, system: str = "kemendagri", **stated: object):
    report = BoundaryReport("batas.gpkg", "0", "tanpa-penerbit", system, 2025)
    return code_layer(given, system, Statement(2025, **stated), BOOK, report), report


def kinds(report: BoundaryReport) -> list[str]:
    return [issue.what for issue in report.issues]


def test_bare_digits_are_of_the_system_whose_list_has_them():
    bare = layer(PLAIN, given_kemendagri=["1801012001", "1801012002"])
    assert choose_system(files(bare), Statement(2025), BOOK) == "kemendagri"
    assert choose_system(files(layer(PLAIN, given_kemendagri=["1801010001"])), Statement(2025), BOOK) == "bps"


def test_codes_that_lost_zeros_still_tell_their_system():
    assert system_of(pd.Series([18.01, 18.1]), BOOK).system == "kemendagri"
    found = system_of(pd.Series(["18.1.1.2001", "18.1.1.2002"]), BOOK)
    assert (found.system, found.is_sure, found.rates["kemendagri"]) == ("kemendagri", True, 1.0)


def test_a_stated_system_is_refused_where_the_other_list_has_the_codes():
    bare = layer(PLAIN, given_kemendagri=["1801012001", "1801012002"])
    with pytest.raises(BoundaryError) as refused:
        choose_system(files(bare), Statement(2025, system="bps"), BOOK)
    assert (refused.value.code, refused.value.details["likely"]) == ("system_contradicted", "kemendagri")
    check_system(pd.Series(["1801010001", "1801010999"]), "bps", BOOK, path="batas.gpkg")


def test_a_publishers_column_keeps_its_system_where_no_list_has_the_codes_themselves():
    # 9101 is Merauke in an old list of Kemendagri and Fakfak in BPS'.
    book = CodeBook(NAMES, BOOK.pairs, {**BOOK.upper, "9101": "92.03"})
    old = layer(RBI, given_kemendagri=["9101012001", "9101012002"])
    assert choose_system(files(old), Statement(2019), book) == "kemendagri"


def test_a_system_that_the_layer_has_no_column_of_is_refused():
    with pytest.raises(BoundaryError) as refused:
        coded(layer(GADM, given_bps=["1801010001"]), "kemendagri")
    assert (refused.value.code, refused.value.details["known"]) == ("system_not_in_layer", "bps")


def test_codes_of_another_year_are_left_without_kode():
    found = kemendagri_codes(
        pd.Series(["91.01.01.2001", "91.01.01.2002", "18.01.01.2001"]), BOOK.known, path="x", pairs=BOOK.pairs
    )
    assert found.isna().tolist() == [True, True, False]


def test_a_column_without_any_code_leaves_every_row_without_kode():
    names = layer(GADM, given_bps=[None, None], name=["Hajimena", "Natar"], own_id=["IDN.1.1_1", "IDN.1.2_1"])
    found, report = coded(names, "bps")
    assert found.level is None and len(found.own) == 0
    assert found.other["given_code"].tolist() == ["IDN.1.1_1", "IDN.1.2_1"]
    assert found.other["level"].tolist() == [Level.desa, Level.desa]
    assert report.uncoded_count == 2


def test_a_confirmed_number_gets_the_kode_that_a_person_said():
    names = layer(GADM, given_bps=["1801010001", None], name=["a", "b"], own_id=["IDN.1_1", "IDN.2_1"])
    found, report = coded(names, "bps", confirmed={"IDN.2_1": "18.01.01.2002"})
    assert found.own["kode"].tolist() == ["18.01.01.2001", "18.01.01.2002"]
    assert report.confirmed_count == 1


def test_a_provinsi_is_told_by_its_iso_code():
    found, _ = coded(layer(GEOBOUNDARIES, given_iso=["ID-LA", "ID-PS"], name=["Lampung", "Papua Selatan"]))
    assert found.own["kode"].tolist() == ["18", "93"]


def test_a_restored_code_is_counted_and_an_unreadable_one_listed():
    rows = ["18.01.01.2001", "18.01.1.2002", "18010120"]
    found, report = coded(layer(PLAIN, given_kemendagri=rows, name=["a", "b", "c"]))
    assert found.own["kode"].tolist() == ["18.01.01.2001", "18.01.01.2002"]
    assert (report.restored_count, report.uncoded_count) == (1, 1)
    assert "kode_unreadable" in kinds(report)


def test_a_row_without_code_lies_where_its_own_columns_say():
    lake = layer(
        RBI, given_kemendagri=["18.01.01.2001", None], name=["a", "Danau"], kabupaten_kemendagri=["18.01", "18.01"],
        provinsi_kemendagri=["18", "18"],
    )  # fmt: skip
    assert coded(lake)[0].other["parent_kode"].tolist() == ["18.01"]


def test_a_provinsi_is_not_believed_of_a_row_whose_kabupaten_has_another_code_today():
    row = layer(
        RBI, given_kemendagri=["18.01.01.2001", None], name=["a", "Kimaam"], kabupaten_kemendagri=["18.01", "91.01"],
        provinsi_kemendagri=["18", "91"],
    )  # fmt: skip
    assert coded(row)[0].other["parent_kode"].isna().tolist() == [True]


def test_codes_of_another_level_than_the_columns_are_refused():
    with pytest.raises(BoundaryError) as refused:
        coded(layer(RBI, given_kemendagri=["18.01.01", "18.01.01"]))
    assert refused.value.code == "level_contradicted"


def test_empty_rows_are_rejected_by_name():
    given = layer(PLAIN, given_kemendagri=["18.01.01.2001", None], name=["a", None])
    found, report = coded(given)
    assert (report.read_count, report.rejected_count, len(found.own), len(found.other)) == (2, 1, 1, 0)
    assert kinds(report) == ["no_kode"]
