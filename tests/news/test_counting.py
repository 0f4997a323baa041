import os
import threading
from datetime import date, timedelta

import psycopg
import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Sum
from django.utils import timezone

from news import counting
from news.counting import Outcome, count_reading, reader_of, source_of
from news.models import Edition, ReadingKey, ReadingSalt, ReadingTotal, Tally
from news.models.tally import Source

PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0 Mobile"


@pytest.fixture
def edition(publish, humas, commissioner):
    return Edition.objects.get(pk=publish(humas, commissioner).pk)


def read(edition, address="203.0.113.7", source=Source.DIRECT):
    return count_reading(edition.pk, reader_of(address, PHONE), source)


def readings():
    return Tally.objects.aggregate(all=Sum("readings"))["all"] or 0


def grow_older(minutes):
    by = timedelta(minutes=minutes)
    for key in ReadingKey.objects.all():
        ReadingKey.objects.filter(pk=key.pk).update(read_at=key.read_at - by)


def test_a_reader_is_counted_once_in_thirty_minutes(edition):
    assert read(edition) is Outcome.COUNTED
    assert read(edition) is Outcome.COUNTED_BEFORE
    grow_older(29)
    assert read(edition) is Outcome.COUNTED_BEFORE
    grow_older(1)
    assert read(edition) is Outcome.COUNTED
    assert readings() == 2


def test_a_reading_does_not_push_its_window_on(edition):
    read(edition)
    for _ in range(3):
        grow_older(10)
        outcome = read(edition)
    assert outcome is Outcome.COUNTED


def test_readers_and_articles_are_counted_apart(edition, publish, humas, commissioner):
    other = publish(humas, commissioner, "Naskah lain").edition
    assert read(edition) is Outcome.COUNTED
    assert read(edition, "203.0.113.8") is Outcome.COUNTED
    assert read(other) is Outcome.COUNTED
    assert Tally.objects.filter(edition=other).get().readings == 1


def test_a_flood_counts_once_and_is_told_to_stop(edition):
    outcomes = [read(edition) for _ in range(counting.PATIENCE + 1)]
    assert outcomes[0] is Outcome.COUNTED
    assert set(outcomes[1:-1]) == {Outcome.COUNTED_BEFORE}
    assert outcomes[-1] is Outcome.FLOOD
    assert readings() == 1


def test_what_is_not_public_is_not_counted(edition):
    for pk in (edition.pk + 99, 2**70):
        assert count_reading(pk, "x", Source.DIRECT) is Outcome.NOT_PUBLIC
    Edition.objects.update(withdrawn_at=timezone.now(), withdrawn_reason="Keliru")
    assert read(edition) is Outcome.NOT_PUBLIC
    assert not Tally.objects.exists()
    assert not ReadingKey.objects.exists()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_readers_at_the_same_time_are_counted_exactly(same, edition):
    def many(thread):
        for number in range(25):
            try:
                read(edition, "203.0.113.7" if same else f"10.{thread}.0.{number}")
            finally:
                # As a request does when it ends.
                connection.close()

    threads = [threading.Thread(target=many, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert readings() == (1 if same else 200)
    assert ReadingSalt.objects.count() == 1
    counting.roll_up()
    assert Edition.objects.with_views().get().views == readings()


def test_readings_of_one_transaction_are_told_apart(
    edition, publish, humas, commissioner
):
    other = publish(humas, commissioner, "Naskah lain").edition
    outcomes = counting._count_all(
        [
            counting.Reading(edition.pk, "satu", Source.SEARCH),
            counting.Reading(edition.pk, "dua", Source.SEARCH),
            counting.Reading(edition.pk + 99, "satu", Source.SEARCH),
            counting.Reading(other.pk, "satu", Source.DIRECT),
            *[counting.Reading(edition.pk, "satu", Source.SEARCH)] * counting.PATIENCE,
        ]
    )
    assert outcomes == [
        Outcome.COUNTED,
        Outcome.COUNTED,
        Outcome.NOT_PUBLIC,
        Outcome.COUNTED,
        *[Outcome.COUNTED_BEFORE] * (counting.PATIENCE - 1),
        Outcome.FLOOD,
    ]
    assert set(Tally.objects.values_list("edition", "source", "readings")) == {
        (edition.pk, "cari", 2),
        (other.pk, "langsung", 1),
    }
    assert count_reading(edition.pk, "dua", Source.SEARCH) is Outcome.COUNTED_BEFORE
    assert count_reading(edition.pk, "satu", Source.SEARCH) is Outcome.FLOOD


def test_what_cannot_be_written_is_counted_for_nobody(edition):
    readings = [
        counting.Reading(edition.pk, "satu", Source.SEARCH),
        counting.Reading(edition.pk, "dua", "asing"),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        counting._count_all(readings)
    assert not Tally.objects.exists()
    assert not ReadingKey.objects.exists()


def test_the_statement_is_planned_once_for_a_connection(edition):
    for number in range(3):
        read(edition, f"203.0.113.{number}")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_prepared_statements"
            " WHERE statement LIKE '%%news_readingkey%%'"
        )
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_forgetting_waits_for_no_reading(edition):
    read(edition)
    read(edition, "203.0.113.8")
    grow_older(31)
    held = ReadingKey.objects.first()
    url = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{url}/{connection.settings_dict['NAME']}") as other:
        other.execute(
            "SELECT FROM news_readingkey WHERE key = %s FOR UPDATE", [bytes(held.key)]
        )
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            counting.roll_up()
        assert ReadingKey.objects.get() == held
    counting.roll_up()
    assert not ReadingKey.objects.exists()


def test_the_salt_is_replaced_at_midnight(edition, monkeypatch):
    read(edition)
    old = ReadingSalt.objects.get()
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *args: tomorrow)
    assert read(edition) is Outcome.COUNTED
    new = ReadingSalt.objects.get()
    assert new.day == tomorrow
    assert (new.generation, bytes(new.salt)) != (old.generation, bytes(old.salt))
    assert set(Tally.objects.values_list("day", "readings")) == {
        (old.day, 1),
        (tomorrow, 1),
    }


def test_a_salt_that_a_crash_took_is_made_anew(edition):
    read(edition)
    # What the database's recovery does to an unlogged table.
    ReadingKey.objects.all().delete()
    ReadingSalt.objects.all().delete()
    assert read(edition, "203.0.113.9") is Outcome.COUNTED
    assert read(edition, "203.0.113.9") is Outcome.COUNTED_BEFORE
    assert readings() == 2


def test_keys_and_salts_are_kept_out_of_the_write_ahead_log(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relpersistence FROM pg_class WHERE relname IN "
            "('news_readingkey', 'news_readingsalt', 'news_tally')"
        )
        assert dict(cursor.fetchall()) == {
            "news_readingkey": "u",
            "news_readingsalt": "u",
            "news_tally": "p",
        }


def test_a_key_is_a_hash_that_goes_when_its_window_is_over(edition):
    read(edition)
    (key,) = ReadingKey.objects.all()
    assert len(bytes(key.key)) == 32
    counting.roll_up()
    assert ReadingKey.objects.count() == 1
    grow_older(30)
    counting.roll_up()
    assert not ReadingKey.objects.exists()
    assert readings() == 1


def test_totals_are_brought_up_to_date_by_the_roll_up(edition):
    read(edition)
    assert Edition.objects.with_views().get().views == 0
    counting.roll_up()
    assert Edition.objects.with_views().get().views == 1
    read(edition, "203.0.113.8")
    counting.roll_up()
    assert ReadingTotal.objects.get().readings == 2


def test_the_slots_of_a_day_that_is_over_become_one(edition):
    old, today = date(2026, 1, 5), timezone.localdate()
    for day in (old, today):
        for slot in range(Tally.SLOTS):
            for source in (Source.WHATSAPP, Source.SEARCH):
                Tally.objects.create(
                    edition=edition, day=day, source=source, slot=slot, readings=3
                )
    counting.roll_up()
    counting.roll_up()
    assert set(
        Tally.objects.filter(day=old).values_list("source", "slot", "readings")
    ) == {("whatsapp", 0, 48), ("cari", 0, 48)}
    assert Tally.objects.filter(day=today).count() == 2 * Tally.SLOTS
    assert Edition.objects.with_views().get().views == 192


@pytest.mark.parametrize(
    ("referrer", "source"),
    [
        ("", Source.DIRECT),
        ("https://kab.go.id/berita/", Source.DIRECT),
        ("https://www.kab.go.id/", Source.DIRECT),
        ("android-app://com.whatsapp/", Source.WHATSAPP),
        ("https://web.whatsapp.com/", Source.WHATSAPP),
        ("https://www.google.co.id/", Source.SEARCH),
        ("https://www.google.com", Source.SEARCH),
        ("https://duckduckgo.com/", Source.SEARCH),
        ("https://l.facebook.com/", Source.SOCIAL),
        ("https://t.co/abc", Source.SOCIAL),
        ("https://not-t.co/", Source.OTHER_SITE),
        ("https://bantenpos.co/berita", Source.OTHER_SITE),
        ("http://[", Source.DIRECT),
        ("\x00javascript:", Source.DIRECT),
    ],
)
def test_the_kind_of_source_is_told_by_the_referrer(referrer, source):
    assert source_of(referrer, "kab.go.id") is source


def test_sources_are_counted_apart(edition):
    read(edition, "203.0.113.1", Source.WHATSAPP)
    read(edition, "203.0.113.2", Source.SEARCH)
    assert set(Tally.objects.values_list("source", "readings")) == {
        ("whatsapp", 1),
        ("cari", 1),
    }


def test_a_home_with_ipv6_is_one_reader_whatever_address_its_phone_takes():
    one = reader_of("2001:db8:1:2::1", PHONE)
    assert one == reader_of("2001:db8:1:2:ffff::9", PHONE)
    assert one != reader_of("2001:db8:1:3::1", PHONE)
    assert one != reader_of("2001:db8:1:2::1", PHONE + " lain")
    assert reader_of("bukan alamat", "x") == "bukan alamat\nx"


@pytest.mark.parametrize(
    ("browser", "robot"),
    [
        (PHONE, False),
        ("", False),
        ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://google.com/bot.html)", True),
        ("WhatsApp/2.23.20.0 A", True),
        ("curl/8.5.0", True),
        ("Mozilla/5.0 (X11; Linux x86_64) HeadlessChrome/140.0 Safari/537.36", False),
        ("Mozilla/5.0 HeadlessChrome/140.0 (compatible; Googlebot/2.1)", True),
        ("python-requests/2.32", True),
        ("x" * 1_000_000, False),
    ],
)
def test_robots_that_name_themselves_are_known(browser, robot):
    assert counting.is_robot(browser) is robot
