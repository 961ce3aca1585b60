"""What the national team and regions fill in about contact persons, talks and letters, and the fields of all of it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.network.actions import LONGEST_LETTER
from dichterbij.domains.network.queries import ContactRow
from dichterbij.domains.network.rules import (
    LONGEST_LINE,
    LONGEST_NAME,
    ROUTES,
    network_terms,
)
from dichterbij.domains.regions.queries import regions
from dichterbij.web.content.languages import page_language
from dichterbij.web.login.forms import PICK, MailField
from dichterbij.web.support.words import ROUTES as ROUTE_WORDS

NO_DAY = _("That is no day. Example: 2026-12-24")
TOO_LONG = _("That is too long.")


def line(label: Any, *, longest: int = LONGEST_LINE, required: Any = "", help_text: Any = "") -> forms.CharField:
    """One line of text; `required` is what is said when it is empty."""
    errors = {"required": required or PICK, "max_length": TOO_LONG}
    return forms.CharField(
        label=label, max_length=longest, required=bool(required), help_text=help_text, error_messages=errors
    )


def several(label: Any, *, longest: int, required: Any = "", help_text: Any = "", rows: int = 4) -> forms.CharField:
    """Some lines of text."""
    field = line(label, longest=longest, required=required, help_text=help_text)
    field.widget = forms.Textarea(attrs={"rows": rows, "maxlength": longest})
    return field


def day(label: Any) -> forms.DateField:
    """A day, today unless changed."""
    return forms.DateField(
        label=label,
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Fill in a day."), "invalid": NO_DAY},
    )


def later(label: Any) -> forms.DateField:
    """A day that may be left out, and has not passed."""
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Then you see per region who answered. Leave it empty for a newsletter."),
        error_messages={"invalid": NO_DAY},
    )  # fmt: skip


def choice(
    label: Any, options: Sequence[tuple[str, Any]], *, required: bool = True, **kwargs: Any
) -> forms.ChoiceField:
    """One of some answers."""
    return forms.ChoiceField(
        label=label, choices=options, required=required, error_messages={"required": PICK, "invalid_choice": PICK},
        **kwargs,
    )  # fmt: skip


def tick(label: Any, options: Sequence[tuple[str, Any]], *, required: Any = "", **kwargs: Any) -> forms.Field:
    """Any of some answers."""
    return forms.MultipleChoiceField(
        label=label, choices=options, widget=forms.CheckboxSelectMultiple, required=bool(required),
        error_messages={"required": required, "invalid_choice": PICK}, **kwargs,
    )  # fmt: skip


class PlainForm(forms.Form):
    """Several of these stand on one page: `name` keeps their fields apart."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, name: str = "", initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, auto_id=f"{name}-%s" if name else "id_%s", initial=initial)  # type: ignore[arg-type]


class ContactForm(PlainForm):
    """Somebody who speaks for a region."""

    def __init__(self, data: Any = None, *, there: Sequence[ContactRow] = ()) -> None:
        super().__init__(data, name="contact")
        self.fields["kind"] = choice(
            _("Speaks for the region about"), [("", _("Choose")), *kinds()],
            help_text=_("The expert for the jobs agreement is one person: a new one takes the place of the one before. "
                        "Everybody sees the name, function and phone number of this person."),
        )  # fmt: skip
        self.fields["person"] = line(_("Name"), longest=LONGEST_NAME, required=_("Fill in a name."))
        self.fields["role"] = line(_("Function"))
        self.fields["email"] = MailField(label=_("Work e-mail address"))
        self.fields["phone"] = line(_("Work phone number"), longest=40)
        self.fields["routes"] = tick(_("For which routes?"), routes(), help_text=_("Tick nothing for all routes."))
        self.fields["named_by"] = line(
            _("Who named this person?"), required=_("Say who named this person."),
            help_text=_("For example: the alderman, by mail."),
        )  # fmt: skip
        self.fields["named_on"] = day(_("On which day?"))
        self.fields["instead"] = choice(_("Takes the place of"), instead_of(there), required=False)
        self.fields["instead"].error_messages["invalid_choice"] = _(
            "Whoever you chose here has ended a moment ago. Choose again."
        )


class OwnContactForm(PlainForm):
    """Somebody whom others call at one's own organisation."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, name="own")
        self.fields["person"] = line(_("Name"), longest=LONGEST_NAME, required=_("Fill in a name."))
        self.fields["role"] = line(_("Function"))
        self.fields["email"] = MailField(label=_("Work e-mail address"))
        self.fields["phone"] = line(_("Work phone number"), longest=40)
        self.fields["routes"] = tick(_("For which routes?"), routes(), help_text=_("Tick nothing for all routes."))
        self.fields["regions"] = tick(
            _("Which regions?"), list(region_names().items()), help_text=_("Tick nothing for all regions.")
        )


class TalkForm(PlainForm):
    """A region was spoken to."""

    on = day(_("Day"))
    words = line(_("About what?"))


class AnswerForm(PlainForm):
    """A region answered a letter."""

    on = day(_("Day"))
    words = line(_("What did they say?"))


class MailingForm(PlainForm):
    """A letter to contact persons."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["kinds"] = tick(_("Who gets it?"), kinds(), required=_("Choose who gets it."))
        self.fields["regions"] = tick(
            _("Which regions?"), list(region_names().items()), help_text=_("Tick nothing for all regions.")
        )
        self.fields["answer_by"] = later(_("Do you ask for an answer? By which day?"))
        self.fields["subject"] = line(_("Subject"), required=_("Fill in a subject."))
        self.fields["text"] = several(_("Text"), longest=LONGEST_LETTER, required=_("Write the text."), rows=12)

    def clean_answer_by(self) -> date | None:
        """Not a day that has passed."""
        answer_by: date | None = self.cleaned_data["answer_by"]
        if answer_by and answer_by < timezone.localdate():
            raise forms.ValidationError(_("Choose today or a day after it."))
        return answer_by


def instead_of(there: Sequence[ContactRow]) -> list[tuple[str, Any]]:
    """Nobody, or one of these."""
    return [("", _("Nobody")), *((str(one.id), one.name) for one in there)]


def region_names() -> dict[str, str]:
    """The regions of today."""
    return {row.code: row.name for row in regions()}


def parties() -> list[tuple[str, str]]:
    """Who may approach."""
    found = network_terms(timezone.localdate()).parties
    return [(code, text.in_language(page_language())) for code, text in found.items()]


def kinds() -> list[tuple[str, str]]:
    """What somebody speaks for."""
    found = network_terms(timezone.localdate()).contact_kinds
    return [(code, text.in_language(page_language()).capitalize()) for code, text in found.items()]


def routes() -> list[tuple[str, Any]]:
    """The four routes of the action plan."""
    return [(route.value, ROUTE_WORDS[route]) for route in ROUTES]
