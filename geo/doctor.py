"""Looks for what this machine lacks, changes nothing, and names the command that mends each thing."""

import os
import re
import shutil
import socket
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from packaging.markers import Marker

from geo import cluster, cluster_files
from geo.config import Settings
from geo.errors import GeoError

NEEDED_GB = 3
DASHBOARD_PORT = 8501
_INSTALL = "apt-get install"


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `code` names its sentence, `mend` the command that puts it right.

    A finding that is not needed (`is_needed`) does not make the machine unfit.
    """

    code: str
    is_well: bool
    details: dict[str, object] = field(default_factory=dict)
    mend: str | None = None
    is_needed: bool = True


def examine(settings: Settings) -> list[Finding]:
    """Return all findings; none of them needs a server that answers."""
    findings = [_python(), *_libraries(settings)]
    if settings.is_external:
        findings += [_folder(settings.data_dir), *_external_server(settings)]
    else:
        findings += [*_installed_server(), _folder(settings.home), _own_server(settings)]
    return [*findings, _port(), _browser()]


def _python() -> Finding:
    text = ".".join(map(str, sys.version_info[:3]))
    return Finding("python", True, {"version": text})


def _libraries(settings: Settings) -> Iterator[Finding]:
    missing, other = [], []
    for name, wanted in locked_versions(settings.project_root / "requirements.lock").items():
        try:
            found = version(name)
        except PackageNotFoundError:
            missing.append(name)
        else:
            if found != wanted:
                other.append(f"{name} {found} ({wanted})")
    if missing:
        yield Finding("library_missing", False, {"names": ", ".join(missing)}, "./petadesil up")
    if other:
        yield Finding("library_other", False, {"names": ", ".join(other)}, "rm -r .venv && ./petadesil up")
    if not missing and not other:
        yield Finding("library", True)


def locked_versions(lock: Path) -> dict[str, str]:
    """Return the version of each library that the lock asks for on this machine."""
    wanted = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = re.match(r"([A-Za-z0-9_.-]+)==([^\s;\\]+)\s*(?:;\s*([^\\]+))?", line)
        if match and (match[3] is None or Marker(match[3].strip()).evaluate()):
            wanted[match[1]] = match[2]
    return wanted


def _installed_server() -> Iterator[Finding]:
    installed = cluster_files.find_programs()
    if not installed:
        yield Finding("postgis_missing", False, mend=f"{_INSTALL} postgresql postgresql-postgis")
        return
    yield Finding("postgis", True, {"version": installed[0].version})
    if os.geteuid() == 0:
        is_there = cluster_files.has_account()
        details = {"account": cluster_files.ACCOUNT}
        mend = None if is_there else f"{_INSTALL} --reinstall postgresql-common"
        yield Finding("account" if is_there else "account_missing", is_there, details, mend)


def _folder(folder: Path) -> Finding:
    existing = folder
    while not existing.exists():
        existing = existing.parent
    free_gb = shutil.disk_usage(existing).free // 2**30
    details = {"folder": folder, "free_gb": free_gb, "need_gb": NEEDED_GB}
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding("folder_closed", False, details, f"sudo chown {os.geteuid()} {existing}")
    if free_gb < NEEDED_GB:
        return Finding("folder_full", False, details, f"df -h {existing}")
    return Finding("folder", True, details)


def _own_server(settings: Settings) -> Finding:
    state = cluster.status(settings)
    if state.state == "running":
        return Finding("server", True, {"version": state.version})
    return Finding(f"server_{state.state}", False, mend="./petadesil up")


def _external_server(settings: Settings) -> Iterator[Finding]:
    try:
        state = cluster.status(settings)
    except GeoError:
        yield Finding("server_unreachable", False, {"place": "?"}, "unset PETADESIL_DATABASE_URL")
        return
    if state.version is None:
        yield Finding("server_unreachable", False, {"place": state.place}, "unset PETADESIL_DATABASE_URL")
        return
    yield Finding("server", True, {"version": state.version})
    extension = cluster.offered_postgis(settings)
    major = state.version.partition(".")[0]
    mend = None if extension else f"{_INSTALL} postgresql-{major}-postgis-3"
    yield Finding("extension" if extension else "extension_missing", bool(extension), {"version": extension}, mend)


def _port() -> Finding:
    details = {"port": DASHBOARD_PORT}
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", DASHBOARD_PORT))
        except OSError:
            return Finding(
                "port_taken", False, details, f"./petadesil serve --port {DASHBOARD_PORT + 1}", is_needed=False
            )
    return Finding("port", True, details)


def _browser() -> Finding:
    if shutil.which("chromium"):
        return Finding("browser", True, is_needed=False)
    return Finding("browser_missing", False, mend="./petadesil test", is_needed=False)
