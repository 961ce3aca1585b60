"""Who leaves school: both days with their form, and the warnings of a list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.queries import HandoverRow
from dichterbij.domains.referral.rules.leaving import Joining

NO_DAY = _("That is no day. Example: 2026-12-24")


class LeavingForm(forms.Form):
    """Two days; the second one only for whoever has this person."""

    use_required_attribute = False

    def __init__(self, *args: Any, may_contact: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"] = _day(_("Last day at school"))
        if may_contact:
            self.fields["contact_on"] = _day(_("Our first contact"))


def context_of(actor: Actor, row: HandoverRow) -> dict[str, Any]:
    """What the page of a hand-over shows of it."""
    told = queries.leaving_of(row, timezone.now())
    form = LeavingForm(
        initial={"last_day": row.last_day, "contact_on": row.contact_on},
        may_contact=row.ball.holder == actor.organisation,
    )  # fmt: skip
    return {"leaving": told, "leaving_form": form if row.is_open and not row.is_employer else None}


def warnings(actor: Actor) -> list[dict[str, Any]]:
    """Who falls between two desks, of what this role sees."""
    found = queries.gaps(actor=actor, now=timezone.now())
    return [
        {"row": row, "told": told, "is_open": told.joining is Joining.OPEN, "is_gap": told.joining is Joining.GAP}
        for row, told in found
    ]


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, error_messages={"invalid": NO_DAY},
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
