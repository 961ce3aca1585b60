"""Nobody between the site and a visitor may keep a page: it may hold what this browser brought along."""

import urllib.request

import pytest


@pytest.mark.parametrize(
    "path", ["/nl/", "/nl/regio/AM05/", "/nl/mensen/route/", "/nl/dichtbij/", "/nl/ondersteuning/"]
)
def test_a_page_is_kept_by_nobody_in_between(address: str, path: str) -> None:
    with urllib.request.urlopen(f"{address}{path}") as answer:
        assert "Cookie" in answer.headers["Vary"]
        assert {"private", "no-store"} & set(answer.headers["Cache-Control"].replace(" ", "").split(","))
