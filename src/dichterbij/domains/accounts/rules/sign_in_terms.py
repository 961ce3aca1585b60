"""How long links, sessions, invitations and keys last, and how many tries there are: data in `data/rules/sign_in/`."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from dichterbij.data import RULES
from dichterbij.rules.dated import newest_folder, read_rule_folder
from dichterbij.shared.errors import InputError


@dataclass(frozen=True, slots=True)
class SignInTerms:
    """The terms of one period. `idle`: without a page asked; `most`: whatever happens."""

    link: timedelta
    links_per_address: int
    links_in_all: int
    keep_links: timedelta
    links_per_place: int
    tries: int
    wait: timedelta
    set_up: timedelta
    recovery_codes: int
    idle: timedelta
    most: timedelta
    invitation: timedelta
    keep_invitations: timedelta
    key: timedelta
    wrong_keys: int


@cache
def sign_in_terms(on: date) -> SignInTerms:
    """The terms of this day. InputError for a file that cannot be used."""
    file = read_rule_folder(newest_folder(RULES / "sign_in", on=on), names=["sign_in"], own=None)["sign_in"]
    try:
        link, factor, session = (file.values[name] for name in ("link", "second_factor", "session"))
        return SignInTerms(
            link=timedelta(minutes=link["minutes"]),
            links_per_address=int(link["an_hour_per_address"]),
            links_in_all=int(link["an_hour_in_all"]),
            keep_links=timedelta(days=link["keep_days"]),
            links_per_place=int(link["an_hour_per_place"]),
            tries=int(factor["tries"]),
            wait=timedelta(minutes=factor["wait_minutes"]),
            set_up=timedelta(minutes=factor["set_up_minutes"]),
            recovery_codes=int(factor["recovery_codes"]),
            idle=timedelta(minutes=session["idle_minutes"]),
            most=timedelta(hours=session["most_hours"]),
            invitation=timedelta(days=file.values["invitation"]["days"]),
            keep_invitations=timedelta(days=file.values["invitation"]["keep_days"]),
            key=timedelta(days=file.values["key"]["most_days"]),
            wrong_keys=int(file.values["key"]["wrong_an_hour_per_place"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{file.path}: a value is missing or wrong: {error}.") from error
