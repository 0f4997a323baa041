"""What Lighthouse says of the public pages on a phone, out of a hundred each.

`python -m bench.lighthouse`: ten articles with photographs, or whatever stands at the
origin that is given, such as `python -m bench.lighthouse http://127.0.0.1:8000`. What a
search found is kept from search engines on purpose, so what they think of that page
does not count; the page that one searches on is theirs too.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from urllib.request import urlopen

from bench.pages import ARGUMENTS, CHROMIUM, write_articles
from bench.site import newsroom, served

CATEGORIES = {
    "performance": "kecepatan",
    "accessibility": "aksesibilitas",
    "best-practices": "praktik baik",
    "seo": "mesin pencari",
}
LEFT_OUT = {("Hasil pencarian", "seo")}
BAR = 95
# Chromium now and then loses the beginning of a page's record.
ATTEMPTS = 3

_ARTICLE = re.compile(r'href="(/berita/[0-9]+/[^"]+)"')


def installed() -> list[str]:
    """Return the command, or nothing where neither it nor `npx` has Lighthouse."""
    for command in (["lighthouse"], ["npx", "--no-install", "lighthouse"]):
        if shutil.which(command[0]):
            tried = subprocess.run(  # noqa: S603 - fixed words
                [*command, "--version"], capture_output=True
            )
            if tried.returncode == 0:
                return command
    return []


def scores(command: list[str], address: str, categories: list[str]) -> dict[str, int]:
    for _ in range(ATTEMPTS):
        done = subprocess.run(  # noqa: S603 - our own address
            [
                *(*command, address, "--quiet", "--output=json"),
                f"--only-categories={','.join(categories)}",
                f"--chrome-flags={' '.join(ARGUMENTS)}",
            ],
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            capture_output=True,
            text=True,
        )
        report = json.loads(done.stdout) if done.stdout else {"runtimeError": {}}
        if "runtimeError" not in report:
            return {
                name: round(100 * found["score"])
                for name, found in report["categories"].items()
            }
    sys.exit(f"Lighthouse gagal di {address}: {done.stderr[-300:]}")


def newest_article(origin: str) -> str:
    try:
        with urlopen(f"{origin}/berita/", timeout=10) as answer:  # noqa: S310
            found = _ARTICLE.search(answer.read().decode())
    except (OSError, ValueError) as error:
        sys.exit(f"{origin} tidak dapat dibuka: {error}")
    if not found:
        sys.exit(f"Belum ada naskah di {origin}/berita/.")
    return found[1]


def look(command: list[str], origin: str, article: str) -> int:
    missed = 0
    pages = {
        "Beranda": "/",
        "Daftar": "/berita/",
        "Naskah": article,
        "Pencarian": "/cari/",
        "Hasil pencarian": "/cari/?q=kpu",
    }
    for name, path in pages.items():
        counted = [key for key in CATEGORIES if (name, key) not in LEFT_OUT]
        found = scores(command, origin + path, counted)
        missed += min(found.values()) < BAR
        said = (f"{CATEGORIES[key]} {score}" for key, score in found.items())
        print(f"{name}: {', '.join(said)} (batas {BAR})")
    return int(missed > 0)


def main(arguments: list[str]) -> int:
    command = installed()
    if not command:
        print("bench.lighthouse dilewati: paket npm lighthouse tidak terpasang.")
        return 0
    if arguments:
        return look(command, arguments[0], newest_article(arguments[0]))
    with newsroom():
        article = write_articles()
        with served() as origin:
            return look(command, origin, article)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
