import html
import logging
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from news import checker, limits
from news.authenticity import Kind
from news.models import RequestCount, Series
from news.public import authenticity

PATH = "/cek-keaslian/"
SENTENCE = (
    "Pemilih yang belum terdaftar dapat melapor sampai 27 Januari 2022 dengan membawa "
    "kartu tanda penduduk."
)


@pytest.fixture
def article(publish, humas, commissioner):
    return publish(humas, commissioner, title="Data pemilih", body=f"<p>{SENTENCE}</p>")


def ask(reader, text, **more):
    return reader.post(PATH, {"teks": text}, **more)


def said(response):
    """Return the words of a page's answer, without its marks."""
    part = response.content.decode().partition('id="jawaban"')[2].partition("<form")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", part)).split())


def test_the_page_asks_and_answers(reader, article):
    page = reader.get(PATH)
    assert page.status_code == 200
    assert page["Cache-Control"].startswith("public")
    assert 'id="jawaban"' not in page.content.decode()
    answer = ask(reader, SENTENCE.replace("27", "29"))
    assert answer.status_code == 200
    text = said(answer)
    assert "Diubah" in text
    assert "1 Tanggal" not in text
    assert "Tanggal 27 Januari 2022 menjadi 29 Januari 2022. Penting: tanggal." in text
    assert "[dihapus: 27]" in text
    assert "[bukan dari kami: 29]" in text
    assert f'href="/berita/{article.pk}/data-pemilih/"' in answer.content.decode()


def test_what_is_pasted_is_shown_again_and_never_as_markup(reader, article):
    hostile = f"{SENTENCE} <script>alert(1)</script></textarea>\"'&amp;"
    page = ask(reader, hostile).content.decode()
    assert "<script>alert" not in page
    typed = re.search(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)[1]
    assert html.unescape(typed) == hostile


def copied(reader, address):
    """Return the words of an article's page as a browser copies them."""
    page = reader.get(address).content.decode()
    part = re.search(r"<article.*?</article>", page, re.DOTALL)[0]
    part = re.sub(r"</(?:p|h\d|li|dd|figcaption|div|header|cite)>", "\n", part)
    part = re.sub(r"<noscript>.*?</noscript>|<[^>]+>", "", part, flags=re.DOTALL)
    return html.unescape(part)


def test_the_whole_page_of_an_article_is_a_quotation_of_it(
    reader, publish, humas, commissioner
):
    """With its notices, links, buttons, series and topics, as they stand on it."""
    series = Series.objects.create(name="Pendidikan pemilih", slug="pendidikan")
    rest = {"series": series, "tags": ["data pemilih", "media"], "credit": "Tim Humas"}
    link = '<a href="https://kpu.go.id/">laman pusat</a>'
    first = publish(
        humas,
        commissioner,
        "Bagian satu",
        body=f"<h2>Data</h2><p>{SENTENCE}</p><p>Bacalah {link} sebelum melapor.</p>",
        series_part=1,
        **rest,
    )
    middle = publish(
        humas,
        commissioner,
        "Bagian dua",
        body="<p>Loket pengaduan di aula kantor dibuka setiap hari kerja.</p>",
        series_part=2,
        source_name="Banten Pos",
        **rest,
    )
    body = "<p>Petugas desa mencatat laporan warga setiap Sabtu.</p>"
    publish(humas, commissioner, "Bagian tiga", body=body, series_part=3, **rest)
    reply = publish(
        humas,
        commissioner,
        "Tanggapan",
        body="<p>Kami menghitung lain: yang terdaftar di desa kami dua ratus.</p>",
        byline_name="Ratna",
        byline_office="Paguyuban",
        reply_to=first.edition,
    )
    for article in (first, middle, reply):
        text = copied(reader, f"/berita/{article.pk}/{article.edition.slug}/")
        answer = checker.check(text)
        assert answer.kind in (Kind.SAME, Kind.EXCERPT), (text, answer.changes)
        assert answer.sources[0].edition.pk == article.pk
    assert "(situs lain)" in copied(reader, first.edition.get_absolute_url())
    assert "menanggapi naskah ini" in copied(reader, first.edition.get_absolute_url())
    assert "Sebelumnya: Bagian satu" in copied(
        reader, middle.edition.get_absolute_url()
    )


def test_only_what_is_posted_is_checked(reader, article):
    page = reader.get(PATH, {"teks": SENTENCE})
    assert SENTENCE not in page.content.decode()
    assert reader.put(PATH).status_code == 405


def test_an_answer_is_kept_nowhere(reader, article, caplog):
    with caplog.at_level(logging.DEBUG):
        answer = ask(reader, SENTENCE)
    assert answer["Cache-Control"] == "no-store"
    assert not answer.cookies
    assert "Pemilih yang belum" not in caplog.text
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM news_requestcount AS kept"
            " WHERE kept::text LIKE ANY (%s)",
            [["%127.0.0.1%", "%Pemilih%"]],
        )
        assert cursor.fetchone() == (0,)


def test_a_browser_that_has_no_token_and_no_cookie_is_answered(article):
    browser = Client(enforce_csrf_checks=True)
    assert "Sama dengan naskah terbit" in said(ask(browser, SENTENCE))


def test_nothing_pasted_gets_a_sentence(reader):
    for text in ("", "  \n "):
        page = ask(reader, text)
        assert authenticity.EMPTY in page.content.decode()
    assert RequestCount.objects.count() == 0


def test_a_flood_is_slowed_and_loses_nothing(reader, article, monkeypatch):
    few = limits.Limit("cek-keaslian", 2, authenticity.LIMIT.within)
    monkeypatch.setattr(authenticity, "LIMIT", few)
    codes = [ask(reader, SENTENCE).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    page = ask(reader, SENTENCE).content.decode()
    assert "Terlalu banyak pemeriksaan" in page
    assert SENTENCE in page
    other = ask(reader, SENTENCE, headers={"X-Real-IP": "203.0.113.9"})
    assert other.status_code == 200


def test_the_counts_of_the_past_hour_go(reader, article):
    ask(reader, SENTENCE)
    limits.forget()
    assert RequestCount.objects.count() == 1
    with connection.cursor() as cursor:
        cursor.execute("UPDATE news_requestcount SET since = now() - interval '2 hour'")
    limits.forget()
    assert RequestCount.objects.count() == 0


def test_the_table_of_counts_is_in_no_backup(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relpersistence FROM pg_class WHERE relname = 'news_requestcount'"
        )
        assert cursor.fetchone() == ("u",)


@pytest.mark.parametrize("count", [1, 30])
def test_an_answer_takes_so_many_queries(count, reader, publish, humas, commissioner):
    for n in range(count):
        publish(humas, commissioner, title=f"Naskah {n}", body=f"<p>{SENTENCE}</p>")
    ask(reader, SENTENCE)
    with CaptureQueriesContext(connection) as queries:
        ask(reader, SENTENCE.replace("27", "29"))
    # The limit, the three of the check, the categories.
    assert len(queries) == 5


def test_every_page_leads_to_it(reader, article):
    address = f"/berita/{article.pk}/data-pemilih/"
    assert f'<a class="check-link" href="{PATH}">' in reader.get("/").content.decode()
    assert "Cek teks yang Anda terima" in reader.get(address).content.decode()
    assert f"{PATH}</loc>" in reader.get("/sitemap-halaman.xml").content.decode()


def test_a_verdict_never_says_true_or_hoax():
    said = " ".join([*checker.SAID.values(), *map(str, checker.Kind)]).lower()
    assert not re.search(r"\b(benar|hoaks|bohong|asli)\b", said)
