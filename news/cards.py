"""The picture that a shared link shows: a photo or a title over the office's band.

Pure functions on pictures and text; `news.sharing` says what a card shows, and keeps
it. Colours are those of `static/css/tokens.css`, in its light scheme.
"""

import functools
import io
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

SIZE = WIDTH, HEIGHT = 1200, 630
# WhatsApp shows no large picture beyond some 300 kB.
MOST_BYTES = 200_000

PAPER, INK, MUTED, RED = "#ffffff", "#1f1b18", "#5a534d", "#8b1a1e"

BAND = 92
RULE = 8
SCENE = WIDTH, HEIGHT - BAND - RULE
MARGIN = 64
MARK = 56

# The largest in which the title fits is taken.
TITLE_SIZES = (92, 84, 76, 70, 64, 58, 54, 50, 46)
LEADING = 1.17
KICKER = 34
GAP = 22
OFFICE_SIZES = (36, 32, 28, 26)
ELLIPSIS = "…"

_FONTS = Path(__file__).parent / "fonts"
_MARK = Path(__file__).parent.parent / "static/img/apple-touch-icon.png"
# What the two subsets of Noto Sans hold; OFL.txt beside them says so.
_RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x2BB, 0x2BD), (0x1E00, 0x1EFF)),
    *((0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026)),
    *((0x2030, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x20AC, 0x20AC)),
    *((0x2116, 0x2116), (0x2122, 0x2122)),
)


@dataclass(frozen=True)
class Words:
    """What a card says: the title, what kind of text it is, and whose site it is on."""

    title: str
    kicker: str
    office: str


def of_photo(photo: Image.Image, focal: tuple[int, int], words: Words) -> Image.Image:
    """Return a card with a photo cut about its focal point, given in hundredths."""
    card = _with_band(words.office, words.kicker)
    card.paste(_cut(_on_paper(photo), focal), (0, 0))
    return card


def of_title(words: Words) -> Image.Image:
    """Return a card with the title in type, as large as it fits."""
    card = _with_band(words.office, "")
    draw = ImageDraw.Draw(card)
    area = SCENE[1] - MARGIN - KICKER - GAP - MARGIN // 2
    size, lines = _fitted(legible(words.title), area)
    leading = round(size * LEADING)
    block = KICKER + GAP + leading * len(lines)
    top = max(MARGIN - 8, (SCENE[1] - block) // 2)
    draw.text(
        (MARGIN, top), legible(words.kicker), RED, _font("Bold", KICKER), anchor="la"
    )
    baseline = top + KICKER + GAP + size
    for line in lines:
        draw.text((MARGIN, baseline), line, INK, _font("Bold", size), anchor="ls")
        baseline += leading
    return card


def encode(card: Image.Image, comment: bytes = b"") -> bytes:
    """Return a card as a JPEG, as fine as its bound of bytes allows."""
    for quality in (88, 82, 74, 66, 56, 46, 36, 24):
        output = io.BytesIO()
        card.save(
            output,
            "JPEG",
            quality=quality,
            optimize=True,
            progressive=True,
            comment=comment,
        )
        if output.tell() <= MOST_BYTES:
            break
    return output.getvalue()


def legible(text: str) -> str:
    """Return a text in the characters that our type has, or nothing.

    Styled letters become plain ones; signs that it lacks, such as emoji, are left out.
    A text with letters or sums that it lacks is left out whole, never mutilated.
    """
    found = []
    for char in unicodedata.normalize("NFC", text.replace("\N{MINUS SIGN}", "–")):
        plain = unicodedata.normalize("NFKC", char)
        if _has(char):
            found.append(char)
        elif all(map(_has, plain)):
            found.append(plain)
        elif unicodedata.category(char).startswith(("L", "N", "Sm")):
            return ""
    return " ".join("".join(found).split())


def _has(char):
    return any(first <= ord(char) <= last for first, last in _RANGES)


@functools.cache
def _font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(_FONTS / f"NotoSans-{weight}.ttf", size)


@functools.cache
def _mark() -> Image.Image:
    with Image.open(_MARK, formats=["PNG"]) as icon:
        return _on_paper(icon).resize((MARK, MARK), Image.Resampling.LANCZOS)


def _on_paper(picture):
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    paper = Image.new("RGB", picture.size, PAPER)
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _cut(picture, focal):
    """Return the part of a picture that fills the scene, nearest to the focal point."""
    scale = max(SCENE[0] / picture.width, SCENE[1] / picture.height)
    box = []
    for whole, wanted, hundredths in zip(picture.size, SCENE, focal, strict=True):
        part = min(whole, wanted / scale)
        start = whole * hundredths / 100 - part / 2
        box.append((min(max(0, start), whole - part), part))
    (left, width), (top, height) = box
    return picture.resize(
        SCENE, Image.Resampling.LANCZOS, box=(left, top, left + width, top + height)
    )


def _with_band(office, kicker):
    """Return an empty card over the band: the mark, the office, and a word at right."""
    card = Image.new("RGB", SIZE, PAPER)
    draw = ImageDraw.Draw(card)
    draw.rectangle((0, SCENE[1], WIDTH, SCENE[1] + RULE - 1), RED)
    middle = HEIGHT - BAND // 2
    card.paste(_mark(), (MARGIN, middle - MARK // 2))
    left, right = MARGIN + MARK + 20, WIDTH - MARGIN
    kicker = legible(kicker)
    if kicker:
        type_ = _font("Regular", 30)
        draw.text((right, middle), kicker, MUTED, type_, anchor="rm")
        right -= round(type_.getlength(kicker)) + 32
    size, line = _on_one_line(legible(office), right - left)
    draw.text((left, middle), line, INK, _font("Bold", size), anchor="lm")
    return card


def _on_one_line(text, width):
    for size in OFFICE_SIZES:
        if _font("Bold", size).getlength(text) <= width:
            return size, text
    return size, _clipped(text, width, _font("Bold", size).getlength)


def _fitted(title: str, height: int) -> tuple[int, list[str]]:
    """Return the size of type and the lines of a title that fit into the height."""
    width = WIDTH - 2 * MARGIN
    for size in TITLE_SIZES:
        length = _font("Bold", size).getlength
        if all(length(word) <= width for word in title.split()):
            lines = _wrapped(title.split(), width, length)
            if len(lines) * size * LEADING <= height:
                return size, _balanced(title.split(), width, length)
    lines = _wrapped(_broken(title, width, length), width, length)
    most = int(height / (size * LEADING))
    if len(lines) > most:
        last = " ".join(lines[most - 1 :])
        lines = [*lines[: most - 1], _clipped(last, width, length)]
    return size, lines


def _wrapped(words, width, length: Callable[[str], float]) -> list[str]:
    lines = []
    for word in words:
        if lines and length(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _balanced(words, width, length):
    """Return as many lines as the width needs, of as equal a length as words allow."""
    lines = _wrapped(words, width, length)
    low, high = max(map(length, words), default=0), width
    while high - low > 8:
        middle = (low + high) / 2
        narrower = _wrapped(words, middle, length)
        if len(narrower) == len(lines):
            high = middle
        else:
            low = middle
    return _wrapped(words, high, length)


def _broken(title, width, length):
    """Yield the words, and of one that is wider than a line its parts."""
    for word in title.split():
        part = ""
        for char in word:
            if part and length(part + char) > width:
                yield part
                part = ""
            part += char
        yield part


def _clipped(text, width, length):
    """Return as much of a text as fits, whole words if it can, and an ellipsis."""
    if length(text) <= width:
        return text
    kept = text
    while kept and length(kept + ELLIPSIS) > width:
        kept = kept[:-1]
    whole = kept.rpartition(" ")[0] or kept
    return whole.rstrip(" ,.:;–-") + ELLIPSIS
