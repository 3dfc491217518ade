"""Loading a register: every row is accounted for, a bad file loads nothing, and readers see one state."""

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, write_places
from sqlalchemy import text

from boundaries.errors import PetadesilError
from geo.register_load import load_register


@pytest.fixture
def places(database):
    write_places(database)
    return database


def stored(engine, query):
    with engine.connect() as connection:
        return connection.execute(text(query)).all()


BAD_HOUSEHOLDS = [
    ("household_id", None, "missing_household_id"),
    ("kode", "99.1.1.1", "malformed_kode"),
    ("kode", "9901012001", "malformed_kode"),
    ("kode", "99.01.01.2999", "unknown_wilayah"),
    ("desil", "11", "bad_desil"),
    ("desil", "0", "bad_desil"),
    ("desil", "2.5", "bad_desil"),
    ("desil", "dua", "bad_desil"),
    ("person_count", "0", "bad_person_count"),
    ("person_count", None, "bad_person_count"),
    ("sd_count", "-1", "bad_component_count"),
    ("sd_count", "9", "component_above_persons"),
    ("adminduk", "hidup", "unknown_adminduk"),
    ("head_sex", "X", "unknown_head_sex"),
    ("score", "NaN", "bad_score"),
    ("verified_on", "31/01/2026", "bad_verified_on"),
    ("verified_on", "2026-11-01", "verified_after_period"),
    ("lat", "95", "bad_point"),
    ("lon", None, "bad_point"),
]
BAD_ENROLMENTS = [
    ("program", "blt", "unknown_program"),
    ("stage", "cair", "unknown_stage"),
    ("unit_count", "0", "bad_unit_count"),
    ("amount_idr", "1,5 juta", "bad_amount"),
    ("funding", "CSR", "unknown_funding"),
]


def spoil(frame, cases, rows):
    """Put one bad value into each of these rows; return the reason that each line should get (the header is 1)."""
    expected = {}
    for row, (column, value, reason) in zip(rows, cases, strict=False):
        frame.loc[row, column] = value
        expected[row + 2] = reason
    assert len(expected) == len(cases)
    return expected


def test_every_bad_row_is_set_apart_with_its_line_and_reason(places, tmp_path):
    household = draw_households()
    enrolment = enrol(recipients(household), "pkh").reset_index(drop=True)
    expected = {
        "FIKTIF_household_2026-10.csv": spoil(household, BAD_HOUSEHOLDS, household.index[household["marks"] == 0]),
        "FIKTIF_enrolment_2026-10.csv": spoil(enrolment, BAD_ENROLMENTS, enrolment.index),
    }
    report = load(places, tmp_path, household, enrolment)
    assert [{**entry, "file": ""} for entry in report.files] == [
        {"file": "", "kind": "household", "rows_in": 60, "kept": 41, "quarantined": 19, "duplicates": 0},
        {"file": "", "kind": "enrolment", "rows_in": 21, "kept": 16, "quarantined": 5, "duplicates": 0},
    ]
    found = {}
    for file_name, line, reason, raw in stored(places, "SELECT file_name, line, reason, raw FROM quarantine"):
        found.setdefault(file_name, {})[line] = reason
        assert "kode" in raw, "the whole row is kept to be looked at"
    assert found == expected


def test_a_row_written_twice_is_a_duplicate_and_two_versions_are_a_conflict(places, tmp_path):
    household = draw_households()
    other = household.iloc[[1]].assign(desil="9")
    household = pd.concat([household, household.iloc[[0]], other])
    report = load(places, tmp_path, household, enrol(recipients(household).iloc[5:], "pkh"))
    plain = report.as_dict()
    assert report.files[0] | {"file": ""} == {
        "file": "", "kind": "household", "rows_in": 62, "kept": 59, "quarantined": 2, "duplicates": 1}
    assert report.by_reason == {"conflicting_rows": 2}
    assert plain["rows_in"] == plain["kept"] + plain["quarantined"] + plain["duplicates"]


def test_a_recipient_outside_the_register_is_kept_and_counted(places, tmp_path):
    household = draw_households()
    stranger = pd.DataFrame([{"household_id": "99-asing", "kode": "99.71.01.1002", "program": "pkh",
                              "stage": "tersalur", "unit_count": "1", "amount_idr": "900000", "funding": "APBN"}])
    report = load(places, tmp_path, household, pd.concat([enrol(recipients(household), "pkh"), stranger]))
    assert report.outside_register_count == 1
    rows = stored(places, "SELECT desil, received_count, reached_count, leak_idr FROM program_count"
                          " WHERE kode = '99.71.01.1002' AND desil IS NULL")
    assert rows == [(None, 1, 0, 900000)]


def test_a_household_without_a_code_goes_where_its_point_lies(places, tmp_path):
    household = draw_households()
    household.loc[household["kode"] == "99.71.01.1002", "kode"] = None
    household.loc[0, ["kode", "lon", "lat"]] = [None, "120.0", "0.05"]
    report = load(places, tmp_path, household, enrol(recipients(household).iloc[3:], "pkh", kode="99.01.01.2001"))
    assert report.by_reason == {"no_wilayah": 1}
    assert stored(places, "SELECT assigned_by, count(*) FROM household WHERE kode = '99.71.01.1002' GROUP BY 1") == [
        ("point", 6)]


def test_a_point_outside_its_stated_desa_is_counted_and_the_code_wins(places, tmp_path):
    household = draw_households()
    household.loc[0, "lon"] = "100.25"
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert report.point_elsewhere_count == 1
    assert stored(places, "SELECT kode FROM household WHERE household_id = '99-99.01.01.2001-01'") == [
        ("99.01.01.2001",)]


def test_the_same_files_load_once_and_a_new_file_replaces_the_period(places, tmp_path):
    household = draw_households()
    enrolment = enrol(recipients(household), "pkh")
    load(places, tmp_path, household, enrolment)
    again = load(places, tmp_path, household, enrolment)
    assert (again.status, again.as_dict()["kept"]) == ("already_loaded", 81)
    load(places, tmp_path, household.iloc[1:], enrolment)
    assert stored(places, "SELECT count(*) FROM household") == [(59,)]
    assert stored(places, "SELECT household_count FROM desil_count WHERE kode = 'ID' AND desil = 1") == [(10,)]
    parquet = sorted(path.name for path in (tmp_path / "data" / "accepted" / "2026-10" / "99").iterdir())
    assert len(parquet) == 2


def test_a_program_without_any_enrolment_is_unknown_and_not_zero(places, tmp_path):
    household = draw_households()
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert stored(places, "SELECT DISTINCT program_id FROM program_count") == [(0,)]


def test_a_dry_run_tells_all_and_writes_nothing(places, tmp_path):
    household = draw_households()
    household.loc[4, "desil"] = "11"
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"), dry_run=True)
    assert (report.status, report.by_reason) == ("dry_run", {"bad_desil": 1})
    assert stored(places, "SELECT (SELECT count(*) FROM household), (SELECT count(*) FROM quarantine)") == [(0, 0)]


def test_names_and_numbers_of_persons_are_left_at_the_door(places, tmp_path):
    household = draw_households().assign(nik="9901010101900001", nama="Fulan")
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert sorted(report.ignored_columns) == ["nama", "nik"]
    household.loc[4, "desil"] = "11"
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert "Fulan" not in stored(places, "SELECT raw FROM quarantine")[0][0]


def test_excel_writes_whole_numbers_with_a_decimal_and_they_are_read(places, tmp_path):
    household = draw_households()
    household["desil"] = [None if pd.isna(desil) else f"{desil}.0" for desil in household["desil"]]
    assert load(places, tmp_path, household, enrol(recipients(household), "pkh")).by_reason == {}


def test_the_split_has_its_parts_by_hand(places, tmp_path):
    """Kabupaten Barat: E 25, T 14, reached 12, K 20. Kota Timur: E 7, T 7, reached 5, K 7."""
    household = draw_households()
    quota = pd.DataFrame({"kode": ["99.01", "99.71"], "program": "pkh", "places_count": [20, 7]})
    load(places, tmp_path, household, enrol(recipients(household), "pkh"), quota)
    rows = stored(places, "SELECT kode, no_quota_count, unused_quota_count, misallocated_count FROM program_total"
                          " WHERE no_quota_count IS NOT NULL"
                          " ORDER BY level, kode")
    assert rows == [("ID", 5, 6, 4), ("99", 5, 6, 4), ("99.01", 5, 6, 2), ("99.71", 0, 0, 2)]


def load_wrong(engine, tmp_path, files=None, **options):
    arguments = {"period": PERIOD, "scheme": "dtsen"} | options
    with pytest.raises(PetadesilError) as caught:
        load_register(engine, tmp_path / "data", files or [], arguments.pop("period"), arguments.pop("scheme"),
                      **arguments)
    assert stored(engine, "SELECT count(*) FROM source WHERE kind = 'register'") == [(0,)]
    return caught.value


def test_a_wrong_file_is_refused_whole(places, tmp_path):
    household, enrolment = draw_households(), enrol(recipients(draw_households()), "pkh")
    paths = {}
    for name, frame in {
        "household": household, "enrolment": enrolment, "narrow": household.drop(columns="person_count"),
        "bps": household.assign(kode="1801040013"), "empty": household.iloc[:0],
    }.items():
        paths[name] = tmp_path / f"{name}.csv"
        frame.drop(columns="marks", errors="ignore").to_csv(paths[name], index=False)
    (tmp_path / "note.txt").write_text("bukan register")
    (tmp_path / "broken.parquet").write_text("bukan parquet")
    cases = {
        "file_missing": [tmp_path / "tidak-ada.csv"],
        "not_a_register_file": [tmp_path / "note.txt"],
        "file_unreadable": [tmp_path / "broken.parquet"],
        "missing_columns": [paths["narrow"], paths["enrolment"]],
        "register_file_missing": [paths["household"]],
        "two_files_of_one_kind": [paths["household"], paths["household"]],
        "code_system_mismatch": [paths["bps"], paths["enrolment"]],
        "register_empty": [paths["empty"], paths["enrolment"]],
    }
    for code, files in cases.items():
        assert load_wrong(places, tmp_path, files).code == code
    assert "person_count" in load_wrong(places, tmp_path, cases["missing_columns"]).details["columns"]


def test_wrong_arguments_are_refused(places, tmp_path):
    assert load_wrong(places, tmp_path, scheme="dtk").code == "unknown_scheme"
    assert load_wrong(places, tmp_path, period=PERIOD.replace(day=2)).code == "period_not_a_month"
    assert load_wrong(places, tmp_path, system="iso").code == "unknown_system"


def test_a_register_before_its_boundaries_is_refused(database, tmp_path):
    household = draw_households()
    with pytest.raises(PetadesilError) as caught:
        load(database, tmp_path, household, enrol(recipients(household), "pkh"))
    assert caught.value.code == "no_wilayah_loaded"


def test_a_failure_while_writing_leaves_everything_as_it_was(places, tmp_path, monkeypatch):
    household = draw_households()
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    before = stored(places, "SELECT kode, desil, household_count FROM desil_count ORDER BY 1, 2")
    parquet = sorted((tmp_path / "data").rglob("*.parquet"))

    def broken(*_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("geo.register_write.write_totals", broken)
    with pytest.raises(RuntimeError):
        load(places, tmp_path, household.iloc[10:], enrol(recipients(household), "pkh"))
    assert stored(places, "SELECT kode, desil, household_count FROM desil_count ORDER BY 1, 2") == before
    assert stored(places, "SELECT count(*) FROM household") == [(60,)]
    assert sorted((tmp_path / "data").rglob("*.parquet")) == parquet
