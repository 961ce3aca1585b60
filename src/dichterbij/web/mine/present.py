"""What the page shows, worked out: per thing what, why, on which ground, until when; who may see it; who looked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext

from dichterbij.domains.people.queries import AccessRow, Look, OwnPage
from dichterbij.domains.people.rules import Ground, read_grounds, read_retention
from dichterbij.domains.regions import queries as regions
from dichterbij.shared.errors import DichterbijError
from dichterbij.shared.words import Words
from dichterbij.web.mine import words
from dichterbij.web.near import readout
from dichterbij.web.near import words as near_words
from dichterbij.web.near.answers import Answers

MOST_LOOKS = 50
# Lists of codes with the words for them; a code of another day or another system is shown as it is.
CODES = {
    "modes": near_words.MODES_SHORT,
    "dayparts": near_words.DAYPARTS,
    "childcare_dayparts": near_words.DAYPARTS,
    "avoid": near_words.DEMANDS,
    "licences": near_words.LICENCES,
    "agreements": near_words.AGREEMENTS,
}
PLAIN = ("pc4", "ebike_possible", "max_travel_minutes", "hours_min", "hours_max", "dutch", "level", "learn_weeks_max")


@dataclass(frozen=True)
class Thing:
    """Something that is kept: its values with their names, and why it is kept."""

    code: str
    title: str
    values: tuple[tuple[str, str], ...]
    why: str


@dataclass(frozen=True)
class Use:
    """One thing that an organisation may use it for."""

    purpose: str
    ground: str
    is_consent: bool
    law: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Holder:
    """An organisation that may see it now, with everything it may use it for."""

    id: UUID
    name: str
    phone: str
    uses: tuple[Use, ...]

    @property
    def can_withdraw(self) -> bool:
        """Whether anything of it is by consent."""
        return any(use.is_consent for use in self.uses)

    @property
    def keeps(self) -> bool:
        """Whether it goes on seeing somebody who takes the consent back."""
        return not all(use.is_consent for use in self.uses)


@dataclass(frozen=True)
class Past:
    """Who could see it before, for what, from when to when."""

    name: str
    purpose: str
    since: datetime
    until: datetime


@dataclass(frozen=True)
class Looked:
    """What an organisation did on one day for one purpose."""

    day: date
    name: str
    did: str
    purpose: str
    times: int


def things(page: OwnPage) -> list[Thing]:
    """What is known, thing by thing."""
    who = page.person
    reach = tuple((str(words.CONTACTS[contact.kind]), contact.value) for contact in who.contacts)
    about = (
        (gettext("Region"), region_name(who.region)),
        (gettext("Language"), words.LANGUAGES.get(who.language, who.language)),
    )
    made = _day(who.made_at)
    by = str(words.THROUGH.get(page.through, words.THROUGH["self"]))
    start = ((gettext("Registered on"), made), (gettext("Registered by"), by))
    found = [
        Thing("name", gettext("Your name"), ((gettext("Name"), who.name),), gettext("So that we know who you are.")),
        Thing("contact", gettext("How we reach you"), reach, gettext("To call or write you about your question.")),
        Thing("about", gettext("Region and language"), about, gettext("To find the right desk, in your language.")),
        Thing("start", gettext("How you came here"), start, gettext("So that you can see where it comes from.")),
    ]
    if who.profile:
        why = gettext("To find work that fits you. What you did not tell is not here, and never counts against you.")
        found.insert(2, Thing("work", gettext("What you told about work"), work_rows(who.profile), why))
    return found


def work_rows(profile: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What somebody told about work, in the words of "What is near?"."""
    told: dict[str, Any] = {
        name: tuple(code for code in profile[name] if code in known) for name, known in CODES.items() if name in profile
    }
    told |= {name: profile[name] for name in PLAIN if name in profile}
    if "available_from" in profile:
        told["available_from"] = date.fromisoformat(profile["available_from"])
    told["own_skills"] = tuple(profile.get("skills", ()))
    rows = _rows(told)
    strange = [code for name, known in CODES.items() for code in profile.get(name, ()) if code not in known]
    more = ((gettext("Wishes"), profile.get("wishes", "")), (gettext("Also told"), "; ".join(strange)),
            (gettext("Protected professions"), "; ".join(profile.get("legal", ()))))  # fmt: skip
    return (*rows, *((name, said) for name, said in more if said))


def _rows(told: dict[str, Any]) -> list[tuple[str, str]]:
    """The rows; with the bare postcode where it is none any more, or no reference data are loaded."""
    try:
        return readout.rows(Answers(**told))
    except DichterbijError:
        bare = [(gettext("Postcode"), str(told["pc4"]))] if "pc4" in told else []
        return [*bare, *readout.rows(Answers(**told | {"pc4": None, "own_skills": ()}))]


def holders(page: OwnPage, now: datetime) -> tuple[list[Holder], list[Past]]:
    """Who may see it now, each organisation once; and who could before."""
    opened = [row for row in page.accesses if row.is_open(now)]
    partners = {row.partner.id: row.partner for row in opened}
    current = [
        Holder(one.id, one.name, one.phone, tuple(_use(row) for row in opened if row.partner.id == one.id))
        for one in partners.values()
    ]
    over = [row for row in page.accesses if not row.is_open(now)]
    return current, [
        Past(row.partner.name, _purpose(row.purpose), row.since, row.ended_at or row.until) for row in over
    ]


def laws(current: Iterable[Holder]) -> list[tuple[str, str]]:
    """Each use once, with the law that allows it."""
    return list(dict.fromkeys((f"{use.purpose}: {use.ground}", use.law) for row in current for use in row.uses))


def kept_until(page: OwnPage, now: datetime) -> datetime:
    """When everything is deleted by itself, if nothing changes."""
    term = read_retention(timezone.localdate(now)).without_access
    ends = [min(row.ended_at or row.until, row.until) for row in page.accesses]
    return max([page.person.made_at, *ends]) + term


def looks(page: OwnPage) -> list[Looked]:
    """Who looked, newest first; what one organisation did on one day for one purpose is one row."""

    def one(look: Look) -> tuple[date, str, str, str]:
        partner = look.partner.name if look.partner else ""
        purpose = _said(look.purpose.words) if look.purpose else ""
        return (timezone.localtime(look.at).date(), partner, str(words.DID.get(look.name, words.OTHER)), purpose)

    rows = sorted((one(look) for look in page.looks), key=lambda row: (row[0], row[1:]), reverse=True)
    found = ((key, len(list(group))) for key, group in groupby(rows))
    return [Looked(day, name, did, purpose, times) for (day, name, did, purpose), times in found][:MOST_LOOKS]


def region_name(code: str) -> str:
    """The region by name; its code where no reference data are loaded."""
    try:
        return regions.region(code).name
    except DichterbijError:
        return code


def _use(row: AccessRow) -> Use:
    grounds = read_grounds(timezone.localdate())
    is_consent = row.ground is Ground.CONSENT
    law = "AVG art. 6(1)(a)" if is_consent else grounds.purpose(row.purpose).law
    return Use(
        purpose=_purpose(row.purpose),
        ground=_said(grounds.grounds[row.ground]),
        is_consent=is_consent,
        law=law if get_language() == "en" else law.replace(" and ", " en "),
        since=row.since,
        until=row.until,
    )


def _purpose(name: str) -> str:
    return _said(read_grounds(timezone.localdate()).purpose(name).words)


def _said(words_: Words) -> str:
    return words_.in_language(get_language() or "nl")


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")
