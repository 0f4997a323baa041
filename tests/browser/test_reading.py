"""What the page's own script has counted, in a browser."""

import re
from datetime import timedelta

import pytest
from django.db.models import F, Sum

from news.models import ReadingKey, Tally

# The browser of the tests calls itself headless, and so is not counted.
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/137.0 Mobile"


@pytest.fixture
def public(publish, humas, commissioner):
    return publish(humas, commissioner)


@pytest.fixture
def visit(site, public):
    """Return a function that opens the article and lets it be read for so long."""

    def open_article(page, seconds):
        page.clock.install()
        page.goto(site + public.edition.get_absolute_url())
        if seconds < 4:
            page.clock.run_for(seconds * 1000)
            return None
        with page.expect_response(re.compile("/dibaca/$")) as told:
            page.clock.run_for(seconds * 1000)
        return told.value.status

    return open_article


def readings():
    return Tally.objects.aggregate(sum=Sum("readings"))["sum"] or 0


def test_a_visit_a_reload_and_a_visit_half_an_hour_later_are_two(
    visit, opened, complaints
):
    page = opened(user_agent=PHONE)
    assert visit(page, 5) == 204
    assert readings() == 1
    assert visit(page, 5) == 204
    assert readings() == 1
    ReadingKey.objects.update(read_at=F("read_at") - timedelta(minutes=31))
    assert visit(page, 5) == 204
    assert readings() == 2
    assert complaints == []
    assert page.context.cookies() == []


def test_who_only_looks_in_is_not_counted(visit, opened):
    page = opened(user_agent=PHONE)
    visit(page, 3)
    page.goto("about:blank")
    assert readings() == 0
    assert not ReadingKey.objects.exists()


def test_two_browsers_are_two_readers(visit, opened):
    visit(opened(user_agent=PHONE), 5)
    visit(opened(user_agent=f"{PHONE} lain"), 5)
    assert readings() == 2


def test_a_robot_that_reads_like_a_browser_is_not_counted(visit, opened):
    robot = f"{PHONE} (compatible; Googlebot/2.1)"
    assert visit(opened(user_agent=robot), 5) == 204
    assert readings() == 0


def test_the_statistics_fit_a_narrow_phone_and_need_no_script(
    site, opened, visit, complaints
):
    visit(opened(user_agent=PHONE), 5)
    page = opened(width=320, java_script_enabled=False)
    page.goto(f"{site}/statistik/")
    assert page.get_by_role("img", name=re.compile("^Pembacaan tiap hari")).is_visible()
    page.get_by_label("Periode", exact=True).select_option("90")
    page.get_by_role("button", name="Tampilkan").click()
    page.wait_for_url("**/statistik/?periode=90")
    page.get_by_text("Angka dalam tabel").first.click()
    assert page.get_by_role("table").first.is_visible()
    page = opened(width=320)
    page.goto(f"{site}/statistik/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert complaints == []


def test_the_newsrooms_statistics_fit_a_phone(
    site, signed_in, visit, opened, public, humas, complaints
):
    visit(opened(user_agent=PHONE), 5)
    page = signed_in(humas)
    for path in ("", f"naskah/{public.pk}/"):
        page.goto(f"{site}/admin/statistik/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert page.get_by_role("img", name=re.compile("^Pembacaan")).count() >= 2
    assert complaints == []
