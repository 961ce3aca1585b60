"""The work itself: what it asks, when it is, what it pays, and what the employer is willing to do."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near import words as near_words
from dichterbij.web.near.concepts import numbering
from dichterbij.web.near.forms.fields import check_hours, hours, many
from dichterbij.web.placing import words
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.proposals import Skill, Usual
from dichterbij.web.placing.row import own_tasks as tasks_with_hours

MOST_LINES = 500
MOST_PEOPLE = 500
HIGHEST_WAGE = Decimal(500)


def choice(codes: words.Words, label: Any, help_text: Any = "", *, radio: bool = True) -> forms.ChoiceField:
    """One of these codes; nothing chosen is fine."""
    return forms.ChoiceField(
        choices=list(codes.items()),
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.RadioSelect if radio else forms.Select,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def _lines(label: Any, help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=MOST_LINES,
        error_messages={"max_length": _("That is too long. Use at most 500 characters.")},
        widget=forms.Textarea(attrs={"rows": "3"}),
    )


class EurosField(forms.DecimalField):
    """An amount in euros, with a comma or a point, whatever the language of the page."""

    def to_python(self, value: Any) -> Any:
        """The amount; a euro sign and spaces are left out."""
        plain = str(value or "").replace("€", "").replace(" ", "").replace(",", ".")
        return super().to_python(plain)


def _wage(label: Any) -> EurosField:
    message = _("Fill in an amount in euros an hour, for example 15,50.")
    return EurosField(
        label=label,
        required=False,
        min_value=Decimal(1),
        max_value=HIGHEST_WAGE,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "size": "6"}),
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places", "max_digits", "max_whole_digits"), message
        ),
    )


class WorkForm(forms.Form):
    """Everything about the work. Skills are numbers of the packaged ESCO, so that the page stays small."""

    use_required_attribute = False
    tasks = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _("Choose from the list.")})
    needed = forms.MultipleChoiceField(required=False, error_messages={"invalid_choice": _("Choose from the list.")})
    own_tasks = _lines(
        _("Other tasks"),
        _("One on each line. Do you know the hours a week? Write them behind it: making soup, 4 hours."),
    )
    demands = many(words.DEMANDS, _("What does somebody meet in this work?"))
    own_demands = _lines(
        _("Something else that somebody must be able to do"),
        _("Only what somebody cannot do without on the first day."),
    )
    licences = many(near_words.LICENCES, _("Which licences or certificates must somebody have?"))
    dutch = choice(words.DUTCH, _("How much Dutch must somebody speak?"))
    level = choice(words.LEVELS, _("Which diploma must somebody have?"), radio=False)
    hours_min = hours(_("At least how many hours a week is it?"))
    hours_max = hours(_("At most how many hours a week is it?"))
    dayparts = many(
        near_words.DAYPARTS, _("When is the work?"), help_text=_("Tick at least one. Fewer is more people.")
    )
    people = forms.IntegerField(
        label=_("How many people do you look for?"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1", "max": str(MOST_PEOPLE)}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("Fill in how many people, from 1 to 500.")
        ),
    )
    latest_start = forms.DateField(
        label=_("When must somebody start at the latest?"),
        help_text=_("For example 1-12-2026. Leave empty if it may also be later."),
        required=False,
        input_formats=["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"],
        widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
        error_messages={"invalid": _("That is not a date. Write it like 1-12-2026.")},
    )
    agreement = choice(words.AGREEMENTS, _("What do you offer?"))
    contract = choice(words.CONTRACTS, _("For how long?"), radio=False)
    wage_min = _wage(_("Wage an hour, from"))
    wage_max = _wage(_("Wage an hour, to"))
    willing = many(
        words.WILLING, _("Tick what you want to try"), help_text=_("Each one brings more people within reach.")
    )
    onboarding = choice(words.ONBOARDING, _("How much can somebody learn with you, after the start?"), radio=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        draft: Draft,
        skills: tuple[Skill, ...],
        usual: Usual,
        today: date,
    ) -> None:
        super().__init__(data, initial=_initial(draft, usual))
        numbers = numbering("skill")
        self.number_of = {skill.uri: str(numbers.number_of(skill.uri)) for skill in skills}
        self.today = today
        for name in ("tasks", "needed"):
            self.fields[name].choices = [(number, "") for number in self.number_of.values()]  # type: ignore[attr-defined]
        for name in ("hours_min", "hours_max", "dayparts"):
            self.fields[name].required = True
        message = _("Fill in a whole number of hours from 1 to 60.")
        self.fields["hours_min"].error_messages["required"] = message
        self.fields["hours_max"].error_messages["required"] = message
        self.fields["dayparts"].error_messages["required"] = _("Tick at least one part of the day or week.")

    def ticked(self, name: str) -> set[str]:
        """The numbers of the skills that are ticked, also on a form that came back."""
        return set(self[name].value() or ())

    def clean_latest_start(self) -> date | None:
        """A day that is still to come, and within this century."""
        found: date | None = self.cleaned_data["latest_start"]
        if found is not None and not self.today <= found < date(2100, 1, 1):
            raise forms.ValidationError(_("That day is over. Fill in a day that is still to come."))
        return found

    def clean(self) -> dict[str, Any]:
        """Hours and wages in order; own tasks take no more hours than there are."""
        check_hours(self)
        tenths = sum(tenths or 0 for _line, tenths in tasks_with_hours(self.cleaned_data.get("own_tasks") or ""))
        if tenths > 10 * (self.cleaned_data.get("hours_max") or 60):
            self.add_error(
                "own_tasks", _("Together these tasks take more hours than the work has. Look at both once more.")
            )
        low, high = self.cleaned_data.get("wage_min"), self.cleaned_data.get("wage_max")
        if low is not None and high is not None and low > high:
            self.add_error("wage_max", _("The highest wage must be at least the lowest."))
        return self.cleaned_data

    def changes(self) -> dict[str, Any]:
        """What a valid form says, as fields of a draft. A skill that is needed is part of the work."""
        return {"described": True, **self.usable()}

    def usable(self) -> dict[str, Any]:
        """What can be kept of a form that is half filled in; what belongs together is kept together."""
        data = self.cleaned_data
        found = {name: plain(data[name]) for name, plain in PLAIN.items() if name in data}
        if {"tasks", "needed"} <= data.keys():
            needed = set(data["needed"])
            both = needed | set(data["tasks"])
            found["tasks"] = tuple(uri for uri, number in self.number_of.items() if number in both)
            found["needed"] = tuple(uri for uri, number in self.number_of.items() if number in needed)
        if {"hours_min", "hours_max"} <= data.keys():
            found |= {"hours_min": data["hours_min"], "hours_max": data["hours_max"]}
        if {"wage_min", "wage_max"} <= data.keys():
            low, high = _cents(data["wage_min"]), _cents(data["wage_max"])
            found |= {"wage_min": low if low is not None else high, "wage_max": high if high is not None else low}
        return found


def _whole(text: str) -> int | None:
    return int(text) if text else None


# How the value of a field becomes that of a draft.
PLAIN: dict[str, Callable[[Any], Any]] = {
    "own_tasks": str.strip,
    "own_demands": str.strip,
    "demands": tuple,
    "licences": tuple,
    "dutch": lambda text: int(text or 1),
    "level": _whole,
    "dayparts": tuple,
    "people": int,
    "latest_start": lambda day: day,
    "agreement": lambda code: code or "job",
    "contract": str,
    "willing": tuple,
    "onboarding": _whole,
}


def _cents(euros: Decimal | None) -> int | None:
    return None if euros is None else int(euros * 100)


def _euros(cents: int | None) -> str:
    """As it may be typed again."""
    return "" if cents is None else f"{cents // 100},{cents % 100:02}"


def _initial(draft: Draft, usual: Usual) -> dict[str, Any]:
    """As it was filled in; hours that were not come from what is usual, as a proposal."""
    numbers = numbering("skill")
    low, high = usual.hours or (None, None)
    return {
        "tasks": [str(numbers.number_of(uri)) for uri in draft.tasks],
        "needed": [str(numbers.number_of(uri)) for uri in draft.needed],
        "own_tasks": draft.own_tasks,
        "own_demands": draft.own_demands,
        "demands": draft.demands,
        "licences": draft.licences,
        "dutch": str(draft.dutch),
        "level": str(draft.level or ""),
        "hours_min": draft.hours_min or low,
        "hours_max": draft.hours_max or high,
        "dayparts": draft.dayparts,
        "people": draft.people,
        "latest_start": draft.latest_start,
        "agreement": draft.agreement,
        "contract": draft.contract,
        "wage_min": _euros(draft.wage_min),
        "wage_max": _euros(draft.wage_max),
        "willing": draft.willing,
        "onboarding": "" if draft.onboarding is None else str(draft.onboarding),
    }
