"""What happened with an application and what happens next, in plain words and days."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from dichterbij.domains.schemes.queries import ReceiptRow
from dichterbij.domains.schemes.queries.cases import OwnCase
from dichterbij.domains.schemes.rules import beside
from dichterbij.domains.schemes.rules.procedure import Clock, day_of, read_clocks, term
from dichterbij.domains.schemes.rules.reasons import Why, reason_texts, why
from dichterbij.web.schemes.officer_article_words import article
from dichterbij.web.schemes.present import in_words
from dichterbij.web.site.templatetags.money import euro


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `when`: in words; `is_done`: whether it is behind us."""

    text: str
    when: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The decision that holds. `law`: what the law says about it, in plain words; `basis`: where that is written."""

    cents: int
    is_granted: bool
    why: str
    law: str
    basis: str
    asked_cents: int
    left_cents: int
    decided_at: datetime
    waits: bool
    is_shared: bool


def answer(row: ReceiptRow) -> Answer | None:
    """The last decision; None while there is none."""
    if not row.decisions:
        return None
    last = row.decisions[-1]
    reason = reason_texts()[why(last.reason)]
    law, basis = _law(reason.basis)
    return Answer(
        last.cents, reason.why.is_grant, in_words(reason.words), law, basis, last.asked_cents, last.left_cents,
        last.decided_at, last.waits, reason.why is Why.LESS_PRO_RATA,
    )  # fmt: skip


def _law(basis: str) -> tuple[str, str]:
    """What the law says in plain words, and the article; of a scheme's own rule only which one it is."""
    name, _, number = basis.partition(" ")
    if name != "Awb":
        return "", article(basis)
    says = beside.article_says(number)
    return in_words(says) if says else "", gettext("General Administrative Law Act (Awb), article %(number)s") % {
        "number": number
    }


def is_otherwise(row: ReceiptRow, own: OwnCase | None) -> bool:
    """Whether people decided otherwise than the rules gave: then the reason of the rules is not the reason."""
    given = answer(row)
    return bool(given and own and own.object_by and given.is_granted != bool(own.right_cents))


def steps(
    row: ReceiptRow, own: OwnCase | None, today: date, together_at: datetime | None = None
) -> tuple[Step, ...]:  # fmt: skip
    """From receipt to payment, each with its day. `own`: the case, once an officer has it.

    `together_at`: when the window closes, where everybody is looked at together after it.
    """
    received = Step(gettext("We received your application"), _moment(row.received_at), True)
    if row.complete_at is None and own and own.taken_back_on:
        return received, _taken_back(own.taken_back_on)
    if row.complete_at is None:
        end = _end(Clock.COMPLETION, day_of(row.received_at), today)
        return received, Step(gettext("You send what is missing"), _before(end), False)
    whole = Step(gettext("It is complete"), _moment(row.complete_at), True)
    worked_out = answer(row)
    steps = [received, whole]
    if own and own.taken_back_on:
        return *steps, _taken_back(own.taken_back_on)
    if together_at and not worked_out:
        steps.append(_together(together_at))
    if worked_out:
        steps.append(Step(gettext("The rules were applied"), _moment(worked_out.decided_at), True))
    if own and own.misses:
        return *steps, Step(gettext("You send what is missing"), _before(own.term_ends or today), False)
    if own is None or own.object_by is None:
        end = (own and own.term_ends) or _end(Clock.DECISION, day_of(row.complete_at), today)
        if together_at:
            end = max(end, _end(Clock.DECISION, day_of(together_at), today))
        return *steps, Step(
            gettext("Somebody looks at it, and you get a letter with the decision"), _before(end), False
        )
    steps.append(Step(gettext("We decided, and wrote you a letter"), _day(own.decided_on), True))
    steps.extend(_money(own, today))
    objecting = gettext(
        "Do you not agree? Write us a letter with your number, why, the date and your name. "
        "The letter with the decision says where to send it. This is how you object"
    )
    return *steps, Step(objecting, _before(own.object_by), own.object_by < today)


def can_be_taken_back(row: ReceiptRow, own: OwnCase | None) -> bool:
    """Whether nothing is decided yet by people."""
    return own.can_be_taken_back if own else not (row.decisions and row.decisions[-1].kind == "withdrawn")


def _taken_back(on: date) -> Step:
    return Step(gettext("You took your application back"), _day(on), True)


def _money(own: OwnCase, today: date) -> Iterator[Step]:
    """Settling and paying, each with what it is; nothing where there is no money."""
    ends = _before(own.term_ends) if own.term_ends else ""
    if own.settled_on:
        yield Step(gettext("We settled the amount: now it is sure what you get"), _day(own.settled_on), True)
    if own.paid_cents:
        yield Step(gettext("We paid you %(amount)s") % {"amount": euro(own.paid_cents)}, "", True)
    if own.waits_for == Clock.PAYMENT_HELD.value:
        yield Step(gettext("We wait with paying. Do you want to know why? Call us"), ends, False)
    elif own.waits_for == Clock.PAYMENT.value:
        yield Step(
            gettext("Your payment is made ready for the bank") if own.ordered_cents else gettext("We pay"), ends, False
        )
    elif own.waits_for == Clock.SETTLEMENT.value:
        weeks = read_clocks(on=today).rules[Clock.PAYMENT].weeks
        yield Step(gettext("We settle the amount: then it is sure what you get"), ends, False)
        after = ngettext("within %(n)s week after that", "within %(n)s weeks after that", weeks)
        yield Step(
            gettext("We pay what you did not get yet") if own.paid_cents else gettext("We pay"),
            after % {"n": weeks},
            False,
        )


def _together(at: datetime) -> Step:
    told = gettext("Nobody can apply any more; then we look at everybody together")
    return Step(told, _moment(at), at <= timezone.now())


def decide_by(complete_on: date) -> date:
    """The last day for the decision on what is complete on this day."""
    return _end(Clock.DECISION, complete_on, complete_on)


def told(row: ReceiptRow) -> str:
    """What was asked, as it is kept."""
    return json.dumps(json.loads(row.facts), indent=2, ensure_ascii=False)


def _end(clock: Clock, after: date, today: date) -> date:
    return term(clock, after=after, clocks=read_clocks(on=today)).value.last_day


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y, H:i:s")


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else ""


def _before(day: date) -> str:
    return gettext("at the latest %(day)s") % {"day": date_format(day, "l j F Y")}
