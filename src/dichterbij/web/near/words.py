"""Codes of the bridge in the words of the pages: short names, and what a visitor reads."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = dict[str, str | Promise]

MODES: Words = {
    "walk": _("I walk"),
    "bike": _("By bike"),
    "ebike": _("By e-bike"),
    "moped": _("By moped or scooter"),
    "public_transport": _("By bus, tram or train"),
    "car": _("By car"),
}
MODES_SHORT: Words = {
    "walk": _("walking"),
    "bike": _("by bike"),
    "ebike": _("by e-bike"),
    "moped": _("by moped"),
    "public_transport": _("by bus or train"),
    "car": _("by car"),
}
DAYPARTS: Words = {
    "weekday": _("Weekdays, in the daytime"),
    "evening": _("Evenings"),
    "night": _("Nights"),
    "saturday": _("Saturdays"),
    "sunday": _("Sundays"),
}
DEMANDS: Words = {
    "lifting": _("Lifting or carrying heavy things"),
    "standing": _("Standing or walking for a long time"),
    "sitting_long": _("Sitting for a long time"),
    "screen": _("Working at a screen for a long time"),
    "fine_motor": _("Precise work with my fingers"),
    "hearing": _("Work where you must hear well"),
    "phone": _("Making phone calls"),
    "heights": _("Working high up, on a ladder or a roof"),
    "outdoor": _("Working outside in all weather"),
    "pace": _("Working at a pace set by others or by a machine"),
    "sight_detail": _("Work where you must see small things"),
    "contact_public": _("Dealing with customers or visitors all day"),
}
DUTCH: Words = {
    "1": _("I speak no Dutch yet"),
    "2": _("A little: I manage a simple conversation"),
    "3": _("Good: I can talk along at work"),
    "4": _("Very good, or it is my own language"),
}
# The six werk- en denkniveaus of the VUM standard.
LEVELS: Words = {
    "1": _("No school finished"),
    "2": _("Primary school"),
    "3": _("Vmbo, or something like it"),
    "4": _("Mbo, havo or vwo, or something like it"),
    "5": _("Hbo, or a bachelor's degree"),
    "6": _("University, or a master's degree"),
}
LICENCES: Words = {
    "AM": _("Moped (AM)"),
    "A": _("Motorcycle (A)"),
    "B": _("Car (B)"),
    "BE": _("Car with trailer (BE)"),
    "C": _("Lorry (C)"),
    "CE": _("Lorry with trailer (CE)"),
    "D": _("Bus (D)"),
    "DE": _("Bus with trailer (DE)"),
    "T": _("Tractor (T)"),
    "code95": _("Code 95, for professional drivers"),
    "forklift": _("Forklift certificate"),
    "vca": _("VCA, working safely"),
    "vog": _("Certificate of conduct (VOG)"),
}
AGREEMENTS: Words = {
    "job": _("A paid job"),
    "learning_place": _("A learning place"),
    "volunteer": _("Volunteer work"),
    "work_experience": _("A work experience place"),
}
ROUTES: Words = {
    "direct": pgettext_lazy("route", "Ordinary application"),
    "open_hiring": pgettext_lazy("route", "Open hiring"),
    "learn_work": pgettext_lazy("route", "Learning and working"),
    "carving": pgettext_lazy("route", "A job made to fit (job carving)"),
}
ROUTES_MEAN: Words = {
    "direct": _("You apply and start in the job as it is."),
    "open_hiring": _("Nobody asks for a CV or an interview. You put your name on the list; whoever is next may start."),
    "learn_work": _("You work and learn the trade at the same time, often at a recognised learning company."),
    "carving": _("The employer takes out the tasks that do not fit. What is left is your job."),
}
GROUPS_OF_WORK: Words = {
    "0": _("Armed forces"),
    "1": _("Managing"),
    "2": _("Specialists"),
    "3": _("Technicians and assistants"),
    "4": _("Office and administration"),
    "5": _("Care, shops, catering and service"),
    "6": _("Farming and gardening"),
    "7": _("Crafts, building and repair"),
    "8": _("Machines and driving"),
    "9": _("Practical work"),
}
# Codes of the menukaart.
BACKGROUNDS: Words = {
    "welfare": _("Social assistance (bijstand)"),
    "ww": _("Unemployment benefit (WW)"),
    "wia": _("Benefit because I can work less (WIA or WAO)"),
    "wajong": _("Wajong"),
    "zw": _("Sickness benefit (Ziektewet)"),
    "target_register": _("I am in the register of the jobs agreement (doelgroepregister)"),
    "none": _("No benefit and no work"),
    "working": _("I have work"),
}
# Sections of SBI 2008, shorter than their official names.
SECTORS: Words = {
    "A": _("Farming, forestry and fishing"),
    "B": _("Mining"),
    "C": _("Industry"),
    "D": _("Energy"),
    "E": _("Water and waste"),
    "F": _("Building"),
    "G": _("Shops, wholesale and garages"),
    "H": _("Transport and storage"),
    "I": _("Hotels, restaurants and cafés"),
    "J": _("Information and communication"),
    "K": _("Banks and insurance"),
    "L": _("Housing and property"),
    "M": _("Advice and research"),
    "N": _("Cleaning, temp work and other services"),
    "O": _("Government"),
    "P": _("Education"),
    "Q": _("Health care and welfare"),
    "R": _("Culture, sport and leisure"),
    "S": _("Other services"),
    "T": _("Work in private homes"),
    "U": _("International organisations"),
}
# Short names of steps on a plank; \u00ad marks where a long word may break.
STEPS: Words = {
    "queue": _("On the list"),
    "ebike": _("Get an e-bike"),
    "childcare": _("Arrange childcare"),
    "carving": _("Make the job fit"),
    "learn_work": _("Learn while working"),
    "onboarding": _("Learn on the job"),
    "dutch": _("Learn more Dutch"),
}
LICENCE_STEPS: Words = {
    "queue": _("On the list"),
    "AM": _("Moped licence (AM)"),
    "A": _("Motorcycle licence (A)"),
    "B": _("Driving licence (B)"),
    "BE": _("Licence BE"),
    "C": _("Lorry licence (C)"),
    "CE": _("Lorry licence (CE)"),
    "D": _("Bus licence (D)"),
    "DE": _("Bus licence (DE)"),
    "T": _("Tractor licence (T)"),
    "code95": _("Get code 95"),
    "forklift": _("Get a forklift certificate"),
    "vca": _("VCA course"),
    "vog": _("Ask for a certificate of conduct (VOG)"),
}
ADAPTATIONS: Words = {
    "lifting": _("Help with lifting"),
    "standing": _("Work you can do seated"),
    "sitting_long": _("A desk to stand at"),
    "screen": _("Adapted screen"),
    "fine_motor": _("Adapted tools"),
    "hearing": _("Help with hearing"),
    "phone": _("Work without phone calls"),
}


def step_name(code: str) -> str:
    """The short name of a step, for a plank; the code itself when there is none."""
    kind, _colon, what = code.partition(":")
    names = {"licence": LICENCE_STEPS, "adaptation": ADAPTATIONS}.get(kind, STEPS)
    return str(names.get(what or kind, code))
