"""How a page shows a photo: its copies, and the markup that offers them.

Pure: names, widths and HTML from a few facts, without files or rows. `news.renditions`
makes the copies that are named here.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from django.core.files.storage import default_storage
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from pictures.utils import source_set

# Made when a photo is stored: the one for small places, the other to be on the safe
# side until there are better copies.
THUMBNAIL_WIDTH = 640
BOUNDED_WIDTH = 1600

# Changed whenever other widths, formats or names are wanted: then all are made anew.
SPECIFICATION = "1"
# The best first: a browser takes the first format that it can read.
TYPES = ("avif", "webp", "jpeg")
# A phone of 360 px shows up to 1,080 dots across; the article's column is 672 px wide.
WIDEST, STEPS = 1440, 6
# For all but the first picture of a page, which is in view when it opens.
LAZY = {"loading": "lazy", "decoding": "async"}
# The widest copy that the places of a list offer.
LIST_WIDEST = 720
# Covers are shown in this shape everywhere; body pictures whole.
COVER = Fraction(3, 2)


def thumbnail_name(name: str) -> str:
    """Return the name of the small copy that stands beside a photo's file."""
    return _beside(name, THUMBNAIL_WIDTH)


def bounded_name(name: str, width: int) -> str:
    """Return the name of what a page shows of a file so wide, all of it or a copy."""
    return _beside(name, BOUNDED_WIDTH) if width > BOUNDED_WIDTH else name


def _beside(name: str, width: int) -> str:
    stem, _, suffix = name.rpartition(".")
    return f"{stem}-{width}.{suffix}"


def rendered_key(focal_x: int, focal_y: int) -> str:
    """Return what `Photo.rendered` holds once a focal point's copies all exist."""
    return f"{SPECIFICATION}/{focal_x}-{focal_y}"


def widths(width: int, height: int, ratio: Fraction | None) -> list[int]:
    """Return how wide the copies of a photo are, in pixels; none exceeds the photo."""
    found = source_set((width, height), ratio=ratio, max_width=WIDEST, cols=STEPS)
    return sorted(found)


def copy_name(
    file: str, kind: str, width: int, ratio: Fraction | None, focus: str
) -> str:
    """Return a copy's name; a crop's carries its focal point, so never changes."""
    folder = file.rpartition(".")[0]
    if ratio:
        folder += f"/{ratio.numerator}x{ratio.denominator}-{focus}"
    return f"{folder}/{width}w.{kind}"


@dataclass(frozen=True)
class Picture:
    """The facts of a photo's file that a page needs.

    `rendered` is the photo's own, or empty where nothing is known: then the page shows
    the bounded original, which always exists.
    """

    file: str
    width: int
    height: int
    rendered: str = ""

    @property
    def focus(self) -> str:
        """Return the focal point of the copies, such as "50-35"; empty without any."""
        specification, _, focus = self.rendered.partition("/")
        return focus if specification == SPECIFICATION else ""

    @property
    def bounded_url(self) -> str:
        return default_storage.url(bounded_name(self.file, self.width))

    @property
    def thumb_url(self) -> str:
        return default_storage.url(thumbnail_name(self.file))

    def copies(self, kind: str, ratio: Fraction | None, widest: int) -> dict[int, str]:
        """Return the addresses of the copies in a format, by width, narrowest first."""
        if not self.focus:
            return {}
        return {
            width: default_storage.url(
                copy_name(self.file, kind, width, ratio, self.focus)
            )
            for width in widths(self.width, self.height, ratio)
            if width <= widest
        }

    def originals(self, widest: int) -> dict[int, str]:
        """Return the copies that exist as soon as the photo is stored, by width."""
        small = {min(THUMBNAIL_WIDTH, self.width): self.thumb_url}
        if widest <= LIST_WIDEST:
            return small
        return small | {min(BOUNDED_WIDTH, self.width): self.bounded_url}


def markup(
    picture: Picture,
    *,
    sizes: str,
    alt: str = "",
    ratio: Fraction | None = None,
    widest: int = WIDEST,
    attributes: dict[str, str] | None = None,
) -> SafeString:
    """Return a `<picture>` that offers every copy up to `widest` pixels.

    `sizes` is the width of its place in the layout, as HTML has it; `attributes` go to
    the image, such as how it is loaded. Width and height are always said, so that
    nothing on the page moves when the image comes.
    """
    fallback = picture.copies("jpeg", ratio, widest) or picture.originals(widest)
    return format_html(
        "<picture>{}<img{}></picture>",
        format_html_join(
            "",
            '<source type="image/{}" srcset="{}" sizes="{}">',
            _sources(picture, ratio, widest, sizes),
        ),
        format_html_join(
            "", ' {}="{}"', _image(picture, fallback, sizes, alt, ratio, attributes)
        ),
    )


def _sources(picture, ratio, widest, sizes) -> Iterator[tuple[str, str, str]]:
    for kind in TYPES[:-1]:
        if copies := picture.copies(kind, ratio, widest):
            yield kind, _srcset(copies), sizes


def _image(picture, fallback, sizes, alt, ratio, attributes):
    width = max(fallback)
    shape = ratio or Fraction(picture.width, picture.height)
    yield "src", fallback[width]
    # One who reads neither newer format gets a single size in the places of a list.
    if len(fallback) > 1 and width > LIST_WIDEST:
        yield "srcset", _srcset(fallback)
        yield "sizes", sizes
    yield "width", width
    yield "height", max(1, int(width / shape))
    yield "alt", alt
    yield from (attributes or {}).items()


def _srcset(copies: dict[int, str]) -> str:
    return ", ".join(f"{address} {width}w" for width, address in copies.items())
