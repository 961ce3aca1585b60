"""What the national team and regions fill in about an employer."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.network.queries import EmployerRow
from dichterbij.domains.network.rules import LONGEST_NAME, LONGEST_TEXT, SiteState, Status
from dichterbij.web.login.forms import MailField
from dichterbij.web.national import words
from dichterbij.web.national.forms import PlainForm, choice, line, parties, region_names, routes, several, tick
from dichterbij.web.near.words import SECTORS


class FilterForm(PlainForm):
    """Which employers; names of companies are no secret, so it stands in the address."""

    def __init__(self, data: Any) -> None:
        super().__init__(data, name="filter")
        everything = ("", _("Everything"))
        self.fields["zoek"] = line(_("Search a name or KvK number"), longest=80)
        self.fields["status"] = choice(
            _("Status"),
            [
                everything,
                (words.CAME, _("Reported itself, waits for a call")),
                *((one.value, text) for one, text in words.STATUSES.items()),
            ],
            required=False,
        )
        self.fields["partij"] = choice(_("Who approaches"), [everything, *parties()], required=False)
        self.fields["regio"] = choice(_("Region"), [everything, *region_names().items()], required=False)
        self.fields["route"] = choice(_("Route"), [everything, *routes()], required=False)
        self.fields["volgorde"] = choice(_("Sort by"), list(words.ORDERS.items()), required=False)


class EmployerForm(PlainForm):
    """The facts of an employer."""

    def __init__(self, data: Any = None, *, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["naam"] = line(
            _("Name of the employer"), longest=LONGEST_NAME, required=_("Fill in the name of the employer.")
        )
        self.fields["kvk"] = line(_("KvK number"), longest=12, help_text=_("Eight digits, of the head office."))
        self.fields["sector"] = choice(_("Sector"), [("", _("unknown")), *SECTORS.items()], required=False)
        self.fields["routes"] = tick(_("Which routes fit?"), routes())


class NewEmployerForm(EmployerForm):
    """With the towns where it has a site, three to begin with."""

    rows = ("1", "2", "3")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        names = [("", _("Choose a region")), *region_names().items()]
        for row in self.rows:
            self.fields[f"regio{row}"] = choice(_("Region of a site"), names, required=False)
            self.fields[f"plaats{row}"] = line(_("Town"), longest=60)
        self.fields["andere"] = forms.BooleanField(label=_("This is another employer"), required=False)

    def sites(self) -> list[tuple[str, str]]:
        """Region and town of each that was filled in."""
        given = self.cleaned_data
        return [(given[f"regio{row}"], given[f"plaats{row}"]) for row in self.rows if given.get(f"regio{row}")]

    @property
    def site_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The pairs of fields, for the page."""
        return [(self[f"regio{row}"], self[f"plaats{row}"]) for row in self.rows]


class PartyForm(PlainForm):
    """Who approaches."""

    def __init__(self, data: Any = None, *, name: str = "approach") -> None:
        super().__init__(data, name=name)
        self.fields["party"] = choice(_("Who approaches this employer?"), [("", _("Choose")), *parties()])
        self.fields["words"] = line(_("What do you start with?"))


class StatusForm(PlainForm):
    """How far it is."""

    def __init__(self, data: Any = None, *, name: str = "status", row: EmployerRow | None = None) -> None:
        super().__init__(data, name=name)
        there = [
            (one.value, text) for one, text in words.STATUSES.items()
            if row is None or (one is not row.status and (row.party or one is not Status.APPROACHED))
        ]  # fmt: skip
        self.fields["status"] = choice(_("New status"), [("", _("Choose")), *there])
        self.fields["words"] = line(_("Why?"))


class AgreedForm(PlainForm):
    """What was agreed."""

    agreed = several(
        _("What was agreed?"),
        longest=LONGEST_TEXT,
        help_text=_("Every region where this employer has a site reads this."),
    )


class NoteForm(PlainForm):
    """A note for the team."""

    words = several(
        _("Note for the national team"), longest=LONGEST_TEXT, required=_("Write the note."),
        help_text=_("Regions do not read this."), rows=3,
    )  # fmt: skip


class SiteForm(PlainForm):
    """One more site."""

    def __init__(self, data: Any = None, *, name: str = "site") -> None:
        super().__init__(data, name=name)
        self.fields["region"] = choice(_("Region"), [("", _("Choose a region")), *region_names().items()])
        self.fields["place"] = line(_("Town"), longest=60)


class PersonForm(PlainForm):
    """Somebody at the employer."""

    person = line(_("Name"), longest=LONGEST_NAME, required=_("Fill in a name."))
    role = line(_("Function"))
    phone = line(_("Work phone number"), longest=40)

    def __init__(self, data: Any = None, *, name: str = "contact") -> None:
        super().__init__(data, name=name)
        self.fields["email"] = MailField(label=_("Work e-mail address"), required=False)
        self.order_fields(["person", "role", "email", "phone"])


class FollowForm(PlainForm):
    """What a region does with a site."""

    def __init__(self, data: Any = None, *, name: str = "follow", initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, name=name, initial=initial)
        states = [(one.value, text) for one, text in words.SITES.items() if one is not SiteState.OPEN]
        self.fields["state"] = choice(_("What does your region do?"), [("", _("Choose")), *states])
        self.fields["words"] = line(
            _("Who, and since when?"), help_text=_("For example: Bram of the WSP calls the shop on Tuesday.")
        )
