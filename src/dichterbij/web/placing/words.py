"""Codes of an opening in an employer's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

DEMANDS: Words = {
    "lifting": _("Lifting or carrying heavy things"),
    "standing": _("Standing or walking for a long time"),
    "sitting_long": _("Sitting for a long time"),
    "screen": _("Working at a screen for a long time"),
    "fine_motor": _("Precise work with the fingers"),
    "hearing": _("Work where you must hear well"),
    "phone": _("Making phone calls"),
    "heights": _("Working high up, on a ladder or a roof"),
    "outdoor": _("Working outside in all weather"),
    "pace": _("Working at a pace set by others or by a machine"),
    "sight_detail": _("Work where you must see small things"),
    "contact_public": _("Dealing with customers or visitors all day"),
}
DUTCH: Words = {
    "1": _("None: that is fine here"),
    "2": _("A little: a simple conversation"),
    "3": _("Good: talking along at work"),
    "4": _("Very good: also difficult conversations"),
}
LEVELS: Words = {
    "": _("None: no diploma is needed"),
    "2": _("Primary school"),
    "3": _("Vmbo, or something like it"),
    "4": _("Mbo, havo or vwo, or something like it"),
    "5": _("Hbo, or a bachelor's degree"),
    "6": _("University, or a master's degree"),
}
AGREEMENTS: Words = {
    "job": _("A paid job"),
    "learning_place": _("A learning place"),
    "work_experience": _("A work experience place"),
    "volunteer": _("Volunteer work"),
}
CONTRACTS: Words = {
    "": _("Not decided yet"),
    "permanent": _("Permanent"),
    "to_permanent": _("Temporary, and permanent if it goes well"),
    "temporary": _("Temporary"),
}
WILLING: Words = {
    "open_hiring": _("Open hiring: whoever is next on the list may start, without an interview"),
    "split": _("Splitting tasks: some tasks go to somebody else (a job made to fit, job carving)"),
    "learn_work": _("A learning place: we are a recognised learning company (SBB)"),
    "dutch": _("Learning Dutch at work"),
    "meet": _("Meeting people first, for example at a tour or a lunch (Ontmoeten)"),
}
WILLING_SHORT: Words = {
    "open_hiring": _("Open hiring"),
    "split": _("Splitting tasks"),
    "learn_work": _("A learning place"),
    "dutch": _("Learning Dutch at work"),
    "meet": _("Meeting people first"),
}
ONBOARDING: Words = {
    "": _("We have not thought about it yet"),
    "0": _("Nothing: somebody must know the work"),
    "2": _("About 2 weeks"),
    "4": _("About 4 weeks"),
    "8": _("About 2 months"),
    "13": _("About 3 months"),
    "26": _("About half a year"),
}
SKILL_GROUPS: Words = {
    "occupation-specific": _("the skills of this occupation alone"),
    "sector-specific": _("the skills of this branch"),
    "cross-sector": _("the skills that many jobs ask"),
    "transversal": _("the general skills"),
}
