"""The questions of "support for me", one to a page, as plain forms."""

from dataclasses import replace
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.support.rules.kinds import Background, Need, Role, Route
from dichterbij.web.desks import places
from dichterbij.web.support import words
from dichterbij.web.support.asking import known_needs
from dichterbij.web.support.told import Asker, Question, Told

CHOOSE = _("Choose from the list.")


class QuestionForm(forms.Form):
    """One question: filled from what was told, and giving back what is told now."""

    use_required_attribute = False
    name = ""

    def __init__(self, data: Any = None, *, told: Told, on: date) -> None:
        super().__init__(data, initial=self.initial_of(told))
        self.told, self.on = told, on

    @property
    def question(self) -> forms.BoundField:
        """The field that is the question of the page."""
        return self[self.name]

    @classmethod
    def initial_of(cls, told: Told) -> dict[str, Any]:
        """What the field shows for these answers."""
        raise NotImplementedError

    def now_told(self) -> Told:
        """What is told with this answer; only on a valid form."""
        raise NotImplementedError


class AskerForm(QuestionForm):
    """Who asks."""

    name = "asker"
    asker = forms.ChoiceField(
        label=_("Who is it for?"),
        help_text=_(
            "A few questions, and then you see which help and money there may be, who decides, and whom to call. "
            "No account. We keep nothing."
        ),
        choices=list(words.ASKERS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": CHOOSE},
    )

    @classmethod
    def initial_of(cls, told: Told) -> dict[str, Any]:
        return {"asker": told.asker.value if told.asker else None}

    def now_told(self) -> Told:
        return replace(self.told, asker=Asker(self.cleaned_data["asker"]))


class NeedsForm(QuestionForm):
    """What stands in the way, or would help."""

    name = "needs"
    needs = forms.MultipleChoiceField(
        required=False, widget=forms.CheckboxSelectMultiple, error_messages={"invalid_choice": CHOOSE}
    )
    unsure = forms.BooleanField(label=_("I do not know yet. Show everything."), required=False)

    def __init__(self, data: Any = None, *, told: Told, on: date) -> None:
        super().__init__(data, told=told, on=on)
        is_employer = told.role is Role.EMPLOYER
        texts = words.NEEDS_OF_EMPLOYERS if is_employer else words.NEEDS_OF_PEOPLE
        field = self.fields["needs"]
        field.label = str(words.need_question(told.asker))
        field.help_text = _("Tick everything that fits.")
        field.choices = [(need.value, texts[need]) for need in known_needs(told, on)]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, told: Told) -> dict[str, Any]:
        return {
            "needs": [need.value for need in told.needs],
            "unsure": Question.NEEDS in told.seen and not told.needs,
        }

    def clean(self) -> dict[str, Any]:
        """Something is ticked: a need, or that it is not known yet."""
        data = self.cleaned_data
        if "needs" in data and not data["needs"] and not data.get("unsure"):
            self.add_error("needs", _("Tick what would help, or tick “I do not know yet” at the bottom."))
        if data.get("needs") and data.get("unsure"):
            self.add_error("unsure", _("You ticked something and also “I do not know yet”. Which one is right?"))
        return data

    def now_told(self) -> Told:
        return replace(self.told, needs=tuple(map(Need, self.cleaned_data["needs"])))


class RouteForm(QuestionForm):
    """Over which route, when that is known."""

    name = "route"
    route = forms.ChoiceField(
        label=_("Do you already know how you will start?"),
        help_text=_("Some support belongs to one way of starting."),
        choices=[*words.ROUTE_ANSWERS.items(), ("", _("I do not know yet, or skip this"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": CHOOSE},
    )

    def __init__(self, data: Any = None, *, told: Told, on: date) -> None:
        super().__init__(data, told=told, on=on)
        if told.role is Role.EMPLOYER:
            self.fields["route"].label = _("Do you already know how you want to hire?")
            self.fields["route"].help_text = _("Some support belongs to one way of hiring.")

    @classmethod
    def initial_of(cls, told: Told) -> dict[str, Any]:
        return {"route": told.route.value if told.route else ""}

    def now_told(self) -> Told:
        given = self.cleaned_data["route"]
        return replace(self.told, route=Route(given) if given else None)


class BackgroundForm(QuestionForm):
    """Where the income comes from; asked only when something that may be there depends on it."""

    name = "background"
    background = forms.ChoiceField(required=False, widget=forms.RadioSelect, error_messages={"invalid_choice": CHOOSE})

    def __init__(self, data: Any = None, *, told: Told, on: date) -> None:
        super().__init__(data, told=told, on=on)
        texts = words.BACKGROUNDS if told.asker is Asker.SELF else words.BACKGROUNDS_OF_OTHERS
        field = self.fields["background"]
        field.label = str(words.background_question(told.asker))
        field.help_text = _("You may skip this. Then you see everything, also what turns out not to fit.")
        if told.role is Role.EMPLOYER:
            field.help_text = _(
                "Fill this in only if the candidate told you and agrees. You need not know it; you may skip this."
            )
        skip = ("", _("I do not want to say, or skip this"))
        field.choices = [*((code.value, text) for code, text in texts.items()), skip]  # type: ignore[attr-defined]

    @classmethod
    def initial_of(cls, told: Told) -> dict[str, Any]:
        return {"background": told.background.value if told.background else ""}

    def now_told(self) -> Told:
        given = self.cleaned_data["background"]
        return replace(self.told, background=Background(given) if given else None)


class WhereForm(QuestionForm):
    """Where; only the region is kept. `skip` in the data: the national team helps."""

    name = "where"
    where = forms.CharField(
        label=_("Where do you live, or where is your business?"),
        help_text=_("A postcode, for example 3511, or the name of a place. We only remember the region."),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    region = forms.RegexField(r"^AM[0-9]{2}$", required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, told: Told, on: date) -> None:
        super().__init__(data, told=told, on=on)
        self.located = places.Located()
        labels = {Asker.SELF: _("Where do you live?"), Asker.EMPLOYER: _("Where is your business?")}
        self.fields["where"].label = labels.get(told.asker or Asker.SELF, _("Where does the person you help live?"))

    @classmethod
    def initial_of(cls, told: Told) -> dict[str, Any]:
        return {}

    def clean(self) -> dict[str, Any]:
        """The region, or in words what to do about what was typed."""
        data = self.cleaned_data
        if "skip" in self.data:
            return data
        if data.get("region"):
            self.located = places.located_in(data["region"])
        elif data.get("where"):
            self.located = places.locate(data["where"])
        elif "where" in data:
            self.add_error("where", _("Fill in your postcode or place, or skip this question."))
        if self.located.problem:
            self.add_error("where", self.located.problem)
        return data

    def now_told(self) -> Told:
        return replace(self.told, region=self.located.region_code)


FORMS: dict[Question, type[QuestionForm]] = {
    Question.WHO: AskerForm,
    Question.NEEDS: NeedsForm,
    Question.ROUTE: RouteForm,
    Question.BACKGROUND: BackgroundForm,
    Question.WHERE: WhereForm,
}
