"""The script `petadesil`: what it promises about a fresh machine, an interrupted installation and a second run."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

LAUNCHER = Path(__file__).resolve().parents[1] / "petadesil"

# A Python that is the real one, except that its pip only writes down what it was asked for, or dies with the script.
FAKE_PYTHON = """#!/usr/bin/env bash
case "$*" in
    *"-m pip"*)
        echo "$*" >>"{log}"
        if [[ -e "{deadly}" ]]; then rm "{deadly}"; kill -KILL $PPID; sleep 1; exit 1; fi
        [[ ! -e "{broken}" ]] ;;
    *) exec "{python}" "$@" ;;
esac
"""
FAKE_MAKE_VENV = """
make_venv() {
    echo made >>"$root/made.log"
    rm -rf "$venv"; mkdir -p "$venv/bin"
    cp "$root/fake_python" "$venv/bin/python"
    echo "#!$venv/bin/python" >"$venv/bin/pip"
    printf '#!/usr/bin/env bash\\nprintf "%%s|" "$PWD" "$@"\\n' >"$venv/bin/petadesil"
    chmod +x "$venv/bin/petadesil"
}
missing_packages() { :; }
"""


@pytest.fixture
def checkout(tmp_path):
    """A checkout that holds the script and stand-ins for everything that would need the network."""
    root = tmp_path / "salinan kerja"
    root.mkdir()
    shutil.copy(LAUNCHER, root / "petadesil")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        (root / name).write_text(f"# {name}\n")
    details = {"log": root / "pip.log", "deadly": root / "deadly", "broken": root / "broken", "python": sys.executable}
    (root / "fake_python").write_text(FAKE_PYTHON.format(**details))
    (root / "fake_python").chmod(0o755)
    return root


def run(root, *words, cwd=None, **environment):
    """Run the script with the stand-ins in place of what installs."""
    script = f'source "{root}/petadesil"\n{FAKE_MAKE_VENV}\nmain "$@"'
    return subprocess.run(
        ["bash", "-c", script, "petadesil", *words],
        cwd=cwd or root, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=os.environ | environment,
    )  # fmt: skip


def call(root, code):
    """Run one piece of the script's own functions."""
    return subprocess.run(
        ["bash", "-c", f'source "{root}/petadesil"; {code}'], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )


def lines(path):
    return path.read_text().splitlines() if path.exists() else []


def test_words_and_the_callers_folder_are_handed_on_unchanged(checkout, tmp_path):
    done = run(checkout, "load", "boundaries", "dua kata.gpkg", "--level", "desa", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{tmp_path}|load|boundaries|dua kata.gpkg|--level|desa|"
    assert "Pustaka Python (requirements.lock)" in done.stderr


def test_a_second_run_installs_nothing_and_costs_less_than_a_second(checkout):
    run(checkout, "status")
    asked = lines(checkout / "pip.log")
    started = time.monotonic()
    again = run(checkout, "status")
    assert time.monotonic() - started < 1
    assert again.returncode == 0
    assert again.stderr == ""
    assert lines(checkout / "pip.log") == asked
    assert len(asked) == 2
    assert "--require-hashes" in asked[0] and "--no-deps" in asked[0]


def test_an_installation_killed_halfway_leaves_no_stamp_and_the_next_run_makes_it_anew(checkout):
    (checkout / "deadly").touch()
    killed = run(checkout, "status")
    assert killed.returncode != 0
    assert not list((checkout / ".venv").glob(".stamp-*"))
    assert run(checkout, "status").returncode == 0
    assert lines(checkout / "made.log") == ["made", "made"]
    assert (checkout / ".venv" / ".stamp-run").exists()


def test_a_failed_installation_says_so_in_one_sentence_and_can_be_repeated(checkout):
    (checkout / "broken").touch()
    failed = run(checkout, "status")
    assert failed.returncode == 1
    assert 'Langkah "Pustaka Python (requirements.lock)" gagal' in failed.stderr
    assert failed.stdout == ""
    (checkout / "broken").unlink()
    assert run(checkout, "status").returncode == 0


def test_a_changed_lock_is_installed_and_developers_get_theirs(checkout):
    run(checkout, "status")
    (checkout / "requirements.lock").write_text("# newer\n")
    run(checkout, "status")
    assert sum("requirements.lock" in line for line in lines(checkout / "pip.log")) == 2
    run(checkout, "lint")
    assert "requirements-dev.lock" in lines(checkout / "pip.log")[-2]
    before = lines(checkout / "pip.log")
    run(checkout, "status")
    assert lines(checkout / "pip.log") == before


def test_a_checkout_that_was_moved_makes_its_environment_anew(checkout):
    run(checkout, "status")
    moved = checkout.rename(checkout.with_name("pindah"))
    assert run(moved, "status").returncode == 0
    assert lines(moved / "made.log") == ["made", "made"]


def test_a_python_that_is_too_old_gives_one_clear_sentence(checkout):
    done = call(checkout, "is_new_enough() { return 1; }; main status")
    assert done.returncode == 1
    told = done.stderr.strip().splitlines()
    assert len(told) == 1
    assert "3.11" in told[0] and "terlalu tua" in told[0]


def test_the_doctor_of_a_fresh_machine_names_each_package_and_installs_nothing(checkout):
    nothing = "has_postgis() { return 1; }; has_server() { return 1; }; can_make_venv() { return 1; }"
    done = call(checkout, f"{nothing}; main doctor")
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert "postgresql postgresql-postgis" in done.stderr
    assert not (checkout / ".venv").exists()


@pytest.mark.parametrize(
    ("words", "expected"),
    [(("--lang", "en", "status"), "Python libraries"), (("--lang=en", "status"), "Python libraries"),
     (("status", "--lang", "en"), "Pustaka Python")],
)  # fmt: skip
def test_steps_are_told_in_the_language_that_is_asked_for(checkout, words, expected):
    assert expected in run(checkout, *words, PETADESIL_LANG="id").stderr


def test_only_commands_that_need_a_package_ask_for_it(checkout):
    nothing = "; ".join(f"{name}() {{ return 1; }}" for name in ("has_postgis", "has_server", "has_font"))
    show = 'has_ready_venv() { :; }; install_packages() { echo "$*"; exit; }; exec() { echo none; }'

    def asked(code):
        return call(checkout, f"{nothing}; {show}; {code}").stdout.strip()

    assert asked("main demo") == "postgresql postgresql-postgis"
    assert asked("main status") == asked("main lint") == "none"
    assert asked("PETADESIL_DATABASE_URL=postgresql://host/db; main demo") == "none"
    assert "fonts-dejavu-core" in asked("main test")


@pytest.mark.parametrize("has_sudo", [True, False])
def test_without_the_right_to_install_the_packages_and_the_command_are_named(checkout, has_sudo):
    programs = checkout / "bin"
    programs.mkdir()
    for name in ("bash", "readlink", "dirname", "mktemp", "rm"):
        (programs / name).symlink_to(shutil.which(name))
    for name in ("apt-get", *(["sudo"] if has_sudo else [])):
        (programs / name).write_text("#!/bin/sh\nexit 1\n")
        (programs / name).chmod(0o755)
    as_user = [shutil.which("setpriv"), "--reuid=65534", "--regid=65534", "--clear-groups"] if os.geteuid() == 0 else []
    for folder in (checkout, *checkout.parents):
        if folder == Path(tempfile.gettempdir()):
            break
        folder.chmod(0o755)
    done = subprocess.run(
        [*as_user, shutil.which("bash"), "-c", f'source "{checkout}/petadesil"; install_packages satu dua'],
        stdin=subprocess.DEVNULL, capture_output=True, text=True, cwd="/", env={"PATH": str(programs)},
    )  # fmt: skip
    assert done.returncode == 1
    assert "apt-get install satu dua" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
