"""What a visitor can do behind a door: top tasks in the order of their questions, one line each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.web.content.pages import page, slugs
from dichterbij.web.site.navigation import LABELS, address

Text = str | Promise


@dataclass(frozen=True)
class Task:
    """A page to go to and what it brings; `query` says who comes along, never an answer about a person."""

    name: str
    line: Text
    query: str = ""
    label: Text = ""


@dataclass(frozen=True)
class Question:
    """A question of the visitor, and the tasks that answer it; `routes` adds the four routes."""

    words: Text
    tasks: tuple[Task, ...] = ()
    routes: bool = False


@dataclass(frozen=True)
class Link:
    """A task as a page shows it."""

    label: str
    url: str
    line: str


@dataclass(frozen=True)
class Part:
    """A question with its links."""

    words: str
    links: tuple[Link, ...]


WORK = (
    Question(
        _("Which work is there near me?"),
        (Task("near:start", _("Fill in your postcode. You see work near you, and which step is still in between.")),),
    ),
    Question(
        _("What if something is still in between?"),
        (
            Task("support:mine", _("A few questions, only what matters. You see what may help and who decides.")),
            Task("support:catalogue", _("Everything a region offers, to search and print."), query="?wie=job_seeker"),
        ),
    ),
    Question(
        _("What about my money?"),
        (Task("support:income", _("What to find out before you start, and how you can go back if it does not work.")),),
    ),
    Question(_("Which ways to work are there?"), routes=True),
    Question(
        _("What do I say to an employer?"),
        (Task("near:what-to-say", _("Sentences you can use, on the phone or at the door.")),),
    ),
    Question(
        _("Who helps me?"),
        (
            Task(
                "desks:start",
                _("One desk with a name and a phone number. Also without a benefit."),
                query="?wie=job_seeker",
                label=_("Find the desk that helps you"),
            ),
            Task("regions:all", _("What is going on in your region, and all desks on a map.")),
        ),
    ),
)
PEOPLE = (
    Question(
        _("How do I find people?"),
        (
            Task(
                "advice:route",
                _("A few questions about your vacancy. You see which routes fit, what it asks, and why."),
            ),
            Task("placing:reach", _("See how many more people can come when you drop a demand.")),
        ),
    ),
    Question(
        _("What do I put in my vacancy?"),
        (
            Task("placing:place", _("A few questions, no account. The desk of your region gets a complete message.")),
            Task("advice:text", _("See which demands and hard words keep people away.")),
        ),
    ),
    Question(_("Which routes are there?"), routes=True),
    Question(
        _("What does it cost, and what may help?"),
        (
            Task(
                "support:catalogue",
                _("Schemes and help for employers, with who decides about each."),
                query="?wie=employer",
                label=_("All support for employers"),
            ),
            Task(
                "schemes:all",
                _("Which money there is, what you would get, and how you apply for it."),
                label=_("Money and schemes"),
            ),
        ),
    ),
    Question(
        _("How do I convince my boss?"),
        (Task("advice:boss", _("One sheet to print or send: what, why, and what it asks.")),),
    ),
    Question(
        _("Who thinks along with me?"),
        (
            Task(
                "desks:start",
                _("In your region a desk for employers helps you for free."),
                query="?wie=employer",
                label=_("Find the desk for employers"),
            ),
            Task(
                "desks:start",
                _("Do you have sites in more regions? The national team helps you."),
                query="?wie=national_employer",
                label=_("I am an employer in more regions"),
            ),
        ),
    ),
)


def parts(questions: tuple[Question, ...], language: str) -> tuple[Part, ...]:
    """The questions that have an answer on this site, in their order."""
    found = ((question.words, _links(question, language)) for question in questions)
    return tuple(Part(str(words), links) for words, links in found if links)


def _links(question: Question, language: str) -> tuple[Link, ...]:
    tasks = tuple(
        Link(str(task.label or LABELS[task.name]), url + task.query, str(task.line))
        for task in question.tasks
        if (url := address(task.name))
    )
    return tasks + (_routes(language) if question.routes else ())


def _routes(language: str) -> tuple[Link, ...]:
    texts = (page("routes", slug, language) for slug in slugs("routes"))
    return tuple(Link(text.title, address("routes:all") + f"{text.slug}/", text.lead) for text in texts)
