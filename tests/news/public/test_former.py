from datetime import UTC, datetime

import pytest

from news.models.article import Verb
from news.workflow import perform

LONG = (
    "Penandatanganan Perjanjian Kinerja KPU Kabupaten/Kota se-Provinsi Banten "
    "Tahun 2022 dan Penyerahan Laporan Kinerja Tahun 2021"
)
OLD_SLUG = "penandatanganan-perjanjian-kinerja-kpu-kabupatenkota-se-provinsi-banten"
PREFIXES = ("/blog", "/index.php/blog")


@pytest.fixture
def old(archived):
    return archived(LONG, datetime(2022, 1, 28, 5, tzinfo=UTC)).edition


def location(reader, address):
    response = reader.get(address)
    assert response.status_code == 301, address
    return response["Location"]


def is_a_search(found):
    """Tell whether one is sent to search, or to the list where there is no search."""
    return found == "/berita/" or found.startswith("/cari/?q=")


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize("tail", ["", "/", "?page=18", "/10", "?next=//evil.example"])
@pytest.mark.parametrize(
    ("number", "target"),
    [
        *(("104", "/berita/"), ("135", "/kategori/opini/")),
        *(("14", "/berita/"), ("96", "/kategori/kpu-dalam-berita/")),
    ],
)
def test_a_list_of_the_former_site(prefix, tail, number, target, reader, db):
    assert location(reader, f"{prefix}/category/{number}{tail}") == target


def test_each_office_names_its_own_lists(reader, db, settings):
    settings.FORMER_CATEGORIES = {"7": "laporan-webinar", "8": "tidak-ada"}
    assert location(reader, "/blog/category/7") == "/kategori/laporan-webinar/"
    assert location(reader, "/blog/category/8") == "/berita/"
    assert reader.get("/blog/category/104").status_code == 404


@pytest.mark.parametrize("prefix", PREFIXES)
@pytest.mark.parametrize(
    "slug",
    [
        OLD_SLUG,
        f"{OLD_SLUG}-tahun-2022-dan-penyerahan-laporan-kinerja-tahun-2021",
        f"{OLD_SLUG}/",
        "penandatanganan-perj",
        OLD_SLUG.upper(),
    ],
)
def test_an_article_of_the_former_site(prefix, slug, reader, old):
    address = f"{prefix}/read/8308_{slug}"
    assert location(reader, address) == old.get_absolute_url()


@pytest.mark.parametrize(
    "slug",
    [
        *("penandatang", "p", "kinerja-kpu-kabupatenkota", "penandatanganan-lain"),
        *("..%5C..%5Cadmin", "https:evil.example"),
    ],
)
def test_what_matches_no_article_is_searched_for(slug, reader, old):
    assert is_a_search(location(reader, f"/blog/read/1_{slug}"))


def test_a_short_title_is_found_whole(reader, archived):
    short = archived("Pleno", datetime(2022, 1, 28, tzinfo=UTC)).edition
    assert location(reader, "/blog/read/1_pleno") == short.get_absolute_url()
    # The old slug may go on where ours ends, but then ours must be long enough.
    assert is_a_search(location(reader, "/blog/read/1_pleno-lain"))


def test_two_that_match_are_searched_for(reader, old, archived):
    archived(f"{LONG} Lain", datetime(2022, 1, 29, tzinfo=UTC))
    assert is_a_search(location(reader, f"/blog/read/1_{OLD_SLUG}"))


def test_texts_written_here_were_not_on_the_former_site(
    reader, publish, humas, commissioner
):
    publish(humas, commissioner, LONG)
    assert is_a_search(location(reader, f"/blog/read/1_{OLD_SLUG}"))


def test_a_withdrawn_title_is_not_completed(reader, publish, archived, commissioner):
    article = archived(LONG, datetime(2022, 1, 28, tzinfo=UTC))
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    assert is_a_search(location(reader, f"/blog/read/1_{OLD_SLUG}"))


@pytest.mark.parametrize(
    "address",
    [
        *("/blog", "/blog/", "/index.php", "/index.php/", "/blog/category/999"),
        *("/blog/category/x", "/blog/read/1", "/blog/read/1_", "/blog/read/1_---"),
        *("/blog/read/x_y", "/index.php/page/read/1_x", "/blog/read/1_%25"),
        f"/blog/read/1_{'x' * 301}",
    ],
)
def test_an_unknown_old_address_helps_on(address, reader, db):
    response = reader.get(address)
    assert response.status_code == 404
    text = response.content.decode()
    assert "situs lama" in text
    assert 'href="/berita/"' in text


@pytest.mark.parametrize("count", [1, 30])
def test_an_old_address_takes_one_query(
    count, reader, archived, django_assert_num_queries
):
    for n in range(count):
        archived(f"Kegiatan kantor nomor {n}", datetime(2022, 1, 1, tzinfo=UTC))
    for address in ("/blog/category/135", "/blog/read/1_kegiatan-kantor-nomor-0"):
        with django_assert_num_queries(1):
            location(reader, address)
