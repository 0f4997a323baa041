import hashlib
import io
import struct
import zlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from news import images
from news.models import Photo
from news.picturing import bounded_name, thumbnail_name


def stored(photo):
    with photo.file.open() as file:
        return file.read()


def upload(content, name="foto.jpg"):
    return SimpleUploadedFile(name, content)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_a_picture_is_stored_under_the_digest_of_its_bytes(form, picture, humas):
    photo = images.store(upload(picture(form), "Rapat rahasia.exe"), humas, "Rapat")
    assert hashlib.sha256(stored(photo)).hexdigest() == photo.digest
    assert photo.file.name == f"foto/{photo.digest}.jpg"
    assert (photo.width, photo.height, photo.uploaded_by) == (1200, 800, humas)
    with (
        default_storage.open(thumbnail_name(photo.file.name)) as file,
        Image.open(file) as small,
    ):
        assert small.size == (640, 427)


def test_the_same_picture_twice_is_one_photo(picture, humas, humas_two):
    first = images.store(upload(picture()), humas)
    assert images.store(upload(picture()), humas_two) == first
    assert Photo.objects.count() == 1


def test_metadata_goes_and_orientation_stays(picture, humas):
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter
    exif[0x8825] = {1: "S", 2: (6.0, 7.0, 0.0)}  # where it was taken
    photo = images.store(upload(picture(exif=exif)), humas)
    with Image.open(io.BytesIO(stored(photo))) as kept:
        assert kept.size == (800, 1200)
        assert not kept.getexif()
        assert set(kept.info) <= {
            *("jfif", "jfif_version", "jfif_unit", "jfif_density"),
            *("progressive", "progression"),
        }


def test_a_large_picture_is_made_smaller(picture, humas):
    photo = images.store(upload(picture(size=(4000, 1000))), humas)
    assert (photo.width, photo.height) == (3000, 750)
    with default_storage.open(bounded_name(photo.file.name, 3000)) as file:
        assert Image.open(file).size == (1600, 400)


def test_the_longer_side_decides(picture, humas):
    photo = images.store(upload(picture(size=(1000, 4000))), humas)
    assert (photo.width, photo.height) == (750, 3000)
    assert photo.bounded_url == photo.file.url


def test_transparency_that_shows_nothing_makes_no_png(humas):
    output = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 255)).save(output, "PNG")
    assert images.store(upload(output.getvalue()), humas).file.name.endswith(".jpg")


def test_transparency_is_kept(humas):
    output = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(output, "PNG")
    assert images.store(upload(output.getvalue()), humas).file.name.endswith(".png")


def bomb():
    """Return a small PNG that says it is 20,000 pixels square."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 20_000, 20_000, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "bukan foto"),
        (b"<html>", "bukan foto"),
        (SVG, "bukan foto"),
        (b"\xff\xd8\xff\xe0" + b"\x00" * 100, "bukan foto"),
        (b"GIF89a" + b"\xff" * 50, "bukan foto"),
        (bomb(), "40 megapiksel"),
        (b"x" * (images.MAX_BYTES + 1), "10 MB"),
    ],
)
def test_what_is_no_picture_gets_a_sentence(content, said, humas):
    with pytest.raises(ValidationError, match=said):
        images.store(upload(content, "foto.png"), humas)
    assert not Photo.objects.exists()


def test_a_picture_cut_off_is_refused(picture, humas):
    whole = picture()
    with pytest.raises(ValidationError, match="bukan foto"):
        images.store(upload(whole[: len(whole) // 2]), humas)


def test_only_formats_on_the_list(picture, humas):
    for form in ("BMP", "TIFF", "ICO"):
        with pytest.raises(ValidationError, match="bukan foto"):
            images.store(upload(picture(form, size=(64, 64))), humas)


def test_code_behind_a_picture_does_not_survive(picture, humas):
    photo = images.store(upload(picture() + b"<?php system($_GET[0]); ?>"), humas)
    assert b"<?php" not in stored(photo)


def test_only_humas_upload(picture, commissioner, pengelola, outsider, superuser):
    for by in (commissioner, pengelola, outsider, superuser):
        with pytest.raises(PermissionDenied):
            images.store(upload(picture()), by)


def test_a_sixteen_bit_picture_keeps_its_brightness(humas):
    output = io.BytesIO()
    Image.new("I;16", (20, 20), 30_000).save(output, "PNG")
    photo = images.store(upload(output.getvalue()), humas)
    with Image.open(io.BytesIO(stored(photo))) as kept:
        assert abs(kept.convert("L").getpixel((5, 5)) - 117) <= 2


def test_a_photo_of_too_many_pixels_is_told_so(humas):
    output = io.BytesIO()
    Image.new("L", (12_000, 9_000)).save(output, "JPEG")
    with pytest.raises(ValidationError, match="40 megapiksel"):
        images.store(upload(output.getvalue()), humas)


def test_removing_a_picture_takes_all_its_files_and_no_other(picture, humas):
    photo = images.store(upload(picture(size=(3000, 20))), humas)
    other = images.store(upload(picture(size=(3000, 30))), humas)
    copy = f"foto/{photo.digest}/3-2/800w.avif"
    default_storage.save(copy, ContentFile(b"x"))
    name = photo.file.name
    assert len(images.files_of(photo.digest)) == 4
    assert images.remove(name) is False
    assert len(images.files_of(photo.digest)) == 4
    photo.delete()
    # The name of any of its files will do.
    assert images.remove(thumbnail_name(name)) is True
    assert images.files_of(photo.digest) == []
    assert not default_storage.exists(f"foto/{photo.digest}")
    assert len(images.files_of(other.digest)) == 3
