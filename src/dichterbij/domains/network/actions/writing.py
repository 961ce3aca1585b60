"""What the actions on employers share: the row to change, and the step that is told."""

from datetime import datetime
from uuid import UUID

from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.errors import ChangedError
from dichterbij.domains.network.models import Approach, Employer, Step
from dichterbij.shared.errors import NotFoundError

ALL_OF_IT = Actor(UUID(int=0), Role.NATIONAL_TEAM, None, "")  # whoever sees all of the network


def locked(employer: UUID, version: int | None = None) -> Employer:
    """The row, held until the transaction ends. ChangedError when it is not the one that was looked at."""
    row = Employer.objects.select_for_update(of=("self",)).filter(pk=employer, gone_at=None).first()
    if row is None:
        raise NotFoundError("There is no such employer.")
    if version is not None and row.version != version:
        raise ChangedError("Somebody changed this a moment ago.")
    return row


def tell(
    row: Employer,
    actor: Actor | str,
    kind: str,
    now: datetime,
    *,
    was: str = "",
    became: str = "",
    words: str = "",
    region: str = "",
    internal: bool = False,
    approach: Approach | None = None,
    effect: str = "",
) -> None:
    """Add a step to the history, and an event to the journal without any words that were typed."""
    Step.objects.create(
        employer=row, at=now, kind=kind, was=was, became=became, words=words, region=region, internal=internal,
        approach=approach, effect=effect, by=str(actor),
    )  # fmt: skip
    data = {"employer": str(row.pk), "what": kind, "was": was, "became": became, "region": region}
    told = ("status", "undone", "party", "claimed", "site_state", "site_added", "site_ended")
    record(
        actor=str(actor), action="network.employer_" + ("changed" if kind != "added" else "added"), now=now,
        data=data if kind in told else {"employer": str(row.pk), "what": kind},
    )  # fmt: skip


def kept(row: Employer, **changes: object) -> None:
    """Write these columns, and count that something changed."""
    for name, value in changes.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=[*changes, "version"])
