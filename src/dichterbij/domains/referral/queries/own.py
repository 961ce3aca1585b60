"""The person's own pages: by the secret link, without an account, or by their own page."""

from uuid import UUID

from dichterbij.domains.people.actions import acting_for
from dichterbij.domains.referral.models import Handover, Step
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, handover_row, step_row
from dichterbij.domains.referral.queries.today import steps_of
from dichterbij.domains.referral.seeing import digest_of, own_work, with_link
from dichterbij.shared.errors import NotFoundError


def handover_of(*, token: str) -> tuple[HandoverRow, tuple[StepRow, ...]]:
    """The hand-over of this link with its history; NotFoundError."""
    digest = digest_of(token)
    with with_link(digest):
        row = Handover.objects.filter(token_digest=digest).first()
        if row is None:
            raise NotFoundError("There is no such hand-over.")
        return handover_row(row), steps_of(row.pk)


def goes_on(row: HandoverRow) -> tuple[HandoverRow, tuple[StepRow, ...]] | None:
    """The last hand-over in place of this one, with its history; None while there is none.

    The same person's, for whoever has their link: it was made sure that this one may be shown.
    """
    if row.onward is None:
        return None
    with own_work():
        onward = Handover.objects.get(pk=row.onward)
        while onward.onward is not None:
            onward = onward.onward
        return handover_row(onward), steps_of(onward.pk)


def handovers_of(*, person: UUID) -> tuple[tuple[HandoverRow, tuple[StepRow, ...]], ...]:
    """Everything that was handed over about somebody, open ones first, then the newest; each with its history.

    For the page of that person only: whoever asks has made sure that it is them.
    """
    with acting_for(person):
        rows = list(Handover.objects.filter(person=person).order_by("-made_at", "id"))
        steps: dict[UUID, list[StepRow]] = {row.pk: [] for row in rows}
        for step in Step.objects.filter(handover__in=rows).order_by("handover", "number"):
            steps[step.handover_id].append(step_row(step))
    found = [(handover_row(row), tuple(steps[row.pk])) for row in rows]
    return tuple(sorted(found, key=lambda one: not one[0].is_open))
