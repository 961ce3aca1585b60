"""Reading who reported an employer, for the national team; and who calls, for the employer that reported itself."""

from dataclasses import dataclass
from datetime import datetime

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.network.actions.writing import ALL_OF_IT
from dichterbij.domains.network.models import Approach, Lead
from dichterbij.domains.network.rules.employers import Status


@dataclass(frozen=True, slots=True)
class LeadRow:
    """An employer reported itself. `gone_at`: with the message who sent it went, and every word of it."""

    reference: str
    regions: tuple[str, ...]
    was_known: bool
    firm: str
    kvk: str
    person: str
    email: str
    phone: str
    question: str
    at: datetime
    gone_at: datetime | None


@dataclass(frozen=True, slots=True)
class OwnLead:
    """What the employer itself reads. `party` calls, empty when nobody does; `waits`: nobody got in touch yet."""

    regions: tuple[str, ...]
    was_known: bool
    party: str
    waits: bool


def own_leads(references: list[str]) -> dict[str, OwnLead]:
    """Of each of these messages that is a lead; for whoever was made sure to be their employer. Two queries."""
    with acting(ALL_OF_IT):
        rows = list(Lead.objects.select_related("employer").filter(reference__in=references, gone_at=None))
        by = dict(
            Approach.objects.filter(employer__in=[row.employer_id for row in rows], until=None).values_list(
                "employer", "party"
            )
        )
    return {
        row.reference: OwnLead(
            tuple(row.regions),
            row.was_known,
            by.get(row.employer_id, ""),
            row.employer.status == Status.PROSPECT.value,
        )
        for row in rows
    }


def own_lead(reference: str) -> OwnLead | None:
    """As `own_leads`, of one; None for a message that is no lead, or was taken back."""
    return own_leads([reference]).get(reference)


def lead_row(row: Lead) -> LeadRow:
    """As the pages read it."""
    return LeadRow(
        row.reference, tuple(row.regions), row.was_known, row.firm, row.kvk, row.person, row.email, row.phone,
        row.question, row.at, row.gone_at,
    )  # fmt: skip
