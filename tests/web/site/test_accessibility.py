"""The accessibility statement tells what the last scan found, and what nobody has tested."""

import pytest
from django.test import Client
from django.utils import translation

from dichterbij.web.site.accessibility import last_scan


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "words"),
    [("nl", ("Status: D", "met de hand", "Nationale ombudsman")), ("en", ("Status: D", "by hand", "Ombudsman"))],
)
def test_the_statement_follows_the_model_and_the_scan(language: str, words: tuple[str, ...]) -> None:
    with translation.override(language):
        answer = Client(HTTP_HOST="localhost").get(f"/{language}/toegankelijkheid/")
    page = answer.content.decode()
    scan = last_scan()
    assert answer.status_code == 200
    for part in (*words, f"axe-core {scan.axe}", f"Chromium {scan.chromium}", str(scan.views)):
        assert part in page
    assert all(failure.rule in page for failure in scan.failures)


def test_the_scan_looked_at_pages_with_rules_of_a_known_tool() -> None:
    scan = last_scan()
    assert scan.views == scan.pages * 2
    assert scan.pages > 20
    assert scan.rules_passed > 30
