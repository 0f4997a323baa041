"""Take off what stands before an item's text: title, byline, dateline."""

import re
from dataclasses import dataclass, field

from news.importing.dates import MONTHS, WEEKDAYS, only_date
from news.importing.doubts import Doubt, quoted
from news.importing.places import has_rank, is_place
from news.importing.prose import collapsed

BYLINE_LENGTH = 150
DATELINE_LENGTH = 110
NAME_WORDS = 5

OFFICE = (
    r"(?:wakil\s+)?(?:anggota|ketua|komisioner|kordiv|koordinator|divisi|sekretaris"
    r"|kasubb?ag|kabag|kepala|staff?|dosen|mahasiswa|pegiat|penggiat|peneliti|akademisi"
    r"|pemerhati|pengamat|direktur|guru|alumni|praktisi|penulis|ppk|pps)\b"
)
OFFICE_START = re.compile(rf"\(?{OFFICE}", re.IGNORECASE)
NAME_AND_OFFICE = re.compile(
    rf"(?P<name>\S.*?)\s*[,(–-]*\s+\(?(?P<office>{OFFICE}.*)", re.IGNORECASE
)
DEGREES = re.compile(r"(?:,\s*(?:[A-Z][A-Za-z]{0,4}\.\s?){1,4}[A-Z]?[A-Za-z]{0,3})+$")
OWN_WORDS = re.compile(
    r"\W{0,2}(?:tim\s+)?(?:humas|hupmas|parmas|redaksi|admin)\b", re.IGNORECASE
)
BY = re.compile(r"\W{0,2}oleh\s*:\s*", re.IGNORECASE)
BY_OR_WRITER = re.compile(r"\W{0,2}(?:oleh|penulis)\s*:\s*", re.IGNORECASE)
BY_WITHOUT_COLON = re.compile(r"\W{0,2}(?i:oleh)\s+(?=[A-Z])(?!(?i:karena|sebab))")

DASH = re.compile(r"\s+[-–—]+\s*|[-–—]+\s+|(?<=\))[-–—]+")
SITE = re.compile(r"(?:https?://)?(?:[a-z0-9-]+\.)+(?:id|com|org|net)", re.IGNORECASE)
PLACE_WORD = re.compile(r"[A-Z][A-Za-z.'’-]*$")
NO_PLACE = frozenset(
    (
        *(
            "kpu",
            "kip",
            "bawaslu",
            "panwaslu",
            "dkpp",
            "ppk",
            "pps",
            "kpps",
            "pantarlih",
        ),
        *("pemilu", "pilkada", "pemilihan", "komisi", "ketua", "anggota", "sekretaris"),
        *("humas", "hupmas", "tim", "tahun", "edisi", "bagian", "webinar", "rapat"),
        *("sosialisasi", "jum'at", "jum’at", *map(str.casefold, (*WEEKDAYS, *MONTHS))),
    )
)
NEARLY = re.compile(r"[A-Z][A-Za-z. ]{2,30},? \([^()]{3,20}\)")


@dataclass
class Opening:
    """What stood before the text, and the paragraphs that remain."""

    paragraphs: list[str]
    byline_name: str = ""
    byline_office: str = ""
    has_byline: bool = False
    dateline: str = ""
    credit: str = ""
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, name: str, message: str) -> None:
        """Note a doubt about the field called `name`."""
        self.doubts.append(Doubt(name, message))


def take_title(opening: Opening, title: str) -> None:
    """Drop the title where the body repeats it before its byline, or as a line."""
    first = opening.paragraphs[0]
    if collapsed(first) == title and len(opening.paragraphs) > 1:
        del opening.paragraphs[0]
        return
    words = r"\s+".join(map(re.escape, title.split()))
    repeated = re.match(rf"{words}\s+", first, re.IGNORECASE)
    if repeated and BY_OR_WRITER.match(first, repeated.end()):
        opening.paragraphs[0] = first[repeated.end() :]
    elif repeated and first.startswith(title.split()[0]) and title.isupper():
        opening.doubt(
            "body",
            "Judul tampaknya diulang di awal naskah; hapus bila memang terulang.",
        )


def _unstopped(text: str) -> str:
    """Drop a sentence's full stop, but not that of "M.Si." or "Kab."."""
    last = text.rpartition(" ")[2]
    return text[:-1] if re.fullmatch(r"[^.]{5,}\.", last) else text


def split_byline(text: str) -> tuple[str, str, bool]:
    """Return name, office, and whether the division between them is certain."""
    text = _unstopped(collapsed(text).strip(" ,-–"))
    found = NAME_AND_OFFICE.fullmatch(text)
    if found:
        name = found["name"].strip(" ,-–(")
        office = found["office"].strip(" ,")
        if office.count(")") > office.count("("):
            office = office.removesuffix(")").strip()
        return name, office, len(name.split()) <= NAME_WORDS + 3
    bare = DEGREES.sub("", text)
    certain = len(bare.split()) <= NAME_WORDS and not re.search(r"[,()/:–]", bare)
    return text, "", certain


def _byline_in_line(line: str) -> tuple[str, str]:
    """Divide a line that holds byline and text at the gap between them.

    The gap, two spaces or more, is what a page keeps of a lost line break. Without it
    there is no telling where the office ends.
    """
    parts = re.split(r"( {2,})", line, maxsplit=2)
    if len(parts) < 3:
        return "", line
    if len(parts) == 5 and OFFICE_START.match(parts[2]) and len(parts[2]) < 120:
        return "".join(parts[:3]), parts[4]
    return parts[0], "".join(parts[2:])


def _set_byline(opening: Opening, text: str) -> None:
    name, office, certain = split_byline(text)
    opening.byline_name, opening.byline_office = name, office
    opening.has_byline = True
    if not certain:
        opening.byline_name, opening.byline_office = collapsed(text), ""
        opening.doubt(
            "byline_name",
            "Nama dan jabatan penulis tidak dapat dipisahkan dengan pasti; seluruhnya "
            "ditaruh di nama.",
        )


def _take_byline_line(opening: Opening, text: str) -> None:
    """Take a byline that has its own line, and an office on the line below it."""
    del opening.paragraphs[0]
    following = opening.paragraphs[0]
    is_office = (
        len(opening.paragraphs) > 1
        and len(following) < 120
        and OFFICE_START.match(following)
        and not following.endswith((".", "!", "?"))
    )
    if is_office:
        text = f"{text} {following}"
        del opening.paragraphs[0]
    if OWN_WORDS.match(text):
        opening.credit = collapsed(text)
    else:
        _set_byline(opening, text)


def _leave_byline(opening: Opening, text: str) -> None:
    """Propose the author of a byline that runs into the text, which stays whole."""
    if OWN_WORDS.match(text):
        opening.doubt(
            "credit",
            f"Tanda penulis {quoted(text, 5)} menyatu dengan naskah; dibiarkan.",
        )
        return
    found = NAME_AND_OFFICE.match(text[:BYLINE_LENGTH])
    opening.has_byline = True
    if found and len(found["name"].split()) <= NAME_WORDS:
        opening.byline_name = collapsed(found["name"]).strip(" ,-–(")
    opening.doubt(
        "byline_name",
        f"Baris penulis menyatu dengan naskah ({quoted(text)}) dan dibiarkan di "
        "dalamnya; pisahkan nama dan jabatannya dengan tangan.",
    )


def take_byline(opening: Opening, is_opinion_page: bool) -> None:
    """Take "Oleh : NAME OFFICE" off the front; on an opinion page "Penulis:" too."""
    first = opening.paragraphs[0]
    found = (BY_OR_WRITER if is_opinion_page else BY).match(first)
    alone = len(opening.paragraphs) > 1 and len(first) <= BYLINE_LENGTH
    if not found and alone and not first.endswith((".", "!", "?")):
        found = BY_WITHOUT_COLON.match(first)
    if not found:
        _take_writer(opening, alone)
        return
    text = first[found.end() :]
    if not text and len(opening.paragraphs) > 2:
        del opening.paragraphs[0]
        text, alone = opening.paragraphs[0], True
    if alone and text:
        _take_byline_line(opening, text)
        return
    byline, rest = _byline_in_line(text)
    if byline and rest and len(byline) <= BYLINE_LENGTH and not OWN_WORDS.match(byline):
        opening.paragraphs[0] = rest
        _set_byline(opening, byline)
    else:
        _leave_byline(opening, text)


def _take_writer(opening: Opening, alone: bool) -> None:
    """Take "Penulis: NAME" on a page of news: the one who wrote the release."""
    first = opening.paragraphs[0]
    if not re.match(r"penulis\s*:", first, re.IGNORECASE):
        return
    if alone:
        opening.credit = collapsed(first)
        del opening.paragraphs[0]
    else:
        opening.doubt(
            "credit",
            "Naskah diawali kata “Penulis:” yang menyatu dengan teks; dibiarkan.",
        )


def _is_name(text: str) -> bool:
    """Return whether `text` has the form of a place's name."""
    words = text.split()
    return (
        0 < len(words) <= 4
        and all(PLACE_WORD.match(word) for word in words)
        and not any(word.casefold().strip(".") in NO_PLACE for word in words)
    )


def _split_date(piece: str) -> list[str]:
    """Divide "Serang 3 Juli 2025" into the place and the date."""
    found = re.match(r"(\D{2,40}?)\s+([0-9].*)", piece)
    if found and only_date(found[2]) and not only_date(piece):
        return [found[1], found[2]]
    return [piece]


def is_dateline(head: str) -> bool | None:
    """Return whether what stands before a dash is a dateline; None: perhaps.

    Certain is a place and a date or an office's site, a known place alone, and a place
    that says so itself ("Kab. Serang") or ends in a comma ("Serang, -").
    """
    if not re.fullmatch(r"[^()]*(?:\([^()]*\)[^()]*){0,2}", head):
        return False
    pieces = [piece for piece in re.split(r"\s*[(),]\s*", head) if piece]
    pieces = [part for piece in pieces for part in _split_date(piece)]
    if not pieces:
        return False
    place, extras = pieces[0], pieces[1:]
    if SITE.fullmatch(place):
        return place.casefold().endswith("kpu.go.id") and all(map(only_date, extras))
    marks = [bool(only_date(extra) or SITE.fullmatch(extra)) for extra in extras]
    others = [extra for extra, mark in zip(extras, marks, strict=True) if not mark]
    if any(marks):
        others = [other for other in others if other.capitalize() not in WEEKDAYS]
    if not _is_name(place) or not all(map(is_place, others)):
        return False
    if any(marks) or is_place(place) or has_rank(place) or head.endswith(","):
        return True
    return None


def take_dateline(opening: Opening) -> None:
    """Take a certain dateline off the front; a doubtful one stays, with a doubt."""
    first = opening.paragraphs[0]
    if len(opening.paragraphs) > 1 and _is_dated_line(first):
        opening.dateline = collapsed(first).rstrip(" -–—")
        del opening.paragraphs[0]
        return
    window = first[:DATELINE_LENGTH]
    perhaps = False
    for dash in DASH.finditer(window):
        head, rest = first[: dash.start()].rstrip(), first[dash.end() :].lstrip()
        verdict = is_dateline(collapsed(head))
        if verdict and is_place(head) and _goes_on(rest):
            verdict = None
        if verdict and rest:
            opening.dateline, opening.paragraphs[0] = collapsed(head), rest
            return
        perhaps = perhaps or (verdict is None and rest[:1].isupper())
    if perhaps or _is_nearly(window):
        opening.doubt(
            "dateline",
            f"Awal naskah ({quoted(first, 5)}) mirip dateline, tetapi tidak pasti; "
            "dibiarkan di dalam naskah.",
        )


def _goes_on(rest: str) -> bool:
    """Return whether what follows a place and a dash continues a sentence."""
    word = re.match(r"[\w'’]*", rest).group()
    return word[:1].islower() or is_place(word)


def _is_dated_line(line: str) -> bool:
    """Return whether a whole line is a dateline with its date or its dash."""
    head = collapsed(line).rstrip(" -–—")
    if len(head) > DATELINE_LENGTH or not is_dateline(head):
        return False
    return head != collapsed(line) or len(re.split(r"[(,]", head)) > 1


def _is_nearly(window: str) -> bool:
    """Return whether a place begins the text, but no dash follows it."""
    found = NEARLY.match(window)
    if found and is_dateline(found.group()):
        return True
    place, comma, rest = window.partition(", ")
    return bool(comma) and is_place(place) and rest[:1].isupper()
