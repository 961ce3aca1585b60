"""What an applicant corrects on the page of an application."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.schemes.application_form import checked_account, checked_email


class CorrectForm(forms.Form):
    """Another address, another account; empty is as it was. `shown`: what is known now, to know it again."""

    use_required_attribute = False
    email = forms.CharField(
        label=_("New e-mail address"), max_length=254, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
    )  # fmt: skip
    account = forms.CharField(
        label=_("New account number (IBAN)"), max_length=42, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": "24"}),
    )  # fmt: skip

    def __init__(self, email: str, account: str, *, with_account: bool, data: Any = None) -> None:
        super().__init__(data)
        now = _("Now: %(value)s. Leave it empty when that is right.")
        unknown = _("Not known yet.")
        self.fields["email"].help_text = now % {"value": email} if email else unknown
        self.fields["account"].help_text = now % {"value": account} if account else unknown
        if not with_account:
            del self.fields["account"]

    def clean_email(self) -> str:
        """In small letters; may be empty."""
        return checked_email(self.cleaned_data["email"]) if self.cleaned_data["email"].strip() else ""

    def clean_account(self) -> str:
        """Without spaces; may be empty."""
        return checked_account(self.cleaned_data["account"])

    def clean(self) -> dict[str, Any]:
        """At least one of them."""
        given = super().clean() or {}
        if not self.errors and not any(given.values()):
            raise forms.ValidationError(_("Fill in what is different now."))
        return given
