import hashlib
import json
from datetime import date

from news import drafting
from news.models import Series


def test_the_document_is_what_the_public_would_read(write, humas):
    series = Series.objects.create(name="Rabu Ngopi", slug="rabu-ngopi")
    article = write(
        humas,
        "Judul",
        tags=["hoaks", "Bakohumas"],
        lead="Teras.",
        event_date=date(2022, 1, 28),
        event_date_basis="tanpa-tahun",
        dateline="Serang (28/1)",
        series=series,
        series_part=3,
    )
    revision = article.latest_revision
    assert json.loads(revision.document) == {
        "schema": 1,
        "title": "Judul",
        "lead": "Teras.",
        "body": "<p>Isi naskah Judul.</p>",
        "category": "siaran-pers",
        "tags": ["Bakohumas", "hoaks"],
        "cover": None,
        "event_date": "2022-01-28",
        "event_date_basis": "tanpa-tahun",
        "dateline": "Serang (28/1)",
        "byline_name": "",
        "byline_office": "",
        "credit": "",
        "source_name": "",
        "source_date": None,
        "series": "rabu-ngopi",
        "series_part": 3,
        "change_class": "",
        "change_note": "",
    }
    assert revision.digest == hashlib.sha256(revision.document.encode()).hexdigest()


def test_a_document_has_one_spelling():
    text = drafting.serialise({"title": "é", "body": "", "lead": "“"})
    assert text == '{"schema":1,"body":"","lead":"“","title":"é"}'


def test_an_unchanged_text_appends_nothing(write, humas, humas_two):
    article = write(humas)
    first = article.latest_revision
    assert drafting.record(article, humas_two) == first
    article.tags.add("baru")
    second = drafting.record(article, humas_two)
    assert (second.number, second.saved_by) == (2, humas_two)
    assert article.revisions.count() == 2


def test_every_way_of_writing_cleans_the_text(write, humas):
    article = write(
        humas, "Judul\u202e \u00a0 baru", body="<p onclick=x>a<script>b</script></p>"
    )
    assert (article.title, article.body) == ("Judul baru", "<p>a</p>")
