from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news import images, picturing, renditions
from news.picturing import COVER, Picture, markup

FILE = "foto/" + "a" * 64 + ".jpg"
MADE = picturing.rendered_key(50, 35)


def test_a_picture_whose_copies_are_made_offers_each_format_and_width():
    html = markup(Picture(FILE, 1000, 800, MADE), sizes="100vw", alt="Rapat")
    folder = "/media/foto/" + "a" * 64
    srcset = {
        kind: ", ".join(f"{folder}/{w}w.{kind} {w}w" for w in (240, 480, 720, 960))
        for kind in ("avif", "webp", "jpeg")
    }
    assert html == (
        f'<picture><source type="image/avif" srcset="{srcset["avif"]}" sizes="100vw">'
        f'<source type="image/webp" srcset="{srcset["webp"]}" sizes="100vw">'
        f'<img src="{folder}/960w.jpeg" srcset="{srcset["jpeg"]}" sizes="100vw" '
        'width="960" height="768" alt="Rapat"></picture>'
    )


def test_a_cover_is_cropped_about_its_focal_point():
    html = markup(
        Picture(FILE, 3000, 2500, MADE), sizes="120px", ratio=COVER, widest=480
    )
    assert "/3x2-50-35/480w.avif 480w" in html
    assert 'width="480" height="320"' in html
    assert "720w" not in html


@pytest.mark.parametrize("rendered", ["", "0/50-35", "egal"])
def test_without_copies_the_bounded_original_is_shown(rendered):
    html = markup(Picture(FILE, 3000, 2000, rendered), sizes="100vw")
    name = "/media/foto/" + "a" * 64
    assert html == (
        f'<picture><img src="{name}-1600.jpg" srcset="{name}-640.jpg 640w, '
        f'{name}-1600.jpg 1600w" sizes="100vw" width="1600" height="1066" alt="">'
        "</picture>"
    )


def test_a_small_place_without_copies_shows_the_thumbnail():
    html = markup(Picture(FILE, 3000, 2000), sizes="120px", ratio=COVER, widest=480)
    assert html.count("/media/") == 1
    assert "-640.jpg" in html


def test_hostile_words_stay_words():
    html = markup(Picture(FILE, 900, 600, MADE), sizes="", alt='"><script>')
    assert "<script>" not in html


@pytest.mark.parametrize(
    "size", [(1, 1), (1, 4000), (4000, 1), (239, 159), (3000, 3000)]
)
def test_any_shape_has_a_height(size):
    for ratio in (None, COVER, Fraction(1, 1)):
        html = markup(Picture(FILE, *size, MADE), sizes="100vw", ratio=ratio)
        assert 'height="0"' not in html


def test_every_address_of_a_page_is_a_file_before_and_after(
    picture, humas, commissioner, publish, reader
):
    cover = images.store(SimpleUploadedFile("a.jpg", picture(size=(2400, 1600))), humas)
    inner = images.store(SimpleUploadedFile("b.jpg", picture(size=(700, 900))), humas)
    public = publish(
        humas,
        commissioner,
        cover=cover,
        cover_alt="Sampul",
        body=f'<p>Isi.</p><figure class="image"><img src="{inner.file.url}" alt="Dua">'
        "<figcaption>Ket.</figcaption></figure>",
    )
    for _ in range(2):
        for address in ("/", "/berita/", public.edition.get_absolute_url()):
            page = reader.get(address).content.decode()
            found = {
                part.split()[0].strip('"')
                for part in page.replace('src="', " ,")
                .replace('set="', " ,")
                .split(",")
                if part.strip().startswith("/media/")
            }
            assert found
            for source in found:
                answer = reader.get(source)
                assert answer.status_code == 200, source
                assert answer["Content-Type"].startswith("image/")
                assert b"".join(answer.streaming_content)
        for photo in (cover, inner):
            renditions.make(photo)
    assert ".avif" in page
