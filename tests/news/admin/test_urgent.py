from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from news.models import UrgentNotice

ADD = "/admin/news/urgentnotice/add/"


def asked(**changed):
    until = timezone.localtime() + timedelta(hours=2)
    return {
        "text": "Pemungutan suara ulang di TPS 4 dimulai pukul 08.00 WIB.",
        "link": "",
        "until": f"{until:%Y-%m-%dT%H:%M}",
        **changed,
    }


@pytest.fixture
def raised(browser_of, commissioner):
    browser_of(commissioner).post(ADD, asked())
    return UrgentNotice.objects.get()


def test_a_commissioner_raises_a_notice_that_home_shows(raised, commissioner, reader):
    assert raised.raised_by == commissioner
    page = reader.get("/").content.decode()
    assert page.count("Pemungutan suara ulang di TPS 4") == 1
    assert "notice-penting" in page


def test_a_commissioner_lowers_it_for_good(raised, browser_of, commissioner, reader):
    address = f"/admin/news/urgentnotice/{raised.pk}/change/"
    assert "Turunkan sekarang" in browser_of(commissioner).get(address).content.decode()
    browser_of(commissioner).post(address, {"lower": "on"})
    raised.refresh_from_db()
    assert raised.lowered_by == commissioner
    assert "TPS 4" not in reader.get("/").content.decode()
    assert browser_of(commissioner).post(address, {"lower": "on"}).status_code == 403


def test_it_goes_by_itself_when_its_time_is_over(reader, commissioner, db):
    now = timezone.now()
    UrgentNotice.objects.create(text="Lewat", until=now, raised_by=commissioner)
    UrgentNotice.objects.create(
        text="Kini", until=now + timedelta(hours=1), raised_by=commissioner
    )
    page = reader.get("/").content.decode()
    assert "Kini" in page
    assert "Lewat" not in page


def test_the_newest_stands_in_front(reader, commissioner):
    until = timezone.now() + timedelta(hours=1)
    for text in ("Pertama", "Kedua"):
        UrgentNotice.objects.create(text=text, until=until, raised_by=commissioner)
    page = reader.get("/").content.decode()
    assert "Kedua" in page
    assert "Pertama" not in page


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"text": "\u200b \u00a0"}, "Tulis pengumumannya."),
        ({"until": "2020-01-01T10:00"}, "Waktu itu sudah lewat."),
        ({"until": "besok"}, "Masukkan tanggal/waktu yang valid."),
        ({"link": "javascript:alert(1)"}, "Masukkan URL yang valid."),
        ({"text": "x" * 201}, "200"),
    ],
)
def test_a_notice_that_does_not_do_gets_a_sentence(
    changed, said, browser_of, commissioner
):
    page = browser_of(commissioner).post(ADD, asked(**changed)).content.decode()
    assert said in page
    assert not UrgentNotice.objects.exists()


def test_what_is_typed_is_shown_as_words(browser_of, commissioner, reader):
    browser_of(commissioner).post(ADD, asked(text="<script>alert(1)</script> & awas"))
    page = reader.get("/").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; awas" in page


@pytest.mark.parametrize("who", ["humas", "pengelola", "superuser", "outsider"])
def test_nobody_else_raises_or_lowers(who, request, browser_of, raised):
    client = browser_of(request.getfixturevalue(who))
    assert client.post(ADD, asked(text="Palsu")).status_code in {302, 403}
    address = f"/admin/news/urgentnotice/{raised.pk}/change/"
    assert client.post(address, {"lower": "on"}).status_code in {302, 403}
    raised.refresh_from_db()
    assert raised.lowered_at is None
    assert UrgentNotice.objects.count() == 1


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE news_urgentnotice SET text = 'Lain'",
        "UPDATE news_urgentnotice SET until = until + interval '1 day'",
        "DELETE FROM news_urgentnotice",
        "UPDATE news_urgentnotice SET lowered_at = now()",
    ],
)
def test_the_database_lets_nobody_change_its_words(sql, raised):
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
