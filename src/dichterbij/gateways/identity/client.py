"""The two steps at a provider: sending somebody there, and reading what they come back with."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7523 import PrivateKeyJWT
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, KeySet, RSAKey

from dichterbij.domains.accounts.rules import Proof
from dichterbij.gateways.identity import claims
from dichterbij.gateways.identity.errors import RefusedError
from dichterbij.gateways.identity.providers import Provider, safe_address
from dichterbij.shared.errors import InputError, UnavailableError

TIMEOUT_SECONDS = 5
# Signed with a key of the provider; never "none", never with a secret that we share.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"]


@dataclass(frozen=True, slots=True)
class Begun:
    """Where to send somebody, and what to remember until they come back."""

    url: str
    state: str
    nonce: str
    verifier: str


class Client:
    """One provider, and the address it sends people back to."""

    def __init__(self, provider: Provider, *, back: str) -> None:
        self.provider = provider
        self.back = back

    def begin(self) -> Begun:
        """A new sign-in. UnavailableError when the provider does not answer, RefusedError when it is another one."""
        state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(3))
        asked = {"acr_values": self.provider.minimum} if self.provider.minimum else {}
        with self._session() as session:
            endpoint = _endpoint(self._metadata(session), "authorization_endpoint")
            url, _ = session.create_authorization_url(
                endpoint, state=state, code_verifier=verifier, nonce=nonce, **asked
            )
        return Begun(url, state, nonce, verifier)

    def finish(self, *, code: str, nonce: str, verifier: str) -> Proof:
        """Who came back with this code. RefusedError for an answer that is not accepted."""
        with self._session() as session:
            metadata = self._metadata(session)
            token = self._token(session, metadata, code, verifier)
            said = self._read(session, metadata, str(token.get("id_token", "")))
            claims.check(said, provider=self.provider, nonce=nonce, now=time.time())
            more = self._userinfo(session, metadata, said) if self.provider.asks_userinfo else None
        return claims.proof(said, self.provider, more)

    def leave(self, *, back: str) -> str:
        """Where to send somebody to end their session there too (OpenID Connect RP-Initiated Logout), then `back` here.

        Empty when the provider offers no such address. UnavailableError when it does not answer.
        """
        with self._session() as session:
            metadata = self._metadata(session)
        if not metadata.get("end_session_endpoint"):
            return ""
        endpoint = _endpoint(metadata, "end_session_endpoint")
        asked = urlencode({"client_id": self.provider.client_id, "post_logout_redirect_uri": back})
        return f"{endpoint}{'&' if urlsplit(endpoint).query else '?'}{asked}"

    def _session(self) -> OAuth2Session:
        provider = self.provider
        with_key = bool(provider.private_key)
        return OAuth2Session(
            client_id=provider.client_id,
            client_secret=_key(provider.private_key) if with_key else provider.client_secret,
            token_endpoint_auth_method="private_key_jwt" if with_key else "client_secret_basic",
            scope=provider.scope,
            redirect_uri=self.back,
            code_challenge_method="S256",
            default_timeout=TIMEOUT_SECONDS,
        )

    def _metadata(self, session: OAuth2Session) -> Mapping[str, Any]:
        issuer = self.provider.issuer
        metadata = _json(session, f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if metadata.get("issuer") != issuer:
            raise RefusedError("issuer", "The provider says that it is another one.")
        return metadata

    def _token(
        self, session: OAuth2Session, metadata: Mapping[str, Any], code: str, verifier: str
    ) -> Mapping[str, Any]:
        endpoint = _endpoint(metadata, "token_endpoint")
        if self.provider.private_key:
            key = _key(self.provider.private_key)
            header = {"kid": self.provider.key_id} if self.provider.key_id else None
            algorithm = "RS256" if isinstance(key, RSAKey) else "ES256"
            session.register_client_auth_method(PrivateKeyJWT(endpoint, headers=header, alg=algorithm))
        try:
            token: Mapping[str, Any] = session.fetch_token(
                endpoint, grant_type="authorization_code", code=code, code_verifier=verifier, allow_redirects=False
            )
        except requests.RequestException as error:
            raise UnavailableError("The provider does not answer now. Try again in a minute.") from error
        except (AuthlibBaseError, ValueError) as error:
            raise RefusedError("code", "The provider does not accept this sign-in. Try again.") from error
        return token

    def _read(self, session: OAuth2Session, metadata: Mapping[str, Any], token: str) -> Mapping[str, Any]:
        keys = _json(session, _endpoint(metadata, "jwks_uri"))
        try:
            return jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims  # type: ignore[arg-type]
        except (JoseError, ValueError, KeyError) as error:
            raise RefusedError("signature", "The provider's answer is not signed by the provider.") from error

    def _userinfo(
        self, session: OAuth2Session, metadata: Mapping[str, Any], said: Mapping[str, Any]
    ) -> Mapping[str, Any]:
        more = _json(session, _endpoint(metadata, "userinfo_endpoint"), with_token=True)
        if more.get("sub") != said.get("sub"):
            raise RefusedError("userinfo", "The provider told about somebody else.")
        return more


def _endpoint(metadata: Mapping[str, Any], name: str) -> str:
    """An address that the provider gives. UnavailableError when it gives none, or one that is not safe to ask."""
    try:
        return safe_address(metadata[name])
    except (KeyError, TypeError, AttributeError, ValueError, InputError) as error:
        raise UnavailableError(f"The provider gives no safe {name}. Tell the operator of this site.") from error


def _key(text: str) -> RSAKey | ECKey:
    return ECKey.import_key(text) if "EC PRIVATE KEY" in text else RSAKey.import_key(text)


def _json(session: OAuth2Session, address: str, *, with_token: bool = False) -> Mapping[str, Any]:
    try:
        answer = session.request(
            "GET", address, withhold_token=not with_token, timeout=TIMEOUT_SECONDS, allow_redirects=False
        )
        answer.raise_for_status()
        found = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise UnavailableError("The provider does not answer now. Try again in a minute.") from error
    if not isinstance(found, dict):
        raise UnavailableError("The provider answers something else than expected. Try again in a minute.")
    return found
