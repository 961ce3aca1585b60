"""The contact that came with an application: kept beside it, written to, and forgotten after its term."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.journal.actions import record
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.rules import NewLetter
from dichterbij.domains.schemes.case_models import Case, Objection
from dichterbij.domains.schemes.contact_models import Contact
from dichterbij.domains.schemes.letters import notice
from dichterbij.domains.schemes.rules.contact import NewContact, keep_until
from dichterbij.domains.schemes.rules.procedure import OPEN_OBJECTIONS, day_of
from dichterbij.domains.schemes.rules.procedure.stages import ENDED
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work

RECEIPT = "case_receipt"  # the letter of the case that says the same is not mailed beside it
MOST = 5_000

Compose = Callable[[str], tuple[str, str]]


def keep_contact(receipt: int, contact: NewContact, confirm: Compose | None, received_at: datetime) -> None:
    """Beside this receipt, in its transaction. `confirm`: subject and text of the mail that tells its number."""
    Contact.objects.create(
        receipt_id=receipt, email=contact.email, account=contact.account, language=contact.language, kvk=contact.kvk,
        link=contact.link, given_at=received_at, keep_until=keep_until(day_of(received_at)),
    )  # fmt: skip
    if contact.email and confirm:
        subject, text = confirm(number_of(receipt))
        post.write([NewLetter(number_of(receipt), RECEIPT, contact.email, subject, text)], now=received_at)


def tell(receipt: int, kind: str, version: int, now: datetime) -> bool:
    """Mail that a letter is on the status page; whether there is somebody to tell.

    Nobody proved the address, so no word of the letter goes there, its title neither.
    """
    with own_work():
        found = Contact.objects.filter(receipt=receipt).exclude(email="").exclude(link="").first()
    if found is None:
        return False
    number = number_of(receipt)
    subject, text = notice(number=number, link=found.link, language=found.language)
    post.write([NewLetter(number, f"case_{kind}", found.email, subject, text, version)], now=now)
    return True


def forget_contacts(*, actor: Actor | str, now: datetime, most: int = MOST) -> int:
    """Delete contacts whose term is over, but for cases and objections that are still open. How many; repeatable."""
    today = timezone.localdate(now)
    with transaction.atomic(), own_work():  # contacts and mails go together, or neither
        open_case = Case.objects.filter(receipt=OuterRef("receipt")).exclude(stage__in=list(ENDED))
        objected = Objection.objects.filter(case__receipt=OuterRef("receipt"), stage__in=OPEN_OBJECTIONS)
        over = Contact.objects.filter(keep_until__lt=today).exclude(Exists(open_case)).exclude(Exists(objected))
        gone = list(over.order_by("keep_until", "pk").values_list("pk", flat=True)[:most])
        if gone:
            Contact.objects.filter(pk__in=gone).delete()
            record(actor=str(actor), action="schemes.contacts_forgotten", data={"contacts": len(gone)}, now=now)
            post.forget([number_of(pk) for pk in gone])
    return len(gone)
