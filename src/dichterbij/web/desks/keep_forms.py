"""A desk as its coordinator fills it in."""

import re
from collections.abc import Mapping
from datetime import date, time
from itertools import pairwise
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.rules.desk_kinds import Day, Desk, Hours, Kind, Topic, Who
from dichterbij.domains.regions.rules.desk_records import INVENTED_PHONE
from dichterbij.shared.words import Words
from dichterbij.web.desks import words
from dichterbij.web.login.forms import PICK, MailField

SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|to|tot)\s*(\d{1,2})[:.](\d{2})")
MOST_SOURCE = 500
TOO_LONG = _("That is too long. Use at most %(limit_value)s characters.")
WEBSITE = _("Fill in the website, for example https://www.example.nl.")
REAL = _("An invented number looks like (0XX) 000 12 34. Is it real? Say so below.")
DATE = {"invalid": _("Fill in a day, for example 3-12-2026, or nothing.")}
TEXTS = ("address", "phone", "email", "website")


def _text(label: Any, help_text: Any = "", *, needed: Any = "", most: int = 200, **more: Any) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, required=bool(needed), max_length=most,
        error_messages={"required": needed, "max_length": TOO_LONG}, **more,
    )  # fmt: skip


def _choose(label: Any, choices: list[tuple[str, Any]], needed: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": needed, "invalid_choice": PICK},
    )  # fmt: skip


class DeskForm(forms.Form):
    """Name, for whom, how to reach it, when it is open, and who said so."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("What is it?"), error_messages={"required": PICK, "invalid_choice": PICK})
    name_nl = _text(_("Name"), needed=_("Fill in a name."))
    name_en = _text(_("Name in English"), needed=_("Fill in a name."))
    serves = _choose(
        _("For whom is this desk?"), [(code.value, text) for code, text in words.WHO.items()], _("Choose for whom.")
    )
    topics = _choose(
        _("About what?"), [(code.value, text) for code, text in words.TOPICS.items()], _("Choose about what.")
    )
    phone = _text(
        _("Phone number"), needed=_("Fill in a phone number: every page ends with somebody to call."),
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )  # fmt: skip
    email = MailField(label=_("E-mail address"))
    website = forms.URLField(
        label=_("Website"), max_length=200, assume_scheme="https",
        error_messages={"required": WEBSITE, "invalid": WEBSITE, "max_length": TOO_LONG},
    )  # fmt: skip
    address = _text(_("Address"), needed=_("Fill in the address."))
    valid_from = forms.DateField(label=_("There from"), required=False, error_messages=DATE)
    valid_to = forms.DateField(
        label=_("There up to and including"), help_text=_("Fill this in when the desk closes."), required=False,
        error_messages=DATE,
    )  # fmt: skip
    exception_nl = _text(
        _("Why does this region refer otherwise than usual?"),
        _("Only when it does. This sentence stands on the page."),
    )
    exception_en = _text(_("The same in English"))
    real = forms.BooleanField(label=_("These details are real: people can call this number"), required=False)
    source = _text(
        _("Who said so, and when?"), _("For example: mail of the coordinator, 3 November 2026."),
        needed=_("Say where this comes from."), most=MOST_SOURCE,
    )  # fmt: skip
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, data: Any, *, desk: Desk | None, seen: int, kinds: Mapping[str, Any]) -> None:
        super().__init__(data, initial={"seen": seen, **(_initial(desk) if desk else {})})
        self.fields["kind"].choices = [("", _("Choose")), *kinds.items()]  # type: ignore[attr-defined]
        for day in Day:
            self.fields[day.value] = _text(words.DAYS[day])
        if desk:
            del self.fields["kind"]

    @property
    def days(self) -> list[forms.BoundField]:
        """The seven fields of opening hours."""
        return [self[day.value] for day in Day]

    def clean(self) -> dict[str, Any]:
        """What fields ask of each other, beside the field that is to be mended."""
        cleaned = self.cleaned_data
        for day in Day:
            if cleaned.get(day.value) and _spans(cleaned[day.value]) is None:
                self.add_error(day.value, _("Write 9:00-17:00, or 9:00-12:00 and 13:00-17:00. Closed? Leave it empty."))
        if not self.errors and not any(cleaned.get(day.value) for day in Day):
            self.add_error(Day.MON.value, _("Fill in on at least one day when this desk is open."))
        if cleaned.get("valid_from") and cleaned.get("valid_to") and cleaned["valid_to"] < cleaned["valid_from"]:
            self.add_error("valid_to", _("The last day lies before the first day."))
        if bool(cleaned.get("exception_nl")) != bool(cleaned.get("exception_en")):
            empty = "exception_en" if cleaned.get("exception_nl") else "exception_nl"
            self.add_error(empty, _("Fill it in in both languages, or in none."))
        if not cleaned.get("real"):
            self._check_invented()
        return cleaned

    def _check_invented(self) -> None:
        """What is not real must be what nobody can reach by mistake."""
        found = self.cleaned_data
        for name, holds, message in (
            ("phone", INVENTED_PHONE.match, REAL),
            ("email", lambda text: text.endswith(".example"), _("An invented address ends in .example.")),
            ("website", lambda text: text.rstrip("/").endswith(".example"), _("An invented address ends in .example.")),
            ("address", lambda text: "verzonnen" in text, _("An invented address says “verzonnen” (invented).")),
        ):  # fmt: skip
            if name in found and not holds(found[name]):
                self.add_error(name, message)

    def desk(self, *, region: str | None, like: Desk | None) -> Desk:
        """The desk of a valid form; `like`: the one that is changed."""
        found = self.cleaned_data
        both = Words(found["exception_nl"], found["exception_en"]) if found["exception_nl"] else None
        texts = {name: found[name].strip() for name in (*TEXTS, "source")}
        texts["website"] = texts["website"] if found["real"] else texts["website"].rstrip("/")
        return Desk(
            desk_id=like.desk_id if like else "", region_code=region,
            kind=like.kind if like else Kind(found["kind"]), name=Words(found["name_nl"], found["name_en"]),
            serves=frozenset(map(Who, found["serves"])), topics=frozenset(map(Topic, found["topics"])),
            hours=_hours({day: found[day.value] for day in Day}),
            valid_from=found["valid_from"], valid_to=found["valid_to"], invented=not found["real"],
            exception=both, note=like.note if like else None, **texts,
        )  # fmt: skip


def _initial(desk: Desk) -> dict[str, Any]:
    per_day: dict[str, list[str]] = {}
    for row in desk.hours:
        for day in row.days:
            per_day.setdefault(day.value, []).append(f"{row.opens:%H:%M}-{row.closes:%H:%M}")
    return {
        "name_nl": desk.name.nl, "name_en": desk.name.en,
        "serves": [who.value for who in desk.serves], "topics": [topic.value for topic in desk.topics],
        "valid_from": _said(desk.valid_from), "valid_to": _said(desk.valid_to), "real": not desk.invented,
        "exception_nl": desk.exception.nl if desk.exception else "",
        "exception_en": desk.exception.en if desk.exception else "",
        **{name: getattr(desk, name) for name in TEXTS},
        **{day: ", ".join(sorted(spans)) for day, spans in per_day.items()},
    }  # fmt: skip


def _said(day: date | None) -> str:
    return f"{day.day}-{day.month}-{day.year}" if day else ""


def _spans(text: str) -> list[tuple[time, time]] | None:
    """From and to, as often as written; None when that is not what it says."""
    found = []
    for match in SPAN.finditer(text):
        one, two, three, four = map(int, match.groups())
        if max(one, three) > 23 or max(two, four) > 59 or (one, two) >= (three, four):
            return None
        found.append((time(one, two), time(three, four)))
    rest = SPAN.sub("", text)
    in_order = sorted(found)
    if any(before[1] > after[0] for before, after in pairwise(in_order)):
        return None
    return found if found and not re.search(r"\d", rest) else None


def _hours(per_day: Mapping[Day, str]) -> tuple[Hours, ...]:
    """Days with the same hours together, in the order of the week."""
    together: dict[tuple[time, time], list[Day]] = {}
    for day, text in per_day.items():
        for span in _spans(text) or () if text else ():
            together.setdefault(span, []).append(day)
    return tuple(Hours(tuple(days), *span) for span, days in together.items())
