"""What is filled in on the sheets beside a scheme. Nothing of it is kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.rules.phases import Case, Phase
from dichterbij.web.site.fields import FORMATS, NO_DATE, DayField, EuroField

MOST_JOBS = 1000
YES_NO = [("yes", _("Yes")), ("no", _("No"))]
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
PHASES = {
    Phase.BUSINESS_DEVELOPMENT: _("Developing the plan: what is needed, and what the region agrees to"),
    Phase.FINANCIAL_ENGINEERING: _("Working out the money: how much, and from whom"),
    Phase.INVESTMENT: _("Investing: the fund pays its part"),
}


def _choice(label: Any, choices: Any = YES_NO) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE)


class JobsForm(forms.Form):
    """For how many jobs."""

    jobs = forms.IntegerField(
        label=_("For how many jobs?"),
        help_text=_("From 1 to 1,000. For example 8."),
        min_value=1,
        max_value=MOST_JOBS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
        error_messages={"required": _("Fill in a number."), "invalid": _("Fill in a whole number, like 3.")},
    )


class PhaseForm(forms.Form):
    """One employer's plan, and the phase it wants to enter."""

    use_required_attribute = False
    phase = _choice(_("In which phase is the plan now?"), [(one.value, words) for one, words in PHASES.items()][:2])
    region = _choice(_("Does the region take part from the beginning?"))
    needs = _choice(_("Is written down what the employer needs?"))
    agreement = _choice(_("Is there an agreement with the region?"))
    cost = EuroField(label=_("What does the investment cost?"), help_text=_("For example 250.000."))
    others = EuroField(label=_("How much of it do others pay, and the employer?"))
    fund = EuroField(label=_("How much would the fund pay?"))

    def case(self) -> tuple[Case, Phase]:
        """The plan, and the phase after the one it is in."""
        given = self.cleaned_data
        now = Phase(given["phase"])
        case = Case(
            now, given["region"] == "yes", given["needs"] == "yes", given["agreement"] == "yes",
            given["cost"], {"others": given["others"]}, given["fund"],
        )  # fmt: skip
        return case, list(Phase)[list(Phase).index(now) + 1]


class StayForm(forms.Form):
    """When a stay would begin."""

    use_required_attribute = False
    start = DayField(
        label=_("On which day does it begin?"),
        help_text=_("For example %(day)s.") % {"day": "1-2-2021"},
        input_formats=FORMATS,
        widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
        error_messages={"invalid": NO_DATE, "required": _("Fill in the day.")},
    )
    exceptional = _choice(_("Is it an exceptional case?"))
    earlier = _choice(_("Was this person in such a place before?"))
