"""The environment of svy, which our Fay-Herriot is held against: `.venv-peer`, made on demand from a lock of its own.

svy-sae needs Python 3.12 to 3.14 and about 1 GB, jax among it, and the project itself runs on 3.11: hence an
environment apart. It is made here and not by the launcher, because only the benchmarks know whether it is wanted, and
because a step of the launcher that fails ends the command, where a peer that is lacking should end one comparison only.

The lock comes of `svy-sae` alone, by `uv pip compile --universal --python-version 3.12 --generate-hashes
--no-emit-index-url --no-header --no-annotate`.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
_LOCK = ROOT / "requirements-peer.lock"
_VENV = ROOT / ".venv-peer"
_NAMES = ("python3.14", "python3.13", "python3.12")
# Debian's Python has venv without ensurepip until python3-venv is installed: it could not make an environment.
_FITS = "import ensurepip, sys, venv; sys.exit(not (3, 12) <= sys.version_info[:2] <= (3, 14))"


class PeerUnavailable(Exception):
    """The peer cannot be run here; the message is one line: what is missing, and what to do."""


def require_peer() -> Path:
    """Return the interpreter of the peer's environment, which is made where it is lacking or its lock has changed.

    Raises PeerUnavailable: no Python 3.12 to 3.14, or the packages cannot be installed.
    """
    python, stamp = _VENV / "bin" / "python", _VENV / ".stamp"
    expected = f"{_VENV} {hashlib.sha256(_LOCK.read_bytes()).hexdigest()}\n"
    if python.exists() and stamp.exists() and stamp.read_text() == expected:
        return python
    base = find_python([sys.executable, *_on_path(os.get_exec_path())])
    click.echo(f"Installing svy in {_VENV.name} with {base}, about 1 GB ...", err=True)
    _install([base, "-I", "-m", "venv", "--clear", str(_VENV)])
    pip = [str(python), "-I", "-m", "pip", "--disable-pip-version-check", "--no-input", "install"]
    # Only wheels: what a source would need to be built is in no lock.
    _install([*pip, "--no-deps", "--require-hashes", "--only-binary", ":all:", "-r", str(_LOCK)])
    stamp.write_text(expected)
    return python


def find_python(candidates: Iterable[str]) -> str:
    """Return the first candidate that runs, is a Python 3.12 to 3.14 and can make environments.

    Raises PeerUnavailable: there is none.
    """
    for candidate in candidates:
        try:
            if subprocess.run([candidate, "-I", "-c", _FITS], capture_output=True, timeout=60).returncode == 0:
                return candidate
        except (OSError, subprocess.TimeoutExpired):
            continue
    raise PeerUnavailable(
        "svy needs a Python 3.12, 3.13 or 3.14 with venv, and none was found; put one on the PATH, for instance as"
        " python3.12, and run the same command again"
    )


def run_peer(python: Path, script: Path, *arguments: Path) -> None:
    """Run a script with the peer's interpreter, alone: neither our packages nor the script's siblings are in its reach.

    What svy compiles is kept in the peer's own folder and not in the reader's home.

    Raises PeerUnavailable: the script failed.
    """
    environment = os.environ | {"JAX_COMPILATION_CACHE_DIR": str(_VENV / "cache")}
    done = subprocess.run([python, "-I", script, *arguments], capture_output=True, text=True, env=environment)
    if done.returncode:
        raise PeerUnavailable(
            f"svy did not run ({_last_line(done)}); remove the folder {_VENV.name} and run the same command again"
        )


def _on_path(folders: Sequence[str]) -> Iterator[str]:
    for name in _NAMES:
        for folder in map(Path, folders):
            if (folder / name).exists():
                yield str(folder / name)
            # pyenv's shim runs the versions that are selected only; the others that it installed lie beside it.
            if folder.name == "shims":
                yield from map(str, sorted(folder.parent.glob(f"versions/*/bin/{name}")))


def _install(command: Sequence[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode:
        raise PeerUnavailable(
            f"svy could not be installed ({_last_line(done)}); see to it that pip reaches its package index and that"
            " the disk has 3 GB free, then run the same command again"
        )


def _last_line(done: "subprocess.CompletedProcess[str]") -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    return lines[-1].strip() if lines else f"exit status {done.returncode}"
