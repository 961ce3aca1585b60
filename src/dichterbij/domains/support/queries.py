"""What may help with a step of the bridge, from the packaged menukaart."""

from datetime import date
from functools import lru_cache

from dichterbij.domains.support.rules import offers
from dichterbij.domains.support.rules.files import read_menukaart
from dichterbij.domains.support.rules.kinds import Background, Role, Route, Support, SupportOffer


def supports_for(
    *, step_code: str, route: Route | None, role: Role, background: Background | None, region: str | None, on: date
) -> tuple[SupportOffer, ...]:
    """What may help with this step (or `general`) for this role; None means unknown. Possibilities, never promises."""
    return offers.supports_for(
        step_code=step_code,
        route=route,
        role=role,
        background=background,
        region=region,
        on=on,
        supports=menukaart(),
    )


@lru_cache(maxsize=1)
def menukaart() -> tuple[Support, ...]:
    """Every item of the menukaart and of the regions, also ended ones. Read once: files change with a release."""
    return read_menukaart()
