"""The words of the national pages."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.domains.network.rules import SiteState, Status
from dichterbij.domains.network.rules.answers import AnswerState
from dichterbij.domains.network.rules.lessons import LessonStatus, Phase, Subject
from dichterbij.domains.post.rules import LetterState

Text = str | Promise

STATUSES: Mapping[Status, Text] = {
    Status.PROSPECT: _("Not approached yet"),
    Status.APPROACHED: _("Approached"),
    Status.FRONT_RUNNER: _("Front-runner"),
    Status.PAUSED: _("Paused"),
    Status.NO: _("Does not take part"),
}
SITES: Mapping[SiteState, Text] = {
    SiteState.OPEN: _("Nobody yet"),
    SiteState.KNOWN: _("We are in touch already"),
    SiteState.PICKED_UP: _("We pick this up"),
    SiteState.TALKING: _("We are talking"),
    SiteState.RUNNING: _("People start there"),
    SiteState.STOPPED: _("Stopped"),
}
STEPS: Mapping[str, Text] = {
    "added": _("Added to the register"),
    "changed": _("Facts changed"),
    "status": _("Status"),
    "undone": _("Change taken back"),
    "party": _("Another party goes on"),
    "agreed": _("What was agreed"),
    "note": _("Note"),
    "lead": _("Reported itself, with sites in several regions"),
    "lead_gone": _("Who reported it took that back, or is forgotten"),
    "claimed": _("Who approaches"),
    "site_added": _("Site added"),
    "site_ended": _("Site is no longer there"),
    "site_state": _("Region about its site"),
    "contact_added": _("Contact person added"),
    "contact_ended": _("Contact person ended"),
}
TALKS: Mapping[str, Text] = {
    "": _("Show all regions"),
    "bellen": _("Regions to call"),
    "mij": _("Regions of mine"),
    "niemand": _("Regions without an account manager"),
}
CAME = "came"  # beside the statuses in the filter
ORDERS: Mapping[str, Text] = {
    "name": _("Name"),
    "changed": _("Changed last"),
    "status": _("Status"),
}
LETTERS: Mapping[LetterState, Text] = {
    LetterState.NONE: _("unknown"),
    LetterState.WAITING: _("waits"),
    LetterState.SENDING: _("is leaving"),
    LetterState.UNSURE: _("perhaps sent"),
    LetterState.SENT: _("sent"),
    LetterState.REFUSED: _("refused"),
}
ANSWERS: Mapping[AnswerState, Text] = {
    AnswerState.NOBODY: _("nobody to write to"),
    AnswerState.UNDELIVERED: _("not arrived yet"),
    AnswerState.SENT: _("no answer yet"),
    AnswerState.ANSWERED: _("answered"),
    AnswerState.NAMED: _("contact person named"),
}
PHASES: Mapping[Phase, Text] = {
    Phase.PREPARE: _("Preparing"),
    Phase.FIRST_REGIONS: _("First regions"),
    Phase.ALL_REGIONS: _("All regions"),
    Phase.EVALUATE: _("Looking back"),
    Phase.KEEP: _("Keeping what works"),
}
SUBJECTS: Mapping[Subject, Text] = {
    Subject.REACHING: _("Reaching people"),
    Subject.EMPLOYERS: _("Employers and recruiting"),
    Subject.MEETING: _("Meeting each other"),
    Subject.TOGETHER: _("Working together"),
    Subject.NATIONAL: _("National parties and regions"),
    Subject.MONEY: _("Money and time"),
    Subject.LEARNING: _("Learning and advice"),
}
LESSON_STATUSES: Mapping[LessonStatus, Text] = {
    LessonStatus.NOTED: _("Noted, nothing is known about what changed"),
    LessonStatus.TAKEN_UP: _("A change was announced"),
    LessonStatus.CHANGED: _("Something changed"),
    LessonStatus.NOT_DONE: _("Not acted on"),
}
DONE: Mapping[str, Text] = {
    "added": _("Added. Say who approaches this employer."),
    "changed": _("Saved."),
    "approach": _("Recorded. From now on nobody else can begin an approach here."),
    "take_over": _("Recorded. The other party goes on with this employer."),
    "status": _("The status is changed."),
    "undo": _("The last change of status is taken back."),
    "agreed": _("Saved. Every region where this employer has a site reads it."),
    "note": _("The note is kept. Only the national team reads it."),
    "site": _("The site is added. That region now sees this employer."),
    "end_site": _("The site is taken off the list."),
    "contact": _("The contact person is added."),
    "keep_contact": _("The contact person is added."),
    "end_contact": _("The contact person has ended."),
    "follow": _("Recorded. The national team reads it too."),
    "restore_contact": _("The contact person is back on the list."),
    "talked": _("Recorded."),
    "answered": _("Recorded: this region answered."),
    "unanswered": _("Taken back: this region did not answer yet."),
    "manager": _("You are the account manager of this region now."),
    "written": _("Kept. Nothing was sent yet."),
    "sent": _("Given to the post. Below you see what becomes of each letter."),
    "aside": _("Put aside. Nothing was sent."),
    "table": _("The table is kept."),
    "lesson_added": _("The lesson stands in the log."),
    "lesson_amended": _("The lesson is amended. What it said before stays below."),
    "restored": _("Taken up again. Nothing was sent yet."),
}
