"""Money that waits for a decision: propose, decide, and only then move it as was decided."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import IntegrityError, transaction

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.budget.actions.opening import ids_of
from dichterbij.domains.budget.actions.posting import lock, post, refusal
from dichterbij.domains.budget.errors import ApprovalError, DifferentError
from dichterbij.domains.budget.models import Account as Row
from dichterbij.domains.budget.models import Decision, Proposal, ProposalLine
from dichterbij.domains.budget.rules import Account, Posted, Transfer, read_account
from dichterbij.domains.budget.rules.places import check_cents
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import InputError, NotFoundError


def propose(
    *, proposal: UUID, title: str, source: Account, lines: Mapping[Account, int], actor: Actor | str, now: datetime
) -> None:
    """Ask for money of one account, so much to each other one. The same proposal twice is one."""
    if not title.strip() or not lines:
        raise InputError("A proposal has a title and at least one line.")
    for cents in lines.values():
        check_cents(cents)
    with transaction.atomic():
        lock()
        if Proposal.objects.filter(pk=proposal).exists():
            if _lines(proposal) != dict(lines):
                raise DifferentError("This proposal was made before, with other lines. Give a new one a new id.")
            return
        ids = ids_of([source, *lines])
        Proposal.objects.create(
            id=proposal, title=title.strip(), source=ids[source][0], made_by=str(actor), made_at=now
        )
        ProposalLine.objects.bulk_create(
            ProposalLine(proposal=proposal, target=ids[account][0], cents=cents) for account, cents in lines.items()
        )
        record(actor=str(actor), action="budget.proposed", data={"proposal": str(proposal)}, now=now)


def decide(*, proposal: UUID, approved: bool, body: str, on: date, actor: Actor | str, now: datetime) -> None:
    """Write down what `body` decided; once, by somebody else than who proposed it."""
    try:
        with transaction.atomic():
            lock()
            if Decision.objects.filter(pk=proposal).exists():
                raise DifferentError("This proposal was decided on before; that stays.")
            Decision.objects.create(
                proposal=proposal, approved=approved, body=body.strip(), day=on, by=str(actor), at=now
            )
            data = {"proposal": str(proposal), "approved": approved, "day": on.isoformat()}
            record(actor=str(actor), action="budget.decided", data=data, now=now)
    except IntegrityError as error:
        raise refusal(error) from error


def carry_out(*, proposal: UUID, posting: UUID, actor: Actor | str, now: datetime, on: date | None = None) -> Posted:
    """Move what an approved proposal says. ApprovalError before it is approved, and when it was moved already."""
    asked = Proposal.objects.filter(pk=proposal).first()
    if asked is None:
        raise NotFoundError("There is no such proposal.")
    if not Decision.objects.filter(pk=proposal, approved=True).exists():
        raise ApprovalError("This proposal is not approved: the money stays where it is.")
    source = read_account(Row.objects.values_list("name", flat=True).get(pk=asked.source))
    moves = [Transfer(uuid5(posting, target.name), source, target, cents) for target, cents in _lines(proposal).items()]
    return post(posting=posting, transfers=moves, reason=asked.title, actor=actor, now=now, on=on, proposal=proposal)


def _lines(proposal: UUID) -> dict[Account, int]:
    rows = ProposalLine.objects.filter(proposal=proposal).order_by("id").values_list("target", "cents")
    names = dict(Row.objects.filter(pk__in=[target for target, _ in rows]).values_list("pk", "name"))
    return {read_account(names[target]): cents for target, cents in rows}
