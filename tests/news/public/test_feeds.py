"""The feeds, held to the rules of the W3C's validator and of JSON Feed 1.1."""

import html
import json
import re
from collections import namedtuple
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from news import attachments, drafting, images, richtext
from news.models import Edition
from news.models.article import Verb
from news.public import feed_forms
from news.public.machine_text import fit
from news.workflow import perform

FORMS = ("rss", "atom", "json")
TYPES = {
    "rss": "application/rss+xml; charset=utf-8",
    "atom": "application/atom+xml; charset=utf-8",
    "json": "application/feed+json",
}
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
RFC_822 = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} \d\d:\d\d:\d\d \+0700"
)
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+07:00")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}-\d\d-\d\d:berita/\d+")
ADDRESSES = re.compile(r'(?:href|src)="(?!mailto:)([^"]*)"')

File = namedtuple("File", ("url", "type", "size", "title"), defaults=(None,))

HOSTILE = (
    ']]> & "kutip" <script>alert(1)</script> \U0001f5f3\ufe0f \u0645\u0631\u062d\u0628'
)


def items_of(reader, form, prefix=""):
    """Return a feed's items, the same for each form, once its own rules have held."""
    response = reader.get(f"{prefix}/umpan/{form}/")
    assert response.status_code == 200
    assert response["Content-Type"] == TYPES[form]
    return {"rss": rss, "atom": atom, "json": json_feed}[form](response.content, prefix)


def is_address(text):
    parts = urlsplit(text)
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def parted(files):
    """Return the picture's address and the attachments of an item's files."""
    for file in files:
        assert is_address(file.url)
        assert int(file.size) > 0
    pictures = [one for one in files if one.type.startswith("image/")]
    return {
        "image": pictures[0].url if pictures else None,
        "attachments": [
            one._replace(size=int(one.size)) for one in files if one not in pictures
        ],
    }


def holds_for_all(items):
    assert len({item["id"] for item in items}) == len(items)
    for item in items:
        assert TAG.fullmatch(item["id"])
        assert is_address(item["url"])
        assert all(item[name].strip() for name in ("title", "content", "author"))
        for address in ADDRESSES.findall(item["content"]):
            assert is_address(html.unescape(address)), address
        for trace in ("<script", "oembed", " class=", " data-", " style=", " on"):
            assert trace not in re.sub(r">[^<]*<", "><", item["content"])
    return items


def rss(content, prefix):
    root = ElementTree.fromstring(content)  # noqa: S314 - our own
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1
        assert channel.findtext(name).strip()
    assert channel.findtext("language") == "id"
    assert RFC_822.fullmatch(channel.findtext("lastBuildDate"))
    assert is_address(channel.findtext("link"))
    [own] = channel.findall(f"{ATOM}link")
    assert own.get("rel") == "self"
    assert is_address(own.get("href"))
    assert own.get("href").endswith(f"{prefix}/umpan/rss/")
    found = []
    for item in channel.findall("item"):
        [guid] = item.findall("guid")
        assert guid.get("isPermaLink") == "false"
        assert len(item.findall("author")) == 0  # it would have to be an e-mail
        for date in item.findall("pubDate"):
            assert RFC_822.fullmatch(date.text)
        assert len(item.findall("enclosure")) <= 1
        files = [
            File(one.get("url"), one.get("type"), one.get("length"))
            for one in item.findall("enclosure")
        ] + [
            File(
                one.get("url"),
                one.get("type"),
                one.get("fileSize"),
                one.findtext(f"{MEDIA}title"),
            )
            for one in item.findall(f"{MEDIA}content")
        ]
        for media in item.findall(f"{MEDIA}content"):
            is_image = media.get("type").startswith("image/")
            assert media.get("medium") == ("image" if is_image else "document")
        found.append(
            {
                "id": guid.text,
                "url": item.findtext("link"),
                "title": item.findtext("title"),
                "content": item.findtext(CONTENT),
                "author": item.findtext(CREATOR),
                "summary": html.unescape(item.findtext("description")),
                "published": item.findtext("pubDate")
                and parsedate_to_datetime(item.findtext("pubDate")),
                "tags": [one.text for one in item.findall("category")],
                **parted(files),
            }
        )
    return holds_for_all(found)


def atom(content, prefix):
    feed = ElementTree.fromstring(content)  # noqa: S314 - our own
    assert feed.tag == f"{ATOM}feed"
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "id"
    for name in ("id", "title", "updated"):
        assert len(feed.findall(ATOM + name)) == 1
    assert RFC_3339.fullmatch(feed.findtext(f"{ATOM}updated"))
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    links = {one.get("rel"): one.get("href") for one in feed.findall(f"{ATOM}link")}
    assert set(links) == {"self", "alternate"}
    assert links["self"].endswith(f"{prefix}/umpan/atom/")
    assert all(map(is_address, links.values()))
    found = []
    for entry in feed.findall(f"{ATOM}entry"):
        for name in ("id", "title", "updated", "content"):
            assert len(entry.findall(ATOM + name)) == 1
        assert entry.find(f"{ATOM}content").get("type") == "html"
        for name in ("updated", "published"):
            for date in entry.findall(ATOM + name):
                assert RFC_3339.fullmatch(date.text)
        [page] = entry.findall(f"{ATOM}link[@rel='alternate']")
        files = [
            File(
                *(one.get(name) for name in ("href", "type", "length")),
                one.get("title"),
            )
            for one in entry.findall(f"{ATOM}link[@rel='enclosure']")
        ]
        published = entry.findtext(f"{ATOM}published")
        found.append(
            {
                "id": entry.findtext(f"{ATOM}id"),
                "url": page.get("href"),
                "title": entry.findtext(f"{ATOM}title"),
                "content": entry.findtext(f"{ATOM}content"),
                "author": entry.findtext(f"{ATOM}author/{ATOM}name"),
                "summary": html.unescape(entry.findtext(f"{ATOM}summary")),
                "published": published and datetime.fromisoformat(published),
                "updated": datetime.fromisoformat(entry.findtext(f"{ATOM}updated")),
                "tags": [one.get("term") for one in entry.findall(f"{ATOM}category")],
                **parted(files),
            }
        )
    newest = max((item["updated"] for item in found), default=feed_forms.NEVER)
    assert datetime.fromisoformat(feed.findtext(f"{ATOM}updated")) == newest
    return holds_for_all(found)


def json_feed(content, prefix):
    feed = json.loads(content)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["language"] == "id"
    assert feed["title"]
    for name in ("home_page_url", "feed_url", "icon", "favicon"):
        assert is_address(feed[name])
    assert feed["feed_url"].endswith(f"{prefix}/umpan/json/")
    found = []
    for item in feed["items"]:
        assert None not in item.values()
        assert RFC_3339.fullmatch(item["date_modified"])
        published = item.get("date_published")
        assert published is None or RFC_3339.fullmatch(published)
        [author] = item["authors"]
        found.append(
            {
                "id": item["id"],
                "url": item["url"],
                "title": item["title"],
                "content": item["content_html"],
                "author": author["name"],
                "summary": item["summary"],
                "published": published and datetime.fromisoformat(published),
                "updated": datetime.fromisoformat(item["date_modified"]),
                "tags": item["tags"],
                "image": item.get("image"),
                "attachments": [
                    File(
                        one["url"], one["mime_type"], one["size_in_bytes"], one["title"]
                    )
                    for one in item.get("attachments", ())
                ],
            }
        )
    return holds_for_all(found)


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_holds_the_whole_article(
    form, reader, publish, humas, commissioner, picture, settings
):
    upload = SimpleUploadedFile("a.jpg", picture(size=(2000, 1400)))
    inner = SimpleUploadedFile("b.jpg", picture(size=(1900, 900), colour="#123456"))
    cover, within = images.store(upload, humas), images.store(inner, humas)
    article = publish(
        humas,
        commissioner,
        "Pleno & rekapitulasi",
        lead="Teras naskah.",
        body='<p>Baca <a href="/berita/">daftar</a>, <a href="#b">catatan</a>, '
        '<a href="mailto:a@b.id">surel</a>.</p>'
        f'<figure class="image"><img src="{within.file.url}" alt="Dua"></figure>'
        '<figure class="media"><oembed url="https://youtu.be/abcdefghijk"></oembed>'
        "</figure>",
        cover=cover,
        cover_alt='Rapat "pleno"',
        cover_caption="Suasana.",
        cover_credit="Humas",
        byline_name="Siti",
        byline_office="Kasubag",
        dateline="Serang (31/1)",
        credit="Tim Humas",
        source_name="Banten Pos",
        tags=["Bakohumas"],
        category="opini",
    )
    [item] = items_of(reader, form)
    edition = article.edition
    origin = settings.SITE_ORIGIN
    address = origin + edition.get_absolute_url()
    assert (item["title"], item["url"]) == ("Pleno & rekapitulasi", address)
    assert (item["author"], item["summary"]) == ("Siti", "Teras naskah.")
    assert set(item["tags"]) == {edition.category.name, "Bakohumas"}
    assert abs(item["published"] - edition.publish_at) < timedelta(seconds=1)
    assert item["image"] == origin + edition.cover.picture.bounded_url
    for said in (
        f'src="{origin}{edition.cover.picture.bounded_url}"',
        'alt="Rapat &quot;pleno&quot;"',
        f'src="{origin}{within.bounded_url}" alt="Dua"',
        f'href="{origin}/berita/"',
        f'href="{address}#b"',
        'href="mailto:a@b.id"',
        'href="https://www.youtube.com/watch?v=abcdefghijk"',
        *("Oleh Siti, Kasubag", "pandangan penulis", "Serang (31/1)", "Suasana."),
        *("Tim Humas", "Banten Pos"),
    ):
        assert said in item["content"], said


@pytest.fixture
def with_attachments(write, humas, commissioner, pdf, settings, tmp_path):
    """Return a function that publishes an article with attachments of these names."""
    settings.MEDIA_ROOT = tmp_path

    def make(*names, **fields):
        article = write(humas, **fields)
        stored = [
            attachments.store(SimpleUploadedFile("x.pdf", pdf(name)), humas)
            for name in names
        ]
        attachments.attach(article, zip(stored, names, strict=True))
        revision = drafting.record(article, humas)
        perform(Verb.SUBMIT, article, humas)
        perform(Verb.APPROVE, article, commissioner, digest=revision.digest)
        return stored

    return make


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_lists_what_can_be_downloaded(
    form, reader, humas, picture, with_attachments
):
    upload = SimpleUploadedFile("a.jpg", picture())
    names = ["Hasil & <seleksi>", "Jadwal"]
    stored = with_attachments(
        *names, cover=images.store(upload, humas), cover_alt="Rapat di aula"
    )
    [item] = items_of(reader, form)
    assert item["image"] in item["content"]
    listed = item["attachments"]
    assert [one.size for one in listed] == [one.size for one in stored]
    # RSS has one enclosure, which cannot be named; the text names each.
    titles = [None, "Jadwal"] if form == "rss" else names
    assert [one.title for one in listed] == titles
    for one, name in zip(listed, names, strict=True):
        assert one.type == "application/pdf"
        assert f'<a href="{one.url}">{html.escape(name)}</a>' in item["content"]
        answer = reader.get(urlsplit(one.url).path)
        assert (answer.status_code, len(b"".join(answer))) == (200, one.size)


@pytest.mark.parametrize("form", FORMS)
def test_a_feed_lists_no_attachment_whose_file_is_gone(form, reader, with_attachments):
    first, _ = with_attachments("Hilang", "Ada")
    first.file.storage.delete(first.file.name)
    [item] = items_of(reader, form)
    assert len(item["attachments"]) == 1
    assert "Hilang" not in item["content"]


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_stay_words(form, reader, publish, humas, commissioner):
    article = publish(
        humas, commissioner, HOSTILE, lead=HOSTILE, byline_name=HOSTILE, tags=["]]>"]
    )
    [item] = items_of(reader, form)
    assert item["title"] == item["author"] == article.edition.title
    assert item["summary"] == article.edition.excerpt
    assert "]]>" in item["tags"]


@pytest.mark.parametrize("form", FORMS)
def test_characters_that_xml_refuses_break_no_feed(
    form, reader, publish, humas, commissioner, settings
):
    """The policy strips them from articles; what else is shown may hold them."""
    settings.OFFICE = {
        **settings.OFFICE,
        "full_name": "KPU\x01\x0b \ufffe\uffff Serang",
    }
    publish(humas, commissioner)
    [item] = items_of(reader, form)
    assert item["author"] == "KPU  Serang"


def test_fit_keeps_what_xml_can_hold():
    kept = "a\t\n\r é — \u202e \U0001f5f3 \ud7ff\ue000"
    assert fit(kept) == kept
    assert fit("\x00\x08\x0c\x1f\x7f\x9f\ud800\ufffe\uffff") == ""


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_feed_is_valid_and_stays_the_same(form, reader, db):
    first, second = (reader.get(f"/umpan/{form}/") for _ in range(2))
    assert items_of(reader, form) == []
    assert first.content == second.content


@pytest.mark.parametrize("form", FORMS)
def test_the_newest_thirty_newest_first(form, reader, publish, humas, commissioner):
    for n in range(32):
        publish(humas, commissioner, f"Naskah {n:02}")
    titles = [item["title"] for item in items_of(reader, form)]
    assert titles == [f"Naskah {n:02}" for n in range(31, 1, -1)]


@pytest.mark.parametrize("form", FORMS)
def test_a_category_has_a_feed_of_its_own(form, reader, publish, humas, commissioner):
    publish(humas, commissioner, "Siaran")
    publish(humas, commissioner, "Opini", category="opini", byline_name="Siti")
    [item] = items_of(reader, form, "/kategori/opini")
    assert item["title"] == "Opini"
    assert reader.get(f"/kategori/tidak-ada/umpan/{form}/").status_code == 404


def test_other_forms_do_not_exist(reader, db):
    assert reader.get("/umpan/xml/").status_code == 404


@pytest.mark.parametrize("form", FORMS)
def test_texts_of_the_old_site_are_no_news(
    form, reader, archived, publish, humas, commissioner
):
    archived("Lama", timezone.now())
    publish(humas, commissioner, "Baru")
    assert [item["title"] for item in items_of(reader, form)] == ["Baru"]


def test_written_here_and_from_the_archive_are_opposites(
    archived, publish, humas, commissioner
):
    archived("Lama", timezone.now())
    publish(humas, commissioner, "Baru")
    here = set(Edition.objects.written_here())
    assert here == {one for one in Edition.objects.all() if not one.is_from_archive}


@pytest.mark.parametrize("form", FORMS)
def test_an_old_text_approved_here_has_no_invented_date(
    form, reader, archived, humas, commissioner, change
):
    article = archived("Lama", datetime(2022, 1, 28, 5, tzinfo=UTC))
    change(article, humas, commissioner, body="<p>Lain.</p>")
    [item] = items_of(reader, form)
    assert item["published"] is None
    assert "2022" not in item.get("updated", timezone.now()).isoformat()


@pytest.mark.parametrize("form", FORMS)
def test_a_correction_keeps_the_id_and_says_what_changed(
    form, reader, publish, humas, commissioner, change
):
    article = publish(humas, commissioner, "Judul", body="<p>Hadir 47 orang.</p>")
    [before] = items_of(reader, form)
    change(article, humas, commissioner, title="Judul lain", body="<p>Hadir 74.</p>")
    [after] = items_of(reader, form)
    assert after["id"] == before["id"]
    assert after["url"] != before["url"]
    assert after["published"] == before["published"]
    assert "Hadir 74." in after["content"]
    assert "Angka tertukar." in after["content"]
    if form != "rss":
        assert after["updated"] > before["updated"] >= before["published"]


@pytest.mark.parametrize("form", FORMS)
def test_a_withdrawal_is_seen_by_one_who_asks_for_changes_alone(
    form, reader, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    first = reader.get(f"/umpan/{form}/")
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    again = reader.get(
        f"/umpan/{form}/",
        headers={
            "if-none-match": first["ETag"],
            "if-modified-since": "Sun, 01 Jan 2090 00:00:00 GMT",
        },
    )
    assert again.status_code == 200
    assert items_of(reader, form) == []


def test_a_release_says_so_until_it_is_countersigned(
    reader, write, humas, commissioner
):
    article = write(humas, "Darurat")
    perform(Verb.RELEASE, article, humas, note="Gempa.")
    [before] = items_of(reader, "atom")
    assert "Siaran darurat, menunggu persetujuan." in before["content"]
    perform(
        Verb.COUNTERSIGN,
        article,
        commissioner,
        digest=article.latest_revision.digest,
    )
    [after] = items_of(reader, "atom")
    assert "Siaran darurat" not in after["content"]
    assert after["updated"] > before["updated"]


@pytest.mark.parametrize("count", [1, 30])
def test_a_feed_takes_one_query_and_a_category_s_two(
    count, reader, publish, humas, commissioner, picture, django_assert_num_queries
):
    photo = images.store(SimpleUploadedFile("a.jpg", picture()), humas)
    for n in range(count):
        publish(
            humas,
            commissioner,
            f"Naskah {n}",
            tags=["umum"],
            body=f'<p>Isi.</p><img src="{photo.file.url}" alt="Rapat di aula">',
        )
    for form in FORMS:
        with django_assert_num_queries(1):
            assert len(items_of(reader, form)) == count
        with django_assert_num_queries(2):
            assert len(items_of(reader, form, "/kategori/siaran-pers")) == count


def test_pages_offer_their_feeds(reader, publish, humas, commissioner):
    publish(humas, commissioner, tags=["umum"])
    for page, prefix in (
        *(("/", ""), ("/berita/", ""), ("/topik/umum/", "")),
        ("/kategori/opini/", "/kategori/opini"),
    ):
        text = reader.get(page).content.decode()
        offered = re.findall(
            r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)">', text
        )
        assert offered == [
            (TYPES[form].partition(";")[0], f"{prefix}/umpan/{form}/") for form in FORMS
        ]


def test_readers_in_a_browser_may_fetch_it(reader, db):
    response = reader.get("/umpan/json/")
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_share_image_stands_where_there_is_no_cover(
    reader, publish, humas, commissioner, picture
):
    stored = images.store(SimpleUploadedFile("a.jpg", picture()), humas)
    article = publish(humas, commissioner)
    Edition.objects.filter(pk=article.pk).update(share_image=stored.file.name)
    for form in FORMS:
        [item] = items_of(reader, form)
        assert item["image"].endswith(stored.file.url)


def test_a_file_that_is_gone_leaves_the_item_without_a_picture(
    reader, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    Edition.objects.filter(pk=article.pk).update(share_image="bagikan/tidak-ada.jpg")
    for form in FORMS:
        [item] = items_of(reader, form)
        assert item["image"] is None


@pytest.mark.parametrize(
    ("href", "absolute"),
    [
        ("/kategori/opini/", "https://a.id/kategori/opini/"),
        ("#catatan", "https://a.id/berita/1/x/#catatan"),
        ("?page=2", "https://a.id/berita/1/x/?page=2"),
        ("lain.html", "https://a.id/berita/1/x/lain.html"),
        ("https://b.id/", "https://b.id/"),
        ("tel:0254", "tel:0254"),
    ],
)
def test_a_portable_link_is_absolute(href, absolute):
    body = richtext.clean(f'<p><a href="{href}">x</a></p>')
    shown = richtext.portable(body, "https://a.id/berita/1/x/")
    assert shown == f'<p><a href="{absolute}">x</a></p>'


def test_a_link_that_is_no_address_goes():
    body = richtext.clean('<p><a href="https://[x">x</a></p>')
    assert "href" not in richtext.portable(body, "https://a.id/")
