"""What somebody types to come in."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.queries import Colleague
from dichterbij.domains.accounts.rules import Door, mail_address
from dichterbij.shared.errors import InputError

DOORS = (
    (Door.STAFF.value, _("I work at a desk or partner")),
    (Door.CITIZEN.value, _("I am looking for work")),
    (Door.EMPLOYER.value, _("I am an employer")),
)
NO_DAY = _("That is no day. Example: 2026-12-24")
PICK = _("Choose one of the answers.")
EMAIL_HELP = _("For example name@example.nl")


class MailField(forms.CharField):
    """An e-mail address as accounts keep it."""

    def __init__(self, *, label: Any, help_text: Any = EMAIL_HELP, required: bool = True) -> None:
        super().__init__(
            required=required,
            label=label,
            help_text=help_text,
            max_length=254,
            error_messages={
                "required": _("Fill in an e-mail address."),
                "max_length": _("That is no e-mail address. Example: name@example.nl"),
            },
            widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
        )

    def clean(self, value: object) -> str:
        """Small letters; an error in words for what is no address. Empty where it may be left so."""
        given = super().clean(value)
        try:
            return mail_address(given) if given else ""
        except InputError as error:
            raise ValidationError(_("That is no e-mail address. Example: name@example.nl")) from error


class LinkForm(forms.Form):
    """Who somebody is, and where the link may go."""

    use_required_attribute = False
    door = forms.ChoiceField(
        label=_("Who are you?"),
        choices=DOORS,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose what fits you."),
            "invalid_choice": PICK,
        },
    )
    email = MailField(label=_("Your e-mail address"))


class CodeForm(forms.Form):
    """A code of an authenticator app, or one from paper."""

    use_required_attribute = False
    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        error_messages={
            "required": _("Fill in the code."),
            "max_length": _("That is too long for a code."),
        },
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )


class NameForm(forms.Form):
    """How colleagues see somebody."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As colleagues and people you help will see it."),
        max_length=100,
        error_messages={
            "required": _("Fill in your name."),
            "max_length": _("That is too long. Use at most 100 characters."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class AbsenceForm(forms.Form):
    """From when until when, and who stands in."""

    use_required_attribute = False
    first_day = forms.DateField(
        label=_("First day away"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Fill in the first day away."),
            "invalid": _("That is no day. Example: 2026-12-24"),
        },
    )
    last_day = forms.DateField(
        label=_("Last day away"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={
            "required": _("Fill in the last day away."),
            "invalid": _("That is no day. Example: 2026-12-24"),
        },
    )

    def __init__(self, data: Any, *, colleagues: Sequence[Colleague]) -> None:
        super().__init__(data)
        self.fields["substitute"] = forms.ChoiceField(
            label=_("Who stands in?"),
            help_text=_("On these days this colleague sees your people in their own list."),
            choices=[("", _("Nobody yet")), *((str(one.membership), one.name) for one in colleagues)],
            required=False,
            error_messages={"invalid_choice": PICK},
        )
