"""What is kept of people at work has a term, and goes by a command that first tells what it would do."""

from contextlib import nullcontext
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from dichterbij.cli.network import command
from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.journal.queries import latest_events
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.actions import forget_network
from dichterbij.domains.network.models import (
    AccountManager,
    EmployerContact,
    Mailing,
    MailingAddress,
    OrganisationContact,
    RegionContact,
    Step,
    Talk,
)
from dichterbij.domains.network.rules.employers import network_terms
from dichterbij.domains.post.models import Letter
from dichterbij.domains.post.seeing import own_work
from support.network import UTRECHT, Country
from support.people import as_owner
from support.referral import MONDAY

TODAY = MONDAY.date()
TERMS = network_terms(TODAY)
DAY = timedelta(days=1)
PAST = timedelta(days=30)  # past its term for so long: the command looks at the clock
KINDS = ("region contact", "employer contact", "organisation contact", "account manager", "mailing address", "talk",
         "words about an employer")  # fmt: skip


@pytest.fixture
def long_ago(country: Country) -> dict[str, str]:
    """One of each kind that is past its term, by the number of its row."""
    nadia = country.national
    with as_owner(), acting(nadia):  # what other tests left in the region
        Talk.objects.filter(region=UTRECHT).delete()
    new = actions.NewContact(UTRECHT, "general", "Oud", "vroeger@x.example", "wethouder", TODAY)
    contact = actions.add_contact(actor=nadia, new=new, now=MONDAY)
    letter = {"subject": "Vraag", "text": "Dag", "kinds": ["general"], "only": [UTRECHT]}
    mailing = actions.write_mailing(actor=nadia, **letter, now=MONDAY)  # type: ignore[arg-type]
    country.posted(mailing)
    actions.name_manager(actor=nadia, region=UTRECHT, manager=nadia.user, name="Nadia", now=MONDAY)
    actions.talked(actor=nadia, region=UTRECHT, on=TODAY, words="Jan is ziek", now=MONDAY)
    employer = country.employer(UTRECHT)
    actions.add_employer_contact(
        actor=nadia, employer=employer, name="Piet", role="", email="piet@x.example", phone="", now=MONDAY
    )
    actions.add_note(actor=nadia, employer=employer, words="Piet belt liever", now=MONDAY)
    partner = actions.NewOwnContact("Els", "els@vroeger.example")
    own = actions.add_own_contact(actor=country.partner, new=partner, now=MONDAY)
    ended = {"since": TODAY - 2 * TERMS.keep_ended, "until": TODAY - TERMS.keep_ended - PAST}
    with as_owner(), acting(country.partner):
        OrganisationContact.objects.filter(pk=own).update(**ended)
    with as_owner(), acting(nadia):
        RegionContact.objects.filter(pk=contact).update(**ended)
        EmployerContact.objects.filter(employer=employer).update(**ended)
        AccountManager.objects.filter(region=UTRECHT, until=None).update(**ended)
        Mailing.objects.filter(pk=mailing).update(sent_at=MONDAY - TERMS.keep_addresses - PAST)
        Talk.objects.filter(region=UTRECHT).update(on=TODAY - TERMS.keep_words - PAST)
        Step.objects.filter(employer=employer).update(at=MONDAY - TERMS.keep_words - PAST)
        rows = (
            contact,
            EmployerContact.objects.get(employer=employer).pk,
            own,
            AccountManager.objects.filter(region=UTRECHT).latest("until").pk,
            MailingAddress.objects.get(mailing=mailing).pk,
            Talk.objects.get(region=UTRECHT).pk,
            Step.objects.exclude(words="").get(employer=employer).pk,
        )
    return dict(zip(KINDS, map(str, rows), strict=True))


def forget(*options: str) -> str:
    with as_owner():
        return CliRunner().invoke(command, ["forget", *options], obj=nullcontext).output


def test_a_dry_run_tells_and_a_run_forgets_once_and_the_history_stays(
    country: Country, long_ago: dict[str, str]
) -> None:
    told = forget("--dry-run")
    for kind, number in long_ago.items():
        assert f"{kind} {number}\n" in told
    assert "7 would be forgotten" in told
    assert "Oud" not in told
    with as_owner():
        assert forget_network(actor="tests", now=MONDAY, dry_run=True).count == 7
    assert "7 forgotten" in forget()
    assert "0 forgotten" in forget()
    with as_owner(), acting(country.national):
        step = Step.objects.get(pk=long_ago[KINDS[-1]])
        assert (step.words, step.kind) == ("", "note")
        assert not MailingAddress.objects.filter(pk=long_ago["mailing address"]).exists()
    with own_work():
        assert not Letter.objects.filter(recipient="vroeger@x.example").exists()
    event = latest_events(action="network.term_over")[0]
    assert event.data == dict.fromkeys(KINDS, 1)
    (mailing,) = (row for row in queries.mailings(actor=country.national, now=MONDAY) if row.subject == "Vraag")
    assert mailing.to == 0


def test_on_its_last_day_it_stays_and_a_day_later_it_goes(country: Country, long_ago: dict[str, str]) -> None:
    with as_owner():
        assert forget_network(actor="tests", now=MONDAY - PAST, dry_run=False).count == 0
        assert forget_network(actor="tests", now=MONDAY - PAST + DAY, dry_run=False).count == 7


def test_the_site_itself_deletes_nothing(country: Country, long_ago: dict[str, str]) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic():
        forget_network(actor="tests", now=MONDAY, dry_run=False)
    assert not connection.needs_rollback
    assert "7 forgotten" in forget()
