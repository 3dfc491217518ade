"""Loading a verification sample: matched to its register, judged row by row, and refused where its design cannot be."""

import itertools
import json

import pandas as pd
import pytest
from builders import DESA, PERIOD, draw_households, enrol, load, load_sample, recipients, stored, verify, write_places
from click.testing import CliRunner
from conftest import clone
from sqlalchemy import insert, text

from boundaries.errors import PetadesilError
from boundaries.levels import kind_of, level_of, parent_of
from dashboard.cli import main
from dashboard.commands.field import told
from dashboard.words import Words
from geo import tables
from geo.engine import make_engine
from geo.estimate_write import write_estimates
from geo.field_invariants import FIELD_INVARIANTS
from geo.schema import data_version
from geo.tables import COMPONENTS
from geo.verification_load import load_verification

PKH, SEMBAKO, PBI, BLT, PIP = 1, 2, 4, 8, 16
FIFTH = SEMBAKO | PBI
POOR = FIFTH | PKH | PIP
POOREST = POOR | BLT
_number = itertools.count()
COUNTS = [f"{name}_count" for name in COMPONENTS]


@pytest.fixture(scope="module")
def loaded(template, tmp_path_factory):
    """The address of the sixty households with PKH, and one recipient of Sembako outside the register."""
    url = clone(template, "verification_census")
    engine = make_engine(url)
    write_places(engine)
    household = draw_households()
    stranger = pd.DataFrame([{"household_id": "99-asing", "kode": DESA[0]}])
    load(engine, tmp_path_factory.mktemp("census"), household, pd.concat([
        enrol(recipients(household), "pkh"), enrol(household.iloc[:4], "sembako"), enrol(stranger, "sembako"),
    ]))  # fmt: skip
    engine.dispose()
    return url


@pytest.fixture
def census(loaded):
    """An engine on a copy of that database."""
    engine = make_engine(clone(loaded, f"verification_{next(_number)}"))
    yield engine
    engine.dispose()


def broken(engine):
    with engine.connect() as connection:
        return {name for name, query in FIELD_INVARIANTS.items()
                if connection.execute(text(f"SELECT count(*) FROM ({query}) AS violation (place)")).scalar()}


def refused(engine, tmp_path, sample, **options):
    with pytest.raises(PetadesilError) as caught:
        load_sample(engine, tmp_path, sample, **options)
    assert stored(engine, "SELECT count(*) FROM verification") == [(0,)]
    assert stored(engine, "SELECT count(*) FROM source WHERE kind = 'verification'") == [(0,)]
    return caught.value


def unregistered(count=1, **changes):
    """Rows of a listing without an id, each of four persons with one child in primary school."""
    row = {"household_id": None, "kode": DESA[0], "stratum": DESA[0][:8], "cluster": DESA[0], "weight": "10",
           "truth": "consumption", "frame": "listing", "observed_desil": "3", "person_count": "4"}
    return pd.DataFrame([row | dict.fromkeys(COUNTS, "0") | {"sd_count": "1"} | changes] * count)


def test_what_the_field_found_makes_the_truly_eligible_by_hand(census, tmp_path):
    """Four persons and a child in primary school, when active: PKH and PIP up to desil 4, Sembako and PBI-JKN up to
    5, BLT of the desa in desil 1, for desa only."""
    household = draw_households()
    household.loc[5, "sd_count"] = "0"
    household.loc[6, "adminduk"] = "meninggal"
    load(census, tmp_path, household, enrol(recipients(household), "pkh"))
    found = [
        # position, observed desil, observed adminduk, desil, eligible, truly eligible
        (0, "6", None, 1, POOREST, 0),
        (1, "5", None, 1, POOREST, FIFTH),
        (3, "4", "aktif", 1, POOREST, POOR),
        (4, "1", "pindah", 2, POOR, 0),
        (5, "2", None, 2, FIFTH, FIFTH),
        (6, "2", None, 2, 0, 0),
        (6, "2", "aktif", 2, 0, POOR),
        (12, "4", None, 5, FIFTH, POOR),
        (18, "4", None, 10, 0, POOR),
        (19, "1", None, None, 0, POOREST),
        # A kelurahan.
        (51, "1", None, 7, 0, POOR),
    ]
    for part in (found[:6] + found[7:], found[6:7]):
        sample = verify(household).iloc[[row[0] for row in part]].assign(
            observed_desil=[row[1] for row in part], observed_adminduk=[row[2] for row in part])
        load_sample(census, tmp_path, sample)
        assert stored(census, "SELECT desil, eligible, truly_eligible FROM verification ORDER BY household_id") == [
            row[3:] for row in part]
    assert broken(census) == set()


def test_the_whole_census_sampled_counts_what_was_left_out_by_hand(census, tmp_path):
    """E 32, T 21, reached 17 for PKH: the field agrees with the register here, and four have leaked."""
    report = load_sample(census, tmp_path, verify(draw_households()))
    assert (report.rows_in, report.kept, report.strata, report.clusters, report.desa) == (60, 60, 3, 6, 6)
    assert (report.weight_sum, report.provinsi, report.warnings) == (600, ["99"], {})
    assert stored(census, "SELECT count(*) FILTER (WHERE truly_eligible & 1 > 0),"
                          " count(*) FILTER (WHERE received & 1 > 0),"
                          " count(*) FILTER (WHERE truly_eligible & received & 1 > 0),"
                          " count(*) FILTER (WHERE is_registered AND person_count = 4) FROM verification") == [
        (32, 21, 17, 60)]
    assert broken(census) == set()


BAD_ROWS = [
    ("household_id", None, "missing_household_id"),
    ("household_id", "99-lain", "not_in_register"),
    ("household_id", "99-asing", "not_in_register"),
    ("household_id", "1801040013120001", "id_looks_like_nik"),
    ("kode", None, "malformed_kode"),
    ("kode", "9901012001", "malformed_kode"),
    ("kode", "99.01.01.2999", "unknown_wilayah"),
    ("kode", "98.01.01.2001", "no_register_there"),
    ("stratum", None, "missing_stratum"),
    ("cluster", "  ", "missing_cluster"),
    ("weight", None, "bad_weight"),
    ("weight", "0", "bad_weight"),
    ("weight", "-3", "bad_weight"),
    ("weight", "NaN", "bad_weight"),
    ("weight", "inf", "bad_weight"),
    ("weight", "1e300", "bad_weight"),
    ("weight", "1e-300", "bad_weight"),
    ("weight", "1,5", "bad_weight"),
    ("observed_desil", None, "bad_observed_desil"),
    ("observed_desil", "0", "bad_observed_desil"),
    ("observed_desil", "11", "bad_observed_desil"),
    ("observed_desil", "2.5", "bad_observed_desil"),
    ("observed_desil", "NaN", "bad_observed_desil"),
    ("observed_adminduk", "hidup", "unknown_observed_adminduk"),
    ("observed_on", "31/10/2026", "bad_observed_on"),
    ("stratum_cluster_count", "0", "bad_design_count"),
    ("cluster_household_count", "banyak", "bad_design_count"),
]


def test_every_bad_row_is_set_apart_with_its_line_and_reason(census, tmp_path):
    with census.begin() as connection:
        connection.execute(insert(tables.wilayah), [
            {"kode": kode, "level": int(level_of(kode)), "parent_kode": parent_of(kode), "name": kode,
             "kind": kind_of(kode)} for kode in ("98", "98.01", "98.01.01", "98.01.01.2001")
        ])
    sample = verify(draw_households(), observed_adminduk=None, observed_on="2026-10-09", stratum_cluster_count=None,
                    cluster_household_count=None)  # fmt: skip
    for row, (column, value, _) in enumerate(BAD_ROWS):
        sample.loc[row, column] = value
    report = load_sample(census, tmp_path, sample)
    assert (report.rows_in, report.kept, report.quarantined, report.duplicates) == (60, 60 - len(BAD_ROWS),
                                                                                   len(BAD_ROWS), 0)
    expected = [(row + 2, reason) for row, (_, _, reason) in enumerate(BAD_ROWS)]
    assert stored(census, "SELECT line, reason FROM quarantine ORDER BY line") == expected
    raw = stored(census, "SELECT raw FROM quarantine WHERE reason = 'id_looks_like_nik'")[0][0]
    assert "1801040013120001" not in raw and "99.01.01.2001" in raw
    assert broken(census) == set()
    lines = told(report, Words("id"))
    assert any("household_id tidak ada dalam register" in line for line in lines)


def test_a_row_written_twice_is_a_duplicate_and_two_versions_are_a_conflict(census, tmp_path):
    sample = verify(draw_households())
    sample = pd.concat([sample, sample.iloc[[0, 0]], sample.iloc[[1]].assign(observed_desil="9")])
    report = load_sample(census, tmp_path, sample)
    assert (report.rows_in, report.kept, report.quarantined, report.duplicates) == (63, 59, 2, 2)
    assert report.by_reason == {"conflicting_rows": 2}


def test_a_listing_brings_the_families_that_no_register_holds(census, tmp_path):
    bad = [("person_count", None), ("sd_count", None), ("sd_count", "5"), ("received", "pkh blt"),
           ("household_id", "99-lain")]
    sample = pd.concat([
        verify(draw_households().iloc[:3], frame="listing", person_count="99"),
        unregistered(2, received="pkh pbi_jkn"), unregistered(observed_desil="5", sd_count="0"),
        # A recipient outside the register is known by the program's list.
        unregistered(household_id="99-asing", received="pbi_jkn"),
        *(unregistered(**{column: value}) for column, value in bad),
    ])  # fmt: skip
    report = load_sample(census, tmp_path, sample)
    assert report.by_reason == {"bad_component_count": 1, "bad_person_count": 1, "component_above_persons": 1,
                                "not_in_register": 1, "unknown_received": 1}
    assert (report.kept, report.unregistered, report.duplicates) == (7, 4, 0)
    assert stored(census, "SELECT household_id, is_registered, person_count, desil, eligible, truly_eligible, received"
                          " FROM verification WHERE line > 4 ORDER BY line") == [
        (None, False, 4, None, 0, POOR, PKH | PBI), (None, False, 4, None, 0, POOR, PKH | PBI),
        (None, False, 4, None, 0, FIFTH, 0), ("99-asing", False, 4, None, 0, POOR, SEMBAKO)]
    assert stored(census, "SELECT DISTINCT person_count FROM verification WHERE is_registered") == [(4,)]
    assert broken(census) == set()


def test_a_sample_of_recipients_holds_recipients_only(census, tmp_path):
    household = draw_households()
    sample = pd.concat([verify(household.iloc[[0, 3, 4]], frame="recipients"),
                        unregistered(household_id="99-asing", frame="recipients", observed_desil="7")])
    report = load_sample(census, tmp_path, sample.assign(program="sembako"))
    assert (report.program, report.by_reason) == ("sembako", {"not_a_recipient": 1})
    assert stored(census, "SELECT household_id, program_id, received, truly_eligible, is_registered FROM verification"
                          " ORDER BY line") == [
        ("99-99.01.01.2001-01", 1, PKH | SEMBAKO, POOREST, True), ("99-99.01.01.2001-04", 1, SEMBAKO, POOREST, True),
        ("99-asing", 1, SEMBAKO, 0, False)]
    pkh = load_sample(census, tmp_path, verify(household.iloc[:3], frame="recipients", program="pkh"), name="pkh")
    assert (pkh.kept, pkh.replaced) == (3, [])
    assert broken(census) == set()


def test_adminduk_alone_takes_eligible_households_away_and_adds_none(census, tmp_path):
    sample = verify(draw_households().iloc[[0, 1, 12, 18]], truth="adminduk", observed_desil=None)
    sample["observed_adminduk"] = ["aktif", "meninggal", "aktif", "aktif"]
    load_sample(census, tmp_path, sample)
    assert stored(census, "SELECT eligible, truly_eligible, observed_desil FROM verification ORDER BY line") == [
        (POOREST, POOREST, None), (POOREST, 0, None), (FIFTH, FIFTH, None), (0, 0, None)]
    sample["observed_adminduk"] = ["aktif", None, "aktif", "aktif"]
    assert load_sample(census, tmp_path, sample).by_reason == {"unknown_observed_adminduk": 1}


@pytest.mark.parametrize(("changes", "code", "details"), [
    ({"truth": ["consumption"] * 59 + ["musyawarah"]}, "verification_mixed",
     {"column": "truth", "first": "consumption", "second": "musyawarah", "line": 61}),
    ({"frame": ["register"] + [None] * 59}, "verification_mixed", {"first": "register", "second": "", "line": 3}),
    ({"truth": "income"}, "unknown_truth", {"truth": "income"}),
    ({"frame": "map"}, "unknown_frame", {"frame": "map"}),
    ({"frame": "recipients"}, "program_missing", {}),
    ({"frame": "recipients", "program": "blt"}, "unknown_program", {"program": "blt"}),
    ({"weight": "0"}, "verification_nothing_kept", {"rows": 60, "reason": "bad_weight"}),
    ({"stratum_cluster_count": "1"}, "stratum_count_below",
     {"stratum": "99.01.01", "line": 2, "stated": 1, "found": 2}),
    ({"cluster_household_count": "8"}, "cluster_count_below",
     {"cluster": "99.01.01.2001", "line": 2, "stated": 8, "found": 20}),
    ({"stratum_cluster_count": ["4"] * 25 + ["5"] * 35}, "stratum_count_varies",
     {"stratum": "99.01.01", "line": 27, "first": "4", "second": "5"}),
    ({"cluster_household_count": ["20"] * 19 + [None] * 41}, "cluster_count_varies",
     {"cluster": "99.01.01.2001", "line": 21, "first": "20", "second": "-"}),
])  # fmt: skip
def test_a_sample_that_cannot_be_right_is_refused_whole(census, tmp_path, changes, code, details):
    error = refused(census, tmp_path, verify(draw_households()).assign(**changes))
    assert error.code == code
    assert error.details | details == error.details


def test_a_file_that_is_no_sample_is_refused(census, tmp_path):
    assert "weight" in refused(census, tmp_path, verify(draw_households()).drop(columns="weight")).details["columns"]
    assert refused(census, tmp_path, verify(draw_households()).iloc[:0]).code == "verification_empty"
    assert refused(census, tmp_path, verify(draw_households()), period=PERIOD.replace(month=9)).code == (
        "verification_without_register")
    verify(draw_households()).to_csv(tmp_path / "sampel.csv", index=False)
    (tmp_path / "rusak.parquet").write_text("bukan parquet")
    for name, code in {"sampel.csv": "fictional_mismatch", "rusak.parquet": "file_unreadable",
                       "tidak-ada.csv": "file_missing", "data": "file_missing"}.items():
        with pytest.raises(PetadesilError) as caught:
            load_verification(census, tmp_path / name, PERIOD)
        assert caught.value.code == code


def test_thin_clusters_and_like_answers_are_accepted_and_told(census, tmp_path):
    household = draw_households().groupby("kode").head(1)
    report = load_sample(census, tmp_path, verify(household, observed_desil="3", nama="Fulan"))
    assert (report.kept, report.warnings) == (6, {"single_household_clusters": 6, "alike_answers": 6})
    assert report.ignored_columns == ["nama"]
    sample = verify(draw_households().iloc[:20], stratum_cluster_count="2")
    assert load_sample(census, tmp_path, sample).warnings == {"lonely_clusters": 1}
    # The only cluster there is was not drawn from among others.
    assert load_sample(census, tmp_path, sample.assign(stratum_cluster_count="1.0")).warnings == {}
    moved = verify(draw_households().iloc[:20], kode=DESA[1])
    assert load_sample(census, tmp_path, moved).warnings == {"kode_differs": 20, "lonely_clusters": 1}
    assert stored(census, "SELECT DISTINCT kode FROM verification") == [(DESA[1],)]
    assert "lain" in " ".join(told(load_sample(census, tmp_path, moved, dry_run=True), Words("id")))


def estimates(kode="99", level=1, **changes):
    row = {"level": level, "kode": kode, "program_id": 0, "measure": "exclusion", "method": "direct", "status": "ok",
           "estimate": 0.3, "se": 0.05, "lower": 0.2, "upper": 0.4, "numerator": 3.0, "denominator": 10.0,
           "sample_count": 60, "cluster_count": 6}  # fmt: skip
    return row | changes


def write(engine, rows, truth="consumption", frame="register", models=()):
    with engine.begin() as connection:
        write_estimates(connection, PERIOD, truth, frame, rows, models)
        return data_version(connection)


def test_a_new_sample_replaces_its_like_and_takes_the_estimates_with_it(census, tmp_path):
    household = draw_households()
    load_sample(census, tmp_path, verify(household))
    load_sample(census, tmp_path, verify(household, truth="musyawarah"), name="musyawarah")
    model = {"program_id": 0, "measure": "exclusion", "report": {"aic": 1.5}}
    for truth in ("consumption", "musyawarah"):
        write(census, [estimates()], truth, models=[model])
    report = load_sample(census, tmp_path, verify(household.iloc[1:]), name="second")
    assert (report.status, report.replaced) == ("loaded", ["FIKTIF_verification_2026-10.csv"])
    assert stored(census, "SELECT truth, count(*) FROM verification GROUP BY 1 ORDER BY 1") == [
        ("consumption", 59), ("musyawarah", 60)]
    assert stored(census, "SELECT truth FROM estimate UNION ALL SELECT truth FROM estimate_model") == [
        ("musyawarah",)] * 2
    assert stored(census, "SELECT file_name, status FROM source WHERE kind = 'verification' ORDER BY id") == [
        ("FIKTIF_verification_2026-10.csv", "replaced"), ("FIKTIF_musyawarah_2026-10.csv", "ready"),
        ("FIKTIF_second_2026-10.csv", "ready")]
    assert broken(census) == set()


def test_the_same_file_loads_once_until_its_register_is_another(census, tmp_path):
    household = draw_households()
    first = load_sample(census, tmp_path, verify(household))
    write(census, [estimates()])
    again = load_sample(census, tmp_path, verify(household))
    assert again.as_dict() == first.as_dict() | {"status": "already_loaded"}
    assert stored(census, "SELECT count(*) FROM estimate") == [(1,)]
    household.loc[0, "desil"] = "9"
    load(census, tmp_path, household, enrol(recipients(household), "pkh"))
    assert broken(census) == {"verification_equals_register"}
    anew = load_sample(census, tmp_path, verify(draw_households()))
    assert (anew.status, anew.kept) == ("loaded", 60)
    assert stored(census, "SELECT desil, observed_desil, eligible FROM verification WHERE line = 2") == [(9, 1, 0)]
    assert stored(census, "SELECT count(*) FROM estimate") == [(0,)]
    assert broken(census) == set()


def test_a_dry_run_tells_all_and_writes_nothing(census, tmp_path):
    sample = verify(draw_households())
    sample.loc[4, "weight"] = "-1"
    report = load_sample(census, tmp_path, sample, dry_run=True)
    assert (report.status, report.kept, report.by_reason) == ("dry_run", 59, {"bad_weight": 1})
    assert stored(census, "SELECT (SELECT count(*) FROM verification), (SELECT count(*) FROM quarantine),"
                          " (SELECT count(*) FROM source WHERE kind = 'verification')") == [(0, 0, 0)]


def test_parquet_and_csv_say_the_same(census, tmp_path):
    sample = verify(draw_households()).astype({"weight": float, "observed_desil": int})
    sample["observed_on"] = pd.Timestamp("2026-10-09")
    sample["stratum_cluster_count"] = 9.0
    path = tmp_path / "FIKTIF_sampel.parquet"
    sample.to_parquet(path)
    assert load_verification(census, path, PERIOD).by_reason == {}
    query = "SELECT line, kode, weight, observed_desil, observed_on, stratum_cluster_count, truly_eligible"
    from_parquet = stored(census, f"{query} FROM verification ORDER BY line")
    load_sample(census, tmp_path, sample)
    from_csv = stored(census, f"{query} FROM verification ORDER BY line")
    assert [row[1:] for row in from_csv] == [row[1:] for row in from_parquet]
    assert (from_parquet[0][0], from_csv[0][0]) == (1, 2), "the header of a CSV is its first line"


def test_a_part_of_what_a_sample_holds_is_not_replaced(census, tmp_path):
    household = draw_households()
    load_sample(census, tmp_path, verify(household))
    with census.begin() as connection:
        connection.execute(text("UPDATE source SET report = jsonb_set(report, '{provinsi}', '[\"98\", \"99\"]')"
                                " WHERE kind = 'verification'"))
    with pytest.raises(PetadesilError) as caught:
        load_sample(census, tmp_path, verify(household.iloc[1:]))
    assert (caught.value.code, caught.value.details["provinsi"]) == ("partly_replaces", "98")


def test_estimates_replace_those_before_them_and_move_the_data_version(census, tmp_path):
    load_sample(census, tmp_path, verify(draw_households()))
    first = write(census, pd.DataFrame([estimates(), estimates(DESA[0], 4, method="none", status="no_data",
                                                               estimate=None, se=None, lower=None, upper=None,
                                                               gamma=None)]))
    second = write(census, [estimates(gamma=0.5, sample_count=7), estimates("99.01", 2)])
    assert first != second
    assert stored(census, "SELECT kode, estimate, lower, upper, gamma, deff FROM estimate ORDER BY level") == [
        ("99", 0.3, 0.2, 0.4, 0.5, None), ("99.01", 0.3, 0.2, 0.4, None, None)]
    assert stored(census, "SELECT revision FROM source WHERE kind = 'verification'") == [(2,)]
    with pytest.raises(PetadesilError) as caught:
        write(census, [estimates()], truth="musyawarah")
    assert caught.value.code == "estimate_without_sample"
    with pytest.raises(ValueError, match="value"):
        write(census, [estimates(value=1)])


@pytest.mark.parametrize(("damage", "invariant"), [
    ("DELETE FROM verification WHERE line = 5", "verification_ledger_equals_rows"),
    ("UPDATE source SET quarantined_count = 1, read_count = read_count + 1 WHERE kind = 'verification'",
     "verification_quarantine_equals_ledger"),
    ("UPDATE verification SET kode = '99.01.01.2999'", "verification_has_its_wilayah"),
    ("UPDATE verification SET household_id = 'x' WHERE line = 5", "verification_equals_register"),
    ("UPDATE verification SET truly_eligible = 1 << 20", "verification_is_in_known_programs"),
    ("UPDATE estimate SET lower = -0.1", "estimate_is_within_its_interval"),
    ("UPDATE estimate SET lower = NULL", "estimate_is_within_its_interval"),
    ("UPDATE estimate SET numerator = numerator + 1", "estimate_is_its_totals"),
    ("UPDATE estimate SET estimate = estimate + 1e-6 WHERE measure = 'exclusion'", "causes_add_up_to_exclusion"),
    ("DELETE FROM verification", "estimate_rests_on_a_sample"),
    ("UPDATE estimate SET upper = 0.9 WHERE level = 3", "desa_shows_its_kecamatan"),
])  # fmt: skip
def test_a_damaged_row_breaks_the_invariant_that_holds_it(census, tmp_path, damage, invariant):
    load_sample(census, tmp_path, verify(draw_households()))
    parts = {"exclusion": 0.3, "exclusion_unregistered": 0.0, "exclusion_wrong_desil": 0.1,
             "exclusion_not_reached": 0.2}  # fmt: skip
    rows = [
        estimates(kode, level, measure=measure, method=method, estimate=value, numerator=10 * value, lower=0.0)
        for measure, value in parts.items()
        for kode, level, method in (("99.01.01", 3, "direct"), (DESA[0], 4, "above"))
    ]
    write(census, rows)
    assert broken(census) == set()
    with census.begin() as connection:
        connection.execute(text(damage))
    assert invariant in broken(census)


def test_the_command_refuses_codes_of_the_other_database_before_anything_starts(tmp_path):
    path = tmp_path / "FIKTIF_sampel.csv"
    verify(draw_households()).to_csv(path, index=False)
    outcome = CliRunner().invoke(main, ["--lang", "en", "load", "verification", str(path), "--period", "2026-10"])
    assert outcome.exit_code == 1 and "must not enter the main database" in outcome.output
    verify(draw_households(), kode="18.01.04.2001").to_csv(path, index=False)
    arguments = ["--lang", "en", "load", "verification", str(path), "--period", "2026-10", "--demo"]
    outcome = CliRunner().invoke(main, arguments)
    assert outcome.exit_code == 1 and "must not enter the demo database" in outcome.output


def test_the_report_is_plain_and_told_in_both_languages(census, tmp_path):
    sample = verify(draw_households())
    sample.loc[0, "weight"] = "0"
    report = load_sample(census, tmp_path, sample)
    plain = json.loads(json.dumps(report.as_dict()))
    assert plain["rows_in"] == plain["kept"] + plain["quarantined"] + plain["duplicates"]
    assert (plain["period"], plain["truth"], plain["frame"], plain["by_reason"]) == (
        "2026-10", "consumption", "register", {"bad_weight": 1})
    assert "60 rows read = 59 kept + 1 quarantined" in told(report, Words("en"))[0]
    assert "60 baris dibaca = 59 diterima" in told(report, Words("id"))[0]


def test_the_command_prints_one_object_or_plain_lines(census, tmp_path, monkeypatch):
    monkeypatch.setattr("dashboard.commands.field.prepare_database", lambda settings, demo: census)
    path = tmp_path / "FIKTIF_sampel.csv"
    verify(draw_households()).to_csv(path, index=False)
    arguments = ["load", "verification", str(path), "--period", "2026-10", "--demo"]
    dry, first = (CliRunner().invoke(main, [*arguments, *more]) for more in (["--dry-run"], ["--json"]))
    assert "Hanya pemeriksaan" in dry.output and "60 baris dibaca = 60 diterima" in dry.output
    assert json.loads(first.output)["status"] == "loaded"
    again = CliRunner().invoke(main, ["--lang", "en", *arguments])
    assert "already loaded" in again.output and "petadesil estimate" not in again.output
    no_register = CliRunner().invoke(main, [*arguments[:4], "2026-09", "--demo"])
    assert no_register.exit_code == 1 and "petadesil load register" in no_register.output
