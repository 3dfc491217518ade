"""Loading a register: every row is accounted for, a bad file loads nothing, and readers see one state."""

import json
from datetime import date

import pandas as pd
import pytest
from builders import PERIOD, draw_households, enrol, load, recipients, stored, write_places
from click.testing import CliRunner
from sqlalchemy import insert, text, update

from boundaries.errors import PetadesilError
from boundaries.levels import kind_of, level_of, parent_of
from dashboard.cli import main
from geo import tables
from geo.assign import read_desa_polygons
from geo.invariants import check_invariants
from geo.register_load import load_register
from geo.register_write import REDACTED


@pytest.fixture
def places(database):
    write_places(database)
    return database


def write_neighbour(engine):
    """Write a second provinsi of two desa, without boundaries."""
    places = ["98", "98.01", "98.01.01", "98.01.01.2001", "98.01.01.2002"]
    with engine.begin() as connection:
        connection.execute(insert(tables.wilayah), [
            {"kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": kode,
             "kind": kind_of(kode)} for kode in places
        ])


def draw_neighbours():
    household = draw_households({"99.71.01.1002": "1* 2* 9"}).assign(lon=None, lat=None)
    return household.assign(kode="98.01.01.2001", household_id="98-" + household["household_id"].str[-2:])


BAD_HOUSEHOLDS = [
    ("household_id", None, "missing_household_id"),
    ("household_id", "KK 1801040013120001", "id_looks_like_nik"),
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
    ("unit_count", "2", "bad_unit_count"),
    ("household_id", "1801040013120001", "id_looks_like_nik"),
    ("kode", "98.01.01.2001", "outside_the_file"),
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
    write_neighbour(places)
    household = draw_households()
    enrolment = enrol(recipients(household), "pkh").reset_index(drop=True)
    enrolment.loc[5, "household_id"] = "99-asing"
    expected = {
        "FIKTIF_household_2026-10.csv": spoil(household, BAD_HOUSEHOLDS, household.index[household["marks"] == 0]),
        "FIKTIF_enrolment_2026-10.csv": spoil(enrolment, BAD_ENROLMENTS, enrolment.index),
    }
    report = load(places, tmp_path, household, enrolment)
    assert [{**entry, "file": ""} for entry in report.files] == [
        {"file": "", "kind": "household", "rows_in": 60, "kept": 40, "quarantined": 20, "duplicates": 0},
        {"file": "", "kind": "enrolment", "rows_in": 21, "kept": 13, "quarantined": 8, "duplicates": 0},
    ]
    found = {}
    for file_name, line, reason, raw in stored(places, "SELECT file_name, line, reason, raw FROM quarantine"):
        found.setdefault(file_name, {})[line] = reason
        assert "kode" in raw, "the whole row is kept to be looked at"
        assert "1801040013120001" not in raw
    assert found == expected


def test_a_row_written_twice_is_a_duplicate_and_two_versions_are_a_conflict(places, tmp_path):
    household = draw_households()
    other = household.iloc[[1]].assign(desil="9")
    household = pd.concat([household, household.iloc[[0]], other])
    report = load(places, tmp_path, household, enrol(recipients(household).iloc[5:], "pkh"))
    plain = report.as_dict()
    assert report.files[0] | {"file": ""} == {
        "file": "", "kind": "household", "rows_in": 62, "kept": 59, "quarantined": 2, "duplicates": 1}
    assert report.by_reason == {"conflicting_rows": 2, "household_quarantined": 1}
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


def test_polygons_are_read_for_points_only_and_of_the_files_provinsi(places, tmp_path, monkeypatch):
    asked = []
    monkeypatch.setattr("geo.register_load.read_desa_polygons",
                        lambda connection, provinsi: asked.append(provinsi) or read_desa_polygons(connection, provinsi))
    household = draw_households()
    bare = household.assign(lon=None, lat=None)
    load(places, tmp_path, bare, enrol(recipients(household), "pkh"))
    assert asked == []
    household.loc[0, "kode"] = None
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert asked == [("99",)]
    with places.connect() as connection:
        assert (len(read_desa_polygons(connection)), read_desa_polygons(connection, ("98",))) == (7, {})


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
    another = tmp_path / "data" / "accepted" / "2026-10" / "99" / "household_999.parquet"
    another.touch()
    load(places, tmp_path, household.iloc[1:], enrolment)
    assert another.is_file(), "only the Parquet of what was replaced is removed"
    another.unlink()
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
    assert (report.status, report.by_reason) == ("dry_run", {"bad_desil": 1, "household_quarantined": 1})
    assert stored(places, "SELECT (SELECT count(*) FROM household), (SELECT count(*) FROM quarantine)") == [(0, 0)]


def test_names_and_numbers_of_persons_are_left_at_the_door(places, tmp_path):
    household = draw_households().assign(nik="9901010101900001", nama="Fulan")
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert sorted(report.ignored_columns) == ["nama", "nik"]
    household.loc[4, ["desil", "status_word", "lat"]] = ["11", "1801040013120001", "0.0512345678901234"]
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    raw = json.loads(stored(places, "SELECT raw FROM quarantine WHERE reason = 'bad_desil'")[0][0])
    assert (raw["status_word"], raw["lat"]) == (REDACTED, "0.0512345678901234")
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


def broken(engine):
    with engine.connect() as connection:
        return [(finding.name, finding.example) for finding in check_invariants(connection) if not finding.holds]


def test_a_provinsi_beside_another_keeps_its_quotas_and_its_files(places, tmp_path):
    write_neighbour(places)
    household, neighbour = draw_households(), draw_neighbours()
    quota = pd.DataFrame({"kode": ["99.01", "99.71", "98.01"], "program": "pkh", "places_count": [20, 7, 1]})
    first = load(places, tmp_path, household, enrol(recipients(household), "pkh"), quota)
    assert first.by_reason == {"outside_the_file": 1}
    second = load(places, tmp_path, neighbour, enrol(recipients(neighbour), "pkh"), quota.iloc[2:])
    assert (second.by_reason, second.quota_below_count) == ({}, 1)
    assert stored(places, "SELECT kode, places_count FROM quota ORDER BY kode") == [
        ("98.01", 1), ("99.01", 20), ("99.71", 7)]
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert stored(places, "SELECT kode FROM quota") == [("98.01",)], "a load without quotas leaves none behind"
    names = sorted(path.name for path in (tmp_path / "data").rglob("*.parquet"))
    ready = stored(places, "SELECT report->>'kind' || '_' || id FROM source WHERE status = 'ready'"
                           " AND report->>'kind' IN ('household', 'enrolment')")
    assert names == sorted(f"FIKTIF_{name}.parquet" for (name,) in ready) and len(names) == 4
    assert [name for name, _ in broken(places)] == ["quota_covers_recipients"]


def test_a_part_of_what_a_file_holds_is_not_replaced(places, tmp_path):
    write_neighbour(places)
    household, neighbour = draw_households(), draw_neighbours()
    both = pd.concat([household, neighbour])
    enrolment = enrol(recipients(both), "pkh")
    load(places, tmp_path, both, enrolment)
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, household.iloc[1:], enrol(recipients(household), "pkh"))
    assert (caught.value.code, caught.value.details["provinsi"]) == ("partly_replaces", "98")
    assert stored(places, "SELECT count(*) FROM household") == [(63,)]
    load(places, tmp_path, both.iloc[1:], enrolment)
    assert stored(places, "SELECT count(*) FROM household") == [(62,)]


def test_one_file_does_not_serve_two_loads(places, tmp_path):
    write_neighbour(places)
    household, neighbour = draw_households(), draw_neighbours()
    enrolment = enrol(recipients(pd.concat([household, neighbour])), "pkh")
    assert load(places, tmp_path, household, enrolment).by_reason == {"outside_the_file": 2}
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, neighbour, enrolment)
    assert (caught.value.code, caught.value.details["provinsi"]) == ("file_in_other_load", "99")


def test_a_month_holds_registers_of_one_scheme(places, tmp_path):
    write_neighbour(places)
    household, neighbour = draw_households(), draw_neighbours()
    load(places, tmp_path / "a", household, enrol(recipients(household), "pkh"))
    for dry_run in (True, False):
        with pytest.raises(PetadesilError) as caught:
            load(places, tmp_path / "b", neighbour, enrol(recipients(neighbour), "pkh"), scheme="dtks", dry_run=dry_run)
        assert caught.value.code == "other_scheme_in_period"
        assert caught.value.details == {"period": "2026-10", "scheme": "dtks", "other": "dtsen", "provinsi": "99"}
    later = {"period": date(2026, 11, 1), "scheme": "dtks"}
    load(places, tmp_path / "b", neighbour, enrol(recipients(neighbour), "pkh"), **later)
    # What is replaced whole may change its scheme: the only one of its month, or all of them together.
    load(places, tmp_path / "c", household.iloc[1:], enrol(recipients(household), "pkh"), scheme="dtks")
    load(places, tmp_path / "b", neighbour, enrol(recipients(neighbour), "pkh"), scheme="dtks")
    both = pd.concat([household, neighbour])
    load(places, tmp_path / "d", both, enrol(recipients(both), "pkh"))
    assert stored(places, "SELECT DISTINCT period::text, scheme FROM source WHERE kind = 'register'"
                          " AND status = 'ready' ORDER BY 1") == [("2026-10-01", "dtsen"), ("2026-11-01", "dtks")]


def test_a_household_set_apart_takes_its_enrolments_with_it(places, tmp_path):
    household = draw_households()
    household.loc[0, "desil"] = "11"
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert report.by_reason == {"bad_desil": 1, "household_quarantined": 1}
    assert report.outside_register_count == 0


def test_a_program_by_person_covers_no_more_than_the_household(places, tmp_path):
    household = draw_households()
    enrolment = enrol(recipients(household), "pbi_jkn", unit_count="4").reset_index(drop=True)
    enrolment.loc[0, "unit_count"] = "5"
    enrolment.loc[1, ["household_id", "unit_count"]] = ["99-asing", "9"]
    assert load(places, tmp_path, household, enrolment).by_reason == {"more_persons_than_household": 1}
    assert broken(places) == []


SOCIAL = pd.DataFrame([
    ("99.01", "ppks", "  Anak Terlantar ", "person", "12"), ("99.71", "ppks", "Anak Terlantar", "person", "0"),
    ("99.71", "ppks", "anak terlantar", "person", "3.0"), ("99.01.01", "psks", "Karang Taruna", "institution", "2"),
    ("99", "kat", "Komunitas Adat Terpencil", "community", "1"),
], columns=["kode", "social_group", "kind", "unit", "reported_count"])
BAD_SOCIAL = [
    ("kode", "99.02", "unknown_wilayah"), ("kode", "98.01", "outside_the_file"), ("kode", None, "unknown_wilayah"),
    ("social_group", "pmks", "unknown_social_group"), ("kind", "  ", "missing_kind"),
    ("unit", "kpm", "unknown_social_unit"), ("reported_count", "-1", "bad_reported_count"),
    ("reported_count", "2.5", "bad_reported_count"), ("reported_count", None, "bad_reported_count"),
]


def social_counts(engine):
    return stored(engine, "SELECT level, kode, social_group, kind, unit, reported_count FROM social_count"
                          " ORDER BY kode, social_group, kind")


def test_social_counts_are_kept_in_the_words_of_their_source(places, tmp_path):
    household = draw_households()
    enrolment = enrol(recipients(household), "pkh")
    report = load(places, tmp_path, household, enrolment, social=SOCIAL)
    assert report.files[2] | {"file": ""} == {
        "file": "", "kind": "social", "rows_in": 5, "kept": 5, "quarantined": 0, "duplicates": 0}
    assert social_counts(places) == [
        (1, "99", "kat", "Komunitas Adat Terpencil", "community", 1),
        (2, "99.01", "ppks", "Anak Terlantar", "person", 12),
        (3, "99.01.01", "psks", "Karang Taruna", "institution", 2),
        (2, "99.71", "ppks", "Anak Terlantar", "person", 0), (2, "99.71", "ppks", "anak terlantar", "person", 3)]
    assert load(places, tmp_path, household, enrolment, social=SOCIAL).status == "already_loaded"
    assert broken(places) == []
    load(places, tmp_path, household, enrolment, social=SOCIAL.iloc[:1])
    assert [row[1] for row in social_counts(places)] == ["99.01"], "they are replaced with the register"
    load(places, tmp_path, household.iloc[1:], enrolment, social=None)
    assert social_counts(places) == [], "a load without them leaves none behind"


def test_bad_social_counts_are_set_apart_with_their_reason(places, tmp_path):
    write_neighbour(places)
    household = draw_households()
    social = pd.concat([SOCIAL.iloc[[1]]] * 9 + [SOCIAL.iloc[:2], SOCIAL.iloc[[1]], SOCIAL.iloc[[3]],
                                                SOCIAL.iloc[[3]].assign(unit="person")], ignore_index=True)
    expected = spoil(social, BAD_SOCIAL, social.index)
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"), social=social)
    assert report.files[2] | {"file": ""} == {
        "file": "", "kind": "social", "rows_in": 14, "kept": 2, "quarantined": 11, "duplicates": 1}
    found = dict(stored(places, "SELECT line, reason FROM quarantine WHERE reason <> 'conflicting_rows'"))
    assert found == expected
    assert broken(places) == []


def test_a_wilayah_is_not_counted_beside_its_own_parts(places, tmp_path):
    household = draw_households()
    social = pd.concat([SOCIAL, SOCIAL.iloc[[0]].assign(kode="99.01.01")])
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, household, enrol(recipients(household), "pkh"), social=social)
    assert (caught.value.code, caught.value.details["social_group"]) == ("social_levels_mixed", "ppks")


def test_a_bps_code_of_two_desa_names_neither(places, tmp_path):
    bps = {"99.01.01.2001": "9901010001", "99.01.01.2002": "9901010002", "99.01.02.2001": "9901020001",
           "99.01.02.2002": "9901020001", "99.71.01.1001": "9971010001", "99.71.01.1002": "9971010002"}
    with places.begin() as connection:
        for kode, code in bps.items():
            connection.execute(update(tables.wilayah).where(tables.wilayah.c.kode == kode).values(kode_bps=code))
    household = draw_households()
    household = household.assign(kode=household["kode"].map(bps))
    report = load(places, tmp_path, household, enrol(recipients(household), "pkh"), system="bps")
    assert report.by_reason == {"unknown_wilayah": 13}
    assert stored(places, "SELECT count(*), count(DISTINCT kode) FROM household") == [(47, 4)]


def test_codes_of_the_other_database_are_refused_before_anything_starts(tmp_path):
    household = draw_households().drop(columns="marks")
    household.to_csv(tmp_path / "FIKTIF_household.csv", index=False)
    household.assign(kode="18.01.04.2001").to_csv(tmp_path / "household.csv", index=False)
    loading = ["--lang", "en", "load", "register", "--period", "2026-10", "--scheme", "dtsen"]
    boundaries = ["--lang", "en", "load", "boundaries", "--publisher", "x", "--system", "fiktif", "--vintage", "2026"]
    for arguments, sentence in {
        (*loading, str(tmp_path / "FIKTIF_household.csv")): "must not enter the main database",
        (*loading, "--demo", str(tmp_path / "household.csv")): "must not enter the demo database",
        (*boundaries, "x.gpkg"): "must not enter the main database",
    }.items():
        outcome = CliRunner().invoke(main, arguments)
        assert outcome.exit_code == 1 and sentence in outcome.output, outcome.output


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


@pytest.mark.parametrize(("damage", "invariant"), [
    ("UPDATE program_count SET paid_count = paid_count - 1 WHERE level = 4 AND paid_count > 0",
     "reached_equals_enrolments"),
    ("UPDATE program_count SET leak_idr = leak_idr + 1 WHERE level = 4 AND received_count > 0",
     "reached_equals_enrolments"),
    ("UPDATE program_count SET gap_idr = gap_idr + 1 WHERE level = 4 AND gap_idr > 0", "gap_idr_equals_entitlement"),
    ("UPDATE household SET received = received | 4", "household_received_equals_enrolments"),
    ("INSERT INTO quota SELECT DISTINCT period, '99', 2, 1, source_id FROM household", "ledger_equals_rows"),
])
def test_a_damaged_row_breaks_the_invariant_that_holds_it(places, tmp_path, damage, invariant):
    household = draw_households()
    load(places, tmp_path, household, enrol(recipients(household), "pkh"))
    assert broken(places) == []
    with places.begin() as connection:
        connection.execute(text(damage))
    assert invariant in [name for name, _ in broken(places)]
