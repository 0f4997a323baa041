"""What of an article is forwarded: its title, two sentences, a paragraph, or all."""

import random
from collections.abc import Callable

from bench.forwarded import sentences
from news.authenticity import Role, Version


def headline(chance: random.Random, version: Version) -> str:
    return version.title


def two_sentences(chance: random.Random, version: Version) -> str | None:
    found = [s for s in map(sentences, _paragraphs(version)) if len(s) > 1]
    if not found:
        return None
    chosen = chance.choice(found)
    at = chance.randrange(len(chosen) - 1)
    return " ".join(chosen[at : at + 2])


def paragraph(chance: random.Random, version: Version) -> str | None:
    found = [one for one in _paragraphs(version) if len(sentences(one)) > 2]
    return chance.choice(found) if found else None


def whole(chance: random.Random, version: Version) -> str:
    return "\n\n".join(
        part.text
        for part in version.parts
        if part.text and part.role is not Role.MARGIN
    )


LENGTHS: dict[str, Callable] = {
    "judul": headline,
    "dua kalimat": two_sentences,
    "paragraf": paragraph,
    "utuh": whole,
}


def _paragraphs(version: Version) -> list[str]:
    return [part.text for part in version.parts if part.role is Role.BODY]


def ended(chance: random.Random, text: str) -> str | None:
    """Cut a text after a whole word, with an ellipsis, as the site does itself."""
    words = text.split(" ")
    kept = len(words) * 3 // 4
    if kept < 20 or "\n" in text:
        return None
    return f"{' '.join(words[:kept])} …"


def begun(chance: random.Random, text: str) -> str | None:
    """Begin a text within it, with an ellipsis."""
    words = text.split(" ")
    left_out = len(words) // 4
    if left_out < 5 or "\n" in text:
        return None
    return f"… {' '.join(words[left_out:])}"


def bridged(chance: random.Random, text: str) -> str | None:
    parts = sentences(text)
    if len(parts) < 3 or "\n" in text:
        return None
    mark = chance.choice(("…", "[...]", "(…)", "[…]"))
    return f"{parts[0]} {mark} {parts[-1]}"
