"""The cover's box: any photo of the library, of which the newest are listed."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from news import images
from news.models import Article, Category, Photo

ADD = "/admin/news/article/add/"


@pytest.fixture
def typed(db):
    """Return a function that gives the form as a browser would send it."""

    def form(**fields):
        return {
            "base_revision": 0,
            "title": "Judul naskah",
            "body": "<p>Isi naskah.</p>",
            "category": Category.objects.get(slug="siaran-pers").pk,
            **fields,
        }

    return form


def listed(response):
    """Return the numbers of the photos that the list offers, and the chosen one."""
    select = re.search(
        r'<select name="cover".*?</select>', response.content.decode(), re.S
    )
    options = re.findall(r'<option value="(\d*)"( selected)?', select[0])
    return [value for value, _ in options], [value for value, on in options if on]


def test_the_newest_are_listed_and_the_present_one_however_old(
    browser_of, humas, shelf, write
):
    oldest, *_ = photos = shelf(70)
    article = write(humas, cover=oldest, cover_alt="x")
    client = browser_of(humas)
    newest = [str(photo.pk) for photo in photos[:9:-1]]
    assert listed(client.get(ADD)) == (["", *newest], [""])
    response = client.get(f"/admin/news/article/{article.pk}/change/")
    assert listed(response) == (["", *newest, str(oldest.pk)], [str(oldest.pk)])


def test_a_photo_that_is_not_listed_may_be_chosen(browser_of, humas, shelf, typed):
    oldest = shelf(70)[0]
    fields = typed(cover=oldest.pk, cover_alt="Alt", title="")
    shown = browser_of(humas).post(ADD, fields)
    assert listed(shown)[1] == [str(oldest.pk)]
    browser_of(humas).post(ADD, typed(cover=oldest.pk, cover_alt="Alt"))
    assert Article.objects.get().cover == oldest


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("999999", "Foto itu tidak ada di pustaka. Pilih foto lain."),
        ("9" * 18, "Foto itu tidak ada di pustaka. Pilih foto lain."),
        ("9" * 40, "Pilihan itu tidak dikenal"),
        ("-1", "Pilihan itu tidak dikenal"),
        ("satu", "Pilihan itu tidak dikenal"),
        ("\u0661", "Pilihan itu tidak dikenal"),
    ],
)
def test_an_unknown_photo_gets_a_sentence(value, said, browser_of, humas, typed):
    response = browser_of(humas).post(ADD, typed(cover=value, cover_alt="x"))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("value", ["satu", "9" * 40, "-1", ""])
def test_an_odd_address_of_the_empty_form_chooses_nothing(value, browser_of, humas):
    response = browser_of(humas).get(f"{ADD}?cover={value}")
    assert response.status_code == 200


def test_the_form_asks_no_more_of_a_larger_library(browser_of, humas, shelf, typed):
    client = browser_of(humas)
    shelf(1)
    fields = typed(cover=Photo.objects.get().pk, cover_alt="")
    client.get(ADD)

    def asked():
        with CaptureQueriesContext(connection) as get:
            client.get(ADD)
        with CaptureQueriesContext(connection) as post:
            client.post(ADD, fields)
        return len(get), len(post)

    before = asked()
    shelf(80, start=1)
    assert asked() == before


def test_photos_that_nobody_described_are_told_apart(browser_of, humas, picture):
    for colour in ("#8b1a1e", "#1f4b73"):
        upload = SimpleUploadedFile("x.jpg", picture(colour=colour))
        images.store(upload, humas)
    shown = browser_of(humas).get(ADD).content.decode()
    assert len(re.findall(r"Foto tanpa keterangan, diunggah \d", shown)) == 2


def test_a_photo_learns_the_words_it_has_not_from_the_article(
    browser_of, humas, picture, typed
):
    photo = images.store(SimpleUploadedFile("x.jpg", picture()), humas)
    Photo.objects.filter(pk=photo.pk).update(credit="Foto: Laras")
    words = {
        "cover_alt": "Ketua membuka rapat",
        "cover_caption": "Rapat  pleno\u200b di aula",
        "cover_credit": "Foto: Orang lain",
    }
    browser_of(humas).post(ADD, typed(cover=photo.pk, **words))
    photo.refresh_from_db()
    assert (photo.description, photo.caption, photo.credit) == (
        *("Ketua membuka rapat", "Rapat pleno di aula"),
        "Foto: Laras",
    )
    browser_of(humas).post(ADD, typed(cover=photo.pk, cover_alt="Kata lain"))
    photo.refresh_from_db()
    assert photo.description == "Ketua membuka rapat"
