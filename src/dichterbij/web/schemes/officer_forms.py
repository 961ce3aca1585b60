"""What an officer fills in. Each form stands beside others on a page, so its fields have a prefix of their own."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.actions.cases.stepping import BY_HAND
from dichterbij.domains.schemes.queries.cases import CaseView
from dichterbij.domains.schemes.rules.procedure import DECISIONS, Step, grounds
from dichterbij.web.schemes import officer_words as words
from dichterbij.web.schemes.document_field import DocumentField
from dichterbij.web.site.fields import FORMATS, NO_DATE, DayField, EuroField

LONGEST = 2_000
BY_CHOICE = DECISIONS - {Step.PENALTY_SET}  # its height is the law's: a button of its own
LARGEST = 20_000_000
CHOOSE = {"required": _("Choose one."), "invalid_choice": _("This is not possible any more. Choose one.")}


def why_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=LONGEST, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why, in a sentence."), "max_length": _("That is too long.")},
    )  # fmt: skip


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> DayField:
    return DayField(
        label=label, required=required, help_text=help_text, input_formats=FORMATS,
        widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
        error_messages={"invalid": NO_DATE, "required": _("Fill in the day.")},
    )  # fmt: skip


class CaseForm(forms.Form):
    """A form about one case as it is now."""

    use_required_attribute = False

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(data, files, initial=initial, prefix=type(self).__name__.removesuffix("Form").lower())
        self.view = view


class ProposeForm(CaseForm):
    """A decision to put before a colleague."""

    step = forms.ChoiceField(label=_("What do you propose?"), error_messages=CHOOSE)
    amount = EuroField(label=_("Amount"), required=False, help_text=_("Leave it empty for a refusal."))
    reason = why_field(_("Why? It stands in the letter."), required=False)

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(view, data, initial, files)
        steps = [(one.value, words.TO_PROPOSE[one]) for one in view.possible if one in BY_CHOICE]
        self.fields["step"] = forms.ChoiceField(
            label=_("What do you propose?"), choices=[("", _("Choose")), *steps], error_messages=CHOOSE
        )
        if {Step.WITHDRAWN, Step.LOWERED} & set(view.possible):
            known = grounds(is_settled=view.state.settled_on is not None)
            found = [(one.value, f"{words.GROUNDS[one]} ({article})") for one, article in known.items()]
            self.fields["ground"] = forms.ChoiceField(
                label=_("Ground"), required=False, choices=[("", _("Choose")), *found], error_messages=CHOOSE,
                help_text=_("Only for lowering or withdrawing."),
            )  # fmt: skip

    @property
    def is_of_use(self) -> bool:
        """Whether anything can be proposed."""
        return any(one in BY_CHOICE for one in self.view.possible)


class StepForm(CaseForm):
    """A step that needs no second person."""

    until = day_field(_("Until which day?"), help_text=_("Only when you ask for something or tell a later day."))
    reason = why_field(_("Why? The applicant reads this."), required=False)

    def __init__(self, view: CaseView, data: Any = None, initial: Any = None, files: Any = None) -> None:
        super().__init__(view, data, initial, files)
        steps = [(one.value, words.TO_TAKE[one]) for one in view.possible if one in BY_HAND]
        step = forms.ChoiceField(label=_("Which step?"), choices=[("", _("Choose")), *steps], error_messages=CHOOSE)
        self.fields = {"step": step, **self.fields}

    @property
    def is_of_use(self) -> bool:
        """Whether any step can be taken."""
        return any(one in BY_HAND for one in self.view.possible)


class BackForm(CaseForm):
    """Not like this."""

    reason = why_field(_("Why do you send it back? Your colleague reads this."))


class FlagForm(CaseForm):
    """What somebody found about a reason to look."""

    flagged = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.ChoiceField(
        label=_("Is it in order?"), choices=list(words.FOUND.items()), widget=forms.RadioSelect, error_messages=CHOOSE
    )
    answer = why_field(_("What did you find?"))


class EvidenceForm(CaseForm):
    """A document that was shown, to read beside the application."""

    document = DocumentField()
    kind = forms.ChoiceField(label=_("What is it?"), choices=list(words.DOCUMENT_KINDS.items()), error_messages=CHOOSE)


class StrikeForm(CaseForm):
    """A document that was put at the wrong case."""

    evidence = forms.IntegerField(widget=forms.HiddenInput)
    reason = why_field(_("Why is it not of this case?"))


class AskForm(CaseForm):
    """What is missing, and until when it can be sent."""

    missing = forms.MultipleChoiceField(
        label=_("What is missing?"), required=False, choices=list(words.MISSING.items()),
        widget=forms.CheckboxSelectMultiple, error_messages=CHOOSE,
    )  # fmt: skip
    reason = why_field(_("Something else, or more about it"), required=False)
    until = day_field(_("Until which day?"), required=True)

    def clean(self) -> dict[str, Any]:
        """At least one thing is asked."""
        given = super().clean() or {}
        if not given.get("missing") and not given.get("reason") and not self.errors:
            raise forms.ValidationError(_("Tick or write what is missing. The applicant reads it."))
        return given


class LaterForm(CaseForm):
    """A later day for the decision."""

    until = day_field(_("On which day at the latest will there be a decision?"), required=True)
    reason = why_field(_("Why does it take longer? The applicant reads this."))


class EndedForm(CaseForm):
    """The placement ended."""

    last_day = day_field(_("What was the last day?"), required=True)
    reason = why_field(_("How do you know it, and why did it end?"))


class AccountForm(CaseForm):
    """Where is paid from now on."""

    account = forms.CharField(
        label=_("Account number (IBAN)"), max_length=42,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": _("Fill in the account number.")},
    )  # fmt: skip
    reason = why_field(_("How do you know it? For example: letter of 3 June."))


class RepaidForm(CaseForm):
    """Money that was claimed back came."""

    amount = EuroField(label=_("How much came back?"))
    reference = forms.CharField(label=_("Reference of the bank"), required=False, max_length=140)


class PrepareForm(forms.Form):
    """A payment file. `file`: made with the page, so that pressing twice makes one."""

    use_required_attribute = False
    file = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    round = forms.IntegerField(widget=forms.HiddenInput)
    execute_on = day_field(_("On which day does the bank pay?"), required=True)


class BankForm(forms.Form):
    """The bank's answer."""

    use_required_attribute = False
    answer = forms.FileField(
        label=_("The file of the bank"), help_text=_("XML: pain.002, camt.053 or camt.054. At most 20 MB."),
        error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")},
    )  # fmt: skip

    def clean_answer(self) -> bytes:
        """Its bytes."""
        given = self.cleaned_data["answer"]
        if given.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        return bytes(given.read())


class DropForm(forms.Form):
    """Why a file is never sent."""

    use_required_attribute = False
    reason = why_field(_("Why is it dropped?"))
