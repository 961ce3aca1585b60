"""The forms of these pages. Only the postcode is compulsory."""

from dichterbij.web.near.forms.around import (
    MOST_TEXT,
    BackgroundForm,
    BroughtForm,
    ConceptForm,
    FiltersForm,
    MailForm,
    PostcodeForm,
    is_place,
)
from dichterbij.web.near.forms.questions import AvoidForm, GroupForm, PapersForm, TimesForm, TravelForm, WishesForm

__all__ = [
    "MOST_TEXT",
    "AvoidForm",
    "BackgroundForm",
    "BroughtForm",
    "ConceptForm",
    "FiltersForm",
    "GroupForm",
    "MailForm",
    "PapersForm",
    "PostcodeForm",
    "TimesForm",
    "TravelForm",
    "WishesForm",
    "is_place",
]
