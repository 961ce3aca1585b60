"""What an officer fills in about an objection."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.queries.cases import CaseView, ObjectionRow
from dichterbij.domains.schemes.rules.procedure import ANSWERS, DECISIONS, ObjectionStep
from dichterbij.web.schemes import officer_objection_words as words
from dichterbij.web.schemes.officer_forms import CHOOSE, CaseForm, day_field, why_field
from dichterbij.web.site.fields import EuroField

DECIDED = {one.value for one in DECISIONS}


class LodgeForm(CaseForm):
    """An objection that came. `objection`: made with the page, so that pressing twice makes one."""

    objection = forms.UUIDField(widget=forms.HiddenInput)
    received_on = day_field(_("On which day did it come?"), required=True)
    posted_on = day_field(_("Posted on"), help_text=_("Only when it came by post, after the term. Look at the stamp."))
    words = why_field(
        _("What does the applicant write?"), help_text=_("In short. The letter itself is evidence: add it to the case.")
    )
    with_committee = forms.BooleanField(
        label=_("A committee of advice looks at it: then there are twelve weeks."), required=False
    )

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(view, data, {"objection": uuid4(), **(initial or {})}, files)
        made = [(str(one.number), words.decision(one)) for one in reversed(view.events) if one.step in DECIDED]
        against = forms.ChoiceField(label=_("Against which decision?"), choices=made, error_messages=CHOOSE)
        self.fields = {"against": against, **self.fields}

    @property
    def is_of_use(self) -> bool:
        """Whether there is a decision to object to."""
        return any(one.step in DECIDED for one in self.view.events)


class _ObjectionForm(CaseForm):
    """A form of one objection: the one of this page, or the one that was sent."""

    objection = forms.UUIDField(widget=forms.HiddenInput)
    row: ObjectionRow | None = None

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(view, data, initial, files)
        asked = str(self["objection"].value() or "")
        self.row = next((one for one in view.objections if str(one.id) == asked), None)
        self.auto_id = f"id_{asked[:8]}_%s"

    def choose(self, label: Any, steps: list[ObjectionStep]) -> None:
        """Put the choice of what is done now before the other fields."""
        choices = [("", _("Choose")), *((one.value, words.TO_DO[one]) for one in steps)]
        self.fields = {"step": forms.ChoiceField(label=label, choices=choices, error_messages=CHOOSE), **self.fields}

    @property
    def possible(self) -> tuple[ObjectionStep, ...]:
        """What can be done with it now."""
        return self.row.possible if self.row else ()


class NextForm(_ObjectionForm):
    """A step of an objection that needs no second person."""

    until = day_field(_("Which day?"), help_text=_("The last day to send what is missing, or the day of the talk."))
    reason = why_field(
        _("Write it down"), required=False,
        help_text=_("What is missing; where and at what time you talk; what was said; or why it takes longer."),
    )  # fmt: skip

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(view, data, initial, files)
        self.choose(_("Which step?"), [one for one in self.possible if one not in ANSWERS])


class _ChoiceOfAnswers(forms.Select):
    """Answers, of which some cannot be chosen now."""

    def __init__(self, choices: list[tuple[str, str]], closed: frozenset[str]) -> None:
        super().__init__(choices=choices)
        self.closed = closed

    def create_option(self, name: str, value: Any, *arguments: Any, **more: Any) -> dict[str, Any]:
        """As any other, closed where it cannot be."""
        option = super().create_option(name, value, *arguments, **more)
        return option | ({"attrs": {**option["attrs"], "disabled": True}} if value in self.closed else {})


class MoneyForm(_ObjectionForm):
    """Money after all for an objection that was won with nothing."""

    amount = EuroField(label=_("What does the applicant get in all?"))
    reason = why_field(_("Why? It stands in the letter."))

    def clean_amount(self) -> int:
        """More than nothing: that stands there already."""
        cents = int(self.cleaned_data["amount"])
        if not cents:
            raise forms.ValidationError(_("Fill in more than 0."))
        return cents


class AnswerForm(_ObjectionForm):
    """The answer, to put before a colleague."""

    amount = EuroField(
        label=_("What does the applicant get in all?"), required=False, help_text=_("Only when the objection is won."),
    )  # fmt: skip
    reason = why_field(_("Why? It stands in the letter."))

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(view, data, initial, files)
        self.choose(_("What do you propose?"), [one for one in ObjectionStep if one in ANSWERS])
        self.fields["step"].widget = _ChoiceOfAnswers(choices=self._answers(), closed=self._closed())

    def _closed(self) -> frozenset[str]:
        return frozenset(one.value for one in ANSWERS if one not in self.possible)

    def _answers(self) -> list[tuple[str, str]]:
        """Every answer there is; what cannot be proposed now says why not."""
        late = ObjectionStep.UPHELD not in self.possible
        told = [("", str(_("Choose")))]
        for one in (step for step in ObjectionStep if step in ANSWERS):
            why = words.LATE_FIRST if late and one is ObjectionStep.REJECTED else words.NOT_YET[one]
            name = str(words.TO_DO[one])
            told.append((one.value, name if one in self.possible else f"{name} ({why})"))
        return told

    def clean_step(self) -> str:
        """One that can be proposed now, whatever was sent."""
        step = str(self.cleaned_data["step"])
        if step in self._closed():
            raise forms.ValidationError(CHOOSE["invalid_choice"])
        return step

    def clean(self) -> dict[str, Any] | None:
        """Who wins gets an amount: an empty one would end the case with nothing, unseen."""
        given = super().clean()
        is_won = self.cleaned_data.get("step") == ObjectionStep.UPHELD
        if is_won and self.cleaned_data.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("Fill in what the applicant gets in all. Is that nothing? Then write 0."))
        return given
