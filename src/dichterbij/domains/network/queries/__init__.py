"""Reading the network."""

from dichterbij.domains.network.queries.answers import AnswerRow, RegionAnswer, region_answers
from dichterbij.domains.network.queries.contacts import (
    ContactRow,
    Expert,
    RegionContacts,
    RegionTalks,
    TalkRow,
    region_contacts,
    region_expert,
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
    waiting_employers,
)
from dichterbij.domains.network.queries.leads import LeadRow, OwnLead, own_lead, own_leads
from dichterbij.domains.network.queries.lessons import KeptLesson, Version, lessons
from dichterbij.domains.network.queries.mailings import Delivered, MailingRow, mailing, mailings
from dichterbij.domains.network.queries.own_contacts import OwnContactRow, own_contacts, region_callers
from dichterbij.domains.network.queries.tables import TableRow, table, tables

__all__ = [
    "ORDERS",
    "AnswerRow",
    "ContactRow",
    "Delivered",
    "EmployerPage",
    "EmployerRow",
    "Expert",
    "KeptLesson",
    "LeadRow",
    "MailingRow",
    "OwnContactRow",
    "OwnLead",
    "PersonRow",
    "RegionAnswer",
    "RegionContacts",
    "RegionTalks",
    "SiteRow",
    "StepRow",
    "TableRow",
    "TalkRow",
    "Version",
    "Wanted",
    "employer",
    "employers",
    "lessons",
    "mailing",
    "mailings",
    "own_contacts",
    "own_lead",
    "own_leads",
    "region_answers",
    "region_callers",
    "region_contacts",
    "region_expert",
    "region_talks",
    "table",
    "tables",
    "waiting_employers",
]
