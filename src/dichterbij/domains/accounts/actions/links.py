"""Signing in by a link in a mail: asked for, used once."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.utils import timezone

from dichterbij.domains.accounts.errors import LinkOverError, TooOftenError
from dichterbij.domains.accounts.models import SignInLink, User
from dichterbij.domains.accounts.rules import Door, mail_address, own_path, sign_in_terms
from dichterbij.domains.accounts.sealing import digest_of, keyed_digest
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record

VISITOR = "visitor"
_OVER = "This link was used already, or it is too old."
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class NewLink:
    """What the mail needs. `token` is empty when nobody may come in with this address: the mail then says so."""

    token: str
    email: str
    minutes: int


@dataclass(frozen=True, slots=True)
class UsedLink:
    """Whose link it was, at which door, and where this person was going."""

    user: UUID
    door: Door
    next_path: str


def ask_for_link(*, email: str, door: Door, language: str, next_path: str, place: str, now: datetime) -> NewLink:
    """A link for this address. InputError for what is no address, TooOftenError after too many in an hour.

    `place` is the network address it is asked from; only a keyed digest of it stays, for a day.
    """
    address = mail_address(email)
    terms = sign_in_terms(timezone.localdate(now))
    token = secrets.token_urlsafe(32)
    with account_work():
        forget_links(now)
        seen_from = keyed_digest(place, "place") if place else ""
        _count(terms.links_in_all, now, email=address)
        # Somebody elsewhere who asks links for this address keeps nobody out.
        _count(terms.links_per_address, now, email=address, place=seen_from)
        if seen_from:
            _count(terms.links_per_place, now, place=seen_from)
        may_come_in = _may_come_in(address, door)
        SignInLink.objects.create(
            digest=digest_of(token),
            email=address,
            kind=door.value,
            language=language,
            next_path=own_path(next_path),
            place=seen_from,
            made_at=now,
            expires_at=now + terms.link,
        )
        record(actor=VISITOR, action="accounts.link_asked", data={"door": door.value}, now=now)
    return NewLink(token if may_come_in else "", address, int(terms.link.total_seconds() // 60))


def use_link(*, token: str, now: datetime) -> UsedLink:
    """Whose link this is; from here on it is used. LinkOverError when it was before, is too old or never was."""
    with account_work():
        mine = SignInLink.objects.filter(digest=digest_of(token))
        if not mine.filter(used_at=None, expires_at__gt=now).update(used_at=now):
            raise LinkOverError(_OVER)
        link = mine.get()
        user = _account(link, now)
        record(actor=f"user:{user.pk}", action="accounts.link_used", data={"door": user.kind}, now=now)
    return UsedLink(user.pk, Door(user.kind), own_path(link.next_path))


def forget_links(now: datetime) -> int:
    """In the caller's transaction: what is kept of links is gone after its term; how many were."""
    term = sign_in_terms(timezone.localdate(now)).keep_links
    return SignInLink.objects.filter(made_at__lt=now - term).delete()[0]


def _count(most: int, now: datetime, **asked: str) -> None:
    """Two at the same moment count one after the other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"dichterbij link {sorted(asked.items())}"]
        )
    if SignInLink.objects.filter(**asked, made_at__gt=now - _HOUR).count() >= most:
        raise TooOftenError("Too many links were asked for this hour. Try again later.")


def _may_come_in(address: str, door: Door) -> bool:
    account = User.objects.filter(email=address).first()
    return account.is_active if account else door is not Door.STAFF


def _account(link: SignInLink, now: datetime) -> User:
    """The account of this address, made at first use; for staff it must be there: they are invited."""
    account = User.objects.filter(email=link.email).first()
    if account is None and link.kind != Door.STAFF:
        made = {"kind": link.kind, "language": link.language, "made_at": now}
        account, is_new = User.objects.get_or_create(email=link.email, defaults=made)
        if is_new:
            record(actor=f"user:{account.pk}", action="accounts.account_made", data={"door": link.kind}, now=now)
    if account is None or not account.is_active:
        raise LinkOverError(_OVER)
    return account
