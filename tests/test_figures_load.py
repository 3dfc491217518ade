"""Official figures: which rows are kept, what is confirmed, how other codes and names are read, what replaces what."""

import json
from datetime import date

import pandas as pd
import pytest
from builders import stored, write_places
from click.testing import CliRunner
from sqlalchemy import text

from boundaries.errors import PetadesilError
from boundaries.levels import Level
from dashboard.cli import main
from geo.code_load import load_codes, load_crosswalk
from geo.figures_load import load_figures
from geo.invariants import check_invariants
from geo.schema import data_version

MARCH = date(2025, 3, 1)


@pytest.fixture
def places(database):
    write_places(database)
    return database


def load(engine, folder, rows, indicator="poverty_rate", on=MARCH, name="FIKTIF_figures.csv", **options):
    path = folder / name
    pd.DataFrame(rows).to_csv(path, index=False)
    return load_figures(engine, path, indicator, on, options.pop("reference", "BPS, uji"), **options)


def figures(engine, columns="kode, value"):
    return stored(engine, f"SELECT {columns} FROM official_figure ORDER BY indicator, kode, figure_on")


def test_a_row_is_kept_or_set_apart_with_its_reason(places, tmp_path):
    rows = [("99", "0.1", ""), ("99.01", "0.2", "tidak"), ("0", "0.15", "true"), ("99.09", "0.1", ""),
            ("99.71", "", ""), ("99.71", "tiga", ""), ("99.71", "1.01", ""), ("99.71", "-0.1", ""),
            ("99.71", "nan", ""), ("99.71", "0.1", "mungkin"), ("99.01.01", "0.3", ""), ("99.01.01", "0.4", ""),
            ("99.01.02", "0.5", ""), ("99.01.02", "0.5", ""), ("", "0.1", "")]
    frame = pd.DataFrame(rows, columns=["kode", "value", "is_confirmed"]).assign(reference="", nama="Fulan")
    frame.loc[0, "reference"] = "Perda 1"
    report = load(places, tmp_path, frame)
    assert (report.rows_in, report.kept, report.quarantined, report.duplicates) == (15, 4, 10, 1)
    assert report.by_reason == {"unknown_wilayah": 2, "bad_value": 3, "value_out_of_range": 2, "bad_is_confirmed": 1,
                                "conflicting_rows": 2}
    assert (report.unconfirmed, report.ignored_columns) == (1, ["nama"])
    assert figures(places, "kode, value, is_confirmed, reference, figure_on") == [
        ("99", 0.1, True, "Perda 1", MARCH), ("99.01", 0.2, False, "BPS, uji", MARCH),
        ("99.01.02", 0.5, True, "BPS, uji", MARCH), ("ID", 0.15, True, "BPS, uji", MARCH)]
    assert stored(places, "SELECT line, reason FROM quarantine WHERE reason = 'bad_is_confirmed'") == [
        (11, "bad_is_confirmed")]
    assert stored(places, "SELECT kind, status, is_fictional, read_count, kept_count FROM source"
                          " WHERE kind = 'figures'") == [("figures", "ready", True, 15, 4)]
    with places.connect() as connection:
        assert [finding.name for finding in check_invariants(connection) if not finding.holds] == []


def test_percentages_are_stored_as_rates_and_counts_as_they_are(places, tmp_path):
    load(places, tmp_path, {"kode": ["99", "99.01"], "value": ["8.47", "100"]}, is_percent=True)
    load(places, tmp_path, {"kode": ["99", "99.01"], "jiwa": ["284973643", "2.5"]}, "population", value_column="jiwa")
    load(places, tmp_path, {"kode": ["99"], "value": ["609160.5"]}, "poverty_line_idr")
    assert figures(places, "indicator, kode, value") == [
        ("population", "99", 284973643), ("poverty_line_idr", "99", 609160.5), ("poverty_rate", "99", 0.0847),
        ("poverty_rate", "99.01", 1.0)]


def test_percentages_that_are_loaded_as_rates_are_refused(places, tmp_path):
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, {"kode": ["99"], "value": ["8.47"]})
    assert (caught.value.code, caught.value.details["reason"]) == ("context_nothing_kept", "value_out_of_range")
    assert stored(places, "SELECT count(*) FROM source WHERE kind = 'figures'") == [(0,)]


def test_the_same_file_loads_once_and_a_whole_one_replaces_it(places, tmp_path):
    rows = {"kode": ["99", "99.01"], "value": ["0.1", "0.2"]}
    load(places, tmp_path, rows, name="FIKTIF_a.csv")
    with places.connect() as connection:
        version = data_version(connection)
    assert load(places, tmp_path, rows, name="FIKTIF_a.csv").status == "already_loaded"
    with places.connect() as connection:
        assert data_version(connection) == version
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, {"kode": ["99"], "value": ["0.11"]}, name="FIKTIF_b.csv")
    assert (caught.value.code, caught.value.details) == ("rows_partly_replaced", {"path": "FIKTIF_a.csv", "missing": 1})
    assert figures(places) == [("99", 0.1), ("99.01", 0.2)]
    load(places, tmp_path, {"kode": ["99.71"], "value": ["0.3"]}, name="FIKTIF_c.csv")
    load(places, tmp_path, {"kode": ["99"], "value": ["0.4"]}, on=date(2024, 3, 1), name="FIKTIF_d.csv")
    wider = {"kode": ["99", "99.01", "99.01.01"], "value": ["0.11", "0.2", "0.3"]}
    assert load(places, tmp_path, wider, name="FIKTIF_e.csv").replaced == ["FIKTIF_a.csv"]
    assert figures(places, "kode, figure_on, value") == [
        ("99", date(2024, 3, 1), 0.4), ("99", MARCH, 0.11), ("99.01", MARCH, 0.2), ("99.01.01", MARCH, 0.3),
        ("99.71", MARCH, 0.3)]
    assert stored(places, "SELECT file_name FROM source WHERE kind = 'figures' AND status = 'replaced'") == [
        ("FIKTIF_a.csv",)]


def test_a_file_loads_again_when_more_of_its_wilayah_are_known(places, tmp_path):
    rows = {"kode": ["99", "98"], "value": ["0.1", "0.2"]}
    assert load(places, tmp_path, rows).by_reason == {"unknown_wilayah": 1}
    with places.begin() as connection:
        connection.execute(text(
            "INSERT INTO wilayah (kode, level, parent_kode, name, kind) VALUES ('98', 1, 'ID', 'X', 'provinsi')"))
    report = load(places, tmp_path, rows)
    assert (report.status, report.kept, report.replaced) == ("loaded", 2, ["FIKTIF_figures.csv"])
    assert load(places, tmp_path, rows).status == "already_loaded"
    assert load(places, tmp_path, rows, reference="BPS, lain").status == "loaded"
    assert figures(places, "kode, reference") == [("98", "BPS, lain"), ("99", "BPS, lain")]


def test_codes_of_bps_and_names_of_provinsi_find_their_wilayah(places, tmp_path):
    with places.begin() as connection:
        for kode, bps in {"99": "97", "99.01": "9701", "99.71": "9702", "99.01.01": "9702"}.items():
            connection.execute(text(f"UPDATE wilayah SET kode_bps = '{bps}' WHERE kode = '{kode}'"))
        connection.execute(text("UPDATE wilayah SET name = 'Daerah Istimewa Uji' WHERE kode = '99'"))
    bps = {"kode": ["9700", "9701", "9702", "0000", "9703"], "value": ["1", "2", "3", "4", "5"]}
    report = load(places, tmp_path, bps, "poverty_line_idr", system="bps")
    assert report.by_reason == {"unknown_wilayah": 2}, "one is unknown, one names two wilayah"
    assert figures(places) == [("99", 1), ("99.01", 2), ("ID", 4)]
    names = {"kode": ["DI Uji", "INDONESIA", "Kabupaten Barat"], "value": ["1", "2", "3"]}
    report = load(places, tmp_path, names, "population", system="name")
    assert report.by_reason == {"unknown_wilayah": 1}, "a kabupaten's name is no key"
    assert stored(places, "SELECT kode FROM official_figure WHERE indicator = 'population' ORDER BY 1") == [
        ("99",), ("ID",)]


def test_what_cannot_be_loaded_is_refused_whole(places, tmp_path):
    rows = {"kode": ["99"], "value": ["0.1"]}
    cases = {
        "unknown_indicator": {"indicator": "gini"}, "unknown_system": {"system": "iso"},
        "reference_missing": {"reference": "  "}, "missing_columns": {"kode_column": "kode_desa"},
        "not_a_table": {"name": "FIKTIF_figures.xls"},
    }
    for code, options in cases.items():
        with pytest.raises(PetadesilError) as caught:
            load(places, tmp_path, rows, **options)
        assert caught.value.code == code
    with pytest.raises(PetadesilError) as caught:
        load_figures(places, tmp_path / "none.csv", "population", MARCH, "x")
    assert caught.value.code == "file_missing"
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, rows, unconfirmed=("status", "M"))
    assert caught.value.code == "missing_columns"


def test_fictional_codes_stay_out_of_the_main_database(tmp_path):
    path = tmp_path / "FIKTIF_figures.csv"
    pd.DataFrame({"kode": ["99"], "value": ["0.1"]}).to_csv(path, index=False)
    loading = ["--lang", "en", "load", "figures", str(path), "--indicator", "poverty_rate", "--on", "2025-03",
               "--reference", "x"]  # fmt: skip
    for arguments, sentence in {
        (): "must not enter the main database",
        ("--unconfirmed", "status"): "is not COLUMN=START",
        ("--kode-column", "desa"): "The columns desa are not in FIKTIF_figures.csv",
    }.items():
        outcome = CliRunner().invoke(main, [*loading, *arguments])
        assert outcome.exit_code == 1 and sentence in outcome.output, outcome.output


def test_the_commands_tell_what_became_of_every_row(database, tmp_path, monkeypatch):
    url = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("PETADESIL_DATABASE_URL", url)
    monkeypatch.setenv("PETADESIL_DATA_DIR", str(tmp_path))
    with database.begin() as connection:
        connection.execute(text("INSERT INTO wilayah (kode, level, parent_kode, name, kind) VALUES"
                                " ('18', 1, 'ID', 'Lampung', 'provinsi'), ('18.13', 2, '18', 'X', 'kabupaten')"))
    rates, pairs = tmp_path / "p0.csv", tmp_path / "pemekaran.csv"
    rates.write_text("kode,persen,status\n18,10.0,M(rate)\n18.13,9.5,S\n19,4.2,S\n")
    pairs.write_text("old_kode,new_kode,happened_on,share,reference\n18.01,18.13,2012-10-25,0.1,UU 22/2012\n")
    figures_of = ["load", "figures", str(rates), "--indicator", "poverty_rate", "--on", "2025-03", "--reference", "BPS",
                  "--value-column", "persen", "--percent", "--unconfirmed", "status=M"]  # fmt: skip
    told = CliRunner().invoke(main, ["--lang", "en", *figures_of])
    assert told.exit_code == 0, told.output
    assert "p0.csv: 3 rows read = 2 kept + 1 quarantined + 0 duplicates." in told.output
    assert "1 figures are not confirmed" in told.output and "kode is not in the list of wilayah" in told.output
    again = json.loads(CliRunner().invoke(main, [*figures_of, "--json"]).stdout)
    assert (again["status"], again["rows_in"], again["by_reason"]) == ("already_loaded", 3, {"unknown_wilayah": 1})
    told = json.loads(CliRunner().invoke(main, ["load", "succession", str(pairs), "--json"]).stdout)
    assert (told["status"], told["kept"]) == ("loaded", 1)
    assert stored(database, "SELECT kode, valid_from FROM wilayah WHERE valid_from IS NOT NULL") == [
        ("18.13", date(2012, 10, 25))]


def test_the_published_files_are_read_whole(database, shared_data):
    """The sums are those that a spreadsheet gives; 15 provinsi are marked as written from memory."""
    load_codes(database, shared_data / "codes" / "wilayah_kemendagri_2025.csv")
    load_crosswalk(database, shared_data / "codes" / "bps_kemendagri_2025.csv", vintage=2025)
    stats = shared_data / "stats"
    of = {
        "poverty_provinsi_maret2025.csv": ("poverty_rate", MARCH, {
            "kode_column": "provinsi", "value_column": "persen_miskin_mar2025", "is_percent": True, "system": "name",
            "unconfirmed": ("status", "M")}),
        "p0_kabkota_2021.csv": ("poverty_rate", date(2021, 3, 1), {
            "kode_column": "kode_kemendagri", "value_column": "p0_persen", "is_percent": True}),
        "wilayah_penduduk_2024s2_dukcapil.csv": ("population", date(2024, 12, 1), {"value_column": "total"}),
        "garis_kemiskinan_kabkota_bps.csv": ("poverty_line_idr", MARCH, {
            "kode_column": "kode_bps", "value_column": "garis_kemiskinan_rp", "system": "bps"}),
        "wilayah_luas_big2024.csv": ("area_km2", date(2024, 12, 1), {"value_column": "luas"}),
    }  # fmt: skip
    told = {}
    for name, (indicator, on, options) in of.items():
        report = load_figures(database, stats / name, indicator, on, "BPS", **options)
        told[name] = (report.rows_in, report.kept, report.unconfirmed)
    assert told == {
        "poverty_provinsi_maret2025.csv": (39, 39, 15), "p0_kabkota_2021.csv": (514, 514, 0),
        "wilayah_penduduk_2024s2_dukcapil.csv": (553, 553, 0), "garis_kemiskinan_kabkota_bps.csv": (552, 552, 0),
        "wilayah_luas_big2024.csv": (552, 552, 0)}
    assert stored(database, "SELECT level, count(*)::integer, sum(value) FROM official_figure JOIN wilayah USING (kode)"
                            " WHERE indicator = 'population' GROUP BY 1 ORDER BY 1") == [
        (0, 1, 284973643), (int(Level.provinsi), 38, 284973643), (int(Level.kabupaten), 514, 284973643)]
    areas = stored(database, "SELECT level, round(sum(value)::numeric, 2) FROM official_figure JOIN wilayah"
                             " USING (kode) WHERE indicator = 'area_km2' GROUP BY 1 ORDER BY 1")
    assert [(level, float(area)) for level, area in areas] == [
        (int(Level.provinsi), 1890179.78), (int(Level.kabupaten), 1890179.78)]
    assert stored(database, "SELECT kode, value, is_confirmed FROM official_figure WHERE indicator = 'poverty_rate'"
                            " AND kode IN ('18', '31', '34', '96', 'ID') ORDER BY kode") == [
        ("18", 0.1, False), ("31", 0.0428, True), ("34", 0.1023, False), ("96", 0.1795, True), ("ID", 0.0847, True)]
