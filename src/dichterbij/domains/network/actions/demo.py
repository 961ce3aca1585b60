"""The demonstration's national employers, contact persons and talks, made by the actions that people use."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from dichterbij.data import ROOT, read_yaml
from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.accounts.rules.demo import demo_id, demo_list, demo_organisations
from dichterbij.domains.journal.actions import record
from dichterbij.domains.network.actions import approaching, contacts, employers, own_contacts, tables
from dichterbij.domains.network.models import (
    AccountManager,
    Answer,
    Approach,
    Employer,
    EmployerContact,
    Lead,
    Mailing,
    MailingAddress,
    OrganisationContact,
    RegionalTable,
    RegionContact,
    Site,
    Step,
    Talk,
)
from dichterbij.domains.network.rules import EXPERT, name_key
from dichterbij.domains.network.rules.employers import NewEmployer, NewSite, SiteState, Status

FILE = ROOT / "demo" / "network.yaml"
NADIA = Actor(demo_id("nadia"), Role.NATIONAL_TEAM, demo_id("landelijk"), "")


def load_demo_network(*, now: datetime) -> int:
    """Make what is not there; returns how many employers and contact persons were made."""
    data = read_yaml(FILE)
    return sum(1 for _made in _load(data, now))


def reset_demo_network(*, now: datetime) -> int:
    """Take every invented employer and contact person away and make those of the story again. As the tables' owner."""
    with transaction.atomic(), acting(NADIA):
        invented = Employer.objects.filter(invented=True)
        for model in (Lead, Step, Approach, EmployerContact, Site):
            model.objects.filter(employer__in=invented).delete()
        invented.delete()
        RegionContact.objects.filter(invented=True).delete()
        AccountManager.objects.filter(manager__in=[demo_id(one.key) for one in demo_list()]).delete()
        Talk.objects.filter(by=str(NADIA)).delete()
        RegionalTable.objects.filter(invented=True).delete()
        OrganisationContact.objects.filter(organisation__in=[demo_id(one.key) for one in demo_organisations()]).delete()
        Answer.objects.filter(mailing__made_by=str(NADIA)).delete()
        MailingAddress.objects.filter(mailing__made_by=str(NADIA)).delete()
        Mailing.objects.filter(made_by=str(NADIA)).delete()
        record(actor="demo", action="network.demo_reset", data={}, now=now)
    return load_demo_network(now=now)


def _load(data: dict[str, Any], now: datetime) -> Iterator[str]:
    with acting(NADIA):
        there = set(Employer.objects.values_list("key", flat=True))
        listed = set(RegionContact.objects.values_list("region", "kind", "email"))
        managed = set(AccountManager.objects.filter(until=None).values_list("region", flat=True))
        called = set(OrganisationContact.objects.values_list("organisation", "email"))
        planned = set(RegionalTable.objects.values_list("region", "subject"))
        spoken = set(Talk.objects.values_list("region", flat=True))
    for row in data["employers"]:
        if name_key(row["name"]) not in there:
            _employer(row, now)
            yield row["name"]
    for row in (*data["contacts"], *_experts(data["experts"])):
        if (row["region"], row["kind"], row["email"]) not in listed:
            routes = tuple(row.pop("routes", ()))
            new = contacts.NewContact(**row, routes=routes, named_on=timezone.localdate(now), invented=True)
            contacts.add_contact(actor=NADIA, new=new, now=now)
            yield row["email"]
    for row in data["own_contacts"]:
        if (demo_id(row["organisation"]), row["email"]) not in called:
            _own_contact(row, now)
            yield row["email"]
    for row in data["tables"]:
        if (row["region"], row["subject"]) not in planned:
            on = timezone.localdate(now) - timedelta(days=row["days_ago"])
            words = {name: row[name] for name in ("region", "subject", "parties", "agenda", "outcomes")}
            tables.plan_table(actor=NADIA, table=tables.Table(**words, on=on, invented=True), now=now)
    for region in (region for region in data["managers"]["nadia"] if region not in managed):
        contacts.name_manager(actor=NADIA, region=region, manager=NADIA.user, name="Nadia Verzonnen", now=now)
    for row in (row for row in data["talks"] if row["region"] not in spoken):
        on = timezone.localdate(now) - timedelta(days=row["days_ago"])
        contacts.talked(actor=NADIA, region=row["region"], on=on, words=row["words"], now=now)


def _experts(names: dict[str, str]) -> Iterator[dict[str, Any]]:
    """The expert for the jobs agreement of each region; everything about them is invented and says so."""
    for region, name in names.items():
        yield {
            "region": region, "kind": EXPERT, "name": f"{name} Verzonnen", "role": "Adviseur banenafspraak",
            "email": f"{name.casefold()}@banenafspraak.example", "phone": f"(0XX) 000 {region[2:]} 35",
            "named_by": "coördinator van de regio",
        }  # fmt: skip


def _employer(row: dict[str, Any], now: datetime) -> None:
    sites = tuple(NewSite(region, place) for region, place in row["sites"])
    began = now - timedelta(days=row.get("days_ago", 3))
    new = NewEmployer(row["name"], sites, row["sector"], row.get("kvk", ""), tuple(row["routes"]), invented=True)
    employer = employers.add_employer(actor=NADIA, new=new, now=began, is_another=True)
    if contact := row.get("contact"):
        employers.add_employer_contact(actor=NADIA, employer=employer, **contact, now=began)
    if party := row.get("party"):
        approaching.approach(actor=NADIA, employer=employer, party=party, words="", version=1, now=began)
        _go_on(row, employer, began + timedelta(days=2))
    if follow := row.get("follow"):
        _follow(follow, employer, now - timedelta(days=1))


def _own_contact(row: dict[str, str], now: datetime) -> None:
    keeper = Actor(demo_id(row["by"]), Role.ADVISER, demo_id(row["organisation"]), row["region"])
    new = own_contacts.NewOwnContact(row["name"], row["email"], row["role"], row["phone"], routes=(row["route"],))
    own_contacts.add_own_contact(actor=keeper, new=new, now=now)


def _go_on(row: dict[str, Any], employer: Any, at: datetime) -> None:
    version = 2
    if agreed := row.get("agreed"):
        approaching.say_agreed(actor=NADIA, employer=employer, words=agreed, version=version, now=at)
        version += 1
    status = Status(row["status"])
    if status is not Status.APPROACHED:
        approaching.set_status(actor=NADIA, employer=employer, status=status, words="", version=version, now=at)


def _follow(follow: dict[str, str], employer: Any, at: datetime) -> None:
    adviser = Actor(demo_id("bram"), Role.ADVISER, demo_id("wsp-nhn"), follow["region"])
    with acting(adviser):
        site = Site.objects.get(employer=employer, region=follow["region"], place=follow["place"])
    employers.follow_site(actor=adviser, site=site.pk, state=SiteState(follow["state"]), words=follow["words"], now=at)
