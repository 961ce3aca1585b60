from dichterbij.domains.network.models.employers import Approach, Employer, EmployerContact, Lead, Site, Step
from dichterbij.domains.network.models.lessons import LessonRow
from dichterbij.domains.network.models.regions import (
    AccountManager,
    Answer,
    Mailing,
    MailingAddress,
    OrganisationContact,
    RegionContact,
    Talk,
)
from dichterbij.domains.network.models.tables import RegionalTable

__all__ = [
    "AccountManager",
    "Answer",
    "Approach",
    "Employer",
    "EmployerContact",
    "Lead",
    "LessonRow",
    "Mailing",
    "MailingAddress",
    "OrganisationContact",
    "RegionContact",
    "RegionalTable",
    "Site",
    "Step",
    "Talk",
]
