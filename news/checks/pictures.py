"""Pictures: one on the cover, and a description of each for those who do not see it."""

import re
from collections.abc import Iterator

from news.checks.findings import Finding, Level, opening
from news.checks.manuscript import Manuscript

LONGEST_NAME = 255  # what file systems allow, and a bound for the pattern's time

# What a camera, a phone or WhatsApp calls a picture.
_FILE_NAME = re.compile(
    r".*\.(?:jpe?g|png|gif|webp|heic|bmp|tiff?)"
    r"|(?:img|dsc[fn]?|pxl|screenshot|tangkapan layar|whatsapp image)[-_ ]?[0-9].*"
    r"|(?=[^ ]*[0-9])[^ ]*_[^ ]*",
    re.IGNORECASE,
)
# Words that say that there is a picture, which a screen reader says by itself.
_SAYING_NOTHING = frozenset(
    (
        *("foto", "gambar", "image", "img", "photo", "picture", "ilustrasi", "sampul"),
        *("cover", "dokumentasi", "kegiatan", "berita", "acara"),
    )
)


def cover(manuscript: Manuscript) -> Iterator[Finding]:
    """Ask for a cover, and for its description.

    Without a cover a shared link shows no picture in WhatsApp, where most readers come
    from; a release without one is still a release. Without a description the picture
    is closed to readers who do not see it (UU 8/2016, WCAG 1.1.1): a stop.
    """
    if not manuscript.has_cover:
        yield Finding(
            "cover-missing",
            Level.WARNING,
            "cover",
            "Naskah ini belum punya foto sampul. Pilih foto agar tautannya "
            "bergambar saat dibagikan.",
        )
    elif not manuscript.value("cover_alt"):
        yield Finding(
            "cover-alt-missing",
            Level.STOP,
            "cover_alt",
            "Foto sampul belum punya teks alternatif. Tulis apa yang terlihat pada "
            "foto itu, untuk pembaca yang tidak dapat melihatnya.",
        )
    else:
        yield from _described("cover_alt", "foto sampul", manuscript.value("cover_alt"))


def body(manuscript: Manuscript) -> Iterator[Finding]:
    """Ask that each picture of the body exists, and for its description."""
    for number, picture in enumerate(manuscript.pictures, 1):
        if not picture.is_there:
            yield Finding(
                "picture-gone",
                Level.STOP,
                "body",
                f"Gambar ke-{number} di isi naskah tidak ada lagi di pustaka. Hapus "
                "gambar itu, atau unggah lagi fotonya.",
            )
        elif not picture.alt:
            yield Finding(
                "picture-alt-missing",
                Level.STOP,
                "body",
                f"Gambar ke-{number} di isi naskah belum punya teks alternatif. Tulis "
                "apa yang terlihat pada gambar itu.",
            )
        else:
            where = f"gambar ke-{number} di isi naskah"
            yield from _described("body", where, picture.alt)


def _described(field: str, picture: str, alt: str) -> Iterator[Finding]:
    """Doubt a description that is a file's name, or that only says "foto"."""
    words = re.findall(r"[^\W\d_]+", alt.casefold())
    is_file = len(alt) <= LONGEST_NAME and _FILE_NAME.fullmatch(alt)
    if is_file or _SAYING_NOTHING.issuperset(words):
        yield Finding(
            "alt-says-nothing",
            Level.WARNING,
            field,
            f"Teks alternatif {picture}, {opening(alt)}, belum menerangkan apa-apa. "
            "Tulis siapa atau apa yang terlihat.",
        )
