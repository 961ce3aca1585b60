"""The WSGI application that granian serves."""

import os

from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

WAIT = "DICHTERBIJ_READY_BEFORE_ANSWERING"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")


def _application() -> WSGIHandler:
    from django.conf import settings

    from dichterbij.bootstrap import database

    # Time-outs for pages only: loading and migrating may take as long as they take.
    database.limit(settings.DATABASES["default"])
    made = get_wsgi_application()
    list(get_resolver().url_patterns)  # every page is imported now, not under the first visitor

    from dichterbij.web.near import market
    from dichterbij.web.placing import crowd

    ready = market.warm()
    # The demo says where it is only when nobody waits any more; other servers answer at once, and make ready meanwhile.
    if os.environ.get(WAIT) == "1":
        ready.join()
    crowd.prepare_later()
    return made


application = _application()
