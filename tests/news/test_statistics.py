from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone

from news import counting, ranking, statistics
from news.models import Edition, ReadingDay, ReadingTop, Tally
from news.models.tally import Source

TODAY = date(2026, 3, 15)


@pytest.fixture
def clock(monkeypatch):
    """Return a function that sets the day that it is, for all that asks."""

    def turn(day):
        for module in (timezone, statistics, ranking):
            monkeypatch.setattr(module, "localdate", lambda *args: day)

    turn(TODAY)
    return turn


@pytest.fixture
def read():
    """Return a function that writes readings of an article on a day."""

    def write(edition, day, readings, source=Source.DIRECT, slot=0):
        Tally.objects.create(
            edition=edition, day=day, readings=readings, source=source, slot=slot
        )

    return write


@pytest.fixture
def editions(archived, db):
    return [
        archived(f"Naskah {n}", datetime(2026, 1, n, tzinfo=UTC), category=slug).edition
        for n, slug in enumerate(("siaran-pers", "siaran-pers", "opini"), 1)
    ]


def days():
    return list(
        ReadingDay.objects.order_by("day", "category__slug", "source").values_list(
            "day", "category__slug", "source", "readings"
        )
    )


def test_readings_are_summed_by_day_category_and_source(clock, read, editions):
    first, second, third = editions
    read(first, TODAY, 3, Source.WHATSAPP)
    read(first, TODAY, 2, Source.WHATSAPP, slot=1)
    read(second, TODAY, 4, Source.WHATSAPP)
    read(third, TODAY, 1)
    counting.roll_up()
    assert days() == [
        (TODAY, "opini", "langsung", 1),
        (TODAY, "siaran-pers", "whatsapp", 9),
    ]
    read(third, TODAY, 6, Source.SEARCH)
    counting.roll_up()
    counting.roll_up()
    assert days()[0] == (TODAY, "opini", "cari", 6)
    assert len(days()) == 3


def test_days_on_which_no_worker_ran_are_made_up_for(clock, read, editions):
    read(editions[0], TODAY, 1)
    counting.roll_up()
    # After the last time on that day, and on days without a worker.
    read(editions[0], TODAY, 5, Source.SEARCH)
    read(editions[1], TODAY + timedelta(days=1), 7)
    clock(TODAY + timedelta(days=9))
    counting.roll_up()
    assert [row[-1] for row in days()] == [5, 1, 7]
    views = Edition.objects.with_views().order_by("pk").values_list("views", flat=True)
    assert list(views) == [6, 7, 0]


def test_a_day_that_is_over_keeps_its_category(clock, read, editions):
    read(editions[0], TODAY, 5)
    counting.roll_up()
    clock(TODAY + timedelta(days=2))
    read(editions[1], TODAY + timedelta(days=2), 1)
    counting.roll_up()
    clock(TODAY + timedelta(days=4))
    Edition.objects.filter(pk=editions[0].pk).update(category=editions[2].category)
    counting.roll_up()
    assert days()[0] == (TODAY, "siaran-pers", "langsung", 5)


def test_an_article_that_was_filed_elsewhere_today_counts_once(clock, read, editions):
    read(editions[0], TODAY, 5)
    counting.roll_up()
    Edition.objects.filter(pk=editions[0].pk).update(category=editions[2].category)
    counting.roll_up()
    assert days() == [(TODAY, "opini", "langsung", 5)]


@pytest.mark.parametrize(
    ("key", "first", "last"),
    [
        ("30", date(2026, 2, 14), TODAY),
        ("90", date(2025, 12, 16), TODAY),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_a_period_is_named_by_its_key(clock, key, first, last):
    period = statistics.period_of(key)
    assert (period.key, period.first, period.last) == (key, first, last)
    assert period.days[-1] == min(last, TODAY)


@pytest.mark.parametrize(
    "key",
    ["", "7", "2027", "2026-04", "2026-00", "2026-13", "1999", "2026-1", "٢٠٢٦", "x"],
)
def test_what_is_no_period_is_none(clock, key):
    assert statistics.period_of(key) is None


def test_the_periods_begin_with_the_first_reading(clock, read, editions):
    assert [each.key for each in statistics.periods()] == [
        *("30", "90", "2026", "2026-03"),
    ]
    read(editions[0], date(2025, 11, 30), 1)
    counting.roll_up()
    assert [each.key for each in statistics.periods()] == [
        *("30", "90", "2026", "2026-03", "2026-02", "2026-01"),
        *("2025", "2025-12", "2025-11"),
    ]


def test_days_without_readings_are_in_a_chart_too(clock):
    steps = statistics.steps(statistics.month(2026, 3), [(date(2026, 3, 2), 4)])
    assert len(steps) == 15
    assert [step.readings for step in steps[:3]] == [0, 4, 0]
    assert (steps[1].name, steps[1].short, steps[1].iso) == (
        *("2 Maret 2026", "2 Mar"),
        "2026-03-02",
    )


def test_a_year_is_shown_by_its_months(clock):
    steps = statistics.steps(
        statistics.year(2026), [(date(2026, 2, 2), 4), (date(2026, 2, 28), 5)]
    )
    assert [(step.name, step.readings) for step in steps] == [
        ("Januari 2026", 0),
        ("Februari 2026", 9),
        ("Maret 2026", 0),
    ]


def ranked(key):
    return [
        (edition.pk, edition.recent)
        for edition in statistics.most_read(statistics.period_of(key))
    ]


def test_what_is_read_most_is_ranked_in_each_period(clock, read, editions):
    first, second, third = editions
    read(first, TODAY, 5)
    read(second, TODAY - timedelta(days=20), 9)
    read(second, TODAY, 1, Source.SEARCH)
    read(third, TODAY - timedelta(days=60), 100)
    counting.roll_up()
    ranking.rank()
    assert ranked("30") == [(second.pk, 10), (first.pk, 5)]
    assert ranked("90") == [(third.pk, 100), (second.pk, 10), (first.pk, 5)]
    assert ranked("2026-03") == [(first.pk, 5), (second.pk, 1)]
    assert ranked("2026-01") == [(third.pk, 100)]
    read(first, TODAY, 6, Source.SEARCH)
    counting.roll_up()
    ranking.rank()
    assert ranked("30") == [(first.pk, 11), (second.pk, 10)]


def test_what_was_withdrawn_counts_and_is_not_named(clock, read, editions):
    first, second, _ = editions
    for edition in (first, second):
        read(edition, TODAY, 5)
    counting.roll_up()
    ranking.rank()
    Edition.objects.filter(pk=first.pk).update(
        withdrawn_at=timezone.now(), withdrawn_reason="Keliru."
    )
    assert ranked("30") == [(second.pk, 5)]
    counting.roll_up()
    ranking.rank()
    assert ranked("30") == [(second.pk, 5)]
    assert [row[-1] for row in statistics.sums(statistics.rolling(30), "day")] == [10]


def test_a_month_that_is_over_is_ranked_once_more_and_then_left(clock, read, editions):
    read(editions[0], date(2026, 3, 31), 3)
    clock(date(2026, 3, 31))
    counting.roll_up()
    ranking.rank()
    # Read after the last ranking of its month.
    read(editions[0], date(2026, 3, 31), 4, Source.SEARCH)
    clock(date(2026, 5, 20))
    counting.roll_up()
    ranking.rank()
    assert ranked("2026-03") == [(editions[0].pk, 7)]
    assert "2026-03" not in {period.key for period in ranking.due()}
    assert {"30", "90", "2026", "2026-05"} <= {each.key for each in ranking.due()}


def test_a_ranking_keeps_few_rows(clock, read, archived, monkeypatch):
    monkeypatch.setattr(ranking, "KEPT", 2)
    for number in range(4):
        edition = archived(f"N{number}", datetime(2026, 1, 1, tzinfo=UTC)).edition
        read(edition, TODAY, number + 1)
    counting.roll_up()
    ranking.rank()
    kept = ReadingTop.objects.filter(period="30").values_list("readings", flat=True)
    assert sorted(kept) == [3, 4]


def test_the_old_sites_counts_are_apart(clock, read, archived):
    now = datetime(2026, 1, 1, tzinfo=UTC)
    old = archived("Lama", now, baseline=78).edition
    archived("Lama juga", now, baseline=22)
    archived("Tanpa hitungan", now)
    read(old, TODAY, 5)
    counting.roll_up()
    assert statistics.old_site() == {"articles": 2, "readings": 100}
    assert [row[-1] for row in statistics.sums(statistics.rolling(30), "day")] == [5]
