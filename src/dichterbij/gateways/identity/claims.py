"""Whether a token is accepted, and what it says: pure."""

import hmac
import re
from collections.abc import Mapping
from typing import Any

from dichterbij.domains.accounts.rules import Door, Proof
from dichterbij.gateways.identity.errors import RefusedError
from dichterbij.gateways.identity.providers import ClaimPath, Provider

LEEWAY_SECONDS, OLDEST_SECONDS = 60, 600
# A citizen service number has nine digits, eight without its first nought. None is ever kept.
_SERVICE_NUMBER = re.compile(r"[0-9]{8,9}")
_KVK = re.compile(r"[0-9]{8}")


def check(claims: Mapping[str, Any], *, provider: Provider, nonce: str, now: float) -> None:
    """RefusedError unless this token is of this provider, for us, for this sign-in, of now, and sure enough."""
    _must(claims.get("iss") == provider.issuer, "issuer", "another provider")
    _must(_is_for(claims, provider.client_id), "audience", "for another site")
    given = claims.get("nonce")
    _must(isinstance(given, str) and hmac.compare_digest(given.encode(), nonce.encode()), "nonce", "of another sign-in")
    ends, made = claims.get("exp"), claims.get("iat")
    _must(isinstance(ends, int | float) and ends > now - LEEWAY_SECONDS, "expired", "too old")
    _must(isinstance(made, int | float) and now - OLDEST_SECONDS < made < now + LEEWAY_SECONDS, "moment", "not of now")
    if provider.levels:
        level = found(claims, provider.claims["level"])
        lowest = provider.levels.index(provider.minimum)
        _must(level in provider.levels[lowest:], "level", "not sure enough who this is")


def proof(token: Mapping[str, Any], provider: Provider, userinfo: Mapping[str, Any] | None = None) -> Proof:
    """Who somebody is at this provider. RefusedError without a name of its own, or when that is a service number.

    `userinfo`: what it told when asked for more. The address and the word that it was checked come from one of the two.
    """
    claims = {**(userinfo or {}), **token}
    subject = found(claims, provider.claims["subject"])
    _must(isinstance(subject, str) and 0 < len(subject) <= 255, "subject", "without a name for this person")
    _must(not _SERVICE_NUMBER.fullmatch(subject), "service_number", "with what may be a citizen service number")
    vouching = claims if userinfo is None else _vouching(token, userinfo, provider)
    given = found(vouching, provider.claims["email"])
    email = given if isinstance(given, str) else ""
    is_verified = found(vouching, provider.claims["email_verified"]) is True
    return Proof(
        issuer=provider.issuer,
        subject=subject,
        door=provider.door,
        email=email,
        is_email_proved=provider.links_by_email and is_verified and _is_own(email, provider),
        name=str(found(claims, provider.claims["name"]) or "")[:100],
        is_sure=bool(provider.levels),
        kvk=_kvk(claims, provider),
    )


def found(claims: Mapping[str, Any], path: ClaimPath) -> Any:
    """What stands at a path, None where nothing does."""
    here: Any = claims
    for name in path:
        here = here.get(name) if isinstance(here, Mapping) else None
    return here


def _vouching(token: Mapping[str, Any], userinfo: Mapping[str, Any], provider: Provider) -> Mapping[str, Any]:
    """The document that says whether the address was checked."""
    return token if found(token, provider.claims["email_verified"]) is not None else userinfo


def _kvk(claims: Mapping[str, Any], provider: Provider) -> str:
    """For which undertaking somebody acts: of a provider of employers that says how sure it is, and of no other."""
    given = str(found(claims, provider.claims["kvk"]) or "")
    is_told = provider.door is Door.EMPLOYER and bool(provider.levels)
    return given if is_told and _KVK.fullmatch(given) else ""


def _is_own(email: str, provider: Provider) -> bool:
    """Whether the provider gives out this address itself; a subdomain is another domain."""
    return email.rpartition("@")[2].strip().lower() in provider.mail_domains


def _is_for(claims: Mapping[str, Any], client_id: str) -> bool:
    audience = claims.get("aud")
    names = [audience] if isinstance(audience, str) else audience
    if not isinstance(names, list) or client_id not in names:
        return False
    return claims.get("azp", client_id) == client_id and (len(names) == 1 or "azp" in claims)


def _must(holds: bool, reason: str, words: str) -> None:
    if not holds:
        raise RefusedError(reason, f"The provider's answer is not accepted: {words}.")
