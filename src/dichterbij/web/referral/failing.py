"""What could not be done, and what was typed: so that the page says it beside the row and loses nothing."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext

from dichterbij.domains.referral.errors import (
    CameBackError,
    ChangedError,
    GoneOnError,
    NotPossibleError,
    OnwardNeededError,
    ThereAlreadyError,
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
    if isinstance(error, CameBackError):
        return gettext("That desk returned it already. Choose another desk, or accept it.")
    if isinstance(error, ThereAlreadyError):
        return gettext("%(holder)s has this person already. Choose another desk.") % error.fields
    if isinstance(error, UnseenError):
        return gettext("This person did not say yes to your organisation. Send it on to a desk with a public task.")
    if isinstance(error, NotPossibleError):
        return gettext("That is not possible any more, or not by you. Below is how it is now.")
    if isinstance(error, InputError):
        return _to_mend(str(error.fields.get("field")))
    return gettext("It could not be done now. Nothing is lost: try again.")


def _to_mend(field: str) -> str:
    """What to fill in or to choose."""
    texts = {
        "agreed": gettext("Ask whether this person agrees to go to the other desk, and tick it."),
        "ending": gettext("Choose how it ended."),
        "answer": gettext("Write in the box what the employer reads: why, and what they can do. At most 300 letters."),
        "colleague": gettext("Choose a colleague."),
        "last_day": gettext("Fill in a last day at school, at most two years away."),
        "contact_on": gettext("Fill in a first contact, at most two years away."),
    }
    return texts.get(field) or gettext("Write why, in one sentence. The other desk and the person read it.")


def status_of(error: DichterbijError) -> int:
    """409 where somebody was before, 422 for what must be mended."""
    return 409 if isinstance(error, NotPossibleError) else 422
