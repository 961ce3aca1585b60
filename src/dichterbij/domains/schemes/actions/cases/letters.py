"""Letters of a case: printed in the transaction of their step, kept as they are sent, and put in the post."""

import hashlib
from datetime import date
from typing import Final

from dichterbij.domains.post import actions as post
from dichterbij.domains.post.rules import NewLetter
from dichterbij.domains.schemes.actions.cases.moving import Moving
from dichterbij.domains.schemes.actions.contacting import tell
from dichterbij.domains.schemes.case_models import CaseEvent, CaseLetter
from dichterbij.domains.schemes.letters import LetterFacts, print_letter, written
from dichterbij.domains.schemes.rounds import opened
from dichterbij.domains.schemes.rules.beside import legal_ground
from dichterbij.domains.schemes.sharing import sharing_of

LETTER_OF: Final = {
    "completion_asked": "incomplete",
    "granted": "granted",
    "refused": "refused",
    "not_considered": "not_considered",
    "advance_set": "advance",
    "settled": "settled",
    "postponed": "postponed",
    "lowered": "withdrawn",
    "withdrawn": "withdrawn",
    "recovery_claimed": "recovered",
    "penalty_set": "penalty",
}


def write_letter(moving: Moving, kind: str, *, version: int) -> None:
    """The letter about event `version`, once: kept with the digest of its bytes; by mail when there is an address.

    Who gave an address when applying is told where to read it; nobody proved that address, so it gets no more.
    """
    row = moving.row
    event = CaseEvent.objects.get(case=row, number=version)
    here = opened(row.round_id)
    scheme, why = here.scheme, str(event.data.get("why", ""))
    facts = LetterFacts(
        kind=kind, number=row.number, name=row.name, scheme=scheme.title.in_language(row.language),
        language=row.language, on=moving.today, step=event.step, cents=event.cents, until=event.until,
        reason=event.reason, ground=event.ground, why=why, state=moving.state,
        weeks=row.weeks, legal_ground=legal_ground(scheme.legal_ground).in_language(row.language),
        invented=row.invented, account=row.account, sharing=sharing_of(here, row.receipt_id) if why else None,
        first_day=date.fromisoformat(event.data["first_day"]) if "first_day" in event.data else None,
        days=int(event.data.get("days", 0)),
    )  # fmt: skip
    letter = written(facts)
    pdf = print_letter(letter, at=moving.now)
    CaseLetter.objects.create(
        case=row, event=version, kind=kind, language=row.language, subject=letter.title, text=letter.text, pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(), made_at=moving.now,
    )  # fmt: skip
    if not tell(row.receipt_id, kind, version, moving.now) and row.email:
        mail = NewLetter(row.number, f"case_{kind}", row.email, letter.title, letter.text, version)
        post.write([mail], now=moving.now)
