"""Who, what and which desk in the words of the pages, and what to say on the phone."""

from django.utils.functional import Promise
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.regions.rules.desk_kinds import Day, Kind, Topic, Who

Text = str | Promise

WHO: dict[Who, Text] = {
    Who.JOB_SEEKER: _("I am looking for work"),
    Who.WORKER: _("I have work, and want something else or want to learn"),
    Who.SELF_EMPLOYED: _("I work for myself"),
    Who.EMPLOYER: _("I am an employer in one region"),
    Who.NATIONAL_EMPLOYER: _("I am an employer in several regions"),
    Who.HELPER: _("I help someone, such as family or a neighbour"),
    Who.PROFESSIONAL: _("I help people in my job"),
    Who.UNKNOWN: _("I do not know, or something else"),
}
EMPLOYERS = (Who.EMPLOYER, Who.NATIONAL_EMPLOYER)
THEMSELVES = (Who.JOB_SEEKER, Who.WORKER, Who.SELF_EMPLOYED)

TOPICS: dict[Topic, Text] = {
    Topic.WORK: _("Finding work"),
    Topic.LEARNING: _("Training or a course"),
    Topic.LEARNING_PLACE: _("A place where you work and learn"),
    Topic.SCHOOL: _("School: stopping, going back, a diploma"),
    Topic.INCOME: _("Benefit or income"),
    Topic.DEBTS: _("Debts or money worries"),
    Topic.CHILDCARE: _("Childcare"),
    Topic.TRAVEL: _("Getting to work"),
    Topic.DUTCH: _("Learning Dutch"),
    Topic.ADAPTATION: _("Help or an adapted workplace because of your health"),
    Topic.TARGET_REGISTER: _("The jobs agreement (banenafspraak)"),
    Topic.OPEN_HIRING: _("Work without applying (open hiring)"),
    Topic.JOB_CARVING: _("A job made to fit (job carving)"),
    Topic.EMPLOYER_SUPPORT: _("Support for employers"),
    Topic.UNKNOWN: _("I do not know yet, or something else"),
}
TOPICS_OF_EMPLOYERS: dict[Topic, Text] = {
    Topic.WORK: _("Finding people"),
    Topic.OPEN_HIRING: _("Hiring without applications (open hiring)"),
    Topic.JOB_CARVING: _("Making a job fit a person (job carving)"),
    Topic.LEARNING_PLACE: _("Becoming a learning company, or offering a learning place"),
    Topic.EMPLOYER_SUPPORT: _("Money and support for employers"),
    Topic.ADAPTATION: _("An adapted workplace"),
    Topic.TARGET_REGISTER: _("The jobs agreement (banenafspraak)"),
    Topic.DUTCH: _("Dutch at work"),
    Topic.UNKNOWN: _("I do not know yet, or something else"),
}

KINDS: dict[Kind, Text] = {
    Kind.WERKCENTRUM: _(
        "One desk for everyone with a question about work: people who look for work, workers and employers."
    ),
    Kind.RMT: _(
        "The regional mobility team: municipalities, UWV, unions and employers together. They look with you at work, "
        "training and what you need for it, with or without a benefit."
    ),
    Kind.WSP: _(
        "The employers’ service point: advisers of municipalities and UWV who help employers find people, and know the "
        "four routes and the support."
    ),
    Kind.EMPLOYERS_DESK: _("A desk of the region for employers: they help find people and know the support."),
    Kind.LEERWERKLOKET: _("Free and independent advice on learning and working: which training fits and who pays."),
    Kind.RBL: _("They help young people up to 23 to go back to school, or to find work with a diploma in reach."),
    Kind.UWV: _(
        "They arrange benefits, and help and adaptations for people who can work less because of their health."
    ),
    Kind.GEMEENTE: _("Your municipality: help with work, income, debts, childcare and learning Dutch."),
    Kind.SOCIAL_ENTERPRISE: _("A company that guides people who do not find a job easily by themselves."),
    Kind.SBB: _("They know all learning jobs and recognised learning companies in vocational education."),
    Kind.NATIONAL: _("The national team of this programme. They bring you to the right desk in your region."),
}

KIND_NAMES: dict[Kind, Text] = {
    Kind.WERKCENTRUM: _("work centre (Werkcentrum)"),
    Kind.RMT: _("regional mobility team (RMT)"),
    Kind.WSP: _("employers’ service point (WSP)"),
    Kind.EMPLOYERS_DESK: _("employers’ desk"),
    Kind.LEERWERKLOKET: _("learning and work desk (Leerwerkloket)"),
    Kind.RBL: _("school and work desk for young people (RBL)"),
    Kind.UWV: "UWV",
    Kind.GEMEENTE: _("municipality"),
    Kind.SOCIAL_ENTERPRISE: _("social enterprise"),
    Kind.SBB: "SBB",
    Kind.NATIONAL: _("national desk"),
}

INTRODUCTIONS: dict[Who, Text] = {
    Who.JOB_SEEKER: _("I am looking for work."),
    Who.WORKER: _("I have work, and I am thinking about something else."),
    Who.SELF_EMPLOYED: _("I work for myself."),
    Who.EMPLOYER: _("I have a company in this region."),
    Who.NATIONAL_EMPLOYER: _("Our company has branches in several regions."),
    Who.HELPER: _("I am calling for someone I help. That person knows that I call."),
    Who.PROFESSIONAL: _("I work with people and call about one of them, who agrees with this. I give no name yet."),
    Who.UNKNOWN: _("I have a question about work."),
}
QUESTIONS: dict[Topic, Text] = {
    Topic.WORK: _("I would like to know which work there is nearby, and who can look at it with me."),
    Topic.LEARNING: _("I would like to know which training fits, and who pays for it."),
    Topic.LEARNING_PLACE: _("I would like to work and learn at the same time. Which places are there?"),
    Topic.SCHOOL: _("It is about school. I would like to talk about what is possible now."),
    Topic.INCOME: _("It is about income. What changes when somebody starts working or works more hours?"),
    Topic.DEBTS: _("There are money worries. I would like help with those, so that there is room for work."),
    Topic.CHILDCARE: _("Childcare is needed to be able to work. What can be arranged, and who pays?"),
    Topic.TRAVEL: _("Getting to work is the problem. Can you help with a bicycle, an e-bike or travel costs?"),
    Topic.DUTCH: _("I would like to know where one can learn Dutch, also beside a job."),
    Topic.ADAPTATION: _(
        "Something is needed to be able to do the work. Who decides on that, and how long does it take?"
    ),
    Topic.TARGET_REGISTER: _("It is about the jobs agreement (banenafspraak). How does that work?"),
    Topic.OPEN_HIRING: _("I would like to put a name on the list for open hiring. Where can I do that nearby?"),
    Topic.JOB_CARVING: _("I am looking for a job of which the tasks can be changed. Who can help with that?"),
    Topic.EMPLOYER_SUPPORT: _("I would like to know which support there is for an employer."),
    Topic.UNKNOWN: _("I do not know exactly whom I need. Can you think along?"),
}
QUESTIONS_OF_EMPLOYERS: dict[Topic, Text] = {
    Topic.WORK: _("We are looking for people. Which route fits our work, and who is available nearby?"),
    Topic.LEARNING_PLACE: _("We would like to offer a learning place. What is needed to become a learning company?"),
    Topic.OPEN_HIRING: _("We would like to hire without applications. Can somebody explain how that works?"),
    Topic.JOB_CARVING: _("We would like to look at which tasks can become a new job. Who can help us?"),
    Topic.EMPLOYER_SUPPORT: _("Which support and money is there when we hire somebody, and how do we ask for it?"),
    Topic.ADAPTATION: _("An employee needs an adapted workplace. Who decides on that, and who pays?"),
    Topic.DUTCH: _("We would like our people to learn Dutch at work. Who can help us?"),
}
QUESTIONS_OF_THEMSELVES: dict[Topic, Text] = {
    Topic.OPEN_HIRING: _("I would like to put my name on the list for open hiring. Where can I do that nearby?"),
}
DAYS: dict[Day, Text] = {
    Day.MON: pgettext_lazy("opens again on", "Monday"),
    Day.TUE: pgettext_lazy("opens again on", "Tuesday"),
    Day.WED: pgettext_lazy("opens again on", "Wednesday"),
    Day.THU: pgettext_lazy("opens again on", "Thursday"),
    Day.FRI: pgettext_lazy("opens again on", "Friday"),
    Day.SAT: pgettext_lazy("opens again on", "Saturday"),
    Day.SUN: pgettext_lazy("opens again on", "Sunday"),
}


def topic(code: Topic, who: Who) -> str:
    """The topic as this person would say it."""
    own = TOPICS_OF_EMPLOYERS.get(code) if who in EMPLOYERS else None
    return str(own or TOPICS[code])


def topics_for(who: Who) -> tuple[Topic, ...]:
    """The topics to choose from, the most asked first."""
    if who in EMPLOYERS:
        return tuple(TOPICS_OF_EMPLOYERS)
    return tuple(code for code in TOPICS if code is not Topic.EMPLOYER_SUPPORT)


def what_to_say(who: Who, code: Topic) -> str:
    """Three sentences to read out on the phone."""
    own = QUESTIONS_OF_EMPLOYERS.get(code) if who in EMPLOYERS else None
    own = QUESTIONS_OF_THEMSELVES.get(code) if who in THEMSELVES else own
    return " ".join([gettext("Good day."), str(INTRODUCTIONS[who]), str(own or QUESTIONS[code])])
