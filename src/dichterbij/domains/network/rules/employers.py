"""What can be said of a national employer. Pure: no tables, no clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import Any

from dichterbij.data import RULES, reference_table
from dichterbij.domains.network.rules.names import checked_kvk, name_key, tidy, unique
from dichterbij.domains.support.rules.kinds import Route
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError
from dichterbij.shared.words import Words

LONGEST_NAME, LONGEST_LINE, LONGEST_TEXT = 100, 200, 1000
EXPERT = "jobs_agreement"  # the kind of contact person of whom a region has exactly one, whom everybody may call
ROUTES = (Route.OPEN_HIRING, Route.LEARN_WORK, Route.CARVING, Route.MEETING)  # the four of the action plan


class Status(StrEnum):
    """How far it is with an employer."""

    PROSPECT = "prospect"
    APPROACHED = "approached"
    FRONT_RUNNER = "front_runner"
    PAUSED = "paused"
    NO = "no"

    @property
    def ends_approach(self) -> bool:
        """Whether nobody approaches an employer in this state any more."""
        return self in (Status.PAUSED, Status.NO)


class SiteState(StrEnum):
    """What a region does with a site of its own."""

    OPEN = "open"
    KNOWN = "known"  # "wij hebben al contact"
    PICKED_UP = "picked_up"
    TALKING = "talking"
    RUNNING = "running"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class NewSite:
    """A site: the region's code and the town."""

    region: str
    place: str


@dataclass(frozen=True, slots=True)
class NewEmployer:
    """An employer to keep. `kvk` may be empty; `sector` is a section of the SBI, empty for unknown."""

    name: str
    sites: tuple[NewSite, ...]
    sector: str = ""
    kvk: str = ""
    routes: tuple[str, ...] = ()
    invented: bool = False


@dataclass(frozen=True, slots=True)
class NetworkTerms:
    """The dated data of the network. `speak_is_assumption`: no document names the number of days.

    `lead_...`: from how many regions on an employer that reports itself is a lead, and who calls it.
    `keep_...`: after how long it is forgotten who spoke for somebody, where a mailing went, and what was said.
    """

    parties: dict[str, Words]
    contact_kinds: dict[str, Words]
    speak_days: int
    speak_is_assumption: bool
    near_from: int
    most_addresses: int
    keep_ended: timedelta
    keep_addresses: timedelta
    keep_words: timedelta
    lead_regions: int
    lead_party: str
    source: str


def checked_employer(new: NewEmployer) -> NewEmployer:
    """The employer with its texts tidied; InputError that says which field to mend."""
    name = tidy(new.name, LONGEST_NAME, "name", least=1)
    if not name_key(name):
        raise InputError("A name has letters or numbers.", field="name")
    if new.sector and new.sector not in sectors():
        raise InputError("There is no such sector.", field="sector")
    sites = tuple(dict.fromkeys(NewSite(one.region, tidy(one.place, LONGEST_LINE, "place")) for one in new.sites))
    return NewEmployer(name, sites, new.sector, checked_kvk(new.kvk), checked_routes(new.routes), new.invented)


def checked_routes(routes: tuple[str, ...]) -> tuple[str, ...]:
    """These routes, each once. InputError for one that there is not."""
    if not set(routes) <= {route.value for route in ROUTES}:
        raise InputError("There is no such route.", field="routes")
    return unique(routes)


@cache
def sectors() -> dict[str, str]:
    """The sections of the SBI, in Dutch as Statistics Netherlands names them."""
    rows = reference_table("sbi", "sbi.csv").select(["code", "level", "label_nl"]).to_pylist()
    return {str(row["code"]): str(row["label_nl"]) for row in rows if int(row["level"]) == 0}


@cache
def network_terms(on: date) -> NetworkTerms:
    """The data of this day. InputError for a file that cannot be used."""
    file = read_rule_folder(newest_folder(RULES / "network", on=on), names=["network"], own=None)["network"]
    values = file.values
    try:
        return NetworkTerms(
            parties=_words(values["parties"]),
            contact_kinds=_words(values["contact_kinds"]),
            speak_days=int(values["speak"]["days"]),
            speak_is_assumption=values["speak"]["source"] == "assumption",
            near_from=int(values["near_names"]["from"]),
            most_addresses=int(values["mailing"]["most_addresses"]),
            keep_ended=timedelta(days=int(values["keep"]["ended_days"])),
            keep_addresses=timedelta(days=int(values["keep"]["addresses_days"])),
            keep_words=timedelta(days=int(values["keep"]["words_days"])),
            lead_regions=int(values["lead"]["least_regions"]),
            lead_party=_party(values),
            source=str(values["source"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error


def _party(values: Mapping[str, Any]) -> str:
    party = str(values["lead"]["party"])
    if party not in values["parties"]:
        raise ValueError(f"no such party: {party}")
    return party


def _words(rows: dict[str, Any]) -> dict[str, Words]:
    return {code: Words(row["nl"], row["en"]) for code, row in rows.items()}
