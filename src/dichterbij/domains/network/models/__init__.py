from dichterbij.domains.network.models.employers import Approach, Employer, EmployerContact, Site, Step
from dichterbij.domains.network.models.regions import AccountManager, Mailing, MailingAddress, RegionContact, Talk

__all__ = [
    "AccountManager",
    "Approach",
    "Employer",
    "EmployerContact",
    "Mailing",
    "MailingAddress",
    "RegionContact",
    "Site",
    "Step",
    "Talk",
]
