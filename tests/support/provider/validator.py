"""What the provider says about its users; and private_key_jwt, which django-oauth-toolkit does not know yet."""

from typing import Any

from django.conf import settings
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey
from oauth2_provider.oauth2_validators import OAuth2Validator

from support.provider.users import USERS, WRONG

ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Validator(OAuth2Validator):
    """Claims from the list of users, wrong ones for those that say so."""

    oidc_claim_scope = None

    def get_additional_claims(self, request: Any) -> dict[str, Any]:
        return {"sub": f"pairwise-{request.user.username}", **USERS[request.user.username]}

    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> Any:
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        return {**claims, **WRONG.get(request.user.username, {})}, expires

    def client_authentication_required(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        return True

    def authenticate_client(self, request: Any, *args: Any, **kwargs: Any) -> bool:
        if getattr(request, "client_assertion_type", None) != ASSERTION:
            return bool(super().authenticate_client(request, *args, **kwargs))
        key = RSAKey.import_key((settings.FOLDER / "site-public.pem").read_text())
        try:
            said = jwt.decode(request.client_assertion, key, algorithms=["RS256"]).claims
        except JoseError:
            return False
        name, audience = said.get("sub"), said.get("aud")
        is_ours = said.get("iss") == name and str(audience).endswith("/o/token/") and said.get("jti")
        return bool(is_ours) and self._load_application(name, request) is not None
