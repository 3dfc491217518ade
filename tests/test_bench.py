"""The benchmarks: a peer that is lacking is told in one line, and results that differ are no comparison."""

import re
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import bench.peer
import bench.small_area
from bench.__main__ import main
from bench.peer import PeerUnavailable, find_python, run_peer
from bench.small_area import PeerAnswer, compare
from queries.stats.fay_herriot import fit


@pytest.fixture
def no_ground(monkeypatch):
    """Small areas few enough to cost nothing, and a ground that must not be made."""

    def refuse(size):
        raise AssertionError("a register was made for a benchmark that needs none")

    monkeypatch.setattr("bench.__main__.prepared", refuse)
    monkeypatch.setattr(bench.small_area, "KECAMATAN", 60)
    monkeypatch.setattr(bench.small_area, "_ROUNDS", 1)


def our_answer(y, variances, X):
    model = fit(y, variances, X)
    return PeerAnswer(np.array([0.5, 0.7, 9.0]), model.eblup, model.mse, "3.12.1")


def test_a_machine_without_a_fitting_python_is_told_in_one_line_and_the_rest_runs(no_ground, monkeypatch, tmp_path):
    monkeypatch.setattr(bench.peer, "_VENV", tmp_path / "peer")
    monkeypatch.setattr(bench.peer, "_FITS", "raise SystemExit(1)")
    done = CliRunner().invoke(main, ["small-areas"])
    assert done.exit_code == 1
    assert isinstance(done.exception, SystemExit)
    told = done.stderr.splitlines()
    assert len(told) == 1
    assert told[0].startswith("--  small-areas, not compared: svy needs a Python 3.12, 3.13 or 3.14")
    assert "60 areas" in done.stdout and "svy" not in done.stdout
    assert not (tmp_path / "peer").exists()


def test_a_failed_installation_is_told_in_one_line_and_leaves_no_stamp(no_ground, monkeypatch, tmp_path):
    monkeypatch.setattr(bench.peer, "_VENV", tmp_path / "peer")
    broken = write_program(tmp_path, "echo no index >&2; exit 1")
    monkeypatch.setattr(bench.peer, "find_python", lambda candidates: broken)
    done = CliRunner().invoke(main, ["small-areas"])
    assert done.exit_code == 1
    started, told = done.stderr.splitlines()
    assert started.startswith("Installing svy in peer")
    assert "svy could not be installed (no index)" in told
    assert not (tmp_path / "peer" / ".stamp").exists()


def test_an_environment_with_its_stamp_is_used_and_a_changed_lock_makes_it_anew(monkeypatch, tmp_path):
    lock, calls = tmp_path / "requirements-peer.lock", tmp_path / "calls.log"
    lock.write_text("# first\n")
    monkeypatch.setattr(bench.peer, "_VENV", tmp_path / "peer")
    monkeypatch.setattr(bench.peer, "_LOCK", lock)
    (tmp_path / "peer" / "bin").mkdir(parents=True)
    base = write_program(tmp_path / "peer" / "bin", f'echo "$*" >>"{calls}"')
    monkeypatch.setattr(bench.peer, "find_python", lambda candidates: base)
    assert bench.peer.require_peer() == bench.peer.require_peer() == tmp_path / "peer" / "bin" / "python"
    made, installed = calls.read_text().splitlines()
    assert "-m venv --clear" in made
    assert "--require-hashes" in installed and "--no-deps" in installed
    lock.write_text("# second\n")
    bench.peer.require_peer()
    assert len(calls.read_text().splitlines()) == 4


def test_a_name_that_is_there_but_does_not_run_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(bench.peer, "_FITS", "")
    shim = write_program(tmp_path, "exit 127")
    assert find_python([shim, str(tmp_path / "missing"), sys.executable]) == sys.executable
    with pytest.raises(PeerUnavailable, match=r"python3\.12"):
        find_python([shim])


def test_a_version_beside_the_shim_of_another_is_found(tmp_path):
    for folder in ("shims", "versions/3.12.9/bin"):
        (tmp_path / folder).mkdir(parents=True)
        write_program(tmp_path / folder, "exit 127", "python3.12")
    found = list(bench.peer._on_path([str(tmp_path / "shims")]))
    assert found == [str(tmp_path / "shims/python3.12"), str(tmp_path / "versions/3.12.9/bin/python3.12")]


def test_a_peer_that_fails_is_told_by_its_last_line(tmp_path):
    script = tmp_path / "fails.py"
    script.write_text("raise ImportError('no module of that name')\n")
    with pytest.raises(PeerUnavailable) as told:
        run_peer(Path(sys.executable), script)
    assert "svy did not run (ImportError: no module of that name)" in str(told.value)
    assert "\n" not in str(told.value)


def test_equal_results_give_the_ratio_of_medians(no_ground):
    result = compare(our_answer)
    assert result.other == 0.7
    assert result.aim == 0.2
    assert "equal" in result.note and "3.12.1" in result.note


@pytest.mark.parametrize("name", ["estimate", "mse"])
def test_a_peer_that_finds_something_else_gives_no_comparison(no_ground, name):
    def differ(y, variances, X):
        answer = our_answer(y, variances, X)
        wrong = getattr(answer, name).copy()
        wrong[17] += 0.001
        return replace(answer, **{name: wrong})

    with pytest.raises(AssertionError, match="Not equal to tolerance"):
        compare(differ)


def test_the_peers_lock_has_hashes_and_no_address():
    text = bench.peer._LOCK.read_text(encoding="utf-8")
    pins = re.findall(r"^[a-z0-9._-]+==", text, flags=re.MULTILINE)
    assert any(pin == "svy-sae==" for pin in pins)
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text


def write_program(folder, line, name="python"):
    """Write a program that does one thing, and return its path."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{line}\n")
    path.chmod(0o755)
    return str(path)
