"""Whether a quotation begins and ends where that changes no sense."""

from dataclasses import dataclass, field

from news.authenticity import around
from news.authenticity.published import Text
from news.authenticity.runs import Run
from news.authenticity.senses import (
    asks,
    bridged,
    denied_before,
    inside_a_word,
    refutes,
    reverses,
    taken_back,
)
from news.authenticity.texts import Prepared, Role, Span, marks
from news.authenticity.wrapping import GREETINGS, OPENINGS
from news.changes import lexicon

_STOPS = frozenset(".!")


@dataclass
class Reading:
    """Runs that explain a text from `start` to `end`, and why it may not be whole.

    `wrapped` says that its lines end where no sentence does, so that a line end alone
    parts nothing.
    """

    runs: list[Run]
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    bridges: list[int] = field(default_factory=list)
    wrapped: bool = False

    @property
    def start(self) -> int:
        return self.runs[0].start

    @property
    def end(self) -> int:
        return self.runs[-1].end

    @property
    def covered(self) -> int:
        return sum(run.length for run in self.runs)

    @property
    def words(self) -> frozenset[int]:
        """The words of the pasted text that its runs explain."""
        return frozenset(at for run in self.runs for at in range(run.start, run.end))

    @property
    def whole(self) -> bool:
        return bool(self.runs) and not self.problems

    @property
    def texts(self) -> list[int]:
        """The texts of the runs, each once, in order."""
        return list(dict.fromkeys(run.text for run in self.runs))


def judge_left(pasted: Prepared, text: Text, reading: Reading, run: Run) -> None:
    if run.start and not _somebody_elses(pasted, text, reading, run):
        reading.problems.append("disisipi")
        return
    clinging = around.clings(pasted, run.start, run.start - 1)
    if clinging or around.goes_on(pasted, run.start):
        reading.problems.append("disisipi")
    if text.opens[run.at]:
        _judge_what_introduces(text, reading, run.at)
        return
    start = text.sentence_start(run.at)
    if not bridged(pasted, run.start):
        _judge_crop(text, reading, Span(start, run.at), run)
    elif inside_a_word(text, run.at) or _title_reversed(text, start, run.at):
        reading.problems.append("terpotong")
    if run.start:
        # Words that stand where the sentence began may stand for its beginning.
        reading.problems.append("terpotong")
    reading.notes.append(
        "Kutipan mulai di tengah kalimat; sebelumnya tertulis "
        f"“{text.written(start, run.at)}”."
    )


def judge_right(pasted: Prepared, text: Text, reading: Reading, run: Run) -> None:
    own = text.gaps[run.at_end]
    joined = run.end < len(pasted) and _joined(pasted, reading, run.end, own)
    if joined and not around.thanks(pasted, run.end):
        reading.problems.append("disisipi")
        return
    if around.clings(pasted, run.end, run.end) or around.goes_on(pasted, run.end):
        reading.problems.append("disisipi")
    if not text.opens[run.at_end]:
        _judge_broken_off(pasted, text, reading, run)
        return
    if asks(text.gaps[run.at_end]) != asks(pasted.gaps[run.end]):
        reading.problems.append("tanda tanya")
    _judge_what_follows(text, reading, run.at_end)


def _joined(pasted: Prepared, reading: Reading, at: int, own: str) -> bool:
    """Whether word `at` may be of one sentence with the word before it.

    `own` is the gap that the published text has there.
    """
    if not pasted.parted(at, own):
        return True
    gap = pasted.gaps[at]
    return reading.wrapped and not gap.strip() and gap.count("\n") == 1


def _judge_broken_off(pasted: Prepared, text: Text, reading: Reading, run: Run) -> None:
    """Judge a quotation that ends within a sentence, with an ellipsis or without."""
    end = text.sentence_end(run.at_end)
    if asks(pasted.gaps[run.end]):
        reading.problems.append("tanda tanya")
    if not bridged(pasted, run.end):
        made_up = set(marks(pasted.gaps[run.end])) - set(marks(text.gaps[run.at_end]))
        if made_up & _STOPS:
            reading.problems.append("titik")
        _judge_crop(text, reading, Span(run.at_end, end), run)
        # Words that stand where the sentence went on may stand for its end.
        if run.end < len(pasted):
            reading.problems.append("terpotong")
    elif inside_a_word(text, run.at_end) or _title_reversed(text, run.at_end, end):
        reading.problems.append("terpotong")
    reading.notes.append(
        "Kutipan berhenti di tengah kalimat; lanjutannya "
        f"“{text.written(run.at_end, end)}”."
    )


def _judge_crop(text: Text, reading: Reading, gone: Span, run: Run) -> None:
    """Judge a sentence that is cut without a sign of it: a headline may never be."""
    in_title = any(
        text.part_of(at)[0] is Role.TITLE for at in (gone.start, gone.end - 1)
    )
    before = gone.end == run.at
    at = run.at if before else run.at_end
    beside = text.words[gone.end - 1 if before else gone.start]
    if lexicon.is_qualifier(beside):
        reading.problems.append("terpotong")
    if in_title or inside_a_word(text, at) or reverses(text, gone.start, gone.end):
        reading.problems.append("terpotong")


def _title_reversed(text: Text, start: int, end: int) -> bool:
    """Whether the part of a title that an ellipsis stands for reverses the rest."""
    return text.part_of(start)[0] is Role.TITLE and reverses(text, start, end)


def _judge_what_follows(text: Text, reading: Reading, at: int) -> None:
    """Judge a short sentence after the quotation, as "Cek Fakta" or "Itu hoaks."."""
    role, part = text.part_of(at - 1)
    in_body = role is not Role.TITLE and at < len(text) and not text.optional[at]
    if at >= part.end and not in_body:
        return
    end = text.sentence_end(at + 1)
    if role is Role.TITLE or taken_back(text, at):
        reading.problems.append("terpotong")
    elif refutes(text, at, end):
        reading.notes.append(
            f"Dalam naskah, sesudahnya tertulis “{text.written(at, end)}”."
        )


def _judge_what_introduces(text: Text, reading: Reading, at: int) -> None:
    """Judge what stands before the quotation, as "Kabar bohong yang beredar:"."""
    if at == 0:
        return
    role, part = text.part_of(at)
    if (role is Role.TITLE and part.start < at) or denied_before(text, at):
        reading.problems.append("terpotong")


def _somebody_elses(pasted: Prepared, text: Text, reading: Reading, run: Run) -> bool:
    """Whether the words before a run are plainly no part of its sentence."""
    at = run.start
    if not _joined(pasted, reading, at, text.gaps[run.at]):
        return True
    start = at - 1
    while start and not pasted.parted(start):
        start -= 1
    polite = GREETINGS if "\n" in pasted.gaps[at] else OPENINGS
    return all(word in polite for word in pasted.words[start:at])
