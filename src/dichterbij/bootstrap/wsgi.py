"""The WSGI application that granian serves."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")


def _limit_requests() -> None:
    """Time-outs for pages only: loading and migrating may take as long as they take."""
    from django.conf import settings

    from dichterbij.bootstrap import database

    database.limit(settings.DATABASES["default"])


_limit_requests()
application = get_wsgi_application()
