"""A fictional province of a real size in a real PostGIS, served by the real server, and a headless Chromium."""

import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from datetime import date
from pathlib import Path

import pytest
from conftest import clone
from PIL import Image
from playwright.sync_api import Error, sync_playwright

from boundaries.levels import FICTIONAL_PROVINSI
from geo.engine import make_engine
from geo.synthetic.province import load_province
from geo.synthetic.verification import write_verification
from geo.verification_load import load_verification
from queries.estimation import estimate_period

CHROMIUM_FLAGS = [
    "--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--no-first-run",
]  # fmt: skip
# Streamlit asks for these two beside a page's own address first, and finds them at the root.
STREAMLIT_OWN = ("/_stcore/health", "/_stcore/host-config")
PERIODS = [date(2026, 9, 1), date(2026, 10, 1)]
OPERATOR_KEY = "kunci-pengelola-untuk-pengujian"
HOUSEHOLD_COUNT = 30_000
SERVE = (
    "import sys; from pathlib import Path; from dashboard.server import serve; "
    "serve(sys.argv[1], Path(sys.argv[2]), '127.0.0.1', int(sys.argv[3]), None)"
)


@pytest.fixture(scope="session")
def province_url(template, tmp_path_factory):
    """The address of a database that holds the fictional province, with fewer households than the demo."""
    url = clone(template, "test_browser")
    engine = make_engine(url)
    folder = tmp_path_factory.mktemp("province")
    load_province(engine, folder, folder / "data", HOUSEHOLD_COUNT, PERIODS, 1)
    for path in write_verification(folder, FICTIONAL_PROVINSI, PERIODS[-1], 1):
        load_verification(engine, path, PERIODS[-1])
    with engine.begin() as connection:
        estimate_period(connection, PERIODS[-1])
    engine.dispose()
    return url


@pytest.fixture(scope="session")
def served(province_url, tmp_path_factory):
    """The address of the real server, in a process of its own."""
    folder = tmp_path_factory.mktemp("served")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (folder / "operator.key").write_text(OPERATOR_KEY)
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", SERVE, province_url, str(folder / "data"), str(port)],
            stdout=log, stderr=subprocess.STDOUT, cwd=Path(__file__).parents[2],
            env=os.environ | {"PETADESIL_OPERATOR_KEY_FILE": str(folder / "operator.key")},
        )  # fmt: skip
    address = f"http://localhost:{port}"
    try:
        _wait_for(address, process, folder / "log")
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the server did not start: {log.read_text()[-2000:]}")


@pytest.fixture
def operator_key():
    """The key that opens the uploads of the server."""
    return OPERATOR_KEY


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium that draws with the processor."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium on this machine")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


class Visit:
    """A page that keeps a record of its errors, its requests and what came over the websocket."""

    def __init__(self, page, address: str) -> None:
        self.page = page
        self.address = address
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.shapes: list[int] = []
        self.received_bytes = 0
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("request", self._on_request)
        page.on("response", self._on_response)
        page.on("websocket", lambda socket: socket.on("framereceived", self._on_frame))

    def _on_console(self, message) -> None:
        own = message.location.get("url", "").endswith(STREAMLIT_OWN)
        if message.type == "error" and not (own and "404" in message.text):
            self.errors.append(message.text)

    def _on_request(self, request) -> None:
        if not request.url.startswith((self.address, self.address.replace("http", "ws"), "data:", "blob:")):
            self.outside.append(request.url)

    def _on_response(self, response) -> None:
        if "/shapes/" in response.url:
            self.shapes.append(int(response.headers.get("content-length", 0)))

    def _on_frame(self, frame) -> None:
        self.received_bytes += len(frame)

    def open(self, path: str = "/") -> "Visit":
        """Open a path and wait until its map is drawn."""
        self.page.goto(self.address + path)
        return self.wait_for_map()

    def read(self, path: str = "/") -> "Visit":
        """Open a path and wait until its answer is written, whether or not its map is drawn by then."""
        self.page.goto(self.address + path)
        self.page.locator(".st-key-answer").wait_for(timeout=60_000)
        return self

    def answer(self) -> str:
        """Return the sentence that answers the page's question."""
        return self.page.locator(".st-key-answer").inner_text()

    def is_too_wide(self) -> bool:
        """Say whether the page is wider than the window."""
        return self.page.evaluate("document.documentElement.scrollWidth > window.innerWidth")

    def map_width(self) -> float:
        """Return how many pixels the map is wide."""
        return self.page.locator("[data-testid=stDeckGlJsonChart]").first.bounding_box()["width"]

    def wait_for_map(self) -> "Visit":
        """Wait until Streamlit is at rest and the map's picture has many colours and no longer changes."""
        self.page.locator("[data-testid=stDeckGlJsonChart] canvas").first.wait_for(timeout=60_000)
        deadline = time.monotonic() + 60
        before = None
        while time.monotonic() < deadline:
            self.page.wait_for_timeout(400)
            # A picture is dear: none is taken of what will change.
            frame = b"" if self.page.locator("[data-testid=stStatusWidget]").count() else self.map_picture()
            if frame and frame == before and count_colours(frame) > 3:
                return self
            before = frame
        pytest.fail(f"the map was not drawn: {self.errors}")

    def map_picture(self) -> bytes:
        """Return the map as a picture, with no tooltip over it; nothing where a rerun has just taken the map away."""
        try:
            return self.page.locator("[data-testid=stDeckGlJsonChart]").first.screenshot(animations="disabled")
        except Error:
            return b""

    def parameters(self) -> dict[str, str]:
        """Return the query parameters of the address bar."""
        return self.page.evaluate("Object.fromEntries(new URLSearchParams(location.search))")

    def wait_for_wilayah(self, is_there) -> str:
        """Wait until the address names a wilayah for which `is_there` holds; return it."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            kode = self.parameters().get("w", "")
            if is_there(kode):
                return kode
            self.page.wait_for_timeout(200)
        pytest.fail(f"still at {self.page.url}")

    def click_map(self, is_there) -> str:
        """Click the map from its middle outwards, past sea and forest, until the address names such a wilayah."""
        box = self.page.locator("[data-testid=stDeckGlJsonChart]").first.bounding_box()
        for across, down in ((0.5, 0.5), (0.45, 0.4), (0.6, 0.55), (0.35, 0.6), (0.55, 0.65)):
            x, y = box["x"] + box["width"] * across, box["y"] + box["height"] * down
            self.page.mouse.move(x - 4, y - 4)
            self.page.mouse.move(x, y, steps=3)
            self.page.wait_for_timeout(500)
            if not self.page.locator(".deck-tooltip").filter(visible=True).count():
                continue
            # As long as a hand holds the button down: a click of no length at all hides that others are lost.
            self.page.mouse.click(x, y, delay=80)
            kode = self.wait_for_wilayah(is_there)
            self.page.mouse.move(2, 2)
            return kode
        pytest.fail(f"no wilayah under the mouse; still at {self.page.url}")

    def click_list(self, row: int) -> None:
        """Click a row of the list beside the map."""
        table = self.page.locator(".st-key-list [data-testid=stDataFrame]")
        table.scroll_into_view_if_needed()
        box = table.bounding_box()
        self.page.mouse.click(box["x"] + 40, box["y"] + 34 * (row + 1) + 17)
        self.page.mouse.move(2, 2)

    def assert_quiet(self) -> None:
        """Assert that nothing went wrong in the console and that no request left the machine."""
        assert self.errors == []
        assert self.outside == []


def count_colours(picture: bytes) -> int:
    """Return how many colours cover at least a thousandth of a picture."""
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    found = image.getcolors(image.width * image.height)
    return sum(1 for count, _ in found if count * 1000 >= image.width * image.height)


@pytest.fixture(scope="session")
def windows(chromium):
    """A light and a dark browser; all pages of one share its cache, so that the program's scripts are read once."""
    return {dark: chromium.new_context(color_scheme="dark" if dark else "light") for dark in (False, True)}


@pytest.fixture
def visit(windows, served):
    """Open pages in a window of their own: `visit(width=..., dark=...)`."""
    pages = []

    def start(width: int = 1280, height: int = 900, dark: bool = False) -> Visit:
        pages.append(windows[dark].new_page())
        pages[-1].set_viewport_size({"width": width, "height": height})
        return Visit(pages[-1], served)

    yield start
    for page in pages:
        page.close()
