"""The one way in for a picture: checked, decoded whole, and written anew by us."""

import hashlib
import io
import re
import warnings

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models.functions import Now
from PIL import Image, ImageCms, ImageOps

from accounts.roles import is_humas
from news import files, renditions, sharing
from news.models import Article, Photo, Revision
from news.picturing import (
    BOUNDED_WIDTH,
    THUMBNAIL_WIDTH,
    bounded_name,
    thumbnail_name,
)

MAX_BYTES = 10 * 2**20
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# What a newspaper can print over half a page; the longer side.
LONGEST_SIDE = 3000
QUALITY = 82
FOLDER = "foto"
SUFFIXES = ("jpg", "png")
_SHOWN = re.compile(r' src="/media/foto/([0-9a-f]{64})')
UNDESCRIBED = "Foto tanpa keterangan"

_TOO_MANY_PIXELS = "Foto ini lebih dari 40 megapiksel. Perkecil dahulu."
_REFUSED = (
    "Berkas ini bukan foto yang dapat dibaca. Kirim foto JPEG, PNG, WebP, atau GIF; "
    "bila dari iPhone (HEIC), simpan dahulu sebagai JPEG."
)


def store(upload, by, description="") -> Photo:
    """Return the library's photo for an uploaded file, adding it when it is new.

    Raises ValidationError, with a sentence for the person, for anything that is not a
    whole picture within bounds. Nothing of the file's name or metadata is kept.
    """
    if not is_humas(by):
        raise PermissionDenied("Hanya Humas yang dapat mengunggah foto.")
    if upload.size > MAX_BYTES:
        raise ValidationError(
            "Foto ini lebih dari 10 MB. Perkecil dahulu, lalu kirim lagi.",
            code="too_large",
        )
    picture = _decode(upload)
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    content, suffix = _encode(picture, picture.width)
    digest = hashlib.sha256(content).hexdigest()
    name = f"{FOLDER}/{digest}.{suffix}"
    with transaction.atomic():
        files.hold(f"{FOLDER}/{digest}")
        # Sent again is as good as new: its time until it is swept begins anew.
        if not Photo.objects.filter(digest=digest).update(uploaded_at=Now()):
            _write(picture, name, content)
            photo = Photo.objects.create(
                digest=digest,
                file=name,
                description=description or UNDESCRIBED,
                uploaded_by=by,
            )
            renditions.request(photo)
        return Photo.objects.get(digest=digest)


def refocus(photo: Photo) -> None:
    """Have everything cut anew that was cut about a photo's former focal point."""
    renditions.request(photo)
    sharing.refresh_of(photo)


def _write(picture, name, content):
    files.keep(name, content)
    # What pages show until `news.renditions` has made its own.
    if bounded_name(name, picture.width) != name:
        files.keep(
            bounded_name(name, picture.width), _encode(picture, BOUNDED_WIDTH)[0]
        )
    files.keep(thumbnail_name(name), _encode(picture, THUMBNAIL_WIDTH)[0])


def is_used(digest: str) -> bool:
    """Tell whether any text, public or not, shows the photo, or links to it."""
    return (
        Revision.objects.filter(files__contains=[digest]).exists()
        or Article.objects.filter(body__contains=f"foto/{digest}").exists()
        or Article.objects.filter(cover__digest=digest).exists()
    )


def gone(body: str) -> frozenset[str]:
    """Return the digests of the pictures that a body shows and the library lacks."""
    shown = frozenset(_SHOWN.findall(body))
    there = Photo.objects.filter(digest__in=shown).values_list("digest", flat=True)
    return shown.difference(there)


def remove(name: str) -> bool:
    """Delete a picture's file and all its copies, given the name of any of them.

    The photo's row must be gone: one that somebody sent again meanwhile is kept, and
    the answer is False.
    """
    digest = digest_in(name)
    with transaction.atomic():
        files.hold(f"{FOLDER}/{digest}")
        if Photo.objects.filter(digest=digest).exists():
            return False
        for each in files_of(digest):
            default_storage.delete(each)
        for folder in _walk(f"{FOLDER}/{digest}")[1]:
            default_storage.delete(folder)
    return True


def files_of(digest: str) -> list[str]:
    """Return the names of all files that are stored of a picture."""
    beside = []
    for suffix in SUFFIXES:
        main = f"{FOLDER}/{digest}.{suffix}"
        beside += [main, thumbnail_name(main), bounded_name(main, LONGEST_SIDE)]
    return [*filter(default_storage.exists, beside), *_walk(f"{FOLDER}/{digest}")[0]]


def main_name(name: str) -> str:
    """Return the name of the file that a picture's copy was made from."""
    return f"{FOLDER}/{digest_in(name)}.{name.rpartition('.')[2]}"


def digest_in(name: str) -> str:
    return name.removeprefix(f"{FOLDER}/")[:64]


def _walk(folder):
    """Return the files below a folder and the folders, the innermost first."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return [], []
    found, emptied = [f"{folder}/{name}" for name in names], []
    for each in folders:
        inner, below = _walk(f"{folder}/{each}")
        found += inner
        emptied += below
    return found, [*emptied, folder]


def _decode(upload):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(upload, formats=FORMATS) as source:
                if source.width * source.height > MAX_PIXELS:
                    raise ValidationError(_TOO_MANY_PIXELS, code="too_many_pixels")
                source.load()
                return _in_srgb(ImageOps.exif_transpose(source))
    except ValidationError:
        raise
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValidationError(_TOO_MANY_PIXELS, code="too_many_pixels") from error
    # Decoders of hostile files raise far more than their documentation lists.
    except Exception as error:
        raise ValidationError(_REFUSED, code="not_a_picture") from error


def _in_srgb(picture):
    profile = picture.info.get("icc_profile")
    if picture.mode.startswith("I"):
        # Sixteen bits a pixel; convert() would cut the brighter half off.
        picture = picture.point(lambda value: value / 256).convert("L")
    if picture.mode not in {"RGB", "RGBA"}:
        transparent = "A" in picture.getbands() or "transparency" in picture.info
        picture = picture.convert("RGBA" if transparent else "RGB")
    elif profile:
        picture = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
        )
    if picture.mode == "RGBA" and picture.getextrema()[3][0] == 255:
        return picture.convert("RGB")
    return picture


def _encode(picture, width):
    """Return a picture's bytes at most so wide, without metadata, and their suffix."""
    if picture.width > width:
        height = max(1, round(picture.height * width / picture.width))
        picture = picture.resize((width, height), Image.Resampling.LANCZOS)
    else:
        picture = picture.copy()
    picture.info = {}
    output = io.BytesIO()
    if picture.mode == "RGBA":
        picture.save(output, "PNG", optimize=True)
        return output.getvalue(), "png"
    picture.save(output, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return output.getvalue(), "jpg"
