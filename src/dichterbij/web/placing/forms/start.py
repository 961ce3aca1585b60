"""Which work and where; then which occupation comes closest."""

import re
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions import queries as regions
from dichterbij.domains.regions.errors import PostcodeNotFoundError
from dichterbij.domains.regions.rules.places import Place
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.proposals import Occupation

POSTCODE = re.compile(r"\s*(\d{4})\s*([A-Za-z]{2})?\s*", re.ASCII)
MOST_TITLE, MOST_PLACE = 80, 80
MOST_PLACES = 6
NONE = "none"


def with_chosen_place(data: QueryDict) -> QueryDict:
    """What was filled in; a place chosen from the list stands for what was typed."""
    if not data.get("place"):
        return data
    chosen = data.copy()
    chosen["where"] = str(chosen["place"])
    return chosen


class StartForm(forms.Form):
    """What the work is called, and where it is. After `is_valid` there is `pc4` and `place`."""

    use_required_attribute = False
    title = forms.CharField(
        label=_("What do you call the work?"),
        help_text=_("In your own words, for example: kitchen help, truck driver, assembly worker."),
        max_length=MOST_TITLE,
        error_messages={
            "required": _("Fill in what you call the work, for example: kitchen help."),
            "max_length": _("That is too long for a job title. Use at most 80 characters; you can tell more later."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    where = forms.CharField(
        label=_("Where is the work?"),
        help_text=_("A postcode, for example 3511, or the name of a place."),
        max_length=MOST_PLACE,
        error_messages={
            "required": _("Fill in the postcode or the place of the work."),
            "max_length": _("That is too long. Fill in a postcode, for example 3511, or the name of a place."),
        },
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.pc4: int | None = None
        self.place = ""
        self.choices: tuple[Place, ...] = ()

    def clean_title(self) -> str:
        """Letters there must be: only those can be looked up."""
        title = " ".join(str(self.cleaned_data["title"]).split())
        if not any(letter.isalpha() for letter in title):
            raise forms.ValidationError(_("Fill in what you call the work, for example: kitchen help."))
        return title

    def clean_where(self) -> str:
        """A postcode that exists, or a place that is meant by nobody else; otherwise places to choose from."""
        text = " ".join(str(self.cleaned_data["where"]).split())
        found = POSTCODE.fullmatch(text)
        if found:
            self._take_postcode(int(found[1]), text)
        elif any(letter.isdigit() for letter in text):
            raise forms.ValidationError(_("That is not a postcode. Fill in four digits, for example 3511."))
        else:
            self._take_place(text)
        return text

    def _take_postcode(self, pc4: int, text: str) -> None:
        try:
            self.pc4, self.place = pc4, regions.postcode(pc4).place
        except PostcodeNotFoundError:
            message = _("We cannot find postcode %(postcode)s. Is it right? You can also fill in the place.")
            raise forms.ValidationError(message, params={"postcode": text.upper()}) from None

    def _take_place(self, text: str) -> None:
        found = regions.find_place(text, limit=MOST_PLACES)
        exact = [item.place for item in found if item.is_exact]
        if len(exact) == 1:
            self.pc4, self.place = exact[0].pc4, exact[0].name
            return
        self.choices = tuple(exact or [item.place for item in found])
        if self.choices:
            raise forms.ValidationError(_("Which place do you mean? Choose one below, or fill in the postcode."))
        raise forms.ValidationError(_("We cannot find that place. Check the spelling, or fill in the postcode."))

    @classmethod
    def initial_of(cls, draft: Draft) -> dict[str, Any]:
        """The form as it was filled in."""
        return {"title": draft.title, "where": draft.pc4 or ""}


class OccupationForm(forms.Form):
    """Which occupation comes closest to the title."""

    use_required_attribute = False
    occupation = forms.ChoiceField(
        label=_("Which of these comes closest?"),
        help_text=_("It only fills in a proposal. You change everything after that, and your own title stays."),
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose one of the answers. “None of these” is fine too."),
            "invalid_choice": _("Choose one of the answers. “None of these” is fine too."),
        },
    )

    def __init__(self, *args: Any, occupations: tuple[Occupation, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(at), one.label) for at, one in enumerate(occupations)]
        self.fields["occupation"].choices = [*choices, (NONE, _("None of these"))]  # type: ignore[attr-defined]
        self.occupations = occupations

    def chosen(self) -> str | None:
        """The occupation of a valid form; None for none of these."""
        answer = self.cleaned_data["occupation"]
        return None if answer == NONE else self.occupations[int(answer)].uri
