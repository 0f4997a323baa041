from datetime import timedelta

import pytest
from django.db import connection

from news import drafting
from news.admin.history import sittings
from news.models import Article, Edition, Revision
from news.models.article import Verb
from news.workflow import perform


@pytest.fixture
def rewritten(write, humas, humas_two):
    """An article of three revisions, the last by someone else."""
    article = write(humas, "Judul satu", body="<p>Hadir 47 orang.</p>")
    for by, body in ((humas, "Hadir 48 orang."), (humas_two, "Hadir 49 orang.")):
        article.body = f"<p>{body}</p>"
        article.save()
        drafting.record(article, by)
    return article


def test_saves_are_grouped_by_person_and_sitting(rewritten, humas, humas_two):
    revisions = list(rewritten.revisions.order_by("number"))
    groups = [
        (sitting.by, [revision.number for revision in sitting.revisions])
        for sitting in sittings(revisions)
    ]
    assert groups == [(humas_two, [3]), (humas, [1, 2])]
    revisions[1].saved_at += timedelta(minutes=31)
    assert len(sittings(revisions[:2])) == 2


def test_the_history_shows_every_save_and_act(
    rewritten, browser_of, humas, commissioner
):
    perform(Verb.SUBMIT, rewritten, humas)
    perform(Verb.RETURN, rewritten, commissioner, note="Angkanya berapa?")
    page = browser_of(humas).get(f"/admin/news/article/{rewritten.pk}/riwayat/")
    text = page.content.decode()
    for said in ("Revisi 1", "Revisi 3", "Angkanya berapa?", "Diajukan"):
        assert said in text


def test_any_two_revisions_are_compared_in_words(rewritten, browser_of, humas):
    client = browser_of(humas)
    address = f"/admin/news/article/{rewritten.pk}/riwayat/"
    text = client.get(address, {"dari": 1, "ke": 3}).content.decode()
    assert "[dihapus: 47" in text
    assert "[baru: 49" in text
    for numbers in ({"dari": 1, "ke": 9}, {"dari": "x", "ke": "1"}, {"dari": "1" * 30}):
        assert client.get(address, numbers).status_code == 404


def test_any_revision_is_previewed_by_staff(rewritten, browser_of, humas):
    address = f"/admin/news/article/{rewritten.pk}/revisi/1/"
    text = browser_of(humas).get(address).content.decode()
    assert "Hadir 47 orang." in text
    assert "bukan naskah yang tayang" in text


def test_a_revision_of_another_article_is_not_shown(
    rewritten, browser_of, humas, write
):
    other = write(humas, "Lain")
    client = browser_of(humas)
    assert client.get(f"/admin/news/article/{other.pk}/revisi/3/").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_history_takes_a_fixed_number_of_queries(
    count, write, humas, commissioner, browser_of, django_assert_max_num_queries
):
    article = write(humas)
    for n in range(count):
        article.body = f"<p>{n}</p>"
        article.save()
        drafting.record(article, humas)
        perform(Verb.SUBMIT, article, humas)
        perform(Verb.RETURN, article, commissioner, note="Lagi.")
        article.refresh_from_db()
    client = browser_of(humas)
    with django_assert_max_num_queries(8):
        client.get(f"/admin/news/article/{article.pk}/riwayat/")


def test_assignment_and_due_time_are_no_part_of_the_text(
    write, humas, humas_two, browser_of
):
    article = write(humas)
    client = browser_of(humas)
    address = f"/admin/news/article/{article.pk}/rencana/"
    client.post(address, {"assignee": humas_two.pk, "due_at": "2026-11-25T09:00"})
    article.refresh_from_db()
    assert article.assignee == humas_two
    assert article.due_at.isoformat() == "2026-11-25T02:00:00+00:00"
    assert Revision.objects.count() == 1
    for due, said in (
        ("besok", "2026-11-25 09:00"),
        ("0001-01-01T00:00", "tahun 2000 sampai 2100"),
        ("9999-12-31T23:59", "tahun 2000 sampai 2100"),
    ):
        response = client.post(address, {"due_at": due})
        assert response.status_code == 400
        assert said in response.content.decode()


def test_only_the_newsroom_is_assigned(write, humas, pengelola, browser_of):
    article = write(humas)
    response = browser_of(humas).post(
        f"/admin/news/article/{article.pk}/rencana/", {"assignee": pengelola.pk}
    )
    assert response.status_code == 400
    assert Article.objects.get().assignee is None


def test_what_is_late_says_so_on_the_desk(write, humas, browser_of):
    article = write(humas)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_article SET due_at = now() - interval '2 hours'")
    page = browser_of(humas).get("/admin/").content.decode()
    assert "Terlambat 2" in page
    assert article.title in page


def test_a_new_draft_begins_with_a_public_text(
    publish, humas, commissioner, browser_of
):
    article = publish(
        humas, commissioner, "Siaran berkala", lead="Teras.", tags=["umum"]
    )
    response = browser_of(humas).post(f"/admin/news/article/{article.pk}/salin/")
    copy = Article.objects.exclude(pk=article.pk).get()
    assert response["Location"] == f"/admin/news/article/{copy.pk}/change/"
    assert (copy.title, copy.lead, copy.state) == ("Siaran berkala", "Teras.", "draf")
    assert set(copy.tags.names()) == {"umum"}
    assert copy.revisions.count() == 1
    assert Edition.objects.count() == 1


def test_no_draft_is_copied_and_no_commissioner_copies(
    write, publish, humas, commissioner, browser_of
):
    draft = write(humas)
    public = publish(humas, commissioner, "Publik")
    assert (
        browser_of(humas).post(f"/admin/news/article/{draft.pk}/salin/").status_code
        == 404
    )
    assert (
        browser_of(commissioner)
        .post(f"/admin/news/article/{public.pk}/salin/")
        .status_code
        == 403
    )
