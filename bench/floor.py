"""The same site with the least that could count at all, to measure counting against."""

import os
import random

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpResponse
from django.urls import path
from django.utils.timezone import localdate
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

COUNT = """
INSERT INTO news_tally AS tally (edition_id, day, source, slot, readings)
VALUES (%s, %s, 'langsung', %s, 1)
ON CONFLICT (edition_id, day, source, slot) DO UPDATE SET readings = tally.readings + 1
"""


@csrf_exempt
@require_POST
def read(request, pk):
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [pk, localdate(), random.randrange(16)])  # noqa: S311
    return HttpResponse(status=204)


def ready(request):
    return HttpResponse("ok\n")


urlpatterns = [path("berita/<int:pk>/dibaca/", read), path("readyz/", ready)]

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpuweb.settings")
django.setup()
settings.ROOT_URLCONF = __name__
application = get_wsgi_application()
