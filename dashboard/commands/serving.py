"""The served process seen from outside: whether its port is free, who it is, and how `down` ends it."""

import contextlib
import errno
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from dashboard.errors import DashboardError

PORT = 8501
HOST = "127.0.0.1"
_STOP_SECONDS = 10


def check_port(host: str, port: int) -> None:
    """Raise DashboardError when the port cannot be opened."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise DashboardError("port_in_use", port=port, next_port=port + 1) from error
            raise DashboardError("port_not_allowed", port=port, host=host, reason=error.strerror) from error


@contextlib.contextmanager
def recorded(home: Path, port: int) -> Iterator[None]:
    """Leave a note of this process while it serves, by which `down` finds it."""
    note = home / f"dashboard-{port}.json"
    home.mkdir(parents=True, exist_ok=True)
    note.write_text(json.dumps({"pid": os.getpid(), "started": _start_time(os.getpid()), "port": port}))
    try:
        yield
    finally:
        note.unlink(missing_ok=True)


def stop_served(home: Path) -> list[int]:
    """End the dashboards that this checkout serves; return their ports."""
    ports = []
    for note in sorted(home.glob("dashboard-*.json")):
        try:
            seen = json.loads(note.read_text())
            pid, port, started = int(seen["pid"]), int(seen["port"]), seen["started"]
        except (OSError, ValueError, KeyError):
            pid, port, started = 0, 0, None
        # A process number is used again after a while: the start time tells whether it is still the one we noted.
        if pid and started is not None and _start_time(pid) == started:
            os.kill(pid, signal.SIGTERM)
            _wait_until_gone(pid, started)
            ports.append(port)
        note.unlink(missing_ok=True)
    return ports


def _wait_until_gone(pid: int, started: str) -> None:
    deadline = time.monotonic() + _STOP_SECONDS
    while _start_time(pid) == started:
        if time.monotonic() > deadline:
            os.kill(pid, signal.SIGKILL)
            return
        time.sleep(0.1)


def _start_time(pid: int) -> str | None:
    """Return the clock ticks at which a living process began; None when there is no such process."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if after_name[0] == "Z" else after_name[19]
