import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone

from news.models import Publication
from news.models.article import Verb
from news.public.sitemaps import CHUNK, chunk_of
from news.workflow import perform

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+07:00")


def read(reader, address, root="urlset"):
    """Return a sitemap's addresses with their last change, once its rules have held."""
    response = reader.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    assert tree.tag == SITEMAP + root
    found = {}
    for one in tree:
        assert one.tag == SITEMAP + {"urlset": "url", "sitemapindex": "sitemap"}[root]
        place = one.findtext(f"{SITEMAP}loc")
        changed = one.findtext(f"{SITEMAP}lastmod")
        assert changed is None or MOMENT.fullmatch(changed)
        assert place not in found
        found[place] = changed and datetime.fromisoformat(changed)
    return found


def index(reader):
    return read(reader, "/sitemap.xml", "sitemapindex")


def news(reader):
    response = reader.get("/sitemap-berita.xml")
    tree = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    found = []
    for one in tree:
        part = one.find(f"{NEWS}news")
        about = part.find(f"{NEWS}publication")
        assert about.findtext(f"{NEWS}name") == "KPU Kabupaten Serang"
        assert about.findtext(f"{NEWS}language") == "id"
        assert MOMENT.fullmatch(part.findtext(f"{NEWS}publication_date"))
        assert one.findtext(f"{SITEMAP}loc").startswith("http")
        found.append(part.findtext(f"{NEWS}title"))
    return found


def file_of(edition):
    return f"/sitemap-naskah-{chunk_of(edition.pk)}.xml"


def second(moment):
    return moment.replace(microsecond=0)


@pytest.fixture
def numbered_from(db):
    """Return a function after which the next article has the given number.

    A sequence does not go back with the transaction, so it is put back afterwards.
    """
    name = "pg_get_serial_sequence('news_article', 'id')"

    def put(number):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT setval({name}, %s, false)", [number])

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT nextval({name})")
        [before] = cursor.fetchone()
    yield put
    put(before)


def test_an_article_is_in_its_file_with_its_last_change(
    reader, publish, humas, commissioner, settings
):
    edition = publish(humas, commissioner).edition
    own = settings.SITE_ORIGIN + edition.get_absolute_url()
    at = Publication.objects.get(article=edition.pk).at
    assert read(reader, file_of(edition)) == {own: second(at)}
    files = index(reader)
    assert list(files) == [
        f"{settings.SITE_ORIGIN}/sitemap-halaman.xml",
        settings.SITE_ORIGIN + file_of(edition),
    ]
    assert files[settings.SITE_ORIGIN + file_of(edition)] == second(at)


def test_an_imported_text_changed_when_it_came_here(reader, archived):
    edition = archived("Lama", datetime(2022, 1, 28, 5, tzinfo=UTC)).edition
    [changed] = read(reader, file_of(edition)).values()
    assert changed.year == timezone.now().year


def test_a_file_holds_a_range_of_numbers_and_an_empty_one_is_not_named(
    reader, archived, numbered_from, settings
):
    numbered_from(30 * CHUNK)
    last = archived("Batas", timezone.now()).edition
    first = archived("Awal", timezone.now()).edition
    numbered_from(33 * CHUNK + 1)
    far = archived("Jauh", timezone.now()).edition
    assert [one.pk for one in (last, first, far)] == [
        *(30 * CHUNK, 30 * CHUNK + 1, 33 * CHUNK + 1)
    ]
    named = [place.rpartition("/")[2] for place in index(reader)]
    assert named == ["sitemap-halaman.xml"] + [
        f"sitemap-naskah-{number}.xml" for number in (30, 31, 34)
    ]
    for number, edition in ((30, last), (31, first), (34, far)):
        address = f"/sitemap-naskah-{number}.xml"
        assert list(read(reader, address)) == [
            settings.SITE_ORIGIN + edition.get_absolute_url()
        ]
    for number in ("29", "32", "33", "35", "0", "01", "999999", "1000000", "x"):
        assert reader.get(f"/sitemap-naskah-{number}.xml").status_code == 404


def test_what_is_not_public_is_in_no_file(
    reader, publish, archived, humas, commissioner
):
    public = publish(humas, commissioner, "Tetap").edition
    withdrawn = publish(humas, commissioner, "Ditarik")
    archived("Kelak", timezone.now() + timedelta(hours=1))
    perform(Verb.WITHDRAW, withdrawn, commissioner, note="Keliru.")
    assert len(read(reader, file_of(public))) == 1
    assert news(reader) == ["Tetap"]
    [_, changed] = index(reader).values()
    assert changed == second(Publication.objects.order_by("sequence").last().at)


def test_an_empty_site_has_an_index_and_no_articles(reader, db, settings):
    assert index(reader) == {f"{settings.SITE_ORIGIN}/sitemap-halaman.xml": None}
    assert reader.get("/sitemap-naskah-1.xml").status_code == 404
    assert news(reader) == []
    assert set(read(reader, "/sitemap-halaman.xml").values()) == {None}


def test_pages_change_with_their_newest_article(
    reader, publish, humas, commissioner, settings
):
    opinion = publish(
        humas, commissioner, "Opini", category="opini", byline_name="Siti"
    ).edition
    release = publish(humas, commissioner, "Siaran").edition
    places = read(reader, "/sitemap-halaman.xml")
    origin = settings.SITE_ORIGIN
    assert places[f"{origin}/"] == second(release.publish_at)
    assert places[f"{origin}/berita/"] == second(release.publish_at)
    assert places[f"{origin}/kategori/opini/"] == second(opinion.publish_at)
    assert places[f"{origin}/kategori/laporan-webinar/"] is None
    for place in places:
        assert reader.get(place.removeprefix(origin)).status_code == 200


def test_the_news_of_two_days(reader, publish, archived, humas, commissioner, change):
    new = publish(humas, commissioner, "]]> & <script> \U0001f5f3")
    for hours in (47, 49):
        at = timezone.now() - timedelta(hours=hours)
        change(archived(f"{hours} jam", at), humas, commissioner, lead="Teras.")
    archived("Dari situs lama", timezone.now())
    assert news(reader) == [new.edition.title, "47 jam"]


@pytest.mark.parametrize("count", [1, 30])
def test_each_takes_a_fixed_number_of_queries(
    count, reader, publish, humas, commissioner, django_assert_num_queries
):
    for n in range(count):
        edition = publish(humas, commissioner, f"Naskah {n}").edition
    for address, queries in (
        *(("/sitemap.xml", 3), ("/sitemap-halaman.xml", 3), (file_of(edition), 1)),
        ("/sitemap-berita.xml", 1),
    ):
        with django_assert_num_queries(queries):
            assert reader.get(address).status_code == 200
