"""What a page costs on the wire, in a real browser: bytes over the websocket per rerun, bytes of the shape address."""

import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.ground import PROVINSI, Ground
from bench.result import BenchResult
from geo import cluster

_MOST_PER_RERUN = 100_000
_MOST_SHAPES = 1_000_000
_SETTLE_MS = 4_000
_FLAGS = [
    "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
_SERVE = (
    "import sys; from pathlib import Path; from dashboard.server import serve; "
    "serve(sys.argv[1], Path(sys.argv[2]), '127.0.0.1', int(sys.argv[3]), None)"
)


def run(ground: Ground) -> Iterator[BenchResult]:
    """Open the desa map of a provinsi, then ask for another measure: that is one rerun."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with _served(ground) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=_FLAGS)
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        received, shapes = [0], [0]
        page.on("websocket", lambda wire: wire.on("framereceived", lambda frame: _add(received, len(frame))))
        page.on("response", lambda response: _note_shape(shapes, response))
        page.goto(f"{address}/?w={PROVINSI}&l=desa")
        _settle(page)
        first = received[0]
        # The first label is the radio's own, the second the measure that is shown.
        page.locator("[data-testid=stRadio] label").nth(2).click()
        _settle(page)
        browser.close()
    yield BenchResult(
        "bytes over the websocket, rerun", received[0] - first, "limit", _MOST_PER_RERUN, 1.0, "B",
        note=f"first load {first} B",
    )  # fmt: skip
    yield BenchResult("bytes of a provinsi's desa, compressed", shapes[0], "limit", _MOST_SHAPES, 1.0, "B")


def _settle(page: Page) -> None:
    page.wait_for_selector("canvas", timeout=60_000)
    page.wait_for_timeout(_SETTLE_MS)


def _add(total: list[int], size: int) -> None:
    total[0] += size


def _note_shape(largest: list[int], response) -> None:
    if "/shapes/" in response.url:
        largest[0] = max(largest[0], response.request.sizes()["responseBodySize"])


@contextmanager
def _served(ground: Ground) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    url = cluster.database_url(ground.settings, demo=True)
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVE, url, str(ground.settings.data_dir), str(port)],
        cwd=Path(__file__).parents[1], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        for _ in range(200):
            try:
                urllib.request.urlopen(f"{address}/_stcore/health", timeout=2).close()
                break
            except OSError:
                time.sleep(0.3)
        yield address
    finally:
        process.terminate()
        process.wait(20)
