"""Fields that more than one form has, with their errors in words that say what to do."""

from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near import words

DONT_KNOW = ("", _("I don't know, or skip this"))
YES_NO = [("yes", _("Yes")), ("no", _("No")), DONT_KNOW]
MINUTES = (15, 30, 45, 60, 90)


def many(codes: words.Words, label: Any, *, help_text: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        choices=list(codes.items()),
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


def one(choices: list[tuple[str, Any]], label: Any, *, help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        choices=choices,
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )


class FlatSelect(forms.Select):
    """A list to choose from, its options written in one go: Django's own takes two templates for each of them."""

    def render(self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None) -> SafeString:
        """The same element as that of Django."""
        widget = self.get_context(name, value, attrs)["widget"]
        options = (
            (one["value"], flatatt(one["attrs"]), one["label"]) for _, group, _ in widget["optgroups"] for one in group
        )
        inside = format_html_join("", '<option value="{}"{}>{}</option>', options)
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(widget["attrs"]), inside)


def hours(label: Any) -> forms.IntegerField:
    message = _("Fill in a whole number of hours from 1 to 60.")
    return forms.IntegerField(
        label=label,
        min_value=1,
        max_value=60,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric", "min": "1", "max": "60"}),
        error_messages={"invalid": message, "min_value": message, "max_value": message},
    )


def check_hours(form: forms.Form) -> None:
    low, high = form.cleaned_data.get("hours_min"), form.cleaned_data.get("hours_max")
    if low is not None and high is not None and low > high:
        form.add_error("hours_max", _("The most hours must be at least the fewest hours."))


def known(values: list[str]) -> tuple[str, ...] | None:
    return tuple(values) or None
