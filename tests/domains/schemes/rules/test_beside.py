"""What stands beside the published files: every legal ground in both languages, from documents of that scheme."""

import re
from typing import Any

import pytest

from dichterbij.data import ROOT, SCHEMES, read_yaml
from dichterbij.domains.schemes.rules.beside import (
    FILE,
    article_says,
    help_with,
    legal_ground,
    place,
    read_beside,
    route_of,
)
from dichterbij.domains.schemes.rules.files import slugs, version, versions
from dichterbij.domains.schemes.rules.reasons import reason_texts
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.shared.errors import InputError

PUBLISHED = [(slug, day.isoformat()) for slug in slugs() for day in versions(slug)]
VALUES: dict[str, Any] = read_yaml(FILE)
ROWS = {row["says"]: row for row in VALUES["legal_grounds"]}
ENGLISH = {"the", "and", "a", "an", "of", "is", "are", "not", "it", "footnote", "last", "with", "each", "to", "at"}


def schemes() -> list[Scheme]:
    return [version(slug, day) for slug in slugs() for day in versions(slug)]


@pytest.mark.parametrize(("slug", "day"), PUBLISHED)
def test_the_legal_ground_of_every_published_version_has_both_languages_and_its_documents(slug: str, day: str) -> None:
    file = read_yaml(SCHEMES / slug / f"{day}.yaml")
    row = ROWS[file["legal_ground"]]
    words = legal_ground(file["legal_ground"])
    assert words.en
    assert not (ENGLISH - {"is", "of"}) & set(re.findall(r"\w+", words.nl.lower()))
    assert row["sources"]
    assert set(row["sources"]) <= set(file["sources"])


def test_no_line_is_there_for_a_ground_that_no_scheme_names() -> None:
    assert set(ROWS) == {one.legal_ground for one in schemes()}


def sources(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["source"]] if isinstance(value.get("source"), str) else []
        return own + [one for name, part in value.items() if name != "sources" for one in sources(part)]
    return [one for part in value for one in sources(part)] if isinstance(value, list) else []


def test_every_place_in_a_document_that_is_written_in_english_has_its_dutch() -> None:
    places = set()
    for slug, day in PUBLISHED:
        found = sources(read_yaml(SCHEMES / slug / f"{day}.yaml"))
        places |= {where.strip() for name, _, where in (one.partition(",") for one in found) if name in
                   ("letter", "brief", "proposal", "evaluation", "awb") and where}  # fmt: skip
    told = {place(one).nl for one in places}
    assert not [one for one in told if (ENGLISH - {"is", "of"}) & set(re.findall(r"\w+", one.lower()))]
    assert {row["en"] for row in VALUES["places"]} <= places, "and none is there for nothing"


def test_help_and_routes_are_of_conditions_and_kinds_that_schemes_have() -> None:
    conditions = {one.code for read in schemes() for one in read.conditions}
    kinds = {one.code for read in schemes() for one in read.categories}
    assert set(VALUES["help"]) <= conditions
    assert set(VALUES["routes"]) <= kinds
    assert all((ROOT / "content" / "routes" / slug / "page.yaml").is_file() for slug in VALUES["routes"].values())
    assert help_with("no_such_condition") is None
    assert route_of("no_such_kind") is None


def test_every_article_that_a_reason_rests_on_is_told_in_plain_words() -> None:
    articles = {basis.removeprefix("Awb ") for basis in (one.basis for one in reason_texts().values())
                if basis.startswith("Awb ")}  # fmt: skip
    assert articles
    assert all(article_says(number) for number in articles)
    assert article_says("9:99") is None


def test_what_nobody_translated_yet_stands_as_it_is() -> None:
    assert legal_ground("Another law.").nl == "Another law."


@pytest.mark.parametrize("row", ["words", {"nl": "Wet"}, {"nl": "Wet", "en": " "}])
def test_a_line_in_one_language_is_refused(row: object) -> None:
    with pytest.raises(InputError, match="legal_grounds"):
        read_beside({**VALUES, "legal_grounds": [row]})
