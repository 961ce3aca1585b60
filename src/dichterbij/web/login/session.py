"""What a session holds: who is in and since when, or who is halfway. It gets a new key at every step inwards."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.http import HttpRequest
from django.middleware.csrf import rotate_token
from django.utils import timezone

from dichterbij.domains.accounts import queries
from dichterbij.domains.accounts.rules import sign_in_terms
from dichterbij.web.login import kept

USER, MEMBERSHIP, BEGAN, SEEN, HALFWAY = "user", "membership", "began", "seen", "halfway"
KVK = "kvk"  # the undertaking for which an employer acts, as the provider said
PROVIDER = "provider"  # where somebody signed in, so that they can sign out there too; no word about them
NOTE_EVERY = timedelta(minutes=1)  # a page asked is written down at most so often


@dataclass(frozen=True, slots=True)
class Halfway:
    """Somebody whose link was right and whose second factor is still asked."""

    user: UUID
    next_path: str
    provider: str = ""


def begin(
    request: HttpRequest, user: UUID, membership: int | None, now: datetime, provider: str = "", kvk: str = ""
) -> None:
    """Somebody is in. Nothing of the session before stays, its key neither; but for a form they had typed."""
    kept.renew(request, user)
    request.session.clear_expired()  # those of others too: nobody else tidies them up
    rotate_token(request)
    request.session[USER] = str(user)
    request.session[MEMBERSHIP] = membership
    request.session[BEGAN] = request.session[SEEN] = now.timestamp()
    request.session[PROVIDER] = provider
    if kvk:
        request.session[KVK] = kvk
    forget(request)


def begin_halfway(request: HttpRequest, user: UUID, next_path: str, now: datetime, provider: str = "") -> None:
    """The link was right: the second factor may be asked."""
    kept.renew(request, user)
    rotate_token(request)
    request.session[HALFWAY] = {"user": str(user), "next": next_path, "at": now.timestamp(), PROVIDER: provider}
    forget(request)


def halfway(request: HttpRequest, now: datetime) -> Halfway | None:
    """Who is halfway; None when nobody is, or when that took too long."""
    kept = request.session.get(HALFWAY)
    if not kept:
        return None
    if now.timestamp() - kept["at"] > sign_in_terms(timezone.localdate(now)).set_up.total_seconds():
        request.session.flush()
        return None
    return Halfway(UUID(kept["user"]), kept["next"], kept.get(PROVIDER, ""))


def end(request: HttpRequest) -> None:
    """Nobody is in any more, in this browser."""
    request.session.flush()
    rotate_token(request)
    forget(request)


def change_role(request: HttpRequest, membership: int) -> None:
    """The same person, in another role: what the session knew of the former one goes."""
    began, provider = request.session[BEGAN], request.session.get(PROVIDER, "")
    user = request.session[USER]
    kept.renew(request, UUID(user))
    request.session.update({USER: user, MEMBERSHIP: membership, BEGAN: began, SEEN: timezone.now().timestamp()})
    request.session[PROVIDER] = provider
    forget(request)


def standing(request: HttpRequest, now: datetime) -> queries.Standing | None:
    """Who is in; None, and an empty session, when the session, the role or the account is over."""
    user = request.session.get(USER)
    if not user:
        return None
    began, seen = (datetime.fromtimestamp(request.session.get(name, 0), UTC) for name in (BEGAN, SEEN))
    on = timezone.localdate(now)
    terms = sign_in_terms(on)
    found = None
    if now - seen <= terms.idle and now - began <= terms.most:
        found = queries.standing(user=UUID(user), membership=request.session.get(MEMBERSHIP), on=on, since=began)
    if found is None:
        request.session.flush()
    elif now - seen > NOTE_EVERY:
        request.session[SEEN] = now.timestamp()
    return found


def forget(request: HttpRequest) -> None:
    """What was found out about this request holds no longer."""
    request.__dict__.pop("_standing", None)
