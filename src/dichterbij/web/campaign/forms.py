"""What the figures are of: a region, a period, an order. None of it is about a visitor, so it stands in the address."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import forms
from django.utils import formats
from django.utils.translation import gettext, gettext_lazy

from dichterbij.domains.outreach.queries import ItemFigures, ItemRow
from dichterbij.domains.outreach.rules import Step, may_be_shown
from dichterbij.web.campaign.words import STEPS


class FiguresForm(forms.Form):
    """Filters and order, all of them optional."""

    regio = forms.ChoiceField(label=gettext_lazy("Region"), required=False)
    vanaf = forms.ChoiceField(label=gettext_lazy("Counted from"), required=False)
    volgorde = forms.ChoiceField(label=gettext_lazy("Sort by"), required=False)

    def __init__(self, data: Mapping[str, object], *, items: Iterable[ItemRow], first: date | None, today: date):
        super().__init__(data)
        regions = sorted({(item.region_name, item.region_code) for item in items})
        self._set("regio", [("", gettext("All regions")), *((code, name) for name, code in regions)])
        self._set("vanaf", [("", gettext("The beginning")), *_months(first, today)])
        by_step = [(step.value, gettext("Most: %(step)s") % {"step": STEPS[step]}) for step in Step]
        self._set("volgorde", [("", gettext("Region and name")), *by_step])
        for name in self.fields:
            unknown = gettext("We do not know this choice any more. Choose one from the list.")
            self.fields[name].error_messages["invalid_choice"] = unknown

    def _set(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    @property
    def region(self) -> str | None:
        """The region asked for; None for all."""
        return self._given("regio") or None

    @property
    def since(self) -> date | None:
        """The first day asked for, always the first of a month; None for the beginning."""
        text = self._given("vanaf")
        return date.fromisoformat(f"{text}-01") if text else None

    def ordered(self, rows: tuple[ItemFigures, ...]) -> tuple[ItemFigures, ...]:
        """The rows in the order asked for; among numbers too small to show, the order tells nothing."""
        by = self._given("volgorde")
        if not by:
            return rows
        step = Step(by)
        return tuple(sorted(rows, key=lambda row: -(row.counts[step] if may_be_shown(row.counts[step]) else 1)))

    def _given(self, name: str) -> str:
        self.is_valid()
        return str(self.cleaned_data.get(name, ""))


def _months(first: date | None, today: date) -> list[tuple[str, str]]:
    """Whole months, newest first."""
    months: list[tuple[str, str]] = []
    day = today.replace(day=1)
    while first and day >= first.replace(day=1) and len(months) < 36:
        months.append((f"{day:%Y-%m}", formats.date_format(day, "F Y")))
        day = (day.replace(year=day.year - 1, month=12)) if day.month == 1 else day.replace(month=day.month - 1)
    return months
