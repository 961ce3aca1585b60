"""Who promised an interview: a list for the campaign of grants that hold, with nobody on it in the journal."""

from uuid import uuid4

import pytest
from django.utils import timezone

from dichterbij.domains.journal import queries as journal
from dichterbij.domains.schemes import actions
from dichterbij.domains.schemes.actions.interviews import list_interviews
from dichterbij.domains.schemes.errors import NoRoundError
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.shared.errors import InputError
from support.schemes import GRANT, MET, facts, kvk, opened

pytestmark = pytest.mark.usefixtures("site")


def test_the_list_has_each_employer_once_whose_grant_holds_and_who_promised() -> None:
    here = opened(ceiling=4 * GRANT)
    slug = here.scheme.slug

    def apply(employer: str, person: str, email: str = "", met: list[str] = MET) -> str:
        told = facts(employer, person) | {"met": met}
        contact = NewContact(email, "", "nl", "", "") if email else None
        return actions.receive(scheme=slug, key=uuid4(), applicant=employer, facts=told, contact=contact).number

    first = apply("bakery", "one", "werk@bol.example")
    apply("bakery", "two")
    withdrawn = apply("garage", "three")
    apply("no promise", "four", met=["unused_potential"])
    shop = apply("shop", "five")
    apply("too late", "six")
    actions.decide(scheme=slug, actor="tests", now=timezone.now())
    actions.withdraw(number=withdrawn, reason="it stopped", actor="a", now=timezone.now())
    found = list_interviews(scheme=slug, actor="campaign", now=timezone.now())
    assert [(one.employer, one.grants, one.number, one.email) for one in found] == [
        (kvk("bakery"), 2, first, "werk@bol.example"), (kvk("shop"), 1, shop, "")
    ]  # fmt: skip
    newest = journal.latest_events(action="schemes.interviews_listed", limit=1)[0]
    assert newest.data == {"scheme": slug, "employers": 2}


def test_the_promise_is_found_however_the_file_is_written() -> None:
    here = opened(conditions="[{must: true, refusal: no_interview, words: {nl: a, en: a}, source: letter, "
                  "'code': 'interview'}]")  # fmt: skip
    assert list_interviews(scheme=here.scheme.slug, actor="campaign", now=timezone.now()) == ()


def test_a_scheme_that_was_never_open_or_asks_for_none_has_no_list() -> None:
    with pytest.raises(NoRoundError):
        list_interviews(scheme="nothing", actor="campaign", now=timezone.now())
    here = opened(conditions="[{code: unused_potential, must: true, refusal: not_unused_potential, "
                  "words: {nl: a, en: a}, source: letter}]")  # fmt: skip
    with pytest.raises(InputError, match="asks nobody"):
        list_interviews(scheme=here.scheme.slug, actor="campaign", now=timezone.now())
