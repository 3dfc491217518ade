"""The official list and the pairs of both systems in PostGIS: vintages, shipped successions, and the nation placed."""

import pandas as pd
import pytest
from builders import stored

from boundaries.codes import bps_codes, other_kind
from boundaries.errors import BoundaryError
from geo.code_load import load_codes, load_crosswalk, read_code_book
from geo.invariants import check_invariants
from geo.policy_rows import policy_rows
from geo.succession_load import COLUMNS, load_succession

NATION = "indonesia_desa_hdx2020_simplified.parquet"


def list_of(folder, rows, name="list.csv"):
    path = folder / name
    lines = [f"{kode},{called},{kode.count('.') + 1}" for kode, called in rows.items()]
    path.write_text("\n".join(["kode,nama,level", *lines]))
    return path


def pairs_of(folder, rows, name="pairs.csv"):
    path = folder / name
    path.write_text("\n".join(["kode_bps,kode_dagri,nama_dagri", *(",".join(row) for row in rows)]))
    return path


def book_of(database):
    with database.connect() as connection:
        return read_code_book(connection)


PAPUA = {
    "91": "Papua", "91.03": "Kabupaten Jayapura", "93": "Papua Selatan", "93.01": "Kabupaten Merauke",
    "93.01.04": "Kimaam", "93.01.05": "Okaba", "93.01.04.3001": "Kimaam Adat",
}  # fmt: skip


@pytest.fixture
def papua(database, tmp_path):
    load_codes(database, list_of(tmp_path, PAPUA))
    return database


def test_a_database_without_a_list_has_an_empty_book(database):
    book = book_of(database)
    assert (book.names, book.known, dict(book.pairs), dict(book.upper)) == (None, None, {}, {})


def test_the_book_names_what_the_list_holds(papua):
    book = book_of(papua)
    assert book.names == PAPUA and book.known == frozenset(PAPUA)
    assert dict(book.pairs) == {}, "the shipped pairs are no crosswalk by themselves"


def test_shipped_successions_come_with_the_list_for_the_wilayah_that_it_holds(papua, tmp_path):
    query = "SELECT old_kode, new_kode, happened_on::text, share FROM wilayah_succession ORDER BY 1, 2"
    expected = [("91", "91", "2022-07-25", None), ("91", "93", "2022-07-25", None),
                ("91.01", "93.01", "2022-07-25", 1.0)]  # fmt: skip
    assert stored(papua, query) == expected
    assert stored(papua, "SELECT kode, valid_from::text FROM wilayah WHERE valid_from IS NOT NULL ORDER BY 1") == [
        ("93", "2022-07-25"), ("93.01", "2022-07-25")]  # fmt: skip
    assert load_codes(papua, tmp_path / "list.csv").status == "already_loaded"
    assert stored(papua, query) == expected
    load_codes(papua, list_of(tmp_path, PAPUA | {"93.02": "Kabupaten Boven Digoel"}, "more.csv"))
    assert stored(papua, query) == [*expected, ("91.16", "93.02", "2022-07-25", 1.0)]
    assert stored(papua, "SELECT kind, kept_count FROM source WHERE kind = 'succession'") == [("succession", 4)]
    with papua.connect() as connection:
        assert [finding.name for finding in check_invariants(connection) if not finding.holds] == []


def test_a_succession_that_a_user_loads_takes_the_place_of_the_shipped_one(papua, tmp_path):
    path = tmp_path / "succession.csv"
    rows = [("91.01", "93.01", "2022-11-09", "0.9", "Kepmendagri 100.1.1-6117/2022")]
    pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(path, index=False)
    assert load_succession(papua, path).kept == 1
    kept = "SELECT happened_on::text, share FROM wilayah_succession WHERE old_kode = '91.01'"
    assert stored(papua, kept) == [("2022-11-09", 0.9)]
    load_codes(papua, tmp_path / "list.csv")
    assert stored(papua, kept) == [("2022-11-09", 0.9)]
    assert stored(papua, "SELECT file_name, kept_count FROM source WHERE kind = 'succession' ORDER BY id") == [
        ("geo/policy/succession.csv", 2), ("succession.csv", 1)]  # fmt: skip
    with papua.connect() as connection:
        assert [finding.name for finding in check_invariants(connection) if not finding.holds] == []


def test_pairs_of_an_older_year_stand_beside_the_newer_ones(papua, tmp_path):
    newer = [("9501", "93.01", "Merauke"), ("9501010", "93.01.04", "Kimaam"), ("9403", "91.03", "Jayapura")]
    report = load_crosswalk(papua, pairs_of(tmp_path, newer, "2025.csv"), vintage=2025)
    assert (report.read_count, report.kept_count, report.rejected_count) == (3, 3, 0)
    older = [
        ("9401010", "910104", "KIMAAM"), ("9401020", "910105", "DULU LAIN"), ("9401030", "910106", "KURIK"),
        ("9403010", "910399", "HILANG"), ("1801010", "180101", "JAUH"), ("9401011", "0", "TIADA"),
    ]  # fmt: skip
    report = load_crosswalk(papua, pairs_of(tmp_path, older, "2020.csv"), vintage=2020)
    assert (report.read_count, report.kept_count, report.rejected_count) == (6, 3, 3)
    assert stored(papua, "SELECT vintage, kode_bps, kode FROM kode_pair ORDER BY 1, 2") == [
        (2020, "9401010", "93.01.04"), (2020, "9401020", "91.01.05"), (2020, "9401030", "91.01.06"),
        (2025, "9403", "91.03"), (2025, "9501", "93.01"), (2025, "9501010", "93.01.04"),
    ]  # fmt: skip
    own = "SELECT kode_bps, kode_bps_vintage FROM wilayah WHERE kode = '93.01.04'"
    assert stored(papua, own) == [("9501010", 2025)]
    book = book_of(papua)
    assert book.pairs == {
        "9401": "93.01", "9401010": "93.01.04", "9403": "91.03", "9501": "93.01", "9501010": "93.01.04"}  # fmt: skip
    # Of a kecamatan whose new code bears another name only the kabupaten is proven.
    assert "9401020" not in book.upper and book.upper["9401"] == "93.01" and book.upper["9401010"] == "93.01.04"
    assert book.upper["9403"] == "91.03" and "94" not in book.upper, "BPS' Papua of 2020 is several provinsi now"
    assert load_crosswalk(papua, tmp_path / "2020.csv", vintage=2020).status == "already_loaded"


def test_a_crosswalk_of_nothing_known_is_refused(papua, tmp_path):
    with pytest.raises(BoundaryError) as refused:
        load_crosswalk(papua, pairs_of(tmp_path, [("1801010", "18.01.01", "x")]), vintage=2020)
    assert refused.value.code == "crosswalk_without_wilayah"
    assert stored(papua, "SELECT count(*) FROM kode_pair") == [(0,)]


def test_a_crosswalk_that_is_loaded_again_counts_the_wilayah_known_since(database, tmp_path):
    load_codes(database, list_of(tmp_path, {"18": "Lampung", "18.01": "Lampung Selatan"}))
    path = pairs_of(tmp_path, [("1803", "18.01", ""), ("1801", "18.04", "")])
    assert load_crosswalk(database, path, vintage=2025).kept_count == 1
    more = {"18": "Lampung", "18.01": "Lampung Selatan", "18.04": "Lampung Barat"}
    load_codes(database, list_of(tmp_path, more, "more.csv"))
    assert load_crosswalk(database, path, vintage=2025).kept_count == 2
    assert stored(database, "SELECT kept_count FROM source WHERE system = 'bps'") == [(2,)]
    assert book_of(database).pairs == {"1801": "18.04", "1803": "18.01"}


def test_every_shipped_succession_has_one_name_in_both_lists(shared_data):
    listed = pd.read_csv(shared_data / "codes" / "wilayah_kemendagri_2025.csv", dtype=str).set_index("kode")["nama"]
    old = pd.read_csv(shared_data / "codes" / "bps_kemendagri_2020_kecamatan.csv", dtype=str)
    hdx = pd.read_parquet(shared_data / "boundaries" / NATION, columns=["regency_code", "regency"]).drop_duplicates()
    named = dict(zip(hdx["regency_code"].str[2:], hdx["regency"], strict=True))
    shipped = {row["old_kode"]: row["new_kode"] for row in policy_rows("succession") if "." in row["old_kode"]}
    facts = policy_rows("kode_bps")
    assert len(shipped) == len(set(shipped.values())) == len(facts) == 26
    for row in facts:
        now = listed[shipped[row["kode"]]]
        assert row["name"] == now and named[row["kode_bps"]] == now.removeprefix("Kabupaten ")
    stated = old["kode_dagri"].str.slice(0, 4).groupby(old["kode_bps"].str.slice(0, 4)).agg(set)
    checked = [row for row in facts if row["kode_bps"] in stated]
    assert len(checked) == 12
    assert all(stated[row["kode_bps"]] == {row["kode"].replace(".", "")} for row in checked)
    # No code of before 2022 has come back under another name.
    assert not set(shipped) & set(listed.index)


def test_every_kabupaten_of_the_nation_of_2020_is_placed(database, shared_data):
    codes = shared_data / "codes"
    load_codes(database, codes / "wilayah_kemendagri_2025.csv")
    load_crosswalk(database, codes / "bps_kemendagri_2025.csv", vintage=2025)
    load_crosswalk(database, codes / "bps_kemendagri_2020_kecamatan.csv", vintage=2020)
    book = book_of(database)
    nation = pd.read_parquet(shared_data / "boundaries" / NATION, columns=["village_code"])["village_code"]
    code = bps_codes(nation.astype("string"))
    code = code[code.map(other_kind).isna()]
    kabupaten = code.str.slice(0, 4).unique()
    placed = {one: book.upper.get(one) for one in kabupaten}
    assert len(placed) == len(set(placed.values())) == 514 and None not in placed.values()
    # The same 514 pairs were made by hand for another file, by names.
    made = pd.read_csv(codes / "bps_kemendagri_2025.csv", dtype=str)
    same = made[(made["kode_bps"].str.len() == 4) & made["kode_bps"].isin(placed)]
    assert len(same) == 488 and (same["kode_bps"].map(placed) == same["kode_dagri"]).all()
    assert code.isin(frozenset(book.pairs)).sum() == 76_853
    kecamatan = code.str.slice(0, 7).unique()
    assert (len(kecamatan), sum(one in book.upper for one in kecamatan)) == (7_030, 6_676)
    with database.connect() as connection:
        assert [finding.name for finding in check_invariants(connection) if not finding.holds] == []
