"""Which providers there are: a YAML file of the operator, named by DICHTERBIJ_IDENTITY. Without it there are none."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dichterbij.data import read_yaml
from dichterbij.domains.accounts.rules import Door
from dichterbij.shared.errors import InputError

SETTING = "DICHTERBIJ_IDENTITY"
CLAIMS = {
    "subject": "sub",
    "email": "email",
    "email_verified": "email_verified",
    "name": "name",
    "level": "acr",
    "kvk": "",  # only where the operator says in which claim a broker of eHerkenning puts it
}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
ClaimPath = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    """One provider. `levels`: its assurance levels from low to high, of which `minimum` is the lowest accepted.

    Without levels it does not say how sure it is: staff then get our own second factor. `links_by_email`: an address
    that it vouches for may be that of an account which is there already, when it is of its own `mail_domains`: a
    provider of one organisation never speaks for the colleagues of another. `asks_userinfo`: claims are asked there
    too.
    """

    key: str
    door: Door
    label: Mapping[str, str]
    issuer: str
    client_id: str
    client_secret: str
    private_key: str
    key_id: str
    scope: str
    claims: Mapping[str, ClaimPath]
    levels: tuple[str, ...]
    minimum: str
    links_by_email: bool
    mail_domains: tuple[str, ...]
    asks_userinfo: bool


def read_providers(environment: Mapping[str, str] | None = None) -> dict[str, Provider]:
    """Every provider by its key. InputError, with the place, for a file that cannot be used."""
    values = os.environ if environment is None else environment
    named = values.get(SETTING)
    if not named:
        return {}
    path = Path(named)
    try:
        rows = read_yaml(path)["providers"]
        found = [_provider(row, values, path.parent) for row in rows]
    except OSError as error:
        raise InputError(f"{SETTING}: {path} cannot be read ({error.strerror}).") from error
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(f"{path}: a value is missing or wrong: {error}.") from error
    return {provider.key: provider for provider in found}


def safe_address(address: str) -> str:
    """An address that may be asked for who somebody is: https, or this machine. InputError for another."""
    parts = urlsplit(address)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return address
    raise InputError(f"A provider must be asked over https; {parts.scheme}://{parts.hostname} is not.")


def _provider(row: Mapping[str, Any], environment: Mapping[str, str], folder: Path) -> Provider:
    levels = tuple(row.get("levels", ()))
    minimum = row.get("minimum", "")
    if levels and minimum not in levels:
        raise ValueError(f"{row['key']}: minimum must be one of levels")
    secret = environment[row["client_secret_env"]] if "client_secret_env" in row else ""
    private_key = (folder / row["private_key"]).read_text(encoding="ascii") if "private_key" in row else ""
    if bool(secret) == bool(private_key):
        raise ValueError(f"{row['key']}: give private_key (a file) or client_secret_env (the name of a variable)")
    links_by_email, mail_domains = bool(row.get("links_by_email", False)), _domains(row)
    if links_by_email and not mail_domains:
        raise ValueError(f"{row['key']}: links_by_email needs mail_domains, the domains whose addresses it gives out")
    return Provider(
        key=row["key"],
        door=Door(row["door"]),
        label=row["label"],
        issuer=safe_address(row["issuer"]),
        client_id=row["client_id"],
        client_secret=secret,
        private_key=private_key,
        key_id=row.get("key_id", ""),
        scope=row.get("scope", "openid email profile"),
        claims={name: _path(row.get("claims", {}).get(name, usual)) for name, usual in CLAIMS.items()},
        levels=levels,
        minimum=minimum,
        links_by_email=links_by_email,
        mail_domains=mail_domains,
        asks_userinfo=bool(row.get("asks_userinfo", False)),
    )


def _path(given: str | list[str]) -> ClaimPath:
    """One name, or the names from the outside inwards."""
    return (given,) if isinstance(given, str) else tuple(given)


def _domains(row: Mapping[str, Any]) -> tuple[str, ...]:
    """In small letters, without the @. A lone text would be read letter by letter."""
    given = row.get("mail_domains", [])
    if not isinstance(given, list) or not all(isinstance(one, str) and one.strip("@ ") for one in given):
        raise ValueError(f"{row['key']}: mail_domains must be a list, such as [gemeente.example]")
    return tuple(one.strip("@ ").lower() for one in given)
