"""Cek Keaslian: answer whoever asks where a text, a link or a number is from.

Nothing that is asked is kept, logged or passed on. `news.authenticity` compares; here
is what the public is told of it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote

from django.conf import settings

from news import addresses, authenticity, finding, origins, search
from news.authenticity import Kind, Link, Mark, Verdict
from news.changes import Change
from news.models import Edition, SearchTerm
from news.models.shown import moment_text
from news.origins import Origin
from news.presenting import invitation

# Of many sources, links and found articles no more than these are told.
SOURCES = 3
LINKS = 5
FOUND = 3
# A word of fewer letters finds nothing by itself; so many of the longest are tried.
SHORTEST = 4
WORDS_TRIED = (6, 4, 3, 2, 1)

SAID = {
    Kind.SAME: "Teks ini sama, kata demi kata, dengan naskah yang kami terbitkan.",
    Kind.EXCERPT: (
        "Setiap kata kutipan ini ada dalam naskah kami, dengan urutan yang sama. "
        "Naskahnya lebih panjang; baca selengkapnya sebelum meneruskan."
    ),
    Kind.ALTERED: (
        "Teks ini mirip naskah kami, tetapi tidak sama: ada yang diubah, ditambah, "
        "atau dihilangkan."
    ),
    Kind.MIXED: (
        "Teks ini menyatukan bagian dari beberapa naskah kami. Kata-katanya dari kami, "
        "tetapi tidak sebagai satu naskah; baca masing-masing selengkapnya."
    ),
    Kind.NOT_FOUND: (
        "Kami tidak menemukan teks ini dalam naskah yang pernah kami terbitkan. Itu "
        "bukan berarti palsu: keterangan resmi dapat juga disampaikan dengan cara lain."
    ),
    Kind.TOO_SHORT: (
        "Teks ini terlalu pendek untuk dibandingkan. Tempelkan sedikitnya satu kalimat "
        "yang utuh, atau seluruh pesannya."
    ),
}
# A name for the sentence that goes to a group: of what, and of which text.
_TO_GROUP = {
    Kind.SAME: "Teks yang beredar sama dengan naskah resmi",
    Kind.EXCERPT: "Teks yang beredar adalah kutipan utuh sebagian naskah resmi",
    Kind.ALTERED: "Teks yang beredar berbeda dari naskah resmi",
    Kind.MIXED: "Teks yang beredar menyatukan bagian dari beberapa naskah resmi",
}


@dataclass(frozen=True)
class Address:
    """A link in what was pasted: an article of ours, another page, or not ours."""

    text: str
    is_ours: bool
    edition: Edition | None = None

    @property
    def withdrawn_text(self) -> str:
        gone = self.edition and self.edition.withdrawn_at
        return moment_text(gone) if gone else ""


@dataclass(frozen=True)
class Answer:
    """What the page shows.

    changes, marks   empty where a source was withdrawn: they would repeat its words
    found            articles that may be what is looked for, when no source is certain
    """

    verdict: Verdict
    sources: tuple[Origin, ...]
    more_sources: int
    changes: tuple[Change, ...]
    marks: tuple[Mark, ...]
    addresses: tuple[Address, ...]
    found: tuple[Edition, ...]

    @property
    def kind(self) -> Kind:
        return self.verdict.kind

    @property
    def name(self) -> str:
        """The verdict's name for style and tests: same, excerpt, altered …"""
        return self.kind.name.lower().replace("_", "-")

    @property
    def said(self) -> str:
        return SAID[self.kind]

    @property
    def is_open(self) -> bool:
        """Whether nothing was decided, so that the page must say how to go on."""
        return self.kind in (Kind.NOT_FOUND, Kind.TOO_SHORT)

    @property
    def is_withheld(self) -> bool:
        return any(origin.withdrawal for origin in self.sources)

    @property
    def for_group(self) -> str:
        """What to send to the group that the text came from: never the text itself."""
        lines = [f"Cek Keaslian {settings.OFFICE['name']}: {self.kind}."]
        if self.kind in _TO_GROUP:
            lines += [f"{_TO_GROUP[self.kind]}:", *map(_named, self.sources)]
        elif self.kind is Kind.NOT_FOUND:
            lines.append(
                "Teks yang beredar tidak kami temukan dalam naskah terbitan kami. Itu "
                "bukan berarti palsu."
            )
        else:
            return ""
        return "\n".join([*lines, "", invitation()])

    @property
    def whatsapp_url(self) -> str:
        return "https://wa.me/?text=" + quote(self.for_group)


def _named(origin):
    """Return a source as it is named in a message."""
    what = f"“{origin.title}”, {origin.published_text}"
    if origin.withdrawal:
        what += (
            f". Naskah ini sudah ditarik pada {origin.withdrawn_text}. "
            f"Alasan: {origin.withdrawal.note}"
        )
    elif origin.replaced_text:
        what += f". Naskah lama, {origin.replaced_text}"
    elif origin.is_opinion and not origin.is_reply:
        what += ". Kolom opini: pandangan penulisnya"
    if origin.is_reply and not origin.withdrawal:
        what += f". Hak jawab: pernyataan {origin.replier}"
    return f"{what}\n{origin.address}"


def check(pasted: str) -> Answer:
    """Return the answer to a pasted text; takes any, and never fails."""
    # The line that our own messages end with is no part of what they quote.
    text = pasted.replace(invitation(), "")[: authenticity.LONGEST + 1]
    links = _addresses(authenticity.links(text)[:LINKS])
    linked = {one.edition.pk for one in links if one.edition}
    candidates = origins.likely(authenticity.prepare(text), linked)
    verdict = authenticity.check(text, [one.as_version() for one in candidates])
    sources = _sources(verdict)
    withheld = any(origin.withdrawal for origin in sources)
    answer = Answer(
        verdict=verdict,
        sources=sources[:SOURCES],
        more_sources=len(sources[SOURCES:]),
        changes=() if withheld else verdict.changes,
        marks=() if withheld else tuple(map(_in_brackets, verdict.marks)),
        addresses=links,
        found=(),
    )
    if not answer.is_open:
        return answer
    return replace(answer, found=_found(text, {one.edition.pk for one in sources}))


def _in_brackets(mark):
    """Return a mark that fits into brackets: with no line end between its words."""
    if mark.kind not in ("baru", "dihapus"):
        return mark
    words = " ".join(mark.text.split())
    return replace(mark, text=mark.leading + words + mark.trailing)


def _sources(verdict):
    """Return the versions of a verdict, of each article the one named first.

    They are in the order of the candidates where several explain a text equally well.
    """
    by_article = {}
    for source in verdict.sources:
        origin = source.version.key
        by_article.setdefault(origin.edition.pk, origin)
    return tuple(by_article.values())


def _addresses(links: Iterable[Link]) -> tuple[Address, ...]:
    named = {link.text: addresses.number_in(link.text) for link in links}
    numbers = {number for number in named.values() if number}
    editions = Edition.objects.due().filter(pk__in=numbers, erased_at=None)
    known = editions.only("title", "slug", "withdrawn_at").in_bulk() if numbers else {}
    return tuple(
        Address(text, addresses.is_ours(text), known.get(number))
        for text, number in named.items()
    )


def _found(text, apart):
    """Return articles to look at where the text itself decided nothing.

    Those with a decision number of it, or with its longest words that any article has:
    fewer and fewer words until something is found.
    """
    queries = [f'"{number}"' for number in authenticity.decision_numbers(text)[:2]]
    words = _telling_words(text)
    queries += [" ".join(words[:count]) for count in WORDS_TRIED if words[:count]]
    for query in dict.fromkeys(queries):
        keys = finding.newest(search.parse(query), finding.Within())
        keys = [key for key in keys if key not in apart][:FOUND]
        if keys:
            rows = Edition.objects.for_list().filter(pk__in=keys)
            return tuple(sorted(rows, key=lambda edition: keys.index(edition.pk)))
    return ()


def _telling_words(text):
    """Return the words of a text that published ones have too, the longest first."""
    typed = {word for word in search.words(text) if len(word) >= SHORTEST}
    known = SearchTerm.objects.filter(term__in=typed).values_list("term", flat=True)
    return sorted(known, key=lambda word: (-len(word), word))
