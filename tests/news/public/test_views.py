import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news import counting, drafting, ranking
from news.models import Edition, Publication, ReadingTotal, Series, Tally
from news.models.article import Verb
from news.public.sitemaps import chunk_of
from news.workflow import perform

ROW = re.compile(r"<article.*?</article>", re.DOTALL)


def rows(response):
    return ROW.findall(response.content.decode())


def titles(response):
    return [
        re.search(r"<h2[^>]*>\s*<a href=\"[^\"]+\"[^>]*>(.*?)</a>", row, re.DOTALL)[1]
        for row in rows(response)
    ]


@pytest.fixture
def many(archived):
    """Return a function that makes so many public articles, the last one newest."""

    def make(count, **more):
        start = datetime(2026, 1, 1, tzinfo=UTC)
        return [
            archived(f"Naskah {n:03}", start + timedelta(hours=n), **more)
            for n in range(count)
        ]

    return make


def test_a_row_of_the_list_has_the_contracts_markup(
    reader, publish, humas, commissioner
):
    article = publish(humas, commissioner, "Pleno & rekapitulasi", lead="Teras naskah.")
    ReadingTotal.objects.create(edition_id=article.pk, readings=1234)
    row = rows(reader.get("/berita/"))[0]
    address = article.edition.get_absolute_url()
    assert f'<a href="{address}"' in row
    assert re.search(r'<time datetime="\d{4}-\d\d-\d\d[^"]*">', row)
    assert '<data class="views" value="1234">Dibaca 1.234 kali</data>' in row
    assert "Teras naskah." in row
    assert re.search(
        r"<a[^>]*>\s*Selengkapnya.*Pleno &amp; rekapitulasi", row, re.DOTALL
    )
    assert "Siaran Pers" in row


def test_ten_rows_a_page_newest_first(reader, many):
    many(23)
    first, third = reader.get("/berita/"), reader.get("/berita/?page=3")
    assert titles(first) == [f"Naskah {n:03}" for n in range(22, 12, -1)]
    assert titles(third) == ["Naskah 002", "Naskah 001", "Naskah 000"]
    text = first.content.decode()
    assert 'aria-current="page"' in text
    assert "?page=2" in text
    assert "Berikutnya" in text
    assert "Sebelumnya" in third.content.decode()


@pytest.mark.parametrize("page", ["0", "x", "99999", "-1", "3", "1.0", "١", "", "01"])
def test_a_page_that_does_not_exist_is_404_with_a_way_back(page, reader, many):
    many(12)
    response = reader.get("/berita/", {"page": page})
    assert response.status_code == 404
    assert 'href="/berita/"' in response.content.decode()


def test_an_empty_site_says_so(reader, db):
    for address in ("/", "/berita/", "/kategori/opini/"):
        response = reader.get(address)
        assert (response.status_code, rows(response)) == (200, [])


@pytest.mark.parametrize("count", [1, 30])
def test_the_lists_take_four_queries_whatever_their_length(
    count, reader, many, django_assert_num_queries
):
    many(count, tags=("Bakohumas",), series="Seri")
    with django_assert_num_queries(4):
        reader.get("/")
    for address in ("/berita/", "/berita/?page=1"):
        with django_assert_num_queries(3):
            reader.get(address)
    for address in ("/kategori/siaran-pers/", "/topik/bakohumas/"):
        with django_assert_num_queries(4):
            assert reader.get(address).status_code == 200


@pytest.mark.parametrize("count", [1, 30])
def test_an_article_takes_four_queries(count, reader, many, django_assert_num_queries):
    articles = many(
        count, tags=("Bakohumas",), series="Seri", fields={"series_part": 1}
    )
    address = articles[-1].edition.get_absolute_url()
    with django_assert_num_queries(4):
        assert reader.get(address).status_code == 200


def test_the_home_page_shows_the_newest(reader, many):
    many(12)
    assert titles(reader.get("/")) == [f"Naskah {n:03}" for n in range(11, 1, -1)]


def test_a_category_shows_its_own(reader, archived):
    archived("Opini", timezone.now(), category="opini")
    archived("Siaran", timezone.now())
    assert titles(reader.get("/kategori/opini/")) == ["Opini"]
    assert reader.get("/kategori/tidak-ada/").status_code == 404


def test_topics_and_series_show_their_own(reader, archived):
    archived("Satu", timezone.now(), tags=("Rabu Ngopi",), series="Rabu Ngopi 2022")
    archived("Dua", timezone.now())
    Series.objects.create(name="Kosong", slug="kosong")
    assert titles(reader.get("/topik/rabu-ngopi/")) == ["Satu"]
    assert titles(reader.get("/seri/rabu-ngopi-2022/")) == ["Satu"]
    for address in ("/topik/lain/", "/seri/kosong/", "/seri/lain/"):
        assert reader.get(address).status_code == 404


def test_the_article_page_says_what_was_approved(reader, publish, humas, commissioner):
    article = publish(
        humas,
        commissioner,
        "Pleno & rekapitulasi",
        lead="Teras.",
        body="<h2>Bagian</h2><p>Isi <strong>tebal</strong>.</p>",
        byline_name="Siti",
        byline_office="Kasubag",
        event_date=date(2022, 1, 31),
        dateline="Serang (31/1)",
        credit="Tim Humas",
        source_name="Banten Pos",
        source_date=date(2022, 1, 19),
        tags=["Bakohumas"],
    )
    text = reader.get(article.edition.get_absolute_url()).content.decode()
    assert text.count("<h1") == 1
    assert "Pleno &amp; rekapitulasi</h1>" in text
    body = re.search(r'itemprop="articleBody"[^>]*>(.*?)</div>', text, re.DOTALL)[1]
    assert body.strip() == "<h2>Bagian</h2><p>Isi <strong>tebal</strong>.</p>"
    for said in (
        *("Teras.", "Siti", "Kasubag", "Senin, 31 Januari 2022", "Serang (31/1)"),
        *("Tim Humas", "Banten Pos", "19 Januari 2022", "/topik/bakohumas/"),
        '<data class="views" value="0">Dibaca 0 kali</data>',
        article.latest_revision.digest,
    ):
        assert said in text


def test_an_inferred_date_is_shown_as_such(reader, archived):
    article = archived(
        "Koordinasi",
        timezone.now(),
        fields={"event_date": date(2022, 1, 31), "event_date_basis": "tanpa-tahun"},
    )
    text = reader.get(article.edition.get_absolute_url()).content.decode()
    assert "tahunnya tidak tertulis" in text


def test_a_text_of_the_old_site_says_so_and_prints_no_invented_date(reader, archived):
    article = archived("Lama", datetime(2022, 1, 28, 5, tzinfo=UTC), baseline=78)
    text = reader.get(article.edition.get_absolute_url()).content.decode()
    assert "Dari situs lama" in text
    assert "datePublished" not in text
    assert '<data class="views" value="78">' in text


def test_the_id_decides_and_a_wrong_slug_is_redirected(reader, archived):
    article = archived("Judul Baru", timezone.now())
    for slug in ("salah", "judul-baru-x", "%3Cscript%3E"):
        response = reader.get(f"/berita/{article.pk}/{slug}/")
        assert response.status_code == 301
        assert response["Location"] == f"/berita/{article.pk}/judul-baru/"


def test_slugs_keep_whole_words(archived):
    long = (
        "Penandatanganan Perjanjian Kinerja KPU Kabupaten/Kota se-Provinsi Banten " * 2
    )
    slug = archived(long.strip(), timezone.now()).edition.slug
    assert "kabupaten-kota" in slug
    assert len(slug) <= 100
    assert set(slug.split("-")) <= set(
        long.lower().replace("/", " ").replace("-", " ").split()
    )


def test_a_withdrawn_article_is_gone_with_its_reason(
    reader, publish, humas, commissioner
):
    article = publish(humas, commissioner, "Judul", body="<p>KATARAHASIA</p>")
    address = article.edition.get_absolute_url()
    perform(Verb.WITHDRAW, article, commissioner, note="Data belum final.")
    response = reader.get(address)
    assert response.status_code == 410
    text = response.content.decode()
    assert "Data belum final." in text
    assert "KATARAHASIA" not in text
    assert titles(reader.get("/berita/")) == []


def test_what_is_not_yet_due_does_not_exist(reader, archived):
    article = archived("Kelak", timezone.now() + timedelta(hours=1))
    for address in (
        article.edition.get_absolute_url(),
        f"/berita/{article.pk}/x/",
        "/berita/999999/x/",
        f"/berita/{2**70}/x/",
    ):
        assert reader.get(address).status_code == 404
    assert titles(reader.get("/")) == []
    assert reader.post(f"/berita/{article.pk}/dibaca/").status_code == 404


CANARY = "KATAKENARI"


def test_no_unapproved_word_is_on_any_public_page(
    reader, write, submit, publish, archived, humas, commissioner
):
    """One article in each state that the public must not see, beside a public one."""
    public = publish(humas, commissioner, "Publik", tags=["umum"])
    texts = {"title": CANARY, "lead": CANARY, "tags": [CANARY, "umum"]}
    write(humas, **texts)
    submit(write(humas, **texts), humas)
    returned = submit(write(humas, **texts), humas)
    perform(Verb.RETURN, returned, commissioner, note=CANARY)
    approved = submit(write(humas, **texts), humas, release="penulis")
    perform(
        Verb.APPROVE, approved, commissioner, digest=approved.latest_revision.digest
    )
    withdrawn = publish(humas, commissioner, **texts)
    withdrawn_address = withdrawn.edition.get_absolute_url()
    perform(Verb.WITHDRAW, withdrawn, commissioner, note="Keliru.")
    archived(CANARY, timezone.now() + timedelta(days=1), tags=(CANARY,))
    scheduled = write(humas, **texts)
    later = timezone.now() + timedelta(days=1)
    perform(Verb.SUBMIT, scheduled, humas, release="waktu", publish_at=later)
    perform(
        Verb.APPROVE, scheduled, commissioner, digest=scheduled.latest_revision.digest
    )
    perform(Verb.DISCARD, write(humas, **texts), humas)
    # A draft on top of a public text, and one that was given up.
    for given_up in (True, False):
        perform(Verb.REVISE, public, humas)
        public.refresh_from_db()
        public.lead = CANARY
        public.save()
        drafting.record(public, humas)
        if given_up:
            perform(Verb.DISCARD, public, humas)
            public.refresh_from_db()
    for address in (
        *("/", "/berita/", "/kategori/siaran-pers/", "/topik/umum/"),
        public.edition.get_absolute_url(),
        *("/umpan/rss/", "/umpan/atom/", "/umpan/json/", "/sitemap.xml"),
        *("/kategori/siaran-pers/umpan/rss/", "/sitemap-halaman.xml"),
        *(f"/sitemap-naskah-{chunk_of(public.pk)}.xml", "/sitemap-berita.xml"),
    ):
        response = reader.get(address)
        assert response.status_code == 200
        assert CANARY.lower() not in response.content.decode().lower()
    gone = reader.get(withdrawn_address)
    assert gone.status_code == 410
    assert CANARY.lower() not in gone.content.decode().lower()
    for edition in Edition.objects.exclude(pk=public.pk):
        assert reader.get(edition.get_absolute_url()).status_code in {404, 410}
    assert reader.get(f"/topik/{CANARY.lower()}/").status_code == 404


def test_a_reading_is_counted(reader, publish, humas, commissioner):
    article = publish(humas, commissioner)
    address = f"/berita/{article.pk}/dibaca/"
    for number in (1, 2, 3, 3):
        response = reader.post(address, headers={"x-real-ip": f"203.0.113.{number}"})
        assert (response.status_code, response.content) == (204, b"")
        assert not response.cookies
    counting.roll_up()
    assert 'value="3"' in reader.get("/berita/").content.decode()
    assert reader.get(address).status_code == 405


def test_a_reading_says_what_kind_of_page_it_came_from(
    reader, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    told = {"dari": "https://web.whatsapp.com"}
    reader.post(f"/berita/{article.pk}/dibaca/", told)
    assert Tally.objects.get().source == "whatsapp"


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Mozilla/5.0 (compatible; Googlebot/2.1)"},
        {"sec-purpose": "prefetch;prerender"},
        {"purpose": "prefetch"},
    ],
)
def test_what_no_person_reads_is_not_counted(
    headers, reader, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    address = f"/berita/{article.pk}/dibaca/"
    assert reader.post(address, headers=headers).status_code == 204
    assert not Tally.objects.exists()
    missing = f"/berita/{article.pk + 9}/dibaca/"
    assert reader.post(missing, headers=headers).status_code == 404


def test_staff_are_not_counted(browser_of, publish, humas, commissioner):
    article = publish(humas, commissioner)
    address = f"/berita/{article.pk}/dibaca/"
    assert browser_of(humas).post(address).status_code == 204
    assert not Tally.objects.exists()


def test_a_flood_is_told_to_slow_down(reader, publish, humas, commissioner):
    address = f"/berita/{publish(humas, commissioner).pk}/dibaca/"
    codes = [reader.post(address).status_code for _ in range(counting.PATIENCE + 2)]
    assert codes == [204] * counting.PATIENCE + [429] * 2
    assert Tally.objects.get().readings == 1


def test_the_method_of_counting_is_told(reader, db):
    page = reader.get("/cara-kami-menghitung/").content.decode()
    assert "Kami menghitungnya tanpa mengikuti siapa pun." in page


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_reading_from_another_site_is_refused(
    headers, reader, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    response = reader.post(f"/berita/{article.pk}/dibaca/", headers=headers)
    assert response.status_code == 403
    assert not Tally.objects.exists()


def test_withdrawn_articles_count_no_readings(reader, publish, humas, commissioner):
    article = publish(humas, commissioner)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    for pk in (article.pk, 2**70):
        assert reader.post(f"/berita/{pk}/dibaca/").status_code == 404


def test_the_ledger_place_is_shown(reader, publish, humas, commissioner):
    article = publish(humas, commissioner)
    line = Publication.objects.get(article=article.pk)
    text = reader.get(article.edition.get_absolute_url()).content.decode()
    assert f"Nomor {line.sequence}" in text
    assert line.hash in text


def test_a_series_shows_its_neighbours_and_no_dead_link(reader, archived):
    def part(number, body="<p>Isi.</p>"):
        return archived(
            f"Bagian {number}",
            timezone.now(),
            series="Seri Pemilih",
            fields={"series_part": number, "body": body},
        ).edition

    first, second = part(1), part(2, "<p>Isi. Bersambung ....</p>")
    page = reader.get(first.get_absolute_url()).content.decode()
    assert f'<a href="{second.get_absolute_url()}" rel="next">' in page
    page = reader.get(second.get_absolute_url()).content.decode()
    assert f'<a href="{first.get_absolute_url()}" rel="prev">' in page
    assert 'rel="next"' not in page
    assert "Bersambung." in page


def test_alive_and_ready(reader, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert reader.get("/healthz/").status_code == 200
    assert reader.get("/readyz/").status_code == 200


@pytest.fixture
def corrected(publish, humas, commissioner):
    """A public article in its second version."""
    article = publish(humas, commissioner, "Judul", body="<p>Hadir 47 orang.</p>")
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    for body in ("Draf yang tidak pernah terbit.", "Hadir 74 orang."):
        article.body = f"<p>{body}</p>"
        article.change_class, article.change_note = "ralat", "Angka tertukar."
        article.save()
        drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    return perform(
        Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest
    )


def test_a_correction_is_told_on_the_page(corrected, reader):
    page = reader.get(corrected.edition.get_absolute_url()).content.decode()
    assert "Angka tertukar." in page
    assert "Ralat" in page
    assert "Diperbarui" in page
    assert f'href="/berita/{corrected.pk}/versi/1/"' in page
    assert "Hadir 74 orang." in page


def test_a_superseded_version_is_shown_with_what_changed(corrected, reader):
    response = reader.get(f"/berita/{corrected.pk}/versi/1/")
    page = response.content.decode()
    assert response.status_code == 200
    assert '<meta name="robots" content="noindex">' in page
    assert "Hadir 47 orang." in page
    assert "[dihapus: 47" in page
    assert "[baru: 74" in page
    assert f'href="{corrected.edition.get_absolute_url()}"' in page
    assert "tidak pernah terbit" not in page


@pytest.mark.parametrize("number", ["0", "2", "3", "99999", "x", "01", "-1"])
def test_other_versions_do_not_exist(number, corrected, reader):
    assert reader.get(f"/berita/{corrected.pk}/versi/{number}/").status_code == 404


def test_the_versions_of_a_withdrawn_article_are_gone(corrected, reader, commissioner):
    perform(Verb.WITHDRAW, corrected, commissioner, note="Keliru.")
    response = reader.get(f"/berita/{corrected.pk}/versi/1/")
    assert response.status_code == 410
    assert "Hadir" not in response.content.decode()


@pytest.mark.parametrize("versions", [1, 4])
def test_an_article_with_corrections_takes_four_queries(
    versions, publish, humas, commissioner, reader, django_assert_num_queries
):
    article = publish(humas, commissioner, "Judul", tags=["umum"])
    for n in range(versions):
        perform(Verb.REVISE, article, humas)
        article.refresh_from_db()
        article.body = f"<p>Hadir {n} orang.</p>"
        article.change_class, article.change_note = "pembaruan", "Angka baru."
        article.save()
        drafting.record(article, humas)
        perform(Verb.SUBMIT, article, humas)
        digest = article.latest_revision.digest
        perform(Verb.APPROVE, article, commissioner, digest=digest)
    address = Edition.objects.get().get_absolute_url()
    with django_assert_num_queries(3):
        page = reader.get(address).content.decode()
    assert page.count("Naskah sebelum perubahan ini") == versions


def read_often(edition, times, days_ago=0):
    Tally.objects.create(
        edition=edition,
        day=timezone.localdate() - timedelta(days=days_ago),
        slot=0,
        readings=times,
    )


def popular_titles(response):
    page = response.content.decode()
    found = re.search(r'<section class="popular".*?</section>', page, re.DOTALL)
    return re.findall(r"<li><a [^>]*>(.*?)</a>", found[0]) if found else []


def test_the_most_read_of_the_last_month_stand_in_order(reader, many):
    editions = [article.edition for article in many(8)]
    for edition, times in zip(editions, (30, 90, 20, 60, 40, 19, 0, 25), strict=True):
        read_often(edition, times)
    read_often(editions[6], 1000, days_ago=31)
    ranking.rank()
    assert popular_titles(reader.get("/")) == [
        *("Naskah 001", "Naskah 003", "Naskah 004", "Naskah 000", "Naskah 007")
    ]


def test_nothing_is_popular_while_few_are_read(reader, many):
    for article in many(5)[1:]:
        read_often(article.edition, 500)
    ranking.rank()
    assert popular_titles(reader.get("/")) == []


def test_what_was_withdrawn_is_not_popular(reader, many, commissioner):
    articles = many(6)
    for article in articles:
        read_often(article.edition, 50)
    ranking.rank()
    perform(Verb.WITHDRAW, articles[0], commissioner, note="Keliru.")
    assert "Naskah 000" not in popular_titles(reader.get("/"))
    assert len(popular_titles(reader.get("/"))) == 5


def test_the_archive_lists_each_month_in_between(reader, archived):
    archived("Tua", datetime(2025, 11, 30, 16, 59, tzinfo=UTC))
    archived("Muda", datetime(2026, 1, 31, 17, 0, tzinfo=UTC))
    page = reader.get("/arsip/").content.decode()
    assert re.findall(r'href="(/arsip/\d+/\d+/)"', page) == [
        *("/arsip/2026/2/", "/arsip/2026/1/", "/arsip/2025/12/", "/arsip/2025/11/")
    ]
    # By the office's clock: 23.59 on the last day, midnight of the first.
    assert titles(reader.get("/arsip/2025/11/")) == ["Tua"]
    assert titles(reader.get("/arsip/2026/2/")) == ["Muda"]
    empty = reader.get("/arsip/2025/12/")
    assert titles(empty) == []
    assert "Tidak ada naskah yang terbit pada bulan ini." in empty.content.decode()
    for address in (
        "/arsip/2025/10/",
        "/arsip/2026/3/",
        "/arsip/2026/13/",
        "/arsip/0/1/",
    ):
        assert reader.get(address).status_code == 404


def test_an_empty_archive_says_so(reader, db):
    assert "Belum ada berita" in reader.get("/arsip/").content.decode()


@pytest.mark.parametrize("count", [1, 30])
def test_the_archive_takes_few_queries(count, reader, many, django_assert_num_queries):
    many(count)
    with django_assert_num_queries(2):
        reader.get("/arsip/")
    with django_assert_num_queries(4):
        assert reader.get("/arsip/2026/1/").status_code == 200


def test_an_article_carries_its_address_for_paper(reader, publish, humas, commissioner):
    page = reader.get(publish(humas, commissioner).edition.get_absolute_url())
    assert page.content.decode().count('class="print-code"') == 1
