"""The operator's provider of text messages: a YAML file, named by DICHTERBIJ_SMS. Without it no text is sent."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from yaml import YAMLError

from dichterbij.data import read_yaml
from dichterbij.shared.errors import InputError

SETTING = "DICHTERBIJ_SMS"
LONGEST_WAIT = 60
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True, slots=True)
class SmsSettings:
    """Where a message goes, and how this provider calls its parts.

    The body is JSON: `extra` as it is, with the number under `to` (in a list when `to_is_list`), the words under `text`
    and, where the provider wants one, `sender` under `sender_field`. `headers` hold the provider's key.
    """

    url: str
    headers: Mapping[str, str]
    to: str
    text: str
    sender_field: str
    sender: str
    extra: Mapping[str, Any]
    to_is_list: bool
    timeout_seconds: float


def read_sms(environment: Mapping[str, str] | None = None) -> SmsSettings | None:
    """The provider; None when none is named. InputError, with the place, for a file that cannot be used."""
    values = os.environ if environment is None else environment
    named = values.get(SETTING)
    if not named:
        return None
    try:
        return _settings(read_yaml(Path(named)), values)
    except OSError as error:
        raise InputError(f"{SETTING}: {named} cannot be read ({error.strerror}).") from error
    except (KeyError, TypeError, ValueError, AttributeError, YAMLError) as error:
        raise InputError(f"{named}: a value is missing or wrong: {error}.") from error


def _settings(row: Mapping[str, Any], environment: Mapping[str, str]) -> SmsSettings:
    fields, wait = row["fields"], float(row.get("timeout_seconds", 10))
    if not 0 < wait <= LONGEST_WAIT:
        raise ValueError(f"timeout_seconds is more than 0 and at most {LONGEST_WAIT}")
    secret = {name: environment[variable] for name, variable in row.get("headers_env", {}).items()}
    return SmsSettings(
        url=_safe(str(row["url"])),
        headers={**{name: str(text) for name, text in row.get("headers", {}).items()}, **secret},
        to=str(fields["to"]),
        text=str(fields["text"]),
        sender_field=str(fields.get("sender", "")),
        sender=str(row.get("sender", "")),
        extra=dict(row.get("extra", {})),
        to_is_list=bool(row.get("to_is_list", False)),
        timeout_seconds=wait,
    )


def _safe(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK):
        return url
    raise ValueError("url must be https: a message holds a secret link")
