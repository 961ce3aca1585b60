"""Until when money may be used, and what happens to an activity after that."""

from datetime import date, datetime

from django.db import transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget.models import Continuity, Term
from dichterbij.domains.budget.rules import Place
from dichterbij.domains.budget.rules.lapsing import After
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import InputError


def set_term(
    *,
    fund: str,
    ends_on: date | None,
    source: str,
    actor: Actor | str,
    now: datetime,
    tranche: str = "",
    region: str = "",
) -> None:
    """Say until when money of a fund (or of one tranche or region of it) may be used, and who says so."""
    place = Place(fund, tranche=tranche, region=region)
    if not source.strip():
        raise InputError("Say where this term stands: a law, a letter, a decision.")
    with transaction.atomic():
        newest = Term.objects.filter(fund=place.fund, tranche=tranche, region=region).order_by("-id").first()
        if newest and (newest.ends_on, newest.source) == (ends_on, source.strip()):
            return
        Term.objects.create(
            fund=place.fund,
            tranche=tranche,
            region=region,
            ends_on=ends_on,
            source=source.strip(),
            by=str(actor),
            at=now,
        )
        data = {"fund": fund, "tranche": tranche, "region": region, "ends_on": ends_on and ends_on.isoformat()}
        record(actor=str(actor), action="budget.term_set", data=data, now=now)


def decide_after(
    *, activity: str, region: str, what: After, on: date, actor: Actor | str, now: datetime, words: str = ""
) -> None:
    """Say what happens to an activity when its temporary money ends: stop, extend or embed."""
    place = Place("any", region=region, activity=activity)
    if not place.activity:
        raise InputError("Name the activity that this is about.")
    with transaction.atomic():
        Continuity.objects.create(
            region=region, activity=activity, what=what.value, day=on, words=words.strip(), by=str(actor), at=now
        )
        data = {"activity": activity, "region": region, "what": what.value}
        record(actor=str(actor), action="budget.after_decided", data=data, now=now)
