"""From a draft to a stored message, and its letters to whoever may get them."""

from collections.abc import Sequence
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from dichterbij.domains.accounts.rules import Actor
from dichterbij.domains.openings import actions
from dichterbij.domains.openings.queries import MessageRow
from dichterbij.domains.openings.rules import load_terms
from dichterbij.domains.referral.queries.employers import handover_by_reference, handover_of_message
from dichterbij.domains.regions.rules.desk_kinds import Desk
from dichterbij.gateways import outbox
from dichterbij.web.desks.cards import language
from dichterbij.web.placing import summary
from dichterbij.web.placing.desk import desk_of, email_of
from dichterbij.web.placing.draft import Draft

ACTOR = "employer without account"
PERSONAL = ("firm", "person", "email", "phone", "question", "own_tasks", "own_demands", "kvk")
NOT_ASKED = ("token", "title", "pc4", "occupation", *PERSONAL)


def place(draft: Draft, link: str) -> MessageRow:
    """Store a complete draft, once, and try to send its letters. `link` is its secret address."""
    now = timezone.now()
    region, desk = desk_of(draft.pc4 or 0)
    days = load_terms(on=timezone.localdate(now)).keep_sender_days
    message = actions.NewMessage(
        title=draft.title,
        occupation_uri=draft.occupation,
        pc4=draft.pc4 or 0,
        region_code=region,
        desk_id=desk.desk_id,
        desk_is_invented=desk.invented,
        language=language(),
        asked=asked_of(draft),
        keep_sender_until=timezone.localdate(now) + timedelta(days=days),
    )
    placed = actions.place_message(
        actor=ACTOR,
        token=draft.token,
        message=message,
        sender=actions.NewSender(**{name: getattr(draft, name) for name in PERSONAL}),
        compose=lambda row, handed: _letters(row, draft, desk, link, handed),
        now=now,
    )
    send(placed.reference, draft.token)
    return placed


def withdraw(token: str, desk_email: str) -> MessageRow:
    """Take a message back, and tell the desk when it had the message and still has an address."""
    row = actions.withdraw_message(
        actor=ACTOR, token=token, compose=lambda row: _withdrawal(row, desk_email), now=timezone.now()
    )
    send(row.reference, token)
    return row


def withdraw_own(actor: Actor, reference: str) -> MessageRow:
    """As `withdraw`, by the employer who is signed in; NotFoundError for what is not theirs."""
    row = actions.withdraw_own(
        actor=actor, reference=reference, now=timezone.now(),
        compose=lambda row: _withdrawal(row, email_of(row.desk_id)),
    )  # fmt: skip
    found = handover_by_reference(reference)
    outbox.leave(reference, *([found[0].reference] if found else []), actor=ACTOR)
    return row


def send(reference: str, link: str = "") -> None:
    """Try the waiting letters of one message and its hand-over; the others wait for `dichterbij letters send`."""
    found = handover_of_message(token=link) if link else None
    outbox.leave(reference, *([found[0].reference] if found else []), actor=ACTOR)


def demo_folder() -> str:
    """Where the demonstration puts its mail; empty when mail is really sent."""
    is_demo = settings.EMAIL_BACKEND.endswith("filebased.EmailBackend")
    return str(settings.EMAIL_FILE_PATH) if is_demo else ""


def asked_of(draft: Draft) -> dict[str, Any]:
    """What the opening asks and offers, without who asks and without own words."""
    values = {item.name: getattr(draft, item.name) for item in fields(Draft) if item.name not in NOT_ASKED}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def draft_of(row: MessageRow) -> Draft:
    """A stored message as the draft it was, without who sent it."""
    known = {item.name for item in fields(Draft)}
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.asked.items() if name in known
    }
    if values.get("latest_start"):
        values["latest_start"] = date.fromisoformat(str(values["latest_start"]))
    return replace(Draft(), title=row.title, pc4=row.pc4, occupation=row.occupation_uri, **values)


def _letters(row: MessageRow, draft: Draft, desk: Desk, link: str, handed: bool) -> Sequence[actions.NewLetter]:
    """To the desk, in Dutch, when it is a real one that is not here; to the employer when there is an address."""
    found = []
    if not desk.invented and not handed:
        with override("nl"):
            subject = _("Opening %(reference)s: %(title)s") % {"reference": row.reference, "title": draft.title}
            found.append(actions.NewLetter("desk", desk.email, subject, _text("placing/mail_desk.txt", row, draft)))
    if draft.email:
        # Nobody proved that this address is theirs: no word of their own goes to it, all of that is behind the link.
        subject = _("Your opening %(reference)s") % {"reference": row.reference}
        text = render_to_string("placing/mail_copy.txt", {"message": row, "desk": desk, "link": link, "handed": handed})
        found.append(actions.NewLetter("copy", draft.email, subject, text))
    return found


def _withdrawal(row: MessageRow, desk_email: str) -> actions.NewLetter | None:
    if not desk_email:
        return None
    with override("nl"):
        subject = _("Opening %(reference)s is withdrawn") % {"reference": row.reference}
        return actions.NewLetter(
            "withdrawal", desk_email, subject, render_to_string("placing/mail_withdrawal.txt", {"message": row})
        )


def _text(template: str, row: MessageRow, draft: Draft) -> str:
    chapters = (*summary.chapters(draft), summary.sender(vars(draft)))
    return render_to_string(template, {"message": row, "chapters": chapters})
