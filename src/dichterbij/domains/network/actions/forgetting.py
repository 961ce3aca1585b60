"""What is kept of people at work goes when its term is over: contact persons, addresses of mailings, own words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.actions.writing import ALL_OF_IT
from dichterbij.domains.network.models import (
    AccountManager,
    EmployerContact,
    MailingAddress,
    OrganisationContact,
    RegionContact,
    Step,
    Talk,
)
from dichterbij.domains.network.rules.addresses import about
from dichterbij.domains.network.rules.employers import network_terms
from dichterbij.domains.post.actions import forget as forget_letters

FORGOTTEN, WORDS = "network.term_over", "words about an employer"


@dataclass(frozen=True, slots=True)
class ForgottenNetwork:
    """What is forgotten, or would be: per kind the numbers of its rows, which name nobody."""

    rows: Mapping[str, tuple[str, ...]]

    @property
    def count(self) -> int:
        """How many altogether."""
        return sum(map(len, self.rows.values()))


def forget_network(*, actor: str, now: datetime, dry_run: bool) -> ForgottenNetwork:
    """Forget what is past its term. `dry_run` only tells. A second time changes nothing.

    Needs the rights of who made the tables: the site's own role deletes nothing of the network.
    """
    with acting(ALL_OF_IT):
        due = dict(_due(timezone.localdate(now), now))
        found = ForgottenNetwork(
            {kind: tuple(map(str, rows.values_list("pk", flat=True))) for kind, rows in due.items()}
        )
        if found.count and not dry_run:
            _forget(due)
            counts = {kind: len(numbers) for kind, numbers in found.rows.items()}
            record(actor=actor, action=FORGOTTEN, data=counts, now=now)
    return found


def _due(today: date, now: datetime) -> Iterator[tuple[str, QuerySet[Any]]]:
    terms = network_terms(today)
    ended = {"until__lt": today - terms.keep_ended}
    yield "region contact", RegionContact.objects.filter(**ended).order_by("until", "id")
    yield "employer contact", EmployerContact.objects.filter(**ended).order_by("until", "id")
    yield "organisation contact", OrganisationContact.objects.filter(**ended).order_by("until", "id")
    yield "account manager", AccountManager.objects.filter(**ended).order_by("until", "id")
    addresses = MailingAddress.objects.filter(mailing__sent_at__lt=now - terms.keep_addresses)
    yield "mailing address", addresses.order_by("mailing", "id")
    yield "talk", Talk.objects.filter(on__lt=today - terms.keep_words).order_by("on", "id")
    yield WORDS, Step.objects.filter(at__lt=now - terms.keep_words).exclude(words="").order_by("at", "id")


def _forget(due: Mapping[str, QuerySet[Any]]) -> None:
    """That something happened with an employer stays; what was written about it does not."""
    mailings = due["mailing address"].order_by().values_list("mailing", flat=True).distinct()
    forget_letters([about(mailing) for mailing in mailings], that_left=True)
    for kind, rows in due.items():
        if kind == WORDS:
            rows.update(words="")
        else:
            rows.delete()
