"""Who asks: as little as a desk needs to call back."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.network.rules import checked_kvk, name_key
from dichterbij.domains.regions.queries import regions
from dichterbij.shared.errors import InputError
from dichterbij.web.placing.draft import Draft

PHONE = re.compile(r"\+?[0-9][0-9 ()-]{7,20}")
MOST_NAME, MOST_QUESTION = 100, 600


def _text(label: Any, required: Any, **attributes: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=MOST_NAME,
        error_messages={
            "required": required,
            "max_length": _("That is too long. Use at most 100 characters."),
        },
        widget=forms.TextInput(attrs=attributes),
    )


class ContactForm(forms.Form):
    """Firm, contact person, and an e-mail address or a phone number or both."""

    use_required_attribute = False
    firm = _text(
        _("Name of your firm or organisation"),
        _("Fill in the name of your firm or organisation."),
        autocomplete="organization",
    )
    person = _text(_("Who may we call or mail?"), _("Fill in the name of a contact person."), autocomplete="name")
    phone = forms.CharField(
        label=_("Phone number"),
        help_text=_("A phone number or an e-mail address is enough. Both is fine too."),
        required=False,
        max_length=30,
        error_messages={"max_length": _("That is not a phone number. For example: 06 12345678.")},
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("Then you get a mail with your reference and a link to your message."),
        required=False,
        max_length=254,
        error_messages={
            "invalid": _("That is not an e-mail address. It looks like name@example.nl."),
            "max_length": _("That is too long for an e-mail address."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    question = forms.CharField(
        label=_("Is there something you want to ask or tell?"),
        help_text=_("At most 600 characters. Tell nothing about the health of people, and no names of staff."),
        required=False,
        max_length=MOST_QUESTION,
        error_messages={"max_length": _("That is too long. Use at most 600 characters; the desk will ask more.")},
        widget=forms.Textarea(attrs={"rows": "4"}),
    )

    sites = forms.MultipleChoiceField(
        label=_("In which other regions do you have sites?"),
        help_text=_("Only tick this when people work for you there too. Then the national team calls you, once."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the regions in the list.")},
    )
    kvk = forms.CharField(
        label=_("KvK number"),
        help_text=_("Eight digits. With it the national team knows which employer you are."),
        required=False,
        max_length=12,
        error_messages={"max_length": _("A KvK number has eight digits.")},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, here: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = [(row.code, row.name) for row in regions() if row.code != here]
        self.fields["sites"].choices = sites  # type: ignore[attr-defined]

    def clean_firm(self) -> str:
        """Letters or digits there must be: by those the national team knows a firm."""
        firm = str(self.cleaned_data["firm"])
        if not name_key(firm):
            raise forms.ValidationError(_("Fill in the name of your firm or organisation."))
        return firm

    def clean_kvk(self) -> str:
        """Eight digits, or nothing."""
        try:
            return checked_kvk(str(self.cleaned_data["kvk"]))
        except InputError:
            raise forms.ValidationError(_("A KvK number has eight digits.")) from None

    def clean_phone(self) -> str:
        """Digits with what stands between them."""
        phone = str(self.cleaned_data["phone"]).strip()
        if phone and not PHONE.fullmatch(phone):
            raise forms.ValidationError(_("That is not a phone number. For example: 06 12345678."))
        return phone

    def clean(self) -> dict[str, Any]:
        """At least one way to be reached."""
        data = self.cleaned_data
        if not self.errors.keys() & {"phone", "email"} and not data.get("phone") and not data.get("email"):
            self.add_error("phone", _("Fill in a phone number or an e-mail address, so that the desk can reach you."))
        return data

    @classmethod
    def initial_of(cls, draft: Draft) -> dict[str, Any]:
        """The form as it was filled in."""
        return {name: getattr(draft, name) for name in cls.base_fields}

    def changes(self) -> dict[str, Any]:
        """What a form says, as fields of a draft; of one that is half filled in only what can be used."""
        return {
            name: tuple(value) if isinstance(value, list) else str(value)
            for name, value in self.cleaned_data.items() if name in self.base_fields
        }  # fmt: skip
