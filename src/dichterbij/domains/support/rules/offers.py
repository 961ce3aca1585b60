"""Which supports may help with a step of the bridge. A region adds to the menukaart and never takes away."""

from collections.abc import Iterable
from datetime import date

from dichterbij.domains.support.rules.kinds import (
    GENERAL,
    Background,
    Category,
    Role,
    Route,
    Support,
    SupportOffer,
)
from dichterbij.domains.support.rules.words import LEAD, MOMENTS, parties_in_words, shares_for


def supports_for(
    *,
    step_code: str,
    route: Route | None,
    role: Role,
    background: Background | None,
    region: str | None,
    on: date,
    supports: Iterable[Support],
) -> tuple[SupportOffer, ...]:
    """What may help with the step, what is made for it first; possibilities, never promises.

    What helps with few steps comes before what helps with many; `general` and equals are in the order of the menukaart.

    `route`, `background` and `region` None: unknown, so nothing is left out because of it, except other regions' own
    items. A background never adds or removes an opening or a step: it only narrows what is shown here.
    """
    fitting = [
        support
        for support in supports
        if support.is_open(on)
        and support.helps_with(step_code)
        and role in support.roles
        and (route is None or route in support.routes)
        and (background is None or background in support.backgrounds)
        and support.region_code in (None, region)
    ]
    fitting.sort(key=lambda support: _place(support, step_code))
    return tuple(_offer(support, background) for support in fitting)


def _place(support: Support, step_code: str) -> tuple[int, int]:
    width = 0 if step_code == GENERAL else len(support.steps)
    return width, list(Category).index(support.category)


def _offer(support: Support, background: Background | None) -> SupportOffer:
    deciders = shares_for(support.decides, background)
    payers = shares_for(support.pays, background)
    is_whole = support.backgrounds == frozenset(Background)
    splits = any(share.when is not None for share in (*support.decides, *support.pays))
    return SupportOffer(
        support=support,
        lead=LEAD,
        decided_by=parties_in_words(deciders, with_backgrounds=background is None),
        paid_by=parties_in_words(payers, with_backgrounds=background is None),
        when=MOMENTS[support.moment],
        is_decider_open=not deciders,
        depends_on_background=background is None and (splits or not is_whole),
    )


def open_deciders(supports: Iterable[Support]) -> tuple[tuple[Support, frozenset[Background]], ...]:
    """Supports for which nobody is known who decides, with the backgrounds for which that is so: the open questions."""
    found = []
    for support in supports:
        backgrounds = frozenset(item for item in support.backgrounds if not shares_for(support.decides, item))
        if backgrounds:
            found.append((support, backgrounds))
    return tuple(found)
