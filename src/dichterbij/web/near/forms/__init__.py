"""The forms of these pages. Only the postcode is compulsory."""

from dichterbij.web.near.forms.around import (
    BackgroundForm,
    ConceptForm,
    FiltersForm,
    MailForm,
    PlaceForm,
    PostcodeForm,
)
from dichterbij.web.near.forms.questions import AvoidForm, GroupForm, PapersForm, TimesForm, TravelForm, WishesForm

__all__ = [
    "AvoidForm",
    "BackgroundForm",
    "ConceptForm",
    "FiltersForm",
    "GroupForm",
    "MailForm",
    "PapersForm",
    "PlaceForm",
    "PostcodeForm",
    "TimesForm",
    "TravelForm",
    "WishesForm",
]
