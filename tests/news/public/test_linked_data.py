import json
import re
from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from news import images, renditions
from news.models import Edition
from news.models.article import Verb
from news.public import linked_data
from news.workflow import perform

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def graph(reader, edition):
    """Return what a page says of its article, and the way to it."""
    page = reader.get(edition.get_absolute_url()).content.decode()
    [found] = SCRIPT.findall(page)
    data = json.loads(found)
    assert set(data) == {"@context", "@graph"}
    assert data["@context"] == "https://schema.org"
    article, way = data["@graph"]
    assert None not in article.values()
    assert f'itemid="{article["@id"]}"' in page
    return article, way


def office(settings):
    return {
        "@type": "GovernmentOrganization",
        "name": "Komisi Pemilihan Umum Kabupaten Serang",
        "url": f"{settings.SITE_ORIGIN}/",
    }


def test_a_release_of_the_office(reader, publish, humas, commissioner, settings):
    edition = publish(
        humas,
        commissioner,
        "Pleno & rekapitulasi",
        lead="Teras.",
        body="<p>Satu dua tiga.</p>",
        tags=["Bakohumas", "umum"],
        dateline="Serang (31/1)",
    ).edition
    article, way = graph(reader, edition)
    address = settings.SITE_ORIGIN + edition.get_absolute_url()
    logo = article["publisher"].pop("logo")
    article["author"].pop("logo")
    assert article == {
        "@type": "NewsArticle",
        "@id": address,
        "mainEntityOfPage": address,
        "url": address,
        "headline": "Pleno & rekapitulasi",
        "description": "Teras.",
        "inLanguage": "id",
        "datePublished": edition.published_iso,
        "dateModified": edition.published_iso,
        "author": office(settings),
        "publisher": office(settings),
        "articleSection": "Siaran Pers",
        "keywords": ["Bakohumas", "umum"],
        "dateline": "Serang (31/1)",
        "wordCount": 3,
        "isAccessibleForFree": True,
        "image": [f"{settings.SITE_ORIGIN}/media/{edition.share_image}"],
    }
    assert logo["url"].startswith(f"{settings.SITE_ORIGIN}/static/img/icon-512")
    steps = way["itemListElement"]
    assert [step["position"] for step in steps] == [1, 2, 3]
    assert [step["item"] for step in steps] == [
        f"{settings.SITE_ORIGIN}/",
        f"{settings.SITE_ORIGIN}/kategori/siaran-pers/",
        address,
    ]


def test_an_opinion_in_a_series_reprinted_with_a_cover(
    reader, archived, humas, picture, settings
):
    cover = images.store(SimpleUploadedFile("a.jpg", picture(size=(2000, 1000))), humas)
    edition = archived(
        "Pemilih berdaulat",
        datetime(2022, 1, 19, 5, tzinfo=UTC),
        category="opini",
        series="Seri Pemilih",
        fields={
            "byline_name": "Siti",
            "byline_office": "Komisioner",
            "source_name": "Banten Pos",
            "source_date": date(2022, 1, 19),
            "series_part": 1,
            "cover": cover,
            "cover_alt": "Rapat",
            "cover_credit": "Humas",
        },
    ).edition
    article, _ = graph(reader, edition)
    assert article["@type"] == "OpinionNewsArticle"
    assert article["author"] == {
        "@type": "Person",
        "name": "Siti",
        "affiliation": {"@type": "Organization", "name": "Komisioner"},
    }
    assert article["isBasedOn"] == {
        "@type": "CreativeWork",
        "name": "Pemilih berdaulat",
        "publisher": {"@type": "Organization", "name": "Banten Pos"},
        "datePublished": "2022-01-19",
    }
    assert article["isPartOf"]["url"] == f"{settings.SITE_ORIGIN}/seri/seri-pemilih/"
    assert article["position"] == 1
    # The order on the old site is no date.
    assert not {"datePublished", "dateModified"} & set(article)
    whole = {
        "@type": "ImageObject",
        "url": settings.SITE_ORIGIN + edition.cover.picture.bounded_url,
        "width": 1600,
        "height": 800,
        "caption": "Rapat",
        "creditText": "Humas",
    }
    assert article["image"] == [whole]
    renditions.make(cover)
    article, _ = graph(reader, edition)
    assert article["image"][0] == whole
    assert re.search(r"/3x2-\d+-\d+/\d+w\.jpeg$", article["image"][1])
    for address in (whole["url"], article["image"][1]):
        path = address.removeprefix(settings.SITE_ORIGIN)
        assert b"".join(reader.get(path).streaming_content)


@pytest.mark.parametrize(("kind", "mends"), [("ralat", True), ("pembaruan", False)])
def test_a_correction_is_told_with_its_moment(
    kind, mends, reader, publish, humas, commissioner, settings, change
):
    article = publish(humas, commissioner, "Judul", body="<p>Hadir 47 orang.</p>")
    change(article, humas, commissioner, kind, body="<p>Hadir 74 orang.</p>")
    found, _ = graph(reader, Edition.objects.get())
    assert found["dateModified"] > found["datePublished"]
    if mends:
        assert found["correction"] == [
            {
                "@type": "CorrectionComment",
                "text": "Angka tertukar.",
                "datePublished": found["dateModified"],
                "url": f"{settings.SITE_ORIGIN}/berita/{article.pk}/versi/1/",
            }
        ]
    else:
        assert "correction" not in found


def test_an_old_version_and_a_withdrawn_one_say_nothing(
    reader, publish, humas, commissioner
):
    article = publish(humas, commissioner)
    perform(Verb.WITHDRAW, article, commissioner, note="Keliru.")
    page = reader.get(article.edition.get_absolute_url()).content.decode()
    assert "ld+json" not in page


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>alert(1)</script>",
        "<!--<script>",
        "a\u2028b\u2029c",
        "]]>&amp;",
    ],
)
def test_no_text_ends_the_script(text):
    element = linked_data.script({"headline": text})
    [held] = SCRIPT.findall(element)
    assert json.loads(held) == {"headline": text}
    assert not set("<>&\u2028\u2029") & set(held)


def test_a_page_says_a_thing_once(reader, publish, humas, commissioner):
    edition = publish(humas, commissioner, byline_name="Siti").edition
    page = reader.get(edition.get_absolute_url()).content.decode()
    assert re.findall(r'itemprop="([^"]+)"', page) == ["articleBody"]
