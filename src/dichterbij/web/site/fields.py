"""Form fields that several pages ask: a day, an amount of money."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

NO_DATE = _("That is not a date. Write it like 1-3-2027.")
FORMATS = ["%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y", "%d %m %Y", "%Y-%m-%d", "%d-%m-%y", "%d/%m/%y"]
# By their first letters, in Dutch and in English: people write a date as this page does, "1 maart 2027".
MONTHS = {
    start: number
    for number, starts in enumerate(
        ("jan", "feb", "mrt maa mar", "apr", "mei may", "jun", "jul", "aug", "sep", "okt oct", "nov", "dec"), start=1
    )
    for start in starts.split()
}
WRITTEN_OUT = re.compile(r"(?:[a-z]{2,9},? )?(\d{1,2})(?:e|st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4})")
FIGURES = re.compile(r"(?:0?[1-9]|[12]\d|3[01])[-/. ](?:0?[1-9]|1[0-2])[-/. ]\d{4}")
AMOUNT = re.compile(r"(\d{1,3}(?:\.\d{3})+|\d{1,9})(?:,(\d{1,2}|-))?")
ENGLISH_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?")

LONGEST_AMOUNT = 20


class DayField(forms.DateField):
    """A day in figures, or with the month written out."""

    def to_python(self, value: Any) -> Any:
        """The day; what is not a day is named, and so is a day that its month does not have."""
        text = _in_figures(value) if isinstance(value, str) else value
        try:
            return super().to_python(text)
        except forms.ValidationError:
            if isinstance(text, str) and FIGURES.fullmatch(text.strip()):
                raise forms.ValidationError(_("This day does not exist. Which day do you mean?")) from None
            raise


def _in_figures(text: str) -> str:
    found = WRITTEN_OUT.fullmatch(" ".join(text.lower().split()))
    month = MONTHS.get(found[2][:3]) if found else None
    return f"{found[1]}-{month}-{found[3]}" if found and month else text


class EuroField(forms.CharField):
    """An amount as people write it, "6.000" or "6000,50", to cents. It never passes through a float."""

    default_error_messages = {
        "amount": _("That is not an amount. Write it like 6000 or 6000,50."),
        "required": _("Fill in an amount."),
    }

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", LONGEST_AMOUNT)
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": "12"})
        )
        super().__init__(**options)
        self.validators = []  # those of a text would measure how long a number is

    def to_python(self, value: Any) -> Any:
        """Whole cents; None when it is left empty."""
        text = str(value or "").replace("\u20ac", "").replace("EUR", "").replace("\u00a0", "").replace(" ", "")
        if not text:
            return None
        found = AMOUNT.fullmatch(text) or ENGLISH_AMOUNT.fullmatch(text)
        if found is None or len(text) > LONGEST_AMOUNT:
            raise forms.ValidationError(self.error_messages["amount"], code="amount")
        cents = (found[2] or "").replace("-", "")
        return int(re.sub(r"[.,]", "", found[1])) * 100 + int(cents.ljust(2, "0"))
