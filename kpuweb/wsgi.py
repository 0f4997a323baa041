import os

from django.core.wsgi import get_wsgi_application

from kpuweb.readiness import say_what_is_missing

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kpuweb.settings")

application = get_wsgi_application()

say_what_is_missing()
