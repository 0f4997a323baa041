"""The page of all parts is the demo's alone."""

import re

import pytest

from tests.news.demo import demo_urls


def test_a_site_in_production_has_no_such_address(reader, db):
    assert reader.get("/gaya/").status_code == 404


@pytest.mark.urls(demo_urls.__name__)
def test_it_shows_each_part_without_a_single_article(reader, db):
    page = reader.get("/gaya/").content.decode()
    for part in (
        *("btn-primary", "notice-darurat", "notice-arsip", "notice-penting"),
        *("notice-ralat", "notice-jawab", "story-prominent", "stories-grid"),
        *("popular", "pages"),
        *("months", "attachments", "video", "table", "corrections", "topics"),
        *("series", "about", "search-filters", "empty", "ways-back", "chart"),
    ):
        assert re.search(rf'class="[^"]*\b{part}\b', page), part
    assert "<mark>" in page
    assert "Bersambung." in page
    assert "Mungkin maksud Anda" in page


@pytest.mark.urls(demo_urls.__name__)
def test_no_id_stands_twice(reader, publish, humas, commissioner, db):
    publish(humas, commissioner)
    ids = re.findall(r'\bid="([^"]+)"', reader.get("/gaya/").content.decode())
    assert sorted(set(ids)) == sorted(ids)
