"""Nobody between the site and a visitor may keep a page: it may hold what this browser brought along."""

import urllib.request

import pytest
from django.test import Client

from support.secret_links import secret_pages


@pytest.mark.parametrize(
    "path", ["/nl/", "/nl/regio/AM05/", "/nl/mensen/route/", "/nl/dichtbij/", "/nl/ondersteuning/"]
)
def test_a_page_is_kept_by_nobody_in_between(address: str, path: str) -> None:
    with urllib.request.urlopen(f"{address}{path}") as answer:
        assert "Cookie" in answer.headers["Vary"]
        assert {"private", "no-store"} & set(answer.headers["Cache-Control"].replace(" ", "").split(","))


@pytest.mark.parametrize("route", list(secret_pages()))
def test_no_search_engine_lists_a_page_behind_a_secret_link(db: None, route: str) -> None:
    answer = Client().get(route.replace("<str:token>", "s3cret"))
    assert answer.status_code in (404, 405, 410)
    assert answer["X-Robots-Tag"] == "noindex"
