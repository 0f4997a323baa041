"""How heavy the code of the public pages is, before any picture.

`python -m bench.weights`: ten articles with photographs, read from the real server.
HTML is counted as it is written, of an article without its text; style sheets and
scripts as they travel, in brotli, and only those that the page names.
"""

import re
import sys
from urllib.parse import urljoin
from urllib.request import Request, urlopen

from bench.pages import write_articles
from bench.site import newsroom, served

KILOBYTES = {"HTML": 30, "CSS": 15, "JavaScript": 8}
ARTICLE_HTML = 20

_STYLE = re.compile(r'<link rel="stylesheet" href="([^"]+)"')
_SCRIPT = re.compile(r'<script src="([^"]+)"')
_TEXT = re.compile(
    r'<div itemprop="articleBody" class="prose">.*?\n</div>\n', re.DOTALL
)


def fetched(address: str, encoding: str = "identity") -> bytes:
    request = Request(address, headers={"Accept-Encoding": encoding})  # noqa: S310
    with urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
        if answer.headers.get("Content-Encoding", "identity") != encoding:
            sys.exit(f"{address} tidak dikirim sebagai {encoding}.")
        return answer.read()


def weigh(address: str) -> dict[str, float]:
    """Return the kilobytes of a page's HTML, style sheets and scripts."""
    html = fetched(address).decode()

    def compressed(pattern: re.Pattern[str]) -> float:
        files = (urljoin(address, file) for file in pattern.findall(html))
        return sum(len(fetched(file, "br")) for file in files) / 1000

    return {
        "HTML": len(_TEXT.sub("", html).encode()) / 1000,
        "CSS": compressed(_STYLE),
        "JavaScript": compressed(_SCRIPT),
    }


def main() -> int:
    with newsroom():
        article = write_articles()
        with served() as origin:
            pages = {
                "Beranda": weigh(f"{origin}/"),
                "Daftar": weigh(f"{origin}/berita/"),
                "Naskah tanpa isinya": weigh(origin + article),
                "Pencarian": weigh(f"{origin}/cari/?q=rapat"),
            }
    missed = 0
    for name, weights in pages.items():
        bars = KILOBYTES | ({"HTML": ARTICLE_HTML} if "isinya" in name else {})
        missed += any(weights[kind] >= bar for kind, bar in bars.items())
        said = (
            f"{kind} {weights[kind]:.1f} kB (batas {bar})" for kind, bar in bars.items()
        )
        print(f"{name}: {', '.join(said)}")
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main())
