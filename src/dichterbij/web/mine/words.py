"""What the page says: kinds of contact, languages, what an organisation did."""

from django.conf import settings
from django.utils.translation import gettext_lazy as _

CONTACTS = {"phone": _("Phone number"), "email": _("E-mail address"), "post": _("Postal address")}
DID = {
    "people.register": _("registered you"),
    "people.person_read": _("opened your details"),
    "people.list_read": _("saw your name in a list"),
    "people.names_read": _("saw your name in a list"),
    "people.access_given": _("let another desk help you"),
    "people.keys_sent": _("had the link to this page sent to you"),
    "people.key_printed": _("printed the link to this page for you"),
}
OTHER = _("used your details")
THROUGH = {
    "helper": _("somebody who helps you"),
    "finding_place": _("yourself, with a code you met somewhere"),
    "self": _("yourself"),
    "citizen": _("yourself"),
    "adviser": _("an adviser of a desk"),
    "coordinator": _("an adviser of a desk"),
}
LANGUAGES = dict(settings.LANGUAGES)
