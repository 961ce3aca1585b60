"""Which part of the network a role works with; row-level security says which rows."""

from datetime import datetime

from django.utils import timezone

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.rules import Actor, Reach, read_permissions

EMPLOYERS = ("serve_employer", "national_employer")  # see them, and follow a site of one's own region
LEADS = ("serve_employer", "national_lead")  # add and approach them
CONTACTS = ("keep_contacts", "region_contact")
OWN_CONTACTS = ("keep_contacts", "own_contact")  # who is called at one's own organisation
MAILINGS = ("keep_contacts", "mailing")
LESSONS = ("keep_contacts", "lesson")
TABLES = ("keep_contacts", "region_table")
TALKS = ("keep_contacts", "region_talk")


def check_may(actor: Actor, what: tuple[str, str], now: datetime) -> Reach:
    """How far this role goes; NotAllowedError for a role that does not do this at all."""
    reach = read_permissions(timezone.localdate(now)).reach(actor.role, *what)
    if reach is None or (reach is not Reach.COUNTRY and not actor.region):
        raise NotAllowedError("Your role does not do this.")
    return reach


def check_region(actor: Actor, what: tuple[str, str], region: str, now: datetime) -> None:
    """As `check_may`, for a region: one's own, or any for whoever works for the whole country."""
    if check_may(actor, what, now) is not Reach.COUNTRY and actor.region != region:
        raise NotAllowedError("That is another region.")
