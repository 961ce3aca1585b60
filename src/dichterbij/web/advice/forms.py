"""The questions of the route advice, one page at a time, and where a business is."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.routes.rules.texts.reading import MOST_CHARACTERS
from dichterbij.domains.routes.rules.values import Question
from dichterbij.web.desks import places
from dichterbij.web.desks.cards import in_language

NOTHING = "-"


class QuestionsForm(forms.Form):
    """The questions of one page. Every one may stay open: "I do not know yet" is an answer too."""

    use_required_attribute = False

    def __init__(self, questions: tuple[Question, ...], answers: Mapping[str, str]) -> None:
        # Before an answer nothing is chosen: not even that it is not known.
        super().__init__(initial={question.code: answers.get(question.code, NOTHING) for question in questions})
        for question in questions:
            self.fields[question.code] = _field(question)


class PlaceForm(forms.Form):
    """A postcode or place, or a region chosen from suggestions. After `is_valid` there is `region`."""

    use_required_attribute = False
    where = forms.CharField(
        label=_("Postcode or place of your business"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    where_region = forms.RegexField(r"^AM[0-9]{2}$", required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.located = places.Located()

    def clean(self) -> dict[str, Any]:
        """The region, or its problem beside the field."""
        cleaned = super().clean() or self.cleaned_data
        chosen, text = cleaned.get("where_region"), cleaned.get("where")
        if chosen:
            self.located = places.located_in(chosen)
        elif text:
            self.located = places.locate(text)
        else:
            self.located = places.Located(problem=str(_("Fill in the postcode or place of your business.")))
        if self.located.problem:
            self.add_error("where", self.located.problem)
        return cleaned

    @property
    def region(self) -> str:
        """The region that was found; only on a valid form."""
        return self.located.region_code or ""


class TextForm(forms.Form):
    """A vacancy text. What is too long is said with its length; nothing that was pasted is lost."""

    use_required_attribute = False
    text = forms.CharField(
        label=_("Your vacancy text"),
        help_text=_("Paste the whole text, with headings and lists. We keep nothing."),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "autocomplete": "off"}),
        error_messages={"required": _("Paste a text first, or use the example.")},
    )

    def clean_text(self) -> str:
        """The text; an error when nothing is in it or it is too long."""
        # A browser sends two characters for the end of a line.
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        if not text.strip():
            raise forms.ValidationError(_("Paste a text first, or use the example."))
        if len(text) > MOST_CHARACTERS:
            message = _("Your text has %(n)s characters. We check at most %(most)s. Paste it in two parts.")
            raise forms.ValidationError(message % {"n": _grouped(len(text)), "most": _grouped(MOST_CHARACTERS)})
        return text


class VersionForm(forms.Form):
    """The open-hiring version, which its writer may still change."""

    version = forms.CharField(
        label=_("Read it through and change what you like"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 22, "lang": "nl", "autocomplete": "off"}),
    )


def _grouped(number: int) -> str:
    """A number as people write it: 20.000, or 20,000 in English."""
    return str(number_format(number, force_grouping=True))


def _field(question: Question) -> forms.ChoiceField:
    options = [(option.code, in_language(option.label)) for option in question.options]
    return forms.ChoiceField(
        label=in_language(question.ask),
        help_text=in_language(question.help) if question.help else "",
        choices=[*options, ("", _("I do not know yet"))],
        required=False,
        widget=forms.RadioSelect,
    )
