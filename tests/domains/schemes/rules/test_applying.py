"""Every scheme has a word for its unit, in both languages, beside its published versions."""

import pytest

from dichterbij.domains.schemes.rules.applying import OTHERWISE, applying, read_applying
from dichterbij.domains.schemes.rules.files import slugs
from dichterbij.shared.errors import InputError


@pytest.mark.parametrize("slug", slugs())
def test_every_scheme_has_words_for_one_and_for_more(slug: str) -> None:
    found = applying(slug)
    assert found is not OTHERWISE
    assert len({found.one.nl, found.one.en, found.many.nl, found.many.en}) >= 3


def test_a_scheme_that_is_not_in_the_file_asks_to_sign_in() -> None:
    assert not applying("no_such_scheme").without_sign_in


@pytest.mark.parametrize(
    "row",
    [
        {"without_sign_in": True},
        {"unit": {"nl": ["persoon"], "en": ["person", "people"]}, "without_sign_in": True},
        {"unit": {"nl": ["persoon", "personen"], "en": ["person", "people"]}},
        {"unit": {"nl": ["persoon", "personen"], "en": ["person", "people"]}, "without_sign_in": "no"},
        {"unit": {"nl": ["persoon", ""], "en": ["person", "people"]}, "without_sign_in": True},
    ],
)
def test_a_mistake_in_the_file_is_named_with_its_scheme(row: object) -> None:
    with pytest.raises(InputError, match="subsidy: "):
        read_applying({"schemes": {"subsidy": row}})
