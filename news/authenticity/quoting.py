"""Whether what was pasted is a whole quotation: nothing changed, nothing cut out.

A reading is a chain of runs. It is whole when each run agrees with the published text
in every word and mark, when what joins two runs hides nothing, when the first and the
last begin and end where that changes no sense, and when the words around them are
plainly somebody else's. When in doubt it is not whole.
"""

from collections.abc import Iterator

from news.authenticity import around, edges
from news.authenticity.edges import Reading
from news.authenticity.published import Text
from news.authenticity.runs import SHORTEST, Corpus, Run
from news.authenticity.senses import agrees, asks, bridged, hides, may_skip
from news.authenticity.texts import Prepared, Role, Span

# A shorter run says little, unless it is a whole sentence or title.
CORE = 6


def read(corpus: Corpus) -> Reading:
    """Return the reading of the pasted text by the texts of a corpus."""
    reading = Reading(_core(corpus, _without_dates(corpus, list(_runs(corpus)))))
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


def _without_dates(corpus: Corpus, runs: list[Run]) -> list[Run]:
    """Drop what a page writes on a line of its own, where our text has it elsewhere."""
    pasted = corpus.pasted
    kept: list[Run] = []
    for at, run in enumerate(runs):
        ahead = runs[at + 1].at if at + 1 < len(runs) else None
        in_place = (kept and kept[-1].at_end == run.at) or run.at_end == ahead
        says = around.own_words(pasted, Span(run.start, run.end))
        if says or in_place or "\n" not in pasted.gaps[run.start]:
            kept.append(run)
    return kept


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
        reading.wrapped |= wraps(pasted, corpus.texts[run.text], run)
    for left, right in zip(reading.runs, reading.runs[1:], strict=False):
        # One problem is enough, and a hostile text has thousands.
        if not reading.problems:
            _judge_joint(corpus, reading, left, right)
    first, last = reading.runs[0], reading.runs[-1]
    edges.judge_left(pasted, corpus.texts[first.text], reading, first)
    edges.judge_right(pasted, corpus.texts[last.text], reading, last)
    if reading.problems:
        return
    lines = 2 if reading.wrapped else 1
    added = around.statements(pasted, reading.words, lines)
    if added or _alters_around(corpus, reading):
        reading.problems.append("di sekitar kutipan")


def wraps(pasted: Prepared, text: Text, run: Run) -> bool:
    """Whether a line ends where no sentence does."""
    return any(
        "\n" in pasted.gaps[run.start + step] and not text.opens[run.at + step]
        for step in range(1, run.length)
    )


def _judge_joint(corpus: Corpus, reading: Reading, left: Run, right: Run) -> None:
    first = reading.runs[0]
    if (right.text, right.at) == (first.text, first.at) and left.text == right.text:
        _judge_repeat(corpus.pasted, corpus.texts[left.text], reading, left, right)
    elif left.end != right.start and not _parted_by_page(corpus, left, right):
        reading.problems.append("disisipi")
    elif left.text != right.text:
        _judge_seam(corpus, reading, left, right)
    elif right.at < left.at_end:
        reading.problems.append("urutan")
    else:
        _judge_skip(corpus.pasted, corpus.texts[left.text], reading, left, right)


def _parted_by_page(corpus: Corpus, left: Run, right: Run) -> bool:
    """Whether only lines that a page has around its text stand between two runs."""
    pasted = corpus.pasted
    beside = (left, left.at_end - 1), (right, right.at)
    roles = [corpus.texts[run.text].part_of(at)[0] for run, at in beside]
    lines = "\n" in pasted.gaps[left.end] and "\n" in pasted.gaps[right.start]
    own = around.own_words(pasted, Span(left.end, right.start))
    return lines and not own and roles != [Role.BODY, Role.BODY]


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
    edges.judge_right(pasted, text, reading, left)
    edges.judge_left(pasted, text, reading, right)
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


def _alters_around(corpus: Corpus, reading: Reading) -> bool:
    """Whether words outside the quotation are altered words of a text."""
    outside = [
        piece
        for piece in corpus.pasted.pieces
        if piece.end <= reading.start or piece.start >= reading.end
    ]
    return any(
        len(piece) >= around.FEWEST_ALIKE
        and not around.is_label(corpus.pasted, piece)
        and around.resembles(corpus, piece, reading.texts)
        for piece in outside
    )
