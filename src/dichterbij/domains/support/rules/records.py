"""From a record of the menukaart to a Support, with every mistake named so that a region can repair its own file."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from dichterbij.domains.support.rules.kinds import (
    GENERAL,
    Background,
    Category,
    Form,
    Moment,
    Need,
    Party,
    Role,
    Route,
    Share,
    Support,
)
from dichterbij.shared.errors import InputError
from dichterbij.shared.records import Record
from dichterbij.shared.words import Words

STEP = re.compile(r"^(general|ebike|childcare|dutch|onboarding|learn_work|carving|(adaptation|licence):(\*|\w+))$")
PROMISE = re.compile(
    r"\b(recht op|heb je recht|krijg je|je krijgt|altijd|gegarandeerd|garantie|zeker|entitled|will get|guarantee)\b",
    re.I,
)
MAYBE = re.compile(r"\b(kan|kun|kunt|kon|mag|mogelijk|voorgenomen|nooit)\b")

REQUIRED = (
    *("id", "name", "what", "category", "for", "routes", "backgrounds", "decides", "pays", "moment", "steps"),
    *("needs", "form"),
)
OPTIONAL = ("condition", "valid_from", "valid_to", "cancelled", "ended", "search", "what_employer")
Code = TypeVar("Code", bound=StrEnum)


def read_support(value: object, *, region_code: str | None, sources: Mapping[str, str], where: str) -> Support:
    """The support in one record of `where`. Raises InputError naming file, item, field and what was expected."""
    support_id = value.get("id", "(without id)") if isinstance(value, Mapping) else "(no record)"
    at = f"{where}, item {support_id}"
    record = Record.of(value, at=at, required=(*REQUIRED, "source"), optional=OPTIONAL)
    support = Support(
        support_id=record.text("id"),
        region_code=region_code,
        name=record.words("name"),
        what=record.words("what"),
        category=record.code("category", Category),
        roles=frozenset(record.codes("for", Role)),
        routes=_all_or(record, "routes", Route),
        backgrounds=_all_or(record, "backgrounds", Background),
        condition=record.optional_words("condition"),
        decides=_shares(record, "decides"),
        pays=_shares(record, "pays"),
        moment=record.code("moment", Moment),
        steps=_steps(record),
        needs=frozenset(record.codes("needs", Need)),
        form=record.code("form", Form),
        search=record.optional_words("search") or Words("", ""),
        what_employer=record.optional_words("what_employer"),
        source=_source(record, sources),
        valid_from=record.optional_date("valid_from"),
        valid_to=record.optional_date("valid_to"),
        cancelled="cancelled" in record.fields and record.flag("cancelled"),
        ended=record.optional_words("ended"),
    )
    _check_whole(support, at)
    return support


def _all_or(record: Record, key: str, codes: type[Code]) -> frozenset[Code]:
    return frozenset(codes) if record.fields[key] == "all" else frozenset(record.codes(key, codes))


def _shares(record: Record, key: str) -> tuple[Share, ...]:
    return tuple(_share(item, f"{record.at}, {key}") for item in record.several(key))


def _share(value: object, at: str) -> Share:
    record = Record.of(value, at=at, required=("by",), optional=("when",))
    when = frozenset(record.codes("when", Background)) if "when" in record.fields else None
    return Share(record.code("by", Party), when)


def _steps(record: Record) -> frozenset[str]:
    steps = record.several("steps")
    wrong = [step for step in steps if not isinstance(step, str) or not STEP.match(step)]
    if wrong:
        raise InputError(f"{record.at}: {wrong[0]!r} is no step of the bridge; {GENERAL} is for what is not one step")
    return frozenset(str(step) for step in steps)


def _source(record: Record, sources: Mapping[str, str]) -> str:
    source = Record.of(record.fields["source"], at=f"{record.at}, source", required=("document", "section"))
    document = source.text("document")
    if document not in sources:
        raise InputError(f"{source.at}: {document!r} is not among the sources at the top of the file")
    return f"{sources[document]}, {source.text('section')}"


def _check_whole(support: Support, at: str) -> None:
    if (support.valid_to or support.cancelled) and support.ended is None:
        raise InputError(f"{at}: an item that ended or was cancelled says so in `ended`")
    if support.valid_from and support.valid_to and support.valid_to < support.valid_from:
        raise InputError(f"{at}: valid_to {support.valid_to} lies before valid_from {support.valid_from}")
    if support.region_code and not support.support_id.startswith(support.region_code + "-"):
        raise InputError(f"{at}: the id of an item of {support.region_code} starts with {support.region_code}-")
    _check_promises_nothing(support, at)


def _check_promises_nothing(support: Support, at: str) -> None:
    """What may be had depends on somebody's decision; a text that sounds like a right is refused."""
    for words in filter(None, (support.what, support.what_employer, support.condition)):
        found = PROMISE.search(words.nl) or PROMISE.search(words.en)
        if found:
            raise InputError(f"{at}: {found.group()!r} sounds like a promise; write that it may be possible")
    if not all(MAYBE.search(words.nl) for words in filter(None, (support.what, support.what_employer))):
        raise InputError(f"{at}: what it is must be said as a possibility, with kan or mogelijk")
