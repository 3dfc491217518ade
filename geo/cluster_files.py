"""The files and programs of this checkout's PostgreSQL cluster: folders, locks, settings, and who runs them."""

import fcntl
import os
import pwd
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geo.config import Settings
from geo.errors import GeoError

ACCOUNT = "postgres"
PORT = 5432
# A socket's whole address has 107 bytes, and `/.s.PGSQL.5432` needs 14 of them.
_SOCKET_FOLDER_BYTES = 92
# What the server's programs see of the environment: nothing of the caller's can move them to another folder or port.
_ENVIRONMENT = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8"}


@dataclass(frozen=True)
class ServerPrograms:
    """One installed PostgreSQL that has PostGIS beside it."""

    version: int
    folder: Path


def find_programs() -> list[ServerPrograms]:
    """Return the installed servers that have PostGIS, the newest first."""
    found = []
    for postgres in Path("/usr/lib/postgresql").glob("*/bin/postgres"):
        version = postgres.parents[1].name
        extension = Path("/usr/share/postgresql") / version / "extension" / "postgis.control"
        if version.isdigit() and extension.exists():
            found.append(ServerPrograms(int(version), postgres.parent))
    return sorted(found, key=lambda programs: programs.version, reverse=True)


def programs_for(data: Path) -> ServerPrograms:
    """Return the installed server that can run the cluster in this folder; the newest for a new one."""
    installed = find_programs()
    if not installed:
        raise GeoError("postgis_missing")
    marker = data / "PG_VERSION"
    if not marker.exists():
        return installed[0]
    version = int(marker.read_text().strip())
    for programs in installed:
        if programs.version == version:
            return programs
    raise GeoError("cluster_version", version=version, installed=installed[0].version, folder=data)


def cluster_folder(settings: Settings) -> Path:
    """Return the folder of the cluster's data, socket and log."""
    return settings.home / "postgres"


def socket_folder(settings: Settings) -> Path:
    """Return the folder of the socket: in the cluster, unless its address is too long for a socket."""
    folder = cluster_folder(settings) / "socket"
    if len(os.fsencode(folder)) <= _SOCKET_FOLDER_BYTES:
        return folder
    # Not the folder of TMPDIR: it may be another one at the next run.
    return Path("/var/tmp") / f"petadesil-{os.geteuid()}-{settings.home.name}"


def server_log(settings: Settings) -> Path:
    """Return the file that holds the server's log."""
    return cluster_folder(settings) / "server.log"


def make_socket_folder(settings: Settings) -> None:
    """Make the socket's folder; raise GeoError `folder_not_private` when it is open to another user."""
    make_own_folder(cluster_folder(settings))
    folder = socket_folder(settings)
    make_own_folder(folder)
    seen = folder.lstat()
    # In a folder for all, another user may have put a folder of that name there first, and would see all that passes.
    if seen.st_uid != account_id() or folder.is_symlink() or seen.st_mode & 0o077:
        raise GeoError("folder_not_private", folder=folder)


def make_own_folder(folder: Path) -> None:
    """Make a folder for the server's account alone."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        os.chown(folder, account_id(), -1)


def make_home(settings: Settings) -> None:
    """Make the folder that holds the cluster and our files."""
    for folder in (settings.home.parent, settings.home):
        if not folder.exists():
            folder.mkdir(parents=True, exist_ok=True)
            # The server's account has to pass through, whatever root's umask says.
            folder.chmod(0o711)


@contextmanager
def hold_lock(settings: Settings) -> Iterator[None]:
    """Let one process at a time make, start or stop the cluster."""
    try:
        make_home(settings)
        handle = os.open(settings.home / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise GeoError("folder_not_writable", folder=settings.home) from error
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def has_account() -> bool:
    """Say whether the account exists that runs the server for root."""
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        return False
    return True


def account_id() -> int:
    """The number of the account that runs the server: our own, unless that is root, which PostgreSQL refuses."""
    if os.geteuid() != 0:
        return os.geteuid()
    if not has_account():
        raise GeoError("account_missing", account=ACCOUNT)
    return pwd.getpwnam(ACCOUNT).pw_uid


def write_settings(settings: Settings) -> None:
    """Write the server's settings, at every start: they are the program's, not the cluster's."""
    memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    shared_mb = max(128, min(1024, memory_mb // 16))
    lines = (
        "listen_addresses = ''",
        f"port = {PORT}",
        f"unix_socket_directories = '{socket_folder(settings)}'",
        "unix_socket_permissions = 0700",
        f"shared_buffers = {shared_mb}MB",
        f"effective_cache_size = {max(256, memory_mb // 2)}MB",
        "work_mem = 32MB",
        "maintenance_work_mem = 256MB",
        "fsync = on",
        "synchronous_commit = on",
        # Nothing is replicated: a table filled in the transaction that made it is synced, not logged twice.
        "wal_level = minimal",
        "max_wal_senders = 0",
        "max_wal_size = 4GB",
        "checkpoint_timeout = 15min",
        "wal_compression = on",
        "random_page_cost = 1.1",
        "jit = off",
        "timezone = 'UTC'",
        "log_timezone = 'UTC'",
    )
    path = cluster_folder(settings) / "data" / "petadesil.conf"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.chown(path, account_id(), -1)


def run_program(programs: ServerPrograms, name: str, *arguments: object) -> subprocess.CompletedProcess:
    """Run one of the server's programs, from `/` and under the account that PostgreSQL accepts."""
    command = [str(programs.folder / name), *map(str, arguments)]
    if os.geteuid() == 0:
        command = ["runuser", "-u", ACCOUNT, "--", *command]
    return subprocess.run(
        command, cwd="/", env=_ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace"
    )


def remove_stale_locks(settings: Settings) -> None:
    """Remove lock files whose process number now belongs to another program, as after a restart of the machine.

    PostgreSQL clears those of a dead process by itself, with a check of shared memory that is better left to it.
    """
    data = cluster_folder(settings) / "data"
    for path in (data / "postmaster.pid", socket_folder(settings) / f".s.PGSQL.{PORT}.lock"):
        pid = recorded_pid(path)
        if pid is not None and Path(f"/proc/{pid}").exists() and not any_works_in(data):
            path.unlink(missing_ok=True)


def recorded_pid(path: Path) -> int | None:
    """Return the process number on the first line of a lock file, None when there is none to read."""
    try:
        first = path.read_text().partition("\n")[0].strip()
    except (FileNotFoundError, PermissionError):
        return None
    return int(first) if first.isdigit() else None


def works_in(pid: int | None, data: Path) -> bool:
    """Say whether that process works in this folder, as each of a server's processes does."""
    if pid is None:
        return False
    try:
        return os.readlink(f"/proc/{pid}/cwd") == str(data.resolve())
    except OSError:
        return False


def any_works_in(data: Path) -> bool:
    """Say whether any process works in this folder."""
    return any(works_in(int(entry.name), data) for entry in Path("/proc").iterdir() if entry.name.isdigit())


def last_line(text: str, wanted: str = "") -> str:
    """Return the last line of a program's words that holds `wanted` (else the last), without its ERROR or FATAL."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    chosen = [line for line in lines if wanted in line] or lines or ["-"]
    return re.sub(r"^.*?(FATAL|ERROR|PANIC):\s*", "", chosen[-1])
