"""The questions about a scheme, made from the scheme itself; and those of the calculator."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.rules.applying import applying
from dichterbij.domains.schemes.rules.facts import Facts
from dichterbij.domains.schemes.rules.formulas import Costs, PerUnit, ProRata, Share
from dichterbij.domains.schemes.rules.moments import SECOND, moment_of
from dichterbij.domains.schemes.rules.scheme import Applicant, Scheme
from dichterbij.web.schemes.present import applicants_of, help_with, in_words, kind
from dichterbij.web.schemes.words import APPLICANT
from dichterbij.web.site.fields import FORMATS, NO_DATE, DayField, EuroField

CHOOSE = {"required": _("Choose one."), "invalid_choice": _("Choose one.")}
MOST_ASKED = 1000


class SchemeForm(forms.Form):
    """Only what the rules of a scheme look at. After `is_valid`, `facts()` gives it."""

    use_required_attribute = False

    def __init__(self, scheme: Scheme, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.scheme = scheme
        self._add_choices()
        self._add_numbers()
        for condition in scheme.conditions:
            answers = [("yes", _("Yes")), ("no", _("No"))]
            label, help_text = in_words(condition.words), help_with(condition.code)
            self.fields[f"met_{condition.code}"] = _choice(label, answers, help_text)

    def _add_choices(self) -> None:
        applicants = applicants_of(self.scheme)
        if len(applicants) > 1:
            names = [(one.value, APPLICANT[one]) for one in applicants]
            self.fields["applicant"] = _choice(_("Who asks?"), names)
        if self.scheme.categories:
            kinds = [(one.code, kind(one)) for one in self.scheme.categories]
            self.fields["category"] = _choice(_("Which kind is it?"), kinds)

    def _add_numbers(self) -> None:
        formula = self.scheme.formula
        if isinstance(formula, PerUnit | ProRata) or self.scheme.limit:
            self.fields["quantity"] = self.quantity_field()
        if isinstance(formula, Share | Costs):
            self.fields["cost"] = EuroField(label=_("What does it cost together?"), help_text=_("For example 6000."))
        if isinstance(formula, Costs):
            self.fields["own"] = EuroField(label=_("What do you pay of it yourself?"), required=False)
        if self.scheme.starts:
            self.fields["start"] = DayField(
                label=_("On which day does it begin?"), input_formats=FORMATS,
                help_text=_("From %(first)s until %(last)s. For example %(day)s.") % {
                    "first": date_format(self.scheme.starts.first, "j F Y"),
                    "last": date_format(self.scheme.starts.last, "j F Y"),
                    "day": date_format(self.scheme.starts.first, "j-n-Y"),
                },
                widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
                error_messages={"invalid": NO_DATE, "required": _("Fill in the day.")},
            )  # fmt: skip

    def quantity_field(self) -> forms.IntegerField:
        """How many of what the amount is for."""
        return forms.IntegerField(
            label=_("How many %(units)s?") % {"units": in_words(applying(self.scheme.slug).many)},
            min_value=0,
            max_value=MOST_ASKED,
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "6"}),
            error_messages={"required": _("Fill in a number."), "invalid": _("Fill in a whole number, like 3.")},
        )

    def facts(self) -> Facts:
        """What was filled in, as the rules want it: asked in the first second of the window."""
        given = self.cleaned_data
        start: date | None = given.get("start")
        return Facts(
            complete_at=moment_of(self.scheme.periods[0].opens),
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


class CalculatorForm(SchemeForm):
    """What would I get? Also asks in which window."""

    def _add_choices(self) -> None:
        super()._add_choices()
        if len(self.scheme.periods) > 1:
            opened = [(one.id, _days(one.opens, one.ends)) for one in self.scheme.periods]
            self.fields["window"] = _choice(_("When do you ask?"), opened)

    def facts(self) -> Facts:
        """As asked in the chosen window."""
        facts, window = super().facts(), self.cleaned_data.get("window")
        return replace(facts, complete_at=moment_of(self.scheme.period(window).opens)) if window else facts


def _choice(label: Any, choices: list[tuple[str, Any]], help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, error_messages=CHOOSE, help_text=help_text
    )


def _days(opens: int, ends: int) -> str:
    return f"{date_format(moment_of(opens), 'j F Y')} - {date_format(moment_of(ends - SECOND), 'j F Y')}"
