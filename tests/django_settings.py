"""Settings of the tests: the site's own, on a throw-away embedded server beside the real one."""

import os
from pathlib import Path

HOME = Path(__file__).parent.parent / "var" / "test"
os.environ.setdefault("DICHTERBIJ_HOME", str(HOME))
os.environ.setdefault("DICHTERBIJ_SECRET_KEY", "only-for-tests")

from dichterbij.bootstrap.settings import *  # noqa: E402, F403

STORAGES = {  # type: ignore[assignment]
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
PAGE_WAITS_FOR_MAIL_S = 30  # on a busy machine too
DATABASES["default"]["OPTIONS"].pop("pool")  # type: ignore[name-defined]  # noqa: F405
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # type: ignore[name-defined]  # noqa: F405 - WhiteNoise warns without
