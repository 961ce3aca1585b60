"""The questions of a calculator, made from the scheme itself: only what its rules look at is asked."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.rules.facts import Facts
from dichterbij.domains.schemes.rules.formulas import Costs, PerUnit, ProRata, Share
from dichterbij.domains.schemes.rules.moments import SECOND, moment_of
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme
from dichterbij.web.schemes.present import applicants_of, in_words
from dichterbij.web.schemes.words import APPLICANT
from dichterbij.web.site.fields import FORMATS, NO_DATE, DayField, EuroField

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
MOST_ASKED = 1000


class CalculatorForm(forms.Form):
    """What one would ask. After `is_valid`, `facts()` gives it."""

    use_required_attribute = False

    def __init__(self, scheme: Scheme, data: Any = None) -> None:
        super().__init__(data)
        self.scheme = scheme
        self._add_choices()
        self._add_numbers()
        for condition in scheme.conditions:
            self.fields[f"met_{condition.code}"] = _choice(
                in_words(condition.words), [("yes", _("Yes")), ("no", _("No"))]
            )

    def _add_choices(self) -> None:
        applicants = applicants_of(self.scheme)
        if len(applicants) > 1:
            names = [(one.value, APPLICANT[one]) for one in applicants]
            self.fields["applicant"] = _choice(_("Who asks?"), names)
        if len(self.scheme.periods) > 1:
            opened = [(one.id, _days(one.opens, one.ends)) for one in self.scheme.periods]
            self.fields["window"] = _choice(_("When do you ask?"), opened)
        if self.scheme.categories:
            kinds = [(one.code, in_words(one.words)) for one in self.scheme.categories]
            self.fields["category"] = _choice(_("Which kind is it?"), kinds)

    def _add_numbers(self) -> None:
        formula = self.scheme.formula
        if isinstance(formula, PerUnit | ProRata) or self.scheme.limit:
            self.fields["quantity"] = forms.IntegerField(
                label=_("How many weeks?") if isinstance(formula, ProRata) else _("How many?"),
                min_value=0, max_value=MOST_ASKED,
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
                error_messages={"required": _("Fill in a number."), "invalid": _("Fill in a whole number, like 3.")},
            )  # fmt: skip
        if isinstance(formula, Share | Costs):
            self.fields["cost"] = EuroField(label=_("What does it cost together?"), help_text=_("For example 6000."))
        if isinstance(formula, Costs):
            self.fields["own"] = EuroField(label=_("What do you pay of it yourself?"), required=False)
        if self.scheme.starts:
            self.fields["start"] = DayField(
                label=_("On which day does it begin?"), input_formats=FORMATS,
                help_text=_("For example %(day)s.") % {"day": date_format(self.scheme.starts.first, "j-n-Y")},
                widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
                error_messages={"invalid": NO_DATE, "required": _("Fill in the day.")},
            )  # fmt: skip

    def facts(self) -> Facts:
        """What was filled in, as the rules want it: asked in the first second of the window."""
        given = self.cleaned_data
        window = self.scheme.period(given["window"]) if given.get("window") else self.scheme.periods[0]
        start: date | None = given.get("start")
        return Facts(
            complete_at=moment_of(window.opens),
            applicant=Applicant(given.get("applicant") or applicants_of(self.scheme)[0]),
            person="somebody",
            employer="somebody",
            category=given.get("category"),
            quantity=given.get("quantity", 1),
            cost_cents=given.get("cost") or 0,
            own_cents=given.get("own") or 0,
            start=start,
            met=frozenset(one.code for one in self.scheme.conditions if given[f"met_{one.code}"] == "yes"),
        )


def _choice(label: Any, choices: list[tuple[str, Any]]) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE)


def _days(opens: int, ends: int) -> str:
    return f"{date_format(moment_of(opens), 'j F Y')} - {date_format(moment_of(ends - SECOND), 'j F Y')}"
