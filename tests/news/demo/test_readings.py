from django.utils import timezone

from news import statistics
from news.demo import readings
from news.models import Edition, Tally


def test_only_what_was_published_here_gets_sample_readings_and_of_today(
    publish, archived, humas, commissioner
):
    first = publish(humas, commissioner).edition
    second = publish(humas, commissioner, "Naskah lain").edition
    old = archived("Naskah lama", timezone.now(), baseline=60).edition
    readings.load()
    views = dict(Edition.objects.with_views().values_list("pk", "views"))
    assert views[old.pk] == 60
    assert views[first.pk] > views[second.pk] > 0
    assert set(Tally.objects.values_list("day")) == {(timezone.localdate(),)}
    month = statistics.rolling(30)
    assert list(statistics.most_read(month)) == [first, second]
    assert sum(statistics.sums(month).values_list("sum", flat=True)) == (
        views[first.pk] + views[second.pk]
    )
