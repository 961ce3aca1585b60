"""A document that somebody sends: a file of a kind and size that we can keep and read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.schemes.actions.cases.evidence import LARGEST

LONGEST_NAME = 120


class DocumentField(forms.FileField):
    """Its name and its bytes."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            label=_("The document"), help_text=_("PDF, PNG or JPEG, at most 10 MB."),
            widget=forms.FileInput(attrs={"accept": "application/pdf,image/png,image/jpeg"}),
            error_messages={"required": _("Choose a file."), "empty": _("This file is empty.")}, **options,
        )  # fmt: skip

    def clean(self, data: Any, initial: Any = None) -> tuple[str, bytes]:
        """Read whole; one that is too large is refused."""
        given = super().clean(data, initial)
        if given.size > LARGEST:
            raise forms.ValidationError(_("This file is too large."))
        return str(given.name)[-LONGEST_NAME:], bytes(given.read())


class DocumentForm(forms.Form):
    """What an applicant sends."""

    document = DocumentField()
