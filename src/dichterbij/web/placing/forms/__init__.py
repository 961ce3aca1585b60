"""The forms of placing an opening, one a page."""

from dichterbij.web.placing.forms.contact import ContactForm
from dichterbij.web.placing.forms.start import OccupationForm, StartForm
from dichterbij.web.placing.forms.work import WorkForm

__all__ = ["ContactForm", "OccupationForm", "StartForm", "WorkForm"]
