"""The two forms of handing over, as plain forms."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.people.errors import ContactError
from dichterbij.domains.people.rules import ContactKind, NewContact, normalised
from dichterbij.domains.referral.actions.handing import LONGEST_QUESTION, LONGEST_SENDER
from dichterbij.domains.referral.rules import Income
from dichterbij.domains.referral.rules.leaving import FARTHEST
from dichterbij.domains.regions.rules.desk_kinds import Topic, Who
from dichterbij.web.desks import places, words
from dichterbij.web.handover.proposing import Proposal

LONGEST_NAME, LONGEST_CONTACT = 80, 120
HELPER, SELF = "helper", "self"
OWN_LABELS = {
    "name": _("Your name or nickname"),
    "phone": _("Your phone number"),
    "email": _("Your e-mail address"),
    "question": _("What would you like?"),
    "to": _("Which desk do you ask?"),
    "topic": _("What is your question about?"),
    "income": _("Do you get a benefit?"),
}


class WhereForm(forms.Form):
    """Where the person lives and what the question is. After `is_valid` there are `region` and `topic`."""

    use_required_attribute = False
    sender = forms.ChoiceField(
        label=_("Who is it about?"),
        choices=[(HELPER, _("I help someone, who is with me now")), (SELF, _("It is about myself"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose one of the two."), "invalid_choice": _("Choose one of the two.")},
    )
    where = forms.CharField(
        label=_("Where does this person live?"),
        help_text=_("A postcode, for example 3511, or the name of a place. We do not keep it."),
        error_messages={"required": _("Fill in a postcode or place: then we know which desk is right.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    where_region = forms.RegexField(r"^AM[0-9]{2}$", required=False, widget=forms.HiddenInput)
    topic = forms.ChoiceField(label=_("What is the question about?"), required=False)

    def __init__(self, *args: Any, is_desk: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.located = places.Located()
        self.fields["topic"].choices = topic_choices()  # type: ignore[attr-defined]
        if is_desk:
            del self.fields["sender"]
        else:
            self.fields["where"].label = _("In which place?")
            self.fields["where"].help_text = _(
                "Where you or this person lives: a postcode, for example 3511, or a place. We do not keep it."
            )
        if self.data.get("where_region"):
            self.fields["where"].required = False

    def clean(self) -> dict[str, Any]:
        """The region, or its problem beside the field."""
        cleaned = super().clean() or self.cleaned_data
        chosen, text = cleaned.get("where_region"), cleaned.get("where")
        if chosen or text:
            self.located = places.located_in(chosen) if chosen else places.locate(str(text))
        if self.located.problem:
            self.add_error("where", self.located.problem)
        return cleaned

    @property
    def region(self) -> str:
        """The region found; only on a valid form."""
        return self.located.region_code or "NL"

    @property
    def is_self(self) -> bool:
        """Whether somebody asks for themselves."""
        return self.cleaned_data.get("sender") == SELF

    @property
    def topic_code(self) -> Topic:
        """The topic; work when nothing was chosen."""
        return Topic(self.cleaned_data.get("topic") or Topic.WORK.value)


def topic_choices() -> list[tuple[str, str]]:
    """What a question can be about, the most asked first."""
    return [(code.value, words.topic(code, Who.JOB_SEEKER)) for code in words.topics_for(Who.JOB_SEEKER)]


class QuestionForm(forms.Form):
    """What is asked, of which desk, and the person's yes."""

    use_required_attribute = False
    there_already = ""  # the number of the hand-over that is open with the chosen desk
    topic = forms.ChoiceField(
        label=_("What is the question about?"),
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    question = forms.CharField(
        label=_("What would this person like?"),
        help_text=_("One sentence, in their own words. Illness or a benefit need not be in it."),
        max_length=LONGEST_QUESTION,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("Write in one sentence what this person would like."),
            "max_length": _("That is too long. Write it in at most 300 letters."),
        },
    )
    to = forms.ChoiceField(
        label=_("Which desk?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a desk."), "invalid_choice": _("Choose a desk from the list.")},
    )
    agreed = forms.BooleanField(
        label=_("This person is with me and says yes"),
        error_messages={"required": _("Ask whether this person agrees. Without a yes, nothing is sent.")},
    )
    token = forms.RegexField(r"^[A-Za-z0-9_-]{32,80}$", widget=forms.HiddenInput)
    desk = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, to: Sequence[Proposal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topic_choices()  # type: ignore[attr-defined]
        self.fields["to"].choices = [(str(one.organisation.id), one.organisation.name) for one in to]  # type: ignore[attr-defined]

    @property
    def topic_code(self) -> Topic:
        """The topic, that of the page where none was sent along; only on a valid form."""
        return Topic(self.cleaned_data["topic"] or self.initial["topic"])


class GiveForm(QuestionForm):
    """With who it is: for somebody whom a desk or helper has beside them, or for oneself (`is_self`)."""

    sender_words = forms.CharField(
        label=_("Who are you?"),
        help_text=_("For example: neighbour, or volunteer of the library. The desk reads this."),
        required=False,
        max_length=LONGEST_SENDER,
        error_messages={"max_length": _("That is too long. Write it in at most 120 letters.")},
    )
    name = forms.CharField(
        label=_("Name or nickname"),
        help_text=_("How this person wants to be called. A first name is enough."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": _("Fill in a name. A nickname is fine too."),
            "max_length": _("That is too long. Write it in at most 80 letters."),
        },
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=LONGEST_CONTACT,
        widget=forms.TextInput(attrs={"type": "email", "autocomplete": "off"}),
    )
    income = forms.ChoiceField(
        label=_("Does this person get a benefit?"),
        help_text=_("Only counted: one more in a number of the region. It is not kept with the name."),
        choices=[("", _("Not told")), (Income.NONE.value, _("No")), (Income.BENEFIT.value, _("Yes"))],
        required=False,
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    last_day = forms.DateField(
        label=_("Last day at school"),
        help_text=_("Only for somebody who leaves school. Then the page warns when nobody is in touch by then."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("That is no day. Example: 2026-12-24")},
    )
    result = forms.BooleanField(
        label=_("Send along what was filled in at “What is near?” on this device"), required=False
    )

    def __init__(
        self, *args: Any, to: Sequence[Proposal], has_result: bool, is_desk: bool, is_self: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, to=to, **kwargs)
        if not has_result:
            del self.fields["result"]
        if is_desk or is_self:
            del self.fields["sender_words"]
        if is_desk:
            first, last = self._bounds()
            self.fields["last_day"].widget.attrs |= {"min": first.isoformat(), "max": last.isoformat()}
        else:
            del self.fields["last_day"]
        if is_self:
            self._about_yourself()

    def _about_yourself(self) -> None:
        """The same questions, asked of the person; sending is the yes."""
        del self.fields["agreed"]
        for name, label in OWN_LABELS.items():
            self.fields[name].label = label
        self.fields["name"].help_text = _("How you want to be called. A first name is enough.")
        self.fields["question"].help_text = _("One sentence. Illness or a benefit need not be in it.")
        self.fields["question"].error_messages["required"] = _("Write in one sentence what you would like.")
        for name, kind in (("name", "given-name"), ("phone", "tel"), ("email", "email")):
            self.fields[name].widget.attrs["autocomplete"] = kind
        if "result" in self.fields:
            self.fields["result"].label = _("Send along what I filled in at “What is near?” on this device")

    def clean_phone(self) -> str:
        """A phone number, or nothing."""
        return self._contact("phone", ContactKind.PHONE, gettext("Fill in a phone number, for example 06 12345678."))

    def clean_email(self) -> str:
        """An e-mail address, or nothing."""
        return self._contact("email", ContactKind.EMAIL, gettext("Fill in an e-mail address: name@example.nl."))

    def clean_last_day(self) -> date | None:
        """A day at most two years away, or nothing."""
        last_day: date | None = self.cleaned_data["last_day"]
        first, last = self._bounds()
        if last_day and not first <= last_day <= last:
            raise forms.ValidationError(gettext("Fill in a last day at school, at most two years away."))
        return last_day

    def clean(self) -> dict[str, Any]:
        """One way to reach the person, at least."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("phone") and not cleaned.get("email") and not {"phone", "email"} & set(self.errors):
            self.add_error("phone", gettext("Fill in a phone number or an e-mail address: one of the two is enough."))
        return cleaned

    def contacts(self) -> tuple[NewContact, ...]:
        """The ways to reach the person; only on a valid form."""
        given = ((ContactKind.PHONE, "phone"), (ContactKind.EMAIL, "email"))
        return tuple(NewContact(kind, self.cleaned_data[name]) for kind, name in given if self.cleaned_data[name])

    @staticmethod
    def _bounds() -> tuple[date, date]:
        today = timezone.localdate()
        return today - FARTHEST, today + FARTHEST

    def _contact(self, name: str, kind: ContactKind, problem: str) -> str:
        text = " ".join(str(self.cleaned_data.get(name) or "").split())
        if text:
            try:
                normalised(NewContact(kind, text))
            except ContactError:
                raise forms.ValidationError(problem) from None
        return text
