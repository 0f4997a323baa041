"""Take the README's screenshots of a running demo.

Run it beside `make demo`, with the same PORT and DEMO_PASSWORD:
`make screenshots`.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

TARGET = Path(__file__).resolve().parent.parent / "docs/img"
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
    *("--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
SIZES = {"ponsel": (360, 740), "layar": (1280, 860)}
SCHEMES = {"terang": "light", "gelap": "dark"}


def main():
    site = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    password = os.environ.get("DEMO_PASSWORD") or stored_password()
    TARGET.mkdir(parents=True, exist_ok=True)
    for old in TARGET.glob("*.jpg"):
        old.unlink()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        shoot_all(window(browser), public_addresses(browser, site))
        humas = signed_in(browser, site, "humas", password)
        shoot_all(
            humas,
            {
                "meja": f"{site}/admin/",
                "foto": f"{site}/admin/news/photo/",
            },
        )
        shoot_all(
            touch(browser, humas),
            {"menulis": f"{site}/admin/news/article/add/"},
            places=["ponsel"],
        )
        commissioner = signed_in(browser, site, "komisioner", password)
        shoot_all(commissioner, {"tinjau": first_to_review(commissioner)})
        browser.close()


def stored_password():
    path = TARGET.parent.parent / ".demo/password"
    if not path.exists():
        sys.exit("Isi DEMO_PASSWORD dengan kata sandi orang contoh.")
    return path.read_text().strip()


def window(browser, **options):
    return browser.new_context(
        locale="id-ID", timezone_id="Asia/Jakarta", **options
    ).new_page()


def touch(browser, page):
    """Return the same person's phone, where a text is written in a plain box."""
    return window(
        browser,
        has_touch=True,
        is_mobile=True,
        storage_state=page.context.storage_state(),
    )


def public_addresses(browser, site):
    page = window(browser)
    page.goto(f"{site}/")
    article = page.locator("article h2 a").first.get_attribute("href")
    return {
        "beranda": f"{site}/",
        "artikel": site + article,
        "cari": f"{site}/cari/?q=data+pemilih",
        "statistik": f"{site}/statistik/",
    }


def first_to_review(page):
    page.locator(".card a").first.click()
    page.wait_for_url("**/tinjau/")
    return page.url


def signed_in(browser, site, username, password):
    page = window(browser)
    page.goto(f"{site}/admin/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Meja redaksi").wait_for()
    return page


def shoot_all(page, addresses, places=tuple(SIZES)):
    """Keep a picture of each address, narrow and wide, on light and dark paper."""
    for name, address in addresses.items():
        for place in places:
            width, height = SIZES[place]
            page.set_viewport_size({"width": width, "height": height})
            page.goto(address)
            page.wait_for_load_state("networkidle")
            for said, scheme in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                page.wait_for_timeout(150)
                page.screenshot(
                    path=TARGET / f"{name}-{place}-{said}.jpg", type="jpeg", quality=80
                )


if __name__ == "__main__":
    main()
