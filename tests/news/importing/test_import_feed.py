import re
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from news.models import Article, Edition, Imported, Publication, Series, Transition

FEED = Path(__file__).resolve().parents[4] / "shared/data/berita-terkini.txt"

PAGE = """\
Berita Terkini

1.204

KPU Kabupaten Contoh Gelar Rapat Pleno

Contoh (3/7) - KPU Kabupaten Contoh menggelar rapat pleno pada Kamis, 3 Juli 2025 di \
aula kantor. (Tim Humas KPU Kabupaten Contoh)

Selengkapnya
12

Sosialisasi di Sekolah

Contoh, - KPU Kabupaten Contoh hadir di sekolah.

Selengkapnya"""


def run(path, *options):
    output = StringIO()
    call_command("import_feed", str(path), *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "halaman.txt"
    path.write_text(PAGE, "utf-8")
    return path


@pytest.fixture
def feed():
    if not FEED.exists():
        pytest.skip("berkas umpan lama tidak ada di samping proyek ini")
    return FEED


def test_the_offices_old_feed_becomes_six_published_articles(feed, db, reader):
    output = run(feed)
    editions = list(Edition.objects.for_list().select_related("revision"))
    assert [edition.baseline for edition in editions] == [60, 78, 101, 79, 301, 90]
    assert [edition.category.slug for edition in editions] == [
        *("siaran-pers", "siaran-pers", "siaran-pers"),
        *("laporan-webinar", "opini", "siaran-pers"),
    ]
    assert [edition.event_date for edition in editions] == [
        *(date(2022, 1, day) for day in (31, 28, 27, 26)),
        None,
        date(2022, 1, 19),
    ]
    documents = [edition.document for edition in editions]
    assert [document["event_date_basis"] for document in documents] == [
        *("tanpa-tahun", "tanpa-tahun", "tertulis", "dateline", "", "tertulis"),
    ]
    opinion = documents[4]
    assert opinion["byline_name"] == "Zaenal Mutiin"
    assert opinion["byline_office"] == "Anggota KPU Kabupaten Serang"
    assert (opinion["source_name"], opinion["source_date"]) == (
        "Banten Pos",
        "2022-01-19",
    )
    assert (opinion["series"], opinion["series_part"]) == (
        Series.objects.get().slug,
        1,
    )
    assert [document["dateline"] for document in documents] == [
        *("", "Serang (28/1)", "Serang (27/1)", "Serang (26/1)", "", "Serang (19/01)"),
    ]
    for document in documents:
        assert "\u00a0" not in document["body"]
        assert "Selengkapnya" not in document["body"]
        assert not re.match(r"<p>\s*Serang \(", document["body"])
        assert "(Tim H" not in document["body"]
    text = feed.read_text("utf-8")
    for imported in Imported.objects.all():
        assert imported.raw in text
    assert all(edition.published_on is None for edition in editions)
    for number in ("60", "78", "101", "79", "301", "90"):
        assert re.search(rf"\b{number}\b", output)
    values = re.findall(r'value="(\d+)"', reader.get("/berita/").content.decode())
    assert values == ["60", "78", "101", "79", "301", "90"]


def test_a_second_run_changes_nothing(page, db):
    run(page)

    def everything():
        return [
            list(model.objects.order_by("pk").values())
            for model in (Article, Edition, Imported, Publication, Transition)
        ]

    before = everything()
    assert "0 naskah diimpor, 2 sudah ada." in run(page)
    assert everything() == before


def test_the_same_page_on_another_day_brings_nothing_again(page, db):
    run(page)
    page.write_text(PAGE.replace("1.204", "1.377"), "utf-8")
    assert "0 naskah diimpor, 2 sudah ada." in run(page)


def test_a_dry_run_writes_nothing(page, db):
    output = run(page, "--dry-run")
    assert "2 naskah akan diimpor; tidak ada yang ditulis" in output
    assert "KPU Kabupaten Contoh Gelar Rapat Pleno" in output
    assert not Article.objects.exists()
    assert not Series.objects.exists()


def test_another_offices_page(page, db):
    output = run(page, "--taken-at", "2025-08-01")
    first, second = Edition.objects.for_list().select_related("revision")
    assert (first.baseline, first.event_date) == (1204, date(2025, 7, 3))
    assert first.document["credit"] == "Tim Humas KPU Kabupaten Contoh"
    assert second.document["dateline"] == "Contoh,"
    assert first.publish_at > second.publish_at
    assert set(Imported.objects.values_list("taken_at", flat=True)) == {
        date(2025, 8, 1)
    }
    assert "[2/2]" in output
    assert "Yang perlu diperiksa orang" in output
    assert "tidak bertanggal" in output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "kosong"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "PNG"),
        ("Berita Terkini\n".encode("utf-16"), "UTF-8"),
        (PAGE.encode().replace(b"aula", b"caf\xe9"), "Baris 7"),
        (b"<!doctype html><html><body>x</body></html>", "HTML"),
        (PAGE[: PAGE.index("Contoh, -")].encode(), "Baris 10"),
    ],
)
def test_a_bad_file_is_refused_whole_in_a_sentence(content, said, tmp_path, db):
    path = tmp_path / "halaman.txt"
    path.write_bytes(content)
    with pytest.raises(CommandError, match=said) as error:
        run(path)
    assert error.value.returncode != 0
    assert not Article.objects.exists()


def test_what_does_not_fit_is_refused_with_its_line(tmp_path, db):
    path = tmp_path / "halaman.txt"
    path.write_text(PAGE.replace("Tim Humas", "Tim Humas " + "x" * 150), "utf-8")
    with pytest.raises(CommandError, match=r"Baris 3: kredit naskah .* 150 huruf"):
        run(path)
    assert not Article.objects.exists()


def test_a_missing_file_and_a_bad_date_get_a_sentence(page, tmp_path, db):
    with pytest.raises(CommandError, match="tidak dapat dibaca"):
        run(tmp_path / "tidak-ada.txt")
    with pytest.raises(CommandError, match="2022-02-01"):
        run(page, "--taken-at", "kemarin")


def test_an_imported_text_keeps_its_raw_form(page, db):
    run(page)
    imported = Imported.objects.get(article__title__startswith="Sosialisasi")
    assert imported.raw.startswith("Sosialisasi di Sekolah\n\nContoh, - KPU")
    assert len(imported.sha256) == 64
