"""The one way in for a picture: checked, decoded whole, and written anew by us."""

import hashlib
import io
import warnings

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps

from accounts.roles import is_humas
from news.models import Article, Photo, Revision
from news.models.photo import (
    BOUNDED_WIDTH,
    THUMBNAIL_WIDTH,
    bounded_name,
    file_names,
    thumbnail_name,
)

MAX_BYTES = 10 * 2**20
MAX_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
# What a newspaper can print over half a page; the longer side.
LONGEST_SIDE = 3000
QUALITY = 82
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
    existing = Photo.objects.filter(digest=digest).first()
    if existing:
        return existing
    name = f"foto/{digest}.{suffix}"
    _write(name, content)
    # What pages show until `news.renditions` has made its own.
    if bounded_name(name, picture.width) != name:
        _write(bounded_name(name, picture.width), _encode(picture, BOUNDED_WIDTH)[0])
    _write(thumbnail_name(name), _encode(picture, THUMBNAIL_WIDTH)[0])
    photo, _ = Photo.objects.get_or_create(
        digest=digest,
        defaults={
            "file": name,
            "description": description or UNDESCRIBED,
            "uploaded_by": by,
        },
    )
    return photo


def is_used(digest: str) -> bool:
    """Tell whether any text, public or not, shows the photo, or links to it."""
    return (
        Revision.objects.filter(files__contains=[digest]).exists()
        or Article.objects.filter(body__contains=f"foto/{digest}").exists()
        or Article.objects.filter(cover__digest=digest).exists()
    )


def remove(name: str) -> None:
    """Delete a photo's file, and with it every copy that was made of it."""
    for one in file_names(name):
        default_storage.delete(one)


def _write(name, content):
    # The name is the content's own digest, so a file of that name is that file.
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(content))


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
