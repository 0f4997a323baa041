"""Personal data: identity numbers stop a text; phones and private e-mail are doubted.

Law 27/2022 on personal data protection. No number of twelve digits or more is ever
repeated in full: a message is shown, mailed and logged.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from news.checks.findings import Finding, Level, excerpt, masked
from news.checks.manuscript import Manuscript, Passage, passage_of

DIGITS = 16
# The provinces' codes. Any number from 11 to 96 would take in "2022012810111213", which
# is a moment; the code of a province to come leaves a warning.
PROVINCES = frozenset(
    (
        *(*range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66)),
        *(*range(71, 77), 81, 82, *range(91, 97)),
    )
)
WOMEN = 40  # is added to a woman's day of birth

# As the card prints the number, and as offices divide it. Other divisions are met in
# dates and hours ("28-01-2022 08.00-12.00"), so they count after its name alone.
_GROUPINGS = frozenset(
    (
        *((16,), (4, 4, 4, 4), (6, 6, 4), (6, 10), (12, 4), (8, 8), (2, 2, 2, 10)),
        *((2, 2, 2, 6, 4), (6, 2, 2, 2, 4), (4, 2, 6, 4), (2, 4, 6, 4)),
        (2, 2, 2, 2, 2, 2, 4),
    )
)
_NAMED = re.compile(
    r"\b(?:e-?)?(?:nik|nkk|no\.? kk|ktp|kartu keluarga|kependudukan)\b[^0-9]{0,20}$",
    re.I,
)
_GROUP = re.compile("[0-9]+")
_RUN = re.compile(r"[0-9]+(?:[ .–-][0-9]+)*")
_MONEY = re.compile(r"\b(?:Rp|IDR)\.?\s?$", re.IGNORECASE)

_YEAR = re.compile("(?:19|20)[0-9]{2}")

# Mobile numbers alone: 0254, 021 and 0800 are an office's, and meant to be public.
_MOBILE = re.compile(
    r"(?<![0-9A-Za-z_])(?<![0-9][.,/–-])\(?(?:(?:\+62|62)\)?[ .–-]?(?:\(0\)|0)?|0)"
    r"(?P<national>8[1235789][0-9]{0,3}\)?(?:[ .–-]{0,2}[0-9]){6,11})"
    r"(?![0-9]|[.–-][0-9])"
)
_CHAT = re.compile(
    r"(?:wa\.me/|whatsapp\.com/send/?\?phone=)\+?(?P<national>[0-9]{8,15})", re.I
)
_ACCOUNT = re.compile(
    r"\b(?:rekening|rek|virtual account|va|npwp|nip|isbn|issn)\b[^0-9]{0,30}$", re.I
)

# Mail that a person takes along from office to office. Other addresses that are not
# .go.id belong to newspapers, universities and parties, and are public.
_MAIL = re.compile(
    r"@(?:(?:gmail|googlemail|yahoo|ymail|rocketmail|outlook|hotmail|live|msn|icloud"
    r"|aol|protonmail|gmx|mail|zoho|yandex)\.(?:com|co\.id|co\.uk|id|net|org|fr|ru)"
    r"|(?:proton\.me|pm\.me|me\.com|mac\.com|tutanota\.com))\b(?!\.[a-z])",
    re.IGNORECASE,
)
_BEFORE_AT = re.compile(r"[\w.+%-]{1,64}$")


def _passages(manuscript: Manuscript) -> Iterator[Passage]:
    """Return all that is shown or read out, with the addresses that call or write."""
    yield from manuscript.lines
    for alt in (picture.alt for picture in manuscript.pictures):
        yield passage_of("body", alt)
    for link in manuscript.links:
        if link.address.casefold().startswith(("mailto:", "tel:")):
            address = link.address.partition(":")[2]
            yield Passage("body", address, address)


# Sixteen digits


def _groups_of_sixteen(run: re.Match[str]) -> Iterator[Sequence[re.Match[str]]]:
    """Return each row of neighbouring groups that has sixteen digits together."""
    groups = list(_GROUP.finditer(run.string, *run.span()))
    for first in range(len(groups)):
        total = 0
        for last in range(first, len(groups)):
            total += groups[last].end() - groups[last].start()
            if total == DIGITS:
                yield groups[first : last + 1]
            if total >= DIGITS:
                break


def _is_identity(digits: str) -> bool:
    """Return whether sixteen digits are built as a NIK is.

    Province, regency, district (two digits each), day of birth (plus 40 for women),
    month, year, and a serial number from 0001; a family card's number (NKK) has the
    day of its issue there. Government regulation (PP) 37/2007, article 37.
    """
    day, month = int(digits[6:8]), int(digits[8:10])
    day -= WOMEN if day > WOMEN else 0
    try:
        date(2000, month, day)  # a leap year: which century it was cannot be told
    except ValueError:
        return False
    return (
        int(digits[:2]) in PROVINCES
        and "00" not in (digits[2:4], digits[4:6])
        and digits[12:] != "0000"
    )


def _is_other_number(text: str, groups: Sequence[re.Match[str]]) -> bool:
    """Return whether the digits are money, a row of years, or a file's name."""
    sizes = [len(group[0]) for group in groups]
    before = text[max(0, groups[0].start() - 10) : groups[0].start()]
    return (
        (len(sizes) > 1 and sizes[0] <= 3 and set(sizes[1:]) == {3})
        or all(_YEAR.fullmatch(group[0]) for group in groups)
        or bool(_MONEY.search(before))
        or before.endswith("_")
    )


def identity(manuscript: Manuscript) -> Iterator[Finding]:
    """Stop an identity number, and doubt sixteen digits that are none.

    Of the numbers that are not built so, only one that is written as a card's is
    doubted, sixteen in a row or four times four.
    """
    for passage in _passages(manuscript):
        for run in _RUN.finditer(passage.bare):
            yield from _sixteen(passage, run)


def _sixteen(passage: Passage, run: re.Match[str]) -> Iterator[Finding]:
    for groups in _groups_of_sixteen(run):
        if _is_other_number(passage.bare, groups):
            continue
        sizes = tuple(len(group[0]) for group in groups)
        start, end = groups[0].start(), groups[-1].end()
        is_alone = (start, end) == run.span()
        before = passage.bare[max(0, start - 40) : start]
        digits = "".join(group[0] for group in groups)
        place = excerpt(passage.text, start, end)
        if _is_identity(digits):
            if sizes in _GROUPINGS or (is_alone and _NAMED.search(before)):
                yield _identity_number(passage, digits, place)
        elif _is_like_a_card(sizes, is_alone) and not _is_account(passage.bare, start):
            yield _sixteen_digits(passage, place)


def _is_like_a_card(sizes: Sequence[int], is_alone: bool) -> bool:
    return sizes == (DIGITS,) or (is_alone and sizes == (4, 4, 4, 4))


def _is_account(text: str, start: int) -> bool:
    """Return whether a number is said to be an account's or another public one."""
    return bool(_ACCOUNT.search(text[max(0, start - 40) : start]))


def _identity_number(passage: Passage, digits: str, place: str) -> Finding:
    return Finding(
        "identity-number",
        Level.STOP,
        passage.field,
        f"Angka {digits[:2]}••••{digits[-2:]} di {place} tersusun seperti NIK atau "
        "nomor kartu keluarga (NKK). Hapus: UU 27/2022 melindunginya sebagai data "
        "pribadi, dan yang sudah tersebar tidak dapat ditarik kembali.",
    )


def _sixteen_digits(passage: Passage, place: str) -> Finding:
    return Finding(
        "sixteen-digits",
        Level.WARNING,
        passage.field,
        f"Ada enam belas angka di {place}. Pastikan bukan NIK atau nomor kartu "
        "keluarga (NKK) seseorang.",
    )


# Phones and e-mail


def phones(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a mobile number; a warning, for the office's own service has one too."""
    seen = set()
    for passage in _passages(manuscript):
        for found in (
            *_MOBILE.finditer(passage.bare),
            *_CHAT.finditer(passage.text),
        ):
            number = re.sub("[^0-9]", "", found["national"]).removeprefix("62")
            if number not in seen and _is_mobile(passage.bare, found):
                seen.add(number)
                yield _phone_number(passage.field, excerpt(passage.text, *found.span()))
    for link in manuscript.links:
        found = _CHAT.search(link.address)
        if found and found["national"].removeprefix("62") not in seen:
            seen.add(found["national"].removeprefix("62"))
            yield _phone_number("body", f"tautan “{masked(found[0])}”")


def _is_mobile(text: str, found: re.Match[str]) -> bool:
    """Return whether a match is divided as a phone number, and not said to be another.

    "08.15 12.30 16.45" is a timetable: in twos.
    """
    groups = re.findall("[0-9]+", found["national"])
    digits = sum(map(len, groups))
    return (
        9 <= digits <= 13
        and len(groups[0]) >= 2
        and all(len(group) >= 3 for group in groups[1:-1])
        and len(groups[-1]) >= 2
        and not _is_account(text, found.start())
    )


def _phone_number(field: str, place: str) -> Finding:
    return Finding(
        "phone-number",
        Level.WARNING,
        field,
        f"Ada nomor ponsel di {place}. Pakai nomor layanan kantor, atau pastikan "
        "pemiliknya mengizinkan nomornya dimuat.",
    )


def mail(manuscript: Manuscript) -> Iterator[Finding]:
    """Doubt a private e-mail address; some offices have no other, so a warning."""
    seen = set()
    for passage in _passages(manuscript):
        for found in _MAIL.finditer(passage.bare):
            before = passage.bare[max(0, found.start() - 64) : found.start()]
            name = _BEFORE_AT.search(before)
            if name and (address := name[0] + found[0]).casefold() not in seen:
                seen.add(address.casefold())
                yield Finding(
                    "private-mail",
                    Level.WARNING,
                    passage.field,
                    f"Alamat surel “{address}” bukan alamat .go.id. Pakai surel "
                    "kantor, atau pastikan pemiliknya mengizinkan alamatnya dimuat.",
                )
