"""How and when the work starts: what the dates of easy return need, and no more."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.support.rules.easy_return import LAST_YEAR, Option, first_day
from dichterbij.web.site.fields import FORMATS, NO_DATE, DayField

LATEST = date(LAST_YEAR - 1, 12, 31)
# A trial placement is short; a longer one is more likely a slip of the pen.
LONGEST_TRIAL_DAYS = 366


def _day(label: Any, help_text: Any, *, required: bool) -> DayField:
    return DayField(
        label=label,
        help_text=help_text,
        required=required,
        input_formats=FORMATS,
        widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12", "maxlength": "40"}, format="%d-%m-%Y"),
        error_messages={"invalid": NO_DATE, "required": _("Fill in the day. If you do not know it, guess.")},
    )


class IncomeForm(forms.Form):
    """The way and the days. After `is_valid`, `answers()` gives them."""

    use_required_attribute = False
    option = forms.ChoiceField(
        label=_("How do you start?"),
        choices=[
            (Option.CONTRACT.value, _("With a contract at once")),
            (Option.TRIAL.value, _("First a short trial placement, with my benefit")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose how you start. If you do not know, choose a contract."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    start = _day(_("On which day do you start?"), _("For example 1-3-2027."), required=True)
    trial_end = _day(
        _("When does the trial placement end?"),
        _("Only with a trial placement first. For example 30-4-2027."),
        required=False,
    )

    def clean_start(self) -> date:
        """A day within the time of the rule."""
        day: date = self.cleaned_data["start"]
        if not first_day() <= day <= LATEST:
            words = gettext("Fill in a day from %(first)s on, when this began, up to %(year)s.")
            raise forms.ValidationError(words % {"first": date_format(first_day(), "j F Y"), "year": LATEST.year})
        return day

    def clean(self) -> dict[str, Any]:
        """With a trial placement there is an end, on or after the start and not too far from it."""
        data = self.cleaned_data
        start, end = data.get("start"), data.get("trial_end")
        if data.get("option") == Option.CONTRACT.value:
            self.errors.pop("trial_end", None)  # not used, so no mistake either
        if data.get("option") != Option.TRIAL.value or start is None or "trial_end" in self.errors:
            return data
        if end is None:
            self.add_error("trial_end", _("Fill in when the trial placement ends: the half year counts from then."))
        elif end < start:
            self.add_error("trial_end", _("This day lies before the start. Which one is right?"))
        elif (end - start).days > LONGEST_TRIAL_DAYS:
            self.add_error("trial_end", _("That is more than a year. A trial placement is short. Is the year right?"))
        return data

    def answers(self) -> tuple[Option, date, date | None]:
        """The way, the start, and the end of a trial placement (None with a contract); only on a valid form."""
        option = Option(self.cleaned_data["option"])
        return option, self.cleaned_data["start"], self.cleaned_data["trial_end"] if option is Option.TRIAL else None
