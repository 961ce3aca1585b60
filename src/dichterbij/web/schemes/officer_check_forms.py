"""What an officer fills in to check: a draw, companies that belong together, and aid that they had."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.schemes import officer_check_words as words
from dichterbij.web.schemes.officer_forms import CHOOSE, day_field, why_field
from dichterbij.web.site.fields import EuroField

LONGEST_SEED = 80


class SampleForm(forms.Form):
    """What is drawn with. `round`: of which scheme."""

    use_required_attribute = False
    round = forms.IntegerField(widget=forms.HiddenInput)
    seed = forms.CharField(
        label=_("Number or words to draw with"), required=False, max_length=LONGEST_SEED,
        help_text=_(
            "For example the numbers of a public lottery that is still to come. Leave it empty and the computer makes"
            " one."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        error_messages={"max_length": _("That is too long.")},
    )  # fmt: skip

    def clean_seed(self) -> str:
        """Without spaces around it; nothing that cannot be read on a page."""
        given = " ".join(self.cleaned_data["seed"].split())
        if not given.isprintable():
            raise forms.ValidationError(_("Use letters and figures."))
        return given


class _CompanyForm(forms.Form):
    """A form with an id that was made with the page: pressing twice does it once."""

    use_required_attribute = False
    id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        name = type(self).__name__.removesuffix("Form").lower()
        super().__init__(data, initial={"id": uuid4(), **(initial or {})}, prefix=name)


class AidForm(_CompanyForm):
    """Aid that one of the companies had."""

    entity = forms.ChoiceField(label=_("Which company?"), error_messages=CHOOSE)
    amount = EuroField(label=_("How much?"), help_text=_("Fill in 0 when the company says that it had none."))
    on = day_field(
        _("On which day was it promised?"), required=True, help_text=_("Had none? Then the day of the statement.")
    )
    source = why_field(
        _("Who gave it, and how do you know?"), help_text=_("For example: municipality of Ede, statement of 3 June.")
    )

    def __init__(self, members: tuple[str, ...], data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial)
        self.fields["entity"] = forms.ChoiceField(
            label=_("Which company?"), choices=[(one, words.company(one)) for one in members], error_messages=CHOOSE
        )


class TieForm(_CompanyForm):
    """Another company that belongs to it."""

    other = forms.RegexField(
        r"^\s*(?:\d\s*){8}$", label=_("Number of the other company at the Chamber of Commerce (KVK)"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "12"}),
        error_messages={"required": _("Fill in the eight figures."), "invalid": _("A number has eight figures.")},
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Why do they belong together?"), choices=list(words.TIES.items()), error_messages=CHOOSE
    )
    since = day_field(_("Since which day?"), required=True)
    source = why_field(_("How do you know it?"))

    def clean_other(self) -> str:
        """As applicants' numbers are kept."""
        return "kvk:" + "".join(self.cleaned_data["other"].split())
