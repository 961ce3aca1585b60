"""Choosing a region, on pages that name its desks. A region says nothing about a person: it may be in the address."""

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.queries import areas


class RegionForm(forms.Form):
    """`?regio=AM05`. `code` and `name` are empty until a region is chosen that there is."""

    use_required_attribute = False

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET if "regio" in request.GET else None)
        self.names = {row.code: row.name for row in areas.regions()}
        self.fields["regio"] = forms.ChoiceField(
            label=_("Your region"),
            choices=[("", _("Choose your region")), *self.names.items()],
            error_messages={
                "required": _("Choose your region."),
                "invalid_choice": _("We do not know that region. Choose one from the list."),
            },
        )

    @property
    def code(self) -> str:
        """The AM code of the region chosen, or empty."""
        return str(self.cleaned_data["regio"]) if self.is_valid() else ""

    @property
    def name(self) -> str:
        """The region's name, or empty."""
        return self.names.get(self.code, "")
