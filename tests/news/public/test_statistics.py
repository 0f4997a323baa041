import csv
import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from news import counting, ranking
from news.models import Category, Edition, ReadingDay, Tally
from news.models.article import Verb
from news.models.tally import Source
from news.workflow import perform


@pytest.fixture
def read(publish, humas, commissioner):
    """Return a function that publishes an article that was read so often."""

    def make(title, readings, days_ago=0, **fields):
        article = publish(humas, commissioner, title, **fields)
        Tally.objects.create(
            edition_id=article.pk,
            day=timezone.localdate() - timedelta(days=days_ago),
            source=Source.WHATSAPP,
            slot=0,
            readings=readings,
        )
        # Sums of days long past are not made again; here those come in any order.
        ReadingDay.objects.all().delete()
        counting.roll_up()
        ranking.rank()
        return article

    return make


def test_the_page_tells_what_was_read(reader, read):
    article = read("Pleno & rekapitulasi", 1200)
    read("Opini warga", 34, days_ago=3, category="opini", byline_name="Siti")
    page = reader.get("/statistik/").content.decode()
    assert "<strong>1.234</strong> pembacaan" in page
    assert f'<a href="{article.edition.get_absolute_url()}">Pleno &amp; rek' in page
    assert "Siaran Pers · 1.200 kali" in page
    assert re.search(r'<th scope="row">Kolom Opini</th><td[^>]*>34</td>', page)
    assert page.count('<svg xmlns="http://www.w3.org/2000/svg"') == 2
    assert "<style" not in page
    assert "style=" not in page


def test_a_site_that_nobody_read_says_so(reader, db):
    page = reader.get("/statistik/").content.decode()
    assert "Belum ada pembacaan pada periode ini." in page
    assert "Hitungan situs lama" not in page


@pytest.mark.parametrize("count", [1, 12])
@pytest.mark.parametrize("address", ["/statistik/", "/statistik/?periode=2026"])
def test_the_page_takes_five_queries_whatever_was_read(
    address, count, reader, read, django_assert_num_queries
):
    for number in range(count):
        read(f"Naskah {number}", number + 1, days_ago=number)
    with django_assert_num_queries(5):
        assert reader.get(address).status_code == 200
    with django_assert_num_queries(1):
        reader.get("/statistik.csv")
    with django_assert_num_queries(3):
        reader.get("/statistik.json")


@pytest.mark.parametrize(
    "address", ["/statistik/", "/statistik.csv", "/statistik.json"]
)
@pytest.mark.parametrize("key", ["7", "2999", "2026-13", "x' OR 1=1", "9" * 9999, ""])
def test_a_period_that_does_not_exist_is_404(address, key, reader, db):
    assert reader.get(address, {"periode": key}).status_code == 404


def test_a_withdrawn_article_counts_and_is_named_nowhere(reader, read, commissioner):
    article = read("Kenari rahasia", 7)
    read("Naskah lain", 5)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    for address in ("/statistik/", "/statistik.csv", "/statistik.json"):
        text = reader.get(address).content.decode()
        assert "kenari" not in text.lower()
        assert "12" in text
    assert "tetap terhitung" in reader.get("/statistik/").content.decode()


def test_the_csv_has_plain_numbers_and_no_formula(reader, read):
    Category.objects.filter(slug="opini").update(name='=HYPERLINK("evil")')
    read("Satu", 1200, category="opini", byline_name="Siti")
    read("Dua", 3, days_ago=1)
    response = reader.get("/statistik.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="statistik-30.csv"' in response["Content-Disposition"]
    rows = list(csv.reader(response.content.decode().splitlines()))
    today = timezone.localdate()
    assert rows == [
        ["tanggal", "kategori", "nama_kategori", "pembacaan"],
        [f"{today - timedelta(days=1)}", "siaran-pers", "Siaran Pers", "3"],
        [f"{today}", "opini", '\'=HYPERLINK("evil")', "1200"],
    ]


def test_the_json_is_the_same_with_what_was_read_most(reader, read, archived):
    archived("Lama", timezone.now(), baseline=78)
    article = read("Satu", 1200)
    today = timezone.localdate().isoformat()
    found = json.loads(reader.get("/statistik.json").content)
    assert found["hari"] == [
        {
            "tanggal": today,
            "kategori": "siaran-pers",
            "nama_kategori": "Siaran Pers",
            "pembacaan": 1200,
        }
    ]
    assert (found["periode"], found["sampai"], found["situs_lama"]) == ("30", today, 78)
    address = Edition.objects.get(pk=article.pk).get_absolute_url()
    assert found["terbanyak"] == [
        {
            "naskah": article.pk,
            "judul": "Satu",
            "alamat": f"http://127.0.0.1:8000{address}",
            "kategori": "siaran-pers",
            "pembacaan": 1200,
        }
    ]


def test_the_old_sites_count_stands_apart(reader, archived):
    archived("Lama", timezone.now(), baseline=78)
    page = reader.get("/statistik/").content.decode()
    assert "<strong>0</strong> pembacaan" in page
    assert "<strong>78</strong> kali baca untuk 1 naskah" in page


def test_the_page_is_linked_from_the_footer_and_the_method(reader, db):
    assert 'href="/statistik/"' in reader.get("/").content.decode()
    page = reader.get("/cara-kami-menghitung/").content.decode()
    assert page.count('href="/statistik/"') == 2
