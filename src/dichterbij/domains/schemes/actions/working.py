"""What goes on by itself: deciding what is complete, and bringing applications and decisions to the officers."""

import logging
from dataclasses import dataclass
from datetime import datetime

from django.db import OperationalError
from django.db.models import Exists, OuterRef

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.schemes.actions.cases.opening import Party, adopt_decisions, open_case
from dichterbij.domains.schemes.actions.deciding import Decided, decide
from dichterbij.domains.schemes.case_models import Case
from dichterbij.domains.schemes.contact_models import Contact
from dichterbij.domains.schemes.models import Receipt, Round
from dichterbij.domains.schemes.rounds import waiting_schemes
from dichterbij.domains.schemes.rules.proof import number_of
from dichterbij.domains.schemes.seeing import own_work
from dichterbij.shared.errors import DichterbijError

MOST = 200  # cases at once: each begins with a printed letter
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came into the hands of officers. `numbers`: of the applications that have a letter now.

    `stuck`: of those that could not become a case; they are tried again, and keep no other one waiting.
    """

    numbers: tuple[str, ...] = ()
    proposals: int = 0
    stuck: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Worked:
    """What one turn did. `left`: schemes that could not be decided now, with the reason."""

    decided: Decided
    taken_in: TakenIn
    left: tuple[tuple[str, str], ...]


def work(*, actor: Actor | str, now: datetime, most: int = MOST) -> Worked:
    """Decide every round with work, then bring what is new to the officers. Repeatable, also beside another one.

    A scheme that cannot be decided now (another decider, lots not drawn) keeps no other one waiting. Never inside a
    transaction.
    """
    done, left = Decided(), []
    for scheme in waiting_schemes():
        try:
            done += decide(scheme=scheme, actor=actor, now=now)
        except DichterbijError as error:
            left.append((scheme, error.message))
    return Worked(done, take_in(actor=actor, now=now, most=most), tuple(left))


def take_in(*, actor: Actor | str, now: datetime, most: int = MOST) -> TakenIn:
    """Applications that came become cases, and what the decider decided a proposal on them. Repeatable."""
    numbers, stuck, proposals = list[str](), list[str](), 0
    for round_id, is_exercise in Round.objects.order_by("-opens_at").values_list("pk", "is_exercise"):
        for pk, applicant in _without_case(round_id, most - len(numbers)):
            is_open = _opens(pk, _party(pk, applicant, is_exercise), actor, now)
            (numbers if is_open else stuck).append(number_of(pk))
        proposals += adopt_decisions(round_id=round_id, now=now)
    return TakenIn(tuple(numbers), proposals, tuple(stuck))


def _opens(receipt: int, party: Party, actor: Actor | str, now: datetime) -> bool:
    """Whether it is a case now. Whatever is wrong with this one, the next one goes."""
    try:
        open_case(number=number_of(receipt), party=party, actor=actor, now=now)
    except OperationalError:  # the database is not there: nothing goes
        raise
    except Exception as error:  # only its kind: the text may quote what somebody wrote
        log.error("%s cannot become a case: %s", number_of(receipt), type(error).__name__)
        return False
    return True


def _without_case(round_id: int, most: int) -> list[tuple[int, str]]:
    """In the order they came."""
    with own_work():
        rows = Receipt.objects.filter(round_id=round_id).exclude(Exists(Case.objects.filter(receipt=OuterRef("pk"))))
        return list(rows.order_by("pk").values_list("pk", "applicant")[: max(0, most)])


def _party(receipt: int, applicant: str, is_exercise: bool) -> Party:
    """Who applied: the number before the name stays with the application, the address with the contact."""
    first, _, rest = applicant.partition(" ")
    with own_work():
        language = Contact.objects.filter(pk=receipt).values_list("language", flat=True).first()
    return Party(
        rest if first.isdigit() and rest else applicant, language=language or "nl", invented=is_exercise
    )  # fmt: skip
