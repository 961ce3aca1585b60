"""The optional questions as plain forms: an empty answer is "not known" and stays null."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near import words
from dichterbij.web.near.answers import Answers
from dichterbij.web.near.forms.fields import DONT_KNOW, MINUTES, YES_NO, check_hours, hours, known, many, one

LEARN_WEEKS = {
    0: _("Rather not"),
    8: _("At most 8 weeks (2 months)"),
    13: _("At most 13 weeks (3 months)"),
    26: _("At most 26 weeks (half a year)"),
    39: _("At most 39 weeks (9 months)"),
    52: _("At most 52 weeks (a year)"),
}


class GroupForm(forms.Form):
    """A group of questions: filled from the answers, and giving back what changes in them."""

    def __init__(self, data: Mapping[str, Any] | None = None, *, answers: Answers) -> None:
        super().__init__(data, initial=self.initial_of(answers))

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        """What the fields show for these answers."""
        raise NotImplementedError

    def changes(self) -> dict[str, Any]:
        """Which answers change, and into what; only on a valid form."""
        raise NotImplementedError


class TravelForm(GroupForm):
    """How, and how long, somebody can travel."""

    modes = many(words.MODES, _("How can you travel to work?"), help_text=_("Tick everything you can use."))
    minutes = one([], _("How long may it take, one way?"))
    ebike = one(YES_NO, _("Could an e-bike be something for you?"), help_text=_("You do not have to have one."))

    def __init__(self, data: Mapping[str, Any] | None = None, *, answers: Answers) -> None:
        super().__init__(data, answers=answers)
        # A tried answer may be another number than those we offer.
        offered = sorted({*MINUTES, *filter(None, [answers.max_travel_minutes])})
        choices = [(str(minutes), _("%(n)s minutes") % {"n": minutes}) for minutes in offered]
        self.fields["minutes"].choices = [*choices, DONT_KNOW]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        return {
            "modes": answers.modes or (),
            "minutes": str(answers.max_travel_minutes or ""),
            "ebike": {True: "yes", False: "no", None: ""}[answers.ebike_possible],
        }

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "modes": known(data["modes"]),
            "max_travel_minutes": int(data["minutes"]) if data["minutes"] else None,
            "ebike_possible": {"yes": True, "no": False, "": None}[data["ebike"]],
        }


class TimesForm(GroupForm):
    """Hours a week, times of day, and from when."""

    hours_min = hours(_("At least how many hours a week?"))
    hours_max = hours(_("At most how many hours a week?"))
    dayparts = many(
        words.DAYPARTS,
        _("When can you work?"),
        help_text=_("Tick nothing if you can work at any time, or do not know."),
    )
    childcare = many(
        words.DAYPARTS, _("When could you work if there were childcare?"), help_text=_("Only if that would help you.")
    )
    available_from = forms.DateField(
        label=_("From when can you start?"),
        help_text=_("For example 1-12-2026. Leave empty if you can start now, or do not know."),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"inputmode": "text", "autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
        error_messages={"invalid": _("That is not a date. Write it like 1-12-2026.")},
    )

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        return {
            "hours_min": answers.hours_min,
            "hours_max": answers.hours_max,
            "dayparts": answers.dayparts or (),
            "childcare": answers.childcare_dayparts,
            "available_from": answers.available_from,
        }

    def clean_available_from(self) -> date | None:
        """A date in this century; others are slips of the pen."""
        found: date | None = self.cleaned_data["available_from"]
        if found is not None and not 2000 <= found.year < 2100:
            raise forms.ValidationError(_("That is not a date. Write it like 1-12-2026."))
        return found

    def clean(self) -> dict[str, Any]:
        check_hours(self)
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        dayparts = known(data["dayparts"])
        with_childcare = [part for part in data["childcare"] if dayparts and part not in dayparts]
        return {
            "hours_min": data["hours_min"],
            "hours_max": data["hours_max"],
            "dayparts": dayparts,
            "childcare_dayparts": tuple(with_childcare),
            "available_from": data["available_from"],
        }


class AvoidForm(GroupForm):
    """What somebody would rather not meet at work. Conditions for work, never a diagnosis."""

    avoid = many(words.DEMANDS, _("What would you rather not do at work?"))

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        return {"avoid": answers.avoid}

    def changes(self) -> dict[str, Any]:
        return {"avoid": tuple(self.cleaned_data["avoid"])}


class PapersForm(GroupForm):
    """Dutch, level, licences and certificates."""

    dutch = one([*words.DUTCH.items(), DONT_KNOW], _("How well do you speak Dutch?"))
    level = one([*words.LEVELS.items(), DONT_KNOW], _("Which school or study comes closest to you?"))
    licences = many(
        words.LICENCES,
        _("Which licences and certificates do you have?"),
        help_text=_("Tick nothing if you do not know."),
    )
    no_licences = forms.BooleanField(label=_("I have none of these"), required=False)
    big = one(
        YES_NO,
        _("Are you registered for a protected profession, for example as a nurse (BIG)?"),
    )

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        legal = answers.legal
        return {
            "dutch": str(answers.dutch or ""),
            "level": str(answers.level or ""),
            "licences": answers.licences or (),
            "no_licences": answers.licences == (),
            "big": "" if legal is None else "yes" if legal else "no",
        }

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("no_licences") and self.cleaned_data.get("licences"):
            self.add_error("no_licences", _("You ticked a licence and also none. Which one is right?"))
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "dutch": int(data["dutch"]) if data["dutch"] else None,
            "level": int(data["level"]) if data["level"] else None,
            "licences": () if data["no_licences"] else known(data["licences"]),
            "legal": () if data["big"] == "no" else None,
        }


class WishesForm(GroupForm):
    """Which agreement somebody wants, and how long they would want to learn."""

    agreements = many(
        words.AGREEMENTS,
        _("What are you looking for?"),
        help_text=_("Tick nothing if everything is fine, or you do not know."),
    )
    learn_weeks = one(
        [*((str(weeks), said) for weeks, said in LEARN_WEEKS.items()), DONT_KNOW],
        _("How long would you want to learn while working?"),
    )

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        weeks = answers.learn_weeks_max
        return {"agreements": answers.agreements or (), "learn_weeks": "" if weeks is None else str(weeks)}

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "agreements": known(data["agreements"]),
            "learn_weeks_max": int(data["learn_weeks"]) if data["learn_weeks"] else None,
        }
