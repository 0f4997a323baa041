"""Filing: what a category, a source or a series asks to be filled in."""

from collections.abc import Iterator

from news.checks.findings import Finding, Level
from news.checks.manuscript import Manuscript
from news.importing.closing import CONTINUED
from news.importing.reading import IN_THE_NEWS, OPINION

ENDING = 60  # characters at the end of a text in which "Bersambung" is looked for
SIGNED = 400  # characters of a last line that signatures may take


def author(manuscript: Manuscript) -> Iterator[Finding]:
    """Stop an opinion without an author: it would read as the commission's own."""
    if manuscript.value("category") == OPINION and not manuscript.value("byline_name"):
        yield Finding(
            "opinion-without-author",
            Level.STOP,
            "byline_name",
            "Kolom opini harus menyebut penulisnya, agar tidak terbaca sebagai sikap "
            "lembaga. Isi nama penulis.",
        )


def source(manuscript: Manuscript) -> Iterator[Finding]:
    """Ask who printed a text first, and when.

    A stop for "KPU dalam berita", which is another's work and must say whose; a day
    that is missing can be found later, a warning.
    """
    named = manuscript.value("source_name")
    if manuscript.value("category") == IN_THE_NEWS and not named:
        yield Finding(
            "clipping-without-source",
            Level.STOP,
            "source_name",
            "Naskah “KPU Dalam Berita” harus menyebut media yang memuatnya. Isi "
            "“pernah dimuat di”.",
        )
    if named and not manuscript.value("source_date"):
        yield Finding(
            "source-without-date",
            Level.WARNING,
            "source_date",
            f"Media “{named[:60]}” disebut tanpa tanggal muatnya. Isi tanggal dimuat.",
        )


def series(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a promise of a next part that has no series to appear in.

    Warnings: the series may be made when the next part comes; but without it, and
    without a number, readers find no way from one part to the other.
    """
    if manuscript.value("series"):
        if not manuscript.has_part:
            yield Finding(
                "series-without-part",
                Level.WARNING,
                "series_part",
                "Naskah ini masuk sebuah seri, tetapi nomor bagiannya kosong. Isi "
                "“bagian ke-”.",
            )
    elif _is_continued(manuscript):
        yield Finding(
            "continued-without-series",
            Level.WARNING,
            "series",
            "Naskah berakhir dengan “Bersambung”, tetapi serinya belum dipilih. Pilih "
            "serinya, atau hapus kata itu bila tidak ada lanjutannya.",
        )


def _is_continued(manuscript: Manuscript) -> bool:
    """Return whether the text ends with "Bersambung", whatever signature follows."""
    texts = [line.text for line in manuscript.body]
    while texts:
        last = texts.pop()[-SIGNED:]
        while last.endswith(")") and not CONTINUED.search(last[-ENDING:]):
            before, bracket, _ = last.rpartition("(")
            if not bracket:
                break
            last = before.rstrip()
        if last:
            return bool(CONTINUED.search(last, max(0, len(last) - ENDING)))
    return False
