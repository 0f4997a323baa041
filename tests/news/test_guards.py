"""What the database itself refuses, tried with SQL."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news.models import Approval, Article, Edition, Publication, Revision, Transition
from news.models.article import Verb
from news.workflow import perform


def refused(sql, *values):
    with (
        pytest.raises(IntegrityError) as error,
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, values)
    return str(error.value)


@pytest.fixture
def public(publish, humas, commissioner):
    return publish(humas, commissioner)


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("news_revision", "document"),
        ("news_approval", "digest"),
        ("news_transition", "note"),
        ("news_publication", "note"),
    ],
)
def test_a_row_of_the_record_is_neither_changed_nor_deleted(table, column, public):
    assert "append-only" in refused(f"UPDATE {table} SET {column} = 'x'")  # noqa: S608
    refused(f"DELETE FROM {table}")  # noqa: S608


def test_the_orm_is_refused_too(public):
    for model in (Revision, Approval, Transition, Publication):
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.first().delete()


def test_a_draft_that_was_never_public_can_lose_its_revisions(write, humas):
    article = write(humas)
    article.revisions.all().delete()
    article.delete()
    assert not Article.objects.exists()


def test_a_revision_is_what_its_digest_says(write, humas):
    article = write(humas)
    assert "digest" in refused(
        "INSERT INTO news_revision (article_id, number, document, digest, saved_by_id)"
        " VALUES (%s, 2, '{}', repeat('0', 64), %s)",
        article.pk,
        humas.pk,
    )


def test_nothing_is_saved_while_it_waits_for_approval(write, submit, humas):
    article = submit(write(humas), humas)
    assert "not open for saving" in refused(
        "INSERT INTO news_revision (article_id, number, document, digest, saved_by_id)"
        " VALUES (%s, 2, '{}', encode(sha256('{}'), 'hex'), %s)",
        article.pk,
        humas.pk,
    )


def test_an_edition_needs_an_approval(write, submit, humas):
    article = submit(write(humas), humas)
    edition = Edition(article=article, version=1, round=1, publish_at=timezone.now())
    edition.present(article.latest_revision)
    with pytest.raises(IntegrityError, match="approved by nobody"):
        edition.save()


def test_an_edition_says_what_its_revision_says(public):
    for column in ("title", "body"):
        assert "is not its revision" in refused(
            f"UPDATE news_edition SET {column} = 'Lain'"  # noqa: S608
        )


def test_a_public_edition_cannot_be_deleted_or_moved_in_time(public):
    assert "withdraw it" in refused("DELETE FROM news_edition")
    assert "was public since" in refused(
        "UPDATE news_edition SET publish_at = now() + interval '1 day'"
    )


def test_an_approval_must_be_of_the_submitted_text_and_not_ones_own(
    write, submit, humas, commissioner
):
    article = write(humas)
    insert = (
        "INSERT INTO news_approval (article_id, round, digest, approver_id)"
        " VALUES (%s, %s, %s, %s)"
    )
    digest = article.latest_revision.digest
    refused(insert, article.pk, 0, digest, commissioner.pk)
    submit(article, humas)
    refused(insert, article.pk, 1, "0" * 64, commissioner.pk)
    refused(insert, article.pk, 2, digest, commissioner.pk)
    refused(insert, article.pk, 1, digest, humas.pk)
    perform(Verb.APPROVE, article, commissioner, digest=digest)
    assert Approval.objects.count() == 1


def test_a_line_must_continue_the_ledger(public):
    insert = (
        "INSERT INTO news_publication (sequence, article, version, digest, kind, note,"
        " at, recorded_at, previous, hash)"
        " SELECT %s, article, 2, digest, kind, note, at, recorded_at, %s, %s"
        " FROM news_publication"
    )
    last = Publication.objects.last()
    assert "continue" in refused(insert, last.sequence + 2, last.hash, "1" * 64)
    assert "continue" in refused(insert, last.sequence + 1, "2" * 64, "1" * 64)


def test_an_article_has_a_title(write, humas):
    write(humas)
    assert "article_has_title_and_body" in refused("UPDATE news_article SET title = ''")


def test_an_unknown_state_is_refused(write, humas):
    write(humas)
    assert "article_state_known" in refused(
        "UPDATE news_article SET state = 'published'"
    )
