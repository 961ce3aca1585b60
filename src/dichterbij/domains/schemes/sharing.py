"""How scarce money was shared out, as the letter to one applicant tells it."""

from dichterbij.domains.schemes.letters import Sharing
from dichterbij.domains.schemes.models import Decision, Lot
from dichterbij.domains.schemes.rounds import Opened
from dichterbij.domains.schemes.rules import Method, Why


def sharing_of(opened: Opened, receipt: int) -> Sharing | None:
    """The part or the place of this application. None where each was decided in turn, or all got what they asked."""
    if opened.scheme.distribution.method is Method.PRO_RATA:
        row = Decision.objects.filter(receipt_id=receipt, earlier=None).first()
        if row is None or row.reason not in (Why.LESS_PRO_RATA, Why.CEILING_REACHED):
            return None
        return Sharing("pro_rata", asked_cents=row.asked_cents, together_cents=_pot(opened, row))
    lot = Lot.objects.filter(receipt_id=receipt).select_related("draw").first()
    if lot is None:
        return None
    if lot.score is not None:
        return Sharing("tender", score=lot.score, place=lot.position, entrants=lot.draw.lots)
    return Sharing("draw", place=lot.position, entrants=lot.draw.lots)


def _pot(opened: Opened, row: Decision) -> int:
    """The sum that this decision shared in: of its category or its window where that has one of its own."""
    parts, period = opened.scheme.ceiling.categories, opened.scheme.periods[row.window]
    own = parts.get(row.category) if parts else period.ceiling_cents
    return row.left_cents if own is None else min(own, row.left_cents)
