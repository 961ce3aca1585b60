"""The campaign's words: steps, kinds of items and the pages they lead to."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.outreach.rules import Kind, Step, Target

STEPS: Mapping[Step, str | Promise] = {
    Step.VISIT: _("Came to the site"),
    Step.NEAR: _("Looked at what is near"),
    Step.BRIDGE: _("Opened a vacancy"),
    Step.DESK: _("Looked up a desk"),
    Step.CONTACT: _("Chose to call or mail"),
    Step.HANDED_OVER: _("Handed over to a desk"),
    Step.MESSAGE: _("Sent in a vacancy"),
}
KINDS: Mapping[Kind, str | Promise] = {
    Kind.POSTER: _("Poster"),
    Kind.FLYER: _("Flyer"),
    Kind.ADVERT: _("Advert"),
    Kind.POST: _("Post on social media"),
    Kind.MESSAGE: _("Newsletter or letter"),
}
TARGETS: Mapping[Target, str | Promise] = {
    Target.HOME: _("Home page"),
    Target.WORK: _("I am looking for work"),
    Target.PEOPLE: _("I am looking for people"),
    Target.HELP: _("I help someone"),
    Target.NEAR: _("What is near?"),
    Target.PLACE: _("Place a vacancy"),
    Target.REGION: _("Page of the region"),
    Target.DESKS: _("Desks of the region"),
    Target.SUPPORT: _("Support"),
    Target.LEARN_WORK: _("Route: learning and working"),
    Target.JOBCARVING: _("Route: a job made to fit"),
    Target.OPEN_HIRING: _("Route: open hiring"),
    Target.ENCOUNTERS: _("Route: meeting"),
}
