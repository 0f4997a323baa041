"""Whether what was pasted is a whole quotation: nothing changed, nothing cut out.

A reading is a chain of runs. It is whole when each run agrees with the published text
in every word and mark, when what joins two runs hides nothing, when the first and the
last begin and end where that changes no sense, and when the words around them are
plainly somebody else's. When in doubt it is not whole.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from news.authenticity import around
from news.authenticity.runs import SHORTEST, Corpus, Run
from news.authenticity.senses import (
    agrees,
    asks,
    bridged,
    denied_before,
    hides,
    inside_a_word,
    may_skip,
    refutes,
    reverses,
    taken_back,
)
from news.authenticity.texts import Prepared, Role, Span, Text, marks
from news.authenticity.wrapping import GREETINGS, OPENINGS
from news.changes import lexicon

# A shorter run says little, unless it is a whole sentence or title.
CORE = 6
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
    def whole(self) -> bool:
        return bool(self.runs) and not self.problems

    @property
    def texts(self) -> list[int]:
        """The texts of the runs, each once, in order."""
        return list(dict.fromkeys(run.text for run in self.runs))


def read(corpus: Corpus) -> Reading:
    """Return the reading of the pasted text by the texts of a corpus."""
    reading = Reading(_core(corpus, list(_runs(corpus))))
    if reading.runs:
        _judge(corpus, reading)
    return reading


def _runs(corpus: Corpus) -> Iterator[Run]:
    """Yield runs from left to right, each as long as any that begins there."""
    at, last, size = 0, None, len(corpus.query)
    while at < size:
        run = _continuing(corpus, at, last)
        length = corpus.longest(at)
        if length and (run is None or run.length < length):
            run = _best_placed(corpus, at, length, last)
        if run is None:
            at += 1
            continue
        kept = _without_overrun(corpus, run)
        at = kept.end
        if kept is run or kept.length >= SHORTEST:
            yield kept
            last = kept


def _without_overrun(corpus: Corpus, run: Run) -> Run:
    """Return a run that ends with a sentence, where the next begins alike by chance."""
    pasted, text = corpus.pasted, corpus.texts[run.text]
    if run.end == len(pasted) or text.opens[run.at_end] or pasted.parted(run.end):
        return run
    for length in range(run.length - 1, 0, -1):
        over = run.length - length
        if pasted.parted(run.start + length) and (
            (text.opens[run.at + length] and length >= SHORTEST)
            or (over < CORE and corpus.longest(run.start + length) > over)
        ):
            return Run(run.start, length, run.text, run.at)
    return run


def _continuing(corpus: Corpus, at: int, last: Run | None) -> Run | None:
    """Return the run that goes on after parts which a quotation may leave out."""
    if last is None or last.end != at:
        return None
    text = corpus.texts[last.text]
    if last.at_end not in text.part_starts:
        return None
    best = None
    for _, part in text.parts:
        if part.start <= last.at_end or not may_skip(text, last.at_end, part.start):
            continue
        length = corpus.length_at(at, last.text, part.start)
        enough = length >= min(len(part), SHORTEST)
        if enough and (best is None or length > best.length):
            best = Run(at, length, last.text, part.start)
    return best


def _best_placed(corpus: Corpus, at: int, length: int, last: Run | None) -> Run:
    """Return the run at the place that makes the best sense of it."""

    def sense(place: tuple[int, int]) -> tuple:
        number, start = place
        text = corpus.texts[number]
        same = last is not None and last.text == number
        forward = same and start >= last.at_end
        joins = forward and (start == last.at_end or may_skip(text, last.at_end, start))
        edges = text.opens[start] + text.opens[start + length]
        return joins, forward, same, edges

    number, start = max(corpus.places(at, length), key=sense)
    return Run(at, length, number, start)


def _core(corpus: Corpus, runs: list[Run]) -> list[Run]:
    """Return the runs from the first to the last that says something."""
    telling = [at for at, run in enumerate(runs) if says_much(corpus, run)]
    return runs[telling[0] : telling[-1] + 1] if telling else []


def says_much(corpus: Corpus, run: Run) -> bool:
    text = corpus.texts[run.text]
    return run.length >= CORE or (text.opens[run.at] and text.opens[run.at_end])


def _judge(corpus: Corpus, reading: Reading) -> None:
    pasted = corpus.pasted
    for run in reading.runs:
        if not agrees(pasted, corpus.texts[run.text], run):
            reading.problems.append("tanda baca")
        reading.wrapped = reading.wrapped or _wraps(pasted, corpus, run)
    for left, right in zip(reading.runs, reading.runs[1:], strict=False):
        _judge_joint(corpus, reading, left, right)
    first, last = reading.runs[0], reading.runs[-1]
    judge_left_edge(pasted, corpus.texts[first.text], reading, first)
    judge_right_edge(pasted, corpus.texts[last.text], reading, last)
    if reading.problems:
        return
    added = around.statements(pasted, range(reading.start, reading.end))
    if added or _alters_around(corpus, reading):
        reading.problems.append("di sekitar kutipan")


def _wraps(pasted: Prepared, corpus: Corpus, run: Run) -> bool:
    opens = corpus.texts[run.text].opens
    return any(
        "\n" in pasted.gaps[run.start + step] and not opens[run.at + step]
        for step in range(1, run.length)
    )


def _joined(pasted: Prepared, reading: Reading, at: int, own: str) -> bool:
    """Whether word `at` may be of one sentence with the word before it.

    `own` is the gap that the published text has there.
    """
    if not pasted.parted(at, own):
        return True
    gap = pasted.gaps[at]
    return reading.wrapped and not gap.strip() and gap.count("\n") == 1


def _judge_joint(corpus: Corpus, reading: Reading, left: Run, right: Run) -> None:
    if left.end != right.start:
        reading.problems.append("disisipi")
    elif left.text != right.text:
        _judge_seam(corpus, reading, left, right)
    elif right.at < left.at_end:
        _judge_repeat(corpus.pasted, corpus.texts[left.text], reading, left, right)
    else:
        _judge_skip(corpus.pasted, corpus.texts[left.text], reading, left, right)


def _judge_skip(
    pasted: Prepared, text: Text, reading: Reading, left: Run, right: Run
) -> None:
    """Judge that a quotation leaves out what stands between two of its runs."""
    gone = left.at_end, right.at
    if may_skip(text, *gone):
        asked = any(asks(text.gaps[at]) for at in gone)
        if asks(pasted.gaps[right.start]) != asked or not pasted.parted(right.start):
            reading.problems.append("sambungan")
    elif not bridged(pasted, right.start):
        reading.problems.append("dipotong")
    elif hides(text, *gone):
        reading.problems.append("elipsis")
    else:
        reading.bridges.append(right.start)


def _judge_repeat(
    pasted: Prepared, text: Text, reading: Reading, left: Run, right: Run
) -> None:
    """Judge that the quotation begins anew, as what is pasted twice does."""
    anew = right.at == reading.runs[0].at and text.opens[left.at_end]
    if not anew or not pasted.parted(right.start):
        reading.problems.append("urutan")
        return
    if asks(text.gaps[left.at_end]) != asks(pasted.gaps[right.start]):
        reading.problems.append("tanda tanya")
    _judge_what_follows(text, reading, left.at_end)
    if text.part_of(left.at_end - 1)[0] is Role.BODY:
        reading.notes.append("Teks ini memuat kutipan yang sama lebih dari sekali.")


def _judge_seam(corpus: Corpus, reading: Reading, left: Run, right: Run) -> None:
    """Judge where the words of one version follow those of another."""
    one, other = corpus.texts[left.text], corpus.texts[right.text]
    whole = one.opens[left.at_end] and other.opens[right.at]
    whole = whole and says_much(corpus, left) and says_much(corpus, right)
    if not whole or not corpus.pasted.parted(right.start):
        reading.problems.append("sambungan")
    elif asks(one.gaps[left.at_end]) and not asks(corpus.pasted.gaps[right.start]):
        reading.problems.append("tanda tanya")


def judge_left_edge(pasted: Prepared, text: Text, reading: Reading, run: Run) -> None:
    if run.start and not _somebody_elses(pasted, text, reading, run):
        reading.problems.append("disisipi")
        return
    denied = around.denies(pasted, run.start, run.start - 1)
    if denied or around.goes_on(pasted, run.start):
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


def judge_right_edge(pasted: Prepared, text: Text, reading: Reading, run: Run) -> None:
    own = text.gaps[run.at_end]
    joined = run.end < len(pasted) and _joined(pasted, reading, run.end, own)
    if joined and not around.thanks(pasted, run.end):
        reading.problems.append("disisipi")
        return
    if around.denies(pasted, run.end, run.end) or around.goes_on(pasted, run.end):
        reading.problems.append("disisipi")
    if not text.opens[run.at_end]:
        _judge_broken_off(pasted, text, reading, run)
        return
    if asks(text.gaps[run.at_end]) != asks(pasted.gaps[run.end]):
        reading.problems.append("tanda tanya")
    _judge_what_follows(text, reading, run.at_end)


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


def _alters_around(corpus: Corpus, reading: Reading) -> bool:
    """Whether words outside the quotation are altered words of a text."""
    outside = [
        piece
        for piece in corpus.pasted.pieces
        if piece.end <= reading.start or piece.start >= reading.end
    ]
    return any(
        len(piece) >= around.FEWEST_ALIKE
        and around.resembles(corpus, piece, reading.texts)
        for piece in outside
    )
