import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django.utils.html import escape

from news import drafting, search
from news.models import Edition, EditionSearch, SearchTerm
from news.models.article import Release, Verb
from news.workflow import perform

FEED = Path(__file__).resolve().parents[4] / "shared/data/berita-terkini.txt"
JULY = datetime(2024, 7, 1, 5, tzinfo=UTC)
CANARY = "Kenarirahasia"


def titles(response):
    links = re.findall(
        r'<h2 class="story-title"><a href="[^"]+">(.*?)</a>', response.content.decode()
    )
    return [re.sub("</?mark>", "", link) for link in links]


def marks(response):
    return re.findall("<mark>(.*?)</mark>", response.content.decode())


@pytest.fixture
def look(reader):
    """Return a function that searches as the public does."""

    def ask(typed, **filters):
        response = reader.get("/cari/", {"q": typed, **filters})
        assert response.status_code == 200
        return response

    return ask


@pytest.fixture
def found(look):
    return lambda typed, **filters: titles(look(typed, **filters))


@pytest.fixture
def text(archived):
    """Return a function that makes a public text of a title and a body."""

    def make(title, body="Isi.", moment=JULY, **more):
        fields = {"body": f"<p>{body}</p>", **more.pop("fields", {})}
        return archived(title, moment, fields=fields, **more)

    return make


@pytest.fixture
def feed(db):
    if not FEED.exists():
        pytest.skip("berkas umpan lama tidak ada di samping proyek ini")
    call_command("import_feed", str(FEED), verbosity=0)


def from_desk(article, humas, commissioner):
    """Record, submit and have approved what the desk copy says."""
    drafting.record(article, humas)
    perform(Verb.SUBMIT, article, humas)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)


def with_copies(edition, count):
    """Make so many copies of a public edition, which no guard would let in."""
    columns = [field.column for field in Edition._meta.concrete_fields]
    others = ", ".join(name for name in columns if name != "article_id")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            f"INSERT INTO news_edition (article_id, {others})"  # noqa: S608 - our names
            f" SELECT 1000000 + n, {others} FROM news_edition,"
            " generate_series(1, %s) AS n WHERE article_id = %s",
            [count, edition.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")
        cursor.execute(
            "SELECT count(news_index_edition(article_id) IS NULL) FROM news_edition"
        )


# The office's own texts


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("tangkal hoaks", [1]),
        ("menangkal hoax", [1]),
        ("Disinformasi", [1]),
        ("542", [1, 2, 6]),
        ("542/HM.03.5-Kpt/06/KPU/VIII/2021", [1, 2, 6]),
        ("561/hm.03.5-kpt/06/kpu/viii/2021", [6]),
        ("bawaslu kabupaten", [1, 4]),
        ("pilkada", [2]),
        ("pemilihan serentak", [2]),
        ("zainal muttaqin", [1, 4, 6]),
        ("74,29", [3]),
        ('"siti maryam"', [1, 2, 6]),
        ('"maryam siti"', []),
        ("bakohumas -bawaslu", [2, 6]),
        ("pengumuman", []),
        ("menyerang", []),
        ("tidak", [5]),
    ],
)
def test_the_offices_old_feed_is_found(feed, found, typed, expected):
    places = {
        title: place
        for place, title in enumerate(
            Edition.objects.for_list().values_list("title", flat=True), 1
        )
    }
    assert [places[title] for title in found(typed)] == expected


def test_another_spelling_of_a_name_is_proposed_and_found(feed, look, found):
    page = look("zaenal muttakin").content.decode()
    assert titles(look("zaenal muttakin")) == []
    assert "Mungkin maksud Anda" in page
    proposed = re.search(r'search-instead">.*?<a href="([^"]+)">(.*?)</a>', page)
    assert proposed[2] == "Zainal Muttaqin"
    assert len(found(parse_qs(urlsplit(proposed[1]).query)["q"][0])) == 3


# Indonesian


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("Menangkal berita", "tangkal"),
        ("Tangkal berita", "menangkal"),
        ("Hasil ditetapkan", "penetapan"),
        ("Hasil ditetapkan", "menetapkan"),
        ("Pemutakhiran data", "dimutakhirkan"),
        ("Pemilihan umum tiba", "pemilu"),
        ("Pemilu tiba", "pemilihan umum"),
        ("Pilkada tiba", "pemilihan serentak"),
        ("Berita hoax beredar", "hoaks"),
        ("Hal itu diumumkan", "pengumuman"),
        ("Kabupaten/Kota se-Banten", "kota"),
        ("Kabupaten/Kota se-Banten", "Kabupaten/Kota"),
        ("Salat Jum'at", "jumat"),
        ("Café déjà vu", "CAFE DEJA"),
        ("<strong>S</strong>erang", "serang"),
        ("A &amp; B &lt;c&gt;", "a b c"),
        ("Komisioner tidak hadir", "tidak hadir"),
        ("e-KTP dan Covid-19", "e-ktp covid-19"),
    ],
)
def test_a_text_is_found_by_its_words_kin(text, found, body, typed):
    text("Naskah", body)
    assert found(typed) == ["Naskah"]


@pytest.mark.parametrize(
    ("body", "typed"),
    [
        ("Menyerang lawan", "serang"),
        ("Kabupaten Serang", "menyerang"),
        ("Kabupaten Serang", "penyerang"),
        ("Pengumuman hasil", "umum"),
        ("Sidang umum", "pengumuman"),
        ("Data serta surat", "peserta"),
        ("Komisioner hadir", "tidak hadir"),
        ("Disinformasi beredar", "informasi"),
        ("Informasi beredar", "disinformasi"),
        ("Serang kabupaten", '"kabupaten serang"'),
        ("Kata &lt;strong&gt;", "amp"),
        ('<a href="https://contoh.id/rahasia">Tautan</a>', "rahasia"),
    ],
)
def test_a_text_is_not_found_by_words_that_only_look_like_kin(text, found, body, typed):
    text("Naskah", body)
    assert found(typed) == []


def test_title_lead_topic_author_and_caption_are_searched(text, found):
    text(
        "Judulnya",
        tags=("Topiknya",),
        fields={
            "lead": "Terasnya.",
            "byline_name": "Penulisnya",
            "source_name": "Korannya",
            "credit": "Timnya",
        },
    )
    for word in ("judulnya", "terasnya", "topiknya", "penulisnya", "korannya"):
        assert found(word) == ["Judulnya"], word


# Order, filters, pages


def test_newest_first_unless_best_first_is_asked(text, found):
    text("Logistik logistik", "Logistik.", JULY)
    text("Lain", "Ada logistik.", JULY + timedelta(days=1))
    assert found("logistik") == ["Lain", "Logistik logistik"]
    assert found("logistik", urut="terbaru") == ["Lain", "Logistik logistik"]
    assert found("logistik", urut="sesuai") == ["Logistik logistik", "Lain"]


def test_category_and_year_narrow(text, found):
    text("Satu", "logistik", datetime(2023, 12, 31, 16, 59, tzinfo=UTC))
    # Already the first of January in this office's zone.
    text("Dua", "logistik", datetime(2023, 12, 31, 17, 0, tzinfo=UTC))
    text("Tiga", "logistik", JULY, category="opini")
    assert found("logistik", tahun="2023") == ["Satu"]
    assert found("logistik", tahun="2024") == ["Tiga", "Dua"]
    assert found("logistik", tahun="2024", kategori="opini") == ["Tiga"]
    assert found("logistik", kategori="siaran-pers") == ["Dua", "Satu"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kategori", "tidak-ada"),
        ("kategori", "'; DROP TABLE news_edition; --"),
        ("tahun", "1999"),
        ("tahun", "٢٠٢٤"),
        ("tahun", "9" * 400),
        ("urut", "acak"),
    ],
)
def test_an_unknown_filter_is_ignored_and_said(text, look, name, value):
    text("Naskah", "logistik")
    response = look("logistik", **{name: value})
    assert titles(response) == ["Naskah"]
    assert "jadi" in re.search(r'search-note">(.*?)</p>', response.content.decode())[1]


def test_pages_of_ten_keep_the_search_and_its_filters(text, reader, look):
    for n in range(12):
        text(f"Naskah {n:02}", "logistik & gudang", JULY + timedelta(hours=n))
    first = look("logistik & gudang", kategori="siaran-pers", urut="sesuai")
    page = first.content.decode()
    assert "12 naskah untuk “logistik &amp; gudang”" in page
    assert len(titles(first)) == 10
    following = re.search(r'rel="next" href="([^"]+)"', page)[1].replace("&amp;", "&")
    assert parse_qs(urlsplit(following).query) == {
        "q": ["logistik & gudang"],
        "kategori": ["siaran-pers"],
        "urut": ["sesuai"],
        "page": ["2"],
    }
    second = reader.get(following)
    assert len(titles(second)) == 2
    assert not set(titles(first)) & set(titles(second))


@pytest.mark.parametrize("page", ["0", "2", "x", "-1", "99999", "", "01", "١"])
@pytest.mark.parametrize("typed", ["naskah", "nihil", ""])
def test_a_page_that_does_not_exist_is_404(text, reader, page, typed):
    text("Naskah")
    assert reader.get("/cari/", {"q": typed, "page": page}).status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_a_search_takes_four_queries_however_much_it_finds(
    count, text, reader, django_assert_num_queries
):
    for n in range(count):
        text(f"Naskah {n}", "logistik", JULY + timedelta(hours=n), tags=("Gudang",))
    for order in ("terbaru", "sesuai"):
        with django_assert_num_queries(4):
            reader.get("/cari/", {"q": "logistik naskah -nihil", "urut": order})
        with django_assert_num_queries(4):
            reader.get("/cari/", {"q": "logistik", "urut": order})
    with django_assert_num_queries(5):
        reader.get("/cari/", {"q": "logistikk gudangg"})
    with django_assert_num_queries(2):
        reader.get("/cari/")


def test_a_count_and_its_pages_end_at_a_thousand(text, look, reader):
    with_copies(text("Naskah", "logistik").edition, 1000)
    page = look("logistik", urut="sesuai").content.decode()
    assert "Lebih dari 1.000 naskah untuk “logistik”" in page
    assert "1.000 yang terbaru" in page
    assert reader.get("/cari/", {"q": "logistik", "page": 100}).status_code == 200
    assert reader.get("/cari/", {"q": "logistik", "page": 101}).status_code == 404


# Only what is public


@pytest.fixture
def hidden(write, publish, humas, commissioner):
    """Articles with a canary in every state that the public must not see."""
    fields = {"body": f"<p>{CANARY} Zubaedah Wibisana hadir.</p>"}
    write(humas, f"Draf {CANARY}", **fields)
    scheduled = write(humas, f"Terjadwal {CANARY}", **fields)
    moment = timezone.now() + timedelta(hours=1)
    perform(Verb.SUBMIT, scheduled, humas, release=Release.AT_TIME, publish_at=moment)
    perform(
        Verb.APPROVE,
        scheduled,
        commissioner,
        digest=scheduled.latest_revision.digest,
    )
    withdrawn = publish(humas, commissioner, f"Ditarik {CANARY}", **fields)
    perform(Verb.WITHDRAW, withdrawn, commissioner, note="Keliru.")
    erased = publish(humas, commissioner, f"Dihapus {CANARY}", **fields)
    perform(Verb.ERASE, erased, commissioner, note="Nomor induk.")
    return scheduled, withdrawn, erased


@pytest.mark.parametrize("order", ["terbaru", "sesuai"])
@pytest.mark.parametrize(
    "typed", [CANARY, f'"{CANARY}"', "zubaidah wibisono", "kenarirahasi", "ditarik"]
)
def test_nothing_hidden_is_found_counted_or_proposed(hidden, text, look, typed, order):
    text("Kenari rahasia terbang", "Zubaedah dan Wibisana.")
    response = look(typed, urut=order)
    page = response.content.decode()
    assert titles(response) == []
    # The page repeats what was typed, and nothing else of it.
    body = page[page.index("<h1") :].replace(escape(typed), "").lower()
    assert CANARY.lower() not in body
    assert "zubaedah wibisana" not in body


def test_what_is_withdrawn_or_erased_leaves_no_word_behind(hidden):
    scheduled, withdrawn, erased = hidden
    assert list(EditionSearch.objects.values_list("pk", flat=True)) == [scheduled.pk]
    perform(Verb.UNSCHEDULE, scheduled, scheduled.created_by)
    assert (EditionSearch.objects.count(), SearchTerm.objects.count()) == (0, 0)


def test_a_corrected_word_is_found_no_more(publish, humas, commissioner, found):
    article = publish(humas, commissioner, body="<p>Kata kelirunya dan gudang.</p>")
    other = publish(humas, commissioner, "Lain", body="<p>Gudang.</p>")
    perform(Verb.REVISE, article, humas)
    article.refresh_from_db()
    article.body = "<p>Kata benarnya.</p>"
    article.change_class, article.change_note = "ralat", "Kata diperbaiki."
    article.save()
    from_desk(article, humas, commissioner)
    assert (found("kelirunya"), found("benarnya")) == ([], [article.title])
    terms = set(SearchTerm.objects.values_list("term", flat=True))
    assert "kelirunya" not in terms
    # Still in another text.
    assert {"benarnya", "gudang"} <= terms
    assert found("gudang") == [other.title]


# Hostile


HOSTILE = [
    "kpu " * 25_000,
    "x" * 100_000,
    '"' * 100_000,
    "((((" * 25_000,
    "-" * 100_000,
    "a|b&!c:*<->(",
    "'' OR 1=1 --",
    "\\'; SELECT pg_sleep(9); --",
    ":* & | ! <->",
    "<script>alert(1)</script>",
    "\u202e\u2066kpu\u2069",
    "\ud7ff\uffff\U0010ffff",
    "%00",
    "ʼʼ'kpu'ʼ",
    "½ ﷺ ﷽ ŉ",
    "é" * 5_000,
    "1/2" * 5_000,
    "a" * 199 + "'",
    "-kpu",
    "=kpu",
    "مرحبا बिहार 漢字",
]


@pytest.mark.parametrize("order", ["terbaru", "sesuai"])
@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_typed_is_answered(text, look, typed, order):
    text("Naskah", "kpu")
    page = look(typed, urut=order).content.decode()
    assert "<script>alert" not in page
    assert len(page) < 40_000


def test_a_nul_gets_a_page_of_ours(reader):
    response = reader.get("/cari/?q=kpu%00")
    assert response.status_code == 400
    assert "tidak dapat dibaca" in response.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "x" * 70_000 + " kpu",
        " ".join(f"kata{n}" for n in range(30_000)),
        "kpu \U0001f5f3 漢字" + "漢" * 90_000,
        "Ø ł ß ʼ ½ \\ ' \"",
    ],
    ids=["long word", "many words", "no spaces", "odd letters"],
)
def test_no_body_is_too_much_for_the_index(text, found, body):
    text("Naskah", body)
    assert found("naskah") == ["Naskah"]


# The page


def test_hits_are_marked_in_an_escaped_snippet(text, look):
    text("Hoaks & kabar", "Awal &lt;b&gt; menangkal &lt;/b&gt; &amp; hoax.")
    page = look("tangkal hoaks")
    assert marks(page) == ["Hoaks", "menangkal", "hoax"]
    assert "<mark>Hoaks</mark> &amp; kabar</a>" in page.content.decode()
    assert (
        "Awal &lt;b&gt; <mark>menangkal</mark> &lt;/b&gt; &amp; <mark>hoax</mark>."
        in page.content.decode()
    )


def test_a_row_is_that_of_every_list(text, look):
    text("Naskah", "logistik", baseline=1234)
    page = look("logistik").content.decode()
    row = re.search(r"<article.*?</article>", page, re.DOTALL)[0]
    assert '<data class="views" value="1234">Dibaca 1.234 kali</data>' in row
    assert re.search(r'<time datetime="[^"]+">', row)
    assert "Selengkapnya" in row


def test_result_pages_are_not_indexed_and_name_their_address(text, look, reader):
    text("Naskah", "logistik")
    page = look("logistik", urut="sesuai", lain="x").content.decode()
    assert '<meta name="robots" content="noindex">' in page
    assert '/cari/?q=logistik&amp;urut=sesuai">' in page


@pytest.mark.parametrize("address", ["/cari/", "/cari/?q=&kategori=opini"])
def test_the_empty_form_is_a_page_for_search_engines(address, reader, db, settings):
    page = reader.get(address).content.decode()
    assert "noindex" not in page
    assert f'<link rel="canonical" href="{settings.SITE_ORIGIN}/cari/">' in page
    assert re.search(
        r'<meta name="description" content="Cari siaran pers, [^"]+">', page
    )


def test_nothing_found_says_what_to_do(text, look, settings):
    settings.OFFICE = {**settings.OFFICE, "email": "kantor@contoh.id"}
    text("Naskah", "logistik")
    page = look("nihilsekali", kategori="opini").content.decode()
    assert "Tidak ada naskah untuk “nihilsekali”" in page
    assert "Cara mencari" in page
    assert "mailto:kantor@contoh.id" in page
    assert "Cari di semua kategori dan tahun" in page


@pytest.mark.parametrize("typed", ["& | !", '""', "-bawaslu"])
def test_a_query_without_words_is_explained(reader, db, typed):
    page = reader.get("/cari/", {"q": typed}).content.decode()
    assert re.search(r'search-note">Tulis ', page)


def test_a_long_query_is_cut_with_a_sentence(look, db):
    page = look("kata " * 100).content.decode()
    assert "paling banyak 200 huruf" in page


def test_the_menu_and_the_home_page_lead_to_the_search(reader, db):
    page = reader.get("/").content.decode()
    assert 'role="search"' in page
    assert re.search(r'<nav class="menu".*?href="/cari/"', page, re.DOTALL)


def test_years_come_from_what_is_visible(text, hidden, reader):
    text("Lama", moment=JULY)
    page = reader.get("/cari/").content.decode()
    years = re.findall(r"<option>(\d{4})</option>", page)
    assert (years[-1], len(years)) == ("2024", len(set(years)))


def test_the_longest_typed_text_fits_the_box(look, db):
    page = look("kata " * 100).content.decode()
    shown = re.search(r'name="q" value="([^"]*)"', page)[1]
    assert len(shown) <= search.MOST_CHARACTERS
