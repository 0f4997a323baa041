"""What a reader of old pages is not sure of, for a person to decide."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: the field it is about, and an Indonesian sentence."""

    field: str
    message: str


def quoted(text: str, words: int = 9) -> str:
    """Return the first `words` words of `text` in quotation marks."""
    parts = text.split(maxsplit=words)
    tail = " …" if len(parts) > words else ""
    return f"“{' '.join(parts[:words])[:120]}{tail}”"
