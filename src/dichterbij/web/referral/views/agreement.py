"""What a region agreed about hand-overs: who watches over them, and how long desks have. By its coordinator."""

from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dichterbij.domains.accounts.errors import NotAllowedError
from dichterbij.domains.accounts.queries.receivers import receivers
from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.actions import Agreed, agree
from dichterbij.domains.referral.rules import load_terms
from dichterbij.domains.regions.queries import areas
from dichterbij.shared.errors import InputError
from dichterbij.web.handover import proposing
from dichterbij.web.login.who import signed_in
from dichterbij.web.site.forms import RegionForm
from dichterbij.web.site.private import private

MOST = 100_000
GOAL = _("Fill in a whole number from 1 to 100,000, or nothing.")


class AgreementForm(forms.Form):
    """Owner and term, and goals; all may be left to the rules of the site."""

    use_required_attribute = False
    owner = forms.ChoiceField(
        label=_("Who watches over hand-overs that got no answer?"),
        help_text=_(
            "Gets every hand-over that was returned, or that nobody answered in time. Best a desk with a public task: "
            "a partner without one gets only people who said yes to it."
        ),
        required=False,
        error_messages={"invalid_choice": _("Choose a desk of this region.")},
    )
    goal_places = forms.IntegerField(
        label=_("How many finding places do you aim at?"), required=False, min_value=1, max_value=MOST,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), GOAL),
    )  # fmt: skip
    goal_people = forms.IntegerField(
        label=_("How many people do you aim to find there?"), required=False, min_value=1, max_value=MOST,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), GOAL),
    )  # fmt: skip

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [(str(row.id), row.name) for row in receivers(region)]
        self.fields["owner"].choices = [("", gettext("Nobody named: the first desk of the region")), *names]  # type: ignore[attr-defined]
        self.fields["days"] = _days()
        self.order_fields(["owner", "days", "goal_places", "goal_people"])

    def agreed(self) -> Agreed:
        """What was filled in."""
        given = self.cleaned_data
        owner = UUID(given["owner"]) if given["owner"] else None
        return Agreed(owner, given["days"], given["goal_places"], given["goal_people"])


def _days() -> forms.IntegerField:
    terms = load_terms(on=timezone.localdate())
    words = gettext("Choose 1 to %(most)s working days, or nothing.") % {"most": terms.longest_days}
    return forms.IntegerField(
        label=_("Within how many working days does a desk answer?"),
        help_text=gettext("Empty: %(days)s, as long as the region agreed on nothing.") % {"days": terms.answer_days},
        required=False, min_value=1, max_value=terms.longest_days,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), words),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def agreement(request: HttpRequest) -> HttpResponse:
    """See it, and change it from now on."""
    actor = signed_in(request).actor
    chosen = None if actor.region else RegionForm(request)
    region = chosen.code if chosen else actor.region
    now = timezone.now()
    found = queries.agreement(region=region, on=timezone.localdate(now)) if region else None
    initial = {"owner": found.named_owner.id if found and found.named_owner else "",
               "days": found.own_days if found else None}  # fmt: skip
    if region:
        aims = queries.progress(region=region, on=timezone.localdate(now))
        initial |= {"goal_places": aims.goal_places, "goal_people": aims.goal_people}
    form = AgreementForm(request.POST or None, initial=initial, region=region) if region else None
    if form and request.method == "POST" and form.is_valid() and _kept(actor, region, form):
        told = {"gedaan": "1"} | ({} if actor.region else {"regio": region})
        return private(redirect(f"{reverse('referral:agreement')}?{urlencode(told)}"))
    context = {
        "form": form, "chosen": chosen, "agreement": found, "done": "gedaan" in request.GET,
        "region_name": areas.region(region).name if region else "", "desk": proposing.first_desk(region or "NL"),
    }  # fmt: skip
    status = 422 if form and form.errors else 200
    return private(render(request, "referral/agreement.html", context, status=status))


def _kept(actor: Actor, region: str, form: AgreementForm) -> bool:
    """Whether all of it was kept; else nothing was, and the form says what to mend."""
    try:
        agree(actor=actor, region=region, agreed=form.agreed(), now=timezone.now())
    except InputError as error:
        field = {"owner": "owner", "answer_days": "days", "goals": "goal_places"}.get(str(error.fields.get("field")))
        form.add_error(field, gettext("This cannot be kept. Choose something else here."))
        return False
    except NotAllowedError:
        form.add_error(None, gettext("Only the coordinator of this region changes this."))
        return False
    return True
