"""Successions of wilayah: what is kept, which wilayah begin with one, and which codes belong together in a series."""

from datetime import date

import pandas as pd
import pytest
from builders import stored, write_places
from click.testing import CliRunner
from sqlalchemy import text

from boundaries.errors import PetadesilError
from dashboard.cli import main
from geo.invariants import check_invariants
from geo.succession import lineage_groups
from geo.succession_load import COLUMNS, load_succession


@pytest.fixture
def places(database):
    write_places(database)
    return database


def load(engine, folder, *rows, name="FIKTIF_succession_99.csv"):
    path = folder / name
    pd.DataFrame(rows, columns=list(COLUMNS)).to_csv(path, index=False)
    return load_succession(engine, path)


def began(engine):
    return stored(engine, "SELECT kode, valid_from::text FROM wilayah WHERE valid_from IS NOT NULL ORDER BY kode")


def broken(engine):
    with engine.connect() as connection:
        return [finding.name for finding in check_invariants(connection) if not finding.holds]


def test_a_split_dates_the_new_wilayah_and_not_the_one_that_continues(places, tmp_path):
    report = load(
        places, tmp_path,
        ("99.01", "99.01", "2026-04-01", "0.6", "UU 1/2026"),
        ("99.01", "99.71", "2026-04-01", "0.4", "UU 1/2026"),
    )  # fmt: skip
    assert (report.rows_in, report.kept, report.status) == (2, 2, "loaded")
    assert began(places) == [("99.71", "2026-04-01")]
    assert stored(places, "SELECT old_kode, new_kode, happened_on, share, reference FROM wilayah_succession"
                          " ORDER BY new_kode") == [
        ("99.01", "99.01", date(2026, 4, 1), 0.6, "UU 1/2026"), ("99.01", "99.71", date(2026, 4, 1), 0.4, "UU 1/2026")]
    assert broken(places) == []


def test_a_wilayah_that_existed_before_gets_no_first_day(places, tmp_path):
    """Satu follows a code that has ended and is split later into Empat; Dua takes in Tiga's part and continues."""
    ended = "99.01.01.2009"
    load(
        places, tmp_path,
        (ended, "99.01.01.2001", "2012-01-01", "1", "x"),
        ("99.01.01.2001", "99.01.02.2002", "2020-01-01", "0.5", "x"),
        ("99.01.01.2001", "99.01.01.2001", "2020-01-01", "0.5", "x"),
        ("99.01.02.2001", "99.01.01.2002", "2020-01-01", "", "x"),
        ("99.01.01.2002", "99.01.01.2002", "2020-01-01", "1", "x"),
    )  # fmt: skip
    assert began(places) == [("99.01.01.2001", "2012-01-01"), ("99.01.02.2002", "2020-01-01")]


def test_bad_rows_are_set_apart_with_their_reason(places, tmp_path):
    day = "2026-04-01"
    report = load(
        places, tmp_path,
        ("99.01", "99.71", day, "0.4", "x"), ("99.01", "99.71", day, "0.4", "x"),
        ("9901", "99.71", day, "0.4", "x"), ("99.02", "99.99", day, "0.4", "x"), ("99", "99.71", day, "0.4", "x"),
        ("99.03", "99.71", "April 2026", "0.4", "x"), ("99.04", "99.71", day, "0", "x"),
        ("99.05", "99.71", day, "1.5", "x"), ("99.06", "99.71", day, "separuh", "x"), ("99.07", "99.71", day, "1", ""),
        ("99.08", "99.71", day, "0.7", "x"), ("99.08", "99.01", day, "0.7", "x"),
        ("99.09", "99.71", day, "0.3", "x"), ("99.09", "99.71", day, "0.4", "x"),
        ("99.10", "99.71", day, "0.334", "x"), ("99.10", "99.01", day, "0.667", "x"),
    )  # fmt: skip
    assert report.by_reason == {
        "malformed_old_kode": 1, "unknown_wilayah": 1, "levels_differ": 1, "bad_happened_on": 1, "bad_share": 3,
        "missing_reference": 1, "shares_above_one": 2, "conflicting_rows": 2}
    assert (report.rows_in, report.kept, report.quarantined, report.duplicates) == (16, 3, 12, 1)
    assert broken(places) == []


def test_a_file_replaces_an_earlier_one_and_its_first_days(places, tmp_path):
    first = ("99.01", "99.71", "2026-04-01", "0.4", "x")
    load(places, tmp_path, first, name="FIKTIF_a.csv")
    assert load(places, tmp_path, first, name="FIKTIF_a.csv").status == "already_loaded"
    stays = ("99.71", "99.71", "2026-04-01", "1", "x")
    assert load(places, tmp_path, first, stays, name="FIKTIF_b.csv").replaced == ["FIKTIF_a.csv"]
    assert began(places) == [], "the new file says that it existed before"
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, first, name="FIKTIF_c.csv")
    assert caught.value.code == "rows_partly_replaced"
    with pytest.raises(PetadesilError) as caught:
        load(places, tmp_path, ("99.01", "98.01", "2026-04-01", "1", "x"), name="FIKTIF_d.csv")
    assert caught.value.code == "context_nothing_kept"
    assert stored(places, "SELECT count(*) FROM wilayah_succession") == [(2,)]
    with places.begin() as connection:
        connection.execute(text("UPDATE wilayah SET valid_from = '2020-01-01' WHERE kode = '99.01'"))
    assert broken(places) == ["succession_dates_its_wilayah"]


def test_a_fictional_succession_stays_out_of_the_main_database(tmp_path):
    path = tmp_path / "FIKTIF_succession_99.csv"
    pd.DataFrame([("99.01", "99.71", "2026-04-01", "0.4", "x")], columns=list(COLUMNS)).to_csv(path, index=False)
    outcome = CliRunner().invoke(main, ["--lang", "en", "load", "succession", str(path)])
    assert outcome.exit_code == 1 and "must not enter the main database" in outcome.output, outcome.output


@pytest.mark.parametrize(("pairs", "groups"), [
    ([], []),
    ([("18.01", "18.01")], []),
    ([("18.01", "18.01"), ("18.01", "18.13")], [{"18.01", "18.13"}]),
    ([("18.05", "18.09"), ("18.01", "18.13"), ("18.13", "18.14")], [{"18.01", "18.13", "18.14"}, {"18.05", "18.09"}]),
    ([("18.01", "18.03"), ("18.02", "18.03")], [{"18.01", "18.02", "18.03"}]),
    ([("18.01", "18.02"), ("18.03", "18.04"), ("18.02", "18.04")], [{"18.01", "18.02", "18.03", "18.04"}]),
])  # fmt: skip
def test_codes_that_followed_one_another_are_one_group(pairs, groups):
    assert lineage_groups(pairs) == groups
