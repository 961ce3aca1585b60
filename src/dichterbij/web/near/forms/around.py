"""The forms around the questions: where somebody lives, words to look up, filters, an address, who may pay."""

import re
from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near import words
from dichterbij.web.near.answers import Filters
from dichterbij.web.near.carried import LONGEST_TYPED
from dichterbij.web.near.forms.fields import DONT_KNOW, MINUTES, FlatSelect, check_hours, hours, one

POSTCODE = re.compile(r"\s*(\d{4})\s*([A-Za-z]{2})?\s*", re.ASCII)
MOST_PLACE = 80


class PostcodeForm(forms.Form):
    """Where somebody lives: four digits, with or without letters; or a place. Only the digits are kept."""

    postcode = forms.CharField(
        label=_("What is your postcode?"),
        help_text=_("For example 3511 or 3511 AB. We only keep the four digits. The name of your place is fine too."),
        max_length=MOST_PLACE,
        error_messages={
            "required": _("Fill in your postcode, for example 3511."),
            "max_length": _("That is too long for a postcode. Fill in four digits, for example 3511."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "postal-code", "size": "8"}),
    )

    def clean_postcode(self) -> str:
        """The four digits and, when given, the letters; a postcode is never guessed. Words are left as they are."""
        given: str = self.cleaned_data["postcode"]
        found = POSTCODE.fullmatch(given)
        if not found:
            if is_place(given):
                return given
            raise forms.ValidationError(_("That is not a postcode. Fill in four digits, for example 3511."))
        return " ".join(part for part in found.groups() if part).upper()

    def focused(self) -> Self:
        """This form, with the field where a reader goes on as soon as the page is there."""
        self.fields["postcode"].widget.attrs["autofocus"] = True
        return self


def is_place(text: str) -> bool:
    """Whether this can be the name of a place: letters, and what stands between them in names."""
    return any(c.isalpha() for c in text) and all(c.isalpha() or c in " '.-()/" for c in text)


MOST_TEXT = 120


class ConceptForm(forms.Form):
    """Words for a kind of work or a skill, as typed."""

    text = forms.CharField(
        label="",
        max_length=MOST_TEXT,
        error_messages={
            "required": _("Fill in a word first."),
            "max_length": _("That is too long to look up. Use a few words, for example: cleaner."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class FiltersForm(forms.Form):
    """What the list leaves out."""

    route = forms.ChoiceField(required=False, widget=FlatSelect, label=_("Route"))
    minutes = forms.ChoiceField(required=False, widget=FlatSelect, label=_("Travel time"))
    hours_min = hours(_("Hours from"))
    hours_max = hours(_("Hours to"))
    sector = forms.ChoiceField(required=False, widget=FlatSelect, label=_("Sector"))
    group = forms.ChoiceField(required=False, widget=FlatSelect, label=_("Kind of work"))

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
        check_hours(self)
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


class BroughtForm(forms.Form):
    """A code that was brought along, as scanned or pasted."""

    code = forms.CharField(
        label=_("The code"),
        help_text=_("The letters under the square, or the whole address."),
        max_length=LONGEST_TYPED,
        widget=forms.Textarea(attrs={"rows": "4", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={
            "required": _("Paste the code here first."),
            "max_length": _("That is longer than any code of ours. Paste only the code."),
        },
    )


class BackgroundForm(forms.Form):
    """Which benefit somebody has: asked only beside a bridge, and used only for who may pay."""

    background = one([*words.BACKGROUNDS.items(), DONT_KNOW], _("Do you have a benefit or work now?"))
