"""What sending a form of handing over needs, whoever it is about."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django.forms import Form
from django.utils import timezone
from django.utils.translation import gettext

from dichterbij.domains.accounts.queries.receivers import organisations
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.people import queries as people
from dichterbij.domains.people.actions import NewContact
from dichterbij.domains.people.errors import AskedTooOftenError
from dichterbij.domains.referral.actions.handing import needs_consent

KNOWN = "somebody_known_elsewhere"  # in the session of a desk: the reference of the hand-over


def token_for(cleaned: Mapping[str, Any], *fields: str) -> str:
    """The secret of the person's page: the same for the same form, another one when something else stands in it.

    So a form that is sent twice is one hand-over; and one that is filled in anew after "back" is another.
    """
    said = "\0".join([str(cleaned["token"]), *(str(cleaned.get(field) or "") for field in fields)])
    return base64.urlsafe_b64encode(hashlib.sha256(said.encode()).digest()).decode().rstrip("=")


def known_elsewhere(contacts: Sequence[NewContact], actor: Actor | None) -> bool:
    """Whether somebody with this address or number is with another desk already; nobody without an account hears it."""
    if actor is None:
        return False
    try:
        return people.same_elsewhere(contacts, actor=actor)
    except AskedTooOftenError:
        return False


def is_over(form: Form, actor: Actor | None) -> bool:
    """Whether a desk filled this in, and is not signed in any more."""
    return bool(form.data.get("desk")) and actor is None


def session_ended(form: Form, actor: Actor | None) -> bool:
    """Whether this was filled in by a desk that is signed in no longer (or as another one): then nothing is sent."""
    ended = str(form.data.get("desk", "")) != (str(actor.organisation) if actor else "")
    if ended:
        form.add_error(None, gettext("You are signed in no longer, or for another desk. Nothing you typed is lost."))
    return ended


def keeper(actor: Actor | None) -> str:
    """The partner that fills this in, when it keeps the person's details only because they agree."""
    if actor is None or actor.organisation is None or not needs_consent(actor.organisation, timezone.now()):
        return ""
    return organisations([actor.organisation])[actor.organisation].name
