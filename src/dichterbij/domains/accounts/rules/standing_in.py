"""Who does the work of whoever is away."""

from collections.abc import Mapping
from uuid import UUID


def standing_in(away: Mapping[UUID, UUID | None]) -> dict[UUID, UUID | None]:
    """Of everybody who is away, with the colleague they named: who does their work now, None when nobody does.

    A colleague who is away as well passes it on to their own; colleagues who name each other leave nobody.
    """
    return {absent: _there(away, absent) for absent in away}


def _there(away: Mapping[UUID, UUID | None], absent: UUID) -> UUID | None:
    seen, now = {absent}, away[absent]
    while now is not None and now in away and now not in seen:
        seen.add(now)
        now = away[now]
    return None if now in seen else now
