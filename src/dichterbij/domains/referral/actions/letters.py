"""Letters about a step of a hand-over, written in the transaction of that step. They leave by the outbox (`post`)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from dichterbij.domains.accounts.queries.receivers import OrganisationRow, organisations
from dichterbij.domains.post import actions as post
from dichterbij.domains.post.rules import Channel, NewLetter
from dichterbij.domains.referral.models import Handover
from dichterbij.domains.referral.rules.letters import Words, day_in_words, letter, texts, words_of


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter to write: to whom (receiver, owner, sender or person), about what; the person's address and link.

    `channel`: by SMS it is only the text, so its words (`about`) are short.
    """

    kind: str
    about: str
    address: str = ""
    link: str = ""
    channel: Channel = Channel.MAIL


def write_letters(row: Handover, mails: Iterable[Mail], *, now: datetime) -> None:
    """Keep letters about the step that was just taken; whoever has no address gets none."""
    mails = tuple(mails)
    if not mails:
        return
    known = organisations([row.from_organisation, row.to_organisation, row.owner_organisation])
    post.write([new for mail in mails if (new := _letter(row, mail, known))], now=now)


def _letter(row: Handover, mail: Mail, known: dict[UUID, OrganisationRow]) -> NewLetter | None:
    to = {"receiver": row.to_organisation, "owner": row.owner_organisation, "sender": row.from_organisation}
    wanted = to.get(mail.kind)
    organisation = known.get(wanted) if wanted else None
    address = mail.address if mail.kind == "person" else organisation.email if organisation else ""
    if not address:
        return None
    language = row.language if mail.kind == "person" else "nl"
    about = words_of(mail.about, language, is_employer=bool(row.message))
    words = letter(about=about, language=language, values=_values(row, known, language) | {"link": mail.link})
    return _new(row, mail, address, words)


def _new(row: Handover, mail: Mail, address: str, words: Words) -> NewLetter:
    kind = mail.kind if mail.channel is Channel.MAIL else f"{mail.kind}_{mail.channel.value}"
    return NewLetter(row.reference, kind, address, words.subject, words.text, row.version, mail.channel)


def _values(row: Handover, known: dict[UUID, OrganisationRow], language: str) -> dict[str, str]:
    words = texts(language)
    names = {key: one.name for key, one in known.items()}
    holder = known.get(row.to_organisation)
    by_whom = words["by_employer" if row.message else "by_helper" if row.sender_words else "by_self"]
    return {
        "reference": row.reference,
        "message": row.message,
        "receiver": names.get(row.to_organisation, words["nobody"]),
        "owner": names.get(row.owner_organisation, words["nobody"]),
        "sender": names.get(row.from_organisation, by_whom) if row.from_organisation else by_whom,
        "answer_by": day_in_words(row.answer_by, language),
        "phone": (holder.phone if holder else "") or words["no_phone"],
    }
