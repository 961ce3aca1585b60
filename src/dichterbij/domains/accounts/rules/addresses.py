"""Addresses of mail, and addresses on this site that a page may send somebody back to."""

import re
import unicodedata
from urllib.parse import unquote

from dichterbij.shared.errors import InputError

_MAIL = re.compile(r"[^@\s<>()\[\],;:\\\"]{1,64}@(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9][a-z0-9-]{0,62}")
LONGEST_MAIL, LONGEST_PATH = 254, 1000


def mail_address(given: str) -> str:
    """An e-mail address as accounts keep it: small letters, no spaces around it. InputError when it is none."""
    address = unicodedata.normalize("NFC", given).strip().lower()
    if len(address) > LONGEST_MAIL or not _MAIL.fullmatch(address):
        raise InputError("That is no e-mail address.")
    return address


def own_path(given: str) -> str:
    """A path of this site to go to afterwards, empty for anything that could lead elsewhere."""
    plain = unquote(given)
    is_path = plain.startswith("/") and not plain.startswith(("//", "/\\"))
    is_clean = not any(unicodedata.category(letter)[0] == "C" or letter == "\\" for letter in plain)
    return given if is_path and is_clean and len(given) <= LONGEST_PATH else ""
