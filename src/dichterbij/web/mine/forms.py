"""Correcting what is known: name, language and every way to be reached."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.people.actions import Corrected, NewContact
from dichterbij.domains.people.errors import ContactError
from dichterbij.domains.people.queries import PersonRow
from dichterbij.domains.people.rules import ContactKind, normalised, takes_texts

MOST_NAME = 100
HINTS = {
    ContactKind.PHONE: {"autocomplete": "tel", "inputmode": "tel"},
    ContactKind.EMAIL: {"autocomplete": "email", "inputmode": "email"},
    ContactKind.POST: {"autocomplete": "street-address"},
}
LABELS = {ContactKind.PHONE: _("Phone number"), ContactKind.EMAIL: _("E-mail address"),
          ContactKind.POST: _("Postal address")}  # fmt: skip
MORE = {ContactKind.PHONE: _("Another phone number"), ContactKind.EMAIL: _("Another e-mail address"),
        ContactKind.POST: _("Another postal address")}  # fmt: skip
WRONG = {
    ContactKind.PHONE: _("That is not a phone number. For example: 06 12345678."),
    ContactKind.EMAIL: _("That is not an e-mail address. It looks like name@example.nl."),
    ContactKind.POST: _("Fill in a street, number, postcode and place."),
}


class AskForm(forms.Form):
    """An e-mail address or phone number, whichever somebody gave. After `is_valid` there is `contact`."""

    use_required_attribute = False
    reach = forms.CharField(
        label=_("Your e-mail address or phone number"),
        help_text=_("The one you gave when you were registered. For example name@example.nl, or 06 12345678."),
        max_length=254,
        error_messages={
            "required": _("Fill in your e-mail address or phone number."),
            "max_length": _("That is too long for an e-mail address or phone number."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )

    def __init__(self, data: Any = None, *, by_text: bool) -> None:
        super().__init__(data)
        self.by_text = by_text
        if not by_text:
            self.fields["reach"].label = LABELS[ContactKind.EMAIL]
            self.fields["reach"].help_text = _("The one you gave when you were registered.")

    def clean_reach(self) -> str:
        """Something that can be written to."""
        text = " ".join(str(self.cleaned_data["reach"]).split())
        kind = ContactKind.EMAIL if "@" in text else ContactKind.PHONE
        self.contact = NewContact(kind, text)
        try:
            normalised(self.contact)
        except ContactError:
            raise forms.ValidationError(WRONG[kind]) from None
        if self.by_text and kind is ContactKind.PHONE and not takes_texts(self.contact):
            raise forms.ValidationError(_("A text message goes to a Dutch mobile number only: it begins with 06."))
        if kind is ContactKind.PHONE and not self.by_text:
            raise forms.ValidationError(
                _("We cannot send text messages here. Fill in an e-mail address, or go to the desk.")
            )
        return text


class CorrectForm(forms.Form):
    """Every contact has a field of its own; emptying it removes it. One way to be reached stays."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Your name, or how you want to be called"),
        max_length=MOST_NAME,
        error_messages={
            "required": _("Fill in a name. A nickname is fine."),
            "max_length": _("That is too long. Use at most 100 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def __init__(self, person: PersonRow, data: Any = None) -> None:
        super().__init__(data, initial={"name": person.name, "language": person.language})
        for kind in ContactKind:
            kept = [contact.value for contact in person.contacts if contact.kind == kind]
            for place, value in enumerate(kept or [""]):
                self.fields[f"{kind.value}_{place}"] = _contact(kind, value, is_first=place == 0)
        self.order_fields(["name", *(name for name in self.fields if name.startswith("phone")), *self.fields])
        self.fields["language"] = forms.ChoiceField(
            label=_("The language you like best"),
            choices=settings.LANGUAGES,
            error_messages={"invalid_choice": _("Choose a language from the list.")},
        )

    def clean(self) -> dict[str, Any]:
        """Each contact can be one, and at least one is left."""
        filled = [(field, contact) for field, contact in self._contacts() if contact.value.strip()]
        for field, contact in filled:
            try:
                normalised(contact)
            except ContactError:
                self.add_error(field, WRONG[contact.kind])
        if not filled and not self.errors:
            self.add_error("phone_0", _("Fill in at least one way to reach you: phone, e-mail or post."))
        return self.cleaned_data

    def corrected(self) -> Corrected:
        """What the person says it is."""
        contacts = [contact for _field, contact in self._contacts() if contact.value.strip()]
        return Corrected(self.cleaned_data["name"], self.cleaned_data["language"], contacts)

    def _contacts(self) -> Iterator[tuple[str, NewContact]]:
        for name in self.fields:
            kind, _mark, place = name.partition("_")
            if place:
                yield name, NewContact(ContactKind(kind), str(self.cleaned_data.get(name) or ""))


def _contact(kind: ContactKind, value: str, *, is_first: bool) -> forms.CharField:
    return forms.CharField(
        label=LABELS[kind] if is_first else MORE[kind],
        initial=value,
        required=False,
        max_length=300,
        error_messages={"max_length": WRONG[kind]},
        widget=forms.TextInput(attrs=HINTS[kind]),
    )
