"""Take off what stands after an item's text: credit, and where it was printed."""

import re
from dataclasses import dataclass, field
from datetime import date

from news.importing.dates import WEEKDAYS, Written, dates_in, spelled
from news.importing.doubts import Doubt, quoted
from news.importing.places import is_place
from news.importing.prose import collapsed

ENDS = (".", "!", "?", "…", "”", '"', ")", ":", "’")
WINDOW = 260  # characters at the end that are looked at
PARTS_AT_MOST = 6
CREDIT_WORDS = 25
NAMES_AT_LEAST = 0.6  # of the words of a signature: the rest are "dan", "di"
NAME_PARTICLES = frozenset(("dan", "di", "laman", "situs", "harian", "koran", "media"))

LABEL = (
    r"(?:penulis|editor|foto(?:grafer)?|teks|naskah|reporter|kontributor|peliput"
    r"|dok(?:umentasi)?|humas|hupmas|redaktur|redaksi|publikasi|admin)"
)
SIGN = re.compile(
    rf"(?:tim\s+)?(?:humas|hupmas|parhumas|parmas|hms|media\s+center)\b"
    rf"|(?:tim\s+)?red(?:aksi)?(?=$|[\s/.,:-])|admin$|{LABEL}\s*:"
    rf"|[\w .'’]{{1,40}}\s?[/-]\s?(?:tim\s+)?(?:humas|hupmas|hms)\b",
    re.IGNORECASE,
)
TEAM = re.compile(r"tim\s|red(?:aksi)?\b", re.IGNORECASE)
POST = re.compile(
    r"\b(?:kasub\w*|kabag|kepala|ketua|anggota|sekretaris|staff?|kordiv|divisi"
    r"|komisioner|koordinator)\b",
    re.IGNORECASE,
)
BRACKETED = re.compile(r"[*\s]*[(\[](?P<inside>[^()\[\]]{1,200})[)\]][.*\s]*$")
LABELLED_LINE = re.compile(
    rf"\W{{0,3}}(?:{LABEL}\s*:\s*\S|(?:tim\s+)?hup?mas\b).{{0,150}}$", re.IGNORECASE
)
LABELLED_TAIL = re.compile(
    rf"(?<=[.!?…)”\"])\s*[*(]?(?P<inside>{LABEL}\s*:\s*\S.*)$", re.IGNORECASE
)
PRINTED = re.compile(
    r"(?:(?:tulisan|artikel|opini|naskah|berita)\s+ini\s+)?"
    r"(?:(?:pernah|telah|sudah|juga)\s+){0,2}"
    r"(?:(?:dimuat|diterbitkan|terbit|tayang|dipublikasikan|dikutip)\s+"
    r"(?:di|dari|oleh|pada|dalam)\s+|sumber\s*:\s*)",
    re.IGNORECASE,
)
PRINTED_TAIL = re.compile(
    rf"(?<=[.!?…)”\"])\s*(?P<inside>{PRINTED.pattern}\S.*)$", re.IGNORECASE
)
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|(?:[a-z0-9-]+\.)+[a-z]{2,6}", re.IGNORECASE
)
BEFORE_DATE = re.compile(
    r"[\s,;(]*(?:\b(?:edisi|terbitan|tanggal|pada|hari|tgl\.?))?[\s,;(]*$",
    re.IGNORECASE,
)
CONTINUED = re.compile(
    r"(?:^|(?<=[.!?…)”\"]))\s*\(?bersambung\b[\s.…)]*$", re.IGNORECASE
)


@dataclass
class Closing:
    """What stood after the text, and the paragraphs that remain."""

    paragraphs: list[str]
    credits: list[str] = field(default_factory=list)
    source_name: str = ""
    source: Written | None = None
    continued: bool = False
    doubts: list[Doubt] = field(default_factory=list)

    def doubt(self, name: str, message: str) -> None:
        """Note a doubt about the field called `name`, once."""
        if Doubt(name, message) not in self.doubts:
            self.doubts.append(Doubt(name, message))

    def cut(self, rest: str) -> bool:
        """Keep `rest` of the last paragraph; refuse where no text would remain."""
        if not rest and len(self.paragraphs) == 1:
            return False
        self.paragraphs[-1:] = [rest] if rest else []
        return True


def _source(inside: str) -> tuple[str, Written | None]:
    """Return the name and the date in "Banten Pos, edisi 19 Januari 2022"."""
    name, written = inside.strip(" .,;()*"), None
    dates = dates_in(name)
    if dates and not re.search(r"\w", name[dates[-1][2] :]):
        written, start, _ = dates[-1]
        name = name[:start]
        while (shorter := BEFORE_DATE.sub("", name)) != name:
            name = shorter
    return collapsed(name).strip(" ,;("), written


def _is_paper(name: str, written: Written | None) -> bool:
    """Return whether a name in brackets before a full date can be a newspaper's."""
    return (
        written is not None
        and written.year is not None
        and 0 < len(name.split()) <= 6
        and name[0].isupper()
        and not is_place(name)
        and not SIGN.match(name)
    )


def _is_publisher(name: str) -> bool:
    """Return whether what follows "dimuat di" is a name, and no sentence."""
    words = name.split()
    return bool(ADDRESS.fullmatch(name)) or (
        0 < len(words) <= 8
        and "," not in name
        and all(word[0].isupper() or word in NAME_PARTICLES for word in words)
    )


def _take_source(closing: Closing, inside: str, rest: str, is_reprint: bool) -> bool:
    """Take one place of printing; `is_reprint`: a bare name and date will do."""
    printed = PRINTED.match(inside)
    name, written = _source(inside[printed.end() :] if printed else inside)
    if printed and not _is_publisher(name):
        closing.doubt(
            "source_name",
            f"{quoted(inside)} di akhir naskah mungkin sumber; dibiarkan di dalamnya.",
        )
        return False
    certain = printed or (is_reprint and _is_paper(name, written))
    if not certain or closing.source_name or not closing.cut(rest):
        return False
    if SIGN.match(name):
        closing.credits.insert(0, name)
        return True
    closing.source_name, closing.source = name, written
    if written and written.year is None:
        closing.doubt(
            "source_date",
            f"Tahun tidak tertulis pada tanggal sumber “{written.text}”; isi sendiri.",
        )
    return True


def _bracketed(closing: Closing, is_reprint: bool) -> bool:
    """Take a source or a signature in brackets at the very end."""
    last = closing.paragraphs[-1]
    start = max(0, len(last) - WINDOW)
    found = BRACKETED.search(last, start)
    if not found:
        return False
    inside, rest = found["inside"].strip(" *"), last[: found.start()].rstrip(" *")
    if PRINTED.match(inside) or not SIGN.match(inside):
        if _take_source(closing, inside, rest, is_reprint):
            return True
        return _leave(closing, inside)
    if not _is_signature(inside, rest):
        return _leave(closing, inside)
    if rest and not rest.endswith(ENDS) and "." in found.group()[-3:]:
        rest += "."  # the full stop after the bracket is the sentence's own
    if not closing.cut(rest):
        return False
    closing.credits.insert(0, collapsed(inside))
    return True


def _is_signature(inside: str, rest: str) -> bool:
    """Return whether a bracket signs the text rather than tells a person's role.

    A role follows a name; a signature follows a full stop, or at least no name.
    """
    if TEAM.match(inside):
        return True
    before = rest.split()[-1] if rest else ""
    return not POST.search(inside) and (
        not rest or rest.endswith(ENDS) or before.islower()
    )


def _leave(closing: Closing, inside: str) -> bool:
    """Doubt a bracket that may be a signature or a source; leave it in the text."""
    if POST.search(inside):
        return False
    if re.search(r"\b(?:humas|hupmas|redaksi)\b", inside, re.IGNORECASE):
        closing.doubt(
            "credit",
            f"{quoted(f'({inside})')} di akhir naskah mungkin tanda penulis; "
            "dibiarkan di dalam naskah.",
        )
    elif (dates := dates_in(inside)) and not re.match(r"[0-9]", inside):
        closing.doubt(
            "source_name",
            f"{quoted(f'({inside})')} di akhir naskah mungkin sumber atau tempat dan "
            f"tanggal ({dates[-1][0].text}); dibiarkan di dalam naskah.",
        )
    return False


def _own_line(closing: Closing) -> bool:
    """Take a last line that is a signature or a source and nothing else."""
    last = collapsed(closing.paragraphs[-1])
    if len(closing.paragraphs) < 2 or len(last) > WINDOW:
        return False
    if PRINTED.match(last):
        return _take_source(closing, last, "", is_reprint=True)
    if not LABELLED_LINE.match(last):
        return False
    return _take_labelled(closing, last.strip(" *()[]"), "")


def _tail(closing: Closing) -> bool:
    """Take "Penulis : NAME" or "Sumber: NAME" off the end of the last line."""
    last = closing.paragraphs[-1]
    start = max(0, len(last) - WINDOW)
    printed = PRINTED_TAIL.search(last, start)
    if printed and not re.search(r"[.!?] ", printed["inside"]):
        rest = last[: printed.start()].rstrip()
        return _take_source(closing, printed["inside"], rest, is_reprint=True)
    found = LABELLED_TAIL.search(last, start)
    if not found:
        return False
    inside = collapsed(found["inside"]).strip(" *)")
    return _take_labelled(closing, inside, last[: found.start()].rstrip())


def _take_labelled(closing: Closing, inside: str, rest: str) -> bool:
    """Take a signature with its label, if it names people; a caption does not."""
    words = re.findall(r"[^\W\d_]+", re.sub(rf"{LABEL}\s*:", "", inside, flags=re.I))
    names = sum(word[0].isupper() for word in words)
    if not words or len(words) > CREDIT_WORDS or names < NAMES_AT_LEAST * len(words):
        closing.doubt(
            "credit",
            f"{quoted(inside)} di akhir naskah mungkin tanda penulis; dibiarkan.",
        )
        return False
    if not closing.cut(rest):
        return False
    closing.credits.insert(0, inside)
    return True


def _set_mark_aside(closing: Closing) -> tuple[bool, str]:
    """Note "Bersambung" and set it aside: whether it had its own line, and its text."""
    last = closing.paragraphs[-1]
    mark = CONTINUED.search(last, max(0, len(last) - 60))
    if not mark or not closing.cut(last[: mark.start()]):
        return False, ""
    closing.continued = True
    return mark.start() == 0, last[mark.start() :]


def take_closing(paragraphs: list[str], is_reprint: bool) -> Closing:
    """Take credits and source off the end of `paragraphs`.

    `is_reprint` says that the item may come from a newspaper (an opinion, or the
    office in the news), so that a bare "(Banten Pos, 19 Januari 2022)" is its source.
    What is not certain stays, with a doubt. "Bersambung" stays.
    """
    closing = Closing(list(paragraphs))
    own_line, mark = False, ""
    for _ in range(PARTS_AT_MOST):
        if not mark:
            own_line, mark = _set_mark_aside(closing)
        if not (
            _bracketed(closing, is_reprint) or _own_line(closing) or _tail(closing)
        ):
            break
    if own_line:
        closing.paragraphs.append(mark)
    else:
        closing.paragraphs[-1] += mark
    return closing


def source_day(closing: Closing) -> tuple[date | None, list[Doubt]]:
    """Return the source's date, where its year is written, and its weekday's doubt."""
    written = closing.source
    day = written.on(written.year) if written and written.year else None
    if written is None or day is None or written.fits(day):
        return day, []
    return day, [
        Doubt(
            "source_date",
            f"Hari pada tanggal sumber “{written.text}” tidak cocok: {spelled(day)} "
            f"jatuh pada hari {WEEKDAYS[day.weekday()]}.",
        )
    ]
