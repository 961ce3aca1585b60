"""The person's own page: by the secret link, without an account."""

from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.queries.rows import HandoverRow, StepRow, handover_row
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


def goes_on_with(*, token: str) -> HandoverRow | None:
    """The last hand-over that came in place of the one of this link; None while there is none. NotFoundError."""
    row, _steps = handover_of(token=token)
    if row.onward is None:
        return None
    with own_work():  # the same person's, shown to whoever has their link
        onward = Handover.objects.get(pk=row.onward)
        while onward.onward is not None:
            onward = onward.onward
        return handover_row(onward)
