import html
import json
import re
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone

from news import drafting, ledger
from news.models import Publication
from news.models.article import Verb
from news.public import record
from news.workflow import perform

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def withdraw(commissioner):
    def act(article, verb=Verb.WITHDRAW):
        return perform(verb, article, commissioner, note="Keliru <seluruhnya>.")

    return act


@pytest.fixture
def append():
    """Return a function that writes so many lines of articles that are not there."""

    def write(count, kind="terbit", version=1):
        for number in range(count):
            ledger.append(
                article=1000 + number,
                version=version,
                digest="d" * 64,
                kind=kind,
                note="",
                at=datetime(2026, 1, 1, tzinfo=UTC),
            )

    return write


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def told(response, prefix="catatan"):
    """Return the numbers of the lines that a page shows, in its order."""
    found = re.findall(rf'<li id="{prefix}-(\d+)"', text_of(response))
    return [int(number) for number in found]


def body_of(response):
    return b"".join(response.streaming_content).decode()


# The page of the ledger


def test_the_page_lists_every_act_newest_first(
    reader, publish, change, withdraw, humas, commissioner
):
    kept = publish(humas, commissioner, "Pleno & rekapitulasi")
    change(kept, humas, commissioner, body="<p>Sudah benar.</p>")
    gone = publish(humas, commissioner, "Judul yang keliru")
    withdraw(gone)
    response = reader.get("/catatan-publikasi/")
    text = text_of(response)
    assert told(response) == [4, 3, 2, 1]
    assert f'<a href="{kept.edition.get_absolute_url()}">Pleno &amp; rekapit' in text
    assert "Judul yang keliru" not in text
    assert "judul-yang-keliru" not in text
    assert "Keliru &lt;seluruhnya&gt;." in text
    for line in Publication.objects.all():
        assert {line.digest, line.hash, line.previous} <= set(
            re.findall(r"[0-9a-f]{64}", text)
        )
    head = Publication.objects.head()
    assert f"{head.sequence}:{head.hash}" in text


def test_an_empty_record_says_so(reader, db):
    assert "masih kosong" in text_of(reader.get("/catatan-publikasi/"))
    assert "Belum ada naskah yang diubah" in text_of(reader.get("/koreksi/"))
    assert reader.get("/catatan-publikasi/kepala/").status_code == 200
    assert body_of(reader.get("/catatan-publikasi.jsonl")) == ""


def test_a_reader_walks_the_whole_record_without_a_gap(reader, append):
    append(45)
    address, seen = "/catatan-publikasi/", []
    while address:
        response = reader.get(address)
        seen += told(response)
        on = re.search(r'rel="next nofollow" href="([^"]+)"', text_of(response))
        address = on and "/catatan-publikasi/" + html.unescape(on[1])
    assert seen == list(range(45, 0, -1))


def test_the_place_of_a_line_is_on_its_page(reader, append):
    append(45)
    line = Publication.objects.get(pk=7)
    address, _, anchor = line.get_absolute_url().partition("#")
    assert anchor == "catatan-7"
    response = reader.get(address)
    assert told(response) == [7, 6, 5, 4, 3, 2, 1]
    assert "Ke yang terbaru" in text_of(response)
    assert 'name="robots" content="noindex"' in text_of(response)


def test_the_filters_work_without_a_script(reader, append):
    append(3)
    append(2, kind="tarik")
    page = "/catatan-publikasi/"
    year = timezone.localdate().year
    assert told(reader.get(page, {"jenis": "tarik", "tahun": ""})) == [5, 4]
    assert told(reader.get(page, {"jenis": "", "tahun": year})) == [5, 4, 3, 2, 1]
    assert told(reader.get(page, {"jenis": "tarik", "tahun": year - 1})) == []
    assert f'<option value="tarik" selected>{record.KINDS["tarik"]}' in text_of(
        reader.get(page, {"jenis": "tarik"})
    )


@pytest.mark.parametrize(
    "query", ["jenis=x", "tahun=1", "tahun=٢٠٢٦", "sampai=0", "sampai=x", "sampai=1.0"]
)
@pytest.mark.parametrize("page", ["/catatan-publikasi/", "/koreksi/"])
def test_an_address_of_no_list_is_404(page, query, reader, db):
    assert reader.get(f"{page}?{query}").status_code == 404


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_take_so_many_queries_whatever_their_length(
    count, reader, publish, change, humas, commissioner, django_assert_num_queries
):
    for number in range(count):
        article = publish(humas, commissioner, f"Naskah {number}")
        change(article, humas, commissioner, body="<p>Sudah benar.</p>")
    for address in ("", "?jenis=ralat", "?tahun=2026"):
        with django_assert_num_queries(4):
            reader.get(f"/catatan-publikasi/{address}")
        with django_assert_num_queries(5):
            reader.get(f"/koreksi/{address}")
    with django_assert_num_queries(3):
        reader.get("/catatan-publikasi/kepala/")
    with django_assert_num_queries(3):
        reader.get("/koreksi/umpan/atom/")


def test_the_pages_read_their_own_lines_alone(db, append):
    """However long the record is: by an index, and never to its other end."""
    append(3)
    with connection.cursor() as cursor:
        for way in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{way} = off")
    lines = Publication.objects.all()
    for rows in (
        lines.newest_first(),
        lines.filter(kind="ralat").newest_first(),
        lines.of_year(2026).newest_first(),
        lines.changes().newest_first(),
    ):
        plan = rows[:21].explain()
        assert "Index" in plan
        assert "Sort" not in plan
    assert "publication_changes" in lines.changes().newest_first()[:21].explain()


# The heads


def test_the_heads_are_the_last_line_of_each_day(reader, append):
    append(6)
    start = datetime(2026, 3, 30, 3, tzinfo=UTC)
    # Two on the last evening of March in UTC, which is April for the office.
    hours = (0, 1, 24, 24 + 15, 24 + 16, 24 + 40)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE news_publication DISABLE TRIGGER USER")
        for number, hour in enumerate(hours, 1):
            moment = start + timedelta(hours=hour)
            Publication.objects.filter(pk=number).update(recorded_at=moment)
        cursor.execute("ALTER TABLE news_publication ENABLE TRIGGER USER")
    march = text_of(reader.get("/catatan-publikasi/kepala/?bulan=2026-03"))
    april = text_of(reader.get("/catatan-publikasi/kepala/"))

    def numbers(text):
        return re.findall(r'sampai=(\d+)#catatan-\1"', text)

    assert numbers(march) == ["3", "2"]
    assert numbers(april) == ["6", "5"]
    assert "?bulan=2026-03" in april
    assert "?bulan=2026-04" in march
    for asked in ("2026-13", "x", "2025-01", "2026-05"):
        address = f"/catatan-publikasi/kepala/?bulan={asked}"
        assert reader.get(address).status_code == 404


# The record for programs


def test_the_whole_record_is_given_in_the_contracts_form(reader, append, monkeypatch):
    monkeypatch.setattr(ledger, "CHUNK", 4)
    append(10)
    response = reader.get("/catatan-publikasi.jsonl")
    assert response["Content-Type"] == "application/x-ndjson; charset=utf-8"
    lines = [json.loads(line) for line in body_of(response).splitlines()]
    assert lines == [ledger.line(one) for one in Publication.objects.all()]
    assert all(ledger.line_hash(line) == line["hash"] for line in lines)


def test_a_part_begins_with_the_line_that_is_asked_for(reader, append):
    append(5)

    def numbers(since):
        response = reader.get("/catatan-publikasi.jsonl", {"sejak": since})
        return [json.loads(line)["sequence"] for line in body_of(response).splitlines()]

    assert numbers("4") == [4, 5]
    assert numbers("6") == []
    for wrong in ("0", "-1", "x", "", "9" * 19, "٣"):
        answer = reader.get("/catatan-publikasi.jsonl", {"sejak": wrong})
        assert answer.status_code == 400
        assert "nomor baris" in answer.content.decode()


def test_who_has_the_record_is_told_so(reader, append):
    append(2)
    address = "/catatan-publikasi.jsonl"
    tag = reader.get(address)["ETag"]
    assert Publication.objects.head().hash in tag
    confirmed = reader.get(address, headers={"If-None-Match": tag})
    assert confirmed.status_code == 304
    assert confirmed["Cache-Control"] == reader.get(address)["Cache-Control"]
    assert "public" in confirmed["Cache-Control"]
    assert reader.head(address)["ETag"] == tag
    append(1)
    assert reader.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_a_line_written_meanwhile_is_of_the_next_answer(reader, append):
    append(2)
    response = reader.get("/catatan-publikasi.jsonl")
    append(1)
    assert len(body_of(response).splitlines()) == 2


def test_the_program_that_checks_can_be_had(reader, db):
    response = reader.get("/catatan-publikasi/verify_ledger.py")
    assert body_of(response) == record.PROGRAM.read_text()


# Corrections


@pytest.fixture
def corrected(publish, change, humas, commissioner):
    article = publish(
        humas,
        commissioner,
        "Indeks layanan",
        body="<p>Kalimat awal. Nilainya 74,29 dari seratus. Kalimat akhir.</p>",
    )
    return change(
        article,
        humas,
        commissioner,
        body="<p>Kalimat awal. Nilainya 47,29 dari seratus. Kalimat akhir.</p>",
    )


def test_a_correction_shows_the_sentence_before_and_after(reader, corrected):
    text = text_of(reader.get("/koreksi/"))
    words = re.sub(r"<[^>]+>", "", text)
    assert "Nilainya 74,29 dari seratus." in words
    assert "Nilainya 47,29 dari seratus." in words
    assert "Kalimat" not in words
    assert "<del>" in text
    assert "Angka tertukar." in text
    assert f"/berita/{corrected.pk}/versi/1/" in text


def test_nothing_of_a_withdrawn_or_erased_text_is_told(
    reader, corrected, withdraw, publish, humas, commissioner
):
    withdraw(corrected)
    withdraw(publish(humas, commissioner, "Rahasia belaka"), Verb.ERASE)
    for address in ("/koreksi/", "/koreksi/umpan/atom/", "/catatan-publikasi/"):
        text = text_of(reader.get(address))
        for word in ("74,29", "47,29", "Indeks", "indeks-", "Rahasia", "rahasia"):
            assert word not in text
        assert "Keliru" in text


def test_a_version_that_was_withdrawn_stays_untold_after_its_return(
    reader, corrected, withdraw, change, humas, commissioner
):
    withdraw(corrected)
    change(
        corrected, humas, commissioner, verb=Verb.RESTORE, body="<p>Nilai dihapus.</p>"
    )
    change(corrected, humas, commissioner, kind="pembaruan", body="<p>Nilai 50.</p>")
    text = text_of(reader.get("/koreksi/"))
    assert told(reader.get("/koreksi/"), "koreksi") == [5, 4, 3, 2]
    assert "74,29" not in text
    assert "47,29" not in text
    assert "Nilai dihapus." in re.sub(r"<[^>]+>", "", text)
    assert "kemudian dimuat lagi" in text


def replayed(lines):
    """Return from the published lines alone what a reader is told, newest first."""
    changed = {"ralat", "pembaruan", "salah ketik", "pulih", "tarik", "hapus"}
    return [
        line["sequence"]
        for line in reversed(lines)
        if line["kind"] in changed
        or (line["kind"] == "siaran darurat" and line["version"] > 1)
    ]


def test_the_page_and_the_feed_equal_a_replay_of_the_record(
    reader, corrected, publish, change, withdraw, humas, commissioner
):
    perform(Verb.REVISE, corrected, humas)
    corrected.refresh_from_db()
    corrected.lead, corrected.change_class = "Gempa.", "pembaruan"
    corrected.change_note = "Ada gempa."
    corrected.save()
    drafting.record(corrected, humas)
    perform(Verb.RELEASE, corrected, humas, note="Mendesak.")
    release = publish(humas, commissioner, "Lain")
    change(release, humas, commissioner, kind="pembaruan", lead="Teras.")
    withdraw(release)
    withdraw(release, Verb.ERASE)
    response = reader.get("/catatan-publikasi.jsonl")
    due = replayed([json.loads(line) for line in body_of(response).splitlines()])
    assert len(due) == 5
    assert told(reader.get("/koreksi/"), "koreksi") == due
    tree = ElementTree.fromstring(  # noqa: S314 - our own
        reader.get("/koreksi/umpan/atom/").content
    )
    ids = [one.findtext(f"{ATOM}id") for one in tree.iter(f"{ATOM}entry")]
    assert [int(one.rpartition("/")[2]) for one in ids] == due


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_the_feed_of_corrections_has_each_form(form, reader, corrected):
    text = text_of(reader.get(f"/koreksi/umpan/{form}/"))
    assert "Ralat: Indeks layanan" in text
    assert "Angka tertukar." in text


def test_the_footer_and_the_sitemap_lead_to_the_record(reader, db):
    footer = text_of(reader.get("/")).partition("<footer")[2]
    assert 'href="/koreksi/"' in footer
    assert 'href="/catatan-publikasi/"' in footer
    places = text_of(reader.get("/sitemap-halaman.xml"))
    assert "/koreksi/</loc>" in places
    assert "/catatan-publikasi/</loc>" in places


# Links that say which version they share


def test_a_shared_link_says_what_changed_since(reader, corrected):
    address = corrected.edition.get_absolute_url()
    text = text_of(reader.get(address))
    assert f"{address}?v=2&quot;" not in text
    assert f'{address}?v=2"' in text
    assert "Berubah sejak dibagikan" not in text
    older = reader.get(f"{address}?v=1")
    assert "Berubah sejak dibagikan" in text_of(older)
    assert "Angka 74,29 menjadi 47,29." in text_of(older)
    assert f'href="/berita/{corrected.pk}/versi/1/"' in text_of(older)
    canonical = re.search(r'rel="canonical" href="([^"]+)"', text_of(older))
    assert canonical[1].endswith(address)


@pytest.mark.parametrize("value", ["2", "3", "0", "01", "x", "10000", "1.0", "-1", "١"])
def test_any_other_value_changes_nothing(value, reader, corrected):
    address = corrected.edition.get_absolute_url()
    response = reader.get(address, {"v": value})
    assert response.content == reader.get(address).content


def test_a_shared_link_keeps_its_version_when_the_title_changed(
    reader, corrected, change, humas, commissioner
):
    old = corrected.edition.get_absolute_url()
    change(corrected, humas, commissioner, title="Judul lain")
    corrected.edition.refresh_from_db()
    new = corrected.edition.get_absolute_url()
    assert reader.get(f"{old}?v=1&x=2")["Location"] == f"{new}?v=1"
    assert reader.get(f"{old}?v=x")["Location"] == new


def test_a_version_that_was_withdrawn_is_not_compared(
    reader, corrected, withdraw, change, humas, commissioner
):
    withdraw(corrected)
    change(
        corrected, humas, commissioner, verb=Verb.RESTORE, body="<p>Nilai dihapus.</p>"
    )
    corrected.edition.refresh_from_db()
    text = text_of(reader.get(f"{corrected.edition.get_absolute_url()}?v=1"))
    assert "tidak dimuat lagi" in text
    assert "74,29" not in text


def test_the_page_of_an_article_leads_to_its_line(reader, corrected):
    text = text_of(reader.get(corrected.edition.get_absolute_url()))
    assert 'href="/catatan-publikasi/?sampai=2#catatan-2"' in text
