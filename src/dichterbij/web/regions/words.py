"""Codes of the region pages in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.rules.desk_kinds import Who
from dichterbij.domains.regions.rules.figures import Tension

Words = dict[str, str | Promise]

TENSION: dict[Tension, str | Promise] = {Tension.TIGHT: _("tight"), Tension.VERY_TIGHT: _("very tight")}
# For whom a desk is, in the order of the page; several kinds of people may share one word.
SERVES: tuple[tuple[frozenset[Who], str | Promise], ...] = (
    (frozenset({Who.JOB_SEEKER}), _("people who look for work")),
    (frozenset({Who.WORKER}), _("people who have work")),
    (frozenset({Who.SELF_EMPLOYED}), _("people who work for themselves")),
    (frozenset({Who.EMPLOYER, Who.NATIONAL_EMPLOYER}), _("employers")),
    (frozenset({Who.HELPER, Who.PROFESSIONAL}), _("who helps somebody")),
)
ROUTES: Words = {
    "open_hiring": _("Open hiring"),
    "learn_work": _("Learning and working"),
    "carving": _("A job made to fit (job carving)"),
    "meeting": _("Meeting"),
    "direct": _("Ordinary application"),
}
# The pages of the four routes.
SLUGS = {
    "learn_work": "leren-en-werken",
    "carving": "werk-op-maat",
    "open_hiring": "open-hiring",
    "meeting": "ontmoeten",
}
# The step of a bridge -> the route that takes it, where one does.
ROUTE_OF_STEP = {"learn_work": "learn_work", "onboarding": "learn_work", "carving": "carving", "adaptation": "carving"}
# A step of a bridge as what holds somebody back while it is not taken; others by their names in the bridge's texts.
OBSTACLES: Words = {
    "learn_work": _("a trade that still has to be learned"),
    "onboarding": _("something that can be learned on the job"),
    "licence:vog": _("no certificate of conduct (VOG) yet"),
    "licence:vca": _("no certificate for working safely (VCA) yet"),
    "licence:forklift": _("no forklift certificate yet"),
    "licence:B": _("no driving licence (B)"),
    "licence:T": _("no tractor licence (T)"),
    "dutch": _("too little Dutch"),
    "ebike": _("the journey, too long without an e-bike"),
    "childcare": _("no childcare at those times"),
    "carving": _("tasks in the job that do not fit"),
    "adaptation:standing": _("standing for long without an adaptation"),
    "adaptation:lifting": _("lifting without an adaptation"),
    "adaptation:sitting_long": _("sitting for long without an adaptation"),
    "adaptation:screen": _("a screen without an adaptation"),
    "adaptation:fine_motor": _("precise work without an adaptation"),
    "adaptation:phone": _("telephoning without an adaptation"),
    "adaptation:hearing": _("hearing well without an adaptation"),
}
LIFTS: Words = {
    "ebike": _("an e-bike"),
    "car_licence": _("a driving licence and a car"),
    "travel_15_minutes": _("travelling a quarter of an hour longer"),
    "dutch_one_level": _("speaking Dutch one level better"),
    "childcare": _("childcare"),
    "evening": _("also working in the evening"),
    "weekend": _("also working at the weekend"),
    "learn_longer": _("learning longer on the job"),
}
BLOCKERS: Words = {
    "distance": _("no work within the kilometres they want to travel"),
    "travel_time": _("no work within the minutes they want to travel"),
    "travel": _("too far in kilometres and in minutes"),
    "agreement": _("only another kind of place, such as volunteer work"),
    "legal": _("a registration the law asks for"),
    "licences": _("a licence or certificate"),
    "hours": _("the number of hours"),
    "dayparts": _("the days and times"),
    "dutch": _("Dutch"),
    "demands": _("what the work asks of body or mind"),
    "level": _("the level of school"),
    "skills": _("what one must be able to do"),
    "start": _("the day on which they can start"),
    "several": _("several things at once"),
}
