"""An employer who reports sites in several regions is a lead of the national team: one, whoever knew it before.

These run in the transaction of what happens to the message (`openings.actions.hooks`).
"""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.actions.writing import ALL_OF_IT, kept, locked, tell
from dichterbij.domains.network.models import Approach, Employer, Lead, Site, Step
from dichterbij.domains.network.rules.employers import Status, network_terms
from dichterbij.domains.network.rules.names import checked_kvk, name_key, tidy
from dichterbij.domains.openings.queries import MessageRow, SenderRow
from dichterbij.domains.regions.queries import postcode, regions
from dichterbij.shared.errors import InputError

EMPLOYER = "employer"
BY_ITSELF = ("lead", "lead_gone", "claimed", "site_added", "status")  # what happens before anybody looked at it


def take_up_lead(message: MessageRow, sender: SenderRow, now: datetime) -> None:
    """Keep who reported itself, for the national team; every region that was named sees the employer.

    The same name or KvK number is the employer that is there. Nobody approaches it yet: then a party does from now on.
    """
    terms = network_terms(timezone.localdate(now))
    known = {row.code for row in regions()}
    named = [code for code in message.regions if code in known]
    if len(named) < terms.lead_regions or not name_key(sender.firm):
        return
    with acting(ALL_OF_IT):
        row, was_known = _employer(sender, now, invented=message.desk_is_invented)
        Lead.objects.create(
            employer=row, reference=message.reference, regions=named, was_known=was_known, firm=sender.firm,
            kvk=_number(sender.kvk), person=sender.person, email=sender.email, phone=sender.phone,
            question=sender.question, at=now,
        )  # fmt: skip
        tell(row, EMPLOYER, "lead", now)
        _add_sites(row, named, message, now)
        _claim(row, terms.lead_party, now)
        kept(row, came_at=now)
        data = {"employer": str(row.pk), "reference": message.reference, "known": was_known}
        record(actor=EMPLOYER, action="network.lead_taken_up", data=data, now=now)


def end_lead(reference: str, by_employer: bool, now: datetime) -> None:
    """Whoever sent the message is nobody's any more, so not the national team's. Nobody did anything yet? Then all of
    what they reported goes too, but only when they took it back themselves.
    """
    with acting(ALL_OF_IT):
        found = Lead.objects.filter(reference=reference, gone_at=None).values_list("pk", "employer", "was_known")
        for lead, employer, was_known in found:
            row = locked(employer)
            nobody = dict.fromkeys(("firm", "kvk", "person", "email", "phone", "question"), "")
            Lead.objects.filter(pk=lead).update(**nobody, gone_at=now)
            if by_employer and not was_known and _is_untouched(row):
                _go(row, reference, now)
            tell(row, EMPLOYER if by_employer else "system", "lead_gone", now)


def open_leads(references: Collection[str]) -> frozenset[str]:
    """Those of which the employer still waits for somebody to get in touch."""
    with acting(ALL_OF_IT):
        waiting = Lead.objects.filter(
            reference__in=list(references), gone_at=None, employer__status=Status.PROSPECT.value
        )
        return frozenset(waiting.values_list("reference", flat=True))


def _employer(sender: SenderRow, now: datetime, *, invented: bool) -> tuple[Employer, bool]:
    """The employer of this name or number, held; and whether it was there."""
    there = _known(sender)
    if there is None:
        name = tidy(sender.firm, 100, "name", least=1)
        try:
            with transaction.atomic():
                row = Employer.objects.create(
                    name=name, key=name_key(name), kvk=_number(sender.kvk), status_at=now, made_at=now,
                    invented=invented,
                )  # fmt: skip
                return row, False
        except IntegrityError:  # in the same moment: the other message made it
            there = _known(sender)
            if there is None:
                raise
    return locked(there), True


def _known(sender: SenderRow) -> UUID | None:
    """By its number, which is nobody else's; else by its name."""
    number = _number(sender.kvk)
    by_number = Employer.objects.filter(kvk=number).values_list("pk", flat=True).first() if number else None
    return by_number or Employer.objects.filter(key=name_key(sender.firm)).values_list("pk", flat=True).first()


def _add_sites(row: Employer, named: Iterable[str], message: MessageRow, now: datetime) -> None:
    there = set(Site.objects.filter(employer=row, ended_on=None).values_list("region", flat=True))
    for code in (code for code in named if code not in there):
        place = postcode(message.pc4).place if code == message.region_code else ""
        Site.objects.create(employer=row, region=code, place=place, state_at=now)
        tell(row, EMPLOYER, "site_added", now, region=code, became=place)


def _claim(row: Employer, party: str, now: datetime) -> None:
    """Somebody approaches it: who did already, else this party. Who said no, or paused, comes back as new."""
    if Approach.objects.filter(employer=row, until=None).exists():
        return
    opened = Approach.objects.create(employer=row, party=party, since=now)
    if Status(row.status).ends_approach:
        was = row.status
        kept(row, status=Status.PROSPECT.value, status_at=now)
        tell(row, EMPLOYER, "status", now, was=was, became=row.status, approach=opened, effect="opened")
    else:
        tell(row, EMPLOYER, "claimed", now, became=party)


def _is_untouched(row: Employer) -> bool:
    others = Lead.objects.filter(employer=row, gone_at=None).exists()
    return not others and not Step.objects.filter(employer=row).exclude(kind__in=BY_ITSELF).exists()


def _go(row: Employer, reference: str, now: datetime) -> None:
    """Its name is free again, no region sees it, and it stands in no list."""
    Approach.objects.filter(employer=row, until=None).update(until=now)
    Site.objects.filter(employer=row, ended_on=None).update(ended_on=timezone.localdate(now))
    kept(row, name=reference, key=name_key(reference), kvk="", gone_at=now, came_at=None)


def _number(kvk: str) -> str:
    """Eight digits; nothing for what is no such number: it is only what a message said."""
    try:
        return checked_kvk(kvk)
    except InputError:
        return ""
