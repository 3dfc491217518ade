"""Draws the README's pictures from a running dashboard: `./petadesil demo`, then `python docs/draw_pictures.py`."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

ADDRESS = "http://localhost:8501"
SIZE = {"width": 1280, "height": 860}
FLAGS = ["--headless", "--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
PICTURES = {
    "overview": "/?w=99&l=kecamatan",
    "monitoring": "/monitoring?w=99&l=kabupaten",
    "coverage-gaps": "/coverage-gaps?w=99&l=kecamatan",
    "field-errors": "/field-errors?w=99&l=kecamatan",
    "planning": "/planning?w=99.01&l=desa&t=pkh",
}
SETTLE_MS = 9_000


def main(address: str) -> None:
    """Save each picture beside this file."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_page(viewport=SIZE)
        for name, path in PICTURES.items():
            page.goto(address + path)
            page.wait_for_selector("[data-testid=stMain] h2", timeout=60_000)
            page.wait_for_timeout(SETTLE_MS)
            page.screenshot(path=Path(__file__).with_name("pictures") / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ADDRESS)
