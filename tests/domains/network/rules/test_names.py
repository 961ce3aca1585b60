"""Two ways of writing one employer are one; a mailing goes to an address once."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dichterbij.domains.network.rules import name_key, near_names, network_terms
from dichterbij.domains.network.rules.addresses import recipients
from dichterbij.domains.network.rules.names import checked_kvk
from dichterbij.shared.errors import InputError
from support.referral import MONDAY

LEAST = network_terms(MONDAY.date()).near_from


@dataclass(frozen=True)
class Somebody:
    email: str
    name: str
    region: str
    kind: str


PEOPLE = st.lists(
    st.builds(
        Somebody, st.sampled_from(["a@x.example", "A@X.example", "b@x.example", "c@x.example"]), st.sampled_from("AB"),
        st.sampled_from(["AM05", "AM15"]), st.sampled_from(["general", "communication"]),
    )
)  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Bakker B.V.", "bakker bv"),
        ("Café Één NV", "cafe een"),
        ("De Zorg-Groep", "de zorg groep"),
        ("C.V. Bouw", "Bouw"),
    ],
)
def test_another_way_of_writing_is_the_same_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


def test_a_name_that_is_only_a_legal_form_stays_a_name() -> None:
    assert name_key("Stichting") == "stichting"
    assert name_key("!!") == ""


@pytest.mark.parametrize(
    ("given", "found"), [("Supermarkt Altijt", True), ("Altijd Supermarkt", True), ("Hotel", False)]
)
def test_a_typing_mistake_is_near_and_something_else_is_not(given: str, found: bool) -> None:
    known = {UUID(int=1): name_key("Supermarkt Altijd")}
    assert bool(near_names(given, known, least=LEAST)) is found


@given(st.text(max_size=40))
@example("\ua7f2")  # a small capital sign that stands for a capital one
def test_a_key_is_its_own_key(name: str) -> None:
    assert name_key(name_key(name)) == name_key(name)


def test_a_number_has_eight_digits() -> None:
    assert checked_kvk("1234 56.78") == "12345678"
    for wrong in ("1234567", "123456789", "abcdefgh", "١٢٣٤٥٦٧٨"):
        with pytest.raises(InputError):
            checked_kvk(wrong)


@given(PEOPLE)
def test_every_address_gets_a_mailing_once_and_nobody_is_left_out(people: list[Somebody]) -> None:
    found = recipients(people)
    folded = [one.email.casefold() for one in found]
    assert len(folded) == len(set(folded))
    assert set(folded) == {one.email.casefold() for one in people}
    for one in found:
        mine = [row for row in people if row.email.casefold() == one.email.casefold()]
        assert set(one.regions) == {row.region for row in mine}
        assert set(one.kinds) == {row.kind for row in mine}
