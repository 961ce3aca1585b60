"""The one question of the page with all regions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.web.regions import listing


class SearchForm(forms.Form):
    """A postcode, place, municipality or region. After `is_valid` there is `region_code`."""

    use_required_attribute = False
    where = forms.CharField(
        label=_("Postcode, place, municipality or region"),
        help_text=_("For example 7511, Almelo or Twente. We do not keep it."),
        error_messages={"required": _("Fill in a postcode or a name, or choose a region on the map or in the list.")},
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    suggestions: tuple[object, ...] = ()
    region_code = ""

    def clean_where(self) -> str:
        """The text as typed; its region or what to choose from is kept beside it."""
        text: str = self.cleaned_data["where"]
        found = listing.find(text)
        self.suggestions, self.region_code = found.suggestions, found.region_code or ""
        if found.problem:
            raise forms.ValidationError(found.problem)
        return text
