"""A regional table as it is filled in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.network.actions.tables import LONGEST, Table
from dichterbij.domains.network.queries import TableRow
from dichterbij.domains.network.rules import LONGEST_LINE
from dichterbij.web.national.forms import PlainForm, choice, day, line, region_names, several


class TableForm(PlainForm):
    """A new table, or the next version of one; `version` is the one that was looked at. `region`: the only choice."""

    def __init__(self, data: Any = None, *, row: TableRow | None = None, region: str = "") -> None:
        names = ("on", "subject", "parties", "agenda", "outcomes", "version")
        super().__init__(data, name="table", initial={name: getattr(row, name) for name in names} if row else None)
        self.region = row.region if row else region
        if not self.region:
            self.fields["region"] = choice(_("Region"), [("", _("Choose")), *region_names().items()])
        self.fields["on"] = day(_("Day"))
        self.fields["subject"] = line(
            _("About what?"), longest=LONGEST_LINE, required=_("Say what the table is about."),
            help_text=_("For example: from school to work, for practical and special schools."),
        )  # fmt: skip
        self.fields["parties"] = line(
            _("Who is at the table?"), help_text=_("Organisations, no names of people."), longest=LONGEST_LINE
        )
        self.fields["agenda"] = several(_("Agenda"), longest=LONGEST, required=_("Write down the agenda."), rows=6)
        self.fields["outcomes"] = several(
            _("Outcomes"), longest=LONGEST, rows=6,
            help_text=_("What was agreed, who does it, and by when. Not about single people."),
        )  # fmt: skip
        self.fields["version"] = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)

    def table(self, *, invented: bool) -> Table:
        """What was filled in."""
        given = self.cleaned_data
        region = self.region or given["region"]
        return Table(
            region, given["on"], given["subject"], given["agenda"], given["parties"], given["outcomes"], invented
        )
