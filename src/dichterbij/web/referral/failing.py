"""What could not be done, and what was typed: so that the page says it beside the row and loses nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from dichterbij.domains.referral.errors import (
    ChangedError,
    GoneOnError,
    NotPossibleError,
    OnwardNeededError,
    UnseenError,
)
from dichterbij.shared.errors import DichterbijError, InputError


@dataclass(frozen=True)
class Failed:
    """A move that was not done, with what was typed for it. `is_gone`: it is with somebody else, and no longer ours."""

    handover: UUID
    move: str
    message: str
    status: int
    reason: str = ""
    to: str = ""
    ending: str = ""
    question: str = ""
    answer: str = ""
    is_gone: bool = False


def in_words(error: DichterbijError) -> str:
    """What is wrong, in the visitor's language, and what to do."""
    if isinstance(error, GoneOnError):
        text: str = gettext("A colleague did something with %(reference)s just now. It is with %(holder)s now.")
        return text % error.fields
    if isinstance(error, ChangedError):
        return gettext("A colleague did something with it just now. Below is how it is now; nothing was done twice.")
    if isinstance(error, OnwardNeededError):
        return gettext(
            "Choose the desk where this person or employer goes now. Nobody is sent away without somewhere to go."
        )
    if isinstance(error, UnseenError):
        return gettext("This person did not say yes to your organisation. Send it on to a desk with a public task.")
    if isinstance(error, NotPossibleError):
        return gettext("That is not possible any more, or not by you. Below is how it is now.")
    if isinstance(error, InputError) and error.fields.get("field") == "agreed":
        return gettext("Ask whether this person agrees to go to the other desk, and tick it.")
    if isinstance(error, InputError) and error.fields.get("field") == "ending":
        return gettext("Choose how it ended.")
    if isinstance(error, InputError) and error.fields.get("field") == "colleague":
        return gettext("Choose a colleague.")
    if isinstance(error, InputError):
        return gettext("Write why, in one sentence. The other desk and the person read it.")
    return gettext("It could not be done now. Nothing is lost: try again.")


def status_of(error: DichterbijError) -> int:
    """409 where somebody was before, 422 for what must be mended."""
    return 409 if isinstance(error, NotPossibleError) else 422
