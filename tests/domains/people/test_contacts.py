"""The same phone number or e-mail address is recognised however it is written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dichterbij.domains.people.errors import ContactError
from dichterbij.domains.people.rules import ContactKind, NewContact, digest, normalised

KEY = b"k" * 32
PHONE, EMAIL, POST = ContactKind.PHONE, ContactKind.EMAIL, ContactKind.POST


@pytest.mark.parametrize(
    "written", ["0612345678", "06 12345678", "06-1234 5678", "+31 6 12345678", "0031612345678", "+31 (0)6 12345678"]
)
def test_one_number_is_one_however_it_is_written(written: str) -> None:
    assert normalised(NewContact(PHONE, written)) == "+31612345678"


@pytest.mark.parametrize(
    "written", ["", "12", "612345678", "06 1234567", "06 123456789", "bel mij", "0612345678 x", "+3"]
)
def test_what_is_no_phone_number_is_told(written: str) -> None:
    with pytest.raises(ContactError):
        normalised(NewContact(PHONE, written))


@pytest.mark.parametrize("written", ["", "sami", "sami@", "@example.nl", "sami@example", "a b@example.nl", "a@b@c.nl"])
def test_what_is_no_address_is_told(written: str) -> None:
    with pytest.raises(ContactError):
        normalised(NewContact(EMAIL, written))


def test_a_number_from_abroad_is_kept_as_it_is() -> None:
    assert normalised(NewContact(PHONE, "+49 30 901820")) == "+4930901820"


@given(st.text(max_size=40), st.sampled_from([PHONE, EMAIL, POST]))
def test_any_text_is_a_contact_or_told_to_be_none(text: str, kind: ContactKind) -> None:
    try:
        once = normalised(NewContact(kind, text))
    except ContactError:
        return
    assert normalised(NewContact(kind, once)) == once


@given(
    st.integers(100_000_000, 999_999_999), st.sampled_from(["0", "+31", "0031", "+31 (0)"]),
    st.lists(st.integers(1, 8), max_size=3), st.sampled_from([" ", "-", "."]),
)  # fmt: skip
def test_spaces_and_the_countrys_code_make_no_other_number(
    number: int, start: str, places: list[int], mark: str
) -> None:
    digits = str(number)
    for place in sorted(places, reverse=True):
        digits = digits[:place] + mark + digits[place:]
    assert normalised(NewContact(PHONE, start + digits)) == f"+31{number}"


@given(st.emails(), st.binary(min_size=8, max_size=8))
def test_a_digest_is_that_of_the_normalised_value_and_of_the_key(address: str, other: bytes) -> None:
    try:
        mine = digest(KEY, NewContact(EMAIL, address))
    except ContactError:
        return
    assert mine == digest(KEY, NewContact(EMAIL, f" {address.upper().lower()} "))
    assert mine != digest(other, NewContact(EMAIL, address))
    assert mine != digest(KEY, NewContact(POST, address))
