"""Posting what the data say, once: a second time finds everything there."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import uuid5

from django.db import transaction
from django.utils import timezone

from dichterbij.domains.budget.actions.opening import open_account
from dichterbij.domains.budget.actions.posting import post
from dichterbij.domains.budget.actions.proposing import carry_out, decide, propose
from dichterbij.domains.budget.actions.terms import decide_after, set_term
from dichterbij.domains.budget.models import Continuity, Decision
from dichterbij.domains.budget.rules.books import Book, WrittenProposal, demonstration, programme

DECIDED_BY = "bestuur"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a book did: postings that were new, and that were there already."""

    made: int
    there: int


def load_programme(*, actor: str, now: datetime) -> Loaded:
    """The money of the action plan, with what happened on each day. All of it or nothing."""
    return load_book(programme(), actor=actor, now=now)


def load_demo_budget(*, now: datetime) -> Loaded:
    """The programme, and the invented books of the demonstration."""
    first = load_programme(actor="demo", now=now)
    second = load_book(demonstration(), actor="demo", now=now)
    return Loaded(first.made + second.made, first.there + second.there)


def load_book(book: Book, *, actor: str, now: datetime) -> Loaded:
    """Post what is not there yet, in the order of the data. DifferentError when the data changed since."""
    made = 0
    with transaction.atomic():
        for account, needs in book.needs.items():
            open_account(account=account, needs=needs, actor=actor, now=now)
        for term in book.terms:
            set_term(fund=term.fund, tranche=term.tranche, region=term.region, ends_on=term.ends_on,
                     source=term.source, actor=actor, now=now)  # fmt: skip
        for one in book.postings:
            done = post(posting=one.id, transfers=one.transfers, reason=one.nl, actor=book.name, now=now, on=one.on,
                        approved_by=one.approved_by or None)  # fmt: skip
            made += done.is_new
        for asked in book.proposals:
            _propose(asked, book.name, now)
        _after(book, actor, now)
    return Loaded(made, len(book.postings) - made)


def _propose(asked: WrittenProposal, by: str, now: datetime) -> None:
    made_at = timezone.make_aware(datetime.combine(asked.made_on, time(12)))
    propose(proposal=asked.id, title=asked.title, source=asked.source, lines=asked.lines, actor=by, now=made_at)
    if asked.approved_on is None:
        return
    if not Decision.objects.filter(pk=asked.id).exists():
        decide(proposal=asked.id, approved=True, body=asked.body, on=asked.approved_on, actor=DECIDED_BY, now=now)
    carry_out(proposal=asked.id, posting=uuid5(asked.id, "carried-out"), actor=by, now=now, on=asked.approved_on)


def _after(book: Book, actor: str, now: datetime) -> None:
    for one in book.after:
        if not Continuity.objects.filter(region=one.region, activity=one.activity).exists():
            decide_after(activity=one.activity, region=one.region, what=one.what, on=one.on, words=one.words,
                         actor=actor, now=now)  # fmt: skip
