"""The WSGI application that granian serves."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")


def _application() -> WSGIHandler:
    from django.conf import settings

    from dichterbij.bootstrap import database

    # Time-outs for pages only: loading and migrating may take as long as they take.
    database.limit(settings.DATABASES["default"])
    made = get_wsgi_application()

    from dichterbij.web.near import market

    market.warm()
    return made


application = _application()
