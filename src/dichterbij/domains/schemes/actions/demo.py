"""The demonstration's round: the cancelled employer subsidy as an exercise, so that applying can be tried."""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from dichterbij.domains.budget import actions as ledger
from dichterbij.domains.budget.rules import Account, Place, State, Transfer
from dichterbij.domains.schemes.actions.opening import open_round
from dichterbij.domains.schemes.models import Round
from dichterbij.domains.schemes.rules.files import ROOT, scheme, versions

SCHEME = "employer_subsidy"
POSTING = UUID("b0a9c7d2-5d1f-5c3e-9e55-1d5b8f6f2a10")
SPACE = UUID("5a0d0a52-61f4-5b5c-8b0e-3a6f1c1f7b21")
PLACE = Place("exercise", "2026", scheme=SCHEME)
LASTS = timedelta(days=365)
FOR_OBJECTIONS = 15_000_000  # invented, beside the ceiling: an objection can be won when that is used up


def load_demo_round(*, now: datetime) -> bool:
    """Open it, with invented money of a fund of its own, unless it was opened before. Whether it was opened now."""
    if Round.objects.filter(posting=POSTING).exists():
        return False
    day = versions(SCHEME)[-1]
    cents = scheme(SCHEME, day).ceiling.cents
    if cents is None:
        return False
    free = Account(State.FREE, PLACE)
    ledger.post(
        posting=uuid5(SPACE, "money"), actor="demo", now=now, reason="Invented money for an exercise",
        transfers=[Transfer(uuid5(SPACE, "transfer"), Account(State.OUTSIDE, Place("exercise", "2026")), free,
                            cents + FOR_OBJECTIONS)],
    )  # fmt: skip
    open_round(
        definition=(ROOT / SCHEME / f"{day.isoformat()}.yaml").read_text(encoding="utf-8"), source=free,
        account=Account(State.RESERVED, PLACE).name, posting=POSTING, actor="demo", now=now,
        objections_cents=FOR_OBJECTIONS,
        exercise=(now - timedelta(minutes=1), now + LASTS),
    )  # fmt: skip
    return True
