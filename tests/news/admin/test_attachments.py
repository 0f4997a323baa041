import json

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from news import attachments, drafting
from news.models import Article, Attachment, Category
from news.models.article import Verb
from news.workflow import perform

ADD = "/admin/news/article/add/"


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def change(article):
    return f"/admin/news/article/{article.pk}/change/"


@pytest.fixture
def typed(db):
    def form(base=0, **fields):
        return {
            "base_revision": base,
            "title": "Judul naskah",
            "body": "<p>Isi naskah.</p>",
            "category": Category.objects.get(slug="siaran-pers").pk,
            **{name.replace("__", "-"): value for name, value in fields.items()},
        }

    return form


@pytest.fixture
def send(pdf):
    """Return a function that gives a file as a browser sends it."""

    def file(text="Pengumuman", name="Hasil.pdf"):
        return SimpleUploadedFile(name, pdf(text))

    return file


@pytest.fixture
def store(humas, send):
    def keep(text):
        return attachments.store(send(text, f"{text}.pdf"), humas)

    return keep


def listed(article):
    document = json.loads(article.latest_revision.document)
    return [one["name"] for one in document["attachments"]]


def row(attachment, name, place, **more):
    key = f"attachment-{attachment.pk}"
    return {f"{key}-name": name, f"{key}-position": place, **more}


def test_a_pdf_is_attached_and_is_in_the_document(browser_of, humas, typed, send):
    client = browser_of(humas)
    first = typed(
        **{
            "attachment-new-1-file": send("a", "Hasil seleksi.pdf"),
            "attachment-new-2-file": send("b"),
            "attachment-new-2-name": "Jadwal  tahapan\u200b",
        }
    )
    assert client.post(ADD, first).status_code == 302
    article = Article.objects.get()
    stored = Attachment.objects.get(name="Hasil seleksi")
    document = json.loads(article.latest_revision.document)
    assert document["attachments"][0] == {
        "file": stored.file.name,
        "name": "Hasil seleksi",
        "sha256": stored.digest,
        "size": stored.size,
    }
    assert listed(article) == ["Hasil seleksi", "Jadwal tahapan"]
    assert stored.digest in article.latest_revision.files
    page = client.get(change(article)).content.decode()
    assert ">Hasil seleksi</textarea>" in page
    assert page.count('type="file"') == 4


def test_a_changed_name_is_another_text(browser_of, humas, write, store, typed):
    article = write(humas)
    one = store("a")
    attachments.attach(article, [(one, "Lama")])
    before = drafting.record(article, humas)
    client = browser_of(humas)
    client.post(change(article), typed(base=2, **row(one, "Baru", 1)))
    after = article.latest_revision
    assert (after.number, listed(article)) == (3, ["Baru"])
    assert after.digest != before.digest
    client.post(change(article), typed(base=3, **row(one, "Baru", 1)))
    assert article.latest_revision == after


@pytest.mark.parametrize(
    ("places", "order"),
    [
        ((1, 2, 3), "abc"),
        ((1, 2, 1), "cab"),
        ((3, 2, 3), "bca"),
        ((2, 1, 3), "bac"),
        (("", 2, 3), "abc"),
    ],
)
def test_attachments_go_where_their_number_says(
    places, order, browser_of, humas, write, store, typed
):
    article = write(humas)
    stored = [store(name) for name in "abc"]
    attachments.attach(article, zip(stored, "abc", strict=True))
    drafting.record(article, humas)
    rows = {}
    for one, name, place in zip(stored, "abc", places, strict=True):
        rows |= row(one, name, place)
    browser_of(humas).post(change(article), typed(base=2, **rows))
    assert "".join(listed(article)) == order


def test_an_attachment_goes_by_its_own_box_alone(
    browser_of, humas, write, store, typed
):
    article = write(humas)
    one, two = store("a"), store("b")
    attachments.attach(article, [(one, "A"), (two, "B")])
    drafting.record(article, humas)
    client = browser_of(humas)
    # A form that says nothing of attachments, as an old one would be.
    client.post(change(article), typed(base=2, title="Judul lain"))
    assert listed(article) == ["A", "B"]
    gone = row(one, "A", 1, **{f"attachment-{one.pk}-remove": "on"})
    client.post(change(article), typed(base=3, **gone))
    assert listed(article) == ["B"]
    assert default_storage.exists(one.file.name)


def test_an_article_of_the_older_schema_saved_unchanged_appends_nothing(
    browser_of, humas, write, typed
):
    article = write(humas, "Judul naskah", body="<p>Isi naskah.</p>")
    article.revisions.all().delete()
    content = drafting.document(article)
    del content["attachments"]
    text = drafting.serialise(content).replace('{"schema":3', '{"schema":1')
    article.revisions.create(
        number=1, document=text, digest=drafting.digest_of(text), saved_by=humas
    )
    browser_of(humas).post(change(article), typed(base=1))
    assert article.revisions.count() == 1
    browser_of(humas).post(change(article), typed(base=1, title="Lain"))
    assert article.latest_revision.number == 2
    assert '"attachments":[]' in article.latest_revision.document


def test_an_error_elsewhere_keeps_the_file(browser_of, humas, typed, send):
    client = browser_of(humas)
    sent = {
        "attachment-new-1-file": send(),
        "attachment-new-1-name": "Hasil seleksi",
    }
    page = client.post(ADD, typed(title="", **sent)).content.decode()
    one = Attachment.objects.get()
    assert f'name="attachments" value="{one.pk}"' in page
    assert ">Hasil seleksi</textarea>" in page
    assert "Sudah terunggah" in page
    again = typed(attachments=one.pk, **row(one, "Hasil seleksi", 1))
    client.post(ADD, again)
    assert listed(Article.objects.get()) == ["Hasil seleksi"]


def test_a_form_sent_twice_attaches_once(browser_of, humas, typed, send):
    client = browser_of(humas)
    key = "11111111-1111-4111-8111-111111111111"
    for _ in range(2):
        sent = {"attachment-new-1-file": send(), "attachment-new-1-name": "Hasil"}
        response = client.post(ADD, typed(form_key=key, **sent))
        assert response.status_code == 302
    article = Article.objects.get()
    assert listed(article) == ["Hasil"]
    assert article.revisions.count() == 1


def test_the_same_file_in_two_boxes_is_attached_once(browser_of, humas, typed, send):
    sent = {"attachment-new-1-file": send(), "attachment-new-2-file": send()}
    browser_of(humas).post(ADD, typed(**sent))
    assert listed(Article.objects.get()) == ["Hasil"]


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"attachment-new-1-name": "Tanpa berkas"}, "Pilih berkas PDF untuk nama ini"),
        ({"attachments": "999999"}, "lampiran yang tidak dikenal"),
        ({"attachments": "x'\x00"}, "lampiran yang tidak dikenal"),
        ({"attachments": "9" * 30}, "lampiran yang tidak dikenal"),
    ],
)
def test_what_cannot_be_attached_gets_a_sentence(sent, said, browser_of, humas, typed):
    page = browser_of(humas).post(ADD, typed(**sent)).content.decode()
    assert said in page
    assert "Periksa bagian Lampiran" in page
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("name", "place", "said"),
    [
        ("", "1", "Tulis nama lampiran ini"),
        ("\u200b ", "1", "Tulis nama lampiran ini"),
        ("x" * 151, "1", "paling panjang 150"),
        # Longer once its letters are parted, as Unicode has it.
        ("\u0958" * 150, "1", "paling panjang 150"),
        ("A", "satu", "angka 1 sampai 99"),
        ("A", "-1", "angka 1 sampai 99"),
        ("A", "0", "angka 1 sampai 99"),
        ("A", "9" * 40, "angka 1 sampai 99"),
        ("A", "²", "angka 1 sampai 99"),
    ],
)
def test_a_bad_row_gets_a_sentence_and_changes_nothing(
    name, place, said, browser_of, humas, write, store, typed
):
    article = write(humas)
    one = store("a")
    attachments.attach(article, [(one, "Lama")])
    drafting.record(article, humas)
    page = browser_of(humas).post(
        change(article), typed(base=2, **row(one, name, place))
    )
    assert said in page.content.decode()
    assert listed(article) == ["Lama"]


def test_a_refused_file_is_told_of_beside_its_box(browser_of, humas, typed, pdf):
    client = browser_of(humas)
    big = SimpleUploadedFile("Besar.pdf", pdf() + b"\0" * (21 * 2**20))
    page = client.post(
        ADD, typed(**{"attachment-new-2-file": big, "attachment-new-2-name": "Peta"})
    ).content.decode()
    assert "lebih dari 20 MB" in page
    assert ">Peta</textarea>" in page
    html = SimpleUploadedFile("Halaman.pdf", b"<html>")
    page = client.post(ADD, typed(**{"attachment-new-1-file": html})).content.decode()
    assert "bukan PDF" in page
    empty = SimpleUploadedFile("Kosong.pdf", b"")
    page = client.post(ADD, typed(**{"attachment-new-1-file": empty})).content.decode()
    assert "Berkas ini kosong" in page
    assert not Attachment.objects.exists()
    assert not default_storage.exists("lampiran")


def test_an_article_takes_ten(browser_of, humas, write, store, typed, send):
    article = write(humas)
    stored = [store(f"Naskah {n}") for n in range(10)]
    attachments.attach(article, [(one, one.name) for one in stored])
    drafting.record(article, humas)
    page = browser_of(humas).post(
        change(article), typed(base=2, **{"attachment-new-1-file": send("kesebelas")})
    )
    assert "paling banyak 10 lampiran" in page.content.decode()
    assert len(listed(article)) == 10


def test_a_text_under_review_keeps_its_attachments(
    browser_of, humas, commissioner, write, store, typed, send
):
    article = write(humas)
    one = store("a")
    attachments.attach(article, [(one, "A")])
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    gone = row(one, "A", 1, **{f"attachment-{one.pk}-remove": "on"})
    sent = {**gone, "attachment-new-1-file": send()}
    page = browser_of(humas).post(change(article), typed(base=2, **sent))
    assert "Tidak disimpan" in page.content.decode()
    assert listed(article) == ["A"]
    assert article.attachments.get().name == "A"
    response = browser_of(commissioner).post(change(article), typed(base=2, **gone))
    assert response.status_code == 403
    assert article.attachments.get().name == "A"


def test_a_stale_save_shows_what_differs_in_attachments(
    browser_of, humas, humas_two, write, store, typed, send
):
    article = write(humas, "Judul naskah", body="<p>Isi naskah.</p>")
    attachments.attach(article, [(store("a"), "Milik orang lain")])
    drafting.record(article, humas)
    sent = {"attachment-new-1-file": send(), "attachment-new-1-name": "Milik saya"}
    client = browser_of(humas_two)
    page = client.post(change(article), typed(base=1, **sent)).content.decode()
    assert "Lampiran “Milik saya” ditambahkan." in page
    assert listed(article) == ["Milik orang lain"]
    mine = Attachment.objects.get(name="Milik saya")
    kept = typed(
        base=1, carry_over=2, attachments=mine.pk, **row(mine, "Milik saya", 2)
    )
    assert client.post(change(article), kept).status_code == 302
    assert listed(article) == ["Milik orang lain", "Milik saya"]


# The files, for those who review.


def staff_address(article, attachment, name="a"):
    return f"/admin/news/article/{article.pk}/lampiran/{attachment.digest}/{name}.pdf"


def test_the_newsroom_alone_reads_a_draft_attachment(
    browser_of,
    humas,
    commissioner,
    pengelola,
    outsider,
    superuser,
    reader,
    write,
    store,
):
    article = write(humas)
    one = store("a")
    attachments.attach(article, [(one, "a")])
    drafting.record(article, humas)
    address = staff_address(article, one)
    for by in (humas, commissioner):
        response = browser_of(by).get(address)
        assert response.status_code == 200
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="a.pdf"'
        assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "no-store" in response["Cache-Control"]
        with one.file.open() as file:
            assert b"".join(response.streaming_content) == file.read()
        for page in (article.desk_url, f"/admin/news/article/{article.pk}/revisi/2/"):
            assert f'href="{address}"' in browser_of(by).get(page).content.decode()
    assert browser_of(pengelola).get(address).status_code == 403
    for client in (browser_of(outsider), browser_of(superuser), reader):
        response = client.get(address)
        assert response.status_code in {302, 403}
        assert not response.streaming


def test_another_article_does_not_serve_the_file(browser_of, humas, write, store):
    one = store("a")
    other = write(humas, body=f'<p><a href="/x/lampiran/{one.digest}/a.pdf">x</a></p>')
    assert one.digest in other.latest_revision.files
    assert browser_of(humas).get(staff_address(other, one)).status_code == 404
