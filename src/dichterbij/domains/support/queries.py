"""What may help with a step of the bridge, from the packaged menukaart."""

from datetime import date
from functools import lru_cache

from dichterbij.domains.regions.queries.desks import all_desks
from dichterbij.domains.support.rules import offers
from dichterbij.domains.support.rules.files import looked_up_on, read_menukaart
from dichterbij.domains.support.rules.kinds import Background, Role, Route, Support, SupportOffer
from dichterbij.domains.support.rules.providers import RegionalDesks
from dichterbij.shared.errors import UnavailableError


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


def regional_desks(region: str | None, *, on: date) -> RegionalDesks:
    """The desks of this region (None: of the whole country) on this day, to ask about items. One query.

    Raises UnavailableError when no reference data are loaded.
    """
    desks = all_desks()
    if not desks:
        raise UnavailableError("There are no desks yet: run `dichterbij load-reference` first.")
    return RegionalDesks.of(desks, region=region, on=on)


@lru_cache(maxsize=1)
def menukaart_looked_up_on() -> date:
    """The day on which the documents behind the items were looked up."""
    return looked_up_on()
