"""The questions as plain forms. Only the postcode is compulsory; an empty answer is "not known" and stays null."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near import words
from dichterbij.web.near.answers import Answers, Filters

POSTCODE = re.compile(r"\s*(\d{4})\s*([A-Za-z]{2})?\s*", re.ASCII)
DONT_KNOW = ("", _("I don't know, or skip this"))
YES_NO = [("yes", _("Yes")), ("no", _("No")), DONT_KNOW]
MINUTES = (15, 30, 45, 60, 90)
LEARN_WEEKS = (0, 8, 13, 26, 39, 52)


class PostcodeForm(forms.Form):
    """Where somebody lives: four digits, with or without letters. Only the digits are kept."""

    postcode = forms.CharField(
        label=_("What is your postcode?"),
        help_text=_("For example 3511 or 3511 AB. We only keep the four digits."),
        max_length=20,
        error_messages={
            "required": _("Fill in your postcode, for example 3511."),
            "max_length": _("That is too long for a postcode. Fill in four digits, for example 3511."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": "8"}),
    )

    def clean_postcode(self) -> str:
        """The four digits and, when given, the letters; a postcode is never guessed."""
        found = POSTCODE.fullmatch(self.cleaned_data["postcode"])
        if not found:
            raise forms.ValidationError(_("That is not a postcode. Fill in four digits, for example 3511."))
        return " ".join(part for part in found.groups() if part).upper()


class PlaceForm(forms.Form):
    """Where somebody lives, by name, for whoever does not know the postcode."""

    place = forms.CharField(
        label=_("Or: in which place do you live?"),
        max_length=80,
        error_messages={
            "required": _("Fill in the place where you live."),
            "max_length": _("That is too long for a place. Fill in its name, for example Utrecht."),
        },
    )


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


def _many(codes: words.Words, label: Any, *, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=list(codes.items()),
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def _one(choices: list[tuple[str, Any]], label: Any, *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def _hours(label: Any) -> forms.IntegerField:
    message = _("Fill in a whole number of hours from 1 to 60.")
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=60,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1", "max": "60"}),
        error_messages={"invalid": message, "min_value": message, "max_value": message},
    )


def _check_hours(form: forms.Form) -> None:
    low, high = form.cleaned_data.get("hours_min"), form.cleaned_data.get("hours_max")
    if low is not None and high is not None and low > high:
        form.add_error("hours_max", _("The most hours must be at least the fewest hours."))


def _known(values: list[str]) -> tuple[str, ...] | None:
    return tuple(values) or None


class TravelForm(GroupForm):
    """How, and how long, somebody can travel."""

    modes = _many(words.MODES, _("How can you travel to work?"), help_text=_("Tick everything you can use."))
    minutes = _one([], _("How long may it take, one way?"))
    ebike = _one(YES_NO, _("Could an e-bike be something for you?"), help_text=_("You do not have to have one."))

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
            "modes": _known(data["modes"]),
            "max_travel_minutes": int(data["minutes"]) if data["minutes"] else None,
            "ebike_possible": {"yes": True, "no": False, "": None}[data["ebike"]],
        }


class TimesForm(GroupForm):
    """Hours a week, times of day, and from when."""

    hours_min = _hours(_("At least how many hours a week?"))
    hours_max = _hours(_("At most how many hours a week?"))
    dayparts = _many(
        words.DAYPARTS,
        _("When can you work?"),
        help_text=_("Tick nothing if you can work at any time, or do not know."),
    )
    childcare = _many(
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
        _check_hours(self)
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        dayparts = _known(data["dayparts"])
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

    avoid = _many(words.DEMANDS, _("What would you rather not do at work?"))

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        return {"avoid": answers.avoid}

    def changes(self) -> dict[str, Any]:
        return {"avoid": tuple(self.cleaned_data["avoid"])}


class PapersForm(GroupForm):
    """Dutch, level, licences and certificates."""

    dutch = _one([*words.DUTCH.items(), DONT_KNOW], _("How well do you speak Dutch?"))
    level = _one([*words.LEVELS.items(), DONT_KNOW], _("Which school or study comes closest to you?"))
    licences = _many(
        words.LICENCES,
        _("Which licences and certificates do you have?"),
        help_text=_("Tick nothing if you do not know."),
    )
    no_licences = forms.BooleanField(label=_("I have none of these"), required=False)
    big = _one(
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
            "licences": () if data["no_licences"] else _known(data["licences"]),
            "legal": () if data["big"] == "no" else None,
        }


class WishesForm(GroupForm):
    """Which agreement somebody wants, and how long they would want to learn."""

    agreements = _many(
        words.AGREEMENTS,
        _("What are you looking for?"),
        help_text=_("Tick nothing if everything is fine, or you do not know."),
    )
    learn_weeks = _one(
        [*((str(n), _("%(n)s weeks at most") % {"n": n} if n else _("Rather not")) for n in LEARN_WEEKS), DONT_KNOW],
        _("How long would you want to learn while working?"),
    )

    @classmethod
    def initial_of(cls, answers: Answers) -> dict[str, Any]:
        weeks = answers.learn_weeks_max
        return {"agreements": answers.agreements or (), "learn_weeks": "" if weeks is None else str(weeks)}

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "agreements": _known(data["agreements"]),
            "learn_weeks_max": int(data["learn_weeks"]) if data["learn_weeks"] else None,
        }


class ConceptForm(forms.Form):
    """Words for a kind of work or a skill, as typed."""

    text = forms.CharField(
        label="",
        max_length=120,
        error_messages={
            "required": _("Fill in a word first."),
            "max_length": _("That is too long to look up. Use a few words, for example: cleaner."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class MailForm(forms.Form):
    """An address to send to once. It is not kept."""

    address = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("We use it once, for this message, and do not keep it."),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("That is not an e-mail address. It looks like name@example.nl."),
            "max_length": _("That is too long for an e-mail address."),
        },
    )


class FiltersForm(forms.Form):
    """What the list leaves out."""

    route = forms.ChoiceField(required=False, label=_("Route"))
    minutes = forms.ChoiceField(required=False, label=_("Travel time"))
    hours_min = _hours(_("Hours from"))
    hours_max = _hours(_("Hours to"))
    sector = forms.ChoiceField(required=False, label=_("Sector"))
    group = forms.ChoiceField(required=False, label=_("Kind of work"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, filters: Filters, sectors: words.Words) -> None:
        initial = {name: getattr(filters, name) or "" for name in self.base_fields}
        super().__init__(data, initial=initial)
        self._choose("route", _("All routes"), list(words.ROUTES.items()))
        self._choose("minutes", _("Any"), [(str(m), _("At most %(n)s minutes") % {"n": m}) for m in MINUTES])
        self._choose("sector", _("All sectors"), list(sectors.items()))
        self._choose("group", _("All kinds"), list(words.GROUPS_OF_WORK.items()))

    def _choose(self, name: str, anything: Any, choices: list[tuple[str, Any]]) -> None:
        self.fields[name].choices = [("", anything), *choices]  # type: ignore[attr-defined]
        self.fields[name].error_messages["invalid_choice"] = _("Choose from the list.")

    def clean(self) -> dict[str, Any]:
        _check_hours(self)
        return self.cleaned_data

    def filters(self) -> Filters:
        """The filters of a valid form."""
        data = self.cleaned_data
        return Filters(
            minutes=int(data["minutes"]) if data["minutes"] else None,
            hours_min=data["hours_min"],
            hours_max=data["hours_max"],
            sector=data["sector"] or None,
            group=data["group"] or None,
            route=data["route"] or None,
        )


class BackgroundForm(forms.Form):
    """Which benefit somebody has: asked only beside a bridge, and used only for who may pay."""

    background = _one([*words.BACKGROUNDS.items(), DONT_KNOW], _("Do you have a benefit or work now?"))
