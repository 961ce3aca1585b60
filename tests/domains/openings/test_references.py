"""References: readable aloud, and a slip is noticed."""

from hypothesis import assume, given
from hypothesis import strategies as st

from dichterbij.domains.openings.rules import read_reference, reference_of
from dichterbij.domains.openings.rules.references import ALPHABET, NUMBERS

numbers = st.integers(0, NUMBERS - 1)


@given(numbers, numbers)
def test_every_number_has_a_reference_of_its_own(one: int, other: int) -> None:
    assume(one != other)
    assert reference_of(one) != reference_of(other)


@given(numbers, st.booleans(), st.sampled_from(["", " ", "-", ". "]))
def test_a_reference_is_read_back_however_it_is_typed(number: int, small: bool, between: str) -> None:
    reference = reference_of(number)
    typed = reference.replace("-", between)
    assert read_reference(typed.lower() if small else typed) == reference


@given(numbers, st.integers(0, 5), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_never_another_reference(number: int, at: int, letter: str) -> None:
    letters = reference_of(number).replace("-", "")[2:]
    wrong = letters[:at] + letter + letters[at + 1 :]
    assume(wrong != letters)
    assert read_reference(wrong) is None


@given(numbers, st.integers(0, 4))
def test_two_neighbours_changed_about_are_never_another_reference(number: int, at: int) -> None:
    letters = reference_of(number).replace("-", "")[2:]
    wrong = letters[:at] + letters[at + 1] + letters[at] + letters[at + 2 :]
    assume(wrong != letters)
    assert read_reference(wrong) is None


def test_no_letter_looks_like_another() -> None:
    for alike in ("0OQD", "1IL", "5S", "8B", "2Z", "UV"):
        assert len(set(alike) & set(ALPHABET)) <= 2, alike
    assert not set("01IOLSBZUV") & set(ALPHABET)


def test_what_is_no_reference_is_not_taken_for_one() -> None:
    for text in ("", "DB", "DB-7K4M", "DB-0000-00", "een brief", "DB-7K4M-2Q-9"):
        assert read_reference(text) is None
