"""Days away: the same for oneself and for a colleague."""

from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from dichterbij.domains.accounts import actions
from dichterbij.domains.accounts.rules import Actor
from dichterbij.shared.errors import InputError
from dichterbij.web.login.forms import AbsenceForm


def note(given: QueryDict, form: AbsenceForm, *, actor: Actor, membership: int, now: datetime) -> str:
    """What was done, in words: days noted or called off; empty, with errors on the form, when they are not right."""
    if "back" in given:
        actions.end_absence(actor=actor, membership=membership, now=now)
        return _("The days away are off.")
    if not form.is_valid():
        return ""
    chosen = form.cleaned_data["substitute"]
    try:
        actions.plan_absence(
            actor=actor,
            membership=membership,
            substitute=int(chosen) if chosen else None,
            first_day=form.cleaned_data["first_day"],
            last_day=form.cleaned_data["last_day"],
            now=now,
        )
    except InputError:
        form.add_error("last_day", _("The last day must not be before the first, or before today."))
        return ""
    return _("The days away are noted.")
