"""Letters about a hand-over that never arrive, or perhaps: whoever looks at it can call instead."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from dichterbij.domains.post.queries import states
from dichterbij.domains.post.rules import LetterState
from dichterbij.domains.referral.queries import HandoverRow

BY_SMS = "_sms"


def lost(row: HandoverRow, now: datetime) -> tuple[str, ...]:
    """A sentence for each of whom the newest letter was refused, or of whom nobody knows."""
    who, said = _who(row), dict[str, str]()
    for kind, state in states([row.reference], now=now).get(row.reference, {}).items():
        name = who.get(kind.removesuffix(BY_SMS))
        if name and state is LetterState.REFUSED:
            said[name] = _("%(who)s: a letter did not arrive. The address takes no message of ours. Call.")
        elif name and state is LetterState.UNSURE:
            said[name] = _("%(who)s: perhaps a letter did not arrive; we do not know. Call to be sure.")
    return tuple(words % {"who": name} for name, words in said.items())


def _who(row: HandoverRow) -> Mapping[str, str]:
    return {
        "person": _("The employer") if row.message else _("The person"),
        "receiver": _("The desk that must answer"),
        "owner": _("Whoever watches over it"),
        "sender": _("Whoever sent it"),
    }
