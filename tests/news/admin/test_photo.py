"""The photo library: its grid, many photos at once, one photo's page, the picker."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.models import DBTaskResult

from news import drafting, images, library, renditions
from news.models import Article, Photo
from news.models.article import Verb
from news.workflow import perform

GRID = "/admin/news/photo/"
ADD = "/admin/news/photo/add/"
WORDS = "/admin/news/photo/kata/"
PICKER = "/admin/news/photo/pustaka/"
HOSTILE = "</p><script>alert(1)</script>\" onerror='x' {{ 7|add:7 }}"


def page(photo):
    return f"/admin/news/photo/{photo.pk}/change/"


@pytest.fixture
def sent(picture):
    """Return a function that gives one file as a browser sends it."""

    def make(number=0, name="IMG_0001.jpg"):
        return SimpleUploadedFile(name, picture(colour=(number * 40, 80, 30)))

    return make


@pytest.fixture
def photo_of(sent):
    """Return a function that stores a picture, each number another, with its words."""

    def make(by, number=0, **words):
        photo = images.store(sent(number), by)
        Photo.objects.filter(pk=photo.pk).update(**words)
        photo.refresh_from_db()
        return photo

    return make


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked)


def text(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("humas", 200, 200),
        ("commissioner", 200, 403),
        ("pengelola", 403, 403),
        ("superuser", 403, 403),
        ("outsider", 403, 403),
    ],
)
def test_who_may_do_what(name, reads, writes, request, browser_of, humas, photo_of):
    photo = photo_of(humas)
    client = browser_of(request.getfixturevalue(name))
    words = f"{WORDS}?foto={photo.pk}"
    # Whoever has no role is sent on to the sign-in page, which turns them away.
    read = [client.get(a, follow=True).status_code for a in (GRID, PICKER, page(photo))]
    write = [client.get(a, follow=True).status_code for a in (ADD, words)]
    posted = [client.post(a, follow=True).status_code for a in (ADD, page(photo))]
    assert (read, write, posted) == ([reads] * 3, [writes] * 2, [writes] * 2)
    assert (Photo.objects.count(), photo.description) == (1, images.UNDESCRIBED)


def test_nobody_enters_unsigned(reader, humas, photo_of):
    photo = photo_of(humas)
    for address in (GRID, ADD, WORDS, PICKER, page(photo)):
        for response in (reader.get(address), reader.post(address)):
            assert response.status_code == 302
            assert "/login/" in response["Location"]


def test_a_commissioner_reads_a_photo_and_changes_nothing(
    browser_of, commissioner, humas, photo_of
):
    photo = photo_of(humas, description="Rapat pleno", credit="Foto: Humas")
    client = browser_of(commissioner)
    shown = text(client.get(page(photo)))
    assert "Foto: Humas" in shown
    assert "<textarea" not in shown
    assert client.post(page(photo), {"description": "x"}).status_code == 403
    assert client.post(WORDS, {"foto": photo.pk}).status_code == 403
    photo.refresh_from_db()
    assert photo.description == "Rapat pleno"


def test_the_first_day_says_what_to_do(browser_of, humas, commissioner):
    shown = text(browser_of(humas).get(GRID))
    assert "Pustaka masih kosong" in shown
    assert f'<a href="{ADD}">Tambah foto</a>: pilih satu' in shown
    assert ADD not in text(browser_of(commissioner).get(GRID))


def test_the_grid_asks_as_much_for_thirty_as_for_one(browser_of, humas, shelf, write):
    client = browser_of(humas)
    shelf(1)
    client.get(GRID)
    first = Photo.objects.get()
    write(humas, cover=first, cover_alt="x")
    addresses = [GRID, f"{GRID}?tampil=belum", f"{GRID}?q=foto", PICKER, page(first)]
    before = [queries(client, address) for address in addresses]
    for photo in shelf(40, start=1)[:20]:
        write(humas, f"Naskah {photo}", cover=photo, cover_alt="x")
        write(humas, f"Naskah lain {photo}", cover=first, cover_alt="x")
    assert [queries(client, address) for address in addresses] == before


def test_the_grid_never_counts_the_library(browser_of, humas, shelf):
    shelf(40)
    client = browser_of(humas)
    with CaptureQueriesContext(connection) as asked:
        first, second = client.get(GRID), client.get(f"{GRID}?page=2")
        client.get(PICKER)
    assert not [query for query in asked if "COUNT(" in query["sql"].upper()]
    assert text(first).count('class="photo-card"') == 30
    assert text(second).count('class="photo-card"') == 10
    assert 'rel="next"' in text(first)
    assert 'rel="next"' not in text(second)


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999999999999999", "tampil=x"]
)
def test_an_odd_address_shows_a_page_all_the_same(query, browser_of, humas, shelf):
    shelf(1)
    assert browser_of(humas).get(f"{GRID}?{query}").status_code == 200
    assert browser_of(humas).get(f"{PICKER}?{query}").status_code == 200


def found(client, query):
    return [
        photo["description"]
        for photo in client.get(f"{PICKER}?{query}").json()["photos"]
    ]


def test_a_search_looks_at_a_photos_words_and_at_its_articles_titles(
    browser_of, humas, photo_of, write
):
    first = photo_of(humas, 1, description="Ketua membuka rapat")
    photo_of(humas, 2, description="Kotak suara", caption="Gudang logistik 100%")
    photo_of(humas, 3, description="Penandatanganan", credit="Foto: Laras")
    write(humas, "Pleno terbuka", body=f'<p>x</p><img src="{first.file.url}" alt="x">')
    client = browser_of(humas)
    assert found(client, "q=RAPAT+ketua") == ["Ketua membuka rapat"]
    assert found(client, "q=logistik") == ["Kotak suara"]
    assert found(client, "q=laras") == ["Penandatanganan"]
    assert found(client, "q=pleno+terbuka") == ["Ketua membuka rapat"]
    assert found(client, "q=100%25") == ["Kotak suara"]
    assert found(client, "q=%25_%25") == []
    assert "Tidak ada foto yang memuat “entah”" in text(client.get(f"{GRID}?q=entah"))


def test_the_grid_narrows_to_ones_own_and_to_the_unused(
    browser_of, humas, humas_two, photo_of, write
):
    used = photo_of(humas, 1, description="Terpakai")
    photo_of(humas_two, 2, description="Tersisa")
    write(humas, cover=used, cover_alt="x")
    client = browser_of(humas)
    own, unused = (text(client.get(f"{GRID}?tampil={a}")) for a in ("saya", "belum"))
    assert ("Terpakai" in own, "Tersisa" in own) == (True, False)
    assert ("Terpakai" in unused, "Tersisa" in unused) == (False, True)
    everything = text(client.get(GRID))
    assert "Dipakai 1 naskah" in everything
    assert "<span>Belum dipakai</span>" in everything


def test_what_uses_a_photo_is_the_latest_text_and_the_public_one(
    browser_of, humas, commissioner, photo_of, write, publish
):
    cover, within, gone = (photo_of(humas, number) for number in range(3))
    body = f'<p>Isi.</p><img src="{within.bounded_url}" alt="x">'
    draft = write(humas, "Draf dengan gambar", body=body)
    public = publish(humas, commissioner, "Sudah terbit", cover=cover, cover_alt="x")
    perform(Verb.REVISE, public, humas)
    # The desk copy no longer names the cover; the public text still does.
    Article.objects.filter(pk=public.pk).update(cover=gone)
    for photo in (None, gone, None):
        public.refresh_from_db()
        public.cover, public.cover_alt = photo, "x" if photo else ""
        public.save()
        drafting.record(public, humas)
    assert [use.article for use in library.uses_of(within)] == [draft]
    assert library.uses_of(gone) == []
    [use] = library.uses_of(cover)
    assert (use.article, use.on_desk, use.in_public) == (public, False, True)
    counts = library.count_uses([cover, within, gone])
    assert [counts[p.digest] for p in (cover, within, gone)] == [1, 1, 0]
    shown = text(browser_of(humas).get(page(cover)))
    assert f'<a href="{public.desk_url}">' in shown
    assert "sudah dilepas dari naskah di meja · dibaca publik" in shown
    assert "naskah di meja: draf" in text(browser_of(humas).get(page(within)))


def test_many_are_sent_at_once_and_one_bad_file_keeps_none_out(browser_of, humas, sent):
    bad = SimpleUploadedFile("surat<b>.pdf", b"%PDF-1.7 bukan gambar")
    client = browser_of(humas)
    response = client.post(ADD, {"upload": [sent(1), bad, sent(2), sent(1)]})
    shown = text(response)
    assert response.status_code == 200
    assert Photo.objects.count() == 2
    assert "1 berkas tidak disimpan" in shown
    assert "<strong>surat&lt;b&gt;.pdf</strong>" in shown
    assert "bukan foto yang dapat dibaca" in shown
    for photo in Photo.objects.all():
        assert shown.count(f'name="foto" value="{photo.pk}"') == 1


def test_nothing_sent_is_told_so(browser_of, humas):
    shown = text(browser_of(humas).post(ADD))
    assert "Tidak ada berkas yang dikirim" in shown


def test_more_files_than_one_sending_holds_get_a_sentence(browser_of, humas):
    files = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(101)]
    response = browser_of(humas).post(ADD, {"upload": files})
    assert response.status_code == 400
    assert "Kirim paling banyak 100 berkas sekaligus" in text(response)


def test_the_words_of_many_are_saved_by_one_form(browser_of, humas, photo_of):
    one, two = photo_of(humas, 1), photo_of(humas, 2)
    response = browser_of(humas).post(
        WORDS,
        {
            "foto": [one.pk, two.pk],
            f"{one.pk}-description": "Rapat  pleno\u200b",
            f"{one.pk}-credit": "Foto: Laras",
            f"{two.pk}-caption": "Peserta di aula",
            "credit-all": "Foto: Humas",
        },
    )
    assert response["Location"] == GRID
    one.refresh_from_db()
    two.refresh_from_db()
    assert (one.description, one.credit) == ("Rapat pleno", "Foto: Laras")
    assert (two.description, two.caption, two.credit) == (
        *(images.UNDESCRIBED, "Peserta di aula"),
        "Foto: Humas",
    )


def test_words_that_are_too_long_keep_all_that_was_typed(browser_of, humas, photo_of):
    one, two = photo_of(humas, 1), photo_of(humas, 2)
    response = browser_of(humas).post(
        WORDS,
        {
            "foto": [one.pk, two.pk],
            f"{one.pk}-description": "x" * 201,
            f"{two.pk}-description": "Yang sudah diketik",
        },
    )
    shown = text(response)
    assert "Belum disimpan" in shown
    assert "200" in shown
    assert "Yang sudah diketik" in shown
    assert not Photo.objects.exclude(description=images.UNDESCRIBED).exists()


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 18, "9" * 40, "١", ""])
def test_a_forged_number_is_no_photo(number, browser_of, humas, photo_of):
    photo_of(humas)
    client = browser_of(humas)
    assert client.post(WORDS, {"foto": number}).status_code == 302
    assert client.get(f"{WORDS}?foto={number}").status_code == 302
    assert client.get(f"{GRID}{number or 'x'}/change/").status_code == 404


def test_a_photos_page_saves_its_words_and_no_article(
    browser_of, humas, photo_of, write
):
    photo = photo_of(humas)
    article = write(humas, cover=photo, cover_alt="Alt", cover_credit="Kredit naskah")
    digest = article.latest_revision.digest
    fields = {"description": "Rapat", "caption": "Rapat di aula", "credit": "Foto: X"}
    response = browser_of(humas).post(
        page(photo), {**fields, "focal_x": "0", "focal_y": "100", "is_kept": "on"}
    )
    assert response.status_code == 302
    photo.refresh_from_db()
    assert (photo.description, photo.caption, photo.credit) == tuple(fields.values())
    assert (photo.focal_x, photo.focal_y, photo.is_kept) == (0, 100, True)
    article.refresh_from_db()
    assert (article.cover_alt, article.cover_credit) == ("Alt", "Kredit naskah")
    assert article.latest_revision.digest == digest
    assert "tidak mengubah naskah mana pun" in text(browser_of(humas).get(page(photo)))


@pytest.mark.parametrize("value", ["-1", "101", "", "x", "1.5", "9" * 30])
def test_a_focal_point_outside_the_picture_gets_a_sentence(
    value, browser_of, humas, photo_of
):
    photo = photo_of(humas)
    fields = {"description": "Yang diketik", "focal_x": "50", "focal_y": value}
    response = browser_of(humas).post(page(photo), fields)
    shown = text(response)
    assert response.status_code == 200
    assert "Tulis angka bulat antara 0 dan 100." in shown
    assert "Yang diketik" in shown
    photo.refresh_from_db()
    assert (photo.focal_y, photo.description) == (35, images.UNDESCRIBED)


def test_hostile_words_are_shown_as_text_everywhere(browser_of, humas, photo_of):
    photo = photo_of(humas, description=HOSTILE, caption=HOSTILE, credit=HOSTILE)
    client = browser_of(humas)
    words = f"{WORDS}?foto={photo.pk}"
    for address in (GRID, page(photo), words, "/admin/news/article/add/"):
        shown = text(client.get(address))
        assert "alert(1)" in shown
        assert "<script>alert" not in shown
        assert '" onerror=' not in shown
    answer = client.get(PICKER)
    assert answer["Content-Type"] == "application/json"
    assert answer.json()["photos"][0]["description"] == HOSTILE


def test_the_picker_gives_what_an_upload_gives_and_says_whether_there_is_more(
    browser_of, humas, sent, shelf
):
    client = browser_of(humas)
    shelf(24)
    uploaded = client.post("/admin/news/photo/unggah/", {"upload": sent()}).json()
    first = client.get(PICKER).json()
    second = client.get(f"{PICKER}?page=2").json()
    assert first["photos"][0] == uploaded
    assert (len(first["photos"]), first["next"]) == (24, True)
    assert (len(second["photos"]), second["next"]) == (1, False)
    assert client.post(PICKER).status_code == 405


def test_a_moved_focal_point_has_everything_cut_anew(
    browser_of, humas, commissioner, picture, publish
):
    photo = images.store(SimpleUploadedFile("a.jpg", picture()), humas)
    renditions.make(photo)
    edition = publish(humas, commissioner, cover=photo, cover_alt="Rapat").edition
    assert edition.share_image
    fields = {"description": "Rapat", "focal_x": "50", "focal_y": "35"}
    browser_of(humas).post(page(photo), fields)
    photo.refresh_from_db()
    assert photo.rendered.endswith("/50-35")
    assert DBTaskResult.objects.filter(queue_name="pictures").count() == 1
    browser_of(humas).post(page(photo), {**fields, "focal_x": "10"})
    assert DBTaskResult.objects.filter(queue_name="pictures").count() == 2
    edition.refresh_from_db()
    assert edition.share_image == ""
