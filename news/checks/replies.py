"""Replies ("hak jawab"): whose they are, and what they reply to."""

import re
from collections.abc import Iterator

from news.checks.findings import Finding, Level
from news.checks.manuscript import Manuscript, Standing

# What may not be replied to; the form and the workflow say it in the same words.
REFUSALS = {
    Standing.UNSEEN: "Naskah yang ditanggapi tidak sedang tampil di situs. Hak jawab "
    "hanya dapat menanggapi naskah yang sedang tayang.",
    Standing.ITSELF: "Naskah tidak dapat menanggapi dirinya sendiri. Isi alamat naskah "
    "lain.",
    Standing.LOOP: "Naskah yang ditanggapi itu sendiri menanggapi naskah ini. Isi "
    "alamat naskah lain.",
}

_OF_THE_OFFICE = re.compile(
    r"\b(?:KPU|Komisi Pemilihan Umum|Humas|Hupmas|Redaksi)\b", re.IGNORECASE
)


def replied(manuscript: Manuscript) -> Iterator[Finding]:
    """Stop a reply to what readers cannot read, or to itself.

    A warning where the article was withdrawn since the reply was published: the reply
    stays its author's right, and its mistakes have to be mended all the same.
    """
    if sentence := REFUSALS.get(manuscript.reply):
        yield Finding("reply-to-nothing", Level.STOP, "reply_to", sentence)
    elif manuscript.reply is Standing.OUTLIVED:
        yield Finding(
            "reply-outlived",
            Level.WARNING,
            "reply_to",
            "Naskah yang ditanggapi sudah ditarik dari publik. Halaman hak jawab ini "
            "menyebutnya begitu, tanpa judulnya.",
        )


def replier(manuscript: Manuscript) -> Iterator[Finding]:
    """Stop a reply that does not say whose it is: it would read as the office's own.

    A warning where it seems to be signed by the office, which may be somebody's name.
    """
    if manuscript.reply is Standing.FREE:
        return
    name = manuscript.value("byline_name")
    if not name:
        yield Finding(
            "reply-without-author",
            Level.STOP,
            "byline_name",
            "Hak jawab harus menyebut siapa yang menyatakannya, agar tidak terbaca "
            "sebagai sikap lembaga. Isi nama penulis dan jabatannya.",
        )
    elif _OF_THE_OFFICE.search(name):
        yield Finding(
            "reply-by-the-office",
            Level.WARNING,
            "byline_name",
            f"Hak jawab adalah pernyataan yang menanggapi, tetapi penulisnya "
            f"“{name[:60]}”. Isi nama orang yang menyatakannya.",
        )
