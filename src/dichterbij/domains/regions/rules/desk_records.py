"""From a record of a desks file to a Desk, with every mistake named so that a region can repair its own file."""

import re
from collections.abc import Mapping
from datetime import time

from dichterbij.domains.regions.rules.desk_kinds import Day, Desk, Hours, Kind, Topic, Who
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words

INVENTED_PHONE = re.compile(r"^\(0XX\) 000 \d{2} \d{2}$")
"""The only form of an invented number: letters in the area code, and a subscriber number that starts with 0."""

REQUIRED = (
    "id",
    "kind",
    "name",
    "for",
    "topics",
    "address",
    "phone",
    "email",
    "website",
    "hours",
    "valid_from",
    "valid_to",
    "invented",
    "source",
)


def read_desk(value: object, *, region_code: str | None, where: str) -> Desk:
    """The desk in one record of `where`. Raises InputError naming file, desk, field and what was expected."""
    desk_id = value.get("id", "(without id)") if isinstance(value, Mapping) else "(no record)"
    record = Record.of(value, at=f"{where}, desk {desk_id}", required=REQUIRED, optional=("exception", "note"))
    desk = Desk(
        desk_id=record.text("id"),
        region_code=region_code,
        kind=record.code("kind", Kind),
        name=record.words("name"),
        serves=frozenset(record.codes("for", Who)),
        topics=frozenset(record.codes("topics", Topic)),
        address=record.text("address"),
        phone=record.text("phone"),
        email=record.text("email"),
        website=record.text("website"),
        hours=tuple(_hours(row, record.at) for row in record.several("hours")),
        valid_from=record.optional_date("valid_from"),
        valid_to=record.optional_date("valid_to"),
        invented=record.flag("invented"),
        source=record.text("source"),
        exception=record.optional_words("exception"),
        note=record.optional_words("note"),
    )
    _check_whole(desk, record.at)
    return desk


def record_of(desk: Desk) -> dict[str, object]:
    """The record of a desk, as in a desks file; `read_desk` gives the same desk again."""
    record: dict[str, object] = {
        "id": desk.desk_id, "kind": desk.kind.value, "name": _both(desk.name),
        "for": sorted(who.value for who in desk.serves), "topics": sorted(topic.value for topic in desk.topics),
        "address": desk.address, "phone": desk.phone, "email": desk.email, "website": desk.website,
        "hours": [
            {"days": [day.value for day in row.days], "from": f"{row.opens:%H:%M}", "to": f"{row.closes:%H:%M}"}
            for row in desk.hours
        ],
        "valid_from": desk.valid_from, "valid_to": desk.valid_to, "invented": desk.invented, "source": desk.source,
    }  # fmt: skip
    if desk.exception:
        record["exception"] = _both(desk.exception)
    if desk.note:
        record["note"] = _both(desk.note)
    return record


def _both(words: Words) -> dict[str, str]:
    return {"nl": words.nl, "en": words.en}


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


def _hours(row: object, at: str) -> Hours:
    record = Record.of(row, at=f"{at}, hours", required=("days", "from", "to"))
    try:
        opens, closes = time.fromisoformat(record.fields["from"]), time.fromisoformat(record.fields["to"])
    except (TypeError, ValueError):
        raise InputError(f'{at}: hours are written "09:00", with quotes, found {row!r}') from None
    if closes <= opens:
        raise InputError(f"{at}: closing time {closes:%H:%M} is not after opening time {opens:%H:%M}")
    return Hours(record.codes("days", Day), opens, closes)
