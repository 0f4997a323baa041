"""A document's text as passages: paragraphs, headings, items, cells, pictures."""

import html
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby

from news import richtext
from news.changes.result import Critical
from news.changes.tokens import Sort, Token, Vocabulary, judge, tokenise

INLINE = frozenset(("strong", "em", "u", "s", "sub", "sup", "code", "a"))
LABELS = {
    **{"p": "Paragraf", "h2": "Judul bagian", "h3": "Judul bagian"},
    **{"h4": "Judul bagian", "li": "Butir", "blockquote": "Kutipan"},
    **{"figcaption": "Keterangan gambar", "caption": "Keterangan tabel"},
    **{"td": "Sel tabel", "th": "Kepala tabel", "pre": "Teks berjarak tetap"},
    **{"img": "Gambar", "oembed": "Video", "hr": "Garis pemisah"},
}
# One piece each: a picture, a video, a rule.
_WHOLE = {"img": "src", "oembed": "url", "hr": ""}

# What richtext.clean() writes; anything else is text.
_TAG = re.compile(r'<(/?)([a-z][a-z0-9]*)((?:\s+[a-z-]+="[^"<>]*+")*+)\s*+/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_SPACES = re.compile(r"\s+")
# No editor nests this deep; what does is not followed further.
_DEEPEST = 32
_HALF = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Style:
    """How a stretch of text is written: its emphasis, and the link that it is in."""

    marks: frozenset[str] = frozenset()
    href: str = ""
    link: int = 0


_PLAIN = Style()


@dataclass(eq=False)
class Passage:
    """One block of text with its tokens; `shape` is its place in lists and tables."""

    field: str
    kind: str
    label: str
    text: str
    shape: tuple[str, ...] = ()
    opened: tuple[str, ...] = ()
    source: str = ""
    starts: list[int] = field(default_factory=list)
    styles: list[Style] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)

    @property
    def key(self) -> str:
        """What makes two passages the same text: it alone, or the file it shows."""
        return f"\0{self.kind}\0{self.source}" if self.kind in _WHOLE else self.text

    @cached_property
    def plain(self) -> bool:
        """Whether nothing in it is emphasised or linked."""
        return all(style == _PLAIN for style in self.styles)

    @cached_property
    def sizes(self) -> Counter[int]:
        """How many tokens each of its sentences has."""
        return Counter(token.sentence for token in self.tokens)

    @cached_property
    def quotes(self) -> int:
        """How many quotation marks it has."""
        return sum(token.key == '"' for token in self.tokens)

    def sentences(self, tokens: list[Token]) -> Iterator[str]:
        """Yield the text of each sentence of some of its tokens."""
        words = (token for token in tokens if token.sort is not Sort.BREAK)
        for _, group in groupby(words, key=lambda token: token.sentence):
            held = list(group)
            yield self.text[held[0].start : held[-1].end]

    def style(self, token: Token) -> Style:
        return self._styles_of(token)[0][1]

    def marks(self, token: Token) -> list[tuple[int, frozenset[str]]]:
        """Return the emphasis of a word, and from which letter on each part has it."""
        found: list[tuple[int, frozenset[str]]] = []
        for start, style in self._styles_of(token):
            if not found or found[-1][1] != style.marks:
                found.append((max(start - token.start, 0), style.marks))
        return found

    def _styles_of(self, token: Token) -> list[tuple[int, Style]]:
        if not self.styles:
            return [(0, _PLAIN)]
        first = max(bisect_right(self.starts, token.start) - 1, 0)
        last = max(bisect_left(self.starts, token.end), first + 1)
        return list(zip(self.starts[first:last], self.styles[first:last], strict=True))


def of_line(name: str, label: str, text: str) -> list[Passage]:
    """Return a one-line field as a passage, or nothing where it is empty."""
    text = richtext.plain(text)
    return [_tokenised(Passage(name, "", label, text))] if text else []


def of_text(text: str) -> list[Passage]:
    """Return plain text as a passage for each of its lines that holds anything."""
    lines = map(richtext.plain, text.splitlines())
    return [
        _tokenised(Passage("body", "p", LABELS["p"], line)) for line in lines if line
    ]


def of_body(body: str) -> list[Passage]:
    """Return the passages of a clean body, in order; any other text never fails."""
    reader = _Reader()
    at = 0
    for tag in _TAG.finditer(body):
        reader.text(body[at : tag.start()])
        reader.tag(tag[2], closing=bool(tag[1]), attributes=tag[3])
        at = tag.end()
    reader.text(body[at:])
    reader.flush()
    return [_tokenised(passage) for passage in reader.passages]


def understand(texts: list[Passage], words: Vocabulary) -> None:
    """Mark in every passage what is critical, by what all of them tell of words."""
    for passage in texts:
        if passage.kind not in _WHOLE:
            judge(passage.tokens, words)
        else:
            for token in passage.tokens:
                token.critical = None if passage.kind == "hr" else Critical.PICTURE


def stream(texts: list[Passage], numbers: range) -> Iterator[Token]:
    """Yield the tokens of some passages, a break after each passage."""
    for number in numbers:
        passage = texts[number]
        for token in passage.tokens:
            token.passage = number
            yield token
        end = len(passage.text)
        yield Token("", "\n", Sort.BREAK, end, end, len(passage.tokens), passage=number)


def _tokenised(passage: Passage) -> Passage:
    if passage.kind in _WHOLE:
        end = len(passage.text)
        passage.tokens = [Token(passage.text, passage.key, Sort.PICTURE, 0, end)]
    else:
        passage.tokens = tokenise(passage.text)
    return passage


class _Reader:
    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self._path: list[tuple[str, str]] = []
        self._inline: list[tuple[str, str]] = []
        self._opened: list[str] = []
        self._links = 0
        self._start()

    def _start(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._starts: list[int] = []
        self._styles: list[Style] = []

    def text(self, source: str) -> None:
        piece = _SPACES.sub(" ", _HALF.sub("\ufffd", html.unescape(source)))
        if not self._parts or self._parts[-1].endswith(" "):
            piece = piece.lstrip(" ")
        if piece:
            self._starts.append(self._length)
            self._styles.append(self._style())
            self._parts.append(piece)
            self._length += len(piece)

    def _style(self) -> Style:
        if not self._inline:
            return _PLAIN
        links = [href for tag, href in self._inline if tag == "a"]
        marks = frozenset(tag for tag, _ in self._inline if tag != "a")
        return Style(marks, links[-1], self._links) if links else Style(marks)

    def tag(self, name: str, *, closing: bool, attributes: str) -> None:
        if name in INLINE:
            self._toggle(name, closing, attributes)
            return
        self.flush()
        if name in _WHOLE:
            self._add_whole(name, dict(_ATTRIBUTE.findall(attributes)), closing)
        elif name == "br":
            self._opened.append(name)
        elif closing:
            self._close(name)
        elif len(self._path) < _DEEPEST:
            self._path.append((name, attributes.strip()))
            self._opened.append(name)

    def _toggle(self, name: str, closing: bool, attributes: str) -> None:
        if closing:
            tags = [tag for tag, _ in self._inline]
            if name in tags:
                del self._inline[len(tags) - 1 - tags[::-1].index(name)]
            return
        href = dict(_ATTRIBUTE.findall(attributes)).get("href", "")
        self._links += name == "a"
        if len(self._inline) < _DEEPEST:
            self._inline.append((name, html.unescape(href)))

    def _close(self, name: str) -> None:
        tags = [tag for tag, _ in self._path]
        if name in tags:
            del self._path[len(tags) - 1 - tags[::-1].index(name) :]

    def _add_whole(self, name: str, attributes: dict[str, str], closing: bool) -> None:
        if closing:
            return
        source = html.unescape(attributes.get(_WHOLE[name], ""))
        shown = source if name == "oembed" else attributes.get("alt", "")
        text = richtext.plain(html.unescape(shown))
        self._add(name, text or LABELS[name].lower(), source=source)

    def flush(self) -> None:
        text = "".join(self._parts).rstrip()
        if text:
            kinds = [tag for tag, _ in self._path if tag in LABELS]
            self._add(kinds[-1] if kinds else "p", text)
        self._start()

    def _add(self, kind: str, text: str, source: str = "") -> None:
        shape = tuple(" ".join(part).strip() for part in self._path)
        self.passages.append(
            Passage(
                field="body",
                kind=kind,
                label=LABELS[kind],
                text=text,
                shape=shape,
                opened=tuple(self._opened),
                source=source,
                starts=self._starts,
                styles=self._styles,
            )
        )
        self._opened = []
