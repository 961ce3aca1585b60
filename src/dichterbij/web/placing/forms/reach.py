"""What an opening asks, in as few questions as the counting needs. It says nothing about anybody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near import words as near_words
from dichterbij.web.near.forms.fields import check_hours, hours, many
from dichterbij.web.placing import words
from dichterbij.web.placing.draft import Draft
from dichterbij.web.placing.forms.start import StartForm
from dichterbij.web.placing.forms.work import choice


class ReachForm(StartForm):
    """As StartForm, with the demands that change most; `draft()` is the opening of a valid one."""

    field_order = (
        "title",
        "where",
        "knows",
        "licences",
        "dutch",
        "level",
        "demands",
        "dayparts",
        "hours_min",
        "hours_max",
    )
    knows = forms.BooleanField(label=_("Somebody must know this work already on the first day"), required=False)
    licences = many(near_words.LICENCES, _("Which licences or certificates must somebody have?"))
    dutch = choice(words.DUTCH, _("How much Dutch must somebody speak?"), radio=False)
    level = choice(words.LEVELS, _("Which diploma must somebody have?"), radio=False)
    demands = many(words.DEMANDS, _("What does somebody meet in this work?"))
    dayparts = many(near_words.DAYPARTS, _("When is the work?"))
    hours_min = hours(_("At least how many hours a week is it?"))
    hours_max = hours(_("At most how many hours a week is it?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("hours_min", "hours_max"):
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = _("Fill in a whole number of hours from 1 to 60.")

    def clean(self) -> dict[str, Any]:
        """Hours in order."""
        check_hours(self)
        return self.cleaned_data

    def draft(self) -> Draft:
        """The opening, without skills."""
        data = self.cleaned_data
        return Draft(
            title=data["title"],
            pc4=self.pc4,
            place=self.place,
            licences=tuple(data["licences"]),
            dutch=int(data["dutch"] or 1),
            level=int(data["level"]) if data["level"] else None,
            demands=tuple(data["demands"]),
            dayparts=tuple(data["dayparts"]) or ("weekday",),
            hours_min=data["hours_min"],
            hours_max=data["hours_max"],
        )
