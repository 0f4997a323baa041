import csv
import io
from datetime import UTC, datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from news import reports
from news.models import Article, Category, Transition
from news.models.article import Release, Verb
from news.workflow import perform


def at(text):
    """Return a moment of the site's zone, in which it is seven hours later."""
    return datetime.fromisoformat(f"{text}+07:00").astimezone(UTC)


def backdate(article, created, *moments):
    """Say when an article was made and each of its acts done; triggers refuse it."""
    Article.objects.filter(pk=article.pk).update(created_at=at(created))
    acts = Transition.objects.filter(article=article.pk).order_by("pk")
    assert len(acts) == len(moments)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for act, moment in zip(acts, moments, strict=True):
            Transition.objects.filter(pk=act.pk).update(at=at(moment))
        cursor.execute("SET LOCAL session_replication_role = origin")


def report(month):
    output = io.StringIO()
    call_command("workflow_report", month, stdout=output)
    rows = list(csv.reader(output.getvalue().splitlines()))
    assert rows[0] == list(reports.HEADER)
    return {row[1]: row[2:] for row in rows[1:]}


def approve(article, by):
    article = Article.objects.get(pk=article.pk)
    perform(Verb.APPROVE, article, by, digest=article.latest_revision.digest)


@pytest.fixture
def january(write, humas, commissioner):
    """What was done in a January: three articles on their ways, and a release."""
    direct = write(humas, "Langsung")
    perform(Verb.SUBMIT, direct, humas)
    approve(direct, commissioner)
    backdate(direct, "2026-01-05T08:00", "2026-01-05T10:00", "2026-01-05T11:00")

    back = write(humas, "Kembali dahulu")
    perform(Verb.SUBMIT, back, humas)
    perform(Verb.RETURN, back, commissioner, note="Lihat lagi.")
    perform(Verb.SUBMIT, back, humas, release=Release.BY_AUTHOR)
    approve(back, commissioner)
    perform(Verb.PUBLISH, back, humas)
    backdate(
        *(back, "2026-01-06T08:00"),
        *("2026-01-06T12:00", "2026-01-06T12:30", "2026-01-06T13:30"),
        *("2026-01-06T16:30", "2026-01-08T16:30"),
    )

    # Submitted in December, and approved in January a second too late for it.
    opinion = write(
        humas, "Opini", category="opini", byline_name="A", byline_office="B"
    )
    perform(Verb.SUBMIT, opinion, humas)
    approve(opinion, commissioner)
    backdate(opinion, "2025-12-31T20:00", "2025-12-31T22:00", "2026-01-01T00:00")

    release = write(humas, "Darurat")
    perform(Verb.RELEASE, release, humas, note="Banjir.")
    backdate(release, "2026-01-31T23:00", "2026-01-31T23:59:59")


def test_counts_and_medians_by_category(january):
    rows = report("2026-01")
    # Submitted after 2, 4 and 1 hours; approved after 1 and 3; returned after half an
    # hour; public at once, and after two days.
    assert rows["Siaran Pers"] == [
        *("3", "2.00", "2", "2.00", "1", "0.50", "2", "24.00", "1")
    ]
    assert rows["Kolom Opini"] == ["0", "", "1", "2.00", "0", "", "1", "0.00", "0"]
    assert rows["Laporan Webinar"] == ["0", "", "0", "", "0", "", "0", "", "0"]
    assert rows["Semua kategori"] == [
        *("3", "2.00", "3", "2.00", "1", "0.50", "3", "0.00", "1")
    ]


def test_a_step_counts_in_the_month_in_which_it_ends(january):
    assert report("2025-12")["Semua kategori"] == [
        *("1", "2.00", "0", "", "0", "", "0", "", "0")
    ]
    assert report("2026-02")["Semua kategori"] == [
        *("0", "", "0", "", "0", "", "0", "", "0")
    ]


def test_part_of_a_quorum_is_no_approval(
    settings, write, humas, commissioner, commissioner_two
):
    settings.APPROVAL_QUORUM = 2
    article = write(humas)
    perform(Verb.SUBMIT, article, humas)
    approve(article, commissioner)
    approve(article, commissioner_two)
    backdate(
        *(article, "2026-01-05T08:00"),
        *("2026-01-05T10:00", "2026-01-05T11:00", "2026-01-05T14:00"),
    )
    assert report("2026-01")["Semua kategori"][2:4] == ["1", "4.00"]


def test_a_discarded_article_still_counts(write, humas):
    article = write(humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.RECALL, article, humas)
    perform(Verb.DISCARD, Article.objects.get(pk=article.pk), humas)
    backdate(
        *(article, "2026-01-05T08:00"),
        *("2026-01-05T10:00", "2026-01-05T11:00", "2026-01-05T14:00"),
    )
    assert report("2026-01")["(naskah sudah dibuang)"][:2] == ["1", ""]


@pytest.mark.parametrize("sign", "=+-@\t\r")
def test_no_cell_is_a_formula(db, sign):
    Category.objects.filter(slug="opini").update(name=f"{sign}HYPERLINK(1)")
    assert [row[1] for row in reports.monthly(at("2026-01-01T00:00").date())][2] == (
        f"'{sign}HYPERLINK(1)"
    )


def test_the_number_of_queries_does_not_grow(january, django_assert_num_queries):
    with django_assert_num_queries(3):
        report("2026-01")
    with django_assert_num_queries(3):
        report("2026-02")


def test_a_file_holds_the_same(january, tmp_path):
    path = tmp_path / "laporan.csv"
    call_command("workflow_report", "2026-01", "--output", str(path))
    rows = list(csv.reader(path.read_text("utf-8").splitlines()))
    assert {row[1]: row[2:] for row in rows[1:]} == report("2026-01")


@pytest.mark.parametrize("month", ["2026", "2026-13", "Januari", "2026-01-05"])
def test_a_month_must_be_one(db, month):
    with pytest.raises(CommandError, match="tulis tahun dan bulan seperti 2026-01"):
        call_command("workflow_report", month)


def test_a_file_that_cannot_be_written_is_told(db, tmp_path):
    with pytest.raises(CommandError, match="tidak dapat ditulis"):
        call_command("workflow_report", "2026-01", "--output", str(tmp_path))
