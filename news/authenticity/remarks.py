"""What else a reader should know of a text, in Indonesian sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from news.authenticity.altering import Region
from news.authenticity.edges import Reading
from news.authenticity.texts import LONGEST, Prepared, prepare
from news.authenticity.verdict import Kind, Verdict
from news.authenticity.wrapping import place, senders, struck
from news.changes import Change, Critical, critical_changes, wording
from news.importing import dates

_MOST = 5
_VERSION = re.compile(r"\?v=[1-9][0-9]{0,3}$")


def of_text(pasted: Prepared) -> tuple[str, ...]:
    """Return what can be told without any source."""
    return (*_disguise(pasted), *_calendar(pasted.text), *_senders(pasted.text))


def _senders(text: str) -> Iterator[str]:
    names = senders(text)
    if names:
        listed = ", ".join(map(wording.quoted, names[:_MOST]))
        yield f"Nama pengirim pesan tidak ikut dibandingkan: {listed}."


def struck_out(pasted: Prepared) -> list[Change]:
    """Return the struck words that matter: what WhatsApp shows with a line through."""
    found: list[Change] = []
    for text in struck(pasted.text)[:_MOST]:
        said = critical_changes(f"Ini {text} itu.", "Ini itu.")
        grave = [one.critical for one in said if one.critical is not Critical.NAME]
        if grave:
            sentence = f"Kata {wording.quoted(text)} dicoret."
            found.append(Change("body", text, "", grave[0], sentence))
    return found


def _disguise(pasted: Prepared) -> Iterator[str]:
    words = list(dict.fromkeys(pasted.disguised))
    if words:
        listed = ", ".join(f"“{word}”" for word in words[:_MOST])
        more = f", dan {len(words) - _MOST} kata lain" if len(words) > _MOST else ""
        yield f"Teks ini memakai huruf tiruan, pada {listed}{more}."
    if pasted.hides:
        yield "Teks ini memuat karakter tersembunyi."


def _calendar(text: str) -> Iterator[str]:
    """Yield for each date with a year that its weekday is another, if it is."""
    said: set[str] = set()
    for written, _, _ in dates.dates_in(text):
        day = written.on(written.year) if written.year else None
        if day is None or written.fits(day) or written.text in said:
            continue
        said.add(written.text)
        if len(said) <= _MOST:
            yield (
                f"Hari dan tanggal tidak cocok: “{wording.short(written.text)}”; "
                f"{dates.spelled(day)} adalah hari {dates.WEEKDAYS[day.weekday()]}."
            )


def of_bridges(reading: Reading) -> tuple[str, ...]:
    count = len(reading.bridges)
    if not count:
        return ()
    where = "satu tempat" if count == 1 else f"{count} tempat"
    return (f"Bagian naskah dilewati dengan tanda elipsis di {where}.",)


def seams(pasted: Prepared, found: Sequence[Region]) -> list[Change]:
    """Return for each two neighbouring regions that their texts were joined."""
    return [
        Change(
            "body",
            "",
            "",
            None,
            f"Bagian yang mulai dengan “{_beginning(pasted, right)}” berasal dari "
            f"naskah lain, {wording.quoted(right.text.version.title)}.",
        )
        for left, right in pairwise(found)
        if left.text.version is not right.text.version
    ]


def _beginning(pasted: Prepared, region: Region) -> str:
    span = region.span
    return pasted.written(span.start, min(span.start + 6, span.end))


def completed(
    pasted: Prepared, verdict: Verdict, notes: tuple[str, ...], length: int
) -> Verdict:
    """Return a verdict with the notes that hold whatever it is."""
    more = [*notes, *verdict.notes]
    if length > LONGEST:
        more.append(
            f"Hanya {LONGEST:,} huruf pertama yang diperiksa.".replace(",", ".")
        )
        if verdict.kind is Kind.SAME:
            verdict = replace(verdict, kind=Kind.EXCERPT)
    more += _outside(verdict)
    more += _addresses(pasted, verdict)
    if verdict.sources and verdict.sources[0].version.opinion:
        more.append(
            "Naskah ini kolom opini atau hak jawab: pandangan penulisnya, bukan kantor."
        )
    return replace(verdict, notes=tuple(dict.fromkeys(more)))


def _outside(verdict: Verdict) -> Iterator[str]:
    if verdict.kind is Kind.NOT_FOUND and verdict.sources:
        words = verdict.sources[0].words
        yield (
            f"Hanya {words} kata dari teks ini ada dalam naskah "
            f"{wording.quoted(verdict.sources[0].version.title)}; selebihnya tidak."
        )
    elif verdict.outside:
        listed = "; ".join(wording.quoted(text) for text in verdict.outside)
        yield f"Kata lain di luar kutipan, bukan dari kami: {listed}."


def _addresses(pasted: Prepared, verdict: Verdict) -> Iterator[str]:
    """Yield that an address leads elsewhere than to the source."""
    addresses = [one.version.address for one in verdict.sources if one.version.address]
    known = {place(address): address for address in addresses}
    body = "\n".join(part.text for one in verdict.sources for part in one.version.parts)
    for link in pasted.links[:_MOST]:
        address = known.get(link.place)
        if address is None and link.text not in body:
            yield f"Alamat {wording.quoted(link.text)} bukan alamat naskah itu."
        elif address and not _spells_the_same(link.text, address):
            yield (
                f"Alamat {wording.quoted(link.text)} menuju naskah itu, tetapi ditulis "
                "lain dari alamat resminya."
            )


def _spells_the_same(link: str, address: str) -> bool:
    """Whether an address has no words that the official one lacks.

    The version that a shared address names is none of them.
    """
    named = _VERSION.sub("", link)
    return set(prepare(named).words) <= {
        "https",
        "http",
        "www",
        *prepare(address).words,
    }
