import csv
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news import counting, drafting
from news.models import Publication, ReadingDay, Tally
from news.models.article import Verb
from news.models.tally import Source
from news.workflow import perform

OVERVIEW = "/admin/statistik/"
TABLES = ("harian", "naskah", "penulis")


@pytest.fixture
def read():
    """Return a function that has an article read so often."""

    def write(article, readings, source=Source.WHATSAPP, days_ago=0):
        Tally.objects.create(
            edition_id=article.pk,
            day=timezone.localdate() - timedelta(days=days_ago),
            source=source,
            slot=0,
            readings=readings,
        )
        # Sums of days long past are not made again; here those come in any order.
        ReadingDay.objects.all().delete()
        counting.roll_up()

    return write


@pytest.fixture
def desk(browser_of, humas):
    return browser_of(humas)


def rows_of(response):
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(text.splitlines()))


@pytest.mark.parametrize("name", ["humas", "commissioner", "pengelola"])
def test_the_newsroom_and_pengelola_see_it(
    name, request, browser_of, read, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    read(article, 3)
    client = browser_of(request.getfixturevalue(name))
    for address in (
        OVERVIEW,
        f"{OVERVIEW}naskah/{article.pk}/",
        f"{OVERVIEW}naskah/{article.pk}.csv",
        *(f"{OVERVIEW}{table}.csv" for table in TABLES),
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
    assert OVERVIEW in client.get("/admin/").content.decode()


@pytest.mark.parametrize("name", ["superuser", "outsider", None])
def test_nobody_else_sees_it(name, request, browser_of, reader, publish, humas):
    client = browser_of(request.getfixturevalue(name)) if name else reader
    for address in (OVERVIEW, f"{OVERVIEW}naskah/1/", f"{OVERVIEW}naskah.csv"):
        response = client.get(address, follow=True)
        ends = response.redirect_chain and response.redirect_chain[-1][0]
        assert response.status_code == 403 or ends.startswith("/akun/masuk/")
    assert f'href="{OVERVIEW}"' not in client.get("/admin/").content.decode()


def test_readings_are_shown_by_article_category_author_and_source(
    desk, read, publish, humas, humas_two, commissioner
):
    read(publish(humas, commissioner, "Pleno"), 1200)
    opinion = publish(
        humas_two, commissioner, "Opini", category="opini", byline_name="Siti Aminah"
    )
    read(opinion, 34, Source.SEARCH, days_ago=2)
    page = desk.get(OVERVIEW).content.decode()
    for text in (
        *("<strong>1.234</strong> pembacaan", ">Pleno</a>", "WhatsApp: 1.200"),
        *("Mesin pencari: 34", "Kolom Opini: 34", "Siti Aminah"),
        *(humas.name, humas_two.name),
    ):
        assert text in page
    assert "style=" not in page
    chosen = desk.get(OVERVIEW, {"kategori": "opini"}).content.decode()
    assert "<strong>34</strong> pembacaan" in chosen
    assert ">Pleno</a>" not in chosen


def test_publication_and_corrections_are_marked_on_the_line(
    desk, read, publish, humas, commissioner
):
    article = publish(humas, commissioner, "Judul", body="<p>Hadir 47 orang.</p>")
    read(article, 5)
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.body = "<p>Hadir 74 orang.</p>"
    article.change_class, article.change_note = "ralat", "Angka tertukar."
    article.save()
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)
    address = f"{OVERVIEW}naskah/{article.pk}/"
    page = desk.get(address).content.decode()
    assert "<title>Terbit, Ralat: 5</title>" in page
    assert "Tanda pada garis: Terbit, Ralat pada" in page
    assert page.count("<circle") == 1
    assert Publication.objects.filter(article=article.pk).count() == 2
    year = timezone.localdate().year
    assert "Terbit, Ralat" in desk.get(address, {"periode": year}).content.decode()


def test_an_article_shows_the_old_sites_count_with_its_date(desk, read, archived):
    article = archived("Lama", timezone.now(), baseline=78, taken_at=date(2022, 2, 1))
    read(article, 5)
    for address in (OVERVIEW, f"{OVERVIEW}naskah/{article.pk}/"):
        page = desk.get(address).content.decode()
        assert "<strong>5</strong> pembacaan" in page
        assert "78" in page
        assert "diambil 1 Februari 2022" in page
    assert rows_of(desk.get(f"{OVERVIEW}naskah.csv"))[1][5:] == [
        *("5", "78", "2022-02-01"),
    ]


def test_no_cell_of_a_table_is_a_formula(
    desk, read, publish, humas, commissioner, settings
):
    humas.name = "@SUM(1)"
    humas.save()
    article = publish(
        humas, commissioner, '=HYPERLINK("http://evil")', byline_name="+6281"
    )
    read(article, 5)
    rows = rows_of(desk.get(f"{OVERVIEW}naskah.csv"))
    assert rows[1] == [
        *(f"{article.pk}", '\'=HYPERLINK("http://evil")', "Siaran Pers"),
        *("'@SUM(1)", "'+6281", "5", "0", ""),
    ]
    assert rows_of(desk.get(f"{OVERVIEW}penulis.csv"))[1:] == [
        ["pembuat", "'@SUM(1)", "1", "5"],
        ["penulis", "'+6281", "1", "5"],
    ]
    today = timezone.localdate().isoformat()
    assert rows_of(desk.get(f"{OVERVIEW}harian.csv"))[1:] == [
        [today, "Siaran Pers", "whatsapp", "5"]
    ]
    assert rows_of(desk.get(f"{OVERVIEW}naskah/{article.pk}.csv"))[1:] == [
        [today, "whatsapp", "5"]
    ]


def test_pengelola_reads_no_title_of_what_was_withdrawn(
    browser_of, read, publish, humas, commissioner, pengelola
):
    article = publish(humas, commissioner, "Kenari rahasia")
    read(article, 5)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    addresses = (OVERVIEW, f"{OVERVIEW}naskah.csv", f"{OVERVIEW}naskah/{article.pk}/")
    for address in addresses:
        assert "Kenari" not in browser_of(pengelola).get(address).content.decode()
        assert "Kenari" in browser_of(humas).get(address).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        f"{OVERVIEW}?periode=x",
        f"{OVERVIEW}?kategori=x",
        f"{OVERVIEW}naskah/999999/",
        f"{OVERVIEW}naskah/{2**70}/",
        f"{OVERVIEW}naskah/999999.csv",
    ],
)
def test_what_does_not_exist_is_404(address, desk):
    assert desk.get(address).status_code == 404


def test_a_draft_has_no_statistics(desk, write, humas):
    draft = write(humas, "Draf")
    assert desk.get(f"{OVERVIEW}naskah/{draft.pk}/").status_code == 404
    assert "Statistik pembacanya" not in desk.get(draft.desk_url).content.decode()


def test_the_review_page_of_a_public_article_leads_to_its_statistics(
    desk, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    page = desk.get(article.desk_url).content.decode()
    assert f'href="{OVERVIEW}naskah/{article.pk}/"' in page


def test_the_number_of_queries_does_not_grow(desk, read, publish, humas, commissioner):
    counts = []
    for number in (1, 4):
        for each in range(number):
            read(publish(humas, commissioner, f"Naskah {number} {each}"), each + 1)
        with CaptureQueriesContext(connection) as captured:
            assert desk.get(OVERVIEW).status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]
