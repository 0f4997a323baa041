"""Divide the bytes of an old list page into its heading and its items."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from news.importing.decoding import FeedError
from news.importing.doubts import Doubt
from news.importing.prose import cleaned, collapsed

COPY_ALL = "Salin ulang halamannya sampai lengkap."
LINES_AT_MOST = 50_000
TITLE_LENGTH = 300
HEADING_LENGTH = 100
HEADING_LINES = 4
UNKNOWN_HEADING_WORDS = 4
CLOSER_LENGTH = 40

KNOWN_HEADINGS = frozenset(
    ("berita terkini", "berita", "opini", "kpu dalam berita", "umum")
)
CLOSER = re.compile(
    r"(?:[»›>→]\s?)?(?:baca\s)?selengkapnya\s?(?:\[?[.…]{1,5}\]?|[»›>→]{1,3}|-{1,2}>)?",
    re.IGNORECASE,
)
ATTACHED_CLOSER = re.compile(
    r"[.!?…)\]”\"](?P<closer>\s{0,3}(?:Baca\s)?(?:Selengkapnya|SELENGKAPNYA)"
    r"\s?(?:[.…]{1,5}|[»›>→]{1,3})?)$"
)
COUNTED = re.compile(
    r"(?:(?:telah\s)?(?:dibaca|dilihat|views?|hits?)\s?:?\s?(?:sebanyak\s)?)?"
    r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{3}){1,2}|[0-9]{1,9})"
    r"\s?(?:kali|views?|hits?|pembaca|x)?(?:\s(?:dibaca|dilihat))?",
    re.IGNORECASE,
)
UNCOUNTED = re.compile(
    r"(?:telah\s)?(?:dibaca|dilihat|views?|hits?)\s?:?\s?\S{0,12}"
    r"(?:\s(?:kali|x|orang|pembaca))?"
    r"|[0-9][0-9.,]{0,20}\s?(?:k|rb|ribu|jt|juta)?\+?(?:\s(?:kali|x|views?))?"
    r"|[-–—?]{1,3}|n/?a",
    re.IGNORECASE,
)
PAGER = re.compile(
    r"(?:[0-9]{1,4}|[«»‹›<>…|.]+|next|prev(?:ious)?|first|last|halaman|dari|selanjutnya"
    r"|sebelumnya|berikutnya|pertama|terakhir)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Line:
    """A line that holds text: its number from 1, its place in the file, its text."""

    number: int
    start: int
    end: int
    plain: str


@dataclass
class Block:
    """One item as the page divides it; `counter` is None where it has none."""

    counter: str | None
    line: int
    title: Line
    body: Sequence[Line]
    doubts: list[Doubt] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """The heading's lines and the items, in the order of the page."""

    heading: str
    blocks: tuple[Block, ...]


def lines_of(text: str) -> list[Line]:
    """Return the lines that hold text; CR, LF and CRLF end a line."""
    lines = []
    for number, found in enumerate(
        re.finditer(r"([^\r\n]*)(?:\r\n|\r|\n|\Z)", text), 1
    ):
        if number > LINES_AT_MOST:
            raise FeedError(
                f"Berkas lebih dari {LINES_AT_MOST} baris; ini bukan satu halaman "
                "daftar berita. Pisahkan per halaman.",
                number,
            )
        plain = collapsed(cleaned(found[1]))
        if plain:
            lines.append(Line(number, found.start(1), found.end(1), plain))
    return lines


def is_counter(line: Line) -> bool:
    """Return whether a line can be a view counter, a plain number or not."""
    return bool(COUNTED.fullmatch(line.plain) or UNCOUNTED.fullmatch(line.plain))


def baseline_of(counter: str) -> int | None:
    """Return the number of a counter: 1204 for "Dibaca 1.204 kali", or None."""
    found = COUNTED.fullmatch(counter)
    return int(re.sub(r"[.,]", "", found["number"])) if found else None


def is_title_like(line: Line) -> bool:
    """Return whether a line has the form of a title rather than of a paragraph."""
    return len(line.plain) <= TITLE_LENGTH and not line.plain.endswith((".", "…", ","))


def _closed(lines: Sequence[Line], text: str) -> tuple[list[list[Line]], list[Line]]:
    """Divide the lines at "Selengkapnya": the closed groups, and what is left over."""
    groups, group = [], []
    for line in lines:
        if CLOSER.fullmatch(line.plain):
            if not group:
                raise FeedError(
                    "Kata “Selengkapnya” tanpa naskah di atasnya. Berkas mungkin "
                    "terpotong; salin ulang halamannya, atau hapus baris ini bila "
                    "memang tertulis dua kali.",
                    line.number,
                )
        elif paragraph := _without_closer(line, text):
            group.append(paragraph)
        else:
            group.append(line)
            continue
        groups.append(group)
        group = []
    return groups, group


def _without_closer(line: Line, text: str) -> Line | None:
    """Return a paragraph without the interface word that the page glued to its end."""
    kept = text[line.start : line.end].rstrip()
    found = ATTACHED_CLOSER.search(kept, max(0, len(kept) - CLOSER_LENGTH))
    if not found:
        return None
    kept = kept[: found.start("closer")]
    return Line(
        line.number, line.start, line.start + len(kept), collapsed(cleaned(kept))
    )


def _counts_readers(group: Sequence[Line]) -> bool:
    """Return whether a group certainly begins with a counter."""
    return len(group) >= 3 and is_counter(group[0]) and is_title_like(group[1])


def _is_heading(line: Line) -> bool:
    return line.plain.casefold() in KNOWN_HEADINGS


def _heading_length(group: Sequence[Line]) -> int:
    """Return how many lines of the first group are the page's heading."""
    for place in reversed(range(min(HEADING_LINES, len(group)))):
        if _is_heading(group[place]) and all(map(_is_short, group[:place])):
            return place + 1
    for place in range(1, min(HEADING_LINES, len(group))):
        if _counts_readers(group[place:]) and all(map(_is_short, group[:place])):
            return place
    return 1 if _begins_with_unknown_heading(group) else 0


def _is_short(line: Line) -> bool:
    return (
        len(line.plain) <= HEADING_LENGTH
        and is_title_like(line)
        and not is_counter(line)
    )


def _begins_with_unknown_heading(group: Sequence[Line]) -> bool:
    """Return whether a few words stand above a title and a text: "Kabar KPU"."""
    return (
        len(group) >= 3
        and _is_short(group[0])
        and len(group[0].plain.split()) <= UNKNOWN_HEADING_WORDS
        and is_title_like(group[1])
        and len(group[1].plain) < len(group[2].plain)
        and not is_title_like(group[2])
    )


def _has_counter(group: Sequence[Line], page_counts: bool) -> bool:
    """Return whether the group's first line is its counter; refuse what may be either.

    A title may be a number too. A number above a title and a text is a counter; above
    one line, on a page that counts nothing, it is the title of a sentence.
    """
    if not is_counter(group[0]):
        return False
    if len(group) >= 3:
        too_long = len(group[1].plain) > TITLE_LENGTH
        return page_counts or too_long or is_title_like(group[1])
    if len(group) == 2 and not page_counts and not is_title_like(group[1]):
        return False
    raise FeedError(
        f"Di bawah penghitung “{group[0].plain}” harus ada judul dan isi naskah; salah "
        f"satunya hilang. {COPY_ALL}",
        group[0].number,
    )


def _block(group: Sequence[Line], page_counts: bool) -> Block:
    counted = _has_counter(group, page_counts)
    title, *body = group[1:] if counted else group
    if len(title.plain) > TITLE_LENGTH:
        raise FeedError(
            f"Judul lebih dari {TITLE_LENGTH} huruf; mungkin isi naskah berada di "
            "tempat judul. Periksa apakah judulnya hilang.",
            title.number,
        )
    if not body:
        raise FeedError(
            f"Naskah hanya satu baris: judul atau isinya hilang. {COPY_ALL}",
            title.number,
        )
    return Block(
        counter=group[0].plain if counted else None,
        line=group[0].number,
        title=title,
        body=body,
        doubts=[*_suspicious_numbers(body)],
    )


def _suspicious_numbers(body: Sequence[Line]) -> list[Doubt]:
    """Doubt a number alone above other lines: a "Selengkapnya" may be missing."""
    return [
        Doubt(
            "body",
            f"Baris {line.number} hanya berisi “{line.plain}”; mungkin penghitung "
            "naskah lain yang kata “Selengkapnya”-nya hilang.",
        )
        for place, line in enumerate(body)
        if place and COUNTED.fullmatch(line.plain) and place + 2 < len(body)
    ][:3]


def _repeated_heading(group: list[Line], heading: str) -> bool:
    """Return whether a later item begins with the page's heading once more."""
    if len(group) < 3 or not _is_heading(group[0]):
        return False
    if group[0].plain.casefold() in heading.casefold().splitlines():
        return True
    if is_counter(group[1]):
        raise FeedError(
            f"Halaman lain dengan judul “{group[0].plain}” mulai di sini. Simpan tiap "
            "halaman dalam berkas sendiri.",
            group[0].number,
        )
    return False


def _refuse_rest(rest: Sequence[Line]) -> None:
    """Refuse what follows the last "Selengkapnya", unless it is the page's pager."""
    words = " ".join(line.plain for line in rest).split()
    if not words:
        return
    pager = all(map(PAGER.fullmatch, words))
    if pager and not all(word.isdecimal() for word in words):
        return
    raise FeedError(
        "Berkas terpotong: naskah yang mulai di baris ini tidak diakhiri kata "
        f"“Selengkapnya”. {COPY_ALL}",
        rest[0].number,
    )


def divide(text: str) -> Page:
    """Divide the text of a page into its heading and its items.

    Raises FeedError, with the line, where an item is cut or its parts are not certain.
    """
    lines = lines_of(text)
    if not lines:
        raise FeedError("Berkas kosong. Salin isi halaman berita ke dalamnya.")
    groups, rest = _closed(lines, text)
    if not groups:
        raise FeedError(
            "Kata “Selengkapnya” tidak ditemukan; berkas ini bukan halaman daftar "
            f"berita yang lengkap. {COPY_ALL}"
        )
    _refuse_rest(rest)
    length = _heading_length(groups[0])
    heading = "\n".join(line.plain for line in groups[0][:length])
    groups[0] = groups[0][length:]
    if not groups[0]:
        raise FeedError(
            f"Tidak ada naskah di atas kata “Selengkapnya” yang pertama. {COPY_ALL}"
        )
    groups = [
        group[1:] if _repeated_heading(group, heading) else group for group in groups
    ]
    page_counts = any(map(_counts_readers, groups))
    return Page(heading, tuple(_block(group, page_counts) for group in groups))
