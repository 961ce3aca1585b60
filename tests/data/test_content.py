"""Written texts: complete in every language, with sources and dates; their links are known."""

import re
import warnings
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from dichterbij.data import read_yaml
from support.texts import CONTENT, Written, folders, linked, written

FOLDERS = folders()
REQUIRED = ("nl", "en")
LANGUAGES = [language["code"] for language in read_yaml(CONTENT / "languages.yaml")]
TEXTS = [text for language in LANGUAGES for text in written(language)]
LINKS = read_yaml(CONTENT / "links.yaml")
FACTS = {"order", "reviewed_on", "review_before", "sources"}
SOURCE = {"title", "place", "url", "checked_on"}
LANGUAGE = re.compile(r"[a-z]{2,3}(-\w+)?")  # other files hold data of the page
DAYS_APART = 366  # a text is read through at least once a year


def name(item: Path | Written) -> str:
    return item.name if isinstance(item, Written) else f"{item.parent.name}/{item.name}"


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_a_page_says_when_it_was_read_and_what_it_rests_on(folder: Path) -> None:
    facts = read_yaml(folder / "page.yaml")
    assert {"reviewed_on", "review_before", "sources"} <= set(facts) <= FACTS
    assert facts["reviewed_on"] <= date.today()  # noqa: DTZ011
    assert 0 < (facts["review_before"] - facts["reviewed_on"]).days <= DAYS_APART
    assert facts["sources"], "no source"
    for source in facts["sources"]:
        assert set(source) <= SOURCE, source
        assert source["title"], source
        assert source["checked_on"] <= date.today(), source  # noqa: DTZ011


@pytest.mark.filterwarnings("default:overdue")
def test_a_page_that_waits_for_its_review_is_named() -> None:
    """A warning only: the day after a date nobody can be kept from mending something else."""
    today = date.today()  # noqa: DTZ011
    late = [name(folder) for folder in FOLDERS if read_yaml(folder / "page.yaml")["review_before"] < today]
    if late:
        warnings.warn(f"overdue review: {', '.join(late)}", stacklevel=1)


@pytest.mark.parametrize("folder", FOLDERS, ids=name)
def test_every_language_of_a_page_has_the_same_sections(folder: Path) -> None:
    files = {path.stem for path in folder.glob("*.yaml") if LANGUAGE.fullmatch(path.stem)}
    assert set(REQUIRED) <= files <= set(LANGUAGES)
    texts = {language: read_yaml(folder / f"{language}.yaml") for language in sorted(files)}
    sections = {language: [section["id"] for section in text["sections"]] for language, text in texts.items()}
    assert all(ids == sections["nl"] for ids in sections.values()), sections
    assert len(set(sections["nl"])) == len(sections["nl"]), "a section's id is used twice"
    for part in ("lead", "assumptions"):
        assert len({bool(text.get(part)) for text in texts.values()}) == 1, f"{part} is missing in a language"
    assert len({len(text.get("assumptions", ())) for text in texts.values()}) == 1, "assumptions differ in number"


@pytest.mark.parametrize("text", TEXTS, ids=name)
def test_a_text_is_whole(text: Written) -> None:
    content = text.text
    assert set(content) <= {"title", "lead", "sections", "assumptions"}
    assert content["title"].strip()
    loose = [
        content.get("lead", ""),
        *content.get("assumptions", ()),
        *(part.get("heading", "") for part in content["sections"]),
    ]
    assert [text for text in loose if not isinstance(text, str)] == [], "put it between quotes: it has a colon"
    for section in content["sections"]:
        assert set(section) <= {"id", "heading", "body"}, section["id"]
        assert section["body"].strip() or section.get("heading"), f"{section['id']} is empty"
        assert not [line for line in section["body"].splitlines() if line.startswith(("# ", "## "))], section["id"]


@pytest.mark.parametrize("text", TEXTS, ids=name)
def test_a_link_in_a_text_names_a_page_or_a_safe_address(text: Written) -> None:
    for address in text.addresses():
        assert address.startswith(("page:", "https://", "tel:", "#")), f"{address}: see docs/guides/writing.md"


@pytest.mark.parametrize("text", TEXTS, ids=name)
def test_a_link_says_where_it_leads(text: Written) -> None:
    words = {line.casefold() for section in text.text["sections"] for line in _link_words(section["body"])}
    assert not words & {"hier", "klik hier", "lees meer", "meer", "here", "click here", "read more", "more", "link"}


def test_an_address_outside_the_site_is_listed_with_how_it_was_checked() -> None:
    listed = {link["url"]: link for link in LINKS}
    assert len(listed) == len(LINKS), "an address stands twice in links.yaml"
    for url, link in listed.items():
        assert set(link) == {"url", "title", "used_in", "checked_on", "checked_how"}, url
        assert link["title"], url
        assert link["checked_how"], url
        assert link["checked_on"] <= date.today(), url  # noqa: DTZ011
        assert well_formed(url), url


def test_what_uses_an_address_is_said_in_the_list() -> None:
    assert {link["url"]: sorted(link["used_in"]) for link in LINKS} == {
        url: sorted(places) for url, places in used().items()
    }


def well_formed(url: str) -> bool:
    """https, a host with a dot, nothing that does not belong in an address."""
    parts = urlsplit(url)
    return parts.scheme == "https" and "." in parts.netloc and not set(url) & set(" <>\"'{}|\\^`")


def used() -> dict[str, set[str]]:
    """Addresses outside the site in written texts and their sources, with the pages they stand on."""
    found: dict[str, set[str]] = {}
    for text in TEXTS:
        for address in text.addresses():
            if not address.startswith(("page:", "tel:", "#")):
                found.setdefault(address, set()).add(name(text.folder))
    for path in CONTENT.glob("*/*/*.yaml"):
        if not LANGUAGE.fullmatch(path.stem):
            for url in _urls(read_yaml(path)):
                found.setdefault(url, set()).add(name(path.parent))
    return found


def _urls(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("url"):
            yield value["url"]
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            yield from _urls(inner)


def _link_words(body: str) -> list[str]:
    return re.findall(r"\[([^\]]*)\]\(", body) if list(linked(body)) else []
