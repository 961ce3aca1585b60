"""Secrets as the database keeps them: sealed with the secret key, or a digest that cannot be turned back."""

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

from dichterbij.shared.errors import UnavailableError


def digest_of(token: str) -> str:
    """Of a long random token: what a table keeps in its place."""
    return hashlib.sha256(token.encode()).hexdigest()


def keyed_digest(text: str, purpose: str) -> str:
    """Of something that can be guessed, such as a short code: nothing without the secret key."""
    return salted_hmac(f"dichterbij {purpose}", text, algorithm="sha256").hexdigest()


def digest_of_key(key: str) -> str:
    """Of the key of a program: that is long and random, so a quick digest is enough; it is keyed all the same."""
    return keyed_digest(key, "program")


def seal(text: str) -> str:
    """Readable again with today's secret key, or with one that came before it."""
    return _box().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed. UnavailableError when the secret key of then is gone."""
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnavailableError(
            "The secret key of this installation changed; second factors are set up anew."
        ) from error


def _box() -> MultiFernet:
    secrets = (settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


@lru_cache(maxsize=16)
def _key(secret: str) -> bytes:
    kdf = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"dichterbij second factor")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
