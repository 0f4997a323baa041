"""Links: safe ones, that can be seen, and that show where they lead.

Warnings, all: a partner's site may have no https, and it is the partner's to mend.
"""

import re
from collections.abc import Iterator

from news.checks.findings import Finding, Level, masked
from news.checks.manuscript import Manuscript

_HTTP = re.compile(r"http://[^\s<>()\[\]“”\"]*", re.IGNORECASE)
_SHORTENED = re.compile(
    r"(?<![\w.@/-])(?:https?://)?(?:www\.)?"
    r"(?:bit\.ly|s\.id|tinyurl\.com|cutt\.ly|goo\.gl|t\.co|t\.ly|is\.gd|ow\.ly|rb\.gy"
    r"|rebrand\.ly|shorturl\.at|shorturl\.asia|gg\.gg|lnkd\.in|intip\.in)/[\w-]+",
    re.IGNORECASE,
)

Address = tuple[str, str]  # the form field and the address


def _addresses(manuscript: Manuscript, pattern: re.Pattern[str]) -> Iterator[Address]:
    """Return the addresses of links, then those written in the text, each once."""
    places = [("body", found[0]) for found in _in_links(manuscript, pattern)]
    for passage in manuscript.lines:
        places += [
            (passage.field, found[0]) for found in pattern.finditer(passage.text)
        ]
    seen = set()
    for field, address in places:
        key = re.sub(r"^(?:https?://)?(?:www\.)?", "", address.casefold())
        key = key.rstrip("/.,;:!?")
        if key not in seen:
            seen.add(key)
            yield field, address.rstrip(".,;:!?")


def _in_links(manuscript: Manuscript, pattern: re.Pattern) -> Iterator[re.Match[str]]:
    for link in manuscript.links:
        if found := pattern.match(link.address):
            yield found


def _named(address: str) -> str:
    return masked(address[:80]) + ("…" if len(address) > 80 else "")


def insecure(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt http: on the way, anybody can read and change what comes back."""
    for field, address in _addresses(manuscript, _HTTP):
        yield Finding(
            "link-insecure",
            Level.WARNING,
            field,
            f"Alamat “{_named(address)}” memakai http yang tidak aman. Ganti dengan "
            "alamat https, atau pastikan situsnya memang belum memilikinya.",
        )


def shortened(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a shortener: it hides where it leads, as false messages do, and it dies."""
    for field, address in _addresses(manuscript, _SHORTENED):
        yield Finding(
            "link-shortened",
            Level.WARNING,
            field,
            f"Tautan pendek “{_named(address)}” menyembunyikan tujuannya. Pakai "
            "alamat lengkapnya.",
        )


def empty(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a link without text: nobody can see it, and few can press it."""
    for link in manuscript.links:
        if not link.text:
            yield Finding(
                "link-empty",
                Level.WARNING,
                "body",
                f"Tautan ke “{_named(link.address)}” tidak punya teks. Tulis teksnya "
                "atau hapus tautannya.",
            )
