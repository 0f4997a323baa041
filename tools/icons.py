"""Draw the icons of a phone's home screen from the emblem: `python tools/icons.py`.

Chromium draws, since Pillow reads no SVG; few colours keep the files small.
"""

import io
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).resolve().parent.parent / "static/img"
GROUND = "#8b1a1e"
# A phone may cut a maskable icon to a circle of 0.8 of its width: so much smaller is
# the emblem there, on the same ground.
ICONS = {
    "icon-192.png": (192, 1.0, "transparent"),
    "icon-512.png": (512, 1.0, "transparent"),
    "icon-maskable-512.png": (512, 0.8, GROUND),
}
PAGE = (
    "<style>body{{margin:0;display:grid;place-items:center;height:100vh;"
    "background:{ground}}}svg{{width:{side}px;height:{side}px}}</style>{emblem}"
)


def main():
    emblem = (FOLDER / "emblem.svg").read_text()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--headless", "--no-sandbox"]
        )
        for name, (size, scale, ground) in ICONS.items():
            page = browser.new_page(viewport={"width": size, "height": size})
            side = round(size * scale)
            page.set_content(PAGE.format(ground=ground, side=side, emblem=emblem))
            drawn = Image.open(io.BytesIO(page.screenshot(omit_background=True)))
            small = drawn.convert("RGBA").quantize(32, Image.Quantize.FASTOCTREE)
            small.save(FOLDER / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    main()
