"""What applicants do with their own application: take it back, correct how they are reached and paid, say they stop.

Whoever calls checks that it is theirs. An account number that somebody changed is looked at by a person before
anything is paid, and both addresses are told: a stranger with the code is not paid.
"""

from datetime import datetime

from django.db import transaction

from dichterbij.domains.journal.actions import record
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.rules import NewLetter
from dichterbij.domains.schemes.actions.cases.moving import APPLICANT, held
from dichterbij.domains.schemes.actions.changing import withdraw
from dichterbij.domains.schemes.actions.working import case_of
from dichterbij.domains.schemes.case_models import OfficerTask
from dichterbij.domains.schemes.contact_models import Contact
from dichterbij.domains.schemes.errors import NotPossibleError
from dichterbij.domains.schemes.letters import told
from dichterbij.domains.schemes.rules.contact import BY_APPLICANT, STOPS, NewContact, can_be_paid_elsewhere
from dichterbij.domains.schemes.rules.procedure import Stage, Step
from dichterbij.domains.schemes.rules.procedure.stages import WITH_MONEY
from dichterbij.domains.schemes.seeing import own_work


def take_back(*, number: str, now: datetime) -> None:
    """The application ends before it is decided; what it would get comes free for the next one. Repeatable.

    StepNotPossibleError once there is a decision; NoRoundError for no such number.
    """
    with transaction.atomic(), own_work():
        case = case_of(number, actor=APPLICANT, now=now)
        with held(case.pk, None, actor=APPLICANT, now=now) as moving:
            if moving.state.stage is Stage.TAKEN_BACK:
                return
            moving.take(Step.TAKEN_BACK)
            asked = OfficerTask.objects.filter(case=case, kind=BY_APPLICANT, done_at=None)
            asked.update(done_at=now, done_by=APPLICANT)  # nothing is paid: nobody needs to call
            withdraw(number=number, reason="taken back by the applicant", actor=APPLICANT, now=now)
        contact = Contact.objects.filter(pk=case.receipt_id).first()
        if contact and contact.email:
            subject, text = told("taken_back", number=number, link=contact.link, language=contact.language)
            post.write([NewLetter(number, "case_taken_back", contact.email, subject, text)], now=now)


def correct(*, number: str, email: str = "", account: str = "", now: datetime) -> bool:
    """Reach the applicant at another address, or pay to another account; empty: as it was. Whether anything changed.

    NotPossibleError when nothing is kept any more, or its payment is made; InputError for what is no address or
    account. The row is replaced whole: the site changes none.
    """
    new = NewContact(email, account).checked()
    with transaction.atomic(), own_work():
        case = case_of(number, actor=APPLICANT, now=now)
        with held(case.pk, None, actor=APPLICANT, now=now) as moving:
            before = Contact.objects.filter(pk=case.receipt_id).first()
            if before is None:
                raise NotPossibleError("Its term is over: nothing is kept of how the applicant is reached.")
            addresses = dict.fromkeys(one for one in (before.email, new.email) if one)
            changed = [name for name in ("email", "account") if getattr(new, name) not in ("", getattr(before, name))]
            if not changed:
                return False
            if "account" in changed and not can_be_paid_elsewhere(moving.state):
                raise NotPossibleError("Its payment is made, or nothing is paid for it.")
            Contact.objects.filter(pk=before.pk).delete()
            for name in changed:
                setattr(before, name, getattr(new, name))
            before.given_at = now
            before.save(force_insert=True)
            if "account" in changed:
                event = moving.take(Step.ACCOUNT_CHANGED)
                OfficerTask.objects.create(case=moving.row, kind=BY_APPLICANT, about=str(event.number), made_at=now)
            else:
                record(actor=APPLICANT, action="schemes.contact_corrected", data={"case": number}, now=now)
        _tell_all(before, number, addresses, changed, now)
    return True


def ask_to_stop(*, number: str, now: datetime) -> None:
    """After the decision: a task for an officer, who proposes to withdraw what was granted. Repeatable.

    NotPossibleError while nothing is granted: then there is nothing to stop.
    """
    with transaction.atomic(), own_work():
        case = case_of(number, actor=APPLICANT, now=now)
        with held(case.pk, None, actor=APPLICANT, now=now) as moving:
            if moving.state.stage not in WITH_MONEY:
                raise NotPossibleError("Nothing is granted, so there is nothing to stop.")
            if OfficerTask.objects.filter(case=case, kind=STOPS, done_at=None).exists():
                return
            OfficerTask.objects.create(case=moving.row, kind=STOPS, about=now.isoformat(), made_at=now)
            record(actor=APPLICANT, action="case.stop_asked", data={"case": number}, now=now)


def _tell_all(contact: Contact, number: str, addresses: dict[str, None], changed: list[str], now: datetime) -> None:
    """Both the old and the new address, so that whoever did not do this knows it at once. No number is in it."""
    kind = "changed_both" if len(changed) > 1 else f"changed_{changed[0]}"
    subject, text = told(kind, number=number, link=contact.link, language=contact.language)
    letters = [
        NewLetter(number, f"case_{kind}_{place}", one, subject, text, int(now.timestamp()))
        for place, one in enumerate(addresses)
    ]
    post.write(letters, now=now)
