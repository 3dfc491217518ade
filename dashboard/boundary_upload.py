"""An upload of boundaries on its way: its private folder, the process that reads it, and what that process has said.

An upload belongs to one session. It ends when its reader drops it, when nobody has been there for a while, or with the
dashboard; its files and its process go with it. Nothing reaches the database before `store`.
"""

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from shutil import copyfileobj, rmtree
from typing import IO

from boundaries.errors import PetadesilError
from dashboard.errors import DashboardError

REPORT, FINDINGS, SKETCH, SUGGESTIONS = "report.json", "findings.gpkg", "sketch.json", "suggestions.csv"
STORE = "store"
# Streamlit keeps what is sent in memory until it is written here.
MOST_MB = 200
# A nation takes up to 4 GB of memory while it is read, and keeps much of it until a person has decided.
MOST_AT_ONCE = 2
LONGEST_S = 45 * 60
IDLE_S = 60 * 60
ABSENT_S = 10 * 60
CHECK_S = 5.0
SIDECARS = frozenset((".shx", ".dbf", ".prj", ".cpg", ".qpj", ".sbn", ".sbx", ".qix", ".qmd", ".shp.xml", ".xml"))
WORKING, READY, STORING, STORED, FAILED = "working", "ready", "storing", "stored", "failed"
clock = time.monotonic


@dataclass(frozen=True)
class Job:
    """What a process is asked: the files, what their sender states of them, and where everything lies."""

    database_url: str
    folder: str
    paths: list[str]
    language: str
    is_demo: bool
    stated: dict[str, object]
    mapping: str | None = None
    confirmations: str | None = None


@dataclass(frozen=True)
class Sent:
    """One file as it was sent."""

    name: str
    size: int
    content: IO[bytes]


class Upload:
    """One upload; `stage` is working, ready, storing, stored or failed, and the rest is told as it becomes known."""

    def __init__(self, owner: str, names: list[str]) -> None:
        self.owner = owner
        self.names = names
        self.started = self.stage_since = self.seen = clock()
        self.stage = WORKING
        self.steps: list[str] = []
        self.done = 0.0
        self.report: dict[str, object] = {}
        self.sketch: dict[str, object] = {}
        self.error: PetadesilError | None = None
        self.folder = Path(tempfile.mkdtemp(prefix="petadesil-upload-"))
        self._process: subprocess.Popen | None = None
        self._is_over = False

    @property
    def is_busy(self) -> bool:
        """Whether its process is at work now."""
        return self.stage in (WORKING, STORING)

    @property
    def is_held(self) -> bool:
        """Whether its process holds what it has read in memory."""
        return self.stage in (WORKING, READY, STORING)

    @property
    def seconds(self) -> int:
        """Seconds since the process began with what it does now."""
        return int(clock() - self.stage_since)

    def findings(self) -> Path | None:
        """Return the file of findings, None where there is none."""
        return self._file(FINDINGS)

    def suggestions(self) -> Path | None:
        """Return the file of suggested codes, None where there is none."""
        return self._file(SUGGESTIONS)

    def _file(self, name: str) -> Path | None:
        path = self.folder / name
        return path if path.is_file() else None

    def start(self, job: Job) -> None:
        """Start the process on a job."""
        with (self.folder / "log").open("wb") as log:
            # A session of its own: what the process starts ends with it.
            self._process = subprocess.Popen(
                [sys.executable, "-m", "dashboard.boundary_worker"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                stderr=log, cwd=Path(__file__).resolve().parents[1], start_new_session=True,
            )  # fmt: skip
        self._say(json.dumps(asdict(job), default=str))
        threading.Thread(target=self._listen, name="boundary-upload", daemon=True).start()

    def store(self) -> None:
        """Let a prepared upload be stored."""
        if self.stage == READY:
            self._go_to(STORING)
            self._say(STORE)

    def close(self) -> None:
        """End the process and remove the files; what is not stored by now never is."""
        process = self._process
        if process is not None and process.poll() is None:
            _end(process)
        rmtree(self.folder, ignore_errors=True)
        with _lock:
            _open_uploads.discard(self)

    def _go_to(self, stage: str) -> None:
        self.stage, self.stage_since = stage, clock()

    def _say(self, line: str) -> None:
        # Where the process is gone, the thread that listens to it says so.
        with suppress(OSError):
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()

    def _listen(self) -> None:
        stream, rest = self._process.stdout.fileno(), b""
        try:
            while not self._is_over:
                if not select.select([stream], [], [], CHECK_S)[0]:
                    if not self._is_wanted():
                        return
                    continue
                part = self._process.stdout.read1(65_536)
                if not part:
                    self._say_why()
                    self._fail(DashboardError("upload_died"))
                    return
                *lines, rest = (rest + part).split(b"\n")
                for line in lines:
                    self._hear(json.loads(line))
        except (OSError, ValueError):
            # An answer that cannot be read, or a folder that went away under it.
            self._fail(DashboardError("upload_died"))
        finally:
            self.close()

    def _is_wanted(self) -> bool:
        if self.is_busy and clock() - self.stage_since > LONGEST_S:
            self._fail(DashboardError("upload_too_long", minutes=LONGEST_S // 60))
            return False
        if is_present(self.owner):
            self.seen = clock()
        absent = clock() - self.seen
        idle = clock() - self.stage_since if not self.is_busy else 0
        # What is being stored is finished, whoever went away.
        if self.stage != STORING and (absent > ABSENT_S or idle > IDLE_S):
            self._fail(DashboardError("upload_expired", minutes=IDLE_S // 60))
            return False
        return True

    def _hear(self, answer: dict[str, object]) -> None:
        if "step" in answer:
            if answer["step"] not in self.steps:
                self.steps = [*self.steps, answer["step"]]
            self.done = min(max(float(answer["done"]), 0.0), 1.0)
        elif "ready" in answer:
            self.report = json.loads((self.folder / REPORT).read_text(encoding="utf-8"))
            self.sketch = json.loads((self.folder / SKETCH).read_text(encoding="utf-8"))
            self._go_to(READY)
        elif "stored" in answer:
            self.report = json.loads((self.folder / REPORT).read_text(encoding="utf-8"))
            self._go_to(STORED)
        elif "error" in answer:
            if answer["error"] == "upload_failed":
                self._say_why()
            self._fail(DashboardError(answer["error"], **answer["details"]))
            # Files of which only the names say something leave their suggestions behind.
            self._is_over = not answer.get("is_kept")

    def _say_why(self) -> None:
        # For the person who runs the server; the reader gets a sentence.
        with suppress(OSError):
            print((self.folder / "log").read_text(errors="replace")[-2000:], file=sys.stderr, flush=True)

    def _fail(self, error: PetadesilError) -> None:
        self.error = error
        self._is_over = True
        self._go_to(FAILED)


_lock = threading.Lock()
_open_uploads: set[Upload] = set()


def begin(owner: str, sent: Sequence[Sent], job: dict[str, object], *, aside: dict[str, Sent]) -> Upload:
    """Write what was sent into a folder of its own and start reading it.

    `job` holds a Job's fields but its folder and paths; `aside` the files for its fields `mapping`, `confirmations`.
    Raises DashboardError: `upload_nothing`, `upload_too_large`, `upload_twice`, `upload_busy`.
    """
    if not sent:
        raise DashboardError("upload_nothing")
    size = sum(one.size for one in (*sent, *aside.values()))
    if size > MOST_MB * 1024 * 1024:
        raise DashboardError("upload_too_large", size=size // (1024 * 1024), most=MOST_MB)
    names = [_plain_name(one.name) for one in sent]
    if len(set(names)) < len(names):
        raise DashboardError("upload_twice", name=next(name for name in names if names.count(name) > 1))
    with _lock:
        held = [one for one in _open_uploads if one.is_held]
        if any(one.owner == owner for one in held) or len(held) >= MOST_AT_ONCE:
            raise DashboardError("upload_busy", most=MOST_AT_ONCE)
        upload = Upload(owner, names)
        _open_uploads.add(upload)
    try:
        paths = [_write(upload.folder / "sent", name, one) for name, one in zip(names, sent, strict=True)]
        others = {field: str(_write(upload.folder / field, _plain_name(one.name), one)) for field, one in aside.items()}
        # The parts of a shapefile lie beside it and are found by its name.
        main = [path for path in paths if path.suffix.lower() not in SIDECARS] or paths
        upload.start(Job(folder=str(upload.folder), paths=[str(path) for path in main], **job, **others))
    except BaseException:
        upload.close()
        raise
    return upload


def left_behind() -> list[Upload]:
    """Return the uploads that are still held though their window is gone: it was closed, or its page loaded anew."""
    with _lock:
        return [one for one in _open_uploads if one.is_held and not is_present(one.owner)]


def adopt(upload: Upload, owner: str) -> bool:
    """Give an upload whose window is gone to another session; False where it is held by one again, or over."""
    with _lock:
        if upload not in _open_uploads or not upload.is_held or is_present(upload.owner):
            return False
        upload.owner, upload.seen = owner, clock()
        return True


def is_present(owner: str) -> bool:
    """Tell whether the browser of a session is connected; without a running server every session is."""
    from streamlit import runtime

    return not runtime.exists() or runtime.get_instance().is_active_session(owner)


def _plain_name(name: str) -> str:
    plain = PurePosixPath(name.replace("\\", "/")).name.replace("\0", "").lstrip(".")
    return plain[-120:] or "berkas"


def _write(folder: Path, name: str, sent: Sent) -> Path:
    folder.mkdir(mode=0o700, exist_ok=True)
    sent.content.seek(0)
    with (folder / name).open("xb") as file:
        copyfileobj(sent.content, file)
    return folder / name


def _end(process: subprocess.Popen) -> None:
    with suppress(OSError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    with suppress(OSError):
        process.stdin.close()


def _close_all() -> None:
    for upload in list(_open_uploads):
        upload.close()


atexit.register(_close_all)
