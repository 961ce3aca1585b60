"""From a record of a desks file to a Desk, with every mistake named so that a region can repair its own file."""

import re
from collections.abc import Mapping
from datetime import date, time
from typing import Any, TypeVar

from dichterbij.domains.regions.rules.desk_kinds import Day, Desk, Hours, Kind, Topic, Who, Words
from dichterbij.shared.errors import InputError

INVENTED_PHONE = re.compile(r"^\(0XX\) 000 \d{2} \d{2}$")
"""The only form of an invented number: letters in the area code, and a subscriber number that starts with 0."""

_REQUIRED: tuple[str, ...] = ("id", "kind", "name", "for", "topics", "address", "phone", "email", "website", "hours")
_REQUIRED += ("valid_from", "valid_to", "invented", "source")
_OPTIONAL = ("exception", "note")

Code = TypeVar("Code", Kind, Who, Topic, Day)


def read_desk(record: object, *, region_code: str | None, where: str) -> Desk:
    """The desk in one record of `where`. Raises InputError naming file, desk, field and what was expected."""
    if not isinstance(record, Mapping):
        raise InputError(f"{where}: a desk must be a list of fields, found {record!r}")
    at = f"{where}, desk {record.get('id', '(without id)')}"
    _check_keys(record, at)
    desk = Desk(
        desk_id=_text(record, "id", at),
        region_code=region_code,
        kind=_one(Kind, record["kind"], "kind", at),
        name=_words(record["name"], "name", at),
        serves=frozenset(_several(Who, record["for"], "for", at)),
        topics=frozenset(_several(Topic, record["topics"], "topics", at)),
        address=_text(record, "address", at),
        phone=_text(record, "phone", at),
        email=_text(record, "email", at),
        website=_text(record, "website", at),
        hours=_hours(record["hours"], at),
        valid_from=_date(record, "valid_from", at),
        valid_to=_date(record, "valid_to", at),
        invented=_flag(record["invented"], at),
        source=_text(record, "source", at),
        exception=_words(record["exception"], "exception", at) if record.get("exception") else None,
        note=_words(record["note"], "note", at) if record.get("note") else None,
    )
    _check_whole(desk, at)
    return desk


def _check_keys(record: Mapping[str, Any], at: str) -> None:
    missing = [key for key in _REQUIRED if key not in record]
    unknown = sorted(set(record) - set(_REQUIRED) - set(_OPTIONAL))
    if missing:
        raise InputError(f"{at}: {', '.join(missing)} is missing; write null for a date that is not known")
    if unknown:
        raise InputError(f"{at}: {', '.join(map(str, unknown))} is no field of a desk; check the spelling")


def _check_whole(desk: Desk, at: str) -> None:
    if desk.valid_from and desk.valid_to and desk.valid_to < desk.valid_from:
        raise InputError(f"{at}: valid_to {desk.valid_to} lies before valid_from {desk.valid_from}")
    if desk.region_code and not desk.desk_id.startswith(desk.region_code + "-"):
        raise InputError(f"{at}: the id of a desk of {desk.region_code} starts with {desk.region_code}-")
    if desk.invented:
        _check_invented(desk, at)


def _check_invented(desk: Desk, at: str) -> None:
    """An invented number, address or site must be one that nobody can reach by mistake."""
    if not INVENTED_PHONE.match(desk.phone):
        raise InputError(f"{at}: an invented phone is written (0XX) 000 12 34, found {desk.phone!r}")
    if not desk.email.endswith(".example") or not desk.website.endswith(".example"):
        raise InputError(f"{at}: an invented e-mail address and website end in .example")
    if "verzonnen" not in desk.address:
        raise InputError(f"{at}: an invented address says so with the word 'verzonnen'")


def _text(record: Mapping[str, Any], key: str, at: str) -> str:
    value = record[key]
    if not isinstance(value, str) or not value.strip():
        raise InputError(f"{at}: {key} must be text and not empty, found {value!r}")
    return value.strip()


def _words(value: object, key: str, at: str) -> Words:
    if not isinstance(value, Mapping) or set(value) != {"nl", "en"} or not all(value.values()):
        raise InputError(f"{at}: {key} needs nl and en, found {value!r}")
    return Words(nl=str(value["nl"]).strip(), en=str(value["en"]).strip())


def _one(codes: type[Code], value: Any, key: str, at: str) -> Code:
    try:
        return codes(value)
    except ValueError:
        raise InputError(f"{at}: {key} is one of {', '.join(codes)}; found {value!r}") from None


def _several(codes: type[Code], value: object, key: str, at: str) -> list[Code]:
    if not isinstance(value, list) or not value:
        raise InputError(f"{at}: {key} must be a list with at least one of {', '.join(codes)}")
    return [_one(codes, item, key, at) for item in value]


def _date(record: Mapping[str, Any], key: str, at: str) -> date | None:
    value = record[key]
    if value is not None and type(value) is not date:
        raise InputError(f"{at}: {key} is a date like 2026-01-01 or null, found {value!r}")
    return value


def _flag(value: object, at: str) -> bool:
    if not isinstance(value, bool):
        raise InputError(f"{at}: invented is true or false, found {value!r}")
    return value


def _hours(value: object, at: str) -> tuple[Hours, ...]:
    if not isinstance(value, list) or not value:
        raise InputError(f"{at}: hours must hold at least one row of days, from and to")
    return tuple(_hours_row(row, at) for row in value)


def _hours_row(row: object, at: str) -> Hours:
    if not isinstance(row, Mapping) or set(row) != {"days", "from", "to"}:
        raise InputError(f"{at}: a row of hours has days, from and to, found {row!r}")
    days = tuple(_several(Day, row["days"], "days", at))
    try:
        opens, closes = time.fromisoformat(row["from"]), time.fromisoformat(row["to"])
    except (TypeError, ValueError):
        raise InputError(f'{at}: hours are written "09:00", with quotes, found {row!r}') from None
    if closes <= opens:
        raise InputError(f"{at}: closing time {closes:%H:%M} is not after opening time {opens:%H:%M}")
    return Hours(days, opens, closes)
