import io
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from news import captioning

WORDS = captioning.Words(
    description="Petugas & saksi <menghitung> “suara”",
    credit="Foto: Humas KPU",
    rights="Cantumkan kredit.",
    source="KPU Kabupaten Serang",
    address="https://contoh.kpu.go.id/berita/1/pleno/",
)
NOTHING = captioning.Words("", "", "", "", "")
NAMES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
}


def opened(content):
    with Image.open(io.BytesIO(content)) as picture:
        picture.load()
        return picture


def xmp_of(content):
    """Return the packet as Pillow finds it in the file."""
    info = opened(content).info
    found = info.get("xmp") or info["XML:com.adobe.xmp"].encode()
    return ElementTree.fromstring(found)  # noqa: S314 - our own


def said(content, path):
    return "".join(xmp_of(content).find(f".//{path}", NAMES).itertext())


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_the_words_are_read_back_and_every_pixel_is_as_it_was(form, picture):
    before = picture(form)
    content = captioning.with_words(before, WORDS)
    assert opened(content).tobytes() == opened(before).tobytes()
    assert opened(content).format == form
    assert said(content, "dc:description/rdf:Alt/rdf:li") == WORDS.description
    assert said(content, "dc:creator/rdf:Seq/rdf:li") == WORDS.credit
    assert said(content, "dc:rights/rdf:Alt/rdf:li") == WORDS.rights
    assert said(content, "dc:identifier") == WORDS.address
    assert said(content, "photoshop:Credit") == WORDS.credit
    assert said(content, "photoshop:Source") == WORDS.source


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_new_words_take_the_place_of_old_ones(form, picture):
    before = picture(form)
    once = captioning.with_words(before, WORDS)
    assert captioning.with_words(once, WORDS) == once
    again = captioning.with_words(captioning.with_words(before, NOTHING), WORDS)
    assert again == once
    assert once.count(b"<x:xmpmeta") == 1


def test_the_jpegs_own_header_stays_first(picture):
    content = captioning.with_words(picture(), WORDS)
    assert content[2:4] == b"\xff\xe0"
    assert content[20:22] == b"\xff\xe1"


def test_a_profile_and_a_comment_stay(picture):
    before = picture(comment=b"catatan", icc_profile=b"x" * 200)
    kept = opened(captioning.with_words(before, WORDS)).info
    assert (kept["comment"], kept["icc_profile"]) == (b"catatan", b"x" * 200)


def test_what_is_not_known_is_not_said(picture):
    content = captioning.with_words(picture(), NOTHING)
    assert list(xmp_of(content).find(".//rdf:Description", NAMES)) == []


@given(st.text(max_size=4000))
def test_any_words_make_one_packet_that_fits(text):
    words = captioning.Words(text, text, text, text, text)
    packet = captioning.xmp(words)
    ElementTree.fromstring(packet)  # noqa: S314 - our own
    assert len(packet) < 65_000


def test_the_longest_words_fit_a_segment(picture):
    words = captioning.Words(*["&" * 100_000] * 5)
    assert said(captioning.with_words(picture(), words), "photoshop:Source") == (
        "&" * captioning.LONGEST
    )


@pytest.mark.parametrize("form", ["JPEG", "PNG"])
def test_a_file_cut_off_comes_back_as_it_was_or_with_its_words(form, picture):
    whole = picture(form, size=(40, 30))
    for length in range(len(whole)):
        part = whole[:length]
        content = captioning.with_words(part, WORDS)
        assert content == part or b"<x:xmpmeta" in content


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\xff\xd8", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_picture_comes_back_as_it_was(content):
    assert captioning.with_words(content, WORDS) == content
