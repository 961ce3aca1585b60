"""The form of an application: who asks and how we reach them, for whom, and what the rules of the scheme look at."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.rules import mail_address
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.facts import Facts
from dichterbij.domains.schemes.rules.formulas import PerUnit
from dichterbij.domains.schemes.rules.persons import LONGEST_NAME, person_key
from dichterbij.domains.schemes.rules.procedure.payments import check_account
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.shared.errors import InputError
from dichterbij.web.schemes.forms import SchemeForm
from dichterbij.web.schemes.present import is_about_one
from dichterbij.web.site.fields import FORMATS, NO_DATE, DayField

WHO, WHOM, REACH = ("organisation", "kvk", "group"), ("person", "born"), ("email", "account")


@dataclass(frozen=True, slots=True)
class Signed:
    """Who is signed in: nothing of this is asked. Empty where it is not known."""

    kvk: str = ""
    organisation: str = ""


@dataclass(frozen=True, slots=True)
class Before:
    """An earlier application of the same employer: mail and money go where they go for that one, unless said otherwise.

    Whoever has its page sees them only to know them again, so they are never filled in.
    """

    number: str
    known: NewContact
    shown_email: str
    shown_account: str


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that belong together."""

    title: Any
    fields: list[forms.BoundField] = field(default_factory=list)
    known: tuple[tuple[Any, str], ...] = ()


class ApplicationForm(SchemeForm):
    """An application. `key`: makes that it is received once; `signed`, `before`: what is known and so not asked."""

    def __init__(
        self, scheme: Scheme, data: Any = None, initial: Any = None, signed: Signed = Signed(),
        before: Before | None = None,
    ) -> None:  # fmt: skip
        super().__init__(scheme, data, initial)
        self.signed, self.before = signed, before
        asked, who = self.fields, _organisation()
        for name in [name for name in ("kvk", "organisation") if signed.kvk and getattr(signed, name)]:
            del who[name]
        self.fields = {**who, **(_candidate() if is_about_one(scheme) else {}), **asked, **_reach()}
        self.fields["key"] = forms.UUIDField(widget=forms.HiddenInput)
        self.fields["before"] = forms.UUIDField(widget=forms.HiddenInput, required=False)
        if before and before.shown_email:
            self._reach_as(before)

    def _reach_as(self, before: Before) -> None:
        as_before = _("Empty: as for %(number)s, %(value)s.")
        for name, value in (("email", before.shown_email), ("account", before.shown_account)):
            self.fields[name].required = False
            if value:
                self.fields[name].help_text = as_before % {"number": before.number, "value": value}

    def quantity_field(self) -> forms.IntegerField:
        """One application is about one person where a person counts."""
        field = super().quantity_field()
        if is_about_one(self.scheme) and isinstance(self.scheme.formula, PerUnit):
            field.min_value = field.max_value = field.initial = 1
            field.validators = [MinValueValidator(1), MaxValueValidator(1)]
            field.widget = forms.HiddenInput()
        return field

    def parts(self) -> Iterator[Part]:
        """The questions under their headings, in the order of the page."""
        shown = {one.name: one for one in self.visible_fields()}
        titles = ((WHO, _("Your organisation")), (WHOM, _("For whom")), (REACH, _("How we reach and pay you")))
        named = {name: title for names, title in titles for name in names}
        parts: dict[str, Part] = {}
        if self.signed.kvk:
            known = ((_("Name"), self.signed.organisation), (_("KVK number"), self.signed.kvk))
            title = _("Your organisation")
            parts[str(title)] = Part(title, known=tuple((label, value) for label, value in known if value))
        for name, one in shown.items():
            title = named.get(name, _("What you ask"))
            parts.setdefault(str(title), Part(title)).fields.append(one)
        yield from parts.values()

    def clean_kvk(self) -> str:
        """Eight figures, however they are spaced."""
        return _kvk(self.cleaned_data["kvk"])

    def clean_group(self) -> str:
        """As the number of the organisation; may be empty."""
        given: str = self.cleaned_data["group"]
        return _kvk(given) if given else ""

    def clean_email(self) -> str:
        """In small letters."""
        given: str = self.cleaned_data["email"]
        return checked_email(given) if given.strip() else ""

    def clean_account(self) -> str:
        """Without spaces; may be empty. Its check digits (modulo 97) find a typing error."""
        return checked_account(self.cleaned_data["account"])

    def facts(self) -> Facts:
        """What was filled in. Of the person only a key is kept, from which nobody reads a name."""
        given, facts = self.cleaned_data, super().facts()
        group = f"kvk:{given['group']}" if given.get("group") else None
        born: date | None = given.get("born")
        person = person_key(given["person"], born, secret=settings.PERSON_KEY) if born else None
        return replace(facts, person=person, employer=f"kvk:{self._kvk()}", group=group)

    def applicant(self) -> str:
        """Who asks, in one line."""
        organisation = self.cleaned_data.get("organisation") or self.signed.organisation
        return f"{self._kvk()} {' '.join(organisation.split())}"

    def contact(self, *, language: str, link: str) -> NewContact:
        """How we reach and pay who asks."""
        given = self.cleaned_data
        known = self.before.known if self.before else NewContact()
        email, account = given["email"] or known.email, given["account"] or known.account
        return NewContact(email, account, language, self.signed.kvk, link)

    def _kvk(self) -> str:
        return str(self.signed.kvk or self.cleaned_data["kvk"])


def checked_email(given: str) -> str:
    """In small letters; what is no address is said."""
    try:
        return mail_address(given)
    except InputError:
        raise forms.ValidationError(_("Write it like name@example.nl.")) from None


def checked_account(given: str) -> str:
    """Without spaces; may be empty. What is no account number is said."""
    try:
        return check_account(given) if given.strip() else ""
    except InputError:
        words = _("This is no account number. Look at your bank card: it begins with NL and has 18 signs.")
        raise forms.ValidationError(words) from None


def _kvk(given: str) -> str:
    figures = re.sub(r"[ .]", "", given)
    if not re.fullmatch(r"[0-9]{8}", figures):
        raise forms.ValidationError(_("A KVK number has eight figures, like 12345678."))
    return figures


def _organisation() -> dict[str, forms.Field]:
    return {
        "organisation": forms.CharField(
            label=_("Name of your organisation"), max_length=120,
            widget=forms.TextInput(attrs={"autocomplete": "organization"}),
            error_messages={"required": _("Fill in the name.")},
        ),
        "kvk": forms.CharField(
            label=_("KVK number"), max_length=12,
            help_text=_("Of the Chamber of Commerce: eight figures, like 12345678."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "10"}),
            error_messages={"required": _("Fill in the number. It is on your extract of the KVK.")},
        ),
        "group": forms.CharField(
            label=_("KVK number of the parent company"), max_length=12, required=False,
            help_text=_("Only when you belong to a group. The maximum counts for the whole group."),
            widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": "10"}),
        ),
    }  # fmt: skip


def _candidate() -> dict[str, forms.Field]:
    return {
        "person": forms.CharField(
            label=_("For whom do you ask it?"), max_length=LONGEST_NAME,
            help_text=_("First and last name. We turn it into a code at once, and keep only that code."),
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            error_messages={"required": _("Fill in the name.")},
        ),
        "born": DayField(
            label=_("Day of birth of this person"), help_text=_("For example 14-3-1985."), input_formats=FORMATS,
            widget=forms.DateInput(attrs={"autocomplete": "off", "size": "12"}, format="%d-%m-%Y"),
            error_messages={"invalid": NO_DATE, "required": _("Fill in the day.")},
        ),
    }  # fmt: skip


def _reach() -> dict[str, forms.Field]:
    return {
        "email": forms.CharField(
            label=_("E-mail address"), max_length=254,
            help_text=_("You get a mail at once, and each time there is a letter for you."),
            widget=forms.TextInput(attrs={"autocomplete": "email", "inputmode": "email", "spellcheck": "false"}),
            error_messages={"required": _("Fill in an e-mail address.")},
        ),
        "account": forms.CharField(
            label=_("Account number (IBAN)"), max_length=42, required=False,
            help_text=_("Do you get money? Then we pay it here. For example NL91 ABNA 0417 1643 00."),
            widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "size": "24"}),
        ),
    }  # fmt: skip
