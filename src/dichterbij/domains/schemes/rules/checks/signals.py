"""What a flag is, what it looks at, and the numbers it uses: dated data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from dichterbij.domains.schemes.rules.procedure.clock import FILES, period_of
from dichterbij.rules.dated import read_rule_folder
from dichterbij.rules.outcome import Reason
from dichterbij.shared.errors import InputError


class SignalCode(StrEnum):
    """Why somebody looks."""

    SAME_PERSON = "same_person"
    SAME_ACCOUNT = "same_account"
    SAME_ADDRESS = "same_address"
    NEAR_NAME = "near_name"
    GROUP_CAP = "group_cap"
    QUICK_DISMISSAL = "quick_dismissal"
    OWN_EMPLOYER = "own_employer"
    RISK_SAMPLE = "risk_sample"
    RANDOM_SAMPLE = "random_sample"
    DE_MINIMIS = "de_minimis"


class Found(StrEnum):
    """What somebody found who looked."""

    IN_ORDER = "in_order"
    NOT_IN_ORDER = "not_in_order"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Signal:
    """A flag on applications. It refuses nothing: `is_automatic` is never true."""

    code: SignalCode
    applications: tuple[str, ...]
    reason: Reason
    is_automatic: bool = False


@dataclass(frozen=True, slots=True)
class Employer:
    """Who applies, as far as a check looks at it. `owners`: opaque, of natural persons who own or lead it."""

    key: str
    name: str
    account: str = ""
    address: str = ""
    postcode: str = ""
    owners: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Placement:
    """Somebody who started: application, employer, opaque person, first day, last day (None: still there)."""

    application: str
    employer: str
    person: str
    started_on: date
    ended_on: date | None = None


@dataclass(frozen=True, slots=True)
class Checks:
    """The numbers of one period; rates are of ten thousand. `documents_weeks`: kept so long after a case ended."""

    least_likeness: int
    quick_weeks: int
    de_minimis_cents: int
    de_minimis_years: int
    de_minimis_source: str
    de_minimis_schemes: frozenset[str]
    documents_weeks: int
    risk_rates: Mapping[str, int]
    random_rate: int
    source: str


def read_checks(*, on: date) -> Checks:
    """The numbers of this day. InputError for a file that cannot be used."""
    file = read_rule_folder(period_of(on), names=FILES, own=None)["checks"]
    values = file.values
    try:
        return Checks(
            least_likeness=_whole(values["near_name"]["least_likeness"], 100),
            quick_weeks=_whole(values["quick_dismissal"]["weeks"], 520),
            de_minimis_cents=_whole(values["de_minimis"]["ceiling_cents"], 10**12),
            de_minimis_years=_whole(values["de_minimis"]["years"], 10),
            de_minimis_source=str(values["de_minimis"]["source"]),
            de_minimis_schemes=frozenset(str(slug) for slug in values["de_minimis"]["schemes"]),
            documents_weeks=_whole(values["documents"]["keep_weeks"], 520),
            risk_rates={str(key): _whole(rate, 10_000) for key, rate in values["sample"]["rates"].items()},
            random_rate=_whole(values["sample"]["random"], 10_000),
            source=f"{values['source']} (data/rules/procedure/{values['valid_from']}/checks.yaml)",
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error


def _whole(value: object, most: int) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most:
        raise ValueError(f"{value!r} is no whole number from 0 to {most}")
    return value
