"""What people and attackers send as a photo, at the address that takes it."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from news import images
from news.models import Article, Photo

UPLOAD = "/admin/news/photo/unggah/"


def saved(picture, form, **options):
    output = io.BytesIO()
    picture.save(output, form, **options)
    return output.getvalue()


def plain(form, mode="RGB", size=(64, 48), **options):
    return saved(Image.new(mode, size), form, **options)


def png_of(width, height):
    """Return a PNG that says a size and holds next to nothing."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\x00" * 1000))
        + chunk(b"IEND", b"")
    )


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><script>alert(1)</script>"
NO_PICTURE = "Berkas ini bukan foto yang dapat dibaca."
TOO_LARGE = "Foto ini lebih dari 40 megapiksel."

REFUSED = {
    "truncated.jpg": (lambda: plain("JPEG", size=(800, 600))[:3000], NO_PICTURE),
    "gambar.svg": (lambda: SVG, NO_PICTURE),
    "gambar.png": (lambda: SVG, NO_PICTURE),
    "bmp.jpg": (lambda: plain("BMP"), NO_PICTURE),
    "ikon.ico": (lambda: plain("ICO"), NO_PICTURE),
    "dokumen.tiff": (lambda: plain("TIFF"), NO_PICTURE),
    "halaman.jpg": (lambda: HTML, NO_PICTURE),
    "dokumen.pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", NO_PICTURE),
    "tajuk.png": (lambda: png_of(60_000, 60_000), TOO_LARGE),
    "besar.png": (lambda: png_of(8_000, 5_001), TOO_LARGE),
    "kosong.jpg": (lambda: b"", ""),
    "berat.jpg": (lambda: b"\xff\xd8" + b"x" * images.MAX_BYTES, "10 MB"),
}


@pytest.fixture
def media(settings, tmp_path):
    """A store of files that only this test writes to."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def files_in(folder):
    return sorted(path for path in Path(folder).rglob("*") if path.is_file())


def send(client, name, content):
    return client.post(UPLOAD, {"upload": SimpleUploadedFile(name, content)})


@pytest.mark.parametrize("name", REFUSED)
def test_a_refusal_is_a_sentence_and_leaves_no_file(name, media, browser_of, humas):
    make, said = REFUSED[name]
    answer = send(browser_of(humas), name, make())
    assert answer.status_code == 400
    sentence = answer.json()["error"]["message"]
    assert said in sentence
    assert sentence.endswith(".")
    assert files_in(media) == []
    assert not Photo.objects.exists()


def test_no_file_at_all_is_told_so(browser_of, humas):
    answer = browser_of(humas).post(UPLOAD)
    assert answer.status_code == 400
    assert "Pilih fotonya lagi" in answer.json()["error"]["message"]


def kept(answer):
    """Return the stored picture of an answer, loaded."""
    assert answer.status_code == 200
    photo = Photo.objects.get(pk=answer.json()["id"])
    with photo.file.open() as file:
        content = file.read()
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return content, picture


def test_where_a_photo_was_taken_goes(media, browser_of, humas):
    exif = Image.Exif()
    exif[0x010F] = "Telepon milik Bu Wening"
    exif[0x8825] = {1: "S", 2: (6.0, 7.0, 12.0), 3: "E", 4: (106.0, 9.0, 1.0)}
    sent = plain("JPEG", exif=exif)
    assert b"Wening" in sent
    content, picture = kept(send(browser_of(humas), "gps.jpg", sent))
    assert not picture.getexif()
    assert b"Wening" not in content
    assert b"Exif" not in content


def test_printers_inks_become_the_screens_colours(media, browser_of, humas):
    inks = Image.new("CMYK", (40, 30), (0, 255, 255, 0))
    _, picture = kept(send(browser_of(humas), "cmyk.jpg", saved(inks, "JPEG")))
    assert picture.mode == "RGB"
    red, green, blue = picture.getpixel((10, 10))
    assert red > 200
    assert max(green, blue) < 80


def test_sixteen_bits_become_eight_of_the_same_brightness(media, browser_of, humas):
    grey = saved(Image.new("I;16", (40, 30), 32_768), "PNG")
    _, picture = kept(send(browser_of(humas), "enambelas.png", grey))
    assert abs(picture.convert("L").getpixel((10, 10)) - 128) <= 2


def test_of_a_moving_picture_the_first_image_stays(media, browser_of, humas):
    frames = [Image.new("RGB", (40, 30), colour) for colour in ("red", "blue")]
    moving = saved(frames[0], "GIF", save_all=True, append_images=frames[1:])
    _, picture = kept(send(browser_of(humas), "gerak.gif", moving))
    assert getattr(picture, "n_frames", 1) == 1
    assert picture.convert("RGB").getpixel((10, 10))[0] > 200


def test_a_page_hidden_behind_a_picture_does_not_survive(media, browser_of, humas):
    content, _ = kept(send(browser_of(humas), "dua.png", plain("PNG") + HTML))
    assert b"script" not in content
    assert all(b"script" not in path.read_bytes() for path in files_in(media))


def test_the_name_that_a_file_came_with_is_used_for_nothing(media, browser_of, humas):
    name = '../../"><script>alert(1)</script>.php.jpg'
    send(browser_of(humas), name, plain("JPEG"))
    names = {path.relative_to(media).as_posix() for path in files_in(media)}
    digest = Photo.objects.get().digest
    assert names == {f"foto/{digest}.jpg", f"foto/{digest}-640.jpg"}
    assert Photo.objects.get().description == images.UNDESCRIBED


@pytest.mark.parametrize(
    ("box", "name", "said"),
    [
        ("cover_upload", "sampul.jpg", NO_PICTURE),
        ("attachment-new-1-file", "surat.pdf", "Berkas ini bukan PDF."),
    ],
)
def test_a_file_refused_in_the_form_is_a_400_that_loses_nothing(
    box, name, said, media, browser_of, humas
):
    typed = {"title": "Judul yang diketik", "body": "<p>Isi yang diketik.</p>"}
    sent = {**typed, "category": "1", box: SimpleUploadedFile(name, HTML)}
    answer = browser_of(humas).post("/admin/news/article/add/", sent)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert said in page
    assert "Judul yang diketik" in page
    assert "Isi yang diketik." in page
    assert files_in(media) == []
    assert not Article.objects.exists()


def test_many_photos_of_which_none_is_one_are_a_400(media, browser_of, humas):
    uploads = [SimpleUploadedFile(name, HTML) for name in ("a.jpg", "b.png")]
    answer = browser_of(humas).post("/admin/news/photo/add/", {"upload": uploads})
    assert answer.status_code == 400
    assert answer.content.decode().count(NO_PICTURE) == 2
    assert files_in(media) == []
