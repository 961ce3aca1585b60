"""Reads when a scheme is open: its status by day, its windows, and the days on which things must have begun."""

from collections.abc import Sequence
from itertools import pairwise

from dichterbij.domains.schemes.rules.moments import closing, day_of, opening
from dichterbij.domains.schemes.rules.reading.file import File, optional_cents, whole
from dichterbij.domains.schemes.rules.scheme import Applicant, Period, Starts, Status, StatusFrom
from dichterbij.shared.errors import InputError

MOST_PLACES = 10_000_000


def status(file: File) -> tuple[StatusFrom, ...]:
    """The changes of status, oldest first."""
    changes = []
    for item in file.several("status"):
        record = file.part("status", item, ("status", "from", "source"))
        first = day_of(record.fields["from"], f"{record.at}, from")
        changes.append(StatusFrom(record.code("status", Status), first, file.source(record)))
    if any(one.on >= two.on for one, two in pairwise(changes)):
        raise InputError(f"{file.at}: the changes of status stand in the order of their days")
    return tuple(changes)


def periods(file: File, applicants: Sequence[Applicant]) -> tuple[Period, ...]:
    """The windows in the order of time, none of which overlaps another."""
    found = sorted((_period(file, item, applicants) for item in file.record.several("periods")), key=_opens)
    for one, two in pairwise(found):
        if two.opens < one.ends:
            raise InputError(f"{file.at}: the periods {one.id} and {two.id} overlap; let one end before the other")
    return file.different(found, [period.id for period in found], "periods")


def _opens(period: Period) -> int:
    return period.opens


def _period(file: File, item: object, applicants: Sequence[Applicant]) -> Period:
    record = file.part("period", item, ("id", "opens", "closes", "source"), ("applicants", "ceiling", "places"))
    own = record.codes("applicants", Applicant) if "applicants" in record.fields else tuple(applicants)
    opens = opening(record.fields["opens"], f"{record.at}, opens")
    ends = closing(record.fields["closes"], f"{record.at}, closes")
    if ends <= opens:
        raise InputError(f"{record.at} {record.text('id')}: it closes before it opens")
    places = whole(record, "places", most=MOST_PLACES) if "places" in record.fields else None
    return Period(record.text("id"), opens, ends, own, optional_cents(record, "ceiling"), places, file.source(record))


def starts(file: File) -> Starts | None:
    """The first and the last day on which it may have begun, when the scheme looks at that."""
    if file.fields.get("starts") is None:
        return None
    record = file.part("starts", file.fields["starts"], ("first", "last", "source"))
    first, last = (day_of(record.fields[key], f"{record.at}, {key}") for key in ("first", "last"))
    if last < first:
        raise InputError(f"{record.at}: last lies before first")
    return Starts(first, last, file.source(record))
