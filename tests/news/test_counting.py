import threading

import pytest
from django.conf import settings
from django.db import connection
from django.db.models import Sum

from news.counting import count_reading
from news.models import Edition, Tally


@pytest.mark.django_db(transaction=True)
def test_readings_at_the_same_time_are_all_counted(publish, humas, commissioner):
    edition = Edition.objects.get(pk=publish(humas, commissioner).pk)

    def read():
        try:
            for _ in range(50):
                count_reading(edition, settings.TIME_ZONE)
        finally:
            connection.close()

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Tally.objects.aggregate(Sum("readings")) == {"readings__sum": 200}
    assert Edition.objects.with_views().get().views == 200
    assert Tally.objects.count() <= Tally.SLOTS
