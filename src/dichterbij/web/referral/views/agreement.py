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
from dichterbij.domains.referral import queries
from dichterbij.domains.referral.actions import set_agreement, set_goals
from dichterbij.domains.referral.rules import load_terms
from dichterbij.domains.regions.queries import areas
from dichterbij.shared.errors import InputError
from dichterbij.web.handover import proposing
from dichterbij.web.login.who import signed_in
from dichterbij.web.site.forms import RegionForm
from dichterbij.web.site.private import private


class AgreementForm(forms.Form):
    """Owner and term; both may be left to the rules of the site."""

    use_required_attribute = False
    owner = forms.ChoiceField(
        label=_("Who watches over hand-overs that got no answer?"),
        help_text=_("Gets every hand-over that was returned, or that nobody answered in time."),
        required=False,
    )
    days = forms.IntegerField(
        label=_("Within how many working days does a desk answer?"),
        required=False,
        min_value=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    goal_places = forms.IntegerField(
        label=_("How many finding places do you aim at?"), required=False, min_value=1, max_value=100_000
    )
    goal_people = forms.IntegerField(
        label=_("How many people do you aim to find there?"), required=False, min_value=1, max_value=100_000
    )

    def __init__(self, *args: Any, region: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        terms = load_terms(on=timezone.localdate())
        names = [(str(row.id), row.name) for row in receivers(region)]
        self.fields["owner"].choices = [("", gettext("Nobody named: the first desk of the region")), *names]  # type: ignore[attr-defined]
        self.fields["days"].max_value = terms.longest_days  # type: ignore[attr-defined]
        self.fields["days"].help_text = gettext("Empty: %(days)s, as long as the region agreed on nothing.") % {
            "days": terms.answer_days
        }


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
    if form and request.method == "POST" and form.is_valid():
        owner = form.cleaned_data["owner"]
        try:
            set_agreement(
                actor=actor, region=region, owner=UUID(owner) if owner else None,
                answer_days=form.cleaned_data["days"], now=now,
            )  # fmt: skip
            set_goals(
                actor=actor, region=region, places=form.cleaned_data["goal_places"],
                people=form.cleaned_data["goal_people"], now=now,
            )  # fmt: skip
            told = {"gedaan": "1"} | ({} if actor.region else {"regio": region})
            return private(redirect(f"{reverse('referral:agreement')}?{urlencode(told)}"))
        except (InputError, NotAllowedError):
            form.add_error(None, gettext("This could not be kept. Choose a desk of this region and a term in days."))
    context = {
        "form": form, "chosen": chosen, "agreement": found, "done": "gedaan" in request.GET,
        "region_name": areas.region(region).name if region else "", "desk": proposing.first_desk(region or "NL"),
    }  # fmt: skip
    status = 422 if form and form.errors else 200
    return private(render(request, "referral/agreement.html", context, status=status))
