"""The privacy page names what there is: every cookie, and what of an employer's message is kept and how long."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from dichterbij.domains.openings.rules import load_terms
from dichterbij.domains.people.rules import read_retention
from dichterbij.web.campaign.visit import NAME
from dichterbij.web.site.sealed import NAMES


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_cookie_and_the_term_of_a_message_are_named(language: str) -> None:
    with translation.override(language):
        page = Client(HTTP_HOST="localhost").get(f"/{language}/privacy/").content.decode()
    assert set(re.findall(r'<th scope="row">(\w+)</th>', page)) == {
        *NAMES,
        NAME,
        "csrftoken",
        settings.SESSION_COOKIE_NAME,
    }
    kept = read_retention(timezone.localdate())
    terms = (kept.lasts("hand_over"), kept.lasts("guide_person"), kept.without_access)
    assert all(f"{term.days} " in page for term in terms)
    assert str(load_terms(on=timezone.localdate()).keep_sender_days) in page
