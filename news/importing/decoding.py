"""Turn the bytes of an uploaded file into text, or say why that cannot be."""

import re

from news.importing.prose import overmarked

BYTES_AT_MOST = 5 * 1024 * 1024

KINDS = (
    (b"\x89PNG", "gambar PNG"),
    (b"\xff\xd8\xff", "gambar JPEG"),
    (b"GIF8", "gambar GIF"),
    (b"RIFF", "gambar atau rekaman (RIFF)"),
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "arsip ZIP atau dokumen Office (.docx, .xlsx)"),
    (b"\xd0\xcf\x11\xe0", "dokumen Office lama (.doc, .xls)"),
    (b"Rar!", "arsip RAR"),
    (b"7z\xbc\xaf", "arsip 7-Zip"),
    (b"\x1f\x8b", "arsip gzip"),
    (b"{\\rtf", "dokumen RTF"),
)
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
SAVE_AS = (
    "Buka di Notepad, pilih Simpan Sebagai (Save As), pilih Encoding UTF-8, "
    "lalu unggah lagi."
)
COPY_AGAIN = (
    "Salin tulisan di halaman berita ke berkas teks (.txt), simpan sebagai UTF-8, lalu "
    "unggah berkas itu."
)
PAGE_START = re.compile(r"\s*<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:a|article|b|br|div|h[1-6]|head|html|i|img|li|p|section|span|strong|table|td"
    r"|tr|ul)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
TAGS_AT_MOST = 8


class FeedError(ValueError):
    """A file that cannot be read as a list page.

    `message` says in Indonesian what is wrong and what to do; `line` is the line from
    1 that it is about, or None. `str()` gives both.
    """

    def __init__(self, message: str, line: int | None = None) -> None:
        super().__init__(message, line)
        self.message = message
        self.line = line

    def __str__(self) -> str:
        return f"Baris {self.line}: {self.message}" if self.line else self.message


def _line_at(data: bytes, place: int) -> int:
    """Return the number, from 1, of the line that holds the byte at `place`."""
    return len(re.findall(rb"\r\n|\r|\n", data[:place])) + 1


def _refuse_other_kinds(data: bytes) -> None:
    for magic, kind in KINDS:
        if data.startswith(magic):
            raise FeedError(f"Ini berkas {kind}, bukan teks. {COPY_AGAIN}")
    if data.startswith(WIDE_MARKS):
        raise FeedError(f"Berkas disimpan sebagai UTF-16 (“Unicode”). {SAVE_AS}")
    if b"\x00" in data:
        raise FeedError(
            "Berkas berisi byte nol: bukan teks, atau disimpan sebagai UTF-16. "
            f"{SAVE_AS}",
            _line_at(data, data.index(b"\x00")),
        )


def _refuse_markup(text: str) -> None:
    if PAGE_START.match(text):
        raise FeedError(f"Ini halaman HTML, bukan teks. {COPY_AGAIN}")
    for count, _ in enumerate(TAG.finditer(text), 1):
        if count > TAGS_AT_MOST:
            raise FeedError(f"Berkas ini penuh kode HTML. {COPY_AGAIN}")


def decode(data: bytes) -> str:
    """Return the text of a UTF-8 file of at most 5 MB, without its byte order mark.

    Raises FeedError for anything else: another encoding, a binary file, a web page.
    """
    if len(data) > BYTES_AT_MOST:
        raise FeedError(
            "Berkas lebih besar dari 5 MB; satu halaman daftar berita tidak sebesar "
            "itu. Periksa berkasnya."
        )
    _refuse_other_kinds(data)
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise FeedError(
            "Berkas bukan UTF-8; mungkin ANSI (Windows-1252). " + SAVE_AS,
            _line_at(data, error.start),
        ) from None
    _refuse_markup(text)
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        if overmarked(line):
            raise FeedError(
                "Baris ini menumpuk puluhan tanda baca di satu huruf; teksnya rusak. "
                "Ketik ulang huruf itu di berkas teks.",
                number,
            )
    return text
