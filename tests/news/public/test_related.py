"""What an article's page calls related: by series, by topics, and by words."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from news.models import Edition, EditionAbout, Relative
from news.models.article import Release, Verb
from news.workflow import perform

START = datetime(2024, 7, 1, 5, tzinfo=UTC)
# What stands in every text of the office says nothing of any.
BOILERPLATE = "KPU Kabupaten Serang menyampaikan kabar resmi kepada masyarakat Banten. "


@pytest.fixture
def text(archived):
    """Return a function that makes a public text, each an hour after the last."""
    moments = (START + timedelta(hours=n) for n in range(100))

    def make(title, body="", **more):
        fields = {"body": f"<p>{BOILERPLATE}{body}</p>", **more.pop("fields", {})}
        return archived(title, next(moments), fields=fields, **more).edition

    return make


@pytest.fixture
def others(text):
    """Write texts that share the office's words and no others."""
    for n in range(8):
        own = chr(ord("a") + n) * 5
        text(f"Warta {own}", f"Tentang {own}an dan {own}nya.")


@pytest.fixture
def related(reader):
    """Return a function that reads the titles of what a page calls related."""

    def read(edition):
        page = reader.get(edition.get_absolute_url()).content.decode()
        block = re.search(r'<aside class="related".*?</aside>', page, re.DOTALL)
        return re.findall(r"<li><a [^>]*>(.*?)</a>", block[0]) if block else []

    return read


def test_rare_words_relate_and_the_offices_own_do_not(text, others, related):
    one = text("Gudang kotak", "Logistik tiba di gudang Ciruas.")
    two = text("Kotak tiba", "Logistik disimpan dalam gudang Ciruas.")
    plain = text("Salam", "Selamat pagi.")
    assert related(one) == ["Kotak tiba"]
    assert related(two) == ["Gudang kotak"]
    assert related(plain) == []


def test_one_word_alone_relates_nothing(text, others, related):
    one = text("Satu", "Kunjungan ke Padarincang kemarin.")
    text("Dua", "Banjir melanda Padarincang.")
    assert related(one) == []


def test_a_series_is_nearer_than_topics_and_topics_than_words(text, others, related):
    words = "Logistik tiba di gudang Ciruas."
    text("Satu kata", words)
    text("Satu topik", tags=("Langka",))
    text("Satu seri", series="Demokrasi", fields={"series_part": 1})
    one = text("Naskah", words, tags=("Langka",), series="Demokrasi")
    assert related(one) == ["Satu seri", "Satu topik", "Satu kata"]


def test_a_rare_topic_tells_more_than_a_common_one(text, others, related):
    for n in range(4):
        text(f"Umum {n}", tags=("Pemilu",))
    text("Langka", tags=("Bakohumas",))
    text("Keduanya", tags=("Bakohumas", "Pemilu"))
    one = text("Naskah", tags=("Pemilu", "Bakohumas"))
    assert related(one) == ["Keduanya", "Langka", "Umum 3"]


def test_opinion_may_be_related(text, others, related):
    text("Kolom", tags=("Bakohumas",), category="opini")
    assert related(text("Naskah", tags=("Bakohumas",))) == ["Kolom"]


@pytest.fixture
def pair(publish, humas, commissioner):
    """Return two public articles that share a topic."""
    return [
        publish(humas, commissioner, title, tags=["Bakohumas"])
        for title in ("Satu", "Dua")
    ]


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.ERASE])
def test_what_is_gone_is_related_to_nothing(pair, commissioner, related, verb):
    one, two = pair
    assert related(one.edition) == ["Dua"]
    perform(verb, two, commissioner, note="Keliru.")
    assert related(one.edition) == []
    assert not Relative.objects.exists()
    assert list(EditionAbout.objects.values_list("pk", flat=True)) == [one.pk]


def test_what_is_scheduled_is_related_once_it_is_due(
    pair, write, humas, commissioner, related
):
    later = write(humas, "Nanti", tags=["Bakohumas"])
    moment = timezone.now() + timedelta(hours=1)
    perform(Verb.SUBMIT, later, humas, release=Release.AT_TIME, publish_at=moment)
    digest = later.latest_revision.digest
    perform(Verb.APPROVE, later, commissioner, digest=digest)
    assert related(pair[0].edition) == ["Dua"]
    Edition.objects.filter(pk=later.pk).update(publish_at=timezone.now())
    assert sorted(related(pair[0].edition)) == ["Dua", "Nanti"]
    assert sorted(related(Edition.objects.get(pk=later.pk))) == ["Dua", "Satu"]


def test_an_unscheduled_article_leaves_no_trace(pair, write, humas, commissioner):
    later = write(humas, "Nanti", tags=["Bakohumas"])
    moment = timezone.now() + timedelta(hours=1)
    perform(Verb.SUBMIT, later, humas, release=Release.AT_TIME, publish_at=moment)
    digest = later.latest_revision.digest
    perform(Verb.APPROVE, later, commissioner, digest=digest)
    perform(Verb.UNSCHEDULE, later, humas)
    assert not Relative.objects.filter(other=later.pk).exists()
    assert not EditionAbout.objects.filter(pk=later.pk).exists()


def test_a_correction_changes_what_is_related(
    pair, humas, commissioner, change, related
):
    one, two = pair
    two.tags.clear()
    change(two, humas, commissioner, body="<p>Lain.</p>")
    assert related(one.edition) == []


def test_an_old_article_learns_of_nearer_ones_and_keeps_a_bounded_number(text, others):
    one = text("Lama", tags=("Bakohumas",))
    for n in range(30):
        text(f"Baru {n:02}", tags=("Bakohumas",))
    assert Relative.objects.filter(edition=one).count() <= 30
    with connection.cursor() as cursor:
        cursor.execute("SELECT news_relate(%s)", [one.pk])
    assert Relative.objects.filter(edition=one).count() == 24
