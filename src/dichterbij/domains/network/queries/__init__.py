"""Reading the network."""

from dichterbij.domains.network.queries.contacts import (
    ContactRow,
    RegionContacts,
    RegionTalks,
    TalkRow,
    region_contacts,
    region_talks,
)
from dichterbij.domains.network.queries.employers import (
    ORDERS,
    EmployerPage,
    EmployerRow,
    PersonRow,
    SiteRow,
    StepRow,
    Wanted,
    employer,
    employers,
)
from dichterbij.domains.network.queries.mailings import Delivered, MailingRow, mailing, mailings

__all__ = [
    "ORDERS",
    "ContactRow",
    "Delivered",
    "EmployerPage",
    "EmployerRow",
    "MailingRow",
    "PersonRow",
    "RegionContacts",
    "RegionTalks",
    "SiteRow",
    "StepRow",
    "TalkRow",
    "Wanted",
    "employer",
    "employers",
    "mailing",
    "mailings",
    "region_contacts",
    "region_talks",
]
