"""An employer's message for the desk that has it: who sent it, and everything that was asked, once."""

from dataclasses import dataclass, replace
from datetime import datetime

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.openings.queries import SenderRow, senders
from dichterbij.domains.regions import queries as regions
from dichterbij.web.placing import sending, summary
from dichterbij.web.placing.summary import Chapter


@dataclass(frozen=True)
class Asked:
    """What an employer sent. `sender` None: not for this organisation to see, or forgotten."""

    sender: SenderRow | None
    chapters: tuple[Chapter, ...]


def asked(actor: Actor, reference: str, now: datetime) -> Asked | None:
    """The message of this reference for this actor; None where it is not theirs."""
    found = senders.employer(actor=actor, reference=reference, now=now) if reference else None
    if found is None:
        return None
    message, sender = found
    draft = replace(sending.draft_of(message), place=regions.postcode(message.pc4).place)
    if sender:
        draft = replace(draft, own_tasks=sender.own_tasks, own_demands=sender.own_demands)
    return Asked(sender, summary.chapters(draft))
