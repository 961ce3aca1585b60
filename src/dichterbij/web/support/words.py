"""The codes of the menukaart in the words of the pages."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from dichterbij.domains.support.rules.kinds import Background, Category, Form, Moment, Need, Role, Route
from dichterbij.domains.support.rules.training import Kind as TrainingKind
from dichterbij.domains.support.rules.training import Learner
from dichterbij.web.support.told import Asker

Text = str | Promise

ROLES: dict[Role, Text] = {
    Role.JOB_SEEKER: pgettext_lazy("support for", "People who look for work"),
    Role.EMPLOYER: pgettext_lazy("support for", "Employers"),
}
NEEDS: dict[Need, Text] = {
    Need.FINDING: pgettext_lazy("situation", "Finding work, or finding people"),
    Need.NEW_WAY: pgettext_lazy("situation", "Another way to a job, without applying or with other tasks"),
    Need.LEARNING: pgettext_lazy("situation", "Learning, a course or a diploma"),
    Need.DUTCH: pgettext_lazy("situation", "Learning Dutch"),
    Need.LICENCE: pgettext_lazy("situation", "Driving licence or certificate"),
    Need.TRAVEL: pgettext_lazy("situation", "Travelling to work"),
    Need.HEALTH: pgettext_lazy("situation", "Health, aids and adapted work"),
    Need.CHILDCARE: pgettext_lazy("situation", "Childcare"),
    Need.LIFE: pgettext_lazy("situation", "Debts, care and family"),
    Need.TRYING: pgettext_lazy("situation", "Trying out work"),
    Need.GUIDANCE: pgettext_lazy("situation", "Guidance at work"),
    Need.WAGE: pgettext_lazy("situation", "Wages and costs for the employer"),
    Need.INCOME: pgettext_lazy("situation", "Income when you start"),
}
ROUTES: dict[Route, Text] = {
    Route.OPEN_HIRING: pgettext_lazy("route of the menukaart", "Open hiring"),
    Route.LEARN_WORK: pgettext_lazy("route of the menukaart", "Learning and working"),
    Route.CARVING: pgettext_lazy("route of the menukaart", "A job made to fit (job carving)"),
    Route.MEETING: pgettext_lazy("route of the menukaart", "Meeting"),
}
MOMENTS: dict[Moment, Text] = {
    Moment.BEFORE: pgettext_lazy("moment", "Arrange before the start"),
    Moment.AFTER: pgettext_lazy("moment", "From the start on"),
    Moment.AFTERWARDS: pgettext_lazy("moment", "Money comes afterwards"),
}
FORMS: dict[Form, Text] = {
    Form.HELP: pgettext_lazy("kind of support", "Help"),
    Form.MONEY: pgettext_lazy("kind of support", "Money"),
}
CATEGORIES: dict[Category, Text] = {
    Category.EMPLOYER_SERVICE: _("Help for employers"),
    Category.FINANCIAL: _("Money around hiring somebody"),
    Category.JOB_SEEKER_SERVICE: _("Help for people who look for work"),
    Category.ROUTE: _("Help with one of the four routes"),
    Category.EVERYONE: _("For everybody who starts, also without a benefit"),
    Category.EXTRA_WELFARE: _("Extra from social assistance"),
    Category.OTHER: _("What may help besides"),
    Category.REGIONAL: _("Only in this region"),
}
CATEGORY_LEADS: dict[Category, Text] = {
    Category.EMPLOYER_SERVICE: _("The basic package of the employers’ service points. Every region has it."),
    Category.FINANCIAL: _("It depends on where somebody’s income comes from. Always possible, never certain."),
    Category.JOB_SEEKER_SERVICE: _("The basic package of municipalities, UWV and mobility teams. Every region has it."),
    Category.ROUTE: _("For open hiring, learning and working, a job made to fit, or meeting."),
    Category.EVERYONE: _("If you need it. What you need counts, not which benefit you have."),
    Category.EXTRA_WELFARE: _("If you have social assistance (bijstand) and start working."),
    Category.OTHER: _("Not all of it stands on the menukaart. It helps with a step to work."),
    Category.REGIONAL: _("What this region adds to the menukaart."),
}
BACKGROUNDS: dict[Background, Text] = {
    Background.WELFARE: _("Social assistance (bijstand)"),
    Background.WW: _("Unemployment benefit (WW)"),
    Background.WIA: _("Benefit because I can work less (WIA or WAO)"),
    Background.WAJONG: _("Wajong"),
    Background.ZW: _("Sickness benefit (Ziektewet)"),
    Background.TARGET_REGISTER: _("I am in the register of the jobs agreement (doelgroepregister)"),
    Background.NONE: _("No benefit and no work"),
    Background.WORKING: _("I have work"),
}
BACKGROUNDS_OF_OTHERS: dict[Background, Text] = {
    **BACKGROUNDS,
    Background.WIA: _("Benefit for who can work less (WIA or WAO)"),
    Background.TARGET_REGISTER: _("In the register of the jobs agreement (doelgroepregister)"),
    Background.WORKING: _("Has work"),
}
ASKERS: dict[Asker, Text] = {
    Asker.SELF: _("For myself: I look for work, or am about to start"),
    Asker.HELPER: _("For somebody I help"),
    Asker.EMPLOYER: _("For my company: I want to hire somebody"),
}
NEEDS_OF_PEOPLE: dict[Need, Text] = {
    Need.FINDING: _("Finding work that fits"),
    Need.NEW_WAY: _("Starting without applying, or with other tasks"),
    Need.LEARNING: _("A course, training or diploma"),
    Need.DUTCH: _("Learning Dutch"),
    Need.LICENCE: _("A driving licence or certificate"),
    Need.TRAVEL: _("Getting to work"),
    Need.HEALTH: _("Aids or an adapted workplace"),
    Need.CHILDCARE: _("Childcare"),
    Need.LIFE: _("Debts, care, family or other worries"),
    Need.TRYING: _("Trying out first whether it fits"),
    Need.GUIDANCE: _("Somebody who guides me at work"),
    Need.INCOME: _("What happens to my income"),
    Need.WAGE: _("Wages that fit what I can do"),
}
NEEDS_OF_EMPLOYERS: dict[Need, Text] = {
    Need.FINDING: _("Finding people"),
    Need.NEW_WAY: _("Hiring in another way: open hiring, a job made to fit, meeting"),
    Need.LEARNING: _("Training somebody at work"),
    Need.DUTCH: _("Dutch at work"),
    Need.LICENCE: _("A driving licence or certificate for a new colleague"),
    Need.TRAVEL: _("Getting to work"),
    Need.HEALTH: _("An adapted workplace or aids"),
    Need.CHILDCARE: _("Childcare"),
    Need.LIFE: _("Worries of an employee outside work"),
    Need.TRYING: _("Trying out first whether it fits"),
    Need.GUIDANCE: _("Guiding somebody at work"),
    Need.INCOME: _("Income of the employee"),
    Need.WAGE: _("Wages, costs and the risk of illness"),
}
ROUTE_ANSWERS: dict[Route, Text] = {
    Route.DIRECT: _("The usual way, with an application"),
    Route.OPEN_HIRING: _("Open hiring: no interview, whoever is next may start"),
    Route.LEARN_WORK: _("Learning and working at the same time"),
    Route.CARVING: _("A job made to fit (job carving): only the tasks that fit"),
    Route.MEETING: _("Meeting first, for example at a job fair"),
}


def need_question(asker: Asker | None) -> Text:
    """The question about needs, as this visitor would be asked it."""
    if asker is Asker.EMPLOYER:
        return _("What would help your company?")
    return _("What would help the person you help?") if asker is Asker.HELPER else _("What would help you to start?")


def background_question(asker: Asker | None) -> Text:
    """The question about income, as this visitor would be asked it."""
    if asker is Asker.EMPLOYER:
        return _("Where does the candidate’s income come from now?")
    if asker is Asker.HELPER:
        return _("Where does that person’s income come from now?")
    return _("Where does your income come from now?")


TRAINING_KINDS: dict[TrainingKind, Text] = {
    TrainingKind.COURSE: pgettext_lazy("training", "Short course"),
    TrainingKind.ONLINE: pgettext_lazy("training", "At home, online"),
    TrainingKind.TRADE: pgettext_lazy("training", "First step to another trade"),
    TrainingKind.LANGUAGE: pgettext_lazy("training", "Language"),
}
LEARNERS: dict[Learner, Text] = {
    Learner.WORKING: pgettext_lazy("learner", "people with a job"),
    Learner.SELF_EMPLOYED: pgettext_lazy("learner", "people who are self-employed"),
    Learner.SEEKING: pgettext_lazy("learner", "people who look for work"),
}
TRAINING_ORDERS: dict[str, Text] = {
    "eindigt": pgettext_lazy("order", "Money that ends first"),
    "naam": pgettext_lazy("order", "Name"),
    "duur": pgettext_lazy("order", "Shortest first"),
}
