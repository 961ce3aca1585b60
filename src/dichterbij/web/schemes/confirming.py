"""The mail that tells who applied their number, where to look, and what comes next."""

from datetime import date
from functools import partial

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from dichterbij.domains.schemes.actions.contacting import Compose
from dichterbij.domains.schemes.rules.contact import NewContact
from dichterbij.domains.schemes.rules.scheme import Scheme
from dichterbij.web.schemes.coming import decide_by

ACTOR = "applicant"


def link_to(request: HttpRequest) -> str:
    """Where number and code open an application: nobody proved the address of a mail, so it shows nothing of one."""
    return request.build_absolute_uri(reverse("schemes:find"))


def confirming(scheme: Scheme, contact: NewContact) -> Compose:
    """What makes that mail. Nobody proved the address, so no word that was typed goes there."""
    return partial(_mail, scheme, contact, timezone.localdate())


def _mail(scheme: Scheme, contact: NewContact, today: date, number: str) -> tuple[str, str]:
    with override(contact.language):
        told = {
            "number": number, "scheme": scheme.title.in_language(contact.language), "link": contact.link,
            "decide_by": decide_by(today), "is_exercise": scheme.is_exercise,
        }  # fmt: skip
        subject = gettext("We have your application %(number)s") % told
        return subject, render_to_string("schemes/mail_received.txt", told)
