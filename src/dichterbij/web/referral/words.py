"""The words of the work list."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.referral.queries import About, Counted, Tab
from dichterbij.domains.referral.rules import Ending
from dichterbij.domains.referral.rules.finding import PlaceKind

Text = str | Promise

TABS: Mapping[Tab, Text] = {
    Tab.ACCEPT: _("To answer"),
    Tab.WAITING: _("Waiting for others"),
    Tab.OVERDUE: _("Too late"),
    Tab.OURS: _("With us"),
    Tab.DONE: _("Done"),
}
ABOUT: Mapping[Tab, Text] = {
    Tab.ACCEPT: _("Handed over to you. Accept, return with a reason, or send on."),
    Tab.WAITING: _("You handed these over, or you watch over them. The other desk has to answer."),
    Tab.OVERDUE: _("The answer should have been there. These go up a step by themselves."),
    Tab.OURS: _("You accepted these people. Finish when you are done."),
    Tab.DONE: _("Finished or stopped, the newest first."),
}
EMPTY: Mapping[Tab, Text] = {
    Tab.ACCEPT: _("Nobody waits for your answer. When a desk, a helper or a person hands over to you, it stands here."),
    Tab.WAITING: _("Nobody you handed over waits for an answer. Hand somebody over: then you see who has it now."),
    Tab.OVERDUE: _("Nothing is too late."),
    Tab.OURS: _("Nobody you accepted is still open. Whoever you accept stands here until you finish."),
    Tab.DONE: _("Nothing has been finished yet."),
}
ENDINGS: Mapping[Ending, Text] = {
    Ending.WORK: _("Started working"),
    Ending.LEARNING: _("Started learning"),
    Ending.HELPED: _("Helped in another way"),
    Ending.OWN_WISH: _("The person wanted to stop"),
    Ending.NOT_SUITABLE: _("Does not fit here: on to another desk"),
}
EMPLOYER_ENDINGS: Mapping[Ending, Text] = {
    Ending.WORK: _("Somebody starts working there"),
    Ending.LEARNING: _("Somebody starts learning there"),
    Ending.HELPED: _("Helped in another way"),
    Ending.ANSWERED: _("Nobody found now: the employer gets an answer"),
    Ending.OWN_WISH: _("The employer wanted to stop"),
    Ending.NOT_SUITABLE: _("Does not fit here: on to another desk"),
}
KINDS: Mapping[About, Text] = {About.PEOPLE: _("People"), About.EMPLOYERS: _("Employers")}
DONE: Mapping[str, Text] = {
    "accepted": _("Accepted. Now call this person: the number is below."),
    "accepted-employer": _("Accepted. Now call this employer: the number is below."),
    "returned": _("Returned. Whoever watches over it in the region has it now."),
    "up": _("Sent up: who stands above in the region, or the national team, has it now."),
    "redirected": _("Sent on. The other desk has been asked."),
    "closed": _("Finished."),
    "onward": _("Finished, and on to the other desk. They do not have to tell anything again."),
    "withdrawn": _("Taken back."),
    "taken": _("You do this from now on."),
    "leaving": _("The days are kept."),
    "given": _("Your colleague does this from now on."),
}
PLACES: Mapping[PlaceKind, Text] = {
    PlaceKind.LIBRARY: _("Library"),
    PlaceKind.MARKET: _("Market"),
    PlaceKind.SPORTS: _("Sports club"),
    PlaceKind.NEIGHBOURHOOD: _("Neighbourhood centre"),
    PlaceKind.SCHOOL: _("School"),
    PlaceKind.HOUSING: _("Housing association"),
    PlaceKind.DOCTOR: _("General practice"),
    PlaceKind.FAITH: _("Mosque, church or temple"),
    PlaceKind.UNION: _("Trade union"),
    PlaceKind.SHOP: _("Shop"),
    PlaceKind.OTHER: _("Another place"),
}


def counted(found: Counted) -> str:
    """A number of hand-overs; with a plus where there are more than were counted."""
    return found.text
