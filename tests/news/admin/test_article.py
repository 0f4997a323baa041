import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news import drafting
from news.models import Article, Category, Edition, Photo, Revision
from news.models.article import State, Verb
from news.workflow import perform

ADD = "/admin/news/article/add/"


def change(article):
    return f"/admin/news/article/{article.pk}/change/"


@pytest.fixture
def typed(db):
    """Return a function that gives the form as a browser would send it."""

    def form(base=0, **fields):
        return {
            "base_revision": base,
            "title": "Judul naskah",
            "lead": "Teras.",
            "body": "<p>Isi naskah.</p>",
            "category": Category.objects.get(slug="siaran-pers").pk,
            "tags": "Bakohumas, hoaks",
            "_save": "Simpan dan tinjau",
            **fields,
        }

    return form


def test_humas_writes_and_a_revision_is_recorded(browser_of, humas, typed):
    response = browser_of(humas).post(ADD, typed())
    article = Article.objects.get()
    assert response.status_code == 302
    assert response["Location"] == f"/admin/news/article/{article.pk}/tinjau/"
    assert (article.state, article.created_by) == (State.DRAFT, humas)
    assert set(article.tags.names()) == {"Bakohumas", "hoaks"}
    revision = article.latest_revision
    assert (revision.number, revision.saved_by) == (1, humas)
    assert '"tags":["Bakohumas","hoaks"]' in revision.document


def test_saving_again_unchanged_appends_nothing(browser_of, humas, typed):
    client = browser_of(humas)
    client.post(ADD, typed())
    article = Article.objects.get()
    client.post(change(article), typed(base=1))
    assert article.revisions.count() == 1
    client.post(change(article), typed(base=1, title="Judul lain"))
    assert article.revisions.count() == 2


def test_hostile_html_is_cleaned_whatever_the_way(browser_of, humas, typed):
    body = '<p onclick="x()">a<script>alert(1)</script><img src=x onerror=alert(1)></p>'
    browser_of(humas).post(ADD, typed(body=body, title="<script>alert(1)</script>"))
    article = Article.objects.get()
    assert article.body == "<p>a</p>"
    page = browser_of(humas).get(article.desk_url).content.decode()
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "forged",
    [
        {"state": "tayang"},
        {"state": "disetujui", "round": "9"},
        {"release": "disetujui"},
        {"created_by": "1"},
        {"edition": "1"},
    ],
)
def test_a_forged_field_changes_nothing(forged, browser_of, humas, typed):
    client = browser_of(humas)
    client.post(ADD, typed(**forged))
    article = Article.objects.get()
    client.post(change(article), typed(base=1, title="Lagi", **forged))
    article.refresh_from_db()
    assert (article.state, article.round, article.created_by) == (State.DRAFT, 0, humas)
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"title": " "}, "Bidang ini tidak boleh kosong|Judul belum diisi"),
        ({"title": "\u200b"}, "Judul belum diisi"),
        ({"body": "<p>&nbsp;</p>"}, "Isi naskah belum ditulis"),
        ({"body": "<script>x</script>"}, "Isi naskah belum ditulis"),
        ({"category": ""}, "Bidang ini tidak boleh kosong"),
        ({"event_date": "kemarin"}, "tanggal"),
        ({"event_date": "01/31/2022"}, "tanggal"),
        ({"series_part": "2"}, "Pilih serinya"),
        ({"cover": "x'\x00"}, "Pilihan itu tidak dikenal"),
        ({"series": "9" * 30}, "Pilihan itu tidak dikenal"),
        ({"title": "x" * 301}, "300"),
        ({"title": "a\x00b"}, "null|Karakter"),
    ],
)
def test_bad_input_gets_a_sentence_and_keeps_what_was_typed(
    fields, said, browser_of, humas, typed
):
    response = browser_of(humas).post(ADD, typed(lead="Teras yang diketik", **fields))
    text = response.content.decode()
    assert response.status_code == 200
    assert re.search(said, text)
    assert "Teras yang diketik" in text
    assert "Bakohumas, hoaks" in text
    assert not Article.objects.exists()


def test_a_cover_needs_a_description_and_is_not_asked_for_twice(
    browser_of, humas, typed, picture
):
    client = browser_of(humas)
    upload = SimpleUploadedFile("foto.jpg", picture())
    response = client.post(ADD, typed(cover_upload=upload))
    photo = Photo.objects.get()
    text = response.content.decode()
    assert "Tulis apa yang terlihat pada foto sampul" in text
    assert f'<option value="{photo.pk}" selected' in text
    client.post(ADD, typed(cover=photo.pk, cover_alt="Rapat pleno"))
    article = Article.objects.get()
    assert (article.cover, article.cover_alt) == (photo, "Rapat pleno")
    photo.refresh_from_db()
    assert photo.description == "Rapat pleno"


def test_a_cover_that_is_no_picture_is_refused_in_a_sentence(browser_of, humas, typed):
    upload = SimpleUploadedFile("foto.jpg", b"bukan gambar")
    response = browser_of(humas).post(ADD, typed(cover_upload=upload, cover_alt="x"))
    assert "bukan foto yang dapat dibaca" in response.content.decode()
    assert not Photo.objects.exists()


def test_a_stale_save_is_refused_and_loses_no_word(browser_of, humas, humas_two, typed):
    first, second = browser_of(humas), browser_of(humas_two)
    first.post(ADD, typed())
    article = Article.objects.get()
    first.post(change(article), typed(base=1, title="Judul orang pertama"))
    response = second.post(change(article), typed(base=1, title="Judul orang kedua"))
    text = response.content.decode()
    assert "Humas menyimpan naskah ini" in text
    assert "Judul orang kedua" in text
    article.refresh_from_db()
    assert article.title == "Judul orang pertama"
    assert article.revisions.count() == 2
    assert 'name="base_revision" value="1"' in text
    # What differs stands beside it, in words and in brackets.
    assert "[dihapus: pertama]" in text
    assert "[baru: kedua]" in text
    # Compared, it is carried over, and the other's text stays in the history.
    carried = typed(base=1, title="Judul orang kedua", carry_over=2)
    assert second.post(change(article), carried).status_code == 302
    article.refresh_from_db()
    assert article.title == "Judul orang kedua"
    assert article.revisions.count() == 3


def test_the_clash_names_every_difference(browser_of, humas, humas_two, typed):
    client = browser_of(humas)
    client.post(ADD, typed())
    article = Article.objects.get()
    opinion = Category.objects.get(slug="opini").pk
    theirs = typed(base=1, category=opinion, event_date="2026-01-05", tags="lain")
    client.post(change(article), theirs)
    mine = typed(base=1, event_date="2026-01-06", source_name="Koran")
    text = browser_of(humas_two).post(change(article), mine).content.decode()
    clash = text[text.index('id="bentrok"') : text.index("carry_over")]
    for said in ("Siaran Pers", "6 Januari 2026", "Koran", "hoaks"):
        assert said in clash, said


def test_carrying_over_is_refused_when_yet_another_saved(
    browser_of, humas, humas_two, typed
):
    client = browser_of(humas)
    client.post(ADD, typed())
    article = Article.objects.get()
    for base, title in ((1, "Kedua"), (2, "Ketiga")):
        client.post(change(article), typed(base=base, title=title))
    late = typed(base=1, title="Terlambat", carry_over=2)
    response = browser_of(humas_two).post(change(article), late)
    assert "Tidak disimpan" in response.content.decode()
    article.refresh_from_db()
    assert article.title == "Ketiga"


def test_a_published_article_is_changed_with_its_class(
    browser_of, publish, humas, commissioner, typed
):
    article = publish(humas, commissioner, "Judul naskah")
    perform(Verb.REVISE, article, humas)
    client = browser_of(humas)
    page = client.get(change(article)).content.decode()
    assert 'name="change_class"' in page
    fields = typed(base=1, change_class="ralat", change_note="Angka diperbaiki.")
    client.post(change(article), fields)
    document = article.latest_revision.document
    assert '"change_class":"ralat","change_note":"Angka diperbaiki."' in document
    review = client.get(article.desk_url).content.decode()
    assert "Yang berubah dari naskah yang tayang" in review
    assert "Angka diperbaiki." in review
    assert 'name="change_class"' not in client.get(ADD).content.decode()


def test_a_save_during_review_is_refused_and_loses_no_word(
    browser_of, humas, submit, write, typed
):
    article = write(humas, "Judul lama")
    submit(article, humas)
    response = browser_of(humas).post(
        change(article), typed(base=1, title="Judul baru")
    )
    text = response.content.decode()
    assert "Tidak disimpan: naskah ini sudah diajukan" in text
    assert "Judul baru" in text
    assert Article.objects.get().title == "Judul lama"
    assert Revision.objects.count() == 1


def test_an_event_date_that_a_person_types_is_explicit(browser_of, humas, write, typed):
    article = write(humas, event_date=date(2022, 1, 31), event_date_basis="tanpa-tahun")
    client = browser_of(humas)
    client.post(change(article), typed(base=1, event_date="2022-01-31"))
    article.refresh_from_db()
    assert article.event_date_basis == "tanpa-tahun"
    client.post(change(article), typed(base=2, event_date="2022-02-01"))
    article.refresh_from_db()
    assert (article.event_date, article.event_date_basis) == (
        date(2022, 2, 1),
        "tertulis",
    )


def test_what_is_under_review_opens_on_the_review_page(
    browser_of, humas, write, submit
):
    article = submit(write(humas), humas)
    response = browser_of(humas).get(change(article))
    assert (response.status_code, response["Location"]) == (302, article.desk_url)


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_a_fixed_number_of_queries(
    count, browser_of, humas, write, django_assert_max_num_queries
):
    for n in range(count):
        write(humas, f"Naskah {n}")
    client = browser_of(humas)
    with django_assert_max_num_queries(10):
        text = client.get("/admin/news/article/").content.decode()
    assert text.count('class="field-title"') == count


def test_there_is_no_way_to_delete_an_article(browser_of, humas, superuser, write):
    article = write(humas)
    for by in (humas, superuser):
        response = browser_of(by).post(
            f"/admin/news/article/{article.pk}/delete/", {"post": "yes"}
        )
        assert response.status_code == 403
        browser_of(by).post(
            "/admin/news/article/",
            {"action": "delete_selected", "_selected_action": [article.pk]},
        )
    assert Article.objects.exists()


def test_topics_are_completed(browser_of, humas, write):
    write(humas, tags=["Bakohumas", "data pemilih", "pemilih muda"])
    client = browser_of(humas)

    def names(typed):
        return client.get("/admin/news/article/topik/", {"q": typed}).json()["names"]

    assert names("PEMIL") == ["data pemilih", "pemilih muda"]
    assert names("") == names("tidak ada") == []


def test_the_editor_page_allows_previews_of_pasted_pictures_only(browser_of, humas):
    policy = browser_of(humas).get(ADD)["Content-Security-Policy"]
    assert "img-src 'self' data: blob:" in policy
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy


def test_staff_pages_are_not_stored(browser_of, humas, write):
    article = write(humas)
    for address in ("/admin/", ADD, article.desk_url, "/admin/password_change/"):
        assert "no-store" in browser_of(humas).get(address)["Cache-Control"]


def test_a_change_after_approval_needs_a_new_approval(
    browser_of, humas, commissioner, write, typed
):
    article = write(humas)
    perform(Verb.SUBMIT, article, humas)
    seen = article.latest_revision.digest
    perform(Verb.RECALL, article, humas)
    browser_of(humas).post(change(article), typed(base=1, title="Diubah"))
    perform(Verb.SUBMIT, article, humas)
    response = browser_of(commissioner).post(
        f"/admin/news/article/{article.pk}/tindakan/",
        {"verb": "setujui", "digest": seen},
    )
    assert response.status_code == 409
    assert "berubah sejak Anda membukanya" in response.content.decode()
    assert not Edition.objects.exists()
    assert drafting.digest_of(article.latest_revision.document) != seen


def test_what_is_wrong_in_a_folded_section_is_seen(browser_of, humas, typed):
    client = browser_of(humas)
    page = client.get(ADD).content.decode()
    assert page.count("<details>") == 5
    page = client.post(ADD, typed(series_part=2)).content.decode()
    assert "Pilih serinya, atau kosongkan nomor bagian." in page
    assert page.count("<details>") == 4


def test_the_editor_is_not_loaded_with_the_page(browser_of, humas):
    page = browser_of(humas).get(ADD).content.decode()
    scripts = re.findall(r'<(?:script|link)[^>]* (?:src|href)="([^"]+)"', page)
    assert not [address for address in scripts if "django_ckeditor_5" in address]
    assert re.search(r'data-editor-bundle="[^"]*django_ckeditor_5/dist/bundle', page)
