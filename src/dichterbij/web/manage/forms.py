"""What a coordinator or administrator fills in."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.accounts.queries import OrganisationRow
from dichterbij.domains.accounts.rules import OrganisationKind
from dichterbij.web.login.forms import PICK, MailField
from dichterbij.web.login.words import KINDS, ROLES

TOO_LONG = _("That is too long. Use at most 100 characters.")


class InviteForm(forms.Form):
    """Whom to invite, where, as what."""

    use_required_attribute = False
    email = MailField(label=_("E-mail address of your colleague"))

    def __init__(self, data: Any, *, organisations: Sequence[OrganisationRow], roles: Sequence[str],
                 regions: Mapping[str, str]) -> None:  # fmt: skip
        super().__init__(data)
        named = [(str(row.id), _named(row, regions)) for row in organisations]
        self.fields["organisation"] = forms.ChoiceField(
            label=_("Organisation"),
            choices=[("", _("Choose an organisation")), *named],
            error_messages={"required": _("Choose an organisation."), "invalid_choice": PICK},
        )
        self.fields["role"] = forms.ChoiceField(
            label=_("As what?"),
            choices=[(role, str(ROLES[role]).capitalize()) for role in roles],
            widget=forms.RadioSelect,
            error_messages={"required": _("Choose a role."), "invalid_choice": PICK},
        )


class OrganisationForm(forms.Form):
    """How an organisation is called and reached."""

    use_required_attribute = False
    name = forms.CharField(
        label=_("Name"),
        max_length=100,
        error_messages={"required": _("Fill in a name."), "max_length": TOO_LONG},
    )
    phone = forms.CharField(
        label=_("Phone number"),
        required=False,
        max_length=40,
        error_messages={"max_length": _("That is too long for a phone number.")},
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )

    def __init__(self, data: Any, *, initial: dict[str, str] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["email"] = MailField(label=_("E-mail address"), required=False)


class NewOrganisationForm(OrganisationForm):
    """With its kind and region. `regions`: those that this role may add to; "" is the whole country."""

    def __init__(self, data: Any, *, regions: Sequence[tuple[str, str]]) -> None:
        super().__init__(data)
        kinds = [kind for kind in OrganisationKind if kind is not OrganisationKind.NATIONAL or ("", "") in regions]
        named = [(code, name or str(KINDS[OrganisationKind.NATIONAL]).capitalize()) for code, name in regions]
        self.fields["kind"] = forms.ChoiceField(
            label=_("What is it?"),
            choices=[("", _("Choose")), *((kind.value, KINDS[kind]) for kind in kinds)],
            error_messages={"required": PICK, "invalid_choice": PICK},
        )
        self.fields["region"] = forms.ChoiceField(
            label=_("Region"), choices=named, required=False, error_messages={"invalid_choice": PICK}
        )
        self.order_fields(["name", "kind", "region", "phone", "email"])


def _named(row: OrganisationRow, regions: Mapping[str, str]) -> str:
    """With its region, where there is more than one to choose from."""
    return f"{row.name} ({regions[row.region]})" if row.region in regions else row.name
