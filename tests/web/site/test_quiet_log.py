"""What a visitor typed, and secret links, stay out of the log."""

import logging
import re
import sys

import pytest
from django.conf import settings
from django.db import IntegrityError

from dichterbij.web.site.quiet_log import Quiet
from support.secret_links import secret_pages


def record_of(error: Exception | None, path: str = "/nl/werk/") -> logging.LogRecord:
    """What Django logs about a page that failed."""
    info = None
    if error:
        try:
            raise error
        except type(error):
            info = sys.exc_info()
    return logging.LogRecord("django.request", logging.ERROR, __file__, 1, "%s: %s", ("Server Error", path), info)


def written(record: logging.LogRecord) -> str:
    assert Quiet().filter(record)
    return logging.Formatter().format(record)


def test_a_database_error_is_told_by_its_kind_alone() -> None:
    text = written(record_of(IntegrityError("Failing row contains (12, jan@example.org)")))
    assert text == "Server Error: /nl/werk/ (IntegrityError)"


def test_an_error_that_comes_of_a_database_error_is_told_by_its_kind_alone() -> None:
    error = ValueError("outer")
    error.__cause__ = IntegrityError("jan@example.org")
    assert "jan" not in written(record_of(error))


def test_other_errors_keep_their_traceback() -> None:
    assert "Traceback" in written(record_of(ValueError("a mistake of ours")))


@pytest.mark.parametrize("route", list(secret_pages()))
@pytest.mark.parametrize("asked", ["", "?gedaan=link"])
def test_a_secret_link_is_cut(route: str, asked: str) -> None:
    text = written(record_of(None, route.replace("<str:token>", "s3cret-token") + asked))
    assert "s3cret" not in text
    assert text.endswith(re.sub(r"<str:token>|(?<=/overdracht/)[0-9a-f-]{36}", "...", route) + asked)


def test_every_kind_of_secret_link_is_among_them() -> None:
    words = {route.split("/<str:token>")[0].rsplit("/", 1)[-1] for route in secret_pages()}
    assert {"bericht", "overdracht", "mijn", "link", "uitnodiging"} <= words


def test_everything_that_is_logged_goes_through_it() -> None:
    assert settings.LOGGING["root"]["handlers"] == ["stderr"]
    assert settings.LOGGING["handlers"]["stderr"]["filters"] == ["quiet"]
