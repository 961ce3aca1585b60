"""The groups of optional questions, in the order in which they are offered, with why each question is asked."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from dichterbij.web.near.answers import Answers
from dichterbij.web.near.forms import AvoidForm, GroupForm, PapersForm, TimesForm, TravelForm, WishesForm


@dataclass(frozen=True)
class Group:
    """A few questions that belong together. `form` is None for the two groups with a page of their own.

    `to_ask` are the codes of a bridge's `to_ask` that an answer here settles; `why` goes by field of the form;
    `tells` are the answers that are given here.
    """

    code: str
    slug: str
    title: str | Promise
    short: str | Promise
    because: str | Promise
    form: type[GroupForm] | None
    to_ask: tuple[str, ...]
    why: dict[str, str | Promise]
    tells: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where these questions are asked."""
        return reverse("near:group", args=[self.slug]) if self.form else reverse(f"near:{self.code}")

    def is_answered(self, answers: Answers) -> bool:
        """Whether any question of the group has an answer; one that was skipped has none."""
        nothing = Answers()
        return any(getattr(answers, name) != getattr(nothing, name) for name in self.tells)


GROUPS = (
    Group(
        code="work",
        slug="werk",
        title=_("What work have you done?"),
        short=_("Work you did"),
        because=_("From your work we propose what you can do, so that you need not write it all down."),
        form=None,
        to_ask=(),
        why={},
        tells=("work", "no_work"),
    ),
    Group(
        code="skills",
        slug="kunnen",
        title=_("What can you do?"),
        short=_("What you can do"),
        because=_("Then we can see which work you can start in, and what you would still learn."),
        form=None,
        to_ask=("skills", "essential"),
        why={},
        tells=("own_skills", "unticked", "skills_confirmed"),
    ),
    Group(
        code="travel",
        slug="reizen",
        title=_("How do you travel?"),
        short=_("How you travel"),
        because=_("Then we know which work you can reach, and in how many minutes."),
        form=TravelForm,
        to_ask=("modes",),
        why={
            "modes": _(
                "We work out the travel time for each. If you tick nothing we count with bicycle, bus and train."
            ),
            "minutes": _("Work that takes longer to reach is left out. If you skip this we count with 60 minutes."),
            "ebike": _("Some work only comes within reach by e-bike. Then getting one is a step on the bridge."),
        },
        tells=("modes", "ebike_possible", "max_travel_minutes"),
    ),
    Group(
        code="times",
        slug="tijden",
        title=_("When and how much do you want to work?"),
        short=_("Hours and times"),
        because=_("Then we leave out work with hours or times that do not suit you."),
        form=TimesForm,
        to_ask=("available_from",),
        why={
            "hours_min": _("Work with fewer hours than this is left out."),
            "hours_max": _("Work with more hours than this is left out. Sometimes a job can be made smaller."),
            "dayparts": _("Every job has its own times. We only show those you can work at."),
            "childcare": _("Work at these times stays in the list. Arranging childcare is then a step on the bridge."),
            "available_from": _("Some employers need somebody before a certain day."),
        },
        tells=("hours_min", "hours_max", "dayparts", "childcare_dayparts", "available_from"),
    ),
    Group(
        code="avoid",
        slug="liever-niet",
        title=_("What would you rather not do?"),
        short=_("What you would rather not do"),
        because=_("You need not say why. Many things can be adapted at work; then that is a step on the bridge."),
        form=AvoidForm,
        to_ask=(),
        why={
            "avoid": _(
                "Where an adaptation helps, the work stays in the list with that step. Otherwise we leave it out."
            )
        },
        tells=("avoid",),
    ),
    Group(
        code="papers",
        slug="papieren",
        title=_("Language, school and certificates"),
        short=_("Language, school, certificates"),
        because=_("Then we can say whether a course or a licence is a step on the bridge."),
        form=PapersForm,
        to_ask=("dutch", "level", "licences", "legal"),
        why={
            "dutch": _("Some work asks for a certain level. Often you can learn Dutch beside it or on the job."),
            "level": _("It is about what you can handle. A diploma is not needed for this answer."),
            "licences": _("Some work needs a licence. If you do not have it, getting it is a step on the bridge."),
            "big": _("Some professions are protected by law. Without a registration you may not do that work."),
        },
        tells=("dutch", "level", "licences", "legal"),
    ),
    Group(
        code="wishes",
        slug="wensen",
        title=_("What are you looking for?"),
        short=_("What you are looking for"),
        because=_("Then we only show what you want to do."),
        form=WishesForm,
        to_ask=(),
        why={
            "agreements": _("A learning place, volunteer work or work experience can also be a beginning. You choose."),
            "learn_weeks": _("With some employers you learn the trade while working. We leave out what takes longer."),
        },
        tells=("agreements", "learn_weeks_max"),
    ),
)
BY_SLUG = {group.slug: group for group in GROUPS}
BY_CODE = {group.code: group for group in GROUPS}
BY_QUESTION = {code: group for group in GROUPS for code in group.to_ask}


def links(answers: Answers) -> list[dict[str, Any]]:
    """Each group with where it is asked, and whether it was answered or only seen."""
    return [
        {
            "group": group,
            "address": group.address,
            "is_answered": group.is_answered(answers),
            "is_seen": group.code in answers.seen,
        }
        for group in GROUPS
    ]


def next_group(answers: Answers, after: str | None = None) -> Group | None:
    """The first group not seen yet, looking on from `after`; None when all were seen.

    What you can do is only asked after work you did: its proposals come from there.
    """
    codes = [group.code for group in GROUPS]
    start = codes.index(after) + 1 if after else 0
    order = codes[start:] + codes[:start]
    for code in order:
        if code not in answers.seen:
            return BY_CODE[code]
    return None
