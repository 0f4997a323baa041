from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news import attachments, downloads, drafting
from news.models import Edition
from news.models.article import Release, Verb
from news.workflow import perform


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def store(humas, pdf):
    def keep(text):
        return attachments.store(SimpleUploadedFile("x.pdf", pdf(text)), humas)

    return keep


@pytest.fixture
def draft(write, humas, store):
    """Return a function that writes an article with attachments of these names."""

    def make(*names, **fields):
        article = write(humas, **fields)
        attachments.attach(article, [(store(name), name) for name in names])
        drafting.record(article, humas)
        return article

    return make


@pytest.fixture
def approve(humas, commissioner):
    def act(article, **asks):
        perform(Verb.SUBMIT, article, humas, **asks)
        digest = article.latest_revision.digest
        return perform(Verb.APPROVE, article, commissioner, digest=digest)

    return act


def address(article, attachment, slug):
    return f"/berita/{article.pk}/lampiran/{attachment.digest}/{slug}.pdf"


def status_of(client, where):
    """Return the status of an answer, which is read to its end."""
    response = client.get(where)
    b"".join(response)
    return response.status_code


def file_of(article):
    return article.attachments.first().attachment


def test_the_page_lists_its_attachments(reader, draft, approve):
    article = approve(draft("Hasil & seleksi", "Jadwal"))
    page = reader.get(article.edition.get_absolute_url()).content.decode()
    where = address(article, file_of(article), "hasil-seleksi")
    assert f'<a href="{where}" download>Hasil &amp; seleksi</a>' in page
    assert "PDF, 1 KB" in page
    assert page.index("Hasil &amp; seleksi") < page.index("Jadwal")
    assert page.index("articleBody") < page.index('id="lampiran"')


def test_the_file_is_a_download_that_cannot_act_as_a_page(reader, draft, approve):
    article = approve(draft("Hasil seleksi"))
    one = file_of(article)
    response = reader.get(address(article, one, "hasil-seleksi"))
    with one.file.open() as file:
        content = file.read()
    assert b"".join(response.streaming_content) == content
    for header, value in {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="Hasil seleksi.pdf"',
        "Content-Length": str(len(content)),
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "public, max-age=0, must-revalidate",
        "ETag": f'"{one.digest}"',
    }.items():
        assert response[header] == value
    assert not response.cookies


def test_a_reader_who_has_it_is_told_so(reader, draft, approve, commissioner):
    article = approve(draft("Hasil"))
    one = file_of(article)
    where, has = address(article, one, "hasil"), {"If-None-Match": f'"{one.digest}"'}
    response = reader.get(where, headers=has)
    assert (response.status_code, response.content) == (304, b"")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    assert reader.get(where, headers=has).status_code == 410


def test_head_tells_the_size_and_sends_nothing(reader, draft, approve):
    article = approve(draft("Hasil"))
    one = file_of(article)
    response = reader.head(address(article, one, "hasil"))
    assert response["Content-Length"] == str(one.size)
    assert b"".join(response) == b""
    assert reader.post(address(article, one, "hasil")).status_code == 405


def test_another_name_in_the_address_leads_to_the_attachments_own(
    reader, draft, approve
):
    article = approve(draft("Hasil"))
    one = file_of(article)
    response = reader.get(address(article, one, "pengunduran-diri"))
    assert (response.status_code, response["Location"]) == (
        302,
        address(article, one, "hasil"),
    )


def test_only_what_is_public_is_served(reader, draft, approve, humas, commissioner):
    for release in ({}, {"release": Release.BY_AUTHOR}):
        article = draft("Hasil", title=f"Naskah {release}")
        where = address(article, file_of(article), "hasil")
        assert status_of(reader, where) == 404
        perform(Verb.SUBMIT, article, humas, **release)
        assert status_of(reader, where) == 404
        digest = article.latest_revision.digest
        perform(Verb.APPROVE, article, commissioner, digest=digest)
        assert status_of(reader, where) == (404 if release else 200)
    tomorrow = timezone.now() + timedelta(days=1)
    later = draft("Hasil", title="Terjadwal")
    approve(later, release=Release.AT_TIME, publish_at=tomorrow)
    assert Edition.objects.scheduled().filter(pk=later.pk).exists()
    assert status_of(reader, address(later, file_of(later), "hasil")) == 404


def test_a_withdrawn_article_takes_its_files_along(
    reader, draft, approve, commissioner
):
    article = approve(draft("Hasil"))
    where = address(article, file_of(article), "hasil")
    perform(Verb.WITHDRAW, article, commissioner, note="Memuat data pribadi.")
    response = reader.get(where)
    assert response.status_code == 410
    assert "Memuat data pribadi." in response.content.decode()
    assert "style-src 'self'" in response["Content-Security-Policy"]


def test_an_erased_article_has_no_files(
    reader, draft, approve, commissioner, django_capture_on_commit_callbacks
):
    article = approve(draft("Hasil"))
    one = file_of(article)
    with django_capture_on_commit_callbacks(execute=True):
        perform(Verb.ERASE, article, commissioner, note="Alasan.")
    assert status_of(reader, address(article, one, "hasil")) == 404


@pytest.fixture
def revise(humas, store):
    def act(article, *names):
        perform(Verb.REVISE, article, humas)
        article.refresh_from_db()
        article.change_class, article.change_note = "ralat", "Diganti."
        article.save()
        attachments.attach(article, [(store(name), name) for name in names])
        drafting.record(article, humas)

    return act


def test_an_older_public_version_still_serves_its_own(
    reader, draft, approve, revise, commissioner
):
    article = approve(draft("Lama"))
    old = file_of(article)
    revise(article, "Draf antara")
    between = file_of(article)
    attachments.attach(article, [])
    drafting.record(article, article.created_by)
    approve(article)
    page = reader.get(f"/berita/{article.pk}/versi/1/").content.decode()
    assert address(article, old, "lama") in page
    assert "Lampiran “Lama” dihapus." in page
    assert status_of(reader, address(article, old, "lama")) == 200
    # What no public text ever had stays with the newsroom.
    assert status_of(reader, address(article, between, "draf-antara")) == 404
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    perform(Verb.RESTORE, article, article.created_by)
    revise_again(article)
    approve(article)
    assert status_of(reader, address(article, old, "lama")) == 404


def revise_again(article):
    article.refresh_from_db()
    article.title = "Judul yang dipulihkan"
    article.change_class, article.change_note = "ralat", "Dipulihkan."
    article.save()
    drafting.record(article, article.created_by)


def test_a_file_of_another_article_is_not_served(reader, draft, approve, store):
    one = store("Milik lain")
    article = approve(
        draft(body=f'<p><a href="/y/lampiran/{one.digest}/a.pdf">x</a></p>')
    )
    assert status_of(reader, address(article, one, "milik-lain")) == 404


def test_a_file_that_is_gone_is_404(reader, draft, approve):
    article = approve(draft("Hasil"))
    one = file_of(article)
    default_storage.delete(one.file.name)
    assert status_of(reader, address(article, one, "hasil")) == 404


def test_files_have_no_other_address(reader, draft, approve):
    article = approve(draft("Hasil"))
    name = file_of(article).file.name
    assert status_of(reader, f"/media/{name}") == 404
    for where in ("x", "A" * 64, "0" * 63):
        assert status_of(reader, f"/berita/1/lampiran/{where}/a.pdf") == 404
    huge = f"/berita/{'9' * 40}/lampiran/{'0' * 64}/a.pdf"
    assert status_of(reader, huge) == 404


@pytest.mark.parametrize(
    ("name", "called"),
    [
        ("Hasil", "Hasil.pdf"),
        ('a"; x=".exe', "a-; x=-.exe.pdf"),
        ("../../etc/passwd", "etc-passwd.pdf"),
        ("...", "lampiran.pdf"),
        ("Lembar ringkas: langkah?", "Lembar ringkas langkah.pdf"),
        ("Anggaran 50% / 2026", "Anggaran 50- - 2026.pdf"),
    ],
)
def test_a_hostile_name_is_a_name_all_the_same(name, called):
    assert downloads.file_name(name) == called


def test_a_name_beyond_ascii_is_told_as_the_standard_says(reader, draft, approve):
    article = approve(draft("Keputusan é ﷽"))
    one = file_of(article)
    response = reader.get(address(article, one, "keputusan-e"))
    b"".join(response)
    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''Keputusan%20%C3%A9%20%EF%B7%BD.pdf"
    )


@pytest.mark.parametrize(
    ("size", "said"),
    [
        (1, "1 KB"),
        (84 * 1024, "84 KB"),
        (2**20 - 1, "1024 KB"),
        (2**20, "1,0 MB"),
        (int(1.24 * 2**20), "1,2 MB"),
        (20 * 2**20, "20,0 MB"),
    ],
)
def test_a_size_is_told_as_people_read_it(size, said):
    assert downloads.size_text(size) == said


@pytest.mark.parametrize("count", [1, 8])
def test_attachments_cost_the_page_no_query(
    count, reader, draft, approve, django_assert_num_queries
):
    article = approve(draft(*(f"Lampiran {n}" for n in range(count))))
    where = article.edition.get_absolute_url()
    with django_assert_num_queries(3):
        reader.get(where)
