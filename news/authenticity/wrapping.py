"""What a message carries around a text: forwarding lines, greetings, addresses."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urlsplit

from news.changes.tokens import Sort, tokenise

# The head of a message that was copied out of WhatsApp: "[12/1 08.00] Nama: ",
# "12/01/22 08.00 - Nama: ".
_SENDER = re.compile(
    r"^[ \u200e\u200f]*\[?\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?,?\s{1,3}\d{1,2}[.:]\d{2}"
    r"(?:[.:]\d{2})?(?:[ \u202f]?[AaPp]\.?[Mm]\.?)?\]?\s{0,3}(?:[-–]\s{1,3})?"
    r"(?!\s)[^:\n\[\]]{1,40}:[ ]?",
    re.MULTILINE,
)
_FORWARDED = re.compile(
    r"^[ \t*_~>↪➡️⏩»]*(?:pesan\s{1,3}ini\s{1,3})?"
    r"(?:diteruskan(?:\s{1,3}(?:berkali-kali|sering))?|sering\s{1,3}diteruskan"
    r"|forwarded(?:\s{1,3}many\s{1,3}times)?|terusan)[ \t*_~.:!]*$",
    re.MULTILINE | re.IGNORECASE,
)
# Counters and buttons of the article's own page, and what it says after a link to
# another site.
_COUNTERS = re.compile(
    r"(?:\bWaktu baca \d{1,3}\s?menit[ \t]*)?\bDibaca [\d.]{1,11} kali[ \t\r]*$"
    r"|\bUnduh foto(?: \([\d.]{1,7}\s×\s[\d.]{1,7}\spiksel\)|(?=[ \t\r]*$))"
    r"|\(situs lain\)",
    re.MULTILINE,
)
# What pages put between or below the paragraphs of a text, to be read as well.
_ASIDE = re.compile(
    r"^[ \t*_~>•▪-]*(?:(?:baca|lihat|simak)[ \u00a0]juga\b"
    r"|bagian (?:ke-\d{1,3} )?dari seri\b).{0,300}$",
    re.MULTILINE | re.IGNORECASE,
)
# A struck word is written, and taken back by the writing: "~tidak~".
_STRUCK = re.compile(r"(?<![\w~])~(?=\S)([^~\n]{1,300}?)(?<=\S)~(?![\w~])")
_URL = re.compile(
    r"(?<![^\W_])(?:https?://)?(?:[\w-]{1,63}\.){1,6}[a-z]{2,24}(?::\d{1,5})?/[^\s<>\"“”]{0,2000}"
    r"|https?://[^\s<>\"“”]{1,2000}",
    re.IGNORECASE,
)
_AFTER_URL = ".,;:!?)]}'’\"”>…*_~"
_ARTICLE = re.compile(r"(/berita/\d+)(?:/.*)?")
_WORDY = re.compile(r"[a-z]\w*", re.IGNORECASE)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# A line of nothing but these greets, thanks or asks to share; it tells nothing.
GREETINGS = _set(
    """
    assalamualaikum assalamu assalaamualaikum assalamualaykum alaikum alaykum
    waalaikumsalam wassalam wassalamualaikum wr wb warahmatullahi warohmatullahi
    wabarakatuh wabarokatuh salam sejahtera selamat pagi siang sore malam sehat om
    swastiastu namo buddhaya kebajikan yth bapak ibu bpk pak bu bapak2 ibu2 dan
    saudara saudari sekalian semua semuanya rekan teman kawan sahabat warga hadirin
    mohon izin ijin share sharing berbagi info informasi sekadar sekedar
    menyampaikan meneruskan diteruskan terima kasih makasih terimakasih semoga
    bermanfaat silakan silahkan disebarkan sebarkan bagikan viralkan copas dari
    grup sebelah punten monggo halo hai hallo ya nih baca selengkapnya selanjutnya
    sumber lihat klik tautan link di sini
    """
)
# These greet even before a text on the same line.
OPENINGS = _set(
    """
    assalamualaikum assalamu assalaamualaikum assalamualaykum alaikum alaykum wr wb
    warahmatullahi warohmatullahi wabarakatuh wabarokatuh selamat pagi siang sore
    malam salam sejahtera
    """
)


# Who says these speaks for himself, and no office does.
PERSONAL = _set(
    """
    saya aku gue gua gw ane kita kamu kalian kak kakak min mimin gan sis bro guys gaes
    lur bang mas mbak tante om tolong tolonglah mohon monggo ayo yuk mari awas jangan
    waspadalah hati-hati simak cek sebar sebarin sebarkan share viralkan ya yah dong
    sih deh loh lho lo kok nih tuh wkwk wkwkwk hehe haha alhamdulillah innalillahi
    masyaallah astaghfirullah insyaallah semoga moga tetangga grup keluarga teman2
    teman-teman pencerahan pencerahannya katanya bener benarkah apakah gimana kenapa
    """
)
# A line that begins with one of these says where a text is from, or where to read on.
LABELS = _set(
    """
    sumber penulis editor foto baca lihat simak reporter kontributor pewarta oleh tag
    tags tagar kategori tautan link info dok dokumentasi gambar keterangan
    ilustrasi caption judul halaman dibaca bagian lampiran sebelumnya berikutnya
    """
)
# What pages write around a text: menus, buttons, and the name of the office.
FURNITURE = _set(
    """
    beranda home berita terkini siaran pers rilis artikel kolom opini laporan webinar
    komisi pemilihan umum kpu kabupaten kab kota provinsi prov republik indonesia ri
    humas hupmas tim resmi bagikan facebook twitter whatsapp wa telegram instagram
    tiktok youtube x salin cetak dibaca kali waktu menit terkait terpopuler terbaru
    populer cari arsip tentang kontak profil oleh admin penulis editor foto dok gambar
    kategori tag tags menu unduh penting pengumuman wib wita wit pukul diperbarui
    pdf kb mb tayang terbit ikuti kami kanal saluran situs laman website update
    breaking news
    """
)


@dataclass(frozen=True)
class Link:
    """An address as it is written, and where it stands in the text."""

    text: str
    start: int
    end: int

    @property
    def place(self) -> str:
        return place(self.text)


def links(text: str) -> tuple[Link, ...]:
    """Return the addresses of pages in `text`, in order; only the first thousand."""
    found: list[Link] = []
    for match in _URL.finditer(text):
        address = match[0].rstrip(_AFTER_URL)
        found.append(Link(address, match.start(), match.start() + len(address)))
        if len(found) == 1000:
            break
    return tuple(found)


def place(address: str) -> str:
    """Return what two addresses of one article have in common: host and number.

    Scheme, "www.", slug, query and fragment make no other article.
    """
    full = address if "://" in address else f"https://{address}"
    try:
        parts = urlsplit(full.casefold())
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address
    article = _ARTICLE.fullmatch(parts.path.rstrip("/"))
    return host + (article[1] if article else parts.path.rstrip("/"))


def decision_numbers(text: str) -> tuple[str, ...]:
    """Return the decision numbers of `text`, as "542/HM.03.5-Kpt/06/KPU/VIII/2021"."""
    found = (token.text for token in tokenise(text) if token.sort is Sort.DECISION)
    return tuple(dict.fromkeys(found))


def wrappings(text: str, places: Iterable[str]) -> list[tuple[int, int]]:
    """Return where the message's own furniture stands: senders, forwarding marks,
    counters, "Baca juga", and addresses at one of `places`."""
    known = frozenset(places)
    patterns = (_SENDER, _FORWARDED, _COUNTERS, _ASIDE)
    matches = chain.from_iterable(pattern.finditer(text) for pattern in patterns)
    spans = [match.span() for match in matches if match[0].strip()]
    spans += [(one.start, one.end) for one in links(text) if one.place in known]
    return list(_apart(sorted(spans)))


def senders(text: str) -> list[str]:
    """Return who is named as the sender of a copied message, each once."""
    found = (match[0].rpartition("] ")[2] for match in _SENDER.finditer(text))
    names = (name.strip(" :").rpartition(" - ")[2] for name in found)
    return list(dict.fromkeys(names))


def asides(text: str) -> list[str]:
    """Return the lines that lead to other texts: "Baca juga: …"."""
    return [match[0].strip() for match in _ASIDE.finditer(text)]


def struck(text: str) -> list[str]:
    """Return the words that are struck out within a line that goes on."""
    lines = (line.strip() for line in text.splitlines())
    return [
        match[1]
        for line in lines
        for match in _STRUCK.finditer(line)
        if any(map(str.isalnum, line[: match.start()] + line[match.end() :]))
    ]


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in spans:
        if start >= at:
            yield start, end
            at = end
