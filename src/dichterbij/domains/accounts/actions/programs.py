"""Programs get a key, a new one, and an end. The key itself is told once and kept nowhere."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone

from dichterbij.domains.accounts.actions.memberships import COMMAND
from dichterbij.domains.accounts.models import Organisation, Program
from dichterbij.domains.accounts.rules import read_permissions, sign_in_terms
from dichterbij.domains.accounts.sealing import digest_of_key
from dichterbij.domains.accounts.working import account_work
from dichterbij.domains.journal.actions import record
from dichterbij.shared.errors import InputError, NotFoundError

BEGINS = "dichterbij_"  # so that who finds a key in a file knows what it opens
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class NewKey:
    """A program with the key that works from now on."""

    program: UUID
    key: str


def add_program(
    *, name: str, organisation: UUID, rights: Sequence[str], ends_on: date, now: datetime, actor: str = COMMAND
) -> NewKey:
    """A program that may do this, until `ends_on`.

    NotFoundError without such an organisation; InputError for a name, right or day that cannot be.
    """
    may = sorted(set(rights))
    _check(name, may, ends_on, now)
    with account_work():
        if not Organisation.objects.filter(pk=organisation, ended_on=None).exists():
            raise NotFoundError("There is no such organisation.")
        key, digest = _new_key()
        made = Program.objects.create(
            name=name, organisation_id=organisation, rights=may, digest=digest, made_at=now, ends_on=ends_on
        )
        data = {"program": str(made.pk), "organisation": str(organisation), "rights": may, "ends_on": f"{ends_on}"}
        record(actor=actor, action="accounts.program_added", data=data, now=now)
    return NewKey(made.pk, key)


def renew_program(*, program: UUID, ends_on: date, now: datetime, actor: str = COMMAND) -> NewKey:
    """A new key and a new end; the former key works no more. NotFoundError for one that was ended."""
    with account_work():
        row = _program(program)
        _check(row.name, row.rights, ends_on, now)
        key, digest = _new_key()
        Program.objects.filter(pk=row.pk).update(digest=digest, ends_on=ends_on)
        data = {"program": str(row.pk), "ends_on": f"{ends_on}"}
        record(actor=actor, action="accounts.program_renewed", data=data, now=now)
    return NewKey(row.pk, key)


def end_program(*, program: UUID, now: datetime, actor: str = COMMAND) -> None:
    """Its key works no more, and it gets no other. NotFoundError for one that was ended."""
    with account_work():
        row = _program(program)
        Program.objects.filter(pk=row.pk).update(ended_at=now)
        record(actor=actor, action="accounts.program_ended", data={"program": str(row.pk)}, now=now)


def refuse_key(*, now: datetime) -> None:
    """A key came that is nobody's: the journal tells that it did, and nothing of the key."""
    with account_work():
        record(actor="visitor", action="accounts.key_refused", data={}, now=now)


def _new_key() -> tuple[str, str]:
    key = BEGINS + secrets.token_urlsafe(32)
    return key, digest_of_key(key)


def _check(name: str, rights: Sequence[str], ends_on: date, now: datetime) -> None:
    on = timezone.localdate(now)
    last = on + sign_in_terms(on).key
    known = read_permissions(on).rights
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InputError(f"A program needs a name of at most {LONGEST_NAME} characters.")
    if not rights or set(rights) - set(known):
        raise InputError(f"The rights of a program are one or more of {', '.join(known)}.")
    if not on < ends_on <= last:
        raise InputError(f"A key ends after today, and on {last} at the latest.")


def _program(program: UUID) -> Program:
    row = Program.objects.select_for_update(of=("self",)).filter(pk=program, ended_at=None).first()
    if row is None:
        raise NotFoundError("There is no such program, or it was ended; `dichterbij access list` shows those that are.")
    return row
