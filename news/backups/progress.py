"""How far a long work has come: a line every few seconds, and one at the end."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import IO

from django.template.defaultfilters import filesizeformat

Say = Callable[[str], None]

EVERY = 3  # seconds


@dataclass
class Progress:
    """What is said while a list of files is worked through."""

    say: Say
    what: str

    def over[T](self, items: Sequence[T]) -> Iterator[T]:
        said_at = time.monotonic()
        for done, item in enumerate(items):
            if time.monotonic() - said_at >= EVERY:
                said_at = time.monotonic()
                self.say(f"{self.what}: {done} dari {len(items)} berkas …")
            yield item
        self.say(f"{self.what}: {len(items)} berkas.")


@dataclass
class Metered:
    """A source that says, while it is read, how much has come."""

    say: Say
    what: str
    source: IO[bytes]
    read_bytes: int = 0
    said_at: float = field(default_factory=time.monotonic)

    def read(self, size: int) -> bytes:
        chunk = self.source.read(size)
        self.read_bytes += len(chunk)
        if time.monotonic() - self.said_at >= EVERY:
            self.said_at = time.monotonic()
            self.say(f"{self.what}: {in_words(self.read_bytes)} …")
        return chunk


def in_words(size: int) -> str:
    return filesizeformat(size).replace("\N{NO-BREAK SPACE}", " ")
