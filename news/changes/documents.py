"""Compare two documents of `news.drafting`, field by field, in the order of a page."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from news import richtext
from news.apps import CATEGORIES
from news.changes import passages, wording
from news.changes.display import segments
from news.changes.passages import Passage
from news.changes.result import Block, Change, Comparison, Critical
from news.changes.weaving import weave, words_of
from news.importing import dates

# The document's own schema, and what is said about the change itself.
IGNORED = frozenset(("schema", "change_class", "change_note"))
TYPO_FIELDS = frozenset(("title", "lead", "body", "cover_caption"))

_BASES = {
    "tertulis": "tertulis lengkap dalam naskah",
    "tanpa-tahun": "tahunnya disimpulkan",
    "dateline": "dari dateline saja",
}
_SAID = 3

Names = Mapping[str, str]


def compare(before: dict, after: dict, names: Names | None = None) -> Comparison:
    """Return what differs between two documents, in words and as one text.

    Either may lack keys, as documents of an older schema do; a missing value is an
    empty one. `names` gives the names of categories and series by slug, as they read
    now; without it a slug is spelt out. Takes any values and never fails.
    """
    old, new = _Document(before), _Document(after)
    texts = [(field, old.passages(field), new.passages(field)) for field in _TEXTS]
    words = words_of(*(side for _, *sides in texts for side in sides))
    changes: list[Change] = []
    blocks: list[Block] = []
    for _, one, other in texts:
        found, woven = weave(one, other, words)
        changes += found
        blocks += woven
    for change, block in _values(old, new, _spelt(names)):
        changes.append(change)
        blocks += [block] if block else []
    changes += _unsaid(old, new, {change.field for change in changes})
    return Comparison(tuple(changes), tuple(blocks))


def critical_changes(before: str, after: str) -> tuple[Change, ...]:
    """Return the critical differences between two plain texts, in reading order."""
    return tuple(change for change in text_changes(before, after) if change.critical)


def text_changes(before: str, after: str) -> tuple[Change, ...]:
    """Return every difference between two plain texts, in reading order."""
    old, new = passages.of_text(before), passages.of_text(after)
    changes, _ = weave(old, new, words_of(old, new))
    return tuple(changes)


def typo_refusal(before: dict, after: dict) -> str | None:
    """Return why a change is no "salah ketik", naming what changed, or None if it is.

    A typo is a slip in title, lead, body or a caption that changes no number, date,
    name, negation or the like, and no word into another. In doubt the answer is no: a
    refused typo costs a note, an accepted one costs trust.
    """
    reasons = [
        change.sentence
        for change in compare(before, after).changes
        if change.critical or not change.typo or change.field not in TYPO_FIELDS
    ]
    if not reasons:
        return None
    rest = len(reasons) - _SAID
    more = f" Ada {rest} perubahan lain." if rest > 0 else ""
    return (
        f"Ini bukan salah ketik. {' '.join(reasons[:_SAID])}{more} "
        "Ajukan sebagai ralat atau pembaruan."
    )


class _Document:
    """A document whose values may be missing, or of another kind than they should."""

    def __init__(self, content: dict) -> None:
        cover = content.get("cover")
        cover = cover if isinstance(cover, dict) else {}
        self._content = {
            **{key: value for key, value in content.items() if key not in IGNORED},
            **{f"cover_{key}": value for key, value in cover.items()},
        }

    def raw(self, key: str):
        """Return a value as it is, with every empty one as None."""
        return self._content.get(key) or None

    def text(self, key: str) -> str:
        value = self.raw(key)
        return "" if value is None else str(value)

    def tags(self) -> list[str]:
        tags = self.raw("tags")
        return [str(tag) for tag in tags] if isinstance(tags, list | tuple) else []

    def attachments(self) -> dict[str, str]:
        """Return the names of the attachments by digest, in order."""
        rows = self.raw("attachments")
        return {
            str(row.get("sha256")): str(row.get("name"))
            for row in (rows if isinstance(rows, list | tuple) else ())
            if isinstance(row, dict)
        }

    def keys(self) -> list[str]:
        return list(self._content)

    def passages(self, field: str) -> list[Passage]:
        if field == "body":
            return passages.of_body(self.text(field))
        return passages.of_line(field, _TEXTS[field], self.text(field))


_TEXTS = {
    "title": "Judul",
    "lead": "Teras",
    "body": "",
    "cover_caption": "Keterangan foto sampul",
}


def _day(value: str) -> str:
    try:
        return dates.spelled(date.fromisoformat(value))
    except ValueError:
        return value


def _spelt(names: Names | None) -> Callable[[str], str]:
    known = {row["slug"]: row["name"] for row in CATEGORIES} | dict(names or {})
    return lambda slug: known.get(slug) or slug.replace("-", " ").title()


# Fields of one value: their name, and what makes a change of them critical.
_FIELDS = {
    "category": ("Kategori", None),
    "cover_alt": ("Teks alternatif foto sampul", None),
    "cover_credit": ("Kredit foto sampul", Critical.NAME),
    "event_date": ("Tanggal peristiwa", Critical.DATE),
    "event_date_basis": ("Dasar tanggal peristiwa", None),
    "dateline": ("Dateline", Critical.NAME),
    "byline_name": ("Penulis", Critical.NAME),
    "byline_office": ("Jabatan penulis", Critical.OFFICE),
    "credit": ("Kredit naskah", Critical.NAME),
    "source_name": ("Sumber", Critical.NAME),
    "source_date": ("Tanggal dimuat di sumber", Critical.DATE),
    "series": ("Seri", None),
    "series_part": ("Bagian seri", Critical.NUMBER),
    "reply_to": ("Naskah yang ditanggapi", Critical.REPLY),
}
# Fields of which the words decide.
_READ = frozenset(("cover_alt", "dateline"))
_UNQUOTED = frozenset(
    ("category", "event_date", "source_date", "series_part", "reply_to")
)


def _values(
    old: _Document, new: _Document, spelt: Callable[[str], str]
) -> Iterator[tuple[Change, Block | None]]:
    yield from ((change, None) for change in _cover(old, new))
    show: dict[str, Callable[[str], str]] = {
        **dict.fromkeys(("category", "series"), spelt),
        **dict.fromkeys(("event_date", "source_date"), _day),
        "event_date_basis": lambda value: _BASES.get(value, value),
        "series_part": "ke-{}".format,
        # Not its title, which is said nowhere once that article is withdrawn.
        "reply_to": "nomor {}".format,
    }
    for field in _FIELDS:
        if old.text(field) != new.text(field):
            shown = show.get(field, richtext.plain)
            sides = [shown(text) if text else "" for text in _both(old, new, field)]
            yield _value(field, *sides), _value_block(field, *sides)
    yield from ((change, None) for change in _tags(old, new))
    yield from ((change, None) for change in _attachments(old, new))


def _both(old: _Document, new: _Document, field: str) -> tuple[str, str]:
    return old.text(field), new.text(field)


def _value(field: str, before: str, after: str) -> Change:
    label, critical = _FIELDS[field]
    if field in _READ:
        critical = _within(before, after) or critical
    said = [
        text if field in _UNQUOTED else wording.quoted(text) for text in (before, after)
    ]
    if before == after:
        sentence = f"Penulisan {label.lower()} berubah."
    elif not after:
        sentence = wording.removed(label, said[0])
    elif not before:
        sentence = wording.added(label, said[1])
    else:
        sentence = wording.replaced(label, *said)
    return Change(field, before, after, critical, wording.ended(sentence))


def _value_block(field: str, before: str, after: str) -> Block:
    return Block(field, _FIELDS[field][0], segments(before, after))


def _within(before: str, after: str) -> Critical | None:
    """Return the gravest reason that the words of a value give."""
    found = {change.critical for change in critical_changes(before, after)}
    return next((critical for critical in Critical if critical in found), None)


def _cover(old: _Document, new: _Document) -> Iterator[Change]:
    before, after = (
        side.text("cover_sha256") or side.text("cover_file") for side in (old, new)
    )
    if before != after:
        way = "diganti"
        if not (before and after):
            way = "dihapus" if before else "ditambahkan"
        sentence = f"Foto sampul {way}."
        yield Change("cover", before, after, Critical.PICTURE, sentence)


def _tags(old: _Document, new: _Document) -> Iterator[Change]:
    before, after = old.tags(), new.tags()
    for tag in before:
        if tag not in after:
            sentence = wording.removed("Topik", wording.quoted(tag))
            yield Change("tags", tag, "", None, sentence)
    for tag in after:
        if tag not in before:
            sentence = wording.added("Topik", wording.quoted(tag))
            yield Change("tags", "", tag, None, sentence)


def _attachments(old: _Document, new: _Document) -> Iterator[Change]:
    """Yield what became of each; another file under the same name replaced it."""
    before, after = old.attachments(), new.attachments()
    came = {digest: name for digest, name in after.items() if digest not in before}
    for digest, name in before.items():
        said = wording.quoted(name)
        if digest not in after:
            new_one = next((one for one, its in came.items() if its == name), "")
            came.pop(new_one, None)
            sentence = wording.removed("Lampiran", said)
            if new_one:
                sentence = f"Lampiran {said} diganti."
            yield _attachment(digest, new_one, sentence)
        elif after[digest] != name:
            other = wording.quoted(after[digest])
            sentence = wording.replaced("Nama lampiran", said, other)
            yield _attachment(name, after[digest], sentence)
    for digest, name in came.items():
        sentence = wording.added("Lampiran", wording.quoted(name))
        yield _attachment("", digest, sentence)
    kept = [digest for digest in before if digest in after]
    if kept != [digest for digest in after if digest in before]:
        yield _attachment("", "", "Urutan lampiran berubah.")


def _attachment(before: str, after: str, sentence: str) -> Change:
    sentence = wording.ended(sentence)
    return Change("attachments", before, after, Critical.ATTACHMENT, sentence)


def _unsaid(old: _Document, new: _Document, said: set[str]) -> Iterator[Change]:
    """Yield what no rule above has words for, so that no difference goes unsaid."""
    cover_said = any(field.startswith("cover") for field in said)
    for field in dict.fromkeys([*old.keys(), *new.keys()]):
        if field in said or old.raw(field) == new.raw(field):
            continue
        if field.startswith("cover"):
            if not cover_said:
                cover_said = True
                sentence = "Data berkas foto sampul berubah."
                yield Change("cover", "", "", None, sentence)
        elif field == "body":
            sentence = "Susunan atau penekanan teks berubah."
            yield Change(field, "", "", None, sentence)
        elif field == "attachments":
            sentence = "Data berkas lampiran berubah."
            yield _attachment("", "", sentence)
        elif field in _TEXTS:
            sentence = f"Spasi pada {_TEXTS[field].lower()} berubah."
            yield Change(field, "", "", None, sentence, typo=True)
        else:
            yield Change(field, "", "", None, f"Isian “{field}” berubah.")
