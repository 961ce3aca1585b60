"""What is known of who applied: for the officer, for the next application, and for the page of who is signed in."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import F

from dichterbij.domains.schemes.case_models import Case, CaseLetter, OfficerTask
from dichterbij.domains.schemes.contact_models import Contact
from dichterbij.domains.schemes.models import Receipt
from dichterbij.domains.schemes.queries.listing import ReceiptRow, status
from dichterbij.domains.schemes.rules.contact import BY_APPLICANT
from dichterbij.domains.schemes.rules.proof import id_of, number_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import NotFoundError

MOST = 200


@dataclass(frozen=True, slots=True)
class ContactRow:
    """How who applied can be reached. `kvk`: the number that was proved by signing in, or empty.

    `sure_account`: the account, or empty when it was changed and nobody looked at that.
    """

    email: str
    account: str
    kvk: str
    given_at: datetime
    keep_until: date
    sure_account: str


@dataclass(frozen=True, slots=True)
class Known:
    """What an earlier application told about who applied: nothing of the person it was about."""

    organisation: str
    kvk: str
    group: str
    applicant: str
    category: str
    email: str
    account: str


@dataclass(frozen=True, slots=True)
class OwnRow:
    """An application of who is signed in."""

    key: UUID
    row: ReceiptRow


def contact_of(number: str) -> ContactRow | None:
    """What came beside this application; None when nothing did, or its term is over."""
    with own_work():
        row = Contact.objects.filter(pk=id_of(number) or 0).first()
        if row is None:
            return None
        return ContactRow(row.email, row.account, row.kvk, row.given_at, row.keep_until, _sure_account(row))


def known_from(*, key: UUID) -> Known | None:
    """What the application with this key told: only who sent it has the key. None when nothing came with it."""
    with own_work():
        receipt = Receipt.objects.filter(key=key).first()
        return _known(receipt) if receipt else None


def known_of(*, kvk: str) -> Known | None:
    """What the newest application told that was sent signed in as this number."""
    with own_work():
        receipt = Receipt.objects.filter(pk__in=Contact.objects.filter(kvk=kvk).values("pk")).order_by("-pk").first()
        return _known(receipt) if receipt else None


def own_applications(*, kvk: str, most: int = MOST) -> tuple[OwnRow, ...]:
    """What was sent signed in as this number, the newest first."""
    with own_work():
        sent = Contact.objects.filter(kvk=kvk).order_by("-receipt")
        rows = list(sent.annotate(key=F("receipt__key")).values_list("receipt", "key")[:most])
        return tuple(OwnRow(key, status(number=number_of(pk))) for pk, key in rows)


def own_letter(*, key: UUID, letter: int) -> tuple[bytes, str]:
    """The bytes and digest of one of them. NotFoundError for one of somebody else."""
    with own_work():
        found = CaseLetter.objects.filter(case__receipt__key=key, pk=letter).values_list("pdf", "digest").first()
    if found is None:
        raise NotFoundError("There is no such letter.")
    return bytes(found[0]), found[1]


def _known(receipt: Receipt) -> Known:
    told = json.loads(receipt.facts)
    first, _, rest = receipt.applicant.partition(" ")
    contact = Contact.objects.filter(pk=receipt.pk).first()
    return Known(
        organisation=rest if first.isdigit() and rest else receipt.applicant,
        kvk=_number(told.get("employer")), group=_number(told.get("group")), applicant=str(told.get("applicant", "")),
        category=str(told.get("category") or ""),
        email=contact.email if contact else "", account=_sure_account(contact) if contact else "",
    )  # fmt: skip


def _sure_account(contact: Contact) -> str:
    """Its account, as it came with the application or as an officer looked at it; else empty."""
    case = Case.objects.filter(receipt=contact.pk).only("account").first()
    changed = OfficerTask.objects.filter(case=case, kind=BY_APPLICANT)
    if case is None or (not case.account and not changed.exists()):
        return contact.account
    is_sure = case.account == contact.account and not changed.filter(done_at=None).exists()
    return contact.account if is_sure else ""


def _number(key: object) -> str:
    return str(key).removeprefix("kvk:") if key else ""
