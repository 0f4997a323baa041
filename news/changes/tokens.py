"""Words, numbers, dates and marks of a text, and which of them are critical.

A number, a date, a decision number or an address is one token, whatever marks it holds:
a reader who is told "1.204 menjadi 1.240" need not put the pieces together.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from news.changes import lexicon
from news.changes.result import Critical
from news.importing import dates


class Sort(Enum):
    WORD = auto()
    NUMBER = auto()
    DATE = auto()
    DECISION = auto()
    ADDRESS = auto()
    MARK = auto()
    SYMBOL = auto()
    PICTURE = auto()
    BREAK = auto()


@dataclass(slots=True, eq=False)
class Token:
    """A piece of text: as written, folded for matching, and where it stands."""

    text: str
    key: str
    sort: Sort
    start: int
    end: int
    index: int = 0
    sentence: int = 0
    opens: bool = False
    headline: bool = False
    passage: int = -1
    critical: Critical | None = None

    @property
    def capital(self) -> bool:
        """Whether it is a word with a capital anywhere, as "KPU" or "se-Banten"."""
        return self.sort is Sort.WORD and self.text != self.text.lower()


# Letters and digits, with what may hide among them: combining marks, format characters.
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff"
)
_X = rf"(?:[^\W_]|[\u0300-\u036f{_INVISIBLE}])"
_TOP_LEVELS = (
    "id|com|net|org|info|gov|edu|int|biz|me|ly|gl|io|co|cc|tv|xyz|site|online|top|link|"
    "click|shop|store|club|live|app|dev|ai|ru|cn|tk"
)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)[^\s<>\"“”]{1,2000}"
    r"|(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}"
    rf"|(?<![\w.@-])(?:[\w-]{{1,63}}\.){{1,6}}(?:{_TOP_LEVELS})\b(?!\.?[\w-])"
    r"(?:[/?#][^\s<>\"“”]{0,2000})?"
    r"|(?<!\w)[@#]\w{2,64}",
    re.IGNORECASE,
)
_TOKEN = re.compile(
    rf"""
      (?P<number>
        (?:(?<!\w)[-−+](?=\d))?  (?:\bRp\.?\s?(?=\d))?
        (?:[^\W\d_]{{1,12}}[-/](?=\w{{0,6}}\d))?
        {_X}{{0,20}}?\d{_X}*+
        (?: (?:[/–-]|['’](?=\d)) {_X}++ | [.,:] (?=\d) {_X}++ )*+
      )
    | (?P<word>
        (?:[A-Z][A-Za-z]{{0,2}}\.)+[A-Z][A-Za-z]{{0,3}}\b\.?
      | {_X}++ (?: [-'’ʼ‘`´] {_X}++ )*+
      )
    | \.{{2,}} | \S
    """,
    re.VERBOSE,
)
_TRAILING = ".,;:!?)]}'’\"”>…"
_PHONE = re.compile(r"(?:\+|0)[\d.-]{8,24}")
_PHONE_DIGITS = 9

QUOTES_AND_DASHES = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛ʼ`´′", "'"),
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        "…": "...",
    }
)
# Letters of other alphabets and letterforms that look like Latin ones (Unicode TR 39,
# confusables.txt): Cyrillic, Greek, Armenian, Cherokee, small capitals and others, and
# the white letters on a black ground that NFKC leaves alone.
LOOKALIKES = str.maketrans(
    {
        **dict(
            zip(
                "АВЕЅІЈКМНОРСТУХҮҺԌԚԜӀавеѕіјкмнопрстхуһԁԍԛԝӏүѵ"
                "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿαγεηικνορτυχωϲϳ"
                "օոսհցյ"
                "ᎪᏴᏟᎠᎬᏀᎻᎥᎫᏦᏞᎷᏢᏒᏚᎢᏙᎳᏃ"
                "ıȷɑɡɩʋᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢⲟⲣⲥ",
                "ABESIJKMHOPCTYXYHGQWlabesijkmhonpctxyhdgqwlyv"
                "ABEZHIKMNOPTYXCJayenikvoptuxwcj"
                "onuhgj"
                "ABCDEGHiJKLMPRSTVWZ"
                "ijagivabcdefghijklmnoprstuvwyzopc",
                strict=True,
            )
        ),
        **{chr(0x1F150 + at): chr(65 + at) for at in range(26)},
        **{chr(0x1F170 + at): chr(65 + at) for at in range(26)},
    }
)
_HIDDEN = re.compile(f"[{_INVISIBLE}]")
_OPENERS = frozenset("\"“‘'(«")
_ENDERS = frozenset(("?", "!", ".", "...", "…"))
# So many capitals, and no full stop: there a capital says nothing of its word.
_HEADLINE_SHARE = 0.6
_HEADLINE_WORDS = 4


def same_form(text: str) -> str:
    """Return `text` with plain quotes and dashes, and without hidden characters."""
    text = _HIDDEN.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.translate(QUOTES_AND_DASHES).split())


def fold(text: str) -> str:
    """Return `text` as it is matched: NFKC, look-alikes as Latin, without case.

    For matching alone; what differs in the form is still reported (see `same_form`).
    """
    if text.isascii() and text.isalnum():
        return text.lower()
    text = unicodedata.normalize("NFKC", _HIDDEN.sub("", text))
    text = text.translate(LOOKALIKES).translate(QUOTES_AND_DASHES)
    return " ".join(text.casefold().split())


def tokenise(text: str) -> list[Token]:
    """Return the tokens of `text` in order; only white space lies between them."""
    tokens: list[Token] = []
    at = 0
    for start, end, sort in _whole(text):
        tokens += _plain_tokens(text, at, start)
        tokens.append(_token(text, start, end, sort))
        at = end
    tokens += _plain_tokens(text, at, len(text))
    _place(tokens)
    return tokens


def _token(text: str, start: int, end: int, sort: Sort) -> Token:
    written = text[start:end]
    return Token(written, fold(written) or written, sort, start, end)


def _whole(text: str) -> Iterator[tuple[int, int, Sort]]:
    """Yield addresses and dates, which hold marks or spaces, without overlap."""
    found = [*_addresses(text), *_dates(text)]
    at = 0
    for start, end, sort in sorted(found, key=lambda span: (span[0], -span[1])):
        if start >= at:
            yield start, end, sort
            at = end


def _addresses(text: str) -> Iterator[tuple[int, int, Sort]]:
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(_TRAILING)
        if len(address) > 1:
            yield match.start(), match.start() + len(address), Sort.ADDRESS


def _dates(text: str) -> Iterator[tuple[int, int, Sort]]:
    for match in dates.ANY_DATE.finditer(text):
        start = max(match.start(day) for day in ("day_w", "day_n", "day_d"))
        around = text[max(start - 1, 0) : start], text[match.end() : match.end() + 2]
        if dates.written_in(match) and _stands_alone(*around):
            yield start, match.end(), Sort.DATE
    for match in dates.MONTH_AND_YEAR.finditer(text):
        yield *match.span(), Sort.DATE


def _stands_alone(before: str, after: str) -> bool:
    """Whether a date is more than a part of "27/01/KPU/2021" or "ke-3 Mei"."""
    inside = before.isalnum() or before in ("-", "/", "_")
    return not inside and re.match(r"\w|[-/]\w", after) is None


def _plain_tokens(text: str, start: int, end: int) -> Iterator[Token]:
    for match in _TOKEN.finditer(text, start, end):
        sort = _sort(match)
        yield _token(text, *match.span(), sort)


def _sort(match: re.Match[str]) -> Sort:
    written = match.group()
    if match["number"]:
        return _sort_of_number(written)
    if match["word"]:
        return Sort.NUMBER if any(map(str.isnumeric, written)) else Sort.WORD
    category = unicodedata.category(written[0])
    if written == "~" or (category.startswith("P") and written[0] not in "%‰&@#/\\"):
        return Sort.MARK
    return Sort.SYMBOL


def _sort_of_number(written: str) -> Sort:
    if _PHONE.fullmatch(written) and sum(map(str.isdigit, written)) >= _PHONE_DIGITS:
        return Sort.ADDRESS
    letters = any(map(str.isalpha, written))
    return Sort.DECISION if letters and "/" in written else Sort.NUMBER


def _place(tokens: list[Token]) -> None:
    """Say of each token its place, its sentence, and whether it opens the sentence."""
    sentence, starts = 0, [0]
    pending = True
    for index, token in enumerate(tokens):
        token.index = index
        if token.sort is Sort.MARK:
            token.sentence = sentence
            pending = pending or _ends_sentence(tokens, index)
            continue
        if pending and index and _ended(tokens, index):
            sentence += 1
            starts.append(_first_mark(tokens, index))
        token.sentence, token.opens = sentence, pending or _after_quote(tokens, index)
        pending = False
    for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True):
        _mark_headline(tokens[start:end], tokens[start].sentence if tokens else 0)


def _ended(tokens: list[Token], index: int) -> bool:
    """Whether a sentence ended between the last word and this one."""
    at = index - 1
    while at >= 0 and tokens[at].sort is Sort.MARK:
        if tokens[at].key in _ENDERS:
            return True
        at -= 1
    return False


def _first_mark(tokens: list[Token], index: int) -> int:
    """Return where the sentence of a first word starts: at the bracket before it."""
    while tokens[index - 1].text in _OPENERS and tokens[index - 1].sort is Sort.MARK:
        index -= 1
    return index


def _ends_sentence(tokens: list[Token], index: int) -> bool:
    token = tokens[index]
    if token.key not in _ENDERS:
        return False
    if token.text != "." or index == 0:
        return True
    previous = tokens[index - 1]
    initial = len(previous.text) == 1 and previous.text.isupper()
    return previous.end != token.start or not (
        initial or previous.key in lexicon.ABBREVIATIONS
    )


def _after_quote(tokens: list[Token], index: int) -> bool:
    return index > 0 and tokens[index - 1].text in ('"', "“", "«")


def _mark_headline(tokens: list[Token], sentence: int) -> None:
    words = [
        token
        for token in tokens
        if token.sort is Sort.WORD and token.key not in lexicon.FUNCTION
    ]
    capitals = sum(token.capital for token in words)
    headline = (
        len(words) >= _HEADLINE_WORDS
        and capitals >= _HEADLINE_SHARE * len(words)
        and words[0].capital
        and tokens[-1].key != "."
    )
    for token in tokens:
        token.sentence, token.headline = sentence, headline


@dataclass(frozen=True)
class Vocabulary:
    """What two texts tell about their words: written small, or with a capital inside
    a sentence."""

    small: frozenset[str] = frozenset()
    proper: frozenset[str] = frozenset()

    def ordinary(self, word: str) -> bool:
        """Whether a capital of `word` (folded) is due to its place alone."""
        return word in lexicon.FUNCTION or word in self.small


def vocabulary(texts: Iterable[list[Token]]) -> Vocabulary:
    small, proper = set(), set()
    for tokens in texts:
        for token in tokens:
            if token.sort is not Sort.WORD:
                continue
            if not token.capital:
                small.add(token.key)
            elif not token.opens and not token.headline:
                proper.add(token.key)
    return Vocabulary(frozenset(small), frozenset(proper))


_BY_SORT = {
    Sort.NUMBER: Critical.NUMBER,
    Sort.DATE: Critical.DATE,
    Sort.DECISION: Critical.DECISION,
    Sort.ADDRESS: Critical.ADDRESS,
    Sort.PICTURE: Critical.PICTURE,
}
_BY_WORD = (
    (lexicon.is_negation, Critical.NEGATION),
    (lexicon.is_number_word, Critical.NUMBER),
    (lexicon.WEEKDAYS.__contains__, Critical.WEEKDAY),
    (lexicon.MONTHS.__contains__, Critical.DATE),
    (lexicon.is_qualifier, Critical.QUALIFIER),
    (lexicon.REFUTATIONS.__contains__, Critical.QUALIFIER),
    (lexicon.OFFICES.__contains__, Critical.OFFICE),
)


def _of_word(token: Token) -> Critical | None:
    if lexicon.is_roman(token.text):
        return Critical.NUMBER
    return next((critical for holds, critical in _BY_WORD if holds(token.key)), None)


def judge(tokens: list[Token], words: Vocabulary) -> None:
    """Write into each token why a change of it would be critical, if it would."""
    known: dict[str, Critical | None] = {}
    for token in tokens:
        if token.sort is Sort.WORD:
            if token.text not in known:
                known[token.text] = _of_word(token)
            token.critical = known[token.text]
            if token.critical is None and _is_name(tokens, token, words):
                token.critical = Critical.NAME
        elif token.sort is Sort.SYMBOL:
            token.critical = Critical.NUMBER if _counts(token.text) else None
        else:
            token.critical = _BY_SORT.get(token.sort)


def _counts(symbol: str) -> bool:
    category = unicodedata.category(symbol[0])
    return symbol[0] in "%‰" or category in ("Sc", "Sm", "No", "Nl", "Nd")


def _is_name(tokens: list[Token], token: Token, words: Vocabulary) -> bool:
    if not token.capital or token.key in lexicon.FUNCTION:
        return False
    if token.headline:
        return token.key not in words.small
    if not token.opens or (len(token.text) > 1 and token.text.isupper()):
        return True
    if token.key in words.proper and token.key not in words.small:
        return True
    following = tokens[token.index + 1] if token.index + 1 < len(tokens) else None
    return (
        following is not None
        and following.capital
        and following.key not in lexicon.FUNCTION
    )
