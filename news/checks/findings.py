"""What a check answers: a finding, its weight, and the words that show the place."""

import re
from dataclasses import dataclass
from enum import StrEnum

from news.importing.doubts import quoted

WORDS = 8
BEFORE, AFTER = 60, 90  # characters around a place from which the words are taken

# Long enough for an identity, family-card or account number, and for no date or sum
# that a sentence is likely to hold.
_LONG_NUMBER = re.compile(r"[0-9](?:[ .–-]?[0-9]){11,}")


class Level(StrEnum):
    """A stop keeps a text from being submitted; a warning is the writer's to judge."""

    STOP = "berhenti"
    WARNING = "perhatikan"


@dataclass(frozen=True)
class Finding:
    """One thing to look at before a text is submitted.

    field     the form field to go to: a document's key, or "cover_alt",
              "cover_caption" and "cover_credit" for what the document keeps in "cover"
    message   an Indonesian sentence or two: what is wrong, where, and what to do
    """

    code: str
    level: Level
    field: str
    message: str


def masked(text: str) -> str:
    """Return `text` with no number of twelve digits or more left in full."""
    return _LONG_NUMBER.sub(lambda found: f"{found[0][:2]}••••{found[0][-2:]}", text)


def opening(text: str) -> str:
    """Quote the first words of `text`."""
    return quoted(masked(text[: BEFORE + AFTER]), WORDS)


def excerpt(text: str, start: int, end: int) -> str:
    """Quote the place from `start` to `end`, with up to three words before it."""
    left = masked(text[max(0, start - BEFORE) : start])
    words = " ".join(left.split()[-3:])
    if words and left[-1].isspace():
        words += " "
    return quoted(words + masked(text[start : end + AFTER]), WORDS)
