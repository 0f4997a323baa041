"""Render the demo's hand-drawn SVG illustrations to the JPEG files that it loads.

Run as ``python -m news.demo.draw [name …]``, with Chromium and the development
packages installed; without a name, every illustration is drawn again.
"""

import io
import shutil
import sys
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parent / "illustrations"
SIZE = (1600, 1067)
QUALITIES = (82, 76, 70)
LARGEST_FILE = 160_000
CHROMIUM_ARGUMENTS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def compress(picture):
    """Return the best JPEG that keeps to the largest file, or else the smallest."""
    for quality in QUALITIES:
        target = io.BytesIO()
        picture.save(target, "JPEG", quality=quality, optimize=True, progressive=True)
        if target.tell() <= LARGEST_FILE:
            break
    return target.getvalue()


def draw(names):
    sources = [FOLDER / f"{name}.svg" for name in names] or sorted(FOLDER.glob("*.svg"))
    width, height = SIZE
    with sync_playwright() as playwright:
        # Without a Chromium of the system, Playwright falls back on its own.
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=CHROMIUM_ARGUMENTS
        )
        # Drawn at twice the size and reduced: edges that touch then show no seam.
        page = browser.new_page(
            viewport={"width": width, "height": height}, device_scale_factor=2
        )
        for source in sources:
            page.set_content(
                "<!doctype html><style>body{margin:0}svg{display:block}</style>"
                + source.read_text(encoding="utf-8")
            )
            screen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
            picture = screen.resize(SIZE, Image.Resampling.BOX)
            source.with_suffix(".jpg").write_bytes(compress(picture))
        browser.close()


if __name__ == "__main__":
    draw(sys.argv[1:])
