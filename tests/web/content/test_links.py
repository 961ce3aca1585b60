"""Every link of the site leads somewhere: walked from both home pages, without answers and without a browser."""

import re
from collections import Counter

import pytest

from dichterbij.data import ROOT, read_yaml
from support.crawl import MOST_PAGES, Page, crawl, external, fetch, fragments
from support.plain import not_excepted, unexplained

ADDRESS = re.compile(r"https?://[^\s\"'<>|\\)\]]+")


@pytest.fixture(scope="module")
def site(address: str) -> dict[str, Page]:
    return crawl(address, ["/nl/", "/en/"])


def test_the_walk_meets_many_pages_and_comes_to_an_end(site: dict[str, Page]) -> None:
    assert 40 < len(site) < MOST_PAGES


def test_every_link_leads_to_a_page(site: dict[str, Page]) -> None:
    broken = {page.path: page.status for page in site.values() if page.status != 200}
    assert broken == {}, {path: [page.path for page in site.values() if path in page.links][:3] for path in broken}


def test_every_part_that_a_link_names_is_on_its_page(site: dict[str, Page], address: str) -> None:
    missing = set()
    for page in list(site.values()):
        for path, part in fragments(page):
            there = site.get(path) or site.setdefault(path, fetch(address, path))
            if part not in there.ids:
                missing.add(f"{page.path}: {path}#{part}")
    assert missing == set()


def test_an_id_is_used_once_on_a_page(site: dict[str, Page]) -> None:
    twice = {page.path: [name for name, count in Counter(page.ids).items() if count > 1] for page in site.values()}
    assert {path: ids for path, ids in twice.items() if ids} == {}


def test_an_address_outside_the_site_is_known(site: dict[str, Page]) -> None:
    known = {link["url"] for link in read_yaml(ROOT / "content" / "links.yaml")} | _in_data()
    strange = {f"{url} on {page.path}" for page in site.values() for url in external(page) if url not in known}
    assert strange == set(), "put it in data/content/links.yaml"


def test_an_abbreviation_on_a_dutch_page_is_explained_at_its_first_use(site: dict[str, Page]) -> None:
    pages = [page for path, page in site.items() if path.startswith("/nl/")]
    told = {page.path: not_excepted(page.path, unexplained(page.text)) for page in pages}
    assert {path: problems for path, problems in told.items() if problems} == {}


def _in_data() -> set[str]:
    """Addresses that packaged data gives as a source."""
    files = [path for path in ROOT.rglob("*") if path.suffix in (".yaml", ".csv", ".json") and path.is_file()]
    found = {url.rstrip(".,;") for path in files for url in ADDRESS.findall(path.read_text(encoding="utf-8"))}
    return found | {f"{url}/" for url in found}
