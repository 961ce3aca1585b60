"""`python -m dichterbij.api` writes openapi.json anew: after a change, a test asks for it."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "dichterbij.bootstrap.settings")
django.setup()

from dichterbij.api import document  # noqa: E402 - models are there only now
from dichterbij.api.urls import api  # noqa: E402

document.FILE.write_text(document.written(api), encoding="utf-8")
print(f"{document.FILE.name} describes the API as it is now.")
