"""A reply and its article, as the public reads them: each leads to the other."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from news import corrections, ledger
from news.models import Edition, Publication, Revision
from news.models.article import Verb
from news.workflow import perform

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
FEEDS = (
    *("/umpan/rss/", "/umpan/atom/", "/umpan/json/"),
    *("/koreksi/umpan/rss/", "/koreksi/umpan/atom/", "/koreksi/umpan/json/"),
)


@pytest.fixture
def public(publish, humas, commissioner):
    return publish(humas, commissioner, "Rapat dengan & Forum")


@pytest.fixture
def withdraw(commissioner):
    def act(article, verb=Verb.WITHDRAW):
        return perform(verb, article, commissioner, note="Keliru seluruhnya.")

    return act


def text_of(response):
    assert response.status_code == 200
    return response.content.decode()


def page(reader, article):
    edition = Edition.objects.get(pk=article.pk)
    return text_of(reader.get(edition.get_absolute_url()))


def notice(text, label):
    """Return the words and the links of a notice, or None without one."""
    found = re.search(
        rf'<section class="notice notice-jawab" aria-label="{label}">(.*?)</section>',
        text,
        re.DOTALL,
    )
    if found is None:
        return None
    words = " ".join(re.sub(r"<[^>]+>", " ", found[1]).split())
    return words.replace(" ,", ","), re.findall(r'href="([^"]+)"', found[1])


def told(reader, query=""):
    """Return the lines that /koreksi/ lists, with the kind of each."""
    text = text_of(reader.get(f"/koreksi/{query}"))
    return re.findall(
        r'<li id="koreksi-(\d+)">\s*<p class="meta"><span class="record-kind">(.*?)</',
        text,
    )


def test_the_reply_says_whose_it_is_and_leads_to_its_article(
    reader, public, reply, settings
):
    answer = reply(public)
    text = page(reader, answer)
    words, links = notice(text, "Hak jawab")
    assert words.startswith(
        "Hak jawab · pernyataan dari Ratna Dewi, Ketua Forum Warga "
        "Menanggapi naskah Rapat dengan &amp; Forum ("
    )
    assert words.endswith("bukan sikap KPU Kabupaten Serang.")
    assert links == [public.edition.get_absolute_url()]
    dated = public.edition.dated
    assert f'<time datetime="{dated.iso}">{dated.text}</time>' in text
    assert text.index("notice-jawab") < text.index("<h1")
    assert "hak jawab, pandangan penulis" in text
    assert 'itemtype="https://schema.org/OpinionNewsArticle"' in text
    item = json.loads(SCRIPT.search(text)[1])["@graph"][0]
    assert item["@type"] == "OpinionNewsArticle"
    assert item["author"]["name"] == "Ratna Dewi"
    address = settings.SITE_ORIGIN + public.edition.get_absolute_url()
    assert item["citation"] == {
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": "Rapat dengan & Forum",
        "datePublished": public.edition.published_iso,
    }


def test_the_article_leads_to_its_replies_in_their_order(reader, public, reply):
    assert notice(page(reader, public), "Hak jawab atas naskah ini") is None
    first = reply(public)
    second = reply(public, byline_name="Tono <b>", byline_office="")
    text = page(reader, public)
    words, links = notice(text, "Hak jawab atas naskah ini")
    edition = Edition.objects.with_replies().get(pk=public.pk)
    times = [one.at_text for one in edition.replies]
    assert words == (
        "Hak jawab Ratna Dewi, Ketua Forum Warga, menanggapi naskah ini, "
        f"{times[0]} Tono &lt;b&gt; menanggapi naskah ini, {times[1]}"
    )
    assert links == [one.edition.get_absolute_url() for one in (first, second)]
    assert f'<time datetime="{edition.replies[0].at_iso}">' in text
    assert "citation" not in SCRIPT.search(text)[1]
    # Nor is the article a reply itself.
    assert notice(text, "Hak jawab") is None


def test_a_list_says_which_article_is_a_reply(reader, public, reply):
    reply(public, title="Tanggapan kami")
    for address in ("/berita/", "/kategori/siaran-pers/"):
        rows = re.findall(
            r"<article.*?</article>", text_of(reader.get(address)), re.DOTALL
        )
        assert ["hak jawab</span>" in row for row in rows] == [True, False]


@pytest.mark.parametrize("verb", [Verb.WITHDRAW, Verb.ERASE])
def test_the_reply_to_what_is_gone_says_so_without_its_title(
    verb, reader, public, reply, withdraw
):
    answer = reply(public)
    withdraw(public, verb)
    text = page(reader, answer)
    words, links = notice(text, "Hak jawab")
    assert f"Menanggapi naskah nomor {public.pk}, yang sudah ditarik." in words
    assert links == [f"/berita/{public.pk}/naskah/"]
    gone = reader.get(links[0])
    assert (gone.status_code, "Keliru seluruhnya." in gone.content.decode()) == (
        *(410, True),
    )
    assert "citation" not in SCRIPT.search(text)[1]
    for address in ("/koreksi/", *FEEDS):
        text += text_of(reader.get(address))
    assert "Rapat" not in text
    assert "rapat" not in text


CANARY = "KATAKENARI"


def test_no_reply_is_told_of_that_the_public_cannot_read(
    reader, public, reply, write, submit, withdraw, humas, commissioner
):
    fields = {
        "title": CANARY,
        "byline_name": CANARY,
        "byline_office": CANARY,
        "reply_to": public.edition,
    }
    write(humas, **fields)
    submit(write(humas, **fields), humas)
    returned = submit(write(humas, **fields), humas)
    perform(Verb.RETURN, returned, commissioner, note="Belum.")
    later = timezone.now() + timedelta(days=1)
    for asks in ({"release": "penulis"}, {"release": "waktu", "publish_at": later}):
        article = submit(write(humas, **fields), humas, **asks)
        digest = article.latest_revision.digest
        perform(Verb.APPROVE, article, commissioner, digest=digest)
    withdraw(reply(public, **fields))
    withdraw(reply(public, **fields), Verb.ERASE)
    # A reply only on the desk: the public still reads an article that is none.
    other = reply(public, title="Biasa", reply_to_id=None, byline_name="")
    perform(Verb.REVISE, other, humas)
    other.refresh_from_db()
    other.reply_to, other.byline_name = public.edition, CANARY
    other.save()
    pages = [page(reader, public), page(reader, other)]
    pages += [text_of(reader.get(address)) for address in ("/koreksi/", *FEEDS)]
    assert CANARY.lower() not in "".join(pages).lower()
    assert "notice-jawab" not in "".join(pages[:2])
    assert told(reader, "?jenis=hak+jawab") == []


def test_a_scheduled_reply_appears_by_itself_when_due(
    reader, public, write, submit, humas, commissioner
):
    later = timezone.now() + timedelta(hours=1)
    article = write(humas, "Nanti", byline_name="Ratna Dewi", reply_to=public.edition)
    submit(article, humas, release="waktu", publish_at=later)
    perform(Verb.APPROVE, article, commissioner, digest=article.latest_revision.digest)
    assert "notice-jawab" not in page(reader, public)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE news_edition DISABLE TRIGGER USER")
        due = timezone.now() - timedelta(seconds=1)
        Edition.objects.filter(pk=article.pk).update(publish_at=due)
        cursor.execute("ALTER TABLE news_edition ENABLE TRIGGER USER")
    assert "notice-jawab" in page(reader, public)
    ledger.record_due()
    assert [kind for _, kind in told(reader)] == ["Hak jawab"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_pages_take_so_many_queries_however_many_replies(
    count, reader, public, reply, django_assert_num_queries
):
    for number in range(count):
        answer = reply(public, f"Tanggapan {number}")
    article, last = (
        Edition.objects.get(pk=one.pk).get_absolute_url() for one in (public, answer)
    )
    for address, queries in (
        *((article, 3), (last, 3)),
        *(("/koreksi/", 5), ("/koreksi/?jenis=hak+jawab", 5)),
        *(("/koreksi/umpan/atom/", 3), ("/berita/", 3), ("/umpan/atom/", 1)),
    ):
        with django_assert_num_queries(queries):
            assert reader.get(address).status_code == 200


def replayed():
    """Return from the ledger and its documents alone what a reader is told of.

    Each line with its kind, newest first. A line makes a reply where its document
    replies to another article than the version before it did, and the last version
    still does; what is withdrawn or erased makes none.
    """
    documents = {
        (article, digest): json.loads(text)
        for article, digest, text in Revision.objects.exclude(document="").values_list(
            "article", "digest", "document"
        )
    }
    replies, readable = {}, {}
    lines = [ledger.line(one) for one in Publication.objects.all()]
    for line in lines:
        number = line["article"]
        if line["kind"] in {"tarik", "hapus"}:
            readable[number] = False
        elif line["kind"] != "pengesahan":
            readable[number] = True
            document = documents.get((number, line["digest"]), {})
            to = document.get("reply_to")
            if to != replies.get(number, (None,))[0]:
                replies[number] = (to, line["sequence"])
    made = {
        sequence
        for number, (to, sequence) in replies.items()
        if to and readable[number]
    }
    found = []
    for line in reversed(lines):
        first = line["version"] == 1 and line["kind"] in {
            *("terbit", "impor", "siaran darurat"),
        }
        changed = not first and line["kind"] != "pengesahan"
        label = Publication.Kind(line["kind"]).label
        if line["sequence"] in made:
            label = f"{label}, hak jawab" if changed else "Hak jawab"
        if changed or line["sequence"] in made:
            found.append((str(line["sequence"]), label))
    return found


def test_the_list_equals_a_replay_of_the_ledger_and_its_documents(
    reader, public, publish, reply, write, change, withdraw, humas, commissioner
):
    kept = reply(public, "Satu")
    change(kept, humas, commissioner, body="<p>Sudah benar.</p>")
    late = publish(humas, commissioner, "Dua", byline_name="Tono")
    change(late, humas, commissioner, kind="pembaruan", reply_to=public.edition)
    moved = reply(public, "Tiga")
    change(moved, humas, commissioner, reply_to=kept.edition)
    dropped = reply(public, "Empat")
    change(dropped, humas, commissioner, reply_to=None)
    withdraw(reply(public, "Lima"))
    withdraw(reply(public, "Enam"), Verb.ERASE)
    back = reply(public, "Tujuh")
    withdraw(back)
    change(back, humas, commissioner, verb=Verb.RESTORE, body="<p>Kembali.</p>")
    release = write(humas, "Delapan", byline_name="Tono", reply_to=public.edition)
    perform(Verb.RELEASE, release, humas, note="Mendesak.")
    perform(
        Verb.COUNTERSIGN,
        release,
        commissioner,
        digest=release.latest_revision.digest,
    )
    due = replayed()
    labels = [label for _, label in due]
    assert labels.count("Hak jawab") == 3
    assert labels.count("Pembaruan, hak jawab") == 1
    assert labels.count("Ralat, hak jawab") == 1
    assert told(reader)[:10] == due[:10]
    lines = corrections.newest(Publication.objects.all(), "", 100)
    assert [
        (str(one.sequence), one.kind_label) for one in corrections.told(lines)
    ] == due
    assert told(reader, "?jenis=hak+jawab") == [
        one for one in due if one[1].lower().endswith("hak jawab")
    ]
    year = timezone.localdate().year
    assert told(reader, f"?jenis=hak+jawab&tahun={year - 1}") == []
    feed = json.loads(reader.get("/koreksi/umpan/json/").content)
    assert [one["id"].rpartition("/")[2] for one in feed["items"]] == [
        sequence for sequence, _ in due
    ]


def test_an_entry_has_its_author_time_and_both_links(reader, public, reply, settings):
    answer = reply(public).edition
    line = Publication.objects.head()
    text = text_of(reader.get("/koreksi/")).partition('id="koreksi-')[2]
    assert "Ratna Dewi, Ketua Forum Warga menanggapi naskah" in text
    assert f'href="{answer.get_absolute_url()}"' in text
    assert f'href="{public.edition.get_absolute_url()}"' in text
    assert timezone.localtime(line.at).isoformat() in text
    feed = json.loads(reader.get("/koreksi/umpan/json/").content)["items"][0]
    assert feed["summary"].endswith("menanggapi naskah kami.")
    origin = settings.SITE_ORIGIN
    assert feed["title"] == "Hak jawab: Tanggapan"
    assert feed["url"] == origin + answer.get_absolute_url()
    assert f'href="{origin}{public.edition.get_absolute_url()}"' in feed["content_html"]


def test_the_feed_of_news_marks_a_reply_as_its_authors(reader, public, reply, settings):
    reply(public)
    item = json.loads(reader.get("/umpan/json/").content)["items"][0]
    assert item["content_html"].startswith(
        "<p><strong>Hak jawab</strong> · pernyataan dari Ratna Dewi, Ketua Forum Warga,"
    )
    address = settings.SITE_ORIGIN + public.edition.get_absolute_url()
    assert f'<a href="{address}">Rapat dengan &amp; Forum</a>' in item["content_html"]
    assert item["authors"] == [{"name": "Ratna Dewi"}]


def test_an_older_version_says_what_it_replied_to(
    reader, public, publish, reply, change, humas, commissioner
):
    other = publish(humas, commissioner, "Lain")
    answer = reply(public)
    change(answer, humas, commissioner, reply_to=other.edition)
    text = text_of(reader.get(f"/berita/{answer.pk}/versi/1/"))
    _, links = notice(text, "Hak jawab")
    assert links == [public.edition.get_absolute_url()]
    assert f"Naskah yang ditanggapi nomor {public.pk} menjadi nomor {other.pk}." in text
    _, links = notice(page(reader, answer), "Hak jawab")
    assert links == [other.edition.get_absolute_url()]


def test_the_page_says_how_to_ask_for_a_reply(reader, db, settings):
    settings.OFFICE = {
        **settings.OFFICE,
        "email": "humas@contoh.go.id",
        "phone": "(0254) 123-456",
    }
    text = text_of(reader.get("/koreksi/"))
    assert "Itulah hak jawab." in text
    assert 'href="mailto:humas@contoh.go.id?subject=Hak%20jawab"' in text
    assert 'href="tel:0254123456"' in text
