"""A provider of text messages that takes JSON over https; most of them do."""

from typing import Any

import requests

from dichterbij.domains.people.rules import ContactKind, NewContact, normalised
from dichterbij.domains.post.errors import RefusedError, UnreachableError, UnsureError
from dichterbij.gateways.sms.settings import SmsSettings
from dichterbij.shared.errors import UnavailableError

FOR_GOOD = {400, 422}  # this number or text
NOT_NOW = {429, 503}  # it takes nothing now: the others wait too


class HttpProvider:
    """Sends by the operator's provider. Never says a number or a text in an error."""

    def __init__(self, settings: SmsSettings) -> None:
        self.settings = settings

    def __call__(self, recipient: str, subject: str, text: str) -> None:
        """Send one, as `Texting` says."""
        number = normalised(NewContact(ContactKind.PHONE, recipient))
        try:
            with requests.Session() as session:
                session.trust_env = False  # a .netrc of the machine would replace the provider's key
                answer = session.post(
                    self.settings.url, json=self._body(number, text), headers=dict(self.settings.headers),
                    timeout=self.settings.timeout_seconds, allow_redirects=False,
                )  # fmt: skip
        except (requests.exceptions.SSLError, requests.exceptions.ConnectTimeout) as error:
            raise UnreachableError("The provider of text messages cannot be reached.") from error
        except requests.exceptions.ConnectionError as error:
            raise _lost(error) from error
        except requests.RequestException as error:
            raise UnsureError("The provider of text messages gave no answer.") from error
        _check(answer.status_code)

    def _body(self, number: str, text: str) -> dict[str, Any]:
        said = self.settings
        sender = {said.sender_field: said.sender} if said.sender_field and said.sender else {}
        return {**said.extra, **sender, said.to: [number] if said.to_is_list else number, said.text: text}


def _lost(error: requests.exceptions.ConnectionError) -> UnreachableError | UnsureError:
    """Refused before anything was said, or cut off while the message was on its way."""
    reason = str(error)  # never logged: only its kind is looked at
    if "NewConnectionError" in reason or "NameResolutionError" in reason:
        return UnreachableError("The provider of text messages cannot be reached.")
    return UnsureError("The connection broke while a text message was sent.")


def _check(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in NOT_NOW:
        raise UnreachableError("The provider of text messages takes none now.")
    if status >= 500:
        raise UnsureError(f"The provider of text messages answered {status}.")
    refused = RefusedError if status in FOR_GOOD else UnavailableError  # a key or address of ours can be mended
    raise refused(f"The provider of text messages refused one ({status}).")
