"""What a comparison answers with."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Kind = Literal["sama", "dihapus", "baru"]


class Critical(StrEnum):
    """Why a change matters; where one has several reasons, the first here is given."""

    NEGATION = "penyangkalan"
    NUMBER = "angka"
    DATE = "tanggal"
    WEEKDAY = "hari"
    DECISION = "nomor keputusan"
    NAME = "nama"
    OFFICE = "jabatan"
    ADDRESS = "alamat"
    PICTURE = "gambar"
    ATTACHMENT = "lampiran"
    REPLY = "hak jawab"
    QUALIFIER = "kata pembatas"
    LOOKALIKE = "huruf tiruan"


@dataclass(frozen=True)
class Segment:
    """A stretch of text that is in both texts, in the older alone or in the newer."""

    kind: Kind
    text: str

    @property
    def core(self) -> str:
        """The text without the spaces around it, which stay outside the brackets."""
        return self.text.strip()

    @property
    def leading(self) -> str:
        return self.text[: len(self.text) - len(self.text.lstrip())]

    @property
    def trailing(self) -> str:
        return self.text[len(self.text.rstrip()) :] if self.core else ""


@dataclass(frozen=True)
class Change:
    """One difference; `sentence` says it in words, `typo` whether it may be a slip."""

    field: str
    before: str
    after: str
    critical: Critical | None
    sentence: str
    typo: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, heading, list item or cell of the body, or another field."""

    field: str
    label: str
    segments: tuple[Segment, ...]

    @property
    def changed(self) -> bool:
        return any(segment.kind != "sama" for segment in self.segments)


@dataclass(frozen=True)
class Comparison:
    changes: tuple[Change, ...]
    blocks: tuple[Block, ...]

    @property
    def critical(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.critical)

    @property
    def unchanged(self) -> bool:
        return not self.changes
