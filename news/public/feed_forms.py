"""The three forms of a feed: RSS 2.0, Atom and JSON Feed, by Django's generators.

An item has an `image`, a `File` or None, and `attachments`, which are files too.
"""

import json
from dataclasses import dataclass
from datetime import UTC, datetime

from django.templatetags.static import static
from django.utils.feedgenerator import (
    Atom1Feed,
    Rss201rev2Feed,
    SyndicationFeed,
    rfc3339_date,
)
from django.utils.timezone import localtime

from news import downloads
from news.public.machine_text import absolute

CONTENT = "http://purl.org/rss/1.0/modules/content/"
MEDIA = "http://search.yahoo.com/mrss/"
# What a feed without any item says of its last change; it must not move by itself.
NEVER = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class File:
    """A file that belongs to an item; a picture has no title."""

    url: str
    type: str
    size: int
    title: str = ""

    @property
    def size_text(self):
        return downloads.size_text(self.size)


def files_of(item):
    """Return an item's attachments, then its image: RSS takes but one enclosure."""
    return [file for file in (*item["attachments"], item["image"]) if file]


class DatedByItems(SyndicationFeed):
    """A feed whose date is that of its items alone, also when it has none."""

    def latest_post_date(self):
        moments = [item["updateddate"] for item in self.items]
        return localtime(max(moments, default=NEVER))


class RssFeed(DatedByItems, Rss201rev2Feed):
    def rss_attributes(self):
        names = {"xmlns:content": CONTENT, "xmlns:media": MEDIA}
        return {**super().rss_attributes(), **names}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content:encoded", item["content"])
        # The specification has one enclosure in an item; Media RSS has the others.
        first, *others = files_of(item) or [None]
        if first:
            handler.addQuickElement(
                "enclosure",
                "",
                {"url": first.url, "length": str(first.size), "type": first.type},
            )
        for file in others:
            add_media(handler, file)


class AtomFeed(DatedByItems, Atom1Feed):
    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})
        for file in files_of(item):
            link = {"rel": "enclosure", "href": file.url, "type": file.type}
            link |= {"length": str(file.size)}
            if file.title:
                link["title"] = file.title
            handler.addQuickElement("link", "", link)


def add_media(handler, file):
    medium = "image" if file.type.startswith("image/") else "document"
    content = {"url": file.url, "type": file.type, "fileSize": str(file.size)}
    handler.startElement("media:content", {**content, "medium": medium})
    if file.title:
        handler.addQuickElement("media:title", file.title, {"type": "plain"})
    handler.endElement("media:content")


class JsonFeed(DatedByItems):
    """JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/."""

    content_type = "application/feed+json"

    def write(self, outfile, encoding):
        feed = self.feed
        document = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": feed["title"],
            "description": feed["description"],
            "home_page_url": feed["link"],
            "feed_url": feed["feed_url"],
            "language": feed["language"],
            "icon": absolute(static("img/icon-512.png")),
            "favicon": absolute(static("img/favicon.svg")),
            "authors": [{"name": feed["author_name"], "url": feed["author_link"]}],
            "items": [self.item(item) for item in self.items],
        }
        json.dump(document, outfile, ensure_ascii=False)

    def item(self, item):
        found = {
            "id": item["unique_id"],
            "url": item["link"],
            "title": item["title"],
            "content_html": item["content"],
            "summary": item["summary"],
            "image": item["image"] and item["image"].url,
            "date_published": item["pubdate"] and rfc3339_date(item["pubdate"]),
            "date_modified": rfc3339_date(item["updateddate"]),
            "authors": [{"name": item["author_name"]}],
            "tags": item["categories"],
            "language": self.feed["language"],
            "attachments": [
                {
                    "url": file.url,
                    "mime_type": file.type,
                    "title": file.title,
                    "size_in_bytes": file.size,
                }
                for file in item["attachments"]
            ],
        }
        return {name: value for name, value in found.items() if value}
