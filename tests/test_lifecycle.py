"""The commands that start, stop and look after the program, as their caller sees them."""

import dataclasses
import json
import re
import socket
import subprocess
from pathlib import Path

import psycopg
import pytest
from click.testing import CliRunner
from sqlalchemy.exc import OperationalError

import dashboard.cli
from dashboard.commands import demonstration, develop, lifecycle, serving
from dashboard.words.errors import ERRORS
from dashboard.words.lifecycle import DOCTOR, LIFECYCLE, STEPS
from geo import cluster
from geo.config import read_settings
from geo.errors import GeoError

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def unmade(tmp_path):
    """Settings of a checkout that has no cluster yet."""
    return dataclasses.replace(read_settings(), home=tmp_path / "h", data_dir=tmp_path / "d", database_url=None)


def invoke(monkeypatch, settings, *words):
    monkeypatch.setattr(dashboard.cli, "read_settings", lambda: settings)
    return CliRunner().invoke(dashboard.cli.main, list(words), prog_name="petadesil")


def test_status_of_a_machine_without_a_cluster_says_what_to_run_and_makes_nothing(monkeypatch, unmade):
    told = invoke(monkeypatch, unmade, "status")
    assert told.exit_code == 1
    assert "petadesil up" in told.output
    assert not unmade.home.exists()


def test_status_keeps_the_names_that_others_rely_on(monkeypatch, unmade):
    told = invoke(monkeypatch, unmade, "status", "--json")
    held = json.loads(told.stdout)
    assert {"database", "version", "demo", "wilayah", "periods", "households"} <= held.keys()
    assert held["demo"]["kode"] == "99"
    assert held["wilayah"] == {"provinsi": 0, "kabupaten": 0, "kecamatan": 0, "desa": 0}
    assert (held["version"], held["periods"], held["households"]) == (None, [], 0)


def test_the_doctor_works_with_the_server_down_and_names_the_mending_command(monkeypatch, unmade):
    told = invoke(monkeypatch, unmade, "--lang", "en", "doctor")
    assert told.exit_code == 1
    assert "There is no server yet" in told.output
    assert "mend: ./petadesil up" in told.output


def test_a_taken_port_is_told_before_anything_is_started(monkeypatch, unmade):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        for word in ("serve", "demo"):
            told = invoke(monkeypatch, unmade, word, "--port", str(port))
            assert told.exit_code == 1
            assert f"--port {port + 1}" in told.output
            assert len(told.output.strip().splitlines()) == 1
    assert not unmade.home.exists()


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (GeoError("cluster_version", version=15, installed=17, folder="/x"), "postgresql-15-postgis-3"),
        (OperationalError("SELECT 1", {}, psycopg.OperationalError("gone")), "petadesil up"),
        (GeoError("never_heard_of"), "never_heard_of"),
    ],
)
def test_a_foreseen_failure_is_one_sentence_and_exit_code_one(monkeypatch, unmade, error, expected):
    def fail(*_):
        raise error

    monkeypatch.setattr(lifecycle.cluster, "status", fail)
    told = invoke(monkeypatch, unmade, "status")
    assert told.exit_code == 1
    assert expected in told.output
    assert len(told.output.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["status", "--wat"], "Pilihan --wat tidak dikenal"),
        (["estimate"], "--period harus disebut"),
        (["query", "coverage", "--format", "xml"], "Yang diterima: table, csv, json"),
        (["sample", "--wilayah", "99", "--budget", "abc"], "bilangan bulat"),
        (["nonsense"], "petadesil --help"),
    ],
)
def test_words_that_a_command_does_not_take_are_told_in_the_readers_language(monkeypatch, unmade, words, expected):
    told = invoke(monkeypatch, unmade, "--lang", "id", *words)
    assert told.exit_code == 2
    assert expected in told.output and len(told.output.strip().splitlines()) == 1


def test_a_failure_that_nobody_foresaw_is_not_hidden(monkeypatch, unmade):
    monkeypatch.setattr(lifecycle.cluster, "status", lambda _: 1 / 0)
    assert isinstance(invoke(monkeypatch, unmade, "status").exception, ZeroDivisionError)


def test_each_code_raised_here_has_its_sentence_in_both_languages():
    raised = set()
    for name in ("geo/config.py", "geo/cluster.py", "geo/cluster_files.py", "dashboard/commands/serving.py"):
        raised |= set(re.findall(r'Error\(\s*"(\w+)"', (ROOT / name).read_text()))
    assert {"cluster_not_started", "port_in_use", "setting_unknown"} <= raised
    assert raised <= ERRORS.keys()
    findings = set(re.findall(r'"((?:python|library|postgis|account|folder|server|extension|port|browser)\w*)"',
                              (ROOT / "geo/doctor.py").read_text()))  # fmt: skip
    assert findings - {"postgis", "postgresql"} <= DOCTOR.keys() | {"server_"}
    for table in (ERRORS, DOCTOR, LIFECYCLE, STEPS):
        assert all(set(sentence) == {"id", "en"} for sentence in table.values())


def test_down_ends_the_dashboard_it_noted_and_no_other_process(tmp_path):
    noted, stranger = (subprocess.Popen(["sleep", "60"]) for _ in range(2))
    try:
        for process, port, shift in ((noted, 8601, 0), (stranger, 8602, 1)):
            started = str(int(serving._start_time(process.pid)) + shift)
            note = {"pid": process.pid, "started": started, "port": port}
            (tmp_path / f"dashboard-{port}.json").write_text(json.dumps(note))
        assert serving.stop_served(tmp_path) == [8601]
        assert noted.wait(5) != 0
        assert stranger.poll() is None
        assert not list(tmp_path.glob("dashboard-*.json"))
    finally:
        for process in (noted, stranger):
            process.kill()
            process.wait()


def test_a_skipped_test_is_counted_and_an_expected_failure_is_not(tmp_path):
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite><testcase name="one"/><testcase name="two"><skipped type="pytest.skip"/></testcase>'
        '<testcase name="three"><skipped type="pytest.xfail"/></testcase></testsuite></testsuites>'
    )
    assert develop.skipped_tests(report) == ["two"]


@pytest.mark.postgis
def test_the_demo_is_filled_step_by_step_and_a_second_run_reuses_it(monkeypatch, settings):
    monkeypatch.setattr(demonstration, "HOUSEHOLD_COUNT", 4_000)
    loaded = demonstration.load_register
    monkeypatch.setattr(demonstration, "load_register", _interrupted_at(loaded, demonstration.PERIODS[1]))
    broken = invoke(monkeypatch, settings, "demo", "--no-serve")
    assert isinstance(broken.exception, KeyboardInterrupt) or broken.exit_code != 0
    assert lifecycle.take_inventory(settings, demo=True).periods == [demonstration.PERIODS[0]]

    monkeypatch.setattr(demonstration, "load_register", loaded)
    whole = invoke(monkeypatch, settings, "demo", "--no-serve")
    assert whole.exit_code == 0, whole.output
    held = lifecycle.take_inventory(settings, demo=True)
    assert tuple(held.periods) == demonstration.PERIODS
    assert held.is_fictional
    assert held.wilayah_count["kabupaten"] == 12
    assert 3_500 < held.household_count < 4_500

    monkeypatch.setattr(demonstration, "draw_province", None)
    monkeypatch.setattr(demonstration, "load_register", None)
    again = invoke(monkeypatch, settings, "demo", "--no-serve")
    assert again.exit_code == 0, again.output
    assert lifecycle.take_inventory(settings, demo=True) == held

    assert lifecycle.choose_database(settings, "99.01")
    assert lifecycle.choose_database(settings)
    assert not lifecycle.choose_database(settings, demo=False)
    assert cluster.database_name(settings, demo=True) == "petadesil_demo"


def _interrupted_at(load, period):
    def load_until(engine, data_dir, files, this, scheme):
        if this == period:
            raise KeyboardInterrupt
        return load(engine, data_dir, files, this, scheme)

    return load_until
