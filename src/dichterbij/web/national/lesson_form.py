"""A lesson as the national team writes it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.network.rules import LONGEST_LINE, LONGEST_TEXT
from dichterbij.domains.network.rules.lessons import Lesson, LessonStatus, Phase, Subject
from dichterbij.web.national import words
from dichterbij.web.national.forms import PlainForm, choice, line, several


class LessonForm(PlainForm):
    """A new lesson, or the next version of one; `version` is the one that was looked at."""

    DAY = _("Write a year, a month or a day. Example: 2023, 2023-06 or 2023-06-28")

    def __init__(self, data: Any = None, *, lesson: Lesson | None = None, version: int = 0) -> None:
        initial = {name: getattr(lesson, name) for name in Lesson.__slots__} if lesson else {}
        super().__init__(data, name="lesson", initial={**initial, "version": version})
        self.fields["dutch"] = several(
            _("What was learnt?"), longest=LONGEST_TEXT, required=_("Write down the lesson."),
            help_text=_("In Dutch, in plain words. Name nobody: everybody can read this."),
        )  # fmt: skip
        self.fields["english"] = several(_("The same in English"), longest=LONGEST_TEXT)
        self.fields["phase"] = _codes(_("Phase"), words.PHASES)
        self.fields["subject"] = _codes(_("Subject"), words.SUBJECTS)
        self.fields["learnt_where"] = line(
            _("Where was it learnt?"), longest=LONGEST_LINE, required=_("Say where it was learnt.")
        )
        self.fields["learnt_when"] = line(_("When was it learnt?"), longest=10, required=self.DAY, help_text=self.DAY)
        self.fields["source"] = line(
            _("Source"), longest=LONGEST_LINE, required=_("Say where this comes from."),
            help_text=_("For example: a report with its chapter, or the minutes of a meeting."),
        )  # fmt: skip
        self.fields["status"] = _codes(_("What came of it"), words.LESSON_STATUSES)
        self.fields["changed"] = several(
            _("What changed because of it?"), longest=LONGEST_TEXT,
            help_text=_("Needed when something changed. In Dutch."),
        )  # fmt: skip
        self.fields["changed_english"] = several(_("The same in English: what changed"), longest=LONGEST_TEXT)
        self.fields["version"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    @property
    def lesson(self) -> Lesson:
        """What was filled in."""
        given = self.cleaned_data
        return Lesson(
            Phase(given["phase"]), Subject(given["subject"]), given["dutch"], given["learnt_where"],
            given["learnt_when"], given["source"], LessonStatus(given["status"]), given["english"], given["changed"],
            given["changed_english"],
        )  # fmt: skip


def _codes(label: Any, texts: Any) -> forms.ChoiceField:
    return choice(label, [("", _("Choose")), *((code.value, text) for code, text in texts.items())])
