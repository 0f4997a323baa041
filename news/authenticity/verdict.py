"""What a check answers with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from news.authenticity.texts import Version
from news.changes import Change, Segment


class Kind(StrEnum):
    """The six answers; none of them says that a text is true, or that it is not."""

    SAME = "Sama dengan naskah terbit"
    EXCERPT = "Kutipan utuh, sebagian"
    ALTERED = "Diubah"
    MIXED = "Gabungan beberapa naskah"
    NOT_FOUND = "Tidak ditemukan"
    TOO_SHORT = "Terlalu pendek"


@dataclass(frozen=True)
class Source:
    """A version that the text has words from.

    words     how many of its words the pasted text has, in order
    pasted    their share of the pasted text, from 0 to 1
    version_share  their share of the version's body, title and lead left out
    """

    version: Version
    words: int
    pasted: float
    version_share: float


@dataclass(frozen=True)
class Mark(Segment):
    """A stretch of what was pasted, or of what it lacks.

    sama      stands in `source`
    baru      does not stand there
    dihapus   stands there, and not in what was pasted: the one kind not pasted
    luar      words around a quotation, which are not ours to judge
    """

    kind: Literal["sama", "baru", "dihapus", "luar"]
    source: int | None = None


@dataclass(frozen=True)
class Verdict:
    """The answer, with what it rests on.

    sources   the versions, those with the most words first
    changes   what was changed, in the order of the text; for ALTERED never empty
    marks     the pasted text in order; without "dihapus" they join to it exactly
    notes     what else a reader should know, in Indonesian sentences
    outside   the words around a quotation that are not ours, each stretch
    """

    kind: Kind
    sources: tuple[Source, ...] = ()
    changes: tuple[Change, ...] = ()
    marks: tuple[Mark, ...] = ()
    notes: tuple[str, ...] = ()
    outside: tuple[str, ...] = ()

    @property
    def critical(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.critical)
