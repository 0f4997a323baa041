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
PHONE, DESKTOP = (360, 740), (1280, 860)


def main():
    site = f"http://127.0.0.1:{os.environ.get('PORT') or 8000}"
    password = os.environ.get("DEMO_PASSWORD") or stored_password()
    TARGET.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=ARGUMENTS
        )
        public(browser, site)
        staff(browser, site, password)
        browser.close()


def stored_password():
    path = TARGET.parent.parent / ".demo/password"
    if not path.exists():
        sys.exit("Isi DEMO_PASSWORD dengan kata sandi orang contoh.")
    return path.read_text().strip()


def window(browser, size, **options):
    return browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        locale="id-ID",
        timezone_id="Asia/Jakarta",
        **options,
    ).new_page()


def shoot(page, name):
    page.wait_for_load_state("networkidle")
    page.screenshot(path=TARGET / f"{name}.jpg", type="jpeg", quality=80)


def public(browser, site):
    page = window(browser, DESKTOP)
    page.goto(f"{site}/")
    shoot(page, "beranda")
    address = page.locator("article h2 a").first.get_attribute("href")
    for name, scheme in (("artikel-ponsel", "light"), ("artikel-gelap", "dark")):
        phone = window(browser, PHONE, color_scheme=scheme)
        phone.goto(site + address)
        shoot(phone, name)


def staff(browser, site, password):
    page = signed_in(browser, site, "humas", password, DESKTOP)
    shoot(page, "meja-humas")
    page.goto(f"{site}/admin/news/article/add/")
    page.locator(".ck-editor__editable").wait_for()
    shoot(page, "menulis")
    phone = signed_in(browser, site, "komisioner", password, PHONE)
    phone.locator(".card a").first.click()
    shoot(phone, "tinjau-ponsel")


def signed_in(browser, site, username, password, size):
    page = window(browser, size)
    page.goto(f"{site}/admin/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("main").get_by_role("button", name="Masuk").click()
    page.get_by_role("heading", name="Meja redaksi").wait_for()
    return page


if __name__ == "__main__":
    main()
