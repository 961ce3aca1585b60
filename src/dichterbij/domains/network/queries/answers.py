"""Reading what became of a letter per region: whether it arrived, who answered, and who was named."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.actions import acting
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.network.may import MAILINGS, check_may
from dichterbij.domains.network.models import Answer, Mailing, MailingAddress, RegionContact
from dichterbij.domains.network.rules.addresses import about
from dichterbij.domains.network.rules.answers import AnswerState, answer_state
from dichterbij.domains.post.queries import states
from dichterbij.domains.post.rules import LetterState
from dichterbij.domains.regions.queries import RegionRow, regions


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """That a region answered on a day, or (`undone`) that this was a mistake."""

    on: date
    words: str
    undone: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class RegionAnswer:
    """A region that was asked. `named`: who was named since the letter; `past` holds every change, the newest first."""

    region: RegionRow
    letters: tuple[LetterState, ...]
    state: AnswerState
    last: AnswerRow | None
    named: tuple[str, ...]
    past: tuple[AnswerRow, ...]
    is_late: bool


def region_answers(*, actor: Actor, mailing: UUID, now: datetime) -> tuple[RegionAnswer, ...]:
    """Every region that this letter asks, by name; none for a letter that was not sent or asks for nothing."""
    check_may(actor, MAILINGS, now)
    with acting(actor):
        row = Mailing.objects.filter(pk=mailing).exclude(answer_by=None).exclude(sent_at=None).first()
        if row is None or row.sent_at is None or row.answer_by is None:
            return ()
        arrived, past, named = _letters(row, now), _past(row), _named(row, row.sent_at)
    is_over = row.answer_by < timezone.localdate(now)
    found = []
    for one in (one for one in regions() if not row.regions or one.code in row.regions):
        last = next(iter(past[one.code]), None)
        last = None if last and last.undone else last
        state = answer_state(arrived[one.code], has_answer=last is not None, has_named=bool(named[one.code]))
        found.append(
            RegionAnswer(
                one, tuple(arrived[one.code]), state, last, tuple(named[one.code]), tuple(past[one.code]),
                is_over and not state.is_answered,
            )
        )  # fmt: skip
    return tuple(found)


def _letters(row: Mailing, now: datetime) -> dict[str, list[LetterState]]:
    of_address = states([about(row.pk)], now=now).get(about(row.pk), {})
    found: dict[str, list[LetterState]] = defaultdict(list)
    for one in MailingAddress.objects.filter(mailing=row).order_by("name", "id"):
        for region in one.regions:
            found[region].append(of_address.get(str(one.pk), LetterState.NONE))
    return found


def _past(row: Mailing) -> dict[str, list[AnswerRow]]:
    found: dict[str, list[AnswerRow]] = defaultdict(list)
    for one in Answer.objects.filter(mailing=row).order_by("-id"):
        found[one.region].append(AnswerRow(one.on, one.words, one.undone, one.at))
    return found


def _named(row: Mailing, since: datetime) -> dict[str, list[str]]:
    """Who was put on the list after the letter, and named since its day; of another kind than it was sent to."""
    found: dict[str, list[str]] = defaultdict(list)
    there = RegionContact.objects.filter(until=None, made_at__gte=since, named_on__gte=timezone.localdate(since))
    for one in there.exclude(kind__in=row.kinds).order_by("name", "id"):
        if one.name not in found[one.region]:
            found[one.region].append(one.name)
    return found
