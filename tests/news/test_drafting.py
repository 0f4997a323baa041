import hashlib
import json
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news import attachments, drafting
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
        "schema": 3,
        "title": "Judul",
        "lead": "Teras.",
        "body": "<p>Isi naskah Judul.</p>",
        "category": "siaran-pers",
        "tags": ["Bakohumas", "hoaks"],
        "cover": None,
        "attachments": [],
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
        "reply_to": None,
        "change_class": "",
        "change_note": "",
    }
    assert revision.digest == hashlib.sha256(revision.document.encode()).hexdigest()


def test_a_document_has_one_spelling():
    text = drafting.serialise({"title": "é", "body": "", "lead": "“"})
    assert text == '{"schema":3,"body":"","lead":"“","title":"é"}'


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


@pytest.fixture
def stored(settings, tmp_path, humas, pdf):
    settings.MEDIA_ROOT = tmp_path

    def store(text):
        return attachments.store(SimpleUploadedFile(f"{text}.pdf", pdf(text)), humas)

    return store


# The keys that documents of an older schema lack.
LACKING = {1: ("attachments", "reply_to"), 2: ("reply_to",)}


def older(article, schema=1):
    """Make an article's only revision one of an older schema, as a site has them."""
    content = drafting.document(article)
    for key in LACKING[schema]:
        del content[key]
    text = drafting.serialise(content).replace('{"schema":3', f'{{"schema":{schema}')
    by = article.latest_revision.saved_by
    article.revisions.all().delete()
    return article.revisions.create(
        number=1, document=text, digest=drafting.digest_of(text), saved_by=by
    )


@pytest.mark.parametrize("schema", LACKING)
def test_a_document_of_an_older_schema_unchanged_appends_nothing(
    schema, write, humas, humas_two
):
    article = write(humas)
    revision = older(article, schema)
    assert drafting.record(article, humas_two) == revision
    article.title = "Lain"
    article.save()
    assert drafting.record(article, humas_two).number == 2


def test_names_and_order_of_attachments_are_in_the_digest(write, humas, stored):
    article = write(humas)
    one, two = stored("a"), stored("b")
    digests = []
    for chosen in (
        [(one, "A"), (two, "B")],
        [(two, "B"), (one, "A")],
        [(two, "B"), (one, "Bukan A")],
        [(two, "B")],
    ):
        attachments.attach(article, chosen)
        digests.append(drafting.record(article, humas).digest)
    assert len(set(digests)) == 4
    assert article.latest_revision.number == 5


def test_the_name_of_an_attachment_is_plain_text(write, humas, stored):
    article = write(humas)
    attachments.attach(article, [(stored("a"), " e\u0301\u202e  x\n")])
    assert drafting.document(article)["attachments"][0]["name"] == "é x"


def test_a_text_is_restored_and_copied_with_its_attachments(write, humas, stored):
    article = write(humas)
    one, two = stored("a"), stored("b")
    attachments.attach(article, [(two, "B"), (one, "A")])
    content = json.loads(drafting.record(article, humas).document)
    attachments.attach(article, [])
    drafting.restore(article, content)
    assert attachments.chosen_of(article) == [(two, "B"), (one, "A")]
    copy = drafting.copy(content, humas)
    assert attachments.chosen_of(copy) == [(two, "B"), (one, "A")]
    without = json.loads(older(write(humas, "Lama")).document)
    drafting.restore(article, without)
    assert attachments.chosen_of(article) == []
