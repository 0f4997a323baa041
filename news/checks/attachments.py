"""Attachments: there to be opened, each under a name that says what it is."""

import re
from collections import Counter
from collections.abc import Iterator

from news.checks.findings import Finding, Level, opening
from news.checks.manuscript import Manuscript

LONGEST_NAME = 255  # what file systems allow, and a bound for the pattern's time

# What a scanner, a camera or a word processor calls a file, with nothing added.
_FILE_NAME = re.compile(
    r".*\.(?:pdf|docx?|xlsx?|pptx?|odt|jpe?g|png)"
    r"|(?:(?:img|dsc[fn]?|scan(?:ned)?|hasil scan|pindaian|doc(?:ument)?|dokumen|file"
    r"|berkas|lampiran|untitled|tanpa judul|camscanner|adobe scan|new doc"
    r"|whatsapp \w+|surat|sk)(?![^\W\d_]))?[\W\d_]*"
    r"(?:copy|salinan|final|wa[0-9]+)?[\W\d_]*"
    r"|(?=[^ ]*[0-9])[^ ]*_[^ ]*",
    re.IGNORECASE,
)


def present(manuscript: Manuscript) -> Iterator[Finding]:
    """Stop a text whose attachment nobody could open: its link would be an error."""
    for number, one in enumerate(manuscript.attachments, 1):
        if not one.is_there:
            yield Finding(
                "attachment-gone",
                Level.STOP,
                "attachments",
                f"Berkas lampiran ke-{number}, {opening(one.name)}, tidak ada lagi di "
                "penyimpanan. Unggah lagi berkasnya, atau keluarkan lampiran itu.",
            )


def named(manuscript: Manuscript) -> Iterator[Finding]:
    """Ask for names by which a reader can choose.

    Without a name the link cannot be seen, nor heard in a screen reader (WCAG 2.4.4): a
    stop. A scanner's name or the same name twice only tells too little: warnings.
    """
    times = Counter(one.name.casefold() for one in manuscript.attachments)
    for number, one in enumerate(manuscript.attachments, 1):
        if not one.name:
            yield Finding(
                "attachment-unnamed",
                Level.STOP,
                "attachments",
                f"Lampiran ke-{number} belum bernama. Tulis apa isinya, misalnya "
                "“Pengumuman hasil seleksi”.",
            )
        elif len(one.name) <= LONGEST_NAME and _FILE_NAME.fullmatch(one.name):
            yield Finding(
                "attachment-name-says-nothing",
                Level.WARNING,
                "attachments",
                f"Nama lampiran {opening(one.name)} belum menerangkan isinya. Tulis "
                "misalnya “Pengumuman hasil seleksi”.",
            )
        elif times[one.name.casefold()] > 1:
            yield Finding(
                "attachment-name-twice",
                Level.WARNING,
                "attachments",
                f"Lebih dari satu lampiran bernama {opening(one.name)}. Bedakan "
                "namanya.",
            )
