"""What an article's page says to machines, as schema.org's vocabulary in JSON-LD.

The page's one source of it: the microdata of the template names only the element that
holds the body, under the same id. A browser takes such a script for data and runs
nothing, so the Content-Security-Policy has no say in it.
"""

import json

from django.conf import settings
from django.core.files.storage import default_storage
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from news import richtext
from news.models import Publication
from news.picturing import BOUNDED_WIDTH, COVER, WIDEST
from news.public.machine_text import absolute

CONTEXT = "https://schema.org"
LOGO, LOGO_SIZE = "img/icon-512.png", 512

# The changes that mend an error; an update only adds to what was right.
MENDS = (Publication.Kind.CORRECTED, Publication.Kind.TYPO)

# What could end the script, or a line of it, in the eyes of any parser.
_ESCAPES = {ord(char): f"\\u{ord(char):04x}" for char in "<>&\u2028\u2029"}


def script(data: dict) -> SafeString:
    """Return the element that holds the data; no text in it can end it."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(text),  # noqa: S308 - no markup is left in it
    )


def of_page(edition, corrections, updated) -> SafeString:
    """Return the data of an article's page.

    `corrections` are those that the page shows, `updated` the last that changed what
    is said, or None.
    """
    return script(
        {
            "@context": CONTEXT,
            "@graph": [news_item(edition, corrections, updated), breadcrumbs(edition)],
        }
    )


def news_item(edition, corrections, updated):
    address = absolute(edition.get_absolute_url())
    document = edition.document
    published = edition.published_iso
    return _filled(
        {
            "@type": kind_of(edition),
            "@id": address,
            "mainEntityOfPage": address,
            "url": address,
            "headline": edition.title,
            "description": edition.excerpt,
            "inLanguage": settings.LANGUAGE_CODE,
            "datePublished": published,
            "dateModified": updated.at_iso if updated else published,
            "author": author(document),
            "publisher": office(),
            "image": images(edition),
            "articleSection": edition.category.name,
            "keywords": list(edition.tag_names),
            "dateline": document["dateline"],
            "wordCount": richtext.word_count(edition.body),
            "isAccessibleForFree": True,
            "isBasedOn": source(document),
            "citation": replied(edition),
            "isPartOf": series(edition),
            "position": edition.series_part,
            "correction": [
                _filled(
                    {
                        "@type": "CorrectionComment",
                        "text": one.note or one.kind_label,
                        "datePublished": one.at_iso,
                        "url": one.before_url and absolute(one.before_url),
                    }
                )
                for one in corrections
                if one.kind in MENDS
            ],
        }
    )


def kind_of(edition):
    return "OpinionNewsArticle" if edition.is_authors_view else "NewsArticle"


def author(document):
    if not document["byline_name"]:
        return office()
    of = document["byline_office"]
    return _filled(
        {
            "@type": "Person",
            "name": document["byline_name"],
            "affiliation": of and {"@type": "Organization", "name": of},
        }
    )


def office():
    return {
        "@type": "GovernmentOrganization",
        "name": settings.OFFICE["full_name"],
        "url": absolute(reverse("news:home")),
        "logo": {
            "@type": "ImageObject",
            "url": absolute(static(LOGO)),
            "width": LOGO_SIZE,
            "height": LOGO_SIZE,
        },
    }


def images(edition):
    """Return the cover whole and as the pages crop it, or the picture for sharing."""
    cover = edition.cover
    if cover is None:
        share = edition.share_image
        return [absolute(default_storage.url(share))] if share else []
    picture = cover.picture
    width = min(cover.width, BOUNDED_WIDTH)
    found = [
        _filled(
            {
                "@type": "ImageObject",
                "url": absolute(picture.bounded_url),
                "width": width,
                "height": max(1, cover.height * width // cover.width),
                "caption": cover.caption or cover.alt,
                "creditText": cover.credit,
            }
        )
    ]
    crops = picture.copies("jpeg", COVER, WIDEST)
    return found + [absolute(crops[width]) for width in list(crops)[-1:]]


def source(document):
    """Return what a reprint was taken from, or None."""
    if not document["source_name"]:
        return None
    return _filled(
        {
            "@type": "CreativeWork",
            "name": document["title"],
            "publisher": {"@type": "Organization", "name": document["source_name"]},
            "datePublished": document["source_date"],
        }
    )


def replied(edition):
    """Return the article that a reply refers to; None once it is not public."""
    if edition.replied is None:
        return None
    address = absolute(edition.replied.get_absolute_url())
    return _filled(
        {
            "@type": "NewsArticle",
            "@id": address,
            "url": address,
            "headline": edition.replied.title,
            "datePublished": edition.replied.published_iso,
        }
    )


def series(edition):
    if edition.series is None:
        return None
    return {
        "@type": "CreativeWorkSeries",
        "name": edition.series.name,
        "url": absolute(edition.series.get_absolute_url()),
    }


def breadcrumbs(edition):
    """Return the way from the home page to the article."""
    category = edition.category
    steps = [
        ("Beranda", reverse("news:home")),
        (category.name, category.get_absolute_url()),
        (edition.title, edition.get_absolute_url()),
    ]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": position,
                "name": name,
                "item": absolute(address),
            }
            for position, (name, address) in enumerate(steps, 1)
        ],
    }


def _filled(properties):
    """Leave out what is not known: no property may be empty."""
    return {name: value for name, value in properties.items() if value}
