"""Three regions and the national team, asked as the running site asks."""

from dataclasses import dataclass
from datetime import date
from itertools import count
from secrets import token_urlsafe
from uuid import UUID, uuid4

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor, Role
from dichterbij.domains.network import actions, queries
from dichterbij.domains.network.models import Site
from dichterbij.domains.network.queries import EmployerPage, EmployerRow, Wanted
from dichterbij.domains.network.rules import NewEmployer, NewSite
from dichterbij.domains.openings import actions as openings
from dichterbij.domains.openings.queries import MessageRow
from dichterbij.domains.regions.models import Municipality, Postcode, Region
from support.people import as_owner, make_desk
from support.referral import MONDAY

ALKMAAR, TWENTE, UTRECHT = "AM15", "AM05", "AM13"
NUMBERS = count(1)
WORDS = ("Anemoon", "Berberis", "Clematis", "Dahlia", "Esdoorn", "Fuchsia", "Geranium", "Hortensia", "Iris", "Jasmijn",
         "Kamille", "Lavendel", "Magnolia", "Narcis", "Orchidee", "Primula", "Ranonkel", "Sleutelbloem", "Tulp",
         "Viooltje", "Waterlelie", "Zonnebloem")  # fmt: skip


@dataclass(frozen=True)
class Country:
    """The national team, an adviser and coordinator of each of three regions, and a partner."""

    national: Actor
    advisers: dict[str, Actor]
    coordinators: dict[str, Actor]
    partner: Actor

    def employer(self, *regions: str, name: str = "", kvk: str = "") -> UUID:
        """An employer with a site in each of these regions."""
        sites = tuple(NewSite(code, f"Stad {code}") for code in regions or (ALKMAAR, TWENTE, UTRECHT))
        new = NewEmployer(name or unlike_name(), sites, "G", kvk, ("open_hiring",), invented=True)
        return actions.add_employer(actor=self.national, new=new, now=MONDAY, is_another=True)

    def page(self, actor: Actor, employer: UUID) -> EmployerPage:
        """What this actor sees of it."""
        return queries.employer(actor=actor, employer=employer, now=MONDAY)

    def rows(self, actor: Actor) -> tuple[EmployerRow, ...]:
        """Every employer that this actor sees."""
        return queries.employers(actor=actor, wanted=Wanted(), now=MONDAY, limit=1000)[0]

    def approached(self, employer: UUID, party: str = "szw", version: int = 1) -> None:
        """A party takes the approach upon itself."""
        actions.approach(actor=self.national, employer=employer, party=party, words="", version=version, now=MONDAY)

    def reported(self, firm: str, *regions: str, kvk: str = "", token: str = "", region: str = ALKMAAR) -> MessageRow:
        """A message of an employer who says to have sites in these regions too."""
        message = openings.NewMessage(
            "Verkoper", None, 1811, region, f"{region}-wsp", True, "nl", {"sites": list(regions)}, date(2027, 6, 1)
        )
        sender = openings.NewSender(firm, "Ans Verzonnen", "ans@keten.example", "", "Kan het snel?", "", "", kvk)
        return openings.place_message(
            actor="tests", token=token or token_urlsafe(), message=message, sender=sender,
            compose=lambda row, handed: [], now=MONDAY,
        )  # fmt: skip

    def posted(self, mailing: UUID) -> int:
        """A mailing sent as it is now; to how many addresses."""
        seen = queries.mailing(actor=self.national, mailing=mailing, now=MONDAY)[0].digest
        return actions.send_mailing(actor=self.national, mailing=mailing, seen=seen, now=MONDAY)

    def site(self, employer: UUID, region: str) -> UUID:
        """The site in this region."""
        with acting(self.national):
            found: UUID = Site.objects.get(employer=employer, region=region, ended_on=None).pk
            return found


def unlike_name() -> str:
    """A name that is like no other one."""
    number = next(NUMBERS)
    return f"{WORDS[number % len(WORDS)]} {uuid4().hex[:12]} {number}"


def make_country(*, with_regions: bool) -> Country:
    """Its people; `with_regions`: its regions too, where no reference data are loaded."""
    if with_regions:
        with as_owner():
            Region.objects.bulk_create(
                Region(code=code, name=name, inhabitants=2, population_15_74=1)
                for code, name in ((ALKMAAR, "Noord-Holland Noord"), (TWENTE, "Twente"), (UTRECHT, "Midden-Utrecht"))
            )
            here = Municipality.objects.create(
                gm_code="GM0361", name="Alkmaar", region_id=ALKMAAR, province="Noord-Holland", lat=52.6, lon=4.7,
                inhabitants=1, population_15_74=1,
            )  # fmt: skip
            Postcode.objects.create(
                pc4=1811, place="Alkmaar", municipality=here, region_id=ALKMAAR, lat=52.6, lon=4.7, km2=1
            )
    regions = (ALKMAAR, TWENTE, UTRECHT)
    return Country(
        Actor(uuid4(), Role.NATIONAL_TEAM, uuid4(), ""),
        {code: Actor(uuid4(), Role.ADVISER, uuid4(), code) for code in regions},
        {code: Actor(uuid4(), Role.COORDINATOR, uuid4(), code) for code in regions},
        make_desk("partner", UTRECHT).adviser,
    )
